"""The corpus as a plain Pelican site: a page per bulletin, home, categories, tags, RSS; else Pelican's defaults."""

SITENAME = "Bản tin thi đua"
SITEURL = FEED_DOMAIN = "https://example.vn"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
THEME = "theme"
PLUGINS: list[str] = []
DIRECT_TEMPLATES = ["index", "categories", "tags"]
PAGINATED_TEMPLATES = {"index": None, "category": None, "tag": None}
DEFAULT_PAGINATION = 24
# By default the second page of bloc 1 and the first of bloc 12 would be one file, `khoi-12.html`.
PAGINATION_PATTERNS = [(1, "{url}", "{save_as}"), (2, "{name}/{number}{extension}", "{name}/{number}{extension}")]
FEED_ALL_RSS = "index.xml"
CATEGORY_FEED_RSS = "category/{slug}.xml"
TAG_FEED_RSS = "tag/{slug}.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TAG_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 20
