"""A release made of what was built: its sums, their signature, and what the server needs besides."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

from bulletins.publishing.packing import Coding
from bulletins.publishing.signing import SecretKey, sign
from bulletins.publishing.sums import SERVER_SUMS, SIGNATURE, SUMS, write_sums
from bulletins.publishing.target import Part, Release


def release_of(
    built: Part, packed: Sequence[Part], server_files: Mapping[str, bytes], number: int, key: SecretKey | None
) -> Release:
    """The release of a built site, and of files that are the server's own (`server_files.server_files`)."""
    sums = write_sums(built.files)
    own = {path: sha256 for part in packed for path, sha256 in part.files.items()}
    extra = {
        SUMS: sums,
        **({SIGNATURE: sign(key, sums, f"release {number}")} if key else {}),
        SERVER_SUMS: write_sums({**own, **_hashed(server_files)}),
        **server_files,
    }
    return Release(number, (built, *packed), extra)


def again(
    sums: Mapping[str, str], server_sums: Mapping[str, str], changed: Mapping[str, bytes], codings: Iterable[Coding],
    number: int, key: SecretKey | None,
) -> Release:  # fmt: skip
    """A release that shows an earlier one with these sums again, but for files that changed."""
    texts = {path + coding.ending: coding.compress(data) for coding in codings for path, data in changed.items()}
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


def is_same(release: Release, sums: bytes, server_sums: bytes, is_signed: bool) -> bool:
    """Whether a release with these sums shows what this one would."""
    return (release.extra[SUMS], release.extra[SERVER_SUMS], SIGNATURE in release.extra) == (
        sums, server_sums, is_signed,
    )  # fmt: skip


def obsolete(kept: Sequence[int], present: int, keep: int, showing: Collection[int]) -> list[int]:
    """The releases to remove: all but the newest `keep`, and those that show what has been withdrawn since."""
    return [number for number in kept if number != present and (number not in kept[-keep:] or number in showing)]


def withdrawn_of(then: Mapping[tuple[str, str], str], now: Mapping[tuple[str, str], str]) -> list[str]:
    """The ids of what a release shows and is withdrawn now: both give `gone` of each object by its type and id.

    What moved is where it moved to.
    """
    return sorted(key[1] for key, gone in then.items() if gone == "" and _fate(key, now) == "withdrawn")


def _fate(key: tuple[str, str], now: Mapping[tuple[str, str], str]) -> str:
    """`withdrawn`, or nothing, of an object or of what it has become."""
    seen: set[tuple[str, str]] = set()
    gone = now.get(key, "")
    while gone not in ("", "withdrawn") and key not in seen:
        seen.add(key)
        key = (key[0], gone)
        gone = now.get(key, "")
    return gone
