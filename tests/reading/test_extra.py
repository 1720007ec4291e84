"""Files of `content/extra`: at the root as they stand, and none in the place of ours."""

from __future__ import annotations

from pathlib import Path

from bulletins.indexes.catalogue import kind_of
from bulletins.pages.plan import extra_files
from bulletins.reading.extra import read_extra

PUBLISHED = ("CNAME", ".nojekyll", ".well-known/security.txt", "google1a2b.html", "mau/don.pdf", "favicon.ico")
REFUSED = {
    "index.html": "F10",
    "Feed.XML": "F10",
    "feed-2.json": "F10",
    "robots.txt": "F10",
    "SHA256SUMS": "F10",
    "khoi/a.html": "F10",
    "API/v2/a.json": "F10",
    "gioi-thieu/index.html": "F10",
    "tệp.pdf": "F10",
    "a b.pdf": "F10",
}


def lay(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")


def test_extra_files_go_out_at_the_root_and_what_systems_leave_does_not(tmp_path: Path) -> None:
    lay(tmp_path / "content/extra", *PUBLISHED, "Thumbs.db", ".DS_Store", "@eaDir/a", ".git/HEAD")
    files, wrong = read_extra(tmp_path / "content/extra", tmp_path, ["gioi-thieu"])

    assert wrong == ()
    assert {line.paths[0]: line.make(*line.inputs) for line in extra_files(files)} == {
        name: [name.encode()] for name in PUBLISHED
    }
    assert {kind_of(name) for name in PUBLISHED} == {"site", "pages"}, "a shard has no odd name"


def test_a_file_with_a_name_of_ours_is_refused_with_its_place(tmp_path: Path) -> None:
    lay(tmp_path / "content/extra", *REFUSED)
    (tmp_path / "content/extra/link").symlink_to(tmp_path)
    files, wrong = read_extra(tmp_path / "content/extra", tmp_path, ["gioi-thieu"])

    assert files == ()
    assert {m.path.removeprefix("content/extra/"): m.code for m in wrong} == {**REFUSED, "link": "F4"}


def test_without_the_folder_there_is_nothing(tmp_path: Path) -> None:
    assert read_extra(tmp_path / "content/extra", tmp_path, []) == ((), ())
