"""Gathering the interface's words from templates and code into the theme's catalogues."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.environment import ROOT

LOCALE = ROOT / "themes" / "thidua" / "locale"


def update_catalogues() -> list[Path]:
    """Write `thidua.pot` anew and bring each `<language>.po` up to it; returns the catalogues.

    Words that are gone leave the catalogues. Which files are read, and how, is said in
    `pyproject.toml`. Raises CalledProcessError if Babel fails; it has said why by then.
    """
    LOCALE.mkdir(parents=True, exist_ok=True)
    template = LOCALE / "thidua.pot"
    # No header, because it holds the time; no line numbers, because they change with every edit of a template.
    _babel("extract", "-F", "pyproject.toml", "-o", str(template), "--omit-header",
           "--add-location=file", "--sort-by-file", "--width=120", ".")  # fmt: skip
    catalogues = sorted(LOCALE.glob("*.po"))
    for catalogue in catalogues:
        _babel("update", "-i", str(template), "-o", str(catalogue), "-l", catalogue.stem,
               "--ignore-pot-creation-date", "--ignore-obsolete", "--no-fuzzy-matching", "--width=120")  # fmt: skip
    return catalogues


def _babel(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "-q", *arguments], cwd=ROOT, check=True)
