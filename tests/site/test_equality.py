"""The law of the shortcut: whatever was edited, building on from the last site gives what a clean build gives."""

from __future__ import annotations

import contextlib
import io
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pelican import Pelican
from pelican.settings import read_settings
from PIL import Image

from bulletins import urls
from bulletins.aside import aside
from bulletins.making import ledger
from bulletins.making.ledger import Stamp
from bulletins.search import layout, volumes
from bulletins.shortcut import site as shortcut
from bulletins.shortcut import state as states
from tests.site.conftest import ROOT, SAMPLE

SITES, SEEDS = 4, 14
EDITS = 16
"""Edits of each seed of the long run: 224 in all."""

DRAFT = "status: draft\n"
UNITS = "content/register/units.yaml"

CONF = """\
import sys
sys.path.insert(0, {root!r})
from publishconf import *
SITEURL = "https://thidua.example.vn"
SITENAME = {name!r}
PATH, OUTPUT_PATH, CACHE_PATH, THEME = "content", {output!r}, {cache!r}, "theme"
PLUGIN_PATHS = [{plugins!r}]
BULLETINS_WORKERS = 1
"""


class Site:
    """A project that is edited at random and built on and on."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance, self.count, self.name = folder, chance, 0, "Bản tin mẫu"
        shutil.copytree(SAMPLE / "content", folder / "content")
        shutil.copytree(ROOT / "themes" / "thidua", folder / "theme", ignore=shutil.ignore_patterns("fonts"))
        self.units: list[dict[str, Any]] = yaml.safe_load((SAMPLE / UNITS).read_text(encoding="utf-8"))
        for unit in self.units:
            unit["names"] = [unit["names"]] if isinstance(unit["names"], str) else unit["names"]
        for _ in range(3):
            self.add_bulletin()
        self.write_settings()

    @property
    def bulletins(self) -> list[Path]:
        return sorted((self.folder / "content/bulletins").rglob("index.md"))

    def any_bulletin(self) -> Path:
        return self.chance.choice(self.bulletins)

    def write_settings(self) -> None:
        for conf, output, cache in (("conf", "output", ".cache"), ("clean", "clean", ".clean")):
            told = {"root": str(ROOT), "name": self.name, "plugins": str(ROOT / "plugins")}
            text = CONF.format(**told, output=output, cache=cache)
            (self.folder / f"{conf}.py").write_text(text, encoding="utf-8")

    def write_units(self) -> None:
        (self.folder / UNITS).write_text(yaml.safe_dump(self.units, allow_unicode=True), encoding="utf-8")

    def change(self, path: Path, pattern: str, new: str) -> None:
        """Replace the first match of a pattern in a file."""
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(pattern, lambda _: new, text, count=1, flags=re.MULTILINE), encoding="utf-8")

    # The edits. Each leaves a site without mistakes.

    def edit_text(self, path: Path | None = None) -> None:
        path = path or self.any_bulletin()
        path.write_text(f"{path.read_text(encoding='utf-8')}\n\nCâu thứ {self.chance.random()}.\n", encoding="utf-8")

    def edit_texts(self) -> None:
        self.edit_text()
        self.edit_text()

    def edit_aside(self, path: Path | None = None) -> None:
        """Save as careful editors do: beside the file, and then in its place."""
        path = path or self.any_bulletin()
        beside = path.with_name("index.md.new")
        beside.write_text(f"{path.read_text(encoding='utf-8')}\n\nCâu {self.chance.random()}.\n", encoding="utf-8")
        beside.replace(path)

    def leave_something(self) -> None:
        """What an office program leaves behind is none of the content."""
        (self.any_bulletin().parent / "~$index.md").write_text(str(self.chance.random()), encoding="utf-8")

    def edit_title(self) -> None:
        self.change(self.any_bulletin(), r"^title: .*$", f"title: Tiêu đề {self.chance.random()}")

    def edit_target(self) -> None:
        self.change(self.any_bulletin(), r"value: \d+", f"value: {self.chance.randint(1, 100)}")

    def edit_head(self) -> None:
        self.change(self.any_bulletin(), r"head: .*$", f"head: phong-{self.chance.choice(['mot', 'hai', 'ba'])}")

    def edit_day(self) -> None:
        path = self.any_bulletin()
        day = f"  date: 2023-{self.chance.randint(1, 12):02d}-{self.chance.randint(1, 28):02d}"
        self.change(path, r"^published: .*$", "published: 2024-01-01")
        self.change(path, r"^  date: .*$", day)

    def edit_register(self) -> None:
        """A short name for one unit; another name for one, of which the old one stays known, since bulletins use it."""
        self.chance.choice(self.units)["short_name"] = f"P{self.chance.randint(1, 99)}"
        unit = self.chance.choice(self.units)
        unit["aliases"] = [*unit.get("aliases", ()), unit["names"][0]]
        unit["names"] = [f"Phòng {self.chance.random()}", *unit["names"][1:]]
        self.write_units()

    def swap_units(self) -> None:
        """What bulletins call by these names are other units from now on."""
        one, other = self.units[:2]
        for field in ("names", "aliases"):
            one[field], other[field] = other.get(field, []), one.get(field, [])
        self.write_units()

    def add_unit(self) -> None:
        """A unit that a text names already; the one added before is withdrawn."""
        for unit in self.units[3:]:
            unit["withdrawn"] = {"date": "2024-02-02", "reason": "Nhập nhầm"}
        self.count += 1
        self.units.append({"id": f"don-vi-{self.count}", "names": [self.chance.choice(["Buổi lễ", "Ba Phòng"])]})
        self.write_units()

    def rename_bloc(self) -> None:
        name = f"  names: Khối mẫu {self.chance.random()}\n  aliases: [Khối thi đua số I]"
        was = r"^  names: Khối (thi đua số I|mẫu .*\n  aliases: .*)$"
        self.change(self.folder / "content/register/blocs.yaml", was, name)

    def edit_page(self) -> None:
        self.change(self.folder / "content/pages/gioi-thieu.md", r"^title: .*$", f"title: Trang {self.chance.random()}")

    def edit_template(self) -> None:
        template = self.folder / "theme/templates" / self.chance.choice(["bulletin.html", "macros.html", "unit.html"])
        template.write_text(f"{template.read_text(encoding='utf-8')}\n{{# {self.chance.random()} #}}", encoding="utf-8")

    def edit_styles(self) -> None:
        styles = self.folder / "theme/static/site.css"
        styles.write_text(f"{styles.read_text(encoding='utf-8')}\n/* {self.chance.random()} */", encoding="utf-8")

    def edit_settings(self) -> None:
        self.name = f"Bản tin {self.chance.randint(1, 999)}"
        self.write_settings()

    def edit_photo(self) -> None:
        self.add_photo(self.any_bulletin())

    def add_photo(self, path: Path) -> None:
        """A photo beside the bulletin, new or another than before."""
        colour = tuple(self.chance.randrange(256) for _ in range(3))
        Image.new("RGB", (48, 32), colour).save(path.parent / "anh.jpg")
        if "photos:" not in path.read_text(encoding="utf-8"):
            self.change(path, r"^scoring:", "photos:\n  - file: anh.jpg\n    alt: Hội trường\nscoring:")

    def add_bulletin(self) -> None:
        self.count += 1
        name = f"them-{self.count}"
        folder = self.folder / f"content/bulletins/2023/{name}"
        folder.mkdir(parents=True)
        text = (SAMPLE / "content/bulletins/2023/khoi-1-2023-pact/index.md").read_text(encoding="utf-8")
        bloc = self.chance.choice(["khoi-1", "khoi-2"])
        text = text.replace("id: khoi-1-2023-pact", f"id: {name}").replace("bloc: Khối Thi đua 1", f"bloc: {bloc}")
        # That year has no page once the last bulletin that tells of it is withdrawn.
        text = text.replace("/khoi/khoi-1/2023/", "/khoi/khoi-1/")
        (folder / "index.md").write_text(text, encoding="utf-8")
        if self.chance.random() < 0.5:
            self.change(folder / "index.md", r"^  kinds:", "  id: mot-le\n  kinds:")
        if self.chance.random() < 0.5:
            self.add_photo(folder / "index.md")
        if self.chance.random() < 0.3:
            self.change(folder / "index.md", r"^lead:", f"{DRAFT}lead:")

    def delete_draft(self) -> None:
        """Remove a bulletin that never was public: a published one may not vanish."""
        drafts = [path for path in self.bulletins if DRAFT in path.read_text(encoding="utf-8")]
        if drafts:
            shutil.rmtree(self.chance.choice(drafts).parent)

    def rename_folder(self) -> None:
        self.count += 1
        folder = self.any_bulletin().parent
        folder.rename(folder.with_name(f"doi-ten-{self.count}"))

    def publish_draft(self) -> None:
        self.change(self.any_bulletin(), f"^{DRAFT}", "")

    def withdraw(self) -> None:
        path = self.any_bulletin()
        if "status:" not in path.read_text(encoding="utf-8"):
            gone = "status: withdrawn\nwithdrawn:\n  date: 2024-02-02\n  reason: Nhầm số liệu\nlead:"
            self.change(path, r"^lead:", gone)

    def edit_and_check(self) -> None:
        """A check between edit and build reads what the site was not made from."""
        self.chance.choice([self.edit_title, self.edit_target, self.edit_text])()
        run(self, "conf", BULLETINS_CHECK_ONLY=True)

    def edit_and_fail(self) -> None:
        """A build that breaks off has read, and made nothing."""
        self.chance.choice([self.edit_title, self.edit_head])()
        lost = self.folder / "theme/templates/home.html"
        kept = lost.read_text(encoding="utf-8")
        lost.write_text("{{ nothing.of.the.kind }}", encoding="utf-8")
        with pytest.raises(pytest.fail.Exception):
            build_on(self)
        lost.write_text(kept, encoding="utf-8")

    def nothing(self) -> None:
        """Build once more as it is."""


def edits(site: Site) -> list[Callable[[], None]]:
    often = [site.edit_text] * 5
    return [
        *often, site.edit_texts, site.edit_aside, site.edit_aside, site.leave_something, site.edit_title,
        site.edit_target, site.edit_head, site.edit_day, site.edit_register, site.swap_units, site.add_unit,
        site.rename_bloc, site.edit_page, site.edit_template,
        site.edit_styles, site.edit_settings, site.edit_photo, site.add_bulletin, site.delete_draft,
        site.rename_folder, site.publish_draft, site.withdraw, site.nothing, site.edit_and_check, site.edit_and_check,
        site.edit_and_fail,
    ]  # fmt: skip


def run(site: Site, conf: str, **settings: object) -> str:
    """Build in this process; gives what was said."""
    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(said):
        try:
            Pelican(read_settings(str(site.folder / f"{conf}.py"), override=settings)).run()
        except SystemExit as stop:
            if not settings.get("BULLETINS_CHECK_ONLY") or stop.code:
                pytest.fail(f"{stop}\n{said.getvalue()}")
    return said.getvalue()


def shorter(site: Site) -> tuple[str | None, Stamp]:
    """What a build says if it takes no whole build, and as which ledger says the site was seen to stand."""
    place = shortcut.Site("conf", site.folder / "content", site.folder / "output", site.folder / ".cache")
    said, standing = io.StringIO(), aside(place.standing)
    code = shortcut.build(place, standing, said, said)
    assert not code, said.getvalue()
    return None if code is None else said.getvalue(), standing()


def stands(site: Site) -> bool:
    """Whether a build finds nothing to do."""
    return shorter(site)[0] == f"{shortcut.UNCHANGED}\n"


def build_on(site: Site) -> bool:
    """Build as `tasks.py build` does; says whether it took a whole build."""
    said, standing = shorter(site)
    if said is None:
        run(site, "conf", BULLETINS_CALLED="conf", BULLETINS_STANDING=standing)
    return said is None


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def like_a_large_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search index of a few bulletins in as many volumes and shards as that of some thousand."""
    monkeypatch.setattr(volumes, "CAP", 2)
    monkeypatch.setattr(layout, "PER_SHARD", 0.05)
    monkeypatch.setattr(layout, "NEWEST_FROM", 8)


