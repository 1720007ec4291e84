"""The IIIF manifest of a gallery: its photos as any viewer of libraries and museums can show them.

IIIF Presentation API 3.0 (https://iiif.io/api/presentation/3.0/). There are no tiles: each canvas is painted with the
widest JPEG. The keys every document of ours begins with stand beside those of IIIF, whose clients pass over them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bulletins import urls
from bulletins.domain.model import Bulletin, Photo
from bulletins.domain.pictures import Picture, Rendition, captioned
from bulletins.indexes.shape import Terms, encoded_json

SCHEMA = "gallery"
CONTEXT = "http://iiif.io/api/presentation/3/context.json"

# IIIF takes these addresses, with `http`, as the names of licences.
_LICENCES = ("creativecommons.org/licenses/", "creativecommons.org/publicdomain/", "rightsstatements.org/vocab/")

Json = dict[str, Any]


def manifest(terms: Terms, one: Bulletin, pictures: tuple[Picture, ...]) -> Sequence[bytes]:
    """The manifest of a bulletin's gallery; `pictures` are those of its photos, in their order."""
    own = terms.at(urls.api_gallery(one.id))
    schema = terms.at(urls.api_schema(SCHEMA))
    head = {
        key.rstrip("_"): value for key, value in terms.head(schema, own, urls.gallery(one.id), one.modified).items()
    }
    photos = [captioned(photo, picture) for photo, picture in zip(one.photos, pictures, strict=True)]
    canvases = [_canvas(terms, one, n, *shown) for n, shown in enumerate(zip(photos, pictures, strict=True), 1)]
    whole = {
        "@context": CONTEXT,
        **head,
        "type": "Manifest",
        "label": _said(one, one.title),
        "summary": _said(one, one.lead),
        "rights": _rights(terms.license),
        "requiredStatement": _statement(one, terms.attribution),
        "navDate": f"{one.date.isoformat()}T00:00:00+07:00",
        "behavior": ["individuals"],
        "thumbnail": _thumbnail(terms, pictures[(one.lead_photo or 1) - 1]),
        "homepage": [_page(terms, one, urls.gallery(one.id))],
        "seeAlso": [_dataset(terms, one)],
        "rendering": [_archive(terms, one)],
        "items": canvases,
    }
    return [encoded_json(_stated(whole, keep=head))]


def _stated(whole: Json, keep: Json) -> Json:
    """Without the IIIF keys that have nothing to say; IIIF knows no `null`."""
    return {key: value for key, value in whole.items() if value is not None or key in keep}


def _canvas(terms: Terms, one: Bulletin, n: int, photo: Photo, picture: Picture) -> Json:
    """A photo: the canvas has its size, and one annotation paints it."""
    own = f"{terms.at(urls.api_gallery(one.id))}/canvas/{n}"
    canvas = {
        "id": own,
        "type": "Canvas",
        "label": _said(one, photo.caption or photo.alt),
        "summary": _said(one, photo.alt) if photo.caption else None,
        "width": picture.width,
        "height": picture.height,
        "rights": _rights(photo.license),
        "requiredStatement": _statement(one, photo.credit, "Ảnh"),
        "metadata": list(_metadata(one, photo)) or None,
        "thumbnail": _thumbnail(terms, picture),
        "homepage": [_page(terms, one, urls.photo(one.id, n))],
        "items": [
            {"id": f"{own}/page", "type": "AnnotationPage", "items": [_painting(terms, own, picture)]},
        ],
    }
    return _stated(canvas, keep={})


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


def _metadata(one: Bulletin, photo: Photo) -> Iterator[Json]:
    if photo.shows:
        yield {"label": {"vi": ["Trong ảnh"]}, "value": _said(one, *photo.shows)}
    if photo.license and not _rights(photo.license):
        yield {"label": {"vi": ["Giấy phép"]}, "value": {"none": [photo.license]}}


def _said(one: Bulletin, *texts: str) -> Json:
    """Texts of a bulletin in its language."""
    return {one.lang: list(texts)}


def _statement(one: Bulletin, text: str | None, label: str = "Ghi nguồn") -> Json | None:
    return {"label": {"vi": [label]}, "value": _said(one, text)} if text else None


def _rights(license_: str | None) -> str | None:
    """The licence under the name IIIF knows it by, or `None` for any other."""
    name = (license_ or "").removeprefix("https://").removeprefix("http://")
    return f"http://{name}" if name.startswith(_LICENCES) else None


def _page(terms: Terms, one: Bulletin, address: str) -> Json:
    return {"id": terms.at(address), "type": "Text", "label": _said(one, one.title), "format": "text/html"}


def _dataset(terms: Terms, one: Bulletin) -> Json:
    profile = terms.at(urls.api_schema("bulletin"))
    told = {"id": terms.at(urls.api_bulletin(one.id)), "type": "Dataset", "label": _said(one, one.title)}
    return {**told, "format": "application/json", "profile": profile}


def _archive(terms: Terms, one: Bulletin) -> Json:
    told = {
        "id": terms.at(urls.gallery_archive(one.id)),
        "type": "Dataset",
        "label": {"vi": ["Mọi ảnh trong một tệp ZIP"]},
    }
    return {**told, "format": "application/zip"}
