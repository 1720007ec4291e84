"""`python -m bench.photos`: what photos cost with this project, plain Pillow, sigal and libvips, in one run.

Each way makes JPEGs of quality 80 (4:2:0, progressive, optimised) from 24-megapixel photos with a camera's thumbnail,
each in a process of its own, in turn, in every round. CPU per photo is the difference between a run over seven photos
and a run over one, divided by six, so that nobody pays for starting; memory is the peak of the whole process. sigal can
make two sizes in one run, so it is compared at two (1600 and 400), and at three by a second run. Ours is also measured
and hashed, as in a build. sigal and libvips live in a scratch environment.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.machine import description

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".cache" / "bench" / "photos"
SCRATCH = ROOT / ".cache" / "bench" / "venv"
RESULTS = Path(__file__).with_name("PHOTOS.md")
FEW, MANY = 1, 7
ROUNDS = 5
THREE, TWO = (400, 800, 1600), (400, 1600)
QUALITY = 80


@dataclass(frozen=True, slots=True)
class Way:
    """A way to make renditions: its words in the table, its program here, its widths, and whose Python runs it."""

    name: str
    program: str
    widths: tuple[int, ...]
    python: Path


OWN = Path(sys.executable)
THEIRS = SCRATCH / "bin" / "python"
WAYS = (
    Way("ours, 3 widths", "ours", THREE, OWN),
    Way("plain Pillow, a decode per size, 3 widths", "pillow", THREE, OWN),
    Way("libvips, thumbnail per size, 3 widths", "vips", THREE, THEIRS),
    Way("libvips, cascade from one decode, 3 widths", "vips_cascade", THREE, THEIRS),
    Way("sigal twice, 3 widths", "sigal", THREE, THEIRS),
    Way("ours, 2 widths", "ours", TWO, OWN),
    Way("sigal, 2 widths", "sigal", TWO, THEIRS),
)


def ours(photos: list[Path], widths: tuple[int, ...]) -> None:
    """Measured and rendered as in a build, but JPEG alone: the others make nothing else."""
    from bulletins.domain.pictures import Picture, Rendition
    from bulletins.gallery.images import measure, render
    from bulletins.gallery.renditions import height_for

    for photo in photos:
        seen = measure(photo, 120_000_000)
        sizes = [(w, height_for(w, seen.width, seen.height)) for w in widths]
        planned = tuple(Rendition(f"/{w}", "image/jpeg", w, h) for w, h in sizes)
        files = render(photo.read_bytes(), Picture(seen.width, seen.height, planned, ""), QUALITY)
        for file, (w, _) in zip(files, sizes, strict=True):
            _out(photo, w).write_bytes(file)


def pillow(photos: list[Path], widths: tuple[int, ...]) -> None:
    """What a first program does: open, resize and save for each size."""
    from PIL import Image, ImageOps

    for photo in photos:
        for width in widths:
            with Image.open(photo) as image:
                upright = ImageOps.exif_transpose(image)
                small = upright.resize((width, round(width * upright.height / upright.width)), Image.Resampling.LANCZOS)
                small.save(_out(photo, width), quality=QUALITY, optimize=True, progressive=True, subsampling="4:2:0")


def vips(photos: list[Path], widths: tuple[int, ...]) -> None:
    """`thumbnail`, which shrinks while decoding, once for each size."""
    import pyvips

    for photo in photos:
        for width in widths:
            _save_vips(pyvips.Image.thumbnail(str(photo), width, height=10_000), photo, width)


def vips_cascade(photos: list[Path], widths: tuple[int, ...]) -> None:
    """Decoded and shrunk once to the widest, the others made from that."""
    import pyvips

    for photo in photos:
        image = pyvips.Image.thumbnail(str(photo), max(widths), height=10_000).copy_memory()
        for width in sorted(widths, reverse=True):
            image = image if image.width == width else image.thumbnail_image(width, height=10_000).copy_memory()
            _save_vips(image, photo, width)


def _save_vips(image: object, photo: Path, width: int) -> None:
    options = {"Q": QUALITY, "optimize_coding": True, "interlace": True, "keep": "none", "subsample_mode": "on"}
    image.jpegsave(str(_out(photo, width)), **options)  # type: ignore[attr-defined]


def sigal(photos: list[Path], widths: tuple[int, ...]) -> None:
    """One process, no pages' worth of anything but its smallest theme; a third size is a second run."""
    from sigal.gallery import Gallery
    from sigal.settings import read_settings

    runs = [(1600, 400), (800, None)] if len(widths) == len(THREE) else [(1600, 400)]
    for n, (large, small) in enumerate(runs):
        source = HOME / f"sigal-{len(photos)}"
        source.mkdir(parents=True, exist_ok=True)
        for photo in photos:
            if not (source / photo.name).exists():
                os.link(photo, source / photo.name)
        settings = read_settings()
        settings |= {"source": str(source), "destination": str(HOME / "out" / f"sigal-{n}"), "img_size": (large, large),
                     "make_thumbs": small is not None, "thumb_size": (small or 1, small or 1), "thumb_fit": False,
                     "jpg_options": {"quality": QUALITY, "optimize": True, "progressive": True}, "write_html": False,
                     "autorotate_images": True, "copy_exif_data": False}  # fmt: skip
        Gallery(settings, ncpu=1, show_progress=False).build(force=True)


