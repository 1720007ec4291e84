"""The IIIF manifest of a gallery: its photos as any viewer of libraries and museums can show them.

IIIF Presentation API 3.0 (https://iiif.io/api/presentation/3.0/). There are no tiles: each canvas is painted with the
widest JPEG. A manifest keeps IIIF's specification alone (contract §3): the keys of our own documents are not in it, and
rights are those of each photo, since the licence of the data is not theirs (contract §4.8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bulletins import urls
from bulletins.domain.model import Bulletin, Photo
from bulletins.domain.pictures import Picture, Rendition
from bulletins.indexes.shape import Terms, encoded_json

SCHEMA = "gallery"
CONTEXT = "http://iiif.io/api/presentation/3/context.json"

# IIIF takes these addresses, with `http`, as the names of licences.
_LICENCES = ("creativecommons.org/licenses/", "creativecommons.org/publicdomain/", "rightsstatements.org/vocab/")

Json = dict[str, Any]


def manifest(terms: Terms, bulletin: Bulletin, pictures: tuple[Picture, ...]) -> Sequence[bytes]:
    """The manifest of a bulletin's gallery; `pictures` are those of its photos, in their order."""
    canvases = [
        _canvas(terms, bulletin, n, *pair) for n, pair in enumerate(zip(bulletin.photos, pictures, strict=True), 1)
    ]
    whole = {
        "@context": CONTEXT,
        "id": terms.at(urls.api_gallery(bulletin.id)),
        "type": "Manifest",
        "label": _in_its_language(bulletin, bulletin.title),
        "summary": _in_its_language(bulletin, bulletin.lead),
        "requiredStatement": _statement(bulletin, terms.attribution),
        "navDate": f"{bulletin.date}T00:00:00+07:00" if bulletin.date.whole else None,
        "behavior": ["individuals"],
        "thumbnail": _thumbnail(terms, pictures[(bulletin.lead_photo or 1) - 1]),
        "homepage": [_page(terms, bulletin, urls.gallery(bulletin.id))],
        "seeAlso": [_dataset(terms, bulletin)],
        "rendering": [_archive(terms, bulletin)],
        "items": canvases,
    }
    return [encoded_json(_without_empty(whole))]


def _without_empty(whole: Json) -> Json:
    """Without the keys that have nothing to say; IIIF knows no `null`."""
    return {key: value for key, value in whole.items() if value is not None}


def _canvas(terms: Terms, bulletin: Bulletin, n: int, photo: Photo, picture: Picture) -> Json:
    """A photo: the canvas has its size, and one annotation paints it."""
    own = f"{terms.at(urls.api_gallery(bulletin.id))}/canvas/{photo.photo_id}"
    canvas = {
        "id": own,
        "type": "Canvas",
        "label": _in_its_language(bulletin, photo.caption or photo.alt),
        "summary": _in_its_language(bulletin, photo.alt) if photo.caption else None,
        "width": picture.width,
        "height": picture.height,
        "rights": _rights(photo.license),
        "requiredStatement": _statement(bulletin, photo.credit, "Ảnh"),
        "metadata": list(_metadata(bulletin, photo)) or None,
        "thumbnail": _thumbnail(terms, picture),
        "homepage": [_page(terms, bulletin, urls.photo(bulletin.id, photo.photo_id))],
        "items": [
            {"id": f"{own}/page", "type": "AnnotationPage", "items": [_painting(terms, own, picture)]},
        ],
    }
    return _without_empty(canvas)


def _painting(terms: Terms, canvas: str, picture: Picture) -> Json:
    body = _image(terms, max(picture.of_type("image/jpeg"), key=lambda r: r.width))
    parts = {"id": f"{canvas}/annotation", "type": "Annotation", "motivation": "painting"}
    return {**parts, "body": body, "target": canvas}


def _image(terms: Terms, rendition: Rendition) -> Json:
    size = {"width": rendition.width, "height": rendition.height}
    return {"id": terms.at(rendition.address), "type": "Image", "format": rendition.media_type, **size}


def _thumbnail(terms: Terms, picture: Picture) -> list[Json]:
    smallest = min(picture.of_type("image/jpeg"), key=lambda r: r.width)
    return [_image(terms, picture.square or smallest)]


def _metadata(bulletin: Bulletin, photo: Photo) -> Iterator[Json]:
    if photo.shows:
        yield {"label": {"vi": ["Trong ảnh"]}, "value": _in_its_language(bulletin, *photo.shows)}
    if photo.license and not _rights(photo.license):
        yield {"label": {"vi": ["Giấy phép"]}, "value": {"none": [photo.license]}}


def _in_its_language(bulletin: Bulletin, *texts: str) -> Json:
    """Texts of a bulletin in its language."""
    return {bulletin.lang: list(texts)}


def _statement(bulletin: Bulletin, text: str | None, label: str = "Ghi nguồn") -> Json | None:
    return {"label": {"vi": [label]}, "value": _in_its_language(bulletin, text)} if text else None


def _rights(license_: str | None) -> str | None:
    """The licence under the name IIIF knows it by, or `None` for any other."""
    name = (license_ or "").removeprefix("https://").removeprefix("http://")
    return f"http://{name}" if name.startswith(_LICENCES) else None


def _page(terms: Terms, bulletin: Bulletin, address: str) -> Json:
    return {
        "id": terms.at(address),
        "type": "Text",
        "label": _in_its_language(bulletin, bulletin.title),
        "format": "text/html",
    }


def _dataset(terms: Terms, bulletin: Bulletin) -> Json:
    profile = terms.at(urls.api_schema("bulletin"))
    resource = {
        "id": terms.at(urls.api_bulletin(bulletin.id)),
        "type": "Dataset",
        "label": _in_its_language(bulletin, bulletin.title),
    }
    return {**resource, "format": "application/json", "profile": profile}


def _archive(terms: Terms, bulletin: Bulletin) -> Json:
    resource = {
        "id": terms.at(urls.gallery_archive(bulletin.id)),
        "type": "Dataset",
        "label": {"vi": ["Mọi ảnh trong một tệp ZIP"]},
    }
    return {**resource, "format": "application/zip"}
