"""What no plan may hold: two lines for one file, or a path that could lead out of the output folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bulletins.making.publish import parents


class PlanConflict(Exception):
    """The plan cannot be published as it stands; the message names the paths."""


def check(paths: Sequence[str]) -> None:
    """Raise `PlanConflict` if files of these paths cannot stand side by side in one folder on every system.

    Refused are an absolute path, `..`, and two paths that are equal, that some file systems take for equal (letter
    case, Unicode composition), or of which one would be a folder of the other.
    """
    for path in paths:
        if _leads_astray(path):
            raise PlanConflict(f"{path!r} is no path inside the output folder.")
    _check_names(paths)
    for path in sorted(parents(paths).intersection(paths)):
        inside = next(other for other in paths if other.startswith(f"{path}/"))
        raise PlanConflict(f"{path!r} would be a file, and the folder of {inside!r}.")


def _check_names(paths: Sequence[str]) -> None:
    folded = [_folded(path) for path in paths]
    if len(set(folded)) == len(paths):
        return
    first: dict[str, str] = {}
    for name, path in zip(folded, paths, strict=True):
        if name in first:
            raise PlanConflict(f"Two lines of the plan make one file: {first[name]!r} and {path!r}.")
        first[name] = path


def _folded(path: str) -> str:
    """As a file system that ignores case and composition sees it."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _leads_astray(path: str) -> bool:
    """A drive, a backslash or a control character is as bad as `..`: on some system it leads elsewhere."""
    steps = path.split("/")
    return "" in steps or ".." in steps or "." in steps or "\\" in path or ":" in path or not path.isprintable()
