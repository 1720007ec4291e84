"""Pages that are shown ahead of the whole build that follows: nobody relies on them, and a refused site has none."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from bulletins.shortcut import site as shortcut
from bulletins.shortcut.resident import Resident
from tests.making.test_lock import holding
from tests.site.test_equality import Site, build_on, files, run
from tools import resident as builder


def built(folder: Path) -> Site:
    """A site that was built a moment ago."""
    site = Site(folder, random.Random(1))
    build_on(site)
    return site


def as_a_site(site: Site) -> shortcut.Site:
    return shortcut.Site("conf", *(site.folder / name for name in ("content", "output", ".cache")))


def staying(site: Site) -> Resident:
    resident = Resident(as_a_site(site))
    resident.look()
    return resident


def saved(site: Site, edit: Callable[[Site], None]) -> list[str]:
    """The bulletins that an edit changed or made."""
    before = {path: path.read_bytes() for path in site.bulletins}
    edit(site)
    return [str(path) for path in site.bulletins if before.get(path) != path.read_bytes()]


def title(site: Site) -> None:
    site.change(site.bulletins[0], r"^title: .*$", "title: Tên khác")


def head(site: Site) -> None:
    site.change(site.bulletins[0], r"head: .*$", "head: phong-ba")


def one_more(site: Site) -> None:
    """A bulletin of the same ceremony as the first."""
    text = site.bulletins[0].read_text(encoding="utf-8")
    path = site.folder / "content/bulletins/2023/moi/index.md"
    path.parent.mkdir()
    path.write_text(text.replace("id: khoi-1-2023-pact", "id: moi"), encoding="utf-8")


def sister(site: Site) -> None:
    for path in site.bulletins[:2]:
        site.change(path, r"^  kinds:", "  id: mot-le\n  kinds:")


LONG = [
    pytest.param(edit, marks=pytest.mark.long) for edit in (head, sister, Site.edit_photo, Site.edit_day, Site.withdraw)
]


@pytest.mark.parametrize("edit", [title, one_more, *LONG])
def test_a_whole_build_after_pages_shown_ahead_gives_what_a_clean_build_gives(
    tmp_path: Path, edit: Callable[[Site], None]
) -> None:
    site = built(tmp_path)
    staying(site).show_ahead(saved(site, edit))
    build_on(site)
    run(site, "clean")

    assert files(tmp_path / "output") == files(tmp_path / "clean")


def test_a_bulletin_with_a_mistake_or_with_the_id_of_another_has_no_page_ahead(tmp_path: Path) -> None:
    site = built(tmp_path)
    first, second = site.bulletins[:2]
    site.change(first, r"^title:.*$", "title:")
    other = second.parent.with_name("ban-sao") / "index.md"
    other.parent.mkdir()
    other.write_bytes(second.read_bytes())
    resident = staying(site)

    assert resident.show_ahead([str(first)]) == {}
    assert resident.show_ahead([str(other)]) == {}


def test_pages_stand_ahead_of_the_build_and_are_gone_where_the_site_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = built(tmp_path)
    output, new, old = tmp_path / "output", "ban-tin/moi/index.html", "ban-tin/khoi-1-2023-pact/index.html"
    before = files(output)
    resident = staying(site)
    paths = [*saved(site, title), *(str(Path(path).parent) for path in saved(site, one_more))]

    def refused(*_: object) -> builder.Answer:
        assert json.loads(capsys.readouterr().out) == "ahead"
        assert "Tên khác" in (output / old).read_text(encoding="utf-8")
        assert (output / new).is_file()
        return 1, "", "refused", []

    monkeypatch.setattr(builder, "_whole_build", refused)
    code, *_ = builder._with_pages_ahead(resident, as_a_site(site), 0, paths)

    assert code == 1
    assert files(output) == before


def test_a_build_that_another_keeps_from_its_place_is_answered_although_pages_cannot_be_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, busy = built(tmp_path), (1, "", "busy", [])
    resident = staying(site)
    paths = saved(site, title)
    with ExitStack() as others:

        def kept_away(*_: object) -> builder.Answer:
            other = others.enter_context(holding(as_a_site(site).ledgers / "lock"))
            others.callback(other.communicate, "\n")
            return busy

        monkeypatch.setattr(builder, "_whole_build", kept_away)

        assert builder._with_pages_ahead(resident, as_a_site(site), 0, paths) == busy
