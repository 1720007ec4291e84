"""The sitemap lists every page once; robots.txt tells where it is."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from bulletins.indexes import sitemap
from tests.indexes import sample

SITE = sample.SETTINGS.site_url
NAMES = {"s": sitemap.NAMESPACE}


def urlset(data: bytes) -> list[tuple[str | None, str | None]]:
    """Location and time of every entry of a sitemap, which has nothing else in it."""
    root = ElementTree.fromstring(data)
    entries = root.findall("s:url", NAMES)
    assert root.tag == f"{{{sitemap.NAMESPACE}}}urlset" and len(entries) == len(root) > 0
    return [(url.findtext("s:loc", None, NAMES), url.findtext("s:lastmod", None, NAMES)) for url in entries]


def test_every_page_is_listed_once_with_its_time_where_that_is_known() -> None:
    assert urlset(sample.site()["sitemap.xml"]) == [
        (f"{SITE}/", "2023-12-20"),
        (f"{SITE}/anh/khoi-1-2023-pact/1/", "2023-03-05"),
        (f"{SITE}/ban-tin/khoi-1-2023-pact/", "2023-03-05"),
        (f"{SITE}/gioi-thieu/", None),
        (f"{SITE}/khoi/khoi-1/", "2023-12-20"),
        (f"{SITE}/khoi/khoi-1/2023/", "2023-12-20"),
        (f"{SITE}/khoi/khoi-1/trang/2/", "2023-12-20"),
        (f"{SITE}/khoi/khoi-2/", None),
    ]


@pytest.mark.parametrize("absent", ["404", "khoi-1-2023-nham", "/api/", ".jpg"])
def test_what_is_no_page_for_readers_is_not_listed(absent: str) -> None:
    assert absent not in sample.site()["sitemap.xml"].decode()


@pytest.mark.parametrize(
    ("pages", "files"),
    [({}, 1), ({"ban-tin": 5_000}, 1), ({"ban-tin": 5_001}, 10), ({"ban-tin": 8_001, "anh": 3_000}, 22)],
)
def test_a_long_sitemap_is_divided_by_folders_and_these_by_halves(pages: dict[str, int], files: int) -> None:
    assert len(sitemap.parts(pages)) == files


def divided(numbers: range) -> Mapping[str, bytes]:
    """The sitemap of a page, a bloc and its later pages for each number, divided."""
    kinds = (
        "/",
        "/gioi-thieu/",
        *(f"/{p}/" for n in numbers for p in (f"ban-tin/b-{n}", f"khoi/k-{n}", f"khoi/k-{n}/trang/2")),
    )
    pages = tuple((f"{SITE}{address}", None) for address in sorted(kinds))
    return sitemap.sitemaps(SITE, pages, sitemap.parts({"ban-tin": 4_000, "khoi": 2_000}))


def test_the_parts_of_a_divided_sitemap_hold_every_page_once_and_the_index_names_them() -> None:
    made = divided(range(40))
    index = ElementTree.fromstring(made["sitemap.xml"])
    named = [str(one.text).removeprefix(f"{SITE}/") for one in index.iterfind("s:sitemap/s:loc", NAMES)]
    listed = [location for path in named for location, _ in urlset(made[path])]

    assert index.tag == f"{{{sitemap.NAMESPACE}}}sitemapindex"
    assert len(listed) == len(set(listed)) == 2 + 3 * 40
    assert {"sitemap-other.xml", "sitemap-ban-tin-0.xml", "sitemap-khoi-1.xml"} <= set(named)


def test_one_more_page_changes_one_part_of_a_divided_sitemap() -> None:
    before, after = divided(range(40)), divided(range(41))

    changed = sorted(path.rpartition("-")[0] for path in after if before[path] != after[path])
    assert changed == ["sitemap-ban-tin", "sitemap-khoi"]


def test_a_sitemap_that_crawlers_would_refuse_is_not_made() -> None:
    pages = tuple((str(n), None) for n in range(sitemap.LONGEST + 1))

    with pytest.raises(ValueError, match="too many"):
        sitemap.sitemaps(SITE, pages, ("sitemap.xml",))


def test_robots_txt_names_the_sitemap() -> None:
    assert sample.site()["robots.txt"].decode() == f"User-agent: *\nAllow: /\nSitemap: {SITE}/sitemap.xml\n"


def test_a_preview_with_drafts_asks_crawlers_to_stay_away() -> None:
    assert b"Disallow: /\n" in sample.made(sample.lines(drafts=True))["robots.txt"]
