"""The tables of docs/ that are written from the code: front matter fields, the register, settings."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from bench.reckoning import reckoning_tables
from bulletins.domain import model, record, register
from bulletins.domain.focus import FocusPoint
from bulletins.domain.kinds import Vocabulary
from bulletins.domain.record import CodeOf, Record, Wholesale
from bulletins.settings import Settings
from tools.deploy import write_files
from tools.environment import ROOT
from tools.theme import contract

_MARKED = re.compile(
    r"(?P<begin><!-- generated: (?P<table>\w+)[^\n]*-->\n).*?(?P<end>^<!-- end of generated -->)", re.DOTALL | re.M
)
_NO_ANCHOR = re.compile(r"[^\w\- ]")

# What an author types in a field of each type of `domain/record.py`.
_TYPES: tuple[tuple[Any, str], ...] = (
    (record.Text, "chữ"),
    (record.Slug, "mã (chữ thường không dấu, chữ số, gạch nối)"),
    (record.FormerAddress, "địa chỉ trên trang cũ, bắt đầu bằng `/`"),
    (record.Year, "năm, bốn chữ số"),
    (record.Count, "số nguyên"),
    (record.Number, "số"),
    (record.ChangeInPercent, "số; giảm thì âm"),
    (record.Flag, "`có` hoặc `không`"),
    (record.Day, "ngày"),
    (record.PartialDay, "ngày, tháng hoặc năm"),
    (record.Instant, "ngày, có thể kèm giờ"),
    (record.BlocId, "khối, cụm trong danh bạ"),
    (record.UnitId, "đơn vị trong danh bạ"),
    (record.OrganiserId, "đơn vị trong danh bạ, hoặc khối của bản tin"),
    (record.HostId, "cơ quan trong danh bạ"),
    (record.MovementId, "phong trào trong danh bạ"),
    (record.Language, "`vi` hoặc `en`"),
    (FocusPoint, "điểm của ảnh: `50% 30%`, `trái`, `phải trên` hoặc `{x: 0.5, y: 0.3}`"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand in a field: a type of `domain/record.py` or a record; one or several; a code; a short form."""

    core: Any
    vocabulary: Vocabulary | None = None
    listed: bool = False
    short: str | None = None
    wholesale: str | None = None

    @property
    def group(self) -> type[Record] | None:
        return self.core if isinstance(self.core, type) and issubclass(self.core, Record) else None


@dataclass(slots=True)
class Group:
    """A record class, the places where it stands (`bloc_years.head`), and what it means in each of them."""

    model: type[Record]
    places: list[str] = field(default_factory=list)
    meanings: list[str] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return ", ".join(f"`{place}`" for place in self.places)


def anchor(heading: str) -> str:
    """The anchor that GitHub and others give a heading of Markdown."""
    return _NO_ANCHOR.sub("", heading.strip().lower()).replace(" ", "-")


def shape(hint: Any) -> Shape:
    """What an annotation of a record, read with its extras, lets an author type."""
    if any(hint == known for known, _ in _TYPES):
        return Shape(hint)
    inner = typing.get_args(hint)
    match typing.get_origin(hint):
        case typing.Union | types.UnionType:
            return shape(next(part for part in inner if part is not types.NoneType))
        case origin if origin is tuple:
            return replace(shape(inner[0]), listed=True)
        case typing.Annotated:
            return _marked(shape(inner[0]), inner[1:])
    return Shape(hint)


def _marked(shape: Shape, marks: Iterable[Any]) -> Shape:
    for mark in marks:
        if isinstance(mark, CodeOf):
            shape = replace(shape, vocabulary=mark.vocabulary)
        elif isinstance(mark, record.Short):
            shape = replace(shape, short=mark.key)
        elif isinstance(mark, Wholesale):
            shape = replace(shape, wholesale=mark.word)
    return shape


def shapes_of(of: type[Record]) -> Iterator[tuple[str, FieldInfo, Shape]]:
    """Each field of a record as authors name it, in the record's order."""
    for key, info, hint in record.fields_of(of):
        yield key, info, shape(hint)


def groups(*roots: type[Record]) -> list[Group]:
    """Every record below the roots (not the roots themselves), in the order in which an author meets them."""
    groups: dict[type[Record], Group] = {}
    for root in roots:
        _collect(root, "", groups)
    return list(groups.values())


def _collect(of: type[Record], prefix: str, groups: dict[type[Record], Group]) -> None:
    for name, info, shape in shapes_of(of):
        if shape.group is None:
            continue
        place, known = f"{prefix}{name}", shape.group in groups
        group = groups.setdefault(shape.group, Group(shape.group))
        if place not in group.places:
            group.places.append(place)
            group.meanings.append(info.description or name)
        if not known:
            _collect(shape.group, f"{place}.", groups)


