"""Rules of targets, scoring, commitments and awards: numbers against each other, and the text against the data."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from bulletins.domain import kinds
from bulletins.mistakes import Both, Mistake
from bulletins.phrases.awards import AwardMention, find_awards
from bulletins.reading.frontmatter import Loc
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked
from bulletins.reading.rules.counted import counts_before
from bulletins.vietnamese.numerals import number

_PERCENT = re.compile(r"(?<![\w.,])([0-9][0-9.]*(?:,[0-9]+)?) ?(?:\*\*)?\Z")
_BEGIN = re.compile(r"([0-9][0-9.]*(?:,[0-9]+)?)(?:\*{0,2} ?%)?\*{0,2} ?(?:-|–|đến) ?\*{0,2}\Z")
_END = re.compile(r"\*{0,2} ?(?:-|–|đến) ?\*{0,2}([0-9][0-9.]*(?:,[0-9]+)?)\*{0,2} ?%")
"""“90-95%”, “từ **90%** đến **95%**”: the other end of a range, before this percentage or behind it."""

_AGAINST = re.compile(
    r"(?<!\w)(?:dự toán|so (?:với|kế hoạch)|cùng kỳ|năm trước|vượt|tăng(?! cường)"
    r"|(?:đạt|thực hiện|theo|[0-9]+ ?%) kế hoạch|kế hoạch (?:được )?giao"
    r"|(?<!.)kế hoạch(?: năm(?: [0-9]+)?)?(?!.))(?!\w)",
    re.IGNORECASE,
)
"""“thu ngân sách đạt 110% dự toán”; “đảng viên hoàn thành kế hoạch” and “tăng cường kỷ luật” are measured by none."""

_TOTAL = re.compile(r"(?:tổng(?: số| cộng| điểm| số điểm)?|thang điểm)(?: tối đa)?(?: là|:)? \Z")
_FORMS = {"giấy khen": "giay_khen", "bằng khen": "bang_khen"}
_MOST_OF_A_PLAN = 1_000
_MOST_SUMMED = 6
_LONGEST_NUMBER = 16
_MOST_NAMED = 10
"""Targets that a bulletin names one by one: of “27 chỉ tiêu” it names the few that matter."""
_COMMITMENTS = ("nội dung giao ước", "nội dung cam kết", "cam kết")
_OF_A_PACT = re.compile(r"giao ước(?: thi đua)?(?: năm [0-9]{4})?,? (?:với|gồm|có|bao gồm|gồm có) \Z")
"""“ký giao ước thi đua với năm nội dung”."""

_BLOC_HEADS = ("khối trưởng", "trưởng khối", "cụm trưởng", "trưởng cụm")
_BELOW_A_MINISTER = (*_BLOC_HEADS, "giám đốc sở", "trưởng phòng", "vụ trưởng", "cục trưởng", "hiệu trưởng",
                     "chủ tịch ubnd xã", "chủ tịch ubnd phường", "chủ tịch ubnd huyện")  # fmt: skip
_NOT_GRANTED_BY = {"giay_khen": _BLOC_HEADS, "bang_khen": _BELOW_A_MINISTER}
"""Who grants neither: Law 06/2022/QH15, articles 74 to 80, gives giấy khen to heads of legal persons."""


def percentages(checked: Checked) -> Iterator[Mistake]:
    """T1. What is measured against a plan or another year may be more than the whole."""
    for n, target in enumerate(checked.bulletin.targets):
        is_part = not _AGAINST.search("\n".join(filter(None, (target.of, target.within, target.as_, *target.attain))))
        most = 100 if is_part else _MOST_OF_A_PLAN
        if target.unit == "percent" and target.value is not None and not 0 <= target.value <= most:
            yield checked.at(("targets", n, "value"), messages.NOT_A_PERCENTAGE, value=_said(target.value))


def points_and_total(checked: Checked) -> Iterator[Mistake]:
    """T2. Bonus points may be within the total or on top of it: either is right."""
    scoring = checked.bulletin.scoring
    if scoring is None:
        return
    stated, listed = scoring.criteria_count_stated, len(scoring.criteria)
    if stated is not None and listed and stated != listed:
        loc = ("scoring", "criteria_count_stated")
        yield checked.at(loc, messages.CRITERIA_AND_COUNT, stated=stated, listed=listed)
    points = [c.points for c in scoring.criteria]
    if scoring.total is None or not points or None in points:
        return
    sums = [sum(c.points or 0 for c in scoring.criteria), sum(c.points or 0 for c in scoring.criteria if not c.bonus)]
    if scoring.total not in sums:
        words = {"sum": _said(sums[0]), "total": _said(scoring.total)}
        yield checked.at(("scoring", "total"), messages.POINTS_AND_TOTAL, **words)


def percentages_in_text(checked: Checked) -> Iterator[Mistake]:
    """T3. Only where the text tells of a pact alone: a review is full of other percentages."""
    bulletin = checked.bulletin
    right = {target.value for target in bulletin.targets if target.unit == "percent" and target.value is not None}
    if not right or bulletin.years.reviewed is not None:
        return
    for start in checked.places("%"):
        match = _PERCENT.search(checked.lowered[max(0, start - 14) : start])
        value = number(match[1]) if match else None
        at = start - len(match[0]) if match else start
        if match and value is not None and not {value, *_other_ends(checked.lowered, at, start + 1)} & right:
            written = checked.body[at : start + 1].replace("*", "")
            yield checked.in_body(at, messages.PERCENTAGE_IN_TEXT, written=written, data=_percents(right))


def _other_ends(text: str, start: int, end: int) -> list[float | None]:
    """The numbers with which a range begins or ends, of which the percentage between these offsets is the other end."""
    matches = _BEGIN.search(text[max(0, start - _LONGEST_NUMBER) : start]), _END.match(text, end)
    return [number(match[1]) for match in matches if match]


def _percents(values: set[int | float]) -> str:
    return ", ".join(f"{_said(value)}%" for value in sorted(values))


def targets_in_text(checked: Checked) -> Iterator[Mistake]:
    """T4. Numbers of targets and of criteria, and the total of points, as the text says them."""
    bulletin = checked.bulletin
    if bulletin.targets:
        # “ba chỉ tiêu bằng số” beside a fourth that is no number.
        in_figures = sum(target.value is not None for target in bulletin.targets)
        right = {len(bulletin.targets), in_figures or len(bulletin.targets)}
        most = max(_MOST_NAMED, 2 * max(right))
        yield from _counted(checked, ("chỉ tiêu",), right, Both("chỉ tiêu", "targets"), most)
    scoring = bulletin.scoring
    if scoring and (scoring.criteria_count_stated or scoring.criteria):
        count = scoring.criteria_count_stated or len(scoring.criteria)
        yield from _counted(checked, ("tiêu chí",), {count}, Both("tiêu chí", "criteria"))
    if scoring and scoring.total is not None:
        for counted in counts_before(checked, ("điểm",)):
            says_total = _TOTAL.search(checked.lowered_text[max(0, counted.start - 24) : counted.start])
            if says_total and counted.value != scoring.total:
                written = checked.text[counted.start : counted.end]
                words = {"written": written, "count": _said(scoring.total), "what": Both("điểm", "points")}
                yield checked.in_text(counted.start, messages.TARGETS_IN_TEXT, **words)


def _counted(
    checked: Checked, nouns: tuple[str, ...], right: set[int], what: Both, most: float = math.inf
) -> Iterator[Mistake]:
    """The counts of these nouns that are none of the right ones, up to `most`."""
    for counted in counts_before(checked, nouns):
        if counted.value not in right and counted.value <= most:
            written = checked.text[counted.start : counted.end]
            words = {"written": written, "count": max(right), "what": what}
            yield checked.in_text(counted.start, messages.TARGETS_IN_TEXT, **words)


def commitments_in_text(checked: Checked) -> Iterator[Mistake]:
    """C1. A list left open has no number."""
    commitments = checked.bulletin.commitments
    if not commitments.list or commitments.open_ended:
        return
    plain = [
        c for c in counts_before(checked, ("nội dung",)) if _OF_A_PACT.search(checked.lowered_text[: c.start][-60:])
    ]
    for counted in (*counts_before(checked, _COMMITMENTS), *plain):
        if counted.value != len(commitments.list):
            written = checked.text[counted.start : counted.end]
            count = len(commitments.list)
            yield checked.in_text(counted.start, messages.COMMITMENTS_IN_TEXT, written=written, count=count)


def count_of_recipients(checked: Checked) -> Iterator[Mistake]:
    """A1."""
    for n, award in enumerate(checked.bulletin.awards):
        listed = len(award.recipients) + len(award.units)
        if award.count is not None and listed and award.count != listed:
            yield checked.at(("awards", n, "count"), messages.COUNT_OF_RECIPIENTS, count=award.count, listed=listed)


def not_theirs_to_grant(checked: Checked) -> Iterator[Mistake]:
    """A2."""
    for n, award in enumerate(checked.bulletin.awards):
        by = (award.by or "").lower()
        if by and any(issuer in by for issuer in _NOT_GRANTED_BY.get(award.form, ())):
            term = kinds.AWARDS[award.form]
            yield checked.at(
                ("awards", n, "by"), messages.NOT_THEIRS_TO_GRANT, form=Both(term.vi, term.en), by=award.by
            )


def awards_in_text(checked: Checked) -> Iterator[Mistake]:
    """A3. “09 giấy khen” against the number of that form: each award's own, or several of them together."""
    listed = [award for award in checked.bulletin.awards if award.count is not None]
    said = _counted_awards(checked, {award.form for award in listed})
    for start, written, form, to, value in said:
        of_form = [award for award in listed if award.form == form]
        counts = [award.count or 0 for award in of_form if to is None or award.to in (to, None)]
        # “04 tập thể và 05 cá nhân” are nine of a form whose recipients the data does not tell apart.
        together = sum(other for at, _, _, _, other in said if at == start)
        if not {value, together} & _sums(counts or [award.count or 0 for award in of_form]):
            data = " + ".join(str(award.count) for award in of_form)
            yield checked.in_text(start, messages.AWARDS_IN_TEXT, written=written, count=data)


