"""Feeds and calendars: what subscribers are given, judged by programs and grammars of others."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource

from bulletins.domain.attached import AttachedFile
from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin
from bulletins.indexes import feeds
from bulletins.indexes.shape import Terms
from bulletins.indexes.subscriptions import Subscriptions
from tests.builders import bulletin, library
from tests.indexes import sample

VENDOR = Path(__file__).parent.parent / "vendor"
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = sorted(path.removesuffix(".json") for path in sample.site() if path.rpartition("/")[2] == "feed.json")
MANY = 120


@cache
def json_feed_schema() -> Draft4Validator:
    """The schema for JSON Feed 1.1, which refers to that of 1.0."""
    older, newer = (
        json.loads((VENDOR / "jsonfeed" / f"{n}.json").read_text(encoding="utf-8")) for n in ("feed-1", "feed")
    )
    registry: Registry[Any] = Registry().with_resource(
        "https://json.schemastore.org/feed-1", Resource.from_contents(older)
    )
    return Draft4Validator(newer, registry=registry, format_checker=Draft4Validator.FORMAT_CHECKER)


def many() -> list[Bulletin]:
    """Bulletins of one bloc, published on days that follow one another."""
    first = datetime.date(2023, 1, 1)
    days = [(first + datetime.timedelta(days=n)).isoformat() for n in range(MANY)]
    return [
        bulletin(f"khoi-2-{n:03}", bloc="khoi-2", published=day, ceremony={"kinds": ["pact"], "date": day})
        for n, day in enumerate(days)
    ]


@cache
def long_site() -> dict[str, bytes]:
    return sample.made(sample.lines(sample.library(*many())))


def ids(site: dict[str, bytes], path: str) -> list[str]:
    return [item["_bulletin"]["id"] for item in json.loads(site[path])["items"]]


@pytest.mark.parametrize("name", FEEDS)
def test_a_json_feed_keeps_its_schema(name: str) -> None:
    value = json.loads(sample.site()[f"{name}.json"])

    assert [error.message for error in json_feed_schema().iter_errors(value)] == []
    assert not json_feed_schema().is_valid({**value, "items": [{"title": "không có id"}]})


@pytest.mark.skipif(not shutil.which("jing"), reason="jing is not installed")
def test_every_atom_feed_keeps_the_grammar_of_rfc_4287(tmp_path: Path) -> None:
    sample.write(
        tmp_path, {path: data for path, data in long_site().items() if path.endswith(".xml") and "feed" in path}
    )
    files = [str(path) for path in sorted(tmp_path.rglob("*.xml"))]
    command = ["jing", "-c", str(VENDOR / "atom" / "atom.rnc"), *files]

    assert len(files) > 10
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout == ""


@pytest.mark.parametrize("name", FEEDS)
def test_both_formats_tell_of_the_same_bulletins(name: str) -> None:
    atom = feedparser.parse(sample.site()[f"{name}.xml"])
    items = json.loads(sample.site()[f"{name}.json"])["items"]

    assert not atom.bozo
    assert [(entry.id, entry.title, entry.link, entry.summary) for entry in atom.entries] == [
        (item["id"], item["title"], item["url"], item["summary"]) for item in items
    ]


def test_an_entry_has_lead_link_day_and_picture_and_no_text() -> None:
    items = json.loads(sample.site()["feed.json"])["items"]
    entry = next(item for item in items if item["_bulletin"]["id"] == "khoi-1-2023-pact")

    assert entry["content_text"] == entry["summary"] == "Các đơn vị ký giao ước."
    assert entry["image"] == "https://bantin.example/anh/khoi-1-2023-pact/2-1600.jpg"
    assert entry["_bulletin"]["date"] == "2023-03-02"
    assert b"content_html" not in sample.site()["feed.json"]


def test_an_entry_has_the_files_that_go_out_beside_it_in_both_formats() -> None:
    one = bulletin("khoi-2-2023-pact", bloc="khoi-2", attachments=[{"file": "Kế hoạch.pdf", "title": "Kế hoạch 2023"}])
    file = AttachedFile(1, "x.pdf", "ke-hoach.pdf", "Kế hoạch 2023", "application/pdf", 1234, "0" * 64)
    library = Library(sample.register(), [one], {one.id: Body(("<p>Bài.</p>",), "x")}, attached={one.id: (file,)})
    site = sample.made(sample.lines(library))
    value = json.loads(site["feed.json"])
    [entry] = ElementTree.fromstring(site["feed.xml"]).findall(f"{ATOM}entry")
    address = "https://bantin.example/ban-tin/khoi-2-2023-pact/ke-hoach.pdf"

    assert json_feed_schema().is_valid(value)
    assert value["items"][0]["attachments"] == [
        {"url": address, "mime_type": "application/pdf", "title": "Kế hoạch 2023", "size_in_bytes": 1234}
    ]
    assert [link.attrib for link in entry.findall(f"{ATOM}link") if link.get("rel") == "enclosure"] == [
        {"rel": "enclosure", "type": "application/pdf", "length": "1234", "title": "Kế hoạch 2023", "href": address}
    ]


def test_the_feeds_of_bloc_unit_and_year_hold_their_own() -> None:
    site = dict(sample.site())

    assert ids(site, "don-vi/phong-ba/feed.json") == ["khoi-1-2023-bao-khac"]
    assert ids(site, "nam/2024/feed.json") == ["khoi-1-2023-summary"]
    assert ids(site, "khoi/khoi-2/feed.json") == []


def test_the_newest_50_stand_in_the_feed_and_all_others_follow() -> None:
    newest_first = [record.id for record in reversed(many())]
    followed, path = [], "khoi/khoi-2/feed.json"
    while path:
        value = json.loads(long_site()[path])
        followed += ids(long_site(), path)
        path = value.get("next_url", "").removeprefix("https://bantin.example/")

    assert ids(long_site(), "khoi/khoi-2/feed.json") == newest_first[:50]
    assert list(dict.fromkeys(followed)) == newest_first


def test_atom_leads_from_the_newest_to_the_oldest_and_back() -> None:
    def links(path: str) -> dict[str, str]:
        found = ElementTree.fromstring(long_site()[path]).findall(f"{ATOM}link")
        return {link.attrib["rel"]: link.attrib["href"].rpartition("/")[2] for link in found}

    newest, older, oldest = (links(f"khoi/khoi-2/feed{part}.xml") for part in ("", "-2", "-1"))

    assert (newest["prev-archive"], older["prev-archive"]) == ("feed-2.xml", "feed-1.xml")
    assert (oldest["next-archive"], oldest["current"]) == ("feed-2.xml", "feed.xml")
    assert "prev-archive" not in oldest and "next-archive" not in older and "current" not in newest


def test_a_full_part_stays_as_it_is_when_a_bulletin_is_added_but_for_the_way_to_a_new_one() -> None:
    moments = [f"2023-01-01T00:{n // 60:02}:{n % 60:02}+07:00" for n in range(150)]
    before = [feeds.Item(f"b{n}", f"b{n}", moment, "2023-02-01", moment) for n, moment in enumerate(moments)]
    after = [*before, feeds.Item("moi", "moi", "2023-03-01", "2023-03-01", "2023-03-01")]
    parts = {stretch.number: items for stretch, items in feeds.stretches(before)}

    assert [(n, len(items)) for n, items in parts.items()] == [(None, 50), (1, 50), (2, 50)]
    assert {stretch.number: items for stretch, items in feeds.stretches(after)}[2] == parts[2]
    assert {stretch.number for stretch, _ in set(feeds.stretches(after)) - set(feeds.stretches(before))} == {None, 2, 3}


def test_a_withdrawn_bulletin_is_said_to_be_deleted_and_nothing_else() -> None:
    gone = "tag:bantin.example,2026:bulletin/khoi-1-2023-nham"
    deleted = ElementTree.fromstring(sample.site()["khoi/khoi-1/feed.xml"]).findall(
        f"{{{feeds.TOMBSTONES}}}deleted-entry"
    )

    assert [entry.attrib for entry in deleted] == [{"ref": gone, "when": "2023-05-01T00:00:00+07:00"}]
    assert json.loads(sample.site()["feed.json"])["_bulletins"]["withdrawn"] == [{"id": gone, "date": "2023-05-01"}]


def test_ids_stay_when_the_site_moves_to_another_host() -> None:
    moved = sample.made(sample.lines(site_url="https://moi.example", authority="bantin.example,2026"))
    before, after = (json.loads(site["feed.json"])["items"] for site in (sample.site(), moved))

    assert [item["id"] for item in after] == [item["id"] for item in before]
    assert after[0]["url"].startswith("https://moi.example/")


@pytest.mark.parametrize("gone", [{}, {"status": "withdrawn", "withdrawn": {"date": "2026-12-02", "reason": "Nhầm"}}])
def test_ids_stay_when_the_bulletin_has_another_id(gone: dict[str, Any]) -> None:
    renamed = bulletin("moi", former_ids=["cu", "giua"], **gone)
    known = library(withdrawn=(renamed,)) if gone else library(renamed)
    lines = Subscriptions(known, {}, Terms.of(sample.SETTINGS), "Bản tin", "").of_site()
    feed, atom, calendar = (data.decode() for line in lines for data in line.make(*line.inputs))

    assert [text.count("bantin.example,2026:bulletin/cu") for text in (feed, atom)] == [1, 1]
    assert ("bulletin/moi" in feed, "UID:cu@bantin.example" in calendar) == (False, not gone)


def test_a_changed_text_changes_no_feed_and_a_changed_title_only_those_that_show_it() -> None:
    old, new = (
        sample.made(sample.lines(sample.library(bulletin("khoi-2-2023-pact", bloc="khoi-2", title=title))))
        for title in ("Ký giao ước", "Ký kết giao ước")
    )

    changed = {path for path in new if new[path] != old[path]}

    assert {path for path in changed if path.endswith("feed.json")} == {
        "feed.json", "khoi/khoi-2/feed.json", "nam/2023/feed.json"
    }  # fmt: skip


def test_a_calendar_holds_each_ceremony_once_on_its_day() -> None:
    calendar = icalendar.Calendar.from_ical(sample.site()["lich.ics"])
    events = [
        (str(event["uid"]), event.decoded("dtstart"), event.decoded("dtend")) for event in calendar.walk("vevent")
    ]

    assert events == [
        ("khoi-1-2023-le-ky@bantin.example", datetime.date(2023, 3, 2), datetime.date(2023, 3, 3)),
        ("khoi-1-2023-summary@bantin.example", datetime.date(2023, 12, 19), datetime.date(2023, 12, 20)),
    ]


def test_a_year_has_a_calendar_and_that_of_all_blocs_leaves_earlier_years_to_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = bulletin("khoi-2-2024-pact", bloc="khoi-2", ceremony={"kinds": ["pact"], "date": "2024-03-02"})
    monkeypatch.setattr("bulletins.indexes.subscriptions.ENOUGH", 1)
    site = sample.made(sample.lines(sample.library(later)))
    calendars = {
        path: icalendar.Calendar.from_ical(site[path])
        for path in ("lich.ics", "nam/2023/lich.ics", "nam/2024/lich.ics")
    }
    events = {
        path: [str(event["uid"]).partition("@")[0] for event in c.walk("vevent")] for path, c in calendars.items()
    }

    assert events == {
        "lich.ics": ["khoi-2-2024-pact"],
        "nam/2023/lich.ics": ["khoi-1-2023-le-ky", "khoi-1-2023-summary"],
        "nam/2024/lich.ics": ["khoi-2-2024-pact"],
    }
    assert "2024" in str(calendars["lich.ics"]["description"]) and "/nam/" in str(calendars["lich.ics"]["description"])
    assert "description" not in icalendar.Calendar.from_ical(sample.site()["lich.ics"])


def test_a_calendar_is_folded_at_75_octets_and_ends_lines_with_crlf() -> None:
    lines = sample.site()["lich.ics"].split(b"\r\n")

    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_a_bloc_without_ceremonies_has_an_empty_calendar() -> None:
    calendar = icalendar.Calendar.from_ical(sample.site()["khoi/khoi-2/lich.ics"])

    assert not calendar.walk("vevent") and str(calendar["name"]).startswith("Khối thi đua 2")
