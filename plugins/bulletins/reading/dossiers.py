"""Dossiers beside the readings: those whose bulletins changed are joined anew, of the others the summary is on file.

In memory stay the summaries; a whole dossier is joined once more when a page asks for it, which costs little while
the records of its bulletins are at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from hashlib import blake2b

from bulletins.crew import spread
from bulletins.domain.dossier import BulletinsByBlocYear, Dossier, dossier
from bulletins.domain.lazy import DossierSummary, lazy_dossier
from bulletins.domain.model import Bulletin
from bulletins.reading.database import Unusable
from bulletins.reading.reading_cache import ReadingCache

BATCH = 20
"""Dossiers that one worker joins at a time: those of a bloc, most often, so that a record is fetched once."""

KEPT = 32
"""Dossiers that stay in memory once joined: those of a chapter, for their pages and then their JSON."""

Key = tuple[str, int]


def dossiers_on_file(cache: ReadingCache, workers: int, by_bloc_year: BulletinsByBlocYear) -> dict[Key, Dossier]:
    """The dossier of every bloc in every year that anything is told of; a cache that fails costs only time."""
    kept: dict[Key, tuple[str, DossierSummary]] = {}
    with suppress(Unusable):
        kept = cache.dossiers()
    stamps = {key: _stamp(bulletins) for key, bulletins in by_bloc_year.items()}
    changed = [key for key, stamp in stamps.items() if key not in kept or kept[key][0] != stamp]
    for summaries in spread(_join_batch, by_bloc_year, changed, workers, BATCH):
        kept.update(
            ((summary.bloc, summary.year), (stamps[summary.bloc, summary.year], summary)) for summary in summaries
        )
    if changed or len(kept) > len(by_bloc_year):
        with suppress(Unusable):
            cache.keep_dossiers({key: kept[key] for key in by_bloc_year})
    whole = lru_cache(maxsize=KEPT)(partial(_joined, by_bloc_year))
    return {key: lazy_dossier(kept[key][1], partial(whole, key)) for key in by_bloc_year}


def _stamp(bulletins: Iterable[Bulletin]) -> str:
    """Changes whenever a bulletin that tells of the year does, or another tells of it."""
    return blake2b("".join(sorted(bulletin.digest for bulletin in bulletins)).encode(), digest_size=16).hexdigest()


def _join_batch(by_bloc_year: BulletinsByBlocYear, keys: Sequence[Key]) -> list[DossierSummary]:
    return [DossierSummary.of(_joined(by_bloc_year, key)) for key in keys]


def _joined(by_bloc_year: BulletinsByBlocYear, key: Key) -> Dossier:
    return dossier(*key, by_bloc_year[key])
