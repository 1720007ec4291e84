"""What a bulletin's page shows, and the notice in the place of a withdrawn one."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, NamedTuple, TypedDict, TypeVar
from urllib.parse import quote

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.attached import AttachedFile
from bulletins.domain.dossier import seats_of
from bulletins.domain.model import (
    Anniversary,
    Announced,
    Award,
    BlocYear,
    Bulletin,
    Byline,
    Ceremony,
    Change,
    Commitments,
    Decision,
    Document,
    Instructions,
    Movement,
    Person,
    Piece,
    Placed,
    Scoring,
    Source,
    Statement,
    Target,
    Theme,
    photos_in,
)
from bulletins.pages.beside import Dispute
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import (
    BulletinInputs,
    Link,
    Sister,
    bloc_link,
    kind_of,
    year_link,
    year_of_bloc_link,
    year_text,
)
from bulletins.pages.views import structured
from bulletins.pages.views.common import (
    Figure,
    Head,
    SeatView,
    figures_of,
    leaders_first,
    public,
    safe_address,
    seat,
    shared_picture,
    unit_links,
)
from bulletins.pages.views.wording import Wording, marked
from bulletins.vietnamese.dates import Moment

T = TypeVar("T")

Units = Mapping[str, Link]


class RoleOfYear(NamedTuple):
    """A role of the bloc in a year, and the units that have it as far as the bulletin says."""

    role: str
    year: str
    seats: tuple[SeatView, ...]
    bloc: str | None
    """The bloc's name where the bulletin is about several."""


class YearOfBulletin(NamedTuple):
    """A year the bulletin is about, and why: of its bloc, or of one of several blocs, which it names, or of none."""

    link: Link
    reasons: tuple[str, ...]
    bloc: str | None


class Share(NamedTuple):
    """Addresses of other services that pass the page's address on."""

    facebook: str
    zalo: str
    mail: str


@dataclass(frozen=True, slots=True)
class MembersStated:
    """The members of a year that the bulletin names; `bloc` is the bloc's name where it is about several."""

    year: str
    bloc: str | None
    complete: bool
    count: int | None
    list: tuple[SeatView, ...]


class Facts(NamedTuple):
    """The structured facts that the text does not word itself, by field."""

    targets: tuple[Target, ...]
    scoring: Scoring | None
    commitments: Commitments | None
    instructions: Instructions | None
    documents: tuple[Document, ...]
    people: tuple[Person, ...]
    themes: tuple[Theme, ...]
    movements: tuple[Movement, ...]
    anniversaries: tuple[Anniversary, ...]
    results: tuple[Statement, ...]
    limitations: tuple[Statement, ...]
    announced: tuple[Announced, ...]
    directions: tuple[Statement, ...]


class RelatedLink(NamedTuple):
    """A report on another site, with the bloc it is about."""

    title: str
    address: str | None
    bloc: Link | None


class AttachmentView(NamedTuple):
    """A file beside the bulletin: its address, name, language, kind of file (`PDF`) and size in kB or MB."""

    address: str
    title: str
    lang: str
    format: str
    size: str


def _attachment(record: Bulletin, file: AttachedFile) -> AttachmentView:
    entry = record.attachments[file.n - 1]
    kilobytes = max(1, round(file.size / 1000))
    size = f"{kilobytes} kB" if kilobytes < 1000 else f"{file.size / 1_000_000:.1f} MB".replace(".", ",")
    kind = file.name.rpartition(".")[2].upper()
    return AttachmentView(urls.attachment(record.id, file.name), entry.title, entry.lang, kind, size)


class BlocView(NamedTuple):
    """A bloc that the bulletin is about, and its host."""

    link: Link
    host: str | None


