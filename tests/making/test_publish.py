"""The door to the output folder: what is moved, what is left alone, what is removed, and what is never followed."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import pytest

from bulletins.making.ledger import Ledger
from bulletins.making.publish import (
    Published,
    PublishFailed,
    Survey,
    parents,
    publish,
    same,
    speaking,
    stage,
    survey,
)
from tests.making.plans import times, tree

NOTHING = Ledger({}, {})


def put(folder: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def publish_texts(texts: dict[str, str], tmp_path: Path) -> Published:
    """Publish exactly these files."""
    output, staging = tmp_path / "output", tmp_path / "staging"
    staging.mkdir(exist_ok=True)
    staged = {path: stage(staging, path, text.encode()) for path, text in texts.items()}
    before = survey(output, NOTHING)
    new = [path for path, made in staged.items() if not same(output, path, made, before.files.get(path))]
    return publish(new, texts, output, staging, before)


@pytest.mark.parametrize(
    ("before", "after", "written", "removed"),
    [
        ({}, {"a.html": "a", "b/c.html": "c"}, ["a.html", "b/c.html"], []),
        ({"a.html": "a"}, {"a.html": "b"}, ["a.html"], []),
        ({"a.html": "a"}, {"a.html": "a"}, [], []),
        ({"a.html": "a", "b/c/d.html": "d"}, {"a.html": "a"}, [], ["b/c/d.html"]),
        ({"a.html": "a"}, {}, [], ["a.html"]),
        ({"a": "file", "b": "b"}, {"a/b.html": "folder"}, ["a/b.html"], ["a", "b"]),
        ({"a/b.html": "folder", "a/c/d.html": "d"}, {"a": "file"}, ["a"], ["a/b.html", "a/c/d.html"]),
        ({"ảnh/1.jpg": "1"}, {"ảnh/2.jpg": "1"}, ["ảnh/2.jpg"], ["ảnh/1.jpg"]),
    ],
)
def test_the_output_folder_becomes_exactly_the_new_site(
    tmp_path: Path, before: dict[str, str], after: dict[str, str], written: list[str], removed: list[str]
) -> None:
    put(tmp_path / "output", before)
    done = publish_texts(after, tmp_path)

    assert (list(done.written), list(done.removed)) == (written, removed)
    assert {path for path, data in tree(tmp_path / "output").items() if data is None} == parents(after)
    assert survey(tmp_path / "output", NOTHING).files.keys() == after.keys()
    assert all((tmp_path / "output" / path).read_text(encoding="utf-8") == text for path, text in after.items())


def test_a_site_that_is_the_same_is_not_touched(tmp_path: Path) -> None:
    publish_texts({"a.html": "a", "b/c.html": "c"}, tmp_path)
    before = times(tmp_path / "output")
    publish_texts({"a.html": "a", "b/c.html": "c"}, tmp_path)

    assert times(tmp_path / "output") == before


def test_the_stats_of_written_files_are_those_on_the_disk(tmp_path: Path) -> None:
    done = publish_texts({"a.html": "a", "b/c.html": "c"}, tmp_path)

    assert done.written == survey(tmp_path / "output", NOTHING).files


def test_empty_folders_are_removed(tmp_path: Path) -> None:
    (tmp_path / "output" / "a" / "b").mkdir(parents=True)
    publish_texts({"c.html": "c"}, tmp_path)

    assert tree(tmp_path / "output") == {"c.html": b"c"}


def test_links_in_the_output_folder_are_replaced_and_never_written_through(tmp_path: Path) -> None:
    put(tmp_path, {"outside/secret.txt": "secret", "outside/b.html": "outside"})
    output = tmp_path / "output"
    output.mkdir()
    (output / "a.html").symlink_to(tmp_path / "outside" / "secret.txt")
    (output / "same.html").symlink_to(tmp_path / "outside" / "secret.txt")
    (output / "folder").symlink_to(tmp_path / "outside", target_is_directory=True)
    (output / "stray").symlink_to(tmp_path / "outside", target_is_directory=True)
    (output / "broken").symlink_to(tmp_path / "nowhere")
    publish_texts({"a.html": "a", "same.html": "secret", "folder/b.html": "b"}, tmp_path)

    assert tree(output) == {"a.html": b"a", "same.html": b"secret", "folder": None, "folder/b.html": b"b"}
    assert not any(path.is_symlink() for path in output.rglob("*"))
    assert tree(tmp_path / "outside") == {"secret.txt": b"secret", "b.html": b"outside"}


def test_a_link_as_long_as_the_file_it_stands_for_is_still_replaced(tmp_path: Path) -> None:
    text = str(tmp_path / "copy")
    put(tmp_path, {"copy": text})
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "a.html").symlink_to(text)
    publish_texts({"a.html": text}, tmp_path)

    assert not (tmp_path / "output" / "a.html").is_symlink()
    assert (tmp_path / "output" / "a.html").read_text(encoding="utf-8") == text


def test_a_survey_follows_no_link(tmp_path: Path) -> None:
    put(tmp_path, {"outside/secret.txt": "secret", "output/a.html": "a"})
    (tmp_path / "output" / "link").symlink_to(tmp_path / "outside", target_is_directory=True)

    assert survey(tmp_path / "output", NOTHING).files.keys() == {"a.html", "link"}


def test_a_missing_output_folder_is_an_empty_one(tmp_path: Path) -> None:
    assert survey(tmp_path / "output", NOTHING) == Survey({}, frozenset(), {})


def test_a_file_in_the_place_of_the_output_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("not a folder")
    with pytest.raises(PublishFailed, match=r"Không ghi được vào .*output"):
        publish_texts({"a.html": "a"}, tmp_path)

    assert (tmp_path / "output").read_text() == "not a folder"


def test_files_are_carried_to_another_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = os.replace

    def only_within_a_folder(source: str, target: str) -> None:
        if Path(source).parent != Path(target).parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), source)
        rename(source, target)

    monkeypatch.setattr(os, "replace", only_within_a_folder)
    put(tmp_path / "output", {"a.html": "old"})
    publish_texts({"a.html": "new", "b/c.html": "c"}, tmp_path)

    assert tree(tmp_path / "output") == {"a.html": b"new", "b": None, "b/c.html": b"c"}


def elsewhere() -> Path | None:
    """A folder on another file system than that of temporary files, if this machine has one."""
    place = Path("/dev/shm")
    is_other = place.is_dir() and os.access(place, os.W_OK) and place.stat().st_dev != Path(gettempdir()).stat().st_dev
    return place if is_other else None


@pytest.mark.skipif(elsewhere() is None, reason="there is no second file system here")
@pytest.mark.parametrize("where", ["khoi/.half", ".half"])
def test_what_a_killed_build_left_on_another_file_system_is_gone_after_the_next(tmp_path: Path, where: str) -> None:
    with TemporaryDirectory(dir=elsewhere()) as name:
        output, staging = Path(name) / "output", tmp_path / "staging"
        (output / "khoi").mkdir(parents=True)
        (output / where).write_text("half a pa")
        staging.mkdir()
        fresh = {path: stage(staging, path, b"whole") for path in ("index.html", "khoi/index.html")}
        publish(fresh, fresh, output, staging, survey(output, NOTHING))

        assert tree(output) == {"index.html": b"whole", "khoi": None, "khoi/index.html": b"whole"}


def test_a_file_that_cannot_be_put_into_its_place_is_told_by_that_place(tmp_path: Path) -> None:
    (tmp_path / "staged").touch()
    with pytest.raises(PublishFailed, match=r"output.index\.html"), speaking(tmp_path):
        (tmp_path / "staged").replace(tmp_path / "output" / "index.html")
