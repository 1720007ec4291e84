"""`python3 tasks.py publish`: the site goes out whole, as one release, or the one that is out stays.

It is built after what the target shows now, in a folder of its own: an ordinary build in between cannot slip in.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bulletins import urls
from bulletins.clock import now
from bulletins.indexes.refreshed import is_superseded, refreshed
from bulletins.making import ledger
from bulletins.memory.copy import Copy
from bulletins.memory.read import ROOT as CATALOGUE
from bulletins.memory.read import Damaged, dumps_of, files_of_memory, read_memory
from bulletins.memory.state import Memory
from bulletins.publishing.addresses import short_name, target_of
from bulletins.publishing.difference import Change, difference, lines
from bulletins.publishing.packing import CODINGS, Coding, packed
from bulletins.publishing.release import again, is_same, obsolete, release_of, shows_withdrawn
from bulletins.publishing.server_files import moves_of, server_files
from bulletins.publishing.signing import KeyUnusable, SecretKey, public_line, secret_key
from bulletins.publishing.sums import SERVER_SUMS, SIGNATURE, SUMS, read_sums
from bulletins.publishing.target import Part, Release, Server, Target, TargetFailed
from bulletins.settings import Settings, is_placeholder
from bulletins.shortcut.site import Site
from tools import building
from tools.contents import read_all
from tools.corrections import warnings
from tools.door import ROOT, Fault
from tools.links import LinksOnFile, broken_links
from tools.proving import lost, misfits, published_library

KEY, PASSWORD = "BULLETINS_SIGNING_KEY", "BULLETINS_SIGNING_PASSWORD"
"""Variables of the environment: the file of the secret key, and its password where it has one."""

UNCHANGED = "Không có gì thay đổi so với trang đang đăng: không đăng lại / Nothing changed; nothing is published."
ONLY_SHOWN = "Mới xem thử, chưa đăng gì / A dry run: nothing was published."


MOVES = urls.output_path(urls.REDIRECTS)


class Wish(NamedTuple):
    """What whoever publishes asks for: a target, a first publication, a trial, the way back."""

    target: str = ""
    first: bool = False
    dry_run: bool = False
    rollback: bool = False


class Workplace(NamedTuple):
    """The folders of publications to one target: the site as built for it, packed files, and what it shows now.

    `links` is a file that keeps what the pages lead to.
    """

    site: Path
    packed: Path
    shown: Path
    links: Path


def publish(site: Site, settings: Settings, wish: Wish) -> int:
    """Check, build, and bring the site to its target; gives the exit code. Raises `Fault`."""
    address = wish.target or settings.target
    if not address:
        raise Fault(
            "Đăng ở đâu? Hãy thêm --to, hoặc đặt BULLETINS_TARGET trong publishconf.py / "
            "Publish where? Add --to FOLDER."
        )
    refuse_unready(settings)
    try:
        target, key = target_of(address, ROOT, site.cache), signing_key(os.environ)
        _refuse_another_key(settings, key)
        with target.locked():
            return (
                _go_back(site, settings, target, key) if wish.rollback else _publish(site, settings, wish, target, key)
            )
    except (TargetFailed, Damaged, KeyUnusable) as failed:
        raise Fault(str(failed)) from failed


def refuse_unready(settings: Settings) -> None:
    """Raise `Fault` for settings that would publish another's address, or an office that nobody can reach."""
    if not settings.site_url or is_placeholder(settings.site_url):
        raise Fault(
            f"publishconf.py: SITEURL = {settings.site_url!r} chỉ là ví dụ; hãy ghi địa chỉ công khai của trang / "
            "is an example; write the site's public address."
        )
    if not settings.contact:
        raise Fault(
            "publishconf.py: chưa có BULLETINS_CONTACT; hãy ghi thư điện tử của cơ quan / "
            "is missing; write the public e-mail address of the office."
        )


def _refuse_another_key(settings: Settings, key: SecretKey | None) -> None:
    """Raise `Fault` where agencies would check with another key than signs, or wait for a signature in vain."""
    if settings.public_key and key is None:
        raise Fault(
            f"BULLETINS_PUBLIC_KEY đã đặt mà chưa có khóa ký; hãy đặt {KEY} / is set, but no key signs; set {KEY}."
        )
    if key and settings.public_key != public_line(key):
        raise Fault(
            "publishconf.py: hãy ghi khóa công khai của khóa ký, để trang cho các cơ quan biết / "
            f'write the public half of the signing key: BULLETINS_PUBLIC_KEY = "{public_line(key)}"'
        )


