"""Every strange image file has the outcome it is promised: none crashes, none goes missing without a word."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from bulletins.domain.model import Photo
from bulletins.domain.pictures import PhotoSource, Picture, Said
from bulletins.gallery import images
from bulletins.gallery import plan as gallery
from bulletins.gallery.gate import Originals, look
from bulletins.gallery.images import UnreadableImage, measure, render
from bulletins.gallery.messages import UNFIT
from bulletins.gallery.renditions import picture
from bulletins.mistakes import errors
from bulletins.settings import Settings
from tests.gallery import strange
from tests.gallery.damage import FORMATS, damaged, is_visible, used
from tests.gallery.damage import encoded as whole
from tests.gallery.photos import CORNER, corners, encoded, near, opened, png_bomb, turned, upright
from tools.environment import ROOT
from tools.standins.metadata import marked

ALL = list(strange.strange())
SETTINGS = Settings(picture_widths=(60, 120), pixel_budget=strange.BUDGET)
NOTHING = Originals({})


def source(path: Path, **fields: object) -> PhotoSource:
    photo = Photo.model_validate({"file": path.name, "alt": "Lễ ký", **fields})
    return PhotoSource("khoi-2023-pact", 1, str(path), "index.md", 1, 1, Said.of(photo))


def _planned(data: bytes) -> Picture:
    """The picture of bytes that are not in a file yet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo"
        path.write_bytes(data)
        return picture(source(path), measure(path, strange.BUDGET), SETTINGS)


def name(one: strange.Strange) -> str:
    return f"{one.name} {one.outcome}"


def test_there_are_at_least_sixty_of_them_each_with_its_own_name() -> None:
    names = {unicodedata.normalize("NFC", one.name) for one in ALL}

    assert len(names) == len(ALL) >= 60


