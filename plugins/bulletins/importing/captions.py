"""Which lines of a text are captions, and of which picture: by the picture, file names, “Ảnh 1.” or the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletins.importing.article import Illustration
from bulletins.importing.clean import FILE_NAME
from bulletins.importing.source import Block, Paragraph, Picture, is_table
from bulletins.vietnamese.person_names import find_names

_NUMBERED = re.compile(r"(?:.* - )?Ảnh (?:số )?\d{1,2}\s*[.:]?\s*\Z")
_CREDIT = re.compile(r"[\s(\[]*(?:Ảnh|ẢNH|Nguồn ảnh|Photo)\s*:\s*(?P<credit>[^()\[\]]{1,60}?)\s*[)\].]*\s*\Z")
_CUE = re.compile(
    r"\A\(?(?:(?:quang|toàn|khung) cảnh|toàn cảnh|các đại biểu|đại biểu|các đơn vị|đại diện|lãnh đạo|ảnh:"
    r"|chụp ảnh|trao|ký kết|các thành viên|hình ảnh|đoàn|thành viên|lễ ký"
    r"|(?:\d+|các) (?:đơn vị|trường|tỉnh|công an|xã|phường))",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"(?<!\w)(?:phát biểu|chụp ảnh|ký kết|ký giao ước|trao|tặng|trình bày|tại (?:buổi|hội nghị|lễ)|chủ trì"
    r"|bàn giao|tham dự|tham quan|thảo luận|cùng ký)(?!\w)",
    re.I,
)
_GALLERY = re.compile(r"(?:một số |những )?hình ảnh[^.]{0,70}:?\s*\Z|trân trọng giới thiệu", re.IGNORECASE)
_TELLS = re.compile(r"(?<!\w)đã (?:tổ chức|tiến hành|thống nhất|thông qua|phát động|bầu)(?!\w)", re.IGNORECASE)
_NO_CAPTION = re.compile(
    r"\A(?:Tại|Năm|Trong|Theo|Về|Với|Phát biểu|Kết thúc|Nhân dịp|Dịp này|Cũng|Bên cạnh|Sau |Qua |Trên cơ sở"
    r"|Thay mặt|Hội nghị (?:cũng|đã))(?!\w)"
)
_ENDS_AS_CAPTIONS = re.compile(
    r"phát biểu(?: tại [^.]{3,40})?\.\Z|ký kết[^.]{0,30}\.\Z|trao [^.]{5,80}\.\Z|bàn giao [^.]{5,140}\.\Z"
)
_MOST_WORDS = 45
_MOST_WORDS_IN_A_SENTENCE = 30
_MOST_WORDS_WITHOUT_A_PICTURE = 32
_MOST_WORDS_REPEATED = 60
_FEWEST_WORDS = 2
_FEWEST_WORDS_TO_REPEAT = 10
_ALIKE = 0.6
_REPEATED = 0.93


@dataclass
class _State:
    """What has been gone through: paragraphs of the body, pictures, and whether the last thing was a bare picture."""

    body: list[Paragraph]
    pictures: list[Illustration]
    waits: bool = False
    in_gallery: bool = False


def arranged(blocks: Sequence[Block], title: str, lead: str) -> tuple[list[Paragraph], list[Illustration]]:
    """The paragraphs of the body, and the pictures with their captions, in their order."""
    state = _State([], [])
    long = [b.text for b in blocks if isinstance(b, Paragraph) and len(b.text.split()) > _MOST_WORDS]
    around = [_words(text) for text in (lead, *long)]
    for block in blocks:
        _take(state, block, around)
    return state.body, _paired(state.pictures)


def _take(state: _State, block: Block, around: Sequence[set[str]]) -> None:
    if isinstance(block, Picture):
        _new(state, Illustration(block.caption, 0, block.alt or None, block.name or None, block))
        return
    text = block.text
    if is_table(text):
        state.waits = False
        state.body.append(block)
    elif FILE_NAME.match(text):
        _new(state, Illustration("", 0, None, text))
    elif _NUMBERED.fullmatch(text) and len(text.split()) < _MOST_WORDS:
        _new(state, Illustration("", 0, text))
    elif _GALLERY.search(text) and len(text.split()) < 25 and _GALLERY.search(text[:60]):
        state.in_gallery, state.waits = True, False
    elif _is_caption(state, block, around):
        _caption(state, text)
    else:
        state.waits = False
        state.body.append(block)


def _new(state: _State, picture: Illustration) -> None:
    state.pictures.append(replace(picture, after=len(state.body) - 1, is_gallery=state.in_gallery))
    state.waits = not picture.caption


def _is_caption(state: _State, block: Paragraph, around: Sequence[set[str]]) -> bool:
    """Short, and beside a picture, in a gallery, credited, or worded as captions are; never the start of a list."""
    text, words = block.text, len(block.text.split())
    if block.level or block.is_item or text.endswith((":", ";")) or text.startswith(("-", "+", "•")):
        return False
    if words > _MOST_WORDS:
        return words <= _MOST_WORDS_REPEATED and any(_repeats(text, longer) for longer in around)
    if _CREDIT.search(text) or state.in_gallery:
        return True
    if state.waits:
        is_sentence = _is_sentence(text)
        return not is_sentence or (words <= _MOST_WORDS_WITHOUT_A_PICTURE and not _NO_CAPTION.match(text))
    return _once(text) != text or _is_caption_by_words(state, text, around)


def _is_caption_by_words(state: _State, text: str, around: Sequence[set[str]]) -> bool:
    """A line with no picture above it: what repeats the article, the picture before it, or reads as captions do."""
    words, is_sentence = len(text.split()), _is_sentence(text)
    if _NO_CAPTION.match(text) or (is_sentence and _TELLS.search(text)):
        return False
    if words >= _FEWEST_WORDS_TO_REPEAT and any(_repeats(text, longer) for longer in around):
        return True
    if words > _MOST_WORDS_WITHOUT_A_PICTURE:
        return False
    if any(_same(text, last.caption) and last.after == len(state.body) - 1 for last in state.pictures[-1:]):
        return True
    if text.startswith("(") and text.endswith(")"):
        return True
    if is_sentence:
        short = words <= _MOST_WORDS_IN_A_SENTENCE and "," not in text[:-1].replace(" - ", "")
        return short and bool(_ACTION.search(text) and (_CUE.match(text) or _ENDS_AS_CAPTIONS.search(text)))
    return bool(_CUE.match(text) or _ACTION.search(text) or any(find_names(text))) and words >= _FEWEST_WORDS


def _is_sentence(text: str) -> bool:
    return text.endswith(".") or bool(_NO_CAPTION.match(text))


def _caption(state: _State, text: str) -> None:
    credit = _CREDIT.search(text)
    words = text[: credit.start()].strip(" -–(") if credit else text.strip()
    words = words[1:-1].strip() if words.startswith("(") and words.endswith(")") else words
    words = _once(words)
    named = credit["credit"].strip() if credit else None
    last = state.pictures[-1] if state.pictures else None
    is_under = last is not None and last.after == len(state.body) - 1
    if last and (state.waits or (is_under and last.caption and _same(words, last.caption))):
        alt = last.alt_as or (last.caption or None)
        state.pictures[-1] = replace(last, caption=words, credit=named, alt_as=alt)
    else:
        _new(state, Illustration(words, 0, credit=named))
    state.waits = False


def _once(text: str) -> str:
    """A caption that stands twice on one line (“Phát biểu của A. A phát biểu.”): the second sentence of two alike."""
    halves = re.fullmatch(r"(.{8,}?\.) (.{8,})", text)
    return halves[2] if halves and _same(halves[1], halves[2]) else text


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _repeats(text: str, longer: set[str]) -> bool:
    """Whether a line says nothing that a longer paragraph does not say as well: captions do, paragraphs do not."""
    words = _words(text)
    return len(words) < len(longer) and len(words & longer) >= _REPEATED * len(words)


def _same(caption: str, other: str) -> bool:
    """Whether two captions say nearly the same words: the text beside a picture and the text under it."""
    words, others = _words(caption), _words(other)
    smaller = min(len(words), len(others))
    return smaller > 2 and len(words & others) / max(len(words), len(others)) >= _ALIKE


def _paired(pictures: list[Illustration]) -> list[Illustration]:
    """Pictures in order; what only repeats the one before it is dropped."""
    kept: list[Illustration] = []
    for picture in pictures:
        same = (
            kept
            and picture.picture is None
            and kept[-1].picture is None
            and picture.caption
            and picture.caption == kept[-1].caption
        )
        if not same or picture.is_gallery:
            kept.append(picture)
    return kept
