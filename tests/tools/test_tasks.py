"""The commands of `tasks.py`: the environment they make, the answers they give, the locks they install."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from invoke import Collection, Task

import tasks
from tools import chromium as browsers
from tools import environment, program
from tools.locks import EXTRAS
from tools.serve import server

ROOT = environment.ROOT
LOCKS = (environment.RUNTIME_LOCK, environment.DEV_LOCK)
COMMANDS = Collection.from_module(tasks).tasks


# The environment


@pytest.mark.parametrize(
    ("windows", "python"), [(False, ".venv/bin/python"), (True, ".venv/Scripts/python.exe")]
)  # fmt: skip
def test_the_python_of_an_environment_stands_where_its_platform_puts_it(windows: bool, python: str) -> None:
    assert environment.interpreter(Path(".venv"), windows) == Path(python)


@pytest.mark.parametrize(
    ("record", "current"),
    [
        ({"python": "cpython-311", "requirements.lock": "1"}, True),
        ({"python": "cpython-311", "requirements.lock": "1", "requirements-dev.lock": "2"}, True),
        ({"python": "cpython-311", "requirements.lock": "0"}, False),
        ({"python": "cpython-312", "requirements.lock": "1"}, False),
        ({"python": "cpython-311"}, False),
        ({}, False),
    ],
)
def test_an_environment_is_current_if_it_was_made_by_this_python_and_from_this_lock(
    record: Mapping[str, str], current: bool
) -> None:
    wanted = {"python": "cpython-311", "requirements.lock": "1"}

    assert environment.is_current(record, wanted) is current


def test_another_lock_asks_for_another_environment_and_another_place_does_not(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for root in (here, there):
        root.mkdir()
        (root / "requirements.lock").write_text("pelican==4.12.0")
    before = environment.made_from(here, ["requirements.lock"])
    moved = environment.made_from(there, ["requirements.lock"])
    (here / "requirements.lock").write_text("pelican==4.12.1")

    assert environment.made_from(here, ["requirements.lock"]) != before
    assert moved == before


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """An environment as a finished making leaves it, without anything inside."""
    python = environment.interpreter(tmp_path)
    python.parent.mkdir()
    python.touch()
    record = {"python": "cpython-311", "base": sys.executable}
    (tmp_path / environment.RECORD).write_text(json.dumps(record), encoding="utf-8")
    return tmp_path


def test_a_finished_environment_says_what_it_was_made_from(venv: Path) -> None:
    assert environment.recorded(venv) == {"python": "cpython-311", "base": sys.executable}


@pytest.mark.parametrize("text", [None, "", '{"root": ', "[]", "\udcff"])
def test_an_environment_whose_record_is_missing_or_broken_counts_as_half_made(venv: Path, text: str | None) -> None:
    record = venv / environment.RECORD
    record.unlink()
    if text is not None:
        record.write_bytes(text.encode("utf-8", "surrogateescape"))

    assert environment.recorded(venv) == {}


def test_an_environment_whose_python_is_gone_counts_as_half_made(venv: Path) -> None:
    environment.interpreter(venv).unlink()

    assert environment.recorded(venv) == {}


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("pip._internal.exceptions.DistributionNotFound: No matching distribution found for nh3==0.3.7", "the network"),
        ("pip._internal.exceptions.HashMismatches: THESE PACKAGES DO NOT MATCH", "tell the maintainers"),
        ("OSError: [Errno 28] No space left on device: '/x/a.py'", "/x/a.py: không ghi được môi trường: đĩa đã đầy"),
        ("OSError: [Errno 122] Disk quota exceeded", "quota used up"),
        ("PermissionError: [Errno 13] Permission denied: '/x/a.py'", "no permission"),
        ("OSError: [Errno 30] Read-only file system: '/x/a.py'", "read-only"),
        ("ValueError: timed out", "ValueError timed out"),
    ],
)
def test_a_failed_setup_says_in_one_line_what_the_error_itself_was(error: str, says: str) -> None:
    # Words of other causes stand in what pip says before: they decide nothing.
    talk = "WARNING: connection ensurepip No space left on device\nTraceback (most recent call last):\n"
    line = environment.advice(f'{talk}  File "/pip/__main__.py", line 1, in <module>\n    main()\n{error}\n')

    assert says in line
    assert " / " in line
    assert "\n" not in line


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A fresh copy of the commands, with no environment and no site."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_without_a_network_the_setup_ends_with_one_line_and_no_environment_stands(copy: Path) -> None:
    offline = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    offline |= {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    done = run(sys.executable, str(copy / "tasks.py"), "build", cwd=copy.parent, env=offline)
    announced, advised = done.stderr.splitlines()

    assert done.returncode == 2
    assert "Preparing .venv" in announced
    assert "check the network" in advised
    assert not (copy / ".venv").exists()


def test_a_python_that_is_too_old_can_read_the_file_that_says_so() -> None:
    # Nothing is imported before that line; Python 3.7 is the oldest grammar `ast` knows.
    ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"), feature_version=(3, 7))


# The commands


def test_the_list_of_commands_is_the_documented_one() -> None:
    assert sorted(COMMANDS) == [
        "bench", "build", "check", "clean", "docs", "due", "edit", "faults", "format", "import", "judges", "links",
        "lint", "lock", "messages", "new", "preview", "publish", "serve", "setup", "shots", "test",
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_one_line_of_help_in_vietnamese_and_english(name: str) -> None:
    command: Task = COMMANDS[name]  # type: ignore[type-arg]
    vietnamese, english = (command.__doc__ or "").split(" / ")

    assert vietnamese
    assert english.endswith(".")
    assert len(f"{vietnamese} / {english}") <= 67  # what `--list` leaves of a line of 80


def test_invoke_lists_the_commands_from_any_folder(tmp_path: Path) -> None:
    done = invoke(ROOT, "--list", cwd=tmp_path)
    listed = re.findall(r"^  (\w+) +\S.+ / \S", done.stdout, re.MULTILINE)

    assert listed == sorted(COMMANDS)


def test_help_lists_the_commands_and_shows_options_as_they_are_typed(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["help"], ["due", "--help"]):
        with pytest.raises(SystemExit):
            program.run(words)
    said = capsys.readouterr().out

    assert "  check " in said
    assert "Usage: python3 tasks.py" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["bulid"], "There is no “bulid”; có phải / did you mean “build”?"),
        (["xyzzy"], "There is no “xyzzy”;"),
        (["serve", "--prot", "1"], "did you mean “--port”?"),
        (["serve", "--port", "abc"], "--port “abc”: phải là một số"),
        (["serve", "--port=abc"], "--port “abc”: phải là một số"),
        (["serve", "--port", "99999"], "99999 không phải một cổng"),
        (["new", "--bloc"], "Sau --bloc phải ghi một giá trị"),
        (["preview"], "preview lacks: id; xem / see: python3 tasks.py preview --help"),
    ],
)
def test_what_is_mistyped_is_answered_in_one_line_without_a_traceback(words: list[str], says: str) -> None:
    done = run(sys.executable, str(ROOT / "tasks.py"), *words, cwd=ROOT)
    (line,) = done.stderr.splitlines()

    assert done.returncode == 2
    assert says in line


def test_a_build_that_refuses_the_content_says_only_what_is_wrong_and_exits_as_pelican_does(copy: Path) -> None:
    mistake = "content/bulletins/2023/a/index.md:3:7: [unknown-bloc] …"
    (copy / "content").mkdir()
    (copy / "publishconf.py").write_text(
        f"import sys\nprint({mistake!r}, file=sys.stderr)\nsys.exit(3)\n", encoding="utf-8"
    )
    done = invoke(copy, "build", cwd=copy)

    assert done.returncode == 3
    assert done.stderr.splitlines() == [mistake]
    assert done.stdout == ""


def test_clean_removes_what_is_generated_and_nothing_else(copy: Path) -> None:
    for folder in ("output", ".cache", "content"):
        (copy / folder / "deep").mkdir(parents=True)
    done = invoke(copy, "clean", cwd=copy)

    assert done.returncode == 0
    assert not (copy / "output").exists()
    assert not (copy / ".cache").exists()
    assert (copy / "content" / "deep").exists()


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line.startswith("python3 ")]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert commands[:3] == ["python3 tasks.py lint", "python3 tasks.py test", "python3 tasks.py build"]
    assert re.search(r"^\s*(\$ )?python3 tasks\.py test\b", readme, re.MULTILINE)


# The locks


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_library_has_a_version_and_a_hash(lock: str) -> None:
    for requirement in requirements(lock):
        assert re.match(r"[a-z0-9.-]+==\S+ ", requirement), requirement
        assert re.search(r" --hash=sha256:[0-9a-f]{64}", requirement), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=)", text, re.MULTILINE)


def test_the_development_lock_holds_every_library_of_the_runtime_lock() -> None:
    assert set(requirements(environment.RUNTIME_LOCK)) <= set(requirements(environment.DEV_LOCK))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_everything_the_project_asks_for(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"]
    if lock == environment.DEV_LOCK:
        extras = project["project"]["optional-dependencies"]
        asked += [line for extra in ("dev", *EXTRAS) for line in extras[extra]]
    locked = {requirement.split("==")[0] for requirement in requirements(lock)}

    assert {re.match(r"[\w.-]+", line)[0].lower() for line in asked} <= locked  # type: ignore[index]


# The server


@pytest.fixture
def site(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    pages = {
        "index.html": "<h1>Bản tin</h1>",
        "404.html": "<h1>Không tìm thấy</h1>",
        "khoi/index.html": "<h1>Khối</h1>",
        "anh/mot.webp": "",
        "api/v1/index.json": "{}",
        "sitemap.xml": "<urlset/>",
        "robots.txt": "",
        "../outside.html": "not of the site",
    }
    for path, text in pages.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text(text, encoding="utf-8")
    return output


@contextmanager
def serving(site: Path, base_path: str = "") -> Iterator[int]:
    with server(site, 0, base_path) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running.server_port
        running.shutdown()
        thread.join()


@pytest.fixture
def port(site: Path) -> Iterator[int]:
    with serving(site) as port:
        yield port


@pytest.mark.parametrize(
    "address", ["/khong-co/", "/khong-co.json", "/anh/", "/../outside.html", "/%2e%2e/outside.html"]
)
def test_what_the_site_does_not_have_is_answered_by_its_own_page_as_not_found(port: int, address: str) -> None:
    answer, body = get(port, address)

    assert answer.status == 404
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert body == "<h1>Không tìm thấy</h1>"


def test_a_site_without_that_page_still_says_not_found(site: Path, port: int) -> None:
    (site / "404.html").unlink()
    answer, _ = get(port, "/khong-co/")

    assert answer.status == 404


def test_asking_for_the_head_of_a_missing_page_gives_no_body(port: int) -> None:
    answer, body = get(port, "/khong-co/", method="HEAD")

    assert (answer.status, body) == (404, "")


@pytest.mark.parametrize(
    ("address", "content_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/khoi/", "text/html; charset=utf-8"),
        ("/api/v1/index.json", "application/json; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/anh/mot.webp", "image/webp"),
    ],
)
def test_every_file_says_its_type_and_that_text_is_utf_8(port: int, address: str, content_type: str) -> None:
    answer, _ = get(port, address)

    assert answer.status == 200
    assert answer.getheader("Content-Type") == content_type


def test_a_folder_without_its_slash_leads_to_the_page(port: int) -> None:
    answer, _ = get(port, "/khoi")

    assert answer.status == 301
    assert answer.getheader("Location") == "/khoi/"


@pytest.mark.parametrize(("address", "status"), [("/ban-tin/khoi/", 200), ("/khoi/", 404), ("/ban-tinh/khoi/", 404)])
def test_a_site_below_a_folder_of_its_host_is_served_there_only(site: Path, address: str, status: int) -> None:
    with serving(site, "/ban-tin") as port:
        answer, _ = get(port, address)

    assert answer.status == status


def test_the_server_listens_on_this_machine_only(site: Path) -> None:
    with server(site, 0) as running:
        assert running.server_address[0] == "127.0.0.1"


# The browser


@pytest.mark.parametrize(
    ("platform", "variables", "place"),
    [
        ("darwin", {}, "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium"),
        ("win32", {"PROGRAMFILES": "C:/Program Files"}, "C:/Program Files/Google/Chrome/Application/chrome.exe"),
        ("win32", {"LOCALAPPDATA": "C:/a"}, "C:/a/Chromium/Application/chrome.exe"),
        ("linux", {}, "/snap/bin/chromium"),
    ],
)
def test_a_browser_is_looked_for_where_its_platform_puts_it(
    platform: str, variables: Mapping[str, str], place: str
) -> None:
    assert Path(place) in browsers.usual_places(platform, variables)


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for the browser")
@pytest.mark.parametrize(("exit_code", "found"), [(0, True), (1, False)])
def test_a_browser_named_by_hand_is_taken_only_if_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exit_code: int, found: bool
) -> None:
    stub = tmp_path / "chromium"
    stub.write_text(f"#!/bin/sh\nexit {exit_code}\n", encoding="utf-8")
    stub.chmod(0o755)
    monkeypatch.setenv(browsers.VARIABLE, str(stub))

    assert browsers.find() == (str(stub) if found else None)


def run(*command: str, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    variables = {**(env or os.environ), "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=cwd, env=variables, capture_output=True, text=True, encoding="utf-8", check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def invoke(root: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "invoke", "--search-root", str(root), *arguments, cwd=cwd)


def requirements(lock: str) -> list[str]:
    """Each requirement of a lock with its hashes, on one line and without comments."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return re.sub(r" \\\n\s*", " ", text).splitlines()


def get(port: int, address: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, address)
        answer = connection.getresponse()
        return answer, answer.read().decode()
    finally:
        connection.close()
