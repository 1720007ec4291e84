"""The judges look at every file of their kind, and notice what is wrong with it."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bulletins.publishing.serving import headers_of
from tests.indexes import cases, sample
from tools.judges import DATA, Verdict, marked, printed
from tools.page_judges import Scores
from tools.page_types import page_types
from tools.serve_as_deployed import served

OTHERS = ("_ajv", "_jing", "_sitemap")
"""Judges that need another program."""


def verdicts(folder: Path, site: dict[str, bytes]) -> dict[str, Verdict]:
    """What the judges say that need no other program."""
    sample.write(folder, site)
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    inside = [judge for judge in DATA if judge.__name__ not in OTHERS]
    return {verdict.judge: verdict for verdict in (judge(folder, files) for judge in inside)}


@pytest.mark.parametrize("site", [sample.published, cases.site], ids=["sample", "cases"])
def test_the_judges_find_nothing_in_the_samples(site: Callable[[], Mapping[str, bytes]], tmp_path: Path) -> None:
    given = verdicts(tmp_path, dict(site()))

    assert {name: verdict.findings for name, verdict in given.items() if verdict.findings} == {}
    assert all(verdict.files for verdict in given.values())
    assert printed(given.values()) == 0


@pytest.mark.parametrize(
    ("judge", "path", "right", "wrong"),
    [
        ("jsonschema", "api/v1/blocs.json", b'"blocs": [', b'"khoi": ['),
        ("IIIF presentation-validator", "api/v1/galleries/khoi-1-2023-pact/manifest.json", b'"Canvas"', b'"Canva"'),
        ("IIIF Change Discovery", "api/v1/galleries/changes/1.json", b'"endTime"', b'"endtime"'),
        ("openapi-spec-validator", "api/v1/openapi.json", b'"responses"', b'"answers"'),
        ("JSON Feed", "feed.json", b'"items"', b'"muc"'),
        ("feedparser", "feed.xml", b"</feed>", b""),
        ("icalendar", "lich.ics", b"DTSTART;VALUE=DATE:20230302", b"DTSTART;VALUE=DATE:20231302"),
    ],
)
def test_a_judge_notices_a_fault(tmp_path: Path, judge: str, path: str, right: bytes, wrong: bytes) -> None:
    assert right in sample.published()[path]
    given = verdicts(tmp_path, {**sample.published(), path: sample.published()[path].replace(right, wrong)})

    assert given[judge].findings and given[judge].findings[0].startswith(path)
    assert printed(given.values()) == 1


def page(folder: Path, address: str, text: str = "") -> None:
    file = folder / address.lstrip("/") / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    link = f'<link rel="canonical" href="https://bantin.example.vn{address}">'
    file.write_text(f"<!doctype html>{link}{text}", encoding="utf-8")


def test_of_each_page_type_the_longest_page_is_looked_at(tmp_path: Path) -> None:
    for address in ("/", "/ban-tin/a/", "/ban-tin/b/", "/khoi/", "/khoi/x/", "/khoi/x/2023/", "/anh/a/anh-01/"):
        page(tmp_path, address, "dài" * (address == "/ban-tin/b/"))
    types = page_types(tmp_path)

    assert types == {
        "trang-chu": "/", "ban-tin": "/ban-tin/b/", "cac-khoi": "/khoi/", "khoi": "/khoi/x/", "ho-so": "/khoi/x/2023/",
        "anh": "/anh/a/anh-01/",
    }  # fmt: skip


def test_pages_are_served_for_judges_as_they_are_in_public(tmp_path: Path) -> None:
    page(tmp_path, "/")
    page(tmp_path, "/khoi/")
    with served(tmp_path) as site:
        connection = HTTPConnection(site.removeprefix("http://"), timeout=20)
        connection.request("GET", "/khoi/", headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        text = gzip.decompress(answer.read()).decode()
        connection.close()

    assert {name: answer.headers[name] for name in headers_of("/khoi/")} == headers_of("/khoi/")
    assert f'href="{site}/khoi/"' in text and "bantin.example.vn" not in text


def test_what_is_below_the_least_in_any_run_is_a_finding() -> None:
    scores = Scores("nam", {"performance": (100, 94, 99), "seo": (100, 100, 95)}, (0.0, 0.0, 0.1))

    assert scores.findings == ["nam: performance: (100, 94, 99)"]
    assert str(scores) == "nam: performance 100 94 99, seo 100 100 95; CLS 0.000 0.000 0.100"


def test_a_served_site_that_gets_less_than_the_best_mark_or_fails_a_test_is_a_finding() -> None:
    tests = {"csp": {"pass": True, "result": "csp-implemented"}, "redirection": {"pass": False, "result": "missing"}}

    assert marked("MDN", {"grade": "A+", "score": 130, "tests": {"csp": tests["csp"]}}).findings == ()
    assert marked("MDN", {"grade": "B", "score": 80, "tests": tests}).findings == (
        "B, A+ is wanted",
        "redirection: missing",
    )
