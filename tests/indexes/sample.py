"""A small library in which everything happens once: all facts, a disagreement, a review, a withdrawal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bulletins.domain.library import NOTHING_KEPT, Library
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.pictures import Picture, Rendition, Sum
from bulletins.domain.register import Bloc, Host, Register, Unit
from bulletins.indexes import parts
from bulletins.indexes.documents import plan
from bulletins.indexes.published import kept_of
from bulletins.memory.state import Memory, Publication
from bulletins.plan import Catalogue, Files, Line, Listing, Made, Output, Part, laid_out
from bulletins.settings import Settings
from tests.builders import bulletin

SETTINGS = Settings(
    site_url="https://bantin.example",
    license="https://bantin.example/du-lieu/giay-phep/",
    attribution="Ghi rõ nguồn: Sở Mẫu",
    publisher="Sở Mẫu",
)

FULL: dict[str, Any] = {
    "title": "Khối thi đua 1 ký giao ước năm 2023",
    "published": "2023-03-02 16:25",
    "bloc_as": ["Khối số I"],
    "ceremony": {
        "id": "khoi-1-2023-le-ky",
        "kinds": ["pact", "launch"],
        "name": "Lễ ký giao ước thi đua năm 2023",
        "date": "2023-03-02",
        "part": "morning",
        "date_as": "sáng 2/3",
        "year_from": "published",
        "place": {"name": "Hội trường Sở Mẫu", "province": "Tỉnh Mẫu"},
        "organiser": "phong-mot",
    },
    "years": {"pact": "2023", "plan": "2023", "awards": "2022", "scoring": "2023"},
    "bloc_years": [
        {
            "year": "2023",
            "head": {"unit": "phong-mot", "person": "Trần Thị Mẫu", "as": "Trưởng Khối"},
            "deputies": ["phong-hai"],
            "deputies_origin": "stated",
            "members": {"complete": "có", "count_stated": "2", "list": ["phong-mot", "phong-hai"]},
        }
    ],
    "people": [
        {"name": "Trần Thị Mẫu", "role": "Trưởng phòng", "unit": "phong-mot", "did": ["chaired", "spoke"]},
        {"name": "Lê Được Khen", "did": ["received"]},
    ],
    "documents": [
        {"kind": "quyet_dinh", "symbol": "12/QĐ-SM", "date": "2023-01-05", "issuer": "Sở Mẫu", "title": "Chia khối"},
        {"kind": "giao_uoc", "title": "Giao ước thi đua", "year": "2023", "status": "signed"},
    ],
    "themes": [{"text": "Đoàn kết, sáng tạo", "kind": "theme", "year": "2023", "of": "Sở Mẫu"}],
    "movements": [{"name": "Cả nước thi đua", "period": {"from": "2021", "to": "2025"}}],
    "anniversaries": [{"text": "Ngày truyền thống", "from": "1948-06-11", "to": "2023-06-11", "years": "75"}],
    "commitments": {"open_ended": "có", "list": ["Hoàn thành nhiệm vụ", "Cải cách hành chính"]},
    "instructions": {"by": "Giám đốc Sở", "list": [{"label": "Một là", "text": "Thi đua thường xuyên"}]},
    "targets": [
        {"of": "tập thể", "op": ">=", "value": "95", "attain": ["Lao động tiên tiến"], "as": "trên 95%"},
        {"of": "điểm bình quân", "op": ">=", "value": "97,5", "unit": "points"},
        {"of": "nội bộ", "unit": "quality", "within": "toàn khối"},
    ],
    "scoring": {
        "year": "2023",
        "total": "1000",
        "criteria_count_stated": "2",
        "criteria": ["Chuyên môn", {"name": "Sáng kiến", "points": "50", "bonus": "có"}],
    },
    "awards": [
        {"form": "giay_khen", "by": "Giám đốc Sở", "to": "individuals", "count": "9", "recipients": ["Lê Được Khen"]},
        {"form": "bang_khen", "to": "collectives", "count": "1", "year": "2023", "units": ["phong-hai"]},
    ],
    "decisions": [{"kind": "signed", "what": "Giao ước thi đua", "on": "2023-03-02"}],
    "directions": ["Giữ vững nền nếp"],
    "photos": [
        {
            "file": "1.jpg",
            "alt": 'Ký "giao ước" <1> & bắt tay',
            "caption": "Hai đơn vị ký <giao ước> & bắt tay",
            "credit": "Lê An",
        },
        {
            "file": "2.jpg",
            "alt": "Toàn cảnh",
            "where": "lead",
            "credit": "Sở Mẫu",
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "focus": "30% 60%",
            "shows": ["Khối trưởng", "Khối phó"],
        },
    ],
    "bylines": [{"name": "Mai Viết", "roles": ["text", "photo"]}],
    "source": {"publisher": "Cổng Sở Mẫu", "title_as": "KÝ GIAO ƯỚC", "url": "https://nguon.example/1"},
    "related": ["Khối 2 họp mặt"],
    "end_mark": "./.",
    "stripped": ["Chia sẻ bài viết BÍ MẬT"],
    "former_addresses": ["/tin-tuc/le-ky.html", "/xem.aspx?id=123"],
    "change_history": [{"date": "2023-03-05", "note": "Sửa số đơn vị"}],
    "notes": [{"field": "bloc", "issue": "Điều BÍ MẬT của biên tập"}],
}

OTHER: dict[str, Any] = {
    "title": "Báo khác đưa tin lễ ký",
    "ceremony": {"id": "khoi-1-2023-le-ky", "kinds": ["pact"], "date": "2023-03-03", "place": "Nhà văn hóa"},
    "bloc_years": [
        {
            "year": "2023",
            "head": {"unit": "phong-hai", "origin": "caption"},
            "standing_body": "phong-mot",
            "members": {"list": ["phong-mot", "phong-ba"]},
        }
    ],
    "scoring": {"year": "2023", "total": "100", "criteria": ["Chuyên môn"]},
}

REVIEW: dict[str, Any] = {
    "title": "Khối thi đua 1 tổng kết năm 2023",
    "published": "2023-12-20",
    "ceremony": {"kinds": ["summary", "election", "handover"], "date": "2023-12-19"},
    "years": {"reviewed": "2023", "plan": "2024"},
    "results": ["Hoàn thành mọi chỉ tiêu", {"text": "Có 3 sáng kiến", "by": "Phòng Một"}],
    "limitations": ["Còn chậm báo cáo"],
    "decisions": [
        {"kind": "elected", "role": "head", "unit": "phong-hai", "for_year": "2024"},
        {"kind": "elected", "role": "deputy", "unit": "phong-mot", "for_year": "2024"},
        {"kind": "handed_over", "from_unit": "phong-mot", "to_unit": "phong-hai", "on": "2023-12-19"},
    ],
}

WITHDRAWN: dict[str, Any] = {
    "title": "Bản tin đăng nhầm",
    "lead": "Lời dẫn BÍ MẬT",
    "status": "withdrawn",
    "withdrawn": {"date": "2023-05-01", "reason": "Đăng nhầm"},
}


def register() -> Register:
    """Two blocs, the second without bulletins; three units, one of them renamed."""
    host = Host.model_validate(
        {"id": "so-mau", "names": "Sở Mẫu", "province": "Tỉnh Mẫu", "council": ["HĐ TĐKT Sở Mẫu"]}
    )
    blocs = [
        {
            "id": "khoi-1",
            "names": "Khối thi đua 1",
            "number": "1",
            "numeral": "I",
            "host": "so-mau",
            "aliases": ["Khối I"],
        },
        {
            "id": "khoi-2",
            "names": "Khối thi đua 2",
            "host": "so-mau",
            "founded": "2020-03-01",
            "former_ids": "khoi-hai",
        },
    ]
    renamed = [{"name": "Phòng Một", "from": "2020-01-01"}, {"name": "Ban Một", "to": "2019-12-31"}]
    units = [
        {"id": "phong-mot", "names": renamed, "parent": "so-mau", "identifiers": [{"scheme": "vn-mdd", "id": "H99.1"}]},
        {"id": "phong-hai", "names": "Phòng Hai", "short_name": "P. Hai"},
        {"id": "phong-ba", "names": "Phòng Ba", "dissolved": "2023-12-31", "replaced_by": ["phong-hai"]},
        {"id": "phong-tu", "names": "Phòng Tư", "founded": "2020-01-01", "decision": "12/QĐ-SM"},
        {"id": "phong-nam", "names": "Phòng Năm", "former_ids": "phong-nam-cu"},
        {"id": "phong-sau", "names": "Phòng Sáu", "withdrawn": {"date": "2023-06-01", "reason": "Nhập hai lần"}},
    ]
    return Register([host], [Bloc.model_validate(b) for b in blocs], [Unit.model_validate(u) for u in units])


def library(*more: Bulletin) -> Library:
    """The sample, with more bulletins if given."""
    told = (
        bulletin("khoi-1-2023-pact", **FULL),
        bulletin("khoi-1-2023-bao-khac", **OTHER),
        bulletin("khoi-1-2023-summary", **REVIEW),
        *more,
    )
    bodies = {one.id: Body((f"<p>Bài {one.id}.</p>",), f"body-{one.id}") for one in told}
    bodies["khoi-1-2023-pact"] = Body(("<p>Trước ảnh.</p>\n", 1, "\n<p>Sau ảnh.</p>\n"), "body")
    return Library(register(), told, bodies, [bulletin("khoi-1-2023-nham", **WITHDRAWN)])


def pictures(told: Library) -> dict[tuple[str, int], Picture]:
    """A picture in six files and two crops for each photo."""
    return {(one.id, n): picture(one.id, n) for one in told.newest for n in range(1, len(one.photos) + 1)}


def picture(bulletin_id: str, n: int) -> Picture:
    types = (("image/jpeg", "jpg"), ("image/webp", "webp"))
    files = [
        Rendition(f"/anh/{bulletin_id}/{n}-{width}.{suffix}", media_type, width, width * 3 // 4)
        for media_type, suffix in types
        for width in (400, 1600, 2400)
    ]
    crops = [
        Rendition(f"/anh/{bulletin_id}/{n}-{name}.jpg", "image/jpeg", width, height)
        for name, width, height in (("card", 1200, 630), ("square", 400, 400))
    ]
    known = Picture(4000, 3000, tuple(files), f"picture-{bulletin_id}-{n}", *crops, colour="#8c1c23")
    return replace(known, proof=Proven(tuple(file.address.lstrip("/") for file in known.files)))


class Proven(NamedTuple):
    """The proof of a picture whose files hold no more than their own paths."""

    paths: tuple[str, ...]

    @property
    def digest(self) -> str:
        return " ".join(self.paths)

    def sums(self) -> list[Sum]:
        """See `Proof`."""
        return [Sum(hashlib.sha256(path.encode()).hexdigest(), len(path.encode())) for path in self.paths]


def lines(told: Library | None = None, publication: Publication | None = None, **settings: Any) -> list[Line]:
    """The plan of a library, by default the sample's."""
    told = told or library()
    kept = kept_of(publication.memory, publication.copy, told) if publication else NOTHING_KEPT
    return plan(told, pictures(told), replace(SETTINGS, **settings), publication, kept=kept)


