"""Where a register answers the questions of a reading as before, reading once more would give the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from bulletins.domain.register import Bloc, Host, MovementEntry, Register, Unit
from bulletins.reading.bulletin import Reading
from bulletins.reading.consulted import Consulted
from bulletins.reading.reader import Reader
from bulletins.reading.reading_cache import NOT_KEPT
from bulletins.reading.sources import SourceFile
from bulletins.urls import Site
from tests.reading import texts

Entries = dict[str, list[dict[str, Any]]]
"""The register as it is typed: entries by the name of their file."""

KINDS = {"hosts": Host, "blocs": Bloc, "units": Unit, "movements": MovementEntry}
SEEDS, REGISTERS, READINGS = 4, 12, 6
NAMES = (
    "Sở Y tế", "Sở Y tế tỉnh An Giang", "Sở y tế An Giang", "UBND tỉnh An Giang", "Ủy ban nhân dân tỉnh An Giang",
    "Phòng Một", "Phòng Một của Sở Y tế", "Phòng Hai", "P. Hai", "Văn phòng", "Văn phòng Uỷ ban", "Sở Quý", "Sở Quí",
    "Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hoá", "Của Phòng Một", "Khối các sở", "khối 1", "Cụm Hai",
)  # fmt: skip
IDS = ("a-so-y-te", "b-so-y-te", "a-phong-mot", "a-phong-hai", "van-phong", "so-quy", "so-van-hoa", "uy-ban")
PROVINCES = ("An Giang", "tỉnh Cà Mau")


def start() -> Entries:
    units = [{"id": id_, "names": name} for id_, name in zip(IDS, NAMES, strict=False)]
    return {
        "hosts": [{"id": "a", "names": "Cơ quan A", "province": "An Giang"}, {"id": "b", "names": "Sở Mẫu"}],
        "blocs": [
            {"id": "a-khoi-1", "names": "Khối thi đua số 1", "number": 1, "host": "a"},
            {"id": "b-khoi", "names": "Khối các sở", "host": "b"},
        ],
        "units": units,
        "movements": [{"id": "phong-trao", "names": "Chung sức"}],
    }


def registered(entries: Entries) -> Register:
    return Register(*([model.model_validate(e) for e in entries[kind]] for kind, model in KINDS.items()))  # type: ignore[arg-type]


def edits(entries: Entries, chance: random.Random) -> list[Callable[[], object]]:
    """Everything that an office changes in its register, at random."""
    units, blocs, hosts = entries["units"], entries["blocs"], entries["hosts"]
    entry = chance.choice(units + blocs + hosts + entries["movements"])
    organization, unit = chance.choice(units + blocs + hosts), chance.choice(units)
    name, id_ = chance.choice(NAMES), chance.choice(IDS)
    year = str(chance.randint(2021, 2024))

    def swap() -> None:
        other = chance.choice(units)
        unit["names"], other["names"] = other["names"], unit["names"]

    def add() -> None:
        if id_ not in {known["id"] for known in units}:
            units.append({"id": id_, "names": name, "province": chance.choice(PROVINCES)})

    return [
        lambda: entry.update(names=name),
        lambda: entry.update(aliases=[chance.choice(NAMES)]),
        lambda: entry.pop("aliases", None),
        lambda: organization.update(short_name=name),
        lambda: organization.update(names=[name, {"name": chance.choice(NAMES), "to": f"{year}-06-30"}]),
        lambda: organization.update(founded=f"{year}-06-01"),
        lambda: organization.update(dissolved=f"{year}-06-01"),
        lambda: unit.update(parent=chance.choice("ab")),
        lambda: unit.update(province=chance.choice(PROVINCES)),
        lambda: unit.update(memberships=[{"bloc": "a-khoi-1", "from": year}]),
        lambda: unit.update(replaced_by=[chance.choice(units)["id"]]),
        lambda: units.remove(unit),
        lambda: chance.choice(hosts).update(council=[name, "Hội đồng"]),
        lambda: chance.choice(hosts).update(province=chance.choice(PROVINCES)),
        lambda: chance.choice(blocs).update(number=chance.randint(1, 3)),
        lambda: chance.choice(blocs).update(host=chance.choice("ab")),
        swap, add, add,
    ]  # fmt: skip


def edited(entries: Entries, chance: random.Random) -> Entries:
    """The register after one or a few edits that leave it whole."""
    for _ in range(chance.randint(1, 3)):
        copy = {kind: [dict(entry) for entry in of_kind] for kind, of_kind in entries.items()}
        chance.choice(edits(copy, chance))()
        ids = {entry["id"] for entry in copy["units"]}
        for unit in copy["units"]:
            unit["replaced_by"] = [id_ for id_ in unit.get("replaced_by", ()) if id_ in ids]
        entries = copy
    return entries


def sentence(chance: random.Random) -> str:
    name, other = chance.choice(NAMES), chance.choice(NAMES)
    return chance.choice((
        f"{name} và {other} cùng ký kết.",
        f"{name} (gọi tắt là SYT) dự lễ. SYT được bầu làm Khối trưởng.",
        f"Khối trưởng năm 2023: {name}; Khối phó là {other.upper()}.",
        f"Bàn giao vai trò Khối trưởng từ {name.lower()} cho {other} tỉnh An Giang.",
        f"Khối thi đua số {chance.randint(1, 3)} họp tại {name}.",
        f"Hội nghị bầu {name[0].lower()}{name[1:]} làm Khối trưởng.",
    ))  # fmt: skip


def bulletin(chance: random.Random, n: int, entries: Entries) -> str:
    """A bulletin that names units in every way."""
    ids = [unit["id"] for unit in entries["units"]]
    names = [chance.choice(ids if chance.random() < 0.8 else NAMES) for _ in range(5)]
    whose = chance.choice(("bloc: a-khoi-1", "bloc: Khối các sở", "blocs: [b-khoi, Khối thi đua số 1]", "host: a"))
    is_of_bloc = whose.startswith("bloc:")
    more = f"awards: [{{form: giay_khen, by: {chance.choice(NAMES)}, to: collectives, units: [{names[1]}]}}]\n"
    more += f"people: [{{name: Nguyễn Văn An, unit: {names[2]}}}]\n" if chance.random() < 0.5 else ""
    if is_of_bloc and chance.random() < 0.7:
        more += f"bloc_years: [{{year: 2023, head: {names[3]}, members: {{list: [{names[3]}, {names[4]}]}}}}]\n"
    organiser = "Khối thi đua số 1" if "a-khoi-1" in whose and chance.random() < 0.5 else chance.choice(ids)
    fields = {
        "id": f"ban-tin-{n}",
        "title": f"{chance.choice(NAMES)} ký giao ước",
        "lead": sentence(chance),
        "ceremony": f"\n  kinds: pact\n  date: 2023-03-02\n  organiser: {organiser}",
    }
    text = texts.bulletin("\n\n".join(sentence(chance) for _ in range(4)), more, **fields)
    return text.replace("bloc: khoi-1", whose)


def reader_of(entries: Entries) -> Reader:
    return Reader.of(NOT_KEPT, registered(entries), Site("https://example.vn"))


def said(reading: Reading) -> object:
    """All that a reading says."""
    digests = (reading.bulletin and reading.bulletin.digest, reading.body and reading.body.digest)
    return digests, replace(reading, bulletin=None, body=None, consulted=None)


def through_a_file(consulted: Consulted | None) -> Consulted | None:
    return Consulted.of_json(consulted.as_json) if consulted else None


def written(folder: Path, chance: random.Random, entries: Entries) -> list[SourceFile]:
    """Some bulletins as files, typed on all sorts of machines."""
    files = [SourceFile(folder / f"{n}.md", f"{n}.md") for n in range(READINGS)]
    for n, file in enumerate(files):
        typed = chance.choice((str, str, lambda text: text.replace("\n", "\r\n"), lambda text: normalize("NFD", text)))
        file.path.write_bytes(typed(bulletin(chance, n, entries)).encode(chance.choice(("utf-8", "utf-8-sig"))))
    return files


HEAD = "bloc_years: [{year: 2023, head: phong-ba}]\n"


@pytest.mark.parametrize(
    ("more", "body", "unit"),
    [
        ("", "Sở Mới họp. Sở mới đến.", {"id": "moi", "names": "Sở Mới"}),
        ("", "Sở Y Tế họp.", {"id": "so-y-te", "names": "Sở Y tế", "short_name": "Sở Y Tế"}),
        ("", "Sở Y Tế họp.", {"id": "so-y-te", "names": "Sở Y tế", "aliases": ["Sở Y Tế"]}),
        (HEAD, "Hội nghị bầu sở Hai làm Khối trưởng.", {"id": "phong-hai", "names": "Sở Hai"}),
        (HEAD, "", {"id": "phong-ba", "names": "Phòng Khác"}),
        (HEAD, "", {"id": "phong-ba", "names": "Phòng Ba", "founded": "2024-05-01"}),
        ("awards: [{form: giay_khen, by: Sở Y tế}]\n", "", {"id": "so-y-te", "names": "Sở Khác"}),
        ("awards: [{form: giay_khen, by: Sở Khác}]\n", "", {"id": "khac", "names": "Sở Khác"}),
        ("related: [{title: Tin khác, bloc: Khối các sở}]\n", "", {"id": "khac", "names": "Sở Khác"}),
    ],
)
def test_a_reading_asks_for_the_units_that_make_it_another_and_no_others(
    more: str, body: str, unit: dict[str, Any], tmp_path: Path
) -> None:
    file = SourceFile(tmp_path / "index.md", "index.md")
    file.path.write_text(texts.bulletin(body, more, bloc="a-khoi-1"), encoding="utf-8")
    units = [{"id": "phong-hai", "names": "Phòng Hai"}, {"id": "phong-ba", "names": "Phòng Ba"}]
    units.append({"id": "so-y-te", "names": "Sở Y tế"})
    others = [known for known in units if known["id"] != unit["id"]]
    old = reader_of(start() | {"units": units}).read(file, {})
    after = reader_of(start() | {"units": [*others, unit]})

    assert old.bulletin is not None
    assert after.reads_alike(file, through_a_file(old.consulted)) == (said(after.read(file, {})) == said(old))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_read_alike_by_its_questions_is_read_alike_in_truth(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    alike: list[bool] = []
    for _ in range(REGISTERS):
        entries = edited(start(), chance)
        before, after = reader_of(entries), reader_of(edited(entries, chance))
        for file in written(tmp_path, chance, entries):
            old = before.read(file, {})
            alike.append(after.reads_alike(file, through_a_file(old.consulted)))
            if alike[-1]:
                assert said(after.read(file, {})) == said(old)

    assert 0.1 < alike.count(True) / len(alike) < 0.9