@pytest.fixture
def without_heic(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where the extra `heic` is not installed."""
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    images.formats.cache_clear()
    yield
    images.formats.cache_clear()


@pytest.mark.parametrize("one", ALL, ids=name)
def test_a_strange_file_is_used_or_refused_with_the_promised_reason(
    one: strange.Strange, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if one.outcome == "heic":
        request.getfixturevalue("without_heic")
    path = tmp_path / one.name
    path.write_bytes(one.data)
    photos, mistakes = gallery.measure_photos([source(path)], SETTINGS)

    if one.outcome != strange.USED:
        assert [mistake.code for mistake in mistakes] == [UNFIT[one.outcome].code]  # type: ignore[index]
        assert unicodedata.normalize("NFC", one.name) in mistakes[0].message
        return
    (photo,) = photos
    for file, planned in zip(render(one.data, photo.picture, 80), photo.picture.files, strict=True):
        image = opened(file)
        assert (image.size, image.mode) == ((planned.width, planned.height), "RGB")
        assert look(planned.address, file, NOTHING, credit=False) is None


def test_a_folder_full_of_strange_files_gives_one_answer_for_each(tmp_path: Path) -> None:
    sources = []
    for one in ALL:
        (tmp_path / one.name).write_bytes(one.data)
        sources.append(source(tmp_path / one.name))
    photos, found = gallery.measure_photos(sources, SETTINGS)
    mistakes = errors(found)

    assert len(photos) == sum(one.outcome == strange.USED for one in ALL)
    assert len(photos) + len(mistakes) == len(ALL)


# The rows of faults 28 to 35, by their numbers


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_row_28_gps_serial_and_comments_stay_behind(file_format: str) -> None:
    camera = opened(next(one.data for one in ALL if one.name == "gps-and-serial.jpg"))
    data = encoded(upright(), file_format, exif=camera.info["exif"], xmp=camera.info["xmp"])
    planned = _planned(data)
    for file, of in zip(render(data, planned, 80), planned.files, strict=True):
        assert not [word for word in (b"STANDIN", b"Exif", b"GPS", b"xpacket", b"standin") if word in file]
        assert look(of.address, file, NOTHING, credit=False) is None


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_row_29_every_orientation_is_turned_and_its_tag_removed(orientation: int, file_format: str) -> None:
    data = turned(orientation, file_format)
    planned = _planned(data)
    shown = [opened(file) for file in render(data, planned, 90)[: len(planned.renditions)]]

    assert all(image.size[0] > image.size[1] and near(corners(image)[0], CORNER, 30) for image in shown)
    assert not [image for image in shown if 0x0112 in image.getexif()]


@pytest.mark.parametrize(
    "file", ["cmyk.jpg", "cmyk.tif", "16-bit.png", "32-bit.tif", "palette-clear.png", "grey-alpha.png", "profile.jpg"]
)
def test_row_30_any_pixels_become_eight_bit_srgb_on_white(file: str) -> None:
    data = next(one.data for one in ALL if one.name == file)
    shown = [opened(made) for made in render(data, _planned(data), 80)]

    assert {image.mode for image in shown} == {"RGB"}
    assert not [image for image in shown if "icc_profile" in image.info]


@pytest.mark.parametrize("file", ["animated.gif", "animated.webp", "animated.png", "pages.tif", "phone.mpo.jpg"])
def test_row_31_the_first_frame_is_shown(file: str) -> None:
    data = next(one.data for one in ALL if one.name == file)

    assert near(corners(opened(render(data, _planned(data), 80)[0]))[0], CORNER, 30)


@pytest.mark.usefixtures("without_heic")
def test_row_32_heic_without_its_reader_is_refused_naming_the_phones_setting(tmp_path: Path) -> None:
    path = tmp_path / "IMG_0417.HEIC"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64))
    _, (mistake,) = gallery.measure_photos([source(path)], SETTINGS)

    assert mistake.code == "PH5"
    assert "Tương thích nhất" in mistake.message


def test_row_32_heic_with_its_reader_is_converted_upright_and_clean() -> None:
    data = strange.heic()
    planned = _planned(data)
    for file in render(data, planned, 90)[: len(planned.renditions)]:
        assert near(corners(opened(file))[0], CORNER, 30)
        assert b"Exif" not in file


def test_row_32_avif_is_taken() -> None:
    data = encoded(upright(), "AVIF")

    assert near(corners(opened(render(data, _planned(data), 80)[0]))[0], CORNER, 30)


@pytest.mark.parametrize("bomb", [one for one in ALL if one.name.startswith("bomb")], ids=name)
def test_row_33_a_bomb_is_refused_with_little_memory(bomb: strange.Strange, tmp_path: Path) -> None:
    path = tmp_path / bomb.name
    path.write_bytes(bomb.data)
    program = (
        "import resource, sys; from bulletins.gallery.images import UnreadableImage, measure\n"
        "resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (3, 3))\n"
        "try: measure(sys.argv[1], 120_000_000)\n"
        "except UnreadableImage as refused: print(refused.reason)"
    )
    ran = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, cwd=ROOT, check=False)

    assert (ran.stdout.strip(), ran.returncode) == (bomb.outcome, 0), ran.stderr


@pytest.mark.parametrize(
    ("data", "file_format"),
    [
        pytest.param(png_bomb(8000, 8000), "PNG", id="PNG"),
        pytest.param(next(one.data for one in ALL if one.name == "bomb.webp"), "WEBP", id="WebP"),
    ],
)
def test_row_33_a_budget_of_any_size_does_not_lift_the_limit_of_memory(
    data: bytes, file_format: str, tmp_path: Path
) -> None:
    (tmp_path / "bomb").write_bytes(data)

    with pytest.raises(UnreadableImage, match="too_many_pixels"):
        measure(tmp_path / "bomb", 10**9)


@pytest.mark.parametrize(
    "file", ["half.jpg", "half.png", "half.webp", "web-page.jpg", "drawing.jpg", "checksum.png", "tables-missing.jpg"]
)
def test_row_34_broken_and_false_pictures_are_refused_by_name(file: str, tmp_path: Path) -> None:
    one = next(one for one in ALL if one.name == file)
    (tmp_path / file).write_bytes(one.data)
    _, (mistake,) = gallery.measure_photos([source(tmp_path / file)], SETTINGS)

    assert f"ảnh “{file}”: " in mistake.message
    assert "; hãy " in mistake.message


@pytest.mark.parametrize("file", ["really-a-png.jpg", "really-a-jpeg.png", "no-ending", "ANH_0417.JPG"])
def test_row_34_a_readable_picture_is_used_whatever_its_ending(file: str, tmp_path: Path) -> None:
    one = next(one for one in ALL if one.name == file)
    (tmp_path / file).write_bytes(one.data)

    (_,), mistakes = gallery.measure_photos([source(tmp_path / file)], SETTINGS)

    assert errors(mistakes) == []
    assert [mistake.code for mistake in mistakes] == ([] if file.endswith("JPG") else ["PH12"])


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF"])
def test_row_35_no_damage_of_any_byte_crashes(file_format: str, tmp_path: Path) -> None:
    whole = encoded(upright(48, 32), file_format)
    chance = random.Random(file_format)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / "fuzz").write_bytes(data[: chance.randrange(len(data)) if chance.random() < 0.2 else len(data)])
        photos, mistakes = gallery.measure_photos([source(tmp_path / "fuzz")], SETTINGS)
        assert len(photos) + len(errors(mistakes)) == 1
        try:
            for photo in photos:
                render((tmp_path / "fuzz").read_bytes(), photo.picture, 80)
        except UnreadableImage as refused:
            assert refused.reason in UNFIT

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 * 1024


@pytest.mark.parametrize("n", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(11, 55, 11))])
def test_no_jpeg_or_png_is_used_of_which_a_reader_sees_the_damage(n: int) -> None:
    for file in islice(damaged(n + 4), n, n + 4):
        assert not used(file.data) or not is_visible(file), file.name


@pytest.mark.parametrize("n", range(len(FORMATS)))
def test_a_whole_picture_of_any_format_is_used(n: int) -> None:
    assert used(whole(n, *FORMATS[n]))


def test_words_of_a_file_are_proposed_as_lines_to_type_and_published_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(marked(encoded(upright(), "JPEG"), encoded(upright(60, 40), "JPEG"), 1, "Ký “giao ước”"))
    photos, mistakes = gallery.measure_photos([source(path)], SETTINGS)

    assert [mistake.code for mistake in mistakes] == ["PH13"]
    assert '`caption: "Ký “giao ước”"`' in mistakes[0].message
    assert "giao ước" not in repr(photos[0].picture)
    assert not gallery.measure_photos([source(path, caption="Lễ", credit="Lê An")], SETTINGS)[1]
