"""A bulletin's Markdown made safe: HTML of an allow-list, photos of its own folder, links that lead somewhere.

Raw HTML is not taken: what an author types as `<b>` stays the text `<b>`. python-markdown's result goes through nh3
all the same, unless bare tags are all it holds: no slip of ours can publish an active page (`faults.md` row 13).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor as Pattern
from markdown.inlinepatterns import ReferenceInlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, ETX, STX, AtomicString

from bulletins.domain.model import Body, Piece, Placed
from bulletins.mistakes import Message
from bulletins.reading import messages, text_messages
from bulletins.reading.file_names import meant, nearest
from bulletins.reading.shaping import AS_TYPED, OF_PAGES, addresses, shape
from bulletins.reading.tangles import Tangle, tangles
from bulletins.reading.typed import Note, as_markdown

_TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "a", "hr", "sup", "sub",
         "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "div"}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"}, "ol": {"start", "type"}, "li": {"id", "value"}, "sup": {"id"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"},
}  # fmt: skip
_CLASSES = {
    "div": {"footnote"}, "ul": {AS_TYPED}, "a": {"footnote-ref", "footnote-backref"},
    "td": {"center", "right"}, "th": {"center", "right"},
}  # fmt: skip
_SCHEMES = {"http", "https"}
_REL = "noopener noreferrer"
_CLEANER = nh3.Cleaner(
    tags=_TAGS, attributes=_ATTRIBUTES, allowed_classes=_CLASSES, url_schemes=_SCHEMES, link_rel=_REL
)
_BARE = re.compile(
    r"(?:[^<>&\x00-\x09\x0b-\x1f\x7f-\xa0]++"
    r"|</?(?:p|h[2-4]|strong|em|ul|ol|li|blockquote|table|thead|tbody|tr|t[hd])>|<[bh]r>"
    r'|<h[2-4] id="[a-z0-9-]+">'
    r'|<a href="https?://(?:[a-z]+\.)+[a-z]+(?:/[A-Za-z0-9/._-]*+)?">[^<>&\x00-\x09\x0b-\x1f\x7f-\xa0]*+</a>)*+'
)
"""Text without a sign, tags without attributes, plain links: nothing that could run, and nothing nh3 would change."""

_PLAIN_LINK = re.compile(r'(<a href="[^"]*")>')
_PHOTO = "\ue000"
_PLACED = re.compile(f"<p>({_PHOTO}\\d+{_PHOTO}[^<]*)</p>")
_BACK = "Trở lại chỗ có chú thích {}"
_LINE_BREAK = r"<[bB][rR] ?/?>"
_ADDRESS = r"(?<![\w/@.:=&?])(https?://|www\.(?=[\w-]+\.))[^\s<>\"“”«»|\\^`{}]+"


EMPTY: Mapping[str, str | None] = {}


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
        kinds = [TableExtension(), SaneListExtension(), FootnoteExtension(BACKLINK_TITLE=_BACK)]
        self._markdown = _QuickMarkdown(extensions=kinds, output_format="html")
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")
        # Bulletins have no program text, and a line over hyphens is a line.
        self._markdown.parser.blockprocessors.deregister("code")
        self._markdown.parser.blockprocessors.deregister("setextheader")
        self._markdown.inlinePatterns.register(_LineBreak(_LINE_BREAK, self._markdown), "typed_break", 95)
        self._markdown.inlinePatterns.register(_BareAddress(_ADDRESS, self._markdown), "bare_address", 100)
        self._own = _OwnThings(self._markdown, link)
        self._markdown.treeprocessors.register(self._own, "own_things", 15)
        # Their registry would list them anew for each paragraph.
        blocks = self._markdown.parser.blockprocessors
        self._markdown.parser.blockprocessors = tuple(blocks)  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type[Renderer], tuple[Callable[[str], str]]]:
        return Renderer, (self.link,)

    def render(
        self, text: str, photos: Mapping[str, int], beside: Mapping[str, str | None] = EMPTY
    ) -> tuple[Body, tuple[Complaint, ...]]:
        """The body of a text, and what is wrong with it; `photos` are numbers by file name.

        `beside` are the addresses of files beside the text by name, None where a file is not listed to go out.

        A text too tangled to be rendered in seconds gives an empty body.
        """
        if tangled := tangles(text):
            return _body(""), tuple(_tangled(tangle) for tangle in tangled)
        typed = as_markdown(text)
        self._own.begin(photos, typed.numbers, beside)
        try:
            made = self._markdown.reset().convert(typed.markdown)
        except RecursionError:
            return _body(""), (Complaint(messages.TANGLED_BEYOND_READING, {}),)
        return _body(_cleaned(made)), (*map(_noted, typed.notes), *self._own.complaints)


def _cleaned(html: str) -> str:
    """What nh3 makes of it; most bulletins are so plain that it is known without asking."""
    return _PLAIN_LINK.sub(rf'\1 rel="{_REL}">', html) if _BARE.fullmatch(html) else _CLEANER.clean(html)


def _body(html: str) -> Body:
    return Body(tuple(_parts(html)), blake2b(html.encode(), digest_size=16).hexdigest())


def _noted(note: Note) -> Complaint:
    return Complaint(text_messages.NOTES[note.what], {"about": note.about}, line=note.line)


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
        "bare_address": ("http", "www."),
        "typed_break": ("<",),
        "footnote": ("[^",),
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


class _LineBreak(Pattern):
    """`<br>`, the one tag that people type: a line ends here."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        return Element("br"), m.start(), m.end()


