"""Which page answers which address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bulletins.reading.frontmatter import Malformed
from tools.editing.answers import Answer, Pages
from tools.editing.bulletin_form import IMAGES, BulletinForm
from tools.editing.bulletin_list import BulletinList
from tools.editing.publishing_page import PublishingPage
from tools.editing.register import MODELS
from tools.editing.register_pages import RegisterPages
from tools.editing.requests import Form, Unwelcome
from tools.editing.workspace import Place, Workspace

if TYPE_CHECKING:
    from bulletins.shortcut.site import Site

STATIC = Path(__file__).parent / "static"
THEME_FONTS = Path(__file__).parents[2] / "themes" / "thidua" / "static" / "fonts"
FONTS = re.compile(r"be-vietnam-pro-(?:400|600)-normal\.woff2")
_TYPES = {
    ".svg": "image/svg+xml",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
}


class Application:
    """Answers requests about the content of a workspace. `preview` gives the address of the site, drafts included.

    `site` is the one that goes out when somebody publishes; without it nobody can.
    """

    def __init__(self, workspace: Workspace, token: str, preview: Callable[[], str], site: Site | None = None) -> None:
        self.work, self.token, self._preview = workspace, token, preview
        self._pages = Pages(token)
        self._list = BulletinList(workspace, self._pages)
        self._form = BulletinForm(workspace, self._pages)
        self._register = RegisterPages(workspace, self._pages)
        self._publishing = PublishingPage(workspace, self._pages, site)

    def get(self, path: str, query: Mapping[str, str]) -> Answer:
        """The answer to a GET. Raises `Unwelcome`."""
        room, _, rest = path[1:].partition("/")
        match room:
            case "" if not rest:
                return self._list.show()
            case "moi" if not rest:
                return self._list.ask(Form(), {})
            case "dang" if not rest:
                return self._publishing.show()
            case "sua":
                self._register.warm()
                return self._form.open(self._place(rest), query)
            case "tim" if rest in MODELS:
                return self._register.find(rest, query.get("q", ""))
            case "danh-ba" if rest in MODELS:
                return self._register.ask(rest, query, {})
            case "anh":
                return self._photo(rest)
            case "xem":
                return self._look(self._place(rest))
            case "tep":
                return _static(rest)
        raise Unwelcome(404, "no page")

    def post(self, path: str, form: Form) -> Answer:
        """The answer to a POST whose sender is known. Raises `Unwelcome`."""
        room, _, rest = path[1:].partition("/")
        match room:
            case "moi" if not rest:
                return self._list.make(form)
            case "dang" if not rest:
                return self._publishing.press(form)
            case "sua":
                place = self.work.places().get(rest)
                return self._form.press(place, form) if place else self._form.gone(rest, form)
            case "go":
                self.work.keep_typed(self._place(rest), form.first("~session"), form.fields)
                return Answer(204)
            case "danh-ba" if rest in MODELS:
                return self._register.add(rest, form)
        raise Unwelcome(404, "no page")

    def close(self) -> None:
        """End what still runs."""
        self._publishing.close()

    def _place(self, key: str) -> Place:
        place = self.work.places().get(key)
        if place is None:
            raise Unwelcome(404, "no bulletin")
        return place

    def _photo(self, rest: str) -> Answer:
        key, _, file = rest.rpartition("/")
        path = self._place(key).files.get(file)
        type_ = IMAGES.get(Path(file).suffix.lower())
        if path is None or type_ is None:
            raise Unwelcome(404, "no photo")
        return Answer(200, path.read_bytes(), type_)

    def _look(self, place: Place) -> Answer:
        """The way to the site's own page: a page, since the policy of ours lets no form lead to another server."""
        try:
            id_ = self.work.opened(place).data.get("id")
        except Malformed:
            id_ = None
        address = f"{self._preview()}/ban-tin/{quote(str(id_ or place.folder.name))}/"
        return self._pages.page("look.html", place=place, address=address)


def _static(name: str) -> Answer:
    folder = THEME_FONTS if FONTS.fullmatch(name) else STATIC
    files = {path.name: path for path in folder.iterdir()}
    if name not in files or Path(name).suffix not in _TYPES:
        raise Unwelcome(404, "no file")
    return Answer(200, files[name].read_bytes(), _TYPES[Path(name).suffix])
