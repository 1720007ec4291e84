"""Publications one after the other, each with the memory of the one before: what the log and the times say of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.register import Host, MovementEntry, Register, Unit
from bulletins.making.build import make
from bulletins.memory.copy import Copy
from bulletins.memory.read import Damaged, files_of_memory, read_memory
from bulletins.memory.state import Memory, Publication
from tests.builders import bulletin
from tests.indexes import sample

Files = Mapping[str, bytes]
INDEX, LOG = "api/v1/index.json", "api/v1/changes/index.json"
PACT = "khoi-1-2023-pact"
ADDED = "khoi-2-2024-pact"


def moment(number: int) -> str:
    return f"2026-12-{number:02}T08:00:00+07:00"


@dataclass(frozen=True)
class Content:
    """What is published: the sample, with what a test changes in it."""

    facts: Mapping[str, Any] = field(default_factory=lambda: sample.FULL)
    text: str = "<p>Trước ảnh.</p>\n"
    unit: str = "Phòng Hai"
    units: tuple[Mapping[str, Any], ...] = ()
    hosts: tuple[Mapping[str, Any], ...] = ()
    movements: tuple[Mapping[str, Any], ...] = ()
    added: tuple[Bulletin, ...] = ()
    withdrawn: tuple[Bulletin, ...] = ()
    more_text: str = ""

    def library(self) -> Library:
        shown = [bulletin(PACT, **self.facts), bulletin("khoi-1-2023-summary", **sample.REVIEW), *self.added]
        gone = {one.id for one in self.withdrawn}
        shown = [one for one in shown if one.id not in gone]
        bodies = {one.id: Body(("<p>Bài.</p>",), "body") for one in shown}
        bodies[PACT] = Body(
            (self.text, 1, self.more_text), hashlib.sha256(f"{self.text}{self.more_text}".encode()).hexdigest()
        )
        known = sample.register()
        units = [
            unit if unit.id != "phong-hai" else Unit.model_validate({"id": unit.id, "names": self.unit})
            for unit in known.units.values()
        ]
        units += map(Unit.model_validate, self.units)
        hosts = (*known.hosts.values(), *map(Host.model_validate, self.hosts))
        register = Register(hosts, known.blocs.values(), units, map(MovementEntry.model_validate, self.movements))
        return Library(register, shown, bodies, self.withdrawn)


def publish(content: Content, before: Files | None, number: int) -> Files:
    """The site of this content, published at a moment after the site of before."""
    copy = Served(before) if before else None
    memory = read_memory(copy.read) if copy else None
    publication = Publication(memory or Memory(), moment(number), copy, is_first=memory is None)
    return sample.made(sample.lines(content.library(), publication))


class Served(Copy):
    """A published site at hand."""

    def __init__(self, files: Files) -> None:
        super().__init__(Path())
        object.__setattr__(self, "_files", files)

    def read(self, path: str) -> bytes | None:
        files: Files = object.__getattribute__(self, "_files")
        return files.get(path)


def activities(site: Files) -> list[Any]:
    """The whole log."""
    return [item for page in json.loads(site[LOG])["pages"] for item in json.loads(site[page["path"]])["orderedItems"]]


def happened(site: Files, since: Files) -> set[tuple[str, str, str]]:
    """What the log says since an earlier site: activity, type and id."""
    new = activities(site)[len(activities(since)) :]
    return {(item["type"], item["object"]["type"], item["object"]["identifier"]) for item in new}


def times(site: Files) -> dict[str, str]:
    """When each document was last modified, by its path."""
    shards = [json.loads(site[shard["path"]]) for shard in json.loads(site[INDEX])["shards"]]
    return {e["path"]: e["modified"] for shard in shards for e in shard["entries"] if e["digest"]}


FIRST = Content()
WITHDRAWN = bulletin(
    PACT, **{**sample.FULL, "status": "withdrawn", "withdrawn": {"date": "2026-12-02", "reason": "Nhầm"}}
)


def corrected(**facts: Any) -> Content:
    return replace(FIRST, facts={**sample.FULL, **facts})


CASES: dict[str, tuple[Content, set[tuple[str, str, str]]]] = {
    "nothing": (FIRST, set()),
    "a sentence": (replace(FIRST, text="<p>Trước ảnh, một chữ khác.</p>\n"), {("Update", "bulletin", PACT)}),
    "a unit's name": (replace(FIRST, unit="Phòng Thứ Hai"), {("Update", "unit", "phong-hai")}),
    "a caption": (
        corrected(photos=[{**sample.FULL["photos"][0], "caption": "Chú thích khác"}, sample.FULL["photos"][1]]),
        {("Update", "photo", f"{PACT}/1")},
    ),
    "an award's count": (
        corrected(awards=[{**sample.FULL["awards"][0], "count": "8"}, sample.FULL["awards"][1]]),
        {("Update", "bulletin", PACT)},
    ),
    "one more bulletin": (
        replace(FIRST, added=(bulletin(ADDED, bloc="khoi-2", years={"pact": "2024"}),)),
        {("Create", "bulletin", ADDED), ("Create", "ceremony", ADDED)},
    ),
    "a photo withdrawn": (
        corrected(
            photos=[
                {**sample.FULL["photos"][0], "withdrawn": {"date": "2026-12-02", "reason": "Người trong ảnh yêu cầu"}},
                sample.FULL["photos"][1],
            ]
        ),
        {("Delete", "photo", f"{PACT}/1")},
    ),
    "one withdrawn": (
        replace(FIRST, withdrawn=(WITHDRAWN,)),
        {
            ("Delete", "bulletin", PACT), ("Delete", "photo", f"{PACT}/1"), ("Delete", "photo", f"{PACT}/2"),
            ("Delete", "ceremony", "khoi-1-2023-le-ky"),
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), CASES.values(), ids=CASES)
def test_a_change_of_content_is_exactly_these_activities(content: Content, expected: set[tuple[str, str, str]]) -> None:
    first = publish(FIRST, None, 1)
    second = publish(content, first, 2)

    assert happened(second, first) == expected


@pytest.mark.parametrize(("content", "expected"), CASES.values(), ids=CASES)
def test_only_what_says_something_else_is_modified_and_never_earlier(
    content: Content, expected: set[tuple[str, str, str]]
) -> None:
    first = publish(FIRST, None, 1)
    second = publish(content, first, 2)
    before, after = times(first), times(second)
    moved = {path for path in after if after[path] != before.get(path)}

    assert set(before.values()) == {moment(1)}
    assert {after[path] for path in moved} <= {moment(2)}
    assert bool(moved) == bool(expected)
    for path in after.keys() - moved:
        assert first[path] == second[path]


def test_an_address_that_moved_is_one_move_of_everything_that_stood_there() -> None:
    one = bulletin(ADDED, bloc="khoi-2", years={"pact": "2024"}, photos=[{"file": "a.jpg", "alt": "Ba người"}])
    new = bulletin("khoi-2-2024-ky", **{**one.model_dump(by_alias=True, exclude_defaults=True),
        "id": "khoi-2-2024-ky", "former_ids": [ADDED]})  # fmt: skip
    first = publish(replace(FIRST, added=(one,)), None, 1)
    second = publish(replace(FIRST, added=(new,)), first, 2)
    third = publish(replace(FIRST, added=(new,)), second, 3)
    assert happened(second, first) == {
        ("Move", "bulletin", ADDED), ("Move", "ceremony", ADDED), ("Move", "photo", f"{ADDED}/a"),
    }  # fmt: skip
    targets = {item["target"]["identifier"] for item in activities(second)[1:]}

    assert targets == {"khoi-2-2024-ky", "khoi-2-2024-ky/a"}
    assert json.loads(second[f"api/v1/bulletins/{ADDED}.json"])["moved_to"] == "khoi-2-2024-ky"
    assert json.loads(second["redirects.json"])["redirects"][0] == {
        "from": f"/ban-tin/{ADDED}/", "to": "/ban-tin/khoi-2-2024-ky/",
    }  # fmt: skip
    assert third == second


def test_what_moves_and_is_withdrawn_at_once_is_deleted_where_it_moved_to() -> None:
    photos = [{"file": "a.jpg", "alt": "Ba người"}]
    one = bulletin(ADDED, bloc="khoi-2", years={"pact": "2024"}, photos=photos)
    new = bulletin("khoi-2-2024-ky", **{**one.model_dump(by_alias=True, exclude_defaults=True),
        "id": "khoi-2-2024-ky", "former_ids": [ADDED], "status": "withdrawn",
        "withdrawn": {"date": "2026-12-02", "reason": "Nhầm"}})  # fmt: skip
    first = publish(replace(FIRST, added=(one,)), None, 1)
    second = publish(replace(FIRST, withdrawn=(new,)), first, 2)
    items = [(item["type"], item["object"]["identifier"]) for item in activities(second)[1:]]

    assert items == [
        *(("Move", id_) for id_ in (ADDED, ADDED, f"{ADDED}/a")),
        *(("Delete", id_) for id_ in ("khoi-2-2024-ky", "khoi-2-2024-ky", "khoi-2-2024-ky/a")),
    ]
    assert publish(replace(FIRST, withdrawn=(new,)), second, 3) == second


@pytest.mark.parametrize("ids", [("khoi-2-a", "khoi-2-b", "khoi-2-c"), ("khoi-2-c", "khoi-2-b", "khoi-2-a")])
def test_what_moves_again_moves_once_more_from_where_it_stood(ids: tuple[str, ...]) -> None:
    site = publish(FIRST, None, 1)
    logs = []
    for number, id_ in enumerate(ids):
        facts = {"bloc": "khoi-2", "years": {"pact": "2024"}, "former_ids": list(ids[:number])}
        before, site = site, publish(replace(FIRST, added=(bulletin(id_, **facts),)), site, number + 2)
        logs.append(happened(site, before))

    assert logs[1:] == [{("Move", type_, id_) for type_ in ("bulletin", "ceremony")} for id_ in ids[:2]]


ENTRY = {"id": "muc-cu", "names": "Tên của mục"}
MOVED = {**ENTRY, "id": "muc-moi", "former_ids": "muc-cu"}
GONE = {**ENTRY, "withdrawn": {"date": "2026-12-02", "reason": "Nhập hai lần"}}


def _gone_of(site: Files, type_: str) -> set[str]:
    """The ids of every object of a type of which the catalogue says that it is withdrawn."""
    shards = (json.loads(site[shard["path"]]) for shard in json.loads(site[INDEX])["shards"])
    objects = (item for shard in shards for entry in shard["entries"] for item in entry["objects"])
    return {item["id"] for item in objects if item["type"] == type_ and item["gone"] == "withdrawn"}


@pytest.mark.parametrize(("type_", "kept_in"), [("unit", "units"), ("host", "hosts"), ("movement", "movements")])
def test_an_entry_of_the_register_moves_is_withdrawn_and_comes_back_as_one_activity_each(
    type_: str, kept_in: str
) -> None:
    def content(*entries: Mapping[str, Any]) -> Content:
        return replace(FIRST, **{kept_in: entries})

    first = publish(content(ENTRY), None, 1)
    moved = publish(content(MOVED), first, 2)
    withdrawn = publish(content(GONE), first, 2)
    back = publish(content(ENTRY), withdrawn, 3)
    moved_and_gone = publish(content({**MOVED, "withdrawn": GONE["withdrawn"]}), moved, 3)

    assert happened(moved_and_gone, moved) == {("Delete", type_, "muc-moi")}
    assert all(id_ in _gone_of(moved_and_gone, type_) for id_ in ("muc-cu", "muc-moi"))
    assert happened(moved, first) == {("Move", type_, "muc-cu")}
    assert activities(moved)[-1]["target"]["identifier"] == "muc-moi"
    assert happened(withdrawn, first) == {("Delete", type_, "muc-cu")}
    assert happened(back, withdrawn) == {("Create", type_, "muc-cu")}
    assert publish(content(MOVED), moved, 4) == moved


def test_the_address_of_a_unit_answers_for_ever() -> None:
    moved = publish(replace(FIRST, units=(MOVED,)), None, 1)
    withdrawn = publish(replace(FIRST, units=(GONE,)), None, 1)
    there, gone = (json.loads(site["api/v1/units/muc-cu.json"]) for site in (moved, withdrawn))
    redirects = json.loads(moved["redirects.json"])["redirects"]

    assert (there["status"], there["moved_to"], there["data"]) == (
        "moved", "muc-moi", f"{sample.SETTINGS.site_url}/api/v1/units/muc-moi.json",
    )  # fmt: skip
    assert (gone["status"], gone["reason"], gone["date"]) == ("withdrawn", "Nhập hai lần", "2026-12-02")
    assert {"from": "/don-vi/muc-cu/", "to": "/don-vi/muc-moi/"} in redirects


def test_a_dossier_and_a_year_of_which_no_bulletin_tells_any_more_keep_their_addresses_and_say_so() -> None:
    fields = {"bloc": "khoi-2", "years": {"pact": "2031"}, "ceremony": {"kinds": ["pact"], "date": "2031-03-02"}}
    one, gone = bulletin(ADDED, **fields), bulletin(ADDED, **fields, **sample.WITHDRAWN)
    first = publish(replace(FIRST, added=(one,)), None, 1)
    second = publish(replace(FIRST, added=(one,), withdrawn=(gone,)), first, 2)
    third = publish(replace(FIRST, added=(one,), withdrawn=(gone,)), second, 3)
    dossier, year = (json.loads(second[f"api/v1/{path}.json"]) for path in ("blocs/khoi-2/2031", "years/2031"))

    assert (dossier["id"], dossier["sources"], dossier["head"], dossier["modified"]) == (
        "khoi-2-2031", [], None, moment(2),
    )  # fmt: skip
    assert (year["year"], year["bulletins"], year["ceremonies"]) == (2031, [], [])
    assert third == second


def test_what_was_withdrawn_by_mistake_is_created_again() -> None:
    first = publish(FIRST, None, 1)
    second = publish(replace(FIRST, withdrawn=(WITHDRAWN,)), first, 2)
    third = publish(FIRST, second, 3)

    assert happened(third, second) == {
        (what.replace("Delete", "Create"), type_, id_) for what, type_, id_ in happened(second, first)
    }


def test_the_first_publication_is_one_refresh() -> None:
    log = activities(publish(FIRST, None, 1))

    assert [(item["type"], item["seq"], item["endTime"]) for item in log] == [("Refresh", 1, moment(1))]


def test_nothing_changed_at_another_moment_is_the_same_site() -> None:
    first = publish(FIRST, None, 1)

    assert publish(FIRST, first, 2) == first


def test_a_new_address_of_the_site_is_no_change_of_content() -> None:
    first = publish(FIRST, None, 1)
    memory = read_memory(Served(first).read)
    assert memory
    moved = sample.made(
        sample.lines(FIRST.library(), Publication(memory, moment(2), Served(first)), site_url="https://moi.example")
    )

    assert happened(moved, first) == set()
    assert times(moved) == times(first)


def test_an_update_tells_the_note_that_is_new_and_whether_it_is_minor() -> None:
    first = publish(FIRST, None, 1)
    told = corrected(change_history=[*sample.FULL["change_history"], {"date": "2026-12-02", "note": "Sửa tên"}])
    second = publish(told, first, 2)
    third = publish(replace(told, text="<p>Khác nữa.</p>"), second, 3)
    notes = [(item["note"], item["minor"]) for item in activities(third)[1:]]

    assert notes == [("Sửa tên", False), (None, None)]


def test_numbers_go_on_and_full_pages_never_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulletins.indexes.changes.PAGE", 2)
    site = publish(FIRST, None, 1)
    seen: dict[str, bytes] = {}
    for number in range(2, 8):
        site = publish(replace(FIRST, text=f"<p>Lần {number}.</p>"), site, number)
        pages = json.loads(site[LOG])["pages"]
        assert [page["activities"] for page in pages[:-1]] == [2] * (len(pages) - 1)
        assert {path: data for path, data in seen.items() if site[path] != data} == {}
        seen = {page["path"]: site[page["path"]] for page in pages if page["activities"] == 2}

    assert [item["seq"] for item in activities(site)] == list(range(1, 8))
    for before, page in pairwise(pages):
        previous = json.loads(site[page["path"]])["previous"]
        assert previous == {"path": before["path"], "sha256": hashlib.sha256(site[before["path"]]).hexdigest()}


def test_the_memory_is_read_from_its_own_files_alone() -> None:
    site = publish(FIRST, None, 1)
    files = files_of_memory(site.get)

    assert read_memory({path: site[path] for path in files}.get) == read_memory(site.get)
    assert len(files) < len(site)


def test_a_damaged_memory_says_so_and_is_never_half() -> None:
    site = publish(FIRST, None, 1)
    for path in files_of_memory(site.get):
        if path.endswith(".gz"):
            continue  # a dump that is lost is made anew
        without = {name: data for name, data in site.items() if name != path}
        if path == INDEX:
            assert read_memory(without.get) is None
            continue
        with pytest.raises(Damaged, match=path.rpartition("/")[2]):
            read_memory(without.get)
        if path != LOG:
            with pytest.raises(Damaged, match=path.rpartition("/")[2]):
                read_memory({**site, path: site[path] + b" "}.get)


def test_two_places_with_the_same_content_memory_and_moment_have_the_same_bytes(tmp_path: Path) -> None:
    """Also where one of them was built at another moment before, and not published."""
    first = publish(FIRST, None, 1)
    memory = read_memory(Served(first).read)
    assert memory
    sample.write(tmp_path / "memory", {path: first[path] for path in files_of_memory(first.get)})
    changed = replace(FIRST, text="<p>Khác.</p>")
    for place, moments in (("a", (2,)), ("b", (3, 2))):
        for number in moments:
            publication = Publication(memory, moment(number), Copy(tmp_path / "memory"))
            lines = sample.lines(changed.library(), publication)
            make(lines, tmp_path / place, tmp_path / f"cache-{place}", workers=1)

    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_building_on_with_a_memory_makes_only_what_changed(tmp_path: Path) -> None:
    output, cache = tmp_path / "output", tmp_path / "cache"
    make(sample.lines(FIRST.library(), Publication(Memory(), moment(1), is_first=True)), output, cache, workers=1)
    memory = read_memory(Copy(output).read)
    assert memory
    copied = Copy(tmp_path / "memory")
    sample.write(copied.folder, tree(output))
    again = make(sample.lines(FIRST.library(), Publication(memory, moment(2), copied)), output, cache, workers=1)

    assert not (again.published.written or again.published.removed)
    assert again.made < 5


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