class BulletinView(TypedDict):
    """A bulletin: its main facts in some rows, its text with pictures, and what the text leaves unsaid."""

    head: Head
    blocs: tuple[BlocView, ...]
    bloc_names: Annotated[dict[str, str], "short names by id, where there are several"]
    bloc_kind: Annotated[str | None, "code of `bloc-kinds`"]
    host: Annotated[str | None, "of a ceremony of no bloc"]
    language: Annotated[str | None, "of the text, when it is not that of the site"]
    title: str
    lead: str
    ceremony: Ceremony
    kinds: Annotated[tuple[str, ...], "what the ceremony was, in words"]
    organiser: Link | None
    published: Moment | None
    expires: Annotated[Moment | None, "until when it is shown; without an hour, until the end of the day"]
    lead_figure: Annotated[Figure | None, "the picture above the text"]
    parts: Annotated[tuple[str | Figure, ...], "the text: pieces of safe HTML and figures, in order"]
    years: tuple[YearOfBulletin, ...]
    years_origin: Annotated[str, "what the years rest on"]
    roles: Annotated[tuple[RoleOfYear, ...], "those the bulletin states, by role and year"]
    members: tuple[MembersStated, ...]
    units: Annotated[dict[str, Link], "by id"]
    decisions: Annotated[tuple[Decision, ...], "but elections, which `roles` tell"]
    awards: tuple[Award, ...]
    settled: Annotated[tuple[Document, ...], "documents adopted or signed, besides those of `decisions`"]
    unsaid: Annotated[tuple[str, ...], "what the bulletin does not state: `place`, `head`, `deputy`, `members`, `pact`"]
    record: Facts
    gallery: Annotated[tuple[Figure, ...], "figures that stand nowhere else on the page"]
    gallery_address: str | None
    photo_count: int
    source: Source | None
    source_address: Annotated[str | None, "only an address of the web"]
    bylines: tuple[Byline, ...]
    byline_as: str | None
    related: tuple[RelatedLink, ...]
    sisters: Annotated[tuple[Sister, ...], "other bulletins of the ceremony, and the other days they give"]
    earlier: Annotated[tuple[Link, ...], "the blocs' bulletins before this one"]
    later: Annotated[tuple[Link, ...], "the blocs' bulletins after this one"]
    attachments: Annotated[tuple[AttachmentView, ...], "files that go out beside it"]
    history: Annotated[tuple[Change, ...], "corrections after publication"]
    share: Share


def bulletin(edition: Edition, inputs: BulletinInputs) -> BulletinView:
    record = inputs.bulletin.whole
    units = unit_links(inputs.units)
    figures = figures_of(edition, inputs.bulletin, inputs.pictures)
    text = inputs.body.parts
    in_text = photos_in(text)
    lead = record.lead_photo if record.lead_photo not in in_text else None
    names = {of.bloc.id: of.bloc.short for of in inputs.blocs} if len(inputs.blocs) > 1 else {}
    kind = kind_of(of.bloc for of in inputs.blocs)
    return {
        "head": _head(edition, record, inputs),
        "blocs": tuple(
            BlocView(bloc_link(of.bloc, short=False), of.host.name if of.host else None) for of in inputs.blocs
        ),
        "bloc_names": names,
        "bloc_kind": kind,
        "host": inputs.host.name if inputs.host else None,
        "language": record.lang if record.lang != edition.settings.language else None,
        "title": record.title,
        "lead": record.lead,
        "ceremony": record.ceremony,
        "kinds": ceremony_kinds(edition, record, kind),
        "organiser": _organiser(record, inputs, units),
        "published": record.published,
        "expires": record.expires,
        "lead_figure": figures[lead] if lead else None,
        "parts": tuple(_part(part, record, figures) for part in text),
        "years": tuple(_years(record, names)),
        "years_origin": record.years.origin,
        "roles": tuple(role for bloc in record.blocs for role in _roles(record, bloc, units, inputs.disputes, names)),
        "members": tuple(_members(entry, units, names) for entry in record.bloc_years if entry.members.list),
        "units": units,
        "decisions": tuple(decision for decision in record.decisions if not _tells_role(decision)),
        "awards": tuple(public(edition, award) for award in record.awards),
        "settled": _settled(record),
        "unsaid": tuple(_unsaid(record)),
        "record": _record(edition, record, Wording(text, _beside(record))),
        "gallery": _gallery(in_text, lead, figures),
        "gallery_address": urls.gallery(record.id) if figures else None,
        "photo_count": len(figures),
        "source": record.source,
        "source_address": safe_address(record.source.url if record.source else None),
        "bylines": tuple(line for line in record.bylines if line.name or line.anonymous),
        "byline_as": record.byline_as,
        "related": _related(inputs),
        "sisters": inputs.sisters,
        "earlier": _others(inputs.earlier, inputs.sisters),
        "later": _others(inputs.later, inputs.sisters),
        "attachments": tuple(_attachment(record, file) for file in inputs.attached),
        "history": record.change_history,
        "share": share(edition.site.absolute(urls.bulletin(record.id)), record.title),
    }


