"""What the home page, the later pages of lists, and the indexes of blocs, units, years and galleries show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from bulletins import urls
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import BodyLine, GroupInputs, ListInputs, Teaser, YearLine
from bulletins.pages.views.common import Head, Link, shared_picture, teaser

View = dict[str, Any]


class GroupLine(NamedTuple):
    """A bloc or unit in an index."""

    link: Link
    years: tuple[Link, ...]
    bulletins: int


class Group(NamedTuple):
    """The blocs or units of one host."""

    id: str
    host: str | None
    lines: tuple[GroupLine, ...]


class YearEntry(NamedTuple):
    """A year in the index of years."""

    link: Link
    bulletins: int
    blocs: int


def list_view(edition: Edition, given: ListInputs) -> View:
    """One page of a list: its bulletins and the way to newer and older ones."""
    return {
        "items": tuple(teaser(edition, item) for item in given.items),
        "newer": urls.listing(given.first, given.newer) if given.newer else None,
        "older": urls.listing(given.first, given.older) if given.older else None,
        "span": _span(given.items),
    }


def _span(items: Sequence[Teaser]) -> tuple[Any, Any] | None:
    return (items[-1].card.date, items[0].card.date) if items else None


def later_page(edition: Edition, given: ListInputs) -> View:
    """A later page of a list of bulletins or galleries; it holds at least one."""
    shown = list_view(edition, given)
    title = _title(edition, given)
    first, last = (edition.words.short_date(date) for date in shown["span"])
    return {
        "head": Head(
            f"{title}, {first} – {last}",
            urls.listing(given.first, given.number),
            previous=shown["newer"],
            next=shown["older"],
            section=SECTIONS[given.kind],
        ),
        "title": title,
        "kind": given.kind,
        "subject": _subject(edition, given),
        "list": shown,
    }


def _title(edition: Edition, given: ListInputs) -> str:
    words = edition.words
    titles = {
        "home": words.gettext("Tất cả bản tin"),
        "galleries": words.gettext("Thư viện ảnh"),
        "year": words.gettext("Bản tin thuộc năm %(year)s") % {"year": given.subject},
    }
    return titles.get(given.kind) or words.gettext("Bản tin về %(name)s") % {"name": given.subject}


def _subject(edition: Edition, given: ListInputs) -> Link | None:
    """The page that the list belongs to; none for the home page, which every page links to anyway."""
    words = edition.words
    if given.kind == "home":
        return None
    names = {
        "galleries": words.gettext("Thư viện ảnh"),
        "year": words.gettext("Năm %(year)s") % {"year": given.subject},
    }
    return Link(given.first, names.get(given.kind, given.subject))


SECTIONS = {
    "home": urls.HOME,
    "bloc": urls.BLOCS,
    "unit": urls.UNITS,
    "year": urls.YEARS,
    "galleries": urls.GALLERIES,
}


def home(edition: Edition, given: ListInputs, blocs: Sequence[GroupInputs], years: Sequence[YearLine]) -> View:
    """The home page: the newest bulletin in full view, the latest after it, and the ways by bloc and year."""
    shown = list_view(edition, given)
    featured, *rest = shown["items"] or [None]
    return {
        "head": _home_head(edition, given, shown["older"]),
        "featured": featured,
        "list": {**shown, "items": tuple(rest)},
        "groups": groups(blocs, urls.bloc),
        "years": year_lines(years),
    }


def _home_head(edition: Edition, given: ListInputs, older: str | None) -> Head:
    first = given.items[0] if given.items else None
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


def groups(given: Sequence[GroupInputs], address: Callable[[str], str]) -> tuple[Group, ...]:
    """Blocs or units by host; each line with links to its years."""
    return tuple(
        Group(
            group.host.id if group.host else "khac",
            group.host.name if group.host else None,
            tuple(_group_line(line, address) for line in group.lines),
        )
        for group in given
    )


def _group_line(line: BodyLine, address: Callable[[str], str]) -> GroupLine:
    years = tuple(Link(urls.bloc_year(line.body.id, year), str(year)) for year in line.years)
    return GroupLine(Link(address(line.body.id), line.body.name), years, line.bulletins)


def year_lines(years: Sequence[YearLine]) -> tuple[YearEntry, ...]:
    return tuple(YearEntry(Link(urls.year(line.year), str(line.year)), line.bulletins, line.blocs) for line in years)


def blocs(edition: Edition, given: Sequence[GroupInputs]) -> View:
    """All blocs by host."""
    title = edition.words.gettext("Khối, cụm thi đua")
    what = edition.words.gettext("Các khối, cụm thi đua theo cơ quan tổ chức, với từng năm hoạt động.")
    head = Head(title, urls.BLOCS, what, data=urls.API_BLOCS, section=urls.BLOCS)
    return _index(head, given, urls.bloc)


def units(edition: Edition, given: Sequence[GroupInputs]) -> View:
    """All units by the host they belong to."""
    what = edition.words.gettext("Các đơn vị tham gia khối, cụm thi đua.")
    head = Head(edition.words.gettext("Đơn vị"), urls.UNITS, what, data=urls.API_UNITS, section=urls.UNITS)
    return _index(head, given, urls.unit)


def _index(head: Head, given: Sequence[GroupInputs], address: Callable[[str], str]) -> View:
    return {"head": head, "groups": groups(given, address), "count": sum(len(group.lines) for group in given)}


def years(edition: Edition, given: Sequence[YearLine]) -> View:
    """All years, the latest first."""
    return {
        "head": Head(
            edition.words.gettext("Các năm"),
            urls.YEARS,
            edition.words.gettext("Các năm thi đua: lịch các buổi lễ và tiến độ của từng khối."),
            data=urls.API_YEARS,
            section=urls.YEARS,
        ),
        "years": year_lines(given),
    }


def galleries(edition: Edition, given: ListInputs) -> View:
    """The first page of all galleries."""
    shown = list_view(edition, given)
    first = given.items[0] if given.items else None
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
