"""A mistake is told at the very field it is about, whichever field of the model that is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulletins.domain.model import Bulletin
from bulletins.domain.record import Record
from bulletins.mistakes import Message
from bulletins.reading.rules.messages import NOT_USED
from bulletins.reading.text_messages import NOT_ATTACHED, PASSED_OVER
from bulletins.settings import Settings
from bulletins.writing.form import widgets
from bulletins.writing.shapes import Shape, fields_of
from tests.editing.forms import copied
from tools.editing.said import Question, Remark, question, remarks
from tools.editing.workspace import Place, Workspace, taken_apart

WRONG: dict[str, Any] = {
    "text": "",
    "code": "khong_co_ma_nay",
    "codes": ["khong_co_ma_nay"],
    "texts": [""],
    "flag": "có lẽ",
    "day": "31/02/2023",
    "moment": "31/02/2023",
    "number": "nhiều",
    "slug": "Mã Sai",
    "language": "xx",
    "focus": "đâu đó",
    "bloc": "Khối Không Có",
    "unit": "Đơn Vị Không Có",
    "host": "Cơ Quan Không Có",
    "movement": "Phong Trào Không Có",
}


def places(model: type[Record], loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Shape]]:
    """Every field of a record, at any depth, in the first row of a list."""
    for field in fields_of(model):
        yield from _inside(field.shape, (*loc, field.key))


def _inside(shape: Shape, loc: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Shape]]:
    if shape.kind == "group" and shape.model:
        yield from places(shape.model, loc)
    elif shape.kind == "list" and shape.item:
        yield from _inside(shape.item, (*loc, 0))
    else:
        yield loc, shape


PLACES = list(places(Bulletin))


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(copied(tmp_path_factory.mktemp("said")), Settings(site_url="https://example.vn"))


def planted(loc: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """A bulletin with one value, and nothing else that is not needed to read it."""
    data: dict[str, Any] = {
        "id": "a",
        "title": "b",
        "lead": "c",
        "bloc": [] if loc[0] == "bloc" else "vpqh-khoi-3",
        "ceremony": {"kinds": "pact", "date": "2023-03-02"},
        "years": {"pact": "2023"},
    }
    inner: Any = data
    for part, following in zip(loc, (*loc[1:], None), strict=True):
        empty: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(part, int):
            inner.append(empty)
        elif following is None or part not in inner:
            inner[part] = empty
        inner = inner[part]
    return data


def said(work: Workspace, data: dict[str, Any], body: str = "Nội dung.\n") -> list[Remark]:
    text = f"---\n{json.dumps(data, ensure_ascii=False)}\n---\n\n{body}"
    place = Place("2023/a", work.content / "bulletins" / "2023" / "a", "content/bulletins/2023/a/index.md", {})
    tops = widgets(Bulletin, taken_apart(text.encode()).data, work.namer)
    return remarks(work.mistakes(place, text), text, tops, work.namer)


@pytest.mark.parametrize(
    ("loc", "shape"), PLACES, ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else ""
)
def test_a_mistake_in_any_field_is_told_at_its_widget(
    loc: tuple[str | int, ...], shape: Shape, work: Workspace
) -> None:
    name = ".".join(map(str, loc))
    told = [remark for remark in said(work, planted(loc, WRONG[shape.kind])) if remark.name == name]

    assert [remark.level for remark in told][:1] == ["error"], name
    assert all(remark.label and remark.message and "`" not in remark.message[:1] for remark in told)


def test_a_field_that_is_missing_is_told_at_the_widget_where_it_would_be_typed(work: Workspace) -> None:
    data = planted(("photos", 0, "file"), "khong-co.jpg")
    del data["title"]
    names = {(remark.name, remark.message) for remark in said(work, data)}

    assert ("title", "Chỗ này chưa điền.") in names
    assert ("photos.0.alt", "Ảnh này chưa có mô tả. Viết một câu tả điều nhìn thấy trong ảnh.") in names


def test_a_mistake_in_the_text_is_told_at_the_text(work: Workspace) -> None:
    found = said(work, planted(("lang",), "vi"), "Gọi số 0912 345 678 để biết thêm.\n\n![](khong-co.jpg)\n")

    assert {remark.name for remark in found if remark.level == "error"} == {"~body"}


@pytest.mark.parametrize(
    ("message", "offered"),
    [(NOT_USED, ["declare:photos:a b.x"]), (NOT_ATTACHED, ["declare:attachments:a b.x"]), (PASSED_OVER, [])],
    ids=["a picture", "a document", "a file of no kind that is published"],
)
def test_a_file_beside_a_bulletin_is_offered_to_the_list_its_message_speaks_of(
    message: Message, offered: list[str], work: Workspace
) -> None:
    [remark] = remarks([message.at("index.md", 1, 1, file="a b.x")], "", [], work.namer)

    assert [offer.do for offer in remark.offers] == offered


@pytest.mark.parametrize(
    ("comment", "asked"),
    [
        ("# CẦN XEM: ngày nào? | \"hôm qua\"", Question("ngày nào?", '"hôm qua"', True)),
        ("# CẦN XEM: ngày nào?", Question("ngày nào?", "", True)),
        ("# đề xuất (ngờ): \"ngày 2\"", Question("Máy còn ngờ, đoán theo chữ của bài:", '"ngày 2"', False)),
        ("# đề xuất (chắc): \"ngày 2\"", Question("Máy đề xuất, theo chữ của bài:", '"ngày 2"', False, True)),
        ("# lời của người viết", None),
    ],
)  # fmt: skip
def test_a_comment_of_the_importer_is_a_question(comment: str, asked: Question | None) -> None:
    assert question(comment) == asked


def test_the_folders_of_a_workspace_are_its_bulletins(work: Workspace) -> None:
    assert sorted(work.places()) == sorted(
        path.parent.relative_to(work.content / "bulletins").as_posix()
        for path in Path(work.content).glob("bulletins/*/*/index.md")
    )
