"""HTML as paragraphs and pictures: what Word files, saved pages and e-mails have in common."""

from __future__ import annotations

import base64
import binascii
import re
from html.parser import HTMLParser

from bulletins.importing.source import Block, Paragraph, Picture, plain
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
_DATA = re.compile(r"data:image/[a-z+.-]+;base64,(?P<data>[A-Za-z0-9+/=\s]+)\Z")


def blocks_of(html: str) -> tuple[Block, ...]:
    """The paragraphs and pictures of an HTML text, in order; scripts and forms are passed over."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parser.end_paragraph()
    return tuple(parser.blocks)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._skipping = 0
        self._level = 0
        self._is_item = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        if tag in _BLOCKS:
            self.end_paragraph()
            self._level = _HEADINGS.get(tag, self._level if tag == "br" else 0)
            self._is_item = tag == "li"
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
