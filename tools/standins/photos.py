"""Draws the stand-in pictures of the five bulletins, since the photographs of the ceremonies are not ours.

    python -m tools.standins.photos [--content content/bulletins] [--only khoi-3]

That a picture is an illustration is said by its credit, which pages show wherever they show the picture: words painted
into it would be cut where it is cropped. The same Pillow gives the same bytes. The pixels are stored lying or
mirrored, with GPS and other metadata, so that the gallery has real work.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.Image import Transpose

from tools.standins import scenes
from tools.standins.canvas import Canvas, Palette
from tools.standins.metadata import marked

LANDSCAPE, PORTRAIT = (4000, 3000), (3000, 4000)

Scene = Callable[[Canvas, Palette], None]

# How to store upright pixels so that a viewer who obeys the EXIF orientation sees them upright again.
STORED = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}

ASSEMBLY = Palette((142, 26, 38), (232, 220, 198), (150, 92, 66), (226, 164, 62), (128, 74, 46))
OFFICE = Palette((28, 92, 98), (226, 224, 210), (126, 98, 78), (214, 120, 96), (122, 80, 52))
RIVER = Palette((158, 62, 36), (222, 226, 212), (120, 110, 92), (240, 190, 90), (134, 88, 56))
HILL = Palette((98, 26, 46), (220, 214, 204), (112, 88, 74), (222, 150, 70), (110, 66, 44))
HERITAGE = Palette((36, 74, 92), (236, 222, 196), (146, 108, 78), (206, 88, 66), (140, 90, 54))


@dataclass(frozen=True, slots=True)
class StandIn:
    """One picture: the bulletin's folder, its number there, what it shows, and how it is stored."""

    folder: str
    n: int
    scene: Scene
    palette: Palette
    caption: str
    orientation: int = 1
    size: tuple[int, int] = LANDSCAPE

    @property
    def path(self) -> str:
        return f"{self.folder}/anh-{self.n:02}.jpg"


def _of(folder: str, palette: Palette, *lines: tuple[Scene, str, int, tuple[int, int]]) -> list[StandIn]:
    return [
        StandIn(folder, n, scene, palette, caption, orientation, size)
        for n, (scene, caption, orientation, size) in enumerate(lines, start=1)
    ]


STAND_INS = (
    *_of(
        "2023/vpqh-khoi-3-2023-pact",
        ASSEMBLY,
        (scenes.hall, "Hội trường nhìn từ cuối phòng", 1, LANDSCAPE),
        (partial(scenes.speech, woman=False, side=1), "Người đứng đầu đơn vị Khối trưởng trên bục", 6, PORTRAIT),
        (partial(scenes.delegates, rows=3), "Đại biểu dự lễ", 3, LANDSCAPE),
        (partial(scenes.signing, signers=5), "Đại diện các đơn vị đặt bút ký", 1, LANDSCAPE),
        (scenes.hall, "Hội trường trước giờ khai mạc", 8, LANDSCAPE),
        (partial(scenes.delegates, rows=4), "Các hàng ghế đại biểu", 1, LANDSCAPE),
        (partial(scenes.speech, woman=False, side=-1), "Trình bày kế hoạch của Khối", 1, LANDSCAPE),
        (partial(scenes.seated_speech, woman=True, side=1), "Một lãnh đạo đơn vị góp ý", 6, LANDSCAPE),
        (partial(scenes.delegates, rows=3, speaking=True), "Đại biểu nêu ý kiến", 2, LANDSCAPE),
        (partial(scenes.group, front=7), "Ký xong, các đơn vị chụp ảnh chung", 1, LANDSCAPE),
    ),
    *_of(
        "2022/vpqh-khoi-5-2022-summary",
        OFFICE,
        (scenes.hall, "Phòng họp của hội nghị", 1, LANDSCAPE),
        (partial(scenes.speech, woman=False, side=-1), "Người chủ trì mở đầu", 3, LANDSCAPE),
        (partial(scenes.seated_speech, woman=False, side=-1), "Một lãnh đạo cục trao đổi", 6, PORTRAIT),
        (scenes.handover, "Bàn giao nhiệm vụ Khối trưởng", 1, LANDSCAPE),
    ),
    *_of(
        "2023/bentre-khoi-1-2023-pact",
        RIVER,
        (partial(scenes.signing, signers=4), "Các đơn vị ký giao ước", 1, LANDSCAPE),
        (partial(scenes.speech, woman=False, side=1), "Lãnh đạo một ban trên bục", 8, PORTRAIT),
        (partial(scenes.seated_speech, woman=False, side=1), "Lãnh đạo tỉnh phát biểu tại bàn", 1, LANDSCAPE),
        (partial(scenes.speech, woman=True, side=-1), "Phát biểu chỉ đạo", 5, LANDSCAPE),
        (partial(scenes.group, front=5, holding=True), "Trao giấy khen cho các cá nhân", 1, LANDSCAPE),
    ),
    *_of(
        "2024/bacninh-khoi-tham-muu-tong-hop-2024-pact",
        HILL,
        (scenes.hall, "Hội nghị nhìn từ cuối phòng", 3, LANDSCAPE),
        (partial(scenes.signing, signers=6), "Ký giao ước giữa các đơn vị", 6, LANDSCAPE),
    ),
    *_of(
        "2024/bvhttdl-khoi-20-2024-pact",
        HERITAGE,
        (partial(scenes.speech, woman=False, side=1), "Viện trưởng trên bục", 1, LANDSCAPE),
        (partial(scenes.signing, signers=4), "Bốn đơn vị ký giao ước", 8, LANDSCAPE),
        (scenes.hall, "", 1, LANDSCAPE),
    ),
)


def drawn(stand_in: StandIn, seed: int) -> Image.Image:
    """The picture upright."""
    canvas = Canvas(*stand_in.size, seed)
    stand_in.scene(canvas, stand_in.palette)
    return canvas.finished((0.5, 0.3))


def encoded(image: Image.Image, stand_in: StandIn) -> bytes:
    """The JPEG file: pixels stored by the orientation, metadata and a thumbnail inside."""
    turn = STORED.get(stand_in.orientation)
    stored = image if turn is None else image.transpose(turn)
    small = stored.copy()
    small.thumbnail((160, 160))
    return marked(_jpeg(stored, 70), _jpeg(small, 60), stand_in.orientation, stand_in.caption)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
    return file.getvalue()


def main(arguments: Sequence[str] | None = None) -> None:
    """Write every stand-in picture (or those whose path contains `--only`) below the content folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--content", type=Path, default=Path("content/bulletins"))
    parser.add_argument("--only", default="", help="draw only pictures whose path contains this")
    options = parser.parse_args(arguments)
    for seed, stand_in in enumerate(STAND_INS, start=1):
        if options.only in stand_in.path:
            path = options.content / stand_in.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(encoded(drawn(stand_in, seed), stand_in))


if __name__ == "__main__":
    main()
