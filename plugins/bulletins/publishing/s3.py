"""A bucket of an S3-compatible store that serves its objects as a site.

A store cannot exchange a folder, so readers see a publication arrive: first what pages need, then pages, then what
lists them. What this target promises instead: every object is whole, nothing that a published page needs is missing,
and the memory is that of one release, because it is read by the hashes that one object leads to, which is exchanged
last. Below `.bulletins/`:

- `state.json`: the release that is shown, the one half written, and who is at work;
- `releases/<n>`: the hash of every file of a release;
- `files/<sha256>`: what a release had and the present one has not, copied within the store before it is overwritten.

A publication that was killed is undone by the next command, from those copies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

from bulletins.publishing.claim import Claim
from bulletins.publishing.objects import Objects
from bulletins.publishing.serving import headers_of, media_type
from bulletins.publishing.sums import SERVER_SUMS, SIGNATURE, SUMS, read_sums, write_sums
from bulletins.publishing.target import Release, Sent, Server, TargetFailed, proven

OWN = ".bulletins"
STATE, RELEASES, FILES = f"{OWN}/state.json", f"{OWN}/releases", f"{OWN}/files"

AT_ONCE = 16
"""Requests that are under way at the same time."""

T = TypeVar("T")

Sums = Mapping[str, str]
"""The SHA-256, in lowercase hex, of each file by its path."""

Write = Callable[[str], int]
"""Writes the object of a path, and gives the bytes that were sent for it."""


class S3:
    """The target `s3://bucket/prefix`. Raises `TargetFailed` for another kind of address."""

    server = Server.STORAGE

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc or parts.query or parts.fragment:
            raise TargetFailed(
                "Nơi đăng: hãy viết s3://kho/thư-mục, không kèm khóa / write s3://bucket/prefix, without keys."
            )
        self._objects = Objects(parts.netloc, parts.path.strip("/"))
        self._claim = Claim(self._objects, STATE)
        self._is_read = False
        self._known: dict[int, Sums] = {}

    @property
    def name(self) -> str:
        return self._objects.name

    @contextmanager
    def locked(self) -> Iterator[None]:
        """See `Target`. What a killed publication wrote is undone."""
        with self._claim.held():
            self._is_read, self._known = True, {}
            self._undo()
            yield

    def present(self) -> int | None:
        """See `Target`."""
        if not self._is_read:  # by someone who only looks
            self._claim.read()
            self._is_read = True
        return self._claim.state.release or None

    def kept(self) -> tuple[int, ...]:
        """See `Target`."""
        present = self.present() or 0
        return tuple(sorted(number for number in self._numbers() if number <= present))

    def read(self, path: str, number: int | None = None) -> bytes | None:
        """See `Target`. By its hash: the object itself may be another release's, or half a publication's."""
        release = self.present() if number is None else number
        if release is None:
            return None
        if path == SERVER_SUMS:
            return b""
        sha256 = self._sums(release).get(path)
        if sha256 is None:
            return None
        for key in (path, f"{FILES}/{sha256}"):
            answer = self._objects.get(key)
            if answer and hashlib.sha256(answer[0]).hexdigest() == sha256:
                return answer[0]
        raise TargetFailed(f"{self.name}: {path}: tệp của bản phát hành {release} đã mất / is lost.")

    def read_all(self, paths: Collection[str], number: int | None = None) -> dict[str, bytes]:
        """See `Target`."""
        wanted = sorted(paths)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = pool.map(lambda path: self.read(path, number), wanted)
            return {path: data for path, data in zip(wanted, answers, strict=True) if data is not None}

    def publish(self, release: Release) -> Sent:
        """See `Target`."""
        makers = {
            path: partial(proven, part.folder / path, sha256)
            for part in release.parts
            for path, sha256 in part.files.items()
        }
        extra = {path: data for path, data in release.extra.items() if path != SERVER_SUMS}
        makers |= {path: partial(bytes, data) for path, data in extra.items()}
        sums = {path: sha256 for part in release.parts for path, sha256 in part.files.items()}
        return self._show(release.number, {**sums, **_hashed(extra)}, lambda path: self._put(path, makers[path]()))

    def show_again(self, earlier: int, release: Release, without: Collection[str]) -> None:
        """See `Target`."""
        extra = {path: data for path, data in release.extra.items() if path != SERVER_SUMS}
        sums = {path: sha256 for path, sha256 in self._sums(earlier).items() if path not in without}

        def write(path: str) -> int:
            return self._put(path, extra[path]) if path in extra else self._restore(path, sums[path])

        self._show(release.number, {**sums, **_hashed(extra)}, write)

    def drop(self, numbers: Collection[int]) -> None:
        """See `Target`. What no release that is kept shows goes too."""
        for number in sorted(set(numbers) - {self.present()}):
            self._objects.delete(f"{RELEASES}/{number}")
        needed = {sha256 for number in self.kept() for sha256 in self._sums(number).values()}
        self._each(lambda name: self._objects.delete(f"{FILES}/{name}"), set(self._objects.names(FILES)) - needed)

    def _show(self, number: int, sums: Sums, write: Write) -> Sent:
        """Bring the site from the present release to one with these files, and say that it is shown."""
        present = self.present()
        before = self._sums(present) if present else {}
        self._keep({path: sha256 for path, sha256 in before.items() if sums.get(path) != sha256})
        self._objects.put(f"{RELEASES}/{number}", write_sums(sums), {"Content-Type": "text/plain"})
        self._known.pop(number, None)
        self._claim.write(writing=number)
        sent = self._bring(before, sums, write)
        self._claim.write(release=number, writing=0)
        return sent

    def _undo(self) -> None:
        """Bring back the present release where another one was half written, and forget that one."""
        number = self._claim.state.writing
        if number:
            shown = self._sums(self.present() or 0) if self.present() else {}
            self._bring(self._sums(number), shown, lambda path: self._restore(path, shown[path]))
            self._claim.write(writing=0)
        for left in self._numbers():
            if left > (self.present() or 0):
                self._objects.delete(f"{RELEASES}/{left}")

    def _bring(self, before: Sums, after: Sums, write: Write) -> Sent:
        """Write every object that differs, what pages need before them, what lists them after; then remove others."""
        different = [path for path, sha256 in after.items() if before.get(path) != sha256]
        sent: list[int] = []
        for place in sorted({_place(path, path in before) for path in different}):
            sent += self._each(write, [path for path in different if _place(path, path in before) == place])
        self._each(self._objects.delete, before.keys() - after.keys())
        return Sent(len(sent), sum(sent))

    def _keep(self, files: Sums) -> None:
        """Copy what is going to be overwritten or removed; each kind of content once."""
        standing = set(self._objects.names(FILES))
        wanted = {sha256: path for path, sha256 in files.items() if sha256 not in standing}
        self._each(lambda sha256: self._objects.copy(wanted[sha256], f"{FILES}/{sha256}"), wanted)

    def _put(self, path: str, data: bytes) -> int:
        headers = {"Content-Type": media_type(path), "Cache-Control": headers_of(f"/{path}")["Cache-Control"]}
        self._objects.put(path, data, headers)
        return len(data)

    def _restore(self, path: str, sha256: str) -> int:
        self._objects.copy(f"{FILES}/{sha256}", path)
        return 0

    def _each(self, do: Callable[[str], T], keys: Iterable[str]) -> list[T]:
        """Do something for all keys, some at a time, as long as nobody else has taken over."""

        def step(key: str) -> T:
            self._claim.ensure()
            return do(key)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            tasks = [pool.submit(step, key) for key in sorted(keys)]
            try:
                return [task.result() for task in tasks]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _sums(self, number: int) -> Sums:
        if number not in self._known:
            answer = self._objects.get(f"{RELEASES}/{number}")
            if answer is None:
                raise TargetFailed(f"{self.name}: {RELEASES}/{number}: thiếu tệp / missing.")
            self._known[number] = read_sums(answer[0])
        return self._known[number]

    def _numbers(self) -> list[int]:
        return [int(name) for name in self._objects.names(RELEASES) if name.isdecimal()]


def _place(path: str, is_known: bool) -> int:
    """When an object is written: what pages need, new pages, other pages, data, what lists data, the sums."""
    if path in (SUMS, SIGNATURE):
        return 5
    if path.startswith(("api/v1/catalogue/", "api/v1/changes/")) or path == "api/v1/index.json":
        return 4
    if path.endswith(".html"):
        return 2 if is_known else 1
    return 3 if path.endswith((".json", ".xml", ".ics", ".csv", ".ndjson.gz", ".txt")) else 0


def _hashed(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
