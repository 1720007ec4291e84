"""New entries of the register: the units that bulletins miss, all at once, and a bloc with its host for `new`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletins.domain.record import UnknownName
from bulletins.domain.register import Register
from bulletins.importing.recognise.names import slug
from bulletins.listing import of_one
from bulletins.mistakes import Mistake
from bulletins.settings import Settings
from bulletins.vietnamese.folding import match_key
from bulletins.vietnamese.numerals import bloc_number
from bulletins.writing.saving import replace
from tools.contents import read_all

Ask = Callable[[str], str]
"""Shows a question and gives the answer; raises EOFError when there is nobody to ask."""

UNITS = "content/register/units.yaml"
_OFFER = re.compile(rf"{re.escape(UNITS)}: `(?P<entry>- \{{id: (?P<id>[^,]+), names: \"(?P<name>[^\"]*)\"[^`]*\}})`\Z")
_NEAR = re.compile(r"(?:có phải|chỉ có ở nơi khác:) (?P<near>“.*?)(?:\?|\.) ")
_ADD = "Thêm {count} đơn vị này? (c: thêm, k: thôi, hay số của những dòng KHÔNG thêm, ví dụ: 2 5): "
_PROVINCE = re.compile(r"(?:tỉnh|thành phố|Tỉnh|Thành phố) (?P<name>[^,.;]+)\Z")
_SAID_PROVINCE = re.compile(r", province: (?P<name>[^,}]+)\}\Z")
_EMULATION = re.compile(r"\s+thi đua\s+(?:số\s+)?", re.IGNORECASE)
_NO_ENTRIES = re.compile(r"^\[\s*\][ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_NUMBERS = re.compile(r"[\d\s,;]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """A unit that the register lacks: its ready line, its id, and the names in the register that are like it."""

    entry: str
    id: str
    name: str
    near: str


def add_units(root: Path, settings: Settings, bulletin: str, yes: bool, ask: Ask = input) -> int:
    """Show the units that a bulletin (or every one) misses as one block, and add those that are wanted.

    `bulletin` is the path of its text from the root, or empty; `yes` asks nobody. 0 when none is missing any more, 1
    when some still are, 2 where nobody could be asked.
    """
    content, _ = read_all(root, settings)
    offers = offered(of_one(content.mistakes, bulletin) if bulletin else content.mistakes, content.library.register)
    if not offers:
        print("Danh bạ không thiếu đơn vị nào.")
        return 0
    print(block(offers))
    try:
        wanted = offers if yes else chosen(offers, ask(_ADD.format(count=len(offers))))
    except EOFError:
        print("\nKhông hỏi được ở đây; xem các dòng trên, rồi chạy lại với --yes để thêm cả.", file=sys.stderr)
        return 2
    append(root / UNITS, [offer.entry for offer in wanted])
    print(f"Đã thêm {len(wanted)} đơn vị vào {UNITS}." if wanted else "Chưa thêm gì.")
    return 0 if len(wanted) == len(offers) else 1


def offered(mistakes: Iterable[Mistake], register: Register) -> list[Offer]:
    """The units that these mistakes offer to add, each once, under ids that nothing else has."""
    offers: dict[str, Offer] = {}
    taken = {*register.all_units}
    matches = [(mistake, match) for mistake in mistakes if (match := _OFFER.search(mistake.message))]
    shortest: dict[str, str] = {}
    for _, match in sorted(matches, key=lambda offer: len(offer[1]["name"])):
        shortest.setdefault(_without_province(match), match_key(match["name"]))
    for mistake, match in matches:
        # “Sở Nội vụ Đà Nẵng” is the “Sở Nội vụ” of the province.
        key = match_key(match["name"])
        if key not in offers and shortest[_without_province(match)] == key:
            near = _NEAR.search(mistake.message)
            free = _free(match["id"], taken)
            entry = match["entry"].replace(f"id: {match['id']},", f"id: {free},", 1)
            offers[key] = Offer(entry, free, match["name"], near["near"] if near else "")
            taken.add(free)
    return list(offers.values())


def _without_province(offer: re.Match[str]) -> str:
    """The key of an offered name without its province at the end, which the line says by itself."""
    key, said = match_key(offer["name"]), _SAID_PROVINCE.search(offer["entry"])
    place = match_key(said["name"]) if said else ""
    return key.removesuffix(f" {place}").removesuffix(" tỉnh").removesuffix(" thành phố") if place else key


def _free(wanted: str, taken: set[str]) -> str:
    return next(free for n in range(1, 1000) if (free := wanted if n == 1 else f"{wanted}-{n}") not in taken)


def block(offers: Sequence[Offer]) -> str:
    """The offers as lines of the register, numbered, those with a name like theirs with that name."""
    lines = [f"Thêm vào {UNITS}:"]
    for n, offer in enumerate(offers, 1):
        lines += [
            f"{n:>3}  {offer.entry}",
            *([f"       # có phải {offer.near}? Nếu phải thì đừng thêm."] * bool(offer.near)),
        ]
    return "\n".join(lines)


def chosen(offers: Sequence[Offer], answer: str) -> list[Offer]:
    """The offers that an answer takes: “c” all, numbers all but those, anything else none."""
    said = answer.strip().casefold()
    if said in ("c", "có", "co", "y", "yes"):
        return list(offers)
    if said and _NUMBERS.fullmatch(said):
        left_out = {int(number) for number in re.findall(r"\d+", said)}
        return [offer for n, offer in enumerate(offers, 1) if n not in left_out]
    return []


def append(path: Path, entries: Sequence[str]) -> None:
    """Put entries at the end of a file of the register; what stands in it stays as it is, but for an empty list."""
    if not entries:
        return
    before = _NO_ENTRIES.sub("", path.read_bytes().decode("utf-8")) if path.is_file() else ""
    newline = "\r\n" if "\r\n" in before else "\n"
    gap = "" if not before else newline if before.endswith("\n") else newline * 2
    text = "\n".join([*entries, ""]).replace("\n", newline)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, f"{before}{gap}{text}".encode())


@dataclass(frozen=True, slots=True)
class NewBloc:
    """A bloc that the register lacks: its id, its ready line, and that of its host where that is new as well."""

    id: str
    entry: str
    host_entry: str = ""

    def add(self, root: Path) -> None:
        """Put it at the end of the register's files."""
        folder = root / "content" / "register"
        append(folder / "hosts.yaml", [self.host_entry] if self.host_entry else [])
        append(folder / "blocs.yaml", [self.entry])