def fields_table() -> str:
    """Every field of a bulletin: one table for each group, then every code list."""
    below = groups(model.Bulletin)
    top = "## Trường ở bậc ngoài cùng\n\n" + _table(model.Bulletin, below)
    return "\n".join(
        [top, *(_section(group, below) for group in below), _codes(model.Bulletin, *(group.model for group in below))]
    )


def register_table() -> str:
    """Every field of the register's three files."""
    files: Mapping[str, type[Record]] = {
        "hosts.yaml": register.Host,
        "blocs.yaml": register.Bloc,
        "units.yaml": register.Unit,
        "movements.yaml": register.MovementEntry,
    }
    below = groups(*files.values())
    tops = [f"### `{name}`\n\n{_table(of, below)}" for name, of in files.items()]
    return "\n".join([*tops, *(_section(group, below) for group in below), _codes(*files.values())])


def settings_table() -> str:
    """Every setting of ours, as `settings.py` lists them."""
    rows = [_setting(setting) for setting in dataclasses.fields(Settings)]
    return "| Setting | Type | Default | Meaning |\n|---|---|---|---|\n" + "".join(rows)


def _setting(setting: dataclasses.Field[Any]) -> str:
    return _row(
        f"`{setting.metadata['name']}`", f"`{setting.type}`", f"`{setting.default!r}`", setting.metadata["meaning"]
    )


def _section(group: Group, below: list[Group]) -> str:
    first, *others = group.meanings
    meaning = "; ".join([first, *(other[0].lower() + other[1:] for other in others)])
    return f"### {group.heading}\n\n{meaning}.\n\n{_table(group.model, below)}"


def _table(of: type[Record], below: list[Group]) -> str:
    rows = [
        _row(
            f"`{name}`",
            _words(shape, below),
            "có" if info.is_required() else "",
            _default(info),
            info.description or "",
        )
        for name, info, shape in shapes_of(of)
    ]
    return "| Trường | Điền gì | Bắt buộc | Bỏ trống thì là | Nghĩa |\n|---|---|---|---|---|\n" + "".join(rows)


def _row(*cells: str) -> str:
    return "|" + "|".join(f" {cell.replace('|', chr(92) + '|')} " if cell else " " for cell in cells) + "|\n"


def _words(shape: Shape, below: list[Group]) -> str:
    words = _word(shape, below)
    rest = f", hoặc `{shape.wholesale}`" if shape.wholesale else ""
    return f"danh sách {words}{rest}" if shape.listed else words


def _word(shape: Shape, below: list[Group]) -> str:
    if shape.vocabulary:
        return _code_words(shape.vocabulary)
    if shape.group:
        heading = next(group.heading for group in below if group.model is shape.group)
        rest = f", hoặc chỉ ghi `{shape.short}`" if shape.short else ""
        return f"[nhóm trường](#{anchor(heading)}){rest}"
    return next(words for known, words in _TYPES if known == shape.core)


def _code_words(vocabulary: Vocabulary) -> str:
    if len(vocabulary.codes) == 1:
        return f"luôn là `{vocabulary.codes[0]}`"
    return f"mã [{vocabulary.meaning}](#{anchor(vocabulary.meaning)})"


def _default(info: FieldInfo) -> str:
    value = info.default
    if value is False:
        return "`không`"
    return f"`{value}`" if isinstance(value, str) and value else ""


def _codes(*records: type[Record]) -> str:
    """Every code list that the records use, each once."""
    used = {
        shape.vocabulary.name: shape.vocabulary
        for of in records
        for _, _, shape in shapes_of(of)
        if shape.vocabulary and len(shape.vocabulary.codes) > 1
    }
    return "## Danh mục mã\n\n" + "\n".join(map(_code_list, used.values()))


def _code_list(vocabulary: Vocabulary) -> str:
    rows = "".join(_row(f"`{term.code}`", term.vi) for term in vocabulary)
    return f"### {vocabulary.meaning}\n\n| Mã | Nghĩa |\n|---|---|\n{rows}"


TABLES: Mapping[str, Callable[[], str]] = {
    "fields": fields_table,
    "reckoning": reckoning_tables,
    "register": register_table,
    "settings": settings_table,
    "theme": contract,
}


def with_tables(text: str) -> str:
    """A page of documentation whose generated parts, between the marks, are as the code has them now.

    Raises `KeyError` for a mark that names no table.
    """
    return _MARKED.sub(lambda part: f"{part['begin']}\n{TABLES[part['table']]()}\n{part['end']}", text)


def pages() -> list[Path]:
    """Every page below docs/ and themes/ that has a generated part."""
    written = sorted(path for folder in ("docs", "themes") for path in (ROOT / folder).rglob("*.md"))
    return [path for path in written if _MARKED.search(path.read_text(encoding="utf-8"))]


def update_tables() -> list[Path]:
    """Write the generated parts, and the files of `deploy/`, anew; returns the paths of all."""
    paths = pages()
    for path in paths:
        text = path.read_text(encoding="utf-8")
        path.write_text(with_tables(text), encoding="utf-8", newline="\n")
    return [*paths, *write_files()]
