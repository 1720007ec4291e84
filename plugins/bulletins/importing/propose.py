"""The last step: the facts as a draft bulletin, its front matter full of proposals and questions, its text Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletins.importing.article import Article, Illustration
from bulletins.importing.proposal import Asked, Entry, Node, Said, written
from bulletins.importing.recognise.facts import BlocYear, Change, Facts, Organization, Proposal, Seat
from bulletins.importing.recognise.kinds import main_kind
from bulletins.importing.recognise.names import slug
from bulletins.importing.source import is_table
from bulletins.phrases.awards import AwardMention
from bulletins.phrases.citations import DocumentMention
from bulletins.phrases.goals import TargetMention
from bulletins.phrases.people import PersonMention
from bulletins.phrases.statements import Points

_HEAD = """\
## Bản nháp nhập từ {name}. Việc cần làm, theo thứ tự:
## 1. Đọc từng dòng có “đề xuất”: chữ trong ngoặc kép là chữ của bài gốc. Đúng thì xóa phần từ dấu #; sai thì sửa.
## 2. Trả lời từng chỗ “CẦN XEM”: điền vào sau dấu hai chấm rồi xóa phần từ dấu #; bài không nói thì xóa cả dòng.
## 3. Viết lại tiêu đề, sa-pô và bài; tả từng ảnh (alt). Sau đó: python3 tasks.py check
"""
_MIME = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"GIF8": ".gif", b"RIFF": ".webp"}
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#|])")
_LIST_SIGN = re.compile(r"\A(?:[-–•+]\s+)(?P<rest>.+)\Z", re.DOTALL)
_NUMBER_SIGN = re.compile(r"\A(?P<number>\d{1,2})[.)]\s+(?P<rest>.+)\Z", re.DOTALL)
_UNKNOWN_DATE = "0000"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its id and year, the text of `index.md`, its photos by file name, and entries for the register."""

    id: str
    year: int | None
    text: str
    photos: Mapping[str, bytes]
    entries: Mapping[str, str]
    questions: int
    doubts: int

    @property
    def folder(self) -> str:
        """Where it belongs, from the project's root."""
        return f"content/bulletins/{self.year or 'chua-ro-nam'}/{self.id}"


def propose(article: Article, facts: Facts, name: str) -> Draft:
    """The draft of an article; `name` is the file it came from."""
    year = _year(facts)
    draft_id = _id(facts, year, article)
    files = _photo_files(article)
    head = written(_front_matter(article, facts, draft_id, files))
    entries = {
        file: "".join(_entry(file, entry) for kind, entry in facts.new_entries if kind == file)
        for file in ("hosts", "blocs", "units")
    }
    entries = {file: text for file, text in entries.items() if text}
    text = f"---\n{_HEAD.format(name=name)}{head}{_offers(entries)}---\n\n{_body(article, files)}"
    photos = {
        files[n]: picture.picture.data
        for n, picture in enumerate(article.illustrations)
        if picture.picture and picture.picture.data
    }
    return Draft(draft_id, year, text, photos, entries, text.count("# CẦN XEM:"), text.count("# đề xuất (ngờ):"))


def _year(facts: Facts) -> int | None:
    """The year it is kept under: that of the pact or review, as `new` does; else that of the ceremony."""
    for reason in ("reviewed", "pact", "plan", "awards", "scoring"):
        if reason in facts.years:
            return facts.years[reason].value
    return facts.date.value.year if facts.date else None


def _id(facts: Facts, year: int | None, article: Article) -> str:
    kind = main_kind(facts.kinds.value).replace("_", "-") if facts.kinds else "other"
    bloc = facts.bloc.value.id if facts.bloc else slug(article.title)[:40].strip("-")
    return "-".join(part for part in (bloc, str(year) if year else "", kind) if part)[:80].strip("-")


