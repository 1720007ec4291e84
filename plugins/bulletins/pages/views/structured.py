"""What search engines read of a page: JSON-LD in the words of schema.org, with nothing the page itself does not say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bulletins import urls
from bulletins.domain.model import Bulletin
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import BulletinInputs, GalleryInputs, Link
from bulletins.pages.views.common import Head, safe_address
from bulletins.vietnamese.dates import iso

Data = dict[str, Any]


def page(edition: Edition, head: Head) -> Data:
    """Any page; what `head.about` says of its subject comes first and decides the type."""
    site = {"@type": "WebSite", "name": edition.settings.site_name, "url": edition.site.absolute(urls.HOME)}
    url = edition.site.absolute(head.address)
    said = {"url": url, "description": head.description, "isPartOf": site}
    path = _path(edition, head)
    if head.about is None:
        about = {"@type": "WebPage", "@id": url, "name": head.title, "inLanguage": edition.settings.language}
        return known({"@context": "https://schema.org", **about, **said, "breadcrumb": path})
    # Only a page has a path; whatever else it is about names the page that is about it.
    its_page = known({"@type": "WebPage", "@id": url, "breadcrumb": path})
    return known({"@context": "https://schema.org", "@id": url, **head.about, **said, "mainEntityOfPage": its_page})


def _path(edition: Edition, head: Head) -> Data | None:
    """The way to the page from the home page, which readers see above its title."""
    if not head.trail:
        return None
    steps = (Link(urls.HOME, edition.words.gettext("Trang chủ")), *head.trail, Link(head.address, head.title))
    items = [
        {"@type": "ListItem", "position": n, "name": step.text, "item": edition.site.absolute(step.address)}
        for n, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def known(data: Data) -> Data:
    """Only what has a value: what is not known is left out."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def bulletin(edition: Edition, record: Bulletin, organizers: Iterable[Data], image: str | None) -> Data:
    """A bulletin as a news article about its ceremony."""
    return known(
        {
            "@type": "NewsArticle",
            "@id": edition.site.absolute(urls.bulletin(record.id)),
            "headline": record.title,
            "inLanguage": record.lang,
            "datePublished": iso(record.published) if record.published else None,
            "dateModified": record.modified,
            "expires": iso(record.expires) if record.expires else None,
            "image": image,
            "publisher": publisher(edition),
            "license": edition.settings.license,
            "isBasedOn": safe_address(record.source.url) if record.source else None,
            "about": _event(record, organizers),
        }
    )


def image_gallery(edition: Edition, inputs: GalleryInputs) -> Data:
    """A bulletin's gallery and the photos in it."""
    record = inputs.bulletin
    images = [image(edition, inputs, n) for n in range(1, len(inputs.pictures) + 1)]
    return known(
        {
            "@type": "ImageGallery",
            "name": record.title,
            "inLanguage": record.lang,
            "about": _article(edition, record),
            "publisher": publisher(edition),
            "image": images,
        }
    )


def image(edition: Edition, inputs: GalleryInputs, n: int) -> Data:
    """Photo `n`, from 1: its files, its words, who took it, and its own licence if it has one (contract §4.8)."""
    picture = inputs.pictures[n - 1]
    photo = inputs.bulletin.photos[n - 1]
    widest = max(picture.of_type("image/jpeg") or picture.renditions, key=lambda rendition: rendition.width)
    url = edition.site.absolute(urls.photo(inputs.bulletin.id, inputs.bulletin.photo_ids[n - 1]))
    return known(
        {
            "@type": "ImageObject",
            "@id": url,
            "name": photo.caption or photo.alt,
            "url": url,
            "contentUrl": edition.site.absolute(widest.address),
            "thumbnailUrl": edition.site.absolute(picture.square.address) if picture.square else None,
            "encodingFormat": widest.media_type,
            "width": _pixels(widest.width),
            "height": _pixels(widest.height),
            "caption": photo.caption,
            "description": photo.alt,
            "creditText": photo.credit,
            "license": photo.license,
            "inLanguage": inputs.bulletin.lang,
        }
    )


def image_of_page(edition: Edition, inputs: GalleryInputs, n: int) -> Data:
    """The same on the photo's own page, with the article it belongs to."""
    article = _article(edition, inputs.bulletin)
    return {**image(edition, inputs, n), "representativeOfPage": True, "associatedArticle": article}


def _pixels(value: int) -> Data:
    return {"@type": "QuantitativeValue", "value": value, "unitText": "px"}


def _article(edition: Edition, record: Bulletin) -> Data:
    url = edition.site.absolute(urls.bulletin(record.id))
    return {"@type": "NewsArticle", "@id": url, "url": url, "headline": record.title}


def publisher(edition: Edition) -> Data | None:
    name = edition.settings.publisher
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def organization(edition: Edition, name: str, address: str, parent: str | None) -> Data:
    """A bloc or a unit, with the body it belongs to."""
    return known(
        {
            "@type": "Organization",
            "@id": edition.site.absolute(address),
            "name": name,
            "parentOrganization": {"@type": "Organization", "name": parent} if parent else None,
        }
    )


def organizers(edition: Edition, inputs: BulletinInputs) -> list[Data]:
    """The blocs whose ceremony it was, or the host of a ceremony of no bloc."""
    blocs = [organization(edition, of.bloc.name, urls.bloc(of.bloc.id), None) for of in inputs.blocs]
    return blocs or ([{"@type": "Organization", "name": inputs.host.name}] if inputs.host else [])


def _event(record: Bulletin, organizers: Iterable[Data]) -> Data:
    place = record.ceremony.place
    names = [name for name in (place.name, place.province) if name] if place else []
    listed = [*organizers]
    return known(
        {
            "@type": "Event",
            "name": record.ceremony.name or record.title,
            "startDate": str(record.date) or None,
            "location": {"@type": "Place", "name": ", ".join(names)} if names else None,
            "organizer": listed[0] if len(listed) == 1 else listed,
        }
    )
