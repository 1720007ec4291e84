"""A folder on another machine, reached by ssh: the same releases and link as `folder`, laid and shown on the far side.

The far side needs a POSIX shell, rsync and the GNU core utilities with `flock`, as every Linux server has them. Keys,
ports and names are ssh's own affair (`~/.ssh/config`, an agent); `BULLETINS_SSH` may name another command, as
`GIT_SSH_COMMAND` does for git.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bulletins.publishing.sums import SERVER_SUMS, SUMS
from bulletins.publishing.target import ANOTHER_RUNS, Release, Sent, Server, TargetFailed

_CLEAR = """
set -e
shown=$(basename "$(readlink current || echo 0)")
for mark in releases/.*.was; do
    number=$(basename "$mark" .was)
    number=${number#.}
    if [ -d "releases/$number" ] && [ "$number" -gt "$shown" ]; then
        mv -T "releases/$number" "releases/$(cat "$mark")"
    fi
done
rm -rf releases/.[!.]* .current.new
for release in releases/*; do
    number=$(basename "$release")
    case $number in *[!0-9]*) continue ;; esac
    if [ "$number" -gt "$shown" ]; then rm -rf "$release"; fi
done
"""
"""Remove what a killed publication left: what has no number, or a number that was never shown.

An earlier release that was about to be shown again goes back to its own number.
"""

_PROVE = """
set -e
cd releases/.$1.new
sha256sum --check --quiet --strict {sums} >&2
if [ -s {server_sums} ]; then sha256sum --check --quiet --strict {server_sums} >&2; fi
cd ../..
"""
"""Prove that what arrived is what was sent."""

_LINK = """
ln -s releases/$1 .current.new
mv -T .current.new current
"""

_SHOW = f"""
set -e
sync -f .
mv -T releases/.$1.new releases/$1
{_LINK}
sync -f .
"""
"""Give a release that is laid its number, and exchange the link."""

_SHOW_AGAIN = f"""
set -e
number=$1 earlier=$2
shift 2
cd "releases/$earlier"
rm -f -- "$@"
cd ../..
set -- "$number" "$earlier"
echo "$2" >releases/.$1.was
sync -f .
mv -T "releases/$2" releases/$1
{_LINK}
rm releases/.$1.was
sync -f .
"""
"""Remove files of an earlier release, give it its new number, and exchange the link."""

_DROP = """
set -e
for number; do
    mv -T "releases/$number" "releases/.$number.old"
    rm -rf "releases/.$number.old"
done
"""

_LOOK = """
readlink current || echo
ls releases 2>/dev/null || true
"""
"""Print what is shown, and every release."""


class _Standing(NamedTuple):
    """The releases on the far side: nobody else changes them while the lock is held."""

    present: int | None
    kept: tuple[int, ...]


class Ssh:
    """The target `ssh://user@host:port/folder`; raises `TargetFailed` for another kind of address."""

    server = Server.OWN

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme != "ssh" or not parts.hostname or parts.path in ("", "/") or parts.password:
            raise TargetFailed(
                f"{address}: hãy viết / write ssh://người-dùng@máy/thư-mục, không kèm mật khẩu / without a password."
            )
        if missing := [program for program in (self._ssh_words()[0], "rsync") if not shutil.which(program)]:
            raise TargetFailed(f"Máy này chưa có {', '.join(missing)}; hãy cài rồi chạy lại / is not installed here.")
        self._host = f"{parts.username}@{parts.hostname}" if parts.username else parts.hostname
        self._port = ["-p", str(parts.port)] if parts.port else []
        self._top = unquote(parts.path)
        self._control = ""
        self._standing: _Standing | None = None

    @property
    def name(self) -> str:
        return f"{self._host}:{self._top}"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """See `Target`. The lock is held by a process on the far side, and goes with the connection.

        All else goes through that one connection: another handshake for each step would take longer than the step.
        """
        with tempfile.TemporaryDirectory(prefix="ssh-") as folder:
            self._control = f"{folder}/%C"
            with self._lock():
                yield
        self._control = ""

    @contextmanager
    def _lock(self) -> Iterator[None]:
        top = shlex.quote(self._top)
        script = f"mkdir -p {top}/releases && cd {top} && exec flock --nonblock .lock sh -c 'echo held; cat'"
        with subprocess.Popen(
            [*self._ssh(), self._host, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace",
        ) as holder:  # fmt: skip
            assert holder.stdin and holder.stdout and holder.stderr
            try:
                if holder.stdout.readline() != "held\n":
                    raise TargetFailed(self._refused(holder.wait(), holder.stderr.read()))
                self._standing = self._look(_CLEAR)
                yield
            finally:
                self._standing = None
                holder.stdin.close()

    def present(self) -> int | None:
        """See `Target`."""
        return (self._standing or self._look()).present

    def kept(self) -> tuple[int, ...]:
        """See `Target`."""
        return (self._standing or self._look()).kept

    def _look(self, first: str = "", *arguments: str) -> _Standing:
        """The releases on the far side, once a script has run there."""
        shown, _, names = self._run(f"{first}{_LOOK}", *arguments).decode().partition("\n")
        kept = sorted(int(name) for name in names.split() if name.isdecimal())
        return _Standing(int(shown.rpartition("/")[2]) if shown else None, tuple(kept))

    def read(self, path: str, number: int | None = None) -> bytes | None:
        """See `Target`."""
        release = "current" if number is None else f"releases/{number}"
        kept = self._run('if [ -f "$1" ]; then echo; cat "$1"; fi', f"{release}/{path}")
        return kept[1:] if kept else None

    def read_all(self, paths: Collection[str], number: int | None = None) -> dict[str, bytes]:
        """See `Target`."""
        if not paths or (number is None and self.present() is None):
            return {}
        release = "current" if number is None else f"releases/{number}"
        with tempfile.TemporaryDirectory() as folder:
            source = f"{self._host}:{self._top}/{release}/"
            self._rsync(paths, "--ignore-missing-args", "--compress", source, f"{folder}/")
            files = {path: Path(folder, path) for path in paths}
            return {path: file.read_bytes() for path, file in files.items() if file.is_file()}

    def publish(self, release: Release) -> Sent:
        """See `Target`."""
        present, name = self.present(), f".{release.number}.new"
        link = [] if present is None else [f"--link-dest=../{present}"]
        sent = [
            self._send(part.folder, name, [path for path in part.files if path not in release.extra], link)
            for part in release.parts
        ]
        sent.append(self._send_extra(release, name, link))
        self._standing = self._look(_PROVE.format(sums=SUMS, server_sums=SERVER_SUMS) + _SHOW, str(release.number))
        return Sent(sum(part.files for part in sent), sum(part.bytes for part in sent))

    def show_again(self, earlier: int, release: Release, without: Collection[str]) -> None:
        """See `Target`."""
        gone = sorted(set(without) - release.extra.keys())
        self._send_extra(release, str(earlier), [])
        self._standing = self._look(_SHOW_AGAIN, str(release.number), str(earlier), *gone)

    def drop(self, numbers: Collection[int]) -> None:
        """See `Target`."""
        dropped = [str(number) for number in sorted(set(numbers) - {self.present()})]
        if dropped:
            self._standing = self._look(_DROP, *dropped)

    def _send_extra(self, release: Release, name: str, link: list[str]) -> Sent:
        with tempfile.TemporaryDirectory() as folder:
            _write(Path(folder), release.extra)
            return self._send(Path(folder), name, list(release.extra), link)

    def _send(self, source: Path, name: str, paths: Collection[str], link: list[str]) -> Sent:
        """Send files into the folder of a release that nobody sees; those that stand in `link` are linked there.

        Of a file that stands there or in `link` otherwise, only what differs is sent: the sums are megabytes. A file
        that is there already is not written to but exchanged: it is other releases' too.
        """
        beside = f"{self._host}:{self._top}/releases/{name}/"
        said = self._rsync(paths, "--times", "--checksum", "--out-format=%b", *link, f"{source}/", beside)
        sizes = [int(line) for line in said.split()]
        return Sent(sum(size > 0 for size in sizes), sum(sizes))

    def _rsync(self, paths: Collection[str], *words: str) -> bytes:
        """Send or bring these files, and give what rsync prints."""
        command = ["rsync", "--from0", "--files-from=-", f"--rsh={shlex.join(self._ssh())}", *words]
        done = subprocess.run(command, input="\0".join(sorted(paths)).encode(), capture_output=True, check=False)
        if done.returncode:
            raise TargetFailed(self._refused(done.returncode, done.stderr.decode(errors="replace")))
        return done.stdout

    def _run(self, script: str, *arguments: str) -> bytes:
        """Run a script in the target's folder, and give what it prints."""
        whole = f"cd {shlex.quote(self._top)} || exit\n{script}"
        call = shlex.join(["sh", "-c", whole, "sh", *arguments])
        done = subprocess.run([*self._ssh(), self._host, call], capture_output=True, check=False)
        if done.returncode:
            raise TargetFailed(self._refused(done.returncode, done.stderr.decode(errors="replace")))
        return done.stdout

    def _refused(self, code: int, said: str) -> str:
        if code == 1 and not said.strip():
            return ANOTHER_RUNS.format(self.name)
        last = said.strip().splitlines()[-1:] or [f"mã thoát {code}"]
        return f"Nơi đăng / Target {self.name}: {last[0]}"

    def _ssh(self) -> list[str]:
        """The command of ssh, without the machine's name."""
        shared = ["-o", "ControlMaster=auto", "-o", f"ControlPath={self._control}"] if self._control else []
        return [*self._ssh_words(), *shared, *self._port]

    @staticmethod
    def _ssh_words() -> list[str]:
        try:
            return shlex.split(os.environ.get("BULLETINS_SSH", "")) or ["ssh", "-o", "BatchMode=yes"]
        except ValueError as error:
            raise TargetFailed("BULLETINS_SSH: dấu nháy chưa đóng; hãy sửa / a quotation is not closed.") from error


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
