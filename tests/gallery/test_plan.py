"""The gallery's plan: lines, fingerprints, mistakes an author can mend, and measures kept between builds."""

import dataclasses
import hashlib
import os
import pickle
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from bulletins.domain.pictures import PhotoSource
from bulletins.gallery import measures as kept_measures
from bulletins.gallery import plan as gallery
from bulletins.gallery.images import Reason, UnreadableImage
from bulletins.gallery.measures import measures
from bulletins.gallery.messages import CHANGED, UNFIT
from bulletins.gallery.store import RenditionStore
from bulletins.making.fingerprints import fingerprint_of
from bulletins.mistakes import Refused
from bulletins.plan import Output
from bulletins.settings import Settings
from tests.gallery.photos import encoded, opened, turned, upright

SETTINGS = Settings(picture_widths=(60, 120))
INDEX = "content/bulletins/2023/khoi/index.md"


def source(path: Path, n: int = 1) -> PhotoSource:
    return PhotoSource("khoi-2023-pact", n, str(path), INDEX, 20 + n, 7)


def saved(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def made(photos: Iterable[gallery.Photo]) -> list[Output]:
    """The lines that make the photos' files."""
    return [line for line in gallery.plan(photos, SETTINGS) if isinstance(line, Output)]


def test_a_photo_is_one_line_of_the_plan_with_all_its_renditions(tmp_path: Path) -> None:
    photos, mistakes = gallery.measure_photos([source(saved(tmp_path / "anh-01.jpg", turned(6)))], SETTINGS)
    (line,) = made(photos)
    files = line.make(*line.inputs)

    assert mistakes == ()
    assert [f"/{path}" for path in line.paths] == [r.address for r in photos[0].picture.files]
    assert [opened(file).size for file in files] == [(r.width, r.height) for r in photos[0].picture.files]


def test_pages_find_a_picture_by_bulletin_and_number(tmp_path: Path) -> None:
    paths = [saved(tmp_path / name, encoded(upright(w, 90), "PNG")) for name, w in (("a.png", 100), ("b.png", 130))]
    photos, _ = gallery.measure_photos([source(path, n) for n, path in enumerate(paths, start=1)], SETTINGS)
    pictures = gallery.pictures(photos, SETTINGS, RenditionStore(tmp_path / "renditions"))

    assert {key: picture.width for key, picture in pictures.items()} == {
        ("khoi-2023-pact", 1): 100,
        ("khoi-2023-pact", 2): 130,
    }


def test_a_picture_proves_its_files_whether_they_are_made_before_or_after(tmp_path: Path) -> None:
    photos, _ = gallery.measure_photos([source(saved(tmp_path / "a.jpg", turned(1)))], SETTINGS)
    store = RenditionStore(tmp_path / "renditions")
    (picture,) = gallery.pictures(photos, SETTINGS, store).values()
    before = picture.sums
    (line,) = made(photos)
    files = {f"/{path}": data for path, data in zip(line.paths, line.make(*line.inputs), strict=True)}

    assert {address: (known.sha256, known.size) for address, known in before.items()} == {
        address: (hashlib.sha256(data).hexdigest(), len(data)) for address, data in files.items()
    }
    assert picture.sums == before


def test_another_quality_is_another_picture(tmp_path: Path) -> None:
    photos, _ = gallery.measure_photos([source(saved(tmp_path / "a.jpg", turned(1)))], SETTINGS)
    store = RenditionStore(tmp_path / "renditions")
    sharper = dataclasses.replace(SETTINGS, picture_quality=SETTINGS.picture_quality + 1)
    one, other = (gallery.pictures(photos, settings, store) for settings in (SETTINGS, sharper))

    assert [p.digest for p in one.values()] != [p.digest for p in other.values()]


def test_the_same_photo_in_another_clone_has_the_same_plan(tmp_path: Path) -> None:
    lines = []
    for clone in ("one", "two"):
        path = saved(tmp_path / clone / "anh-01.jpg", turned(1))
        lines += made(gallery.measure_photos([source(path)], SETTINGS)[0])
    one, two = lines

    assert fingerprint_of(one) == fingerprint_of(two)
    assert one.make(*one.inputs) == two.make(*two.inputs)


def test_a_line_travels_to_a_worker_process(tmp_path: Path) -> None:
    photos, _ = gallery.measure_photos([source(saved(tmp_path / "anh-01.jpg", turned(8)))], SETTINGS)
    (line,) = made(photos)
    arrived = pickle.loads(pickle.dumps(line))

    assert arrived == line
    assert arrived.make(*arrived.inputs) == line.make(*line.inputs)


def test_every_unfit_photo_is_named_at_once_and_the_others_go_on(tmp_path: Path) -> None:
    sources = [
        source(tmp_path / "anh-01.jpg", 1),
        source(saved(tmp_path / "anh-02.jpg", b""), 2),
        source(saved(tmp_path / "anh-03.jpg", turned(1)), 3),
        source(saved(tmp_path / "anh-04.jpg", turned(1)[:-9]), 4),
    ]
    photos, mistakes = gallery.measure_photos(sources, SETTINGS)

    assert [photo.source.n for photo in photos] == [3]
    assert [(m.path, m.line, m.column, m.code) for m in mistakes] == [
        (INDEX, 21, 7, "PH1"),
        (INDEX, 22, 7, "PH3"),
        (INDEX, 24, 7, "PH9"),
    ]
    assert all(f"anh-0{m.line - 20}.jpg" in m.message for m in mistakes)


def test_a_message_says_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    heic = saved(tmp_path / "IMG_0417.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    _, (mistake,) = gallery.measure_photos([source(heic)], SETTINGS)

    assert mistake.message.startswith("ảnh “IMG_0417.jpg”: ảnh ở định dạng HEIC")
    assert "hãy xuất ảnh sang JPEG" in mistake.message


def test_every_reason_has_a_code_of_its_own_and_a_mend() -> None:
    codes = [message.code for message in (*UNFIT.values(), CHANGED)]

    assert set(UNFIT) == set(Reason.__args__)  # type: ignore[attr-defined]
    assert len(set(codes)) == len(codes)
    assert all("; hãy " in message.vi and message.en for message in UNFIT.values())


def test_the_sites_pixel_budget_is_kept(tmp_path: Path) -> None:
    path = saved(tmp_path / "anh-01.jpg", encoded(upright(100, 90), "JPEG"))
    _, (mistake,) = gallery.measure_photos([source(path)], Settings(pixel_budget=8_999))

    assert mistake.code == "PH7"
    assert "100 × 90" in mistake.message


def test_a_photo_that_changes_between_plan_and_making_stops_the_build(tmp_path: Path) -> None:
    path = saved(tmp_path / "anh-01.jpg", turned(1))
    (line,) = made(gallery.measure_photos([source(path)], SETTINGS)[0])
    path.write_bytes(turned(3))

    with pytest.raises(Refused, match="PH11"):
        line.make(*line.inputs)


def test_pixels_that_prove_damaged_are_a_mistake_of_the_author_not_a_crash(tmp_path: Path) -> None:
    path = saved(tmp_path / "anh-01.png", encoded(upright(), "PNG"))
    (photo,), _ = gallery.measure_photos([source(path)], SETTINGS)
    broken = encoded(upright(), "PNG")[:200]
    path.write_bytes(broken)
    (line,) = made([dataclasses.replace(photo, measured=dataclasses.replace(photo.measured, sha256=_sha256(broken)))])

    with pytest.raises(Refused, match=r"index\.md:21:7: \[PH(9|10)\]"):
        line.make(*line.inputs)


def test_a_refusal_arrives_whole_from_a_worker_process(tmp_path: Path) -> None:
    _, mistakes = gallery.measure_photos([source(tmp_path / "anh-01.jpg")], SETTINGS)
    arrived = pickle.loads(pickle.dumps(Refused(mistakes)))

    assert (arrived.mistakes, str(arrived)) == (mistakes, str(mistakes[0]))
    assert pickle.loads(pickle.dumps(UnreadableImage("format", "SVG"))).detail == "SVG"


def test_a_known_photo_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(saved(tmp_path / "anh-01.jpg", turned(6)))
    file = tmp_path / "cache" / "photos.json"
    with measures(file, 10**6) as first:
        measured = first.of(path)
    monkeypatch.delattr(kept_measures, "measure")
    with measures(file, 10**6) as second:
        assert second.of(path) == measured


def test_measures_that_somebody_altered_are_taken_anew(tmp_path: Path) -> None:
    path = str(saved(tmp_path / "anh-01.jpg", turned(6)))
    file = tmp_path / "photos.json"
    with measures(file, 10**6) as first:
        measured = first.of(path)
    file.write_bytes(file.read_bytes().replace(measured.sha256.encode(), b"f" * 64))
    with measures(file, 10**6) as second:
        assert second.of(path) == measured


def test_a_replaced_photo_is_measured_anew_even_if_its_size_and_date_are_kept(tmp_path: Path) -> None:
    path = saved(tmp_path / "anh-01.jpg", turned(1))
    cache = tmp_path / "photos.json"
    before = path.stat()
    (old,), _ = gallery.measure_photos([source(path)], SETTINGS, cache)
    other = turned(1)[:-3] + b"\0" + turned(1)[-2:]
    replaced = saved(tmp_path / "new.jpg", other)
    os.utime(replaced, ns=(before.st_atime_ns, before.st_mtime_ns))
    shutil.move(replaced, path)
    (new,), _ = gallery.measure_photos([source(path)], SETTINGS, cache)

    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert new.sha256 != old.sha256


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"judge": "x"}', '{"judge": "x", "photos": 3}'])
def test_a_damaged_memory_does_no_harm(damage: str, tmp_path: Path) -> None:
    cache = saved(tmp_path / "photos.json", damage.encode())
    path = saved(tmp_path / "anh-01.jpg", turned(1))
    photos, mistakes = gallery.measure_photos([source(path)], SETTINGS, cache)

    assert (len(photos), mistakes) == (1, ())


def test_an_unchanged_build_does_not_write_the_memory_again(tmp_path: Path) -> None:
    path, cache = saved(tmp_path / "anh-01.jpg", turned(1)), tmp_path / "photos.json"
    gallery.measure_photos([source(path)], SETTINGS, cache)
    written = cache.stat().st_mtime_ns
    gallery.measure_photos([source(path)], SETTINGS, cache)

    assert cache.stat().st_mtime_ns == written
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.endswith(".new")] == []


def test_another_pixel_budget_is_judged_anew(tmp_path: Path) -> None:
    path, cache = saved(tmp_path / "anh-01.jpg", turned(1)), tmp_path / "photos.json"
    gallery.measure_photos([source(path)], SETTINGS, cache)
    _, mistakes = gallery.measure_photos([source(path)], dataclasses.replace(SETTINGS, pixel_budget=10), cache)

    assert [mistake.code for mistake in mistakes] == ["PH7"]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
