"""The documents in which the text of bulletins stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bulletins import urls
from bulletins.domain.library import Library
from bulletins.domain.model import Bulletin
from bulletins.domain.pictures import Picture
from bulletins.indexes import bulletin as bulletins
from bulletins.indexes.file import File
from bulletins.indexes.shape import Terms
from bulletins.plan import Output

Pictures = Mapping[tuple[str, int], Picture]


def texts(library: Library, told: Iterable[Bulletin], pictures: Pictures, terms: Terms, version: str) -> list[Output]:
    """The lines in which the text of these bulletins of the library stands; `version` is `code_version()`'s."""
    return [file.line(terms, version) for file in bulletin_files(library, pictures, told)]


def bulletin_files(library: Library, pictures: Pictures, told: Iterable[Bulletin]) -> Iterator[File]:
    """`/api/v1/bulletins/<id>.json`"""
    for one in told:
        id_ = one.id
        units = (("unit", unit, library.units[unit].name) for unit in one.units)
        named = (("bloc", one.bloc, library.blocs[one.bloc].name), *units)
        photos = tuple(pictures[id_, n] for n in range(1, one.photo_count + 1))
        inputs = (one, library.bodies[id_], named, photos)
        yield File(urls.api_bulletin(id_), "bulletin", one.modified, bulletins.bulletin, inputs)
