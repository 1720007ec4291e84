"""The link check: what it follows, what it refuses, and that it is silent about a whole site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.links import (
    MISSING,
    NO_FRAGMENT,
    NO_INDEX,
    NO_SLASH,
    OTHER_HOST,
    OUTSIDE,
    UNREADABLE,
    BrokenLink,
    LinksOnFile,
    broken_links,
)

SITE = {
    "index.html": "<h1 id=đầu>Trang chủ</h1>",
    "khoi/index.html": "<p id=a><a name=b></a>",
    "khoi/trống/tệp.txt": "",
    "ảnh 1.jpg": "",
    "theme/a.css": "",
    "api/a.json": "{}",
}


def put(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def found(folder: Path, files: dict[str, str], base_path: str = "") -> list[BrokenLink]:
    put(folder, SITE | files)
    return broken_links(folder, base_path)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/">', '<a href="/khoi/">', '<a href="/khoi/index.html">', '<a href="/khoi/#a">',
        '<a href="/khoi/?x#b">',
        '<a href="#x" id=x>', '<a href="#">', '<a href="#top">', '<a href="">', '<a href="?trang=2">', "<a>",
        '<a href="../khoi/">', '<a href="..">', '<a href="./">', '<a href=".">', '<a href="../#%C4%91%E1%BA%A7u">',
        '<img src="/%E1%BA%A3nh%201.jpg">', '<img src="/ảnh 1.jpg">', '<img src="../ảnh%201.jpg">',
        '<img srcset="/%E1%BA%A3nh%201.jpg 1x,/theme/a.css 2x, /api/a.json 800w">',
        '<img src="data:image/png;base64,AA">',
        '<a href="https://example.org/x">', '<a href="//example.org/x">', '<a href="mailto:a@example.org">',
        '<a href="tel:1">', '<link rel="license" href="https://example.org/">', '<a href="/api/a.json#bất-kỳ">',
        '<link rel="stylesheet" href="/theme/a.css">', '<meta http-equiv="refresh" content="0; url=/khoi/">',
        '<!-- <a href="/không"> -->', '<script>"<a href=/không>"</script>', '<a href="/khoi/#:~:text=x">',
    ],
)  # fmt: skip
def test_a_good_link_is_not_reported(tmp_path: Path, html: str) -> None:
    assert found(tmp_path, {"tin/index.html": html}) == []


@pytest.mark.parametrize(
    ("html", "target", "why"),
    [
        ('<a href="/không/">', "/không/", NO_INDEX),
        ('<a href="/không.html">', "/không.html", MISSING),
        ('<a href="/Khoi/">', "/Khoi/", NO_INDEX),
        ('<a href="/khoi/trống/">', "/khoi/trống/", NO_INDEX),
        ('<a href="/khoi">', "/khoi", NO_SLASH),
        ('<a href="../khoi">', "../khoi", NO_SLASH),
        ('<a href="/khoi/#c">', "/khoi/#c", NO_FRAGMENT),
        ('<a href="#c">', "#c", NO_FRAGMENT),
        ('<a href="../../x">', "../../x", OUTSIDE),
        ('<img src="/a.jpg">', "/a.jpg", MISSING),
        ('<img src="/theme/a.css" srcset="/a.jpg 1x, /b.jpg 2x" alt>', "/b.jpg", MISSING),
        ('<source srcset="/api/a.json 1x,/b.jpg 2x">', "/b.jpg", MISSING),
        ('<video poster="/a.jpg">', "/a.jpg", MISSING),
        ('<form action="/tim/">', "/tim/", NO_INDEX),
        ('<svg><use href="/a.svg#b"/></svg>', "/a.svg#b", MISSING),
        ('<meta http-equiv="refresh" content="0; url=/không/">', "/không/", NO_INDEX),
        ('<img src="https://example.org/a.jpg">', "https://example.org/a.jpg", OTHER_HOST),
        ('<img src="//example.org/a.jpg">', "//example.org/a.jpg", OTHER_HOST),
        ('<img srcset="https://example.org/a.jpg 2x">', "https://example.org/a.jpg", OTHER_HOST),
        ('<script src="https://example.org/a.js">', "https://example.org/a.js", OTHER_HOST),
        ('<link rel="Stylesheet" href="https://example.org/a.css">', "https://example.org/a.css", OTHER_HOST),
        ('<link rel="preconnect" href="https://example.org">', "https://example.org", OTHER_HOST),
        ('<style>a{background:url("https://example.org/a")}</style>', "https://example.org/a", OTHER_HOST),
        ('<p style="background:url(/a.png)">', "/a.png", MISSING),
    ],
)
def test_a_broken_link_is_reported(tmp_path: Path, html: str, target: str, why: str) -> None:
    assert BrokenLink("tin/index.html", target, why) in found(tmp_path, {"tin/index.html": html})


@pytest.mark.parametrize(
    ("css", "target", "why"),
    [
        ("@font-face{src:url(a.woff2)}", "a.woff2", MISSING),
        ("@import 'https://example.org/a.css';", "https://example.org/a.css", OTHER_HOST),
        ('a{background:url("../../a")}', "../../a", OUTSIDE),
    ],
)
def test_style_sheets_are_checked(tmp_path: Path, css: str, target: str, why: str) -> None:
    assert found(tmp_path, {"theme/a.css": css}) == [BrokenLink("theme/a.css", target, why)]


def sitemap(*locs: str) -> str:
    inner = "".join(f"<url><loc>{loc}</loc></url>" for loc in locs)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'


def test_the_addresses_of_the_sitemap_are_checked(tmp_path: Path) -> None:
    files = {"sitemap.xml": sitemap("https://a.example/khoi/", "https://a.example/", "https://a.example/không/")}

    assert found(tmp_path, files) == [BrokenLink("sitemap.xml", "https://a.example/không/", NO_INDEX)]


def test_links_to_the_host_of_the_sitemap_are_links_of_the_site(tmp_path: Path) -> None:
    page = '<link rel="canonical" href="https://a.example/không/"><img src="https://a.example/theme/a.css">'
    files = {"sitemap.xml": sitemap("https://a.example/"), "tin/index.html": page}

    assert found(tmp_path, files) == [BrokenLink("tin/index.html", "https://a.example/không/", NO_INDEX)]


def test_the_addresses_of_the_feeds_are_checked(tmp_path: Path) -> None:
    item = {"id": "/không-phải-liên-kết", "url": "/không/", "external_url": "https://example.org/", "image": "/a.jpg"}
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/không.xml"/><link href="/khoi/"/></feed>'
    files = {"khoi/feed.json": json.dumps({"home_page_url": "/khoi/", "items": [item]}), "khoi/feed.xml": atom}

    assert found(tmp_path, files) == [
        BrokenLink("khoi/feed.json", "/a.jpg", MISSING),
        BrokenLink("khoi/feed.json", "/không/", NO_INDEX),
        BrokenLink("khoi/feed.xml", "/không.xml", MISSING),
    ]


@pytest.mark.parametrize(("name", "text"), [("sitemap.xml", "<urlset>"), ("feed.json", "{")])
def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path, name: str, text: str) -> None:
    assert found(tmp_path, {name: text}) == [BrokenLink(name, name, UNREADABLE)]


@pytest.mark.parametrize(
    ("html", "why"),
    [('<a href="/thi-dua/khoi/">', ""), ('<a href="/thi-dua/">', ""), ('<a href="../khoi/">', ""),
     ('<a href="/khoi/">', OUTSIDE), ('<a href="/thi-dua-khác/khoi/">', OUTSIDE), ('<a href="/thi-dua/x/">', NO_INDEX)],
)  # fmt: skip
def test_a_site_below_a_folder_of_its_host_links_below_that_folder(tmp_path: Path, html: str, why: str) -> None:
    assert [broken.why for broken in found(tmp_path, {"tin/index.html": html}, "/thi-dua/")] == [why] * bool(why)


def test_a_page_that_stays_is_not_parsed_again_and_one_that_changes_is(tmp_path: Path) -> None:
    site = {"index.html": '<a href="/a/">', "a/index.html": '<a href="/b/">', "b/index.html": "<p>"}
    put(tmp_path / "site", site)
    first = LinksOnFile(tmp_path / "links", dict.fromkeys(site, "1"))
    assert broken_links(tmp_path / "site", on_file=first) == []

    put(tmp_path / "site", {"index.html": '<a href="/c/">', "a/index.html": '<a href="/d/">'})
    later = LinksOnFile(tmp_path / "links", {**first.hashes, "index.html": "2"})
    assert broken_links(tmp_path / "site", on_file=later) == [BrokenLink("index.html", "/c/", NO_INDEX)]


def test_a_page_that_stays_is_judged_again_by_what_the_site_has_now(tmp_path: Path) -> None:
    site = {"index.html": '<a href="/a/#x">', "a/index.html": "<p id=x>"}
    put(tmp_path / "site", site)
    on_file = LinksOnFile(tmp_path / "links", dict.fromkeys(site, "1"))
    assert broken_links(tmp_path / "site", on_file=on_file) == []

    put(tmp_path / "site", {"a/index.html": "<p id=y>"})
    changed = LinksOnFile(tmp_path / "links", {**on_file.hashes, "a/index.html": "2"})
    assert broken_links(tmp_path / "site", on_file=changed) == [BrokenLink("index.html", "/a/#x", NO_FRAGMENT)]
    (tmp_path / "site/a/index.html").unlink()
    assert broken_links(tmp_path / "site", on_file=changed) == [BrokenLink("index.html", "/a/#x", NO_INDEX)]


def test_kept_links_that_were_damaged_are_read_from_the_pages_anew(tmp_path: Path) -> None:
    put(tmp_path / "site", {"index.html": '<a href="/a/">'})
    on_file = LinksOnFile(tmp_path / "links", {"index.html": "1"})
    broken = broken_links(tmp_path / "site", on_file=on_file)
    data = (tmp_path / "links").read_bytes()
    (tmp_path / "links").write_bytes(data.replace(b"/a/", b"/  "))

    assert broken_links(tmp_path / "site", on_file=on_file) == broken == [BrokenLink("index.html", "/a/", NO_INDEX)]
