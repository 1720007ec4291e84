"""The door to the output folder: finished files wait beside it, go in one by one, and what no plan names goes out."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from bulletins.making.ledger import Ledger, Stat
from bulletins.plan import Made

# What stands in a file's place without being one (a symbolic link, say) never passes for a published file.
_NO_FILE: Stat = (-1, -1)

REPOSITORY = ".git"
"""A repository in the output folder is somebody's way of publishing it: it is never looked into."""

HALF = ".half"
"""Name of a file on its way from another file system."""


class PublishFailed(Exception):
    """The output folder or the place for finished files cannot be written; published files that remain are whole."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands in the output folder, by path relative to it: files with their stats, and folders.

    `times` are the folders' times if the last ledger still had them right, or nothing. `foreign` are files and folders
    that are not the site's: nobody looks at them, and they stay.
    """

    files: Mapping[str, Stat]
    folders: frozenset[str]
    times: Mapping[str, int]
    foreign: frozenset[str] = frozenset()

    def of_site(self, known: AbstractSet[str]) -> Survey:
        """The same with nothing but these files, and what stands in their places or in those of their folders."""
        others = {path for path in self.files.keys() - known if path.rpartition("/")[2] != HALF}
        if others:
            needed = parents(known)
            others = {path for path in others if path not in needed and known.isdisjoint(parents((path,)))}
        files = {path: seen for path, seen in self.files.items() if path not in others}
        return replace(self, files=files, foreign=frozenset(others | (self.folders - parents((*known, *files)))))

    def strange(self, names: AbstractSet[str] = frozenset()) -> tuple[str, ...]:
        """The highest names in the folder that are not the site's, whose files bear these `names` now."""
        own = {path.partition("/")[0] for path in chain(self.files, names)}
        tops = ((path.partition("/")[0], path) for path in self.foreign - names - parents(names))
        return tuple(sorted({path if top in own else top for top, path in tops}))


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: files written, with their new stats, and paths removed."""

    written: Mapping[str, Stat]
    removed: tuple[str, ...]


def survey(output: Path, known: Ledger, is_seen: bool = False) -> Survey:
    """Everything in the output folder, with no symbolic link followed; nothing if the folder is missing.

    Where the ledger still knows all names, its files are only looked at, which halves the time; where somebody has just
    seen that all stands as it says (`is_seen`), nobody looks again.
    """
    with speaking(output):
        if is_seen or (known.folders and folder_times(output, known.folders) == known.folders):
            # What stands as the ledger says has the numbers that are in memory already.
            was = ((path, entry[2:]) for path, entry in known.files.items())
            files = {path: at if is_seen or at == (now := _stat(f"{output}/{path}")) else now for path, at in was}
            return Survey(files, frozenset(known.folders) - {""}, known.folders)
        return _walk(output)


def folder_times(output: Path, folders: Iterable[str]) -> dict[str, int]:
    """When each folder last changed, in nanoseconds; 0 where there is none."""
    times = {}
    for folder in folders:
        try:
            times[folder] = os.lstat(f"{output}/{folder}").st_mtime_ns
        except (FileNotFoundError, NotADirectoryError):
            times[folder] = 0
    return times


def _stat(path: str) -> Stat:
    seen = os.lstat(path)
    return (seen.st_size, seen.st_mtime_ns) if stat.S_ISREG(seen.st_mode) else _NO_FILE


def _walk(output: Path) -> Survey:
    files: dict[str, Stat] = {}
    folders: list[str] = []
    waiting = [(os.fspath(output), "")] if output.exists() else []
    while waiting:
        folder, prefix = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False) and path == REPOSITORY:
                    files[path] = _NO_FILE
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    waiting.append((entry.path, f"{path}/"))
                else:
                    files[path] = _stat(entry.path)
    return Survey(files, frozenset(folders), {})


def stage(staging: Path, path: str, data: bytes, metadata: str = "") -> Made:
    """Write a finished file where it waits for publishing; raises `PublishFailed` if the disk does not take it."""
    with speaking(staging):
        if not os.path.isdir(staging):
            staging.mkdir(parents=True, exist_ok=True)
        with open(_staged(staging, path), "wb") as file:
            file.write(data)
    return Made(hashlib.sha256(data).hexdigest(), len(data), metadata)


def publish(staged: Iterable[str], names: Iterable[str], output: Path, staging: Path, survey: Survey) -> Published:
    """Bring the output folder up to date: `staged` files go in, what is surveyed and not in `names` goes out.

    Files go in before others go out, so that no link of the old site or the new one leads nowhere on the way (unless
    an old file stands where a folder must be); each file is at any time the old one or the new one.
    Raises `PublishFailed`.
    """
    staged = list(staged)
    names = frozenset(names)
    needed = parents(names)
    strays = sorted(survey.files.keys() - names)
    idle = survey.folders - survey.foreign - needed
    in_the_way = not (needed.isdisjoint(strays) and names.isdisjoint(idle))
    with speaking(output):
        if in_the_way:
            _prune(output, strays, idle)
        _make_folders(output, staged, survey.folders)
        written = {path: _move(_staged(staging, path), os.path.join(output, path)) for path in staged}
        if not in_the_way:
            _prune(output, strays, idle)
    return Published(written, tuple(strays))


def survey_of(output: Path, paths: Iterable[str]) -> Survey:
    """How these files stand, for a job that looks at no others; one that is missing is left out."""
    with speaking(output):
        files = {path: _stat(f"{output}/{path}") for path in paths if os.path.isfile(f"{output}/{path}")}
    return Survey(files, frozenset(parents(files)), {})


def same(output: Path, path: str, made: Made, seen: Stat | None) -> bool:
    """Whether the published file has these bytes; it is read only if its size is right."""
    return seen is not None and seen[0] == made.size and _sha256(output / path) == made.sha256


def parents(paths: Iterable[str]) -> set[str]:
    """Every folder that the paths stand in, at any depth."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


