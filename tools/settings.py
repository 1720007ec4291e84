"""The site's settings, read from a file of Pelican's settings, or one line that says what is wrong with it.

Where a setting of ours is missing, Pelican takes its own: an empty file, or one cut short, would make another site.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.door import Fault, shown

NEEDED = (
    "ARTICLE_PATHS", "ARTICLE_SAVE_AS", "AUTHOR_FEED_RSS", "AUTHOR_SAVE_AS", "BULLETINS_DRAFTS", "CACHE_PATH",
    "CATEGORY_SAVE_AS", "DELETE_OUTPUT_DIRECTORY", "DIRECT_TEMPLATES", "FEED_ALL_ATOM", "OUTPUT_PATH", "PAGE_PATHS",
    "PAGE_SAVE_AS", "PATH", "PLUGINS", "PLUGIN_PATHS", "READERS", "SITENAME", "SITEURL", "STATIC_PATHS",
    "TAG_SAVE_AS", "THEME", "THEME_STATIC_PATHS", "TIMEZONE",
)  # fmt: skip
"""Without these Pelican makes files of its own, or our site from elsewhere."""


def read(file: Path, override: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Pelican's settings as this file says them, but for what is overridden.

    Raises `Fault` for a file that cannot be read, is no Python or is incomplete, and where there is no content.
    """
    own = {**_own(file), **(override or {})}
    missing = [name for name in NEEDED if name not in own]
    if missing:
        raise Fault(
            f"{file.name}: thiếu {', '.join(missing[:3])}; tệp trống hoặc bị cắt, hãy chép lại / "
            "settings are missing: the file is empty or cut short; copy it again."
        )
    if file.name == "publishconf.py" and own["BULLETINS_DRAFTS"]:
        raise Fault(
            "publishconf.py: phải có BULLETINS_DRAFTS = False; nếu thiếu thì tệp bị cắt, hãy chép lại / "
            "must say BULLETINS_DRAFTS = False: in public no draft is shown."
        )
    for setting, vietnamese, english in (
        ("PATH", "thư mục nội dung", "the content"),
        ("THEME", "giao diện", "the theme"),
    ):
        folder = Path(file.parent, own[setting])
        if not folder.is_dir():
            raise Fault(
                f"{shown(folder)}: không thấy {vietnamese}; hãy xem lại tên, hoặc nối lại ổ đĩa mạng rồi chạy lại / "
                f"{english} is not there: look at its name, or connect the network drive again."
            )
    from pelican.settings import read_settings

    settings: dict[str, Any] = read_settings(str(file), override=dict(override or {}))
    return settings


def _own(file: Path) -> dict[str, Any]:
    """What the file itself sets."""
    from pelican.settings import get_settings_from_file

    if not file.is_file():
        raise Fault(f"{shown(file)}: không thấy tệp cấu hình / the settings are not there.")
    try:
        settings: dict[str, Any] = get_settings_from_file(str(file))
    except Exception as error:  # it is a program, and may raise anything
        raise Fault(f"{_place(error, file)}: {type(error).__name__}: {_words(error)}; {_MEND}") from error
    return settings


_MEND = "hãy sửa dòng này / mend this line."


def _place(error: Exception, file: Path) -> str:
    """File and line of a settings file at fault."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{shown(error.filename)}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).parent == file.parent and frame.filename.endswith(".py")]
    return f"{shown(ours[-1].filename)}:{ours[-1].lineno}" if ours else shown(file)


def _words(error: Exception) -> str:
    return error.msg if isinstance(error, SyntaxError) else str(error)
