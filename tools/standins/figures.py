"""People and things of a ceremony, drawn simply: nobody in particular, and no words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tools.standins.canvas import (
    CREAM,
    GOLD,
    HAIRS,
    INK,
    LEAF,
    PAPER,
    SKINS,
    SUITS,
    TUNICS,
    Canvas,
    Colour,
    Palette,
    Point,
    darker,
    lighter,
    mix,
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a figure looks: nobody in particular."""

    woman: bool
    skin: Colour
    hair: Colour
    dress: Colour
    tie: Colour


def look(canvas: Canvas, woman: bool | None = None) -> Look:
    chance = canvas.chance
    female = chance.random() < 0.42 if woman is None else woman
    dress = chance.choice(TUNICS if female else SUITS)
    return Look(
        female, chance.choice(SKINS), chance.choice(HAIRS), dress, chance.choice(((140, 36, 48), (46, 84, 110), GOLD))
    )


def head(canvas: Canvas, at: Point, size: float, person: Look, turn: float = 0.0) -> None:
    """A head without a face, `at` its middle, `size` half its height; `turn` from -1 (left) to 1 (right)."""
    x, y = at
    shift = turn * size * 0.16
    if person.woman:
        canvas.shape(_outline(x - shift, y - size * 0.1, size * 1.04, size * 1.32, size * 1.5), person.hair)
    canvas.limb([(x, y + size * 0.5), (x, y + size * 1.35)], size * 0.66, darker(person.skin, 0.16))
    canvas.blob((x, y - size * 0.14), (size * 0.86, size * 1.02), person.hair)
    canvas.blob((x + shift, y + size * 0.12), (size * 0.72, size * 0.86), person.skin)
    # A fringe keeps the face from looking like a mask.
    part = size * (0.3 if person.woman else -0.25)
    canvas.shape(
        [
            (x - size * 0.86, y - size * 0.2),
            (x - size * 0.7, y - size * 1.16),
            (x + size * 0.7, y - size * 1.16),
            (x + size * 0.86, y - size * 0.2),
            (x + part, y - size * 0.62),
        ],
        person.hair,
    )


def _outline(x: float, y: float, half: float, up: float, down: float) -> list[Point]:
    return [(x - half, y - up), (x + half, y - up), (x + half * 1.15, y + down), (x - half * 1.15, y + down)]


def bust(canvas: Canvas, at: Point, size: float, person: Look, turn: float = 0.0, down: float = 5.4) -> None:
    """Head and chest, `down` heads' halves long, for a table or the next row to cut off.

    `at` is the middle of the head, `size` half its height.
    """
    x, y = at
    half, top, low = size * 2.0, y + size * 1.3, y + size * down
    canvas.shape(
        [
            (x - half * 0.5, top - size * 0.25),
            (x + half * 0.5, top - size * 0.25),
            (x + half * 1.12, top + size * 0.35),
            (x + half * 1.02, low),
            (x - half * 1.02, low),
            (x - half * 1.12, top + size * 0.35),
        ],
        person.dress,
    )
    _collar(canvas, (x, top), size, person)
    head(canvas, at, size, person, turn)


def _collar(canvas: Canvas, at: Point, size: float, person: Look) -> None:
    x, y = at
    if person.woman:
        canvas.limb(
            [(x - size * 0.34, y - size * 0.02), (x + size * 0.34, y - size * 0.02)],
            size * 0.42,
            lighter(person.dress, 0.12),
        )
        canvas.limb(
            [(x + size * 0.2, y + size * 0.2), (x + size * 1.1, y + size * 1.1)],
            size * 0.07,
            lighter(person.dress, 0.25),
        )
        return
    canvas.draw.polygon(
        [(x - size * 0.62, y - size * 0.16), (x + size * 0.62, y - size * 0.16), (x, y + size * 2.3)], fill=PAPER
    )
    tie = [
        (x - size * 0.17, y),
        (x + size * 0.17, y),
        (x + size * 0.22, y + size * 1.7),
        (x, y + size * 2.1),
        (x - size * 0.22, y + size * 1.7),
    ]
    canvas.draw.polygon(tie, fill=person.tie)
    for side in (-1, 1):
        lapel = [
            (x + side * size * 0.64, y - size * 0.24),
            (x + side * size * 1.0, y + size * 0.8),
            (x, y + size * 2.5),
            (x + side * size * 0.1, y + size * 2.0),
        ]
        canvas.draw.polygon(lapel, fill=darker(person.dress, 0.22))


