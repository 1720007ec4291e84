"""What every record shares: typed fields with their meaning said once, and the kinds of value an author can type."""

from __future__ import annotations

import datetime
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from hashlib import blake2b
from typing import Annotated, Any, Literal, NamedTuple, TypeVar
from urllib.parse import quote

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, PydanticUndefined
from pydantic_core.core_schema import no_info_after_validator_function

from bulletins.domain.kinds import Vocabulary
from bulletins.vietnamese.dates import DateError, Moment, PartialDate, iso, read_date, read_partial_date
from bulletins.vietnamese.numerals import number

T = TypeVar("T")
DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"


class Record(BaseModel):
    """An immutable record read from a file; an unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)

    @cached_property
    def as_json(self) -> str:
        """The record as JSON, without what stands at its default."""
        return self.model_dump_json(by_alias=True, exclude_defaults=True)

    @cached_property
    def digest(self) -> str:
        """A string that changes whenever anything in the record does."""
        return record_digest(type(self), self.as_json.encode())


def record_digest(kind: type[Record], as_json: bytes) -> str:
    """The digest of the record of this kind whose JSON, in UTF-8, this is."""
    return blake2b(b"%s %s" % (kind.__name__.encode(), as_json), digest_size=16).hexdigest()


class Value:
    """Mixed into frozen dataclasses computed from records: gives them a digest of all they hold."""

    @cached_property
    def digest(self) -> str:
        """A string that changes whenever anything in the value does."""
        return blake2b(repr(self).encode(), digest_size=16).hexdigest()


class FieldOf(NamedTuple):
    """A field of a record: its name as authors type it, what pydantic knows of it, and its type with all marks."""

    key: str
    info: FieldInfo
    hint: Any


@cache
def fields_of(model: type[Record]) -> tuple[FieldOf, ...]:
    """The fields of a record in its order."""
    hints = typing.get_type_hints(model, include_extras=True)
    return tuple(FieldOf(info.alias or name, info, hints[name]) for name, info in model.model_fields.items())


def records_in(hint: Any) -> Iterator[type[Record]]:
    """The records that a field of this type holds, at any depth of lists, marks and alternatives."""
    if isinstance(hint, type) and issubclass(hint, Record):
        yield hint
    for part in typing.get_args(hint):
        yield from records_in(part)


def about(
    vi: str,
    en: str,
    default: Any = PydanticUndefined,
    *,
    alias: str | None = None,
    also: str | None = None,
    usual: bool = False,
    long: bool = False,
) -> Any:
    """A field: what it means to an author, in Vietnamese and English, and its default; without one it is required.

    `alias` is its name in front matter where that is not the attribute's, `also` another name that is accepted.
    `usual` fields are filled in by most bulletins (required ones always are), and `long` ones hold whole sentences:
    forms show the former at once and give the latter more room.
    """
    marks = {name: True for name, is_so in (("x-usual", usual), ("x-long", long)) if is_so}
    names = AliasChoices(alias, also) if alias and also else alias
    return Field(default, description=vi, json_schema_extra={"x-en": en, **marks}, alias=alias, validation_alias=names)


def _why_no_date(error: DateError) -> dict[str, Any]:
    date = error.date.isoformat() if error.date else None
    return {"reason": error.reason, "day": error.day, "month": error.month, "text": error.text, "date": date}


def _moment(value: object) -> object:
    if isinstance(value, dict) and value.keys() <= {"date", "time"} and "date" in value:
        value = " ".join(str(value[part]) for part in ("date", "time") if part in value)
    if not isinstance(value, str):
        return value
    try:
        return read_date(value)
    except DateError as error:
        context = _why_no_date(error)
        raise PydanticCustomError("date", "{reason}", context) from error


def _day(value: object) -> object:
    moment = _moment(value)
    if not isinstance(moment, Moment):
        return moment
    if moment.time is not None:
        raise PydanticCustomError("date", "{reason}", {"reason": "hour_not_wanted", "text": value})
    return moment.date


def _partial_day(value: object) -> PartialDate:
    if value is None:
        return NO_DAY
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "text")
    try:
        return read_partial_date(value)
    except DateError as error:
        context = _why_no_date(error)
        raise PydanticCustomError("date", "{reason}", context) from error


def _number(value: object) -> object:
    if not isinstance(value, str):
        return value
    amount = number(value.strip().removesuffix("%").rstrip())
    if amount is None:
        raise PydanticCustomError("number", "{text}", {"text": value})
    return amount


_DOWN = re.compile(r"(?:[-−–]|giảm)\s*", re.IGNORECASE)
_UP = re.compile(r"(?:\+|tăng)\s*", re.IGNORECASE)


def _change(value: object) -> object:
    """“-8”, “giảm 8”, “tăng 12,5%”."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    down = _DOWN.match(text)
    amount = _number(_UP.sub("", _DOWN.sub("", text, count=1), count=1))
    return -amount if down and isinstance(amount, int | float) else amount


