"""The register: every bloc, unit and host by id, with its names over time, and how a typed name finds its entry."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import cached_property
from hashlib import blake2b
from typing import Annotated, Generic, NamedTuple, TypeVar

from pydantic import BeforeValidator

from bulletins.domain import kinds
from bulletins.domain.model import Withdrawal
from bulletins.domain.record import (
    BlocId,
    CodeOf,
    Count,
    Day,
    HostId,
    HostIfKnown,
    Listed,
    MovementId,
    Record,
    Resolver,
    Slug,
    Text,
    UnitId,
    UnknownName,
    Year,
    about,
    listed_names,
    looks_like_id,
    short,
)
from bulletins.domain.resolving import Names, resolvers_at
from bulletins.vietnamese.folding import match_key


class Name(Record):
    """A name an organization bears or bore; without dates it is the present one."""

    name: Text = about("Tên", "Name")
    from_: Day | None = about("Từ ngày", "From", None, alias="from")
    to: Day | None = about("Đến ngày", "Until", None)
    en: Text | None = about("Tên tiếng Anh chính thức", "Official English name", None)

    def used_on(self, day: datetime.date) -> bool:
        """Whether it was the name on that day, as far as its dates say."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


def _ends_after(name: Name, year: int) -> bool:
    return name.to is None or name.to.year >= year


class Identifier(Record):
    """Its code in another register, such as `vn-mdd` (Decision 20/2020/QĐ-TTg); optional, never the id."""

    scheme: Text = about("Bộ mã", "Scheme")
    id: Text = about("Mã", "Code")
    from_: Day | None = about("Từ ngày", "From", None, alias="from")
    to: Day | None = about("Đến ngày", "Until", None)


class RegisterEntry(Record):
    """What every entry of the register has."""

    id: Slug = about("Mã: đặt một lần, không bao giờ đổi", "Id, minted once, never changed")
    names: Listed[Annotated[Name, short("name")]] = about(
        "Tên gọi qua các thời kỳ, tên hiện nay đứng đầu", "Names over time, the present one first"
    )
    short_name: Text | None = about("Tên gọn để hiện trong danh sách", "Short name for lists", None)
    aliases: Listed[Text] = about("Các cách viết khác được chấp nhận", "Other accepted spellings", ())
    former_ids: Listed[Slug] = about("Các mã đã đăng trước đây", "Ids under which it was published before", ())
    withdrawn: Withdrawal | None = about(
        "Gỡ khỏi danh bạ: ngày và lý do; mục vẫn để trong tệp", "Taken away; the entry stays in the file", None
    )

    @property
    def name(self) -> str:
        """The present name."""
        return self.names[0].name

    def name_on(self, day: datetime.date) -> str:
        """The name on a day; the present one if no name is known for it."""
        return next((name.name for name in self.names if name.used_on(day)), self.name)

    def name_in(self, year: int) -> str:
        """The name in a year: at its end, or else at its beginning; the present one if no name is known for it."""
        days = (datetime.date(year, 12, 31), datetime.date(year, 1, 1))
        return next((name.name for day in days for name in self.names if name.used_on(day)), self.name)

    @property
    def words(self) -> tuple[str, ...]:
        """What people call it: every name and alias."""
        return (*(name.name for name in self.names), *self.aliases)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything an author may type for it."""
        return (self.id, *self.former_ids, *(name.name for name in self.names), *self.aliases)


class Organization(RegisterEntry):
    """A host, a bloc or a unit."""

    founded: Day | None = about("Ngày thành lập", "Day it was founded", None)
    dissolved: Day | None = about("Ngày thôi hoạt động, sáp nhập", "Day it ceased or was merged", None)
    decision: Text | None = about(
        "Văn bản quyết định thành lập, sáp nhập, chia tách", "Document that founded, merged or split it", None
    )


class Council(Record):
    """The council that advises a host on emulation and commendation: one organization, however it is written."""

    name: Text = about("Tên", "Name")
    aliases: Listed[Text] = about("Các cách viết khác", "Other spellings", ())

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything that names it."""
        return (self.name, *self.aliases)


def _as_council(value: object) -> object:
    """A name, or a list of which the first is the name."""
    if isinstance(value, str):
        return {"name": value}
    return {"name": value[0], "aliases": value[1:]} if isinstance(value, list | tuple) and value else value


class Host(Organization):
    """An organisation that runs blocs."""

    province: Text | None = about("Tỉnh, thành phố", "Province", None)
    website: Text | None = about("Trang thông tin của cơ quan, bắt đầu bằng https://", "Its website", None)
    council: Annotated[Council, BeforeValidator(_as_council)] | None = about(
        "Hội đồng Thi đua - Khen thưởng: tên, rồi các cách viết khác",
        "Its council: the name, then other spellings",
        None,
    )
    replaced_by: Listed[HostId] = about("Cơ quan kế tục", "Successors", ())


