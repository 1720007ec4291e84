"""`tasks.py serve`: pages follow what is written, and show what stops them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bulletins.mistakes import Mistake
from bulletins.shortcut.site import Site
from tests.site.conftest import Project, project
from tools.environment import ROOT
from tools.live import EVENTS, Live, Outcome, live_server, with_news
from tools.preview import attempt, previewing
from tools.rebuilding import Ahead, Builder, Rebuild, outcome
from tools.watching import Watched, changes, is_silent

SAMPLE = ROOT / "tests" / "sites" / "sample"
BULLETIN = "content/bulletins/2023/khoi-1-2023-pact/index.md"
ADDRESS = "/ban-tin/khoi-1-2023-pact/"
MISTAKE = Mistake("content/a.md", 3, 7, "V6", "“<b>” không phải một số")
PAGE = "<!doctype html><body><h1>Bản tin</h1></body></html>".encode()
PATIENCE = 30
"""Seconds after which a test fails that waits for something."""


def built(site: Project) -> Site:
    """The project as the commands build it."""
    return Site("conf.py", site.folder / "content", site.output, site.folder / ".cache")


def get(port: int, address: str, **headers: str) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with closing(connection):
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read().decode()


class Listener:
    """A page that listens, as its script does."""

    def __init__(self, port: int, since: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._connection.request("GET", f"{EVENTS}?since={since}")
        self.answer = self._connection.getresponse()

    def next(self) -> str:
        """The next event's version; "" when the stream has ended, or when nothing came for too long."""
        until = time.monotonic() + PATIENCE
        while (line := self.answer.readline().decode()) and time.monotonic() < until:
            if line.startswith("data: "):
                return line.removeprefix("data: ").strip()
        return ""

    def close(self) -> None:
        self._connection.close()


def version(page: str) -> str:
    found = re.search(r"since=([\d-]+)", page)
    assert found
    return found[1]


# What a page carries


def test_a_page_of_a_site_without_mistakes_only_listens() -> None:
    page = with_news(PAGE, Outcome(), "1-2", "/ban-tin").decode()

    assert "live-notice" not in page
    assert f'new EventSource("/ban-tin{EVENTS}?since=1-2")' in page
    assert page.endswith("</script>\n</body></html>")


def test_mistakes_stand_over_the_old_page_with_file_line_and_mend() -> None:
    page = with_news(PAGE, Outcome((MISTAKE, MISTAKE)), "1-2").decode()

    assert "<h1>Bản tin</h1>" in page
    assert "2 lỗi" in page
    assert "<code>content/a.md:3:7</code><br>[V6] “&lt;b&gt;” không phải một số" in page


def test_another_failure_is_shown_in_its_own_words() -> None:
    page = with_news(PAGE, Outcome(failure="KeyError: '<x>'"), "1-2").decode()

    assert "KeyError: &#x27;&lt;x&gt;&#x27;" in page


def test_a_page_that_ends_early_listens_all_the_same() -> None:
    assert "EventSource" in with_news(b"<h1>x", Outcome(), "1-2").decode()


# What a build said


WRONG = Mistake("content/a.md", 3, 7, "V6", "sai: [x]")


@pytest.mark.parametrize(
    ("code", "complained", "mistakes", "failure"),
    [
        (0, "content/a.md:3:7: [V6] sai\n", (), ""),
        (1, "content/a.md:3:7: [V6] sai: [x]\n1 lỗi. Chưa đăng gì cả.\n", (WRONG,), ""),
        (1, "Một lần dựng trang khác đang chạy.\n", (), "Bản tin: 1\nMột lần dựng trang khác đang chạy."),
    ],
)
def test_what_refused_a_build_is_shown_as_mistakes_or_else_as_a_failure(
    code: int, complained: str, mistakes: tuple[Mistake, ...], failure: str
) -> None:
    came = outcome(code, "Bản tin: 1\n", complained, mistakes)

    assert (came.mistakes, came.failure) == (mistakes, failure)


def test_a_build_that_failed_without_a_word_is_still_a_failure() -> None:
    assert outcome(3, "", "").failure == "Mã thoát 3."


@pytest.mark.parametrize("error", [KeyError("x"), SystemExit("x"), RecursionError()])
def test_a_rebuild_that_breaks_off_is_an_outcome_like_any_other(error: BaseException) -> None:
    def broken(changed: frozenset[Path], ahead: Ahead) -> Outcome:
        raise error

    assert type(error).__name__ in attempt(broken, frozenset(), nobody).failure


def nobody() -> None:
    """Hears that pages are there ahead of the rest, and reloads nothing."""


