"""The syllables of a text, to find whether two texts say the same in other words."""

from __future__ import annotations

import re

from bulletins.vietnamese.folding import tone_key

Syllables = frozenset[str]

_SYLLABLE = re.compile(r"[^\W_]+(?:[.,/-][^\W_]+)*")
_COMMON = frozenset(
    ("và", "của", "các", "cho", "trong", "là", "có", "được", "với", "để", "những", "một", "này", "đó", "khi",
     "từ", "theo", "về", "đến", "cùng", "ở", "mà", "thì", "nhưng", "ra", "vào", "trên", "dưới", "năm", "khối",
     "đơn", "vị", "thi", "đua", "thực", "hiện")
)  # fmt: skip


def syllables(text: str) -> Syllables:
    """The syllables of a text that tell something: in one spelling, without those that stand in any sentence."""
    return frozenset(_SYLLABLE.findall(tone_key(text))) - _COMMON
