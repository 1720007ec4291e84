"""The gallery's lines of the plan: photos measured, their mistakes named, one line for each photo."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path, PurePath
from typing import NamedTuple

from bulletins import urls
from bulletins.domain.library import Library
from bulletins.domain.pictures import PhotoSource, Picture, Sum
from bulletins.gallery.archive import Caption, Heading, archive
from bulletins.gallery.credit_metadata import Credit
from bulletins.gallery.gate import Originals, look
from bulletins.gallery.images import UnreadableImage, read, recipe, render
from bulletins.gallery.measures import measures
from bulletins.gallery.messages import CHANGED, ENDINGS, UNFIT, WORDS_IN_FILE, WRONG_ENDING
from bulletins.gallery.renditions import Measured, credit_written, picture
from bulletins.gallery.store import RenditionStore
from bulletins.mistakes import Message, Mistake, Refused
from bulletins.plan import Check, Line, Output
from bulletins.settings import Settings
from bulletins.versions import source_digest
from bulletins.vietnamese.folding import nfc

WIDEST_IN_ARCHIVE = 1600
"""Pixels: enough to print on half a page; whoever wants more asks the office for the original."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that can be published: its file, its measurements and its renditions."""

    source: PhotoSource
    measured: Measured
    picture: Picture

    @property
    def sha256(self) -> str:
        return self.measured.sha256


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo's file as an input of the plan: only its content counts, wherever the project's folder lies."""

    source: PhotoSource
    digest: str


class RenditionSpec(NamedTuple):
    """Everything that decides the bytes of a photo's renditions; `key` is their name in the rendition store."""

    photo: PhotoFile
    picture: Picture
    quality: int
    avif_quality: int
    credit: Credit | None
    key: str


def measure_photos(
    sources: Iterable[PhotoSource], settings: Settings, cache: Path | None = None, partial: bool = False
) -> tuple[tuple[Photo, ...], tuple[Mistake, ...]]:
    """Every publishable photo of `sources`, in their order, a mistake for each of the others, and warnings.

    `cache` is a file outside the output folder where measures are kept from build to build; after a `partial` build,
    which looks at a few photos only, those of all others stay.
    """
    photos: list[Photo] = []
    mistakes: list[Mistake] = []
    with measures(cache, settings.pixel_budget, partial) as known:
        for source in sources:
            try:
                measured = known.of(source.path)
            except UnreadableImage as unreadable:
                mistakes.append(_mistake(source, unreadable))
            else:
                photos.append(Photo(source, measured, picture(source, measured, settings)))
                if PurePath(source.path).suffix.lower() not in ENDINGS[measured.format]:
                    mistakes.append(_at(source, WRONG_ENDING, measured.format))
                mistakes += _proposals(source, measured)
    return tuple(photos), tuple(mistakes)


def _proposals(source: PhotoSource, measured: Measured) -> Iterator[Mistake]:
    """The words in a photo's file that its author could take over, as lines that can be typed.

    They are no more than proposed: nobody looked at them for the public, and cameras write some by themselves.
    """
    said = source.said
    fields = {"caption": measured.caption, "credit": measured.credit}
    wanting = {
        field: words for field, words in fields.items() if words and not getattr(said, field) and words != said.alt
    }
    if wanting:
        lines = ", ".join(f"`{field}: {json.dumps(words, ensure_ascii=False)}`" for field, words in wanting.items())
        yield _at(source, WORDS_IN_FILE, lines)


@dataclass(frozen=True, slots=True)
class RenditionProof:
    """Knows the sums of a photo's files: from the store, where they are made at once if they are not there yet."""

    spec: RenditionSpec
    store: RenditionStore

    @property
    def digest(self) -> str:
        return self.spec.key

    def sums(self) -> Sequence[Sum]:
        return self.store.sums(self.spec.key, lambda: _rendered(self.spec))


def pictures(photos: Iterable[Photo], settings: Settings, store: RenditionStore) -> dict[tuple[str, int], Picture]:
    """What pages and indexes need of photos, by bulletin id and the photo's number."""
    photos = tuple(photos)
    encoders = recipe() if photos else ""
    specs = ((photo, _spec(photo, settings, encoders)) for photo in photos)
    return {(photo.source.bulletin_id, photo.source.n): _proven(photo, spec, store) for photo, spec in specs}


def _proven(photo: Photo, spec: RenditionSpec, store: RenditionStore) -> Picture:
    """The picture with its proof; its digest changes whenever its files do."""
    proof = RenditionProof(spec, store)
    return replace(photo.picture, digest=f"{photo.picture.digest} {proof.digest}", proof=proof)


def headings(library: Library, settings: Settings) -> dict[str, Heading]:
    """What the archive of each bulletin's gallery says of the bulletin, by its id."""
    site = settings.site
    return {
        bulletin.id: Heading(
            bulletin.title, site.absolute(urls.bulletin(bulletin.id)), settings.license, settings.attribution
        )
        for bulletin in library.newest
        if bulletin.photo_count
    }


