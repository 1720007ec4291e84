"""The scenes of a ceremony, one function for each: what stands where on the canvas."""

from __future__ import annotations

import math

from tools.standins.canvas import GOLD, INK, SKINS, Canvas, Palette, Point, darker, lighter, mix
from tools.standins.figures import (
    Look,
    bottle,
    bust,
    certificate,
    figure,
    flowers,
    folded,
    from_behind,
    lectern,
    look,
    lotus,
    microphone,
    plant,
    resting,
    room,
    sheet,
    stage,
    table,
)


def hall(canvas: Canvas, palette: Palette) -> None:
    """The whole hall from its back rows: stage, presidium, lectern, audience."""
    w, h = canvas.width, canvas.height
    room(canvas, palette, 0.6)
    stage(canvas, palette, (w * 0.16, h * 0.02, w * 0.84, h * 0.53))
    canvas.fade((w * 0.1, h * 0.53, w * 0.9, h * 0.62), lighter(palette.wood, 0.28), darker(palette.wood, 0.15))
    for x in (0.2, 0.8):
        plant(canvas, (w * x, h * 0.545), h * 0.22)
    for i in range(6):
        bust(canvas, (w * (0.36 + 0.056 * i), h * 0.39), h * 0.0165, look(canvas))
    table(canvas, lighter(palette.cloth, 0.06), (w * 0.33, h * 0.455, w * 0.67, h * 0.545), w * 0.012)
    flowers(canvas, (w * 0.5, h * 0.462), w * 0.045, palette.accent)
    speaker = look(canvas)
    figure(canvas, (w * 0.735, h * 0.55), h * 0.235, speaker, folded((w * 0.735, h * 0.55), h * 0.235), -0.6)
    lectern(canvas, palette, (w * 0.735, h * 0.555), h * 0.125)
    _audience(canvas)


def _audience(canvas: Canvas) -> None:
    w, h = canvas.width, canvas.height
    rows = 5
    for row in range(rows):
        near = row / (rows - 1)
        size = h * (0.019 + 0.034 * near**1.3)
        y = h * (0.635 + 0.275 * near**1.25)
        step = size * 5.1
        offset = (row % 2) * step / 2
        for i in range(-math.ceil(w / 2 / step) - 1, math.ceil(w / 2 / step) + 2):
            x = w / 2 + i * step + offset + canvas.chance.uniform(-0.15, 0.15) * size
            # The aisle in the middle leads the eye to the stage.
            if abs(x - w / 2) > size * 2.9:
                from_behind(canvas, (x, y + canvas.chance.uniform(-0.3, 0.3) * size), size, 0.12 + 0.5 * near)
                _chair(canvas, (x, y + size * 2.5), size, near)


def _chair(canvas: Canvas, at: Point, size: float, near: float) -> None:
    x, y = at
    colour = darker((150, 52, 54), 0.15 + 0.55 * near)
    canvas.draw.rounded_rectangle((x - size * 1.75, y, x + size * 1.75, y + size * 5), size * 0.5, fill=colour)
    canvas.draw.rounded_rectangle(
        (x - size * 1.75, y, x + size * 1.75, y + size * 0.28), size * 0.14, fill=lighter(colour, 0.16)
    )


def speech(canvas: Canvas, palette: Palette, woman: bool, side: int) -> None:
    """One speaker at the lectern, on the left (`side` -1) or the right (1) of the picture."""
    w, h = canvas.width, canvas.height
    room(canvas, palette, 0.83)
    stage(canvas, palette, (0, 0, w, h * 0.76) if w < h else (w * 0.04, 0, w * 0.96, h * 0.76))
    canvas.fade((0, h * 0.83, w, h), lighter(palette.wood, 0.2), darker(palette.wood, 0.35))
    tall = min(h * 0.64, w * 0.78)
    # The ribbon with the words comes to lie on the left.
    x = w * (0.7 if w < h else 0.6 + side * 0.06)
    ground = h * 0.93
    plant(canvas, (w * (0.14 if side > 0 or w < h else 0.88), ground - h * 0.03), tall * 0.62)
    canvas.glow((x, ground - tall * 0.8), (tall * 0.7, tall * 0.8), lighter(palette.cloth, 0.55), 0.4)
    size = tall / 15
    hands = ((x - size * 2.1, ground - tall * 0.55), (x + size * 2.9, ground - tall * 0.66))
    figure(canvas, (x, ground - h * 0.02), tall, look(canvas, woman), hands, -side * 0.8)
    lectern(canvas, palette, (x, ground + h * 0.02), tall * 0.55)


