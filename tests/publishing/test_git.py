"""A branch of a git repository as a target: one commit, moved in one step, from which nothing withdrawn can be had."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from bulletins.publishing.git import Git
from bulletins.publishing.sums import SUMS
from bulletins.publishing.target import Release, TargetFailed
from tests.publishing.sites import Site, checked, release, site
from tests.site.conftest import ROOT


def git(repository: Path, *words: str) -> bytes:
    return subprocess.run(["git", "-C", repository, *words], check=True, capture_output=True).stdout


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """An empty repository, as a host of pages begins with."""
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "remote.git"], check=True)
    return tmp_path / "remote.git"


def target(remote: Path, machine: str = "here") -> Git:
    return Git(f"git+{remote}#pages", remote.parent, remote.parent / machine / "repository")


def files(remote: Path) -> Site:
    """Every file of the branch."""
    with tarfile.open(fileobj=io.BytesIO(git(remote, "archive", "pages"))) as archive:
        members = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        return {path: member.read() for path, member in members.items() if member}


def commits(remote: Path) -> int:
    return int(git(remote, "rev-list", "--count", "pages"))


def publish(to: Git, number: int, source: Path) -> int:
    with to.locked():
        return to.publish(release(number, site(number), source / f"output-{number}")).files


def test_a_branch_holds_the_release_in_one_commit_and_gets_only_what_is_new(remote: Path, tmp_path: Path) -> None:
    here = target(remote)
    sent = [publish(here, number, tmp_path) for number in (1, 2)]

    assert checked(files(remote)) == site(2)
    assert (sent, commits(remote), here.present(), here.kept()) == ([31, 16], 1, 2, (1, 2))
    assert here.read("ban-tin/b0/index.html", 1) == site(1)["ban-tin/b0/index.html"]
    assert here.read("khong-co") is None


def test_the_domain_of_a_branch_stays_and_whatever_else_stood_there_goes(remote: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    subprocess.run(["git", "clone", "--quiet", remote, work], check=True, stderr=subprocess.DEVNULL)
    (work / "CNAME").write_text("thidua.vn\n", encoding="utf-8")
    (work / "old.html").write_text("old", encoding="utf-8")
    who = ["-c", "user.name=a", "-c", "user.email=a@b.vn"]
    git(work, "checkout", "--quiet", "-b", "pages")
    git(work, "add", ".")
    git(work, *who, "commit", "--quiet", "-m", "By hand")
    git(work, "push", "--quiet", "origin", "pages")
    here = target(remote)
    with here.locked():
        assert (here.present(), here.read("old.html")) == (None, None)
    publish(here, 1, tmp_path)
    publish(here, 2, tmp_path)

    shown = files(remote)
    assert shown.pop("CNAME") == b"thidua.vn\n"
    assert (checked(shown), commits(remote)) == (site(2), 1)


def test_another_machine_starts_from_what_the_branch_remembers(remote: Path, tmp_path: Path) -> None:
    publish(target(remote), 1, tmp_path)
    there = target(remote, "there")

    assert there.read(SUMS) == release(1, site(1), tmp_path / "again").extra[SUMS]
    assert (publish(there, 2, tmp_path), there.kept()) == (16, (1, 2))


def test_of_two_publishers_the_second_is_told_and_starts_from_the_first_one(remote: Path, tmp_path: Path) -> None:
    first, second = target(remote), target(remote, "there")
    publish(first, 1, tmp_path)
    with second.locked():
        publish(first, 2, tmp_path)
        with pytest.raises(TargetFailed, match="run this again"):
            second.publish(release(2, site(3), tmp_path / "output-3"))

    assert checked(files(remote)) == site(2)
    with second.locked():
        assert (second.present(), second.kept()) == (2, (1, 2))
        second.publish(release(3, site(3), tmp_path / "output-3"))
    assert checked(files(remote)) == site(3)


def test_two_publishers_of_one_machine_do_not_meet(remote: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(remote)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout and other.stdout.readline() == b"held\n"
        with pytest.raises(TargetFailed, match=f"PID {other.pid}"), target(remote).locked():
            pass
        other.communicate(b"\n")


_HOLD = """
import sys
from pathlib import Path
from bulletins.publishing.git import Git
remote = Path(sys.argv[1])
with Git(f"git+{remote}#pages", remote.parent, remote.parent / "here/repository").locked():
    print("held", flush=True)
    input()
