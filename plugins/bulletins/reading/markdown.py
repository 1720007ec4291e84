"""A bulletin's Markdown made safe: HTML of an allow-list, photos of its own folder, links that lead somewhere.

Raw HTML is not taken: what an author types as `<b>` stays the text `<b>`. python-markdown's result goes through nh3
all the same, so that no slip of ours can publish an active page (`faults.md` row 13).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from html import unescape
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor, Treeprocessor

from bulletins.domain.model import Body, Part, Placed
from bulletins.mistakes import Saying
from bulletins.reading import sayings
from bulletins.reading.tangles import Tangle, tangles

_TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "a", "hr", "sup", "sub",
         "table", "thead", "tbody", "tr", "th", "td", "code", "pre"}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https"}
_PHOTO = "\ue000"
_PLACED = re.compile(f"<p>({_PHOTO}\\d+{_PHOTO}[^<]*)</p>")
_HEADINGS = {"h1": "h2", "h4": "h4", "h5": "h4", "h6": "h4"}


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in the body an author must mend: what to say, and where.

    `about` is the text to look for in the file; `line`, where it is known, counts from 0 in the text.
    """

    saying: Saying
    words: Mapping[str, object]
    about: str = ""
    line: int | None = None

    @property
    def code(self) -> str:
        return self.saying.code


class Renderer:
    """Turns Markdown into safe HTML; one instance serves any number of texts, one after the other.

    `link` turns an address of the site into the link to publish.
    """

    def __init__(self, link: Callable[[str], str]) -> None:
        self.link = link
        self._markdown = Markdown(extensions=["tables", "sane_lists"], output_format="html")
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")
        self._markdown.treeprocessors.register(_QuickInline(self._markdown), "inline", 20)
        self._own = _OwnThings(self._markdown, link)
        self._markdown.treeprocessors.register(self._own, "own_things", 15)

    def render(self, text: str, photos: Mapping[str, int]) -> tuple[Body, tuple[Complaint, ...]]:
        """The body of a text, and what is wrong with it; `photos` are numbers by file name.

        A text too tangled to be rendered in seconds gives an empty body.
        """
        if tangled := tangles(text):
            return _body(""), tuple(_tangled(one) for one in tangled)
        self._own.begin(photos)
        try:
            made = self._markdown.reset().convert(text)
        except RecursionError:
            return _body(""), (Complaint(sayings.TANGLED_BEYOND_READING, {}),)
        html = nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer")
        return _body(html), tuple(self._own.complaints)


def _body(html: str) -> Body:
    return Body(tuple(_parts(html)), blake2b(html.encode(), digest_size=16).hexdigest())


def _tangled(one: Tangle) -> Complaint:
    words = {"what": one.limit.name, "count": one.count, "most": one.limit.most}
    return Complaint(sayings.TANGLED, words, line=one.line)


def _parts(html: str) -> Iterator[Part]:
    """Pieces of HTML and the numbers of the photos between them; empty pieces are left out."""
    for n, piece in enumerate(_PLACED.split(html)):
        if n % 2:
            _, number, caption = unescape(piece).split(_PHOTO)
            yield Placed(int(number), caption) if caption else int(number)
        elif piece.strip():
            yield piece.strip("\n")


class _QuickInline(InlineProcessor):
    """python-markdown's own inline step, which leaves at once a text that has no sign any of its patterns begins with.

    Most paragraphs have none, and trying all patterns on each is half the cost of a bulletin.
    """

    _SIGNS = re.compile(r"[`\\\[<&*_\x02]|  \n")

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if not self._SIGNS.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc, no-any-return]


class _OwnThings(Treeprocessor):
    """Looks at every picture and link of a text once it is a tree."""

    def __init__(self, markdown: Markdown, link: Callable[[str], str]) -> None:
        super().__init__(markdown)
        self._link = link
        self.begin({})

    def begin(self, photos: Mapping[str, int]) -> None:
        self.photos = photos
        self.complaints: list[Complaint] = []

    def run(self, root: Element) -> None:
        for element in root.iter():
            element.tag = _HEADINGS.get(element.tag, element.tag)
            if element.tag == "a":
                self._check_link(element)
            elif _is_lone_picture(element):
                self._place(element, element[0].get("src", ""), element[0].get("title", "").strip())
            else:
                self._refuse_pictures_among_words(element)

    def _check_link(self, element: Element) -> None:
        href = element.get("href", "")
        if href.startswith("/") and not href.startswith("//"):
            element.set("href", self._link(href))
        elif not href.startswith("#") and not _leads_out(href):
            self.complaints.append(Complaint(sayings.DEAD_LINK, {"href": href}, href or "]()"))

    def _place(self, element: Element, file: str, caption: str) -> None:
        if file in self.photos:
            element.remove(element[0])
            element.text = f"{_PHOTO}{self.photos[file]}{_PHOTO}{caption}"
        else:
            self.complaints.append(Complaint(sayings.NOT_LISTED, {"file": file}, file))

    def _refuse_pictures_among_words(self, element: Element) -> None:
        for picture in element.findall("img"):
            file = picture.get("src", "")
            self.complaints.append(Complaint(sayings.AMONG_WORDS, {"file": file}, file))


def _is_lone_picture(element: Element) -> bool:
    alone = len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip()
    return element.tag == "p" and alone and element[0].tag == "img"


def _leads_out(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.netloc)