def delegates(canvas: Canvas, palette: Palette, rows: int, speaking: bool = False) -> None:
    """Delegates at long tables, seen from the stage; `speaking`: one stands up with a microphone."""
    w, h = canvas.width, canvas.height
    room(canvas, palette, 0.42)
    for x in (0.17, 0.5, 0.83):
        canvas.fade((w * (x - 0.085), h * 0.04, w * (x + 0.085), h * 0.3), (238, 240, 232), (214, 226, 226))
        canvas.draw.line((w * x, h * 0.04, w * x, h * 0.3), fill=darker(palette.wall, 0.25), width=16)
        canvas.curtain((w * (x - 0.115), 0, w * (x - 0.075), h * 0.34), palette.cloth, w * 0.014)
        canvas.curtain((w * (x + 0.075), 0, w * (x + 0.115), h * 0.34), palette.cloth, w * 0.014)
    for row in range(rows):
        near = row / max(1, rows - 1)
        size = h * (0.03 + 0.035 * near)
        desk = h * (0.47 + 0.36 * near)
        who = canvas.chance.randrange(2, 4) if speaking and row == rows - 2 else None
        _desk_row(canvas, palette, size, desk, near, who)


def _desk_row(canvas: Canvas, palette: Palette, size: float, desk: float, near: float, standing: int | None) -> None:
    w = canvas.width
    step = size * 5.6
    count = math.floor(w / step) + 2
    for i in range(count):
        x = w / 2 + (i - (count - 1) / 2) * step + canvas.chance.uniform(-0.25, 0.25) * size
        up = size * 3.6 if i == standing else 0.0
        person, at = look(canvas), (x, desk - size * 3.3 - up)
        bust(canvas, at, size, person, canvas.chance.uniform(-0.7, 0.7), 9.0 if up else 5.4)
        if up:
            _holds_microphone(canvas, at, size, person)
    cloth = darker(lighter(palette.cloth, 0.05), 0.1 - 0.1 * near)
    table(canvas, cloth, (-60, desk, w + 60, desk + size * 4.2), size * 0.9)
    for i in range(count):
        x = w / 2 + (i - (count - 1) / 2) * step
        sheet(canvas, (x, desk + size * 0.22), size * 0.95, palette.accent if canvas.chance.random() < 0.25 else None)
        bottle(canvas, (x + size * 1.9, desk + size * 0.3), size * 1.7)


def _holds_microphone(canvas: Canvas, at: Point, size: float, person: Look) -> None:
    x, y = at
    hand = (x - size * 0.55, y + size * 2.15)
    arm = [(x - size * 1.7, y + size * 2.1), (x - size * 1.9, y + size * 3.7), hand]
    canvas.limb(arm, size * 0.85, darker(person.dress, 0.13))
    canvas.limb([hand, (x - size * 0.3, y + size * 1.2)], size * 0.2, INK)
    canvas.blob((x - size * 0.27, y + size * 1.12), (size * 0.2, size * 0.24), (70, 68, 74))
    canvas.blob(hand, (size * 0.42, size * 0.4), person.skin)


def signing(canvas: Canvas, palette: Palette, signers: int) -> None:
    """Representatives at one table sign the pact; witnesses stand behind them."""
    w, h = canvas.width, canvas.height
    room(canvas, palette, 0.72)
    stage(canvas, palette, (w * 0.03, 0, w * 0.97, h * 0.66))
    canvas.fade((0, h * 0.7, w, h), lighter(palette.wood, 0.24), darker(palette.wood, 0.3))
    size = min(h * 0.036, w * 0.62 / signers / 4.4)
    tall = size * 15.5
    gap = w * 0.74 / signers
    for i in range(signers - 1):
        feet = (w / 2 + (i - (signers - 2) / 2) * gap, h * 0.83)
        figure(canvas, feet, tall, look(canvas), resting(feet, tall))
    desk = h * 0.66
    for i in range(signers):
        bust(canvas, (w / 2 + (i - (signers - 1) / 2) * gap, desk - size * 3.5), size * 1.08, look(canvas), 0.2)
    table(canvas, palette.cloth, (w * 0.09, desk, w * 0.91, h * 0.92), w * 0.024)
    for i in range(signers):
        x = w / 2 + (i - (signers - 1) / 2) * gap
        sheet(canvas, (x, desk + size * 0.5), size * 1.7)
        canvas.limb([(x + size * 0.25, desk + size * 0.4), (x + size * 0.85, desk - size * 0.7)], size * 0.13, INK)
        canvas.blob((x + size * 0.7, desk - size * 0.2), (size * 0.46, size * 0.38), SKINS[i % 3])
    for x in (0.115, 0.885):
        flowers(canvas, (w * x, desk + h * 0.012), w * 0.06, palette.accent, 34)