# What is watched


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("bulletins/2023/a/index.md", True),
        ("bulletins/2023", True),
        ("register/units.yaml", True),
        ("bulletins/2023/a/anh 1.jpg", True),
        ("bulletins/2023/a/.index.md.swp", False),
        ("bulletins/2023/a/4913", False),
        ("bulletins/2023/a/index.md~", False),
        ("bulletins/2023/a/~$index.docx", False),
        (".git/index", False),
        ("__pycache__/a.pyc", False),
        ("../output/index.html", False),
    ],
)
def test_what_editors_leave_behind_is_no_change(name: str, wanted: bool) -> None:
    watched = Watched([Path("/home/.hidden/content")])

    assert watched.wants(Path(os.path.normpath(f"/home/.hidden/content/{name}"))) is wanted


def in_place(path: Path) -> None:
    path.write_text("mới", encoding="utf-8")


def aside_and_renamed(path: Path) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text("mới", encoding="utf-8")
    beside.replace(path)


def with_a_backup(path: Path) -> None:
    path.rename(f"{path}~")
    path.write_text("mới", encoding="utf-8")


def deleted(path: Path) -> None:
    path.unlink()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    path = tmp_path / "content" / "bulletins" / "index.md"
    path.parent.mkdir(parents=True)
    path.write_text("cũ", encoding="utf-8")
    # Looking through folders tells times by the second, so that a file of this very second would seem unchanged.
    os.utime(path, (0, 0))
    return path


@contextmanager
def watching(watched: Watched, polling: bool = False) -> Iterator[Iterator[frozenset[Path]]]:
    """The changes, from the moment watching has begun; they end when the test has waited too long."""
    stop = threading.Event()
    timer = threading.Timer(PATIENCE, stop.set)
    timer.start()
    found = changes(watched, stop, polling)
    try:
        assert next(found) == frozenset()
        yield found
    finally:
        timer.cancel()
        stop.set()


@pytest.mark.parametrize("polling", [False, True])
@pytest.mark.parametrize("save", [in_place, aside_and_renamed, with_a_backup, deleted])
def test_a_save_is_seen_however_the_editor_does_it(content: Path, save: Callable[[Path], None], polling: bool) -> None:
    with watching(Watched([content.parent.parent]), polling) as found:
        save(content)

        assert content in next(found)


@pytest.mark.parametrize(
    ("folder", "silent"),
    [
        ("/srv/site", False),
        ("/mnt/bản tin/content", True),
        ("/mnt/stick", True),
        ("/mnt/other", False),
        ("/net/x", True),
    ],
)
def test_a_drive_that_does_not_tell_of_changes_by_others_is_known_by_its_kind(folder: str, silent: bool) -> None:
    mounts = (
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "30 22 0:50 / /mnt/b\u1ea3n\\040tin rw,nosuid shared:1 - fuse.sshfs may:/x rw\n"
        "31 22 0:51 / /mnt/stick rw - fuseblk /dev/sdb1 rw\n"
        "32 22 0:52 / /net rw - nfs4 may:/ rw\n"
    )

    assert is_silent(Path(folder), mounts) is silent


def test_a_new_folder_and_what_is_put_into_it_later_are_seen(content: Path) -> None:
    photo = content.parent / "moi" / "anh.jpg"
    with watching(Watched([content.parent.parent])) as found:
        photo.parent.mkdir()

        assert photo.parent in next(found)
        photo.write_bytes(b"x")
        assert photo in next(found)


def test_a_settings_file_is_seen_when_it_is_replaced_and_when_it_appears(content: Path, tmp_path: Path) -> None:
    conf, later = tmp_path / "pelicanconf.py", tmp_path / "publishconf.py"
    conf.touch()
    with watching(Watched([content.parent.parent], [conf, later])) as found:
        aside_and_renamed(conf)

        assert next(found) == {conf}
        later.touch()
        assert next(found) == {later}


# What the server answers


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    (folder / "khoi").mkdir(parents=True)
    for name in ("index.html", "404.html", "khoi/index.html"):
        (folder / name).write_bytes(PAGE)
    (folder / "du-lieu.json").write_text("{}", encoding="utf-8")
    return folder


@contextmanager
def serving(output: Path, live: Live, base_path: str = "") -> Iterator[int]:
    with live_server(output, 0, base_path, live) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield running.server_port
        finally:
            live.close()
            running.shutdown()
            thread.join()


def test_a_page_comes_with_the_mistakes_of_now_even_if_its_file_did_not_change(output: Path) -> None:
    live = Live()
    with serving(output, live) as port:
        first, page = get(port, "/khoi/")
        live.tell(Outcome((MISTAKE,)))
        again, noted = get(port, "/khoi/", **{"If-Modified-Since": "Fri, 01 Jan 2199 00:00:00 GMT"})

    assert (first.status, again.status) == (200, 200)
    assert "live-notice" not in page
    assert "content/a.md:3:7" in noted


