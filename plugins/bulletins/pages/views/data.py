"""What the page for agencies shows: the files there are, examples, terms and promises."""

from __future__ import annotations

from typing import Annotated, TypedDict

from bulletins import urls
from bulletins.pages.edition import Edition
from bulletins.pages.views.common import Head

FilesRow = tuple[str, tuple[tuple[str, str], ...]]

MAPPING = (
    ("units/<id>", "Organization", "schema:GovernmentOrganization, org:FormalOrganization"),
    ("blocs/<id>", "Organization", "schema:Organization, org:OrganizationalCollaboration"),
    ("history[]", "Membership", "schema:OrganizationRole, org:Membership"),
    ("names[]", "other_names", "schema:alternateName"),
    ("identifiers[]", "identifiers", "org:identifier"),
    ("parent", "parent_id", "org:subOrganizationOf"),
    ("head.person", "on_behalf_of_id", "schema:member"),
    ("founded, dissolved", "founding_date, dissolution_date", "schema:foundingDate, schema:dissolutionDate"),
    ("ceremonies/<id>", "Event", "schema:Event"),
    ("bulletins/<id>", "-", "schema:NewsArticle"),
)
"""Our words, and those of Popolo, schema.org and W3C ORG."""


class DataView(TypedDict):
    """The page for agencies, in one of its languages."""

    head: Head
    rows: Annotated[tuple[FilesRow, ...], "what there is: name and address of each file"]
    mapping: Annotated[tuple[tuple[str, str, str], ...], "our words, Popolo's, those of schema.org and W3C ORG"]


def data(edition: Edition) -> DataView:
    gettext = edition.words.gettext
    title, what = (
        gettext("Dữ liệu cho các cơ quan"),
        gettext("Mọi điều trang này cho biết, dưới dạng tệp mà máy đọc được."),
    )
    return {
        "head": Head(title, urls.DATA, what, data=urls.API_INDEX),
        "rows": _rows(edition),
        "mapping": MAPPING,
    }


def _rows(edition: Edition) -> tuple[FilesRow, ...]:
    gettext = edition.words.gettext
    feeds = tuple((suffix, urls.feed(urls.HOME, suffix)) for suffix in ("json", "xml"))
    return (
        (gettext("Danh mục mọi tệp"), (("JSON", urls.API_INDEX),)),
        (gettext("Bản tin"), (("JSON Feed", feeds[0][1]), ("Atom", feeds[1][1]), ("CSV", urls.api_table("bulletins")))),
        (gettext("Khối, cụm thi đua"), (("JSON", urls.API_BLOCS), ("CSV", urls.api_table("blocs")))),
        (gettext("Đơn vị và vai trò"), (("JSON", urls.API_UNITS), ("CSV", urls.api_table("memberships")))),
        (gettext("Cơ quan tổ chức khối"), (("JSON", urls.API_HOSTS),)),
        (gettext("Các năm, lịch buổi lễ"), (("JSON", urls.API_YEARS), ("iCalendar", urls.calendar(urls.HOME)))),
        (gettext("Văn bản được viện dẫn"), (("JSON", urls.API_DOCUMENTS),)),
        (gettext("Phong trào, cuộc vận động"), (("JSON", urls.API_MOVEMENTS),)),
        (gettext("Chỉ tiêu"), (("CSV", urls.api_table("targets")),)),
        (gettext("Khen thưởng"), (("CSV", urls.api_table("awards")),)),
        (gettext("Mã tỉnh, thành phố"), (("JSON", urls.API_PROVINCES),)),
        (gettext("Mô tả cho chương trình"), (
            ("OpenAPI", urls.API_OPENAPI), ("JSON-LD", urls.API_CONTEXT), ("DCAT", urls.DATASETS)
        )),
    )  # fmt: skip
