"""The five bulletins of the repository as a whole site."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from bulletins.reading.content import read_content
from bulletins.reading.inside_links import Addresses
from bulletins.reading.plugin import NO_CONTACT, PLACEHOLDER
from bulletins.settings import Settings
from tests.site.conftest import ROOT, Project
from tools.links import broken_links

PICTURES = (".jpg", ".webp", ".avif")
BULLETINS = {
    "vpqh-khoi-3-2023-pact": ("vpqh-khoi-3", (2023,), 10),
    "vpqh-khoi-5-2022-summary": ("vpqh-khoi-5", (2022, 2023), 4),
    "bentre-khoi-1-2023-pact": ("bentre-khoi-1", (2022, 2023), 5),
    "bacninh-khoi-tham-muu-tong-hop-2024-pact": ("bacninh-khoi-tham-muu-tong-hop", (2024,), 2),
    "bvhttdl-khoi-20-2024-pact": ("bvhttdl-khoi-20", (2024,), 3),
}
UNITS = [
    "bao-dai-bieu-nhan-dan",
    "vp-dang-doan-quoc-hoi",
    "vpqh-vp-dang-doan-the",
    "vpqh-thu-vien-quoc-hoi",
    "vpqh-vu-thong-tin",
    "tt-boi-duong-dai-bieu-dan-cu",
    "vpqh-cuc-quan-tri-1",
    "vpqh-cuc-quan-tri-2",
    "vpqh-cuc-quan-tri-3",
    "vpqh-vu-le-tan-htqt",
    "vpqh-vu-thu-ky",
    "bnc-tinh-uy-ben-tre",
    "bao-dong-khoi",
    "vp-doan-dbqh-hdnd-bac-ninh",
    "vien-bao-ton-di-tich",
    "vien-vhnt-quoc-gia",
    "thu-vien-quoc-gia",
    "bvhttdl-tt-cntt",
]


def addresses() -> list[str]:
    """Every page and JSON file of contract §2 and §3 that the five bulletins call for so far."""
    found = ["", "khoi/", "don-vi/", "nam/", "anh/", "gioi-thieu/", "lien-he/", "tro-nang/"]
    for bulletin, (bloc, years, photos) in BULLETINS.items():
        found += [f"ban-tin/{bulletin}/", f"khoi/{bloc}/", f"anh/{bulletin}/"]
        found += [f"khoi/{bloc}/{year}/" for year in years] + [f"nam/{year}/" for year in years]
        found += [f"anh/{bulletin}/anh-{n:02}/" for n in range(1, photos + 1)]
        found += [
            f"api/v1/bulletins/{bulletin}.json",
            f"api/v1/ceremonies/{bulletin}.json",
            f"api/v1/blocs/{bloc}.json",
        ]
        found += [f"api/v1/blocs/{bloc}/{year}.json" for year in years] + [
            f"api/v1/years/{year}.json" for year in years
        ]
    found += [f"don-vi/{unit}/" for unit in UNITS] + [f"api/v1/units/{unit}.json" for unit in UNITS]
    found += [f"api/v1/{name}.json" for name in ("index", "blocs", "units", "years")]
    return sorted({*found, "404.html", "sitemap.xml", "robots.txt"})


@pytest.mark.parametrize("address", addresses())
def test_every_address_of_the_contract_is_there(real: Project, address: str) -> None:
    path = real.output / address

    assert (path / "index.html" if address.endswith("/") or not address else path).is_file()


def test_no_link_picture_or_feed_is_broken_and_none_reaches_out(real: Project) -> None:
    assert broken_links(real.output) == []


def test_the_first_page_for_staff_shows_what_a_first_build_prints(real: Project) -> None:
    page = (ROOT / "docs/staff/bat-dau.md").read_text(encoding="utf-8")
    files, placeholder = len(real.files()), PLACEHOLDER.format("https://thidua.example.vn")

    assert f"\n{len(BULLETINS)} bản tin = {len(BULLETINS)} đăng + 0 nháp" in page
    assert f"\nTrang có {files} tệp: làm lại {files}, giữ nguyên 0; ghi {files} tệp (" in page
    assert f"\n{placeholder}\n{NO_CONTACT}\n" in page


def dossier(real: Project, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((real.output / "api/v1/blocs" / path).read_text(encoding="utf-8"))
    return found


def test_khoi_5_of_2022_tells_who_led_and_who_leads_next(real: Project) -> None:
    found = dossier(real, "vpqh-khoi-5/2022.json")

    assert found["head"]["unit"] == "vpqh-cuc-quan-tri-3"
    assert (found["members"]["complete"], found["members"]["count"], len(found["members"]["list"])) == (True, 5, 5)
    coming = found["next"]
    assert (coming["year"], coming["handed_over"], coming["conflict"]) == (2023, "2022-12-09", False)
    assert coming["head"]["unit"] == "vpqh-vu-le-tan-htqt"
    assert [deputy["unit"] for deputy in coming["deputies"]] == ["vpqh-cuc-quan-tri-2"]


def test_khoi_5_of_2023_has_members_nobody_stated(real: Project) -> None:
    found = dossier(real, "vpqh-khoi-5/2023.json")

    assert found["head"]["unit"] == "vpqh-vu-le-tan-htqt"
    assert (found["members"]["complete"], found["members"]["count"]) == (False, None)


def test_khoi_3_of_2023_has_its_head_and_six_members(real: Project) -> None:
    found = dossier(real, "vpqh-khoi-3/2023.json")

    assert found["head"]["unit"] == "vpqh-thu-vien-quoc-hoi"
    assert (found["members"]["complete"], len(found["members"]["list"])) == (True, 6)


def test_ben_tre_has_a_standing_body_and_no_head(real: Project) -> None:
    found = dossier(real, "bentre-khoi-1/2023.json")

    assert found["head"] is None
    assert found["standing_body"]["unit"] == "bnc-tinh-uy-ben-tre"


def test_the_awards_of_ben_tre_stand_once_in_the_year_they_are_for(real: Project) -> None:
    awards = {year: dossier(real, f"bentre-khoi-1/{year}.json")["awards"] for year in (2022, 2023)}

    assert [(a["form"], a["count"], a["year"]) for a in awards[2022]] == [("giay_khen", 9, 2022)]
    assert awards[2023] == []


def test_bac_ninh_has_its_targets(real: Project) -> None:
    found = dossier(real, "bacninh-khoi-tham-muu-tong-hop/2024.json")

    numbers = [(t["op"], t["value"], t["unit"]) for t in found["targets"] if t["value"] is not None]
    assert numbers == [("=", 100, "percent"), (">=", 95, "percent"), ("=", 15, "percent")]


def test_khoi_20_has_head_deputy_members_and_criteria_without_points(real: Project) -> None:
    found = dossier(real, "bvhttdl-khoi-20/2024.json")

    assert (found["head"]["unit"], found["head"]["origin"]) == ("vien-bao-ton-di-tich", "caption")
    assert [one["unit"] for one in found["deputies"]] == ["vien-vhnt-quoc-gia"]
    assert len(found["members"]["list"]) == 4
    criteria = [(one["points"], one["bonus"]) for one in found["scoring"]["criteria"]]
    assert (found["scoring"]["total"], criteria) == (1000, [(None, False)] * 4 + [(None, True)])


def test_nothing_changed_means_nothing_written(real: Project) -> None:
    before = real.times()
    done = real.build()

    assert done.returncode == 0, done.stderr
    assert real.times() == before


def test_every_page_of_the_site_can_be_linked_to_and_no_other(real: Project) -> None:
    content = read_content(
        real.folder / "content", real.folder, Settings(), datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    )
    addresses = Addresses(content.library, content.pages, {})
    pages = [f"/{path.removesuffix('index.html')}" for path in real.files() if path.endswith("/index.html")]
    wrong = [f"{page.rstrip('/')}-khong-co/" for page in pages if not page.startswith("/anh/")]

    assert [page for page in pages if not addresses.has(page)] == []
    assert [page for page in wrong if addresses.has(page)] == []


def test_every_file_of_a_photo_is_proven_by_the_json_of_its_bulletin(real: Project) -> None:
    files = real.files()
    listed = [json.loads(data) for path, data in files.items() if path.startswith("api/v1/bulletins/")]
    photos = [photo for one in listed for photo in one.get("photos", ())]
    shown = [file for photo in photos for file in (*photo["renditions"], photo["social"], photo["square"]) if file]
    proven = {urlsplit(file["url"]).path.lstrip("/"): (file["sha256"], file["bytes"]) for file in shown}
    pictures = {path: data for path, data in files.items() if path.startswith("anh/") and path.endswith(PICTURES)}

    assert {path: (hashlib.sha256(data).hexdigest(), len(data)) for path, data in pictures.items()} == proven
    assert proven
