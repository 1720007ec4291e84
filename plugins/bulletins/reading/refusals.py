"""What the model refuses, said to an author: which message it is, and the words that fill it in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bulletins.domain.record import Record, fields_of, records_in
from bulletins.mistakes import Both, Message, Mistake
from bulletins.reading import messages
from bulletins.reading.frontmatter import Loc, Tree
from bulletins.vietnamese.dates import weekday_name
from bulletins.vietnamese.folding import fold
from bulletins.vietnamese.numerals import bloc_number

Filled = tuple[Message, dict[str, object]]
"""A message and the words that fill it in."""

_KINDS = {
    "bloc": Both("khối, cụm", "bloc"),
    "unit": Both("đơn vị", "unit"),
    "host": Both("cơ quan tổ chức", "host"),
    "movement": Both("phong trào", "movement"),
}
_FILES = {"bloc": "blocs.yaml", "unit": "units.yaml", "host": "hosts.yaml", "movement": "movements.yaml"}
_SLIPS = {
    "draft": Both("bản nháp thì ghi `status: draft`", "a draft has `status: draft`"),
    "date": Both(
        "ngày đăng ghi ở `published`, ngày diễn ra ghi ở `ceremony` → `date`",
        "`published` is the date of publication, `ceremony` → `date` that of the ceremony",
    ),
    "category": Both("khối thi đua ghi ở `bloc`", "the bloc is `bloc`"),
    "tags": Both("phân loại bằng `ceremony` → `kinds` và `years`", "use `ceremony` → `kinds` and `years`"),
    "summary": Both("đoạn tóm tắt ghi ở `lead`", "the summary is `lead`"),
    "author": Both("tác giả ghi ở `bylines`", "authors are `bylines`"),
    "slug": Both("địa chỉ của bản tin lấy từ `id`", "the address is made from `id`"),
    "event": Both("buổi lễ ghi ở `ceremony`", "the event is `ceremony`"),
}
"""Fields other tools have: what stands for them here."""

_PAIR = re.compile('"([^"]*)"')
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEARS_TO_PROPOSE = ("pact", "plan", "reviewed")


def mistakes(tree: Tree, error: ValidationError, model: type[Record]) -> Iterator[Mistake]:
    """Every mistake the model found in a tree, each at its own place, in the tree's order."""
    for details in error.errors(include_url=False):
        of_field = details["type"] in ("extra_forbidden", "missing")
        message, words = _say(details, model, tree)
        say = tree.mistake_in_key if of_field else tree.mistake
        yield say(details["loc"], message, **words)


def _say(details: ErrorDetails, model: type[Record], tree: Tree) -> Filled:
    context, kind = details.get("ctx", {}), details["type"]
    if kind in ("extra_forbidden", "missing"):
        return _field(kind, details["loc"], model, tree)
    if kind == "date" and context["reason"] == "no_year":
        return _no_year(context, tree)
    say = _MESSAGES.get(kind)
    typed = tree.get(details["loc"])
    return say(context, details["input"] if typed is None else typed) if say else _shape(details)


def _field(kind: str, loc: Loc, model: type[Record], tree: Tree) -> Filled:
    name = str(loc[-1])
    fields = _fields(_model_at(model, loc[:-1]))
    if kind == "missing" and loc[0] == "photos" and name == "alt":
        return messages.NO_ALT, {}
    if kind == "missing" and loc == ("bloc",):
        return messages.NO_BLOC, {}
    if kind == "missing" and tree.has(loc):
        return messages.LEFT_EMPTY, {"meaning": fields.get(name, Both(name, name))}
    if kind == "missing":
        return messages.MISSING, {"meaning": fields.get(name, Both(name, name)), "name": name}
    if loc == ("blocs",) and tree.has(("bloc",)):
        return messages.BOTH_BLOC_AND_BLOCS, {}
    if name in _SLIPS:
        return messages.FIELD_OF_OTHER_TOOLS, {"instead": _SLIPS[name]}
    near = get_close_matches(name, list(fields), n=1, cutoff=0.6)
    if near:
        there = tree.has((*loc[:-1], near[0]))
        return messages.NO_SUCH_FIELD_BUT_THERE if there else messages.NO_SUCH_FIELD, {"near": near[0]}
    return messages.NO_SUCH_FIELD_AT_ALL, {"fields": ", ".join(fields)}


def _fields(model: type[Record] | None) -> dict[str, Both]:
    if model is None:
        return {}
    return {
        key: Both(info.description or key, str((info.json_schema_extra or {}).get("x-en", key)))
        for key, info, _ in fields_of(model)
        if not callable(info.json_schema_extra)
    }


def _model_at(model: type[Record] | None, loc: Loc) -> type[Record] | None:
    """The record class that stands at a place of the tree."""
    for part in loc:
        if model is None:
            return None
        if isinstance(part, str):
            hint = next((field.hint for field in fields_of(model) if field.key == part), None)
            model = next(records_in(hint), None)
    return model


def _shape(details: ErrorDetails) -> Filled:
    kind = details["type"]
    if kind in ("model_type", "dict_type", "mapping_type"):
        return messages.WANTS_FIELDS, {}
    if kind in ("tuple_type", "list_type"):
        return messages.WANTS_LIST, {}
    if kind in ("string_type", "string_too_short", "int_type", "float_type", "bool_type"):
        return messages.WANTS_VALUE, {}
    return messages.UNFIT, {"value": details["input"], "why": details["msg"]}


