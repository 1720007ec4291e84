"""A bulletin's Markdown made safe: HTML of an allow-list, photos of its own folder, links that lead somewhere.

Raw HTML is not taken: what an author types as `<b>` stays the text `<b>`. python-markdown's result goes through nh3
all the same, unless bare tags are all it holds: no slip of ours can publish an active page (`faults.md` row 13).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from html import unescape
from typing import Any, Self
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import ReferenceInlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, ETX, STX, AtomicString

from bulletins.domain.model import Body, Piece, Placed
from bulletins.mistakes import Message
from bulletins.reading import messages
from bulletins.reading.tangles import Tangle, tangles

_TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "a", "hr", "sup", "sub",
         "table", "thead", "tbody", "tr", "th", "td", "code", "pre"}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https"}
_REL = "noopener noreferrer"
_CLEANER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=_REL)
_BARE = re.compile(
    r"(?:[^<>&\x00-\x09\x0b-\x1f\x7f-\xa0]++"
    r"|</?(?:p|h[2-4]|strong|em|ul|ol|li|blockquote|table|thead|tbody|tr|t[hd])>|<[bh]r>"
    r'|<a href="https?://(?:[a-z]+\.)+[a-z]+(?:/[A-Za-z0-9/._-]*+)?">[^<>&\x00-\x09\x0b-\x1f\x7f-\xa0]*+</a>)*+'
)
"""Text without a sign, tags without attributes, plain links: nothing that could run, and nothing nh3 would change."""

_PHOTO = "\ue000"
_PLACED = re.compile(f"<p>({_PHOTO}\\d+{_PHOTO}[^<]*)</p>")
_HEADINGS = {"h1": "h2", "h4": "h4", "h5": "h4", "h6": "h4"}


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in the body an author must mend: what to say, and where.

    `about` is the text to look for in the file; `line`, where it is known, counts from 0 in the text.
    """

    message: Message
    words: Mapping[str, object]
    about: str = ""
    line: int | None = None

    @property
    def code(self) -> str:
        return self.message.code


class Renderer:
    """Turns Markdown into safe HTML; one instance serves any number of texts, one after the other.

    `link` turns an address of the site into the link to publish.
    """

    def __init__(self, link: Callable[[str], str]) -> None:
        self.link = link
        self._markdown = _QuickMarkdown(extensions=[TableExtension(), SaneListExtension()], output_format="html")
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")
        self._own = _OwnThings(self._markdown, link)
        self._markdown.treeprocessors.register(self._own, "own_things", 15)
        # Their registry would list them anew for each paragraph.
        kinds = self._markdown.parser.blockprocessors
        self._markdown.parser.blockprocessors = tuple(kinds)  # type: ignore[assignment]

    def render(self, text: str, photos: Mapping[str, int]) -> tuple[Body, tuple[Complaint, ...]]:
        """The body of a text, and what is wrong with it; `photos` are numbers by file name.

        A text too tangled to be rendered in seconds gives an empty body.
        """
        if tangled := tangles(text):
            return _body(""), tuple(_tangled(tangle) for tangle in tangled)
        self._own.begin(photos)
        try:
            made = self._markdown.reset().convert(text)
        except RecursionError:
            return _body(""), (Complaint(messages.TANGLED_BEYOND_READING, {}),)
        return _body(_cleaned(made)), tuple(self._own.complaints)


def _cleaned(html: str) -> str:
    """What nh3 makes of it; most bulletins are so plain that it is known without asking."""
    return html.replace('">', f'" rel="{_REL}">') if _BARE.fullmatch(html) else _CLEANER.clean(html)


def _body(html: str) -> Body:
    return Body(tuple(_parts(html)), blake2b(html.encode(), digest_size=16).hexdigest())


def _tangled(tangle: Tangle) -> Complaint:
    words = {"what": tangle.limit.name, "count": tangle.count, "most": tangle.limit.most}
    return Complaint(messages.TANGLED, words, line=tangle.line)


def _parts(html: str) -> Iterator[Piece]:
    """Pieces of HTML and the numbers of the photos between them; empty pieces are left out."""
    for n, piece in enumerate(_PLACED.split(html) if _PHOTO in html else [html]):
        if n % 2:
            _, number, caption = unescape(piece).split(_PHOTO)
            yield Placed(int(number), caption) if caption else int(number)
        elif piece.strip():
            yield piece.strip("\n")