def _organiser(record: Bulletin, inputs: BulletinInputs, units: Mapping[str, Link]) -> Link | None:
    """Who held the ceremony: a unit, or the bloc itself."""
    organiser = record.ceremony.organiser
    own = next((of.bloc for of in inputs.blocs if of.bloc.id == organiser), None)
    return bloc_link(own, short=False) if own else units.get(organiser or "")


def share(address: str, title: str) -> Share:
    """Links that pass an address on by Facebook, Zalo and mail; nothing of these services is loaded by the page."""
    where = quote(address, safe="")
    return Share(
        facebook=f"https://www.facebook.com/sharer/sharer.php?u={where}",
        zalo=f"https://sp.zalo.me/share_inline?url={where}",
        mail=f"mailto:?subject={quote(title)}&body={where}",
    )


def ceremony_kinds(edition: Edition, record: Bulletin, bloc_kind: str | None) -> tuple[str, ...]:
    """What the ceremony was, in words: an election is named by the roles that were elected, where that is known."""
    elected = [role for role in ("head", "deputy") if any(_elects(decision, role) for decision in record.decisions)]
    words = edition.words
    roles = ", ".join(words.label(role, kinds.ROLES).lower() for role in elected)
    named = (
        words.gettext("Bầu %(role)s") % {"role": roles}
        if kind == "election" and roles
        else words.label(kind, kinds.CEREMONIES)
        for kind in record.ceremony.kinds
    )
    return tuple(words.of_bloc(name, bloc_kind) for name in named)


def _elects(decision: Decision, role: str) -> bool:
    return decision.kind == "elected" and decision.role == role


def _head(edition: Edition, record: Bulletin, inputs: BulletinInputs) -> Head:
    n = record.lead_photo
    image = shared_picture(inputs.pictures[n - 1]) if n else None
    return Head(
        record.title,
        urls.bulletin(record.id),
        record.lead,
        kind="article",
        image=image,
        image_alt=record.photos[n - 1].alt if n else "",
        data=urls.api_bulletin(record.id),
        section=urls.HOME,
        trail=(
            Link(urls.BLOCS, edition.words.gettext("Khối, cụm thi đua")),
            *(bloc_link(of.bloc, short=False) for of in inputs.blocs if len(inputs.blocs) == 1),
        ),
        about=structured.bulletin(
            edition,
            record,
            structured.organizers(edition, inputs),
            edition.site.absolute(image.address) if image else None,
        ),
    )


def _part(part: Piece, record: Bulletin, figures: Mapping[int, Figure]) -> str | Figure:
    """A piece of the text, its lists of promises and targets as components, or a photo under the caption for it."""
    if isinstance(part, str):
        return marked(part, record.commitments.list, tuple(map(_target_words, record.targets)))
    return replace(figures[part.n], caption=part.caption) if isinstance(part, Placed) else figures[part]


def _target_words(target: Target) -> str:
    value = f"{target.value:g}" if target.value is not None else ""
    return f"{value} {' '.join(target.attain)}"


def _beside(record: Bulletin) -> Iterator[str]:
    """What stands on the page besides the text."""
    yield record.lead
    yield from (photo.caption for photo in record.photos if photo.caption)


def _gallery(in_text: Collection[int], lead: int | None, figures: Mapping[int, Figure]) -> tuple[Figure, ...]:
    """The photos that stand neither above the text nor in it."""
    return tuple(seen for n, seen in figures.items() if n != lead and n not in in_text)


