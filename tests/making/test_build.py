"""A build from the plan to the site: what is made again, what is written, and what leaves the old site whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from bulletins.making import claims
from bulletins.making.build import make
from bulletins.making.conflicts import PlanConflict
from bulletins.making.ledger import Stamp
from bulletins.making.line import MakingFailed
from bulletins.making.publish import PublishFailed
from bulletins.making.report import Report
from bulletins.plan import Line, Output, Part
from tests.making import plans
from tests.making.plans import catalogue, failing, page, pages, shouted, slow, sums, times, tree, written

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

ROOT = Path(__file__).parents[2]
TEXTS = {"index.html": "trang chủ", "khoi/index.html": "khối", "tin/1/index.html": "tin 1", "tin/2/index.html": "tin 2"}
PLAN: list[Line] = [*pages(TEXTS), Output(("ảnh/1.jpg", "ảnh/1.webp"), written, ("jpg", "webp")), sums()]


OTHER = Output(("khac.html",), written, ("khác",))


class Place:
    """A folder for the site and one for the cache."""

    def __init__(self, tmp_path: Path) -> None:
        self.output, self.cache = tmp_path / "output", tmp_path / "cache"

    def build(self, plan: list[Line], workers: int = 1, seen: Stamp | None = None) -> Report:
        return make(plan, self.output, self.cache, workers, seen=seen or ())

    @property
    def ledger(self) -> Path:
        return self.cache / "ledger.json"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_first_build_writes_every_file_of_the_plan(place: Place) -> None:
    report = place.build(PLAN)

    assert {path: data for path, data in tree(place.output).items() if path in TEXTS} == {
        path: text.encode() for path, text in TEXTS.items()
    }
    assert (place.output / "ảnh/1.webp").read_bytes() == b"webp"
    assert (report.planned, report.made, len(report.published.written), len(report.published.removed)) == (7, 7, 7, 0)
    assert report.bytes == sum(len(data) for data in tree(place.output).values() if data is not None)
    assert report.seconds.keys() == {"compare", "make", "publish"}


def test_a_listing_lists_every_file_that_is_made_before_it_sorted(place: Place) -> None:
    place.build([catalogue(), *PLAN, sums("again.txt")])
    known = [*TEXTS, "ảnh/1.jpg", "ảnh/1.webp", "index.json"]

    assert names_in(place.output / "sums.txt") == sorted(known)
    assert names_in(place.output / "again.txt") == sorted([*known, "sums.txt"])


def names_in(path: Path) -> list[str]:
    return [line.split()[0] for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_catalogue_lists_what_outputs_are_named_and_is_made_anew_where_a_name_comes(place: Place) -> None:
    place.build([catalogue(), *PLAN])
    made = [place.build([catalogue(), *plan]).made for plan in ([*pages({"index.html": "khác"}), *PLAN[1:]], [OTHER])]

    assert made == [2, 2]
    assert names_in(place.output / "index.json")[-1] == "khac.html"


def test_a_second_build_writes_nothing_at_all(place: Place) -> None:
    place.build(PLAN)
    before = times(place.output), times(place.cache)
    report = place.build(PLAN)

    assert (times(place.output), times(place.cache)) == before
    assert (
        report.planned,
        report.made,
        len(report.published.written),
        len(report.published.removed),
        report.bytes,
    ) == (7, 0, 0, 0, 0)


def test_no_finished_files_are_left_in_the_cache(place: Place) -> None:
    place.build(PLAN)

    assert {path.name for path in place.cache.iterdir()} == {"ledger.json", "lock"}


@pytest.mark.parametrize("damage", [b"", b"{}", None])
def test_without_the_metadata_of_a_listed_file_that_file_is_made_again(place: Place, damage: bytes | None) -> None:
    place.build(plans.shard_and_root("một"))
    metadata = place.cache / "metadata.json"
    metadata.unlink() if damage is None else metadata.write_bytes(damage)
    place.build(plans.shard_and_root("hai"))

    assert (place.output / "root.json").read_text(encoding="utf-8") == "hai: 5"


def test_the_metadata_that_a_file_had_is_no_longer_listed_once_its_line_gives_none(place: Place) -> None:
    place.build(plans.shard_and_root("một"))
    for title in ("hai", "ba"):
        place.build(plans.shard_and_root(title, None))

        assert (place.output / "root.json").read_text(encoding="utf-8") == f"{title}: "


def test_an_edit_rewrites_only_its_files_and_what_lists_them(place: Place) -> None:
    place.build(PLAN)
    before = times(place.output)
    report = place.build([*pages(TEXTS | {"tin/1/index.html": "tin 1 sửa"}), *PLAN[4:]])
    changed = {path for path, time in times(place.output).items() if before[path] != time and Path(path).is_file()}

    assert changed == {str(place.output / "tin/1/index.html"), str(place.output / "sums.txt")}
    assert (report.made, len(report.published.written)) == (2, 2)


def test_a_file_whose_bytes_come_out_the_same_is_not_rewritten(place: Place) -> None:
    place.build([Output(("a.txt",), shouted, ("Tin",)), sums()])
    before = times(place.output)
    report = place.build([Output(("a.txt",), shouted, ("tin",)), sums()])

    assert times(place.output) == before
    assert (report.made, len(report.published.written)) == (1, 0)


@pytest.mark.parametrize("damage", [b"", b"{}", None])
def test_without_its_ledger_a_build_rewrites_no_file_that_is_right(place: Place, damage: bytes | None) -> None:
    place.build(PLAN)
    before, ledger = times(place.output), place.ledger.read_bytes()
    place.ledger.unlink() if damage is None else place.ledger.write_bytes(damage)
    report = place.build(PLAN)

    assert times(place.output) == before
    assert (report.made, len(report.published.written)) == (7, 0)
    assert place.ledger.read_bytes() == ledger


def spoil(path: Path) -> None:
    path.write_text("lạ")


def spoil_unseen(path: Path) -> None:
    """The same size and, but for a nanosecond, the same time."""
    seen = path.stat()
    path.write_bytes(b"x" * seen.st_size)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns + 1))


def make_a_folder(path: Path) -> None:
    path.unlink()
    (path / "lạ").mkdir(parents=True)
    (path / "lạ" / "a").write_text("lạ")


def make_a_link(path: Path) -> None:
    path.rename(path.parent.parent.parent / "copy")
    path.symlink_to(path.parent.parent.parent / "copy")


def remove_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


@pytest.mark.parametrize("harm", [spoil, spoil_unseen, Path.unlink, make_a_folder, make_a_link, remove_folder])
def test_what_a_stranger_changes_in_the_output_folder_is_repaired(place: Place, harm: Callable[[Path], None]) -> None:
    place.build(PLAN)
    clean = tree(place.output)
    harm(place.output / "khoi/index.html")
    report = place.build(PLAN)

    assert tree(place.output) == clean
    assert not (place.output / "khoi/index.html").is_symlink()
    assert len(report.published.written) == 1


@pytest.mark.parametrize(("nth", "was_killed", "repaired"), [(1, False, False), (0, False, True), (1, True, True)])
def test_only_files_seen_to_stand_as_the_present_ledger_says_are_not_looked_at_again(
    place: Place, nth: int, was_killed: bool, repaired: bool
) -> None:
    ledgers = [place.build(PLAN).ledger, place.build([*PLAN, OTHER]).ledger]
    spoil(place.output / "khoi/index.html")
    if was_killed:  # another build, which published that and left no ledger
        (place.cache / "staging").mkdir()

    assert bool(place.build([*PLAN, OTHER], seen=ledgers[nth]).published.written) == repaired


def test_where_no_ledger_is_nothing_passes_for_seen(place: Place) -> None:
    place.build(PLAN)
    place.ledger.unlink()
    lay(place.output, "la/a.html")

    assert make(PLAN, place.output, place.cache, 1, recognise=lambda _: [*TEXTS], seen=[]).strange == ("la",)


def test_a_file_that_was_only_touched_is_not_made_again(place: Place) -> None:
    place.build(PLAN)
    os.utime(place.output / "khoi/index.html", (1, 1))

    assert place.build(PLAN).made == 0
    assert (place.output / "khoi/index.html").stat().st_mtime == 1


STRANGE = ("CNAME", ".well-known/security.txt", ".git/HEAD", ".git/refs/a", "khoi/lạ", "tin/1/lạ/a", "google1.html")


def lay(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("lạ")


def test_what_the_ledger_does_not_know_is_kept_and_named(place: Place) -> None:
    place.build(PLAN)
    clean = tree(place.output)
    lay(place.output, *STRANGE)
    (place.output / "khoi" / "rỗng").mkdir()
    with_strangers = tree(place.output)
    reports = [place.build(plan) for plan in (PLAN, [OTHER], PLAN)]

    assert tree(place.output) == with_strangers
    assert {path for path in clean if path not in with_strangers} == set()
    assert [len(report.published.removed) for report in reports] == [0, 7, 1]
    assert reports[0].strange == (".git", ".well-known", "CNAME", "google1.html", "khoi/lạ", "khoi/rỗng", "tin/1/lạ",
                                  "tin/1/lạ/a")  # fmt: skip


def test_where_the_ledger_is_lost_what_the_site_itself_knows_is_the_sites(place: Place) -> None:
    place.build(PLAN)
    lay(place.output, "CNAME")
    place.ledger.unlink()
    known = ["khoi/index.html", "index.html"]
    report = make([OTHER], place.output, place.cache, 1, recognise=lambda _: known)

    assert set(report.published.removed) == set(known) & set(TEXTS)
    assert (place.output / "CNAME").is_file()


def test_what_the_build_itself_writes_is_never_called_strange(place: Place) -> None:
    place.build(PLAN)
    lay(place.output, "CNAME")
    place.ledger.unlink()
    report = make(PLAN, place.output, place.cache, 1, recognise=lambda _: ["index.html"])

    assert report.strange == ("CNAME",)


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(place: Place) -> None:
    lay(place.output, "ảnh gốc/1.jpg", "index.html")
    before = tree(place.output)
    with pytest.raises(PublishFailed, match="không phải của trang"):
        make(PLAN, place.output, place.cache, 1, recognise=lambda _: ())

    assert tree(place.output) == before


@pytest.mark.parametrize("there", [(), ("CNAME", ".git/HEAD", ".nojekyll")])
def test_a_folder_for_a_site_may_be_a_checkout_for_pages(there: tuple[str, ...], place: Place) -> None:
    lay(place.output, *there)
    report = make(PLAN, place.output, place.cache, 1, recognise=lambda _: ())

    assert len(report.published.written) == 7
    assert all((place.output / path).is_file() for path in there)


def test_what_a_killed_build_was_about_to_write_is_the_sites(place: Place) -> None:
    place.build(PLAN)
    claims.write(place.cache, ["tin/9/index.html"])
    lay(place.output, "tin/9/index.html", "tin/10/index.html")
    report = place.build(PLAN)

    assert report.published.removed == ("tin/9/index.html",)
    assert report.strange == ("tin/10", "tin/10/index.html")
    assert claims.read(place.cache) == frozenset()


def test_files_a_stranger_put_where_the_site_needs_a_folder_are_named(place: Place) -> None:
    place.build([OTHER])
    lay(place.output, "khoi")
    with pytest.raises(PublishFailed, match=r"khoi: có tệp hoặc thư mục lạ ở chỗ này"):
        place.build(PLAN)


def test_a_folder_replaced_by_a_link_to_its_copy_becomes_a_folder_again(place: Place) -> None:
    place.build(PLAN)
    clean = tree(place.output)
    shutil.copytree(place.output / "khoi", place.cache / "copy")
    shutil.rmtree(place.output / "khoi")
    (place.output / "khoi").symlink_to(place.cache / "copy", target_is_directory=True)
    place.build(PLAN)

    assert tree(place.output) == clean
    assert not (place.output / "khoi").is_symlink()


def test_an_empty_plan_makes_an_empty_site(place: Place) -> None:
    place.build([])
    place.build(PLAN)
    place.build([])

    assert tree(place.output) == {}


def test_what_the_plan_no_longer_names_is_removed_with_its_folder(place: Place) -> None:
    place.build(PLAN)
    report = place.build([*pages({"index.html": "trang chủ"}), sums()])

    assert tree(place.output).keys() == {"index.html", "sums.txt"}
    assert len(report.published.removed) == 5


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failing_maker_leaves_the_old_site_whole(place: Place, workers: int) -> None:
    place.build(PLAN)
    before = tree(place.output), times(place.output), place.ledger.read_bytes()
    bad = [Output(("chậm",), slow, ("", 0.1)), page("tin/1/index.html", "mới"), Output(("hỏng.html",), failing, ("x",))]
    with pytest.raises(MakingFailed, match=r"hỏng\.html: LookupError"):
        place.build([*bad], workers)

    assert (tree(place.output), times(place.output), place.ledger.read_bytes()) == before
    assert not (place.cache / "staging").exists()


def test_a_failing_catalogue_leaves_the_old_site_whole(place: Place) -> None:
    place.build(PLAN)
    before = tree(place.output)
    with pytest.raises(MakingFailed, match=r"index\.json"):
        place.build([page("a.html", "a"), catalogue(title=1)])  # type: ignore[arg-type]

    assert tree(place.output) == before


FULL_DISK = """
import resource, sys
from pathlib import Path
from bulletins.making import claims
from bulletins.making.build import make
from bulletins.making.publish import PublishFailed
from tests.making.plans import page
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    make([page("index.html", "mới"), page("b.html", "x" * 2000)], Path(sys.argv[1]), Path(sys.argv[2]), 1)
except PublishFailed as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_disk_that_takes_no_more_leaves_the_old_site_whole(place: Place) -> None:
    place.build(PLAN)
    before = tree(place.output), times(place.output)
    code = [sys.executable, "-X", "utf8", "-c", FULL_DISK, str(place.output), str(place.cache)]
    done = subprocess.run(code, cwd=ROOT, capture_output=True, check=False)

    assert "đĩa đã đầy" in done.stderr.decode()
    assert (tree(place.output), times(place.output)) == before


