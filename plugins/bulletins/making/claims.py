"""The claim: what a build is about to write that no ledger knows yet, so that a killed one leaves nothing strange."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bulletins.making import journal

CLAIM = "claim.json"
"""Its name beside the ledger; it is gone once the ledger is saved."""

FORMAT = "bulletins-claim-1"


def read(cache: Path) -> frozenset[str]:
    """The paths that a build which did not end was about to write; `cache` is the folder of the site's ledger."""
    return frozenset(name for line in journal.read(cache / CLAIM, FORMAT) for name in line)


def write(cache: Path, names: Iterable[str]) -> None:
    """Note the paths, if there are any, beside those of a build that did not end."""
    new = sorted({*names, *read(cache)})
    if new:
        journal.write(cache / CLAIM, new, FORMAT)
