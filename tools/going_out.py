"""`python3 tasks.py publish`: the site is built after what the target shows, proven, and shown.

It is built in a folder of its own: an ordinary build in between cannot slip in.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bulletins import urls
from bulletins.clock import now
from bulletins.indexes.shape import Terms
from bulletins.making import ledger
from bulletins.memory.copy import Copy
from bulletins.memory.read import Damaged, dumps_of, files_of_memory, read_memory
from bulletins.memory.state import Memory
from bulletins.publishing.addresses import short_name
from bulletins.publishing.difference import Change, difference, lines
from bulletins.publishing.packing import Coding, packed
from bulletins.publishing.release import is_same, obsolete, release_of
from bulletins.publishing.server_files import moves_of, server_files
from bulletins.publishing.signing import SecretKey
from bulletins.publishing.sums import SERVER_SUMS, SIGNATURE, SUMS, read_sums
from bulletins.publishing.target import Part, Release, Target
from bulletins.settings import Settings
from bulletins.shortcut.site import Site
from tools import building
from tools.brought import Brought, withdrawn_since
from tools.corrections import warnings
from tools.door import Fault
from tools.links import LinksOnFile, broken_links
from tools.proving import forgotten, lost, misfits, published_library
from tools.publishing import ONLY_SHOWN, UNCHANGED

MOVES = urls.output_path(urls.REDIRECTS)
FEED = urls.output_path(urls.feed(urls.HOME, "xml"))
_AUTHORITY = re.compile(rb"<id>tag:([^:<]+):feed")


class Wanted(NamedTuple):
    """How the site is to go out: for the first time, on trial, with texts packed in these ways, signed by a key."""

    first: bool
    dry_run: bool
    codings: Mapping[str, Coding]
    key: SecretKey | None


class Workplace(NamedTuple):
    """The folders of publications to one target: the site as built for it, packed files, and what it shows now.

    `links` is a file that keeps what the pages lead to.
    """

    site: Path
    packed: Path
    shown: Path
    links: Path


def go_out(site: Site, settings: Settings, wanted: Wanted, target: Target) -> int:
    """Build the site, and bring it to its target as a new release if anything differs; gives the exit code."""
    place, shown = workplace(site.cache, target.name), Brought(target)
    before = fetch(shown, place.shown, place.site)
    _refuse_wrong_beginning(before, wanted.first, target)
    _warn_of_clock(before)
    _refuse_other_ids(shown(FEED), Terms.of(settings).authority)
    code = building.build(
        site._replace(output=place.site), verify=True, memory=str(place.shown) if before else "", first=not before
    )
    if code:
        return code
    built = Part(place.site, _hashes(site.cache, place.site))
    if not _has_whole_links(place, settings, built.files):
        return 1
    after = read_memory(Copy(place.site).read) or Memory()
    change = difference(read_sums(shown(SUMS) or b""), built.files)
    led = forgotten(shown(MOVES) or b'{"redirects": []}', (place.site / MOVES).read_bytes(), built.files)
    if not _is_proven([*_wrong(site, place.site, settings, built.files, change), *led]):
        return 1
    number = (target.present() or 0) + 1
    release = release_of(
        built,
        [packed(built, place.packed / name, coding) for name, coding in wanted.codings.items()],
        server_files(target.server, built.files, _withdrawn(after), moves_of((place.site / MOVES).read_bytes())),
        number,
        wanted.key,
    )
    if _is_shown(shown, release):
        print(UNCHANGED)
    else:
        print(f"{target.name}:")
        print(*lines(change, after.seq - _seq(before)), sep="\n")
        print(*warnings(site.content, place.site, before, now().date()), sep="", end="")
        if wanted.dry_run:
            print(ONLY_SHOWN)
            return 0
        sent = target.publish(release)
        print(
            f"Đã đăng bản phát hành {number}: gửi {sent.files} tệp, {sent.bytes} byte / "
            f"Published as release {number}: {sent.files} files, {sent.bytes} bytes sent."
        )
    if not wanted.dry_run:
        _drop(target, settings.keep_releases)
    return 0


def workplace(cache: Path, target: str) -> Workplace:
    """The folders below the cache that belong to a target; two checkouts or targets never share them."""
    name = short_name(target)
    top = cache / "publications"
    return Workplace(top / f"publication-{name}", top / f"packed-{name}", top / f"shown-{name}", top / f"links-{name}")


def fetch(shown: Brought, folder: Path, built: Path) -> Memory | None:
    """Copy the memory of the release that is shown into the folder; None where nothing was published.

    Dumps, which are large, are taken from the site that was built for the target last, where they are the same.
    """
    shutil.rmtree(folder, ignore_errors=True)
    dumps, paths = dumps_of(shown), files_of_memory(shown)
    at_hand = {path: _at_hand(built / path, dumps.get(path)) for path in paths}
    shown.bring([*(path for path, data in at_hand.items() if data is None), SUMS, SERVER_SUMS, SIGNATURE])
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = at_hand[path] or shown(path)
        if data is None:
            raise Damaged(path, "thiếu tệp / missing")
        file.write_bytes(data)
    return read_memory(Copy(folder).read)


def _at_hand(file: Path, sha256: str | None) -> bytes | None:
    """The file's bytes if they have this SHA-256."""
    data = file.read_bytes() if sha256 and file.is_file() else None
    return data if data is not None and hashlib.sha256(data).hexdigest() == sha256 else None


