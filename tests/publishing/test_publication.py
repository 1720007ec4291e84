"""`publish`: from content to the public, in one step that readers see whole, after what was published before."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bulletins.memory.read import read_memory
from bulletins.publishing.addresses import target_of
from bulletins.publishing.git import Git
from bulletins.publishing.release import obsolete, withdrawn_of
from bulletins.publishing.sums import SIGNATURE, SUMS, read_sums
from bulletins.publishing.target import TargetFailed
from bulletins.settings import Settings
from tests.publishing.office import TEXT, Office
from tests.site.conftest import ROOT
from tools import verify
from tools.door import Fault
from tools.due import print_missed
from tools.publishing import ONLY_SHOWN, UNCHANGED, refuse_unready

PAGE = "ban-tin/khoi-1-2023-pact/index.html"
HOUR = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
"""Midnight in Vietnam."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that has published once."""
    office = Office.new(tmp_path_factory.mktemp("office") / "office")
    with pytest.raises(Fault, match="--first"):
        office.publish()
    assert office.publish(first=True) == 0
    shutil.copytree(office.folder, office.folder.with_name("after"), symlinks=True)
    return office


@pytest.fixture
def office(published: Office) -> Office:
    """The same, as it was after that."""
    shutil.rmtree(published.folder)
    shutil.copytree(published.folder.with_name("after"), published.folder, symlinks=True)
    return published


def test_a_first_publication_says_so_and_begins_the_log_with_one_entry(published: Office) -> None:
    assert (published.log(), published.releases()) == ([("Refresh", None)], ["1"])
    with pytest.raises(Fault, match="--first"):
        published.publish(first=True)


def test_a_site_that_moves_to_another_host_goes_out_once_its_feeds_keep_their_ids(office: Office) -> None:
    conf, dump = office.folder / "conf.py", "api/v1/dumps/2023.ndjson.gz"
    conf.write_text(conf.read_text(encoding="utf-8").replace("bantin.thidua.vn", "moi.thidua.vn"), encoding="utf-8")
    with pytest.raises(Fault, match=r'BULLETINS_AUTHORITY = "bantin\.thidua\.vn,2026"'):
        office.publish()
    with conf.open("a", encoding="utf-8") as file:
        file.write('BULLETINS_AUTHORITY = "bantin.thidua.vn,2026"\n')

    assert office.publish() == 0
    assert office.log() == [("Refresh", None)]
    assert json.loads(gzip.decompress(office.read(dump)))["url"].startswith("https://moi.thidua.vn/")


def test_what_is_out_can_be_proven_from_outside(published: Office) -> None:
    sums = read_sums(published.read(SUMS))
    findings = list(verify.differences(sums, verify.folder(published.public / "current")))

    assert {finding.what for finding in findings} == {"not of this release"}
    assert all(finding.path.endswith(".gz") or finding.path == ".SHA256SUMS" for finding in findings)
    assert gzip.decompress(published.read(f"{PAGE}.gz")) == published.read(PAGE)


