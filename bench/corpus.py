"""A corpus of any length: bulletins as offices write them, the same for every tool that is measured.

Blocs, units and years grow with the number of bulletins, as they do in a ministry: a bloc has six units and four
bulletins a year. Bodies have about 1,100 words with headings, lists, a table, links, names, figures and quotations.
Nothing is random but by seed, and every sentence is made of stock phrases: none was ever published.

A text agrees with its front matter, as that of a bulletin that was checked before it went out: the people, the day, the
document, the figures and the bloc that it names are its own. One text in `CARELESS` was written over from another
bloc's of the year before and still names that one's, so that it warns.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

UNITS_PER_BLOC = 6
HOSTS = 5
"""Hosts, each with its province; blocs belong to them in turn."""
PROVINCES = ("Thành phố Hà Nội", "Tỉnh Bắc Ninh", "Thành phố Huế", "Tỉnh Đắk Lắk", "Thành phố Cần Thơ")
NAMED = 7 * 80
"""Bulletins that name one of the units whose names are changed: one unit in each of seven blocs."""
PHOTO = "hoi-truong.jpg"
"""The photo of the bulletin that has one."""
BULLETINS_PER_YEAR = 4
FIRST_YEAR = 2004
YEARS = 20
KINDS = (["pact", "launch"], ["midterm"], ["summary", "election", "handover"], ["award"])
MONTHS = (3, 7, 12, 10)
PHRASES = (
    "khối thi đua", "đơn vị", "thành viên", "cán bộ", "công chức", "viên chức", "người lao động", "phong trào",
    "giao ước", "kế hoạch", "nhiệm vụ", "chính trị", "đoàn kết", "sáng tạo", "đổi mới", "chất lượng", "hiệu quả",
    "khen thưởng", "tổng kết", "sơ kết", "phát động", "hưởng ứng", "kỷ cương", "trách nhiệm", "hành chính",
    "chuyển đổi số", "nông thôn mới", "văn hóa", "công sở", "tiết kiệm", "học tập", "tấm gương", "điển hình",
    "tiên tiến", "nội dung", "cam kết", "thực hiện", "tham mưu", "kiểm tra", "giám sát", "hoàn thành", "xây dựng",
)  # fmt: skip
PEOPLE = ("Nguyễn Văn A", "Trần Thị B", "Lê Văn C", "Phạm Minh D", "Vũ Đức E", "Hoàng Thị G")
CARELESS = 51
"""Of so many bulletins the text of one disagrees with its facts; not a multiple of four: each kind has its turn."""
AIMS = (90, 91, 92)
"""Percentages that a pact aims at."""


@dataclass(frozen=True, slots=True)
class Item:
    """One bulletin of the corpus: its place in its bloc's history, and what it says.

    `details` are the names, figures and the like of which each sentence has one.
    """

    id: str
    bloc: int
    year: int
    step: int
    date: str
    title: str
    lead: str
    body: str
    details: tuple[str, ...]
    photo: str = ""


def items(n: int) -> Iterator[Item]:
    """The first `n` bulletins of the corpus: item i is the same for every n."""
    return (item(i) for i in range(n))


def item(i: int) -> Item:
    """Bulletin `i` of the corpus, counted from 0."""
    rest, step = divmod(i, BULLETINS_PER_YEAR)
    bloc, year = divmod(rest, YEARS)
    return _item(bloc, FIRST_YEAR + year, step, random.Random(i))


def one_more(k: int = 0) -> Item:
    """A bulletin that is in no corpus: the newest of the first bloc's last year, first in every list it enters.

    Another one for another `k`.
    """
    year = FIRST_YEAR + YEARS - 1
    review = _item(0, year, 1, random.Random("one more"))
    return replace(review, id=f"{review.id}-{k + 2}", date=f"{year}-12-31")


def retitled(original: Item, k: int) -> Item:
    """The item with another title, which stands on every list; another for another `k`."""
    return replace(original, title=f"{original.title}, lần {k + 1}")


def edited(original: Item, k: int) -> Item:
    """The item with one sentence of its body changed; another change for another `k`."""
    before, after = original.body.rsplit("Xem thêm ", 1)
    return replace(original, body=f"{before}Câu này đã được sửa lần thứ {k + 1}. Xem thêm {after}")


def years(n: int) -> range:
    """The years that the first `n` bulletins tell of: at a year's end the heads of the next are elected."""
    of_last, step = divmod(min(n, BULLETINS_PER_YEAR * YEARS) - 1, BULLETINS_PER_YEAR)
    return range(FIRST_YEAR, FIRST_YEAR + of_last + 1 + (step >= 2))


