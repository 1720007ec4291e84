"""A file of JSON lines, each under its own seal: written whole once, and then a line is added for each change.

Whoever finds a line that is cut, damaged or of another format has nothing: it is all made anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bulletins import cache


def write(path: Path, value: object, about: str) -> None:
    """Begin the file with a value: whoever reads it, or is killed here, has the old file or the new one."""
    cache.replace(path, _line(value, about))


def add(path: Path, value: object, about: str) -> None:
    """Add a line; of one that the disk does not take whole, nothing, so that what was kept stays. Raises `OSError`."""
    cache.append(path, _line(value, about))


def read(path: Path, about: str) -> list[Any]:
    """The values of all lines; none if the file is missing, or not every line was written as being `about` this."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return []
    values = [cache.unsealed(line, about) for line in lines[:-1]]
    return [json.loads(value) for value in values if value] if all(values) and not lines[-1] else []


def _line(value: object, about: str) -> bytes:
    return cache.sealed(json.dumps(value, separators=(",", ":")).encode(), about) + b"\n"
