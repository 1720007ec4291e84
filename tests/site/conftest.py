"""Whole sites, built the way an office builds them: by Pelican, in a process of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "tests" / "sites" / "sample"
CONF = """\
import sys
sys.path.insert(0, {root!r})
from publishconf import *
SITEURL = "https://thidua.example.vn"
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".cache"
THEME = {theme!r}
PLUGIN_PATHS = [{plugins!r}]
"""


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folder: content of its own, the program and theme of this repository."""

    folder: Path

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def build(self, *settings: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Build the site once with these settings (`NAME=json`); `environment` is added to the variables."""
        extra = ["-e", *settings] if settings else []
        done = subprocess.run(
            [sys.executable, "-m", "pelican", "content", "-s", "conf.py", *extra],
            cwd=self.folder,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self._share_templates()
        return done

    def _share_templates(self) -> None:
        """Let projects that begin later in this run have the templates as they were compiled here."""
        own, of_run = self.folder / ".cache" / "templates", templates_of_run(self.folder)
        if of_run and own.is_dir() and not of_run.exists():
            copy = shutil.copytree(own, of_run.with_name(f"templates.{os.getpid()}"))
            with suppress(OSError):  # another worker was quicker
                copy.rename(of_run)

    def files(self) -> dict[str, bytes]:
        """Every published file, by its path."""
        return {p.relative_to(self.output).as_posix(): p.read_bytes() for p in self.output.rglob("*") if p.is_file()}

    def times(self) -> dict[str, int]:
        """The modification time of every published file and folder."""
        return {p.relative_to(self.output).as_posix(): p.stat().st_mtime_ns for p in self.output.rglob("*")}


def templates_of_run(folder: Path) -> Path | None:
    """Where a run of the tests keeps compiled templates, for a project in one of its temporary folders."""
    run = next((path for path in folder.parents if path.parent.name.startswith("pytest-of-")), None)
    return run / "templates" if run else None


def project(folder: Path, content: Path) -> Project:
    shutil.copytree(content, folder / "content")
    compiled = templates_of_run(folder)
    if compiled and compiled.is_dir():
        shutil.copytree(compiled, folder / ".cache" / "templates")
    conf = CONF.format(root=str(ROOT), theme=str(ROOT / "themes" / "thidua"), plugins=str(ROOT / "plugins"))
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    return Project(folder)


@pytest.fixture
def sample(tmp_path: Path) -> Project:
    """The small sample site, not built yet."""
    return project(tmp_path / "sample", SAMPLE / "content")


def built_once(temporary: Path) -> Project:
    """The repository's own content, built by the first worker that asks for it; nobody may change it."""
    folder = temporary / "real"
    with (temporary / "real.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.is_dir():
            return Project(folder)
        built = project(temporary / "real.making", ROOT / "content")
        done = built.build()
        assert done.returncode == 0, done.stderr
        built.folder.rename(folder)
    return Project(folder)


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The repository's own content as a built site."""
    mine = tmp_path_factory.getbasetemp()
    return built_once(mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine)
