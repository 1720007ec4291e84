"""`python3 tasks.py publish`: the site goes out whole, as one release, or the one that is out stays."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bulletins.memory.read import Damaged
from bulletins.publishing.addresses import target_of
from bulletins.publishing.packing import CODINGS, Coding
from bulletins.publishing.signing import KeyUnusable, SecretKey, public_line, secret_key
from bulletins.publishing.target import Server, Target, TargetFailed
from bulletins.settings import Settings, is_placeholder
from bulletins.shortcut.site import Site
from tools.door import ROOT, Fault, cause
from tools.refusals import explained

KEY, PASSWORD = "BULLETINS_SIGNING_KEY", "BULLETINS_SIGNING_PASSWORD"
"""Variables of the environment: the file of the secret key, and its password where it has one."""

UNCHANGED = "Không có gì thay đổi so với trang đang đăng: không đăng lại / Nothing changed; nothing is published."
ONLY_SHOWN = "Mới xem thử, chưa đăng gì / A dry run: nothing was published."


class Wish(NamedTuple):
    """What whoever publishes asks for: a target, a first publication, a trial, the way back."""

    target: str = ""
    first: bool = False
    dry_run: bool = False
    rollback: bool = False


def publish(site: Site, settings: Settings, wish: Wish) -> int:
    """Check, build, and bring the site to its target; gives the exit code. Raises `Fault`."""
    address = wish.target or settings.target
    if not address:
        raise Fault(
            "Đăng ở đâu? Hãy thêm --to, hoặc đặt BULLETINS_TARGET trong publishconf.py / "
            "Publish where? Add --to FOLDER."
        )
    if wish.rollback and (wish.dry_run or wish.first):
        raise Fault(
            "--rollback đi một mình, không kèm --dry-run hay --first; chưa làm gì cả / "
            "--rollback goes without --dry-run and --first; nothing was done."
        )
    refuse_unready(settings)
    try:
        target, key = target_of(address, ROOT, site.cache), signing_key(os.environ)
        _refuse_another_key(settings, key)
        with target.locked():
            return _go(site, settings, wish, target, key)
    except (TargetFailed, Damaged, KeyUnusable) as failed:
        raise Fault(explained(failed)) from failed


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
        raise Fault(f"{KEY}={file}: không đọc được khóa ký / the key cannot be read: {cause(error)}.") from error
    return secret_key(text, environment.get(PASSWORD, ""))


def _go(site: Site, settings: Settings, wish: Wish, target: Target, key: SecretKey | None) -> int:
    """Each way loads its own: whoever goes back waits for nothing that only a build needs."""
    if wish.rollback:
        from tools.going_back import go_back

        return go_back(site, target, _codings(settings, target), key)
    from tools.going_out import Wanted, go_out

    wanted = Wanted(wish.first, wish.dry_run, _codings(settings, target), key)
    return go_out(site, settings, wanted, target)


def _codings(settings: Settings, target: Target) -> dict[str, Coding]:
    """The ways in which texts are packed: only a server of one's own looks for packed files."""
    wanted = settings.precompress.split() if target.server is Server.OWN else []
    return {name: CODINGS[name] for name in wanted}
