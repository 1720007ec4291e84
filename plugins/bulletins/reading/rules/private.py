"""The rule of private data: telephone numbers, e-mail addresses and identity numbers in whatever a bulletin publishes.

Contract §4.5. Every pattern is linear: what it repeats, it repeats a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from bulletins.domain.model import Bulletin
from bulletins.domain.record import CodeOrWords, Text, fields_of, records_in
from bulletins.mistakes import Message, Mistake
from bulletins.reading.frontmatter import Loc
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked

_NOT_PUBLISHED = frozenset({"notes", "silenced", "stripped"})
_ADDRESSES = frozenset({"url", "alternates", "file", "file_as"})
"""Fields in which a row of digits is part of an address or of a file's name."""

_BETWEEN = r"[ .()\u2009\u202f\u2010-\u2015-]{0,3}"
_NATIONAL = re.compile(
    rf"(?<![\w/.,=])(?<![^\W\d_]-)(?:\(84|\(?(?:\+ ?84|0084|84(?={_BETWEEN}[35789]\d)|0))"
    rf"(?:{_BETWEEN}\d){{7,10}}(?!\d)(?!/[^\W\d]|/\d{{4}}/)"
)
"""`0912 345 678`, `(024) 3843 1234`, `+84 24 3843 1234`, `84912345678`; whether it is one, its groups tell."""

_SERVICE = re.compile(r"(?<![\w/.,-])1[89]00(?:[ .-]?\d){4,6}(?!\d)(?!/[^\W\d]|/\d{4}/)")
_YEARS = re.compile(r"1[89]00-(?:1[89]|20)\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED = re.compile(
    rf"(?i)(?<!\w)(?:điện thoại|đ\.?t|s[đd]t|tel|fax|hotline|đường dây nóng|di động|zalo)"
    rf" ?(?:[:.]|số:?) ?\(?\d(?:{_BETWEEN}\d){{5,11}}(?![\d/])"
)
"""A number without the code of its province, after a word that says what it is."""

_IDENTITY = re.compile(
    r"(?<![\w/.,=-])0\d{11}(?!\d)|(?i:(?<!\w)(?:cmnd|cccd|cmtnd|căn cước(?: công dân)?|chứng minh(?: nhân dân| thư)?"
    r"|định danh(?: cá nhân)?|hộ chiếu))\D{0,20}?(?:[A-Z]\d{7}|\d(?:[ .]?\d){8,11})(?!\d)"
)
_E_MAIL = re.compile(
    r"[\w.+-]{1,64}(?: ?@ ?| ?[\[(](?:at|a|a còng)[\])] ?)[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[A-Za-z]{2,24}(?!\w)"
)

_SUSPECT_SIGNS = ("@", "(a", "[a")
_SUSPECT_FIGURES = re.compile(r"\d[ .()\u2009\u202f\u2010-\u2015-]{0,3}(?:\d[ .()\u2009\u202f\u2010-\u2015-]{0,3}){6}")
"""One of these stands in any of them: a quick way past texts that have none."""


def private_matters(checked: Checked) -> Iterator[Mistake]:
    """X1, in the text and in every text of the front matter that is published."""
    if _is_suspect(checked.body):
        for start, message, written in private_data(checked.body):
            yield checked.in_body(start, message, written=written)
    for loc, text in _texts(Bulletin, checked.tree.data, ()):
        if _is_suspect(text):
            for _, message, written in private_data(text):
                yield checked.at(loc, message, written=written)


def _is_suspect(text: str) -> bool:
    return any(sign in text for sign in _SUSPECT_SIGNS) or _SUSPECT_FIGURES.search(text) is not None


def private_data(text: str) -> Iterator[tuple[int, Message, str]]:
    """Each private datum of a text: where it stands, what is said of it, and itself; none is told twice."""
    seen: set[int] = set()
    for pattern, message, is_private in _KINDS:
        for match in pattern.finditer(text):
            if is_private(match[0]) and seen.isdisjoint(range(*match.span())):
                seen |= set(range(*match.span()))
                yield match.start(), message, match[0]


def _is_national(written: str) -> bool:
    """Whether the groups of digits are those of a number with its code: `01.02.2023 10.30` is a day and an hour."""
    groups = re.findall(r"\d+", written)
    if written.lstrip("( ").startswith(("+", "0084", "84")):
        return len("".join(groups)) >= 10
    count = len("".join(groups))
    if not (9 <= count <= 11 or (count == 8 and groups[0].startswith("080"))):
        return False
    return (
        written.startswith("(")
        or len(groups[0]) >= 3
        or all(len(group) == 2 for group in groups)
        or any(len(group) >= 7 for group in groups[1:])
        or ([len(group) for group in groups] == [2, 4, 4] and not all(map(_YEAR.fullmatch, groups[1:])))
    )


def _is_service(written: str) -> bool:
    """`1900 6068`, and neither a span of years nor a sum of money."""
    return not _YEARS.fullmatch(written) and not (written.isdecimal() and written.endswith("000"))


def _always(written: str) -> bool:
    return True


_KINDS: tuple[tuple[re.Pattern[str], Message, Callable[[str], bool]], ...] = (
    (_IDENTITY, messages.IDENTITY, _always),
    (_E_MAIL, messages.E_MAIL, _always),
    (_NATIONAL, messages.TELEPHONE, _is_national),
    (_SERVICE, messages.TELEPHONE, _is_service),
    (_NAMED, messages.TELEPHONE, _always),
)


def _texts(hint: object, data: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text that is published of a tree, with its place."""
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, list):
        for n, item in enumerate(data):
            yield from _texts(hint, item, (*loc, n))
    elif isinstance(data, Mapping):
        fields = _published(hint)
        for key, value in data.items():
            if key in fields:
                yield from _texts(fields[key], value, (*loc, key))


@cache
def _published(hint: object) -> Mapping[str, object]:
    """The fields of the records that may stand in a place, as far as they hold texts that are published."""
    return {
        field.key: field.hint
        for model in records_in(hint)
        for field in fields_of(model)
        if field.key not in _NOT_PUBLISHED | _ADDRESSES and _may_hold_text(field.hint)
    }


def _may_hold_text(hint: object) -> bool:
    marks = getattr(hint, "__metadata__", ())
    if hint == Text or any(isinstance(mark, CodeOrWords) for mark in marks):
        return True
    return any(records_in(hint)) or any(map(_may_hold_text, getattr(hint, "__args__", ())))
