"""Which bulletins the last publication held, so that none vanishes by accident (contract §4.7)."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from bulletins import urls
from bulletins.clock import ZONE
from bulletins.domain.library import Kept, Library
from bulletins.domain.model import Bulletin
from bulletins.domain.register import RegisterEntry
from bulletins.indexes.messages import HOST_NO_UNIT, MISSING, PAGE_VANISHED, PAGE_VANISHED_HERE, VANISHED, VANISHED_HERE
from bulletins.indexes.sitemap import robots
from bulletins.memory.copy import Copy
from bulletins.memory.state import Memory
from bulletins.mistakes import Mistake

WHERE = "content/bulletins"
"""Where a bulletin that vanished should be: no file is left to point at."""

WHERE_MISSING = {type_: f"content/register/{type_}s.yaml" for type_ in ("bloc", "unit", "host", "movement")}
"""Where an entry of the register that vanished should be."""


class Built(NamedTuple):
    """What a site built on this machine holds: the ids of bulletins, and the addresses of static pages without `/`."""

    output: Path
    bulletins: frozenset[str]
    pages: frozenset[str]


def built_before(output: Path, pages: Collection[str] = ()) -> Built:
    """The bulletins that the site in `output` has a document for, notices of withdrawal among them, and its pages.

    There are none if there is no site yet, or if it is a preview, which promised nothing to anybody. Nobody need look
    for those `pages` that are still there.
    """
    folder = (output / urls.output_path(urls.api_bulletin(""))).parent
    if not folder.is_dir() or _is_preview(output):
        return Built(output, frozenset(), frozenset())
    bulletins = frozenset(file.stem for file in folder.glob("*.json"))
    others = _page_folders(output).difference(pages)
    # Somebody else's folder may lie there; reading the whole catalogue takes a while.
    return Built(output, bulletins, others & static_pages(Copy(output)) if others else frozenset())


def _page_folders(output: Path) -> frozenset[str]:
    """The folders in which static pages may stand."""
    english = urls.ENGLISH.strip("/")
    pages = (page.parent for of in (output, output / english) for page in of.glob("*/index.html"))
    return frozenset(filter(_is_static, (page.relative_to(output).as_posix() for page in pages)))


def static_pages(copy: Copy) -> frozenset[str]:
    """The static pages of a site that is out, by their addresses without `/`, as its catalogue lists them."""
    listed = _catalogued(copy)
    tops = (path.removesuffix("/index.html") for path in listed if path.endswith("/index.html"))
    return frozenset(top for top in tops if _is_static(top))


def _is_static(address: str) -> bool:
    first, _, rest = address.partition("/")
    name = rest if f"/{first}" == urls.ENGLISH else address
    return bool(name) and "/" not in name and name not in urls.TAKEN


def files_of_site(output: Path) -> frozenset[str]:
    """The files of the site in `output` as its own catalogue knows them, for whoever has lost the ledger.

    What it does not list, pictures and the search index, stands in folders that are the site's alone.
    """
    root = urls.output_path(urls.API_INDEX)
    if not (output / root).is_file():
        return frozenset()
    own = (urls.API, urls.GALLERIES, urls.SEARCH, urls.THEME)
    inside = {
        file.relative_to(output).as_posix()
        for address in own
        for file in (output / urls.output_path(f"{address}x")).parent.rglob("*")
        if not file.is_dir() or file.is_symlink()
    }
    return frozenset(inside.union(_catalogued(Copy(output))))


def _catalogued(copy: Copy, within: str = "") -> Iterator[str]:
    """The paths that shards whose own path begins like this list, as far as the catalogue is whole."""
    shards = (str(shard["path"]) for shard in _listed(copy, urls.output_path(urls.API_INDEX), "shards"))
    for path in shards:
        if path.startswith(within):
            yield from (str(entry["path"]) for entry in _listed(copy, path, "entries"))


def _listed(copy: Copy, path: str, key: str) -> list[Any]:
    try:
        return list(json.loads(copy.read(path) or b"{}").get(key, ()))
    except (OSError, ValueError, AttributeError):
        return []


def vanished(before: Built, library: Library, pages: Collection[str], forgotten: Collection[str] = ()) -> list[Mistake]:
    """A mistake for each bulletin and page of the last site of this machine that is neither shown nor withdrawn now.

    Not for those `forgotten`: they never were public. `pages` are the static pages there are, English ones as `en/…`.
    """
    bulletins = sorted(before.bulletins.difference(known_ids(library)["bulletin"], forgotten))
    lost_pages = sorted(before.pages.difference(pages, forgotten))
    return [
        *(VANISHED_HERE.at(WHERE, 1, 1, id=id_, **_made(urls.api_bulletin(id_), before.output)) for id_ in bulletins),
        *(
            PAGE_VANISHED_HERE.at(page_file(id_), 1, 1, id=id_, **_made(f"/{id_}/", before.output))
            for id_ in lost_pages
        ),
    ]


def vanished_pages(copy: Copy, pages: Collection[str]) -> list[Mistake]:
    """A mistake for each static page of a published site that is gone."""
    return [PAGE_VANISHED.at(page_file(slug), 1, 1, id=slug) for slug in sorted(static_pages(copy) - set(pages))]


def page_file(address: str) -> str:
    """Where the text of a static page is."""
    return f"content/pages/{address}.md"


def _made(address: str, output: Path) -> dict[str, str]:
    """The file of an address as its owner knows it, and the hour at which it was built."""
    file = output / urls.output_path(address)
    try:
        hour = datetime.fromtimestamp(file.stat().st_mtime, ZONE).strftime("%H:%M %d/%m/%Y")
    except OSError:
        hour = "?"
    return {"file": file.relative_to(output.parent).as_posix(), "hour": hour}


def vanished_of(memory: Memory, library: Library) -> list[Mistake]:
    """A mistake for each id of any kind that the last publication held and that is neither there nor taken away.

    What it said was withdrawn or had moved must go on to say so: a former id answers for ever.
    """
    known, shown = known_ids(library), _shown(library)
    lost = [(type_, id_) for type_, id_ in sorted(memory.objects) if type_ in known and id_ not in known[type_]]
    return [_missing(*key, library) for key in lost if not _goes_with_its_bulletin(*key, shown, lost)]


def _goes_with_its_bulletin(type_: str, id_: str, shown: Collection[str], lost: Collection[tuple[str, str]]) -> bool:
    """Whether a photo, or a ceremony with the id of its bulletin, is back as soon as the bulletin is."""
    if type_ == "photo":
        return id_.partition("/")[0] not in shown
    return type_ == "ceremony" and ("bulletin", id_) in lost


_DOSSIER = re.compile(r"api/v1/blocs/([a-z0-9-]+)/([0-9]{4})\.json")
_YEAR = re.compile(r"api/v1/years/([0-9]{4})\.json")


_PHOTO = re.compile(r"anh/([a-z0-9-]+)/(?:([a-z0-9-]+)/)?index\.html")


def kept_of(memory: Memory, copy: Copy | None, library: Library) -> Kept:
    """What of the last publication no bulletin tells of any more; `copy` is what the memory was read from."""
    blocs = (*library.blocs.values(), *library.register.withdrawn["bloc"])
    present = {id_: bloc.id for bloc in blocs for id_ in (bloc.id, *bloc.former_ids)}
    matches = [match for match in map(_DOSSIER.fullmatch, memory.documents) if match and match[1] in present]
    dossiers = {(present[match[1]], int(match[2])) for match in matches}
    years = [int(match[1]) for path in memory.documents if (match := _YEAR.fullmatch(path))]
    return Kept(
        tuple(sorted(dossiers - library.by_bloc_year.keys())),
        tuple(sorted(year for year in years if year not in library.years)),
        tuple(sorted(_kept_photos(copy, library))) if copy else (),
    )


def _kept_photos(copy: Copy, library: Library) -> Iterator[tuple[str, str]]:
    """The galleries and photos that withdrawn bulletins had, and of which their files say nothing any more."""
    gone = {id_: bulletin for bulletin in library.withdrawn for id_ in (bulletin.id, *bulletin.former_ids)}
    galleries = urls.output_path(urls.api_catalogue(f"pages{urls.GALLERIES[:-1]}", None, "")).removesuffix(".json")
    for path in _catalogued(copy, galleries) if gone else ():
        match = _PHOTO.fullmatch(path)
        if match and match[1] in gone and (match[2] or "") not in _with_gallery(gone[match[1]].all_photo_ids):
            yield match[1], match[2] or ""


def _with_gallery(photo_ids: tuple[str, ...]) -> tuple[str, ...]:
    return ("", *photo_ids) if photo_ids else ()


def known_ids(library: Library) -> Mapping[str, frozenset[str]]:
    """The ids that the content knows, by type: those that are there, and those taken away on purpose."""
    register = library.register
    former = {id_ for bulletin in library.addressed for id_ in bulletin.former_ids}
    withdrawn = {bulletin.id for bulletin in library.withdrawn} | former
    ceremonies = {bulletin.ceremony_id for bulletin in library.withdrawn} | former
    return {
        "bulletin": frozenset(library.bulletins) | withdrawn,
        "ceremony": frozenset(library.by_ceremony) | ceremonies,
        "bloc": _known(register.blocs.values(), register.withdrawn["bloc"]),
        "unit": _known(library.units.values(), register.withdrawn["unit"]),
        "host": _known(register.hosts.values(), register.withdrawn["host"]),
        "movement": _known(register.movements.values(), register.withdrawn["movement"]),
        "photo": frozenset(
            f"{id_}/{photo}" for id_, bulletin in _shown(library).items() for photo in bulletin.all_photo_ids
        ),
    }


def _shown(library: Library) -> dict[str, Bulletin]:
    """Every bulletin that is shown, by its id and by those it had before."""
    return {id_: bulletin for bulletin in library.newest for id_ in (bulletin.id, *bulletin.former_ids)}


def _known(there: Iterable[RegisterEntry], withdrawn: Iterable[RegisterEntry]) -> frozenset[str]:
    """The ids of entries of the register: those they have, and those they had."""
    return frozenset(id_ for entry in (*there, *withdrawn) for id_ in (entry.id, *entry.former_ids))


def _missing(type_: str, id_: str, library: Library) -> Mistake:
    if type_ == "bulletin":
        return _vanished(id_)
    if type_ == "unit" and id_ in library.hosts:
        name = json.dumps(library.hosts[id_].name, ensure_ascii=False)
        return HOST_NO_UNIT.at(WHERE_MISSING["unit"], 1, 1, id=id_, name=name)
    return MISSING[type_].at(WHERE_MISSING.get(type_, WHERE), 1, 1, id=id_)


def _vanished(bulletin_id: str) -> Mistake:
    return VANISHED.at(WHERE, 1, 1, id=bulletin_id)


def _is_preview(output: Path) -> bool:
    """A preview asks crawlers to stay away."""
    asks = robots("", drafts=True)[0].splitlines()[1]
    path = output / urls.output_path(urls.ROBOTS)
    return path.is_file() and asks in path.read_bytes().splitlines()
