"""Every setting of ours that `pelicanconf.py` may set, with its default and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from bulletins.urls import Site


def setting(name: str, meaning: str, default: Any = MISSING) -> Any:
    """One line of the list: the setting's name in `pelicanconf.py` and what it means to a developer."""
    return field(default=default, metadata={"name": name, "meaning": meaning})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings as the rooms see them; `from_pelican` reads them."""

    site_url: str = setting("SITEURL", "Public address of the site, without a slash at its end.", "")
    site_name: str = setting("SITENAME", "Name of the site, in its head and in every title.", "Bản tin thi đua")
    language: str = setting("DEFAULT_LANG", "Language of the interface (BCP 47): a catalogue of the theme.", "vi")
    timezone: str = setting("TIMEZONE", "Zone of every date (IANA name).", "Asia/Ho_Chi_Minh")
    publisher: str = setting("BULLETINS_PUBLISHER", "The office that publishes the site.", "")
    license: str = setting("BULLETINS_LICENSE", "Address of the licence of texts and data.", "")
    attribution: str = setting("BULLETINS_ATTRIBUTION", "How a user of the data must cite it.", "")
    contact: str = setting("BULLETINS_CONTACT", "Public e-mail address of the office, or nothing.", "")
    drafts: bool = setting("BULLETINS_DRAFTS", "Show drafts and scheduled bulletins: for previews only.", False)
    publish_recipients: bool = setting(
        "BULLETINS_PUBLISH_RECIPIENTS", "Publish the names of those who received awards of the lower ranks.", False
    )
    list_length: int = setting("BULLETINS_LIST_LENGTH", "Bulletins on one page of a long list.", 24)
    picture_widths: tuple[int, ...] = setting(
        "BULLETINS_PICTURE_WIDTHS",
        "Widths of the renditions of a photo, in pixels; none above the source.",
        (400, 800, 1600),
    )
    picture_quality: int = setting("BULLETINS_PICTURE_QUALITY", "Quality of JPEG and WebP renditions, 1 to 95.", 80)
    avif_quality: int = setting("BULLETINS_AVIF_QUALITY", "Quality of AVIF renditions, 1 to 100.", 60)
    keep_credit: bool = setting(
        "BULLETINS_KEEP_CREDIT", "Write the credit and the licence, and nothing else, into published photos.", False
    )
    pixel_budget: int = setting("BULLETINS_PIXEL_BUDGET", "A photo of more pixels than this is refused.", 120_000_000)
    cache: str = setting("CACHE_PATH", "Folder for what builds remember; it may be deleted at any time.", ".cache")
    workers: int = setting("BULLETINS_WORKERS", "Worker processes; 0 is one per core.", 0)
    executor: str = setting(
        "BULLETINS_EXECUTOR", "Where files are made: nothing is this machine, `dask://host:port` a Dask cluster.", ""
    )

    messages: str = setting(
        "BULLETINS_MESSAGES", "Language of messages about mistakes: `vi`, or `en` for colleagues.", "vi"
    )

    @property
    def site(self) -> Site:
        return Site(self.site_url.rstrip("/"))

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> Settings:
        """Read our settings from Pelican's; lists become tuples, anything not set takes its default."""
        given = {f.name: settings[f.metadata["name"]] for f in fields(cls) if f.metadata["name"] in settings}
        kept: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in given.items()}
        return cls(**kept)