@contextmanager
def without_the_rights_of_root() -> Iterator[None]:
    """To root no folder is read-only."""
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs the rights of folders")
def test_a_read_only_output_folder_is_refused() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        place.build([page("a.html", "cũ")])
        rights = {Path(name): 0o755, place.output: 0o555, place.cache: 0o777, place.cache / "lock": 0o666}
        for path, mode in rights.items():
            path.chmod(mode)
        with without_the_rights_of_root(), pytest.raises(PublishFailed, match="không có quyền ghi"):
            place.build([page("a.html", "mới"), page("b.html", "mới")])
        place.output.chmod(0o755)

        assert tree(place.output) == {"a.html": "cũ".encode()}


@pytest.mark.parametrize(
    "paths",
    [
        ("a.html", "a.html"),
        ("khoi/a.html", "khoi/A.html"),
        ("Đội/a", "đội/a"),
        (unicodedata.normalize("NFC", "ảnh"), unicodedata.normalize("NFD", "ảnh")),
        ("a", "a/b.html"),
        ("a/b/c", "a"),
    ],
)
def test_two_lines_that_name_one_file_are_refused_and_both_are_named(place: Place, paths: tuple[str, str]) -> None:
    for plan in ([page(paths[0], "1"), page(paths[1], "2")], [page(paths[0], "1"), catalogue(paths[1])]):
        with pytest.raises(PlanConflict) as caught:
            place.build([*plan])

        assert all(repr(path) in str(caught.value) for path in paths)
    assert not place.output.exists()