@contextmanager
def speaking(place: Path) -> Iterator[None]:
    """Turn an error of the file system into `PublishFailed`, which names the place, the cause and the mend."""
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename or place
        raise PublishFailed(f"Không ghi được vào {where}: {_cause(error)}") from error


def _cause(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return "đĩa đã đầy hoặc hết hạn mức; hãy giải phóng dung lượng rồi dựng lại."
        case errno.EEXIST | errno.EISDIR | errno.ENOTDIR | errno.ENOTEMPTY:
            return "có tệp hoặc thư mục lạ ở chỗ này; hãy chuyển đi nơi khác rồi dựng lại."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "không có quyền ghi; hãy kiểm tra quyền của thư mục rồi dựng lại."
        case _:
            return f"{error.strerror}."


def _make_folders(output: Path, paths: Sequence[str], there: frozenset[str]) -> None:
    if paths:
        output.mkdir(parents=True, exist_ok=True)
    for folder in sorted(parents(paths) - there):
        try:
            os.mkdir(f"{output}/{folder}")
        except FileExistsError:
            # Somebody else's may be there already; a link to one is none.
            if not stat.S_ISDIR(os.lstat(f"{output}/{folder}").st_mode):
                raise


def _move(staged: str, target: str) -> Stat:
    try:
        os.replace(staged, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _move_across(staged, target)
    return _stat(target)


def _move_across(staged: str, target: str) -> None:
    """From one file system to another nothing can be moved at once; so copy beside the target first.

    The copy has the one name of those that are ignored: what a killed build leaves is no page, and the next removes it.
    """
    beside = os.path.join(os.path.dirname(target), HALF)
    try:
        shutil.copyfile(staged, beside)
        os.replace(beside, target)
    except OSError:
        _unlink(beside)
        raise


def _unlink(path: str | Path) -> None:
    """Remove a file; one that vanished between two looks is gone."""
    with suppress(FileNotFoundError):
        os.unlink(path)


def _prune(output: Path, strays: Iterable[str], folders: Iterable[str]) -> None:
    for path in strays:
        _unlink(output / path)
    for folder in sorted(folders, reverse=True):
        try:
            os.rmdir(output / folder)
        except OSError as error:
            # One in which somebody else keeps something stays.
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise


def _staged(staging: Path, path: str) -> str:
    """Where a file waits: one flat folder is cheaper than a second tree, and no path can lead out of it."""
    return os.path.join(staging, hashlib.blake2b(path.encode(), digest_size=16).hexdigest())


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
