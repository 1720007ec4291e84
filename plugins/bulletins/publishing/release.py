"""A release made of what was built: its sums, their signature, and marks that tell a server what was withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

from bulletins.publishing.packing import compressed
from bulletins.publishing.serving import GONE
from bulletins.publishing.signing import SecretKey, sign
from bulletins.publishing.sums import SERVER_SUMS, SIGNATURE, SUMS, write_sums
from bulletins.publishing.target import Part, Release

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""SHA-256 of no bytes at all."""


def release_of(built: Part, packed: Part, withdrawn: Collection[str], number: int, key: SecretKey | None) -> Release:
    """The release of a built site; `withdrawn` are the ids of bulletins of which nothing but a notice is left."""
    marks = marks_of(built.files, withdrawn)
    sums = write_sums(built.files)
    extra = {
        SUMS: sums,
        **({SIGNATURE: sign(key, sums, f"release {number}")} if key else {}),
        SERVER_SUMS: write_sums({**packed.files, **dict.fromkeys(marks, EMPTY)}),
        **dict.fromkeys(marks, b""),
    }
    return Release(number, (built, packed), extra)


def again(
    sums: Mapping[str, str], server_sums: Mapping[str, str], changed: Mapping[str, bytes], number: int,
    key: SecretKey | None,
) -> Release:  # fmt: skip
    """A release that shows an earlier one with these sums again, but for files that changed."""
    texts = {f"{path}.gz": compressed(data) for path, data in changed.items()}
    new = write_sums({**sums, **_hashed(changed)})
    extra = {
        **changed,
        **texts,
        SUMS: new,
        **({SIGNATURE: sign(key, new, f"release {number}")} if key else {}),
        SERVER_SUMS: write_sums({**server_sums, **_hashed(texts)}),
    }
    return Release(number, (), extra)


def _hashed(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}


def marks_of(paths: Iterable[str], withdrawn: Collection[str]) -> list[str]:
    """The path of the mark in the folder of every page that is a notice of something withdrawn."""
    wanted = set(withdrawn)
    pages = (path.removesuffix("index.html") for path in paths if path.endswith("/index.html"))
    return sorted(f"{folder}{GONE}" for folder in pages if _bulletin_of(folder) in wanted)


def _bulletin_of(folder: str) -> str:
    """The id of the bulletin that a page below `ban-tin/` or `anh/` belongs to."""
    room, _, rest = folder.partition("/")
    return rest.partition("/")[0] if room in ("ban-tin", "anh") else ""


def is_same(release: Release, sums: bytes, server_sums: bytes, is_signed: bool) -> bool:
    """Whether a release with these sums shows what this one would."""
    return (release.extra[SUMS], release.extra[SERVER_SUMS], SIGNATURE in release.extra) == (
        sums, server_sums, is_signed,
    )  # fmt: skip


def obsolete(kept: Sequence[int], present: int, keep: int, showing: Collection[int]) -> list[int]:
    """The releases to remove: all but the newest `keep`, and those that show what has been withdrawn since."""
    return [number for number in kept if number != present and (number not in kept[-keep:] or number in showing)]


def shows_withdrawn(then: Mapping[tuple[str, str], str], now: Mapping[tuple[str, str], str]) -> bool:
    """Whether a release shows what is withdrawn now: both give `gone` of each object by its type and id."""
    return any(gone == "" and now.get(key) == "withdrawn" for key, gone in then.items())
