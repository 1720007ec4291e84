"""What the model refuses, said to an author: one line in Vietnamese with the mend."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bulletins.domain.record import Record
from bulletins.mistakes import Mistake
from bulletins.reading.frontmatter import Loc, Tree

Said = tuple[str, str]
"""A code and a message."""

_KINDS = {"bloc": "khối, cụm", "unit": "đơn vị", "host": "cơ quan tổ chức"}
_SLIPS = {
    "draft": "bản nháp thì ghi `status: draft`",
    "date": "ngày đăng ghi ở `published`, ngày diễn ra ghi ở `ceremony` → `date`",
    "category": "khối thi đua ghi ở `bloc`",
    "tags": "phân loại bằng `ceremony` → `kinds` và `years`",
    "summary": "đoạn tóm tắt ghi ở `lead`",
    "author": "tác giả ghi ở `bylines`",
    "slug": "địa chỉ của bản tin lấy từ `id`",
    "event": "buổi lễ ghi ở `ceremony`",
}
"""Fields other tools have: what stands for them here."""

_FILES = {"bloc": "blocs.yaml", "unit": "units.yaml", "host": "hosts.yaml"}


def mistakes(tree: Tree, error: ValidationError, model: type[Record]) -> Iterator[Mistake]:
    """Every mistake the model found in a tree, each at its own place, in the tree's order."""
    for details in error.errors(include_url=False):
        loc: Loc = details["loc"]
        of_field = details["type"] in ("extra_forbidden", "missing")
        code, message = _say(details, model)
        where = _dotted(loc if of_field else tree.known(loc))
        yield tree.mistake(loc, code, f"`{where}`: {message}", key=of_field)


def _dotted(loc: Loc) -> str:
    """`bloc_years.0.head` is written `bloc_years[1].head`: people count from one."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc]
    return "".join(parts).removeprefix(".")


def _say(details: ErrorDetails, model: type[Record]) -> Said:
    context = details.get("ctx", {})
    if details["type"] in ("extra_forbidden", "missing"):
        return _field(details["type"], details["loc"], model)
    if details["type"] == "string_pattern_mismatch":
        return (
            "V5",
            f"“{details['input']}” không dùng làm mã được; chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối",
        )
    say = _SAYINGS.get(details["type"])
    return say(context, details["input"]) if say else ("V3", _shape(details))


def _field(kind: str, loc: Loc, model: type[Record]) -> Said:
    name = str(loc[-1])
    fields = _fields(_model_at(model, loc[:-1]))
    if kind == "missing":
        return "V2", f"thiếu trường này ({fields.get(name, name)}); thêm dòng `{name}: …`"
    if name in _SLIPS:
        return "V1", f"không có trường này; {_SLIPS[name]}"
    near = get_close_matches(name, list(fields), n=1, cutoff=0.6)
    mend = f"có phải `{near[0]}`?" if near else f"các trường dùng được: {', '.join(fields)}"
    return "V1", f"không có trường này; {mend}"


def _fields(model: type[Record] | None) -> dict[str, str]:
    if model is None:
        return {}
    return {field.alias or name: field.description or name for name, field in model.model_fields.items()}


def _model_at(model: type[Record] | None, loc: Loc) -> type[Record] | None:
    """The record class that stands at a place of the tree."""
    for part in loc:
        if model is None:
            return None
        if isinstance(part, str):
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            model = _record_in(fields[part].annotation) if part in fields else None
    return model


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (_record_in(inner) for inner in typing.get_args(annotation))
    return next((record for record in found if record), None)


def _shape(details: ErrorDetails) -> str:
    kind = details["type"]
    if kind in ("model_type", "dict_type", "mapping_type"):
        return "ở đây cần một nhóm trường thụt vào dưới tên này, mỗi trường một dòng `tên: giá trị`"
    if kind in ("tuple_type", "list_type"):
        return "ở đây cần một danh sách, mỗi mục một dòng bắt đầu bằng `- `"
    if kind in ("string_type", "string_too_short", "int_type", "float_type", "bool_type"):
        return "ở đây cần một giá trị; điền vào, hoặc xóa cả dòng nếu không có"
    return f"giá trị “{details['input']}” không dùng được ({details['msg']})"


def _date(context: Mapping[str, Any], value: object) -> Said:
    text, reason = context["text"], context["reason"]
    if reason == "no_year":
        return "D1", f"ngày “{text}” thiếu năm; thêm năm vào: {context['day']}/{context['month']}/…"
    if reason == "impossible":
        return "D1", f"ngày “{text}” không có trong lịch; xem lại ngày và tháng"
    if reason == "hour_not_wanted":
        return "D1", f"“{text}”: ở đây chỉ ghi ngày, bỏ phần giờ"
    return "D1", f"“{text}” không phải một ngày; viết năm-tháng-ngày như 2023-02-22, hoặc ngày/tháng/năm như 22/02/2023"


def _unknown(context: Mapping[str, Any], value: object) -> Said:
    kind, candidates = context["kind"], context["candidates"]
    listed = "; ".join(f"`{body_id}` ({name})" for body_id, name in candidates)
    if context["ambiguous"]:
        return "B2", f"“{context['text']}” là tên của nhiều {_KINDS[kind]}; ghi rõ mã: {listed}"
    mend = f"có phải {listed}?" if listed else "chưa có tên nào gần giống."
    register = f"content/register/{_FILES[kind]}"
    return "B1", f"danh bạ chưa có {_KINDS[kind]} “{context['text']}”; {mend} Nếu đúng là tên mới, thêm vào {register}"


def _vocabulary(context: Mapping[str, Any], value: object) -> Said:
    near = f"có phải `{context['nearest']}`? " if context["nearest"] else ""
    return "V4", f"“{context['text']}” không có trong danh mục; {near}Các mã dùng được: {context['codes']}"


def _range(context: Mapping[str, Any], value: object) -> Said:
    limits = [
        f"từ {context['ge']} trở lên" if "ge" in context else "",
        f"đến {context['le']}" if "le" in context else "",
    ]
    return "V6", f"“{value}” ngoài khoảng cho phép: {' '.join(filter(None, limits))}"


_SAYINGS: dict[str, Callable[[Mapping[str, Any], object], Said]] = {
    "date": _date,
    "unknown_name": _unknown,
    "vocabulary": _vocabulary,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "number": lambda context, value: (
        "V6",
        f"“{context['text']}” không phải một số; viết bằng chữ số, ví dụ 95 hoặc 1.000",
    ),
    "int_from_float": lambda context, value: ("V6", f"“{value}” phải là số nguyên"),
    "flag": lambda context, value: ("V7", f"“{context['text']}”: ở đây chỉ ghi `có` hoặc `không`"),
    "literal_error": lambda context, value: ("V4", f"“{value}” không dùng được; chọn một trong: {context['expected']}"),
    "string_too_long": lambda context, value: ("V5", f"dài quá {context['max_length']} ký tự; rút ngắn lại"),
}
