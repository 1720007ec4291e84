"""The claim: what a build is about to write that no ledger knows yet, so that a killed one leaves nothing strange."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bulletins.making import journal

CLAIM = "claim.json"
"""Its name beside the ledger; it is gone once the ledger is saved."""

FORMAT = "bulletins-claim-1"


def read(path: Path) -> frozenset[str]:
    """The paths that a build which did not end was about to write."""
    return frozenset(name for line in journal.read(path, FORMAT) for name in line)


def write(path: Path, names: Iterable[str]) -> None:
    """Note the paths, if there are any, beside those of a build that did not end."""
    new = sorted({*names, *read(path)})
    if new:
        journal.write(path, new, FORMAT)
