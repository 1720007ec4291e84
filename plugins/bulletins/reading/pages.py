"""Static pages of `content/pages`: about, contact, accessibility."""

from __future__ import annotations

from pathlib import Path

from bulletins.domain.model import StaticPage
from bulletins.domain.record import RESERVED, Record, Text, about
from bulletins.mistakes import Mistake
from bulletins.reading import messages
from bulletins.reading.bulletin import placed, record
from bulletins.reading.fields import text_fields
from bulletins.reading.folders import TEXTS, folders
from bulletins.reading.frontmatter import Malformed, parse, split
from bulletins.reading.markdown import Renderer
from bulletins.reading.sources import SourceFile, read_text
from bulletins.urls import TAKEN
from bulletins.vietnamese.folding import slug


class Head(Record):
    """The front matter of a static page."""

    title: Text = about("Tiêu đề", "Title")
    lead: Text = about("Một câu giới thiệu", "Lead sentence", "")


ENGLISH = "en"
"""The folder of the English texts of pages."""

VERBATIM = text_fields(Head)


def read_pages(folder: Path, root: Path, renderer: Renderer) -> tuple[tuple[StaticPage, ...], tuple[Mistake, ...]]:
    """Every page of the folder, by name; its file's name is its address."""
    pages: list[StaticPage] = []
    mistakes: list[Mistake] = []
    for place in folders(folder, root):
        mistakes += place.mistakes
        for source in place.sources():
            misplaced = _misplaced(source, folder)
            mistakes += misplaced
            if misplaced or source.path.suffix != ".md":
                continue
            try:
                decoded = read_text(source)
                head_text, body_text, body_line = split(source.name, decoded.text)
                head = record(parse(source.name, head_text, first_line=2, verbatim=VERBATIM), Head, {})
            except Malformed as malformed:
                mistakes += malformed.mistakes
                continue
            body, complaints = renderer.render(body_text, {})
            mistakes += (*decoded.warnings, *placed(source.name, body_text, body_line, complaints))
            html = "".join(str(part) for part in body.parts)
            english = source.path.parent.name == ENGLISH
            pages.append(StaticPage(source.path.stem, head.title, head.lead, html, head.digest + body.digest, english))
    return tuple(pages), tuple(mistakes)


def _misplaced(source: SourceFile, top: Path) -> list[Mistake]:
    """What is wrong with the place or the name of a text: its name is its address, in `top` or for English in `en`."""
    path = source.path
    if path.suffix.lower() not in TEXTS:
        return []
    if path.suffix != ".md" or path.parent not in (top, top / ENGLISH):
        return [messages.PAGE_ELSEWHERE.at(source.name, 1, 1)]
    if path.stem != slug(path.stem):
        return [messages.PAGE_NAME.at(source.name, 1, 1, near=slug(path.stem) or "trang-moi")]
    return [messages.PAGE_RESERVED.at(source.name, 1, 1, slug=path.stem)] if path.stem in TAKEN | RESERVED else []
