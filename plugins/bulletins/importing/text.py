"""A plain text file: a paragraph each line; one whose lines are broken at a margin is joined first."""

from __future__ import annotations

from bulletins.importing.source import Paragraph, SourceText, Unreadable, plain

_ENCODINGS = ("utf-8-sig", "utf-16")
_BROKEN_FROM, _BROKEN_TO = 50, 110
_FEWEST_LINES = 6


def read_text(name: str, data: bytes) -> SourceText:
    """The paragraphs of a text in UTF-8 or UTF-16. Raises `Unreadable` for another encoding."""
    lines = [plain(line) for line in _decoded(data).splitlines()]
    return SourceText(name, tuple(Paragraph(line) for line in _joined(lines) if line))


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
    filled = [line for line in lines if line]
    long = [line for line in filled if len(line) > _BROKEN_TO]
    at_margin = [line for line in filled if _BROKEN_FROM <= len(line) <= _BROKEN_TO]
    if long or len(at_margin) < _FEWEST_LINES or "" not in lines:
        return filled
    return [" ".join(part.split("\n")) for part in "\n".join(lines).split("\n\n") if part.strip()]
