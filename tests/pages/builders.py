"""Whole small sites for tests of pages: every page made in memory, and read as a browser reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin, StaticPage
from bulletins.domain.pictures import Picture, Rendition
from bulletins.domain.register import Bloc, Host, Register, Unit
from bulletins.pages.edition import Theme
from bulletins.pages.plan import plan
from bulletins.plan import Output, laid_out
from bulletins.settings import Settings

THEME = Path(__file__).parents[2] / "themes" / "thidua"
INDEX = '{"version":1,"shards":1,"newest":0,"numbering":["0"],"volumes":[1]}'
"""What the script of the search page must know of an index."""

SETTINGS = Settings(site_url="https://thidua.example.vn", publisher="Văn phòng Mẫu")
ABOUT = StaticPage("gioi-thieu", "Giới thiệu", "Trang này là gì.", "<h2>Mục đích</h2><p>Công khai.</p>", "about-1")

Pictures = Mapping[tuple[str, int], Picture]


def pictures_of(bulletins: Iterable[Bulletin]) -> dict[tuple[str, int], Picture]:
    """A picture of two sizes for every photo."""
    return {(b.id, n): picture(f"/anh/{b.id}/{n}") for b in bulletins for n in range(1, len(b.photos) + 1)}


def picture(stem: str) -> Picture:
    renditions = tuple(
        Rendition(f"{stem}-{width}.{suffix}", media_type, width, width * 3 // 4)
        for suffix, media_type in (("jpg", "image/jpeg"), ("webp", "image/webp"))
        for width in (400, 1600)
    )
    return Picture(4000, 3000, renditions, stem)


def planned(
    library: Library,
    settings: Settings = SETTINGS,
    *,
    pages: Iterable[StaticPage] = (ABOUT,),
    theme: Path = THEME,
    overrides: tuple[Path, ...] = (),
) -> list[Output]:
    """The plan of a library's pages, with a picture for every photo."""
    index = INDEX if settings.search else ""
    return list(laid_out(plan(library, pages, pictures_of(library.newest), settings, Theme(theme, overrides), index)))


def made(library: Library, settings: Settings = SETTINGS, **given: Any) -> dict[str, bytes]:
    """Every file of a library's site that pages make, by path."""
    return {
        path: data
        for line in planned(library, settings, **given)
        for path, data in zip(line.paths, line.make(*line.inputs), strict=True)
    }


def html_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The pages among the files."""
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


def parsed(html: str) -> Element:
    """A page as a browser's parser sees it; raises if it is not good HTML."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    document: Element = parser.parse(html)
    return document


def words(element: Element) -> str:
    """The text of an element as one reads it: parts set apart by a blank, none before a full stop or comma."""
    return re.sub(r" ([.,;:)])", r"\1", " ".join(" ".join(element.itertext()).split()))


def said(files: Mapping[str, bytes], path: str) -> str:
    """What a page's main part says."""
    main = parsed(files[path].decode()).find(".//main")
    assert main is not None
    return words(main)


def links(element: Element) -> list[str]:
    return [link.attrib["href"] for link in element.iter("a")]


def registered(text: str) -> Register:
    """A register in which every name is the same text."""
    return Register(
        hosts=[Host.model_validate({"id": "so-mau", "names": [text, text], "council": [text], "province": text})],
        blocs=[
            Bloc.model_validate(
                {
                    "id": "khoi-1",
                    "names": [text, text],
                    "short_name": text,
                    "numeral": text,
                    "number": 1,
                    "host": "so-mau",
                }
            )
        ],
        units=[
            Unit.model_validate({"id": "phong-mot", "names": [text, text], "parent": "so-mau"}),
            Unit.model_validate({"id": "phong-hai", "names": [text], "replaced_by": ["phong-mot"]}),
        ],
    )


