"""Which bloc an article is about, and whose it is: by the register where the text gives reason, else by pattern."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bulletins.domain.provinces import provinces_in
from bulletins.domain.record import UnknownName
from bulletins.domain.register import Bloc, Register
from bulletins.importing.article import Article
from bulletins.importing.recognise.facts import Organization, Proposal
from bulletins.importing.recognise.names import slug
from bulletins.phrases.blocs import BlocMention, find_blocs
from bulletins.phrases.units import unit_end
from bulletins.vietnamese.folding import match_key
from bulletins.vietnamese.person_names import CAPITAL, LOWER

_PLACE = rf"[{CAPITAL}][{LOWER}]*(?:(?: [-–] (?=Vũng|Huế)|-| )[{CAPITAL}][{LOWER}]*){{0,3}}"
_HOST_AFTER = re.compile(
    r"\s*(?P<sign>[-–,(]\s*)?(?:thuộc |trực thuộc |của "
    r"|do )*(?:Hội đồng [Tt]hi đua ?[-–,]? ?[Kk]hen thưởng (?:của )?(?:cơ quan )?)?(?=(?P<host>\S.*))",
    re.DOTALL,
)
_COUNCIL = re.compile(
    r"Hội đồng [Tt]hi đua ?[-–,]? ?[Kk]hen thưởng (?:của )?(?:cơ quan )?(?=(?P<host>\S.*))", re.DOTALL
)
_AREA = re.compile(rf"(?P<level>tỉnh|thành phố|TP\.?|Tỉnh|Thành phố|huyện|Huyện|quận|Quận|thị xã) (?P<place>{_PLACE})")
_MINISTRY = re.compile(
    rf"(?<![\w])(?P<ministry>Bộ (?!trưởng|Chính trị|phận|máy|Chỉ huy|Tư lệnh"
    rf"|CHQS)(?:[{CAPITAL}][\w,& -]*?))(?=[,.;:)(]| tổ chức| đã| phát động| ban hành| giao| năm|$)"
)
_NO_OWNER = re.compile(r"(?:tại (?:(?:thành phố|TP\.?|thị xã|huyện|phường|xã) [^,.;]{2,30}, )*|các )\Z")
"""Before a place in which something was held, and before several places."""

_GROUP_HOST = re.compile(r"(?:Công an)(?= (?:các )?\d)")
_TOO_GENERAL = frozenset({"trung ương", "việt nam"})


def find_bloc(
    article: Article, register: Register
) -> tuple[Proposal[Organization] | None, Organization | None, tuple[BlocMention, ...]]:
    """The bloc, its host, and every mention of any bloc; it is unsure where the text names others as often."""
    passages = [text for _, text in article.passages]
    mentions = [mention for text in passages for mention in find_blocs(text)]
    main = _main(article, mentions)
    if main is None:
        return None, None, tuple(mentions)
    whole = "\n".join([*passages, article.publisher or "", article.url or "", article.prefix or ""])
    registered = _registered(main, mentions, register, whole)
    if registered:
        bloc = Organization(
            registered.id,
            registered.name,
            False,
            registered.host,
            registered.kind,
            registered.number,
            registered.numeral,
        )
        is_sure = main.key is None or _is_sure(main, mentions)
        return Proposal(bloc, main.written, is_sure), _host_of(registered, register), tuple(mentions)
    host = _host(article, main, register)
    return Proposal(_new(main, host, register), main.written, _is_sure(main, mentions)), host, tuple(mentions)


def _main(article: Article, mentions: Sequence[BlocMention]) -> BlocMention | None:
    """The bloc of the title; where that names none, of the lead; else the one most often named."""
    in_title, in_lead = list(find_blocs(article.title)), list(find_blocs(article.lead))
    counted = Counter(_key(mention) for mention in mentions)
    for group in (in_title, in_lead):
        numbered = [mention for mention in group if mention.key]
        if group:
            best = max(numbered or group, key=lambda mention: (counted[_key(mention)], -mention.start))
            return _fuller(best, in_lead, mentions)
    best_known = [mention for mention in mentions if mention.key] or list(mentions)
    return max(best_known, key=lambda mention: counted[_key(mention)], default=None)


def _fuller(bloc: BlocMention, in_lead: Sequence[BlocMention], mentions: Sequence[BlocMention]) -> BlocMention:
    """The same bloc as the lead writes it: titles are in capitals, or leave words out."""
    if bloc.key:
        same = [
            mention for mention in (*in_lead, *mentions) if mention.key == bloc.key and not mention.written.isupper()
        ]
        return same[0] if bloc.written.isupper() and same else bloc
    words = _words(bloc)
    if in_lead and not any(_words(other) & words for other in in_lead):
        return next((other for other in in_lead if other.key), bloc)
    for other in in_lead:
        if other.key and not words - _words(other):
            return other
        if (
            other.key is None
            and words
            and (_words(other) >= words or (bloc.written.isupper() and _words(other) & words))
        ):
            return other if not bloc.written.isupper() or len(other.written) <= len(bloc.written) + 30 else bloc
        if other.key is None and words > _words(other) and _looks_cut(bloc, other):
            return other
    return bloc


def _looks_cut(bloc: BlocMention, other: BlocMention) -> bool:
    """A name in the title that runs on into other words: the lead's shorter one begins it."""
    return match_key(bloc.written).startswith(match_key(other.written)) and len(other.written.split()) > 3


