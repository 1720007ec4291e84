"""What judges made by others say of a built site: validators, grammars and readers that know nothing of us."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from tools import chromium
from tools.environment import ROOT
from tools.page_judges import MEASURED, Browser, lighthouse, pa11y
from tools.page_types import page_types
from tools.serve_as_deployed import served
from tools.web_servers import NAME, Secure, secure_caddy, secure_nginx

VENDOR = ROOT / "tests" / "vendor"
PROGRAMS = ROOT / ".cache" / "judges"
NPM = (
    "ajv@8", "ajv-formats@3", "html-validate@10", "vnu-jar@26", "pa11y@9", "lighthouse@12",
    "@mdn/mdn-http-observatory@1.4.8",
)  # fmt: skip
"""What npm installs, once, into a folder that is no part of the project. Newer ones want a newer Node than Debian's."""
MOST_SHOWN = 5


class Verdict(NamedTuple):
    """How many files a judge looked at, and what it found; `files` is None where the judge is not installed.

    `figures` are what it measured, a line each.
    """

    judge: str
    files: int | None
    findings: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def judged(output: Path, pages: bool = False) -> Iterator[Verdict]:
    """The verdict of every judge on the site in this folder; with `pages`, of those of `PAGES` alone."""
    files = {path.relative_to(output).as_posix(): path for path in sorted(output.rglob("*")) if path.is_file()}
    yield from (judge(output, files) for judge in (PAGES if pages else (*DATA, *PAGES)))