def full(text: str, **changes: Any) -> Bulletin:
    """A bulletin in which every field is filled, and every text is the given one."""
    seat = {"unit": "phong-mot", "person": text, "as": text, "origin": "caption"}
    fields: dict[str, Any] = {
        "id": "khoi-1-2023-pact",
        "title": text,
        "lead": text,
        "published": "2023-03-03 08:30",
        "bloc": "khoi-1",
        "bloc_as": [text],
        "ceremony": {
            "kinds": ["pact", "summary", "handover"],
            "name": text,
            "date": "2023-03-02",
            "part": "morning",
            "date_as": text,
            "place": {"name": text, "province": text},
            "organiser": "phong-hai",
        },
        "years": {"pact": 2023, "plan": 2023, "reviewed": 2023, "awards": 2022, "scoring": 2023},
        "bloc_years": [
            {
                "year": 2023,
                "head": seat,
                "deputies": [{**seat, "unit": "phong-hai"}],
                "standing_body": seat,
                "members": {"complete": True, "count_stated": 2, "list": [seat, {**seat, "unit": "phong-hai"}]},
            }
        ],
        "people": [
            {
                "name": text,
                "honorific": text,
                "role": text,
                "capacity": text,
                "did": ["spoke", text],
                "variants": [text],
            }
        ],
        "documents": [
            {"kind": "ke_hoach", "symbol": text, "title": text, "issuer": text, "term": text, "status": status}
            for status in ("cited", "adopted")
        ],
        "themes": [{"text": text, "of": text}],
        "movements": [{"name": text, "under": text, "launched_by": text}],
        "anniversaries": [{"text": text, "from": "1946-03-02", "to": "2023-03-02", "years": 77}],
        "commitments": {"list": [text], "open_ended": True},
        "instructions": {"by": text, "on_behalf_of": [text], "list": [{"text": text, "label": text}]},
        "targets": [
            {"of": text, "op": ">=", "value": 95, "unit": "percent", "attain": [text], "within": text, "as": text},
            {"of": text, "unit": "quality", "attain": [text]},
        ],
        "scoring": {"year": 2023, "total": 1000, "criteria": [{"name": text, "bonus": True}]},
        "awards": [
            {
                "form": "giay_khen",
                "by": text,
                "to": "collectives",
                "count": 9,
                "year": 2023,
                "presented_by": text,
                "for": text,
                "units": ["phong-mot"],
            }
        ],
        "decisions": [
            {"kind": "elected", "role": "head", "unit": "phong-mot", "for_year": 2024},
            {"kind": "joined", "unit": "phong-hai", "by": text, "document": text},
            {"kind": "handed_over", "from_unit": "phong-mot", "to_unit": "phong-hai", "what": text, "on": "2023-03-02"},
        ],
        "results": [{"text": text, "by": text, "value": 3, "unit": text, "change": -2, "of_unit": "phong-mot"}],
        "announced": [{"text": text, "date": "2023-09", "place": text}],
        "limitations": [{"text": text, "by": text}],
        "directions": [{"text": text, "by": text}],
        "photos": [
            {"file": f"{where}.jpg", "alt": text, "caption": text, "credit": text, "where": where}
            for where in ("lead", "inline", "gallery")
        ],
        "bylines": [{"name": text, "roles": ["text"]}],
        "byline_as": text,
        "source": {"publisher": text, "title_as": text, "prefix": text, "url": text},
        "related": [{"title": text, "bloc": "khoi-1", "url": text}],
        "change_history": [{"date": "2023-03-05", "note": text}],
    }
    return Bulletin.model_validate(fields | changes)


def full_library(text: str, **changes: Any) -> Library:
    """A library of one full bulletin and one withdrawn, in which every text is the given one."""
    told = full(text, **changes)
    gone = full(text, id="da-go", status="withdrawn", withdrawn={"date": "2023-04-01", "reason": text})
    body = Body(("<p>Thân bài.</p>", 2, "<p>Hết.</p>"), "body-1")
    return Library(registered(text), [told], {told.id: body}, [gone])
