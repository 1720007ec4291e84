"""The arithmetic of renditions: which files a photo becomes, in tables."""

import dataclasses

import pytest

from bulletins.domain.model import Photo
from bulletins.domain.pictures import PhotoSource, Picture, Said
from bulletins.gallery.renditions import (
    LONGEST_SIDE,
    Measured,
    crop_box,
    cropped_size,
    height_for,
    master_size,
    picture,
    widths,
)
from bulletins.settings import Settings

SOURCE = PhotoSource("vpqh-khoi-3-2023-pact", 2, "x/anh-02.jpg", "content/bulletins/2023/x/index.md", 9, 5)
MEASURED = Measured(3000, 4000, "a" * 64, "JPEG")
WANTED = (400, 800, 1600)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        pytest.param(4000, 3000, (400, 800, 1600), id="wider than all"),
        pytest.param(1600, 1200, (400, 800, 1600), id="exactly the widest"),
        pytest.param(1599, 1200, (400, 800, 1599), id="own width instead of a missing one"),
        pytest.param(1000, 700, (400, 800, 1000), id="own width just useful"),
        pytest.param(999, 700, (400, 800), id="own width too near the next smaller"),
        pytest.param(400, 300, (400,), id="exactly the narrowest"),
        pytest.param(399, 300, (399,), id="narrower than all"),
        pytest.param(1, 1, (1,), id="one pixel"),
        pytest.param(1600, 40_000, (400, 655), id="too long for WebP at full width"),
        pytest.param(1, 60_000, (1,), id="a hair"),
    ],
)
def test_no_rendition_is_wider_than_the_source(width: int, height: int, expected: tuple[int, ...]) -> None:
    assert widths(width, height, WANTED) == expected


def test_widths_come_narrowest_first_and_once_whatever_the_settings_say() -> None:
    assert widths(4000, 3000, (1600, 400, 400, 800)) == (400, 800, 1600)


@pytest.mark.parametrize(
    ("rendered", "width", "height", "expected"),
    [
        (400, 4000, 3000, 300),
        (1600, 3000, 4000, 2133),
        (800, 3000, 4000, 1067),
        (2, 4, 3, 2),
        (400, 10_000, 1, 1),
        (1, 1, 60_000, LONGEST_SIDE),
    ],
)
def test_a_height_keeps_the_ratio_rounded_half_up(rendered: int, width: int, height: int, expected: int) -> None:
    assert height_for(rendered, width, height) == expected


def test_a_photo_gets_each_width_in_three_formats_the_lightest_first() -> None:
    planned = picture(SOURCE, MEASURED, Settings())

    assert [(r.media_type, r.width, r.height) for r in planned.renditions] == [
        ("image/avif", 400, 533),
        ("image/avif", 800, 1067),
        ("image/avif", 1600, 2133),
        ("image/webp", 400, 533),
        ("image/webp", 800, 1067),
        ("image/webp", 1600, 2133),
        ("image/jpeg", 400, 533),
        ("image/jpeg", 800, 1067),
        ("image/jpeg", 1600, 2133),
    ]
    assert (planned.width, planned.height) == (3000, 4000)


def test_an_address_is_number_hash_and_width_beside_the_gallery() -> None:
    planned = picture(SOURCE, MEASURED, Settings())

    names = [r.address.rpartition("/") for r in planned.of_type("image/jpeg")]
    hashes = {name.split("-")[1] for _, _, name in names}

    assert {folder for folder, _, _ in names} == {"/anh/vpqh-khoi-3-2023-pact"}
    assert [name.split("-")[::2] for _, _, name in names] == [["2", f"{width}.jpg"] for width in WANTED]
    assert [len(one) for one in hashes] == [8]


