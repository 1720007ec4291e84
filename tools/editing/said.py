"""What the checker says, said at the fields of a form, with what a click can mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulletins.mistakes import Mistake
from bulletins.reading.bulletin import VERBATIM
from bulletins.reading.frontmatter import Loc, Malformed, split
from bulletins.reading.layout import Node, Point, layout
from bulletins.reading.sources import cleaned
from bulletins.writing.form import Namer, Widget
from bulletins.writing.frontmatter import comments
from bulletins.writing.shapes import BODIES
from tools.editing.form_state import BODY, State, place_of
from tools.editing.workspace import Opened

_FIELD = re.compile(r"^`[^`]*`: ")
_MEANT = re.compile(r"có phải [“`]([^”`]+)[”`]\?|theo năm ở `years` thì là (\d{4}-\d{2}-\d{2})")
_BESIDE = re.compile(r"(?:ảnh|tệp) “(.+?)” (?:nằm trong thư mục|không được đăng; muốn đăng)")
_LISTS = {"P5": "photos", "E6": "attachments"}
"""In which list a file beside a bulletin is missed, by the code that tells of it."""

_QUESTION = re.compile(r"#\s*CẦN XEM:\s*(?P<text>.*)")
_PROPOSAL = re.compile(r"#\s*đề xuất \((?P<sure>[^)]*)\):?\s*(?P<words>.*)")

_WORDS = {
    "V2": "Chỗ này chưa điền.",
    "P1": "Ảnh này chưa có mô tả. Viết một câu tả điều nhìn thấy trong ảnh.",
    "W1 status": "Bản tin đã gỡ phải có ngày gỡ và lý do: mở “Thêm chi tiết cho cả bản tin”, mục “Thông tin gỡ bài”.",
    "W1 withdrawn": "Có thông tin gỡ bài mà Tình trạng chưa là “Đã gỡ”: đổi Tình trạng, hoặc xóa ngày và lý do ở đây.",
}
"""What is said in a form of what a file would need a line for: by code, where need be with the field."""


@dataclass(frozen=True)
class Offer:
    """A button: what is shown on it, and what it does (the value of `do`)."""

    label: str
    do: str


@dataclass(frozen=True)
class Remark:
    """A mistake as a form says it: at which widget, how grave, in which words, and what a click can mend."""

    name: str
    id: str
    label: str
    level: str
    code: str
    message: str
    offers: tuple[Offer, ...] = ()


_NO_LABEL = "Bản tin"
_SHOWN_OF_LINE = 60
"""Letters by which a line of a text is known."""


def remarks(mistakes: Iterable[Mistake], text: str, tops: Sequence[Widget], namer: Namer) -> list[Remark]:
    """The mistakes, each at the widget it is about: by the field it names, or else by its place in the text."""
    by_name = {widget.name: widget for top in tops for widget in top.walk()}
    root, first_of_body = _layout(text)
    return [_remark(mistake, _target(mistake, by_name, root, first_of_body), by_name, namer) for mistake in mistakes]


def strange_letters(state: State, tops: Sequence[Widget]) -> list[Remark]:
    """What a form says that no file may hold, each at its field with the line in which it stands."""
    by_name = {widget.name: widget for top in tops for widget in top.walk()}
    return [_strange(mistake, name, line, by_name) for name, text in state.texts() for mistake, line in _refused(text)]


def _refused(text: str) -> Iterator[tuple[Mistake, str]]:
    try:
        cleaned("", text)
    except Malformed as refused:
        lines = text.split("\n")
        yield from ((mistake, lines[mistake.line - 1]) for mistake in refused.mistakes)


def _strange(mistake: Mistake, name: str, line: str, by_name: Mapping[str, Widget]) -> Remark:
    message = f"Ở dòng “{line.strip()[:_SHOWN_OF_LINE]}”: {mistake.message}"
    return Remark(name, _id(name, by_name.get(name)), _label(name, by_name), mistake.level, mistake.code, message)


def _layout(text: str) -> tuple[Node | None, int]:
    try:
        head, _, first = split("", cleaned("", text).text)
    except Malformed:
        return None, 1
    return layout(head, VERBATIM), first


def _target(mistake: Mistake, by_name: dict[str, Widget], root: Node | None, first_of_body: int) -> str:
    loc = mistake.loc or _LISTS.get(mistake.code, "")
    if not loc and mistake.line >= first_of_body:
        return BODY
    if not loc and root:
        loc = ".".join(map(str, _place_of_line(root, Point(mistake.line - 2, mistake.column - 1))))
    while loc and loc not in by_name:
        loc = loc.rpartition(".")[0]
    return loc


def _place_of_line(root: Node, at: Point) -> Loc:
    """What stands at a point, or else what ends or begins in its line: a mistake may be in a comment."""
    nodes = [(loc, node) for loc, node in root.walk() if loc]
    inside = [loc for loc, node in nodes if node.start <= at <= node.end and not node.is_block]
    ending = [loc for loc, node in nodes if node.end.line == at.line and not node.is_block]
    keyed = [(*loc, key) for loc, node in root.walk() for key, where in node.keys.items() if where.line == at.line]
    return next((places[-1] for places in (inside, ending, keyed) if places), ())


def _remark(mistake: Mistake, name: str, by_name: dict[str, Widget], namer: Namer) -> Remark:
    widget = by_name.get(name)
    message = _FIELD.sub("", mistake.message)
    exact = widget is not None and name == mistake.loc
    offers: tuple[Offer, ...] = ()
    if exact:
        message = _WORDS.get(f"{mistake.code} {name}") or _WORDS.get(mistake.code, message)
    if widget and widget.kind in BODIES and mistake.code == "B1":
        message, offers = _unknown(widget, namer, message)
    elif widget and (meant := _MEANT.search(message)):
        word = meant[1] or meant[2]
        offers = (Offer(f"Có phải “{word}”?", f"take:{name}:{word}"),)
    elif mistake.code in _LISTS and (beside := _BESIDE.search(message)):
        message = f"“{beside[1]}” nằm trong thư mục của bản tin nhưng chưa có ở đây, nên không lên trang."
        offers = (Offer("Thêm vào bản tin", f"declare:{_LISTS[mistake.code]}:{beside[1]}"),)
    message = message[:1].upper() + message[1:]
    label = _label(name, by_name)
    return Remark(name, _id(name, widget), label, mistake.level, mistake.code, message, offers)


def _id(name: str, widget: Widget | None) -> str:
    return "f-body" if name == BODY else widget.id if widget else "f-top"


def _label(name: str, by_name: Mapping[str, Widget]) -> str:
    """The field's label with those of the groups around it: “Ảnh 2, Mô tả ảnh”."""
    if name == BODY:
        return "Nội dung"
    parts = name.split(".") if name else []
    labels: list[str] = []
    for n in range(1, len(parts) + 1):
        widget = by_name.get(".".join(parts[:n]))
        if parts[n - 1].isdecimal() and labels:
            labels[-1] += f" {int(parts[n - 1]) + 1}"
        elif widget and widget.label:
            labels.append(widget.label)
    return ", ".join(labels) or _NO_LABEL