_CountedAward = tuple[int, str, str, str | None, int | float]
"""Where it stands, the words, the form, the kind of recipient, the number."""


def _counted_awards(checked: Checked, forms: Collection[str]) -> list[_CountedAward]:
    """The numbers of awards of these forms in the text; where there are none, how many recipients are named."""
    if not forms:
        return []
    plain = [
        (counted, form)
        for words, form in _FORMS.items()
        if form in forms
        for counted in counts_before(checked, (words,))
    ]
    awards = [award for award in find_awards(checked.text) if award.form in forms and award.count is not None]
    said: list[_CountedAward] = [(c.start, checked.text[c.start : c.end], form, None, c.value) for c, form in plain]
    said += [
        (award.start, f"{award.written} ({award.count})", award.form, award.to, award.count or 0)
        for award in awards
        if not award.units and not any(c.start < award.end and award.start < c.end for c, _ in plain)
    ]
    numbered = {form for _, _, form, *_ in said}
    return sorted([*said, *_named_recipients([award for award in awards if award.form not in numbered])])


def _named_recipients(awards: Sequence[AwardMention]) -> Iterator[_CountedAward]:
    """Of each form, how many collectives the text names."""
    for form in dict.fromkeys(award.form for award in awards):
        units = dict.fromkeys(unit for award in awards if award.form == form for unit in award.units)
        first = next(award for award in awards if award.form == form)
        yield first.start, f"{first.written} ({len(units)})", form, "collectives", len(units)


