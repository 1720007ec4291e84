"""Who may import whom: the walls of the house, as `docs/developers/map.md` draws them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "plugins" / "bulletins"
FILES = sorted(PACKAGE.rglob("*.py"))
COMMON = frozenset({
    "domain", "vietnamese", "urls", "settings", "plan", "mistakes", "signals", "versions", "crew", "clock", "ignored",
    "cache",
})  # fmt: skip
MAY_IMPORT = {
    "vietnamese": frozenset(),
    "domain": frozenset({"vietnamese"}),
    "reading": COMMON,
    "pages": COMMON,
    "gallery": COMMON,
    "indexes": COMMON,
    "making": frozenset({"plan", "crew", "cache"}),
    "publishing": frozenset({"making"}),
    "shortcut": COMMON | {"reading", "pages", "gallery", "indexes", "making"},
}
ONLY_IN = {
    "pelican": {f"{room}/plugin.py" for room in MAY_IMPORT},
    "PIL": {"gallery/images.py"},
    "pillow_heif": {"gallery/images.py"},
    "distributed": {"making/cluster.py"},
    "yaml": {"reading/frontmatter.py"},
    "nh3": {"reading/markdown.py"},
    "markdown": {"reading/markdown.py"},
    "jinja2": {"pages/environment.py"},
    "cryptography": {"publishing/signing.py"},
}


def imported(path: Path) -> set[str]:
    """Every module a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def room_of(path: Path) -> str:
    """The room a file stands in, at any depth."""
    return path.relative_to(PACKAGE).parts[0]


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", [p for p in FILES if room_of(p) in MAY_IMPORT and p.name != "plugin.py"], ids=name)
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    room = room_of(path)
    ours = {module.split(".")[1] for module in imported(path) if module.startswith("bulletins.")}

    assert ours <= MAY_IMPORT[room] | {room}


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_known_in_one_place(library: str) -> None:
    users = {name(path) for path in FILES if any(module.split(".")[0] == library for module in imported(path))}

    assert users <= ONLY_IN[library]


def test_every_room_is_named_here() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}

    assert rooms == set(MAY_IMPORT)
