"""What an author got wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake in the content, addressed to the person who wrote it.

    `path` is relative to the project's root with `/` between folders; `line` and `column` count from 1.
    `code` is stable and documented for authors; `message` is Vietnamese and says what to write instead.
    """

    path: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: [{self.code}] {self.message}"


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
