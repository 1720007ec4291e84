"""What people find at addresses of what moved, was withdrawn, or is told of by no bulletin any more (contract §2)."""

from __future__ import annotations

from functools import cache

import pytest

from bulletins.domain.library import Kept, Library
from bulletins.domain.model import Body
from bulletins.domain.register import Bloc, Register, Unit
from bulletins.pages.edition import Theme
from bulletins.pages.plan import kept
from bulletins.plan import laid_out
from tests.builders import bulletin, register
from tests.pages.builders import SETTINGS, THEME, made

WITHDRAWN = {"withdrawn": {"date": "2023-06-01", "reason": "Nhập hai lần"}}


def library() -> Library:
    """A bulletin that moved with its bloc and lost its only photo, one withdrawn, and entries that moved or were."""
    known = register()
    blocs = [known.blocs["khoi-1"].model_copy(update={"former_ids": ("khoi-cu",)}), known.blocs["khoi-2"]]
    wrong = Bloc.model_validate({"id": "khoi-9", "names": "Khối thi đua 9", "former_ids": "khoi-8", **WITHDRAWN})
    units = [
        *known.units.values(),
        Unit.model_validate({"id": "phong-moi", "names": "Phòng Mới", "former_ids": "phong-cu"}),
        Unit.model_validate({"id": "phong-gia", "names": "Phòng Giả", **WITHDRAWN}),
    ]
    pact = bulletin(
        former_addresses=["/tin-tuc/le-ky.html", "/tin/12", "/TIN/12/", "/xem.aspx?id=12", "/anh/cu.html"],
        photos=[{"file": "b.jpg", "alt": "Lời BÍ MẬT", **WITHDRAWN}], former_ids="ma-cu")  # fmt: skip
    gone = bulletin("da-go", photos=[{"file": "a.jpg", "alt": "Lời BÍ MẬT"}], status="withdrawn", **WITHDRAWN)
    return Library(
        Register(known.hosts.values(), [*blocs, wrong], units), [pact], {pact.id: Body(("<p>Bài.</p>",), "x")}, [gone]
    )


@cache
def site() -> dict[str, str]:
    return {path: data.decode() for path, data in made(library()).items() if path.endswith(".html")}


@pytest.mark.parametrize(
    ("former", "present"),
    [
        ("khoi/khoi-cu/", "khoi/khoi-1/"),
        ("khoi/khoi-cu/2023/", "khoi/khoi-1/2023/"),
        ("don-vi/phong-cu/", "don-vi/phong-moi/"),
        ("anh/ma-cu/", "anh/khoi-1-2023-pact/"),
        ("anh/ma-cu/b/", "anh/khoi-1-2023-pact/b/"),
    ],
)
def test_an_address_that_moved_leads_on(former: str, present: str) -> None:
    page = site()[f"{former}index.html"]

    assert f'content="0; url=/{present}"' in page
    assert f'rel="canonical" href="{SETTINGS.site.absolute(f"/{present}")}"' in page


def test_a_page_leads_on_where_a_page_of_an_older_site_stood_if_a_file_can_answer_there() -> None:
    older = {path for path in site() if path.startswith(("tin", "xem", "anh/cu", "TIN"))}
    present = SETTINGS.site.absolute("/ban-tin/khoi-1-2023-pact/")

    assert len(older) == 2 and "tin-tuc/le-ky.html" in older
    assert all(f'rel="canonical" href="{present}"' in site()[path] for path in older)


@pytest.mark.parametrize(
    ("address", "said", "way"),
    [
        ("ban-tin/da-go/", "Bản tin đã gỡ", "/"),
        ("anh/da-go/", "Ảnh đã gỡ", "/ban-tin/da-go/"),
        ("anh/da-go/a/", "Ảnh đã gỡ", "/ban-tin/da-go/"),
        ("anh/khoi-1-2023-pact/", "Ảnh đã gỡ", "/ban-tin/khoi-1-2023-pact/"),
        ("anh/khoi-1-2023-pact/b/", "Ảnh đã gỡ", "/ban-tin/khoi-1-2023-pact/"),
        ("khoi/khoi-9/", "Khối, cụm đã gỡ khỏi danh bạ", "/khoi/"),
        ("khoi/khoi-8/", "Khối, cụm đã gỡ khỏi danh bạ", "/khoi/"),
        ("don-vi/phong-gia/", "Đơn vị đã gỡ khỏi danh bạ", "/don-vi/"),
    ],
)
def test_what_was_withdrawn_keeps_its_address_with_a_notice_a_way_on_and_nothing_else(
    address: str, said: str, way: str
) -> None:
    page = site()[f"{address}index.html"]

    assert said in page and "Nhập hai lần" in page and "2023-06-01" in page
    assert f'<a class="button" href="{way}">' in page
    assert "BÍ MẬT" not in page


def test_a_withdrawn_entry_stands_in_no_list() -> None:
    assert "Phòng Giả" not in site()["don-vi/index.html"]
    assert "Khối thi đua 9" not in site()["khoi/index.html"]


KEPT = Kept((("khoi-1", 2019), ("khoi-2", 2019), ("khoi-9", 2018)), (2019,), (("da-go", "c"),))


def test_what_no_bulletin_tells_of_any_more_says_so_and_former_ids_lead_there() -> None:
    parts = kept(library(), (), SETTINGS, Theme(THEME, ()), KEPT)
    pages = {line.paths[0]: line.make(*line.inputs)[0].decode() for line in laid_out(parts)}

    assert sorted(pages) == [
        "anh/da-go/c/index.html", "khoi/khoi-1/2019/index.html", "khoi/khoi-2/2019/index.html",
        "khoi/khoi-8/2018/index.html", "khoi/khoi-9/2018/index.html", "khoi/khoi-cu/2019/index.html",
        "nam/2019/index.html",
    ]  # fmt: skip
    assert all(said in pages["anh/da-go/c/index.html"] for said in ("Ảnh đã gỡ", "Nhập hai lần"))
    assert 'content="0; url=/khoi/khoi-1/2019/"' in pages["khoi/khoi-cu/2019/index.html"]
    assert "Không còn bản tin nào nói về năm này" in pages["nam/2019/index.html"]
    assert "Khối thi đua 2, 2019" in pages["khoi/khoi-2/2019/index.html"]
    assert "Nhập hai lần" in pages["khoi/khoi-9/2018/index.html"]