_YEAR = re.compile(
    r"(?:(?:6|sáu) tháng (?:đầu|cuối) )?(?:năm )?(?:học )?(?P<year>[0-9]{4})(?: ?[-–] ?(?P<next>[0-9]{4}))?",
    re.IGNORECASE,
)


def _year(value: object) -> object:
    """A year as it is said: “2023”, “năm 2023”, or a school year, which stands at the year in which it begins."""
    if not isinstance(value, str):
        return value
    match = _YEAR.fullmatch(" ".join(value.split()))
    if match is None or (match["next"] and int(match["next"]) != int(match["year"]) + 1):
        raise PydanticCustomError("year", "{text}", {"text": value})
    return int(match["year"])


def beginning(value: object) -> int | None:
    """The year that is typed, or in which a typed school year begins; `None` if it is none."""
    match = _YEAR.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
    return int(match["year"]) if match else None


def is_school_year(value: object) -> bool:
    """Whether a year is typed as a school year: “2022–2023”, “năm học 2022–2023”."""
    match = _YEAR.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
    return match is not None and (match["next"] is not None or " học " in f" {match[0].casefold()} ")


_YES = frozenset({"true", "yes", "có", "đúng"})
_NO = frozenset({"false", "no", "không", "sai"})


def _flag(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip().casefold()
    if text not in _YES | _NO:
        raise PydanticCustomError("flag", "{text}", {"text": value})
    return text in _YES


_UNKNOWN = frozenset({"không rõ", "chưa rõ", "không biết", "unknown"})


def _unless_unknown(value: object) -> object:
    return None if isinstance(value, str) and value.strip().casefold() in _UNKNOWN else value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


def _unless_mapping(key: str) -> Callable[[object], object]:
    return lambda value: {key: value} if isinstance(value, str) else value


def _one_of(vocabulary: Vocabulary) -> Callable[[str], str]:
    def find(text: str) -> str:
        code = vocabulary.find(text)
        if code is None:
            labels = "; ".join(term.vi for term in vocabulary)
            context = {"text": text, "nearest": vocabulary.nearest(text), "labels": labels}
            context["codes"] = ", ".join(vocabulary.codes)
            raise PydanticCustomError("vocabulary", "{text}", context)
        return code

    return find


Resolver = Callable[[str], str]
"""Turns a name an author typed into an id; raises `UnknownName`."""


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def looks_like_id(text: str) -> bool:
    """Whether an author seems to have typed an id, not a name: it is compared with ids then, and words with names."""
    return bool(_ID.fullmatch(text))


Candidates = tuple[tuple[str, str], ...]
"""Entries of the register, each with its id and its name."""


class UnknownName(LookupError):
    """No entry of the register has this id, name or alias, or several do.

    `elsewhere`: only entries of other provinces bear the name. `where` is the field with
    which a new entry should say where it belongs, and its value; `prefix` is what its id should begin with.
    `find_candidates` is called when somebody asks for them: often nobody does, and they take long.
    """

    def __init__(
        self,
        text: str,
        find_candidates: Callable[[], Candidates],
        *,
        ambiguous: bool = False,
        elsewhere: bool = False,
        where: tuple[str, str] | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(text)
        self._find_candidates = find_candidates
        self.ambiguous = ambiguous
        self.elsewhere = elsewhere
        self.where = where
        self.prefix = prefix

    @cached_property
    def candidates(self) -> Candidates:
        """Those it may mean, the nearest first."""
        return self._find_candidates()

    @property
    def facts(self) -> Mapping[str, Any]:
        """All that is known of it, by name."""
        return {name: getattr(self, name) for name in ("candidates", "ambiguous", "elsewhere", "where", "prefix")}


def _resolve(kind: str, called: str = "") -> Callable[[str, ValidationInfo], str]:
    def resolve(text: str, info: ValidationInfo) -> str:
        resolvers: Mapping[str, Resolver] = info.context or {}
        if kind not in resolvers:
            return text
        try:
            return resolvers[kind](text)
        except UnknownName as error:
            context = {"kind": called or kind, "text": text, **error.facts}
            raise PydanticCustomError("unknown_name", "{text}", context) from error

    return resolve


@dataclass(frozen=True, slots=True)
class CodeOf:
    """Marks a text field that holds a code of a vocabulary; the Vietnamese label is accepted as well."""

    vocabulary: Vocabulary

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(_one_of(self.vocabulary), handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        codes: JsonSchemaValue = {"type": "string", "enum": list(self.vocabulary.codes)}
        return {"anyOf": [codes, _TEXT]} if handler.mode == "validation" else codes


_CODE = re.compile(r"[a-z_]+")


def _code_or_words(vocabulary: Vocabulary) -> Callable[[str], str]:
    one_of = _one_of(vocabulary)
    return lambda text: one_of(text) if vocabulary.find(text) or _is_mistyped_code(text, vocabulary) else text


def _is_mistyped_code(text: str, vocabulary: Vocabulary) -> bool:
    """“atended” is; “tin”, “ha” and “km” are words without accents."""
    is_like_a_code = _CODE.fullmatch(text) is not None
    return is_like_a_code and ("_" in text or bool(get_close_matches(text, vocabulary.codes, n=1, cutoff=0.75)))


@dataclass(frozen=True, slots=True)
class CodeOrWords(CodeOf):
    """Marks a text field that holds a code of a vocabulary, or words where none fits; a mistyped code is no words."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(_code_or_words(self.vocabulary), handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        codes: JsonSchemaValue = {"type": "string", "enum": list(self.vocabulary.codes)}
        return {"anyOf": [codes, _TEXT]}


@dataclass(frozen=True, slots=True)
class Wholesale:
    """Marks a list for which one word stands, such as `photos: auto`; reading puts the list in its place."""

    word: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        plain = handler(schema)
        return {"anyOf": [plain, {"const": self.word}]} if handler.mode == "validation" else plain


_TEXT: JsonSchemaValue = {"type": "string", "minLength": 1}
_TYPED_TEXT: JsonSchemaValue = {"anyOf": [_TEXT, {"type": "number"}]}
"""A text as editors of YAML see it: to them `2023` is a number."""


@dataclass(frozen=True, slots=True)
class AlsoTyped:
    """Marks a field that authors may also type as a text, as one value of its list, or as a list of texts.

    The schema of the front matter says so; what is published always has the field's own form.
    """

    form: Literal["text", "item", "texts"]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        plain = handler(schema)
        if handler.mode != "validation":
            return plain
        if self.form == "texts":
            return {"anyOf": [plain, {"type": "array", "items": _TYPED_TEXT}, _TYPED_TEXT]}
        return {"anyOf": [plain, plain["items"] if self.form == "item" else _TYPED_TEXT]}


@dataclass(frozen=True, slots=True)
class Short(BeforeValidator):
    """Marks a field where a bare text stands for a mapping with one key."""

    key: str = ""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return AlsoTyped("text").__get_pydantic_json_schema__(schema, handler)


def short(key: str) -> Short:
    """A bare text stands for a mapping with this one key."""
    return Short(_unless_mapping(key), key=key)


Text = Annotated[str, StringConstraints(min_length=1), WithJsonSchema(_TYPED_TEXT, mode="validation")]
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "trang", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Ids that no folder may bear: Windows keeps them for devices; `trang` is where later pages of a list stand."""


def _unreserved(text: str) -> str:
    if text in RESERVED:
        raise PydanticCustomError("reserved", "reserved")
    return text


LONGEST_ADDRESS = 300
"""Characters of a former address: servers keep their rules in tables of so much a line."""

_HOST = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_KEPT_IN_ADDRESS = "/._~!()*+,=:@%?&-"


def _address(text: str) -> str:
    """A former address as servers match it: from the root, its query with it; no host, no `#part`."""
    whole = _HOST.sub("", text).partition("#")[0]
    path, mark, query = whole.partition("?")
    meant = quote(re.sub("/{2,}", "/", f"/{path}") + mark * bool(query) + query, safe=_KEPT_IN_ADDRESS)
    if text == meant:
        return text
    raise PydanticCustomError("former_address", "{text}", {"text": text, "meant": meant})


FormerAddress = Annotated[
    str,
    StringConstraints(max_length=LONGEST_ADDRESS),
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "pattern": "^/[!-~]*$", "maxLength": LONGEST_ADDRESS}),
]
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80), AfterValidator(_unreserved)]
Year = Annotated[int, Field(ge=1945, le=2200), BeforeValidator(_year), AlsoTyped("text")]
Count = Annotated[int, Field(ge=0), BeforeValidator(_number), AlsoTyped("text")]
Number = Annotated[int | float, BeforeValidator(_number), AlsoTyped("text")]
ChangeInPercent = Annotated[int | float, BeforeValidator(_change), AlsoTyped("text")]
Flag = Annotated[bool, BeforeValidator(_flag), AlsoTyped("text")]
Day = Annotated[
    datetime.date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "examples": ["2023-02-22", "22/02/2023"]}, mode="validation"),
    WithJsonSchema({"type": "string", "pattern": DATE_PATTERN, "format": "date"}, mode="serialization"),
]
NO_DAY = PartialDate("")
PartialDay = Annotated[
    PartialDate,
    PlainValidator(_partial_day),
    PlainSerializer(lambda date: date or None, return_type=str | None),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "examples": ["2023-02-22", "2/2023", "2023"]}, {"type": ["integer", "null"]}]},
        mode="validation",
    ),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}, {"type": "null"}]}, mode="serialization"
    ),
]
Instant = Annotated[
    Moment,
    BeforeValidator(_moment),
    PlainSerializer(iso, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "examples": ["2023-02-22", "2022-12-09 16:25"]},
                {
                    "type": "object",
                    "properties": {"date": {"type": "string"}, "time": {"type": "string"}},
                    "required": ["date"],
                    "additionalProperties": False,
                },
            ]
        },
        mode="validation",
    ),
    WithJsonSchema({"type": "string", "examples": ["2023-02-22", "2022-12-09T16:25:00+07:00"]}, mode="serialization"),
]
IS_ID = WithJsonSchema({"type": "string", "pattern": ID_PATTERN, "maxLength": 80}, mode="serialization")
"""An id as it is published; authors may type a name where it stands."""

