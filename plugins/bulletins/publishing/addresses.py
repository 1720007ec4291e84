"""What the address of a target stands for."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from bulletins.publishing.folder import Folder
from bulletins.publishing.git import Git
from bulletins.publishing.s3 import S3
from bulletins.publishing.ssh import Ssh
from bulletins.publishing.target import Target, TargetFailed

KINDS = "/srv/thidua, ssh://user@machine/folder, s3://bucket/prefix, git+https://host/repository.git#branch"
"""An address of each kind."""
_MISTYPED = re.compile(r"(?P<kind>[A-Za-z][A-Za-z0-9+.-]+):/*(?P<rest>.*)")
"""A kind without its two slashes. One letter is a drive of Windows."""
_GIT_MISTYPED = re.compile(r"git\+(?:https?|ssh|git|file):(?!//)")
"""A repository on a disk, and one written as for scp (`git+git@host:office/site.git#branch`), have no `://` rightly."""
_AS_FOR_SCP = re.compile(r"(?P<machine>[^/@:]+@[^/@:]+):/*(?P<folder>.*)")


def target_of(address: str, root: Path, cache: Path) -> Target:
    """The target at an address of one of `KINDS`; a folder that is relative begins at `root`.

    `cache` is the folder of this machine's caches. Raises `TargetFailed` for any other kind of address, and for one
    that lacks a slash; a folder whose name is like that is written `./s3:…`.
    """
    if address.startswith("ssh://"):
        return Ssh(address)
    if address.startswith("s3://"):
        return S3(address)
    if address.startswith("git+") and not _GIT_MISTYPED.match(address):
        return Git(address, root, cache / "publications" / f"git-{short_name(address)}")
    if "://" not in address and (meant := _meant(address)):
        raise TargetFailed(f"{address}: hãy viết / write `{meant}`")
    if "://" in address or _MISTYPED.fullmatch(address):
        raise TargetFailed(
            f"{address}: không biết loại nơi đăng này; hãy ghi như / no such kind of target; write one of: {KINDS}"
        )
    return Folder(root / Path(address).expanduser())


def _meant(address: str) -> str:
    """The address that was meant by one without its two slashes, as `s3:/bucket`; empty where it cannot be known."""
    if scp := _AS_FOR_SCP.fullmatch(address):
        kind = "git+ssh" if scp["folder"].partition("#")[0].endswith(".git") else "ssh"
        return f"{kind}://{scp['machine']}/{scp['folder']}"
    mistyped = _MISTYPED.fullmatch(address)
    if mistyped and mistyped["rest"] and (mistyped["kind"] in ("ssh", "s3") or mistyped["kind"].startswith("git+")):
        return f"{mistyped['kind']}://{mistyped['rest']}"
    return ""


def short_name(target: str) -> str:
    """A name for the files of this machine that belong to a target; two targets never share one."""
    return hashlib.sha256(target.encode()).hexdigest()[:8]
