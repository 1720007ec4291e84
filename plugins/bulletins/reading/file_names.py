"""Names of files as authors type them: in another case, with `%20` for a blank, nearly right."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from urllib.parse import unquote

from bulletins.vietnamese.folding import fold, nfc


def meant(typed: str, names: Collection[str]) -> str:
    """The name of a file that an address in the text means: as it stands, or else with its `%…` undone."""
    name = nfc(typed)
    return name if name in names else nfc(unquote(name))


def nearest(name: str, names: Collection[str]) -> str | None:
    """The name that an author probably meant: the same but for case and marks, or else one much like it."""
    by_fold = {fold(known): known for known in sorted(names)}
    near = get_close_matches(fold(name), list(by_fold), n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None