BlocId = Annotated[str, AfterValidator(_resolve("bloc")), IS_ID]
UnitId = Annotated[str, AfterValidator(_resolve("unit")), IS_ID]
OrganiserId = Annotated[str, AfterValidator(_resolve("organiser", "unit")), IS_ID]
HostId = Annotated[str, AfterValidator(_resolve("host")), IS_ID]
HostIfKnown = Annotated[HostId | None, BeforeValidator(_unless_unknown)]
MovementId = Annotated[str, AfterValidator(_resolve("movement")), IS_ID]
Language = Literal["vi", "en"]

_SIGNS_BETWEEN = re.compile(r"\s*(?:[;•\n]|^[-+*] )\s*", re.MULTILINE)


def listed_names(value: object, find: Resolver | None) -> object:
    """Names as they are pasted: with “;”, “•” or a line between them, and with commas inside them."""
    listed = _listed(value)
    if not isinstance(listed, list | tuple):
        return listed
    parts = [part for item in listed for part in (_parted(item) if isinstance(item, str) else [item])]
    return _rejoined([part for part in parts if part != ""], find) if find else parts


def _parted(names: str) -> list[str]:
    """The names of a line; a sign at its end parts nothing."""
    return [part for part in _SIGNS_BETWEEN.split(names) if part] or [names]


