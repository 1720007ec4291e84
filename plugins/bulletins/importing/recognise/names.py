"""Names found against the register, and ids for those it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bulletins.domain.provinces import provinces_in
from bulletins.domain.record import UnknownName
from bulletins.domain.register import Register
from bulletins.importing.recognise.facts import Organization
from bulletins.phrases.names import Names
from bulletins.phrases.units import AREAS, UnitMention, find_units
from bulletins.vietnamese.folding import fold, match_key

_NO_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 60
_SHORT = (
    ("uy-ban-nhan-dan", "ubnd"), ("hoi-dong-nhan-dan", "hdnd"), ("van-phong", "vp"), ("trung-tam", "tt"),
    ("lien-doan-lao-dong", "ldld"), ("mat-tran-to-quoc", "mttq"), ("dai-bieu-quoc-hoi", "dbqh"),
    ("van-hoa-the-thao-va-du-lich", "vhttdl"), ("thong-tin-va-truyen-thong", "tttt"), ("giao-duc-va-dao-tao", "gddt"),
    ("lao-dong-thuong-binh-va-xa-hoi", "ldtbxh"), ("nong-nghiep-va-phat-trien-nong-thon", "nnptnt"),
    ("khoa-hoc-va-cong-nghe", "khcn"), ("tai-nguyen-va-moi-truong", "tnmt"), ("ke-hoach-va-dau-tu", "khdt"),
)  # fmt: skip


class Units:
    """Units of texts as organizations: those of the register by name, the others under ids made from their names."""

    def __init__(self, register: Register, names: Names) -> None:
        self.register = register
        self._names = names
        self.new: dict[str, Organization] = {}
        self.host: str | None = None
        self.place: str | None = None
        """The host's province."""

    def find(self, text: str) -> list[UnitMention]:
        """Every unit of a text, registered or by its pattern."""
        known = [
            UnitMention(m.start, m.end, m.written, m.ids & self.register.units.keys())
            for m in self._names.find(text)
            if m.ids & self.register.units.keys()
        ]
        return find_units(text, known)

    def organization(self, name: str, ids: Iterable[str] = ()) -> Organization:
        """The unit of a name: the registered one that fits the bloc's host, or a new one."""
        fitting = [unit for unit in ids if self._fits(unit)] or self._by_name(name)
        if len(fitting) == 1:
            unit = self.register.units[fitting[0]]
            return Organization(unit.id, unit.name, parent=unit.parent)
        return self._new(name)

    def _by_name(self, name: str) -> list[str]:
        try:
            unit = self.register.units.find(name)
        except UnknownName:
            return []
        return [unit] if self._fits(unit) else []

    def _fits(self, unit: str) -> bool:
        """Whether a registered unit may be meant in a bulletin of this host: names are shared by many provinces."""
        parent, place = self.register.units[unit].parent, self._place_of(unit)
        if self.host is None or parent == self.host:
            return True
        if place and self.place and match_key(place) == match_key(self.place):
            return True
        if place or self.place is None:
            return parent is None and (place is None or match_key(place) in match_key(self.register.units[unit].name))
        return parent is None

    def _place_of(self, unit: str) -> str | None:
        """The province of a registered unit, its own or that of what it belongs to."""
        entry = self.register.units[unit]
        host = self.register.hosts.get(entry.parent or "")
        return entry.province or (host.province if host else None)

    def _new(self, name: str) -> Organization:
        name = f"{name[0].upper()}{name[1:]}" if name else name
        owner = (self.host or "").removeprefix("ubnd-").removeprefix("tinh-")
        prefix = f"{owner}-" if owner and owner not in slug(name) and not names_a_province(name) else ""
        unit = Organization(slug(f"{prefix}{name}"), name, is_new=True)
        for known in self.new.values():
            if match_key(known.name) == match_key(name) or _is_bare(known.name, name):
                return known
        self.new[unit.id] = unit
        return unit


_OF_AN_AREA = re.compile(rf"(?:(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) )?(?:{AREAS}) (?=\S)")


def _is_bare(name: str, other: str) -> bool:
    """Whether one of two names is the other without its “xã” or “UBND phường”: lists of members leave it out."""
    bare = _OF_AN_AREA.sub("", name, count=1), _OF_AN_AREA.sub("", other, count=1)
    return match_key(bare[0]) == match_key(bare[1]) and (bare[0] == name) != (bare[1] == other)


def names_a_province(name: str) -> bool:
    """Whether a name says by itself of which province it is: “Công an tỉnh Lai Châu”, “Điện Biên”."""
    return bool(provinces_in(name))


def slug(name: str) -> str:
    """An id made from a name: no marks, blanks as hyphens, usual short forms, at most 60 letters."""
    text = _NO_SLUG.sub("-", fold(name)).strip("-")
    for long, short in _SHORT:
        text = text.replace(long, short)
    return text[:_LONGEST_ID].strip("-") or "khong-ten"
