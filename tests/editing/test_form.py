"""The form over HTTP, as a browser without JavaScript uses it: what it saves, what it says, and what it refuses."""

from __future__ import annotations

import difflib
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletins.domain.register import Directory, Unit
from tests.editing.forms import DRAFT, KEY, ROOT, Client, Page, copied, running
from tests.writing.test_surgeon import FORMS, HARD, REAL, disguised
from tools.editing.names import Finder
from tools.editing.requests import LARGEST_POST
from tools.editing.uploads import Refused, picture_ending, safe_name

JPEG = (ROOT / "content/bulletins/2023/vpqh-khoi-3-2023-pact/anh-01.jpg").read_bytes()
KHOI_3 = "2023/vpqh-khoi-3-2023-pact"
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A form whose content no test changes for good."""
    with running(copied(tmp_path_factory.mktemp("form"))) as client:
        yield client


@pytest.fixture
def client(kept: Client, tmp_path: Path) -> Iterator[Client]:
    """A form whose content is put back afterwards."""
    before = {path: path.read_bytes() for path in kept.root.rglob("*") if path.is_file() and ".cache" not in path.parts}
    yield kept
    for path in [path for path in kept.root.rglob("*") if path.is_file() and ".cache" not in path.parts]:
        if path not in before:
            path.unlink()
        elif path.read_bytes() != before[path]:
            path.write_bytes(before[path])
    for path in (kept.root / ".cache" / "editing" / "typed").rglob("*.json"):
        path.unlink()


def draft(client: Client, text: str, key: str = DRAFT) -> Path:
    file = client.file(key)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


LEAST = """\
---
id: khoi-3-nhap
title: Khối III ký giao ước
lead: Các đơn vị ký giao ước.
status: draft
bloc: vpqh-khoi-3
ceremony:
  kinds: pact
  date: 2023-03-02
years:
  pact: 2023
---

