"""A saved web page (`.html`): its main text through trafilatura, its pictures and its own metadata."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from bulletins.importing.markup import blocks_of
from bulletins.importing.source import Block, Paragraph, Picture, SourceText, Unreadable, plain

Beside = Callable[[str], bytes | None]
"""Gives the content of a file saved with the page, by the path the page names it with; `None` if it is not there."""

_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)


def read_page(name: str, data: bytes, beside: Beside) -> SourceText:
    """The main text of a page. Raises `Unreadable` where there is none, `ImportError` without the extra `import`."""
    import trafilatura

    html = _decoded(data)
    tree = trafilatura.load_html(html)
    if tree is None:
        raise Unreadable("không phải trang HTML")
    meta = trafilatura.extract_metadata(tree)
    extracted = trafilatura.extract(
        html, output_format="html", include_images=True, include_comments=False, favor_recall=True, deduplicate=False
    )
    blocks = blocks_of(extracted) if extracted else ()
    if not any(isinstance(block, Paragraph) for block in blocks):
        raise Unreadable("không tìm thấy bài viết trong trang; chép phần chữ vào một tệp .txt rồi nhập lại")
    title = plain(meta.title) if meta and meta.title else None
    return SourceText(
        name,
        _with_title(title, tuple(_with_content(block, beside) for block in blocks)),
        title=title,
        published=meta.date if meta else None,
        url=meta.url if meta else None,
        publisher=plain(meta.sitename) if meta and meta.sitename else None,
    )


def _decoded(data: bytes) -> str:
    charset = _CHARSET.search(data[:2048])
    encodings = ["utf-8-sig", *([charset[1].decode("ascii")] if charset else []), "utf-16"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable("không rõ bảng mã của trang; lưu lại trang từ trình duyệt rồi nhập lại")


def _with_title(title: str | None, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    first = next((block.text for block in blocks if isinstance(block, Paragraph)), "")
    return blocks if not title or first.casefold() == title.casefold() else (Paragraph(title, 1), *blocks)


def _with_content(block: Block, beside: Beside) -> Block:
    """A picture with the content of the file that was saved with the page."""
    if isinstance(block, Paragraph) or block.data is not None or not block.name:
        return block
    return Picture(beside(unquote(block.name)), block.name, block.alt, block.caption)