class _BareAddress(Pattern):
    """An address among words is a link; a stop, comma or closing bracket after it belongs to the sentence."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        address = m[0].rstrip(".,;:!?…'’*_")
        while address.endswith((")", "]")) and address.count(address[-1]) > address.count("(["[address[-1] == "]"]):
            address = address[:-1].rstrip(".,;:!?…'’*_")
        link = Element("a", {"href": address if m[1].startswith("http") else f"https://{address}"})
        link.text = AtomicString(address)
        return link, m.start(), m.start() + len(address)


class _OwnThings(Treeprocessor):
    """Looks at every picture and link of a text once it is a tree."""

    def __init__(self, markdown: Markdown, link: Callable[[str], str]) -> None:
        super().__init__(markdown)
        self._link = link
        self.begin({}, (), EMPTY)

    def begin(self, photos: Mapping[str, int], numbers: Sequence[int], beside: Mapping[str, str | None]) -> None:
        self.photos, self.numbers, self.beside = photos, numbers, beside
        self.complaints: list[Complaint] = []

    def run(self, root: Element) -> None:
        shape(root, self.numbers)
        self.anchors = addresses(root) | OF_PAGES
        for element in root.iter():
            if element.tag == "a":
                self._check_link(element)
            elif _is_lone_picture(element):
                self._place(element, meant(element[0].get("src", ""), self.photos), element[0].get("title", "").strip())
            else:
                self._refuse_pictures_among_words(element)

    def _check_link(self, element: Element) -> None:
        href = element.get("href", "")
        file = meant(href, self.beside)
        if file in self.beside:
            self._lead_to_file(element, file)
        elif href.startswith("/") and not href.startswith("//"):
            element.set("href", self._link(href))
        elif href.startswith("#"):
            if href.startswith("#fnref:") and href[1:] not in self.anchors:
                del element.attrib["href"]
                element.text = ""
            elif href[1:] not in self.anchors:
                self.complaints.append(Complaint(text_messages.NO_ANCHOR, {"href": href}, href))
        elif _leads_home(href):
            self.complaints.append(Complaint(text_messages.OF_THIS_MACHINE, {"href": href}, href))
        elif not _leads_out(href):
            self.complaints.append(Complaint(messages.DEAD_LINK, {"href": href}, href or "]()"))

    def _lead_to_file(self, element: Element, file: str) -> None:
        address = self.beside[file]
        if address:
            element.set("href", self._link(address))
        else:
            self.complaints.append(Complaint(text_messages.LINK_TO_UNLISTED, {"file": file}, file))

    def _place(self, element: Element, file: str, caption: str) -> None:
        if file in self.photos:
            element.remove(element[0])
            element.text = f"{_PHOTO}{self.photos[file]}{_PHOTO}{caption}"
        elif near := nearest(file, self.photos):
            self.complaints.append(Complaint(messages.NOT_LISTED_BUT_NEAR, {"file": file, "near": near}, file))
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


_HOME = re.compile(
    r"(?:https?:)?//(?:[^/@]*@)?(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+"
    r"|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|\[::1\]|[^/:.]+\.local)(?=[:/?#]|$)|file:|[a-z]:[\\/]|\\\\",
    re.IGNORECASE,
)


def _leads_home(href: str) -> bool:
    """Whether an address leads to a file or a server of the author's own machine or office."""
    return bool(_HOME.match(href))
