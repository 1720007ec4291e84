"""The programs that are compared, each with its folders, its command, and how its source is changed.

A builder is data: what differs between this project, plain Pelican and Hugo is said in `ours`, `pelican` and `hugo`.
"""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import corpus
from bench.corpus import Item
from tools.environment import ROOT, interpreter

HERE = Path(__file__).resolve().parent
SCRATCH = ROOT / ".cache" / "bench"
HUGO = "0.168.0"


class Unavailable(Exception):
    """A program cannot be had here; the message is one line that says why."""


@dataclass(frozen=True, slots=True)
class Builder:
    """One program with a corpus of its own; every folder named here is its alone and may be deleted."""

    name: str
    version: str
    content: Path
    output: Path
    caches: tuple[Path, ...]
    command: tuple[str, ...]
    form: Callable[[Item], tuple[str, str]]
    """Path below the content folder and text of an item."""
    template: Path | None = None
    """A template that every page is made with; `None` where a change of theme is not measured."""

    @property
    def log(self) -> Path:
        """Where the command's words go."""
        return self.output.with_name("log.txt")

    def put(self, item: Item) -> None:
        """Write an item's source, new or changed."""
        path, text = self.form(item)
        corpus.write(self.content / path, text)

    def drop(self, item: Item) -> None:
        """Remove an item's source, and its folder if it has one of its own."""
        path = self.content / self.form(item)[0]
        path.unlink(missing_ok=True)
        if path.parent != self.content and path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()

    def forget(self) -> None:
        """Remove everything that was made from the source: the site and every cache."""
        for folder in (self.output, *self.caches):
            shutil.rmtree(folder, ignore_errors=True)

    def restyle(self, k: int) -> None:
        """Change one character of a template that every page is made with; another change for another `k`."""
        if self.template is not None:
            lines = self.template.read_text(encoding="utf-8").rstrip("\n")
            self.template.write_text(lines + "\n" * (k + 2), encoding="utf-8", newline="\n")


Maker = Callable[[int], Builder]


def ours(n: int) -> Builder:
    """This project, with the public settings of the repository and a copy of its theme."""
    home = _home("ours", n)
    shutil.copytree(ROOT / "themes" / "thidua", home / "theme")
    for path, text in corpus.register(n).items():
        corpus.write(home / "content" / path, text)
    corpus.write(home / "settings.py", _OURS.format(root=ROOT, home=home))
    output = home / "output"
    return Builder(
        name="ours",
        version=f"ours {importlib.metadata.version('pelican')}",
        content=home / "content",
        output=output,
        caches=(home / "cache",),
        command=_pelican(home / "content", home / "settings.py", output),
        form=corpus.as_ours,
        template=home / "theme" / "templates" / "base.html",
    )


_OURS = '''"""The public settings of the project, for a corpus and a theme elsewhere."""

import sys

sys.path.insert(0, {root!s:!r})
from publishconf import *

PATH = {home!s:!r} + "/content"
'''


def pelican(n: int) -> Builder:
    """Plain Pelican with a minimal theme, its own settings otherwise; it keeps no cache."""
    home = _home("pelican", n)
    output = home / "output"
    return Builder(
        name="pelican",
        version=importlib.metadata.version("pelican"),
        content=home / "content",
        output=output,
        caches=(),
        command=_pelican(home / "content", HERE / "pelican" / "pelicanconf.py", output),
        form=corpus.as_pelican,
    )
