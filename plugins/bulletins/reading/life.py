"""Mistakes in what a bulletin says of its own life: one that would end before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from bulletins.domain.life import begins, ends
from bulletins.domain.model import Bulletin
from bulletins.mistakes import Mistake
from bulletins.reading import messages
from bulletins.reading.frontmatter import Tree


def mistakes(tree: Tree, bulletin: Bulletin) -> Iterator[Mistake]:
    """A bulletin that expires before it is published would never be seen."""
    if bulletin.expires is None or bulletin.published is None:
        return
    if ends(bulletin.expires, None) <= begins(bulletin.published, None):
        at = tree.position(("expires",))
        yield messages.ENDS_FIRST.at(tree.name, at.line, at.column, where="expires")