def test_one_line_that_names_a_file_twice_is_refused(place: Place) -> None:
    with pytest.raises(PlanConflict):
        place.build([Output(("a", "a"), written, ("1", "2"))])


@pytest.mark.parametrize(
    "path",
    ["", "/", "/etc/a", "../a", "a/../../b", "a/..", "./a", "a//b", "a/", "C:/a", "C:a", "..\\a", "a\\b", "a\nb", "\0"],
)
def test_a_path_that_could_lead_out_of_the_output_folder_is_refused(place: Place, path: str) -> None:
    with pytest.raises(PlanConflict, match="no path inside"):
        place.build([page(path, "a")])

    assert not place.output.exists()


def test_a_line_without_a_file_is_refused(place: Place) -> None:
    with pytest.raises(PlanConflict, match="names no file"):
        place.build([Output((), written, ())])


def test_names_that_only_look_like_leading_out_are_allowed(place: Place) -> None:
    place.build([page("..a/b..", "a"), page("output-2/a", "b"), page(".htaccess", "c")])

    assert (place.output / "..a/b..").read_bytes() == b"a"


def test_a_cache_inside_the_output_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanConflict, match="cache"):
        make([page("a", "a")], tmp_path, tmp_path / ".cache")


def test_an_input_without_a_digest_is_refused_before_anything_is_written(place: Place) -> None:
    place.build(PLAN)
    before = tree(place.output)
    with pytest.raises(TypeError, match=r"builtins\.list"):
        place.build([page("b.html", "b"), Output(("a.html",), written, (["a"],))])

    assert tree(place.output) == before


