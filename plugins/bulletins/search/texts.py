"""What a bulletin is found by: everything its pages show, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from bulletins.domain import kinds
from bulletins.domain.model import Body, Bulletin, Placed
from bulletins.domain.register import Bloc, Register
from bulletins.search.terms import Texts
from bulletins.vietnamese.dates import iso

_INLINE = re.compile(r"</?(?:a|abbr|b|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>")
_TAG = re.compile("<[^>]*>")


def moment(one: Bulletin) -> str:
    """When the bulletin took its place among all: its publication, else the day of its ceremony."""
    return iso(one.published) if one.published else one.date.isoformat()


def texts(one: Bulletin, body: Body, register: Register, publish_recipients: bool) -> Texts:
    """The texts of a published bulletin; `publish_recipients` as for `Bulletin.people_shown`."""
    one = one.whole
    bloc = register.blocs[one.bloc]
    return Texts(
        titled=(one.title, *_spellings(bloc, register)),
        named=("\n".join(_named(one, register, publish_recipients)),),
        text=("\n".join(_text(one, body, publish_recipients)),),
        facets=tuple(facets(one)),
    )


def facets(one: Bulletin) -> Iterator[str]:
    """By what a reader may narrow a search: bloc, kinds, years, units."""
    yield f"@b{one.bloc}"
    yield from (f"@k{kind}" for kind in one.card.kinds)
    yield from (f"@y{year}" for year in sorted({*one.year_reasons, one.date.year}))
    yield from (f"@u{unit}" for unit in one.units)


def plain(html: str) -> str:
    """The words of a piece of safe HTML, with a line end wherever a block begins or ends."""
    text = _TAG.sub("\n", _INLINE.sub("", html.replace("\n", " ")))
    return unescape(text) if "&" in text else text


def _spellings(bloc: Bloc, register: Register) -> Iterator[str]:
    for body in (bloc, register.hosts[bloc.host]):
        yield from (name.name for name in body.names)
        yield from (body.short_name or "", *body.aliases)
    if bloc.number:
        yield f"{kinds.BLOC_KINDS[bloc.kind].vi.split()[0]} {bloc.number}"


def _named(one: Bulletin, register: Register, publish_recipients: bool) -> Iterator[str]:
    yield one.lead
    yield from (person.name or "" for person in one.people_shown(publish_recipients))
    yield from (document.symbol or "" for document in one.documents)
    if one.ceremony.place:
        yield from (one.ceremony.place.name or "", one.ceremony.place.province or "")
    for unit in map(register.units.__getitem__, one.units):
        yield from (name.name for name in unit.names)
        yield from (unit.short_name or "", *unit.aliases)


def _text(one: Bulletin, body: Body, publish_recipients: bool) -> Iterator[str]:
    for part in body.parts:
        if not isinstance(part, int):
            yield part.caption if isinstance(part, Placed) else plain(part)
    yield from _occasion(one)
    yield from _people(one, publish_recipients)
    yield from _facts(one)
    yield from _awards(one, publish_recipients)
    for photo in one.photos:
        yield from (photo.caption or "", photo.alt, *photo.shows)


def _occasion(one: Bulletin) -> Iterator[str]:
    day = one.date
    yield from (one.ceremony.name or "", *one.bloc_as)
    yield from (kinds.CEREMONIES[kind].vi for kind in one.ceremony.kinds)
    yield from (f"{day.day}/{day.month}/{day.year}", f"ngày {day.day} tháng {day.month} năm {day.year}")
    yield from (f"năm {year}" for year in sorted(one.year_reasons))


def _people(one: Bulletin, publish_recipients: bool) -> Iterator[str]:
    for person in one.people_shown(publish_recipients):
        yield from (f"{person.name or ''} {person.role or ''}", person.capacity or "")
    for entry in one.bloc_years:
        yield from (seat.person or "" for seat in (entry.head, entry.standing_body, *entry.deputies) if seat)
    yield from (line.name or "" for line in one.bylines)
    yield one.source.publisher or "" if one.source else ""


def _facts(one: Bulletin) -> Iterator[str]:
    for document in one.documents:
        yield from (kinds.DOCUMENTS[document.kind].vi, document.title or "", document.issuer or "")
    yield from (theme.text for theme in one.themes)
    yield from (movement.name for movement in one.movements)
    yield from (anniversary.text for anniversary in one.anniversaries)
    yield from one.commitments.list
    if one.instructions:
        yield from (one.instructions.by or "", *(point.text for point in one.instructions.list))
    yield from (text for target in one.targets for text in (target.of, *target.attain))
    if one.scoring:
        yield from (criterion.name for criterion in one.scoring.criteria)
    yield from (decision.what or "" for decision in one.decisions)
    yield from (statement.text for statement in (*one.results, *one.limitations, *one.directions))


def _awards(one: Bulletin, publish_recipients: bool) -> Iterator[str]:
    for award in one.awards:
        yield from (kinds.AWARDS[award.form].vi, award.by or "", award.presented_by or "", award.for_ or "")
        if publish_recipients:
            yield from award.recipients
