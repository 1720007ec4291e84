"""The code list of provinces, with the days between which each code and name held."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from pydantic import ConfigDict

from bulletins.domain.provinces import PROVINCES
from bulletins.domain.record import about
from bulletins.indexes.shape import ApiDocument, Terms, encoded
from bulletins.indexes.vocabulary import TermEntry


class ProvinceEntry(TermEntry):
    """A province under one name."""

    iso: str | None = about("Mã ISO 3166-2, tỉnh trước sáp nhập", "Code of ISO 3166-2, as before the mergers")
    from_: datetime.date | None = about("Từ ngày", "From", alias="from")
    to: datetime.date | None = about("Đến hết ngày", "Until the end of")
    replaced_by: str | None = about("Mã tỉnh nhập vào", "Code of the province it became part of")


class ProvincesDocument(ApiDocument):
    """The code list of provinces; a code that went on under another name stands twice."""

    schema_name = "provinces"
    model_config = ConfigDict(title="Tỉnh, thành phố")

    title: str = about("Bảng mã về điều gì", "What the codes are about")
    terms: tuple[ProvinceEntry, ...] = about("Các tỉnh, theo mã và theo ngày", "The provinces, by code and day")


def provinces(terms: Terms) -> Sequence[bytes]:
    """The file of the code list."""
    entries = tuple(
        ProvinceEntry(
            code=province.code,
            vi=province.name,
            en=ENGLISH.get(province.name, province.name),
            iso=province.iso,
            from_=province.begins,
            to=province.ends,
            replaced_by=province.replaced_by,
        )
        for province in PROVINCES
    )
    begun = terms.begin(ProvincesDocument, "provinces", None, None)
    title = "Tỉnh, thành phố trực thuộc trung ương (Quyết định 19/2025/QĐ-TTg)"
    return [encoded(ProvincesDocument(**begun, title=title, terms=entries))]


ENGLISH = {"Thành phố Hồ Chí Minh": "Ho Chi Minh City"}
"""Names that are not the same in English."""
