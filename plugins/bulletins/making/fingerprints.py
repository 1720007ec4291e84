"""Fingerprints: one short string that changes whenever anything a file is made from does."""

from __future__ import annotations

import datetime
import enum
import functools
import hashlib
from collections.abc import Callable, Sequence
from types import FunctionType, MethodType
from typing import Any

from bulletins.plan import Made, Output, Part

# `repr` of these tells every two values apart, also inside a tuple, and costs no Python call per value.
_PLAIN = frozenset((type(None), bool, int, float, str, bytes))
_DATES = frozenset((datetime.date, datetime.datetime, datetime.time))


def fingerprint_of(output: Output) -> str:
    """A hash of everything the Output's files depend on, in lowercase hex.

    Inputs may be None, bool, int, float, str, bytes, dates, times, enum members, functions of a module, tuples of
    these, and objects with a `digest`.
    Raises TypeError, naming the type, for anything else: what cannot be hashed must not be looked at.
    """
    return _hash(f"{output.version!r}{output.paths!r}{_tell_maker(output.make)}{_tell(output.inputs)}")


def part_fingerprint(part: Part) -> str:
    """A hash of everything the lines of a part depend on; empty for one that has to be laid out to know."""
    return _hash(f"{part.version!r}{_tell(part.inputs)}") if part.inputs else ""


DATED = "+"
"""Ends the fingerprint of a file that has metadata."""


def dated(fingerprint: str, output: Output, made: Sequence[Made] | None = None) -> str:
    """The fingerprint of an Output's files with the times they say: as last published, or as they are `made` now."""
    if output.dating is None:
        return fingerprint
    state = output.dating.known if made is None else output.dating.state(made[0].metadata)
    return f"{_hash(fingerprint + state)}{DATED}"


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _tell(value: Any) -> str:
    """The value as a text that no other value has."""
    kind = type(value)
    if kind in _PLAIN or kind in _DATES:
        return repr(value)
    if kind is tuple:
        return repr(value) if _PLAIN.issuperset(map(type, value)) else _tell_all(value)
    if isinstance(value, enum.Enum):
        return f"{_name(kind)}.{value.name}"
    if isinstance(value, tuple):
        return _name(kind) + _tell_all(value)
    if isinstance(value, FunctionType):
        return _tell_function(value)
    known = getattr(value, "digest", None)
    if type(known) is str:
        return f"<{known!r}>"
    raise TypeError(f"{_name(kind)} has no digest, so it cannot be an input of an output")


def _tell_all(values: tuple[Any, ...]) -> str:
    return f"({','.join(map(_tell, values))},)"


def _tell_maker(make: Callable[..., Any]) -> str:
    if isinstance(make, FunctionType):
        return _tell_function(make)
    if isinstance(make, functools.partial):
        bound = tuple(sorted(make.keywords.items()))
        return f"partial({_tell_maker(make.func)}{_tell(make.args)}{_tell(bound)})"
    if isinstance(make, MethodType):
        return f"{_name(make)}{_tell(make.__self__)}"
    return f"{_name(type(make))}{_tell(make)}"


def _tell_function(make: FunctionType) -> str:
    """A closure or a lambda would look at values that nobody hashed, or share its name with another."""
    if make.__closure__ or make.__name__ == "<lambda>":
        raise TypeError(f"{_name(make)} is a closure or a lambda; give its values as inputs, or use functools.partial")
    return _name(make)


def _name(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"