def blocs(n: int) -> int:
    """How many blocs the first `n` bulletins tell of."""
    return -(-n // (BULLETINS_PER_YEAR * YEARS))


def _item(bloc: int, year: int, step: int, chance: random.Random) -> Item:
    name, date = _name(bloc, year, step), _date(bloc, year, step)
    title = f"Khối thi đua {bloc + 1}: {_words(chance, 4)} năm {year}"
    number = (bloc * YEARS + year - FIRST_YEAR) * BULLETINS_PER_YEAR + step
    is_careless = number % CARELESS == CARELESS - 1
    details = _details(bloc + 1, year - 1, step) if is_careless else _details(bloc, year, step)
    lead = _sentence(chance, 20, chance.choice(details))
    return Item(name, bloc, year, step, date, title, lead, _body(chance, details), details)


def _name(bloc: int, year: int, step: int) -> str:
    return f"khoi-{bloc + 1}-{year}-{KINDS[step][0]}"


def _date(bloc: int, year: int, step: int) -> str:
    return f"{year}-{MONTHS[step]:02d}-{1 + bloc % 28:02d}"


def _people(name: str) -> list[str]:
    """Whom a bulletin names: who took the chair, and a guest."""
    return random.Random(f"people of {name}").sample(PEOPLE, 2)


def _symbol(bloc: int) -> str:
    return f"{bloc + 1:02d}/KH-UBND"


def _details(bloc: int, year: int, step: int) -> tuple[str, ...]:
    """What the sentences of a bulletin name, by its facts."""
    chair, guest = _people(_name(bloc, year, step))
    return (
        f"đồng chí {chair}", f"bà {guest},", f"ông {chair}", f"PGS.TS {guest}", f"đạt từ {AIMS[bloc % 3]}%",
        "1.250 lượt người", "98,7 điểm", f"quý II năm {year},", f"ngày {1 + bloc % 28}/{MONTHS[step]},",
        f"Kế hoạch số {_symbol(bloc)}", "Luật Thi đua, khen thưởng", "Ủy ban nhân dân tỉnh", "Sở Nội vụ",
        "“Đoàn kết, sáng tạo”", "“Dân vận khéo”", "(đợt 2)", "– theo báo cáo –", f"Khối thi đua {bloc + 1},",
    )  # fmt: skip


def _words(chance: random.Random, phrases: int) -> str:
    """Stock phrases of two words each, a few of three."""
    return " ".join(chance.choices(PHRASES, k=phrases))


def _sentence(chance: random.Random, phrases: int, detail: str) -> str:
    """A sentence with a name, a figure, a quotation or the like somewhere in it."""
    words = chance.choices(PHRASES, k=phrases - 1)
    words.insert(chance.randint(1, phrases - 1), detail)
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:].rstrip(',')}."


def _in_turn(chance: random.Random, details: Sequence[str]) -> Iterator[str]:
    """The details in any order, again and again: of so many sentences none is left out."""
    while True:
        yield from chance.sample(details, len(details))


def _paragraph(chance: random.Random, details: Iterator[str]) -> str:
    return " ".join(_sentence(chance, chance.randint(6, 15), next(details)) for _ in range(4))


def _body(chance: random.Random, named: Sequence[str]) -> str:
    """About 1,100 words: nine paragraphs, three headings, three links and emphases, a list, a table."""
    parts: list[str] = []
    details = _in_turn(chance, named)
    for n in range(3):
        parts += [f"## {_words(chance, 3).capitalize()}", *(_paragraph(chance, details) for _ in range(3))]
        parts.append(f"Xem thêm [{_words(chance, 2)}](https://example.vn/{n}) và **{_words(chance, 2)}**.")
    parts.append("\n".join(f"- {_sentence(chance, 7, next(details))}" for _ in range(7)))
    rows = "\n".join(f"| {_words(chance, 2)} | {chance.randint(1, 100)} | {_words(chance, 2)} |" for _ in range(5))
    parts.append(f"| Nội dung | Điểm | Ghi chú |\n| --- | --- | --- |\n{rows}")
    return "\n\n".join(parts) + "\n"


def front_matter(item: Item) -> dict[str, object]:
    """What our own project knows of an item: a head, two deputies, members, people, documents, movements."""
    units = [f"don-vi-{item.bloc + 1}-{k + 1}" for k in range(UNITS_PER_BLOC)]
    head, *deputies, following = (units[(item.year - FIRST_YEAR + k) % UNITS_PER_BLOC] for k in (0, 2, 3, 1))
    chance = random.Random(item.id)
    chair, guest = _people(_name(item.bloc, item.year, item.step))
    seats = {"head": head, "deputies": deputies, "deputies_origin": "stated"}
    facts: dict[str, object] = {
        "id": item.id,
        "title": item.title,
        "lead": item.lead,
        "published": f"{item.date} 08:30",
        "bloc": f"khoi-{item.bloc + 1}",
        "ceremony": {"kinds": KINDS[item.step], "date": item.date, "part": "morning", "place": "Hội trường tầng 2"},
        "years": {"pact": item.year} if item.step == 0 else {"reviewed": item.year},
        "bloc_years": [{"year": item.year, **seats, "members": {"complete": "có", "list": units}}],
        "people": [_person(chair, head, ["chaired", "spoke"]), _person(guest, deputies[0], ["attended"])],
        "documents": [{"kind": "ke_hoach", "symbol": _symbol(item.bloc), "date": f"{item.year}-01-10"}],
        "movements": [{"name": f"Phong trào {_words(chance, 4)}", "year": item.year}],
    }
    photos = {"photos": [{"file": item.photo, "alt": "Hội trường", "credit": "Ban biên tập"}]} if item.photo else {}
    return facts | _of_step(item, head, following, chance) | photos


