"""The code lists as JSON: every code that appears in the data, with its labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pydantic import ConfigDict

from bulletins.domain import kinds
from bulletins.domain.record import about
from bulletins.indexes.shape import ApiDocument, Entry, Terms, encoded

VOCABULARIES: Mapping[str, kinds.Vocabulary] = MappingProxyType(
    {vocabulary.name: vocabulary for vocabulary in kinds.ALL}
)


class TermEntry(Entry):
    """One code."""

    code: str = about("Mã dùng trong dữ liệu", "The code in the data")
    vi: str = about("Cách gọi tiếng Việt", "Label in Vietnamese")
    en: str = about("Cách gọi tiếng Anh", "Label in English")


class VocabularyDocument(ApiDocument):
    """A code list."""

    schema_name = "vocab"
    model_config = ConfigDict(title="Bảng mã")

    title: str = about("Bảng mã về điều gì", "What the codes are about")
    terms: tuple[TermEntry, ...] = about("Các mã, theo thứ tự cố định", "The codes in their fixed order")


def vocabulary(terms: Terms, name: str) -> Sequence[bytes]:
    """The file of a code list."""
    vocabulary = VOCABULARIES[name]
    begun = terms.begin(VocabularyDocument, name, None, None)
    entries = tuple(TermEntry(code=term.code, vi=term.vi, en=term.en) for term in vocabulary)
    return [encoded(VocabularyDocument(**begun, title=vocabulary.meaning, terms=entries))]