def seated_speech(canvas: Canvas, palette: Palette, woman: bool, side: int) -> None:
    """One participant speaks from the table, neighbours listen."""
    w, h = canvas.width, canvas.height
    room(canvas, palette, 0.62)
    canvas.curtain((0, 0, w * 0.2, h * 0.62), palette.cloth, w * 0.022)
    canvas.curtain((w * 0.8, 0, w, h * 0.62), palette.cloth, w * 0.022)
    canvas.fade((w * 0.3, h * 0.045, w * 0.7, h * 0.45), lighter(palette.wall, 0.4), lighter(palette.wall, 0.25))
    lotus(canvas, (w * 0.5, h * 0.155), min(w, h) * 0.075, mix(GOLD, palette.wall, 0.2))
    size = min(h * 0.088, w * 0.088)
    desk = h * 0.76
    x = w * (0.5 + side * 0.05)
    for far, turn in ((-1, 0.9), (1, -0.9)):
        bust(canvas, (x + far * size * 5.2, desk - size * 3.1), size * 0.88, look(canvas), turn)
    canvas.glow((x, desk - size * 4), (size * 5, size * 6), (255, 244, 216), 0.35)
    bust(canvas, (x, desk - size * 4.1), size * 1.12, look(canvas, woman), side * -0.5)
    table(canvas, palette.cloth, (-60, desk, w + 60, h + 80), w * 0.03)
    for seat in (-5.2, 0.0, 5.2):
        sheet(canvas, (x + seat * size, desk + size * 0.42), size * 1.5)
        bottle(canvas, (x + (seat + 2.3) * size, desk + size * 0.5), size * 1.7)
    microphone(canvas, (x - side * size * 1.7, desk + size * 0.3), size * 1.4, side * 0.8)
    flowers(canvas, (x - side * size * 3.4, desk + size * 0.3), size * 1.25, palette.accent, 24)


def handover(canvas: Canvas, palette: Palette) -> None:
    """Two people, one hands the other a folder; both hold it."""
    w, h = canvas.width, canvas.height
    room(canvas, palette, 0.8)
    stage(canvas, palette, (w * 0.04, 0, w * 0.96, h * 0.74))
    canvas.fade((0, h * 0.8, w, h), lighter(palette.wood, 0.24), darker(palette.wood, 0.3))
    tall, ground = min(h * 0.67, w * 0.86), h * 0.93
    size = tall / 15
    middle, level = w / 2, ground - tall * 0.6
    for x in (0.12, 0.88):
        plant(canvas, (w * x, ground - h * 0.04), tall * 0.5)
    canvas.glow((middle, level), (tall * 0.75, tall * 0.7), lighter(palette.cloth, 0.6), 0.42)
    reach = size * 1.2
    left, right = middle - size * 3.9, middle + size * 3.9
    figure(
        canvas,
        (left, ground),
        tall,
        look(canvas, False),
        ((middle - reach * 1.5, level + size * 0.5), (middle - reach, level)),
        0.95,
    )
    figure(
        canvas,
        (right, ground),
        tall * 0.97,
        look(canvas, False),
        ((middle + reach, level), (middle + reach * 1.5, level + size * 0.5)),
        -0.95,
    )
    canvas.draw.rounded_rectangle(
        (middle - size * 1.5, level - size * 1.15, middle + size * 1.5, level + size * 0.85),
        size * 0.15,
        fill=(150, 28, 40),
    )
    canvas.draw.rounded_rectangle(
        (middle - size * 1.28, level - size * 0.95, middle + size * 1.28, level + size * 0.65),
        size * 0.1,
        outline=GOLD,
        width=round(size * 0.08),
    )
    lotus(canvas, (middle, level - size * 0.15), size * 0.5, GOLD)
    for x in (-1, 1):
        canvas.blob((middle + x * size * 1.45, level + size * 0.2), (size * 0.44, size * 0.36), SKINS[0])


def group(canvas: Canvas, palette: Palette, front: int, holding: bool = False) -> None:
    """A group photograph on the stage; `holding`: the front row holds framed certificates."""
    w, h = canvas.width, canvas.height
    room(canvas, palette, 0.74)
    stage(canvas, palette, (w * 0.02, 0, w * 0.98, h * 0.68))
    canvas.fade((0, h * 0.72, w, h), lighter(palette.wood, 0.26), darker(palette.wood, 0.3))
    gap = w * 0.84 / front
    tall = min(h * 0.5, gap * 2.7)
    if not holding:
        for i in range(front - 1):
            feet = (w / 2 + (i - (front - 2) / 2) * gap, h * 0.82)
            figure(canvas, feet, tall, look(canvas), resting(feet, tall))
    for i in range(front):
        feet = (w / 2 + (i - (front - 1) / 2) * gap, h * 0.92)
        figure(canvas, feet, tall, look(canvas), folded(feet, tall) if holding else resting(feet, tall))
        if holding:
            certificate(canvas, (feet[0], feet[1] - tall * 0.6), min(gap * 0.34, tall * 0.14))
            for side in (-1, 1):
                canvas.blob(
                    (feet[0] + side * min(gap * 0.34, tall * 0.14), feet[1] - tall * 0.56),
                    (tall * 0.026, tall * 0.022),
                    SKINS[i % 3],
                )
    for x in (0.045, 0.955):
        flowers(canvas, (w * x, h * 0.95), w * 0.06, palette.accent, 34)
