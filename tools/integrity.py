"""Whether program and theme are whole: a file half copied, or a cloud drive's placeholder, is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("plugins", "themes", "tools")
BESIDE = (
    "tasks.py",
    "pelicanconf.py",
    "publishconf.py",
    "pyproject.toml",
    "requirements.lock",
    "requirements-dev.lock",
)
_TEXTS = (".py", ".html", ".css", ".js", ".xml", ".txt", ".md", ".po", ".svg", ".json", ".toml", ".lock")
_MAY_BE_EMPTY = frozenset({"py.typed"})


def damaged(root: Path) -> list[str]:
    """Every file of the program in `root`, and of its theme, that cannot be whole, with why; sorted."""
    files = [*_below(root), *(root / name for name in BESIDE if (root / name).is_file())]
    seen = ((file.relative_to(root).as_posix(), _damage(file)) for file in files)
    return sorted(f"{path}: {why}" for path, why in seen if why)


def _below(root: Path) -> Iterator[Path]:
    for top in FOLDERS:
        for folder, folders, names in os.walk(root / top):
            folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
            yield from (Path(folder, name) for name in names if name not in _MAY_BE_EMPTY and not name.startswith("."))


def _damage(file: Path) -> str:
    """What is wrong with a file; nothing if nothing is."""
    try:
        data = file.read_bytes()
    except OSError as error:
        return f"không đọc được / cannot be read ({error.strerror})"
    if not data:
        return "tệp trống / it is empty"
    if b"\0" in data and (file.suffix in _TEXTS or not data.strip(b"\0")):
        return "chỉ có byte 0 / it is full of zero bytes"
    # Every line of a program ends as a line, the last one too; the formatter sees to that.
    return "bị cắt ở cuối / its end is cut off" if file.suffix == ".py" and not data.endswith(b"\n") else ""
