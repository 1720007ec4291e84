"""The JSON of blocs and units: their names over time, and what bulletins say of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.dossier import Service, Stated
from bulletins.domain.model import Award, Card, Origin
from bulletins.domain.provinces import code_of
from bulletins.domain.record import CodeOf, about
from bulletins.domain.register import Bloc, Council, Host, Identifier, Membership, Name, Unit
from bulletins.indexes.facts import BulletinEntry, StatedAward, award, bulletin_entry
from bulletins.indexes.parts import WHOLE, Divided, Share
from bulletins.indexes.shape import (
    LATEST_DAY,
    Address,
    ApiDocument,
    DataId,
    Entry,
    Id,
    ProvinceCode,
    Terms,
    When,
    encoded,
)

Names = tuple[tuple[str, str], ...]


class OrganizationFacts(Entry):
    """What the register says of every organization."""

    name: str = about("Tên hiện nay", "Present name")
    names: tuple[Name, ...] = about(
        "Tên gọi qua các thời kỳ, tên hiện nay đứng đầu", "Names over time, the present first"
    )
    short_name: str | None = about("Tên gọn", "Short name")
    aliases: tuple[str, ...] = about("Các cách viết khác", "Other spellings")
    founded: datetime.date | None = about("Ngày thành lập", "Day it was founded")
    dissolved: datetime.date | None = about("Ngày thôi hoạt động, sáp nhập", "Day it ceased or was merged")
    decision: str | None = about(
        "Văn bản quyết định thành lập, sáp nhập, chia tách", "Document that founded, merged or split it"
    )
    replaced_by: tuple[Id, ...] = about("Mã những nơi kế tục", "Ids of its successors")
    replaces: tuple[Id, ...] = about("Mã những nơi mà nó kế tục", "Ids of its predecessors")
    former_ids: tuple[Id, ...] = about("Các mã đã đăng trước đây", "Ids under which it was published before")


class Linked(Entry):
    """Where an organization of a list has its page and its JSON."""

    id: Id = about("Mã", "Id")
    url: Address = about("Trang web", "Page")
    data: Address = about("Tệp JSON", "JSON file")
    modified: When | None = about(*LATEST_DAY)


COUNCIL: Any = about("Hội đồng Thi đua - Khen thưởng", "Its council")


class GoneEntry(Entry):
    """An entry of the register that moved to another id or was withdrawn."""

    id: Id = about("Mã", "Id")
    status: Literal["moved", "withdrawn"] = about("Tình trạng", "Status")
    moved_to: Id | None = about("Mã hiện nay, nếu đã chuyển", "Its present id, where it moved")
    reason: str | None = about("Lý do gỡ", "Why it was withdrawn")
    date: datetime.date | None = about("Ngày gỡ", "When it was withdrawn")


class HostEntry(OrganizationFacts):
    """An organisation that runs blocs."""

    id: Id = about("Mã", "Id")
    province: str | None = about("Tỉnh, thành phố", "Province")
    province_code: ProvinceCode | None = about(
        "Mã tỉnh, thành phố, nếu nhận ra", "Code of the province, where it is known"
    )
    council: Council | None = COUNCIL
    blocs: tuple[Id, ...] = about("Mã các khối, cụm của cơ quan này", "Ids of its blocs")


GONE: Any = about("Những mục đã chuyển mã hoặc đã gỡ", "Entries that moved or were withdrawn")


class HostsDocument(ApiDocument):
    """The organisations that run blocs."""

    schema_name = "hosts"
    model_config = ConfigDict(title="Các cơ quan tổ chức khối, cụm")

    hosts: tuple[HostEntry, ...] = about("Các cơ quan, theo mã", "The organisations, by id")
    gone: tuple[GoneEntry, ...] = GONE


class BlocFacts(OrganizationFacts):
    """What the register says of a bloc, and the years it has a dossier for."""

    kind: Annotated[str, CodeOf(kinds.BLOC_KINDS)] = about("Khối hay cụm", "Bloc or cluster")
    number: int | None = about("Số thứ tự", "Number")
    numeral: str | None = about("Số như thường viết", "The number as usually written")
    host: Id | None = about("Mã cơ quan tổ chức khối", "Id of the host")
    council: Council | None = COUNCIL
    years: tuple[int, ...] = about("Các năm có hồ sơ, năm sau đứng trước", "Years with a dossier, the latest first")


class BlocEntry(BlocFacts, Linked):
    """A bloc in the list of blocs."""


class BlocsDocument(Divided):
    """All blocs."""

    schema_name = "blocs"
    model_config = ConfigDict(title="Các khối, cụm thi đua")

    blocs: tuple[BlocEntry, ...] = about("Các khối, cụm", "The blocs")


class DossierEntry(Entry):
    """Where the dossier of one year is found."""

    year: int = about("Năm", "Year")
    school_year: bool = about("Là năm học, bắt đầu trong năm này", "Whether it is the school year that begins then")
    url: Address = about("Trang hồ sơ", "The dossier's page")
    data: Address = about("Tệp JSON của hồ sơ", "The dossier's JSON file")


class BlocDocument(BlocFacts, Divided):
    """One bloc."""

    schema_name = "bloc"
    model_config = ConfigDict(title="Khối, cụm thi đua")

    dossiers: tuple[DossierEntry, ...] = about("Hồ sơ từng năm", "The dossier of each year")
    bulletins: tuple[BulletinEntry, ...] = about("Các bản tin, mới nhất trước", "Its bulletins, newest first")


class UnitFacts(OrganizationFacts):
    """What the register says of a unit."""

    parent: Id | None = about("Mã cơ quan chủ quản", "Id of the host it belongs to")
    province: str | None = about("Tỉnh, thành phố", "Province")
    province_code: ProvinceCode | None = about("Mã tỉnh, thành phố, nếu nhận ra", "Code of the province, if known")
    identifiers: tuple[Identifier, ...] = about("Mã định danh khác", "Identifiers elsewhere")
    split_from: tuple[Id, ...] = about("Mã các đơn vị mà nó tách ra", "Ids of what it was split from")
    memberships: tuple[Membership, ...] = about("Thuộc khối nào, theo danh bạ", "Its blocs, as the register says")


class UnitEntry(UnitFacts, Linked):
    """A unit in the list of units."""


class UnitsDocument(Divided):
    """All units."""

    schema_name = "units"
    model_config = ConfigDict(title="Các đơn vị")

    units: tuple[UnitEntry, ...] = about("Các đơn vị", "The units")


class ServiceEntry(Entry):
    """A year of the unit in a bloc, and who says so."""

    bloc: Id = about("Mã khối, cụm", "Id of the bloc")
    bloc_name: str = about("Tên khối trong danh bạ", "Name in the register")
    year: int = about("Năm", "Year")
    school_year: bool = about("Là năm học, bắt đầu trong năm này", "Whether it is the school year that begins then")
    role: Annotated[str, CodeOf(kinds.ROLES)] = about("Vai trò", "Role")
    person: str | None = about("Người đại diện cho đơn vị", "Who spoke for the unit")
    origin: Origin = about("Căn cứ", "What it rests on")
    sources: tuple[Id, ...] = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")
    conflict: bool = about("Có bản tin nói khác", "Another bulletin says otherwise")
    url: Address = about("Trang hồ sơ của khối năm đó", "The dossier's page")
    data: Address = about("Tệp JSON của hồ sơ", "The dossier's JSON file")


class UnitDocument(UnitFacts, Divided):
    """One unit: its blocs and roles by year, its awards, the bulletins that name it."""

    schema_name = "unit"
    model_config = ConfigDict(title="Đơn vị")

    history: tuple[ServiceEntry, ...] = about(
        "Các khối và vai trò, năm sau đứng trước", "Blocs and roles, latest first"
    )
    awards: tuple[StatedAward, ...] = about("Khen thưởng tập thể", "Awards as a collective")
    bulletins: tuple[BulletinEntry, ...] = about(
        "Các bản tin nhắc tới, mới nhất trước", "Bulletins naming it, newest first"
    )


class MovedEntryDocument(ApiDocument):
    """What stands under an id that a bloc or a unit had before, or at a dossier of such a bloc."""

    schema_name = "moved-organization"
    model_config = ConfigDict(title="Khối, đơn vị đã chuyển mã")

    status: Literal["moved"] = about("Tình trạng", "Status")
    moved_to: DataId = about("Mã hiện nay", "Its present id")
    data: Address = about("Tệp JSON hiện nay", "The present JSON file")


class WithdrawnEntryDocument(ApiDocument):
    """What remains of a bloc or a unit that was taken out of the register."""

    schema_name = "withdrawn-organization"
    model_config = ConfigDict(title="Khối, đơn vị đã gỡ khỏi danh bạ")

    status: Literal["withdrawn"] = about("Tình trạng", "Status")
    name: str = about("Tên", "Name")
    reason: str | None = about("Lý do gỡ", "Why it was withdrawn")
    date: datetime.date | None = about("Ngày gỡ", "When it was withdrawn")


BlocLine = tuple[Bloc, Council | None, tuple[int, ...], tuple[str, ...], str | None]
"""A bloc, its council, its years, the ids of its predecessors, and when what bulletins say of it last changed."""

UnitLine = tuple[Unit, tuple[str, ...], str | None]
"""A unit, the ids of its predecessors, and when what bulletins say of it last changed."""

HostLine = tuple[Host, tuple[str, ...], tuple[str, ...]]
"""A host, the ids of its blocs, and of its predecessors."""

Gone = tuple[str, str | None, str | None, datetime.date | None]
"""The id of an entry that is gone, the id it moved to, or why and when it was withdrawn."""


def gone_entries(gone: tuple[Gone, ...]) -> tuple[GoneEntry, ...]:
    """The entries that are gone, in the order of their ids."""
    return tuple(
        GoneEntry(id=id_, status="moved" if target else "withdrawn", moved_to=target, reason=reason, date=day)
        for id_, target, reason, day in gone
    )


def moved(terms: Terms, id_: str, target: str, page: str, data: str, modified: str | None) -> Sequence[bytes]:
    """The file under an id that something had before; `page` is its former page, `data` where its JSON is now."""
    begun = terms.begin(MovedEntryDocument, id_, page, modified)
    return [encoded(MovedEntryDocument(**begun, status="moved", moved_to=target, data=terms.at(data)))]


def withdrawn(
    terms: Terms, id_: str, name: str, page: str, reason: str | None, day: datetime.date | None
) -> Sequence[bytes]:
    """The file of a bloc or unit that was taken out of the register."""
    begun = terms.begin(WithdrawnEntryDocument, id_, page, day.isoformat() if day else None)
    return [encoded(WithdrawnEntryDocument(**begun, status="withdrawn", name=name, reason=reason, date=day))]


def hosts(
    terms: Terms, modified: str | None, lines: tuple[HostLine, ...], gone: tuple[Gone, ...] = ()
) -> Sequence[bytes]:
    """The list of hosts; `modified` is when what bulletins say of their blocs last changed."""
    begun = terms.begin(HostsDocument, "hosts", None, modified)
    entries = tuple(_host(*line) for line in lines)
    return [encoded(HostsDocument(**begun, hosts=entries, gone=gone_entries(gone)))]


def blocs(
    terms: Terms, lines: tuple[BlocLine, ...], modified: str | None = None, share: Share = WHOLE
) -> Sequence[bytes]:
    """The list of blocs, or a share of it; `modified` is when what bulletins say of them last changed."""
    begun = share.begin(terms, BlocsDocument, "blocs", urls.API_BLOCS, urls.BLOCS, modified)
    entries = tuple(_bloc_entry(terms, *line) for line in lines)
    return [encoded(BlocsDocument(**begun, blocs=entries))]


def bloc(
    terms: Terms,
    line: BlocLine,
    cards: tuple[Card, ...],
    school_years: tuple[int, ...] = (),
    share: Share = WHOLE,
) -> Sequence[bytes]:
    """The file of a bloc; `cards` are its bulletins', newest first; of its years, `school_years` are school years.

    `line` says when what stands in this share last changed.
    """
    entry, _, years, *_, modified = line
    document = BlocDocument(
        **share.begin(terms, BlocDocument, entry.id, urls.api_bloc(entry.id), urls.bloc(entry.id), modified),
        **_bloc_facts(*line[:-1]),
        dossiers=tuple(_dossier(terms, entry.id, year, year in school_years) for year in years),
        bulletins=tuple(bulletin_entry(terms, card) for card in cards),
    )
    return [encoded(document)]


def units(
    terms: Terms, lines: tuple[UnitLine, ...], modified: str | None = None, share: Share = WHOLE
) -> Sequence[bytes]:
    """The list of units, or a share of it; `modified` is when what bulletins say of them last changed."""
    begun = share.begin(terms, UnitsDocument, "units", urls.API_UNITS, urls.UNITS, modified)
    return [encoded(UnitsDocument(**begun, units=tuple(_unit_entry(terms, *line) for line in lines)))]


def unit(
    terms: Terms,
    line: UnitLine,
    services: tuple[Service, ...],
    awards: tuple[tuple[Award, tuple[str, ...], bool, str], ...],
    cards: tuple[Card, ...],
    bloc_names: Names,
    share: Share = WHOLE,
) -> Sequence[bytes]:
    """The file of a unit; `awards` come with sources, conflict and id, `bloc_names` are (id, name) for `services`.

    `line` says when what stands in this share last changed.
    """
    entry, replaces, modified = line
    names = dict(bloc_names)
    document = UnitDocument(
        **share.begin(terms, UnitDocument, entry.id, urls.api_unit(entry.id), urls.unit(entry.id), modified),
        **_unit_facts(entry, replaces),
        history=tuple(_service(terms, service, names[service.bloc]) for service in services),
        awards=tuple(award(terms, Stated(said, sources, conflict, id=id_)) for said, sources, conflict, id_ in awards),
        bulletins=tuple(bulletin_entry(terms, card) for card in cards),
    )
    return [encoded(document)]


def _registered(organization: Host | Bloc | Unit, replaces: tuple[str, ...]) -> dict[str, Any]:
    """What the register says of every organization, by the fields of `OrganizationFacts`."""
    same = OrganizationFacts.model_fields.keys() - {"replaces"}
    return {name: getattr(organization, name) for name in same} | {"replaces": replaces}


def _host(host: Host, blocs: tuple[str, ...], replaces: tuple[str, ...]) -> HostEntry:
    return HostEntry(
        id=host.id,
        **_registered(host, replaces),
        province=host.province,
        province_code=code_of(host.province),
        council=host.council,
        blocs=blocs,
    )


def _bloc_facts(
    bloc: Bloc, council: Council | None, years: tuple[int, ...], replaces: tuple[str, ...]
) -> dict[str, Any]:
    own = {"kind": bloc.kind, "number": bloc.number, "numeral": bloc.numeral, "host": bloc.host}
    return _registered(bloc, replaces) | own | {"council": council, "years": years}


def _unit_facts(unit: Unit, replaces: tuple[str, ...]) -> dict[str, Any]:
    own = {name: getattr(unit, name) for name in ("parent", "province", "identifiers", "split_from", "memberships")}
    return _registered(unit, replaces) | own | {"province_code": code_of(unit.province)}


def _bloc_entry(terms: Terms, bloc: Bloc, *facts: Any) -> BlocEntry:
    *own, modified = facts
    page, data = terms.at(urls.bloc(bloc.id)), terms.at(urls.api_bloc(bloc.id))
    return BlocEntry(id=bloc.id, url=page, data=data, modified=modified, **_bloc_facts(bloc, *own))


def _unit_entry(terms: Terms, unit: Unit, replaces: tuple[str, ...], modified: str | None) -> UnitEntry:
    page, data = terms.at(urls.unit(unit.id)), terms.at(urls.api_unit(unit.id))
    return UnitEntry(id=unit.id, url=page, data=data, modified=modified, **_unit_facts(unit, replaces))


def _dossier(terms: Terms, bloc_id: str, year: int, school_year: bool) -> DossierEntry:
    page, data = terms.at(urls.bloc_year(bloc_id, year)), terms.at(urls.api_bloc_year(bloc_id, year))
    return DossierEntry(year=year, school_year=school_year, url=page, data=data)


def _service(terms: Terms, service: Service, bloc_name: str) -> ServiceEntry:
    return ServiceEntry(
        bloc=service.bloc,
        bloc_name=bloc_name,
        year=service.year,
        school_year=service.school_year,
        role=service.role,
        person=service.person,
        origin=service.origin,
        sources=service.sources,
        conflict=service.conflict,
        url=terms.at(urls.bloc_year(service.bloc, service.year)),
        data=terms.at(urls.api_bloc_year(service.bloc, service.year)),
    )
