"""What an author got wrong, where, and how to mend it: in Vietnamese, and in English for those who ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Level = Literal["error", "warning", "silenced"]
"""An error refuses the bulletin; a warning is listed and publishing goes on; a silenced warning has a reason."""


_LEVEL_WORDS = {
    "error": ("Lỗi", "Error"), "warning": ("Cảnh báo", "Warning"), "silenced": ("Bỏ qua", "Silenced")
}  # fmt: skip


class Mistake(NamedTuple):
    """One mistake in the content, addressed to the person who wrote it.

    `path` is relative to the project's root with `/` between folders; `line` and `column` count from 1.
    `code` is stable and documented for authors; `message` is Vietnamese and says what to write instead, and
    `english` is the same for colleagues who read no Vietnamese.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    level: Level = "error"
    english: str = ""
    loc: str = ""
    """The field it is about, with dots between and counted from 0 (`photos.1.alt`); empty where that is not known."""

    def __str__(self) -> str:
        return f"{self.place} [{self.code}] {self.message}"

    @property
    def place(self) -> str:
        """`path:line:column:`, which editors and terminals make a link of."""
        return f"{self.path}:{self.line}:{self.column}:"

    def said(self, language: str) -> str:
        """The line to print: `path:line:column: Lỗi [code] message`, in `vi` or `en`."""
        return f"{self.place} {self.level_word(language)} [{self.code}] {self.words(language)}"

    def level_word(self, language: str) -> str:
        """“Lỗi”, “Cảnh báo” or “Bỏ qua”; in English “Error”, “Warning” or “Silenced”."""
        return _LEVEL_WORDS[self.level][language == "en"]

    def words(self, language: str) -> str:
        """The message alone, in `vi` or `en`."""
        return self.english if language == "en" and self.english else self.message

    def silenced(self, reason: str) -> Mistake:
        """The same, put to rest by an author for a reason."""
        message, english = f"{self.message} (bỏ qua: {reason})", f"{self.english} (silenced: {reason})"
        return self._replace(level="silenced", message=message, english=english)

    def of_a_draft(self) -> Mistake:
        """The same in a draft: it is told, and stops nobody's publication."""
        if self.level != "error":
            return self
        message = f"{self.message} (bản nháp: không chặn việc đăng bản tin khác)"
        return self._replace(level="warning", message=message, english=f"{self.english} (a draft: stops no other)")


@dataclass(frozen=True, slots=True)
class Both:
    """A word of a message that differs between the languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the code of its rule, its level, and its words, with `{names}` for what is filled in."""

    code: str
    vi: str
    en: str
    level: Level = "error"

    def at(self, path: str, line: int, column: int, where: str = "", /, **words: object) -> Mistake:
        """The mistake at a place; `where` is the field it is about, as an author would write it."""
        field = f"`{where}`: " if where else ""
        message = field + self.vi.format(**{k: v.vi if isinstance(v, Both) else v for k, v in words.items()})
        english = field + self.en.format(**{k: v.en if isinstance(v, Both) else v for k, v in words.items()})
        return Mistake(path, line, column, self.code, message, self.level, english)


def errors(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Those that refuse a bulletin."""
    return [mistake for mistake in mistakes if mistake.level == "error"]


class Refused(Exception):
    """The content has mistakes, so nothing is published; carries all of them, sorted.

    Pelican's command ends with `exitcode`.
    """

    exitcode = 1

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))

    def __reduce__(self) -> tuple[type[Refused], tuple[tuple[Mistake, ...]]]:
        """So that it comes whole out of a worker process: `Exception` would rebuild it from its message."""
        return Refused, (self.mistakes,)
