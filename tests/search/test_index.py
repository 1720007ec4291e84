"""The index of a library: made of volumes that are kept, and changed where something changed."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body
from bulletins.domain.register import Bloc, Host, Register, Unit
from bulletins.plan import laid_out
from bulletins.search import layout, volumes
from bulletins.search.edits import Edit, edited_shards
from bulletins.search.index import Index
from bulletins.search.plan import plan, shard_file
from tests.builders import bulletin, register
from tests.search.published import files, index_of, write

TEXT = "Buổi lễ thứ {n} có {n} đơn vị dự, ký giao ước lúc {n} giờ."


@pytest.fixture(autouse=True)
def like_a_large_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many volumes and shards for some bulletins as for thousands."""
    monkeypatch.setattr(volumes, "CAP", 4)
    monkeypatch.setattr(layout, "PER_SHARD", 0.1)


def library(count: int, known: Register | None = None, **texts: str) -> Library:
    """Bulletins of as many months, every third with a head; `texts` are by id with `_` for `-`."""
    days = [f"{2020 + n // 12}-{n % 12 + 1:02}-05" for n in range(count)]
    heads = [{"bloc_years": [{"year": "2023", "head": f"phong-{n}"}]} if n else {} for n in ("mot", "", "hai")] * count
    told = [bulletin(f"b-{n}", ceremony={"kinds": ["pact"], "date": d}, **heads[n]) for n, d in enumerate(days)]
    said = {f"b-{n}": texts.get(f"b_{n}", TEXT.format(n=n)) for n in range(count)}
    bodies = {id_: Body((f"<p>{text}</p>",), f"{id_} {text}") for id_, text in said.items()}
    return Library(known or register(), told, bodies)


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_one_bulletin_more_changes_the_shards_and_the_table_of_the_newest_volume_alone(tmp_path: Path) -> None:
    before, after = (files(index_of(library(count), tmp_path / "store")) for count in (22, 23))
    tables = sorted(path for path in after if path.startswith("v/"))

    assert {path.split("/")[0] for path in differing(before, after)} == {"n", "v"}
    assert {path for path in differing(before, after) if path.startswith("v/")} == {tables[-1]}
    assert len([path for path in after if path.startswith("i/")]) == 256
    assert len([path for path in after if path.startswith("n/")]) == 16


def test_an_edited_text_changes_the_shards_of_its_words_alone(tmp_path: Path) -> None:
    before = files(index_of(library(22), tmp_path / "store"))
    after = files(index_of(library(22, b_3=TEXT.format(n=3).replace("dự", "vắng")), tmp_path / "store"))

    # dự, vắng; vị dự, dự ký; vị vắng, vắng ký
    assert 1 < len(differing(before, after)) <= 6


def test_a_single_volume_that_changed_is_made_aside_and_found_by_whoever_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_of(library(22), tmp_path / "store").digests(1)
    index, clean = (index_of(library(22, b_3="khác"), tmp_path / store) for store in ("store", "other"))
    made = clean.digests(1)

    index.begin()()
    monkeypatch.setattr(Index, "put", None)
    assert index.digests(1) == made


def test_an_edited_text_is_patched_into_what_is_published(tmp_path: Path) -> None:
    old = index_of(library(22), tmp_path / "store")
    texts = {"b_0": "Khối 9 họp ở Bến Tre.", "b_9": TEXT.format(n=9) + " Thêm một câu.", "b_21": ""}
    new = library(22, **texts)
    edits = [Edit(new.bulletins[id_], old.library.bodies[id_], new.bodies[id_]) for id_ in ("b-0", "b-9", "b-21")]
    write(tmp_path / "output" / "tim-kiem" / "chi-muc", files(old))
    lines = edited_shards(old.layout.outline, edits, new.register, False, tmp_path / "output")
    patched = {line.paths[0].removeprefix("tim-kiem/chi-muc/"): line.make(*line.inputs)[0] for line in lines}

    clean = files(index_of(new, tmp_path / "other"))
    assert patched == {path: clean[path] for path in differing(files(old), clean)}


@pytest.mark.parametrize("table", [b"", b"[]", b'["b-7"]'])
def test_an_edit_is_not_patched_into_another_index(tmp_path: Path, table: bytes) -> None:
    old, new = index_of(library(22), tmp_path / "store"), library(22, b_0="khác")
    write(tmp_path / "output" / "tim-kiem" / "chi-muc", files(old) | {"v/0.json": table})
    edits = [Edit(new.bulletins["b-0"], old.library.bodies["b-0"], new.bodies["b-0"])]

    with pytest.raises(ValueError, match=r"."):
        edited_shards(old.layout.outline, edits, new.register, False, tmp_path / "output")