def _front_matter(article: Article, facts: Facts, draft_id: str, files: Mapping[int, str]) -> dict[str, Node]:
    fields: dict[str, Node] = {
        "schema": "bulletin/1",
        "id": draft_id,
        "title": Said(facts.title.value, facts.title.words, facts.title.sure)
        if facts.title.value
        else Asked("tiêu đề là gì?"),
        "lead": Said(article.lead, article.lead, False)
        if article.lead
        else Asked("sa-pô: tóm tắt bài trong hai ba câu"),
        "lang": "vi",
        "status": "draft",
    }
    if article.published:
        published = article.published
        moment = f"{published.date} {published.time:%H:%M}" if published.time else str(published.date)
        fields["published"] = Said(moment, article.published_as or "", True)
    fields |= {"source": _source(article), "bylines": _bylines(article)}
    if article.byline_as:
        fields["byline_as"] = article.byline_as
    fields |= _bloc(facts)
    fields |= {"ceremony": _ceremony(facts), "years": _years(facts)}
    fields["bloc_years"] = [_bloc_year(entry, facts) for entry in facts.bloc_years] or _no_bloc_year(facts)
    fields["people"] = [_person(person, facts) for person in facts.people]
    fields |= _content(facts)
    fields["photos"] = [_photo(n, illustration, files[n]) for n, illustration in enumerate(article.illustrations)]
    if article.end_mark:
        fields["end_mark"] = article.end_mark
    fields |= {"related": list(article.related), "stripped": list(article.stripped)}
    return fields


def _source(article: Article) -> dict[str, Node]:
    fields: dict[str, Node] = (
        {"publisher": article.publisher} if article.publisher else {"publisher": Asked("bài do cơ quan nào đăng?")}
    )
    fields["title_as"] = article.title
    if article.prefix:
        fields["prefix"] = article.prefix
    if article.url:
        fields["url"] = article.url
    return {key: node for key, node in fields.items() if node}


def _bylines(article: Article) -> list[Node]:
    words = article.byline_as or ""
    return [
        {**({"name": author.name} if author.name else {"anonymous": True}), "roles": Said(author.roles, words)}
        for author in article.authors
    ]


def _bloc(facts: Facts) -> dict[str, Node]:
    if facts.bloc is None:
        return {"bloc": Asked("bài nói về khối, cụm nào? Ghi mã hoặc tên trong danh bạ")}
    bloc = facts.bloc
    sure = bloc.sure and not facts.other_blocs
    words = " | ".join([bloc.words, *facts.other_blocs[:2]]) if facts.other_blocs else bloc.words
    return {"bloc": Said(bloc.value.id, words, sure or bloc.sure), "bloc_as": list(facts.bloc_as)}


def _ceremony(facts: Facts) -> dict[str, Node]:
    fields: dict[str, Node] = {
        "kinds": Said(facts.kinds.value, facts.kinds.words, facts.kinds.sure)
        if facts.kinds
        else Asked("buổi lễ, hội nghị thuộc loại nào?")
    }
    if facts.date:
        fields["date"] = Said(facts.date.value, facts.date.words, facts.date.sure)
    else:
        fields["date"] = Asked("diễn ra ngày nào?", facts.date_as or "")
    if facts.part:
        fields["part"] = facts.part
    if facts.date_as:
        fields["date_as"] = facts.date_as
    if facts.date:
        fields["year_from"] = facts.year_from
    if facts.place:
        fields["place"] = Said(facts.place.value, facts.place.words, facts.place.sure)
    return fields


def _years(facts: Facts) -> dict[str, Node]:
    if not facts.years:
        return {"plan": Asked("bài nói về năm nào?")}
    fields: dict[str, Node] = {reason: Said(year.value, year.words, year.sure) for reason, year in facts.years.items()}
    if facts.school_year:
        fields["school_year"] = Said(facts.school_year.value, facts.school_year.words)
    fields["origin"] = "stated" if all(year.sure for year in facts.years.values()) else "inferred"
    return fields


def _bloc_year(entry: BlocYear, facts: Facts) -> Node:
    fields: dict[str, Node] = {"year": entry.year}
    first = facts.bloc_years[0].year if facts.bloc_years else entry.year
    if entry.head:
        fields["head"] = _seat(entry.head)
    elif entry.year == first:
        fields["head"] = Asked(f"đơn vị nào là khối trưởng năm {entry.year}? Bài không nói thì xóa dòng này")
    fields["deputies"] = [_seat(deputy) for deputy in entry.deputies]
    fields["deputies_origin"] = "stated" if entry.deputies else "not_stated"
    if entry.standing_body:
        fields["standing_body"] = _seat(entry.standing_body)
    if entry.member_count or entry.members:
        fields["members"] = _members(entry)
    return fields


def _seat(seat: Proposal[Seat]) -> Entry:
    fields: dict[str, Node] = {"unit": seat.value.unit.id}
    if seat.value.person:
        fields["person"] = seat.value.person
    fields |= {"as": seat.value.as_, "origin": seat.value.origin}
    return Entry(fields, seat.words, seat.sure)