def _words(bloc: BlocMention) -> set[str]:
    return set(match_key(bloc.written).split()) - {"khối", "cụm", "thi", "đua"}


def _key(bloc: BlocMention) -> object:
    return bloc.key or match_key(bloc.written)


def _is_sure(main: BlocMention, mentions: Sequence[BlocMention]) -> bool:
    """Whether no other numbered bloc is named as often; a bloc without a number must be named twice alike."""
    counted = Counter(mention.key for mention in mentions if mention.key)
    if main.key is None:
        return sum(match_key(mention.written) == match_key(main.written) for mention in mentions) > 1
    return all(count < counted[main.key] for key, count in counted.items() if key != main.key)


def _registered(main: BlocMention, mentions: Sequence[BlocMention], register: Register, whole: str) -> Bloc | None:
    """The registered bloc that fits the name, if the text gives reason to take it for that host's."""
    fitting = [bloc for bloc in register.blocs.values() if _fits(bloc, main, mentions)]
    with_reason = [bloc for bloc in fitting if _reason(bloc, register, whole)]
    return with_reason[0] if len(with_reason) == 1 else None


def _fits(bloc: Bloc, main: BlocMention, mentions: Sequence[BlocMention]) -> bool:
    if main.number is not None and bloc.number is not None:
        return bloc.number == main.number and bloc.kind == main.kind
    spellings = {match_key(spelling) for spelling in bloc.spellings}
    return any(match_key(mention.written) in spellings for mention in (main, *mentions) if _key(mention) == _key(main))


def _reason(bloc: Bloc, register: Register, whole: str) -> bool:
    """Whether the text names the bloc's host, its council or province, or one of the host's own units.

    Where another province is named more often, only the host's own name is a reason: units of all provinces are called
    alike, and an organization of the province may be a guest.
    """
    host = register.hosts.get(bloc.host or "")
    key = f" {match_key(whole)} "
    names: list[str] = list(host.spellings[1:]) if host else []
    names += host.council.spellings if host and host.council else ()
    if any(f" {match_key(name)} " in key for name in names if len(name.split()) > 1):
        return True
    place = host.province.removeprefix("Thành phố ") if host and host.province else None
    named = provinces_in(whole)
    if place and any(count > named[place] for other, count in named.items() if other != place):
        return False
    names = [place] if place else []
    units = [name for unit in register.units.values() if host and unit.parent == host.id for name in unit.spellings[1:]]
    return any(f" {match_key(name)} " in key for name in (*names, *units) if len(name.split()) > 1)


def _host_of(bloc: Bloc, register: Register) -> Organization | None:
    host = register.hosts.get(bloc.host or "")
    return Organization(host.id, host.name, province=host.province) if host else None


