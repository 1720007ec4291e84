"""Writing pages: the Jinja environment of an edition, and one `make` for each kind of page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.model import StaticPage
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import (
    BlocInputs,
    BulletinInputs,
    DossierInputs,
    GalleryInputs,
    GroupInputs,
    ListInputs,
    NoticeInputs,
    UnitInputs,
    YearInputs,
    YearLine,
)
from bulletins.pages.views import bodies, galleries, lists, others, structured
from bulletins.pages.views import bulletin as bulletins_
from bulletins.pages.views.dossier import dossier
from bulletins.vietnamese.abbreviations import ABBREVIATIONS
from bulletins.vietnamese.dates import iso

VOCABULARIES = {vocabulary.name: vocabulary for vocabulary in kinds.ALL}
MENU = (urls.HOME, urls.BLOCS, urls.UNITS, urls.YEARS, urls.GALLERIES)
_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(sorted(ABBREVIATIONS, key=len, reverse=True))})\b")


@lru_cache(maxsize=4)
def environment(edition: Edition) -> Environment:
    """Everything is escaped, an unknown name is an error, and templates see what the theme's README lists."""
    words = edition.words
    env = _Environment(
        words.gettext,
        loader=FileSystemLoader(edition.theme / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_bytecode_cache(edition),
    )
    env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(_filters(edition))
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    env.globals.update(settings=edition.settings, pages=edition.pages, menu=MENU, urls=urls)
    return env


class _Environment(Environment):
    """An environment that translates the words of a template when it compiles it, not each time it renders."""

    def __init__(self, gettext: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self._gettext = gettext

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Translated(self._gettext).visit(super()._parse(source, name, filename))
        return tree


class _Translated(NodeTransformer):
    """Puts the translation in the place of each `_("…")` whose words are all there."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self._gettext = gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name the visitor looks for
        said = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        if isinstance(node.node, nodes.Name) and node.node.name == "_" and isinstance(said, nodes.Const):
            # As jinja2's own `_` does it: the words are ours and safe, and `%%` stands for a per cent sign.
            return nodes.MarkSafe(nodes.Const(self._gettext(said.value) % {}), lineno=node.lineno)
        return self.generic_visit(node)


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates in a folder that anybody may delete while a build goes on."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        Path(self.directory).mkdir(parents=True, exist_ok=True)
        super().dump_bytecode(bucket)


def _bytecode_cache(edition: Edition) -> FileSystemBytecodeCache:
    """Compiled templates from build to build; they hold the words of one catalogue."""
    folder = Path(edition.settings.cache) / "templates"
    return _Compiled(str(folder), f"{edition.catalogue or edition.settings.language}-%s.bytecode")


def _filters(edition: Edition) -> Mapping[str, Callable[..., Any]]:
    words, site = edition.words, edition.site
    return {
        "link": site.link,
        "absolute": site.absolute,
        "long_date": words.long_date,
        "short_date": words.short_date,
        "month": words.month,
        "number": words.number,
        "label": lambda code, vocabulary: words.label(code, VOCABULARIES[vocabulary]),
        "abbr": abbreviated if words.vietnamese else escape,
        "iso": iso,
    }


def abbreviated(text: str) -> Markup:
    """A text, escaped, in which the abbreviations of public bodies carry their long forms."""
    return Markup(_ABBREVIATION.sub(_with_long_form, str(escape(text))))


def _with_long_form(match: re.Match[str]) -> str:
    return f'<abbr title="{ABBREVIATIONS[match[0]]}">{match[0]}</abbr>'


def page(edition: Edition, template: str, view: Mapping[str, Any]) -> bytes:
    """A page as its file holds it."""
    data = structured.page(edition, view["head"])
    return environment(edition).get_template(template).render(view, structured=data).encode()


def make_home(
    edition: Edition, listed: ListInputs, blocs: tuple[GroupInputs, ...], years: tuple[YearLine, ...]
) -> Sequence[bytes]:
    return [page(edition, "home.html", lists.home(edition, listed, blocs, years))]


def make_later_page(edition: Edition, listed: ListInputs) -> Sequence[bytes]:
    return [page(edition, "listing.html", lists.later_page(edition, listed))]


def make_bulletin(edition: Edition, given: BulletinInputs) -> Sequence[bytes]:
    return [page(edition, "bulletin.html", bulletins_.bulletin(edition, given))]


def make_notice(edition: Edition, given: NoticeInputs) -> Sequence[bytes]:
    return [page(edition, "withdrawn.html", bulletins_.notice(edition, given))]


def make_blocs(edition: Edition, groups: tuple[GroupInputs, ...]) -> Sequence[bytes]:
    return [page(edition, "blocs.html", lists.blocs(edition, groups))]


def make_bloc(edition: Edition, given: BlocInputs, listed: ListInputs) -> Sequence[bytes]:
    return [page(edition, "bloc.html", bodies.bloc(edition, given, listed))]


def make_dossier(edition: Edition, given: DossierInputs) -> Sequence[bytes]:
    return [page(edition, "dossier.html", dossier(edition, given))]


def make_units(edition: Edition, groups: tuple[GroupInputs, ...]) -> Sequence[bytes]:
    return [page(edition, "units.html", lists.units(edition, groups))]


def make_unit(edition: Edition, given: UnitInputs, listed: ListInputs) -> Sequence[bytes]:
    return [page(edition, "unit.html", bodies.unit(edition, given, listed))]


def make_years(edition: Edition, years: tuple[YearLine, ...]) -> Sequence[bytes]:
    return [page(edition, "years.html", lists.years(edition, years))]


def make_year(edition: Edition, given: YearInputs, listed: ListInputs) -> Sequence[bytes]:
    return [page(edition, "year.html", bodies.year(edition, given, listed))]


def make_galleries(edition: Edition, listed: ListInputs) -> Sequence[bytes]:
    return [page(edition, "galleries.html", lists.galleries(edition, listed))]


def make_gallery(edition: Edition, given: GalleryInputs) -> Sequence[bytes]:
    """A gallery's page, then the page of each of its photos."""
    photos = range(1, len(given.pictures) + 1)
    return [
        page(edition, "gallery.html", galleries.gallery(edition, given)),
        *(page(edition, "photo.html", galleries.photo(edition, given, n)) for n in photos),
    ]


def make_static_page(edition: Edition, given: StaticPage) -> Sequence[bytes]:
    return [page(edition, "page.html", others.static_page(edition, given))]


def make_not_found(edition: Edition) -> Sequence[bytes]:
    return [page(edition, "not_found.html", others.not_found(edition))]


def make_copy(data: bytes) -> Sequence[bytes]:
    """A file of the theme, as it is."""
    return [data]
