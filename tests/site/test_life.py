"""The life of a bulletin on a whole site: rows 25 to 27 of the faults other generators have."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.gallery.photos import encoded, upright
from tests.site.conftest import Project

FOLDER = "content/bulletins/2023/khoi-1-2023-pact"
BULLETIN = f"{FOLDER}/index.md"
WITHDRAWN = "status: withdrawn\nwithdrawn:\n  date: 2023-04-01\n  reason: Đăng nhầm bản chưa duyệt.\nlead: "
SAID = "Buổi lễ bắt đầu"
"""Words of the sample's text."""

MIDNIGHT = datetime(2023, 3, 1, 17, tzinfo=UTC)
"""2 March 2023 begins in Vietnam."""


def another(site: Project, name: str, *changes: tuple[str, str]) -> None:
    """A second bulletin with a photo, made from the sample's; its title and photo are found by its name."""
    folder = site.folder / f"content/bulletins/2023/{name}"
    folder.mkdir()
    (folder / f"{name}.jpg").write_bytes(encoded(upright(), "JPEG"))
    text = (site.folder / BULLETIN).read_text(encoding="utf-8")
    photos = f"photos:\n  - file: {name}.jpg\n    alt: Ảnh của {name}\n"
    own = (("id: khoi-1-2023-pact", f"id: {name}"), ("title: ", f"title: {name} "), ("lead: ", f"{photos}lead: "))
    for old, new in (*own, *changes):
        text = text.replace(old, new, 1)
    (folder / "index.md").write_text(text, encoding="utf-8")


def change(site: Project, old: str, new: str) -> None:
    path = site.folder / BULLETIN
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def at(moment: datetime) -> str:
    return str(int(moment.timestamp()))


def where(site: Project, words: str) -> list[str]:
    """Every published file that has the words in its path or in its bytes."""
    return [path for path, data in site.files().items() if words in path or words.encode() in data]


def test_row_25_a_draft_leaves_nothing_on_the_site_and_a_mistyped_one_stops_the_build(sample: Project) -> None:
    another(sample, "ban-nhap", ("lead: ", "status: draft\nlead: "))
    done = sample.build()

    assert done.returncode == 0, done.stderr
    assert where(sample, "ban-nhap") == []
    for wrong in ("status: drapt", "draft: true", "Statuss: draft"):
        shutil.rmtree(sample.folder / "content/bulletins/2023/ban-nhap")
        another(sample, "ban-nhap", ("lead: ", f"{wrong}\nlead: "))

        assert sample.build().returncode == 1
        assert where(sample, "ban-nhap") == []


def test_row_26_before_its_day_begins_in_vietnam_a_bulletin_and_its_photo_are_nowhere(sample: Project) -> None:
    another(sample, "hen-gio", ("published: 2023-03-02 16:25", "published: 2023-03-02"))
    before = sample.build(SOURCE_DATE_EPOCH=at(MIDNIGHT - timedelta(seconds=1)), TZ="America/New_York")

    assert "2 hẹn giờ" in before.stdout
    assert where(sample, "hen-gio") == []
    after = sample.build(SOURCE_DATE_EPOCH=at(MIDNIGHT), TZ="America/New_York")

    assert "1 đăng + 0 nháp + 1 hẹn giờ" in after.stdout
    assert {"ban-tin/hen-gio/index.html", "api/v1/bulletins/hen-gio.json"} < set(where(sample, "hen-gio"))


def answers(name: str) -> set[str]:
    """What stays of a withdrawn bulletin, its ceremony, its gallery and its photo, and says that it was withdrawn."""
    data = {f"api/v1/bulletins/{name}.json", f"api/v1/ceremonies/{name}.json"}
    pages = {f"ban-tin/{name}/index.html", f"anh/{name}/index.html", f"anh/{name}/{name}/index.html"}
    return data | pages


def notices(paths: Iterable[str]) -> set[str]:
    """The files but for the shards that list them, and for feeds, which tell their readers what was withdrawn."""
    lists = ("/feed.json", "/feed.xml")
    return {path for path in paths if not path.startswith("api/v1/catalogue/") and not f"/{path}".endswith(lists)}