def _planned(
    *, source: PhotoSource = SOURCE, measured: Measured = MEASURED, settings: Settings | None = None
) -> Picture:
    return picture(source, measured, settings or Settings())


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(_planned(measured=dataclasses.replace(MEASURED, sha256="b" * 64)), id="content"),
        pytest.param(_planned(settings=Settings(picture_quality=81)), id="quality"),
        pytest.param(_planned(settings=Settings(avif_quality=61)), id="quality of AVIF"),
        pytest.param(_planned(settings=Settings(keep_credit=True, license="CC BY")), id="a credit that is kept"),
        pytest.param(_planned(settings=Settings(picture_widths=(400, 800))), id="widths"),
    ],
)
def test_names_change_with_all_that_changes_the_bytes(other: Picture) -> None:
    assert not {r.address for r in other.renditions} & {r.address for r in _planned().renditions}
    assert other.digest != _planned().digest


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(_planned(source=dataclasses.replace(SOURCE, path="/elsewhere/anh-02.jpg")), id="folder"),
        pytest.param(_planned(source=dataclasses.replace(SOURCE, line=90, column=1)), id="place in the text"),
        pytest.param(_planned(settings=Settings(site_name="Tên khác", list_length=3)), id="settings of others"),
    ],
)
def test_names_do_not_change_with_anything_else(same: Picture) -> None:
    assert same == _planned()


def _with(**fields: object) -> PhotoSource:
    return dataclasses.replace(SOURCE, said=Said.of(Photo.model_validate({"file": "a.jpg", "alt": "Lễ ký", **fields})))


def test_another_focus_renames_only_what_is_cropped_by_it() -> None:
    plain, moved = _planned(), _planned(source=_with(focus="trái trên"))

    assert moved.renditions == plain.renditions
    assert moved.focus == (0, 0)
    assert not {moved.social, moved.square} & {plain.social, plain.square}


def test_a_credit_that_is_not_kept_in_the_files_renames_none_of_them() -> None:
    assert _planned(source=_with(credit="Ảnh: Lê Văn A")).files == _planned().files


@pytest.mark.parametrize(
    ("wanted", "source", "shown"),
    [
        pytest.param((1200, 630), (4000, 3000), (1200, 630), id="landscape"),
        pytest.param((1200, 630), (3000, 4000), (1200, 630), id="portrait"),
        pytest.param((1200, 630), (1200, 500), (952, 500), id="too low"),
        pytest.param((1200, 630), (600, 4000), (600, 315), id="too narrow"),
        pytest.param((400, 400), (1, 9), (1, 1), id="a hair"),
    ],
)
def test_a_crop_is_as_large_as_wanted_but_never_larger_than_the_source(
    wanted: tuple[int, int], source: tuple[int, int], shown: tuple[int, int]
) -> None:
    assert cropped_size(wanted, source) == shown


@pytest.mark.parametrize(
    ("focus", "box"),
    [
        pytest.param((0.5, 0.5), (500, 0, 1500, 1000), id="the middle"),
        pytest.param((0, 0), (0, 0, 1000, 1000), id="the left edge"),
        pytest.param((1, 1), (1000, 0, 2000, 1000), id="the right edge"),
        pytest.param((0.3, 0.9), (100, 0, 1100, 1000), id="the focus in the middle of what is shown"),
    ],
)
def test_a_crop_keeps_its_focus_in_sight(focus: tuple[float, float], box: tuple[int, int, int, int]) -> None:
    assert crop_box((400, 400), (2000, 1000), focus) == box


@pytest.mark.parametrize(
    ("width", "height", "master"),
    [
        pytest.param(6000, 4000, (1600, 1067), id="landscape"),
        pytest.param(4000, 6000, (1600, 2400), id="portrait"),
        pytest.param(12_000, 1000, (7564, 630), id="panorama, whose card is taken from a small part"),
        pytest.param(300, 200, (300, 200), id="small"),
    ],
)
def test_everything_is_made_from_the_smallest_picture_that_serves_the_largest_file(
    width: int, height: int, master: tuple[int, int]
) -> None:
    planned = _planned(measured=dataclasses.replace(MEASURED, width=width, height=height))

    assert master_size(planned) == master
