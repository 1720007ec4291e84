"""Pelican's door to indexes: every machine-readable file is a line of the plan, and no bulletin may have vanished."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pelican import signals

from bulletins.context import build_of
from bulletins.indexes.documents import plan
from bulletins.indexes.gone import of_older_site
from bulletins.indexes.published import built_before, kept_of, vanished, vanished_of, vanished_pages
from bulletins.memory.copy import Copy
from bulletins.memory.publication import NoMemory, keep, publication, publication_of
from bulletins.memory.read import Damaged, read_memory
from bulletins.memory.state import Memory
from bulletins.mistakes import Mistake
from bulletins.plan import Line
from bulletins.signals import plan_wanted

FORGET = "BULLETINS_FORGET"
"""Setting of one build: ids, between commas, of what was built on this machine and never was public."""

SEEN = "publications/shown-*"
"""Where `publish` keeps what it saw at its targets, below the cache."""


def _compare(generators: Sequence[Any]) -> None:
    """Add a mistake for every id of the last publication that is gone.

    A preview may lose bulletins. One that is refused for a mistake is missing from the library, but not gone.
    """
    context = generators[0].context
    build = build_of(context)
    try:
        keep(context, publication(generators[0].settings))
    except (NoMemory, Damaged) as failure:
        sys.exit(str(failure))
    if known := publication_of(context):
        build.kept = kept_of(known.memory, known.copy, build.content.library)
    if not (build.settings.drafts or build.content.counts.refused):
        build.mistakes += _vanished(context, generators[0].settings)


def _vanished(context: Mapping[str, Any], settings: Mapping[str, Any]) -> list[Mistake]:
    """What of the last publication is gone; or, where nothing is known of any, of the site this machine built last.

    A publication is known by the memory this build is to follow, or else by what `publish` last saw at its targets.
    """
    content, known = build_of(context).content, publication_of(context)
    pages = [f"{'en/' * page.english}{page.slug}" for page in content.pages]
    pages += [address.strip("/") for address, _ in of_older_site(content.library)]
    forgotten = [id_.strip() for id_ in settings.get(FORGET, "").split(",") if id_.strip()]
    seen = [(known.copy, known.memory)] if known else list(_seen(Path(settings["CACHE_PATH"])))
    memories = [(copy, memory) for copy, memory in seen if copy]
    if not seen:
        return vanished(built_before(Path(settings["OUTPUT_PATH"]), pages), content.library, pages, forgotten)
    for _, memory in memories:
        _refuse_to_forget(forgotten, memory)
    lost = [
        m for copy, memory in memories for m in (*vanished_of(memory, content.library), *vanished_pages(copy, pages))
    ]
    return list(dict.fromkeys(lost))


def _seen(cache: Path) -> Iterator[tuple[Copy, Memory]]:
    """What `publish` copied of the sites at its targets, as far as the copies are whole."""
    for folder in sorted(cache.glob(SEEN)):
        with suppress(Damaged):
            copy = Copy(folder)
            memory = read_memory(copy.read)
            if memory:
                yield copy, memory


def _refuse_to_forget(ids: Iterable[str], memory: Memory) -> None:
    public = [id_ for id_ in ids if memory.has("bulletin", id_)]
    if public:
        sys.exit(
            f"--forget: {', '.join(public)} đã công khai nên không quên được; muốn gỡ thì ghi `status: withdrawn`"
            " / was published and cannot be forgotten; to take it away write `status: withdrawn`"
        )


def _lines(context: Mapping[str, Any]) -> list[Line]:
    build = build_of(context)
    content, known = build.content, publication_of(context)
    return plan(content.library, build.pictures, build.settings, known, build.digests, build.kept)


def register() -> None:
    signals.all_generators_finalized.connect(_compare)
    plan_wanted.connect(_lines)
