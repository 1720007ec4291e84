"""The documents in which the text of bulletins stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bulletins import urls
from bulletins.domain.library import Library
from bulletins.domain.model import Bulletin
from bulletins.domain.pictures import Picture
from bulletins.indexes import bulletin as bulletins
from bulletins.indexes import catalogue
from bulletins.indexes.file import File
from bulletins.indexes.shape import Terms
from bulletins.plan import Files, Listing, Output

Pictures = Mapping[tuple[str, int], Picture]


def texts(library: Library, edited: Iterable[Bulletin], pictures: Pictures, terms: Terms, version: str) -> list[Output]:
    """The lines in which the text of these bulletins of the library stands; `version` is `code_version()`'s."""
    return [file.line(terms, version) for file in bulletin_files(library, pictures, edited)]


def listings() -> list[Listing]:
    """The listings of all files, to be amended where nothing but texts changed: they know nothing of the site."""
    return [Listing(_nothing, catalogue.amended_shards), Listing(_nothing, catalogue.amended_root)]


def _nothing(files: Files) -> Iterator[Output]:
    return iter(())


def bulletin_files(library: Library, pictures: Pictures, shown: Iterable[Bulletin]) -> Iterator[File]:
    """`/api/v1/bulletins/<id>.json`"""
    for bulletin in shown:
        id_ = bulletin.id
        units = (("unit", unit, library.units[unit].name) for unit in bulletin.units)
        blocs = (("bloc", bloc, library.blocs[bloc].name) for bloc in bulletin.blocs)
        named = (*blocs, *units)
        photos = tuple(pictures[id_, n] for n in range(1, bulletin.photo_count + 1))
        inputs = (bulletin, library.bodies[id_], named, photos, library.attached.get(id_, ()))
        yield File(urls.api_bulletin(id_), "bulletin", bulletin.modified, bulletins.bulletin, inputs)
