"""Fingerprints: what they tell apart, what they refuse, and that nothing of the machine is in them."""

from __future__ import annotations

import datetime
import enum
import functools
import os
import subprocess
import sys
import zoneinfo
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bulletins.making.fingerprints import fingerprint_of
from bulletins.plan import Output
from tests.making.plans import Card, shouted, written

HANOI = zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime.datetime(2022, 12, 9, 12, tzinfo=HANOI)


class Kind(enum.Enum):
    PACT = "pact"
    SUMMARY = "summary"


class Word(enum.StrEnum):
    PACT = "pact"


class Pair(NamedTuple):
    a: str
    b: str


class Renderer:
    def __init__(self, known: str) -> None:
        self.digest = known

    def page(self, text: str) -> list[bytes]:
        return [text.encode()]

    def __call__(self, text: str) -> list[bytes]:
        return [text.encode()]


DIFFERENT: list[Any] = [
    None, True, False, 0, 1, 1.0, -0.0, "1", b"1", "", "True", "None", "a", "á", "a\u0301", "\ud800",
    (), ((),), (1,), ("a", "bc"), ("ab", "c"), ("a", ("bc",)), (("a",), "bc"), ("a,", "bc"), ("a', 'b",), ("a", "b"),
    Pair("a", "b"), (Card("a"), "b"), (Card("a"), Card("b")), (Card("a, b"),), Card("a"), Card("1"),
    Kind.PACT, Kind.SUMMARY, Word.PACT, "pact", "Kind.PACT",
    NOON, NOON.replace(tzinfo=None), NOON.replace(tzinfo=datetime.UTC), NOON.date(), NOON.time(), "2022-12-09",
]  # fmt: skip


def digest(value: Any) -> str:
    """What becomes of a value that a line is made from."""
    return fingerprint_of(Output(("a.html",), written, (value,)))


def test_every_two_values_that_differ_have_different_digests() -> None:
    clashes = [(one, other) for one, other in combinations(DIFFERENT, 2) if digest(one) == digest(other)]

    assert clashes == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((Card("a"), ("b", Kind.PACT)), (Card("a"), ("b", Kind("pact")))),
        (Pair("a", "b"), Pair(*"ab")),
        (NOON, datetime.datetime.fromisoformat("2022-12-09T12:00:00").replace(tzinfo=HANOI)),
        (1.5, 3 / 2),
    ],
)
def test_equal_values_have_equal_digests(one: Any, other: Any) -> None:
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    ("value", "named"),
    [([1], "builtins.list"), ({}, "builtins.dict"), ({1}, "builtins.set"), (object(), "builtins.object"),
     (Path("a"), "PosixPath"), (Renderer, "builtins.type"), (str.upper, "method_descriptor")],
)  # fmt: skip
def test_an_input_that_cannot_be_hashed_is_refused_by_the_name_of_its_type(value: Any, named: str) -> None:
    with pytest.raises(TypeError, match=named):
        digest(("a", (value,)))


def test_a_digest_that_is_no_string_is_refused() -> None:
    with pytest.raises(TypeError, match="Card"):
        digest(Card(1))  # type: ignore[arg-type]


BASE = Output(("a.html",), written, ("text",), "1")


@pytest.mark.parametrize(
    "other",
    [
        Output(("b.html",), written, ("text",), "1"),
        Output(("a.html", "b.html"), written, ("text",), "1"),
        Output(("a.html",), shouted, ("text",), "1"),
        Output(("a.html",), written, ("text", None), "1"),
        Output(("a.html",), written, ("text",), "2"),
        Output(("a.html",), functools.partial(written), ("text",), "1"),
        Output(("a.html",), functools.partial(written, "text"), (), "1"),
        Output(("a.html",), Renderer("1").page, ("text",), "1"),
        Output(("a.html",), Renderer("2").page, ("text",), "1"),
        Output(("a.html",), Renderer("1"), ("text",), "1"),
    ],
)
def test_a_fingerprint_changes_with_paths_maker_inputs_and_version(other: Output) -> None:
    assert fingerprint_of(other) != fingerprint_of(BASE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (functools.partial(written, "a"), functools.partial(written, "b")),
        (functools.partial(written, sep="a"), functools.partial(written, sep="b")),
        (functools.partial(written, a="1", b="2"), functools.partial(written, a="2", b="1")),
        (functools.partial(written, shouted), functools.partial(written, written)),
        (Renderer("1").page, Renderer("2").page),
        (Renderer("1"), Renderer("2")),
    ],
)
def test_what_a_maker_carries_is_a_part_of_its_fingerprint(one: Callable[..., Any], other: Callable[..., Any]) -> None:
    assert fingerprint_of(Output(("a",), one, ())) != fingerprint_of(Output(("a",), other, ()))


def test_the_order_of_named_arguments_does_not_matter() -> None:
    one, other = functools.partial(written, a="1", b="2"), functools.partial(written, b="2", a="1")

    assert fingerprint_of(Output(("a",), one, ())) == fingerprint_of(Output(("a",), other, ()))


def closure_over(text: str) -> Callable[[], list[bytes]]:
    def make() -> list[bytes]:
        return [text.encode()]

    return make


class Plain:
    def page(self) -> list[bytes]:
        return []


@pytest.mark.parametrize(
    ("make", "named"), [(closure_over("a"), "closure_over"), (lambda: [b""], "lambda"), (Plain().page, "Plain")]
)
def test_a_maker_that_hides_inputs_is_refused(make: Callable[..., Any], named: str) -> None:
    with pytest.raises(TypeError, match=named):
        fingerprint_of(Output(("a",), make, ()))


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_fingerprints_are_the_same_in_every_process(seed: str) -> None:
    code = (
        "from tests.making.test_fingerprints import *; import sys;"
        "sys.stdout.write(digest(tuple(v for v in DIFFERENT)) + fingerprint_of(BASE))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
    )

    assert told.stdout.decode() == digest(tuple(DIFFERENT)) + fingerprint_of(BASE)