Nội dung.
"""


@pytest.mark.parametrize(("newline", "mark"), FORMS[:4], ids=["lf", "crlf", "bom", "crlf-bom"])
@pytest.mark.parametrize("path", [*REAL, None], ids=lambda path: path.parent.name if path else "hard")
def test_a_bulletin_that_is_opened_and_saved_keeps_every_byte(
    path: Path | None, newline: str, mark: str, client: Client
) -> None:
    key = f"{path.parent.parent.name}/{path.parent.name}" if path else DRAFT
    text = disguised(
        path.read_text(encoding="utf-8") if path else HARD.replace("lead: >", "status: draft\nlead: >"), newline, mark
    )
    file = draft(client, text, key)
    saved = client.get(f"/sua/{key}").press("save")

    assert saved.status == 303
    assert file.read_bytes() == text.encode()


def test_every_value_of_one_line_changed_in_the_form_changes_one_line_of_the_file(client: Client) -> None:
    text = (
        (ROOT / "content/bulletins" / KEY / "index.md").read_text(encoding="utf-8").replace("published\n", "draft\n", 1)
    )
    file = draft(client, text, KEY)
    page = client.get(f"/sua/{KEY}")
    names = [name for name, value in page.fields if value and "\n" not in value and "~" not in name]
    texts = [name for name in names if page.by_id(f"f-{name.replace('.', '-')}").tag in ("input", "textarea")]
    texts = [name for name in texts if page.by_id(f"f-{name.replace('.', '-')}").get("type") != "checkbox"]
    assert len(texts) > 150
    for name in texts[::9]:
        draft(client, text, KEY)
        page = client.get(f"/sua/{KEY}")
        saved = page.set(name, f"{page.value(name)} khác").press("save")
        diff = [
            line
            for line in difflib.ndiff(text.split("\n"), file.read_text(encoding="utf-8").split("\n"))
            if line[0] in "+-"
        ]

        assert saved.status == 303, name
        assert [line[0] for line in diff] == ["-", "+"], (name, diff)


def test_three_mistakes_are_three_links_at_the_top_and_nothing_is_written(client: Client) -> None:
    before = client.file().read_bytes()
    page = client.get(f"/sua/{KEY}")
    page.set("ceremony.date", "31/02/2023").set("bloc_years.0.head.unit", "Cục Quản trị IX").set("photos.1.alt", "")
    refused = page.press("save")

    assert refused.status == 422
    links = [link for link, _ in refused.summary]
    assert links == ["#f-ceremony-date", "#f-bloc_years-0-head-unit", "#f-photos-1-alt"]
    assert all(refused.by_id(link[1:]).get("aria-invalid") == "true" for link in links)
    assert client.file().read_bytes() == before


def test_a_draft_with_mistakes_is_saved_and_says_so(client: Client) -> None:
    file = draft(client, LEAST)
    after = client.get(f"/sua/{DRAFT}").set("ceremony.date", "31/02/2023").press("save").follow()

    assert "date: 31/02/2023" in file.read_text(encoding="utf-8")
    assert "Đã lưu bản nháp" in after.text
    assert [link for link, _ in after.summary] == ["#f-ceremony-date"]


def test_a_name_the_register_does_not_have_is_mended_by_a_click_or_added_there(client: Client) -> None:
    draft(client, LEAST)
    page = client.get(f"/sua/{DRAFT}").press("add:bloc_years").set("bloc_years.0.year", "2023")
    page.set("bloc_years.0.head.unit", "Vụ Thông tinh")
    checked = page.press("check")
    offers = {"".join(one.itertext()): one.get("value", "") for one in checked.document.iter("button")}

    mended = checked.press(offers["Có phải “Vụ Thông tin, Văn phòng Quốc hội”?"])
    assert mended.value("bloc_years.0.head.unit") == "Vụ Thông tin"

    form = checked.press(offers["Thêm vào danh bạ…"]).follow()
    before = (client.root / "content/register/units.yaml").read_text(encoding="utf-8")
    fields = [(name, value) for name, value in _last_form(form) if name != "do"]
    back = client.post("/danh-ba/unit", [*fields, ("do", "add")]).follow()
    units = (client.root / "content/register/units.yaml").read_text(encoding="utf-8")

    assert units.startswith(before)
    assert "vu-thong-tinh" in units
    assert back.value("bloc_years.0.head.unit") == "Vụ Thông tinh"
    assert back.said_at("f-bloc_years-0-head-unit") == ""


def _last_form(page: Page) -> list[tuple[str, str]]:
    from tests.editing.forms import _successful

    return list(_successful(list(page.document.iter("form"))[-1]))


@pytest.mark.parametrize(
    ("typed", "says"), [("Phòng\x0bMới Tinh", "names:"), ("Phòng \uf0b7 Mới Tinh", "Tên có ký tự lạ")]
)
def test_a_name_pasted_into_the_register_is_one_line_of_letters(typed: str, says: str, client: Client) -> None:
    page = client.get("/danh-ba/unit").set("ten", typed).set("id", "phong-moi-tinh").press("add")
    text = (client.root / "content/register/units.yaml").read_text(encoding="utf-8")

    assert says in (text if page.status == 303 else page.text)
    assert ("Phòng Mới Tinh" in text) == (page.status == 303)


def test_a_withdrawal_without_its_reason_is_told_where_it_is_typed(client: Client) -> None:
    refused = client.get(f"/sua/{KEY}").set("status", "withdrawn").press("save")
    rest = next(one for one in refused.document.iter("details") if one.get("class") == "rest")

    assert refused.summary[0][0] == "#f-status"
    assert "Thông tin gỡ bài" in refused.summary[0][1]
    assert rest.get("open") is not None


def test_another_spelling_is_added_to_a_unit_of_the_register(client: Client) -> None:
    file = client.root / "content/register/units.yaml"
    before = file.read_text(encoding="utf-8")
    page = client.get("/danh-ba/unit?ten=V%E1%BB%A5%20TT&ve=/sua/x")
    first = [("~token", page.value("~token")), ("ten", "Vụ TT"), ("alias", "vpqh-vu-thong-tin"), ("do", "alias")]
    client.post("/danh-ba/unit", first)
    diff = [
        line
        for line in difflib.ndiff(before.split("\n"), file.read_text(encoding="utf-8").split("\n"))
        if line[0] in "+-"
    ]

    assert diff == ['+     - "Vụ TT"']


def test_rows_are_added_moved_removed_and_saved_without_javascript(client: Client) -> None:
    file = draft(client, LEAST)
    page = client.get(f"/sua/{DRAFT}")
    for n, text in enumerate(("Một", "Hai", "Ba")):
        page = page.press("add:results").set(f"results.{n}.text", text)
    page = page.press("up:results.2").press("remove:results.0").press("down:results.0")
    page.press("save")

    assert "results:\n  - text: Hai\n  - text: Ba\n" in file.read_text(encoding="utf-8")


def test_what_two_people_changed_in_different_places_is_put_together(client: Client) -> None:
    draft(client, LEAST)
    one, other = client.get(f"/sua/{DRAFT}"), client.get(f"/sua/{DRAFT}")
    one.set("title", "Tiêu đề của Một").press("save")
    saved = other.set("lead", "Sa-pô của Hai.").press("save")

    assert saved.status == 303
    text = client.file(DRAFT).read_text(encoding="utf-8")
    assert "title: Tiêu đề của Một" in text
    assert "lead: Sa-pô của Hai." in text


def test_where_two_people_changed_the_same_place_both_values_are_shown(client: Client) -> None:
    draft(client, LEAST)
    one, other = client.get(f"/sua/{DRAFT}"), client.get(f"/sua/{DRAFT}")
    one.set("title", "Tiêu đề của Một").press("save")
    clash = other.set("title", "Tiêu đề của Hai").press("save")

    assert clash.status == 409
    assert clash.value("title") == "Tiêu đề của Hai"
    assert "Tiêu đề của Một" in clash.said_at("f-title")
    assert "title: Tiêu đề của Một" in client.file(DRAFT).read_text(encoding="utf-8")
    assert clash.press("save").status == 303
    assert "title: Tiêu đề của Hai" in client.file(DRAFT).read_text(encoding="utf-8")


def test_what_was_typed_survives_a_closed_window(client: Client) -> None:
    draft(client, LEAST)
    page = client.get(f"/sua/{DRAFT}").set("title", "Đang gõ dở")
    session = page.value("~session")
    kept_page = client.post(f"/go/{DRAFT}", page.fields)

    assert kept_page.status == 204
    assert f"phien={session}" in client.get(f"/sua/{DRAFT}").text
    assert client.get(f"/sua/{DRAFT}?phien={session}").value("title") == "Đang gõ dở"


def test_a_question_of_the_importer_stands_at_its_field_and_goes_with_its_answer(client: Client) -> None:
    asked = LEAST.replace("lead: Các", 'lang:  # CẦN XEM: tiếng gì? | "bằng tiếng Việt"\nlead: Các').replace(
        "date: 2023-03-02", 'date: 2023-03-02  # đề xuất (ngờ): "ngày 2 tháng 3"'
    )
    file = draft(client, asked)
    page = client.get(f"/sua/{DRAFT}")

    assert "tiếng gì? bằng tiếng Việt" in " ".join(page.said_at("f-lang").split())
    assert "ngày 2 tháng 3" in page.said_at("f-ceremony-date")
    page.set("lang", "vi").tick("~ok", "ceremony.date").press("save")
    assert file.read_text(encoding="utf-8") == LEAST.replace("lead: Các", "lang: vi\nlead: Các")


def test_a_bulletin_with_open_questions_is_not_published_and_each_is_told_at_its_field(client: Client) -> None:
    asked = LEAST.replace("---\n\nNội", "bloc_years:\n  - year: 2023\n    head:  # CẦN XEM: ai?\n---\n\nNội").replace(
        "ceremony:\n", 'ceremony:  # đề xuất (ngờ): "lễ ký"\n'
    )
    file = draft(client, asked)
    refused = client.get(f"/sua/{DRAFT}").set("status", "published").press("save")

    assert [link for link, _ in refused.summary[:2]] == ["#f-ceremony", "#f-bloc_years-0-head"]
    assert refused.status == 422
    refused.tick("~ok", "bloc_years.0.head").tick("~ok", "ceremony").press("save")
    text = file.read_text(encoding="utf-8")
    assert "    head:\n" in text
    assert "ceremony:\n" in text


def test_what_the_importer_is_sure_of_is_taken_at_once(client: Client) -> None:
    file = draft(client, LEAST.replace("kinds: pact", 'kinds: pact  # đề xuất (chắc): "ký giao ước"'))
    client.get(f"/sua/{DRAFT}").press("sure:all").press("save")

    assert file.read_text(encoding="utf-8") == LEAST


def test_a_photo_is_taken_for_what_it_is_and_gets_a_row_of_its_own(client: Client) -> None:
    file = draft(client, LEAST)
    page = client.get(f"/sua/{DRAFT}").press("upload", {"Ảnh Lễ 01.PNG": JPEG})

    assert page.value("photos.0.file") == "anh-le-01.jpg"
    page.set("photos.0.alt", "Hai người ký").press("save")
    assert (file.parent / "anh-le-01.jpg").read_bytes() == JPEG
    assert "photos:\n  - file: anh-le-01.jpg\n    alt: Hai người ký\n" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("anh.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("CON.jpg", JPEG),
        ("com1.foo.jpg", JPEG),
        ("nul", JPEG),
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
)
def test_what_is_no_photo_or_no_name_is_refused_and_not_written(name: str, data: bytes, client: Client) -> None:
    file = draft(client, LEAST)
    refused = client.get(f"/sua/{DRAFT}").press("upload", {name: data})

    assert refused.status == 422
    assert [path.name for path in file.parent.iterdir()] == ["index.md"]


def test_a_photo_never_takes_the_place_of_another_whatever_the_case_of_its_name() -> None:
    assert safe_name("ANH-01.JPG", ".jpg", {"Anh-01.jpg"}) == "anh-01-2.jpg"
    with pytest.raises(Refused):
        picture_ending("anh.jpg", JPEG + bytes(40_000_000))


def test_an_attachment_is_taken_for_what_it_is_and_keeps_its_own_name_as_its_title(client: Client) -> None:
    file = draft(client, LEAST)
    sent = {"C:\\giay to\\Kế hoạch số 12.PDF": PDF}
    page = client.get(f"/sua/{DRAFT}").press("attach", sent, "~attachments")
    page.set("attachments.0.kind", "ke_hoach").press("save")

    assert (file.parent / "ke-hoach-so-12.pdf").read_bytes() == PDF
    written = "attachments:\n  - file: ke-hoach-so-12.pdf\n    title: Kế hoạch số 12\n    kind: ke_hoach\n"
    assert written in file.read_text(encoding="utf-8")
    assert client.get(f"/sua/{DRAFT}").value("attachments.0.lang") == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ke-hoach.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("ke-hoach.docx", b"%PDF-1.4 khong phai Word"),
        ("bang-diem.pdf", b"%PDF-1.4 /OpenAction << /S /JavaScript >>"),
        ("macro.docm", b"PK\x03\x04"),
        ("CON.pdf", b"%PDF-1.4"),
        ("chay.exe", b"MZ"),
    ],
)
def test_what_may_not_be_attached_is_refused_and_not_written(name: str, data: bytes, client: Client) -> None:
    file = draft(client, LEAST)
    refused = client.get(f"/sua/{DRAFT}").press("attach", {name: data}, "~attachments")

    assert refused.status == 422
    assert [path.name for path in file.parent.iterdir()] == ["index.md"]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ("status: nháp", "Bản nháp"),
        ("published: 31/12/2099 08:00", "Hẹn giờ"),
        ("published: 31/12/2020 08:00", "Đã đăng"),
        ("status: draff", "Không đọc được"),
    ],
)
def test_the_list_says_the_state_of_a_bulletin_however_it_is_typed(lines: str, shown: str, client: Client) -> None:
    draft(client, LEAST.replace("status: draft", lines))
    row = next(row for row in client.get("/").document.iter("li") if DRAFT in str(next(row.iter("a")).get("href")))

    assert shown in "".join(row.itertext())


def test_a_draft_that_says_so_in_vietnamese_is_saved_with_mistakes(client: Client) -> None:
    draft(client, LEAST.replace("status: draft", "status: nháp"))

    assert client.get(f"/sua/{DRAFT}").set("ceremony.date", "31/02/2023").press("save").status == 303


def test_a_file_left_beside_the_bulletin_is_put_into_it_by_a_click(client: Client) -> None:
    file = draft(client, LEAST)
    (file.parent / "anh-moi.jpg").write_bytes(JPEG)
    (file.parent / "anh-iphone.heic").write_bytes(b"\0\0\0\x18ftypheic")
    (file.parent / "ke-hoach.pdf").write_bytes(PDF)
    page = client.get(f"/sua/{DRAFT}").press("check")
    offered = re.findall(r'value="(declare:[^"]*)"', page.text)

    assert sorted(offered) == [
        "declare:attachments:ke-hoach.pdf", "declare:photos:anh-iphone.heic", "declare:photos:anh-moi.jpg",
    ]  # fmt: skip
    for do in offered:
        page = page.press(do)
    assert {page.value("photos.0.file"), page.value("photos.1.file")} == {"anh-moi.jpg", "anh-iphone.heic"}
    assert page.value("attachments.0.title") == "ke-hoach"
    assert "anh-moi.jpg" in "".join(image.get("src", "") for image in page.document.iter("img"))
    assert "heic" not in "".join(image.get("src", "") for image in page.document.iter("img"))


def test_two_hundred_megabytes_are_refused_before_they_are_read(client: Client) -> None:
    page = client.get(f"/sua/{KHOI_3}")
    headers = {"Content-Length": str(200_000_000), "Origin": f"http://localhost:{client.port}"}
    status, _, _ = client.request("POST", page.path, b"", headers)

    assert status == 413
    assert LARGEST_POST < 200_000_000


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "", "Sec-Fetch-Site": ""},
    ],
    ids=str,
)
def test_what_another_site_sends_is_refused_and_not_written(headers: dict[str, str], client: Client) -> None:
    before = client.file().read_bytes()
    page = client.get(f"/sua/{KEY}").set("title", "Của kẻ khác")
    refused = client.post(page.path, [*page.fields, ("do", "save")], headers=headers)

    assert refused.status == 403
    assert client.file().read_bytes() == before


def test_a_form_without_our_token_is_refused_and_not_written(client: Client) -> None:
    before = client.file().read_bytes()
    page = client.get(f"/sua/{KEY}").set("title", "Của kẻ khác").set("~token", "x")

    assert page.press("save").status == 403
    assert client.post("/moi", [("kind", "pact")]).status == 403
    assert client.file().read_bytes() == before


def test_a_page_asked_for_by_a_foreign_name_is_refused(client: Client) -> None:
    assert client.request("GET", "/", headers={"Host": "evil.example:80"})[0] == 403
    assert client.request("GET", "/", headers={"Sec-Fetch-Site": "cross-site"})[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "/sua/..%2f..%2fregister",
        "/sua/2022/..%2f2022%2fvpqh-khoi-5-2022-summary",
        f"/anh/{KEY}/..%2findex.md",
        f"/anh/{KEY}/index.md",
        "/tep/..%2fserver.py",
        "/sua/2023/lien-ket",
        f"/anh/{DRAFT}/la.jpg",
        "/danh-ba/..%2fx",
        "/tim/x?q=a",
    ],
)
def test_only_names_that_are_listed_are_served_and_no_links(path: str, client: Client) -> None:
    file = draft(client, LEAST)
    for name, target in (
        (file.parent / "la.jpg", "/etc/passwd"),
        (client.root / "content/bulletins/2023/lien-ket", "/etc"),
    ):
        if not name.is_symlink():
            name.symlink_to(target)

    assert client.get(path).status == 404


def test_every_answer_lets_nothing_foreign_in(client: Client) -> None:
    for path in ("/", f"/sua/{KEY}", "/nowhere"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_writer_killed_before_the_rename_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "index.md"
    file.write_bytes(b"old")
    program = (
        "import os, sys, signal; from pathlib import Path; from bulletins.writing import saving\n"
        "os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL)\n"
        "saving.save(Path(sys.argv[1]), b'new', saving.digest(b'old'))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(file)], check=False)

    assert done.returncode == -signal.SIGKILL
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["index.md"]


def test_a_new_bulletin_is_made_by_the_form_and_wrong_answers_are_told_at_their_fields(client: Client) -> None:
    page = client.get("/moi")
    empty = client.post("/moi", [("~token", page.value("~token"))])
    assert [text in empty.text for text in ("Chọn loại lễ", "Chọn khối", "Ghi năm")] == [True] * 3
    wrong = client.post(
        "/moi", [("~token", page.value("~token")), ("kind", "pact"), ("year", "23"), ("date", "13/13/2023")]
    )
    assert wrong.status == 422
    assert {one.get("id") for one in wrong.document.iter("p") if (one.get("id") or "").startswith("e-")} == {
        "e-bloc", "e-year", "e-date",
    }  # fmt: skip

    fields = [
        ("~token", page.value("~token")),
        ("kind", "summary"),
        ("bloc", "vpqh-khoi-3"),
        ("year", "2023"),
        ("date", "9/12/2023"),
    ]
    made = client.post("/moi", fields).follow()
    assert made.value("ceremony.date") == "2023-12-09"
    assert client.file("2023/vpqh-khoi-3-2023-summary").exists()

    of_none = {**dict(fields), "~token": page.value("~token"), "bloc": "không", "date": "12/2023"}
    made = client.post("/moi", list(of_none.items())).follow()
    assert made.value("ceremony.date") == "2023-12"
    assert "bloc: không\n" in client.file("2023/le-2023-summary").read_text(encoding="utf-8")


def test_some_letters_without_marks_find_a_unit_by_any_of_its_names(client: Client) -> None:
    _, text, _ = client.request("GET", "/tim/unit?q=vu%20thong")

    assert json.loads(text)[0]["id"] == "vpqh-vu-thong-tin"


def test_a_unit_is_found_among_five_thousand() -> None:
    units = [
        Unit.model_validate({"id": f"don-vi-{n}", "names": f"Phòng Tổng hợp số {n}", "aliases": [f"PTH {n}"]})
        for n in range(5000)
    ]
    found = Finder(Directory(units)).find("tong hop 4321")

    assert [hit.id for hit in found] == ["don-vi-4321"]


def test_a_file_the_form_cannot_show_is_left_alone_and_says_why(client: Client) -> None:
    file = draft(client, LEAST.replace("bloc: ", "bloc: ["))
    page = client.get(f"/sua/{DRAFT}")

    assert page.status == 200
    assert "chưa mở được bằng biểu mẫu" in page.text
    assert file.read_text(encoding="utf-8").count("bloc: [") == 1


@pytest.mark.parametrize(
    ("pasted", "kept_as"),
    [
        ("\uf0b7\tMột\n  \uf0a7 Hai", "- Một\n- Hai"),
        ("Trước\x0bsau\x0ctrang\x85dòng", "Trước\nsau\ntrang\ndòng"),
        ("Không\x00 thấy\x07.", "Không thấy."),
    ],
    ids=["Word's bullets", "Word's line ends", "control characters"],
)
def test_what_is_pasted_out_of_word_is_kept_as_a_file_may_hold_it(pasted: str, kept_as: str, client: Client) -> None:
    file = draft(client, LEAST)
    saved = client.get(f"/sua/{DRAFT}").set("~body", pasted).set("title", "Một\x0btiêu đề").press("save")

    assert saved.status == 303
    text = file.read_text(encoding="utf-8")
    assert text.endswith(f"\n---\n\n{kept_as}\n")
    assert "title: Một tiêu đề\n" in text


def test_a_letter_that_no_file_may_hold_is_told_at_its_field_with_its_line(client: Client) -> None:
    file = draft(client, LEAST)
    page = client.get(f"/sua/{DRAFT}").set("title", "Đạt \uf0fc").set("~body", "Một.\n\nHai \uf0fc ba.")
    refused = page.press("save")

    assert refused.status == 422
    assert [(href, "“Hai \uf0fc ba.”" in words) for href, words in refused.summary] == [
        ("#f-title", False),
        ("#f-body", True),
    ]
    assert refused.value("~body") == "Một.\n\nHai \uf0fc ba."
    assert file.read_text(encoding="utf-8") == LEAST


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (LEAST.encode("utf-16"), "UTF-16"),
        (LEAST.replace("  kinds", "\tkinds").encode(), "phím Tab"),
    ],
    ids=["UTF-16", "tab"],
)
def test_a_file_broken_while_its_form_is_open_is_left_alone_and_nothing_typed_is_lost(
    broken: bytes, says: str, client: Client
) -> None:
    file = draft(client, LEAST)
    page = client.get(f"/sua/{DRAFT}").set("title", "Đang gõ")
    file.write_bytes(broken)
    told = page.press("save")

    assert (told.status, says in told.text, file.read_bytes()) == (409, True, broken)
    file.write_bytes(LEAST.encode())
    assert client.get(f"/sua/{DRAFT}?phien={page.value('~session')}").value("title") == "Đang gõ"


def test_what_is_typed_follows_a_bulletin_whose_folder_got_another_name(client: Client) -> None:
    file = draft(client, LEAST)
    page = client.get(f"/sua/{DRAFT}").set("title", "Đang gõ")
    text = file.read_bytes()
    file.unlink()
    opened = client.root / ".cache/editing/opened"
    kept = set(opened.iterdir())
    gone = page.press("save")
    draft(client, text.decode(), "2023/ten-khac")
    moved = page.press("save")

    assert set(opened.iterdir()) == kept, "looking for a bulletin opens none"
    assert (gone.status, moved.status) == (409, 409)
    assert "content/bulletins/2023/ten-khac/index.md" in moved.text
    assert client.get(f"/sua/2023/ten-khac?phien={page.value('~session')}").value("title") == "Đang gõ"


def test_content_that_is_gone_is_told_as_such_and_not_as_an_office_without_bulletins(client: Client) -> None:
    page = client.get(f"/sua/{KEY}")
    content, away = client.root / "content", client.root / "away"
    content.rename(away)
    try:
        answers = [client.get("/"), client.get("/moi"), page.press("save")]
    finally:
        away.rename(content)

    assert [(answer.status, "không còn ở đó" in answer.text) for answer in answers] == [(500, True)] * 3


def test_a_value_of_another_kind_is_shown_locked_and_stays(client: Client) -> None:
    file = draft(client, LEAST.replace("title: Khối III ký giao ước", "title: [Khối, III]\nblok: x"))
    page = client.get(f"/sua/{DRAFT}")

    assert "title" not in page.names()
    page.set("lead", "Khác.").press("save")
    assert "title: [Khối, III]\nblok: x\nlead: Khác." in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "posted", "written"),
    [
        ("bloc: vpqh-khoi-3", {"bloc.0": "vpqh-khoi-5"}, "bloc: vpqh-khoi-5"),
        ("bloc: vpqh-khoi-3", {}, "bloc: vpqh-khoi-3"),
        ("blocs: [vpqh-khoi-3, vpqh-khoi-5]", {"blocs.1": "bentre-khoi-1"}, "blocs: [vpqh-khoi-3, bentre-khoi-1]"),
        ("bloc:\n  - vpqh-khoi-3\n  - vpqh-khoi-5", {"bloc.0": "bentre-khoi-1"}, "bloc:\n  - bentre-khoi-1\n"),
    ],
)
def test_one_bloc_and_several_are_rows_of_a_list(
    client: Client, typed: str, posted: dict[str, str], written: str
) -> None:
    draft(client, LEAST.replace("bloc: vpqh-khoi-3", typed))
    page = client.get(f"/sua/{DRAFT}")
    for name, value in posted.items():
        page.set(name, value)
    page.press("save")

    assert written in client.file(DRAFT).read_text(encoding="utf-8")
