"""What every page of one build shares: the theme, the settings, and the static pages it can link to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from bulletins import urls
from bulletins.domain.model import StaticPage
from bulletins.pages.version import code_version, sources, template_versions, templates_digest
from bulletins.pages.words import Words, catalogue_digest, words
from bulletins.settings import Settings


class Theme(NamedTuple):
    """A theme: its folder, and folders of templates that stand before its own `templates/`."""

    folder: Path
    overrides: tuple[Path, ...] = ()

    @classmethod
    def of(cls, pelican: Mapping[str, Any]) -> Theme:
        """The theme of a site by its settings `THEME` and `THEME_TEMPLATES_OVERRIDES`, which are Pelican's."""
        overrides = pelican.get("THEME_TEMPLATES_OVERRIDES") or ()
        return cls(Path(pelican["THEME"]).resolve(), tuple(Path(folder).resolve() for folder in overrides))

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folders in which a template is looked for, in this order."""
        return (*self.overrides, self.folder / "templates")


LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
"""What a language calls itself."""


class Form(NamedTuple):
    """A page in one of its languages: what this calls itself, the link, the full URL, and whether it is at hand."""

    language: str
    name: str
    link: str
    url: str
    here: bool


class PageTitle(NamedTuple):
    """A static page as menus name it."""

    slug: str
    title: str


@dataclass(frozen=True)
class Edition:
    """An input of every page. Its digest leaves out where the theme stands and how the site is made.

    `catalogue` and `templates` are hashes of the theme's files of that name: who keeps what was made from them keeps it
    by the edition. A page's version says which templates it is made with, so the digest leaves those out too.
    `english` are the addresses of pages that are there in English too, under `/en`; `native` is the site's language.
    """

    theme: Theme
    settings: Settings
    pages: tuple[PageTitle, ...] = ()
    catalogue: str = ""
    templates: str = ""
    native: str = ""
    english: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A string that changes whenever anything that pages show of the settings does."""
        s = self.settings
        shown = (
            s.site_url,
            s.site_name,
            s.language,
            s.publisher,
            s.license,
            s.attribution,
            s.contact,
            s.public_key,
            s.links,
            s.drafts,
            s.publish_recipients,
            s.search,
            tuple(map(tuple, self.pages)),
            self.catalogue,
            self.native,
            self.english,
        )
        return blake2b(repr(shown).encode(), digest_size=16).hexdigest()

    @cached_property
    def site(self) -> urls.Site:
        site = self.settings.site
        return replace(site, prefix=urls.ENGLISH, placed=self.english) if self.translated else site

    @property
    def translated(self) -> bool:
        """Whether these pages stand under `/en`."""
        return bool(self.english) and self.settings.language != self.native

    def forms(self, address: str) -> tuple[Form, ...]:
        """A page in each of its languages; nothing for a page in one language."""
        if not replace(self.settings.site, placed=self.english).has(address):
            return ()
        native, english = self.settings.site, replace(self.settings.site, prefix=urls.ENGLISH, placed=self.english)
        return tuple(
            Form(
                language,
                LANGUAGES.get(language, language),
                site.link(address),
                site.absolute(address),
                language == self.settings.language,
            )
            for language, site in ((self.native, native), ("en", english))
        )

    @property
    def words(self) -> Words:
        """The words of the interface."""
        return words(self.theme.folder, self.settings.language, self.catalogue)


class SiteInputs(NamedTuple):
    """What all pages are made with: `versions` are those of the templates, by name, `code` is that of our code."""

    edition: Edition
    versions: Mapping[str, str]
    code: str

    def in_english(self, pages: Iterable[StaticPage]) -> SiteInputs:
        """The same for pages in English, with these static pages in their menus.

        Raises `FileNotFoundError` when the theme has no catalogue of it.
        """
        edition = self.edition
        settings = replace(edition.settings, language="en")
        catalogue = catalogue_digest(edition.theme.folder, "en")
        return self._replace(edition=replace(edition, settings=settings, catalogue=catalogue, pages=_titles(pages)))


def site_inputs(static_pages: Iterable[StaticPage], settings: Settings, theme: Theme) -> SiteInputs:
    """The site inputs of a build; raises `FileNotFoundError` as `edition` does."""
    return SiteInputs(
        edition(theme, settings, static_pages), template_versions(sources(*theme.templates)), code_version()
    )


def edition(theme: Theme, settings: Settings, pages: Iterable[StaticPage]) -> Edition:
    """The edition of a build; raises `FileNotFoundError` when the theme has no catalogue of the language."""
    pages = tuple(pages)
    language = settings.language
    titles = _titles(page for page in pages if not page.english)
    templates = templates_digest(sources(*theme.templates))
    in_english = (*urls.STRUCTURE, *(urls.page(page.slug) for page in pages if page.english))
    english = () if language == "en" else in_english
    return Edition(theme, settings, titles, catalogue_digest(theme.folder, language), templates, language, english)


def _titles(pages: Iterable[StaticPage]) -> tuple[PageTitle, ...]:
    return tuple(PageTitle(page.slug, page.title) for page in pages)
