"""A plain text file: a paragraph each line; one whose lines are broken at a margin is joined first."""

from __future__ import annotations

from itertools import groupby

from bulletins.importing.source import OF_A_LETTER, Paragraph, SourceText, Unreadable, as_table, is_table, plain

_ENCODINGS = ("utf-8-sig", "utf-16")
_BROKEN_FROM, _BROKEN_TO = 50, 110
_FEWEST_LINES = 6
_FEWEST_CELLS = 3
"""Tabs in the rows of what is a table: two rows of three columns, or three of two. A first line moved in has one."""


def read_text(name: str, data: bytes) -> SourceText:
    """The paragraphs of a text in UTF-8 or UTF-16. Raises `Unreadable` for another encoding."""
    lines = _with_tables(_decoded(data).splitlines())
    return SourceText(name, tuple(Paragraph(line) for line in _joined(lines) if line))


def _with_tables(lines: list[str]) -> list[str]:
    """The lines as they read; those in a row with equally many tabs, as tables are copied, are one table."""
    made: list[str] = []
    for tabs, group in groupby(lines, key=lambda line: line.count("\t")):
        rows = [[plain(cell) for cell in line.split("\t")] for line in group]
        has_first_cells = any(row[0] for row in rows)
        is_letter = any(OF_A_LETTER.search(cell) for row in rows for cell in row)
        if tabs and len(rows) > 1 and len(rows) * tabs >= _FEWEST_CELLS and has_first_cells and not is_letter:
            made += ["", as_table(rows), ""]
        else:
            made += [plain(" ".join(row)) for row in rows]
    return made


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("không phải văn bản UTF-8; mở tệp, chọn Lưu thành… với bảng mã UTF-8 rồi nhập lại")


def _joined(lines: list[str]) -> list[str]:
    """Lines that a program broke at its margin as whole paragraphs again; blank lines then divide."""
    if any(map(is_table, lines)):
        return [line for line in lines if line]
    filled = [line for line in lines if line]
    long = [line for line in filled if len(line) > _BROKEN_TO]
    at_margin = [line for line in filled if _BROKEN_FROM <= len(line) <= _BROKEN_TO]
    if long or len(at_margin) < _FEWEST_LINES or "" not in lines:
        return filled
    return [" ".join(part.split("\n")) for part in "\n".join(lines).split("\n\n") if part.strip()]
