"""Rules of wording: names unlike the register's, and slips of the keyboard."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bulletins.mistakes import Mistake
from bulletins.phrases.names import Mention
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked
from bulletins.vietnamese.folding import match_key

_SLIPS = {
    "hđnd dân": "HĐND",
    "ubnd dân": "UBND",
    "chiến sỹ thi đua": "chiến sĩ thi đua",
    "chiến sỹ tiên tiến": "chiến sĩ tiên tiến",
    "cờ thi đua của thủ tướng": "Cờ thi đua của Chính phủ",
}
_TWICE = tuple(
    f" {word} {word} "
    for word in (
        "và",
        "của",
        "các",
        "những",
        "là",
        "được",
        "trong",
        "cho",
        "với",
        "tại",
        "để",
        "đã",
        "về",
        "theo",
        "bằng",
    )
)
"""Words that nobody doubles on purpose; “ngày ngày” and “luôn luôn” are good Vietnamese."""

_ANY_TWICE = re.compile(rf" (?:{'|'.join(twice[1:] for twice in _TWICE)})")
"""A quick way past texts in which none of them is doubled."""

_OLD_PLACES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
    "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_NEW_PLACE = tuple(re.compile(rf"{rime}(?![^\W\d_])") for rime in ("o[àáảãạèéẻẽẹ]", "u(?<!qu)[ỳýỷỹỵ]"))
_TWO_OPENING = re.compile(r"“[^“”\n]*“")
_WORD = re.compile(r"\w+")
_EMULATION = re.compile("[Tt]hi [Đđ]ua")


def spelled_unlike_register(checked: Checked) -> Iterator[Mistake]:
    """N2. Names in the text whose case, tone place or i/y differ from the register's own.

    Each spelling once, and the other place of a tone, which whole texts keep to, at the first name that has it.
    """
    already: set[str] = set()
    for mention in checked.mentions:
        name = _register_name(checked, mention)
        if name and _is_news(mention.written, name, already):
            yield checked.in_body(mention.start, messages.SPELLED_UNLIKE_REGISTER, written=mention.written, name=name)
    for mention in checked.front_mentions:
        name = _register_name(checked, mention)
        if name and _is_news(mention.written, name, already):
            words = {"written": mention.written, "name": name}
            yield checked.at(checked.passage_at(mention.start), messages.SPELLED_UNLIKE_REGISTER, **words)
    yield from _mixed_tones(checked)


def _is_news(written: str, name: str, already: set[str]) -> bool:
    """Whether nothing was said of a spelling yet, which is remembered."""
    spelling = "" if _without_tones(written) == _without_tones(name) else written
    is_news = spelling not in already
    already.add(spelling)
    return is_news


def _without_tones(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _mixed_tones(checked: Checked) -> Iterator[Mistake]:
    """Both places of a tone are accepted, but a text should have one: of “uỷ” and “ủy” the rarer is told, once."""
    text = checked.lowered
    for new in sorted({rime for place in _NEW_PLACE for rime in place.findall(text)}):
        old = _OLD_PLACES[new]
        counts = {way: _ends(text, way) for way in (old, new)}
        if counts[old]:
            rarer, usual = (new, old) if len(counts[new]) <= len(counts[old]) else (old, new)
            word = _word_with(text, counts[rarer][0], len(rarer))
            words = {"written": word, "usual": word.replace(rarer, usual)}
            yield checked.in_body(counts[rarer][0], messages.TWO_PLACES_OF_A_TONE, **words)


def _word_with(text: str, start: int, length: int) -> str:
    """The syllable that ends in a rime."""
    first = start
    while first and text[first - 1].isalpha():
        first -= 1
    return text[first : start + length]


def _ends(text: str, rime: str) -> list[int]:
    """Where a syllable ends in this rime."""
    return [match.start() for match in re.finditer(rf"(?<!q){rime}(?![^\W\d_])", text)]


def _register_name(checked: Checked, mention: Mention) -> str | None:
    """The register's spelling of a name whose words are written otherwise: in case, place of the tone, i or y.

    Capitals throughout, blanks, dashes and abbreviations are style, and the short names that a text gives are its own.
    """
    names = checked.names.register_names(mention.key)
    if not names or mention.written in names or mention.written.isupper():
        return None
    if checked.names.accepts(" ".join(mention.written.split())) or mention.written in checked.short_names:
        return None
    words = _words(mention.written)
    alike = [name for name in names if list(map(match_key, _words(name))) == list(map(match_key, words))]
    # A sentence may begin with the name.
    return None if not alike or any(_words(name)[1:] == words[1:] for name in alike) else alike[0]


def _words(name: str) -> list[str]:
    """The words of a name, “thi đua” without capitals, as blocs are written."""
    return _WORD.findall(_EMULATION.sub("thi đua", name))


def slips(checked: Checked) -> Iterator[Mistake]:
    """N3."""
    for wrong, meant in _SLIPS.items():
        for start in checked.places(wrong) if wrong in checked.lowered else ():
            written = checked.body[start : start + len(wrong)]
            yield checked.in_body(start, messages.SLIP, written=written, meant=meant)
        for loc in checked.passages_with(wrong):
            yield checked.at(loc, messages.SLIP, written=wrong, meant=meant)
    yield from _doubled(checked)
    if checked.body.count("“") > checked.body.count("”"):
        for match in _TWO_OPENING.finditer(checked.body):
            written = match[0] if len(match[0]) <= 60 else f"{match[0][:40]}…“"
            yield checked.in_body(match.end() - 1, messages.TWO_OPENING_QUOTES, written=written)


def _doubled(checked: Checked) -> Iterator[Mistake]:
    for twice in _TWICE if _ANY_TWICE.search(checked.lowered) else ():
        for start in checked.places(twice):
            written = checked.body[start : start + len(twice)].strip()
            yield checked.in_body(start + 1, messages.DOUBLED_WORD, written=written)