class _QuickMarkdown(Markdown):
    """python-markdown, which leaves out steps where they would change nothing: most paragraphs hold no sign at all.

    What it makes of a text is what python-markdown makes of it.
    """

    _BLOCK_LEVEL = frozenset(BLOCK_LEVEL_ELEMENTS)

    def build_parser(self) -> Self:
        super().build_parser()
        self.preprocessors.register(_QuickWhitespace(self), "normalize_whitespace", 30)
        self.parser.blockprocessors.register(_PlainParagraph(self.parser), "plain_paragraph", 110)
        self.treeprocessors.register(_QuickInline(self), "inline", 20)
        self.treeprocessors.register(_QuickUnescape(self), "unescape", 0)
        return self

    def is_block_level(self, tag: object) -> bool:
        return tag in self._BLOCK_LEVEL or super().is_block_level(tag)


class _QuickWhitespace(NormalizeWhitespace):
    """Leaves alone what has no blank at the beginning of a line, and no character that would be replaced."""

    _SIGNS = ("\n ", "\t", "\r", STX, ETX)

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        return super().run(lines) if any(sign in source for sign in self._SIGNS) else [*lines, "", ""]


class _PlainParagraph(ParagraphProcessor):
    """Takes a line that begins with a letter before it is offered to all other kinds of block: it is none of them."""

    def test(self, parent: Element, block: str) -> bool:
        return "\n" not in block and block[:1].isalpha()


class _QuickInline(InlineProcessor):
    """Looks only at what holds a sign, and there only for patterns that can begin with it."""

    _SIGNS: Mapping[str, tuple[str, ...]] = {
        **dict.fromkeys(("reference", "link", "short_reference"), ("[",)),
        **dict.fromkeys(("image_link", "image_reference", "short_image_ref"), ("![",)),
        **dict.fromkeys(("autolink", "automail"), ("<",)),
        "backtick": ("`",),
        "escape": ("\\",),
        "linebreak": ("  \n",),
        "entity": ("&",),
        "em_strong": ("*", "_"),
    }
    """What a text must hold for a pattern to be found in it."""

    @cached_property
    def _patterns(self) -> list[tuple[int, Any, tuple[str, ...]]]:
        """Every pattern with its place in the order and its signs; one not known here is looked for in every text."""
        registry = self.inlinePatterns
        signs = {registry.get_index_for_name(name): signs for name, signs in self._SIGNS.items() if name in registry}
        return [(place, pattern, signs.get(place, ("",))) for place, pattern in enumerate(registry)]

    @cached_property
    def _signs(self) -> frozenset[str]:
        return frozenset(sign for _, _, signs in self._patterns for sign in signs)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        # A reference to a link that is nowhere defined stays text.
        is_idle = ReferenceInlineProcessor if not self.md.references else ()
        self._tried = [pattern for pattern in self._patterns if not isinstance(pattern[1], is_idle)]
        if any(child.tail for child in tree):
            return super().run(tree, ancestors)
        signed = Element(tree.tag)
        signed.extend(child for child in tree if self._holds_sign("".join(child.itertext())))
        super().run(signed, ancestors)
        return tree

    def _holds_sign(self, text: str) -> bool:
        return any(map(text.__contains__, self._signs))

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        for place, pattern, signs in self._tried:
            matched, start = place >= patternIndex and (signs[0] in data or signs[-1] in data), 0
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, place, start)  # type: ignore[attr-defined]
        return data


class _QuickUnescape(UnescapeTreeprocessor):
    """Looks only at texts with the mark of an escaped character."""

    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text


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
            self.complaints.append(Complaint(messages.DEAD_LINK, {"href": href}, href or "]()"))

    def _place(self, element: Element, file: str, caption: str) -> None:
        if file in self.photos:
            element.remove(element[0])
            element.text = f"{_PHOTO}{self.photos[file]}{_PHOTO}{caption}"
        else:
            self.complaints.append(Complaint(messages.NOT_LISTED, {"file": file}, file))

    def _refuse_pictures_among_words(self, element: Element) -> None:
        for picture in element.findall("img"):
            file = picture.get("src", "")
            self.complaints.append(Complaint(messages.AMONG_WORDS, {"file": file}, file))


def _is_lone_picture(element: Element) -> bool:
    alone = len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip()
    return element.tag == "p" and alone and element[0].tag == "img"


def _leads_out(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.netloc)
