"""What a rule looks at: one bulletin with its tree, its text and the register; and how it says where a mistake is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bulletins.domain.model import Bulletin
from bulletins.mistakes import Message, Mistake
from bulletins.phrases.abbreviations import short_names, shortened
from bulletins.phrases.citations import DocumentMention, find_documents
from bulletins.phrases.names import Mention
from bulletins.reading.consulted import Watched, WatchedNames
from bulletins.reading.frontmatter import Loc, Tree
from bulletins.vietnamese.document_numbers import Citation, find_symbols, parse_symbol
from bulletins.vietnamese.folding import tone_key


@dataclass(frozen=True)
class Checked:
    """A bulletin that could be read. Offsets count characters of `body`, whose first line is `body_line` of the file.

    `files` are the names of the files beside it.
    """

    tree: Tree
    bulletin: Bulletin
    register: Watched
    names: WatchedNames
    body: str
    body_line: int
    files: tuple[str, ...] = ()

    def at(self, loc: Loc, message: Message, /, **words: object) -> Mistake:
        """A mistake in a value of the front matter."""
        return self.tree.mistake(loc, message, **words)

    def in_text(self, offset: int, message: Message, /, **words: object) -> Mistake:
        """A mistake at an offset of `text`: in the body, or in the passage of the front matter that holds it."""
        at = offset - self.body_start
        return self.in_body(at, message, **words) if at >= 0 else self.at(self.passage_at(offset), message, **words)

    def in_body(self, offset: int, message: Message, /, **words: object) -> Mistake:
        """A mistake in the text."""
        line = self.body_line + self.body.count("\n", 0, offset)
        return message.at(self.tree.name, line, offset - self.body.rfind("\n", 0, offset), **words)

    @cached_property
    def text(self) -> str:
        """All that readers see: the passages of the front matter, a line each, then the body from `body_start`."""
        return f"{self.front}\n{self.body}"

    @cached_property
    def body_start(self) -> int:
        return len(self.front) + 1

    @cached_property
    def lowered_text(self) -> str:
        """`text` in lower case, letter by letter in the same places."""
        return f"{_lowered(self.front)}\n{self.lowered}"

    @cached_property
    def lowered(self) -> str:
        """The body in lower case, letter by letter in the same places."""
        return _lowered(self.body)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every name of a registered body in the body."""
        return tuple(self.names.find(self.body))

    @cached_property
    def front_mentions(self) -> tuple[Mention, ...]:
        """Every name of a registered body in the passages of the front matter."""
        return tuple(self.names.find(self.front))

    @cached_property
    def text_mentions(self) -> tuple[Mention, ...]:
        """Every name of a registered body in `text`, also by the short names that the text gives."""
        named = self._long_mentions
        return tuple(sorted([*named, *shortened(self.text, named)], key=lambda mention: mention.start))

    @cached_property
    def short_names(self) -> frozenset[str]:
        """The short names that the text itself gives to registered bodies."""
        return frozenset(short_names(self.text, self._long_mentions)) if "(" in self.text else frozenset()

    @cached_property
    def _long_mentions(self) -> tuple[Mention, ...]:
        return (*self.front_mentions, *(mention.moved(self.body_start) for mention in self.mentions))

    @cached_property
    def passages(self) -> tuple[tuple[Loc, str], ...]:
        """The readable texts of the front matter: title, lead, and the words of each photo."""
        return tuple(self._passages())

    @cached_property
    def front(self) -> str:
        """All passages, a line each: what is not in it is in none of them."""
        return "\n".join(text.replace("\n", " ") for _, text in self.passages)

    @cached_property
    def lowered_front(self) -> str:
        return self.front.lower()

    def passages_with(self, words: str) -> Iterator[Loc]:
        """The passages that hold these words, given in lower case."""
        if words in self.lowered_front:
            yield from (loc for loc, text in self.passages if words in text.lower())

    def passage_at(self, offset: int) -> Loc:
        """The passage to which an offset of `front` belongs."""
        return self.passages[self.front.count("\n", 0, offset)][0]

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Every symbol of a document in the text."""
        return tuple(find_symbols(self.body))

    @cached_property
    def cited_documents(self) -> tuple[DocumentMention, ...]:
        """Every document of `text`, with what the words around say of it."""
        return tuple(find_documents(self.text))

    @cached_property
    def spelled_text(self) -> str:
        """`text` on one line, in lower case, every tone in one place."""
        return tone_key(" ".join(self.text.split()))

    @cached_property
    def listed_symbols(self) -> tuple[tuple[int, str, str | None], ...]:
        """Each symbol of the front matter's documents: its place in the list, as typed, and as the rules write it."""
        symbols = ((n, document.symbol) for n, document in enumerate(self.bulletin.documents))
        return tuple((n, typed, _as_ruled(typed)) for n, typed in symbols if typed)

    def _passages(self) -> Iterator[tuple[Loc, str]]:
        yield ("title",), self.bulletin.title
        yield ("lead",), self.bulletin.lead
        for n, photo in enumerate(self.bulletin.photos_listed):
            yield ("photos", n, "alt"), photo.alt
            if photo.caption:
                yield ("photos", n, "caption"), photo.caption

    def places(self, words: str) -> Iterator[int]:
        """Where these words, in lower case, stand in the body; nothing is searched twice."""
        return _places(self.lowered, words)

    def text_places(self, words: str) -> Iterator[int]:
        """Where these words, in lower case, stand in `text`."""
        return _places(self.lowered_text, words)

    def unit_name(self, unit: str) -> str:
        """What to call a unit in a message."""
        known = self.register.all_units.get(unit)
        return known.name if known else unit


def _lowered(text: str) -> str:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower()[:1] for c in text)


def _places(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _as_ruled(symbol: str) -> str | None:
    document = parse_symbol(symbol)
    return document.symbol if document else None
