"""Documents that a text cites, by symbol or by name, with kind, date, issuer and term as the words around say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletins.vietnamese.dates_in_text import find_dates
from bulletins.vietnamese.document_numbers import DocumentNumber, find_symbols

_KINDS = {
    "luật": "luat", "nghị định": "nghi_dinh", "nghị quyết": "nghi_quyet", "quyết định": "quyet_dinh",
    "quy định": "quy_dinh", "chỉ thị": "chi_thi", "kết luận": "ket_luan", "thông tư": "thong_tu",
    "hướng dẫn": "huong_dan",
    "thông báo": "thong_bao", "kế hoạch": "ke_hoach", "quy chế": "quy_che", "chương trình": "chuong_trinh",
    "báo cáo": "bao_cao", "công văn": "cong_van", "văn bản": "cong_van",
}  # fmt: skip
_BY_CODE = {
    "NĐ": "nghi_dinh", "NQ": "nghi_quyet", "QĐ": "quyet_dinh", "QyĐ": "quy_dinh", "QĐi": "quy_dinh", "CT": "chi_thi",
    "KL": "ket_luan", "TT": "thong_tu", "TTLT": "thong_tu", "HD": "huong_dan", "TB": "thong_bao", "KH": "ke_hoach",
    "QC": "quy_che", "CTr": "chuong_trinh", "BC": "bao_cao", "CV": "cong_van",
}  # fmt: skip
_KIND = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})(?: liên tịch)?(?: số)?:? ?\Z", re.IGNORECASE)
_SPACED = re.compile(r"(?P<number>[0-9]{1,6})(?P<year>/[0-9]{4})? ?(?P<stroke>[/-]) ?(?=[A-ZĐ]{1,4})")
_ISSUED = re.compile(r"(?:,? ?\(?(?:ban hành )?)\Z", re.IGNORECASE)
_OF = re.compile(
    r"\)?,? (?:của|do) (?P<issuer>[A-ZĐÂỦ](?:(?! về | ban hành| đã| để| đến| trong| tới| và các |, | với "
    r"| khóa| khoá)[^.;:()“”\"])"
    r"{2,70})"
)
_ABOUT = re.compile(r",? (?P<title>(?:về|“)[^.;]{4,200})")
_TERM = re.compile(r"kh[óo][aá] (?P<term>[IVX]+|[0-9]{1,2})")
_NAMED = (
    (re.compile(r"Luật [Tt]hi đua,? ?-? ?[Kk]hen thưởng(?: (?:năm |sửa đổi )?(?P<year>(?:19|20)[0-9]{2}))?"), "luat"),
    (
        re.compile(
            r"(?:Nghị quyết|NQ) Đại hội(?:(?! và | đã | gắn | đề ra| nhiệm vụ)[^,.;:“”\"()])*?lần thứ [IVXL]+"
            r"(?:(?: của)? Đảng)?(?:,? nhiệm kỳ [0-9]{4} ?[-–] ?[0-9]{4})?"
        ),
        "nghi_quyet",
    ),
    (re.compile(r"Chỉ thị (?:số )?(?P<short>[0-9]{2})(?![0-9/-])(?= của)"), "chi_thi"),
)  # fmt: skip
_REACH = 60


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document in a text: its kind (a code), symbol, date, issuer, title and term as far as the words say."""

    start: int
    end: int
    written: str
    kind: str
    symbol: str | None = None
    date: datetime.date | None = None
    issuer: str | None = None
    title: str | None = None
    term: str | None = None
    year: int | None = None


def find_documents(text: str) -> list[DocumentMention]:
    """Every document of the text, those with a symbol first. `text` is NFC; blanks inside a symbol are slips."""
    cited = [_cited(text, *place) for place in _symbols(text)]
    return [*cited, *_named(text)]


def _symbols(text: str) -> Iterator[tuple[int, int, DocumentNumber]]:
    """Each symbol with where it stands; one with a blank at its stroke (“154 /KH-VPQH”) is found as well."""
    seen: set[int] = set()
    for citation in find_symbols(text):
        seen.add(citation.start)
        yield citation.start, citation.start + len(citation.written), citation.document
    for slip in _SPACED.finditer(text):
        if (
            slip.start() in seen
            or " " not in slip[0]
            or re.match(r"[\w/.-]", text[max(0, slip.start() - 1) : slip.start()])
        ):
            continue
        mended = slip[0].replace(" ", "") + text[slip.end() : slip.end() + 20]
        whole = next((symbol for symbol in find_symbols(mended) if symbol.start == 0), None)
        if whole:
            yield slip.start(), slip.end() + len(whole.written) - len(slip[0].replace(" ", "")), whole.document


def _cited(text: str, start: int, end: int, number: DocumentNumber) -> DocumentMention:
    before = _KIND.search(text[max(0, start - _REACH) : start])
    kind = _KINDS[before["kind"].lower()] if before else _kind_of(number)
    date, after = _date_after(text, end)
    issuer = _OF.match(text, after) or (_OF.match(text, end))
    behind = issuer.end() if issuer else after
    term = _TERM.search(text, end, min(len(text), behind + 24))
    if term:
        behind = max(behind, term.end())
    title = _ABOUT.match(text, behind)
    first = start - (len(before[0]) if before else 0)
    return DocumentMention(
        start=first,
        end=behind,
        written=text[first:behind],
        kind=kind,
        symbol=text[start:end].replace(" ", "") if " " in text[start:end] else text[start:end],
        date=date,
        issuer=issuer["issuer"].strip() if issuer else None,
        title=_title(title["title"]) if title else None,
        term=f"khóa {term['term']}" if term else None,
        year=number.year,
    )


def _kind_of(number: DocumentNumber) -> str:
    if number.family == "law":
        return "luat"
    return _BY_CODE.get(number.kind or "", "cong_van" if number.family == "letter" else "other")


def _date_after(text: str, end: int) -> tuple[datetime.date | None, int]:
    """The date right behind a symbol (“ngày 18/01/2023”), and where it ends."""
    window = text[end : end + 40]
    for date in find_dates(window):
        if date.year and re.fullmatch(r",? ?\(?,? ?(?:ban hành |đề )?", window[: date.start]):
            return date.in_year(date.year), end + date.end
        break
    return None, end


def _title(text: str) -> str:
    """The title to the end of its quotation, or to the next clause."""
    quoted = re.match(r"(?:về )?(?:việc )?“[^”]+”", text)
    if quoted:
        return quoted[0]
    return re.split(r",| gắn với | và các | trong năm| nhằm | đến ", text)[0].strip()


def _named(text: str) -> Iterator[DocumentMention]:
    for pattern, kind in _NAMED:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            year = int(groups["year"]) if groups.get("year") else None
            symbol = groups.get("short")
            yield DocumentMention(match.start(), match.end(), match[0], kind, symbol, None, None, match[0], None, year)
