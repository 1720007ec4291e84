"""The change log: what happened to primary objects between two publications (Activity Streams 2.0).

Made from the memory, the states of all objects now, and the moment. An object's digest covers what it says itself, so
one more bulletin is one `Create` of the bulletin, one of its ceremony and one of each photo, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bulletins.memory.digests import ObjectState
from bulletins.memory.state import Memory, ObjectKey, ObjectPublished, Publication

PAGE = 500
"""Activities on a full page."""


class Activity(NamedTuple):
    """One entry of the log.

    `what` is Create, Update, Move, Delete or Refresh; `type` and `id` name the object, for a `Refresh` they are empty.
    `target` is the id it moved to. `note` and `minor` are an update's last entry of its change history, if it is new.
    """

    seq: int
    what: str
    type: str
    id: str
    digest: str | None
    target: str | None = None
    note: str | None = None
    minor: bool | None = None


class Log(NamedTuple):
    """The activities of this publication, and every object as it stands published after it."""

    activities: tuple[Activity, ...]
    objects: Mapping[ObjectKey, ObjectPublished]


def log_of(states: Iterable[ObjectState], publication: Publication) -> Log:
    """What a publication adds to the log.

    The first one, or one after the memory was lost, adds one `Refresh`: whoever follows the log takes everything anew.
    """
    memory = publication.memory
    now = {(state.type, state.id): state for state in sorted(states)}
    if publication.is_first:
        refresh = Activity(memory.seq + 1, "Refresh", "", "", None)
        return Log((refresh,), {key: _published(state, refresh.seq) for key, state in now.items()})
    happened = tuple(_numbered(_happened(now, memory), memory.seq))
    numbers = {(activity.type, activity.id): activity.seq for activity in happened}
    kept = {key: _published(state, numbers.get(key) or _seq(memory, key)) for key, state in now.items()}
    return Log(happened, kept)


def _seq(memory: Memory, key: ObjectKey) -> int:
    known = memory.objects.get(key)
    return known.seq if known else memory.seq


def _published(state: ObjectState, seq: int) -> ObjectPublished:
    return ObjectPublished(state.digest, seq, state.gone, state.changes)


def _numbered(happened: Iterable[Activity], last: int) -> Iterator[Activity]:
    return (activity._replace(seq=seq) for seq, activity in enumerate(happened, last + 1))


def _happened(now: Mapping[ObjectKey, ObjectState], memory: Memory) -> Iterator[Activity]:
    """The activities: first what moved, then the others, by type and id.

    Whoever takes one after the other then knows an object under its new id before it is updated or deleted there. An
    object that is simply not there any more is deleted. Of several former ids of an object, it came from the one
    under which it was there.
    """
    came_from = {
        (state.type, state.gone): key
        for key, state in now.items()
        if state.gone not in ("", "withdrawn") and _was_there(memory.objects.get(key))
    }
    moved = set(came_from.values())
    for key in sorted({*now, *memory.objects, *came_from}, key=lambda key: (key not in moved, key)):
        before, state = memory.objects.get(key), now.get(key)
        was_there = _was_there(before)
        is_there = state is not None and not state.gone
        if state and is_there:
            source = memory.objects.get(came_from.get(key, ("", ""))) if not was_there else before
            if source is None or source.gone:
                yield _activity("Create", state)
            elif source.digest != state.digest:
                yield _update(state, source)
        elif before and was_there:
            moved_to = state.gone if state and state.gone != "withdrawn" else None
            yield Activity(0, "Move" if moved_to else "Delete", *key, None, moved_to)
        elif key in came_from:
            yield Activity(0, "Delete", *key, None, None)  # withdrawn in the same publication as it moved


def _was_there(known: ObjectPublished | None) -> bool:
    return known is not None and not known.gone


def _activity(what: str, state: ObjectState) -> Activity:
    return Activity(0, what, state.type, state.id, state.digest)


def _update(state: ObjectState, before: ObjectPublished) -> Activity:
    is_told = state.changes > before.changes
    note, minor = (state.note, state.minor) if is_told else (None, None)
    return _activity("Update", state)._replace(note=note, minor=minor)
