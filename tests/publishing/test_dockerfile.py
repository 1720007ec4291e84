"""What `deploy/Dockerfile` relies on is there; no image was ever built of it, and its first line says so."""

from __future__ import annotations

import re
import shlex
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.site.conftest import ROOT
from tools import deploy

LINES = [
    line.strip()
    for line in (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    if line.strip() and not line.startswith("#")
]
KEPT_OUT = [
    line.removeprefix("**/")
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def _of(word: str) -> list[list[str]]:
    """The arguments of every such instruction, without its options."""
    lines = [shlex.split(line)[1:] for line in LINES if line.startswith(f"{word} ")]
    return [[argument for argument in line if not argument.startswith("--")] for line in lines]


def _is_kept_out(path: str) -> bool:
    return any(fnmatch(part, pattern) for part in Path(path).parts for pattern in KEPT_OUT)


def test_every_base_is_pinned_to_a_version() -> None:
    bases = [line[0] for line in _of("FROM")]

    assert len(bases) == 2
    assert all(re.search(r":\d+\.\d+", base) for base in bases)


def test_nothing_runs_as_root() -> None:
    stages = "\n".join(LINES).split("FROM ")[1:]

    assert all(re.findall(r"^USER (\d+)", stage, re.MULTILINE)[-1:] not in ([], ["0"]) for stage in stages)


def test_what_is_copied_is_there_and_nothing_keeps_it_out() -> None:
    sources = [source for line in _of("COPY") for source in line[:-1] if source != "."]

    assert sources == ["deploy/Caddyfile"]
    assert all((ROOT / source).is_file() and not _is_kept_out(source) for source in sources)


@pytest.mark.parametrize("path", ["tasks.py", "tools", "plugins", "themes", "publishconf.py", "requirements.lock"])
def test_the_program_is_in_the_image(path: str) -> None:
    assert (ROOT / path).exists()
    assert not _is_kept_out(path)


@pytest.mark.parametrize("path", ["content/bulletins", "output", ".git", ".cache", ".venv", ".env"])
def test_no_content_cache_or_secret_is_in_the_image(path: str) -> None:
    assert _is_kept_out(path)


def test_the_server_takes_the_address_of_the_site_from_the_environment() -> None:
    [edit] = [line for line in LINES if "sed -i" in line]
    _, old, new, _ = re.search(r"'(s/(.*?)/(.*?)/)'", edit)[1].split("/")  # type: ignore[index]
    changed = re.sub(old.replace(" {", r" \{"), new, deploy.caddy(), flags=re.MULTILINE)

    assert changed.count("{$SITE_ADDRESS:localhost} {") == 1
    assert "thidua.example.vn" not in changed
