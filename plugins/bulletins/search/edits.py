"""Edited texts in the index: the shards that are published are patched, term by term."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bulletins import urls
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.register import Register
from bulletins.plan import Output
from bulletins.search.layout import Outline, table_address
from bulletins.search.shards import Move, moves, patched
from bulletins.search.texts import moment, texts
from bulletins.search.volumes import Key


class Edit(NamedTuple):
    """A bulletin of which nothing but the text changed."""

    bulletin: Bulletin
    before: Body
    after: Body


def edited_shards(
    outline: Outline, edits: Iterable[Edit], register: Register, publish_recipients: bool, output: Path
) -> list[Output]:
    """The lines of the shards that differ after the edits, made from what is published in the folder `output`.

    Raises OSError or ValueError where the index that is published is not that of the outline.
    """
    by_file: dict[str, list[Move]] = {}
    for edit in edits:
        for address, move in _moves(outline, edit, register, publish_recipients, output):
            by_file.setdefault(urls.output_path(address), []).append(move)
    return [
        Output((path,), patched, ((output / path).read_bytes(), tuple(some))) for path, some in sorted(by_file.items())
    ]


def _moves(
    outline: Outline, edit: Edit, register: Register, publish_recipients: bool, output: Path
) -> Iterator[tuple[str, Move]]:
    """What an edit changes, each with the shard in which it lies."""
    bulletin = edit.bulletin
    volume = outline.volume_of(Key(moment(bulletin), bulletin.id))
    place = json.loads((output / urls.output_path(table_address(volume))).read_bytes()).index(bulletin.id)
    tier = outline.tier_of(volume)
    before, after = (texts(bulletin, body, register, publish_recipients) for body in (edit.before, edit.after))
    for move in moves(volume, place, before, after):
        yield tier.address(tier.shard_of(move[0])), move