PROGRAMS: Mapping[str, Callable[[list[Path], tuple[int, ...]], None]] = {
    "ours": ours, "pillow": pillow, "vips": vips, "vips_cascade": vips_cascade, "sigal": sigal,
}  # fmt: skip


def _out(photo: Path, width: int) -> Path:
    return HOME / "out" / f"{photo.stem}-{width}.jpg"


def sources() -> list[Path]:
    """Photos of 6000 × 4000 pixels and about 6 MB: the repository's stand-ins enlarged, with a camera's noise."""
    from PIL import Image, ImageChops, ImageOps

    from tools.standins.metadata import marked

    folder = HOME / "source"
    folder.mkdir(parents=True, exist_ok=True)
    stand_ins = sorted((ROOT / "content" / "bulletins").rglob("*.jpg"))[:MANY]
    for stand_in in stand_ins:
        photo = folder / f"{stand_in.parent.name}-{stand_in.name}"
        if not photo.exists():
            with Image.open(stand_in) as image:
                large = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), (6000, 4000))
            noise = Image.merge("RGB", [Image.effect_noise((6000, 4000), 7) for _ in range(3)])
            noisy = ImageChops.add(large, noise, offset=-128)
            files = [_jpeg(noisy), _jpeg(large.resize((160, 107)))]
            photo.write_bytes(marked(*files, orientation=1, caption="Ảnh để đo"))
    return sorted(folder.glob("*.jpg"))


def _jpeg(image: object) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=92, subsampling="4:2:0")  # type: ignore[attr-defined]
    return file.getvalue()


def cost(way: Way, photos: list[Path]) -> tuple[float, float]:
    """CPU seconds and peak MiB of a process that makes these photos, one core."""
    told = json.dumps([way.program, [str(photo) for photo in photos], way.widths])
    environment = os.environ | {"VIPS_CONCURRENCY": "1", "PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}"}
    command = [way.python, "-m", "bench.photos", told]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak


def _own_cost() -> tuple[float, float]:
    """CPU seconds of this process so far, and its peak MiB since it was started (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return time.process_time(), peak / 1024


def measured(photos: list[Path]) -> dict[str, tuple[list[float], float]]:
    """For each way its CPU seconds per photo in each round, and its peak MiB."""
    found: dict[str, tuple[list[float], float]] = {way.name: ([], 0.0) for way in WAYS}
    for n in range(ROUNDS):
        for way in WAYS if n % 2 else reversed(WAYS):
            (few, _), (many, peak) = cost(way, photos[:FEW]), cost(way, photos[:MANY])
            seconds, highest = found[way.name]
            found[way.name] = ([*seconds, (many - few) / (MANY - FEW)], max(highest, peak))
    return found


def ratio(found: Mapping[str, tuple[list[float], float]], one: str, other: str) -> str:
    """How many times the CPU of `other` is that of `one`: the median of the rounds, then the least and the most."""
    ratios = [b / a for a, b in zip(found[one][0], found[other][0], strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def report(found: Mapping[str, tuple[list[float], float]]) -> str:
    """The table, in Markdown."""
    rows = "\n".join(
        f"| {name} | {statistics.median(seconds):.3f} ({min(seconds):.3f}–{max(seconds):.3f}) | {peak:.0f} |"
        for name, (seconds, peak) in found.items()
    )
    three = WAYS[0].name
    lines = [f"- {name}: {ratio(found, three, name)} times ours" for name in found if name.endswith("3 widths")][1:]
    lines.append(f"- sigal, 2 widths: {ratio(found, 'ours, 2 widths', 'sigal, 2 widths')} times ours")
    return f"| way | CPU s per photo | peak MiB |\n|---|---|---|\n{rows}\n\n" + "\n".join(lines)


def _versions() -> list[str]:
    code = (
        "import importlib.metadata as m; import pyvips;"
        "v = '.'.join(str(pyvips.version(n)) for n in range(3));"
        "print('sigal', m.version('sigal'), 'with Pillow', m.version('pillow'), 'libvips', v, sep=' ')"
    )
    theirs = subprocess.run([THEIRS, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    import PIL

    return [f"Pillow {PIL.__version__}", theirs]


def main() -> None:
    """Measure and print; `--save` writes `bench/PHOTOS.md`."""
    if not THEIRS.exists():
        subprocess.run([sys.executable, "-m", "venv", SCRATCH], check=True)
        subprocess.run([THEIRS, "-m", "pip", "install", "--quiet", "sigal", "pyvips[binary]"], check=True)
    photos = sources()
    (HOME / "out").mkdir(exist_ok=True)
    said = f"{(__doc__ or '').strip()}\n\n{description(_versions())}\n\n{report(measured(photos))}\n"
    print(said)
    if "--save" in sys.argv:
        RESULTS.write_text(f"# Photos\n\n{said}", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].startswith("["):
        program, paths, widths = json.loads(sys.argv[1])
        PROGRAMS[program]([Path(path) for path in paths], tuple(widths))
        print(json.dumps(_own_cost()))
    else:
        main()