def _unknown(widget: Widget, namer: Namer, message: str) -> tuple[str, tuple[Offer, ...]]:
    """What is said of a name that the register does not have, or not here."""
    typed = widget.value
    unknown = namer.refused(widget.kind, typed)
    if unknown is None:
        return message, ()
    near = tuple(Offer(f"Có phải “{name}”?", f"take:{widget.name}:{id_}") for id_, name in unknown.candidates)
    if unknown.ambiguous:
        return f"“{typed}” là tên của nhiều nơi trong danh bạ; chọn một.", near
    return f"Danh bạ chưa có “{typed}”.", (*near, Offer("Thêm vào danh bạ…", f"register:{widget.name}"))


@dataclass(frozen=True)
class Question:
    """What an importer left beside a value: a question, or how sure a proposal is; with the words it rests on."""

    text: str
    words: str
    is_open: bool
    is_sure: bool = False


def question(comment: str) -> Question | None:
    """The question in a comment behind a value, or None if the comment is none."""
    asked = _QUESTION.match(comment)
    if asked:
        text, _, words = asked["text"].partition("|")
        return Question(text.strip(), words.strip(), True)
    proposed = _PROPOSAL.match(comment)
    if proposed:
        is_sure = proposed["sure"] == "chắc"
        text = "Máy đề xuất, theo chữ của bài:" if is_sure else "Máy còn ngờ, đoán theo chữ của bài:"
        return Question(text, proposed["words"].strip(), False, is_sure)
    return None


def questions(text: str) -> dict[str, Question]:
    """What importing left beside the values of a file, by the value's place."""
    behind = ((".".join(map(str, loc)), question(comment)) for loc, comment in comments(text, VERBATIM).items())
    return {name: asks for name, asks in behind if asks}


def settled(base: Opened, state: State, namer: Namer) -> list[Loc]:
    """The places, in the wanted tree, whose question is answered: somebody said so, or wrote another value."""
    asked = questions(base.text)
    answered = []
    for widget in (inner for top in state.without_blank_rows.widgets(namer) for inner in top.walk()):
        was = ".".join(map(str, widget.was)) if widget.was is not None else None
        if was not in asked:
            continue
        place = place_of(widget.name)
        if was in state.settled or _value(base.data, place_of(was)) != _value(state.plain, place):
            answered.append(place)
    return answered


def _value(data: Any, loc: Loc) -> Any:
    for part in loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def clash(loc: Loc, by_name: Mapping[str, Widget]) -> Remark:
    """What is said where two people wrote different things."""
    name = ".".join(map(str, loc))
    while name and name not in by_name and name != BODY:
        name = name.rpartition(".")[0]
    message = "Hai người sửa khác nhau chỗ này."
    return Remark(name, _id(name, by_name.get(name)), _label(name, by_name), "clash", "", message)
