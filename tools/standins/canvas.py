"""A canvas for flat, quiet illustrations: colours, soft light, folds of cloth, and the grain of paper."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one ceremony: its cloth (curtain, table), its wall, its floor, and one accent."""

    cloth: Colour
    wall: Colour
    floor: Colour
    accent: Colour
    wood: Colour


CREAM: Colour = (247, 239, 224)
PAPER: Colour = (252, 249, 241)
GOLD: Colour = (214, 165, 72)
INK: Colour = (38, 35, 41)
LEAF: Colour = (74, 112, 82)
SKINS: tuple[Colour, ...] = ((222, 178, 146), (208, 160, 128), (230, 190, 160))
HAIRS: tuple[Colour, ...] = ((38, 33, 36), (52, 44, 44), (96, 90, 90))
SUITS: tuple[Colour, ...] = ((43, 52, 70), (58, 60, 66), (35, 42, 52), (70, 66, 72))
TUNICS: tuple[Colour, ...] = ((158, 44, 60), (38, 104, 110), (196, 140, 60), (96, 74, 128), (62, 110, 84))


def mix(base: Colour, other: Colour, share: float) -> Colour:
    """The colour `base` with `share` (0 to 1) of `other` in it."""
    r, g, b = (round(x + (y - x) * share) for x, y in zip(base, other, strict=True))
    return r, g, b


def darker(colour: Colour, share: float) -> Colour:
    return mix(colour, (14, 10, 18), share)


def lighter(colour: Colour, share: float) -> Colour:
    return mix(colour, (255, 250, 240), share)


class Canvas:
    """A picture of `width` × `height` pixels to draw on, with soft light and shade besides flat shapes."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        self.image = Image.new("RGB", (width, height), CREAM)
        self.draw = ImageDraw.Draw(self.image)
        self.chance = random.Random(seed)
        self.width, self.height = width, height

    def fade(self, box: Sequence[float], top: Colour, bottom: Colour) -> None:
        """A rectangle whose colour goes from `top` to `bottom`."""
        x0, y0, x1, y1 = (round(v) for v in box)
        mask = Image.linear_gradient("L").resize((x1 - x0, y1 - y0))
        over = Image.composite(Image.new("RGB", mask.size, bottom), Image.new("RGB", mask.size, top), mask)
        self.image.paste(over, (x0, y0))

    def glow(self, centre: Point, radii: Point, colour: Colour, strength: float) -> None:
        """Light (or, in a dark colour, shade) that falls off from `centre`."""
        # Pillow's gradient says 181 at the middle of an edge and 255 in the corners.
        falloff = [round(255 * strength * max(0, 1 - i / 181) ** 1.6) for i in range(256)]
        mask = Image.radial_gradient("L").point(falloff)
        mask = mask.resize((round(radii[0] * 2), round(radii[1] * 2)), Image.Resampling.BICUBIC)
        at = (round(centre[0] - radii[0]), round(centre[1] - radii[1]))
        self.image.paste(Image.new("RGB", mask.size, colour), at, mask)

    def soft(self, points: Sequence[Point], colour: Colour, strength: float, blur: float) -> None:
        """A polygon with blurred edges; `blur` in pixels. Made small and enlarged, since nobody sees the difference."""
        small = Image.new("L", (self.width // 8, self.height // 8))
        ImageDraw.Draw(small).polygon([(x / 8, y / 8) for x, y in points], fill=round(255 * strength))
        small = small.filter(ImageFilter.GaussianBlur(blur / 8))
        mask = small.resize(self.image.size, Image.Resampling.BILINEAR)
        self.image.paste(Image.new("RGB", mask.size, colour), (0, 0), mask)

    def curtain(self, box: Sequence[float], colour: Colour, fold: float) -> None:
        """Hanging cloth whose folds are about `fold` pixels wide."""
        x0, y0, x1, y1 = (round(v) for v in box)
        row = Image.new("RGB", (x1 - x0, 1))
        at, drift = 0.0, self.chance.random() * 6
        for x in range(x1 - x0):
            at += (2 * math.pi / fold) * (1 + 0.35 * math.sin(x / fold / 2.3 + drift))
            wave = math.sin(at) + 0.25 * math.sin(2.7 * at + drift)
            row.putpixel((x, 0), lighter(colour, 0.09 * wave) if wave > 0 else darker(colour, -0.24 * wave))
        self.image.paste(row.resize((x1 - x0, y1 - y0)), (x0, y0))
        self.glow(((x0 + x1) / 2, y0 + (y1 - y0) * 0.25), ((x1 - x0) * 0.6, (y1 - y0) * 0.9), lighter(colour, 0.4), 0.3)
        self.soft([(x0, y0), (x1, y0), (x1, y0 + fold), (x0, y0 + fold)], darker(colour, 0.7), 0.5, fold * 0.6)

    def blob(self, centre: Point, radii: Point, colour: Colour) -> None:
        (x, y), (rx, ry) = centre, radii
        self.draw.ellipse((x - rx, y - ry, x + rx, y + ry), fill=colour)

    def limb(self, points: Sequence[Point], thick: float, colour: Colour) -> None:
        """A bent line with round joints and ends."""
        self.draw.line(list(points), fill=colour, width=round(thick), joint="curve")
        for point in points:
            self.blob(point, (thick / 2, thick / 2), colour)

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        """A closed shape whose corners are rounded by a curve through the middles of its sides."""
        self.draw.polygon(_rounded(points), fill=colour)

    def finished(self, light: Point) -> Image.Image:
        """The picture with a vignette, light from `light` (shares of width and height), and a paper-like grain."""
        self.glow((light[0] * self.width, light[1] * self.height), (self.width * 0.8,) * 2, (255, 240, 208), 0.16)
        vignette = Image.radial_gradient("L").point([max(0, round((i - 120) * 0.62)) for i in range(256)])
        mask = vignette.resize(self.image.size, Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", mask.size, (24, 14, 22)), (0, 0), mask)
        soft = self.image.filter(ImageFilter.GaussianBlur(1.6))
        return ImageChops.add(soft, self._grain(), scale=1, offset=-12)

    def _grain(self) -> Image.Image:
        """Noise about 12 on average, of two coarse sizes: fine grain would make the file heavy."""
        layers = []
        for size, swing in ((14, 13), (90, 9)):
            w, h = self.width // size, self.height // size
            noise = Image.frombytes("L", (w, h), self.chance.randbytes(w * h))
            noise = noise.point([round(12 + (i - 127) * swing / 255) for i in range(256)])
            layers.append(noise.resize(self.image.size, Image.Resampling.BICUBIC))
        grain = ImageChops.blend(layers[0], layers[1], 0.5)
        return Image.merge("RGB", (grain, grain, grain))


def _rounded(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """Quadratic curves with `points` as control points, joined at the middles of the sides."""
    out: list[Point] = []
    for i, (cx, cy) in enumerate(points):
        px, py = points[i - 1]
        nx, ny = points[(i + 1) % len(points)]
        ax, ay, bx, by = (px + cx) / 2, (py + cy) / 2, (cx + nx) / 2, (cy + ny) / 2
        for step in range(steps):
            t = step / steps
            u = 1 - t
            out.append((u * u * ax + 2 * u * t * cx + t * t * bx, u * u * ay + 2 * u * t * cy + t * t * by))
    return out
