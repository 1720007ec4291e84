"""Renditions are kept between builds, whole or not at all, and go when no site uses them."""

from __future__ import annotations

import os
import pickle
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from bulletins.domain.model import Photo
from bulletins.domain.pictures import PhotoSource, Said
from bulletins.gallery import plan as gallery
from bulletins.gallery.archive import Heading
from bulletins.gallery.store import RenditionStore
from bulletins.making.build import make
from bulletins.making.fingerprints import fingerprint_of
from bulletins.plan import Output
from bulletins.settings import Settings
from tests.gallery.photos import opened, turned

SETTINGS = Settings(picture_widths=(60, 120))
STORY = Heading("Lễ ký", "https://x.vn/ban-tin/lễ/", "CC BY 4.0", "Sở Mẫu")


def never() -> list[bytes]:
    raise AssertionError("made again")


def kept(store: RenditionStore) -> list[str]:
    return sorted(path.name.partition(".")[0] for path in store.path.glob("*/*.photos"))


def photos(folder: Path, *orientations: int) -> tuple[gallery.Photo, ...]:
    sources = []
    for n, orientation in enumerate(orientations, 1):
        path = folder / f"anh-{n}.jpg"
        path.write_bytes(turned(orientation))
        told = Photo(file=path.name, alt=f"Ảnh lễ ký {n}", caption=f"Chú thích {n}", credit="Lê An")
        sources.append(PhotoSource("le", n, str(path), "index.md", n, 1, Said.of(told)))
    return gallery.measure_photos(sources, SETTINGS)[0]


def test_what_is_kept_is_not_made_again(tmp_path: Path) -> None:
    store = RenditionStore(tmp_path)
    first = store.get_or_make("ab12", lambda: [b"mot", b"", b"ba"])

    assert store.get_or_make("ab12", never) == first == [b"mot", b"", b"ba"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]\n", b'["x", "y", 3]\nabc'])
def test_a_damaged_file_is_made_again(damage: bytes, tmp_path: Path) -> None:
    store = RenditionStore(tmp_path)
    store.get_or_make("ab12", lambda: [b"mot"])
    (tmp_path / "ab" / "ab12.photos").write_bytes(damage)

    assert store.get_or_make("ab12", lambda: [b"hai"]) == [b"hai"]
    assert store.get_or_make("ab12", never) == [b"hai"]


def test_one_changed_byte_is_noticed(tmp_path: Path) -> None:
    store, file = RenditionStore(tmp_path), tmp_path / "ab" / "ab12.photos"
    store.get_or_make("ab12", lambda: [b"mot", b"hai"])
    file.write_bytes(file.read_bytes().replace(b"hai", b"bai"))

    assert store.get_or_make("ab12", lambda: [b"moi"]) == [b"moi"]


def test_what_no_site_uses_goes(tmp_path: Path) -> None:
    store, sites = RenditionStore(tmp_path / "store"), [tmp_path / "output", tmp_path / "preview"]
    for key in ("aa", "bb", "cc"):
        store.get_or_make(key, lambda: [b"x"])
    for site in sites:
        site.mkdir()
        store.prune(["aa", "bb"], site)
    store.prune(["aa"], sites[0])
    after_one = kept(store)
    store.prune([], sites[1])

    assert (after_one, kept(store)) == (["aa", "bb"], ["aa"])


def test_a_site_that_is_gone_keeps_nothing(tmp_path: Path) -> None:
    store, preview, output = RenditionStore(tmp_path / "store"), tmp_path / "preview", tmp_path / "output"
    preview.mkdir()
    output.mkdir()
    store.get_or_make("bb", lambda: [b"x"])
    store.prune(["bb"], preview)
    preview.rmdir()
    store.prune([], output)

    assert kept(store) == []


def test_where_the_store_stands_changes_no_fingerprint(tmp_path: Path) -> None:
    shown = photos(tmp_path, 1)
    plans = [gallery.plan(shown, SETTINGS, RenditionStore(tmp_path / name), {"le": STORY}) for name in ("one", "two")]
    prints = [[fingerprint_of(line) for line in plan if isinstance(line, Output)] for plan in plans]

    assert prints[0] == prints[1]


