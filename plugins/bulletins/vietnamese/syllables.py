"""The syllables of a text, to find whether two texts say the same in other words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from bulletins.vietnamese.folding import tone_key

Syllables = frozenset[str]

_SYLLABLE = re.compile(r"[^\W_]+(?:[.,/-][^\W_]+)*")
_COMMON = frozenset(
    ("và", "của", "các", "cho", "trong", "là", "có", "được", "với", "để", "những", "một", "này", "đó", "khi",
     "từ", "theo", "về", "đến", "cùng", "ở", "mà", "thì", "nhưng", "ra", "vào", "trên", "dưới", "năm", "khối",
     "đơn", "vị", "thi", "đua", "thực", "hiện")
)  # fmt: skip

_MOST_KNOWN = 20_000
"""Pieces of texts that are remembered."""


def syllables(text: str) -> Syllables:
    """The syllables of a text that tell something: in one spelling, without those that stand in any sentence."""
    return frozenset(chain.from_iterable(map(_of_piece, set(text.split()))))


@lru_cache(maxsize=_MOST_KNOWN)
def _of_piece(piece: str) -> tuple[str, ...]:
    """The same of what stands between two blanks; a text is made of few such pieces, again and again."""
    return tuple(syllable for syllable in _SYLLABLE.findall(tone_key(piece)) if syllable not in _COMMON)
