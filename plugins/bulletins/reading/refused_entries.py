"""What stays readable of refused entries of the register, so that bulletins that name them are not told of new names.

The register's own mistakes keep a site from being published. What stands in for a refused entry here is seen by those
who check bulletins, and by nobody else. It is another entry than the mended one: readings that asked for it ask anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from pydantic import ValidationError

from bulletins.domain.record import Resolver, UnknownName
from bulletins.domain.register import RegisterEntry
from bulletins.mistakes import Mistake
from bulletins.reading.frontmatter import Malformed, parse
from bulletins.vietnamese.folding import slug

E = TypeVar("E", bound=RegisterEntry)

_FIRST = re.compile(r"^( *)-[ \n]", re.MULTILINE)
_NAMING = re.compile(r"\b(id|names?|short_name|aliases):[ \t]*(\[[^\]\n]*\]|\"[^\"\n]*\"|'[^'\n]*'|[^,{}\[\]\n]+)")


def stand_in(data: object, mistakes: Iterable[Mistake], model: type[E], resolvers: Mapping[str, Resolver]) -> E | None:
    """An entry of those fields of a refused entry, as typed, that none of its `mistakes` is in; None if it has no name.

    Names, other spellings and the id are kept as far as they can be read. A host that is unknown is the nearest one.
    """
    if not isinstance(data, dict):
        return None
    bad = {mistake.loc.partition(".")[0] for mistake in mistakes}
    fields = {key: value for key, value in data.items() if key not in bad and value is not None}
    names = [*_texts(data.get("names")), *_texts(data.get("short_name")), *_texts(data.get("id"))]
    fields.setdefault("names", names)
    fields["aliases"] = [*_texts(data.get("aliases")), *names]
    fields.setdefault("id", slug(next(iter([*_texts(data.get("id")), *names]), "")))
    if "host" in bad and (host := _nearest(data.get("host"), resolvers)):
        fields["host"] = host
    with suppress(ValidationError):
        return model.model_validate(fields, context=dict(resolvers))
    return None


def torn(name: str, text: str, verbatim: frozenset[str]) -> Iterator[dict[str, Any]]:
    """The entries, as typed, of a file of the register that is no YAML: of a torn one only what names it."""
    first = _FIRST.search(text)
    pieces = re.split(rf"^(?={first[1]}-[ \n])", text, flags=re.MULTILINE)[1:] if first else ()
    for piece in pieces:
        try:
            tree = parse(name, piece, verbatim=verbatim)
        except Malformed:
            yield _named(piece)
        else:
            yield from (data for data in tree.data or () if isinstance(data, dict))


def _named(piece: str) -> dict[str, Any]:
    said: dict[str, list[str]] = {}
    for key, value in _NAMING.findall(piece):
        texts = value.strip("[]").split(",") if value.startswith("[") else [value]
        said.setdefault(key, []).extend(text.strip(" \t\"'") for text in texts)
    names = [*said.get("names", ()), *said.get("name", ())]
    aliases = [*said.get("aliases", ()), *said.get("short_name", ())]
    return {"id": next(iter(said.get("id", ())), None), "names": names or aliases, "aliases": aliases}


def _texts(typed: object) -> list[str]:
    """The texts of a text, of a list, or of what has a `name`."""
    if isinstance(typed, dict):
        return _texts(typed.get("name"))
    if isinstance(typed, list):
        return [text for item in typed for text in _texts(item)]
    return [typed] if isinstance(typed, str) and typed.strip() else []


def _nearest(typed: object, resolvers: Mapping[str, Resolver]) -> str | None:
    try:
        return resolvers["host"](typed) if isinstance(typed, str) else None
    except UnknownName as unknown:
        return next((id_ for id_, _ in unknown.candidates), None)
