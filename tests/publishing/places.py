"""Targets of every kind on this machine, for runs that break publications: where to publish, and what readers see."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from bulletins.publishing.addresses import target_of
from tests.publishing import stores
from tests.publishing.servers import has_sshd, sshd
from tools.brought import memory_of

Files = dict[str, bytes]

WHOLE = ("folder", "ssh", "git")
"""Kinds of targets that show a release in one step."""


class Place(NamedTuple):
    """A target: its kind, its address, and where on this machine its files lie."""

    kind: str
    address: str
    top: str

    def files(self) -> Files:
        """Every file that readers see."""
        if self.kind == "s3":
            return stores.served(self.top)
        if self.kind == "git":
            return _of_branch(self.top)
        # A far side may exchange the link a moment after its publisher was killed; what is read is one release.
        return files_of((Path(self.top) / "current").resolve())

    def seq(self, cache: Path) -> int:
        """The number of the log's last activity, as the next publisher will read it."""
        memory = memory_of(target_of(self.address, cache, cache))
        return memory.seq if memory else 0


def files_of(folder: Path) -> Files:
    """Every file below a folder."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _of_branch(repository: str) -> Files:
    archive = subprocess.run(["git", "-C", repository, "archive", "pages"], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        members = {member.name: tar.extractfile(member) for member in tar if member.isfile()}
        return {path: file.read() for path, file in members.items() if file}


@contextmanager
def places(kinds: list[str], top: Path) -> Iterator[list[Place]]:
    """A target of each kind, with the servers they need; kinds whose servers are not installed are left out."""
    with ExitStack() as stack:
        made = []
        for kind in kinds:
            if kind == "ssh" and has_sshd():
                (top / "keys").mkdir()
                port, os.environ["BULLETINS_SSH"] = stack.enter_context(sshd(top / "keys"))
                made.append(Place(kind, f"ssh://127.0.0.1:{port}{top}/ssh", f"{top}/ssh"))
            elif kind == "s3" and stores.program():
                os.environ.update(stack.enter_context(stores.running()))
                made.append(Place(kind, f"s3://{stores.BUCKET}/site", "site"))
            elif kind == "git":
                subprocess.run(["git", "init", "--quiet", "--bare", top / "remote.git"], check=True)
                made.append(Place(kind, f"git+{top}/remote.git#pages", f"{top}/remote.git"))
            elif kind == "folder":
                made.append(Place(kind, f"{top}/folder", f"{top}/folder"))
        yield made


def torn(seen: Files, before: Files, after: Files) -> list[str]:
    """Files that are of neither state."""
    return [path for path, data in seen.items() if data not in (before.get(path), after.get(path))]


def missing(seen: Files) -> list[str]:
    """Addresses of the site that pages lead to or show, from the home page on, and that nobody answers."""
    waiting, known, wrong = ["index.html"], {"index.html"}, []
    while waiting:
        page = waiting.pop()
        for link in _links(seen[page].decode(errors="replace")):
            path = f"{link}index.html" if not link or link.endswith("/") else link
            if path not in seen:
                wrong.append(f"{page}: /{link}")
            elif path.endswith(".html") and path not in known:
                known.add(path)
                waiting.append(path)
    return wrong


def _links(html: str) -> set[str]:
    """Paths below the site's root that a page leads to or shows."""
    quoted = re.findall(r'(?:href|src)="/([^"?#]*)', html)
    sets = [part.split()[0] for text in re.findall(r'srcset="([^"]*)"', html) for part in text.split(",")]
    return {*quoted, *(part.removeprefix("/") for part in sets if part.startswith("/"))}


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