def test_what_a_killed_build_left_in_the_cache_is_cleared_away(place: Place) -> None:
    (place.cache / "staging").mkdir(parents=True)
    (place.cache / "staging" / "old").write_text("old")
    place.build(PLAN)

    assert not (place.cache / "staging").exists()


def test_progress_counts_lines_and_not_what_lists_them(place: Place) -> None:
    told: list[tuple[int, int]] = []
    make(PLAN, place.output, place.cache, 1, lambda *now: told.append(now))

    assert told == [(n, 5) for n in range(1, 6)]


def test_two_builds_from_two_folders_are_equal(tmp_path: Path) -> None:
    one, other = Place(tmp_path / "một"), Place(tmp_path / "hai")
    one.build(PLAN)
    other.build(list(reversed(PLAN)))

    assert tree(one.output) == tree(other.output)


def laid(*texts: str) -> list[Output]:
    return [page(f"{text}.html", text) for text in texts]


def test_a_part_of_the_plan_is_as_good_as_its_lines(place: Place) -> None:
    place.build([*laid("a", "b", "c"), catalogue()])
    report = place.build([Part(partial(laid, "a", "b")), Part(partial(laid, "c")), catalogue()])

    assert (report.planned, report.made, len(report.published.removed)) == (4, 0, 0)


