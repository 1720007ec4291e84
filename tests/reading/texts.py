"""The shortest bulletin as a file, and its reading with every rule: a test names only what it is about."""

from __future__ import annotations

from pathlib import Path

from bulletins.mistakes import Mistake
from bulletins.reading.bulletin import Reading, read
from bulletins.reading.markdown import Renderer
from bulletins.reading.rules.all import Rules
from bulletins.reading.sources import SourceFile
from tests.builders import register

REGISTER = register()
RULES = Rules(REGISTER)
RENDERER = Renderer(str)
LEAST = {
    "id": "a",
    "title": "Khối 1 ký giao ước",
    "lead": "Các phòng ký giao ước.",
    "bloc": "khoi-1",
    "ceremony": "\n  kinds: pact\n  date: 2023-03-02",
    "years": "\n  pact: 2023",
}


def bulletin(body: str = "", more: str = "", **fields: str) -> str:
    """The text of a bulletin; `fields` replace those of the shortest one, `more` are further lines."""
    lines = [f"{name}: {value}\n" for name, value in (LEAST | fields).items()]
    return f"---\n{''.join(lines)}{more}---\n{body}\n"


def reading(text: str | bytes, folder: Path, *pictures: str) -> Reading:
    """What comes of a bulletin's file in `folder`, with these pictures beside it."""
    path = folder / "index.md"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    files = {"index.md": path, **{name: folder / name for name in pictures}}
    return read(SourceFile(path, "index.md"), files, REGISTER, RENDERER, RULES)


def mistakes(text: str | bytes, folder: Path, *pictures: str) -> tuple[Mistake, ...]:
    """What is wrong with a bulletin."""
    return reading(text, folder, *pictures).mistakes


def codes(text: str | bytes, folder: Path, *pictures: str) -> list[str]:
    """The rules a bulletin breaks."""
    return [mistake.code for mistake in mistakes(text, folder, *pictures)]