def _sums(counts: Sequence[int]) -> set[int]:
    """Every number that some of the counts give together; of many counts only each and all."""
    if len(counts) > _MOST_SUMMED:
        return {*counts, sum(counts)}
    return {sum(some) for n in range(1, len(counts) + 1) for some in combinations(counts, n)}


def other_form_in_text(checked: Checked) -> Iterator[Mistake]:
    """A4. Giấy khen and bằng khen are different awards, and often taken for each other."""
    forms = {award.form for award in checked.bulletin.awards} & set(_FORMS.values())
    if len(forms) != 1:
        return
    other = next(words for words, form in _FORMS.items() if form not in forms)
    data = next(words for words, form in _FORMS.items() if form in forms)
    alternatives = (loc for loc, text in _alternatives(checked) if other in text.lower())
    for loc in (*checked.passages_with(other), *alternatives):
        yield checked.at(loc, messages.OTHER_FORM_IN_TEXT, written=other, data=data)
    for start in checked.places(other):
        written = checked.body[start : start + len(other)]
        yield checked.in_body(start, messages.OTHER_FORM_IN_TEXT, written=written, data=data)


def _alternatives(checked: Checked) -> Iterator[tuple[Loc, str]]:
    for n, photo in enumerate(checked.bulletin.photos_listed):
        if photo.alt_as:
            yield ("photos", n, "alt_as"), photo.alt_as


def _said(value: float) -> str:
    """A number as Vietnamese texts write it: 1.000 and 18,5."""
    whole, _, decimals = f"{value:g}".partition(".") if abs(value) < 1_000 else (f"{value:.0f}", "", "")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{decimals}" if decimals else grouped
