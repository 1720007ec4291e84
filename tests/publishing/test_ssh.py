"""A folder on another machine: the same promises as for a folder of one's own, through a real server of ssh."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bulletins.publishing.ssh import Ssh
from bulletins.publishing.sums import write_sums
from bulletins.publishing.target import Release, TargetFailed
from tests.publishing.sites import release, shown, site


def _target(port: int, top: Path) -> Ssh:
    return Ssh(f"ssh://127.0.0.1:{port}{top}")


def test_a_release_is_laid_and_shown_on_the_far_side(ssh_port: int, tmp_path: Path) -> None:
    top = tmp_path / "thư mục công khai"
    target = _target(ssh_port, top)
    with target.locked():
        first = target.publish(release(1, site(1), tmp_path / "output"))
        second = target.publish(release(2, site(2), tmp_path / "elsewhere"))

    assert shown(top) == site(2)
    assert (target.present(), target.kept()) == (2, (1, 2))
    assert (first.files, second.files) == (31, 16)
    assert target.read("ban-tin/b0/index.html") == site(2)["ban-tin/b0/index.html"]
    assert target.read("ban-tin/b0/index.html", 1) == site(1)["ban-tin/b0/index.html"]
    assert target.read("khong-co") is None
    assert target.read_all(["ban-tin/b0/index.html", "khong/co"], 1) == {
        "ban-tin/b0/index.html": site(1)["ban-tin/b0/index.html"]
    }


def test_many_files_are_brought_by_one_command(ssh_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, calls = _target(ssh_port, tmp_path / "public"), tmp_path / "calls"
    with target.locked():
        assert target.read_all(["index.html"]) == {}
        target.publish(release(1, site(1), tmp_path / "output"))
        counting = tmp_path / "ssh"
        counting.write_text(f'#!/bin/sh\necho >>{calls}\nexec {os.environ["BULLETINS_SSH"]} "$@"\n', encoding="utf-8")
        counting.chmod(0o755)
        monkeypatch.setenv("BULLETINS_SSH", str(counting))
        assert target.read_all(list(site(1)), 1) == site(1)

    assert len(calls.read_text().splitlines()) == 1


def test_an_earlier_release_that_was_about_to_be_shown_again_goes_back_to_its_number(
    ssh_port: int, tmp_path: Path
) -> None:
    target, releases = _target(ssh_port, tmp_path / "public"), tmp_path / "public/releases"
    with target.locked():
        for number in (1, 2):
            target.publish(release(number, site(number), tmp_path / f"output-{number}"))
    (releases / ".3.was").write_text("1\n")
    (releases / "1").rename(releases / "3")
    with target.locked():
        assert (target.kept(), shown(tmp_path / "public")) == ((1, 2), site(2))


def test_of_sums_that_differ_in_a_line_no_more_is_sent_than_what_differs(ssh_port: int, tmp_path: Path) -> None:
    target = _target(ssh_port, tmp_path / "public")
    with target.locked():
        target.publish(release(1, site(1, 300), tmp_path / "output"))
        edited = site(1, 300) | {"ban-tin/b0/index.html": b"edited"}
        sent = target.publish(release(2, edited, tmp_path / "output"))

    assert shown(tmp_path / "public") == edited
    assert sent.files == 2
    assert sent.bytes < len(write_sums(dict.fromkeys(edited, "0" * 64))) / 5


def test_an_earlier_release_is_shown_again_with_what_it_says_anew(ssh_port: int, tmp_path: Path) -> None:
    target = _target(ssh_port, tmp_path / "public")
    gone, *others = site(1)
    with target.locked():
        for number in (1, 2):
            target.publish(release(number, site(number), tmp_path / f"output-{number}"))
        new = {path: site(1)[path] for path in others} | {others[0]: b"anew"}
        sums = release(3, new, tmp_path / "anew").extra
        target.show_again(1, Release(3, (), {others[0]: b"anew", **sums}), [gone])

    assert (shown(tmp_path / "public"), target.kept()) == (new, (2, 3))
    assert target.read(others[0], 2) == site(2)[others[0]]


def test_what_arrived_otherwise_than_it_was_sent_is_not_shown(ssh_port: int, tmp_path: Path) -> None:
    target = _target(ssh_port, tmp_path / "public")
    with target.locked():
        target.publish(release(1, site(1), tmp_path / "output"))
        second = release(2, site(2), tmp_path / "output")
        (tmp_path / "output/ban-tin/b2/index.html").write_bytes(b"altered")
        with pytest.raises(TargetFailed, match=r"b2|checksum"):
            target.publish(second)

    assert shown(tmp_path / "public") == site(1)


def test_a_second_publisher_is_told_of_the_first(ssh_port: int, tmp_path: Path) -> None:
    first, second = (_target(ssh_port, tmp_path / "public") for _ in range(2))
    with first.locked(), pytest.raises(TargetFailed, match="đang chạy"), second.locked():
        pass


def test_releases_are_dropped_but_never_the_one_that_is_shown(ssh_port: int, tmp_path: Path) -> None:
    target = _target(ssh_port, tmp_path / "public")
    with target.locked():
        for number in (1, 2, 3):
            target.publish(release(number, site(number), tmp_path / "output"))
        target.drop({1, 3})

    assert target.kept() == (2, 3)


@pytest.mark.parametrize("address", ["ssh://", "ssh://host", "ssh://u:secret@host/x", "http://host/x"])
def test_an_address_that_leads_to_no_folder_is_refused(address: str) -> None:
    with pytest.raises(TargetFailed, match="ssh://"):
        Ssh(address)


@pytest.mark.parametrize(("command", "says"), [("khong-co-ssh", "khong-co-ssh"), ("ssh 'x", "BULLETINS_SSH")])
def test_a_command_that_is_none_is_refused_before_anything_is_sent(
    command: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULLETINS_SSH", command)
    with pytest.raises(TargetFailed, match=says):
        Ssh("ssh://may/x")


def test_a_blank_command_is_ssh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULLETINS_SSH", " ")
    assert Ssh("ssh://may/x").name == "may:/x"


def test_a_machine_that_does_not_answer_is_named_in_one_line(tmp_path: Path) -> None:
    target = Ssh(f"ssh://127.0.0.1:1{tmp_path}")
    with pytest.raises(TargetFailed, match=r"127\.0\.0\.1") as refused, target.locked():
        pass

    assert "\n" not in str(refused.value)


def test_whenever_a_publisher_is_killed_readers_see_one_whole_release_and_the_next_one_goes_out(
    ssh_port: int, tmp_path: Path
) -> None:
    top, chance = tmp_path / "public", random.Random(36)
    target = _target(ssh_port, top)
    with target.locked():
        target.publish(release(1, site(1), tmp_path / "output-1"))
    for n in range(2):
        number = (target.present() or 0) + 1
        before, wanted = shown(top), release(number, site(number), tmp_path / f"output-{n}")
        child = subprocess.Popen(
            [sys.executable, "-c", _PUBLISH, str(ssh_port), str(top), str(number), str(wanted.parts[0].folder)],
            cwd=Path(__file__).parent.parent.parent, start_new_session=True,
        )  # fmt: skip
        time.sleep(chance.uniform(0.3, 1.6))
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()

        assert shown(top) in (before, site(number))
        _publish_again(target, wanted.number, tmp_path / f"again-{n}")
        assert shown(top) == site(number)


def _publish_again(target: Ssh, number: int, source: Path) -> None:
    """The next publication; the far side may need a moment to notice that the killed one is gone."""
    for _ in range(50):
        try:
            with target.locked():
                if target.present() != number:
                    target.publish(release(number, site(number), source))
                return
        except TargetFailed:
            time.sleep(0.1)
    raise AssertionError("the lock of a killed publisher stays")


_PUBLISH = """
import sys
from pathlib import Path
from bulletins.publishing.ssh import Ssh
from tests.publishing.sites import release, site
port, top, number, source = sys.argv[1:]
target = Ssh(f"ssh://127.0.0.1:{port}{top}")
with target.locked():
    target.publish(release(int(number), site(int(number)), Path(source)))
"""