def unlike_clean(site: Site, edit: Callable[[], None]) -> list[str]:
    """The files that differ from those of a clean build, after an edit was made and built on."""
    edit()
    build_on(site)
    for name in ("clean", ".clean"):
        shutil.rmtree(site.folder / name, ignore_errors=True)
    run(site, "clean")
    grown, clean = files(site.folder / "output"), files(site.folder / "clean")
    return sorted(path for path in grown.keys() | clean.keys() if grown.get(path) != clean.get(path))


@pytest.mark.usefixtures("like_a_large_site")
@pytest.mark.parametrize("nth", range(SITES))
def test_building_on_after_every_edit_gives_what_a_clean_build_gives(nth: int, tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(nth))
    every = list({edit.__name__: edit for edit in edits(site)}.values())
    random.Random(1).shuffle(every)
    build_on(site)

    for edit in every[nth::SITES]:
        assert unlike_clean(site, edit) == [], edit.__name__


@pytest.mark.long
@pytest.mark.usefixtures("like_a_large_site")
@pytest.mark.parametrize("seed", range(SEEDS))
def test_building_on_after_any_edits_gives_what_a_clean_build_gives(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    site = Site(tmp_path, chance)
    build_on(site)

    for n in range(EDITS):
        edit = chance.choice(edits(site))
        assert unlike_clean(site, edit) == [], f"edit {n}: {edit.__name__}"


def test_an_edited_sentence_takes_the_shortcut_and_touches_only_what_lists_or_finds_it(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    build_on(site)
    before = {path: (tmp_path / "output" / path).stat().st_mtime_ns for path in files(tmp_path / "output")}
    path = site.bulletins[0]
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\nThêm một câu.\n", encoding="utf-8")
    whole = build_on(site)
    after = {path: (tmp_path / "output" / path).stat().st_mtime_ns for path in files(tmp_path / "output")}

    assert not whole
    touched = sorted(path for path in after if before[path] != after[path])
    shards = [path for path in touched if path.startswith("tim-kiem/")]
    assert shards
    assert [path.rpartition("/")[0] for path in touched if path.startswith("api/")] == [
        "api/v1/bulletins", "api/v1/catalogue/bulletins", "api/v1/catalogue/pages", "api/v1",
    ]  # fmt: skip
    assert len(touched) == 5 + len(shards)
    assert stands(site)


def test_a_text_that_took_the_shortcut_and_is_taken_back_stands_as_it_was(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    build_on(site)
    path = site.bulletins[0]
    text = path.read_text(encoding="utf-8")
    site.edit_text(path)
    build_on(site)

    def take_back() -> None:
        path.write_text(text, encoding="utf-8")
        site.edit_page()

    assert unlike_clean(site, take_back) == []


def fingerprints(site: Site, output: str) -> dict[str, str]:
    """The fingerprints in the ledger of a site, but for the shards of the search index."""
    cache = ledger.folder(site.folder / (".clean" if output == "clean" else ".cache"), Path(output))
    entries = ledger.load(cache)
    shards = urls.search_index("i/").lstrip("/")
    return {path: entry[0] for path, entry in entries.files.items() if not path.startswith(shards)}


def test_the_shortcut_makes_every_line_that_depends_on_a_text_and_amends_what_lists_files(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path, random.Random(1))
    site.add_photo(site.bulletins[0])
    build_on(site)
    shown = [path for path in site.bulletins if DRAFT not in path.read_text(encoding="utf-8")]
    for path in shown:
        site.edit_text(path)
    whole = build_on(site)
    run(site, "clean")
    short, clean = fingerprints(site, "output"), fingerprints(site, "clean")

    assert not whole
    assert short.keys() == clean.keys()
    assert {path.split("/")[2] for path in short if short[path] != clean[path]} == {"index.json", "catalogue"}


@pytest.mark.parametrize("edit", [Site.edit_text, Site.edit_aside])
def test_an_edited_text_takes_the_shortcut_however_it_was_saved(
    tmp_path: Path, edit: Callable[[Site, Path], None]
) -> None:
    site = Site(tmp_path, random.Random(1))
    build_on(site)
    edit(site, site.bulletins[0])

    assert not build_on(site)
    assert stands(site)


def test_where_somebody_harmed_what_lists_the_files_an_edited_text_takes_a_whole_build(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    build_on(site)
    root = tmp_path / "output/api/v1/index.json"
    whole = []
    for harm in (Path.unlink, lambda path: path.write_text("{}")):
        harm(root)
        site.edit_text(site.bulletins[0])
        whole.append(build_on(site))

    assert whole == [True, True]
    assert stands(site)


def test_the_shortcut_tells_the_same_sums_as_a_whole_build(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    build_on(site)
    path = site.bulletins[0]
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\nChiến sỹ thi đua theo số 99/QĐ-UBND.\n", encoding="utf-8")
    short, _ = shorter(site)
    (tmp_path / ".cache/site-output/snapshot.json").unlink()
    whole = run(site, "conf")
    sums = re.compile(r"^.* bản tin = .*$", re.MULTILINE)

    assert short is not None
    assert sums.findall(short) == sums.findall(whole)
    assert not sums.findall(short)[0].endswith("0 cảnh báo, 0 bỏ qua")


def test_what_another_build_kept_for_the_shortcut_is_not_used(tmp_path: Path) -> None:
    site, other = Site(tmp_path / "a", random.Random(1)), Site(tmp_path / "b", random.Random(1))
    other.name = "Một trang khác"
    other.write_settings()
    build_on(site)
    build_on(other)
    kept = ".cache/site-output/kept.json"
    shutil.copy(other.folder / kept, site.folder / kept)
    site.edit_text(site.bulletins[0])

    assert shorter(site)[0] is None


def test_what_an_office_program_leaves_behind_changes_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    build_on(site)
    site.leave_something()

    assert stands(site)


def test_where_other_plugins_have_a_say_there_is_no_shortcut(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    (tmp_path / "another.py").write_text("def register() -> None:\n    pass\n", encoding="utf-8")
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"PLUGIN_PATHS.append({str(tmp_path)!r})\nPLUGINS = [*PLUGINS, 'another']\n")
    build_on(site)
    site.edit_text()

    assert shorter(site)[0] is None


def test_where_a_published_file_was_touched_an_edited_text_takes_a_whole_build(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    build_on(site)
    site.edit_text()
    (tmp_path / "output/index.html").write_text("khác", encoding="utf-8")

    assert build_on(site)
    run(site, "clean")
    assert files(tmp_path / "output") == files(tmp_path / "clean")


def test_a_bulletin_that_comes_out_later_is_not_forgotten(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    site.change(site.bulletins[0], r"^published: .*$", "published: 2199-01-01")
    build_on(site)
    state = states.load(tmp_path / ".cache/site-output")

    assert state is not None
    assert state.until is not None
    states.save(tmp_path / ".cache/site-output", state._replace(until=0.0))
    assert shorter(site)[0] is None


def test_a_check_between_two_builds_does_not_hide_a_change(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    build_on(site)
    site.change(site.bulletins[0], r"^title: .*$", "title: Tiêu đề đã sửa")
    run(site, "conf", BULLETINS_CHECK_ONLY=True)
    build_on(site)

    assert "Tiêu đề đã sửa" in (tmp_path / "output/index.html").read_text(encoding="utf-8")


def test_a_sister_that_only_a_check_has_seen_stands_on_no_page(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    first = site.bulletins[0]
    site.change(first, r"^  kinds:", "  id: mot-le-chung\n  kinds:")
    build_on(site)
    sister = shutil.copytree(first.parent, first.parent.with_name("chi-em")) / "index.md"
    site.change(sister, r"^id: .*$", "id: chi-em")
    run(site, "conf", BULLETINS_CHECK_ONLY=True)
    shutil.rmtree(sister.parent)

    assert unlike_clean(site, lambda: site.edit_text(first)) == []


def test_a_sister_that_was_away_while_a_check_ran_stands_on_the_page(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    first, second = [path for path in site.bulletins if DRAFT not in path.read_text(encoding="utf-8")][:2]
    for path in (first, second):
        site.change(path, r"^(  id: .*\n)?  kinds:", "  id: mot-le-chung\n  kinds:")
    build_on(site)
    second.parent.rename(tmp_path / "away")
    with pytest.raises(pytest.fail.Exception):  # the check says that it is gone
        run(site, "conf", BULLETINS_CHECK_ONLY=True)
    (tmp_path / "away").rename(second.parent)

    assert unlike_clean(site, lambda: site.edit_text(first)) == []


def test_a_text_is_edited_beside_a_sister_with_photos(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))
    for path in site.bulletins[:2]:
        site.change(path, r"^  kinds:", "  id: mot-le-chung\n  kinds:")
        site.add_photo(path)
    build_on(site)
    path = site.bulletins[0]
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\nThêm.\n", encoding="utf-8")

    assert not build_on(site)
    assert stands(site)


@pytest.mark.parametrize("name", ["readings-output.sqlite", "site-output/ledger.json"])
def test_a_damaged_cache_costs_time_and_nothing_else(tmp_path: Path, name: str) -> None:
    site = Site(tmp_path, random.Random(1))
    build_on(site)
    cache = tmp_path / ".cache" / name
    cache.write_bytes(cache.read_bytes()[:100] + bytes(2000))
    site.edit_text()
    with contextlib.suppress(pytest.fail.Exception):
        build_on(site)  # one build may say that it has thrown the file away
    build_on(site)
    run(site, "clean")

    assert files(tmp_path / "output") == files(tmp_path / "clean")


def written_by_one_more(folder: Path, others: int) -> int:
    """How many files a new bulletin of one bloc changes on a site with so many of another bloc, but for shards."""
    site = Site(folder, random.Random(1))
    text = (SAMPLE / "content/bulletins/2023/khoi-1-2023-pact/index.md").read_text(encoding="utf-8")
    for n in range(others):
        place = folder / f"content/bulletins/2022/khac-{n}"
        place.mkdir(parents=True)
        other = text.replace("id: khoi-1-2023-pact", f"id: khac-{n}").replace("/khoi-1/", "/khoi-2/")
        other = other.replace("Khối Thi đua 1", "khoi-2").replace("2023", "2022")
        (place / "index.md").write_text(other, encoding="utf-8")
    build_on(site)
    before = {path: (folder / "output" / path).stat().st_mtime_ns for path in files(folder / "output")}
    place = folder / "content/bulletins/2023/mot-nua"
    place.mkdir()
    (place / "index.md").write_text(text.replace("id: khoi-1-2023-pact", "id: mot-nua"), encoding="utf-8")
    build_on(site)
    after = {path: (folder / "output" / path).stat().st_mtime_ns for path in files(folder / "output")}
    shards = urls.search_index("i/").lstrip("/")
    return sum(before.get(path) != time for path, time in after.items() if not path.startswith(shards))


def test_what_one_more_bulletin_writes_does_not_grow_with_the_others(tmp_path: Path) -> None:
    few, many = written_by_one_more(tmp_path / "few", 3), written_by_one_more(tmp_path / "many", 20)

    assert many == few
    assert few < 70
