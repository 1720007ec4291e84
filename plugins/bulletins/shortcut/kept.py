"""What a whole build keeps for the shortcut: what texts are read and shown with. Data only, under a seal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache as once
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bulletins import cache
from bulletins.context import build_of
from bulletins.domain.register import Bloc, Host, MovementEntry, Register, Unit
from bulletins.indexes.file import code_version
from bulletins.pages.beside import Beside, beside
from bulletins.pages.edition import SiteInputs, Theme, site_inputs
from bulletins.reading.reader import Reader
from bulletins.reading.reader import context as reading_context
from bulletins.reading.reading_cache import Context
from bulletins.search.index import layout
from bulletins.search.layout import Outline
from bulletins.settings import Settings
from bulletins.shortcut.state import State

KEPT = "kept.json"
"""The file, beside the ledger, of what a whole build keeps for the shortcut."""

FORMAT = "bulletins-kept-1"


@dataclass(frozen=True)
class Kept:
    """What the last whole build knew, beside its bulletins.

    `context` is what bulletins are read in (`reading.reader.context`), `version` that of the code of documents.
    `search` is the outline of the search index, or None where there is none; `shared` is `Library.shared_ceremonies`.
    """

    hosts: tuple[Host, ...]
    blocs: tuple[Bloc, ...]
    units: tuple[Unit, ...]
    movements: tuple[MovementEntry, ...]
    settings: Settings
    site: SiteInputs
    beside: Beside
    context: Context
    version: str
    search: Outline | None
    shared: Mapping[str, str]

    @cached_property
    def register(self) -> Register:
        return Register(self.hosts, self.blocs, self.units, self.movements)

    @cached_property
    def reader(self) -> Reader:
        """What bulletins are read with; made once for whoever reads again and again."""
        return Reader.of(self.context, self.register, self.settings.site)


@once
def _adapter() -> TypeAdapter[Kept]:
    return TypeAdapter(Kept)


def kept(context: Mapping[str, Any]) -> Kept:
    """What to keep of a whole build with this context of Pelican."""
    build = build_of(context)
    content, settings, register = build.content, build.settings, build.content.library.register
    return Kept(
        tuple(register.hosts.values()),
        tuple(register.blocs.values()),
        tuple(register.units.values()),
        tuple(register.movements.values()),
        settings,
        site_inputs(content.pages, settings, Theme.of(context)),
        beside(content.library),
        reading_context(register, settings.site, Path(context["PATH"]).resolve().parent),
        code_version(),
        layout(content.library).outline if settings.search else None,
        content.library.shared_ceremonies,
    )


def keep(folder: Path, kept: Kept) -> str:
    """Keep this for the shortcut; `folder` is that of the site's ledger. Nothing changed, nothing is written.

    Gives the seal that `kept_in` knows it again by.
    """
    data = _adapter().dump_json(kept, by_alias=True)
    if cache.read(folder / KEPT, FORMAT) != data:
        cache.write(folder / KEPT, data, FORMAT)
    return cache.seal(data, FORMAT).decode()


def kept_in(folder: Path, state: State) -> Kept | None:
    """What the build of this state kept, if that can be relied on: nothing, or what another build kept, cannot."""
    data = cache.read(folder / KEPT, FORMAT)
    if not data or cache.seal(data, FORMAT).decode() != state.kept:
        return None
    try:
        return _adapter().validate_json(data)
    except ValidationError:
        return None  # kept by a program whose records were others
