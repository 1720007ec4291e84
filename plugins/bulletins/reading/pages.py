"""Static pages of `content/pages`: about, contact, accessibility."""

from __future__ import annotations

from pathlib import Path

from bulletins.domain.model import StaticPage
from bulletins.domain.record import Record, Text, about
from bulletins.mistakes import Mistake
from bulletins.reading.bulletin import placed, record
from bulletins.reading.fields import text_fields
from bulletins.reading.folders import folders, link
from bulletins.reading.frontmatter import Malformed, parse, split
from bulletins.reading.markdown import Renderer
from bulletins.reading.sources import read_text


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
        mistakes += map(link, place.links)
        for source in (source for source in place.sources() if source.path.suffix == ".md"):
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
