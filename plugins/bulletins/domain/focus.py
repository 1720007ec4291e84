"""The focal point of a photo: the place that must stay in sight when the photo is cropped."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from bulletins.domain.record import AlsoTyped, Record, about
from bulletins.vietnamese.folding import nfc

_ACROSS = {"trái": 0.0, "giữa": 0.5, "phải": 1.0}
_DOWN = {"trên": 0.0, "giữa": 0.5, "dưới": 1.0}
_PART = re.compile(r"\d{1,3}([.,]\d+)?")
_SHARES = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%[\s,;]+(\d{1,3}(?:[.,]\d+)?)\s*%")


def _part(value: object) -> object:
    """A share as an author types it; no thousands are expected here, so a point and a comma are alike."""
    if isinstance(value, str) and _PART.fullmatch(value.strip()):
        return float(value.replace(",", "."))
    if isinstance(value, str):
        raise PydanticCustomError("number", "{text}", {"text": value})
    return value


Share = Annotated[float, Field(ge=0, le=1), BeforeValidator(_part), AlsoTyped("text")]


class Focus(Record):
    """A point of a photo seen upright: shares of its width from the left and of its height from the top."""

    x: Share = about("Từ mép trái, phần của chiều rộng: 0 đến 1", "From the left, 0 to 1")
    y: Share = about("Từ mép trên, phần của chiều cao: 0 đến 1", "From the top, 0 to 1")


def _focus(value: object) -> object:
    """The short forms: `50% 30%` (across, down), `trái`, `phải trên`, as in CSS's `object-position`."""
    if not isinstance(value, str):
        return value
    text = nfc(value).casefold().strip()
    shares = _SHARES.fullmatch(text)
    if shares:
        return {"x": _share(shares[1]), "y": _share(shares[2])}
    words = text.split()
    for across, down in (words, reversed(words)) if len(words) == 2 else ((text, "giữa"), ("giữa", text)):
        if across in _ACROSS and down in _DOWN:
            return {"x": _ACROSS[across], "y": _DOWN[down]}
    raise PydanticCustomError("focus", "{text}", {"text": value})


def _share(percent: str) -> float:
    return round(float(percent.replace(",", ".")) / 100, 6)


FocusPoint = Annotated[Focus, BeforeValidator(_focus), AlsoTyped("text")]
"""A focal point as an author types it: `{x: 0.5, y: 0.3}`, `50% 30%`, or words such as `trái` and `phải trên`."""
