"""The second step: which line is the title, the day of publication, the lead, a caption, the authors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bulletins.importing import captions
from bulletins.importing.article import Article, Author
from bulletins.importing.clean import Cleaned, is_picture
from bulletins.importing.source import Block, Paragraph, SourceText, is_table
from bulletins.phrases.blocs import find_blocs
from bulletins.vietnamese.dates import DateError, Moment, read_date
from bulletins.vietnamese.person_names import CAPITAL, FAMILY_NAMES

_TIMES = re.compile(
    r"(?<![\d:/])(?P<hour>[01]?\d|2[0-3])(?::|h|g)(?P<minute>[0-5]\d)?(?::[0-5]\d)?(?![\d/])", re.IGNORECASE
)
_FULL_DATE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?: ?[/.-] ?|,? tháng )(?P<month>\d{1,2})(?: ?[/.-] ?|,? (?:năm )?)(?P<year>(?:19"
    r"|20)\d{2})(?!\d)|(?P<iso>(?:19|20)\d{2}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_ENGLISH_DATE = re.compile(rf"(?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})", re.IGNORECASE)
_AROUND_A_DATE = re.compile(
    r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|cn|ngày đăng(?: tin| bài)?|đăng (?:ngày|lúc)|ngày"
    r"|cập nhật(?: lúc| ngày)?|xuất bản|đăng|gmt ?\+? ?0?7|utc ?\+? ?0?7|am|pm|sa|ch|lúc"
    r"|lượt xem|lượt đọc|số lần xem|thời gian|post date|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|tin tức|thời sự|chính trị|tác giả|admin|font size|xem|giờ|viết bởi|bởi|date|[|\[\]()\-–—,.:;/•+]"
    r"|\d+)",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    rf"\A(?P<prefix>\((?:[{CAPITAL}][\w. -]{{1,28}})\)\s*[-–—:]?\s*|(?:[A-ZĐ]{{2,}}[\w]*(?:\.(?:VN|vn))?"
    rf"|[{CAPITAL}]\w*\.(?:vn|VN|com)|TTXVN|Báo [{CAPITAL}][\w ]{{2,20}}"
    r"|[A-ZĐ][\w ]{2,18} TV)(?:[ ]?[-–—:])\s+|[A-ZĐ]{2,8} ?[-–](?=[A-ZĐ][^\W\d_A-ZĐ]))(?=\S)"
)
_BYLINE = re.compile(
    r"\A\(?(?:(?P<what>(?:tin|bài|ảnh|tin,? ?(?:và )?(?:bài|ảnh)|tin,? bài,? ?(?:và )?ảnh|bài,? ?(?:và )?ảnh"
    r"|bài viết|thực hiện|tác giả(?: bài viết)?|người (?:viết|đăng)|biên tập|nguồn(?: tin)?|theo|video"
    r"|ảnh và tin|tin - ảnh|bài - ảnh|tin ảnh)"
    r"(?: và| -)?(?: ảnh)?) ?:?\s+)?(?P<names>.{1,80}?)\)?\.?\Z",
    re.IGNORECASE,
)
_ROLES = (("text", r"tin|bài|viết|thực hiện|tác giả"), ("photo", r"ảnh"), ("editor", r"biên tập"), ("video", r"video"))
_STAFF = re.compile(r"\A(?:PV|P\.V|Phóng viên|CTV|BBT|BTV|Ban Biên tập)\Z", re.IGNORECASE)
_OFFICIAL_AUTHOR = re.compile(
    r"\A(?:Văn phòng|Phòng|Ban|Sở|Vụ|Cục|Trung tâm|Hội|Trang|Cổng|Báo|Đài|Công đoàn|VP|UBND)\b"
)
_END_MARK = re.compile(r"\s*\./\.?\s*\Z")
_TITLE_WORDS = re.compile(r"khối|cụm|thi đua|giao ước|tổng kết|sơ kết", re.IGNORECASE)
_CLOSING = re.compile(
    r"\A(?:trân trọng giới thiệu|một số hình ảnh|(?:dưới đây|sau đây) là (?:một số )?hình ảnh|hình ảnh (?:tại"
    r"|hội nghị|buổi))",
    re.I,
)
_FEWEST_WORDS_OF_A_TITLE = 4
_ALIKE = 0.85
_FEWEST_WORDS_OF_A_LEAD = 12
_LONGEST_LINE_OF_AUTHORS = 9
_LINES_OF_A_HEAD = 8


@dataclass
class _Parts:
    """What is known so far, while the lines are gone through."""

    blocks: list[Block]
    title: str = ""
    published: Moment | None = None
    published_as: str | None = None
    byline_as: str | None = None
    authors: tuple[Author, ...] = ()
    end_mark: str | None = None
    stripped: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)


def split(source: SourceText, cleaned: Cleaned) -> Article:
    """The parts of a cleaned text. A text without a title gets its first line as one; nothing is dropped unsaid."""
    parts = _Parts(list(cleaned.blocks), stripped=list(cleaned.stripped), related=list(cleaned.related))
    _take_publication(parts)
    _take_title(parts, source)
    _take_publication(parts)
    _take_authors(parts)
    _take_related(parts)
    _take_end_mark(parts)
    prefix, lead = _take_lead(parts)
    body, pictures = captions.arranged(parts.blocks, parts.title, lead)
    return Article(
        title=parts.title,
        lead=lead,
        body=tuple(paragraph.text for paragraph in body),
        illustrations=tuple(pictures),
        published=parts.published,
        published_as=parts.published_as,
        prefix=prefix,
        byline_as=parts.byline_as,
        authors=parts.authors,
        end_mark=parts.end_mark,
        stripped=tuple(dict.fromkeys(parts.stripped)),
        related=tuple(dict.fromkeys(parts.related)),
        items=frozenset(n for n, paragraph in enumerate(body) if paragraph.is_item),
        headings=frozenset(n for n, paragraph in enumerate(body) if paragraph.level),
        url=source.url,
        publisher=source.publisher,
    )


def _take_publication(parts: _Parts) -> None:
    """The line that is nothing but a date, near the head; lines such as “Cập nhật lúc: 09/01/2023” count."""
    for n, block in enumerate(parts.blocks[:_LINES_OF_A_HEAD]):
        if not isinstance(block, Paragraph):
            continue
        moment = publication(block.text)
        if moment and parts.published is None:
            parts.published, parts.published_as = moment, block.text
            del parts.blocks[n]
            return


def publication(text: str) -> Moment | None:
    """The day, and hour, of a line that says nothing else; `None` for any other line."""
    english = _ENGLISH_DATE.search(text)
    date = english or _FULL_DATE.search(text)
    if date is None or len(text) > 90:
        return None
    rest = text.replace(date[0], " ")
    time = _TIMES.search(rest)
    rest = rest.replace(time[0], " ") if time else rest
    if re.search(r"[^\W\d_]{2,}", _AROUND_A_DATE.sub(" ", rest)):
        return None
    if english:
        written = f"{english['day']}/{_MONTHS.index(english['month'].lower()) + 1}/{english['year']}"
    else:
        written = date["iso"] or f"{date['day']}/{date['month']}/{date['year']}"
    hour = f" {time['hour']}:{time['minute'] or '00'}" if time else ""
    try:
        return read_date(f"{written}{hour}")
    except DateError:
        return None


def _take_title(parts: _Parts, source: SourceText) -> None:
    at = _title_at(parts.blocks)
    if at is None:
        parts.title = source.title or ""
        return
    before = [block.text for block in parts.blocks[:at] if isinstance(block, Paragraph)]
    block = parts.blocks[at]
    title = block.text if isinstance(block, Paragraph) else ""
    if before and before[-1].endswith(":") and len(before[-1].split()) < 12:
        title, before = f"{before[-1]} {title}", before[:-1]
    parts.stripped += before
    del parts.blocks[: at + 1]
    _drop_repeated(parts, title)
    parts.title = _joined_title(parts, title)


def _title_at(blocks: Sequence[Block]) -> int | None:
    """The line of the title: a heading, else the first that names what bulletins are about, else the first long one."""
    head = [(n, block) for n, block in enumerate(blocks[: _LINES_OF_A_HEAD + 4]) if isinstance(block, Paragraph)]
    head = [(n, block) for n, block in head if not is_table(block.text)]
    titles = [(n, b) for n, b in head if len(b.text.split()) >= _FEWEST_WORDS_OF_A_TITLE and not _is_sentence(b.text)]
    for wanted in (
        [n for n, block in titles if block.level == 1 and _TITLE_WORDS.search(block.text)],
        [n for n, block in titles if _TITLE_WORDS.search(block.text) and not block.text.endswith(":")],
        [n for n, _ in titles],
        [n for n, block in head if len(block.text.split()) >= _FEWEST_WORDS_OF_A_TITLE],
    ):
        if wanted:
            return wanted[0]
    return None


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "…", ";", "./.")) or len(text.split()) > 45


def _drop_repeated(parts: _Parts, title: str) -> None:
    """The title said again right behind itself (by a page's path of places)."""
    words = set(title.casefold().split())
    for block in parts.blocks[:_LINES_OF_A_HEAD]:
        said = set(block.text.casefold().split()) if isinstance(block, Paragraph) else set()
        is_alike = len(said) >= _FEWEST_WORDS_OF_A_TITLE and len(said & words) >= _ALIKE * max(len(said), len(words))
        if is_alike and isinstance(block, Paragraph) and _blocs(block.text) == _blocs(title):
            parts.blocks.remove(block)


def _blocs(text: str) -> set[tuple[str, int]]:
    return {bloc.key for bloc in find_blocs(text) if bloc.key}


def _joined_title(parts: _Parts, title: str) -> str:
    """A title that runs over two lines in capitals, or whose first line ends in a dash, as one."""
    while parts.blocks and isinstance(parts.blocks[0], Paragraph):
        following = parts.blocks[0].text
        goes_on = (
            title.isupper() and following.isupper() and len(following.split()) <= 20 and not _starts_a_title(following)
        )
        if not goes_on and not title.endswith(("-", "–", ",")):
            break
        title = f"{title} {following}"
        del parts.blocks[0]
    return title


def _starts_a_title(text: str) -> bool:
    return bool(re.match(r"(?:KHỐI|CỤM|HỘI NGHỊ|LỄ)", text))


def _take_authors(parts: _Parts) -> None:
    """The line of authors: the last of the text, or the last before pictures; or one right under the title."""
    texts = [n for n, block in enumerate(parts.blocks) if isinstance(block, Paragraph)]
    for n in [*reversed(texts[-4:]), *texts[:1]]:
        block = parts.blocks[n]
        if isinstance(block, Paragraph) and (authors := authors_of(block.text)):
            parts.byline_as, parts.authors = block.text, authors
            del parts.blocks[n]
            return
        if n in texts[-4:] and isinstance(block, Paragraph) and len(block.text.split()) > 25:
            break


def authors_of(text: str) -> tuple[Author, ...]:
    """The authors that a line names, and nothing else; empty for any other line."""
    match = _BYLINE.match(text)
    if match is None or len(text.split()) > _LONGEST_LINE_OF_AUTHORS + 6:
        return ()
    what = (match["what"] or "").lower()
    names = [name.strip() for name in re.split(r"\s*(?:[-–,;&/]|\bvà\b)\s*", match["names"]) if name.strip()]
    if not names or not all(_is_author(name, bool(what)) for name in names):
        return ()
    roles = tuple(code for code, words in _ROLES if re.search(rf"(?<!\w)(?:{words})(?!\w)", what)) or ("unknown",)
    return tuple(Author(None, ("staff",)) if _STAFF.match(name) else Author(name, roles) for name in names)


def _is_author(name: str, is_said: bool) -> bool:
    """A pen name: two or three capitalised words, initials, or, after “Tin, ảnh:”, any few words with a capital."""
    words = name.split()
    if _STAFF.match(name) or re.fullmatch(r"(?:[A-ZĐ]\.? ?){1,3}[A-ZĐ]?\w*\.?", name):
        return len(words) <= 3
    if not all(word[0].isupper() for word in words):
        return is_said and words[0][0].isupper() and len(words) <= _LONGEST_LINE_OF_AUTHORS
    if _OFFICIAL_AUTHOR.match(name):
        return is_said
    return len(words) <= (5 if is_said or words[0] in FAMILY_NAMES else 3) and not _TITLE_WORDS.search(name)


def _take_related(parts: _Parts) -> None:
    """A title of another bulletin in the text: in capitals, or of another bloc and no sentence."""
    own = _blocs(parts.title)
    kept: list[Block] = []
    for n, block in enumerate(parts.blocks):
        if isinstance(block, Paragraph) and n < len(parts.blocks) and is_related(block.text, parts.title, own):
            parts.related.append(block.text)
        else:
            kept.append(block)
    parts.blocks = kept


def is_related(text: str, title: str, own: set[tuple[str, int]]) -> bool:
    """Whether a line is the title of another bulletin."""
    if is_table(text):
        return False
    if text.casefold() == title.casefold() or _is_sentence(text) or text.endswith((":", ",")) or len(text.split()) < 6:
        return False
    if not re.match(r"(?:\W*)(?:khối|cụm|hội nghị|lễ)", text, re.IGNORECASE):
        return False
    others = {bloc.key for bloc in find_blocs(text) if bloc.key} - own
    tells = re.search(r"ký kết|ký giao ước|tổng kết|sơ kết|phát động|triển khai", text, re.IGNORECASE)
    letters = [letter for letter in text if letter.isalpha()]
    in_capitals = sum(letter.isupper() for letter in letters) > len(letters) * 0.8
    return bool(tells) and (in_capitals or (bool(others) and bool(own) and not own & {b.key for b in find_blocs(text)}))


def _take_end_mark(parts: _Parts) -> None:
    for n in reversed(range(len(parts.blocks))):
        block = parts.blocks[n]
        if isinstance(block, Paragraph) and _END_MARK.search(block.text):
            parts.blocks[n] = Paragraph(_END_MARK.sub(".", block.text), block.level, block.is_item)
            parts.end_mark = "./."
            return


def _take_lead(parts: _Parts) -> tuple[str | None, str]:
    """The first whole sentence of the text, and the prefix that the source puts before it (“BDK.VN - ”)."""
    able = [(n, b.text) for n, b in enumerate(parts.blocks) if isinstance(b, Paragraph) and _can_lead(b)]
    whole = [n for n, text in able if re.search(r"[.…!?”\":;]\Z", text)]
    at = next(iter(whole or [n for n, _ in able]), None)
    if at is None:
        at = next((n for n, b in enumerate(parts.blocks) if isinstance(b, Paragraph) and not is_picture(b)), None)
    block = parts.blocks[at] if at is not None else None
    if at is None or not isinstance(block, Paragraph):
        return None, ""
    del parts.blocks[at]
    prefix = _PREFIX.match(block.text)
    lead = block.text[prefix.end() :] if prefix else block.text
    return (prefix["prefix"] if prefix else None), lead


def _can_lead(block: Paragraph) -> bool:
    return (
        len(block.text.split()) >= _FEWEST_WORDS_OF_A_LEAD
        and not is_picture(block)
        and not is_table(block.text)
        and not _CLOSING.match(block.text)
    )