def test_what_is_not_found_is_still_not_found_and_says_what_stops_the_site(output: Path) -> None:
    live = Live()
    live.tell(Outcome((MISTAKE,)))
    with serving(output, live) as port:
        answer, page = get(port, "/khong-co/")
        (output / "404.html").unlink()
        bare, plain = get(port, "/khong-co/")

    assert (answer.status, bare.status) == (404, 404)
    assert "<h1>Bản tin</h1>" in page
    assert "content/a.md:3:7" in page
    assert "Không tìm thấy trang này" in plain
    assert "content/a.md:3:7" in plain


def test_files_that_are_no_pages_go_out_as_they_are(output: Path) -> None:
    live = Live()
    live.tell(Outcome((MISTAKE,)))
    with serving(output, live) as port:
        answer, data = get(port, "/du-lieu.json")

    assert (answer.status, data) == (200, "{}")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:{port}"}, 200),
        ({"Origin": "http://localhost:{port}"}, 200),
        ({"Host": "evil.example:{port}"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "localhost:1"}, 421),
        ({"Origin": "http://evil.example"}, 421),
        ({"Origin": "null"}, 421),
    ],
)
def test_only_who_calls_the_server_by_its_own_name_is_answered(
    headers: dict[str, str], status: int, output: Path
) -> None:
    with serving(output, Live()) as port:
        for address in ("/", f"{EVENTS}?since=0"):
            named = {name: value.format(port=port) for name, value in headers.items()}
            if status != 200 or address == "/":
                assert get(port, address, **named)[0].status == status


@pytest.mark.parametrize("address", ["/%00", "/a%00/index.html", "/index.html%00", "/%2e%2e/%00"])
def test_an_address_with_a_null_is_not_found(address: str, output: Path) -> None:
    with serving(output, Live()) as port:
        assert get(port, address)[0].status == 404


def test_a_folder_without_its_slash_leads_to_the_page(output: Path) -> None:
    with serving(output, Live()) as port:
        answer, _ = get(port, "/khoi")

    assert (answer.status, answer.getheader("Location")) == (301, "/khoi/")


def test_a_site_below_a_folder_of_its_host_listens_there(output: Path) -> None:
    with serving(output, Live(), "/ban-tin") as port:
        inside, page = get(port, "/ban-tin/khoi/")
        outside, _ = get(port, f"{EVENTS}?since=x")

    assert (inside.status, outside.status) == (200, 404)
    assert f'"/ban-tin{EVENTS}?' in page


def test_a_page_is_told_of_each_rebuild_and_of_what_it_missed(output: Path) -> None:
    live = Live()
    with serving(output, live) as port:
        _, page = get(port, "/")
        live.tell(Outcome())
        missed = live.version
        listener = Listener(port, version(page))
        first = listener.next()
        live.tell(Outcome((MISTAKE,)))
        second = listener.next()
        listener.close()

    assert listener.answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    assert (first, second) == (missed, live.version)
    assert first != second != version(page)


def test_every_listener_is_let_go_at_the_end(output: Path) -> None:
    live = Live()
    with serving(output, live) as port:
        listener = Listener(port, live.version)
        live.close()

        assert "" in {listener.next(), listener.next()}
        listener.close()


# The whole


@contextmanager
def previewed(site: Project, rebuild: Callable[[threading.Event], Rebuild]) -> Iterator[int]:
    """The site being written, from the moment its first build is done."""
    stop, first = threading.Event(), threading.Event()
    watched = Watched([site.folder / "content"], [site.folder / "conf.py"])
    served = (site.output, 0, "")
    with previewing(served, watched, rebuild(stop), lambda told: first.set(), stop) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            assert first.wait(PATIENCE)
            yield running.server_port
        finally:
            running.shutdown()
            thread.join()


def edited(port: int, site: Project, old: str, new: str, shows: Callable[[str], bool]) -> str:
    """The bulletin's page after this edit, as soon as it `shows` what is waited for; a save may cause two rebuilds."""
    _, page = get(port, ADDRESS)
    listener = Listener(port, version(page))
    path = site.folder / BULLETIN
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    while not shows(page):
        assert listener.next()
        _, page = get(port, ADDRESS)
    listener.close()
    return page


def builder(site: Project, stop: threading.Event, ends: ExitStack) -> Builder:
    """A builder that ends with the test."""
    return ends.enter_context(closing(Builder(site.folder, built(site), stop)))