def _years(record: Bulletin, names: Mapping[str, str]) -> Iterator[YearOfBulletin]:
    """The years it is about: each bloc's, or the site's for a ceremony of no bloc; `names` are of several blocs."""
    for bloc, year in record.bloc_years_told:
        link = year_of_bloc_link(bloc, year, record.years.school_year)
        yield YearOfBulletin(link, record.reasons(year), names.get(bloc))
    if not record.blocs:
        yield from (YearOfBulletin(year_link(year), record.reasons(year), None) for year in sorted(record.year_reasons))


def _roles(
    record: Bulletin, bloc: str, units: Units, disputes: Collection[Dispute], names: Mapping[str, str]
) -> Iterator[RoleOfYear]:
    """The roles the bulletin states, by role and year; `disputes` are the seats other bulletins contradict."""
    record = record.of_bloc(bloc)
    for role in ("head", "deputy", "standing_body"):
        for year in record.years_told:
            held = seats_of(record, role, year)
            if held:
                seats = (seat(stated, units) for stated in held)
                yield RoleOfYear(
                    role,
                    year_text(year, record.years.school_year),
                    tuple(
                        view._replace(conflict=(bloc, year, role, stated.unit) in disputes)
                        for view, stated in zip(seats, held, strict=True)
                    ),
                    names.get(bloc),
                )


def _tells_role(decision: Decision) -> bool:
    return decision.kind in ("elected", "assigned") and decision.role is not None and decision.for_year is not None


def _settled(record: Bulletin) -> tuple[Document, ...]:
    """Documents adopted or signed that no decision names already."""
    named = {(decision.what or "").casefold() for decision in record.decisions}
    adopted = (document for document in record.documents if document.status in ("adopted", "signed"))
    return tuple(document for document in adopted if (document.title or "").casefold() not in named)


def _unsaid(record: Bulletin) -> Iterator[str]:
    """What a reader looks for in a bulletin of its kind and does not find."""
    place = record.ceremony.place
    if not (place and (place.name or place.province)):
        yield "place"
    if record.blocs:
        yield from _unsaid_of_blocs(record)
    if "pact" in record.ceremony.kinds and not (record.commitments.list or record.targets):
        yield "pact"


def _unsaid_of_blocs(record: Bulletin) -> Iterator[str]:
    pairs = [(record.of_bloc(bloc), year) for bloc, year in record.bloc_years_told]
    for role in ("head", "deputy"):
        if not any(seats_of(of_bloc, role, year) for of_bloc, year in pairs):
            yield role
    if not any(entry.members.list for entry in record.bloc_years):
        yield "members"


def _record(edition: Edition, record: Bulletin, wording: Wording) -> Facts:
    """The facts that the text does not word."""
    people = record.people_shown(edition.settings.publish_recipients)
    instructions = record.instructions
    return Facts(
        targets=record.targets if not wording.says_all([*map(_target_words, record.targets)]) else (),
        scoring=_unless(wording, record.scoring, [c.name for c in record.scoring.criteria] if record.scoring else []),
        commitments=_unless(wording, record.commitments, record.commitments.list),
        instructions=_unless(
            wording, instructions, [point.text for point in instructions.list] if instructions else []
        ),
        documents=tuple(d for d in record.documents if not wording.says(d.symbol or d.title or "")),
        people=tuple(person for person in people if _is_news(person, wording)),
        themes=tuple(theme for theme in record.themes if not wording.says(theme.text)),
        movements=tuple(movement for movement in record.movements if not wording.says(movement.name)),
        anniversaries=tuple(a for a in record.anniversaries if not wording.says(a.text)),
        results=_unworded(wording, record.results),
        limitations=_unworded(wording, record.limitations),
        announced=_unless(wording, record.announced, [event.text for event in record.announced]) or (),
        directions=_unworded(wording, record.directions),
    )