"""


def test_an_earlier_release_is_shown_again_with_what_it_says_anew(remote: Path, tmp_path: Path) -> None:
    here = target(remote)
    for number in (1, 2):
        publish(here, number, tmp_path)
    gone, other, *others = site(1)
    new = {path: site(1)[path] for path in others} | {other: b"anew"}
    with here.locked():
        here.show_again(1, Release(3, (), {other: b"anew", **release(3, new, tmp_path / "anew").extra}), [gone])

    assert (checked(files(remote)), here.kept(), commits(remote)) == (new, (1, 2, 3), 1)


def test_what_is_dropped_is_in_no_repository_any_more(remote: Path, tmp_path: Path) -> None:
    here = target(remote)
    for number in (1, 2):
        publish(here, number, tmp_path)
    blob = git(tmp_path / "here/repository", "rev-parse", "refs/releases/1:ban-tin/b0/index.html").decode().strip()
    with here.locked():
        here.drop({1, 2})

    assert here.kept() == (2,)
    assert subprocess.run(
        ["git", "-C", tmp_path / "here/repository", "cat-file", "-e", blob], check=False, capture_output=True
    ).returncode
    assert checked(files(remote)) == site(2)


def test_a_built_file_that_was_altered_since_is_not_published(remote: Path, tmp_path: Path) -> None:
    here = target(remote)
    publish(here, 1, tmp_path)
    second = release(2, site(2), tmp_path / "output")
    (tmp_path / "output/ban-tin/b2/index.html").write_bytes(b"altered")
    with pytest.raises(TargetFailed, match="b2"), here.locked():
        here.publish(second)

    assert checked(files(remote)) == site(1)
    assert publish(here, 2, tmp_path) == 16


@pytest.mark.parametrize("address", ["git+", "git+/srv/x.git", "git+https://u:p@host/x#b", "git+https://token@h/x#b"])
def test_an_address_without_a_branch_or_with_a_secret_is_refused_and_the_secret_not_repeated(
    address: str, tmp_path: Path
) -> None:
    with pytest.raises(TargetFailed, match=r"git\+https://") as refused:
        Git(address, tmp_path, tmp_path)

    assert "u:p" not in str(refused.value) and "token" not in str(refused.value)


def test_a_repository_that_does_not_answer_is_named_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(TargetFailed, match="khong-co") as refused, target(tmp_path / "khong-co").locked():
        pass

    assert "\n" not in str(refused.value)


_PUBLISH = """
import sys
from pathlib import Path
from tests.publishing.test_git import publish, target
publish(target(Path(sys.argv[1])), int(sys.argv[2]), Path(sys.argv[3]))
"""


def test_whenever_a_publisher_is_killed_readers_see_one_whole_release_and_the_next_one_goes_out(
    remote: Path, tmp_path: Path
) -> None:
    publish(target(remote), 1, tmp_path)
    for number, seconds in ((2, 0.35), (3, 0.5)):
        with subprocess.Popen(
            [sys.executable, "-c", _PUBLISH, str(remote), str(number), str(tmp_path)],
            cwd=ROOT, start_new_session=True, env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT}/plugins"},
        ) as child:  # fmt: skip
            time.sleep(seconds)
            os.killpg(child.pid, signal.SIGKILL)
        assert checked(files(remote)) in (site(number - 1), site(number))
        here = target(remote)
        with here.locked():
            if here.present() != number:
                here.publish(release(number, site(number), tmp_path / f"output-{number}"))
        assert checked(files(remote)) == site(number)
