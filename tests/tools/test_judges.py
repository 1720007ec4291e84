"""The judges look at every file of their kind, and notice what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indexes import sample
from tools.judges import DATA, Verdict, printed

OTHERS = ("_ajv", "_jing", "_sitemap")
"""Judges that need another program."""


def verdicts(folder: Path, site: dict[str, bytes]) -> dict[str, Verdict]:
    """What the judges say that need no other program."""
    sample.write(folder, site)
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    inside = [judge for judge in DATA if judge.__name__ not in OTHERS]
    return {verdict.judge: verdict for verdict in (judge(folder, files) for judge in inside)}


def test_the_judges_find_nothing_in_the_sample(tmp_path: Path) -> None:
    given = verdicts(tmp_path, dict(sample.site()))

    assert {name: verdict.findings for name, verdict in given.items() if verdict.findings} == {}
    assert all(verdict.files for verdict in given.values())
    assert printed(given.values()) == 0


@pytest.mark.parametrize(
    ("judge", "path", "right", "wrong"),
    [
        ("jsonschema", "api/v1/blocs.json", b'"blocs": [', b'"khoi": ['),
        ("IIIF presentation-validator", "api/v1/galleries/khoi-1-2023-pact/manifest.json", b'"Canvas"', b'"Canva"'),
        ("openapi-spec-validator", "api/v1/openapi.json", b'"responses"', b'"answers"'),
        ("JSON Feed", "feed.json", b'"items"', b'"muc"'),
        ("feedparser", "feed.xml", b"</feed>", b""),
        ("icalendar", "lich.ics", b"DTSTART;VALUE=DATE:20230302", b"DTSTART;VALUE=DATE:20231302"),
    ],
)
def test_a_judge_notices_a_fault(tmp_path: Path, judge: str, path: str, right: bytes, wrong: bytes) -> None:
    assert right in sample.site()[path]
    given = verdicts(tmp_path, {**sample.site(), path: sample.site()[path].replace(right, wrong)})

    assert given[judge].findings and given[judge].findings[0].startswith(path)
    assert printed(given.values()) == 1