def figure(canvas: Canvas, feet: Point, tall: float, person: Look, hands: Sequence[Point], turn: float = 0.0) -> None:
    """A standing person, `tall` pixels high; `hands` are where the left and the right one are, as seen."""
    x, ground = feet
    size = tall / 15
    top = ground - tall + size * 2.3
    canvas.glow((x, ground), (tall * 0.26, tall * 0.05), (20, 12, 16), 0.55)
    _legs(canvas, feet, tall, person)
    hem = ground - tall * (0.2 if person.woman else 0.45)
    flare = 1.25 if person.woman else 1.02
    canvas.shape(
        [
            (x - size * 0.9, top - size * 0.3),
            (x + size * 0.9, top - size * 0.3),
            (x + size * 2.05, top + size * 0.3),
            (x + size * 1.45, top + size * 3.2),
            (x + size * 1.7 * flare, hem - size),
            (x + size * 1.75 * flare, hem),
            (x + size * flare, hem),
            (x - size * flare, hem),
            (x - size * 1.75 * flare, hem),
            (x - size * 1.7 * flare, hem - size),
            (x - size * 1.45, top + size * 3.2),
            (x - size * 2.05, top + size * 0.3),
        ],
        person.dress,
    )
    _collar(canvas, (x, top), size, person)
    for side, hand in zip((-1, 1), hands, strict=True):
        _arm(canvas, (x + side * size * 1.5, top + size * 0.72), hand, size, person, side)
    head(canvas, (x, ground - tall + size), size, person, turn)


def _legs(canvas: Canvas, feet: Point, tall: float, person: Look) -> None:
    x, ground = feet
    size = tall / 15
    cloth = lighter(person.dress, 0.82) if person.woman else darker(person.dress, 0.25)
    for side in (-1, 1):
        canvas.limb(
            [(x + side * size * 0.72, ground - tall * 0.5), (x + side * size * 0.8, ground - size * 0.5)],
            size * 1.25,
            cloth,
        )
        canvas.blob((x + side * size * 0.92, ground - size * 0.12), (size * 0.72, size * 0.3), INK)


def _arm(canvas: Canvas, shoulder: Point, hand: Point, size: float, person: Look, side: int) -> None:
    (sx, sy), (hx, hy) = shoulder, hand
    elbow = ((sx + hx) / 2 + side * size * 0.75, (sy + hy) / 2 + size * 0.55)
    canvas.limb([shoulder, elbow, hand], size * 0.98, darker(person.dress, 0.13))
    canvas.blob(hand, (size * 0.44, size * 0.4), person.skin)


def resting(feet: Point, tall: float) -> tuple[Point, Point]:
    """Where the hands of a standing person hang."""
    size = tall / 15
    return (feet[0] - size * 2.05, feet[1] - tall * 0.45), (feet[0] + size * 2.05, feet[1] - tall * 0.45)


def folded(feet: Point, tall: float) -> tuple[Point, Point]:
    """Where the hands of a person are who holds something before the chest."""
    size = tall / 15
    return (feet[0] - size * 0.95, feet[1] - tall * 0.62), (feet[0] + size * 0.95, feet[1] - tall * 0.62)


