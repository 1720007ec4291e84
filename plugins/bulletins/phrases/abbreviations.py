"""Short names that a text itself gives: “Sở Thông tin và Truyền thông (sau đây gọi tắt là Sở TTTT)”, “… (Khối V)”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bulletins.phrases.names import Mention
from bulletins.vietnamese.folding import match_key
from bulletins.vietnamese.person_names import CAPITAL

_CALLED = r"(?:sau đây |dưới đây |từ đây )?(?:được )?(?:gọi|viết)(?: tắt| chung| gọn)?(?: là)?:? "
_DEFINITION = re.compile(
    rf"[^\S\n]?(?:\(|, )(?P<called>{_CALLED})?[“\"]?"
    rf"(?P<short>[{CAPITAL}][^()“”\",;.:\n]{{0,50}}?)[”\"]?(?:\)|(?=[,.;]))",
)
_LONGEST = 5
_WORD = re.compile(r"\w+")


def short_names(text: str, mentions: Sequence[Mention]) -> Mapping[str, frozenset[str]]:
    """The short names that a text gives right behind the long ones, with the ids of those that bear them.

    What stands in brackets without “gọi tắt là” is a short name only where its letters are the beginnings of the long
    one's words: “Sở Y tế (Khối trưởng)” shortens nothing.
    """
    names: dict[str, frozenset[str]] = {}
    for mention in mentions:
        match = _DEFINITION.match(text, mention.end)
        if match and (match["called"] or (match[0].endswith(")") and _abbreviates(match["short"], mention.written))):
            names.setdefault(match["short"].strip(), mention.ids)
    return names


def shortened(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Where the short names that a text gives stand in it, outside the names that are known."""
    taken = {at for mention in mentions for at in range(mention.start, mention.end)}
    for short, ids in short_names(text, mentions).items():
        for match in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", text):
            if match.start() not in taken:
                yield Mention(match.start(), match.end(), short, match_key(short), ids)


def _abbreviates(short: str, long: str) -> bool:
    """Whether each capital of the short name begins a word of the long one, in order, and it is the shorter."""
    words = _WORD.findall(long)
    if len(_WORD.findall(short)) > _LONGEST or len(short) >= len(long):
        return False
    rest = iter(word[0].upper() for word in words)
    return all(letter in rest for word in _WORD.findall(short) for letter in _letters(word, words))


def _letters(word: str, words: Sequence[str]) -> str:
    """The letters that a word of a short name stands for: all of “TTTT”, the first of a word of the long name."""
    return word.upper() if word.isupper() or word not in words else word[0].upper()
