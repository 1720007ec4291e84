"""Breaks the program in a hundred ways, one after the other, and builds: is it ever wrong, or silent about it?

    python -m tests.machine.breaking [ways] [what their names contain]

Each way is a copy of this project with one file emptied, cut, filled with zero bytes or removed, in front of a site
that stands and a text that was edited. A build must end with the right site and 0, or with another exit code, one line,
and the site as it stood. The ways come from the whole list at equal steps.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tools.environment import ELSEWHERE, ROOT, VENV

SAMPLE = ROOT / "tests" / "sites" / "sample" / "content"
PROGRAM = ("plugins", "themes", "tools")
BESIDE = ("pelicanconf.py", "publishconf.py", "pyproject.toml", "requirements.lock", "requirements-dev.lock")

Change = Callable[[bytes], bytes | None]
"""The bytes of a file after what befell it; None if it is gone."""

KINDS: dict[str, Change] = {
    "emptied": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "cut at a line": lambda data: data[: data.rfind(b"\n", 0, len(data) // 2) + 1],
    "removed": lambda data: None,
    "zeroed": lambda data: bytes(len(data)),
}


class Way(NamedTuple):
    """One way to break a program: the file, by its path, and what befell it."""

    path: str
    kind: str

    def __str__(self) -> str:
        return f"{self.path} {self.kind}"


class Project(NamedTuple):
    """A copy of the project whose site stands, with a text edited since; the site before and after that edit."""

    folder: Path
    before: dict[str, bytes]
    after: dict[str, bytes]


class Ending(NamedTuple):
    """How a build of a broken program ended: its exit code, what it said on standard error, what is wrong with that."""

    way: Way
    code: int
    said: str
    faults: tuple[str, ...]


def ways() -> list[Way]:
    """Every way: each module emptied, cut, zeroed, removed; each template, setting and lock file emptied."""
    modules = [path for top in ("plugins", "tools") for path in _files(ROOT / top) if path.endswith(".py")]
    others = [path for path in _files(ROOT / "themes") if path.endswith(".html")] + list(BESIDE)
    return [*(Way(path, kind) for path in modules for kind in KINDS), *(Way(path, "emptied") for path in others)]


def _files(top: Path) -> list[str]:
    paths = (path.relative_to(ROOT).as_posix() for path in top.rglob("*") if path.is_file())
    return sorted(path for path in paths if "__pycache__" not in path)


def copy(folder: Path) -> None:
    """A copy of the program in a folder, with the sample as its content."""
    for top in PROGRAM:
        shutil.copytree(ROOT / top, folder / top, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", *BESIDE):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(SAMPLE, folder / "content")


def command(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the project in a folder as a person does, with the environment of this one."""
    env = {**os.environ, ELSEWHERE: str(VENV), **variables}
    python = getattr(sys, "_base_executable", sys.executable)
    return subprocess.run(
        [python, "tasks.py", *words], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def prepare(folder: Path) -> Project:
    """A project with a site that stands and an edit that waits to be built."""
    copy(folder)
    _build(folder)
    before, text = site(folder), folder / next(iter(_texts(folder)))
    built = folder.with_name(f"{folder.name}-built")
    shutil.copytree(folder, built, symlinks=True)
    text.write_text(text.read_text(encoding="utf-8") + "\nMột câu được thêm.\n", encoding="utf-8")
    edited = text.read_bytes()
    _build(folder)
    after = site(folder)
    (built / text.relative_to(folder)).write_bytes(edited)
    return Project(built, before, after)


def _texts(folder: Path) -> Iterator[Path]:
    return (path.relative_to(folder) for path in sorted((folder / "content" / "bulletins").rglob("index.md")))


def _build(folder: Path) -> None:
    done = command(folder, "build")
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def site(folder: Path) -> dict[str, bytes]:
    """Every published file."""
    output = folder / "output"
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}


def ending(way: Way, project: Project, scratch: Path) -> Ending:
    """Break a copy of the project in this way, build it, and see how that ends."""
    folder = scratch / "project"
    shutil.copytree(project.folder, folder)
    _break(folder / way.path, KINDS[way.kind])
    done = command(folder, "build", TMPDIR=str(scratch))
    faults = tuple(_faults(done, site(folder), project))
    shutil.rmtree(folder)
    return Ending(way, done.returncode, done.stderr, faults)


def _break(file: Path, change: Change) -> None:
    data = change(file.read_bytes())
    if data is None:
        file.unlink()
    else:
        file.write_bytes(data)


def _faults(done: subprocess.CompletedProcess[str], now: dict[str, bytes], project: Project) -> Iterator[str]:
    if done.returncode == 0 and now != project.after:
        yield "ended with 0, and the site is another"
    if done.returncode != 0 and now not in (project.before, project.after):
        yield "failed, and the site is another"
    if "Traceback" in done.stdout + done.stderr:
        yield "a traceback"
    if done.returncode != 0 and not done.stderr.strip():
        yield "failed without a word"


def every(chosen: Sequence[Way], project: Project, scratch: Path) -> Iterator[Ending]:
    """How each way ends, two at a time, in the order of the ways."""
    with ThreadPoolExecutor(2) as pool:
        places = [scratch / str(number) for number in range(len(chosen))]
        for place in places:
            place.mkdir()
        yield from pool.map(lambda way, place: ending(way, project, place), chosen, places)


def main(count: int, part: str = "") -> int:
    """Print how each of so many ways ended; gives 1 if any ended badly."""
    known = [way for way in ways() if part in str(way)]
    step = max(1, len(known) // count)
    chosen = known[::step][:count]
    bad, codes = 0, {0: 0}
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for each in every(chosen, prepare(scratch / "project"), scratch):
            codes[each.code] = codes.get(each.code, 0) + 1
            bad += bool(each.faults)
            first = each.said.strip().splitlines()[:1]
            print(
                f"{'BAD' if each.faults else 'ok '} {each.code:3} {each.way}: {'; '.join(each.faults)} {first}",
                flush=True,
            )
    print(f"{len(chosen)} of {len(ways())} ways; exit codes {codes}; {bad} ended badly")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 100, *sys.argv[2:3]))
