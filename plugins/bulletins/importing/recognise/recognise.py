"""The third step as a whole: an article and the register, and every fact that the one tells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from bulletins.domain.kinds import CEREMONIES
from bulletins.domain.register import Register
from bulletins.importing.article import Article
from bulletins.importing.recognise.bloc import find_bloc
from bulletins.importing.recognise.casing import is_in_capitals, sentence_case
from bulletins.importing.recognise.facts import Change, Facts, Organization, Proposal
from bulletins.importing.recognise.kinds import find_all_years, find_kinds, plain_year
from bulletins.importing.recognise.names import Units
from bulletins.importing.recognise.seats import find_bloc_years
from bulletins.importing.recognise.when import find_day
from bulletins.phrases.awards import AwardMention, find_awards
from bulletins.phrases.blocs import find_blocs
from bulletins.phrases.citations import DocumentMention, find_documents
from bulletins.phrases.goals import ScoringMention, TargetMention, find_commitments, find_scoring, find_targets
from bulletins.phrases.names import Names
from bulletins.phrases.people import PersonMention, find_people
from bulletins.phrases.statements import find_directions, find_instructions, find_limitations
from bulletins.vietnamese.document_numbers import parse_symbol
from bulletins.vietnamese.person_names import CAPITAL

_PLACE = re.compile(
    rf"(?<!\w)tại (?P<place>(?:(?:[Hh]ội trường|[Tt]rụ sở|[Nn]hà (?:khách|văn hóa)|[Tt]rung tâm|[Kk]hách sạn"
    rf"|[Cc]ơ quan|[Tt]rường|Nhà|[Vv]ăn phòng|UBND|Sở|Công an|Thư viện|Bảo tàng|Viện"
    rf"|Học viện|Đài|Báo|Ban|Cục|Tỉnh|tỉnh|thành phố|TP\.?|huyện|thị xã|xã|phường)[^.;,()]{{0,80}}?"
    rf"|[{CAPITAL}]\w+ [{CAPITAL}]\w+(?: [{CAPITAL}]\w+)?))"
    r"(?=,|\.|;|\(| (?:đã|vừa|khối|cụm|các|tổ chức|diễn ra|hội đồng|với|do|là|được|nhận|cho"
    r"|Khối|Cụm|Công an \d|Hội đồng)(?!\w)|$)"
)
_THEME = re.compile(
    r"(?:chủ đề|khẩu hiệu(?: hành động)?|phương châm|tinh thần)(?: (?:hành động|thi đua|năm \d{4}"
    r"|là))*:? ?[“\"](?P<text>[^”\"]{6,260})[”\"]",
    re.IGNORECASE,
)
_MOVEMENT = re.compile(
    r"(?:phong trào(?: thi đua)?|cuộc vận động)(?: thi đua)?:? ?[“\"](?P<text>[^”\"]{4,200})[”\"]", re.IGNORECASE
)


_AUTUMN = 9


def recognise(article: Article, register: Register, names: Names | None = None) -> Facts:
    """Every fact of the article; nothing is taken from titles of other bulletins. `names` of the register, if made."""
    bloc, host, blocs = find_bloc(article, register)
    units = Units(register, names or Names(register))
    units.host, units.place = (host.id, host.province) if host else (None, None)
    kinds = find_kinds(article)
    codes = kinds.value if kinds else ()
    years, school = find_all_years(article, codes)
    scoring = _scoring(article)
    awards = tuple(replace(award, units=_ids(award, units)) for award in _awards(article))
    _further_years(article, years, awards, scoring, codes)
    if not years.keys() - {"scoring"} and "scoring" not in codes and (year := plain_year(article)):
        years["plan"] = Proposal(year.value, year.words, False)
    day = find_day(article, years, codes, school.value if school else None)
    _years_of_day(years, day.date, codes)
    bloc_years, changes = find_bloc_years(article, units, bloc.value if bloc else None, years)
    own = bloc.value if bloc else None
    kinds = _with_changes(kinds, changes)
    return Facts(
        title=_title(article, register),
        bloc=bloc,
        host=host,
        bloc_as=_spellings(article, own),
        other_blocs=tuple(
            dict.fromkeys(b.written for b in blocs if own and b.number and own.number and b.number != own.number)
        ),
        kinds=kinds,
        date=day.date,
        date_as=day.date_as,
        part=day.part,
        year_from=day.year_from,
        place=_place(article),
        years=years,
        school_year=school,
        bloc_years=bloc_years,
        changes=changes,
        people=_people(article),
        documents=_documents(article),
        awards=awards,
        targets=_targets(article, codes),
        scoring=scoring,
        commitments=find_commitments(_texts(article)) if "pact" in codes else None,
        instructions=find_instructions(_texts(article)),
        limitations=find_limitations(_texts(article)) if {"summary", "midterm"} & set(codes) else None,
        directions=find_directions(_texts(article)),
        themes=tuple(_themes(article)),
        movements=tuple(dict.fromkeys(m["text"] for t in _texts(article) for m in _MOVEMENT.finditer(t))),
        new_entries=_new_entries(own, host, units),
    )


def _with_changes(
    kinds: Proposal[tuple[str, ...]] | None, changes: Sequence[Change]
) -> Proposal[tuple[str, ...]] | None:
    """The kinds with election and hand-over where the text tells who was elected or took over."""
    kind_of = {"elected": "election", "handed_over": "handover", "assigned": ""}
    more = {kind_of[change.kind]: change.as_ for change in changes if kind_of[change.kind]}
    if not more:
        return kinds
    codes = {*(kinds.value if kinds else ()), *more}
    words = [kinds.words] if kinds else []
    words += [as_ for kind, as_ in more.items() if kinds is None or kind not in kinds.value]
    return Proposal(
        tuple(code for code in CEREMONIES.codes if code in codes), " | ".join(words), kinds.sure if kinds else True
    )


def _texts(article: Article) -> Sequence[str]:
    return (article.lead, *article.body)


def _title(article: Article, register: Register) -> Proposal[str]:
    if not is_in_capitals(article.title):
        return Proposal(article.title, article.title)
    names = [body.name for directory in (register.hosts, register.blocs, register.units) for body in directory.values()]
    texts = [*_texts(article), *(picture.caption for picture in article.illustrations)]
    return Proposal(sentence_case(article.title, texts, names), article.title, False)


def _spellings(article: Article, bloc: Organization | None) -> tuple[str, ...]:
    if bloc is None:
        return ()
    mentions = (mention for _, text in article.passages for mention in find_blocs(text))
    same = [
        m.written for m in mentions if (m.number == bloc.number and bloc.number is not None) or m.written == bloc.name
    ]
    return tuple(dict.fromkeys(same))


def _place(article: Article) -> Proposal[str] | None:
    for text in (article.lead, *article.body[:2]):
        match = _PLACE.search(text)
        if match and not re.match(r"(?:hội nghị|buổi)", match["place"], re.IGNORECASE):
            return Proposal(match["place"].strip(), match[0], False)
    return None


def _scoring(article: Article) -> ScoringMention | None:
    return next((scoring for text in _texts(article) if (scoring := find_scoring(text))), None)


def _awards(article: Article) -> tuple[AwardMention, ...]:
    """Awards of title and text, each once; captions count only where the text tells of no award at all."""
    awards = [award for text in _texts(article) for award in find_awards(text)]
    if not any(award.count for award in awards):
        awards += list(find_awards(article.title))
    if not awards:
        awards = [award for picture in article.illustrations for award in find_awards(picture.caption) if award.count]
    return tuple(_once(awards))


def _ids(award: AwardMention, units: Units) -> tuple[str, ...]:
    """The collectives that an award names, as ids of the register or of its new entries."""
    return tuple(units.organization(name).id for name in award.units)


def _once(awards: Sequence[AwardMention]) -> list[AwardMention]:
    """Awards told several times as one: a mention without a number says nothing beside one with it."""
    kept: list[AwardMention] = []
    for award in awards:
        same = [
            k
            for k in kept
            if k.form == award.form and k.status == award.status and (k.to == award.to or not (k.to and award.to))
        ]
        equal = next((k for k in same if k.count == award.count or k.count is None or award.count is None), None)
        if equal is None:
            kept.append(award)
        elif equal.count is None and award.count is not None:
            kept[kept.index(equal)] = award
        elif equal.by is None and award.by:
            kept[kept.index(equal)] = replace(equal, by=award.by)
    counted = {award.form for award in kept if award.count is not None}
    return [award for award in kept if award.count is not None or award.form not in counted or award.by]


def _further_years(
    article: Article,
    years: dict[str, Proposal[int]],
    awards: Sequence[AwardMention],
    scoring: ScoringMention | None,
    kinds: tuple[str, ...],
) -> None:
    presented = [award for award in awards if award.status in ("given", "decided") and award.year]
    if presented and presented[0].year:
        years["awards"] = Proposal(
            presented[0].year, presented[0].written, len({award.year for award in presented}) == 1
        )
    if "scoring" in kinds and not {"summary", "midterm", "pact"} & set(kinds):
        year = plain_year(article)
        years.clear()
        if year:
            years["scoring"] = year
    elif scoring:
        year = years.get("pact") or years.get("reviewed") or years.get("plan") or plain_year(article)
        if year:
            years["scoring"] = Proposal(year.value, scoring.written, False)


def _years_of_day(years: dict[str, Proposal[int]], day: Proposal[datetime.date] | None, kinds: tuple[str, ...]) -> None:
    """The years that no words give, from the day: a pact's is its own, a review's the one before until the autumn."""
    if day is None or {"pact", "reviewed", "scoring"} & years.keys():
        return
    year = day.value.year
    if "pact" in kinds:
        years["pact"] = Proposal(year, day.words, False)
        years.setdefault("plan", years["pact"])
    elif "midterm" in kinds or "summary" in kinds:
        is_before = "midterm" not in kinds and day.value.month < _AUTUMN
        years["reviewed"] = Proposal(year - is_before, day.words, False)
    elif not years:
        years["plan"] = Proposal(year, day.words, False)


def _people(article: Article) -> tuple[PersonMention, ...]:
    """Everybody once, with all that was said of them; the fullest office stays."""
    people: dict[str, PersonMention] = {}
    for _, text in article.passages:
        for person in find_people(text):
            known = people.get(person.name)
            if known is None:
                people[person.name] = person
                continue
            did = tuple(dict.fromkeys((*known.did, *person.did)))
            office = max((known.office or "", person.office or ""), key=len)
            people[person.name] = replace(known, did=did, office=office, honorific=known.honorific or person.honorific)
    return tuple(people.values())


def _documents(article: Article) -> tuple[DocumentMention, ...]:
    """Every document once: that with a date or an issuer before the bare mention of it."""
    documents: dict[str, DocumentMention] = {}
    for _, text in article.passages:
        for document in find_documents(text):
            key = document.symbol or (document.title or "").casefold()
            parsed = parse_symbol(document.symbol) if document.symbol else None
            key = parsed.symbol if parsed else key
            known = documents.get(key)
            documents[key] = _fuller(known, document) if known else document
    return tuple(documents.values())


def _fuller(known: DocumentMention, other: DocumentMention) -> DocumentMention:
    return replace(
        known,
        date=known.date or other.date,
        issuer=known.issuer or other.issuer,
        title=known.title or other.title,
        term=known.term or other.term,
    )


def _targets(article: Article, kinds: tuple[str, ...]) -> tuple[TargetMention, ...]:
    """Targets of a pact, plan or launch; a review is full of percentages that are results."""
    if not {"pact", "launch", "plan_adoption"} & set(kinds):
        return ()
    targets = [target for text in _texts(article) for target in find_targets(text)]
    return tuple({(target.value, target.of): target for target in targets}.values())


def _themes(article: Article) -> list[tuple[str, str]]:
    themes: dict[str, str] = {}
    for text in _texts(article):
        for match in _THEME.finditer(text):
            kind = "theme" if match[0].lower().startswith("chủ đề") else "motto"
            themes.setdefault(match["text"].strip(), kind)
    return list(themes.items())


def _new_entries(
    bloc: Organization | None, host: Organization | None, units: Units
) -> tuple[tuple[str, Organization], ...]:
    entries: list[tuple[str, Organization]] = []
    if host and host.is_new:
        entries.append(("hosts", host))
    if bloc and bloc.is_new:
        entries.append(("blocs", bloc))
    return (*entries, *(("units", unit) for unit in units.new.values()))