def signing_key(environment: Mapping[str, str]) -> SecretKey | None:
    """The key that the environment names, if it names one. Raises `Fault` and `KeyUnusable`."""
    file = environment.get(KEY, "")
    if not file:
        return None
    try:
        text = Path(file).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise Fault(f"{KEY}={file}: không đọc được khóa ký / the key cannot be read: {error.strerror}.") from error
    return secret_key(text, environment.get(PASSWORD, ""))


def _publish(site: Site, settings: Settings, wish: Wish, target: Target, key: SecretKey | None) -> int:
    place = workplace(site.cache, target.name)
    before = fetch(target, place.shown, place.site)
    _refuse_wrong_beginning(before, wish, target)
    code = building.build(
        site._replace(output=place.site), verify=True, memory=str(place.shown) if before else "", first=not before
    )
    if code:
        return code
    built = Part(place.site, _hashes(site.cache, place.site))
    if not _has_whole_links(place, settings, built.files):
        return 1
    after = read_memory(Copy(place.site).read) or Memory()
    change = difference(read_sums(target.read(SUMS) or b""), built.files)
    if not _is_proven(site, place.site, settings, built.files, change):
        return 1
    number = (target.present() or 0) + 1
    release = release_of(
        built,
        [packed(built, place.packed / name, coding) for name, coding in _codings(settings, target).items()],
        server_files(target.server, built.files, _withdrawn(after), moves_of((place.site / MOVES).read_bytes())),
        number,
        key,
    )
    if _is_shown(target, release):
        print(UNCHANGED)
    else:
        print(f"{target.name}:")
        print(*lines(change, after.seq - _seq(before)), sep="\n")
        print(*warnings(site.content, place.site, before, now().date()), sep="", end="")
        if wish.dry_run:
            print(ONLY_SHOWN)
            return 0
        sent = target.publish(release)
        print(
            f"Đã đăng bản phát hành {number}: gửi {sent.files} tệp, {sent.bytes} byte / "
            f"Published as release {number}: {sent.files} files, {sent.bytes} bytes sent."
        )
    if not wish.dry_run:
        _drop(target, after, settings.keep_releases)
    return 0


def _go_back(site: Site, settings: Settings, target: Target, key: SecretKey | None) -> int:
    """Show the release before the present one again, as a new one; gives the exit code."""
    present = target.present() or 0
    earlier = max((number for number in target.kept() if number < present), default=0)
    if not earlier:
        raise Fault(f"{target.name}: không còn bản phát hành nào trước đó / no earlier release is kept.")
    _refuse_withdrawn(site, settings, _gone(target, earlier, {}))
    moment = now().isoformat(timespec="seconds")
    changed = refreshed(lambda path: target.read(path, earlier), target.read, moment)
    sums, server_sums = (read_sums(target.read(name, earlier) or b"") for name in (SUMS, SERVER_SUMS))
    without = [path for path in (*sums, *server_sums, SIGNATURE) if is_superseded(path) or path == SIGNATURE]
    kept, server_kept = (
        {path: sha for path, sha in part.items() if path not in without} for part in (sums, server_sums)
    )
    codings = _codings(settings, target).values()
    release = again(kept, server_kept, changed, codings, present + 1, key)
    target.show_again(earlier, release, without)
    print(
        f"{target.name}: đã trở lại bản phát hành {earlier}, nay là bản {release.number}. Nội dung chưa đổi: lần đăng "
        f"sau lại đưa nội dung hiện có ra / release {earlier} is shown again, as {release.number}."
    )
    return 0


def _codings(settings: Settings, target: Target) -> dict[str, Coding]:
    """The ways in which texts are packed: only a server of one's own looks for packed files."""
    wanted = settings.precompress.split() if target.server is Server.OWN else []
    return {name: CODINGS[name] for name in wanted}


def _refuse_withdrawn(site: Site, settings: Settings, shown: Mapping[tuple[str, str], str]) -> None:
    """Raise `Fault` for an earlier release that shows what has been withdrawn or has expired since."""
    content, _ = read_all(site.root, settings)
    ids = (id_ for bulletin in content.library.withdrawn for id_ in (bulletin.id, *bulletin.former_ids))
    gone = [id_ for id_ in ids if shown.get(("bulletin", id_)) == ""]
    if gone:
        raise Fault(
            f"Không trở lại được: bản cũ còn {', '.join(gone[:3])}, nay đã gỡ hoặc hết hạn / "
            "cannot go back: the earlier release shows what was withdrawn or expired since."
        )


def workplace(cache: Path, target: str) -> Workplace:
    """The folders below the cache that belong to a target; two checkouts or targets never share them."""
    name = short_name(target)
    top = cache / "publications"
    return Workplace(top / f"publication-{name}", top / f"packed-{name}", top / f"shown-{name}", top / f"links-{name}")