def _is_news(person: Person, wording: Wording) -> bool:
    """Whether a person is named nowhere in the text, or on grounds that must be told."""
    return bool(person.name or person.role) and (
        person.origin != "stated" or not wording.says(person.name or person.role or "")
    )


def _unless(wording: Wording, fact: T | None, words: Iterable[str]) -> T | None:
    """A fact that consists of these words, unless it is empty or the text says them."""
    listed = [*words]
    return fact if listed and not wording.says_all(listed) else None


def _unworded(wording: Wording, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    return _unless(wording, statements, [statement.text for statement in statements]) or ()


def _members(entry: BlocYear, units: Units, names: Mapping[str, str]) -> MembersStated:
    members, held = entry.members, _held(entry)
    seats = (seat(member, units, tuple(role for role, by in held if member.unit in by)) for member in members.list)
    name = names.get(entry.bloc or "")
    year = year_text(entry.year, entry.school_year)
    return MembersStated(year, name, members.complete, members.count_stated, leaders_first(seats))


def _held(entry: BlocYear) -> tuple[tuple[str, set[str]], ...]:
    """The roles of the year, other than plain membership, with the units that have them."""
    seats = (("head", (entry.head,)), ("deputy", entry.deputies), ("standing_body", (entry.standing_body,)))
    return tuple((role, {holder.unit for holder in held if holder}) for role, held in seats)


def _others(neighbours: Iterable[Link], sisters: Iterable[Sister]) -> tuple[Link, ...]:
    """Neighbours that tell of another ceremony: another report of the same stands neither before nor after it."""
    same = {sister.link for sister in sisters}
    return tuple(link for link in neighbours if link not in same)


def _related(inputs: BulletinInputs) -> tuple[RelatedLink, ...]:
    blocs = {named.id: bloc_link(named) for named in inputs.related_blocs}
    return tuple(
        RelatedLink(related.title, safe_address(related.url), blocs[related.bloc] if related.bloc else None)
        for related in inputs.bulletin.related
    )


class MovedView(TypedDict):
    """The page at an address that moved: it leads on by itself."""

    head: Head
    title: str
    target: Annotated[str, "address it moved to"]


def moved(edition: Edition, title: str, target: str) -> MovedView:
    return {"head": Head(title, target, indexed=False), "title": title, "target": target}


class NoticeView(TypedDict):
    """The notice in the place of what was withdrawn: nothing of what it said is at hand."""

    head: Head
    what: Annotated[str, "`bulletin`, `gallery`, `photo`, `bloc`, `unit`, `dossier` or `year`"]
    title: str
    date: Annotated[datetime.date | None, "none where nothing was withdrawn, but no bulletin tells of it any more"]
    reason: str | None
    way: Annotated[Link, "to what is left of it, or to others of its sort"]


class Withdrawn(NamedTuple):
    """Where something was, and where its JSON is; a gallery has that of its bulletin."""

    what: str
    address: str
    data: str
    title: str


def notice(edition: Edition, gone: Withdrawn, date: datetime.date | None, reason: str | None) -> NoticeView:
    title = edition.words.gettext("Năm %(year)s") % {"year": gone.title} if gone.what == "year" else gone.title
    return {
        "head": Head(title, gone.address, indexed=False, data=gone.data),
        "what": gone.what,
        "title": title,
        "date": date,
        "reason": reason,
        "way": _way_on(edition, gone),
    }


def _way_on(edition: Edition, gone: Withdrawn) -> Link:
    gettext = edition.words.gettext
    of = gone.address.split("/")[2]
    match gone.what:
        case "photo" | "gallery":
            return Link(urls.bulletin(of), gettext("Tới trang của bản tin"))
        case "dossier":
            return Link(urls.bloc(of), gettext("Tới trang của khối, cụm"))
        case "year":
            return Link(urls.YEARS, gettext("Tất cả các năm"))
        case "bloc":
            return Link(urls.BLOCS, gettext("Tất cả các khối, cụm"))
        case "unit":
            return Link(urls.UNITS, gettext("Tất cả các đơn vị"))
    return Link(urls.HOME, gettext("Xem các bản tin khác"))