def _names_of(kind: str) -> Callable[[object, ValidationInfo], object]:
    return lambda value, info: listed_names(value, (info.context or {}).get(kind))


_NO_BLOC = frozenset({"không", "không có", "không thuộc khối nào", "none", "no", "null"})


def is_no_bloc(text: str) -> bool:
    """Whether a text, written where a bloc is named, says that the ceremony is of none."""
    return text.strip().casefold() in _NO_BLOC


def _listed_blocs(value: object, info: ValidationInfo) -> object:
    """The blocs of a bulletin; a word for “none” is a ceremony of no bloc, and no word at all is none said."""
    alone = value[0] if isinstance(value, list | tuple) and len(value) == 1 else value
    if isinstance(alone, str) and is_no_bloc(alone):
        return []
    listed = listed_names(value, (info.context or {}).get("bloc"))
    if (value and not listed) or value == "":
        raise PydanticCustomError("missing", "missing")
    return listed


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _rejoined(parts: list[Any], find: Resolver) -> list[Any]:
    """A name with a comma that a list in brackets has torn apart, made whole; a list in one line, taken apart."""
    whole: list[Any] = []
    while parts:
        if isinstance(parts[0], str) and not _is_known(parts[0], find) and "," in parts[0]:
            pieces = _rejoined(re.split(r",\s*", parts[0]), find)
            parts[0:1] = pieces if all(_is_known(piece, find) for piece in pieces) else [parts[0]]
        taken = next((n for n in range(1, 5) if _is_known(", ".join(map(str, parts[:n])), find)), 1)
        whole.append(", ".join(parts[:taken]) if taken > 1 else parts[0])
        del parts[:taken]
    return whole


def _is_known(text: object, find: Resolver) -> bool:
    try:
        return isinstance(text, str) and bool(find(text))
    except UnknownName:
        return False


ListedUnits = Annotated[tuple[T, ...], BeforeValidator(_names_of("unit")), AlsoTyped("item")]
"""A list of units; see `listed_names`."""

ListedBlocs = Annotated[
    tuple[BlocId, ...], BeforeValidator(_listed_blocs), AfterValidator(_each_once), AlsoTyped("item")
]
"""The blocs of a bulletin, each once; none for a ceremony of no bloc."""

ListedTexts = Annotated[tuple[T, ...], BeforeValidator(lambda value: listed_names(value, None)), AlsoTyped("item")]
"""A list of short texts, such as names of people; they may be typed on one line with “;” between them."""

Listed = Annotated[tuple[T, ...], BeforeValidator(_listed), AlsoTyped("item")]
"""A list; a single value may be typed without making a list of it."""