def from_behind(canvas: Canvas, at: Point, size: float, shade: float) -> None:
    """A person of the audience seen from behind, with the back of the chair; darker the nearer (`shade` 0 to 1)."""
    x, y = at
    person = look(canvas)
    dress, hair = darker(person.dress, shade * 0.62), darker(person.hair, shade * 0.5)
    # Shoulders slope from the neck, whatever the hair hides.
    shoulders = [
        (x - size * 0.8, y + size * 0.75),
        (x + size * 0.8, y + size * 0.75),
        (x + size * 2.1, y + size * 1.35),
        (x + size * 2.0, y + size * 5),
        (x - size * 2.0, y + size * 5),
        (x - size * 2.1, y + size * 1.35),
    ]
    canvas.shape(shoulders, dress)
    canvas.limb([(x, y + size * 0.6), (x, y + size * 1.1)], size * 0.72, darker(person.skin, 0.2 + shade * 0.4))
    canvas.blob((x, y - size * 0.1), (size * 0.84, size * 1.0), hair)
    if person.woman:
        canvas.draw.rounded_rectangle(
            (x - size * 0.84, y - size * 0.2, x + size * 0.84, y + size * 1.5), size * 0.5, fill=hair
        )
    else:
        nape = (x - size * 0.4, y + size * 0.56, x + size * 0.4, y + size * 1.1)
        canvas.draw.rounded_rectangle(nape, size * 0.2, fill=darker(person.skin, 0.12 + shade * 0.4))


def room(canvas: Canvas, palette: Palette, horizon: float) -> None:
    """Wall with panels, a line of light under the ceiling, and a floor from `horizon` (share of the height) down."""
    w, h = canvas.width, canvas.height
    ground = h * horizon
    canvas.fade((0, 0, w, ground), lighter(palette.wall, 0.12), palette.wall)
    for i in range(-3, 4):
        x = w / 2 + i * w * 0.19
        canvas.draw.rectangle((x - 7, 0, x + 7, ground), fill=darker(palette.wall, 0.1))
    canvas.draw.rectangle((0, ground - h * 0.075, w, ground), fill=darker(palette.wall, 0.2))
    canvas.draw.rectangle((0, ground - h * 0.082, w, ground - h * 0.075), fill=lighter(palette.wall, 0.3))
    canvas.fade((0, ground, w, h), lighter(palette.floor, 0.1), darker(palette.floor, 0.3))


