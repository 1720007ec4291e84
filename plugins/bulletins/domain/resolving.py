"""Which unit an author means by a name: it is looked up where the bloc stands, and never taken from elsewhere silently.

Every province has a “Sở Y tế”. So a name is looked up among the units that the register lists in the bloc, then among
those of its host, then among those of its province. Elsewhere a name counts only with the name of its host or province,
or if no province has it and one unit bears it: adding a unit for one office never changes another's bulletins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import cached_property, partial
from itertools import product
from typing import TYPE_CHECKING

from bulletins.domain.record import Resolver, UnknownName, looks_like_id
from bulletins.vietnamese.folding import match_key

if TYPE_CHECKING:
    from bulletins.domain.register import Register, Unit

_KIND_OF_PROVINCE = re.compile(r"(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)
_PROVINCE_KINDS = ("", "tỉnh ", "thành phố ")
NEAREST = 3


def province_key(name: str | None) -> str | None:
    """A key under which “Bến Tre” and “tỉnh Bến Tre” are one province; None for none."""
    return match_key(_KIND_OF_PROVINCE.sub("", name.strip(), count=1)) if name else None


class Names:
    """The names of all that may stand where a unit does, by key; made once for a register."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.units = register.all_units

    @cached_property
    def by_key(self) -> Mapping[str, frozenset[str]]:
        """The ids of the units that bear each name or alias."""
        return _ids_by_key((name, unit.id) for unit in self.units.values() for name in unit.spellings[1:])

    @cached_property
    def by_full_key(self) -> Mapping[str, frozenset[str]]:
        """The same for names that hold the name of the province, or are followed by it or by the host's name."""
        return _ids_by_key((name, unit.id) for unit in self.units.values() for name in self._full_names(unit))

    def _full_names(self, unit: Unit) -> Iterator[str]:
        host = self.register.hosts.get(unit.parent or "")
        places = [f"{kind}{bare}" for bare in _bare(self.province(unit)) for kind in _PROVINCE_KINDS]
        places += host.spellings[1:] if host else ()
        yield from (f"{name} {place}" for name, place in product(unit.spellings[1:], places))
        province = province_key(self.province(unit))
        yield from (name for name in unit.spellings[1:] if province and f" {province} " in f" {match_key(name)} ")

    def province(self, unit: Unit) -> str | None:
        """The province of a unit: its own, or else that of its host."""
        host = self.register.hosts.get(unit.parent or "")
        return unit.province or (host.province if host else None)

    @cached_property
    def provinces(self) -> Mapping[str, str | None]:
        """The key of each unit's province, by the unit's id."""
        return {unit.id: province_key(self.province(unit)) for unit in self.units.values()}

    @cached_property
    def by_bloc(self) -> Mapping[str, frozenset[str]]:
        """The units that the register lists as members of each bloc, in any year."""
        return _sets((membership.bloc, unit.id) for unit in self.units.values() for membership in unit.memberships)

    @cached_property
    def by_host(self) -> Mapping[str, frozenset[str]]:
        """The units of each host, and the host itself."""
        of_hosts = ((unit.parent, unit.id) for unit in self.units.values() if unit.parent)
        return _sets((*of_hosts, *((host, host) for host in self.register.hosts)))

    def described(self, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Each id with the name to show for it: with its province or host, where the name alone may be another's."""
        return tuple((id_, self._described(self.units[id_])) for id_ in ids)

    def _described(self, unit: Unit) -> str:
        host = self.register.hosts.get(unit.parent or "")
        where = self.province(unit) or (host.name if host else None)
        return f"{unit.name}, {where}" if where and not unit.name.endswith(where) else unit.name


def _bare(province: str | None) -> Iterator[str]:
    if province:
        yield _KIND_OF_PROVINCE.sub("", province.strip(), count=1)


def _ids_by_key(named: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    return _sets((match_key(name), id_) for name, id_ in named)


def _sets(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, set()).add(value)
    return {key: frozenset(group) for key, group in groups.items()}


class Scope:
    """Where the names of one bulletin are looked up: at its blocs and its host (ids), in the order told above."""

    def __init__(self, names: Names, blocs: Iterable[str], host: str | None = None) -> None:
        self._names = names
        self._blocs = tuple(blocs)
        hosts = [names.register.blocs[bloc].host for bloc in self._blocs if bloc in names.register.blocs]
        self.hosts: tuple[str, ...] = tuple(h for h in dict.fromkeys([*hosts, host]) if h and h in names.register.hosts)

    @cached_property
    def _circles(self) -> tuple[frozenset[str], ...]:
        """The units nearest to the blocs, then those of their hosts, then those of the hosts' provinces."""
        names = self._names
        nowhere: frozenset[str] = frozenset()
        members = nowhere.union(*(names.by_bloc.get(bloc, nowhere) for bloc in self._blocs))
        of_hosts = nowhere.union(*(names.by_host.get(host, nowhere) for host in self.hosts))
        provinces = {province_key(names.register.hosts[host].province) for host in self.hosts} - {None}
        near = frozenset(id_ for id_, province in names.provinces.items() if province in provinces)
        return members, of_hosts, near

    def find(self, text: str) -> str:
        """The id of the unit or host that an author of the bulletin means.

        Raises `UnknownName`: with the nearest names when there is none, with all of them when there are several, and
        `elsewhere` when only others' units bear the name.
        """
        if text in self._names.units:
            return text
        key = match_key(text)
        bearers = self._names.by_key.get(key, frozenset())
        for circle in self._circles:
            if within := bearers & circle:
                return self._only(text, within)
        if qualified := self._names.by_full_key.get(key):
            return self._only(text, qualified)
        everywhere = frozenset(id_ for id_ in bearers if self._names.provinces[id_] is None)
        if len(everywhere) == 1:
            return next(iter(everywhere))
        if bearers:
            raise self._unknown(text, lambda: sorted(bearers), ambiguous=True, elsewhere=not everywhere)
        raise self._unknown(text, lambda: self._nearest(text))

    def find_organiser(self, text: str) -> str:
        """As `find`, and a bloc of the bulletin itself: ceremonies are often told to be held by the bloc."""
        try:
            return self.find(text)
        except UnknownName:
            with suppress(UnknownName):
                bloc = self._names.register.blocs.find(text)
                if bloc in self._blocs:
                    return bloc
            raise

    def _only(self, text: str, ids: frozenset[str]) -> str:
        if len(ids) == 1:
            return next(iter(ids))
        raise self._unknown(text, lambda: sorted(ids), ambiguous=True)

    def _unknown(self, text: str, ids: Callable[[], Iterable[str]], **what: bool) -> UnknownName:
        described = self._names.described
        return UnknownName(text, lambda: described(ids()), where=self._where, prefix=self._prefix, **what)

    def _nearest(self, text: str) -> list[str]:
        """Units with a name like this one, those of the host first; an id is compared with ids, words with names."""
        if looks_like_id(text):
            return get_close_matches(text, list(self._names.units), n=NEAREST, cutoff=0.6)
        own = frozenset().union(*self._circles[:2])
        near_by = [key for key, ids in self._names.by_key.items() if ids & own]
        keys = [
            *get_close_matches(match_key(text), near_by, n=NEAREST, cutoff=0.6),
            *get_close_matches(match_key(text), list(self._names.by_key), n=NEAREST, cutoff=0.6),
        ]
        ids = (id_ for key in keys for id_ in sorted(self._names.by_key[key], key=lambda id_: (id_ not in own, id_)))
        return list(dict.fromkeys(ids))[:NEAREST]

    @property
    def _where(self) -> tuple[str, str] | None:
        """What the register should say of a new unit of these blocs: its province, or else its host."""
        if len(self.hosts) != 1:
            return None
        province = self._names.register.hosts[self.hosts[0]].province
        return ("province", province) if province else ("parent", self.hosts[0])

    @property
    def _prefix(self) -> str | None:
        """What the ids of the host's units begin with: `bentre` of the bloc `bentre-khoi-1`."""
        prefixes = {before for bloc in self._blocs for before, *rest in [re.split(r"-(?:khoi|cum)\b", bloc)] if rest}
        return prefixes.pop() if len(prefixes) == 1 else None


def resolvers_at(
    register: Register, names: Names, blocs: Iterable[str], host: str | None = None
) -> Mapping[str, Resolver]:
    """How a name typed in a bulletin of these blocs, or of this host, is found, by the kind of entry it names."""
    scope = Scope(names, blocs, host)
    return {
        "host": register.hosts.find,
        "bloc": partial(_find_bloc, register),
        "unit": scope.find,
        "organiser": scope.find_organiser,
        "movement": register.movements.find,
    }


def _find_bloc(register: Register, text: str) -> str:
    """The id of the bloc an author means; `UnknownName` says the host that a new one most likely has."""
    try:
        return register.blocs.find(text)
    except UnknownName as unknown:
        candidates = unknown.candidates
        near = [register.blocs[id_].host for id_, _ in candidates]
        host = next(iter([*near, *register.hosts]), None)
        where = ("host", host) if host else None
        raise UnknownName(text, lambda: candidates, ambiguous=unknown.ambiguous, where=where) from unknown