def noted(page: str) -> bool:
    return "live-notice" in page


def not_noted(page: str) -> bool:
    return not noted(page)


def test_an_edit_shows_in_the_page_a_mistake_until_it_is_mended(tmp_path: Path) -> None:
    site = project(tmp_path / "site", SAMPLE / "content")
    with ExitStack() as ends, previewed(site, lambda stop: builder(site, stop, ends)) as port:
        changed = edited(port, site, "Buổi lễ bắt đầu", "Hội nghị bắt đầu", lambda page: "Hội nghị bắt đầu" in page)
        broken = edited(port, site, "value: 95", "value: sai", noted)
        files = site.files()
        missing, _ = get(port, "/khong-co/")
        mended = edited(port, site, "value: sai", "value: 96", not_noted)

    assert "Buổi lễ bắt đầu" not in changed
    assert f"{BULLETIN}:29:12" in broken
    assert "Hội nghị bắt đầu" in broken
    assert missing.status == 404
    assert "live-notice" not in mended
    assert not any(b"EventSource" in data or b"live-notice" in data for data in files.values())


def test_a_builder_says_that_the_page_of_a_new_title_is_there_before_the_lists_are(tmp_path: Path) -> None:
    site, seen, title = project(tmp_path / "site", SAMPLE / "content"), list[tuple[bool, bool]](), list[str]()

    def look() -> None:
        page, home = (site.output / name for name in (f"{ADDRESS}index.html".lstrip("/"), "index.html"))
        seen.append(tuple(title[-1] in path.read_text(encoding="utf-8") for path in (page, home)))

    with ExitStack() as ends:
        build, path = builder(site, threading.Event(), ends), site.folder / BULLETIN
        for seconds in range(5):
            build(frozenset(), nobody)
            time.sleep(seconds)  # once it has answered, the builder looks how the site stands: people save later
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r"(?m)^title: .*$", f"title: Tên khác {seconds}", text), encoding="utf-8")
            title.append(f"Tên khác {seconds}")
            came = build(frozenset({path}), look)
            look()
            if len(seen) > len(title):
                break

    assert came.failure == ""
    assert seen[-2:] == [(True, False), (True, True)]


def test_a_builder_is_told_what_changed_and_may_fail_without_an_end(tmp_path: Path) -> None:
    site = project(tmp_path / "site", SAMPLE / "content")
    told: list[frozenset[Path]] = []

    def rebuild(changed: frozenset[Path], ahead: Ahead) -> Outcome:
        told.append(changed)
        if len(told) == 2:
            raise KeyError("hỏng")
        return Outcome()

    with previewed(site, lambda stop: rebuild) as port:
        broken = edited(port, site, "value: 95", "value: 96", noted)
        mended = edited(port, site, "value: 96", "value: 97", not_noted)

    assert told[:2] == [frozenset(), {site.folder / BULLETIN}]
    assert "KeyError: &#x27;hỏng&#x27;" in broken
    assert "KeyError" not in mended


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project, with the sample's content."""
    for folder in ("tools", "plugins", "themes"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another thing there")
@pytest.mark.parametrize("drafts", [False, True])
def test_the_command_builds_serves_and_ends_cleanly_with_ctrl_c(copy: Path, drafts: bool) -> None:
    path = copy / BULLETIN
    path.write_text(path.read_text(encoding="utf-8").replace("lead: ", "status: draft\nlead: "), encoding="utf-8")
    command = [sys.executable, "-m", "invoke", "serve", "--port", "0", *(["--drafts"] if drafts else [])]
    with subprocess.Popen(
        command, cwd=copy, env={**os.environ, "PYTHONUTF8": "1"}, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout
        said = [process.stdout.readline()]
        while "Trang có" not in said[-1] and said[-1]:
            said.append(process.stdout.readline())
        found = re.match(r"http://localhost:(\d+)/", said[0])
        assert found, said
        answer, _ = get(int(found[1]), ADDRESS)
        process.send_signal(signal.SIGINT)
        _, complained = process.communicate(timeout=PATIENCE)

    assert answer.status == (200 if drafts else 404)
    assert "Traceback" not in complained
    assert process.returncode == 0


def test_a_browser_reloads_the_page_after_a_rebuild(output: Path, chromium: Browser) -> None:
    live = Live()
    with serving(output, live) as port:
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        live.tell(Outcome((MISTAKE,)))
        page.wait_for_selector("#live-notice")
        shown = page.inner_text("#live-notice")
        live.tell(Outcome())
        page.wait_for_selector("#live-notice", state="detached")
        page.close()

    assert "content/a.md:3:7" in shown
    assert "“<b>” không phải một số" in shown