def _no_year(context: Mapping[str, Any], tree: Tree) -> Filled:
    """A day without a year: with the date it has in the year of the pact, if the bulletin names one."""
    years = tree.data.get("years") if isinstance(tree.data, dict) else None
    stated = [str(years.get(key) or "") for key in _YEARS_TO_PROPOSE] if isinstance(years, dict) else []
    year = next((text for text in stated if text.isdecimal() and len(text) == 4), None)
    words = {"text": context["text"], "day": context["day"], "month": context["month"]}
    if year is None:
        return messages.NO_YEAR, words
    return messages.NO_YEAR_BUT_PROPOSED, {
        **words,
        "proposed": f"{year}-{context['month']:02}-{context['day']:02}",
    }


def _date(context: Mapping[str, Any], value: object) -> Filled:
    if context["reason"] == "weekday":
        weekday = datetime.date.fromisoformat(context["date"])
        words = Both(weekday_name(weekday), _WEEKDAYS[weekday.weekday()])
        return messages.OTHER_WEEKDAY, {"text": context["text"], "weekday": words}
    reasons = {"impossible": messages.IMPOSSIBLE, "hour_not_wanted": messages.HOUR_NOT_WANTED}
    return reasons.get(context["reason"], messages.NO_DATE), {"text": context["text"]}


def _unknown(context: Mapping[str, Any], value: object) -> Filled:
    kind = context["kind"]
    listed = "; ".join(f"`{id_}` ({name})" for id_, name in context["candidates"])
    words = {"kind": _KINDS[kind], "text": context["text"], "listed": listed}
    if context["ambiguous"] and not context["elsewhere"]:
        return messages.AMBIGUOUS, words
    listed = "; ".join(f"“{name}” (`{id_}`)" for id_, name in context["candidates"])
    words |= {"listed": listed, "file": f"content/register/{_FILES[kind]}", "line": _ready_line(context)}
    if context["elsewhere"]:
        return messages.ELSEWHERE, words
    return (messages.UNKNOWN if listed else messages.UNKNOWN_AT_ALL), words


def _ready_line(context: Mapping[str, Any]) -> str:
    """The line an author can paste into the register for a new name: an id made of it once, and the name itself.

    The id of a unit begins as those of its host do, and the line says its province or host, where that is known.
    """
    text, taken = context["text"], {id_ for id_, _ in context["candidates"]}
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(text)).split()
    if context["kind"] == "unit" and context["prefix"]:
        words = [context["prefix"], *words]
    id_ = "-".join(words)[:76].strip("-") or "…"
    free = next(f for n in range(1, 9) if (f := id_ if n == 1 else f"{id_}-{n}") not in taken)
    return f"`- {{id: {free}, names: {_in_quotes(text)}{_belonging(context)}}}`"


def _belonging(context: Mapping[str, Any]) -> str:
    """What the line says besides: where a unit or bloc belongs, and what the name of a bloc tells of it."""
    where = ", {}: {}".format(*context["where"]) if context["where"] else ""
    if context["kind"] == "unit":
        return where
    if context["kind"] != "bloc":
        return ""
    kind = ", kind: cum" if context["text"].casefold().startswith("cụm") else ""
    number = bloc_number(context["text"])
    return f"{kind}{f', number: {number}' if number else ''}{where or ', host: …'}"


def _in_quotes(text: str) -> str:
    plain = _PAIR.sub(r"“\1”", text.replace("\\", "")).replace('"', "”")
    return f'"{plain}"'


def _vocabulary(context: Mapping[str, Any], value: object) -> Filled:
    words = {"text": context["text"], "codes": Both(context["labels"], context["codes"])}
    if context["nearest"]:
        return messages.NOT_IN_LIST, {**words, "near": context["nearest"]}
    return messages.NOT_IN_LIST_AT_ALL, words


def _range(context: Mapping[str, Any], value: object) -> Filled:
    both = [
        (f"từ {context['ge']} trở lên", f"{context['ge']} or more") if "ge" in context else None,
        (f"đến {context['le']}", f"{context['le']} at most") if "le" in context else None,
    ]
    limits = [limit for limit in both if limit]
    return messages.OUT_OF_RANGE, {
        "value": value,
        "limits": Both(" ".join(vi for vi, _ in limits), " ".join(en for _, en in limits)),
    }


def _listed(expected: str) -> str:
    """`vi`, `en` for pydantic's “'vi' or 'en'”."""
    return expected.replace(" or ", ", ").replace("'", "`")


_MESSAGES: dict[str, Callable[[Mapping[str, Any], object], Filled]] = {
    "date": _date,
    "unknown_name": _unknown,
    "vocabulary": _vocabulary,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "reserved": lambda context, value: (messages.RESERVED, {"text": value}),
    "string_pattern_mismatch": lambda context, value: (messages.NO_ID, {"text": value}),
    "school_year": lambda context, value: (messages.OTHER_SCHOOL_YEAR, {**context, "next": context["year"] + 1}),
    "year": lambda context, value: (messages.NO_YEAR_NUMBER, {"text": context["text"]}),
    "number": lambda context, value: (messages.NO_NUMBER, {"text": context["text"]}),
    "focus": lambda context, value: (messages.NO_FOCUS, {"text": context["text"]}),
    "former_address": lambda context, value: (messages.NO_FORMER_ADDRESS, {**context}),
    "int_from_float": lambda context, value: (messages.NO_INTEGER, {"value": value}),
    "flag": lambda context, value: (messages.NO_FLAG, {"text": context["text"]}),
    "literal_error": lambda context, value: (
        messages.NOT_ONE_OF,
        {"text": value, "codes": _listed(context["expected"])},
    ),
    "string_too_long": lambda context, value: (messages.TOO_LONG, {"most": context["max_length"]}),
}