def test_row_27_what_was_withdrawn_leaves_a_notice_and_nothing_else(sample: Project) -> None:
    another(sample, "da-go")
    assert sample.build().returncode == 0
    path = sample.folder / "content/bulletins/2023/da-go/index.md"
    path.write_text(path.read_text(encoding="utf-8").replace("lead: ", WITHDRAWN, 1), encoding="utf-8")
    done = sample.build()

    assert done.returncode == 0, done.stderr
    assert "1 đã gỡ" in done.stdout
    found = where(sample, "da-go")
    assert notices(found) == answers("da-go")
    for one in found:
        assert SAID.encode() not in sample.files()[one]


def test_a_bulletin_that_expired_leaves_a_notice_after_the_end_of_its_last_day(sample: Project) -> None:
    another(sample, "co-han", ("lead: ", "expires: 31/3/2023\nlead: "))
    last = datetime(2023, 3, 31, 17, tzinfo=UTC)
    sample.build(SOURCE_DATE_EPOCH=at(last - timedelta(seconds=1)))

    assert "anh/co-han/index.html" in where(sample, "co-han")
    done = sample.build(SOURCE_DATE_EPOCH=at(last))

    assert done.returncode == 0, done.stderr
    assert notices(where(sample, "co-han")) == answers("co-han")
    assert "Hết thời hạn đăng." in sample.files()["ban-tin/co-han/index.html"].decode()


def delete(site: Project) -> None:
    shutil.rmtree(site.folder / FOLDER)


def rename(site: Project) -> None:
    change(site, "id: khoi-1-2023-pact", "id: khoi-1-2023-giao-uoc")


def back_to_draft(site: Project) -> None:
    change(site, "lead: ", "status: draft\nlead: ")


def postpone(site: Project) -> None:
    change(site, "published: 2023-03-02 16:25", "published: 2199-01-01")


def test_a_bulletin_that_was_published_cannot_vanish(sample: Project) -> None:
    another(sample, "con-lai")
    assert sample.build().returncode == 0
    files, times = sample.files(), sample.times()
    kept = shutil.copytree(sample.folder / FOLDER, sample.folder / "kept")
    for lose in (delete, rename, back_to_draft, postpone):
        lose(sample)
        done = sample.build()
        shutil.copytree(kept, sample.folder / FOLDER, dirs_exist_ok=True)

        assert done.returncode == 1, lose
        assert "[W3] bản tin `khoi-1-2023-pact`" in done.stderr
        assert "con-lai" not in done.stderr
        assert "Traceback" not in done.stderr
        assert (sample.files(), sample.times()) == (files, times)


def test_a_fresh_clone_with_the_old_output_knows_what_was_published(sample: Project) -> None:
    assert sample.build().returncode == 0
    shutil.rmtree(sample.folder / ".cache")
    delete(sample)

    assert sample.build().returncode == 1


def test_without_an_old_site_nothing_is_missed(sample: Project) -> None:
    another(sample, "con-lai")
    delete(sample)

    assert sample.build().returncode == 0


def test_a_notice_of_withdrawal_cannot_vanish_either(sample: Project) -> None:
    another(sample, "da-go", ("lead: ", WITHDRAWN))
    assert sample.build().returncode == 0
    shutil.rmtree(sample.folder / "content/bulletins/2023/da-go")
    done = sample.build()

    assert done.returncode == 1
    assert "[W3] bản tin `da-go`" in done.stderr


def test_a_bulletin_refused_for_a_mistake_is_not_called_gone(sample: Project) -> None:
    assert sample.build().returncode == 0
    change(sample, "value: 95", "value: sai")
    done = sample.build()

    assert done.returncode == 1
    assert "W3" not in done.stderr


def test_a_preview_may_lose_bulletins(sample: Project) -> None:
    another(sample, "con-lai")
    conf = sample.folder / "conf.py"
    conf.write_text(f"{conf.read_text(encoding='utf-8')}\nBULLETINS_DRAFTS = True\n", encoding="utf-8")
    assert sample.build().returncode == 0
    delete(sample)

    assert sample.build().returncode == 0
    assert not Path(sample.output / "ban-tin/khoi-1-2023-pact").exists()