def _members(entry: BlocYear) -> dict[str, Node]:
    fields: dict[str, Node] = {"complete": entry.is_complete}
    if entry.member_count:
        fields["count_stated"] = Said(entry.member_count.value, entry.member_count.words, entry.member_count.sure)
    if entry.members:
        members = entry.members
        fields["list"] = [
            Entry({"unit": seat.unit.id, "as": seat.as_}, seat.as_, members.sure) for seat in members.value
        ]
    return fields


def _no_bloc_year(facts: Facts) -> list[Node]:
    if not facts.years:
        return []
    year = next(iter(facts.years.values())).value
    return [
        {"year": year, "head": Asked(f"đơn vị nào là khối trưởng năm {year}? Bài không nói thì xóa cả mục bloc_years")}
    ]


def _person(person: PersonMention, facts: Facts) -> Entry:
    fields: dict[str, Node] = {"name": person.name}
    if person.honorific:
        fields["honorific"] = person.honorific.lower().removeprefix("các ")
    if person.office:
        fields["role"] = person.office
    if person.did:
        fields["did"] = Said(person.did, person.written, False)
    return Entry(fields, person.written, bool(person.office))


def _content(facts: Facts) -> dict[str, Node]:
    """What the article tells of besides: documents, themes, what was promised, given, decided and said."""
    fields: dict[str, Node] = {
        "documents": [_document(document) for document in facts.documents],
        "themes": [Entry({"text": text, "kind": kind}, text, False) for text, kind in facts.themes],
        "movements": [Entry({"name": name, "kind": "movement"}, name, False) for name in facts.movements],
    }
    if facts.commitments:
        listed: dict[str, Node] = {"open_ended": facts.commitments.open_ended, "list": list(facts.commitments.items)}
        fields["commitments"] = Entry(listed, facts.commitments.written, False)
    if facts.instructions:
        fields["instructions"] = _instructions(facts.instructions)
    fields["targets"] = [_target(target) for target in facts.targets]
    if facts.scoring and facts.years:
        fields["scoring"] = _scoring(facts)
    fields["awards"] = [_award(award) for award in facts.awards]
    fields["decisions"] = [_decision(change, facts) for change in facts.changes]
    fields["limitations"] = _statements(facts.limitations)
    fields["directions"] = _statements(facts.directions)
    return fields


def _document(document: DocumentMention) -> Entry:
    fields = _some(
        kind=document.kind,
        symbol=document.symbol,
        title=document.title,
        date=document.date,
        year=None if document.date else document.year,
        issuer=document.issuer,
        term=document.term,
    )
    is_sure = document.symbol is not None and document.kind != "other" and len(document.symbol) > 2
    return Entry(fields, document.written, is_sure)


def _instructions(points: Points) -> Entry:
    listed: list[Node] = [_some(label=label, text=text) for label, text in points.points]
    return Entry(_some(by=points.by, list=listed), points.written, False)


def _statements(points: Points | None) -> list[Node]:
    return [Entry({"text": text}, text, False) for _, text in points.points] if points else []


def _target(target: TargetMention) -> Entry:
    fields = _some(of=target.of, op=target.op, value=target.value, unit=target.unit, attain=list(target.attain))
    return Entry(fields, target.written, bool(target.attain) and target.unit == "percent")


def _award(award: AwardMention) -> Entry:
    fields = _some(
        form=award.form,
        by=award.by,
        to=award.to,
        count=award.count,
        year=award.year,
        status=award.status,
        units=list(award.units),
    )
    return Entry(fields, award.written, award.count is not None and not award.units)


def _decision(change: Change, facts: Facts) -> Entry:
    fields = _some(
        kind=change.kind,
        role=change.role,
        unit=_id_of(change.unit),
        from_unit=_id_of(change.from_unit),
        to_unit=_id_of(change.to_unit),
        on=facts.date.value if facts.date else None,
        for_year=change.for_year,
    )
    return Entry(fields, change.as_, True)


def _scoring(facts: Facts) -> Entry:
    scoring = facts.scoring
    assert scoring is not None
    year = facts.years.get("scoring") or next(iter(facts.years.values()))
    fields = _some(year=year.value, total=scoring.total, criteria_count_stated=scoring.criteria_count)
    criteria = [_some(name=name, points=points) for name, points in scoring.criteria]
    return Entry({**fields, "criteria": criteria}, scoring.written, scoring.total is not None)


def _some(**fields: Node | None) -> dict[str, Node]:
    """The fields that say something."""
    return {key: node for key, node in fields.items() if node is not None and node not in ("", [])}