def _refuse_wrong_beginning(before: Memory | None, first: bool, target: Target) -> None:
    """Raise `Fault` for a first publication that is none, and for one that would forget the last."""
    if before is None and not first:
        raise Fault(
            f"{target.name}: chưa có trang nào được đăng ở đây; nếu đúng là lần đầu, hãy thêm --first / "
            "nothing is published here; if this is the first time, add --first."
        )
    if before is not None and first:
        raise Fault(f"{target.name}: ở đây đã có trang; hãy bỏ --first / a site is published here; leave out --first.")


def _refuse_other_ids(feed: bytes | None, authority: str) -> None:
    """Raise `Fault` where entries of feeds and calendars would have other ids than those that are out (contract §3)."""
    known = _AUTHORITY.search(feed or b"")
    if known and known[1].decode() != authority:
        raise Fault(
            "publishconf.py: trang đổi địa chỉ thì mã của các mục trong nguồn tin và lịch vẫn phải như cũ, để không ai "
            "thấy mỗi mục hai lần; hãy ghi / the site has another address, and ids in feeds and calendars must stay; "
            f'write: BULLETINS_AUTHORITY = "{known[1].decode()}"'
        )


def _warn_of_clock(before: Memory | None) -> None:
    """Say that the clock is behind, in which case this publication bears the moment of the last one."""
    moment = now().isoformat(timespec="seconds")
    if before and moment < before.latest:
        print(
            f"Cảnh báo: đồng hồ máy này ({_shown_hour(moment)}) chậm hơn lần đăng trước ({_shown_hour(before.latest)}),"
            " nên lần đăng này ghi giờ của lần trước. Hãy chỉnh lại đồng hồ / Warning: this machine's clock is behind"
            " the last publication, whose hour counts; set the clock."
        )


def _shown_hour(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%H:%M %d/%m/%Y")


def _has_whole_links(place: Workplace, settings: Settings, files: Mapping[str, str]) -> bool:
    on_file = LinksOnFile(place.links, files)
    broken = broken_links(place.site, urlsplit(settings.site_url).path.rstrip("/"), on_file)
    if broken:
        print(*(f"{link.page}: {link.target} ({link.why})" for link in broken), sep="\n")
        print("Có liên kết hỏng nên chưa đăng gì / Links are broken; nothing was published.")
    return not broken


def _wrong(site: Site, output: Path, settings: Settings, files: Mapping[str, str], change: Change) -> list[str]:
    """A line for each new document that does not fit its schema, and for each bulletin that is not there."""
    library = published_library(site, output, settings)
    return [*misfits(output, (*change.new, *change.changed)), *lost(library, files)]


def _is_proven(wrong: Sequence[str]) -> bool:
    if wrong:
        print(*wrong[:20], sep="\n")
        print("Trang dựng ra không đúng nên chưa đăng gì / What was built is wrong; nothing was published.")
    return not wrong


def _hashes(cache: Path, output: Path) -> dict[str, str]:
    """The SHA-256 of every file of the site, as the build that has just looked at all of them wrote it down."""
    kept = ledger.load(ledger.folder(cache, output))
    return {path: sha256 for path, (_, sha256, *_) in kept.files.items()}


def _withdrawn(memory: Memory) -> list[str]:
    return [id_ for (type_, id_), state in memory.objects.items() if (type_, state.gone) == ("bulletin", "withdrawn")]


def _seq(memory: Memory | None) -> int:
    return memory.seq if memory else 0


def _is_shown(shown: Brought, release: Release) -> bool:
    return is_same(release, shown(SUMS) or b"", shown(SERVER_SUMS) or b"", shown(SIGNATURE) is not None)


def _drop(target: Target, keep: int) -> None:
    """Remove old releases, and those that show what has been withdrawn since."""
    kept, present = target.kept(), target.present() or 0
    shown = Brought(target)
    showing = [
        number for number in kept if number != present and withdrawn_since(Brought(target, number), shown)
    ]  # fmt: skip
    target.drop(obsolete(kept, present, keep, showing))
