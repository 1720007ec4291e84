"""What the address of a target stands for."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bulletins.publishing.folder import Folder
from bulletins.publishing.git import Git
from bulletins.publishing.s3 import S3
from bulletins.publishing.ssh import Ssh
from bulletins.publishing.target import Target, TargetFailed

KINDS = "/srv/thidua, ssh://user@machine/folder, s3://bucket/prefix, git+https://host/repository.git#branch"
"""An address of each kind."""


def target_of(address: str, root: Path, cache: Path) -> Target:
    """The target at an address of one of `KINDS`; a folder that is relative begins at `root`.

    `cache` is the folder of this machine's caches. Raises `TargetFailed` for any other kind of address.
    """
    if address.startswith("ssh://"):
        return Ssh(address)
    if address.startswith("s3://"):
        return S3(address)
    if address.startswith("git+"):
        return Git(address, root, cache / "publications" / f"git-{short_name(address)}")
    if "://" in address:
        raise TargetFailed(
            f"{address}: không biết loại nơi đăng này; hãy ghi như / no such kind of target; write one of: {KINDS}"
        )
    return Folder(root / Path(address).expanduser())


def short_name(target: str) -> str:
    """A name for the files of this machine that belong to a target; two targets never share one."""
    return hashlib.sha256(target.encode()).hexdigest()[:8]
