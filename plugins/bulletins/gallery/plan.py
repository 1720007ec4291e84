"""The gallery's lines of the plan: photos measured, their mistakes named, one line for each photo."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath
from typing import NamedTuple

from bulletins import urls
from bulletins.domain.library import Library
from bulletins.domain.pictures import PhotoSource, Picture
from bulletins.gallery.archive import Caption, Story, archive
from bulletins.gallery.credits import Credit
from bulletins.gallery.gate import Originals, look
from bulletins.gallery.images import UnreadableImage, read, recipe, render
from bulletins.gallery.measures import measures
from bulletins.gallery.renditions import Measured, credit, picture
from bulletins.gallery.sayings import CHANGED, ENDINGS, UNFIT, WRONG_ENDING
from bulletins.gallery.shelf import Shelf
from bulletins.mistakes import Mistake, Refused, Saying
from bulletins.plan import Check, Line, Output
from bulletins.settings import Settings
from bulletins.versions import source_digest
from bulletins.vietnamese.folding import nfc

WIDEST_IN_ARCHIVE = 1600
"""Pixels: enough to print on half a page; whoever wants more asks the office for the original."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo fit to be published: where it is, its measures, and what it will become."""

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


class Job(NamedTuple):
    """All that decides a photo's files; `key` names them on the shelf."""

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
                    mistakes.append(_said(source, WRONG_ENDING, measured.format))
    return tuple(photos), tuple(mistakes)


def pictures(photos: Iterable[Photo]) -> dict[tuple[str, int], Picture]:
    """What pages and indexes need of photos, by bulletin id and the photo's number."""
    return {(photo.source.bulletin_id, photo.source.n): photo.picture for photo in photos}


def stories(library: Library, settings: Settings) -> dict[str, Story]:
    """What the archive of each bulletin's gallery says of the bulletin, by its id."""
    site = settings.site
    return {
        one.id: Story(one.title, site.absolute(urls.bulletin(one.id)), settings.license, settings.attribution)
        for one in library.newest
        if one.photo_count
    }


def plan(
    photos: Iterable[Photo],
    settings: Settings,
    shelf: Shelf | None = None,
    told: Mapping[str, Story] | None = None,
) -> list[Line]:
    """One line for each photo, which makes all its files from one decoding; an archive for each gallery; the gate.

    Renditions are kept on the `shelf`; `told` are the bulletins that get an archive, by id.
    """
    photos = tuple(photos)
    how = recipe()
    todo = [_job(photo, settings, how) for photo in photos]
    version = f"{how} {source_digest('bulletins.gallery')}"
    return [
        *(_photo_line(job, shelf, version) for job in todo),
        *_archives(todo, shelf, told or {}, version),
        Check(look, (_originals(photos), settings.keep_credit)),
    ]


def shelved(lines: Iterable[Line]) -> list[str]:
    """What a plan uses of the shelf."""
    return [line.inputs[0].key for line in lines if isinstance(line, Output) and line.make is make_renditions]


def _originals(photos: Iterable[Photo]) -> Originals:
    folders: dict[str, frozenset[str]] = {}
    for photo in photos:
        own = urls.gallery(photo.source.bulletin_id).lstrip("/")
        folders[photo.sha256] = folders.get(photo.sha256, frozenset()) | {own}
    return Originals(folders)


def _photo_line(job: Job, shelf: Shelf | None, version: str) -> Output:
    paths = tuple(urls.output_path(file.address) for file in job.picture.files)
    return Output(paths, make_renditions, (job, shelf), version)


def _archives(todo: Iterable[Job], shelf: Shelf | None, told: Mapping[str, Story], version: str) -> Iterator[Output]:
    """They stand behind the photos, so that most of what they hold is on the shelf when they are made."""
    for bulletin_id, group in groupby(todo, key=lambda job: job.photo.source.bulletin_id):
        if bulletin_id in told:
            own = tuple(group)
            path = urls.output_path(urls.gallery_archive(bulletin_id))
            inputs = (told[bulletin_id], tuple(map(_caption, own)), own, shelf)
            yield Output((path,), make_archive, inputs, version)


def make_renditions(job: Job, shelf: Shelf | None) -> list[bytes]:
    """The bytes of a picture's files; raises `Refused` if the photo is damaged or no longer the one planned."""
    return shelf.get_or_make(job.key, lambda: _rendered(job)) if shelf else _rendered(job)


def make_archive(
    story: Story, captions: tuple[Caption, ...], todo: tuple[Job, ...], shelf: Shelf | None
) -> list[bytes]:
    """The bytes of a gallery's archive; raises `Refused` as `make_renditions` does."""
    return [archive(story, captions, (_medium(job.picture, make_renditions(job, shelf)) for job in todo))]


def _rendered(job: Job) -> list[bytes]:
    source = job.photo.source
    try:
        data = read(source.path)
        if hashlib.sha256(data).hexdigest() != job.photo.digest:
            raise Refused([_said(source, CHANGED)])
        return render(data, job.picture, job.quality, job.avif_quality, job.credit)
    except UnreadableImage as unreadable:
        raise Refused([_mistake(source, unreadable)]) from unreadable


def _job(photo: Photo, settings: Settings, how: str) -> Job:
    mark = credit(photo.source.said, photo.measured, settings)
    quality = (settings.picture_quality, settings.avif_quality)
    shapes = tuple((file.media_type, file.width, file.height) for file in photo.picture.files)
    facts = (how, photo.sha256, shapes, photo.picture.focus, quality, mark.digest if mark else "")
    key = hashlib.sha256(repr(facts).encode()).hexdigest()
    return Job(PhotoFile(photo.source, photo.sha256), photo.picture, *quality, mark, key)


def _medium(picture: Picture, files: list[bytes]) -> bytes:
    """The widest JPEG of a picture that is not too wide for an archive."""
    jpegs = [(r.width, n) for n, r in enumerate(picture.renditions) if r.media_type == "image/jpeg"]
    fit = [one for one in jpegs if one[0] <= WIDEST_IN_ARCHIVE]
    return files[max(fit)[1] if fit else min(jpegs)[1]]


def _caption(job: Job) -> Caption:
    said, picture = job.photo.source.said, job.picture
    return Caption(said.alt, said.caption or picture.caption, said.credit or picture.credit, said.license)


def _mistake(source: PhotoSource, unreadable: UnreadableImage) -> Mistake:
    return _said(source, UNFIT[unreadable.reason], unreadable.detail)


def _said(source: PhotoSource, saying: Saying, detail: str = "") -> Mistake:
    file = nfc(PurePath(source.path).name)
    return saying.at(source.name, source.line, source.column, file=file, detail=detail)
