"""Who may import whom: the walls of the house, as `docs/developers/map.md` draws them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "plugins" / "bulletins"
FILES = sorted(PACKAGE.rglob("*.py"))
COMMON = frozenset({
    "domain", "vietnamese", "urls", "settings", "plan", "mistakes", "signals", "versions", "crew", "clock", "ignored",
    "cache", "context", "listing", "aside",
})  # fmt: skip
MAY_IMPORT = {
    "vietnamese": frozenset(),
    "domain": frozenset({"vietnamese"}),
    "phrases": frozenset({"domain", "vietnamese"}),
    "importing": frozenset({"domain", "vietnamese", "phrases"}),
    "reading": COMMON | {"phrases"},
    "pages": COMMON,
    "gallery": COMMON,
    "memory": COMMON,
    "indexes": COMMON | {"memory"},
    "search": COMMON,
    "making": frozenset({"plan", "crew", "cache", "versions"}),
    "publishing": frozenset({"making"}),
    "shortcut": COMMON | {"reading", "pages", "gallery", "memory", "indexes", "search", "making"},
    "writing": COMMON | {"reading"},
}
ONLY_IN = {
    "pelican": {f"{room}/plugin.py" for room in MAY_IMPORT},
    "PIL": {"gallery/images.py"},
    "pillow_heif": {"gallery/images.py"},
    "mammoth": {"importing/word.py"},
    "trafilatura": {"importing/page.py"},
    "distributed": {"making/cluster.py"},
    "yaml": {"reading/frontmatter.py", "reading/layout.py"},
    "nh3": {"reading/markdown.py"},
    "markdown": {"reading/markdown.py"},
    "jinja2": {"pages/environment.py"},
    "cryptography": {"publishing/signing.py"},
    "obstore": {"publishing/objects.py"},
    "brotli": {"publishing/packing.py"},
    "zstandard": {"publishing/packing.py"},
    "icalendar": {"indexes/calendars.py"},
}


@cache
def imported(code: str) -> frozenset[str]:
    """Every module that code imports, at its top or inside a function."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(modules)


def imported_by(path: Path) -> set[str]:
    return imported(path.read_text(encoding="utf-8"))


def strays(modules: set[str], allowed: frozenset[str]) -> set[str]:
    """What of the package is imported though it is not allowed."""
    return {module.split(".")[1] for module in modules if module.startswith("bulletins.")} - allowed


def room_of(path: Path) -> str:
    """The room a file stands in, at any depth."""
    return path.relative_to(PACKAGE).parts[0]


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", [p for p in FILES if room_of(p) in MAY_IMPORT and p.name != "plugin.py"], ids=name)
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    room = room_of(path)

    assert strays(imported_by(path), MAY_IMPORT[room] | {room}) == set()


@pytest.mark.parametrize("path", [p for p in FILES if p.parent == PACKAGE and p.name != "__init__.py"], ids=name)
def test_a_module_at_the_top_imports_no_room_but_the_lowest(path: Path) -> None:
    assert strays(imported_by(path), COMMON) == set()


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("domain", "from bulletins.reading import content"),
        ("domain", "from bulletins import urls"),
        ("pages", "import bulletins.indexes.facts"),
        ("gallery", "def late():\n    from bulletins.making.build import build"),
        ("making", "from bulletins.shortcut import build"),
        ("making", "from bulletins.domain.library import Library"),
        ("reading", "import bulletins.shortcut as s"),
    ],
)
def test_an_import_up_or_aside_is_noticed(room: str, code: str) -> None:
    assert strays(imported(code), MAY_IMPORT[room] | {room}) != set()


def test_no_arrow_between_rooms_leads_back() -> None:
    below = {room: {other for other in may if other in MAY_IMPORT} for room, may in MAY_IMPORT.items()}
    ordered: list[str] = []
    while left := [room for room in below if room not in ordered]:
        free = [room for room in left if below[room] <= set(ordered)]
        assert free, f"these rooms import one another: {left}"
        ordered += free


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_known_in_one_place(library: str) -> None:
    users = {name(path) for path in FILES if any(module.split(".")[0] == library for module in imported_by(path))}

    assert users <= ONLY_IN[library]


def test_every_room_is_named_here() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}

    assert rooms == set(MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_pickle_is_read_from_anything_kept(path: Path) -> None:
    assert not {"pickle.load", "pickle.loads", "pickle.Unpickler", "shelve", "dill"} & imported_by(path)
    assert "pickle.load" not in path.read_text(encoding="utf-8")