def register_with(kind: str, id_: str, **fields: object) -> Register:
    """The register, in which an entry has these values, or which has one more."""
    known = register()
    directories = {"hosts": known.hosts, "blocs": known.blocs, "units": known.units}
    entries = {k: {id_: entry.model_dump(by_alias=True) for id_, entry in d.items()} for k, d in directories.items()}
    entries[kind][id_] = entries[kind].get(id_, {"id": id_}) | fields
    models = zip((Host, Bloc, Unit), entries.values(), strict=True)
    return Register(*(list(map(model.model_validate, of_kind.values())) for model, of_kind in models))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "id_", "fields"),
    [
        ("units", "phong-mot", {"names": "Ban Mới thành lập"}),
        ("units", "phong-mot", {"short_name": "giờ giao"}),
        ("units", "phong-hai", {"aliases": ["P. Hai", "Phòng 2"]}),
        ("units", "phong-hai", {"parent": "so-mau"}),
        ("units", "phong-bon", {"names": "Phòng Bốn"}),
        ("blocs", "khoi-1", {"number": 7}),
        ("blocs", "khoi-1", {"names": "Khối ký giao ước", "host": None}),
        ("hosts", "so-mau", {"names": "Sở Khác"}),
    ],
)
def test_names_of_the_register_are_patched_into_the_volumes_that_hold_them(
    kind: str, id_: str, fields: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = register_with(kind, id_, **fields)
    clean, before = (files(index_of(library(22, r), tmp_path / str(n))) for n, r in enumerate((known, None)))
    with monkeypatch.context() as patch:
        patch.setattr(Index, "_made", None)
        patched = files(index_of(library(22, known), tmp_path / "1"))
        back = files(index_of(library(22), tmp_path / "1"))

    assert patched == clean
    assert back == before


def test_a_register_that_a_program_of_other_records_kept_is_as_good_as_missing(tmp_path: Path) -> None:
    known = library(22, register_with("units", "phong-mot", names="Ban Mới"))
    store = index_of(library(22), tmp_path / "store").store
    store.keep_register("another", b'[[{"id":"so-mau","names":["S\xe1\xbb\x9f"],"motto":"?"}],[],[]]')

    assert files(index_of(known, tmp_path / "store")) == files(index_of(known, tmp_path / "other"))


def test_a_volume_of_which_a_group_is_lost_is_made_anew_under_another_register(tmp_path: Path) -> None:
    files(index_of(library(22), tmp_path / "store"))
    for kept in (tmp_path / "store").rglob("[0-9]"):
        kept.unlink()
    known = register_with("units", "phong-mot", names="Ban Mới")

    assert files(index_of(library(22, known), tmp_path / "store")) == files(
        index_of(library(22, known), tmp_path / "o")
    )


def test_only_a_volume_that_changed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    put = Index.put
    monkeypatch.setattr(Index, "put", lambda self, volume: made.append(volume) or put(self, volume))
    first = files(index_of(library(22), tmp_path / "store"))
    everything = len(made)
    again = files(index_of(library(22), tmp_path / "store"))
    nothing = len(made) - everything
    files(index_of(library(22, b_3="khác"), tmp_path / "store"))

    assert again == first
    assert (nothing, len(made) - everything) == (0, 1)


@pytest.mark.parametrize("damage", [b"", b"{}", bytes(500)])
def test_what_is_damaged_in_the_store_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    clean = files(index_of(library(22), tmp_path / "store"))
    for kept in (tmp_path / "store").rglob("*"):
        if kept.is_file():
            kept.write_bytes(damage)

    assert files(index_of(library(22), tmp_path / "store")) == clean


def test_a_slice_that_is_damaged_after_the_plan_is_made_anew(tmp_path: Path) -> None:
    clean = files(index_of(library(22), tmp_path / "store"))
    lines = plan(index_of(library(22), tmp_path / "store"), workers=1)
    for kept in (tmp_path / "store").rglob("[0-9]*"):
        if kept.is_file():
            kept.write_bytes(kept.read_bytes().replace(b"giao", b"giai"))
    made = {p: d for line in laid_out(lines) for p, d in zip(line.paths, line.make(*line.inputs), strict=True)}

    assert {path.removeprefix("tim-kiem/chi-muc/"): data for path, data in made.items()} == clean


def test_volumes_that_are_gone_leave_the_store(tmp_path: Path) -> None:
    files(index_of(library(22), tmp_path / "store"))
    files(index_of(library(3), tmp_path / "store"))

    assert [folder.name for folder in (tmp_path / "store").iterdir() if folder.is_dir()] == ["b-0"]


def test_a_shard_can_be_made_on_another_machine(tmp_path: Path) -> None:
    lines = [line for line in laid_out(plan(index_of(library(22), tmp_path / "store"), 1)) if line.make is shard_file]
    sent = pickle.loads(pickle.dumps(lines[7]))

    assert sent.make(*sent.inputs) == lines[7].make(*lines[7].inputs)
    assert sent.inputs[0].digest == lines[7].inputs[0].digest


def test_a_site_without_bulletins_has_an_index_too(tmp_path: Path) -> None:
    made = files(index_of(library(0), tmp_path / "store"))

    assert made["i/0.json"] == b"{}\n"
