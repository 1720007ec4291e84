"""What search engines read of a page: JSON-LD in the words of schema.org, with nothing the page itself does not say."""

from __future__ import annotations

from typing import Any

from bulletins import urls
from bulletins.domain.model import Bulletin
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import Named
from bulletins.pages.views.common import Head
from bulletins.vietnamese.dates import iso

Data = dict[str, Any]


def page(edition: Edition, head: Head) -> Data:
    """Any page; what `head.about` says of its subject comes first and decides the type."""
    site = {"@type": "WebSite", "name": edition.settings.site_name, "url": edition.site.absolute(urls.HOME)}
    url = edition.site.absolute(head.address)
    about = head.about or {"@type": "WebPage", "name": head.title, "inLanguage": edition.settings.language}
    return told(
        {"@context": "https://schema.org", **about, "url": url, "description": head.description, "isPartOf": site}
    )


def told(data: Data) -> Data:
    """Only what has a value: what is not known is left out."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def bulletin(edition: Edition, given: Bulletin, bloc: Named, image: str | None) -> Data:
    """A bulletin as a news article about its ceremony."""
    return told(
        {
            "@type": "NewsArticle",
            "headline": given.title,
            "inLanguage": given.lang,
            "datePublished": iso(given.published) if given.published else None,
            "dateModified": given.modified,
            "expires": iso(given.expires) if given.expires else None,
            "image": image,
            "publisher": publisher(edition),
            "license": edition.settings.license,
            "about": _event(edition, given, bloc),
        }
    )


def publisher(edition: Edition) -> Data | None:
    name = edition.settings.publisher
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def organization(edition: Edition, name: str, address: str, parent: str | None) -> Data:
    """A bloc or a unit, with the body it belongs to."""
    return told(
        {
            "@type": "Organization",
            "@id": edition.site.absolute(address),
            "name": name,
            "parentOrganization": {"@type": "Organization", "name": parent} if parent else None,
        }
    )


def _event(edition: Edition, given: Bulletin, bloc: Named) -> Data:
    place = given.ceremony.place
    names = [name for name in (place.name, place.province) if name] if place else []
    return told(
        {
            "@type": "Event",
            "name": given.ceremony.name or given.title,
            "startDate": given.date.isoformat(),
            "location": {"@type": "Place", "name": ", ".join(names)} if names else None,
            "organizer": organization(edition, bloc.name, urls.bloc(bloc.id), None),
        }
    )
