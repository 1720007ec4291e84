"""What the home page, the later pages of lists, and the indexes of blocs, units, years and galleries show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from bulletins import urls
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import Group, IndexPage, Jump, Link, ListInputs, Teaser, YearLine
from bulletins.pages.views.common import Head, TeaserView, shared_picture, teaser
from bulletins.vietnamese.dates import PartialDate


class ListView(TypedDict):
    """One page of a long list."""

    items: Annotated[tuple[TeaserView, ...], "the latest first"]
    newer: Annotated[str | None, "address of the page of newer ones"]
    older: Annotated[str | None, "address of the page of older ones"]
    pages: Annotated[int | None, "how many pages the list has; on the first of them"]
    span: Annotated[tuple[PartialDate, PartialDate] | None, "the first and the last day"]


def list_view(edition: Edition, listed: ListInputs) -> ListView:
    """One page of a list: its bulletins and the way to newer and older ones."""
    page = listed.page
    return {
        "items": tuple(teaser(edition, item) for item in page.items),
        "newer": urls.listing(listed.first, page.newer) if page.newer else None,
        "older": urls.listing(listed.first, page.older) if page.older else None,
        "pages": page.pages,
        "span": _span(page.items),
    }


def _span(items: Sequence[Teaser]) -> tuple[PartialDate, PartialDate] | None:
    days = [item.card.date for item in items if item.card.date]
    return (days[-1], days[0]) if days else None


class LaterPageView(TypedDict):
    """A later page of a list of bulletins or galleries; it holds at least one."""

    head: Head
    title: str
    kind: Annotated[str, "what the list is of: `home`, `bloc`, `unit`, `year`, `galleries`"]
    subject: Annotated[Link | None, "the page it belongs to"]
    list: ListView


def later_page(edition: Edition, listed: ListInputs) -> LaterPageView:
    shown = list_view(edition, listed)
    title, subject = _title(edition, listed)
    span = " – ".join(edition.words.short_date(date) for date in shown["span"] or ())
    return {
        "head": Head(
            f"{title}, {span}" if span else title,
            urls.listing(listed.first, listed.page.number),
            previous=shown["newer"],
            next=shown["older"],
            section=SECTIONS[listed.kind],
        ),
        "title": title,
        "kind": listed.kind,
        "subject": Link(listed.first, subject) if subject else None,
        "list": shown,
    }


def _title(edition: Edition, listed: ListInputs) -> tuple[str, str | None]:
    """The title of a list, and the name of the page it belongs to: none for the home page, which all pages link to."""
    gettext, subject = edition.words.gettext, listed.subject
    match listed.kind:
        case "home":
            return gettext("Tất cả bản tin"), None
        case "galleries":
            return gettext("Thư viện ảnh"), gettext("Thư viện ảnh")
        case "year":
            return gettext("Bản tin thuộc năm %(year)s") % {"year": subject}, gettext("Năm %(year)s") % {
                "year": subject
            }
    return gettext("Bản tin về %(name)s") % {"name": subject}, subject


SECTIONS = {
    "home": urls.HOME,
    "bloc": urls.BLOCS,
    "unit": urls.UNITS,
    "year": urls.YEARS,
    "galleries": urls.GALLERIES,
}


class HomeView(TypedDict):
    """The home page: the newest bulletin in full view, the latest after it, and the ways by bloc and year."""

    head: Head
    featured: Annotated[TeaserView | None, "the newest bulletin"]
    list: Annotated[ListView, "the other bulletins of the first page"]
    groups: Annotated[tuple[Group, ...], "all blocs by host, or none of them where there are many"]
    hosts: Annotated[tuple[Jump, ...], "every host, with its blocs counted"]
    years: tuple[YearLine, ...]


def home(
    edition: Edition,
    listed: ListInputs,
    blocs: tuple[Group, ...],
    hosts: tuple[Jump, ...],
    years: tuple[YearLine, ...],
) -> HomeView:
    shown = list_view(edition, listed)
    bulletins = shown["items"]
    return {
        "head": _home_head(edition, listed, shown["older"]),
        "featured": bulletins[0] if bulletins else None,
        "list": {**shown, "items": bulletins[1:]},
        "groups": blocs,
        "hosts": hosts,
        "years": years,
    }


def _home_head(edition: Edition, listed: ListInputs, older: str | None) -> Head:
    first = listed.page.items[0] if listed.page.items else None
    return Head(
        edition.settings.site_name,
        urls.HOME,
        edition.words.gettext(
            "Khối gồm những đơn vị nào, ai đứng đầu, đã giao ước điều gì, kết quả ra sao: "
            "mỗi điều đều dẫn bản tin đã nêu."
        ),
        image=shared_picture(first.picture) if first else None,
        image_alt=first.card.photo[1] if first and first.card.photo else "",
        next=older,
        section=urls.HOME,
    )


class IndexView(TypedDict):
    """A page of all blocs, or of all units, by host."""

    head: Head
    title: str
    groups: Annotated[tuple[Group, ...], "by host"]
    jumps: Annotated[tuple[Jump, ...], "ways to every host"]
    count: Annotated[int, "of all lines of the index"]
    number: Annotated[int, "of this page"]
    page_count: int


def blocs(edition: Edition, index: IndexPage) -> IndexView:
    title = edition.words.gettext("Khối, cụm thi đua")
    what = edition.words.gettext("Các khối, cụm thi đua theo cơ quan tổ chức, với từng năm hoạt động.")
    return _index(edition, index, Head(title, urls.BLOCS, what, data=urls.API_BLOCS, section=urls.BLOCS))


def units(edition: Edition, index: IndexPage) -> IndexView:
    title = edition.words.gettext("Đơn vị")
    what = edition.words.gettext("Các đơn vị tham gia khối, cụm thi đua.")
    return _index(edition, index, Head(title, urls.UNITS, what, data=urls.API_UNITS, section=urls.UNITS))


def _index(edition: Edition, index: IndexPage, head: Head) -> IndexView:
    first, number, pages = head.address, index.number, index.pages
    title = head.title
    if number > 1:
        title = edition.words.gettext("%(title)s, trang %(number)s/%(pages)s") % {
            "title": title,
            "number": number,
            "pages": pages,
        }
    return {
        "head": head._replace(
            title=title,
            address=urls.listing(first, number),
            previous=urls.listing(first, number - 1) if number > 1 else None,
            next=urls.listing(first, number + 1) if number < pages else None,
        ),
        "title": head.title,
        "groups": index.groups,
        "jumps": index.jumps,
        "count": sum(jump.lines for jump in index.jumps),
        "number": number,
        "page_count": pages,
    }


class YearsView(TypedDict):
    """All years, the latest first."""

    head: Head
    years: Annotated[tuple[YearLine, ...], "the latest first"]


def years(edition: Edition, years: tuple[YearLine, ...]) -> YearsView:
    return {
        "head": Head(
            edition.words.gettext("Các năm"),
            urls.YEARS,
            edition.words.gettext("Các năm thi đua: lịch các buổi lễ và tiến độ của từng khối."),
            data=urls.API_YEARS,
            section=urls.YEARS,
        ),
        "years": years,
    }


class GalleriesView(TypedDict):
    """The first page of all galleries."""

    head: Head
    list: Annotated[ListView, "bulletins with photos"]


def galleries(edition: Edition, listed: ListInputs) -> GalleriesView:
    shown = list_view(edition, listed)
    first = listed.page.items[0] if listed.page.items else None
    return {
        "head": Head(
            edition.words.gettext("Thư viện ảnh"),
            urls.GALLERIES,
            edition.words.gettext("Ảnh các buổi lễ của khối, cụm thi đua."),
            image=shared_picture(first.picture) if first else None,
            next=shown["older"],
            section=urls.GALLERIES,
        ),
        "list": shown,
    }
