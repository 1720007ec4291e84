"""Writing pages: one `make` for each kind of page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulletins.domain.model import StaticPage
from bulletins.pages.edition import Edition
from bulletins.pages.environment import environment
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