class Bloc(Organization):
    """An emulation bloc (khối) or cluster (cụm) of a host."""

    kind: Annotated[str, CodeOf(kinds.BLOC_KINDS)] = about("Khối hay cụm", "Bloc or cluster", "khoi")
    number: Count | None = about("Số thứ tự, nếu có", "Number, if it has one", None)
    numeral: Text | None = about("Số như thường viết: V, 5…", "The number as usually written", None)
    host: HostIfKnown = about("Cơ quan tổ chức khối; chưa rõ thì ghi “không rõ”", "The host, where it is known", None)
    replaced_by: Listed[BlocId] = about("Khối kế tục: sáp nhập vào đâu", "Successors: what it was merged into", ())

    def is_known_in(self, year: int) -> bool:
        """Whether the register says that it existed in a year: by its days, or by a name that is dated."""
        ended = self.dissolved is not None and self.dissolved.year < year
        named = any(name.from_ and name.from_.year <= year and _ends_after(name, year) for name in self.names)
        return not ended and (named or (self.founded is not None and self.founded.year <= year))


class Membership(Record):
    """The years in which a unit belongs to a bloc."""

    bloc: BlocId = about("Khối: mã hoặc tên trong danh bạ", "The bloc, by id or any name")
    from_: Year | None = about("Từ năm", "First year", None, alias="from")
    to: Year | None = about("Đến hết năm", "Last year", None)

    def holds_in(self, year: int) -> bool:
        """Whether the unit belongs to the bloc in that year."""
        return (self.from_ is None or self.from_ <= year) and (self.to is None or year <= self.to)


class Unit(Organization):
    """A unit that belongs to blocs, or takes part in their ceremonies."""

    parent: HostId | None = about("Trực thuộc cơ quan nào", "The host it belongs to", None)
    identifiers: Listed[Identifier] = about("Mã định danh khác", "Identifiers elsewhere", ())
    province: Text | None = about("Tỉnh, thành phố", "Province", None)
    replaced_by: Listed[UnitId] = about("Đơn vị kế tục: sáp nhập vào đâu", "Successors: what it was merged into", ())
    split_from: Listed[UnitId] = about("Tách ra từ đơn vị nào", "What it was split from", ())
    memberships: Listed[Annotated[Membership, short("bloc")]] = about(
        "Thuộc khối nào trong những năm nào, nếu biết chắc", "Its blocs over the years, where known", ()
    )

    @cached_property
    def is_dated(self) -> bool:
        """Whether anything about it holds for some time only."""
        dated_names = any(name.from_ or name.to for name in self.names)
        return bool(self.founded or self.dissolved or self.memberships or dated_names)


class MovementEntry(RegisterEntry):
    """A movement, campaign or method that bulletins of several years name."""

    kind: Annotated[str, CodeOf(kinds.MOVEMENTS)] = about("Loại", "Kind", "movement")
    launched_by: Text | None = about("Ai phát động", "Who launched it", None)
    from_: Year | None = about("Từ năm", "First year", None, alias="from")
    to: Year | None = about("Đến năm", "Last year", None)
    replaced_by: Listed[MovementId] = about("Phong trào kế tục", "Successors", ())


E = TypeVar("E", bound=RegisterEntry)


