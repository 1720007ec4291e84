"""The site's settings while writing. `docs/developers/settings.md` says what each of ours means."""

from __future__ import annotations

# The site. An office sets these.
SITENAME = "Bản tin thi đua"
SITEURL = "http://localhost:8000"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
BULLETINS_PUBLISHER = "Ban biên tập Bản tin thi đua"
BULLETINS_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
BULLETINS_ATTRIBUTION = "Bản tin thi đua, theo các bản tin nguồn ghi ở từng trang"
BULLETINS_DRAFTS = True

# The project.
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".cache"
THEME = "themes/thidua"
PLUGIN_PATHS = ["plugins"]
PLUGINS = [
    f"bulletins.{room}.plugin" for room in ("reading", "gallery", "pages", "indexes", "search", "making", "shortcut")
]
USE_FOLDER_AS_CATEGORY = False

# Pelican's own generators make nothing: every file of the site is a line of our plan (docs/decisions/0001).
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
READERS = {"rst": None, "html": None, "htm": None}
IGNORE_FILES = [".*", "**/.*", "~$*", "*.tmp", "Thumbs.db"]
CACHE_CONTENT = False
DELETE_OUTPUT_DIRECTORY = False
ARTICLE_SAVE_AS = DRAFT_SAVE_AS = PAGE_SAVE_AS = DRAFT_PAGE_SAVE_AS = ""
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
