"""A saved web page (`.html`): its main text through trafilatura; title, day and address as the page says them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from html import unescape
from urllib.parse import unquote

from bulletins.importing.markup import blocks_of
from bulletins.importing.source import Block, Paragraph, Picture, SourceText, Unreadable, plain
from bulletins.importing.split import publication

Beside = Callable[[str], bytes | None]
"""Gives the content of a file saved with the page, by the path the page names it with; `None` if it is not there."""

_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_META = re.compile(
    r"<meta\s[^>]*?(?:property|name)=[\"']og:(?P<name>title|site_name|url)[\"'][^>]*?content=[\"'](?P<text>[^\"']*)[\"']",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^>]*>(?P<text>.*?)</title>", re.IGNORECASE | re.DOTALL)
_SITE_BEHIND = re.compile(r"\s+[-|–»]\s+[^-|–»]{3,80}\Z")


def read_page(name: str, data: bytes, beside: Beside) -> SourceText:
    """The main text of a page. Raises `Unreadable` where there is none, `ImportError` without the extra `import`."""
    import trafilatura

    # What it cannot read it tells its log besides giving nothing; the author gets the one line of `Unreadable`.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    html = _decoded(data)
    extracted = trafilatura.extract(
        html, output_format="html", include_images=True, include_comments=False, favor_recall=True, deduplicate=False
    )
    blocks = blocks_of(extracted) if extracted else ()
    if not any(isinstance(block, Paragraph) for block in blocks):
        raise Unreadable("không tìm thấy bài viết trong trang; chép phần chữ vào một tệp .txt rồi nhập lại")
    everything = blocks_of(html)
    meta = {match["name"].lower(): plain(unescape(match["text"])) for match in _META.finditer(html)}
    title = _title(html, meta, everything)
    blocks = tuple(_with_content(block, beside) for block in _with_head(title, blocks, everything))
    return SourceText(name, blocks, title=title, url=meta.get("url") or None, publisher=meta.get("site_name") or None)


def _decoded(data: bytes) -> str:
    charset = _CHARSET.search(data[:2048])
    encodings = ["utf-8-sig", *([charset[1].decode("ascii")] if charset else []), "utf-16"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable("không rõ bảng mã của trang; lưu lại trang từ trình duyệt rồi nhập lại")


def _title(html: str, meta: dict[str, str], everything: Sequence[Block]) -> str | None:
    """The page's heading if its title says the same words, or else that title without the name of the site."""
    said = _TITLE.search(html)
    titles = [meta.get("title", ""), plain(unescape(said["text"])) if said else ""]
    headings = [block.text for block in everything if isinstance(block, Paragraph) and block.level in (1, 2)]
    whole = next((title for title in titles if title), "")
    heading = next((text for text in headings if text.casefold() in whole.casefold()), None)
    return heading or _SITE_BEHIND.sub("", whole) or next(iter(headings), None)


def _with_head(title: str | None, blocks: Sequence[Block], everything: Sequence[Block]) -> list[Block]:
    """The main text below its title and its day, which extraction takes for furniture."""
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    days = [block for block in everything if isinstance(block, Paragraph) and publication(block.text)]
    head: list[Block] = [Paragraph(title, 1)] if title else []
    if days and not any(publication(text) for text in texts[:4]):
        head.append(days[0])
    same = title.casefold() if title else None
    return [*head, *(b for b in blocks if not (isinstance(b, Paragraph) and b.text.casefold() == same))]


def _with_content(block: Block, beside: Beside) -> Block:
    """A picture with the content of the file that was saved with the page."""
    if isinstance(block, Paragraph) or block.data is not None or not block.name:
        return block
    return Picture(beside(unquote(block.name)), block.name, block.alt, block.caption)
