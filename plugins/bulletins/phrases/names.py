"""The names of registered organizations in a running text, found word by word in a dictionary of their beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bulletins.domain.register import Organization, Register
from bulletins.phrases.boards import without_board
from bulletins.vietnamese.folding import match_key

_CAPITAL = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA, 2))
_START = re.compile(rf"[{_CAPITAL}]\w*")
_NEXT = re.compile(r"[^\w\n.;:!?()“”|]{1,3}(\w+)")
_WORD = re.compile(r"\w+")
_FILLER = "của"
_AREAS = frozenset({"tỉnh", "thành", "huyện", "quận", "thị", "xã", "phường"})
_MOST_WORDS_KNOWN = 100_000


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: where it stands, how it is written there, and the ids of the organizations it may mean."""

    start: int
    end: int
    written: str
    key: str
    ids: frozenset[str]

    def moved(self, by: int) -> Mention:
        """The same in a text before which so many letters stand."""
        return replace(self, start=self.start + by, end=self.end + by)


class Names:
    """Finds names of units, hosts and unnumbered blocs; made once for a register. Linear in the text.

    Only words with a capital begin a name: “phòng hai” among other words may be any second room.
    """

    def __init__(self, register: Register) -> None:
        self._begins: dict[str, bool] = {}
        self._ids: dict[str, set[str]] = {}
        self._spellings: dict[str, list[str]] = {}
        self._accepted: set[str] = set()
        named_blocs = [bloc for bloc in register.blocs.values() if bloc.number is None]
        for organization in (*register.units.values(), *register.hosts.values(), *named_blocs):
            self._add(organization.id, organization.spellings, _official(organization))
            self._accepted.update(organization.aliases)
        for host in register.hosts.values():
            if host.council:
                self._add(host.id, host.council.spellings, (host.council.name,))
                self._accepted.update(host.council.spellings)
        self._beginnings = {beginning for key in self._ids for beginning in _beginnings(key)}
        self.dated_units = frozenset(unit.id for unit in register.units.values() if unit.is_dated)

    def _add(self, id_: str, spellings: Iterable[str], official: Iterable[str]) -> None:
        for spelling in spellings:
            self._ids.setdefault(self._key_of(spelling), set()).add(id_)
        for name in official:
            self._spellings.setdefault(self._key_of(name), []).append(name)

    def _key_of(self, name: str) -> str:
        """The key of a name as it is met in a text, word by word."""
        return " ".join(match_key(word) for word in _WORD.findall(name) if word != _FILLER)

    def register_names(self, key: str) -> Sequence[str]:
        """How the register itself writes the names of a key: official and short ones, not the accepted others."""
        return self._spellings.get(key, ())

    def accepts(self, written: str) -> bool:
        """Whether the register lists a name, written just so, among its aliases."""
        return written in self._accepted

    def ids_of(self, name: str) -> frozenset[str]:
        """The ids of the organizations that a unit of a text may be: by its name without its board and its place.

        “Ban Thường trực Ủy ban MTTQ huyện Cẩm Mỹ” is the committee, “Sở Y tế tỉnh An Giang” may stand as “Sở Y tế”.
        """
        words = self._key_of(without_board(name)).split()
        ends = [len(words), *(end for end in range(2, len(words)) if words[end] in _AREAS)]
        return frozenset(id_ for end in ends for id_ in self._ids.get(" ".join(words[:end]), ()))

    def find(self, text: str) -> Iterator[Mention]:
        """Every name in the text, the longest where several begin at one word; names do not overlap."""
        free, begins = 0, self._begins
        for start in _START.finditer(text):
            word = start[0]
            if (begins[word] if word in begins else self._does_begin(word)) and start.start() >= free:
                mention = self._longest(text, start) if _at_word(text, start.start()) else None
                if mention:
                    free = mention.end
                    yield mention

    def _does_begin(self, word: str) -> bool:
        """Whether a name begins with a word; remembered, because a language has some thousand words."""
        if len(self._begins) > _MOST_WORDS_KNOWN:
            self._begins.clear()
        begins = self._begins[word] = match_key(word) in self._beginnings
        return begins

    def _longest(self, text: str, start: re.Match[str]) -> Mention | None:
        end, key = start.end(), match_key(start[0])
        longest = (end, key) if key in self._ids else None
        while following := _NEXT.match(text, end):
            word = match_key(following[1])
            longer = key if word == _FILLER else f"{key} {word}"
            if longer not in self._beginnings:
                break
            end, key = following.end(), longer
            if key in self._ids and word != _FILLER:
                longest = end, key
        if longest is None:
            return None
        end, key = longest
        return Mention(start.start(), end, text[start.start() : end], key, frozenset(self._ids[key]))


def _at_word(text: str, start: int) -> bool:
    """Whether a word begins here: a capital inside a word begins none."""
    return start == 0 or not text[start - 1].isalnum()


def _beginnings(key: str) -> Iterable[str]:
    words = key.split()
    return (" ".join(words[:n]) for n in range(1, len(words) + 1))


def _official(organization: Organization) -> list[str]:
    return [
        *(name.name for name in organization.names),
        *([organization.short_name] if organization.short_name else []),
    ]
