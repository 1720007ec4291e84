"""The stand-in pictures of the content give the gallery real work, and come out clean, upright and honest."""

import dataclasses
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from bulletins.domain.pictures import PhotoSource
from bulletins.gallery.images import measure, render
from bulletins.gallery.renditions import picture
from bulletins.settings import Settings
from tests.gallery.photos import opened
from tools.standins.metadata import COMMENT, MAKE, MODEL, SERIAL
from tools.standins.photos import STAND_INS, StandIn

CONTENT = Path(__file__).parents[2] / "content" / "bulletins"
SETTINGS = Settings(picture_widths=(400,), picture_quality=80)
TURNED = [next(s for s in STAND_INS if s.orientation == orientation) for orientation in (1, 2, 3, 5, 6, 8)]


def by_path(stand_in: StandIn) -> str:
    return stand_in.path


@pytest.mark.parametrize("stand_in", STAND_INS, ids=by_path)
def test_a_stand_in_holds_what_must_never_be_published(stand_in: StandIn) -> None:
    data = (CONTENT / stand_in.path).read_bytes()
    with Image.open(CONTENT / stand_in.path) as image:
        exif = image.getexif()
        place = exif.get_ifd(0x8825)

    assert exif[0x0112] == stand_in.orientation
    assert (place[1], place[3]) == ("N", "E")
    assert all(word.encode() in data for word in (MAKE, MODEL, SERIAL, COMMENT, stand_in.caption))
    assert data.count(b"\xff\xd8\xff") == 2


def test_a_stand_in_is_as_large_as_a_cameras_photo_and_light_enough_to_keep() -> None:
    sizes = [(CONTENT / stand_in.path).stat().st_size for stand_in in STAND_INS]

    assert max(sizes) < 450_000
    assert sum(sizes) < 9_000_000


@pytest.mark.parametrize("stand_in", TURNED, ids=by_path)
def test_a_stand_in_comes_out_upright_and_clean(stand_in: StandIn) -> None:
    path = CONTENT / stand_in.path
    measured = measure(path, SETTINGS.pixel_budget)
    planned = picture(PhotoSource("x", stand_in.n, str(path), "x", 1, 1), measured, SETTINGS)
    files = render(path.read_bytes(), planned, SETTINGS.picture_quality)

    assert (measured.width, measured.height) == stand_in.size
    for file in files[: len(planned.renditions)]:
        assert _differs(opened(file), path) < 4
    for file in files:
        assert not [word for word in (MAKE, MODEL, SERIAL, COMMENT, "Exif", "xpacket") if word.encode() in file]


def _differs(image: Image.Image, original: Path) -> float:
    """How far a picture is, on average of all pixels (0 to 255), from the original as Pillow sets it upright."""
    with Image.open(original) as stored:
        upright = ImageOps.exif_transpose(stored).convert("RGB").resize((40, 40))
    apart = ImageChops.difference(image.convert("RGB").resize((40, 40)), upright)
    return sum(ImageStat.Stat(apart).mean) / 3


def test_every_stand_in_is_drawn_for_one_photo_of_one_bulletin() -> None:
    drawn = {stand_in.path for stand_in in STAND_INS}

    assert drawn == {path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.jpg")}
    assert len(drawn) == len(STAND_INS) == 24


def test_no_two_stand_ins_are_the_same_picture() -> None:
    contents = {(CONTENT / stand_in.path).read_bytes() for stand_in in STAND_INS}
    captions = [dataclasses.astuple(stand_in)[4] for stand_in in STAND_INS]

    assert len(contents) == len(set(captions)) == len(STAND_INS)