def judged_samples() -> Iterator[Verdict]:
    """What the judges of data say of the second sample of the tests, in which every case of the contract stands."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.indexes.cases", folder]
        paths = os.pathsep.join((str(ROOT), str(ROOT / "plugins")))
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths})
        output = Path(folder)
        files = {path.relative_to(output).as_posix(): path for path in sorted(output.rglob("*")) if path.is_file()}
        yield from (judge(output, files) for judge in DATA)


def printed(verdicts: Iterable[Verdict]) -> int:
    """Print the verdicts, one a line, and what they found; 1 if anything, else 0."""
    findings = 0
    for verdict in verdicts:
        count = len(verdict.findings)
        seen = (
            "chưa cài / not installed"
            if verdict.files is None
            else f"{verdict.files} tệp / files, {count} lỗi / findings"
        )
        print(f"{verdict.judge}: {seen}")
        for line in (*verdict.figures, *verdict.findings[:MOST_SHOWN]):
            print(f"  {line}", flush=True)
        findings += count
    return 1 if findings else 0


Files = Mapping[str, Path]


def _each(judge: str, files: Mapping[str, Path], look: Callable[[Path], Iterable[str]]) -> Verdict:
    findings = [f"{name}: {finding}" for name, path in files.items() for finding in look(path)]
    return Verdict(judge, len(files), tuple(findings))


def _named(files: Files, *ends: str) -> dict[str, Path]:
    return {name: path for name, path in files.items() if name.endswith(ends)}


def _documents(files: Files) -> dict[str, Any]:
    """Every JSON document that names a schema."""
    read = {name: json.loads(path.read_bytes()) for name, path in _named(files, ".json").items() if name[:4] == "api/"}
    return {name: value for name, value in read.items() if "schema" in value}


def _json_schema(output: Path, files: Files) -> Verdict:
    from jsonschema import Draft202012Validator

    schemas = {
        (value := json.loads(path.read_bytes()))["$id"]: value for name, path in files.items() if "/schemas/" in name
    }
    made = {id_: Draft202012Validator(value, format_checker=Draft202012Validator.FORMAT_CHECKER)
            for id_, value in schemas.items()}  # fmt: skip
    documents = _documents(files)
    findings = [f"{name}: {error.json_path}: {error.message[:200]}"
             for name, value in documents.items() for error in made[value["schema"]].iter_errors(value)]  # fmt: skip
    return Verdict("jsonschema", len(documents), tuple(findings))


def _ajv(output: Path, files: Files) -> Verdict:
    """Every schema compiled by ajv in its strict mode, and every document validated by it."""
    if not _installed():
        return Verdict("ajv strict", None)
    script = ROOT / "tools" / "ajv.js"
    done = subprocess.run(
        ["node", str(script), str(PROGRAMS / "node_modules"), str(output)], capture_output=True, text=True, check=False
    )
    lines = (done.stdout + done.stderr).splitlines()
    count = int(lines[-1]) if lines and lines[-1].isdecimal() else 0
    return Verdict("ajv strict", count, tuple(lines[:-1] if count else lines))


def _iiif(output: Path, files: Files) -> Verdict:
    from jsonschema import Draft7Validator

    official = Draft7Validator(json.loads((VENDOR / "iiif" / "iiif_3_0.json").read_bytes()))
    manifests = {name: path for name, path in files.items() if name.endswith("/manifest.json")}
    return _each("IIIF presentation-validator", manifests, lambda path: _errors(official, path))


def _discovery(output: Path, files: Files) -> Verdict:
    """What happened to galleries, by the tables of IIIF's specification; nobody has published a schema of it."""
    from jsonschema import Draft202012Validator

    from bulletins.indexes.discovery import COLLECTION, COLLECTION_PAGE, SCHEMAS

    made = {name: Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
    streams = {name: path for name, path in files.items() if name.startswith("api/v1/galleries/changes")}

    def errors(path: Path) -> Iterator[str]:
        return _errors(made[COLLECTION if path.name == "changes.json" else COLLECTION_PAGE], path)

    return _each("IIIF Change Discovery", streams, errors)


def _json_feed(output: Path, files: Files) -> Verdict:
    from jsonschema import Draft4Validator
    from referencing import Registry, Resource

    older, newer = (json.loads((VENDOR / "jsonfeed" / f"{name}.json").read_bytes()) for name in ("feed-1", "feed"))
    registry: Registry[Any] = Registry().with_resource(older["id"], Resource.from_contents(older))
    schema = Draft4Validator(newer, registry=registry)
    feeds = {name: path for name, path in _named(files, ".json").items() if Path(name).name.startswith("feed")}
    return _each("JSON Feed", feeds, lambda path: _errors(schema, path))


def _errors(validator: Any, path: Path) -> Iterator[str]:
    return (error.message[:200] for error in validator.iter_errors(json.loads(path.read_bytes())))


def _atom_feeds(files: Files) -> dict[str, Path]:
    return {name: path for name, path in _named(files, ".xml").items() if Path(name).name.startswith("feed")}


def _feedparser(output: Path, files: Files) -> Verdict:
    import feedparser

    def look(path: Path) -> Iterator[str]:
        read = feedparser.parse(path.read_bytes())
        return iter([str(read.bozo_exception)] if read.bozo else [])

    return _each("feedparser", _atom_feeds(files), look)


def _jing(output: Path, files: Files) -> Verdict:
    feeds = _atom_feeds(files)
    command = ["jing", "-c", str(VENDOR / "atom" / "atom.rnc"), *map(str, feeds.values())]
    return _program("RFC 4287 (jing)", command, len(feeds))


def _sitemap(output: Path, files: Files) -> Verdict:
    maps = {
        name: path
        for name, path in files.items()
        if name.startswith("sitemap") and b"<urlset" in path.read_bytes()[:200]
    }
    command = ["xmllint", "--noout", "--schema", str(VENDOR / "sitemap" / "sitemap.xsd"), *map(str, maps.values())]
    return _program("sitemap 0.9 (xmllint)", command, len(maps))


def _program(judge: str, command: list[str], count: int) -> Verdict:
    if not shutil.which(command[0]):
        return Verdict(judge, None)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Verdict(judge, count, tuple((done.stdout + done.stderr).splitlines()) if done.returncode else ())


def _openapi(output: Path, files: Files) -> Verdict:
    """The description itself; that its schemas are sound is for others to judge."""
    from openapi_spec_validator import OpenAPIV31SpecValidator

    def look(path: Path) -> Iterator[str]:
        described = json.loads(path.read_bytes(), object_hook=lambda value: {} if "$ref" in value else value)
        return (error.message[:200] for error in OpenAPIV31SpecValidator(described).iter_errors())

    return _each("openapi-spec-validator", _named(files, "api/v1/openapi.json"), look)


def _icalendar(output: Path, files: Files) -> Verdict:
    from icalendar import Calendar

    def look(path: Path) -> Iterator[str]:
        calendar = Calendar.from_ical(path.read_bytes())
        return (str(error) for part in calendar.walk() for error in part.errors)

    return _each("icalendar", _named(files, ".ics"), look)


def _html(output: Path, files: Files) -> Verdict:
    import html5lib

    def look(path: Path) -> Iterator[str]:
        parser = html5lib.HTMLParser()
        parser.parse(path.read_bytes(), transport_encoding="utf-8")
        return (f"{place}: {code}" for place, code, _ in parser.errors)

    return _each("html5lib", _named(files, ".html"), look)


def _html_validate(output: Path, files: Files) -> Verdict:
    """Pages as html-validate recommends them; titles are as long as offices make them, `<!doctype html>` is ours."""
    pages = [str(path) for path in _named(files, ".html").values()]
    if not _installed():
        return Verdict("html-validate", None)
    rules = {"doctype-style": "off", "long-title": "off"}
    config = PROGRAMS / "html-validate.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": rules}), "utf-8")
    program = str(PROGRAMS / "node_modules" / ".bin" / "html-validate")
    return _program("html-validate", [program, "-f", "text", "-c", str(config), *pages], len(pages))


