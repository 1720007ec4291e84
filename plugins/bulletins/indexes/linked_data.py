"""What programs of others know our data by: a JSON-LD context, and a DCAT catalogue of what can be taken as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bulletins import urls
from bulletins.indexes.shape import Terms, encoded_json

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "schema": "https://schema.org/",
        "org": "http://www.w3.org/ns/org#",
        "popolo": "http://www.popoloproject.com/popolo#",
        "dct": "http://purl.org/dc/terms/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "prov": "http://www.w3.org/ns/prov#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

_ID = {"@type": "@id"}
_DAY = {"@type": "xsd:date"}
_LIST = {"@container": "@list"}

KEYS: Mapping[str, Any] = MappingProxyType(
    {
        "url": {"@id": "schema:url", **_ID},
        "id": "schema:identifier",
        "license": {"@id": "dct:license", **_ID},
        "attribution": "schema:creditText",
        "publisher": "dct:publisher",
        "modified": "dct:modified",
        "published": "schema:datePublished",
        "title": "dct:title",
        "lead": "schema:abstract",
        "content_html": "schema:articleBody",
        "lang": "schema:inLanguage",
        "photos": {"@id": "schema:image", **_LIST},
        "caption": "schema:caption",
        "credit": "schema:creditText",
        "width": "schema:width",
        "height": "schema:height",
        "name": "schema:name",
        "names": {"@id": "popolo:other_names", **_LIST},
        "aliases": "skos:altLabel",
        "parent": "org:subOrganizationOf",
        "identifiers": "popolo:identifiers",
        "founded": {"@id": "schema:foundingDate", **_DAY},
        "dissolved": {"@id": "schema:dissolutionDate", **_DAY},
        "replaced_by": "org:changedBy",
        "history": {"@id": "org:hasMembership", **_LIST},
        "role": "org:role",
        "unit": "org:member",
        "bloc": "org:organization",
        "blocs": {"@id": "schema:about", **_LIST},
        "person": "popolo:on_behalf_of",
        "ceremony": "schema:about",
        "ceremonies": {"@id": "schema:event", **_LIST},
        "date": {"@id": "schema:startDate", **_DAY},
        "place": "schema:location",
        "organiser": "schema:organizer",
        "sources": "prov:wasDerivedFrom",
        "issuer": "dct:creator",
        "symbol": "dct:identifier",
        "terms": {"@id": "skos:member", **_LIST},
        "code": "skos:notation",
        "vi": {"@id": "skos:prefLabel", "@language": "vi"},
        "en": {"@id": "skos:prefLabel", "@language": "en"},
    }
)
"""What our keys mean in vocabularies of others. A key that has no equal there is not in the context."""

DATASETS: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "bulletins", "Các bản tin", "The bulletins",
        ((urls.API_INDEX, "application/json"), (urls.api_table("bulletins"), "text/csv"),
         (urls.feed(urls.HOME, "json"), "application/feed+json"),
         (urls.feed(urls.HOME, "xml"), "application/atom+xml")),
    ),
    ("blocs", "Các khối, cụm thi đua", "The blocs",
     ((urls.API_BLOCS, "application/json"), (urls.api_table("blocs"), "text/csv"))),
    ("units", "Các đơn vị và việc tham gia khối", "The units and their memberships",
     ((urls.API_UNITS, "application/json"), (urls.api_table("memberships"), "text/csv"))),
    ("hosts", "Các cơ quan tổ chức khối", "The hosts of blocs", ((urls.API_HOSTS, "application/json"),)),
    ("movements", "Phong trào, cuộc vận động", "Movements", ((urls.API_MOVEMENTS, "application/json"),)),
    ("documents", "Văn bản được viện dẫn", "Documents cited", ((urls.API_DOCUMENTS, "application/json"),)),
    ("ceremonies", "Lịch các buổi lễ", "The calendar of ceremonies",
     ((urls.API_YEARS, "application/json"), (urls.calendar(urls.HOME), "text/calendar"))),
    ("targets", "Chỉ tiêu thi đua", "Targets", ((urls.api_table("targets"), "text/csv"),)),
    ("awards", "Khen thưởng, danh hiệu", "Awards and titles", ((urls.api_table("awards"), "text/csv"),)),
)  # fmt: skip
"""What can be taken as a whole: name, title in Vietnamese and English, files and their media types."""


def context(terms: Terms) -> Sequence[bytes]:
    """The JSON-LD context of our documents."""
    codes = {"kinds": {"@id": "dct:type"}, "kind": {"@id": "dct:type"}}
    return [encoded_json({"@context": {"@version": 1.1, **PREFIXES, **KEYS, **codes}})]


def datasets(terms: Terms, title: str) -> Sequence[bytes]:
    """The DCAT catalogue; `title` is the name of the site."""
    catalogue: dict[str, Any] = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": terms.at(urls.DATASETS),
        "@type": "dcat:Catalog",
        "dct:title": {"@language": "vi", "@value": title},
        "dct:language": "vi",
        "foaf:homepage": {"@id": terms.at(urls.HOME)},
        **_rights(terms),
        "dcat:service": {
            "@id": terms.at(urls.API_OPENAPI),
            "@type": "dcat:DataService",
            "dcat:endpointURL": {"@id": terms.at(urls.API)},
            "dcat:endpointDescription": {"@id": terms.at(urls.API_OPENAPI)},
        },
        "dcat:dataset": list(_datasets(terms)),
    }
    return [encoded_json(catalogue)]


def _datasets(terms: Terms) -> Iterator[dict[str, Any]]:
    for name, vi, en, files in DATASETS:
        yield {
            "@id": f"{terms.at(urls.DATASETS)}#{name}",
            "@type": "dcat:Dataset",
            "dct:identifier": name,
            "dct:title": [{"@language": "vi", "@value": vi}, {"@language": "en", "@value": en}],
            "dcat:landingPage": {"@id": terms.at(urls.DATA)},
            **_rights(terms),
            "dcat:distribution": [_distribution(terms, *file) for file in files],
        }


def _distribution(terms: Terms, address: str, media_type: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dcat:downloadURL": {"@id": terms.at(address)},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
    }


def _rights(terms: Terms) -> dict[str, Any]:
    """Who publishes it, and on what terms, as far as the office has said."""
    rights: dict[str, Any] = {}
    if terms.publisher:
        rights["dct:publisher"] = {"@type": "foaf:Agent", "foaf:name": terms.publisher}
    if terms.license:
        rights["dct:license"] = {"@id": terms.license}
    if terms.attribution:
        rights["dct:rights"] = terms.attribution
    return rights
