"""The publication that a build is for, from the settings that its command gave it."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

from bulletins.clock import now
from bulletins.memory.copy import Copy
from bulletins.memory.read import read_memory
from bulletins.memory.state import Memory, Publication

KEY = "bulletins_publication"
"""The name of a `Publication` in Pelican's context."""

MEMORY, FIRST = "BULLETINS_MEMORY", "BULLETINS_FIRST"
"""Settings of one build: the folder of the copy, and whether nothing was published before."""


class NoMemory(Exception):
    """There is no memory where there should be one, or one where there should be none."""


def publication(settings: Mapping[str, Any]) -> Publication | None:
    """The publication that a build with these settings of Pelican's is for; None for a build that is for none.

    Its moment is never before the last one, whatever the clock of this machine says: `modified` never goes back.
    Raises `NoMemory` and `Damaged`.
    """
    folder, is_first = settings.get(MEMORY, ""), bool(settings.get(FIRST))
    if not folder and not is_first:
        return None
    copy = Copy(Path(folder)) if folder else None
    memory = read_memory(copy.read) if copy else None
    if memory is None and not is_first:
        raise NoMemory(
            f"{folder}: không có bản sao của trang đang đăng; nếu chưa từng đăng, hãy thêm --first"
            " / no copy of a published site; if nothing was published yet, add --first"
        )
    if memory is not None and is_first:
        raise NoMemory(
            f"{folder}: đã có bản sao của trang đang đăng; hãy bỏ --first"
            " / there is a published site; leave out --first"
        )
    memory = memory or Memory()
    return Publication(memory, max(now().isoformat(timespec="seconds"), memory.latest), copy, is_first)


def publication_of(context: Mapping[str, Any]) -> Publication | None:
    """The publication that Pelican's context is for."""
    known: Publication | None = context.get(KEY)
    return known


def keep(context: MutableMapping[str, Any], for_publication: Publication | None) -> None:
    """Put the publication into Pelican's context."""
    context[KEY] = for_publication