@pytest.mark.parametrize("workers", [1, 2])
def test_two_parts_that_make_one_file_are_refused_and_the_old_site_stays(place: Place, workers: int) -> None:
    place.build([page("cũ.html", "cũ")])
    with pytest.raises(PlanConflict, match=r"b\.html"):
        place.build([Part(partial(laid, "a", "b")), Part(partial(laid, "b", "c"))], workers)

    assert tree(place.output) == {"cũ.html": "cũ".encode()}


@pytest.mark.parametrize("path", ["tin/1/index.html", "ảnh/1.jpg", "sums.txt"])
def test_a_file_altered_with_its_size_and_time_kept_is_named_and_mended_by_a_build_that_verifies(
    place: Place, path: str
) -> None:
    place.build(PLAN)
    before = tree(place.output)
    file = place.output / path
    stat, data = file.stat(), file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    report = make(PLAN, place.output, place.cache, 1, verify=True)

    assert report.altered == (path,)
    assert tree(place.output) == before


def test_a_build_that_verifies_a_whole_site_writes_nothing(place: Place) -> None:
    place.build(PLAN)
    before = times(place.output), times(place.cache)
    report = make(PLAN, place.output, place.cache, 1, verify=True)

    assert (times(place.output), times(place.cache)) == before
    assert (report.made, report.altered) == (0, ())
