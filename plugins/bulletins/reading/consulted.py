"""What of the register a bulletin was read with: all that was asked, so that it is known whether another answers alike.

Whoever reads a bulletin sees the register through `Watched`, which notes each question with its answer: the names that
were looked up, the entries that were looked at, the texts in which names were searched. A reading stays as it is while
all answers do, whatever else changed in the register.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

from bulletins.domain.record import Resolver, UnknownName
from bulletins.domain.register import Bloc, Host, Register, RegisterEntry, Unit
from bulletins.phrases.names import Mention, Names

E = TypeVar("E", bound=RegisterEntry)

Question = tuple[str, str]
"""What is asked, and of what: a kind of resolver and a typed name, or one of those below and an id, a name, a text."""

_ENTRY, _MENTIONS, _IN_BODY = "entry", "mentions", "body"
_IDS, _SPELLINGS, _IS_ACCEPTED = "ids", "spellings", "accepted"
_OF_PLACE = ("bloc", "blocs", "host")
"""The fields that say where names are looked up."""


class Consulted(NamedTuple):
    """All that one reading asked of the register, and a digest of the answers.

    `typed` are the fields, as typed, that say where names were looked up. `is_clean` is whether the file's text was
    read as it stands in it.
    """

    typed: Mapping[str, Any]
    questions: tuple[Question, ...]
    answers: str
    is_clean: bool

    @property
    def as_json(self) -> bytes:
        """For a file."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def of_json(cls, kept: bytes) -> Consulted:
        """What `as_json` gave."""
        typed, questions, answers, is_clean = json.loads(kept)
        return cls(typed, tuple((what, about) for what, about in questions), answers, is_clean)

    def is_answered_alike(self, register: Register, names: Names, body: str) -> bool:
        """Whether a register answers all of it as it was answered; `names` are its own, `body` is the bulletin's."""
        place = register.place(self.typed)
        resolvers = register.resolvers_at(*place)
        answers = (_answer(register, names, resolvers, what, body if what == _IN_BODY else about)
                   for what, about in self.questions)  # fmt: skip
        return _digest((repr(place), *answers)) == self.answers


def _answer(register: Register, names: Names, resolvers: Mapping[str, Resolver], what: str, about: str) -> str:
    if what in resolvers:
        return _resolved(register, resolvers[what], about)
    if what == _ENTRY:
        return _entry(register, about)
    if what == _SPELLINGS:
        return _listed(names.register_names(about))
    if what == _IDS:
        return _listed(sorted(names.ids_of(about)))
    if what == _IS_ACCEPTED:
        return str(names.accepts(about))
    return _mentioned(names.find(about))


def _resolved(register: Register, find: Resolver, typed: str) -> str:
    """What a typed name means; empty where it means nothing."""
    try:
        return _meant(register, find(typed))
    except UnknownName:
        return ""


def _meant(register: Register, id_: str) -> str:
    """An id, and all that is said of a dated unit: rules look at those whenever a bulletin names them."""
    unit = register.units.get(id_)
    return f"{id_} {unit.digest}" if unit and unit.is_dated else id_


def _entry(register: Register, id_: str) -> str:
    """What the register says under an id, of whatever kind."""
    kinds = (register.hosts, register.blocs, register.all_units, register.movements)
    return _listed(kind[id_].digest if id_ in kind else "" for kind in kinds)


def _mentioned(mentions: Iterable[Mention]) -> str:
    """Where names stand in a text, and whose they are."""
    return repr([(mention.start, mention.end, sorted(mention.ids)) for mention in mentions])


def _listed(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _digest(answers: Iterable[str]) -> str:
    return blake2b("\0".join(answers).encode(errors="surrogatepass"), digest_size=16).hexdigest()


class _WatchedEntries(Mapping[str, E]):
    """Entries of one kind, by id."""

    def __init__(self, entries: Mapping[str, E], note: Callable[[str], None]) -> None:
        self._entries, self._note = entries, note

    def __getitem__(self, id_: str) -> E:
        self._note(id_)
        return self._entries[id_]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("what all entries say can be no question: each new one would answer it otherwise")

    def __len__(self) -> int:
        raise TypeError("likewise")


class Watched:
    """The register as whoever reads one bulletin sees it: it answers as the register does, and notes every question."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._typed: Mapping[str, Any] = {}
        self._place = ""
        self._answers: dict[Question, str] = {}
        self._ids: dict[Question, str] = {}
        self.hosts: Mapping[str, Host] = _WatchedEntries(register.hosts, self._note_entry)
        self.blocs: Mapping[str, Bloc] = _WatchedEntries(register.blocs, self._note_entry)
        self.units: Mapping[str, Unit] = _WatchedEntries(register.units, self._note_entry)
        self.all_units: Mapping[str, Unit] = _WatchedEntries(register.all_units, self._note_entry)

    def resolvers(self, typed: object) -> Mapping[str, Resolver]:
        """As `Register.resolvers`."""
        self._typed = {key: typed[key] for key in _OF_PLACE if key in typed} if isinstance(typed, dict) else {}
        place = self._register.place(self._typed)
        self._place = repr(place)
        return {what: partial(self._resolve, what, find) for what, find in self._register.resolvers_at(*place).items()}

    def names(self, names: Names) -> WatchedNames:
        """The names of the register, which are searched in texts."""
        return WatchedNames(names, self._answers)

    def consulted(self, body: str, is_clean: bool) -> Consulted:
        """All that was asked; a question of the bulletin's `body` is kept without it, since it stands in the file.

        `is_clean` as in `Consulted`.
        """
        questions = ((_IN_BODY, "") if asked == (_MENTIONS, body) else asked for asked in self._answers)
        return Consulted(self._typed, tuple(questions), _digest((self._place, *self._answers.values())), is_clean)

    def _resolve(self, what: str, find: Resolver, typed: str) -> str:
        question = what, typed
        if question in self._ids:  # a bulletin names a unit again and again
            return self._ids[question]
        try:
            id_ = find(typed)
        except UnknownName:
            self._answers[question] = ""
            raise
        self._ids[question], self._answers[question] = id_, _meant(self._register, id_)
        return id_

    def _note_entry(self, id_: str) -> None:
        if (_ENTRY, id_) not in self._answers:
            self._answers[_ENTRY, id_] = _entry(self._register, id_)


class WatchedNames:
    """The names of the register for who reads one bulletin; see `Names`."""

    def __init__(self, names: Names, answers: dict[Question, str]) -> None:
        self._names, self._answers = names, answers

    @property
    def dated_units(self) -> frozenset[str]:
        """Whether a unit that a bulletin names is one of them was noted when its name was looked up."""
        return self._names.dated_units

    def find(self, text: str) -> Sequence[Mention]:
        """As `Names.find`."""
        mentions = tuple(self._names.find(text))
        self._answers[_MENTIONS, text] = _mentioned(mentions)
        return mentions

    def ids_of(self, name: str) -> frozenset[str]:
        """As `Names.ids_of`."""
        ids = self._names.ids_of(name)
        self._answers[_IDS, name] = _listed(sorted(ids))
        return ids

    def register_names(self, key: str) -> Sequence[str]:
        """As `Names.register_names`."""
        names = self._names.register_names(key)
        self._answers[_SPELLINGS, key] = _listed(names)
        return names

    def accepts(self, written: str) -> bool:
        """As `Names.accepts`."""
        is_accepted = self._names.accepts(written)
        self._answers[_IS_ACCEPTED, written] = str(is_accepted)
        return is_accepted
