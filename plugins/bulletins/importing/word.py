"""A Word file (`.docx`), through mammoth: paragraphs, headings, and the pictures that are in it."""

from __future__ import annotations

import io

from bulletins.importing.markup import blocks_of
from bulletins.importing.source import SourceText, Unreadable


def read_word(name: str, data: bytes) -> SourceText:
    """The text of a Word file. Raises `Unreadable` for another file, `ImportError` without the extra."""
    import mammoth

    if not data.startswith(b"PK"):
        raise Unreadable("không phải tệp .docx; tệp .doc cũ thì mở bằng Word, chọn Lưu thành… .docx rồi nhập lại")
    try:
        html = mammoth.convert_to_html(io.BytesIO(data)).value
    except (KeyError, ValueError, OSError, SyntaxError) as error:
        raise Unreadable(f"tệp .docx hỏng ({error}); mở bằng Word rồi lưu lại") from error
    return SourceText(name, blocks_of(html))
