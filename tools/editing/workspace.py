"""The content as the form sees it: which bulletins there are, the register, and what the checker says of a text."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletins.domain.register import Register
from bulletins.making.lock import held
from bulletins.mistakes import Mistake
from bulletins.reading.bulletin import VERBATIM
from bulletins.reading.folders import INDEX, folders
from bulletins.reading.frontmatter import Malformed, parse, split
from bulletins.reading.reader import Reader
from bulletins.reading.reading_cache import NOT_KEPT
from bulletins.reading.register import read_register
from bulletins.reading.sources import SourceFile, cleaned
from bulletins.settings import Settings
from bulletins.writing.form import Namer
from bulletins.writing.saving import digest, save

REGISTER_FILES = {"host": "hosts.yaml", "bloc": "blocs.yaml", "unit": "units.yaml", "movement": "movements.yaml"}
_SESSION = re.compile(r"[0-9a-f]{16}")
KEPT_OPENED = 500
"""Files, as somebody opened them, that are kept to compare with what is saved."""

KEPT_TYPED = 20
"""Of a bulletin, forms not saved that are kept."""


@dataclass(frozen=True)
class Place:
    """A bulletin on disk: its key (`2023/vpqh-khoi-3-2023-pact`), folder, name in messages, and the files beside it."""

    key: str
    folder: Path
    name: str
    files: Mapping[str, Path]

    @property
    def path(self) -> Path:
        return self.folder / INDEX


@dataclass(frozen=True)
class Opened:
    """A bulletin's file as it was opened: its text as it stands on disk, its data and what stands below."""

    text: str
    data: dict[str, Any]
    body: str
    digest: str


