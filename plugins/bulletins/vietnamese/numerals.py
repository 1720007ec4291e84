"""Numbers as Vietnamese texts write them: Roman numerals, bloc numbers, thousands with a full stop."""

from __future__ import annotations

import re
import unicodedata

_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.ASCII | re.IGNORECASE)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

_NUMBER = re.compile(r"(?P<whole>[0-9]{1,15}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4})(?:,(?P<decimals>[0-9]{1,15}))?")

# Only I, V and X: “Khối C” or “Khối D” bears a letter, not the number 100 or 500.
_NUMERAL = r"(?P<numeral>[0-9]{1,3}|[IVX]+)(?!\w|[./,][0-9])"
# “Cụm thi đua 5 tỉnh Tây Nguyên” counts its members; only “số” makes such a digit a number.
_COUNTED = r"(?:tỉnh|thành phố|đơn vị|cơ quan|huyện|xã|phường|sở|ngành|trường|doanh nghiệp|công ty)\b"
_BLOC = re.compile(
    rf"\b(?P<bloc>khối|cụm)(?:\s+thi\s+đua)?(?P<so>\s+số)?\s+{_NUMERAL}(?(so)|(?!(?<=[0-9])\s+{_COUNTED}))",
    re.IGNORECASE,
)
_NAMED_BLOC = re.compile(
    rf"\A\s*(?:khối|cụm)\s.*[^\W\d_]\s+(?:số\s+{_NUMERAL}|(?P<roman>[IVX]+))\s*\Z", re.IGNORECASE | re.DOTALL
)


def roman(text: str) -> int | None:
    """The value, 1 to 3999, of a Roman numeral in its one canonical spelling and either case; else `None` (“IIII”)."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text.upper()]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def number(text: str) -> int | float | None:
    """The value of a Vietnamese number: “.” groups thousands, “,” begins the decimals, leading zeros count nothing.

    “1.000” is 1000, “18,68” is 18.68, “04” is 4. `None` for all that is not one number, “1.5” and “08/08” included.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    whole = match["whole"].replace(".", "")
    return float(f"{whole}.{match['decimals']}") if match["decimals"] else int(whole)


def bloc_number(name: str) -> int | None:
    """The number a bloc (khối, cụm) bears: 5 for “Khối thi đua số V”, “Khối Thi đua 5” and “khối V”.

    A numeral counts right after the bloc's word, or, as “số 7” or in Roman, at the end of a bloc's own name
    (“Khối thi đua ngân hàng I”). `None` for a bloc without a number and for a unit (“Cục Quản trị III”).
    """
    name = unicodedata.normalize("NFC", name)
    for match in _BLOC.finditer(name):
        if value := _value(match["numeral"]):
            return value
    ending = _NAMED_BLOC.match(name)
    return _value(ending["numeral"] or ending["roman"]) if ending else None


def with_bloc_number_in_digits(name: str) -> str:
    """The name with its bloc's number in one form: “khối thi đua 5” for “khối thi đua số V” and “khối 05” alike.

    Names of units keep their Roman numerals. `name` is NFC.
    """
    short = _BLOC.sub(_in_digits, name)
    ending = None if short != name else _NAMED_BLOC.match(name)
    if ending and (value := _value(ending["numeral"] or ending["roman"])):
        start = ending.start("numeral") if ending["numeral"] else ending.start("roman")
        return f"{name[:start].rstrip().removesuffix(' số')} {value}"
    return short


def _in_digits(match: re.Match[str]) -> str:
    value = _value(match["numeral"])
    return f"{match['bloc']} thi đua {value}" if value else match[0]


def _value(numeral: str) -> int | None:
    """A bloc's number; there is no bloc 0."""
    return (int(numeral) or None) if numeral.isdecimal() else roman(numeral)