def _host(article: Article, main: BlocMention, register: Register) -> Organization | None:
    """The host that the words right behind the bloc name, or else the province or ministry the article names first."""
    for text in (article.title, article.lead, *article.body):
        for mention in find_blocs(text):
            if _key(mention) == _key(main) and (name := _host_behind(text, mention)):
                return _organization(name, register)
    for text in (article.lead, article.title, *article.body):
        if name := _council_in(text) or _area_in(text) or _ministry_in(text):
            return _organization(name, register)
    return None


def _host_behind(text: str, mention: BlocMention) -> str | None:
    following = _HOST_AFTER.match(text, mention.end)
    if following is None:
        return None
    at = following.start("host")
    area = _AREA.match(text, at)
    if area:
        return _of_area(area)
    end = (
        unit_end(text, at)
        if re.match(
            r"(?:Bộ|Văn phòng|Tỉnh|Thành|Tổng|Ngân hàng|UBND|Ủy ban|Đảng|Công đoàn|Liên đoàn|Hội|Sở|Tập đoàn"
            r"|Trung ương|LĐLĐ|Công an|Huyện|Cục|Học viện|Đại học|Kiểm toán)",
            text[at:],
        )
        else None
    )
    if mention.number is None and (following["sign"] or "").startswith(",") and text.startswith("Văn phòng cấp ủy", at):
        return None  # of the bloc's own name: “các Ban Xây dựng Đảng, Văn phòng cấp ủy”
    has_link = following["sign"] or following.end() > mention.end + 1
    name = text[at:end].strip() if end else None
    return name if name and has_link and len(name.split()) > 1 and not re.match(r"Hội đồng|Hội nghị", name) else None


def _council_in(text: str) -> str | None:
    for council in _COUNCIL.finditer(text):
        at = council.start("host")
        area = _AREA.match(text, at)
        if area:
            return _of_area(area)
        end = unit_end(text, at)
        if end:
            return text[at:end]
    return None


def _area_in(text: str) -> str | None:
    """The first province or city that a text names; that in which something was held is not whose it was."""
    areas = (area for area in _AREA.finditer(text) if not _NO_OWNER.search(text[: area.start()]))
    high = (area for area in areas if area["level"].lower() in ("tỉnh", "thành phố", "tp", "tp."))
    return next(map(_of_area, high), None)


def _ministry_in(text: str) -> str | None:
    ministry = _MINISTRY.search(text)
    return ministry["ministry"].strip() if ministry else None


def _of_area(area: re.Match[str]) -> str:
    level = area["level"].lower().rstrip(".").replace("tp", "thành phố")
    return f"UBND {level} {area['place']}"


def _organization(name: str, register: Register) -> Organization:
    try:
        host = register.hosts[register.hosts.find(name)]
    except UnknownName:
        province = re.match(r"UBND (?:tỉnh|thành phố) (?P<place>.+)", name)
        return Organization(slug(name), name, is_new=True, province=province["place"] if province else None)
    return Organization(host.id, host.name, province=host.province)


def _new(main: BlocMention, host: Organization | None, register: Register) -> Organization:
    """A bloc that the register does not have, under an id of its host and its number or name."""
    name = main.written if not main.written.isupper() else main.written.capitalize()
    name = f"{name[0].upper()}{name[1:]}"
    rest = re.sub(r"\A(?:Khối|Cụm)(?: [Tt]hi [Đđ]ua)?(?: cụm| khối)?(?: số)?\s*", "", name)
    own = str(main.number) if main.number is not None and main.key and len(rest.split()) <= 1 else slug(rest)
    prefix = f"{host.id.removeprefix('ubnd-')}-" if host else ""
    numeral = rest if main.number is not None and len(rest.split()) <= 1 else None
    taken: Iterator[str] = iter(register.blocs)
    bloc_id = slug(f"{prefix}{main.kind}-{own}")
    return Organization(
        bloc_id if bloc_id not in set(taken) else f"{bloc_id}-moi",
        name,
        is_new=True,
        parent=host.id if host else None,
        kind=main.kind,
        number=main.number,
        numeral=numeral,
    )