class Workspace:
    """The content below `root`. What is read is read anew each time: the office's other programs write there too."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root, self.settings = root, settings
        self.content = root / "content"
        self.cache = root / settings.cache / "editing"
        self._reader: tuple[object, Reader] | None = None

    # Bulletins

    def places(self) -> dict[str, Place]:
        """Every bulletin's folder by key: links are not followed, and nothing is taken from an address.

        Raises OSError where the content is gone, as with a network drive: that is not an office without bulletins.
        """
        self.content.stat()
        top = self.content / "bulletins"
        places: dict[str, Place] = {}
        for folder in folders(top, self.root):
            if INDEX in folder.files:
                path = Path(folder.files[INDEX].path).parent
                key = path.relative_to(top).as_posix()
                places[key] = Place(key, path, f"{folder.name}/{INDEX}", folder.paths())
        return places

    def opened(self, place: Place) -> Opened:
        """The bulletin as it stands; it is remembered for whoever saves it later. Raises `Malformed`."""
        data = place.path.read_bytes()
        opened = taken_apart(data)
        self._remember(data)
        return opened

    def remembered(self, known: str, place: Place) -> Opened | None:
        """The file that was opened with this digest, or None if it is not known any more."""
        if not re.fullmatch(r"[0-9a-f]{32}", known):
            return None
        data = place.path.read_bytes()
        kept = self.cache / "opened" / known
        if digest(data) != known and kept.is_file():
            data = kept.read_bytes()
        return taken_apart(data) if digest(data) == known else None

    def _remember(self, data: bytes) -> None:
        file = self.cache / "opened" / digest(data)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            _keep_newest(list(file.parent.iterdir()), KEPT_OPENED)

    def save(self, path: Path, text: str, opened: str) -> bool:
        """Put a text in the place of what was opened. Raises `Moved`, `Busy`, OSError."""
        with held(self.cache / "lock"):
            return save(path, text.encode(), opened)

    # The register and the checker

    @property
    def reader(self) -> Reader:
        """What bulletins are read with; made anew when a file of the register changed. Raises OSError as above."""
        self.content.stat()
        files = [self.content / "register" / name for name in REGISTER_FILES.values()]
        stamp = [(at.st_mtime_ns, at.st_size) if (at := _stat(path)) else None for path in files]
        if self._reader is None or self._reader[0] != stamp:
            register, _ = read_register(self.content / "register", self.root)
            self._reader = (stamp, Reader.of(NOT_KEPT, register, self.settings.site))  # nothing of it is kept
        return self._reader[1]

    @property
    def register(self) -> Register:
        return self.reader.register

    @property
    def namer(self) -> Namer:
        """Names as they count in the register as a whole."""
        return Namer(self.register)

    def namer_of(self, data: object, wanted: object = None) -> Namer:
        """Names as they count in a bulletin with this front matter; see `Namer`."""
        return Namer(self.register, data, wanted)

    def mistakes(self, place: Place, text: str) -> list[Mistake]:
        """What the checker says of a text, if it stood in the bulletin's place."""
        beside = self.cache / "checked" / f"{secrets.token_hex(8)}.md"
        beside.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(text.encode())
            mistakes = self.reader.read(SourceFile(beside, place.name), place.files).mistakes
        finally:
            beside.unlink(missing_ok=True)
        return _gravest_first(mistakes)

    def mistakes_on_disk(self, place: Place) -> list[Mistake]:
        """What the checker says of a bulletin as it stands, in whatever encoding that is."""
        return _gravest_first(self.reader.read(SourceFile(place.path, place.name), place.files).mistakes)

    # What is typed and not saved

    def moved(self, key: str, id_: str) -> Place:
        """Where a bulletin stands that has left its folder: where its id is now, or else where it would come back."""
        gone = Place(key, self.content / "bulletins" / key, f"content/bulletins/{key}/{INDEX}", {})
        return next((place for place in self.places().values() if id_ and _has_id(place, id_)), gone)

    def keep_typed(self, place: Place, session: str, fields: Mapping[str, list[str]]) -> None:
        """Keep a form that is not saved, so that a closed window loses nothing."""
        folder = self._typed(place)
        if not _SESSION.fullmatch(session):
            return
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f".{session}.tmp"
        beside.write_text(json.dumps(dict(fields), ensure_ascii=False), encoding="utf-8")
        beside.replace(folder / f"{session}.json")
        _keep_newest(list(folder.glob("*.json")), KEPT_TYPED)

    def typed(self, place: Place, session: str) -> dict[str, list[str]] | None:
        """A form that was kept."""
        file = self._typed(place) / f"{session}.json"
        if not _SESSION.fullmatch(session) or not file.is_file():
            return None
        fields: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
        return fields

    def sessions(self, place: Place) -> Iterator[tuple[str, float]]:
        """The forms that were kept, newest first, each with the second of its last change."""
        files = sorted(self._typed(place).glob("*.json"), key=lambda path: -path.stat().st_mtime)
        yield from ((path.stem, path.stat().st_mtime) for path in files)

    def forget(self, place: Place, session: str) -> None:
        """A form was saved, or is not wanted any more."""
        if _SESSION.fullmatch(session):
            (self._typed(place) / f"{session}.json").unlink(missing_ok=True)

    def _typed(self, place: Place) -> Path:
        return self.cache / "typed" / digest(place.key.encode())


def _has_id(place: Place, id_: str) -> bool:
    """Whether it is the id of a bulletin. Only a file in which it stands is parsed: there may be thousands."""
    data = place.path.read_bytes()
    try:
        return id_.encode() in data and taken_apart(data).data.get("id") == id_
    except Malformed:
        return False


def _gravest_first(mistakes: Iterable[Mistake]) -> list[Mistake]:
    return sorted(set(mistakes), key=lambda mistake: (mistake.level != "error", mistake))


def _keep_newest(files: list[Path], count: int) -> None:
    for old in sorted(files, key=lambda path: path.stat().st_mtime_ns)[:-count]:
        old.unlink(missing_ok=True)


def _stat(path: Path) -> Any:
    return path.stat() if path.is_file() else None


def taken_apart(data: bytes) -> Opened:
    """A bulletin's file. Raises `Malformed` for one that a form cannot show."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Malformed from error
    head, body, _ = split("", cleaned("", text).text)
    tree = parse("", head, first_line=2, verbatim=VERBATIM)
    if not isinstance(tree.data, dict):
        raise Malformed
    return Opened(text, tree.data, body, digest(data))
