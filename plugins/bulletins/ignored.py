"""Files in the content folder that are none of ours."""

from __future__ import annotations


def is_ignored(name: str) -> bool:
    """Whether a file or folder is none of ours: hidden, or left behind by an office program or an editor."""
    return (
        name.startswith((".", "~$"))
        or name.endswith(("~", ".tmp"))
        or (name.startswith("#") and name.endswith("#") and len(name) > 1)
        or name.casefold() in ("thumbs.db", "desktop.ini", "icon\r", "@eadir", "__macosx")
    )
