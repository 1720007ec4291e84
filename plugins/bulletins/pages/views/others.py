"""What the static pages and the page for unknown addresses show."""

from __future__ import annotations

from typing import Any

from bulletins import urls
from bulletins.domain.model import StaticPage
from bulletins.pages.edition import Edition
from bulletins.pages.views.common import Head

View = dict[str, Any]


def static_page(edition: Edition, given: StaticPage) -> View:
    """A page of `content/pages`."""
    address = urls.page(given.slug)
    return {
        "head": Head(given.title, address, given.lead, section=address),
        "title": given.title,
        "lead": given.lead,
        "html": given.html,
    }


def not_found(edition: Edition) -> View:
    """The page for an address that does not exist."""
    return {"head": Head(edition.words.gettext("Không tìm thấy trang"), urls.NOT_FOUND, indexed=False)}