def plan(
    photos: Iterable[Photo],
    settings: Settings,
    store: RenditionStore | None = None,
    headings_by_id: Mapping[str, Heading] | None = None,
) -> list[Line]:
    """One line for each photo, which makes all its files from one decoding; an archive for each gallery; the gate.

    Renditions are kept in the `store`; an archive is made for each bulletin that has a heading, by id.
    """
    photos = tuple(photos)
    encoders = recipe()
    specs = [_spec(photo, settings, encoders) for photo in photos]
    version = f"{encoders} {source_digest('bulletins.gallery')}"
    return [
        *(_photo_line(spec, store, version) for spec in specs),
        *_archives(specs, store, headings_by_id or {}, version),
        Check(look, (_originals(photos), settings.keep_credit)),
    ]


def shelved(lines: Iterable[Line]) -> list[str]:
    """The keys of all renditions that a plan needs from the store."""
    return [line.inputs[0].key for line in lines if isinstance(line, Output) and line.make is make_renditions]


def _originals(photos: Iterable[Photo]) -> Originals:
    folders: dict[str, frozenset[str]] = {}
    for photo in photos:
        own = urls.gallery(photo.source.bulletin_id).lstrip("/")
        folders[photo.sha256] = folders.get(photo.sha256, frozenset()) | {own}
    return Originals(folders)


def _photo_line(spec: RenditionSpec, store: RenditionStore | None, version: str) -> Output:
    paths = tuple(urls.output_path(file.address) for file in spec.picture.files)
    return Output(paths, make_renditions, (spec, store), version)


def _archives(
    specs: Iterable[RenditionSpec], store: RenditionStore | None, headings_by_id: Mapping[str, Heading], version: str
) -> Iterator[Output]:
    """An archive for each gallery, planned after the photos: by then the store holds their renditions."""
    for bulletin_id, group in groupby(specs, key=lambda spec: spec.photo.source.bulletin_id):
        if bulletin_id in headings_by_id:
            own = tuple(group)
            path = urls.output_path(urls.gallery_archive(bulletin_id))
            inputs = (headings_by_id[bulletin_id], tuple(map(_caption, own)), own, store)
            yield Output((path,), make_archive, inputs, version)


def make_renditions(spec: RenditionSpec, store: RenditionStore | None) -> list[bytes]:
    """The bytes of a picture's files; raises `Refused` if the photo is damaged or no longer the one planned."""
    return store.get_or_make(spec.key, lambda: _rendered(spec)) if store else _rendered(spec)


def make_archive(
    heading: Heading, captions: tuple[Caption, ...], specs: tuple[RenditionSpec, ...], store: RenditionStore | None
) -> list[bytes]:
    """The bytes of a gallery's archive; raises `Refused` as `make_renditions` does."""
    return [archive(heading, captions, (_medium(spec.picture, make_renditions(spec, store)) for spec in specs))]


def _rendered(spec: RenditionSpec) -> list[bytes]:
    source = spec.photo.source
    try:
        data = read(source.path)
        if hashlib.sha256(data).hexdigest() != spec.photo.digest:
            raise Refused([_at(source, CHANGED)])
        return render(data, spec.picture, spec.quality, spec.avif_quality, spec.credit)
    except UnreadableImage as unreadable:
        raise Refused([_mistake(source, unreadable)]) from unreadable


def _spec(photo: Photo, settings: Settings, encoders: str) -> RenditionSpec:
    credit = credit_written(photo.source.said, settings)
    quality = (settings.picture_quality, settings.avif_quality)
    shapes = tuple((file.media_type, file.width, file.height) for file in photo.picture.files)
    facts = (encoders, photo.sha256, shapes, photo.picture.focus, quality, credit.digest if credit else "")
    key = hashlib.sha256(repr(facts).encode()).hexdigest()
    return RenditionSpec(PhotoFile(photo.source, photo.sha256), photo.picture, *quality, credit, key)


def _medium(picture: Picture, files: list[bytes]) -> bytes:
    """The widest JPEG of a picture that is not too wide for an archive."""
    jpegs = [(r.width, n) for n, r in enumerate(picture.renditions) if r.media_type == "image/jpeg"]
    fit = [pair for pair in jpegs if pair[0] <= WIDEST_IN_ARCHIVE]
    return files[max(fit)[1] if fit else min(jpegs)[1]]


def _caption(spec: RenditionSpec) -> Caption:
    text = spec.photo.source.said
    return Caption(text.alt, text.caption, text.credit, text.license)


def _mistake(source: PhotoSource, unreadable: UnreadableImage) -> Mistake:
    return _at(source, UNFIT[unreadable.reason], unreadable.detail)


def _at(source: PhotoSource, message: Message, detail: str = "") -> Mistake:
    file = nfc(PurePath(source.path).name)
    return message.at(source.name, source.line, source.column, file=file, detail=detail)
