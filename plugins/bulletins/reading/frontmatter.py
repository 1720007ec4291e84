"""The syntax of front matter and of the register: YAML read as texts with positions, and nothing clever in it.

Every scalar stays the text its author typed; types come later, from the model. Anchors, aliases, tags and duplicate
keys are refused: they carry surprises (`16:25` is no 985 here) and bombs (`faults.md` rows 3 to 5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import yaml

from bulletins.mistakes import Mistake

Loc = tuple[str | int, ...]
MARK = "---"
DEEPEST = 20
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Position:
    """Line and column in the file, from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Tree:
    """Data made of dicts, lists, texts and `None`, with where each value and each key stands."""

    name: str
    data: Any = None
    values: dict[Loc, Position] = field(default_factory=dict)
    keys: dict[Loc, Position] = field(default_factory=dict)

    def position(self, loc: Loc, *, key: bool = False) -> Position:
        """Where a value (or its key) stands; for one that is not there, where what should hold it stands."""
        if key and loc in self.keys:
            return self.keys[loc]
        return self.values.get(self.known(loc), Position(1, 1))

    def known(self, loc: Loc) -> Loc:
        """The place itself, or the nearest around it that the author typed."""
        while loc and loc not in self.values:
            loc = loc[:-1]
        return loc

    def entries(self) -> list[Tree]:
        """The entries of a tree that is a list, each as a tree of its own."""
        parts = [Tree(self.name, data) for data in self.data]
        for positions, own in ((self.values, "values"), (self.keys, "keys")):
            for loc, at in positions.items():
                if loc:
                    getattr(parts[int(loc[0])], own)[loc[1:]] = at
        return parts

    def mistake(self, loc: Loc, code: str, message: str, *, key: bool = False) -> Mistake:
        """A mistake at the place of a value, or of its key."""
        at = self.position(loc, key=key)
        return Mistake(self.name, at.line, at.column, code, message)


class _Mark(Protocol):
    """A place in the YAML text, counted from 0."""

    line: int
    column: int


