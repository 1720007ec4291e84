"""A folder as a target: what readers see through `current` is one whole release, whatever happens to the publisher."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bulletins.publishing.folder import Folder
from bulletins.publishing.sums import SUMS, read_sums
from bulletins.publishing.target import Release, TargetFailed
from tests.publishing.sites import release, shown, site


@pytest.mark.parametrize("link", [None, "elsewhere"])
def test_a_folder_that_shows_no_release_by_a_link_is_refused_with_what_it_needs(
    link: str | None, tmp_path: Path
) -> None:
    current = tmp_path / "current"
    if link:
        current.symlink_to(link)
    else:
        current.mkdir()

    with pytest.raises(TargetFailed, match="must be a link"):
        Folder(tmp_path).present()


def test_a_release_is_shown_whole(tmp_path: Path) -> None:
    target = Folder(tmp_path / "public")
    with target.locked():
        target.publish(release(1, site(1), tmp_path / "output"))

    assert shown(tmp_path / "public") == site(1)
    assert (target.present(), target.kept()) == (1, (1,))
    assert target.read_all(["ban-tin/b0/index.html", "khong-co"]) == {
        "ban-tin/b0/index.html": site(1)["ban-tin/b0/index.html"]
    }


def test_what_did_not_change_is_linked_and_keeps_its_time(tmp_path: Path) -> None:
    target = Folder(tmp_path / "public")
    with target.locked():
        target.publish(release(1, site(1), tmp_path / "output"))
        sent = target.publish(release(2, site(2), tmp_path / "elsewhere"))
    old, new = (tmp_path / f"public/releases/{n}/ban-tin/b1/index.html" for n in (1, 2))

    assert old.samefile(new)
    assert sent.files == 15 + 1
    assert shown(tmp_path / "public") == site(2)


def test_a_published_file_that_was_altered_since_is_not_linked(tmp_path: Path) -> None:
    target = Folder(tmp_path / "public")
    with target.locked():
        target.publish(release(1, site(1), tmp_path / "output"))
        (tmp_path / "public/current/ban-tin/b1/index.html").write_bytes(b"altered")
        target.publish(release(2, site(2), tmp_path / "output"))

    assert shown(tmp_path / "public") == site(2)


def test_a_built_file_that_was_altered_since_is_not_published(tmp_path: Path) -> None:
    target = Folder(tmp_path / "public")
    with target.locked():
        target.publish(release(1, site(1), tmp_path / "output"))
        second = release(2, site(2), tmp_path / "output")
        (tmp_path / "output/ban-tin/b2/index.html").write_bytes(b"altered")
        with pytest.raises(TargetFailed, match="b2"):
            target.publish(second)

    assert shown(tmp_path / "public") == site(1)


def test_a_second_publisher_is_told_of_the_first(tmp_path: Path) -> None:
    target = Folder(tmp_path / "public")
    ready, done = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        with target.locked():
            os.write(ready[1], b".")
            os.read(done[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    with pytest.raises(TargetFailed, match=rf"đang chạy \(.+, PID {child}\)"), target.locked():
        pass
    os.write(done[1], b".")
    os.waitpid(child, 0)


def test_the_present_release_is_never_dropped(tmp_path: Path) -> None:
    target = Folder(tmp_path / "public")
    with target.locked():
        for number in (1, 2, 3):
            target.publish(release(number, site(number), tmp_path / "output"))
        target.drop({1, 3})

    assert target.kept() == (2, 3)


def _killed(target: Folder, act: Callable[[], object], at: float) -> None:
    """Do something in a process that is killed after so many of its steps: each line of the target's code is one."""
    child = os.fork()
    if child == 0:
        steps = iter(range(int(at), -1, -1))

        def step(frame: object, event: str, argument: object) -> object:
            if next(steps) == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return step

        sys.settrace(step)  # type: ignore[arg-type]
        with target.locked():
            act()
        os._exit(0)
    os.waitpid(child, 0)


def test_whatever_step_a_publisher_is_killed_at_readers_see_one_whole_release_and_the_next_one_goes_out(
    tmp_path: Path,
) -> None:
    target, top = Folder(tmp_path / "public"), tmp_path / "public"
    with target.locked():
        target.publish(release(1, site(1), tmp_path / "output-1"))
    chance = random.Random(36)
    for n in range(25):
        number = (target.present() or 0) + 1
        before = shown(top)
        wanted = release(number, site(number), tmp_path / f"output-{n}")
        _killed(target, partial(target.publish, wanted), chance.uniform(0, 1200))

        assert shown(top) in (before, site(number))
        with target.locked():
            if target.present() != number:
                target.publish(wanted)
        assert shown(top) == site(number)


def test_whatever_step_going_back_is_killed_at_one_whole_release_is_shown_and_the_earlier_one_is_kept(
    tmp_path: Path,
) -> None:
    target, top, chance = Folder(tmp_path / "public"), tmp_path / "public", random.Random(43)
    steps = 400
    for number in (1, 2):
        with target.locked():
            target.publish(release(number, site(number), tmp_path / f"output-{number}"))
    for number in range(3, 28):
        earlier, before = target.kept()[-2], shown(top)
        gone, changed, *others = sorted(path for path in _site_of(target, earlier) if path != SUMS)
        new = {path: _site_of(target, earlier)[path] for path in others} | {changed: b"%d" % number}
        again = Release(number, (), {changed: b"%d" % number, **release(number, new, tmp_path / "new").extra})
        go_back = partial(target.show_again, earlier, again, [gone])
        _killed(target, go_back, chance.uniform(0, steps))

        assert shown(top) in (before, new)
        with target.locked():
            if target.present() != number:
                assert target.kept()[-2:] == (earlier, number - 1)
                go_back()
        assert shown(top) == new


def _site_of(target: Folder, number: int) -> dict[str, bytes]:
    """The files of a release that is kept."""
    return target.read_all(list(read_sums(target.read(SUMS, number) or b"")), number)


def test_readers_miss_nothing_and_see_nothing_torn_while_releases_change(tmp_path: Path) -> None:
    target, top = Folder(tmp_path / "public"), tmp_path / "public"
    states = [site(n) for n in range(4)]
    with target.locked():
        target.publish(release(1, states[0], tmp_path / "output-0"))
    stop, wrong = threading.Event(), []

    def read() -> None:
        chance = random.Random()
        while not stop.is_set():
            path = f"ban-tin/b{chance.randrange(30)}/index.html"
            try:
                data = (top / "current" / path).read_bytes()
            except OSError as error:
                wrong.append(error)
                continue
            if all(data != state[path] for state in states):
                wrong.append(path)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    with target.locked():
        for number in range(2, 30):
            target.publish(release(number, states[number % 4], tmp_path / f"output-{number % 4}"))
            target.drop([n for n in target.kept() if n <= number - 3])
    stop.set()
    for reader in readers:
        reader.join()

    assert wrong == []
