"""Rules of blocs: the one a bulletin is filed under is the one its text is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bulletins.mistakes import Mistake
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked
from bulletins.vietnamese.numerals import bloc_number

_REACH = 40
_NUMBERED = tuple(re.compile(rf"{word}(?: thi đua)?(?: số)? (?:[0-9]|[ivx]+\b)") for word in ("khối", "cụm"))
"""Two patterns, because one that begins with a word is looked for many times faster than one with a choice."""


def other_bloc(checked: Checked) -> Iterator[Mistake]:
    """B3. Another number of bloc stands in the text more often than the bulletin's own; of several there is no own."""
    own = checked.register.blocs.get(checked.bulletin.blocs[0]) if len(checked.bulletin.blocs) == 1 else None
    if own is None:
        return
    places: dict[int, list[int]] = {}
    for start in sorted(match.start() for pattern in _NUMBERED for match in pattern.finditer(checked.lowered_text)):
        value = _number_at(checked, start)
        if value is not None:
            places.setdefault(value, []).append(start)
    counted = Counter({value: len(starts) for value, starts in places.items()})
    own_times = counted.pop(own.number, 0) if own.number is not None else _named(checked, own.id)
    if counted:
        value, times = max(counted.items(), key=lambda item: (item[1], -item[0]))
        if times > own_times:
            start = places[value][0]
            other = checked.text[start : start + _REACH].split("\n")[0]
            written = _as_written(other)
            words = {"other": f"“{written}”", "times": times, "own": f"“{own.name}”", "own_times": own_times}
            yield checked.in_text(start, messages.OTHER_BLOC, **words)


def _number_at(checked: Checked, start: int) -> int | None:
    before = checked.lowered_text[max(0, start - 4) : start]
    # “Phó khối 2” numbers the deputies.
    if before[-1:].isalnum() or before == "phó ":
        return None
    return bloc_number(checked.text[start : start + _REACH])


def _named(checked: Checked, bloc: str) -> int:
    """How often a bloc without a number is named."""
    return sum(bloc in mention.ids for mention in checked.text_mentions)


def _as_written(text: str) -> str:
    match = re.match(r"\w+(?: thi đua)?(?: số)? \w+", text, re.IGNORECASE)
    return match[0] if match else text