def test_a_fresh_output_folder_is_filled_without_image_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, store = photos(tmp_path, 1, 6), RenditionStore(tmp_path / "store")
    plan = gallery.plan(shown, SETTINGS, store, {"le": STORY})
    make(plan, tmp_path / "one", tmp_path / "cache-1", workers=1)
    monkeypatch.setattr(gallery, "render", never)
    make(plan, tmp_path / "two", tmp_path / "cache-2", workers=1)
    files = [{p.name: p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()} for name in ("one", "two")]

    assert files[0] == files[1]
    assert len(files[0]) == 2 * len(shown[0].picture.files) + 1


def test_one_more_photo_renders_one_photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, real, rendered = RenditionStore(tmp_path / "store"), gallery.render, []

    def counted(data: bytes, *others: object) -> list[bytes]:
        rendered.append(data)
        return real(data, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(gallery, "render", counted)
    for orientations in ((1, 6), (1, 6), (1, 6, 8)):
        make(gallery.plan(photos(tmp_path, *orientations), SETTINGS, store, {"le": STORY}),
             tmp_path / "output", tmp_path / "cache", workers=1)  # fmt: skip

    assert rendered == [turned(1), turned(6), turned(8)]


def _archive(folder: Path) -> bytes:
    *_, line, _ = gallery.plan(photos(folder, 1, 6), SETTINGS, None, {"le": STORY})
    assert isinstance(line, Output)
    assert line.paths == ("anh/le/le.zip",)
    return pickle.loads(pickle.dumps(line.make))(*line.inputs)[0]  # type: ignore[no-any-return]


def test_the_archive_of_a_gallery_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    first = _archive(tmp_path)
    os.utime(tmp_path / "anh-1.jpg", (1, 1))

    assert _archive(tmp_path) == first


def test_the_archive_holds_the_medium_photos_and_their_words(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(_archive(tmp_path))) as packed:
        names = packed.namelist()
        said = packed.read("chu-thich.txt").decode()
        sizes = [opened(packed.read(name)).size for name in names if name.endswith(".jpg")]

    assert names == ["chu-thich.txt", "chu-thich.json", "anh-01.jpg", "anh-02.jpg"]
    assert sizes == [(120, 80), (120, 80)]
    assert said.splitlines() == [
        "Lễ ký", "https://x.vn/ban-tin/lễ/", "Sở Mẫu", "CC BY 4.0",
        "", "anh-01.jpg", "Chú thích 1", "Ảnh: Lê An",
        "", "anh-02.jpg", "Chú thích 2", "Ảnh: Lê An",
    ]  # fmt: skip


def test_a_build_keeps_in_the_store_what_its_plan_uses(tmp_path: Path) -> None:
    store, output = RenditionStore(tmp_path / "store"), tmp_path / "output"
    for orientations in ((1, 6), (6,)):
        plan = gallery.plan(photos(tmp_path, *orientations), SETTINGS, store, {"le": STORY})
        make(plan, output, tmp_path / "cache", workers=1)
        store.prune(gallery.shelved(plan), output)

    assert kept(store) == gallery.shelved(plan)


def test_a_kept_credit_passes_the_gate_and_stands_in_every_file(tmp_path: Path) -> None:
    settings = replace(SETTINGS, keep_credit=True, license="https://creativecommons.org/licenses/by/4.0/")
    shown, _ = gallery.measure_photos([photo.source for photo in photos(tmp_path, 1)], settings)
    make(gallery.plan(shown, settings, None, {"le": STORY}), tmp_path / "output", tmp_path / "cache", workers=1)
    files = [path.read_bytes() for path in (tmp_path / "output").rglob("*.*") if path.suffix != ".zip"]

    assert len(files) == len(shown[0].picture.files)
    assert all(b'photoshop:Credit="L\xc3\xaa An"' in data and b"licenses/by/4.0" in data for data in files)