def test_where_nothing_changed_there_is_no_release_and_no_line_in_the_log(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.publish() == 0
    assert (office.log(), office.releases()) == ([("Refresh", None)], ["1"])
    assert capsys.readouterr().out == f"{UNCHANGED}\n"


def test_an_edit_is_shown_first_where_that_is_wished_and_then_goes_out_as_one_entry(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.edit("tám giờ", "chín giờ")
    assert office.publish(dry_run=True) == 0
    said = capsys.readouterr().out
    assert said.endswith(f"{ONLY_SHOWN}\n")
    assert "content/bulletins/2023/khoi-1-2023-pact/index.md:2:1: Cảnh báo: bản tin đã đăng nay nói khác" in said
    assert b"ch\xc3\xadn gi\xe1\xbb\x9d" not in office.read(PAGE)

    assert office.publish() == 0
    assert "trang: 0 mới, 1 đổi, 0 bỏ" in capsys.readouterr().out
    assert b"ch\xc3\xadn gi\xe1\xbb\x9d" in office.read(PAGE)
    assert office.log()[1:] == [("Update", "khoi-1-2023-pact")]
    assert office.releases() == ["1", "2"]


def test_a_dump_stands_in_the_release_until_something_in_it_is_withdrawn(office: Office) -> None:
    dump = "api/v1/dumps/2023.ndjson.gz"
    first = office.read(dump)
    assert json.loads(gzip.decompress(first))["id"] == "khoi-1-2023-pact"

    office.add_sentence(1)
    assert office.publish() == 0
    assert office.read(dump) == first
    assert [entry["seq"] for entry in json.loads(office.read("api/v1/dumps/index.json"))["dumps"]] == [1]

    office.withdraw("khoi-1-2023-pact")
    assert office.publish() == 0
    assert not (office.public / "current" / dump).exists()


def test_what_is_withdrawn_leaves_a_mark_for_the_server_and_no_release_that_shows_it(office: Office) -> None:
    office.edit("---\n", "---\nstatus: withdrawn\nwithdrawn: {date: 2024-01-01, reason: Đăng nhầm}\n")
    assert office.publish() == 0

    assert office.releases() == ["2"]
    assert office.read("ban-tin/khoi-1-2023-pact/.gone") == b""
    assert not any(
        b"Bu\xe1\xbb\x95i l\xe1\xbb\x85 b\xe1\xba\xaft" in f.read_bytes() for f in office.public.rglob("*.html")
    )


def test_going_back_is_a_new_release_whose_log_goes_on_with_a_refresh(office: Office) -> None:
    with pytest.raises(Fault, match="no earlier release"):
        office.publish(rollback=True)
    with pytest.raises(Fault, match="nothing was done"):
        office.publish(rollback=True, dry_run=True)
    first = office.read(PAGE)
    office.edit("tám giờ", "chín giờ")
    assert office.publish() == 0
    assert office.publish(rollback=True) == 0

    assert (office.read(PAGE), office.releases()) == (first, ["2", "3"])
    happened = [("Refresh", None), ("Update", "khoi-1-2023-pact"), ("Refresh", None)]
    assert office.log() == happened
    current = office.public / "current"
    assert list(verify.differences(read_sums(office.read(SUMS)), verify.folder(current), "api/")) == [
        verify.Finding("not of this release", path.relative_to(current).as_posix())
        for path in sorted(current.glob("api/**/*.gz"))
        if not path.name.endswith(".ndjson.gz")
    ]
    memory = read_memory(office.read)
    assert memory is not None and memory.seq == 3

    assert office.publish() == 0
    assert office.log() == [*happened, ("Update", "khoi-1-2023-pact")]


def test_who_goes_back_further_than_the_last_publication_is_told_so(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.add_bulletin("thu-hai")
    assert office.publish() == 0
    office.withdraw("thu-hai")
    assert office.publish() == 0
    capsys.readouterr()
    assert office.publish(rollback=True) == 0

    assert "Bản 2 không còn được giữ" in capsys.readouterr().out
    assert office.publish() == 0
    capsys.readouterr()
    assert office.publish(rollback=True) == 0
    assert "không còn được giữ" not in capsys.readouterr().out


def test_nobody_goes_back_to_what_was_withdrawn_since(office: Office) -> None:
    office.edit("tám giờ", "chín giờ")
    assert office.publish() == 0
    office.edit("lead: ", "expires: 2024-03-02\nlead: ")
    with pytest.raises(Fault, match="khoi-1-2023-pact"):
        office.publish(rollback=True)


def test_a_mistake_leaves_what_is_out_as_it_is(office: Office) -> None:
    office.edit("value: 95", "value: sai")

    assert office.publish() == 1
    assert office.releases() == ["1"]


def test_a_broken_link_leaves_what_is_out_as_it_is(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    conf = office.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + 'THEME = "theme"\n', encoding="utf-8")
    shutil.copytree(ROOT / "themes/thidua", office.folder / "theme")
    base = office.folder / "theme/templates/base.html"
    base.write_text(
        base.read_text(encoding="utf-8").replace("</body>", '<a href="/khong-co/">x</a></body>'), encoding="utf-8"
    )

    assert office.publish() == 1
    assert "/khong-co/" in capsys.readouterr().out
    assert office.releases() == ["1"]


def test_a_damaged_memory_stops_a_publication(office: Office) -> None:
    shard = next((office.public / "current/api/v1/catalogue").rglob("*.json"))
    shard.write_bytes(shard.read_bytes()[:-1])
    with pytest.raises(Fault, match=shard.name):
        office.publish()


def _key(folder: Path) -> tuple[Path, str]:
    """A signing key as `minisign -G -W` writes it, and the line of its public half."""
    seed = bytes(range(32))
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    secret = b"Ed\0\0B2" + bytes(48) + b"12345678" + seed + public + bytes(32)
    file = folder / "minisign.key"
    file.write_text(f"untrusted comment: a key\n{base64.b64encode(secret).decode()}\n", encoding="utf-8")
    return file, base64.b64encode(b"Ed12345678" + public).decode()


def test_a_release_is_signed_where_the_office_has_a_key(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, public = _key(tmp_path)
    monkeypatch.setenv("BULLETINS_SIGNING_KEY", str(file))
    with pytest.raises(Fault, match=f'BULLETINS_PUBLIC_KEY = "{re.escape(public)}"'):
        office.publish()
    conf = office.folder / "conf.py"
    conf.write_text(f'{conf.read_text(encoding="utf-8")}BULLETINS_PUBLIC_KEY = "{public}"\n', encoding="utf-8")
    assert office.publish() == 0
    assert public.encode() in office.read("du-lieu/index.html")

    signature = office.read(SIGNATURE).decode()
    assert verify.signature_is_right(verify.public_key(public), office.read(SUMS), signature)
    monkeypatch.setenv("BULLETINS_SIGNING_KEY", str(tmp_path / "khong-co"))
    with pytest.raises(Fault, match="khong-co"):
        office.publish()
    monkeypatch.delenv("BULLETINS_SIGNING_KEY")
    with pytest.raises(Fault, match="no key signs"):
        office.publish()


def test_another_machine_goes_on_with_the_log_of_the_first_and_no_time_goes_back_where_its_clock_is_behind(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(office.folder / ".cache")
    office.edit("tám giờ", "chín giờ")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    capsys.readouterr()

    assert office.publish() == 0
    assert "đồng hồ máy này (05:13 15/11/2023) chậm hơn lần đăng trước" in capsys.readouterr().out
    assert office.log() == [("Refresh", None), ("Update", "khoi-1-2023-pact")]
    assert office.publish(rollback=True) == 0
    first, *others = [item["endTime"] for item in json.loads(office.read("api/v1/changes/1.json"))["orderedItems"]]
    assert others == [first, first]


def test_where_the_target_is_lost_a_mirror_of_it_is_enough_to_go_on(office: Office) -> None:
    old, top = office.public / "current", office.folder / "restored"
    for path in (*read_sums(office.read(SUMS)), SUMS):
        (top / "releases/1" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(old / path, top / "releases/1" / path)
    (top / "current").symlink_to("releases/1")
    shutil.rmtree(office.public)
    shutil.rmtree(office.folder / ".cache")
    top.rename(office.public)
    office.edit("tám giờ", "chín giờ")

    assert office.publish() == 0
    assert office.log() == [("Refresh", None), ("Update", "khoi-1-2023-pact")]


def test_a_public_site_that_is_behind_is_noticed(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    def missed(after: timedelta) -> tuple[int, str]:
        code = print_missed(office.folder, Settings(), str(office.public), HOUR + after)
        return code, capsys.readouterr().err

    new = office.folder / "content/bulletins/2023/khoi-1-2023-summary/index.md"
    new.parent.mkdir()
    text = (office.folder / TEXT).read_text(encoding="utf-8")
    new.write_text(
        text.replace("khoi-1-2023-pact", "khoi-1-2023-summary").replace("2023-03-02 16:25", "2026-03-02 00:00"),
        encoding="utf-8",
    )
    office.edit("lead: ", "expires: 2026-03-02\nlead: ")

    assert missed(timedelta(seconds=-1)) == (0, "")
    code, said = missed(timedelta())
    assert (code, "chưa đăng  khoi-1-2023-summary" in said, "chưa gỡ" in said) == (1, True, False)
    code, said = missed(timedelta(days=1))
    assert (code, "chưa gỡ  khoi-1-2023-pact" in said, "publish" in said) == (1, True, True)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (Settings(site_url="https://thidua.example.vn", contact="a@b.vn"), "SITEURL"),
        (Settings(site_url="", contact="a@b.vn"), "SITEURL"),
        (Settings(site_url="https://bantin.thidua.vn"), "BULLETINS_CONTACT"),
    ],
)
def test_an_example_or_an_office_that_nobody_can_reach_is_not_published(settings: Settings, named: str) -> None:
    with pytest.raises(Fault, match=named):
        refuse_unready(settings)


def test_an_address_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TargetFailed, match="ftp://"):
        target_of("ftp://host/x", tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("s3:/kho/trang", "`s3://kho/trang`"), ("s3:kho", "`s3://kho`"),
        ("ssh:/web@may.gov.vn/srv/thidua", "`ssh://web@may.gov.vn/srv/thidua`"),
        ("web@may.gov.vn:/srv/thidua", "`ssh://web@may.gov.vn/srv/thidua`"),
        ("git+https:/may/kho.git#trang", "`git+https://may/kho.git#trang`"),
        ("git@may.gov.vn:so/kho.git", "`git+ssh://git@may.gov.vn/so/kho.git`"),
        ("git@may.gov.vn:so/kho.git#trang", "`git+ssh://git@may.gov.vn/so/kho.git#trang`"),
        ("git:/may/kho.git", "git+https://host/repository.git#branch"), ("S3:/kho", "s3://bucket/prefix"),
        ("https:/may/kho.git", "git+https://"),
    ],
)  # fmt: skip
def test_an_address_without_its_slashes_is_no_folder_but_answered_with_how_it_is_written(
    typed: str, meant: str, tmp_path: Path
) -> None:
    with pytest.raises(TargetFailed, match=re.escape(meant)) as refused:
        target_of(typed, tmp_path, tmp_path)
    assert str(refused.value).startswith(f"{typed}: ")
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("typed", ["git+/srv/kho.git#trang", "git+kho#trang", "git+git@may.gov.vn:so/kho.git#trang"])
def test_a_repository_on_a_disk_or_named_as_for_scp_is_a_branch(typed: str, tmp_path: Path) -> None:
    assert isinstance(target_of(typed, tmp_path, tmp_path), Git)


@pytest.mark.parametrize("typed", ["trang", "/srv/thi:dua", "./s3:/kho", "C:/trang"])
def test_any_other_address_is_a_folder(typed: str, tmp_path: Path) -> None:
    assert target_of(typed, tmp_path, tmp_path).name == str(tmp_path / typed)


@pytest.mark.parametrize(
    ("now", "shows"),
    [
        ({("bulletin", "a"): ""}, False),
        ({("bulletin", "a"): "withdrawn"}, True),
        ({("bulletin", "a"): "b", ("bulletin", "b"): ""}, False),
        ({("bulletin", "a"): "b", ("bulletin", "b"): "c", ("bulletin", "c"): "withdrawn"}, True),
        ({("bulletin", "a"): "b", ("bulletin", "b"): "a"}, False),
    ],
)
def test_a_release_shows_what_is_withdrawn_if_it_is_so_now_under_whatever_id(
    now: dict[tuple[str, str], str], shows: bool
) -> None:
    assert withdrawn_of({("bulletin", "a"): ""}, now) == (["a"] if shows else [])


def test_of_releases_the_newest_are_kept_but_none_that_shows_what_was_withdrawn() -> None:
    assert obsolete((1, 2, 3, 4, 5, 6), 6, 3, ()) == [1, 2, 3]
    assert obsolete((4, 5, 6), 6, 3, (4, 5)) == [4, 5]