def made(planned: list[Line]) -> dict[str, bytes]:
    """Every file of a plan, with a few pages and a picture that other rooms would make."""
    files = {path: (data, "") for path, data in OTHER_ROOMS.items()}
    for output in laid_out(line for line in planned if isinstance(line, Output | Part)):
        files |= made_of(output)
    for line in planned:
        if isinstance(line, Catalogue):
            files[line.path] = (line.make(tuple(sorted(files)), *line.inputs), "")
        elif isinstance(line, Listing):
            files |= {path: file for output in line.lay_out(finished(files)) for path, file in made_of(output).items()}
    return {path: data for path, (data, _) in files.items()}


def made_of(output: Output) -> dict[str, tuple[bytes, str]]:
    """The files of a line with their metadata."""
    data = [output.dating.date(one) if output.dating else (one, "") for one in output.make(*output.inputs)]
    return dict(zip(output.paths, data, strict=True))


def finished(files: Mapping[str, tuple[bytes, str]]) -> Files:
    return {
        path: Made(hashlib.sha256(data).hexdigest(), len(data), metadata)
        for path, (data, metadata) in sorted(files.items())
    }


OTHER_ROOMS = {
    path: path.encode()
    for path in (
        "404.html",
        *(
            f"anh/khoi-1-2023-pact/{n}-{name}"
            for n in (1, 2)
            for name in (
                *(f"{width}.{suffix}" for suffix in ("jpg", "webp") for width in (400, 1600, 2400)),
                "card.jpg",
                "square.jpg",
            )
        ),
        "anh/khoi-1-2023-pact/1/index.html",
        "ban-tin/khoi-1-2023-nham/index.html",
        "ban-tin/khoi-1-2023-pact/index.html",
        "gioi-thieu/index.html",
        "index.html",
        "khoi/khoi-1/2023/index.html",
        "khoi/khoi-1/index.html",
        "khoi/khoi-1/trang/2/index.html",
        "khoi/khoi-2/index.html",
        "theme/site.css",
    )
}


@cache
def site() -> Mapping[str, bytes]:
    """Every file of the sample."""
    return made(lines())


@cache
def published() -> Mapping[str, bytes]:
    """Every file of the sample as it is published for the first time: with a change log."""
    return made(lines(publication=Publication(Memory(), "2026-12-01T08:00:00+07:00", is_first=True)))


def cut(told: Library | None = None) -> Mapping[str, bytes]:
    """Every file of the sample as it is where every list is long: each document has four parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LONG", -1)
        patch.setattr(parts, "halvings", lambda weight: 2)
        return made(lines(told))


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the files of a site into a folder."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def promised() -> Mapping[str, bytes]:
    """The documents whose every byte is held by `tests/expected/`: data, not the schemas that describe them."""
    other = ("api/v1/schemas/", "api/v1/vocab/", "api/v1/index.json", "api/v1/openapi.json", "api/v1/catalogue/")
    documents = {path: data for path, data in site().items() if path.startswith("api/") and path.endswith(".json")}
    return {path: data for path, data in documents.items() if not path.startswith(other)}


if __name__ == "__main__":
    write(Path(__file__).parent.parent / "expected", promised())
