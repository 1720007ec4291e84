"""What a text lists point by point: what a superior asks (“Một là … Hai là …”), what is lacking, what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletins.vietnamese.person_names import find_names

_LABEL = re.compile(
    r"(?:(?<=[.;:] )|(?<=^)|(?<=\n))(?P<label>(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là"
    r"|Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy))[,:]? ",
    re.IGNORECASE | re.MULTILINE,
)
_ASKS = re.compile(
    r"(?<!\w)(?:yêu cầu|đề nghị|chỉ đạo|lưu ý|nhấn mạnh|mong muốn|quán triệt|giao|gợi ý|đề xuất)(?!\w)", re.I
)
_PACT = re.compile(r"giao ước|cam kết|ký kết|nội dung thi đua|tiêu chí", re.IGNORECASE)
_LACKS = re.compile(r"(?:hạn chế|tồn tại|khó khăn)(?:[^.:;]{0,40}:| là) (?P<rest>[^.]{8,600})", re.IGNORECASE)
_AHEAD = re.compile(
    r"(?:phương hướng|nhiệm vụ(?: trọng tâm)?|công tác trọng tâm)(?:(?!giao ước|điểm)[^.:;]){0,90}: "
    r"(?P<rest>[^.]{8,900})",
    re.IGNORECASE,
)
_FEWEST = 2
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a list with their labels, if it has any; `by` is who gives them; `written` what introduces them."""

    points: tuple[tuple[str | None, str], ...]
    written: str
    by: str | None = None


def find_instructions(paragraphs: Sequence[str]) -> Points | None:
    """The first list of labelled points that somebody asks for; those of a pact are commitments and none of these."""
    text = "\n".join(paragraphs)
    labels = list(_LABEL.finditer(text))
    for first in labels:
        row = [label for label in labels if label.start() >= first.start()]
        intro = _before(text, first.start())
        if len(row) >= _FEWEST and _ASKS.search(intro) and not _PACT.search(intro.rsplit(".", 1)[-1]):
            names = list(find_names(intro))
            return Points(tuple(_labelled(text, row)), intro.strip(), names[-1].written if names else None)
    return None


def _before(text: str, start: int) -> str:
    """The words that introduce a list: those before it in its paragraph, or else the paragraph before."""
    line = text.rfind("\n", 0, start) + 1
    own = text[line:start].strip()
    return own or text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : line].strip()


def _labelled(text: str, labels: Sequence[re.Match[str]]) -> Iterator[tuple[str | None, str]]:
    for n, label in enumerate(labels):
        end = labels[n + 1].start() if n + 1 < len(labels) else text.find("\n", label.end())
        point = text[label.end() : end if end >= 0 else len(text)].split("\n", maxsplit=1)[0]
        yield label["label"], point.strip(" .;")


def find_limitations(paragraphs: Sequence[str]) -> Points | None:
    """What the text says is lacking, as it lists it behind a colon or “là”."""
    return _listed(paragraphs, _LACKS, 1)


def find_directions(paragraphs: Sequence[str]) -> Points | None:
    """What is to be done, as the text lists it behind a colon; a single point is no list."""
    return _listed(paragraphs, _AHEAD, _FEWEST)


def _listed(paragraphs: Sequence[str], pattern: re.Pattern[str], fewest: int) -> Points | None:
    for paragraph in paragraphs:
        match = pattern.search(paragraph)
        if match and _PACT.search(paragraph, 0, match.start("rest")):
            continue  # what a pact promises
        points = [part.strip(" ,.;") for part in match["rest"].split(";")] if match else []
        if match and len(points) >= fewest and all(len(point) >= _SHORTEST for point in points):
            return Points(tuple((None, point) for point in points), match[0])
    return None
