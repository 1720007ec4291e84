"""Random edits as staff make them, with canaries: `python3 tasks.py faults --canaries`.

Every bulletin carries words that stand nowhere else: in its id, its title, its text, the caption of its photo. After
each publication every byte of every kept release is searched for the words that nobody may read: those of drafts, of
bulletins before their hour, of what was withdrawn or has expired, and of texts that were never public. Packed files
are unpacked for that. At the end the log, replayed from its beginning, must give the present state.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import shutil
import string
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bulletins.memory.read import read_memory
from tests.publishing.office import Office

WORD = re.compile(rb"zqw[a-z]{8}")
BEGIN = datetime(2026, 3, 1, 5, tzinfo=UTC)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Bulletin:
    """A bulletin as its author keeps it, and every word that was ever in its text or under its photo."""

    id: str
    title: str
    body: str
    published: datetime
    is_draft: bool = False
    photo: str | None = None
    expires: datetime | None = None
    is_withdrawn: bool = False
    was_public: bool = False
    former: list[str] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)

    def state(self, now: datetime) -> str:
        """`draft`, `scheduled`, `withdrawn` (or expired) or `public`."""
        if self.is_draft:
            return "draft"
        if self.is_withdrawn or (self.expires and self.expires <= now):
            return "withdrawn"
        return "scheduled" if self.published > now else "public"


class Newsroom:
    """The bulletins of an office, what its staff do to them, and what must be seen nowhere."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.chance, self.now = office, random.Random(seed), BEGIN
        self.bulletins: list[Bulletin] = []
        self.unborn: set[str] = set()
        self.made: Counter[str] = Counter()
        self.searched: dict[tuple[int, int, int], frozenset[str]] = {}

    def word(self) -> str:
        return "zqw" + "".join(self.chance.choices(string.ascii_lowercase, k=8))

    # --- What staff do ---

    def edits(self) -> dict[str, Callable[[], bool]]:
        """Every kind of edit; each says whether there was a bulletin for it."""
        return {
            "add": self._add,
            "draft": lambda: self._add(is_draft=True),
            "schedule": lambda: self._add(published=self.now + self._days()),
            "edit": lambda: self._change("public", "draft", "scheduled", change=self._write),
            "publish": lambda: self._change("draft", change=lambda b: setattr(b, "is_draft", False)),
            "withdraw": lambda: self._change("public", change=lambda b: setattr(b, "is_withdrawn", True)),
            "bring back": lambda: self._change("withdrawn", change=_bring_back),
            "expire": lambda: self._change("public", change=lambda b: setattr(b, "expires", self._midnight())),
            "delete photo": lambda: self._change("draft", "scheduled", change=self._delete_photo),
            "rename": lambda: self._change("public", change=self._rename),
        }

    def edit(self) -> None:
        """One edit by chance, of each kind as often as of another."""
        kinds = self.edits()
        while True:
            kind = self.chance.choice(sorted(kinds))
            if kinds[kind]():
                self.made[kind] += 1
                return

    def _add(self, is_draft: bool = False, published: datetime | None = None) -> bool:
        new = Bulletin(f"tin-{self.word()}", self.word(), self.word(), published or self.now, is_draft)
        new.photo = self.word() if self.chance.random() < 0.5 else None
        new.texts = {new.body, *([new.photo] if new.photo else [])}
        self.bulletins.append(new)
        self._save(new)
        return True

    def _change(self, *states: str, change: Callable[[Bulletin], object]) -> bool:
        fitting = [b for b in self.bulletins if b.state(self.now) in states]
        if not fitting:
            return False
        chosen = self.chance.choice(fitting)
        change(chosen)
        self._save(chosen)
        return True

    def _write(self, bulletin: Bulletin) -> None:
        if not bulletin.was_public:
            self.unborn |= bulletin.texts
            bulletin.texts = {bulletin.photo} if bulletin.photo else set()
            self.unborn -= bulletin.texts
        bulletin.body = self.word()
        bulletin.texts.add(bulletin.body)

    def _delete_photo(self, bulletin: Bulletin) -> None:
        """Take a photo away that nobody has seen; a published one that is gone is refused."""
        if bulletin.photo:
            self.unborn.add(bulletin.photo)
            bulletin.texts.discard(bulletin.photo)
        bulletin.photo = None
        (self._folder(bulletin.id) / "a.jpg").unlink(missing_ok=True)

    def _rename(self, bulletin: Bulletin) -> None:
        shutil.move(self._folder(bulletin.id), self._folder(new := f"tin-{self.word()}"))
        bulletin.former.append(bulletin.id)
        bulletin.id = new

    def _days(self) -> timedelta:
        return timedelta(days=self.chance.randrange(1, 4))

    def _midnight(self) -> datetime:
        day = (self.now + self._days()).astimezone(VIETNAM)
        return day.replace(hour=0, minute=0, second=0)

    def _folder(self, id_: str) -> Path:
        return self.office.folder / "content/bulletins/2026" / id_

    def _save(self, bulletin: Bulletin) -> None:
        folder = self._folder(bulletin.id)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.md").write_text("\n".join(_lines(bulletin)), encoding="utf-8")
        if bulletin.photo and not (folder / "a.jpg").exists():
            from PIL import Image

            Image.new("RGB", (480, 360), tuple(self.chance.randbytes(3))).save(folder / "a.jpg")

    # --- What the public must and must not see ---

    def publish(self) -> list[str]:
        """Publish, a day later, and look at every kept release; what was wrong."""
        self.now += timedelta(days=1)
        os.environ["SOURCE_DATE_EPOCH"] = str(int(self.now.timestamp()))
        code = self.office.publish()
        if code:
            return [f"the publication ended with {code}"]
        for bulletin in self.bulletins:
            bulletin.was_public |= bulletin.state(self.now) in ("public", "withdrawn")
        hidden, shown = self._hidden(), self._shown()
        releases = [(path.name, self._words(path)) for path in (self.office.public / "releases").iterdir()]
        # A dump may say of what is public what the others say no more: it stands at an earlier entry of the log.
        present = self._words(self.office.public / "current/", but="api/v1/dumps/")
        stale = {word for b in self.bulletins for word in b.texts - {b.body, b.photo}}
        return [
            *(f"release {name} shows {word}" for name, words in releases for word in words & hidden),
            *(f"{word} is still shown" for word in stale & present),
            *(f"{word} is not shown" for word in shown - present),
        ]

    def _hidden(self) -> set[str]:
        """Words that stand in no release."""
        hidden = set(self.unborn)
        for bulletin in self.bulletins:
            if bulletin.state(self.now) != "public":
                hidden |= bulletin.texts
            if not bulletin.was_public:
                hidden |= {bulletin.id.removeprefix("tin-"), bulletin.title}
        return hidden

    def _shown(self) -> set[str]:
        """Words that the present release must have, or nothing is shown by their absence elsewhere."""
        public = [b for b in self.bulletins if b.state(self.now) == "public"]
        return {word for b in public for word in (b.title, b.body, b.photo, b.id.removeprefix("tin-")) if word}

    def _words(self, release: Path, but: str = "/") -> set[str]:
        """Every such word in the paths and the bytes of a release, but for files below a path.

        A file is read once, whichever releases have it.
        """
        words: set[str] = set()
        for path in release.rglob("*"):
            name = path.relative_to(release).as_posix()
            words |= _words_of(name.encode())
            if path.is_file() and not name.startswith(but):
                status = path.stat()
                # A number alone would not do: a new file gets that of one that was dropped.
                key = status.st_ino, status.st_mtime_ns, status.st_size
                if key not in self.searched:
                    self.searched[key] = frozenset(_words_of(_unpacked(path)))
                words |= self.searched[key]
        return words


