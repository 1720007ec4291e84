"""Making one line of the plan: its files are made, looked at, and left in the staging folder."""

from __future__ import annotations

from pathlib import Path

from bulletins.making.publish import PublishFailed, stage
from bulletins.plan import Check, Made, Output


class MakingFailed(Exception):
    """One file could not be made, so nothing is published; `path` is the file, `reason` says why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason

    def __str__(self) -> str:
        return f"Không làm được {self.path}: {self.reason}"


def make_line(output: Output, staging: Path, checks: tuple[Check, ...] = ()) -> dict[str, Made]:
    """Make one Output, let the checks see its files, and stage them; raises `MakingFailed` or `PublishFailed`."""
    try:
        files = {
            path: _dated(output, data) for path, data in zip(output.paths, output.make(*output.inputs), strict=True)
        }
        for path, (data, _) in files.items():
            _refuse(path, data, checks)
        return {
            path: stage(staging, path, data)._replace(metadata=metadata) for path, (data, metadata) in files.items()
        }
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
