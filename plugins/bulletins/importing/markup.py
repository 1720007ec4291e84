"""HTML as paragraphs and pictures: what Word files, saved pages and e-mails have in common."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from bulletins.importing.source import OF_A_LETTER, Block, Paragraph, Picture, as_table, plain
from bulletins.vietnamese.person_names import words

_BLOCKS = words(
    """
    p div h1 h2 h3 h4 h5 h6 li tr td th table ul ol blockquote figure figcaption section article br header footer
    main aside nav form
    """
)
_SKIPPED = words(
    """
    script style noscript template head select option button iframe svg
    """
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_LONGEST_CELL, _MOST_COLUMNS = 200, 30
_DATA = re.compile(r"data:image/[a-z+.-]+;base64,(?P<data>[A-Za-z0-9+/=\s]+)\Z")


def blocks_of(html: str) -> tuple[Block, ...]:
    """The paragraphs and pictures of an HTML text, in order; scripts and forms are passed over."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parser.end_paragraph()
    return tuple(parser.blocks)


@dataclass(slots=True)
class _Table:
    """A table that is open: where each cell begins among the blocks, and how many columns it spans."""

    rows: list[list[tuple[int, int]]] = field(default_factory=list)

    def cells(self, blocks: Sequence[Block]) -> list[list[str]] | None:
        """The texts of its cells; None of a table that only lays out a page: a letter's head, pictures, long texts."""
        starts = [start for row in self.rows for start, _ in row]
        if not starts:
            return None
        insides = [blocks[start:end] for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]
        if not all(_is_cell(inside) for inside in insides):
            return None
        texts = iter([inside[0].text if inside and isinstance(inside[0], Paragraph) else "" for inside in insides])
        rows = [[text for _, span in row for text in (next(texts), *[""] * (span - 1))] for row in self.rows if row]
        columns = len(rows[0])
        is_whole = all(len(row) == columns for row in rows)
        return rows if is_whole and columns > 1 and (columns - 1) * (len(rows) - 1) > 1 else None


def _is_cell(blocks: Sequence[Block]) -> bool:
    if len(blocks) > 1 or not all(isinstance(block, Paragraph) for block in blocks):
        return False
    text = blocks[0].text if blocks and isinstance(blocks[0], Paragraph) else ""
    return len(text) <= _LONGEST_CELL and not OF_A_LETTER.search(text)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._skipping = 0
        self._level = 0
        self._is_item = False
        self._tables: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        if tag in _BLOCKS:
            self.end_paragraph()
            self._level = _HEADINGS.get(tag, self._level if tag == "br" else 0)
            self._is_item = tag == "li"
            self._lay_out(tag, dict(attrs))
        if tag == "img" and not self._skipping:
            self.end_paragraph()
            self.blocks.append(_picture(dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        if tag in _BLOCKS:
            self.end_paragraph()
            self._level = 0
            self._is_item = False
        if tag == "table" and self._tables:
            self._end_table(self._tables.pop())

    def _lay_out(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag == "table":
            self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and self._tables and self._tables[-1].rows:
            span = attributes.get("colspan") or "1"
            columns = min(int(span), _MOST_COLUMNS) if span.isdecimal() else 1
            self._tables[-1].rows[-1].append((len(self.blocks), columns))

    def _end_table(self, table: _Table) -> None:
        cells = table.cells(self.blocks)
        if cells:
            del self.blocks[next(row for row in table.rows if row)[0][0] :]
            self.blocks.append(Paragraph(as_table(cells)))

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._text.append(data)

    def end_paragraph(self) -> None:
        text = plain(" ".join("".join(self._text).split("\n")))
        self._text.clear()
        if text:
            self.blocks.append(Paragraph(text, self._level, self._is_item))


def _picture(attributes: dict[str, str | None]) -> Picture:
    source = attributes.get("src") or ""
    embedded = _DATA.match(source)
    data = None
    if embedded:
        try:
            data = base64.b64decode(embedded["data"], validate=False)
        except binascii.Error:
            data = None
    name = "" if embedded else source.rsplit("/", 1)[-1].split("?")[0]
    return Picture(data, plain(name), plain(attributes.get("alt") or ""))
