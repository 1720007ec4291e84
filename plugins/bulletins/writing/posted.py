"""What came back from a form, as a tree: every value that still shows what it showed stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bulletins.domain.record import Record
from bulletins.reading.sources import visible
from bulletins.writing.form import Namer, Rows, opened, rows_of, shown_list, shown_value
from bulletins.writing.shapes import BODIES, Shape, fields_of

Posted = Mapping[str, Sequence[str]]
"""The values of a form's fields by name."""

ABSENT = object()
"""Of a field that says nothing: it stands in no file."""

MARK = "~"
"""Behind a group's or a list's name: that it was in the form, though it may be empty."""

WAS = "~was"

_ENDS = re.compile("\r\n?|[\x0b\x0c\x85]")
"""Line ends of other programs; Word's clipboard has a vertical tab where somebody typed Shift-Enter."""

_NOTHING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What no screen shows and no file of ours may hold."""

_SIGNS = re.compile("^[ \t]*[\ue000-\uf8ff][ \t]*", re.MULTILINE)
"""Signs before the items of Word's lists: letters of its own fonts (Symbol, Wingdings)."""


def tree(model: type[Record], posted: Posted, old: Mapping[str, Any], namer: Namer) -> dict[str, Any]:
    """The tree of a form that was opened with `old`. New fields stand where the model has them."""
    return _group(model, posted, old, namer, "")


def _group(model: type[Record], posted: Posted, old: Mapping[str, Any], namer: Namer, name: str) -> dict[str, Any]:
    prefix = f"{name}." if name else ""
    values = {
        key: _value(field.shape, posted, f"{prefix}{key}", old.get(key, ABSENT), namer)
        for field in fields_of(model)
        for key in [field.key_in(old)]
    }
    dropped = set(posted.get("~drop", ()))
    kept = {key: values.get(key, value) for key, value in old.items() if f"{prefix}{key}" not in dropped}
    order = list(values)
    for key, value in values.items():
        if key not in kept and value is not ABSENT:
            kept = _inserted(kept, key, value, order)
    return {key: value for key, value in kept.items() if value is not ABSENT}


def _inserted(data: dict[str, Any], key: str, value: Any, order: list[str]) -> dict[str, Any]:
    """The fields with a new one, behind the last of those that come before it in the model."""
    before = set(order[: order.index(key)])
    place = max((n for n, before_it in enumerate(data, 1) if before_it in before), default=0)
    pairs = list(data.items())
    return dict([*pairs[:place], (key, value), *pairs[place:]])


def _value(shape: Shape, posted: Posted, name: str, old: Any, namer: Namer) -> Any:
    known = None if old is ABSENT else old
    if shape.kind in ("group", "list", "codes", "flag") and f"{name}.{MARK}" not in posted:
        return old
    if shape.kind == "group":
        return _of_group(shape, posted, name, old, namer)
    if shape.kind == "list":
        return _of_list(shape, posted, name, old, namer)
    if shape.kind in ("codes", "texts"):
        return _of_several(shape, posted, name, old)
    shown = shown_value(shape, known, namer)
    if shape.kind == "flag":
        return old if ("true" in posted.get(name, ())) == (shown == "true") else "true" if shown != "true" else ABSENT
    if name not in posted or shown is None:
        return old
    typed = posted[name][0]
    text = cleaned(typed) if "\n" in typed else one_line(typed)
    if text == shown:
        return old
    return _new(shape, text, old, namer) if text else ABSENT


def cleaned(text: str, sign: str = "") -> str:
    """A posted text as files hold it: letters composed, one kind of line end, no blanks around.

    `sign` stands where a sign of Word's began an item of a list.
    """
    return visible(_SIGNS.sub(sign, _NOTHING.sub("", _ENDS.sub("\n", text)))).strip()


def one_line(text: str) -> str:
    """The same of a text that was typed in one line, and stays one."""
    return " ".join(cleaned(text).split("\n"))


def _new(shape: Shape, text: str, old: Any, namer: Namer) -> str:
    if shape.kind in BODIES:
        return namer.meant(shape.kind, text)
    ends = "\n" if isinstance(old, str) and old.endswith("\n") else ""
    return text + ends


def _of_group(shape: Shape, posted: Posted, name: str, old: Any, namer: Namer) -> Any:
    assert shape.model
    fields = opened(shape, None if old is ABSENT else old)
    if fields is None:
        return old
    group = _group(shape.model, posted, fields, namer, name)
    if group == fields:
        return old
    if isinstance(old, str) and shape.short and group.keys() == {shape.short}:
        return group[shape.short]
    return group or ABSENT


def _of_list(shape: Shape, posted: Posted, name: str, old: Any, namer: Namer) -> Any:
    assert shape.item
    before = rows_of(None if old is ABSENT else old, shape.item)
    if before is None:
        return old
    numbers = sorted(
        {int(match[1]) for key in posted if (match := re.match(rf"{re.escape(name)}\.(\d{{1,4}})\.", key))}
    )
    items: list[Any] = []
    was: list[int | None] = []
    for n in numbers:
        row = f"{name}.{n}"
        text = (posted.get(f"{row}.{WAS}") or [""])[0]
        origin = int(text) if text.isdecimal() and int(text) < len(before) else None
        item = _value(shape.item, posted, row, ABSENT if origin is None else before[origin], namer)
        items.append({} if item is ABSENT and shape.item.kind == "group" else "" if item is ABSENT else item)
        was.append(origin)
    if list(before) == items and was == list(range(len(before))):
        return old
    if isinstance(old, str) and len(items) == 1 and items[0]:
        return items[0]
    return Rows(items, was) if items or (isinstance(old, list) and not old) else ABSENT


def _of_several(shape: Shape, posted: Posted, name: str, old: Any) -> Any:
    shown = shown_list(shape, None if old is ABSENT else old)
    if shown is None or (shape.kind == "texts" and name not in posted):
        return old
    if shape.kind == "texts":
        new = tuple(line for line in (cleaned(item) for item in posted[name][0].splitlines()) if line)
    else:
        marked = set(posted.get(name, ()))
        assert shape.vocabulary
        new = tuple(item for item in dict.fromkeys([*shown, *shape.vocabulary.codes]) if item in marked)
    if new == tuple(item for item in shown if item):
        return old
    typed = {} if old is ABSENT else dict(zip(shown, [old] if isinstance(old, str) else old or [], strict=True))
    return [typed.get(item, item) for item in new] or ABSENT
