"""One line of the plan: where its files do not stand, they are made, looked at, and left in the staging folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bulletins.making.fingerprints import dated, fingerprint_of
from bulletins.making.ledger import Entry
from bulletins.making.publish import PublishFailed, stage
from bulletins.plan import Check, Made, Output

Standing = Mapping[str, Entry]
"""Entries of the ledger whose files stand as they were published, by path."""


class MakingFailed(Exception):
    """One file could not be made, so nothing is published; `path` is the file, `reason` says why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason

    def __str__(self) -> str:
        return f"Không làm được {self.path}: {self.reason}"


class Done(NamedTuple):
    """What came of a line: its files, its fingerprint, and what was made; None where its files stand.

    `place` is that of the line, or of the part it belongs to, among the lines of a job.
    """

    paths: tuple[str, ...]
    fingerprint: str
    made: tuple[Made, ...] | None
    place: int


def stands(output: Output, fingerprint: str, standing: Standing) -> bool:
    """Whether all files of an Output stand, and were made from inputs with this fingerprint."""
    return all(path in standing and standing[path][0] == fingerprint for path in output.paths)


def make_line(output: Output, staging: Path, checks: tuple[Check, ...], standing: Standing, place: int = 0) -> Done:
    """Make one Output where its files do not stand, let the checks see them, and stage them.

    Raises `MakingFailed` or `PublishFailed`, and TypeError for an input without a digest.
    """
    inputs = fingerprint_of(output)
    fingerprint = dated(inputs, output)
    if stands(output, fingerprint, standing):
        return Done(output.paths, fingerprint, None, place)
    made = _make(output, staging, checks)
    return Done(output.paths, dated(inputs, output, made), made, place)


def _make(output: Output, staging: Path, checks: tuple[Check, ...]) -> tuple[Made, ...]:
    try:
        made = output.make(*output.inputs)
        files = [(path, *_dated(output, data)) for path, data in zip(output.paths, made, strict=True)]
        for path, data, _ in files:
            _refuse(path, data, checks)
        return tuple(stage(staging, *file) for file in files)
    except (PublishFailed, MakingFailed):
        raise
    except Exception as error:
        raise MakingFailed(output.paths[0], f"{type(error).__name__}: {error}") from error


def _dated(output: Output, data: bytes) -> tuple[bytes, str]:
    return output.dating.date(data) if output.dating else (data, "")


def _refuse(path: str, data: bytes, checks: tuple[Check, ...]) -> None:
    for check in checks:
        reason = check.look(path, data, *check.inputs)
        if reason:
            raise MakingFailed(path, reason)
