"""The list of every rule, and how a bulletin is held against all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bulletins.domain.register import Register
from bulletins.mistakes import Mistake
from bulletins.phrases.names import Names
from bulletins.reading import messages
from bulletins.reading.rules import blocs, dates, documents, figures, members, photos, private, prose, standing, wording
from bulletins.reading.rules.checked import Checked

ACROSS = ("D6", "M4")
"""Rules that look at several bulletins: `across.py`."""

OF_THE_FILE = ("N1",)
"""Rules that reading itself sees to."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, and the function that yields every mistake against it."""

    code: str
    check: Callable[[Checked], Iterable[Mistake]]


RULES: tuple[Rule, ...] = (
    Rule("D2", dates.event_after_publication),
    Rule("D3", dates.pact_signed_late_in_year),
    Rule("D4", dates.far_from_pact_year),
    Rule("D5", dates.wrong_weekday),
    Rule("D7", prose.day_in_text),
    Rule("D8", prose.years_in_text),
    Rule("M1", members.count_of_members),
    Rule("M2", members.head_among_members),
    Rule("M3", members.same_unit_twice),
    Rule("M5", members.members_in_text),
    Rule("M6", members.head_in_text),
    Rule("M7", prose.people_in_text),
    Rule("M8", prose.handed_over_to_itself),
    Rule("B3", blocs.other_bloc),
    Rule("R1", standing.not_yet),
    Rule("R2", standing.no_longer),
    Rule("R3", standing.other_bloc_that_year),
    Rule("R4", standing.name_of_other_time),
    Rule("N2", wording.spelled_unlike_register),
    Rule("N3", wording.slips),
    Rule("N4", prose.title_in_capitals),
    Rule("T1", figures.percentages),
    Rule("T2", figures.points_and_total),
    Rule("T3", figures.percentages_in_text),
    Rule("T4", figures.targets_in_text),
    Rule("C1", figures.commitments_in_text),
    Rule("A1", figures.count_of_recipients),
    Rule("A2", figures.not_theirs_to_grant),
    Rule("A3", figures.awards_in_text),
    Rule("A4", figures.other_form_in_text),
    Rule("P2", photos.same_caption),
    Rule("P3", photos.no_description),
    Rule("P5", photos.not_used),
    Rule("P8", photos.same_id),
    Rule("X1", private.private_matters),
    Rule("S1", documents.symbols),
    Rule("S2", documents.only_in_text),
    Rule("S3", documents.only_in_data),
    Rule("S4", prose.documents_in_text),
)

NEVER_SILENT = frozenset({"P8"})
"""Rules without which the site could not be made."""

SILENCEABLE = tuple(sorted({*(rule.code for rule in RULES), *ACROSS, *OF_THE_FILE} - NEVER_SILENT))


class Rules:
    """Every rule, ready for a register; made once, used for any number of bulletins."""

    def __init__(self, register: Register) -> None:
        self.names = Names(register)

    def check(self, checked: Checked) -> Iterator[Mistake]:
        """Every mistake against any rule, silenced or not."""
        for rule in RULES:
            yield from rule.check(checked)


def silence(checked: Checked, all_mistakes: Iterable[Mistake]) -> list[Mistake]:
    """The mistakes, those of a silenced rule with its reason; and what is wrong with the silencing itself."""
    mistakes = list(all_mistakes)
    entries = checked.bulletin.silenced
    if not entries:
        return mistakes
    reasons = {entry.rule: entry.reason for entry in entries if entry.rule in SILENCEABLE}
    kept = [m.silenced(reasons[m.code]) if m.code in reasons else m for m in mistakes]
    return [*kept, *_about_silencing(checked, {m.code for m in mistakes})]


def _about_silencing(checked: Checked, codes: set[str]) -> Iterator[Mistake]:
    for n, entry in enumerate(checked.bulletin.silenced):
        loc = ("silenced", n, "rule")
        if entry.rule not in SILENCEABLE:
            yield checked.at(loc, messages.NO_SUCH_RULE, rule=entry.rule, rules=", ".join(SILENCEABLE))
        elif entry.rule not in codes and entry.rule not in ACROSS:
            yield checked.at(loc, messages.NOTHING_SILENCED, rule=entry.rule)