def stage(canvas: Canvas, palette: Palette, box: Sequence[float]) -> None:
    """A curtained back wall with a plain cloth banner: gold bars stand for words, so that no slogan is invented."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    canvas.curtain(box, palette.cloth, width / 17)
    top = y0 + height * 0.165
    for i, share in enumerate((0.3, 0.46, 0.22)):
        y = top + i * height * 0.07
        thick = height * (0.019 if i == 1 else 0.011)
        middle = (x0 + x1) / 2
        canvas.draw.rounded_rectangle(
            (middle - width * share / 2, y - thick, middle + width * share / 2, y + thick),
            thick,
            fill=mix(GOLD, palette.cloth, 0.12),
        )
    canvas.curtain((x0, y0, x1, y0 + height * 0.085), darker(palette.cloth, 0.16), width / 30)
    canvas.draw.rectangle((x0, y0 + height * 0.083, x1, y0 + height * 0.094), fill=mix(GOLD, palette.cloth, 0.25))


def flowers(canvas: Canvas, at: Point, size: float, accent: Colour, count: int = 26) -> None:
    """A low arrangement of flowers, `at` the middle of its foot, about `size` pixels to either side."""
    x, y = at
    for _ in range(count):
        angle, far = canvas.chance.uniform(math.pi, 2 * math.pi), canvas.chance.uniform(0.5, 1.12)
        tip = (x + math.cos(angle) * size * far, y + math.sin(angle) * size * far * 0.72)
        canvas.draw.polygon(
            [(x - size * 0.08, y), (x + size * 0.08, y), tip], fill=mix(LEAF, INK, canvas.chance.random() * 0.35)
        )
    for _ in range(count):
        angle, far = canvas.chance.uniform(math.pi, 2 * math.pi), canvas.chance.uniform(0.05, 0.9)
        petal = canvas.chance.choice((accent, lighter(accent, 0.35), CREAM, (222, 120, 110)))
        centre = (x + math.cos(angle) * size * far, y + math.sin(angle) * size * far * 0.62)
        radius = size * canvas.chance.uniform(0.1, 0.17)
        canvas.blob(centre, (radius, radius * 0.86), petal)
        canvas.blob((centre[0], centre[1] + radius * 0.12), (radius * 0.42, radius * 0.36), darker(petal, 0.2))


def plant(canvas: Canvas, foot: Point, tall: float) -> None:
    """A potted palm."""
    x, y = foot
    canvas.glow((x, y), (tall * 0.3, tall * 0.05), INK, 0.5)
    for i in (0, 10, 1, 9, 2, 8, 3, 7, 4, 6, 5):
        angle = math.pi * (1.04 + 0.092 * i)
        across, along = math.cos(angle), math.sin(angle)
        reach = tall * (0.62 + 0.05 * (i % 3))
        tip = (x + across * reach * 0.62, y - tall * 0.36 + along * reach)
        middle = (x + across * reach * 0.34, y - tall * 0.4 + along * reach * 0.62)
        wide = tall * 0.065
        leaf = [(x, y - tall * 0.28), (middle[0] - along * wide, middle[1] + across * wide), tip, tip]
        canvas.shape(
            [*leaf, (middle[0] + along * wide, middle[1] - across * wide)], mix(LEAF, INK, 0.06 + 0.07 * (i % 4))
        )
    canvas.draw.polygon(
        [
            (x - tall * 0.14, y - tall * 0.3),
            (x + tall * 0.14, y - tall * 0.3),
            (x + tall * 0.1, y),
            (x - tall * 0.1, y),
        ],
        fill=(196, 178, 150),
    )
    canvas.draw.rectangle((x - tall * 0.155, y - tall * 0.32, x + tall * 0.155, y - tall * 0.28), fill=(214, 198, 172))


def lectern(canvas: Canvas, palette: Palette, foot: Point, tall: float) -> None:
    """A wooden lectern with a panel of cloth, a microphone and flowers on it."""
    x, y = foot
    canvas.glow((x, y), (tall * 0.55, tall * 0.07), INK, 0.55)
    top, low, half = y - tall, y, tall * 0.33
    canvas.draw.polygon(
        [(x - half, top), (x + half, top), (x + half * 0.82, low), (x - half * 0.82, low)], fill=palette.wood
    )
    canvas.soft(
        [(x, top), (x + half, top), (x + half * 0.82, low), (x + half * 0.2, low)],
        darker(palette.wood, 0.5),
        0.45,
        tall * 0.08,
    )
    inner = half * 0.6
    canvas.draw.rounded_rectangle(
        (x - inner, top + tall * 0.24, x + inner, top + tall * 0.84),
        tall * 0.03,
        outline=mix(GOLD, palette.wood, 0.25),
        width=max(4, round(tall * 0.009)),
    )
    lotus(canvas, (x, top + tall * 0.56), inner * 0.62, mix(GOLD, palette.wood, 0.12))
    canvas.draw.rounded_rectangle(
        (x - half * 1.14, top - tall * 0.05, x + half * 1.14, top + tall * 0.04),
        tall * 0.02,
        fill=lighter(palette.wood, 0.14),
    )
    canvas.limb(
        [
            (x - half * 0.2, top - tall * 0.03),
            (x - half * 0.34, top - tall * 0.2),
            (x - half * 0.16, top - tall * 0.31),
        ],
        tall * 0.016,
        INK,
    )
    canvas.blob((x - half * 0.13, top - tall * 0.33), (tall * 0.024, tall * 0.034), INK)
    flowers(canvas, (x + half * 0.42, top - tall * 0.03), half * 0.62, palette.accent, 18)


def lotus(canvas: Canvas, at: Point, size: float, colour: Colour) -> None:
    """A lotus of seven petals: an ornament of no office."""
    x, y = at
    for i, angle in enumerate((-78, 78, -52, 52, -26, 26, 0)):
        a = math.radians(angle)
        tip = (x + math.sin(a) * size, y - math.cos(a) * size + size * 0.3)
        normal = (math.cos(a) * size * 0.24, math.sin(a) * size * 0.24)
        middle = ((x + tip[0]) / 2, (y + size * 0.3 + tip[1]) / 2)
        petal = [
            (x, y + size * 0.3),
            (middle[0] + normal[0], middle[1] + normal[1]),
            tip,
            (middle[0] - normal[0], middle[1] - normal[1]),
        ]
        canvas.draw.polygon(petal, fill=lighter(colour, 0.08 * (i // 2)))


def table(canvas: Canvas, cloth: Colour, box: Sequence[float], pleats: float) -> None:
    """A table with a cloth down to the floor; `pleats` pixels from fold to fold."""
    x0, y0, x1, y1 = box
    lip = (y1 - y0) * 0.13
    canvas.glow(((x0 + x1) / 2, y1), ((x1 - x0) * 0.56, (y1 - y0) * 0.22), INK, 0.55)
    canvas.curtain((x0, y0, x1, y1), cloth, pleats)
    canvas.draw.rectangle((x0 - lip * 0.3, y0, x1 + lip * 0.3, y0 + lip), fill=lighter(cloth, 0.22))
    canvas.draw.rectangle((x0 - lip * 0.3, y0 + lip * 0.84, x1 + lip * 0.3, y0 + lip), fill=mix(GOLD, cloth, 0.2))


def sheet(canvas: Canvas, at: Point, size: float, cover: Colour | None = None) -> None:
    """A paper, or a folder in the colour `cover`, lying on a table; grey lines, no words."""
    x, y = at
    corners = [
        (x - size, y + size * 0.3),
        (x - size * 0.8, y - size * 0.26),
        (x + size * 0.8, y - size * 0.26),
        (x + size, y + size * 0.3),
    ]
    canvas.draw.polygon(corners, fill=cover or PAPER)
    for i in range(0 if cover else 3):
        row = y - size * 0.12 + i * size * 0.13
        canvas.draw.line(
            (x - size * 0.6, row, x + size * (0.6 - 0.15 * i), row),
            fill=(176, 170, 164),
            width=max(3, round(size * 0.03)),
        )
    if cover:
        canvas.draw.line((x - size * 0.5, y, x + size * 0.5, y), fill=GOLD, width=max(4, round(size * 0.06)))


def bottle(canvas: Canvas, at: Point, size: float) -> None:
    x, y = at
    canvas.draw.rounded_rectangle(
        (x - size * 0.16, y - size * 0.75, x + size * 0.16, y), size * 0.08, fill=(206, 224, 228)
    )
    canvas.draw.rectangle((x - size * 0.16, y - size * 0.5, x + size * 0.16, y - size * 0.26), fill=(64, 120, 150))
    canvas.draw.rectangle((x - size * 0.07, y - size * 0.88, x + size * 0.07, y - size * 0.74), fill=(236, 240, 242))


def microphone(canvas: Canvas, foot: Point, size: float, lean: float) -> None:
    x, y = foot
    canvas.draw.rounded_rectangle(
        (x - size * 0.3, y - size * 0.1, x + size * 0.3, y + size * 0.06), size * 0.06, fill=INK
    )
    tip = (x + lean * size * 0.6, y - size * 1.25)
    canvas.limb([(x, y), (x + lean * size * 0.1, y - size * 0.8), tip], size * 0.06, INK)
    canvas.blob(tip, (size * 0.13, size * 0.17), (60, 58, 64))


def certificate(canvas: Canvas, at: Point, size: float) -> None:
    """A framed certificate held upright: a seal and grey lines, no words."""
    x, y = at
    canvas.draw.rectangle((x - size, y - size * 0.72, x + size, y + size * 0.72), fill=mix(GOLD, INK, 0.18))
    canvas.draw.rectangle((x - size * 0.9, y - size * 0.62, x + size * 0.9, y + size * 0.62), fill=PAPER)
    canvas.draw.rectangle(
        (x - size * 0.8, y - size * 0.53, x + size * 0.8, y + size * 0.53),
        outline=(190, 70, 60),
        width=max(3, round(size * 0.03)),
    )
    for i, half in enumerate((0.36, 0.56, 0.46)):
        row = y - size * 0.26 + i * size * 0.2
        canvas.draw.line(
            (x - size * half, row, x + size * half, row),
            fill=(150, 60, 56) if i == 0 else (170, 164, 158),
            width=max(3, round(size * 0.05)),
        )
    canvas.blob((x + size * 0.46, y + size * 0.32), (size * 0.13, size * 0.13), (186, 52, 52))