def fetch(target: Target, folder: Path, built: Path) -> Memory | None:
    """Copy what the target remembers of its present release into the folder; None where nothing was published.

    Dumps, which are large, are taken from the site that was built for it last, where they are the same.
    """
    shutil.rmtree(folder, ignore_errors=True)
    dumps = dumps_of(target.read)
    for path in files_of_memory(target.read):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = _at_hand(built / path, dumps.get(path)) or target.read(path)
        if data is None:
            raise Damaged(path, "thiếu tệp / missing")
        file.write_bytes(data)
    return read_memory(Copy(folder).read)


def _at_hand(file: Path, sha256: str | None) -> bytes | None:
    """The file's bytes if they have this SHA-256."""
    data = file.read_bytes() if sha256 and file.is_file() else None
    return data if data is not None and hashlib.sha256(data).hexdigest() == sha256 else None


def _refuse_wrong_beginning(before: Memory | None, wish: Wish, target: Target) -> None:
    """Raise `Fault` for a first publication that is none, and for one that would forget the last."""
    if before is None and not wish.first:
        raise Fault(
            f"{target.name}: chưa có trang nào được đăng ở đây; nếu đúng là lần đầu, hãy thêm --first / "
            "nothing is published here; if this is the first time, add --first."
        )
    if before is not None and wish.first:
        raise Fault(f"{target.name}: ở đây đã có trang; hãy bỏ --first / a site is published here; leave out --first.")


def _has_whole_links(place: Workplace, settings: Settings, files: Mapping[str, str]) -> bool:
    on_file = LinksOnFile(place.links, files)
    broken = broken_links(place.site, urlsplit(settings.site_url).path.rstrip("/"), on_file)
    if broken:
        print(*(f"{link.page}: {link.target} ({link.why})" for link in broken), sep="\n")
        print("Có liên kết hỏng nên chưa đăng gì / Links are broken; nothing was published.")
    return not broken


def _is_proven(site: Site, output: Path, settings: Settings, files: Mapping[str, str], change: Change) -> bool:
    """Whether documents that are new fit their schemas, and every bulletin of the content is there."""
    library = published_library(site, output, settings)
    wrong = [*misfits(output, (*change.new, *change.changed)), *lost(library, files)]
    if wrong:
        print(*wrong[:20], sep="\n")
        print("Trang dựng ra không đúng nên chưa đăng gì / What was built is wrong; nothing was published.")
    return not wrong


def _hashes(cache: Path, output: Path) -> dict[str, str]:
    """The SHA-256 of every file of the site, as the build that has just looked at all of them wrote it down."""
    kept = ledger.load(ledger.folder(cache, output) / ledger.LEDGER)
    return {path: sha256 for path, (_, sha256, *_) in kept.files.items()}


def _withdrawn(memory: Memory) -> list[str]:
    return [id_ for (type_, id_), state in memory.objects.items() if (type_, state.gone) == ("bulletin", "withdrawn")]


def _seq(memory: Memory | None) -> int:
    return memory.seq if memory else 0


def _is_shown(target: Target, release: Release) -> bool:
    sums, server_sums = target.read(SUMS), target.read(SERVER_SUMS)
    return is_same(release, sums or b"", server_sums or b"", target.read(SIGNATURE) is not None)


def _drop(target: Target, after: Memory, keep: int) -> None:
    """Remove old releases, and those that show what has been withdrawn since."""
    kept, present = target.kept(), target.present() or 0
    gone = {key: state.gone for key, state in after.objects.items()}
    blobs: dict[str, bytes] = {}
    showing = [
        number for number in kept if number != present and shows_withdrawn(_gone(target, number, blobs), gone)
    ]  # fmt: skip
    target.drop(obsolete(kept, present, keep, showing))


def _gone(target: Target, number: int, blobs: dict[str, bytes]) -> dict[tuple[str, str], str]:
    """What of each object is said in an earlier release; `blobs` are shards by hash, most of which they share."""
    import json

    root = target.read(CATALOGUE, number)
    shards = {shard["path"]: shard["sha256"] for shard in json.loads(root)["shards"]} if root else {}

    def read(path: str) -> bytes | None:
        sha256 = shards.get(path, "")
        if sha256 not in blobs:
            data = target.read(path, number)
            if data is None or not sha256:
                return data
            blobs[sha256] = data
        return blobs[sha256]

    memory = read_memory(read) or Memory()
    return {key: state.gone for key, state in memory.objects.items()}
