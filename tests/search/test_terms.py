"""The terms of a text; and that the browser reads texts as Python does."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from bulletins.search import terms
from bulletins.search.terms import Texts
from tests.search.js import run

TOKENS = Path(__file__).parent / "tokens.txt"

READ = """
import { bare, crc32, designation, shardOf, words } from "./terms.js";
const told = given.map((text) => words(text).map((word) => [word, bare(word), crc32(bare(word))]));
const pairs = given.map((text) => words(text)).map((all) => all.slice(1).map((word, n) =>
  word && all[n] ? shardOf(`${bare(all[n])} ${bare(word)}`, 2048) : 0));
console.log(JSON.stringify([told, pairs]));
"""

BLOCS = """
import { parse } from "./terms.js";
console.log(JSON.stringify(given.map((text) => parse(text).blocs)));
"""

NAMED_BLOCS: list[tuple[str, list[str]]] = [
    ("Khối thi đua số V", ["khối#5"]),
    ("KHỐI THI ĐUA V và cụm 12", ["khối#5", "cụm#12"]),
    ("khối 05", ["khối#5"]),
    ("khối số 5", ["khối#5"]),
    ("Khối thi đua IX", ["khối#9"]),
    ("Khối thi đua XXXIX", ["khối#39"]),
    ("khối IIII", []),
    ("khối 0", []),
    ("khối thi đua các cơ quan", []),
    ("Cụm thi đua 5 tỉnh Tây Nguyên", []),
    ("cụm 4 thành phố", []),
    ("Cụm thi đua số 5 tỉnh Tây Nguyên", ["cụm#5"]),
    ("khối. V", []),
    ("khối", []),
    ("khối 1234", []),
]


def weights(*, titled: str = "", named: str = "", text: str = "") -> dict[str, int]:
    return terms.weigh(Texts((titled,), (named,), (text,), ()))


def test_the_browser_reads_words_as_python_does(tmp_path: Path) -> None:
    texts = [line for line in TOKENS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    composed = [unicodedata.normalize("NFC", text) for text in texts]
    told, shards = run(tmp_path, READ, texts)

    assert told == [
        [[word, terms.bare(word), terms.word_hash(word)] for word in terms.words(text)] for text in composed
    ]
    assert shards == [
        [terms.term_hash(f"{a} {b}") & 2047 if a and b else 0 for a, b in pairwise(all_)]
        for all_ in map(terms.words, composed)
    ]


@pytest.mark.parametrize(("text", "blocs"), NAMED_BLOCS)
def test_a_bloc_is_known_by_its_number_however_it_is_written(text: str, blocs: list[str]) -> None:
    assert list(terms.designations(terms.words(text))) == blocs


def test_the_browser_knows_blocs_as_python_does(tmp_path: Path) -> None:
    assert run(tmp_path, BLOCS, [text for text, _ in NAMED_BLOCS]) == [blocs for _, blocs in NAMED_BLOCS]


def test_a_query_without_marks_names_a_bloc_too(tmp_path: Path) -> None:
    assert run(tmp_path, BLOCS, ["khoi thi dua so v", "KHOI 5 van phong", "cum iii"]) == [
        ["khối#5"],
        ["khối#5"],
        ["cụm#3"],
    ]


def test_neighbours_make_pairs_but_not_across_the_end_of_a_sentence_or_line() -> None:
    found = weights(text="Thư viện Quốc hội. Vụ Thông tin;\nhai")

    assert {"thư viện", "viện quốc", "quốc hội", "vụ thông", "thông tin"} <= found.keys()
    assert not {"hội vụ", "tin hai"} & found.keys()


def test_both_places_of_a_tone_make_one_term() -> None:
    assert weights(text="văn hoá, tỉnh uỷ").keys() == weights(text="văn hóa, tỉnh ủy").keys()
    assert weights(text="hoà").keys() != weights(text="hoá").keys()


def test_a_term_has_the_weight_of_the_heaviest_place_it_stands_in() -> None:
    found = weights(titled="Ký giao ước", named="Thư viện", text="ký, thư, đua, đua, đua")

    assert found["ký"] == found["giao ước"] == terms.TITLED
    assert found["thư"] == found["thư viện"] == terms.NAMED
    assert found["đua"] == terms.OFTEN_IN_TEXT
    assert found["đua đua"] == found["thư đua"] == terms.TEXT


def test_terms_that_differ_in_weight_or_stand_in_one_text_only_have_changed() -> None:
    before, after = weights(text="một hai"), weights(titled="một", text="hai ba")

    assert terms.changed(before, after) == ["ba", "hai ba", "một", "một hai"]
