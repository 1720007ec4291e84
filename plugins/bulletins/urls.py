"""Every address of the site, as contract §2 and §3 fix them.

Each function returns an address from the root of the site, beginning with `/`. A page's address ends in `/`.
`Site` turns it into a link inside the site, an absolute URL, or a path of the output folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

HOME = "/"
BLOCS = "/khoi/"
UNITS = "/don-vi/"
YEARS = "/nam/"
GALLERIES = "/anh/"
STATISTICS = "/thong-ke/"
SEARCH = "/tim-kiem/"
SEARCH_INDEX = f"{SEARCH}chi-muc/"
NOT_FOUND = "/404.html"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
THEME = "/theme/"
API = "/api/v1/"
API_INDEX = f"{API}index.json"
API_CATALOGUE = f"{API}catalogue/"
API_CHANGES = f"{API}changes/index.json"
API_DUMPS = f"{API}dumps/index.json"
API_GALLERY_CHANGES = f"{API}galleries/changes.json"
API_BLOCS = f"{API}blocs.json"
API_UNITS = f"{API}units.json"
API_YEARS = f"{API}years.json"
API_HOSTS = f"{API}hosts.json"
API_MOVEMENTS = f"{API}movements.json"
API_DOCUMENTS = f"{API}documents.json"
API_PROVINCES = f"{API}vocab/provinces.json"
API_OPENAPI = f"{API}openapi.json"
API_CONTEXT = f"{API}context.jsonld"
DATASETS = "/data.json"
REDIRECTS = "/redirects.json"
DATA = "/du-lieu/"
ENGLISH = "/en"
"""The folder of the pages in English, under the addresses of the Vietnamese ones."""

STRUCTURE = (HOME, BLOCS, UNITS, YEARS, STATISTICS, DATA)
"""The pages that a site has in English too, besides static pages that have an English text."""

TAKEN = frozenset(
    address.split("/")[1] for address in (*STRUCTURE[1:], GALLERIES, SEARCH, THEME, API, f"{ENGLISH}/")
) | {"ban-tin"}
"""The folders below the root that no static page may have for its own."""


def bulletin(bulletin_id: str) -> str:
    return f"/ban-tin/{bulletin_id}/"


def attachment(bulletin_id: str, name: str) -> str:
    """A file attached to a bulletin; it stands beside the bulletin's page."""
    return f"/ban-tin/{bulletin_id}/{name}"


def bloc(bloc_id: str) -> str:
    return f"{BLOCS}{bloc_id}/"


def bloc_year(bloc_id: str, year: int) -> str:
    return f"{BLOCS}{bloc_id}/{year}/"


def unit(unit_id: str) -> str:
    return f"{UNITS}{unit_id}/"


def year(number: int) -> str:
    return f"{YEARS}{number}/"


def gallery(bulletin_id: str) -> str:
    return f"{GALLERIES}{bulletin_id}/"


def photo(bulletin_id: str, photo_id: str) -> str:
    return f"{GALLERIES}{bulletin_id}/{photo_id}/"


def photo_or_gallery(bulletin_id: str, photo_id: str) -> str:
    """The page of a photo, or of its gallery where `photo_id` is empty."""
    return photo(bulletin_id, photo_id) if photo_id else gallery(bulletin_id)


def page(slug: str) -> str:
    """The address of a static page of `content/pages/<slug>.md`."""
    return f"/{slug}/"


def listing(first: str, number: int) -> str:
    """Page `number` (from 1) of a long list whose first page is `first`."""
    return first if number == 1 else f"{first}trang/{number}/"


def rendition(bulletin_id: str, name: str) -> str:
    """A picture file; it stands beside its gallery's page."""
    return f"{GALLERIES}{bulletin_id}/{name}"


def gallery_archive(bulletin_id: str) -> str:
    """All photos of a bulletin in one file; it stands beside the gallery's page."""
    return f"{GALLERIES}{bulletin_id}/{bulletin_id}.zip"


def theme(name: str) -> str:
    return f"{THEME}{name}"


def search_index(name: str) -> str:
    """A file of the search index, an inside of the search page and no part of the catalogue."""
    return f"{SEARCH_INDEX}{name}"


def api_catalogue(kind: str, year: int | None, part: str) -> str:
    """A shard of the catalogue; `part` is empty where files of a kind and year all stand in one."""
    name = kind if year is None else f"{kind}/{year}"
    return f"{API_CATALOGUE}{name}-{part}.json" if part else f"{API_CATALOGUE}{name}.json"


def api_changes(number: int) -> str:
    """Page `number` (from 1) of the change log."""
    return f"{API}changes/{number}.json"


def api_dump(year: str) -> str:
    """All bulletins of a year, or of no known one."""
    return f"{API}dumps/{year}.ndjson.gz"