def _bring_back(bulletin: Bulletin) -> None:
    bulletin.is_withdrawn, bulletin.expires = False, None


def _lines(bulletin: Bulletin) -> Iterator[str]:
    yield from ("---", f"id: {bulletin.id}", f"title: Khối thi đua số I họp {bulletin.title}")
    yield from (f"lead: Ba phòng cùng họp {bulletin.body}.", "bloc: Khối Thi đua 1", "years: {pact: 2023}")
    yield f"published: {bulletin.published.astimezone(VIETNAM):%Y-%m-%d %H:%M}"
    yield "ceremony: {kinds: [pact], date: 02/03/2023}"
    if bulletin.former:
        yield f"former_ids: [{', '.join(bulletin.former)}]"
    if bulletin.is_draft:
        yield "status: draft"
    if bulletin.is_withdrawn:
        yield from ("status: withdrawn", "withdrawn: {date: 2026-03-01, reason: Đăng nhầm}")
    if bulletin.expires:
        yield f"expires: {bulletin.expires.astimezone(VIETNAM):%Y-%m-%d %H:%M}"
    if bulletin.photo:
        yield f"photos: [{{file: a.jpg, alt: Ba người ký giấy, caption: Lễ ký {bulletin.photo}}}]"
    yield from ("---", "", f"Buổi họp bàn việc {bulletin.body}.", "")


def _words_of(data: bytes) -> set[str]:
    return {word.decode() for word in WORD.findall(data)}


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def replayed(office: Office) -> list[str]:
    """What the log, followed from its first activity on, says otherwise than the present memory."""
    memory = read_memory(office.read)
    assert memory is not None
    state: dict[tuple[str, str], str] = {}
    last = 0
    wrong = []
    for page in memory.pages:
        for item in json.loads(office.read(page.path))["orderedItems"]:
            if item["seq"] != last + 1:
                wrong.append(f"{item['seq']} follows {last}")
            last = item["seq"]
            if item["type"] == "Refresh":
                continue
            key = (item["object"]["type"], item["object"]["identifier"])
            if item["type"] in ("Create", "Update"):
                if item["type"] == "Update" and key not in state:
                    wrong.append(f"{last}: {key} is not there to be updated")
                state[key] = item["digest"]
            elif item["type"] == "Move" and key in state:
                state[item["target"]["type"], item["target"]["identifier"]] = state.pop(key)
            else:
                state.pop(key, None)
    now = {key: known.digest for key, known in memory.objects.items() if not known.gone}
    wrong += [
        f"{key}: the log says {state.get(key)}, the memory {now.get(key)}"
        for key in state
        if now.get(key) != state[key]
    ]
    return wrong


def run(edits: int, publications: int, seed: int) -> tuple[Newsroom, list[str]]:
    """So many edits in so many publications; the newsroom as it was left, and what was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SOURCE_DATE_EPOCH"] = str(int(BEGIN.timestamp()))
        office = Office.new(Path(folder) / "office")
        newsroom = Newsroom(office, seed)
        assert office.publish(first=True) == 0
        wrong: list[str] = []
        for number in range(publications):
            for _ in range(edits * (number + 1) // publications - edits * number // publications):
                newsroom.edit()
            wrong += newsroom.publish()
            print(number + 1, dict(newsroom.made), wrong[:3], file=sys.stderr, flush=True)
            if wrong:
                break
        return newsroom, [*wrong, *replayed(office)]


def main() -> int:
    """Run what the command line asks for; the exit code is 1 if anything was wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--publications", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    newsroom, wrong = run(asked.edits, asked.publications, asked.seed)
    print(f"{sum(newsroom.made.values())} edits: {dict(newsroom.made)}", *wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
