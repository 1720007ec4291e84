"""What one build knows, handed from door to door in Pelican's context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bulletins.domain.attached import ExtraFile
from bulletins.domain.attribution import Undated
from bulletins.domain.library import NOTHING_KEPT, Kept, Library
from bulletins.domain.library_digests import LibraryDigests
from bulletins.domain.model import StaticPage
from bulletins.domain.pictures import PhotoSource, Picture
from bulletins.mistakes import Mistake
from bulletins.settings import Settings

KEY = "bulletins"
"""The name of a `Build` in Pelican's context."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Bulletins in = published + drafts + scheduled + withdrawn + refused."""

    published: int
    draft: int
    scheduled: int
    withdrawn: int
    refused: int

    @classmethod
    def of(cls, states: Iterable[str], refused: int) -> Counts:
        """The counts of bulletins in these states of their lives, and of those refused."""
        by_state = Counter(states)
        return cls(by_state["published"], by_state["draft"], by_state["scheduled"], by_state["withdrawn"], refused)

    @property
    def total(self) -> int:
        return self.published + self.draft + self.scheduled + self.withdrawn + self.refused


@dataclass(frozen=True, slots=True)
class Content:
    """What was read. The library holds only what may be shown, and only bulletins without a mistake."""

    library: Library
    pages: tuple[StaticPage, ...]
    photos: tuple[PhotoSource, ...]
    counts: Counts
    mistakes: tuple[Mistake, ...]
    extra: tuple[ExtraFile, ...] = ()
    until: float | None = None
    """The hour, in seconds since 1970, at which time alone will next change the site; None if it never will."""
    undated: tuple[tuple[str, tuple[Undated, ...]], ...] = ()
    """Of each file, drafts too, the facts whose year is not said where there are several."""


@dataclass(slots=True)
class Build:
    """One build: `settings` and `content` from reading, to which the rooms add what they find out.

    `mistakes` are those of all rooms so far, and `levels` counts them once all are known; `pictures` are the measured
    photos by their bulletin's id and their number from 1; `search` is what a reader must know of the search index, as
    JSON, or nothing where there is none; `kept` is what keeps its address though no bulletin tells of it any more.
    """

    settings: Settings
    content: Content
    mistakes: list[Mistake]
    pictures: Mapping[tuple[str, int], Picture] = field(default_factory=dict)
    levels: Counter[str] = field(default_factory=Counter)
    search: str = ""
    kept: Kept = NOTHING_KEPT
    _digests: LibraryDigests | None = None

    @property
    def digests(self) -> LibraryDigests:
        """The digests of the library, once its pictures are known."""
        if self._digests is None:
            self._digests = LibraryDigests(self.content.library, self.pictures)
        return self._digests

    def forget_digests(self) -> None:
        """Let go of them: nobody asks for them once the plan is there."""
        self._digests = None


def build_of(context: Mapping[str, Any]) -> Build:
    """The build that Pelican's context is of, once content has been read."""
    build: Build = context[KEY]
    return build