class Malformed(Exception):
    """The file cannot be taken apart; carries what is wrong with it."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


def split(name: str, text: str) -> tuple[str, str, int]:
    """Front matter, body, and the number of the body's first line, of a text that starts with `---`.

    Raises `Malformed` when either mark is missing.
    """
    lines = text.split("\n")
    if not text.strip():
        raise Malformed(Mistake(name, 1, 1, "F7", "tệp trống; chép lại từ một bản tin mẫu, hoặc xóa thư mục này"))
    if lines[0].rstrip() != MARK:
        message = "dòng đầu tiên phải là ba dấu gạch `---`, sau đó mới đến phần khai báo (id, title…)"
        raise Malformed(Mistake(name, 1, 1, "F7", message))
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == MARK), None)
    if end is None:
        message = "phần khai báo không có dòng kết thúc; thêm một dòng `---` trước phần nội dung"
        raise Malformed(Mistake(name, 1, 1, "F8", message))
    return "\n".join(lines[1:end]) + "\n", "\n".join(lines[end + 1 :]), end + 2


def parse(name: str, text: str, first_line: int = 1) -> Tree:
    """The tree of a YAML text that begins at `first_line` of the file `name`. Raises `Malformed`."""
    builder = _Builder(name, first_line)
    try:
        return builder.build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        raise Malformed(builder.syntax_mistake(error, text)) from error
    except yaml.YAMLError as error:
        raise Malformed(Mistake(name, first_line, 1, "Y1", f"phần khai báo không đọc được: {error}")) from error


class _Builder:
    """Builds a tree from the parser's events, so that nothing is expanded and nothing is lost."""

    def __init__(self, name: str, first_line: int) -> None:
        self.tree = Tree(name)
        self.mistakes: list[Mistake] = []
        self.first_line = first_line

    def build(self, events: Iterator[yaml.Event]) -> Tree:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._refuse_second_document(event)
                self.tree.data = self._value(next(events), events, ())
        if self.mistakes:
            raise Malformed(*self.mistakes)
        return self.tree

    def _refuse_second_document(self, event: yaml.Event) -> None:
        if self.tree.values:
            self._note(event, "Y1", "dấu `---` lạc giữa phần khai báo; xóa dòng này")
            raise Malformed(*self.mistakes)

    def _at(self, mark: _Mark | None) -> Position:
        return Position(mark.line + self.first_line, mark.column + 1) if mark else Position(self.first_line, 1)

    def _note(self, event: yaml.Event, code: str, message: str) -> None:
        at = self._at(event.start_mark)
        self.mistakes.append(Mistake(self.tree.name, at.line, at.column, code, message))

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], loc: Loc) -> Any:
        self.tree.values[loc] = self._at(event.start_mark)
        self._refuse_cleverness(event)
        if len(loc) > DEEPEST:
            self._note(event, "Y5", f"lồng quá {DEEPEST} bậc; xem lại các dấu ngoặc và chỗ thụt lề")
            raise Malformed(*self.mistakes)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, loc)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, loc)
        return self._scalar(event)

    def _scalar(self, event: yaml.Event) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            return None
        plain = event.implicit[0]
        return None if plain and event.value in _NOTHING else str(event.value)

    def _sequence(self, events: Iterator[yaml.Event], loc: Loc) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*loc, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], loc: Loc) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, mapping)
            self.tree.keys.setdefault((*loc, key), self._at(event.start_mark))
            mapping[key] = self._value(next(events), events, (*loc, key))
        return mapping

    def _key(self, event: yaml.Event, mapping: dict[str, Any]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._note(event, "Y1", "tên trường phải là chữ thường; xem lại dấu ngoặc và dấu hai chấm")
            raise Malformed(*self.mistakes)
        self._refuse_cleverness(event)
        if event.value in mapping:
            self._note(event, "Y2", f"trường `{event.value}` khai hai lần; giữ lại một dòng")
        return str(event.value)

    def _refuse_cleverness(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "dấu `&` hoặc `*` ở đầu giá trị có nghĩa riêng; đặt cả giá trị trong dấu nháy kép"
            self._note(event, "Y3", message)
        elif getattr(event, "tag", None):
            self._note(event, "Y3", "dấu `!` ở đầu giá trị có nghĩa riêng; đặt cả giá trị trong dấu nháy kép")

    def syntax_mistake(self, error: yaml.MarkedYAMLError, text: str) -> Mistake:
        """What the parser found, in an author's words."""
        at = self._at(error.problem_mark or error.context_mark)
        code, message = _explain(str(error.problem or ""), _line(text, at.line - self.first_line))
        return Mistake(self.tree.name, at.line, at.column, code, message)


def _line(text: str, index: int) -> str:
    lines = text.split("\n")
    return lines[index] if 0 <= index < len(lines) else ""


def _explain(problem: str, line: str) -> tuple[str, str]:
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in problem:
        return "Y4", "dòng thụt vào bằng phím Tab; thay bằng dấu cách (mỗi bậc hai dấu cách)"
    if "mapping values are not allowed" in problem:
        return "Y1", 'có dấu hai chấm giữa giá trị; đặt cả giá trị trong dấu nháy kép, ví dụ title: "Khối III: ký kết"'
    if "end of stream" in problem or "quoted scalar" in problem:
        return "Y1", "dấu nháy hoặc dấu ngoặc mở ra mà không đóng lại; thêm dấu đóng ở cuối giá trị"
    if "cannot start any token" in problem:
        return "Y1", "giá trị bắt đầu bằng một dấu có nghĩa riêng; đặt cả giá trị trong dấu nháy kép"
    if "could not find expected ':'" in problem:
        return "Y1", "dòng này thiếu dấu hai chấm sau tên trường, hoặc thụt lề chưa thẳng với dòng trên"
    return "Y1", "khai báo sai cú pháp; xem lại dấu hai chấm, dấu nháy, dấu gạch đầu dòng và chỗ thụt lề ở dòng này"