def _person(name: str, unit: str, did: list[str]) -> dict[str, object]:
    return {"name": name, "role": "Giám đốc", "unit": unit, "did": did}


def _of_step(item: Item, head: str, following: str, chance: random.Random) -> dict[str, object]:
    """What only a pact, a review or an award ceremony tells; a mid-year review has nothing of its own."""
    if item.step == 0:
        aims = [{"of": "cán bộ, công chức", "op": ">=", "value": aim, "attain": _words(chance, 2)} for aim in AIMS]
        return {"commitments": {"list": _sentences(chance, item, 6, 6)}, "targets": aims}
    if item.step == 2:
        elected = {"kind": "elected", "role": "head", "unit": following, "for_year": item.year + 1}
        handed = {"kind": "handed_over", "role": "head", "from_unit": head, "to_unit": following, "on": item.date}
        return {"results": _sentences(chance, item, 3, 8), "decisions": [elected, handed]}
    return (
        {"awards": [{"form": "giay_khen", "count": 9, "year": item.year, "to": "individuals"}]}
        if item.step == 3
        else {}
    )


def _sentences(chance: random.Random, item: Item, count: int, phrases: int) -> list[str]:
    return [_sentence(chance, phrases, chance.choice(item.details)) for _ in range(count)]


def as_ours(item: Item) -> tuple[str, str]:
    """Path below the content folder and text of an item, as this project reads it."""
    return f"bulletins/{item.year}/{item.id}/index.md", f"---\n{as_yaml(front_matter(item))}---\n\n{item.body}"


def as_pelican(item: Item) -> tuple[str, str]:
    """Path and text of an item as plain Pelican reads it: an article in a flat folder."""
    head = {"Title": item.title, "Date": item.date, "Category": f"khoi-{item.bloc + 1}", "Slug": item.id}
    head |= {"Tags": ", ".join(KINDS[item.step]), "Summary": item.lead}
    lines = "".join(f"{name}: {value}\n" for name, value in head.items())
    return f"{item.id}.md", f"{lines}\n{item.body}"


def as_hugo(item: Item) -> tuple[str, str]:
    """Path and text of an item as Hugo reads it: the front matter of ours, under Hugo's names where it has them."""
    head: dict[str, object] = {"title": item.title, "date": item.date, "summary": item.lead, "slug": item.id}
    head |= {"categories": [f"khoi-{item.bloc + 1}"], "tags": KINDS[item.step]}
    rest = {name: value for name, value in front_matter(item).items() if name not in ("title", "lead")}
    return f"posts/{item.id}.md", f"---\n{as_yaml(head | {'params': rest})}---\n\n{item.body}"


def register(n: int) -> dict[str, str]:
    """The register of this project for `n` bulletins: path below the content folder -> text."""
    numbers = range(1, blocs(n) + 1)
    records = {
        "hosts": [{"id": host(k), "names": f"Sở Mẫu {k + 1}", "province": PROVINCES[k]} for k in range(HOSTS)],
        "blocs": [_bloc(number) for number in numbers],
        "units": [_unit(number, k) for number in numbers for k in range(1, UNITS_PER_BLOC + 1)],
    }
    return {f"register/{name}.yaml": as_yaml(rows) for name, rows in records.items()}


def renamed(text: str, k: int) -> str:
    """The register of units with other names for some, which `NAMED` bulletins name; others for another `k`."""
    return re.sub(r"(Đơn vị 1 thuộc nhóm [1-7]\b).*", rf"\1, lần {k + 1}", text)


def host(k: int) -> str:
    """The id of the host of every bloc whose number, from 0, leaves `k` over."""
    return f"so-mau-{k % HOSTS + 1}"


def _bloc(number: int) -> dict[str, object]:
    return {"id": f"khoi-{number}", "names": f"Khối thi đua {number}", "number": number, "host": host(number - 1)}


def _unit(bloc: int, k: int) -> dict[str, object]:
    return {"id": f"don-vi-{bloc}-{k}", "names": f"Đơn vị {k} thuộc nhóm {bloc}", "parent": host(bloc - 1)}


def write(path: Path, text: str) -> None:
    """Write a source file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def as_yaml(data: object) -> str:
    """Data as a document of YAML, its keys in their order."""
    return str(yaml.dump(data, Dumper=yaml.CDumper, allow_unicode=True, sort_keys=False, width=10_000))