def api_gallery_changes(number: int) -> str:
    """Page `number` (from 1) of what happened to galleries."""
    return f"{API}galleries/changes/{number}.json"


def api_bulletin(bulletin_id: str) -> str:
    return f"{API}bulletins/{bulletin_id}.json"


def api_bloc(bloc_id: str) -> str:
    return f"{API}blocs/{bloc_id}.json"


def api_bloc_year(bloc_id: str, year: int) -> str:
    return f"{API}blocs/{bloc_id}/{year}.json"


def api_unit(unit_id: str) -> str:
    return f"{API}units/{unit_id}.json"


def api_year(number: int) -> str:
    return f"{API}years/{number}.json"


def api_ceremony(ceremony_id: str) -> str:
    return f"{API}ceremonies/{ceremony_id}.json"


def api_gallery(bulletin_id: str) -> str:
    """The IIIF manifest of a bulletin's gallery."""
    return f"{API}galleries/{bulletin_id}/manifest.json"


def api_schema(name: str) -> str:
    return f"{API}schemas/{name}.json"


def api_vocabulary(name: str) -> str:
    return f"{API}vocab/{name}.json"


def api_documents(part: str) -> str:
    """A part of the list of documents: those of one year, or those of no known year."""
    return f"{API}documents/{part}.json"


def api_part(address: str, part: str) -> str:
    """A part of the long document that stands at this address below `API`."""
    return f"{API}parts/{address.removeprefix(API).removesuffix('.json')}/{part}.json"


def api_table(name: str) -> str:
    return f"{API}csv/{name}.csv"


def feed(page: str, suffix: str) -> str:
    """The feed of a page's bulletins, which stands beside it; `suffix` is `json` or `xml`."""
    return f"{page}feed.{suffix}"


def feed_archive(page: str, number: int, suffix: str) -> str:
    """Older entries of a feed: part `number`, from 1, the oldest."""
    return f"{page}feed-{number}.{suffix}"


def calendar(page: str) -> str:
    """The calendar of a page's ceremonies, which stands beside it."""
    return f"{page}lich.ics"


def sitemap_part(folder: str, part: str) -> str:
    """The part of a long sitemap with pages below a folder; `part` is empty where they all stand in one."""
    return f"/sitemap-{folder}-{part}.xml" if part else f"/sitemap-{folder}.xml"


def output_path(address: str) -> str:
    """The file of the output folder that answers to an address: `/khoi/` is `khoi/index.html`."""
    path = address.lstrip("/")
    return f"{path}index.html" if path == "" or path.endswith("/") else path


_OLD_PAGE = re.compile(r"(?:/[A-Za-z0-9_-]+)*/(?:[A-Za-z0-9_-]+\.html)?|(?:/[A-Za-z0-9_-]+)+")
_DEVICES = re.compile(r"/(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?=[/.]|$)", re.IGNORECASE)


def page_in_place_of(former: str) -> str | None:
    """The address of the page that can stand where a page of an older site was.

    None where only a server's rule can answer: for a query, an ending such as `.aspx`, escaped letters, and below the
    folders of our own.
    """
    if not _OLD_PAGE.fullmatch(former) or _DEVICES.search(former) or is_ours(former):
        return None
    return former if former.endswith(("/", ".html")) else f"{former}/"


def is_ours(address: str) -> bool:
    """Whether an address lies in one of the folders that the site keeps for itself."""
    return address.split("/")[1].partition("?")[0].lower() in TAKEN


_LATER = re.compile(r"trang/\d+/$")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site stands; `root` is Pelican's SITEURL, without a slash at its end.

    `prefix` (`/en`) is a folder for the pages `placed` and the later pages of their lists; all else stays outside.
    """

    root: str
    prefix: str = ""
    placed: tuple[str, ...] = ()

    def absolute(self, address: str) -> str:
        """The full URL, for JSON, feeds, the sitemap and canonical links."""
        return f"{self.root}{self._placed(address)}"

    def link(self, address: str) -> str:
        """The link to use inside pages: it names no host, and works when the site stands below a folder."""
        return f"{urlsplit(self.root).path}{self._placed(address)}"

    def file(self, address: str) -> str:
        """The file of the output folder that answers to the address."""
        return output_path(self._placed(address))

    def _placed(self, address: str) -> str:
        return f"{self.prefix}{address}" if self.prefix and self.has(address) else address

    def has(self, address: str) -> bool:
        """Whether the page stands in the folder of `prefix`.

        Lists stand there with their later pages; the page in place of the home page is no list of bulletins.
        """
        first = _LATER.sub("", address)
        return first in self.placed and (first != HOME or address == HOME)
