"""What the address of a target stands for."""

from __future__ import annotations

from pathlib import Path

from bulletins.publishing.folder import Folder
from bulletins.publishing.ssh import Ssh
from bulletins.publishing.target import Target, TargetFailed


def target_of(address: str, root: Path) -> Target:
    """The target at `ssh://user@machine/folder`, or in a folder; one that is relative begins at `root`.

    Raises `TargetFailed` for any other kind of address.
    """
    if address.startswith("ssh://"):
        return Ssh(address)
    if "://" in address:
        raise TargetFailed(
            f"{address}: không biết loại nơi đăng này; hãy ghi một thư mục, hoặc ssh://người-dùng@máy/thư-mục"
            " / this kind of target is not known; name a folder, or ssh://user@machine/folder."
        )
    return Folder(root / Path(address).expanduser())
