"""Of all that was read, what may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bulletins.domain.dossier import Join, dossiers
from bulletins.domain.library import Library
from bulletins.domain.life import as_withdrawn
from bulletins.domain.register import Register
from bulletins.reading.bulletin import Reading
from bulletins.settings import Settings


def is_shown(state: str, settings: Settings) -> bool:
    """Whether a bulletin in this state of its life is shown: in a preview drafts and scheduled ones are too."""
    return state == "published" or (settings.drafts and state in ("draft", "scheduled"))


def library_of(
    register: Register, good: Iterable[Reading], states: Mapping[str, str], settings: Settings, join: Join = dossiers
) -> Library:
    """The library of readings without a mistake; `states` are their bulletins', by the files' names."""
    good = tuple(good)
    shown = [r for r in good if is_shown(states[r.name], settings)]
    return Library(
        register,
        [r.bulletin for r in shown if r.bulletin],
        {r.bulletin.id: r.body for r in shown if r.bulletin and r.body},
        [as_withdrawn(r.bulletin) for r in good if r.bulletin and states[r.name] == "withdrawn"],
        join,
        {r.bulletin.id: r.attachments for r in shown if r.bulletin and r.attachments},
    )