def new_bloc(name: str, host: str, register: Register) -> NewBloc:
    """A bloc of this name, of a host known by `host` (an id or a name), which is new if the register does not know it.

    Its id is `<host>-khoi-<number>` (contract §1), the host's part as in the ids of its other blocs.
    """
    try:
        host_id, host_entry = register.hosts.find(host), ""
    except UnknownName:
        host_id = _free(slug(host), {*register.hosts})
        province = _PROVINCE.search(host)
        where = f', province: "{province["name"]}"' if province else ""
        host_entry = f"- {{id: {host_id}, names: {_quoted(host)}{where}}}"
    kind, number = "cum" if name.casefold().startswith("cụm") else "khoi", bloc_number(name)
    short = f"{kind}-{number}" if number else slug(_EMULATION.sub(" ", name))
    bloc = _free(f"{_prefix(host_id, register)}-{short}"[:76].strip("-"), {*register.blocs})
    numbered = f", number: {number}" if number else ""
    return NewBloc(
        bloc, f"- {{id: {bloc}, names: {_quoted(name)}, kind: {kind}{numbered}, host: {host_id}}}", host_entry
    )


def _prefix(host: str, register: Register) -> str:
    """What the ids of a host's blocs begin with: as those that there are, or the host's own without its office."""
    parts = (re.split(r"-(?:khoi|cum)\b", bloc.id) for bloc in register.blocs.values() if bloc.host == host)
    own = [before for before, *rest in parts if rest]
    return own[0] if own else re.sub(r"\A(?:ubnd-)?(?:tinh-|thanh-pho-)?", "", host) or host


def _quoted(name: str) -> str:
    plain = name.replace("\\", "").replace('"', "”")
    return f'"{plain}"'
