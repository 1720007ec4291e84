"""What a whole build keeps for the shortcut: what texts are read and shown with, and the lines that list all files."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bulletins.indexes.file import code_version
from bulletins.indexes.shape import Terms
from bulletins.pages.edition import SiteInputs, site_inputs
from bulletins.plan import Catalogue, Check
from bulletins.reading.reader import context as reading_context
from bulletins.reading.shelf import readings_of
from bulletins.shortcut.state import State
from bulletins.shortcut.texts import Place

KEPT = "kept.pickle"
"""The file, beside the ledger, of what a whole build keeps for the shortcut."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the last whole build knew, beside its bulletins."""

    place: Place
    site: SiteInputs
    terms: Terms
    version: str
    catalogues: tuple[Catalogue, ...]
    checks: tuple[Check, ...]
    output: Path
    cache: Path


def kept(context: Mapping[str, Any], catalogues: Iterable[Catalogue], checks: Iterable[Check]) -> Kept:
    """What to keep of a whole build with this context of Pelican; its plan had these catalogues and checks."""
    content, settings = context["bulletins_content"], context["bulletins_settings"]
    top, output, cache = (Path(context[name]).resolve() for name in ("PATH", "OUTPUT_PATH", "CACHE_PATH"))
    root, register = top.parent, content.library.register
    return Kept(
        Place(root, readings_of(cache, output), reading_context(register, settings.site, root), register, settings),
        site_inputs(content.pages, settings, Path(context["THEME"])),
        Terms.of(settings),
        code_version(),
        tuple(replace(line, inputs=()) for line in catalogues),
        tuple(checks),
        output,
        cache,
    )


def keep(cache: Path, kept: Kept) -> str:
    """Keep this for the shortcut; `cache` is the folder of the site's ledger. Nothing changed, nothing is written.

    Gives what `kept_in` knows it again by.
    """
    data = pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)
    file = cache / KEPT
    if not file.exists() or file.read_bytes() != data:
        beside = cache / f"{KEPT}.new"
        beside.write_bytes(data)
        beside.replace(file)
    return _mark(data)


def kept_in(cache: Path, state: State) -> Kept | None:
    """What the build of this state kept, if that can be relied on: nothing, or what another build kept, cannot."""
    try:
        data = (cache / KEPT).read_bytes()
    except FileNotFoundError:
        return None
    kept: Kept | None = pickle.loads(data) if _mark(data) == state.kept else None
    return kept


def _mark(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