def _id_of(unit: Organization | None) -> str | None:
    return unit.id if unit else None


def _photo_files(article: Article) -> dict[int, str]:
    return {n: f"anh-{n + 1:02}{_ending(illustration)}" for n, illustration in enumerate(article.illustrations)}


def _ending(illustration: Illustration) -> str:
    data = illustration.picture.data if illustration.picture else None
    if data is None:
        return ".jpg"
    if data[4:12] in _HEIC:
        return ".heic"
    return next((ending for start, ending in _MIME.items() if data.startswith(start)), ".jpg")


def _photo(n: int, illustration: Illustration, file: str) -> Node:
    where = "gallery" if illustration.is_gallery else "lead" if n == 0 else "inline"
    has_picture = illustration.picture is not None and illustration.picture.data is not None
    wanted = Asked(
        "bài gốc không kèm ảnh này; chép ảnh vào thư mục này rồi ghi tên tệp, hoặc xóa mục ảnh", illustration.caption
    )
    fields: dict[str, Node] = {"file": file if has_picture else wanted, "where": where}
    if illustration.caption:
        fields["caption"] = illustration.caption
    fields["alt"] = Asked(
        "tả điều nhìn thấy trong ảnh, cho người không nhìn được", illustration.alt_as or illustration.caption
    )
    fields |= _some(credit=illustration.credit, alt_as=illustration.alt_as, file_as=illustration.file_as)
    return fields


def _entry(file: str, organization: Organization) -> str:
    """An entry ready for a file of the register."""
    fields: dict[str, Node] = {"id": organization.id, "names": [{"name": organization.name}]}
    if file == "blocs":
        fields["kind"] = organization.kind
        fields |= _some(number=organization.number, numeral=organization.numeral)
        fields["host"] = organization.parent or Asked("khối do cơ quan nào tổ chức? Ghi mã trong hosts.yaml")
    if file == "hosts":
        fields |= _some(province=organization.province)
    if file == "units":
        fields |= _some(parent=organization.parent)
    lines = written(fields).splitlines()
    return "\n".join([f"- {lines[0]}", *(f"  {line}" for line in lines[1:]), "", ""])


def _offers(entries: Mapping[str, str]) -> str:
    """The new entries of the register as comments at the end of the front matter."""
    if not entries:
        return ""
    lines = [
        "## Danh bạ chưa có những mục dưới đây. Nhập lại với --register để thêm, hoặc tự chép vào tệp đã ghi (bỏ “# ”)."
    ]
    for file, text in entries.items():
        lines.append(f"## content/register/{file}.yaml")
        lines += [f"# {line}".rstrip() for line in text.rstrip().splitlines()]
    return "\n".join(lines) + "\n"


def _body(article: Article, files: Mapping[int, str]) -> str:
    """The text as Markdown without the lead, which stands above it on the page; pictures where they stood."""
    blocks = [] if article.body else [_paragraph(article.lead, False, False)]
    blocks += _pictures_after(article, files, -1)
    for n, text in enumerate(article.body):
        blocks.append(_paragraph(text, n in article.headings, n in article.items))
        blocks += _pictures_after(article, files, n)
    return "\n\n".join(_with_lists(blocks)) + "\n"


def _pictures_after(article: Article, files: Mapping[int, str], n: int) -> list[str]:
    inline = [
        (k, illustration)
        for k, illustration in enumerate(article.illustrations)
        if illustration.after == n and not illustration.is_gallery and k
    ]
    return [f"![]({files[k]})" for k, illustration in inline if illustration.picture and illustration.picture.data]


def _paragraph(text: str, is_heading: bool, is_item: bool) -> str:
    if is_table(text):
        return text
    sign, number = _LIST_SIGN.match(text), _NUMBER_SIGN.match(text)
    if is_heading:
        return f"## {_escaped(text)}"
    if sign or is_item:
        return f"- {_escaped(sign['rest'] if sign else text)}"
    return f"{number['number']}. {_escaped(number['rest'])}" if number else _escaped(text)


def _with_lists(blocks: Sequence[str]) -> Iterator[str]:
    """Items that follow one another as one list."""
    pending: list[str] = []
    for block in blocks:
        if re.match(r"- |\d{1,2}\. ", block):
            pending.append(block)
            continue
        if pending:
            yield "\n".join(pending)
            pending = []
        yield block
    if pending:
        yield "\n".join(pending)


def _escaped(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\1", text)
