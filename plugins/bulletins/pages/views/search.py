"""What the search page shows: a form, and the ways by year, bloc and unit for whoever has no JavaScript."""

from __future__ import annotations

import json
from typing import Annotated, Any, TypedDict

from bulletins import urls
from bulletins.domain import kinds
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import Group, YearLine
from bulletins.pages.views.common import Head
from bulletins.vietnamese.abbreviations import ABBREVIATIONS

MOST_LISTED = 150
"""Lines of a list on the search page; a longer one has a page of its own."""


class SearchView(TypedDict):
    """The search page."""

    head: Head
    index: Annotated[dict[str, Any], "what the script must know of the search index"]
    addresses: Annotated[dict[str, str], "of index files, bulletins' JSON and pages, by `{name}` or `{id}`"]
    abbreviations: Annotated[dict[str, str], "long forms of those of public bodies"]
    kinds: Annotated[tuple[tuple[str, str], ...], "kinds of ceremony: code and label"]
    years: tuple[YearLine, ...]
    blocs: Annotated[tuple[Group, ...], "by host; nothing where they are too many for a list"]
    units: Annotated[tuple[Group, ...], "by host; nothing where they are too many for a list"]


def search(
    edition: Edition, index: str, years: tuple[YearLine, ...], blocs: tuple[Group, ...], units: tuple[Group, ...]
) -> SearchView:
    vietnamese = edition.words.vietnamese
    return {
        "head": Head(
            edition.words.gettext("Tìm kiếm"),
            urls.SEARCH,
            edition.words.gettext("Tìm bản tin theo khối, đơn vị, tên người, số văn bản hay bất kỳ từ nào."),
            section=urls.SEARCH,
        ),
        "index": json.loads(index),
        "addresses": {
            "file": edition.site.link(urls.search_index("{name}")),
            "bulletin": edition.site.link(urls.api_bulletin("{id}")),
            "page": edition.site.link(urls.bulletin("{id}")),
        },
        "abbreviations": dict(ABBREVIATIONS),
        "kinds": tuple((term.code, term.vi if vietnamese else term.en) for term in kinds.CEREMONIES),
        "years": years,
        "blocs": _listed(blocs),
        "units": _listed(units),
    }


def _listed(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return groups if sum(len(group.lines) for group in groups) <= MOST_LISTED else ()
