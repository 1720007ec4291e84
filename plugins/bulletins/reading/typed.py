"""Text as people type it, put into the few forms that Markdown knows, so that it comes out as it was meant.

Staff paste from Word and type lists, breaks and notes as they do in a letter: a list right after a colon, `1)` and
`a)`, sub-lists by two blanks, lines of an address, a first line moved in. Markdown would run these together or take
their signs away. Nothing here knows HTML: the result is Markdown, and what was left out or looks wrong is noted.
Every pattern is linear in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Note(NamedTuple):
    """Something to tell the author: what (a key of `messages.TYPED`), its line from 0, and the words it is about."""

    what: str
    line: int
    about: str = ""


class Typed(NamedTuple):
    """The text as Markdown, the notes, and the number of each item of its numbered lists, in their order."""

    markdown: str
    notes: tuple[Note, ...]
    numbers: tuple[int, ...]


def as_markdown(text: str) -> Typed:
    """Put a text (NFC, lines ended by `\\n`) into Markdown."""
    notes: list[Note] = []
    text = _without_comments(_without_entities(text, notes), notes)
    lines = text.split("\n")
    notes += (*_conflicts(lines), *_footnotes_apart(text, lines))
    writer = _Writer(lines, notes)
    writer.write()
    blocks = "\n".join(writer.done).split("\n\n")
    markdown = "\n\n".join(map(_with_plain_signs, blocks)) if _SIGNS.search(text) else "\n\n".join(blocks)
    return Typed(markdown, tuple(notes), tuple(writer.numbers))


# --- What is taken out before lines are looked at ---

_ENTITY = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,32})|([0-9]{1,32}))[0-9a-fA-F]*+;?")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff"
    "\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def _without_entities(text: str, notes: list[Note]) -> str:
    """Numbers of characters, such as `&#7879;`, become the characters; one that nobody could see is left out."""
    return _ENTITY.sub(lambda match: _character(match, notes), text) if "&#" in text else text


def _character(match: re.Match[str], notes: list[Note]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    if code in (9, 10, 13, 32, 160):
        return " "
    if code > 0x10FFFF or 0xD800 <= code < 0xE000 or _UNPRINTABLE.match(chr(code)):
        notes.append(Note("character", match.string.count("\n", 0, match.start()), match[0][:20]))
        return ""
    # A sign of Markdown, or of HTML, was meant as itself.
    return f"\\{chr(code)}" if chr(code) in "\\`*_{}[]()>#+-.!|" else _HTML.get(chr(code), chr(code))


_HTML = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def _without_comments(text: str, notes: list[Note]) -> str:
    """Remarks for editors are no part of the text; the lines they stood on stay, so that lines keep their numbers."""
    pieces, last, line = [], 0, 0
    while (start := text.find("<!--", last)) >= 0:
        line += text.count("\n", last, start)
        end = text.find("-->", start)
        if end < 0:
            notes.append(Note("comment_open", line, "<!--"))
            break
        breaks = text.count("\n", start, end)
        notes.append(Note("comment", line, text[start : start + 40].partition("\n")[0]))
        pieces += [text[last:start], "\n" * breaks]
        last, line = end + 3, line + breaks
    return "".join([*pieces, text[last:]])


def _conflicts(lines: Sequence[str]) -> Iterator[Note]:
    """Marks of two versions of a file that somebody must choose between."""
    for number, line in enumerate(lines):
        if re.match(r"(<{7}|>{7}|\|{7})(?: |$)", line):
            yield Note("conflict", number, line[:7])


_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s\[]{1,30})\](:?)")


def _footnotes_apart(text: str, lines: Sequence[str]) -> Iterator[Note]:
    """Notes that nothing in the text leads to, and places that lead to a note that is not there."""
    if "[^" not in text:
        return
    marks = [(number, match[1], match.start() == 0 and match[2] == ":") for number, line in enumerate(lines)
             for match in _FOOTNOTE_MARK.finditer(line.lstrip())]  # fmt: skip
    notes = {name for _, name, is_note in marks if is_note}
    places = {name for _, name, is_note in marks if not is_note}
    for number, name, is_note in marks:
        if name not in (places if is_note else notes):
            yield Note("footnote_unused" if is_note else "footnote_missing", number, f"[^{name}]")


# --- Lines ---

_ITEM = re.compile(
    r"(?P<indent>[ \t\u3000]*)(?P<mark>[-*+•●▪◦·–—]|\d{1,3}[.)]|[a-zđ]\))"
    r"(?:[ \t]+|(?<=[•●▪◦])(?=\S))(?P<text>\S.*)$"
)
_FENCE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_LABEL = re.compile(r"(?:\*\*)?[^\W\d_][^:*|\n]{0,38}(?::\*\*|\*\*:|:)[ \t]+\S")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,}|={3,})$")
_HASH = re.compile(r"[ \t]{0,3}#{1,6}(?![#\s]|$)")
_DEFINITION = re.compile(r"[ \t]{0,3}\[(?P<label>[^\]^][^\]]*)\]:")
_BRACKETS = re.compile(r"\[([^\[\]]{1,200})\]")
_FOOTNOTE = re.compile(r"[ \t]{0,3}\[\^[^\]\s]+\]:")
_BLANK_IN_NAME = re.compile(
    r"\]\((?P<name>[^()<>\"\s][^()<>\"\n]*(?:\([^()\"\n]*\)[^()<>\"\n]*)?\.[a-zA-Z0-9]{2,5})"
    r"(?P<title> +\"[^\"\n]*\")?\)"
)
"""A link to a file whose name may hold blanks and brackets, as cameras and Windows give them."""

_YEAR = re.compile(r"[ \t]{0,3}\d{4,}\.[ \t]")
_SIGN = re.compile(r"[ \t]{0,3}(?:>[ \t]*[\d=]|[+-][ \t]+\d)")
_BREAK = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_TABS = re.compile(r"\S[ ]*\t[ \t]*\S")


def _kind(mark: str) -> str:
    """What makes items of one list: bullets of one sign, numbers, or letters."""
    if mark[-1] in ".)":
        return "number" if mark[0].isdigit() else "letter"
    return "+" if mark == "+" else "-"


@dataclass(slots=True)
class _Level:
    """A list that is open: how far its items are moved in, what marks them, and whether the last ends with a colon."""

    indent: int
    kind: str
    leads_on: bool = False


@dataclass(slots=True)
class _Writer:
    """Goes through the lines once, and writes each as Markdown."""

    lines: Sequence[str]
    notes: list[Note]
    done: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    _levels: list[_Level] = field(default_factory=list)
    _in_footnote: bool = False
    _columns: int = 0
    """How many cells the head of the table has that is being written; 0 outside tables."""

    _first_lines_moved_in: bool = False
    _labels: Counter[str] = field(default_factory=Counter)

    def write(self) -> None:
        self._first_lines_moved_in = self._moves_first_lines_in()
        for number, line in enumerate(self.lines):
            self._line(number, line)

    def _line(self, number: int, line: str) -> None:
        if not line.strip():
            self._columns = 0
            self.done.append("")
        elif self._columns:
            self._row(number, line)
        elif self._is_table(number):
            self._begin_table(number, line)
        elif self._in_footnote and line[:1] in " \t" and not self._levels:
            self.done.append(line)
        elif (item := _ITEM.match(line)) and not _RULE.match(line) and self._is_item(number, item):
            self._item(item)
        else:
            self._words(number, line)

    # Tables

    def _is_table(self, number: int) -> bool:
        following = self.lines[number + 1] if number + 1 < len(self.lines) else ""
        return "|" in self.lines[number] and "|" in following and bool(_FENCE.match(following))

    def _begin_table(self, number: int, line: str) -> None:
        self._close_lists()
        self._blank()
        self._columns = _cells(line)
        self.done.append(line.strip())

    def _row(self, number: int, line: str) -> None:
        if "|" not in line:
            self._columns = 0
            self._blank()
            self._line(number, line)
            return
        cells = 0 if _FENCE.match(line) else _cells(line)
        if cells > self._columns:
            self.notes.append(Note("cells_more", number, line.strip()[:40]))
        elif cells and ("||" in line or cells < self._columns):
            self.notes.append(Note("cells_merged", number, line.strip()[:40]))
        self.done.append(line.strip())

    # Lists

    def _is_item(self, number: int, item: re.Match[str]) -> bool:
        """Whether a line with a mark at its start is an item of a list, and not words that begin with a sign."""
        if self._levels:
            return True
        if item["text"][0].isdigit() and _kind(item["mark"]) in "+-" and not self._has_neighbour(number, item):
            return False
        before = self.lines[number - 1].rstrip(" *_") if number else ""
        if not before.strip() or self.done[-1:] == [""]:
            return item["mark"] != "—" or self._has_neighbour(number, item)
        begins = item["mark"] in ("1.", "1)", "a)") or _kind(item["mark"]) in "+-"
        return begins and (before.endswith(":") or self._has_neighbour(number, item))

    def _has_neighbour(self, number: int, item: re.Match[str]) -> bool:
        """Whether another item of the same kind stands next to this one, perhaps after an empty line."""
        for step in (1, -1):
            place = number + step
            if 0 <= place < len(self.lines) and not self.lines[place].strip():
                place += step
            other = _ITEM.match(self.lines[place]) if 0 <= place < len(self.lines) else None
            if other and _kind(other["mark"]) == _kind(item["mark"]):
                return True
        return False

    def _item(self, item: re.Match[str]) -> None:
        indent, kind = _width(item["indent"]), _kind(item["mark"])
        is_after_blank = self.done[-1:] == [""]
        if not self._levels:
            self._blank()
        self._find_level(indent, kind, is_after_blank)
        level = self._levels[-1]
        level.leads_on = item["text"].rstrip(" *_").endswith(":")
        mark = self._mark(item, kind)
        self.done.append(f"{'    ' * (len(self._levels) - 1)}{mark}{_broken(item['text'])}")

    def _mark(self, item: re.Match[str], kind: str) -> str:
        if kind == "number":
            self.numbers.append(int(item["mark"][:-1]))
            return f"{item['mark'][:-1]}. "
        return f"- {item['mark']} " if kind == "letter" else "- "

    def _find_level(self, indent: int, kind: str, is_after_blank: bool) -> None:
        """Open or close lists so that the last one open is the one that the item belongs to."""
        while self._levels and indent < self._levels[-1].indent - 1 and len(self._levels) > 1:
            self._levels.pop()
        if not self._levels or indent >= self._levels[-1].indent + 2:
            self._levels.append(_Level(indent, kind))
            return
        same = [n for n, level in enumerate(self._levels) if level.kind == kind and abs(level.indent - indent) < 2]
        if same:
            del self._levels[same[-1] + 1 :]
        elif not is_after_blank or self._levels[-1].leads_on:
            self._levels.append(_Level(indent, kind))
        else:
            self._levels[:] = [_Level(indent, kind)]
            self._blank()

    def _close_lists(self) -> None:
        self._levels.clear()

    # All other lines

    def _words(self, number: int, line: str) -> None:
        indent = _width(line[: len(line) - len(line.lstrip())])
        is_after_blank = self.done[-1:] in ([""], [])
        if self._levels and is_after_blank and not (indent >= 2 and not self._first_lines_moved_in):
            self._close_lists()
        if self._levels and not _RULE.match(line):
            inside = (
                max(1, sum(level.indent < indent for level in self._levels))
                if is_after_blank
                else len(self._levels) - 1
            )
            self.done.append(f"{'    ' * inside}{_broken(line.strip())}")
            return
        self._levels.clear()
        self._in_footnote = bool(_FOOTNOTE.match(line)) or (self._in_footnote and is_after_blank and indent > 0)
        self.done.append(self._paragraph_line(number, line))

    def _paragraph_line(self, number: int, line: str) -> str:
        if not line[0].isalpha() and _RULE.match(line):
            self._blank()
            return "- - -"
        if "\t" in line and _TABS.search(line) and self._has_tabs_beside(number):
            self.notes.append(Note("tabs", number, line.partition("\t")[0].strip()[:40]))
        words = self._literal(line)
        words = _BLANK_IN_NAME.sub(r"](<\g<name>>\g<title>)", words) if "](" in words else words
        if self._ends_before_label(number, line):
            return f"{words.rstrip()}  "
        return _broken(words) if not line.endswith("  ") else f"{words}  "

    def _literal(self, line: str) -> str:
        """The words of a line, the sign it begins with kept where Markdown would take it for a mark."""
        if line[0].isalpha():
            return line.strip()
        words = _literal_start(line.strip() if not line.startswith(">") else line)
        definition = _DEFINITION.match(line)
        return f"\\{words}" if definition and not self._is_used(definition["label"]) else words

    def _has_tabs_beside(self, number: int) -> bool:
        """Whether this is the second line running of what looks like a table from Word."""
        before = [bool(_TABS.search(line)) for line in self.lines[max(0, number - 2) : number]]
        return before[-1:] == [True] and before[:-1] != [True]

    def _is_used(self, label: str) -> bool:
        """Whether a link elsewhere in the text refers to this definition; otherwise it is words."""
        if not self._labels:
            self._labels = Counter(match[1].casefold() for line in self.lines for match in _BRACKETS.finditer(line))
        return self._labels[label.casefold()] > 1

    def _ends_before_label(self, number: int, line: str) -> bool:
        """Whether this line and the next are lines of an address block: each begins with a short label and a colon."""
        following = self.lines[number + 1].strip() if number + 1 < len(self.lines) else ""
        return bool(_LABEL.match(line.strip()) and _LABEL.match(following))

    def _moves_first_lines_in(self) -> bool:
        """Whether paragraphs of this text, outside lists, begin with blanks, as letters on paper do."""
        in_list = False
        for before, line in zip(["", *self.lines], self.lines, strict=False):
            if _ITEM.match(line):
                in_list = True
            elif line.strip() and not before.strip():
                if line[0] in " \t\u3000" and not in_list:
                    return True
                in_list = in_list and line[0] in " \t"
        return False

    def _blank(self) -> None:
        if self.done and self.done[-1] != "":
            self.done.append("")


def _width(blanks: str) -> int:
    """How far a line is moved in; a tab, and a wide blank of Word, count as four."""
    return sum(1 if sign == " " else 4 for sign in blanks)


def _cells(row: str) -> int:
    """The cells of a row of a table; a bar after a backslash is a sign in a cell."""
    inside = re.sub(r"\\\|", "", row.strip())
    inside = inside.removeprefix("|").removesuffix("|")
    return inside.count("|") + 1


def _broken(line: str) -> str:
    """The line with a break at its end where a backslash asks for one."""
    return f"{line[:-1]}  " if line.endswith("\\") and _BREAK.search(line) else line


def _literal_start(line: str) -> str:
    """The line with the sign it begins with kept, where Markdown would take it for a mark."""
    if _HASH.match(line) or _SIGN.match(line):
        return f"\\{line}"
    if _YEAR.match(line):
        return line.replace(".", "\\.", 1)
    return line


# --- Signs among words ---

_SIGNS = re.compile(r"[*\\]")
_STARS = re.compile(r"(?<!\\)\*+")
_BULLETS = re.compile(r"^[ \t]*\*(?= )", re.MULTILINE)
_PATH = re.compile(r"\\\\(?=\w)|(?<=\w:)\\(?=[^\s\w]|_)")


def _with_plain_signs(block: str) -> str:
    """A paragraph in which a star is a mark only where two of them hold words between them, as in `**đậm**`."""
    if "\\" in block:
        block = _PATH.sub(lambda match: "\\\\" * len(match[0]), block)
    if "*" not in block:
        return block
    bullets = {match.end() for match in _BULLETS.finditer(block)}
    marks = [match for match in _STARS.finditer(block) if match.end() not in bullets]
    bold = [match for match in marks if len(match[0]) == 2 and not _is_note(block, match)]
    pairs = list(zip(bold[::2], bold[1::2], strict=False))
    block_edits = {m.start(): (m, "\\*" * len(m[0])) for m in _lonely(block, marks, pairs)}
    for begin, end in pairs:
        inner = block[begin.end() : end.start()]
        if not inner.strip() or "\n\n" in inner:
            block_edits |= {m.start(): (m, "\\*\\*") for m in (begin, end)}
    left = [match for match in marks if match.start() not in block_edits]
    if _overlap([len(match[0]) for match in left]):
        block_edits |= {m.start(): (m, "\\*" * len(m[0])) for m in left}
    edited = _edited(block, block_edits)
    return _BLANKS_INSIDE.sub(_blanks_outside, edited) if pairs else edited


def _lonely(
    block: str, stars: Sequence[re.Match[str]], pairs: Sequence[tuple[re.Match[str], re.Match[str]]]
) -> Iterator[re.Match[str]]:
    """Stars that mark nothing: those of a note, of a product, and those that no other one closes."""
    paired = {match.start() for pair in pairs for match in pair}
    opened: re.Match[str] | None = None
    for match in stars:
        if match.start() in paired:
            continue
        if len(match[0]) != 1:
            if len(match[0]) != 3:
                yield match
            continue
        before, after = _around(block, match)
        is_product = before.isdigit() and after.isdigit()
        if _is_note(block, match) or is_product or (not before.strip() and not after.strip()):
            yield match
        elif opened is None and after.strip() and not before.isalnum():
            opened = match
        elif opened is not None and before.strip():
            opened = None
        else:
            yield match
    if opened is not None:
        yield opened


def _overlap(runs: Sequence[int]) -> bool:
    """Whether marks close in another order than they opened, as in `*a **b* c**`: Markdown would lose a letter."""
    opened: list[int] = []
    for run in runs:
        if opened and opened[-1] == run:
            opened.pop()
        elif run in opened:
            return True
        else:
            opened.append(run)
    return False


def _around(block: str, match: re.Match[str]) -> tuple[str, str]:
    """The signs before and after, empty at the ends of the block."""
    return block[max(0, match.start() - 1) : match.start()], block[match.end() : match.end() + 1]


def _is_note(block: str, match: re.Match[str]) -> bool:
    """Whether these are the stars of a note, as in “(*)”."""
    return _around(block, match) == ("(", ")")


def _edited(block: str, edits: dict[int, tuple[re.Match[str], str]]) -> str:
    pieces, last = [], 0
    for start, (match, text) in sorted(edits.items()):
        pieces += [block[last:start], text]
        last = match.end()
    return "".join([*pieces, block[last:]])


_BLANKS_INSIDE = re.compile(r"(?<![\\*])\*\*(?!\*)([^*]+)\*\*(?!\*)")


def _blanks_outside(match: re.Match[str]) -> str:
    """`** Thời gian: **` is bold as it was meant: its blanks stand outside."""
    inner = match[1]
    left, right = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{left}**{inner.strip()}**{right}"
