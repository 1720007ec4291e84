"""The JSON of what bulletins cite: every document and every movement, once, with who names it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.citations import CitedDocument, ReportedMovement
from bulletins.domain.record import CodeOf, about
from bulletins.domain.register import MovementEntry, Name
from bulletins.indexes.organizations import GONE, Gone, GoneEntry, gone_entries
from bulletins.indexes.parts import WHOLE, Divided, Share
from bulletins.indexes.shape import (
    Address,
    ApiDocument,
    DataId,
    DocumentKind,
    Entry,
    Id,
    MovementKind,
    Terms,
    encoded,
)

UNDATED = "undated"
"""The part that holds documents of no known year."""


class CitingEntry(Entry):
    """A bulletin that cites the document, and what it calls it."""

    bulletin: Id = about("Mã bản tin", "Id of the bulletin")
    status: Annotated[str, CodeOf(kinds.DOCUMENT_STATUSES)] = about(
        "Vai trò của văn bản trong bản tin", "The document's part in the bulletin"
    )
    title: str | None = about("Tên văn bản theo bản tin", "The title this bulletin gives")


class DocumentEntry(Entry):
    """A document, one for each symbol, issuer and date or term."""

    id: DataId = about("Mã văn bản trong dữ liệu này", "Id of the document in this data")
    kind: DocumentKind = about("Loại văn bản", "Kind of document")
    symbol: str | None = about("Số, ký hiệu", "Number and symbol")
    title: str | None = about("Tên, trích yếu", "Title")
    date: datetime.date | None = about("Ngày ban hành", "Date of issue")
    year: int | None = about("Năm, nếu biết", "Year, where known")
    issuer: str | None = about("Cơ quan ban hành", "Issuer")
    term: str | None = about("Khóa, nhiệm kỳ", "Term of the issuer")
    citations: tuple[CitingEntry, ...] = about("Các bản tin viện dẫn", "The bulletins that cite it")
    sources: tuple[Id, ...] = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")


class DocumentsDocument(Divided):
    """The documents of one year."""

    schema_name = "documents"
    model_config = ConfigDict(title="Văn bản của một năm")

    year: int | None = about("Năm ban hành; bỏ trống nếu không rõ", "Year of issue, or null where it is not known")
    documents: tuple[DocumentEntry, ...] = about("Các văn bản, theo mã", "The documents, by id")


class DocumentsPart(Entry):
    """Where the documents of a year are."""

    year: int | None = about("Năm ban hành; bỏ trống nếu không rõ", "Year of issue, or null where it is not known")
    count: int = about("Số văn bản", "Number of documents")
    data: Address = about("Tệp JSON", "JSON file")


class AllDocumentsDocument(ApiDocument):
    """Every document that bulletins cite, in parts by year."""

    schema_name = "all-documents"
    model_config = ConfigDict(title="Văn bản được viện dẫn")

    count: int = about("Số văn bản", "Number of documents")
    parts: tuple[DocumentsPart, ...] = about("Từng năm, năm sau đứng trước", "The years, the latest first")


class MovementFacts(Entry):
    """A movement, campaign or method."""

    id: Id = about("Mã", "Id")
    name: str = about("Tên hiện nay", "Present name")
    names: tuple[Name, ...] = about(
        "Tên gọi qua các thời kỳ, tên hiện nay đứng đầu", "Names over time, the present first"
    )
    kind: MovementKind = about("Loại", "Kind")
    launched_by: str | None = about("Ai phát động", "Who launched it")
    from_: int | None = about("Từ năm", "First year", alias="from")
    to: int | None = about("Đến năm", "Last year")
    replaced_by: tuple[Id, ...] = about("Mã những phong trào kế tục", "Ids of its successors")
    replaces: tuple[Id, ...] = about("Mã những phong trào mà nó kế tục", "Ids of its predecessors")
    former_ids: tuple[Id, ...] = about("Các mã đã đăng trước đây", "Ids under which it was published before")
    sources: tuple[Id, ...] = about("Mã các bản tin nêu phong trào này", "Ids of the bulletins that report it")


class MentionedMovement(Entry):
    """A movement that bulletins name and the register does not have."""

    name: str = about("Tên", "Name")
    kind: MovementKind = about("Loại", "Kind")
    sources: tuple[Id, ...] = about("Mã các bản tin nêu phong trào này", "Ids of the bulletins that report it")


class MovementsDocument(Divided):
    """Every movement of the register and of bulletins."""

    schema_name = "movements"
    model_config = ConfigDict(title="Phong trào, cuộc vận động")

    movements: tuple[MovementFacts, ...] = about("Phong trào có trong danh bạ, theo mã", "Those of the register, by id")
    gone: tuple[GoneEntry, ...] = GONE
    others: tuple[MentionedMovement, ...] = about("Phong trào chỉ bản tin nhắc tới", "Those that only bulletins name")


MovementLine = tuple[MovementEntry, tuple[str, ...]]
"""A movement of the register, and the ids of its predecessors."""


def all_documents(terms: Terms, modified: str | None, counts: tuple[tuple[int | None, int], ...]) -> Sequence[bytes]:
    """The list of parts; `counts` are each year, and how many documents are of it."""
    parts = tuple(
        DocumentsPart(year=year, count=count, data=terms.at(urls.api_documents(part(year)))) for year, count in counts
    )
    begun = terms.begin(AllDocumentsDocument, "documents", None, modified)
    return [encoded(AllDocumentsDocument(**begun, count=sum(count for _, count in counts), parts=parts))]


def documents(
    terms: Terms, year: int | None, modified: str | None, cited: tuple[CitedDocument, ...], share: Share = WHOLE
) -> Sequence[bytes]:
    """The documents of a year, or those of them that some bulletins cite."""
    own, address = f"documents-{part(year)}", urls.api_documents(part(year))
    begun = share.begin(terms, DocumentsDocument, own, address, None, modified)
    return [encoded(DocumentsDocument(**begun, year=year, documents=tuple(map(_document, cited))))]


def movements(
    terms: Terms,
    modified: str | None,
    lines: tuple[MovementLine, ...],
    reported: tuple[ReportedMovement, ...],
    gone: tuple[Gone, ...] = (),
    share: Share = WHOLE,
) -> Sequence[bytes]:
    """All movements, or those that some bulletins report; `lines` are of the register, in the order of their ids."""
    sources = {movement.mention.id: movement.bulletins for movement in reported if movement.mention.id}
    registered = tuple(_registered(entry, replaces, sources.get(entry.id, ())) for entry, replaces in lines)
    others = tuple(
        MentionedMovement(name=movement.mention.name, kind=movement.mention.kind, sources=movement.bulletins)
        for movement in reported
        if not movement.mention.id
    )
    begun = share.begin(terms, MovementsDocument, "movements", urls.API_MOVEMENTS, None, modified)
    return [encoded(MovementsDocument(**begun, movements=registered, gone=gone_entries(gone), others=others))]


def part(year: int | None) -> str:
    """The name of the part that holds the documents of a year."""
    return UNDATED if year is None else str(year)


def _document(cited: CitedDocument) -> DocumentEntry:
    document = cited.citation
    citing = tuple(CitingEntry(bulletin=id_, status=status, title=title) for id_, status, title in cited.citations)
    return DocumentEntry(
        id=cited.id,
        kind=document.kind,
        symbol=document.symbol,
        title=document.title,
        date=document.date,
        year=document.year_of_issue,
        issuer=document.issuer,
        term=document.term,
        citations=citing,
        sources=tuple(dict.fromkeys(entry.bulletin for entry in citing)),
    )


def _registered(entry: MovementEntry, replaces: tuple[str, ...], sources: tuple[str, ...]) -> MovementFacts:
    return MovementFacts(
        id=entry.id,
        name=entry.name,
        names=entry.names,
        kind=entry.kind,
        launched_by=entry.launched_by,
        from_=entry.from_,
        to=entry.to,
        replaced_by=entry.replaced_by,
        replaces=replaces,
        former_ids=entry.former_ids,
        sources=sources,
    )
