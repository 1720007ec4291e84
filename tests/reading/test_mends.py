"""Whatever a mistake proposes can be typed as it stands: each proposal is typed in its place, and read again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bulletins.mistakes import Mistake
from tests.reading.test_broken_sites import BROKEN, broken_site, expected, read

_LINE = re.compile(r"(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): \[(?P<code>\w+)\] (?P<message>.*)")
_TYPED = re.compile(r"“(?P<text>[^”]*)”")
_PROPOSALS = (
    re.compile(r"có phải `(?P<value>[^`]+)`\?"),
    re.compile(r"có phải “(?P<value>[^”]+)”"),
    re.compile(r"(?:có phải|chỉ có ở nơi khác:|ghi rõ mã:) (?:“[^”]*” \()?`(?P<value>[^`]+)`"),
    re.compile(r"danh bạ viết “(?P<value>[^”]+)”"),
    re.compile(r"viết là “(?P<value>[^”]+)”"),
    re.compile(r"thì là (?P<value>\d{4}-\d\d-\d\d)"),
)
_ENTRY = re.compile(r"(?:thêm vào|thì thêm vào) (?P<file>content/register/\w+\.yaml): `(?P<entry>- \{.*\})`")


class Mend(NamedTuple):
    """One way of mending that a mistake proposes: what it says, and how to do so."""

    site: str
    line: str
    value: str
    into: str
    """The file of the register to which an entry is added; empty for a value typed in place of the wrong one."""


def mends() -> Iterator[Mend]:
    """Every proposal of every expected mistake."""
    for name in BROKEN:
        for line in expected(name):
            yield from (Mend(name, line, match["entry"], match["file"]) for match in _ENTRY.finditer(line))
            message = _ENTRY.sub("", line)
            values = {match["value"]: None for pattern in _PROPOSALS for match in pattern.finditer(message)}
            yield from (Mend(name, line, value, "") for value in values)


MENDS = list(mends())


def test_many_mistakes_propose_something() -> None:
    assert len(MENDS) > 20


@pytest.mark.parametrize("mend", MENDS, ids=lambda mend: f"{mend.site}-{mend.value[:30]}")
def test_what_a_mistake_proposes_can_be_typed_as_it_stands(mend: Mend, tmp_path: Path) -> None:
    site = broken_site(mend.site, tmp_path)
    before = set(read(site).mistakes)
    (_add if mend.into else _replace)(site, mend)
    after = set(read(site).mistakes)

    told = {mistake.message for mistake in before} - {mistake.message for mistake in after}
    assert any(mend.line.endswith(message) for message in told), "it is told no more"
    assert not _errors(after) - _errors(before), "and nothing else instead"


def _errors(mistakes: set[Mistake]) -> set[str]:
    """The errors, but for links to the dossiers of a bulletin that has come to be another bloc's."""
    return {mistake.message for mistake in mistakes if mistake.level == "error" and mistake.code != "L2"}


def _add(site: Path, mend: Mend) -> None:
    path = site / mend.into
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before.rstrip()}\n{mend.value}\n", encoding="utf-8")


def _replace(site: Path, mend: Mend) -> None:
    place = _LINE.fullmatch(mend.line)
    assert place
    path = site / place["path"]
    lines = path.read_text(encoding="utf-8").split("\n")
    at, column = int(place["line"]) - 1, int(place["column"]) - 1
    lines[at] = lines[at][:column] + _in_its_place(lines[at][column:], place["message"], mend.value)
    path.write_text("\n".join(lines), encoding="utf-8")


def _in_its_place(rest: str, message: str, value: str) -> str:
    """The rest of a line with the proposed value for the words quoted first, or else for the name of the field."""
    typed = _TYPED.search(message.partition(": ")[2] or message)
    if typed and typed["text"] in rest:
        return rest.replace(typed["text"], value, 1)
    return re.sub(r"\A[^:\s]+", value, rest, count=1)
