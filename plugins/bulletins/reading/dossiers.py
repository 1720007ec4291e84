"""Dossiers beside the readings: those whose bulletins changed are joined anew, of the others the summary is on file.

In memory stay the summaries; a whole dossier is joined once more when a page asks for it, which costs little while
the records of its bulletins are at hand.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from hashlib import blake2b

from bulletins.crew import spread
from bulletins.domain.dossier import Dossier, Told, dossier
from bulletins.domain.filed import dossier_summary, filed_dossier
from bulletins.domain.model import Bulletin
from bulletins.reading.shelf import Joined, Shelf

BATCH = 20
"""Dossiers that one worker joins at a time: those of a bloc, most often, so that a record is fetched once."""

KEPT = 32
"""Dossiers that stay in memory once joined: those of a chapter, for their pages and then their JSON."""

Key = tuple[str, int]


def dossiers_on_file(shelf: Shelf, workers: int, told: Told) -> dict[Key, Dossier]:
    """The dossier of every bloc in every year that anything is told of."""
    known = {row.key: row for row in shelf.dossiers()}
    stamps = {key: _stamp(bulletins) for key, bulletins in told.items()}
    changed = [key for key, stamp in stamps.items() if key not in known or known[key].told != stamp]
    for rows in spread(_join_batch, (told, stamps), changed, workers, BATCH):
        known.update((row.key, row) for row in rows)
    if changed or len(known) > len(told):
        shelf.keep_dossiers([known[key] for key in told])
    whole = lru_cache(maxsize=KEPT)(partial(_joined, told))
    return {key: filed_dossier(pickle.loads(known[key].light), partial(whole, key)) for key in told}


def _stamp(bulletins: Iterable[Bulletin]) -> str:
    """Changes whenever a bulletin that tells of the year does, or another tells of it."""
    return blake2b("".join(sorted(one.digest for one in bulletins)).encode(), digest_size=16).hexdigest()


def _join_batch(shared: tuple[Told, dict[Key, str]], keys: Sequence[Key]) -> list[Joined]:
    told, stamps = shared
    return [Joined(*key, stamps[key], _pickled(_joined(told, key))) for key in keys]


def _pickled(one: Dossier) -> bytes:
    return pickle.dumps(dossier_summary(one), pickle.HIGHEST_PROTOCOL)


def _joined(told: Told, key: Key) -> Dossier:
    return dossier(*key, told[key])
