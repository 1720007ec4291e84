"""A branch of a git repository, for hosts that serve one as a site (GitHub, GitLab, Codeberg and Cloudflare Pages).

The branch holds one commit, the present release, and no history: what was withdrawn cannot be fetched from it. A push
that moves the branch is the only step readers see. Earlier releases are kept in the cache of the machine that published
them. Names, keys and tokens are git's own affair (credential helpers, ssh).
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bulletins.making.lock import Busy, held
from bulletins.publishing.sums import SERVER_SUMS, SUMS, read_sums
from bulletins.publishing.target import ANOTHER_RUNS, Release, Sent, Server, TargetFailed, proven

DOMAIN = "CNAME"
"""The file in which a host of pages keeps the domain of the site; it belongs to the branch, not to a release."""

_SHOWN = "refs/shown"
_ATTEMPT = "refs/attempt"
_RELEASES = "refs/releases/"
_SUBJECT = "Release "


class _Blob(NamedTuple):
    """A file of a commit: its path, and what git knows it by; or, where the repository has no such file, its bytes."""

    path: str
    id: str = ""
    read: Callable[[], bytes] = bytes


class Git:
    """The target `git+<remote>#<branch>`; `cache` is a folder of this machine for the repository it works in.

    Raises `TargetFailed` for an address that names no branch, or holds a password.
    """

    server = Server.PAGES

    def __init__(self, address: str, root: Path, cache: Path) -> None:
        remote, _, self._branch = address.removeprefix("git+").partition("#")
        if not remote or not re.fullmatch(r"[\w][\w./-]*", self._branch) or _has_password(remote):
            raise TargetFailed(
                "Nơi đăng: hãy viết git+https://máy/kho.git#nhánh, không kèm mật khẩu / "
                "write git+https://host/repository.git#branch, without a password."
            )
        is_path = "://" not in remote and not re.match(r"[^/]+:", remote)
        self._remote = str(root / Path(remote).expanduser()) if is_path else remote
        self._repository = cache
        self._tip: str | None = None
        self._number: int | None = None
        self._is_fetched = False

    @property
    def name(self) -> str:
        return f"{self._remote}#{self._branch}"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """See `Target`. Publishers on one machine wait for each other; of two machines the slower is refused a push."""
        try:
            with held(self._repository.with_suffix(".lock")):
                self._clear()
                self._fetch()
                yield
        except Busy as busy:
            raise TargetFailed(ANOTHER_RUNS.format(busy.holder)) from busy
        except OSError as error:
            raise TargetFailed(f"Không ghi được vào {self._repository} / Cannot write there") from error

    def present(self) -> int | None:
        """See `Target`. A branch that something else has filled shows no release yet."""
        self._ensure_fetched()
        return self._number

    def kept(self) -> tuple[int, ...]:
        """See `Target`: those that this machine has seen."""
        present = self.present() or 0
        names = self._git("for-each-ref", "--format=%(refname)", _RELEASES).decode().split()
        return tuple(sorted(n for n in (int(name.removeprefix(_RELEASES)) for name in names) if n <= present))

    def read(self, path: str, number: int | None = None) -> bytes | None:
        """See `Target`."""
        return self.read_all([path], number).get(path)

    def read_all(self, paths: Collection[str], number: int | None = None) -> dict[str, bytes]:
        """See `Target`."""
        if number is not None:
            return self._read_all(f"{_RELEASES}{number}", paths)
        return {} if self.present() is None else self._read_all(_SHOWN, paths)

    def publish(self, release: Release) -> Sent:
        """See `Target`."""
        known = self._known()
        shown = self._blobs(_SHOWN) if known else {}
        blobs = [
            _Blob(path, shown[path] if known.get(path) == sha256 else "", partial(proven, part.folder / path, sha256))
            for part in release.parts
            for path, sha256 in part.files.items()
            if path not in release.extra
        ]
        return self._show(release.number, [*blobs, *_extra(release)])

    def show_again(self, earlier: int, release: Release, without: Collection[str]) -> None:
        """See `Target`."""
        files = self._blobs(f"{_RELEASES}{earlier}")
        kept = [_Blob(path, id_) for path, id_ in files.items() if path not in without and path not in release.extra]
        self._show(release.number, [*kept, *_extra(release)])

    def drop(self, numbers: Collection[int]) -> None:
        """See `Target`. What only these releases hold leaves this machine; the branch never had more than one."""
        dropped = sorted(set(numbers) - {self.present()})
        if dropped:
            self._delete(*(f"{_RELEASES}{number}" for number in dropped))
            self._git("repack", "-a", "-d", "-q")
            self._git("prune", "--expire=now")

    def _clear(self) -> None:
        """Make the repository, or remove what a killed publication left in it: locks, and what was never shown."""
        if not (self._repository / "HEAD").is_file():
            self._repository.mkdir(parents=True, exist_ok=True)
            self._git("init", "--quiet", "--bare")
        for lock in self._repository.rglob("*.lock"):
            lock.unlink()
        self._delete(_ATTEMPT)

    def _ensure_fetched(self) -> None:
        if not self._is_fetched:  # by someone who only reads
            with self.locked():
                pass

    def _fetch(self) -> None:
        """Bring the branch as it is now; its present release is kept from here on."""
        listed = self._git("ls-remote", "--refs", self._remote, f"refs/heads/{self._branch}").decode().split()
        self._tip, self._number, self._is_fetched = (listed[0] if listed else None), None, True
        if self._tip is None:
            self._delete(_SHOWN)
            return
        if self._commit(_SHOWN) != self._tip:
            refs = f"+refs/heads/{self._branch}:{_SHOWN}"
            self._git("fetch", "--quiet", "--no-tags", "--depth=1", "--no-write-fetch-head", self._remote, refs)
            self._tip = self._commit(_SHOWN)
        subject = self._git("log", "-1", "--format=%s", _SHOWN).decode().strip().removeprefix(_SUBJECT)
        if subject.isdecimal() and self._read(_SHOWN, SUMS) is not None:
            self._keep(int(subject))

    def _keep(self, number: int) -> None:
        """Remember that this release is the one that is shown."""
        self._git("update-ref", f"{_RELEASES}{number}", _SHOWN)
        self._number = number

    def _show(self, number: int, blobs: Iterable[_Blob]) -> Sent:
        """Make the commit, and move the branch to it, if it still is where it was fetched."""
        files = {blob.path: blob for blob in blobs}
        domain = self._read(_SHOWN, DOMAIN) if self._tip else None
        if domain is not None:
            files.setdefault(DOMAIN, _Blob(DOMAIN, read=lambda: domain))
        sent = self._import(number, files)
        branch = f"refs/heads/{self._branch}"
        lease = f"--force-with-lease={branch}:{self._tip or ''}"
        try:
            self._git("push", "--quiet", lease, self._remote, f"{_ATTEMPT}:{branch}")
        except TargetFailed as failed:
            if "stale info" in str(failed) or "cannot lock ref" in str(failed):
                raise TargetFailed(f"{self.name}: {_OVERTAKEN}") from failed
            raise
        self._git("update-ref", _SHOWN, _ATTEMPT)
        self._tip = self._commit(_SHOWN)
        self._keep(number)
        return sent

    def _import(self, number: int, files: Mapping[str, _Blob]) -> Sent:
        """Write the commit of these files into the repository; its files and bytes that were not there yet."""
        new = size = 0
        with subprocess.Popen(
            self._command("fast-import", "--quiet", "--done", "--force"), stdin=subprocess.PIPE, env=_environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as git:  # fmt: skip
            assert git.stdin
            git.stdin.write(_head(number))
            for path, blob in sorted(files.items()):
                git.stdin.write(f"M 100644 {blob.id or 'inline'} {_quoted(path)}\n".encode())
                if not blob.id:
                    data = blob.read()
                    git.stdin.write(_data(data))
                    new, size = new + 1, size + len(data)
            git.stdin.write(b"done\n")
        if git.returncode:
            raise TargetFailed(f"{self._repository}: git fast-import: {git.returncode}")
        return Sent(new, size)

    def _known(self) -> dict[str, str]:
        """The files of the present release, with their hashes."""
        if not self.present():
            return {}
        return {
            path: sha256 for name in (SUMS, SERVER_SUMS) for path, sha256 in read_sums(self.read(name) or b"").items()
        }

    def _blobs(self, commit: str) -> dict[str, str]:
        """What git knows each file of a commit by."""
        listed = self._git("ls-tree", "-r", "-z", commit).decode().split("\0")
        return {line.partition("\t")[2]: line.split()[2] for line in listed if line}

    def _read(self, commit: str, path: str) -> bytes | None:
        return self._read_all(commit, [path]).get(path)

    def _read_all(self, commit: str, paths: Collection[str]) -> dict[str, bytes]:
        asked = "".join(f"{commit}:{path}\n" for path in paths)
        said = io.BytesIO(self._git("cat-file", "--batch", data=asked.encode()))
        return {path: data for path in paths if (data := _answer(said)) is not None}

    def _commit(self, name: str) -> str | None:
        listed = self._git("for-each-ref", "--format=%(objectname)", name).decode().split()
        return listed[0] if listed else None

    def _delete(self, *names: str) -> None:
        self._git("update-ref", "--stdin", data="".join(f"delete {name}\n" for name in names).encode())

    def _command(self, *words: str) -> list[str]:
        return ["git", "-c", "gc.auto=0", "-C", str(self._repository), *words]

    def _git(self, *words: str, data: bytes = b"") -> bytes:
        """Run git in the repository of this target, and give what it prints. Raises `TargetFailed`."""
        try:
            done = subprocess.run(
                self._command(*words), input=data, capture_output=True, check=False, env=_environment()
            )  # fmt: skip
        except FileNotFoundError as missing:
            raise TargetFailed("Máy này chưa có git; hãy cài git / git is not installed here.") from missing
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()
            said = " · ".join(filter(None, said.splitlines())) or str(done.returncode)
            raise TargetFailed(f"Nơi đăng / Target {self.name}: git {words[0]}: {said}")
        return done.stdout


_OVERTAKEN = (
    "vừa có người khác đăng xong; hãy chạy lại lệnh này, nó bắt đầu từ bản đó / "
    "somebody else has published meanwhile; run this again, it starts from theirs."
)


def _answer(said: io.BytesIO) -> bytes | None:
    """The next file in what `git cat-file --batch` says: a line that ends in its size, its bytes, a line feed."""
    head = said.readline()
    if head.endswith(b" missing\n"):
        return None
    data = said.read(int(head.split()[-1]))
    said.read(1)
    return data


def _extra(release: Release) -> Iterator[_Blob]:
    return (_Blob(path, read=partial(bytes, data)) for path, data in release.extra.items())


def _head(number: int) -> bytes:
    """The beginning of a commit without parents, as `git fast-import` reads it."""
    moment = os.environ.get("SOURCE_DATE_EPOCH") or str(int(time.time()))
    who = f"commit {_ATTEMPT}\ncommitter bulletins <bulletins@localhost> {moment} +0000\n".encode()
    return who + _data(f"{_SUBJECT}{number}\n".encode()) + b"deleteall\n"


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _has_password(remote: str) -> bool:
    """Whether an address holds a secret: a password, or a token in place of a user's name."""
    parts = urlsplit(remote if "://" in remote else "")
    return parts.password is not None or (parts.scheme.startswith("http") and parts.username is not None)


def _environment() -> dict[str, str]:
    """The variables for git: in English, asking nobody anything, and of no other repository."""
    own = {name: os.environ[name] for name in os.environ.keys() - {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"}}
    return {**own, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
