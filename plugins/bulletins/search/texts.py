"""What a bulletin is found by: everything its pages show, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from bulletins.domain import kinds
from bulletins.domain.model import Body, Bulletin, Placed
from bulletins.domain.register import Bloc, Host, Register
from bulletins.search.terms import Texts
from bulletins.vietnamese.dates import iso

_INLINE = re.compile(r"</?(?:a|abbr|b|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>")
_TAG = re.compile("<[^>]*>")


def moment(bulletin: Bulletin) -> str:
    """When the bulletin took its place among all: its publication, else the day of its ceremony."""
    return iso(bulletin.published) if bulletin.published else str(bulletin.date)


def texts(bulletin: Bulletin, body: Body, register: Register, publish_recipients: bool) -> Texts:
    """The texts of a published bulletin; `publish_recipients` as for `Bulletin.people_shown`."""
    bulletin = bulletin.whole
    text = ("\n".join(_text(bulletin, body, publish_recipients)),)
    return with_names(Texts((), (), text, tuple(facets(bulletin))), bulletin, register, publish_recipients)


def with_names(texts: Texts, bulletin: Bulletin, register: Register, publish_recipients: bool) -> Texts:
    """The texts of a bulletin with the names that a register has for those it is about."""
    bulletin = bulletin.whole
    named = "\n".join(_named(bulletin, register, publish_recipients))
    return texts._replace(titled=(bulletin.title, *_spellings(bulletin, register)), named=(named,))


def facets(bulletin: Bulletin) -> Iterator[str]:
    """By what a reader may narrow a search: bloc, kinds, years, units."""
    yield from (f"@b{bloc}" for bloc in bulletin.blocs)
    yield from (f"@k{kind}" for kind in bulletin.card.kinds)
    yield from (f"@y{year}" for year in sorted({*bulletin.year_reasons, *filter(None, [bulletin.date.year])}))
    yield from (f"@u{unit}" for unit in bulletin.units)


def plain(html: str) -> str:
    """The words of a piece of safe HTML, with a line end wherever a block begins or ends."""
    text = _TAG.sub("\n", _INLINE.sub("", html.replace("\n", " ")))
    return unescape(text) if "&" in text else text


def organizers(bulletin: Bulletin, register: Register) -> Iterator[Bloc | Host]:
    """The blocs of a bulletin and their hosts, or the host of a ceremony of no bloc."""
    hosts = [bulletin.host] if bulletin.host else []
    for bloc in map(register.blocs.__getitem__, bulletin.blocs):
        yield bloc
        hosts += [bloc.host] if bloc.host else []
    yield from (register.hosts[host] for host in dict.fromkeys(hosts))


def _spellings(bulletin: Bulletin, register: Register) -> Iterator[str]:
    for body in organizers(bulletin, register):
        yield from (name.name for name in body.names)
        yield from (body.short_name or "", *body.aliases)
        if isinstance(body, Bloc) and body.number:
            yield f"{kinds.BLOC_KINDS[body.kind].vi.split()[0]} {body.number}"


def _named(bulletin: Bulletin, register: Register, publish_recipients: bool) -> Iterator[str]:
    yield bulletin.lead
    yield from (person.name or "" for person in bulletin.people_shown(publish_recipients))
    yield from (document.symbol or "" for document in bulletin.documents)
    if bulletin.ceremony.place:
        yield from (bulletin.ceremony.place.name or "", bulletin.ceremony.place.province or "")
    for unit in map(register.all_units.__getitem__, bulletin.units):
        yield from (name.name for name in unit.names)
        yield from (unit.short_name or "", *unit.aliases)


def _text(bulletin: Bulletin, body: Body, publish_recipients: bool) -> Iterator[str]:
    for part in body.parts:
        if not isinstance(part, int):
            yield part.caption if isinstance(part, Placed) else plain(part)
    yield from _occasion(bulletin)
    yield from _people(bulletin, publish_recipients)
    yield from _facts(bulletin)
    yield from _awards(bulletin, publish_recipients)
    for photo in bulletin.photos:
        yield from (photo.caption or "", photo.alt, *photo.shows)


def _occasion(bulletin: Bulletin) -> Iterator[str]:
    day = bulletin.date
    yield from (bulletin.ceremony.name or "", *bulletin.bloc_as)
    yield from (kinds.CEREMONIES[kind].vi for kind in bulletin.ceremony.kinds)
    if day.day:
        yield from (f"{day.day}/{day.month}/{day.year}", f"ngày {day.day} tháng {day.month} năm {day.year}")
    yield from (f"năm {year}" for year in sorted(bulletin.year_reasons))


def _people(bulletin: Bulletin, publish_recipients: bool) -> Iterator[str]:
    for person in bulletin.people_shown(publish_recipients):
        yield from (f"{person.name or ''} {person.role or ''}", person.capacity or "")
        yield from (deed for deed in person.did if deed not in kinds.DEEDS.codes)
    for entry in bulletin.bloc_years:
        yield from (seat.person or "" for seat in (entry.head, entry.standing_body, *entry.deputies) if seat)
    yield from (line.name or "" for line in bulletin.bylines)
    yield bulletin.source.publisher or "" if bulletin.source else ""


def _facts(bulletin: Bulletin) -> Iterator[str]:
    for document in bulletin.documents:
        yield from (kinds.DOCUMENTS[document.kind].vi, document.title or "", document.issuer or "")
    yield from (theme.text for theme in bulletin.themes)
    yield from (movement.name for movement in bulletin.movements)
    yield from (anniversary.text for anniversary in bulletin.anniversaries)
    yield from bulletin.commitments.list
    if bulletin.instructions:
        yield from (bulletin.instructions.by or "", *(point.text for point in bulletin.instructions.list))
    yield from (text for target in bulletin.targets for text in (target.of or "", *target.attain))
    if bulletin.scoring:
        yield from (criterion.name for criterion in bulletin.scoring.criteria)
    yield from (text or "" for d in bulletin.decisions for text in (d.what, d.by, d.document))
    yield from (text or "" for event in bulletin.announced for text in (event.text, event.place))
    yield from (statement.text for statement in (*bulletin.results, *bulletin.limitations, *bulletin.directions))


def _awards(bulletin: Bulletin, publish_recipients: bool) -> Iterator[str]:
    for award in bulletin.awards:
        yield from (kinds.AWARDS[award.form].vi, award.by or "", award.presented_by or "", award.for_ or "")
        if publish_recipients:
            yield from award.recipients
