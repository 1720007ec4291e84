"""What bulletins say against each other."""

from __future__ import annotations

from pathlib import Path

from bulletins.reading.rules.across import contradictions
from tests.reading.texts import bulletin, reading

GONE = "status: withdrawn\nwithdrawn: {date: 2023-04-01, reason: Ghi sai ngày.}\n"


def contradicted(folder: Path, more: str) -> set[str]:
    """The rules broken between two reports of one ceremony: another day, another head; `more` is said by the second."""
    claims = []
    for day, head, lines in (("2023-03-02", "phong-mot", ""), ("2023-03-01", "phong-hai", more)):
        ceremony = f"\n  id: le-chung\n  kinds: pact\n  date: {day}"
        heads = f"bloc_years: [{{year: 2023, head: {head}}}]\n"
        found = reading(bulletin(ceremony=ceremony, more=heads + lines), folder)
        claims += [claim._replace(path=day) for claim in found.claims]
    return {mistake.code for mistake in contradictions(claims)}


def test_what_a_withdrawn_bulletin_said_contradicts_nobody(tmp_path: Path) -> None:
    assert contradicted(tmp_path, "") == {"D6", "M4"}
    assert contradicted(tmp_path, GONE) == set()
