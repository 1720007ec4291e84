"""What the static pages and the page for unknown addresses show."""

from __future__ import annotations

from typing import Annotated, TypedDict

from bulletins import urls
from bulletins.domain.model import StaticPage
from bulletins.pages.edition import Edition
from bulletins.pages.views.common import Head


class StaticView(TypedDict):
    """A page of `content/pages`."""

    head: Head
    title: str
    lead: str
    html: Annotated[str, "safe HTML"]


def static_page(edition: Edition, page: StaticPage) -> StaticView:
    address = urls.page(page.slug)
    return {
        "head": Head(page.title, address, page.lead, section=address),
        "title": page.title,
        "lead": page.lead,
        "html": page.html,
    }


class NotFoundView(TypedDict):
    """The page for an address that does not exist."""

    head: Head


def not_found(edition: Edition) -> NotFoundView:
    return {"head": Head(edition.words.gettext("Không tìm thấy trang"), urls.NOT_FOUND, indexed=False)}
