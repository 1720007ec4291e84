"""What took place, and which years the article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bulletins.domain.kinds import CEREMONIES
from bulletins.importing.article import Article
from bulletins.importing.recognise.facts import Proposal
from bulletins.phrases.ceremonies import YearMention, find_years, kinds_done, kinds_named, plain_years
from bulletins.phrases.sentences import sentences

_HELD = re.compile(
    r"tổ chức|diễn ra|tiến hành|(?<!\w)(?:sơ|tổng) kết (?:năm|công tác|phong trào)"
    r"|(?<!\w)họp(?!\w)|khai mạc|hội nghị|lễ|dự (?:hội nghị|lễ)|ký kết|(?:gặp|họp) mặt",
    re.IGNORECASE,
)
_MAIN = ("summary", "midterm", "pact", "scoring", "assignment", "launch", "plan_adoption", "consultation", "gathering")
_IN_PICTURES = frozenset({"handover", "pact"})
"""Kinds that a caption shows: a signing, a flag handed on."""
_TOLD_BY_ROLES = frozenset({"election", "handover"})
"""Kinds that who was elected or took over tells as well."""
_NAMED_ONLY_BY_TITLE = frozenset({"anniversary", "congress", "consultation", "scoring", "assignment"})


def find_kinds(article: Article) -> Proposal[tuple[str, ...]] | None:
    """The kinds of ceremony in the order of their list; those of title and lead, and what the body tells as done."""
    words: dict[str, str] = {}
    for mention in kinds_named(article.title):
        words.setdefault(mention.kind, mention.written)
    for kind, written in _of_lead(article):
        if words and kind in _NAMED_ONLY_BY_TITLE:
            continue
        words.setdefault(kind, written)
    named = frozenset(words)
    for text in article.body:
        for mention in kinds_done(text):
            words[mention.kind] = (
                words[mention.kind] if mention.kind in words and mention.kind != "plan_adoption" else mention.written
            )
    for picture in article.illustrations:
        words |= {
            m.kind: m.written for m in kinds_named(picture.caption) if m.kind in _IN_PICTURES and m.kind not in words
        }
    _tidy(words, article)
    if not words:
        words = {mention.kind: mention.written for text in article.body for mention in kinds_named(text)}
        words = dict(list(words.items())[:1])
    if not words:
        return None
    kinds = tuple(kind for kind in CEREMONIES.codes if kind in words)
    return Proposal(kinds, " | ".join(words[kind] for kind in kinds), named | _TOLD_BY_ROLES >= set(kinds))


def _of_lead(article: Article) -> Iterator[tuple[str, str]]:
    """Kinds in the sentences of the lead that tell that something was held."""
    for sentence in sentences(article.lead):
        if _HELD.search(sentence.text):
            yield from ((mention.kind, mention.written) for mention in kinds_named(sentence.text))


def _tidy(words: dict[str, str], article: Article) -> None:
    """A plan that a review or pact comes with is no ceremony of its own unless it was adopted there."""
    others = words.keys() - {"plan_adoption"}
    if "plan_adoption" in words and others and not words["plan_adoption"].lower().startswith("thông qua"):
        del words["plan_adoption"]
    if "midterm" in words and "summary" in words and not re.search(r"tổng kết", article.title, re.IGNORECASE):
        del words["summary"]
    if "congress" in words and others & {"pact", "summary", "midterm"}:
        del words["congress"]
    if (
        "consultation" in words
        and others & {"pact", "summary"}
        and "consultation" not in {mention.kind for mention in kinds_named(article.title)}
    ):
        del words["consultation"]


def main_kind(kinds: tuple[str, ...]) -> str:
    """The kind that an id is made with: what the ceremony was held for."""
    return next((kind for kind in _MAIN if kind in kinds), kinds[0] if kinds else "other")


def find_all_years(article: Article, kinds: tuple[str, ...]) -> tuple[dict[str, Proposal[int]], Proposal[str] | None]:
    """The years by reason, and the school year; a year that follows only from another is unsure."""
    mentions = {place: list(find_years(text)) for place, text in (("title", article.title), ("lead", article.lead))}
    body = [mention for text in article.body for mention in find_years(text)]
    every = [*mentions["title"], *mentions["lead"], *body]
    school = next((mention for mention in every if mention.reason == "school_year"), None)
    years: dict[str, Proposal[int]] = {}
    if {"summary", "midterm"} & set(kinds):
        _add(years, "reviewed", _reviewed(article, kinds, mentions, body))
    if "pact" in kinds:
        _add(years, "pact", _of("pact", mentions, body) or _next_or_plain(article, years))
    plan = _of("plan", {"title": mentions["title"], "lead": mentions["lead"]}, [])
    if plan is None and "pact" in years:
        plan = Proposal(
            years["pact"].value, years["pact"].words, years["pact"].sure and "plan" in {m.reason for m in body}
        )
    elif plan is None and kinds:
        plan = _of("plan", mentions, body) if {"summary", "midterm", "plan_adoption", "launch"} & set(kinds) else None
        if plan is None and (pact := _of("pact", mentions, [])):
            plan = Proposal(pact.value, pact.words, False)  # named by title or lead, and not signed here
        if plan and "reviewed" in years and plan.value <= years["reviewed"].value:
            plan = None
    if (
        plan
        and "midterm" in kinds
        and "reviewed" in years
        and plan.value == years["reviewed"].value
        and "pact" not in years
    ):
        plan = Proposal(plan.value, plan.words, plan.sure)
    _add(years, "plan", plan)
    if school:
        of_two = _two_school_years([*mentions["title"], *mentions["lead"]], kinds)
        school = of_two[0] if of_two else school
        years = _of_two(*of_two) if of_two else _of_school_year(years, school, kinds)
    if (
        "midterm" in kinds
        and "pact" not in years
        and "plan" in years
        and years["plan"].value == years["reviewed"].value
    ):
        del years["plan"]
    return years, Proposal(school.school_year, school.written) if school and school.school_year else None


def _add(years: dict[str, Proposal[int]], reason: str, year: Proposal[int] | None) -> None:
    if year:
        years[reason] = year


def _of(reason: str, mentions: dict[str, list[YearMention]], body: list[YearMention]) -> Proposal[int] | None:
    for place in ("title", "lead"):
        of_reason = [mention for mention in mentions.get(place, ()) if mention.reason == reason]
        if of_reason:
            return Proposal(of_reason[0].year, of_reason[0].written)
    counted = Counter(mention.year for mention in body if mention.reason == reason)
    if not counted:
        return None
    year = counted.most_common(1)[0][0]
    first = next(mention for mention in body if mention.reason == reason and mention.year == year)
    return Proposal(year, first.written, len(counted) == 1 and reason == "pact")


def _reviewed(
    article: Article, kinds: tuple[str, ...], mentions: dict[str, list[YearMention]], body: list[YearMention]
) -> Proposal[int] | None:
    year = _of("reviewed", mentions, [])
    if year:
        return year
    planned = _of("plan", mentions, [])
    counted = _of("reviewed", {}, body) if body else None
    if planned and "midterm" in kinds:
        return Proposal(planned.value, planned.words, False)
    if planned and (counted is None or counted.value != planned.value - 1):
        return Proposal(planned.value - 1, planned.words, False)
    return counted or plain_year(article)


def plain_year(article: Article) -> Proposal[int] | None:
    """The year that title or lead names without a reason, else that of the publication."""
    for text in (article.title, article.lead):
        years = plain_years(text)
        if years:
            return Proposal(years[0], f"năm {years[0]}", len(set(years)) == 1)
    counted = Counter(year for text in article.body for year in plain_years(text))
    if counted:
        year = counted.most_common(1)[0][0]
        return Proposal(year, f"năm {year}", False)
    if article.published:
        return Proposal(article.published.date.year, article.published_as or "", False)
    return None


def _next_or_plain(article: Article, years: dict[str, Proposal[int]]) -> Proposal[int] | None:
    """The year of a pact that is not said: of a pact alone the year named, beside a review the year after it."""
    if "reviewed" in years:
        return Proposal(years["reviewed"].value + 1, years["reviewed"].words, False)
    plain = plain_year(article)
    return Proposal(plain.value, plain.words, False) if plain else None


def _two_school_years(
    mentions: Sequence[YearMention], kinds: tuple[str, ...]
) -> tuple[YearMention, YearMention] | None:
    """The school year that is reviewed and the next, for which a pact is signed, where title and lead name both."""
    if "pact" not in kinds or not {"summary", "midterm"} & set(kinds):
        return None
    named = {mention.year: mention for mention in reversed(mentions) if mention.reason == "school_year"}
    first = min(named, default=0)
    return (named[first], named[first + 1]) if first + 1 in named else None


def _of_two(reviewed: YearMention, planned: YearMention) -> dict[str, Proposal[int]]:
    pact = Proposal(planned.year, planned.written)
    return {"reviewed": Proposal(reviewed.year, reviewed.written), "pact": pact, "plan": pact}


def _of_school_year(
    years: dict[str, Proposal[int]], school: YearMention, kinds: tuple[str, ...]
) -> dict[str, Proposal[int]]:
    """A school year stands at the year in which it begins."""
    if "summary" in kinds or "midterm" in kinds:
        return {
            "reviewed": Proposal(school.year, school.written),
            **(
                {"pact": years["pact"]}
                if "pact" in years and "pact" in kinds and years["pact"].value > school.year
                else {}
            ),
        }
    return {
        reason: Proposal(school.year, school.written)
        for reason in ("pact", "plan")
        if reason == "plan" or "pact" in kinds
    }
