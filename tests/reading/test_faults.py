"""What authors type, fault by fault: each test is named after its row in the project's list of faults, 1 to 27."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import time
import tracemalloc
import unicodedata
from pathlib import Path

import pytest

from bulletins.domain.life import state
from bulletins.domain.record import NO_DAY
from bulletins.reading.content import Content, read_content
from bulletins.reading.sources import LARGEST_REGISTER, meant_text
from bulletins.settings import Settings
from tests.builders import bulletin as record
from tests.reading.test_markdown import HOSTILE, dangers
from tests.reading.texts import bulletin, codes, mistakes, reading

SAMPLE = Path(__file__).parent.parent / "sites" / "sample"
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
HERE = "content/bulletins/2023/khoi-1-2023-pact"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The sample site, to be broken."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "site"))


def content(site: Path, now: datetime.datetime = NOW, **settings: bool) -> Content:
    return read_content(site / "content", site, Settings(**settings), now)


def found(site: Path) -> list[str]:
    return [mistake.code for mistake in content(site).mistakes]


def test_row_1_structured_yaml_is_data_and_not_text(tmp_path: Path) -> None:
    read = reading(bulletin(title='"Khối III"', more="people:\n  - name: Trần Thị A\n    did: [spoke]\n"), tmp_path)

    assert read.bulletin is not None
    assert read.bulletin.title == "Khối III"
    assert read.bulletin.people[0].did == ("spoke",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\nid: [a\n---\n", "Y1"),
        ("---\nid: a\n\nNội dung.\n", "F8"),
        ("id: a\n---\n", "F7"),
        ("---\n: a\n---\n", "Y1"),
    ],
)
def test_row_2_malformed_yaml_or_a_missing_mark_is_refused(text: str, code: str, tmp_path: Path) -> None:
    assert codes(text, tmp_path)[0] == code


def test_row_2_a_malformed_bulletin_loses_no_valid_neighbour(site: Path) -> None:
    (site / "content/bulletins/2023/hong").mkdir()
    (site / "content/bulletins/2023/hong/index.md").write_text("---\n{", encoding="utf-8")

    assert list(content(site).library.bulletins) == ["khoi-1-2023-pact"]
    assert content(site).counts.refused == 1


@pytest.mark.parametrize("key", ["title", "bloc", "xyz"])
def test_row_3_a_duplicate_key_is_refused(key: str, tmp_path: Path) -> None:
    assert codes(bulletin(more=f"{key}: a\n{key}: b\n"), tmp_path)[0] == "Y2"


@pytest.mark.parametrize("title", ["NO", "16:25", "0123", "1_000", "#3 đơn vị", "2023-02-30", "on", "1e3"])
def test_row_4_a_value_stays_the_text_it_was_typed_as(title: str, tmp_path: Path) -> None:
    read = reading(bulletin(title=title), tmp_path)

    assert read.bulletin is not None
    assert read.bulletin.title == title


@pytest.mark.parametrize(
    "more",
    [
        "years: &a\n  pact: 2023\n",
        "bloc: *a\n",
        "ceremony:\n  <<: {date: 2023-01-01}\n",
        "bloc: !!python/object:os.system x\n",
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 18)),
        "photos: [" + "*a, " * 40_000 + "]\n",
        "lead: " + "x" * 250_000 + "\n",
    ],
    ids=["anchor", "alias", "merge", "tag", "bomb", "aliases", "long"],
)
def test_row_5_a_bomb_of_aliases_or_a_tag_is_refused_before_it_is_built(more: str, tmp_path: Path) -> None:
    assert set(codes(bulletin(more=more), tmp_path)) <= {"Y2", "Y3", "F3"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "F7"), ("\n\n", "F7"), (bulletin(title=""), "V2"), (bulletin(ceremony=""), "V2")],
)
def test_row_6_a_missing_title_or_ceremony_or_an_empty_file_is_refused(text: str, code: str, tmp_path: Path) -> None:
    assert codes(text, tmp_path) == [code]


def test_row_6_a_day_that_is_not_stated_stays_unknown(tmp_path: Path) -> None:
    read = reading(bulletin(ceremony="\n  kinds: pact"), tmp_path)

    assert read.bulletin is not None
    assert read.bulletin.date == NO_DAY


@pytest.mark.parametrize("date", ["2023-02-30", "hôm qua", "31/04/2023", "25:00", "2023-13-01", "thứ Hai, 02/03/2023"])
def test_row_7_an_impossible_or_worded_date_is_refused_with_the_reason(date: str, tmp_path: Path) -> None:
    told = mistakes(bulletin(ceremony=f"\n  kinds: pact\n  date: {date}"), tmp_path)

    assert [mistake.code for mistake in told] == ["D1"]
    assert date in told[0].message


@pytest.mark.parametrize("date", ["05/03/2023", "5-3-2023", "5.3.2023", "05/03/2023", "ngày 5 tháng 3 năm 2023"])
def test_row_8_the_day_stands_before_the_month_always(date: str, tmp_path: Path) -> None:
    read = reading(bulletin(ceremony=f"\n  kinds: pact\n  date: {date}"), tmp_path)

    assert read.bulletin is not None
    assert read.bulletin.date == "2023-03-05"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: "\ufeff" + text, []),
        (lambda text: text.replace("\n", "\r\n"), []),
        (lambda text: text.replace("\n", "\r"), []),
        (lambda text: text.replace("Khối 1", "Khối\u00a01"), ["N1"]),
        (lambda text: text.replace("ký", "\u202eký\u202c"), ["N1"]),
        (lambda text: text.replace("ký", "k\u200bý"), ["N1"]),
    ],
    ids=["bom", "crlf", "cr", "nbsp", "bidi", "zero-width"],
)
def test_row_9_marks_that_nobody_sees_change_nothing_and_are_told(
    change: object, told: list[str], tmp_path: Path
) -> None:
    text = bulletin("Nội dung.")
    plain, strange = reading(text, tmp_path), reading(change(text), tmp_path)  # type: ignore[operator]

    assert strange.bulletin == plain.bulletin
    assert [mistake.code for mistake in strange.mistakes] == told


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x14\x00", "Word"),
        (b"{\\rtf1\\ansi Kh", "RTF"),
        (bulletin().encode("utf-16"), "UTF-16"),
        (bulletin().encode("utf-16-le"), "UTF-16"),
        ("---\ntitle: Kh\u1ed1".encode()[:-1], "cắt giữa"),
        (b"---\ntitle: a\xed\xa0\x80\n", "surrogate"),
        (b"---\ntitle: Kh\xf4\xecng \xf0ua\n", "windows-1258"),
        (b"---\ntitle: Khe\xe8i \xae\xb5\xb8\n", "TCVN3"),
    ],
)
def test_row_10_another_encoding_is_named_with_the_mend(data: bytes, words: str, tmp_path: Path) -> None:
    told = mistakes(data, tmp_path)

    assert [mistake.code for mistake in told] == ["F1"]
    assert words in told[0].message


@pytest.mark.parametrize(
    ("right", "glued", "at"),
    [
        ("title: ", "title:", (3, 1)),
        ("bloc: ", "bloc\uff1a", (5, 1)),
        ("bloc: ", "bloc = ", (5, 1)),
        ("  date: ", "  date:", (8, 3)),
    ],
)
def test_a_field_without_the_blank_behind_its_colon_is_told_where_it_stands(
    right: str, glued: str, at: tuple[int, int], tmp_path: Path
) -> None:
    lines = ["id: a", "title: b c", "lead: d", "bloc: e", "ceremony:", "  kinds: pact", "  date: 1/2/2023", "years:"]
    text = "\n".join(["---", *lines, "  pact: 2023", "---", "", "Bài."])
    (told,) = [mistake for mistake in mistakes(text.replace(right, glued).encode(), tmp_path) if mistake.code == "Y1"]

    assert (told.line, told.column) == at
    assert f"viết `{right.strip(' :')}: …`" in told.message


def test_row_11_letters_and_marks_apart_are_read_as_composed(tmp_path: Path) -> None:
    read = reading(unicodedata.normalize("NFD", bulletin("Đồng khởi.")), tmp_path)

    assert read.bulletin is not None and read.body is not None
    assert read.bulletin.title == "Khối 1 ký giao ước"
    assert read.body.parts == ("<p>Đồng khởi.</p>",)
    assert [mistake.code for mistake in read.mistakes] == ["N1"]


def test_row_11_a_picture_is_found_whatever_form_its_name_has(tmp_path: Path) -> None:
    photo = "photos:\n  - file: ảnh.jpg\n    alt: Ba người.\n"

    assert codes(bulletin(more=photo), tmp_path, unicodedata.normalize("NFD", "ảnh.jpg")) == []


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\uf0b7", "\uffff"])
def test_row_12_a_control_character_is_refused_with_its_place(char: str, tmp_path: Path) -> None:
    told = mistakes(bulletin(f"Một {char} hai."), tmp_path)

    assert [(mistake.code, mistake.column) for mistake in told] == [("F2", 5)]


@pytest.mark.parametrize("text", HOSTILE)
def test_row_13_nothing_typed_runs_or_fetches(text: str, tmp_path: Path) -> None:
    read = reading(bulletin(text), tmp_path)

    assert read.body is not None
    assert dangers("".join(str(part) for part in read.body.parts)) == []


def test_row_14_a_title_with_tags_stays_a_text_to_be_escaped(tmp_path: Path) -> None:
    title = "<script>alert(1)</script> &lt;b&gt;"
    read = reading(bulletin(title=title), tmp_path)

    assert read.bulletin is not None
    assert read.bulletin.title == title


def test_row_15_template_code_stays_text(tmp_path: Path) -> None:
    read = reading(bulletin("{{ 7 * 7 }} {% raw %}"), tmp_path)

    assert read.body is not None
    assert read.body.parts == ("<p>{{ 7 * 7 }} {% raw %}</p>",)


NAUGHTY = {
    "20,000 brackets": "[" * 20_000,
    "20,000 pictures": "![" * 20_000,
    "nested links": "[a](" * 5_000,
    "deep quotes": "> " * 5_000 + "a",
    "quotes on many lines": ("> " * 50 + "a\n") * 900,
    "backslashes": "\\" * 100_000,
    "stars": "*a " * 40_000,
    "underscores": "_a" * 50_000,
    "backticks": "".join("`" * n + " " for n in range(300)),
    "headings in one block": "# a\n" * 40_000,
    "a list without end": "- a\n" * 40_000,
    "a nested list": "\n".join("    " * n + "- a" for n in range(150)),
    "a wide table": "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n",
    "references": "\n".join(f"[{n}]: b" for n in range(15_000)),
    "entities": "&#x" * 50_000,
    "angle brackets": "<a@" * 50_000,
    "many paragraphs": "a\n\n" * 60_000,
    "many brackets in many paragraphs": ("[" * 50 + "\n\n") * 3_800,
    "one long word": "a" * 199_000,
}


@pytest.mark.parametrize("text", NAUGHTY.values(), ids=NAUGHTY.keys())
def test_row_16_a_pathological_text_is_refused_or_done_in_seconds(text: str, tmp_path: Path) -> None:
    start = time.process_time()
    read = reading(bulletin(text), tmp_path)

    assert {mistake.path for mistake in read.mistakes} <= {"index.md"}
    assert read.body is not None or read.mistakes
    assert time.process_time() - start < 5


def test_row_16_a_file_of_20_megabytes_is_refused_unread(tmp_path: Path) -> None:
    assert codes(b"---\n" + b"a" * 20_000_000, tmp_path) == ["F3"]


@pytest.mark.parametrize(
    "head",
    ["lead: " + "x" * 900_000, "a: [" + "*a, " * 100_000 + "]", "a: " + "[" * 10_000, "a: " + "{" * 10_000],
    ids=["long", "100,000 aliases", "10,000 deep", "10,000 braces"],
)
def test_row_16_front_matter_without_end_is_a_message_at_little_cost(head: str, tmp_path: Path) -> None:
    tracemalloc.start()
    start = time.process_time()
    told = mistakes(f"---\n{head}\n---\n", tmp_path)
    seconds, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert 1 <= len(told) <= 20
    assert seconds < 1
    assert peak < 200_000_000


@pytest.mark.parametrize("bulletin_id", ["index", "???", "Khoi-III", "../x", "a" * 81, "a b", "khối", "-a", "a--b"])
def test_row_17_an_id_is_a_short_plain_word_or_is_refused(bulletin_id: str, tmp_path: Path) -> None:
    if bulletin_id == "index":
        assert codes(bulletin(id=bulletin_id), tmp_path) == []
    else:
        assert codes(bulletin(id=bulletin_id), tmp_path) == ["V5"]


def copied(site: Path, name: str, **changes: str) -> None:
    text = (site / HERE / "index.md").read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    folder = site / "content/bulletins/2023" / name
    folder.mkdir()
    (folder / "index.md").write_text(text, encoding="utf-8")


def test_row_18_one_id_in_two_files_is_refused_with_the_other_files_name(site: Path) -> None:
    copied(site, "ban-hai")
    told = [mistake for mistake in content(site).mistakes if mistake.code == "I1"]

    assert len(told) == 1
    assert told[0].path == "content/bulletins/2023/ban-hai/index.md"
    assert "content/bulletins/2023/khoi-1-2023-pact/index.md" in told[0].message


def test_row_19_one_id_in_another_language_is_refused_too(site: Path) -> None:
    copied(site, "ban-anh", **{"lead:": "lang: en\nlead:"})

    assert "I1" in found(site)


def test_row_20_ids_that_differ_in_case_only_cannot_be(tmp_path: Path) -> None:
    assert codes(bulletin(id="Khoi-1"), tmp_path) == ["V5"]


@pytest.mark.parametrize("line", ["save_as: index.html", "template: x", "slug: ../../x", "url: /"])
def test_row_21_authors_cannot_say_where_a_page_goes(line: str, tmp_path: Path) -> None:
    assert codes(bulletin(more=f"{line}\n"), tmp_path) == ["V1"]


@pytest.mark.parametrize(("field", "value"), [("bloc", "Khối thi đua 9"), ("bloc", "khoi-9")])
def test_row_22_an_unknown_name_is_refused_with_the_nearest_and_the_line_to_add(
    field: str, value: str, tmp_path: Path
) -> None:
    told = mistakes(bulletin(**{field: value}), tmp_path)

    assert [mistake.code for mistake in told] == ["B1"]
    assert "`khoi-1`" in told[0].message
    assert "- {id: khoi-" in told[0].message


def test_row_23_a_missing_picture_or_link_is_refused(tmp_path: Path) -> None:
    photo = "photos:\n  - file: a.jpg\n    alt: Ba người.\n"

    assert codes(bulletin("![](b.jpg)\n\n[x](y.html)", photo), tmp_path) == ["P4", "P6", "L1"]


@pytest.mark.parametrize("file", ["../a.jpg", "/etc/passwd", "b/../a.jpg", "..\\\\a.jpg"])
def test_row_24_a_picture_elsewhere_is_refused(file: str, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    photo = f"photos:\n  - file: {file}\n    alt: Ba người.\n"

    assert codes(bulletin(more=photo), tmp_path / "here") == ["P4"]


def test_row_24_a_link_is_refused_and_not_followed(site: Path) -> None:
    (site / HERE / "anh.jpg").symlink_to("/etc/passwd")
    (site / "content/bulletins/2023/khac").symlink_to("/etc")

    assert found(site) == ["F4", "F4"]


@pytest.mark.parametrize("line", ["status: drapt", "draft: true", "Statuss: draft", "status: Draft!"])
def test_row_25_an_unknown_status_is_refused_and_not_published(line: str, tmp_path: Path) -> None:
    assert codes(bulletin(more=f"{line}\n"), tmp_path)[0] in ("V1", "V4")


@pytest.mark.parametrize("status", ["draft", "Bản nháp", "bản nháp"])
def test_row_25_a_draft_is_in_no_library_that_is_published(status: str, site: Path) -> None:
    copied(site, "nhap", **{"id: khoi-1-2023-pact": f"id: nhap\nstatus: {status}"})
    read = content(site)

    assert "nhap" not in read.library.bulletins
    assert read.counts.draft == 1


@pytest.mark.parametrize(
    ("hour", "expected"),
    [("2023-03-02T16:24:59+07:00", "scheduled"), ("2023-03-02T16:25:00+07:00", "published")],
)
def test_row_26_nothing_is_out_before_its_hour(hour: str, expected: str) -> None:
    one = record(published="2023-03-02 16:25")

    assert state(one, datetime.datetime.fromisoformat(hour)) == expected


@pytest.mark.parametrize(
    ("hour", "expected"),
    [("2023-03-01T23:59:59+07:00", "scheduled"), ("2023-03-02T00:00:00+07:00", "published")],
)
def test_row_26_a_bare_date_is_out_when_its_day_begins(hour: str, expected: str) -> None:
    assert state(record(published="2023-03-02"), datetime.datetime.fromisoformat(hour)) == expected


def test_row_27_a_withdrawn_bulletin_is_in_no_list_and_keeps_its_notice(site: Path) -> None:
    withdrawal = "status: withdrawn\nwithdrawn:\n  date: 2023-04-01\n  reason: Đăng nhầm.\nlead:"
    path = site / HERE / "index.md"
    path.write_text(path.read_text(encoding="utf-8").replace("lead:", withdrawal), encoding="utf-8")
    read = content(site)

    assert read.library.bulletins == {}
    assert [one.id for one in read.library.withdrawn] == ["khoi-1-2023-pact"]
    assert read.photos == ()
    assert read.counts.withdrawn == 1


def test_every_row_about_what_authors_type_has_a_test() -> None:
    rows = {int(name.split("_")[2]) for name in globals() if name.startswith("test_row_")}

    assert rows == set(range(1, 28))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_folder_whose_name_is_no_utf_8_is_named(site: Path) -> None:
    (site / "content" / "bulletins" / os.fsdecode(b"kh\xf4ng")).mkdir()

    assert [str(mistake) for mistake in content(site).mistakes] == [
        "content/bulletins/kh\ufffdng:1:1: [F5] tên không phải UTF-8 nên máy khác không đọc được; đổi tên, chỉ dùng chữ"
        " không dấu"
    ]


def test_a_file_of_the_register_refused_for_its_size_is_not_read_for_its_names(tmp_path: Path) -> None:
    path = tmp_path / "units.yaml"
    path.write_bytes(b"- {id: phong-mot, names: Ph\xc3\xb2ng}\n")
    names = meant_text(path)
    os.truncate(path, LARGEST_REGISTER + 1)

    assert (names, meant_text(path)) == ("- {id: phong-mot, names: Phòng}\n", None)
