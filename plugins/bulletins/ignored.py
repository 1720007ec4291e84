"""Files in the content folder that are none of ours: what systems, editors and programs of others leave there."""

from __future__ import annotations

_SYSTEMS = frozenset({
    "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", ".ds_store", ".directory", ".nomedia", ".localized", ".apdisk",
    ".gitignore", ".gitattributes", ".gitkeep", ".editorconfig", ".dropbox", ".dropbox.attr", ".stignore",
})  # fmt: skip
_SYSTEMS_FOLDERS = frozenset({
    "@eadir", "__macosx", "$recycle.bin", "#recycle", "#snapshot", "system volume information", "lost+found",
    ".spotlight-v100", ".trashes", ".trash", ".fseventsd", ".temporaryitems", ".documentrevisions-v100", ".git", ".svn",
    ".hg", ".idea", ".vscode", ".obsidian", ".dropbox.cache", ".stfolder", ".stversions", ".sync",
    ".synologyworkingdirectory", ".zim", ".cache",
})  # fmt: skip
_BEGINNINGS = ("~$", "._", ".~", ".#", ".nfs", ".fuse_hidden", ".smbdelete", ".goutputstream", ".syncthing.", ".trash-")
_ENDINGS = ("~", ".tmp", ".bak", ".orig", ".swp", ".swo", ".swx", ".part", ".partial", ".crdownload", ".lnk", ".url")


def is_ignored(name: str) -> bool:
    """Whether a file is none of ours by its name: of a system, or left behind by an office program or an editor.

    Of hidden files only those are that are known; whoever reads a folder passes over the others.
    """
    low = name.casefold()
    return (
        low in _SYSTEMS
        or low.startswith(_BEGINNINGS)
        or low.endswith(_ENDINGS)
        or (low.startswith("#") and low.endswith("#") and "." in low)
    )


def is_ignored_folder(name: str) -> bool:
    """Whether a folder is none of ours by its name: the bin of a system, or the inside of another program."""
    low = name.casefold()
    return low in _SYSTEMS_FOLDERS or low.startswith((".trash-", "._"))