class Directory(Mapping[str, E], Generic[E]):
    """Entries of one kind by id; `find` also knows their names and aliases."""

    def __init__(self, entries: Iterable[E]) -> None:
        self._entries = {entry.id: entry for entry in entries}

    @cached_property
    def _ids_by_key(self) -> dict[str, set[str]]:
        ids: dict[str, set[str]] = {}
        for entry in self._entries.values():
            for spelling in entry.spellings:
                ids.setdefault(match_key(spelling), set()).add(entry.id)
        return ids

    @cached_property
    def _keys_of_names(self) -> list[str]:
        """Words are compared with names, never with ids: “Ninh Thuận” is not like `ninhthuan-so-yte`."""
        return list({match_key(spelling): None for entry in self._entries.values() for spelling in entry.words})

    def __getitem__(self, id_: str) -> E:
        return self._entries[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str) -> str:
        """The id of the entry an author means by an id, a name or an alias.

        Raises `UnknownName` with the nearest entries when there is none, or with all of them when there are several.
        """
        if text in self._entries:
            return text
        ids = sorted(self._ids_by_key.get(match_key(text), ()))
        if len(ids) == 1:
            return ids[0]
        raise UnknownName(text, lambda: self._named(ids or self._nearest(text)), ambiguous=bool(ids))

    def _nearest(self, text: str) -> list[str]:
        if looks_like_id(text):
            return get_close_matches(text, list(self._entries), n=3, cutoff=0.6)
        keys = get_close_matches(match_key(text), self._keys_of_names, n=3, cutoff=0.6)
        ids = (id_ for key in keys for id_ in sorted(self._ids_by_key[key]))
        return list(dict.fromkeys(ids))

    def _named(self, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return tuple((id_, self._entries[id_].name) for id_ in ids)


def _as_unit(host: Host) -> Unit:
    """A host where a unit stands: a province is a member of a cluster, an office elects it, people belong to it."""
    shared = {name: getattr(host, name) for name in Organization.model_fields}
    return Unit(**shared, province=host.province)


def _known(directory: Directory[E], text: object) -> str | None:
    """The id of the entry that a text means, if it means one."""
    with suppress(UnknownName):
        return directory.find(text) if isinstance(text, str) else None
    return None


class Place(NamedTuple):
    """The blocs of a bulletin, or its host, by their ids, as far as they are known."""

    blocs: tuple[str, ...]
    host: str | None


def _there(entries: Iterable[E]) -> Iterator[E]:
    return (entry for entry in entries if not entry.withdrawn)


def _withdrawn(entries: Iterable[E]) -> tuple[E, ...]:
    return tuple(entry for entry in entries if entry.withdrawn)


def _digest_of(digests: Iterable[str]) -> str:
    return blake2b("\n".join(digests).encode(), digest_size=16).hexdigest()


class Register:
    """All organizations and movements the site knows."""

    def __init__(
        self,
        hosts: Iterable[Host] = (),
        blocs: Iterable[Bloc] = (),
        units: Iterable[Unit] = (),
        movements: Iterable[MovementEntry] = (),
    ) -> None:
        hosts, blocs, units, movements = tuple(hosts), tuple(blocs), tuple(units), tuple(movements)
        self.withdrawn: Mapping[str, tuple[RegisterEntry, ...]] = {
            "host": _withdrawn(hosts),
            "bloc": _withdrawn(blocs),
            "unit": _withdrawn(units),
            "movement": _withdrawn(movements),
        }
        """Entries that were taken away, by the type of what they are; nobody finds them by name."""
        self.hosts = Directory(_there(hosts))
        self.blocs = Directory(_there(blocs))
        self.units = Directory(_there(units))
        self.all_units: Directory[Unit] = Directory((*self.units.values(), *map(_as_unit, self.hosts_alone)))
        self.movements = Directory(_there(movements))
        self._scopes: dict[tuple[tuple[str, ...], str | None], Mapping[str, Resolver]] = {}

    @property
    def hosts_alone(self) -> tuple[Host, ...]:
        """The hosts that are not entered as a unit too."""
        return tuple(host for host in self.hosts.values() if host.id not in self.units)

    def resolvers(self, typed: object = None) -> Mapping[str, Resolver]:
        """How a name in a bulletin is found, by the kind of entry it names; `typed` is its front matter as typed.

        The name of a unit is looked up where the blocs of the bulletin stand (`resolving.py`).
        """
        return self.resolvers_at(*self.place(typed))

    def place(self, typed: object) -> Place:
        """Where a bulletin's names of units are looked up, by its front matter as typed."""
        fields = typed if isinstance(typed, dict) else {}
        named = [listed_names(fields.get(key), self.blocs.find) for key in ("bloc", "blocs")]
        texts = [text for value in named if isinstance(value, list) for text in value]
        blocs = tuple(id_ for text in texts if (id_ := _known(self.blocs, text)))
        return Place(blocs, _known(self.hosts, fields.get("host")))

    def resolvers_at(self, blocs: tuple[str, ...], host: str | None = None) -> Mapping[str, Resolver]:
        """How a name is found in a bulletin of these blocs, or of this host, by the kind of entry it names."""
        if (blocs, host) not in self._scopes:
            self._scopes[blocs, host] = resolvers_at(self, self._unit_names, blocs, host)
        return self._scopes[blocs, host]

    @cached_property
    def _unit_names(self) -> Names:
        return Names(self)

    @cached_property
    def predecessors(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The ids of those that an entry replaces, by its type and id."""
        entries: tuple[tuple[str, Iterable[Host | Bloc | Unit | MovementEntry]], ...] = (
            ("host", self.hosts.values()),
            ("bloc", self.blocs.values()),
            ("unit", self.units.values()),
            ("movement", self.movements.values()),
        )
        known: dict[tuple[str, str], list[str]] = {}
        for type_, of_type in entries:
            for entry in of_type:
                for successor in entry.replaced_by:
                    known.setdefault((type_, successor), []).append(entry.id)
        return {key: tuple(sorted(ids)) for key, ids in known.items()}

    @cached_property
    def digest(self) -> str:
        """A string that changes whenever any of them does."""
        return _digest_of(self.digests.values())

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The same for entries of one type, those that were taken away with them."""
        there: Mapping[str, Mapping[str, RegisterEntry]] = {
            "host": self.hosts, "bloc": self.blocs, "unit": self.units, "movement": self.movements,
        }  # fmt: skip
        entries = {type_: (list(of_type.values()), self.withdrawn[type_]) for type_, of_type in there.items()}
        return {
            type_: _digest_of(",".join(entry.digest for entry in some) for some in of_type)
            for type_, of_type in entries.items()
        }