def _vnu(output: Path, files: Files) -> Verdict:
    """Pages as the checker of the W3C sees them."""
    pages = [str(path) for path in _named(files, ".html").values()]
    if not _installed():
        return Verdict("vnu", None)
    jar = PROGRAMS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return _program("vnu", ["java", "-jar", str(jar), "--format", "gnu", *pages], len(pages))


def _pa11y(output: Path, files: Files) -> Verdict:
    """One page of each type as axe and HTML CodeSniffer see it."""
    path = chromium.find()
    if path is None or not _installed():
        return Verdict("pa11y (axe, htmlcs)", None)
    types = page_types(output)
    with served(output) as site:
        findings = pa11y(Browser(path, PROGRAMS), {name: f"{site}{address}" for name, address in types.items()})
        return Verdict("pa11y (axe, htmlcs)", len(types), tuple(findings))


def _lighthouse(output: Path, files: Files) -> Verdict:
    """The pages that matter most, served packed and with every header."""
    path = chromium.find()
    if path is None or not _installed():
        return Verdict("Lighthouse", None)
    types = {name: address for name, address in page_types(output).items() if name in MEASURED}
    browser = Browser(path, PROGRAMS)
    with served(output) as site:
        scores = [lighthouse(browser, name, f"{site}{address}") for name, address in types.items()]
    findings = tuple(finding for page in scores for finding in page.findings)
    return Verdict("Lighthouse", len(types), findings, tuple(map(str, scores)))


def _caddy_observatory(output: Path, files: Files) -> Verdict:
    """The site as Caddy serves it with the file of `deploy/`, marked by MDN's Observatory."""
    return _observatory("caddy", secure_caddy, output)


def _nginx_observatory(output: Path, files: Files) -> Verdict:
    """The site as nginx serves it with the file of `deploy/`, marked by MDN's Observatory."""
    return _observatory("nginx", secure_nginx, output)


def _observatory(
    program: str, start: Callable[[Path, Path], AbstractContextManager[Secure]], output: Path
) -> Verdict:  # fmt: skip
    """The headers of the home page, its redirection from http and its certificate; the scanner looks at no other."""
    name = f"MDN HTTP Observatory ({program})"
    if not shutil.which(program) or not _installed():
        return Verdict(name, None)
    package = PROGRAMS / "node_modules" / "@mdn" / "mdn-http-observatory"
    # Browsers' list of hosts that are asked by https alone; the package fetches it, and no site of ours is in it.
    (package / "conf" / "hsts-preload.json").write_text("{}", encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, start(Path(folder), output) as server:
        script, index = str(ROOT / "tools" / "observatory.mjs"), str(package / "src" / "index.js")
        done = subprocess.run(
            ["node", script, index, NAME, str(server.http), str(server.https)],
            capture_output=True, text=True, check=False,
            env={**os.environ, "NODE_EXTRA_CA_CERTS": str(server.authority)},
        )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"mdn-http-observatory: {done.stderr.strip()}")
    return marked(name, json.loads(done.stdout))


def marked(name: str, report: dict[str, Any]) -> Verdict:
    """The verdict on a site that got these marks: less than A+, or a test that was not passed, is a finding."""
    failed = [f"{test}: {mark['result']}" for test, mark in report["tests"].items() if not mark["pass"]]
    low = [] if report["grade"] == "A+" else [f"{report['grade']}, A+ is wanted"]
    passed = f"{len(report['tests']) - len(failed)}/{len(report['tests'])}"
    return Verdict(name, 1, (*low, *failed), (f"{report['grade']}, {report['score']} points, {passed} tests passed",))


def _installed() -> bool:
    """Whether the programs of npm are there, after they are installed if they are not; none of their scripts runs."""
    if not shutil.which("npm"):
        return False
    if not all((PROGRAMS / "node_modules" / package.rpartition("@")[0]).is_dir() for package in NPM):
        PROGRAMS.mkdir(parents=True, exist_ok=True)
        options = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(PROGRAMS)]
        environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
        subprocess.run(["npm", "install", *options, *NPM], check=True, env=environment)
    return True


DATA: tuple[Callable[[Path, Files], Verdict], ...] = (
    _json_schema, _ajv, _iiif, _discovery, _openapi, _json_feed, _feedparser, _jing, _icalendar, _sitemap,
)  # fmt: skip
"""Judges of the files for programs."""

PAGES: tuple[Callable[[Path, Files], Verdict], ...] = (
    _html, _html_validate, _vnu, _pa11y, _lighthouse, _caddy_observatory, _nginx_observatory,
)  # fmt: skip
"""Judges of the pages."""
