"""What the home page in English shows: what the site is about, the ways into it, and the latest bulletins."""

from __future__ import annotations

from typing import Annotated, TypedDict

from bulletins import urls
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import Jump, Link, YearLine
from bulletins.pages.views.common import Head


class EnglishView(TypedDict):
    """The home page in English; bulletins are in the language of the site."""

    head: Head
    hosts: Annotated[tuple[Jump, ...], "every host, with its blocs counted"]
    years: tuple[YearLine, ...]
    latest: Annotated[tuple[Link, ...], "the newest bulletins"]


def english(
    edition: Edition, hosts: tuple[Jump, ...], years: tuple[YearLine, ...], latest: tuple[Link, ...]
) -> EnglishView:
    what = edition.words.gettext(
        "Khối gồm những đơn vị nào, ai đứng đầu, đã giao ước điều gì, kết quả ra sao: mỗi điều đều dẫn bản tin đã nêu."
    )
    head = Head(edition.words.gettext("Khối, cụm thi đua"), urls.HOME, what, section=urls.HOME)
    return {"head": head, "hosts": hosts, "years": years, "latest": latest}
