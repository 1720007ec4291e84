"""Which facts the text of a bulletin already words, so that its page says them once.

Facts are worded anew in front matter, so sentences are compared by their syllables: a text that tells a promise shares
about half of them with it in one paragraph or point, and one that does not about a tenth (tried on the five bulletins).
A list is hidden as a whole, so each of its facts has to be there: better said twice than nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import unescape

from bulletins.domain.model import Piece
from bulletins.vietnamese.syllables import Syllables, syllables

LIST_SHARE = 0.4
"""The share of its syllables, on average, with which a list counts as told."""
ENTRY_SHARE = 0.6
"""The share with which a single name, title or target counts as told, and so a list of one fact."""
LEAST_SHARE = 0.25
"""The share that each fact of a list needs; of the five bulletins' none that the text words has less."""

_BLOCKS = frozenset(("p", "li", "tr", "h2", "h3", "h4", "td", "th", "blockquote", "figcaption"))
_LISTS = frozenset(("ol", "ul", "table"))
_ENTRIES = frozenset(("li", "tr"))
_TAG = re.compile(r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?:[^">]|"[^"]*")*>')
"""A tag as the cleaner of texts leaves it: nothing else begins with its sign."""


@dataclass(slots=True)
class _List:
    """A list or table of the text: where its start tag ends, and the syllables of its entries."""

    at: int
    entries: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Parsed:
    """The paragraphs, points and lists of a piece of safe HTML."""

    blocks: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    open: list[_List] = field(default_factory=list)
    """The lists that have begun and not ended, the innermost last."""

    def start(self, tag: str, at: int) -> None:
        """A start tag, whose name ends at `at`."""
        if tag in _BLOCKS:
            self.blocks.append("")
        if tag in _LISTS:
            self.open.append(_List(at))
            self.lists.append(self.open[-1])
        if tag in _ENTRIES and self.open:
            self.open[-1].entries.append("")

    def end(self, tag: str) -> None:
        """An end tag."""
        if tag in _LISTS and self.open:
            self.open.pop()

    def text(self, text: str) -> None:
        """What stands between two tags."""
        if self.blocks:
            self.blocks[-1] += f" {text}"
        if self.open and self.open[-1].entries:
            self.open[-1].entries[-1] += f" {text}"


@lru_cache(maxsize=32)
def _parsed(html: str) -> _Parsed:
    """A piece of a text, which one page asks for twice: for its lists, and for what it says."""
    parsed, at = _Parsed(), 0
    for tag in _TAG.finditer(html):
        if tag.start() > at:
            parsed.text(unescape(html[at : tag.start()]))
        if tag["end"]:
            parsed.end(tag["name"])
        else:
            parsed.start(tag["name"], tag.end("name"))
        at = tag.end()
    return parsed


class Wording:
    """What a text says; `also` are other words that stand on the page, such as captions."""

    def __init__(self, parts: Iterable[Piece], also: Iterable[str] = ()) -> None:
        self._pieces = [part for part in parts if isinstance(part, str)]
        self._also = tuple(also)

    @cached_property
    def _blocks(self) -> list[Syllables]:
        """Read only where a fact is looked for."""
        worded = [block for piece in self._pieces for block in _parsed(piece).blocks]
        return [syllables(block) for block in (*worded, *self._also)]

    def share(self, fact: str) -> float:
        """The greatest share, 0 to 1, of a fact's syllables that stand in one paragraph or point."""
        return _share(syllables(fact), self._blocks)

    def says(self, fact: str) -> bool:
        """Whether the text says a single fact: a name, a title, a target."""
        return self.share(fact) >= ENTRY_SHARE

    def says_all(self, facts: Sequence[str]) -> bool:
        """Whether the text words these facts, taken as one list: on average, and each of them a little."""
        shares = [*map(self.share, facts)]
        if len(shares) < 2:
            return any(share >= ENTRY_SHARE for share in shares)
        return min(shares) >= LEAST_SHARE and sum(shares) / len(shares) >= LIST_SHARE


def _share(wanted: Syllables, blocks: Iterable[Syllables]) -> float:
    if not wanted:
        return 1.0
    most = 0
    for block in blocks:
        most = max(most, len(wanted & block))
        if most == len(wanted):
            break
    return most / len(wanted)


def marked(html: str, commitments: Sequence[str], targets: Sequence[str]) -> str:
    """A piece of the text in which the lists that word the pact or its targets bear the class of the component."""
    if not (commitments or targets):
        return html
    for listed in reversed(_parsed(html).lists):
        entries = [syllables(entry) for entry in listed.entries if entry.strip()]
        if name := _component(entries, commitments, targets):
            html = f'{html[: listed.at]} class="{name}"{html[listed.at :]}'
    return html


def _component(entries: Sequence[Syllables], commitments: Sequence[str], targets: Sequence[str]) -> str | None:
    if commitments and len(entries) == len(commitments) and _worded_in(commitments, entries) >= LIST_SHARE:
        return "commitments"
    wanted = [syllables(target) for target in targets]
    of_targets = sum(any(_share(goal, [entry]) >= ENTRY_SHARE for goal in wanted) for entry in entries)
    return "goals" if entries and of_targets * 3 >= len(entries) * 2 else None


def _worded_in(facts: Sequence[str], entries: Sequence[Syllables]) -> float:
    return sum(_share(syllables(fact), entries) for fact in facts) / len(facts)
