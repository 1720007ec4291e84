"""A bucket as a target: whole objects, nothing missing that a page needs, and the memory of one release."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletins.publishing import claim
from bulletins.publishing.s3 import FILES, S3, STATE
from bulletins.publishing.sums import SERVER_SUMS, SUMS
from bulletins.publishing.target import Release, TargetFailed
from tests.publishing import stores
from tests.publishing.sites import checked, release, site
from tests.publishing.stores import BUCKET, objects, served
from tests.site.conftest import ROOT


@pytest.fixture(scope="module")
def store() -> Iterator[None]:
    """A server that this process and its children find."""
    if not stores.program():
        pytest.skip("moto is not installed (pip install '.[moto]')")
    with stores.running() as variables, pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        yield


@pytest.fixture
def place(store: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A prefix of the bucket that nothing else uses; nobody waits long for the dead."""
    monkeypatch.setattr(claim, "LEASE", 1.2)
    return f"{request.node.name[:40]}/sites"


def target(place: str) -> S3:
    return S3(f"s3://{BUCKET}/{place}")


def publish(to: S3, number: int, source: Path) -> int:
    with to.locked():
        return to.publish(release(number, site(number), source / f"output-{number}")).files


def test_a_release_goes_out_and_only_what_is_new_is_sent(place: str, tmp_path: Path) -> None:
    here = target(place)
    sent = [publish(here, number, tmp_path) for number in (1, 2)]

    assert checked(served(place)) == site(2)
    assert (sent, here.present(), here.kept()) == ([31, 16], 2, (1, 2))
    assert here.read("ban-tin/b0/index.html", 1) == site(1)["ban-tin/b0/index.html"]
    assert (here.read("khong-co"), here.read(SERVER_SUMS)) == (None, b"")


def test_another_machine_starts_from_what_the_store_remembers(place: str, tmp_path: Path) -> None:
    assert (target(place).present(), target(place).read(SUMS)) == (None, None)
    publish(target(place), 1, tmp_path)

    assert target(place).read(SUMS) == release(1, site(1), tmp_path / "again").extra[SUMS]


def test_objects_are_answered_with_their_type_and_how_long_they_last(place: str, tmp_path: Path) -> None:
    from obstore.store import S3Store

    files = {"anh/a/01-25f6ff46-400.avif": b"picture", "index.html": b"<p>"}
    with (here := target(place)).locked():
        here.publish(release(1, files, tmp_path / "output"))
    bucket = S3Store(BUCKET, prefix=place, client_options={"allow_http": True})
    headers = {path: bucket.get(path).attributes for path in files}

    assert headers == {
        "anh/a/01-25f6ff46-400.avif": {
            "Content-Type": "image/avif", "Cache-Control": "public, max-age=31536000, immutable",
        },
        "index.html": {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache"},
    }  # fmt: skip


def test_an_earlier_release_is_shown_again_with_what_it_says_anew(place: str, tmp_path: Path) -> None:
    here = target(place)
    for number in (1, 2):
        publish(here, number, tmp_path)
    gone, other, *others = site(1)
    new = {path: site(1)[path] for path in others} | {other: b"anew"}
    with here.locked():
        here.show_again(1, Release(3, (), {other: b"anew", **release(3, new, tmp_path / "anew").extra}), [gone])

    assert (checked(served(place)), here.kept()) == (new, (1, 2, 3))


def test_what_is_dropped_is_in_the_store_no_more(place: str, tmp_path: Path) -> None:
    here = target(place)
    for number in (1, 2):
        publish(here, number, tmp_path)
    assert sum(path.startswith(FILES) for path in objects(place)) == 16
    with here.locked():
        here.drop({1, 2})

    assert here.kept() == (2,)
    assert set(objects(place).values()).isdisjoint(set(site(1).values()) - set(site(2).values()))
    assert checked(served(place)) == site(2)


def test_a_second_publisher_is_told_of_the_first(place: str) -> None:
    with target(place).locked(), pytest.raises(TargetFailed, match=f"PID {os.getpid()}"), target(place).locked():
        pass


def test_who_is_silent_on_another_machine_counts_as_dead_after_a_while(place: str, tmp_path: Path) -> None:
    publish(target(place), 1, tmp_path)
    state = json.loads(objects(place)[STATE]) | {"holder": "another, PID 1"}
    _put(place, STATE, json.dumps(state).encode())

    assert publish(target(place), 2, tmp_path) == 16


def _put(place: str, key: str, data: bytes) -> None:
    from obstore.store import S3Store

    S3Store(BUCKET, prefix=place, client_options={"allow_http": True}).put(key, data)


def test_who_was_taken_for_dead_writes_nothing_any_more(place: str, tmp_path: Path) -> None:
    first = target(place)
    publish(first, 1, tmp_path)
    with first.locked():
        state = json.loads(objects(place)[STATE]) | {"holder": "another, PID 1"}
        _put(place, STATE, json.dumps(state).encode())
        with pytest.raises(TargetFailed, match="Another publication"):
            first.publish(release(2, site(2), tmp_path / "output-2"))

    assert checked(served(place)) == site(1)


def test_a_built_file_that_was_altered_since_is_not_published_and_what_went_out_is_undone(
    place: str, tmp_path: Path
) -> None:
    here = target(place)
    publish(here, 1, tmp_path)
    second = release(2, site(2), tmp_path / "output")
    (tmp_path / "output/ban-tin/b2/index.html").write_bytes(b"altered")
    with pytest.raises(TargetFailed, match="b2"), here.locked():
        here.publish(second)
    with here.locked():
        assert (here.present(), here.kept()) == (1, (1,))

    assert checked(served(place)) == site(1)


@pytest.mark.parametrize("address", ["s3://", "s3:///x", "s3://key:secret@bucket/x", "s3://bucket/x?key=secret"])
def test_an_address_with_a_key_or_without_a_bucket_is_refused_and_the_key_not_repeated(address: str) -> None:
    with pytest.raises(TargetFailed, match="s3://") as refused:
        S3(address)

    assert "secret" not in str(refused.value)


def test_a_bucket_that_is_not_there_is_named_in_one_line(place: str) -> None:
    with pytest.raises(TargetFailed, match="khong-co") as refused, S3("s3://khong-co/x").locked():
        pass

    assert "\n" not in str(refused.value)


_PUBLISH = """
import sys
from pathlib import Path
from tests.publishing.test_s3 import publish, target
publish(target(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
"""


def test_whenever_a_publisher_is_killed_the_memory_is_of_one_release_and_the_next_one_goes_out(
    place: str, tmp_path: Path
) -> None:
    publish(target(place), 1, tmp_path)
    for number, seconds in ((2, 0.55), (3, 0.7)):
        with subprocess.Popen(
            [sys.executable, "-c", _PUBLISH, place, str(number), str(tmp_path)],
            cwd=ROOT, start_new_session=True, env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT}/plugins"},
        ) as child:  # fmt: skip
            time.sleep(seconds)
            os.killpg(child.pid, signal.SIGKILL)
        states = [{**site(n), SUMS: release(n, site(n), tmp_path / "sums").extra[SUMS]} for n in (number - 1, number)]
        assert all(data in (states[0].get(path), states[1].get(path)) for path, data in served(place).items())
        assert target(place).read(SUMS) in [state[SUMS] for state in states]
        here = target(place)
        with here.locked():
            assert checked(served(place)) == site(here.present() or 0)
            if here.present() != number:
                here.publish(release(number, site(number), tmp_path / f"output-{number}"))
        assert checked(served(place)) == site(number)
