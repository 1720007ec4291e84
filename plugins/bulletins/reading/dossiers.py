"""Dossiers beside the readings: those whose bulletins changed are joined anew, of the others the summary is on file.

In memory stay the summaries; figures, which tables ask of every dossier, are fetched. A whole dossier is joined once
more when a page asks for it, which costs little while the records of its bulletins are at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from hashlib import blake2b

from bulletins.crew import spread
from bulletins.domain.dossier import BulletinsByBlocYear, Dossier, dossier
from bulletins.domain.lazy import DossierFigures, DossierSummary, Sharing, lazy_dossier
from bulletins.domain.model import Bulletin
from bulletins.reading.database import Unusable
from bulletins.reading.reading_cache import DossierRow, ReadingCache

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
    for joined in spread(_join_batch, (cache, by_bloc_year, stamps), changed, workers, BATCH):
        kept.update(((summary.bloc, summary.year), ("", summary)) for summary, _ in joined)
        with suppress(Unusable):
            cache.put_dossiers([row for _, row in joined])
    with suppress(Unusable):
        cache.drop_dossiers(kept.keys() - by_bloc_year.keys())
    on_file, share = _OnFile(cache, by_bloc_year), Sharing()
    return {key: lazy_dossier(share.dossier(kept[key][1]), on_file) for key in stamps}


class _OnFile:
    """Whole dossiers, some of which stay in memory once joined, and figures; whoever is sent it joins for himself."""

    def __init__(self, cache: ReadingCache, by_bloc_year: BulletinsByBlocYear) -> None:
        self._cache, self._by_bloc_year = cache, by_bloc_year
        self._whole = lru_cache(maxsize=KEPT)(partial(_joined, by_bloc_year))

    def whole(self, bloc: str, year: int) -> Dossier:
        """The dossier of a bloc's year."""
        return self._whole((bloc, year))

    def figures(self, bloc: str, year: int) -> DossierFigures | None:
        """Its figures, if they are kept."""
        with suppress(Unusable):
            return self._cache.figures(bloc, year, _stamp(self._by_bloc_year[bloc, year]))
        return None

    def __reduce__(self) -> tuple[type[_OnFile], tuple[ReadingCache, BulletinsByBlocYear]]:
        return _OnFile, (self._cache, self._by_bloc_year)


def _stamp(bulletins: Iterable[Bulletin]) -> str:
    """Changes whenever a bulletin that tells of the year does, or another tells of it."""
    return blake2b("".join(sorted(bulletin.digest for bulletin in bulletins)).encode(), digest_size=16).hexdigest()


def _join_batch(
    known: tuple[ReadingCache, BulletinsByBlocYear, Mapping[Key, str]], keys: Sequence[Key]
) -> list[tuple[DossierSummary, DossierRow]]:
    cache, by_bloc_year, stamps = known
    joined = [(stamps[key], _joined(by_bloc_year, key)) for key in keys]
    return [(DossierSummary.of(dossier), cache.dossier_row(stamp, dossier)) for stamp, dossier in joined]


def _joined(by_bloc_year: BulletinsByBlocYear, key: Key) -> Dossier:
    return dossier(*key, by_bloc_year[key])
