"""Every setting of ours that `pelicanconf.py` may set, with its default and meaning."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from bulletins.clock import ZONE
from bulletins.urls import Site

OF_COMMANDS = frozenset(
    f"BULLETINS_{name}"
    for name in (
        "CHECK_ONLY", "CHECK_OF", "VERIFY", "CALLED", "BEGUN", "STANDING", "ANSWER", "MEMORY", "FIRST", "FORGET",
    )
)  # fmt: skip
"""What commands hand to a build beside the settings."""

Judge = Callable[[Any], object]
"""Takes a value of the right type; raises ValueError, with what to write instead, for one that cannot be used."""


def setting(
    name: str,
    meaning: str,
    default: Any = MISSING,
    least: int | None = None,
    most: int | None = None,
    judge: Judge | None = None,
) -> Any:
    """One line of the list: the setting's name in `pelicanconf.py`, what it means to a developer, what it may be."""
    limits = {"least": least, "most": most, "judge": judge}
    return field(default=default, metadata={"name": name, "meaning": meaning, **limits})


def public_address(text: str) -> str:
    """SITEURL as it stands in links: scheme, host in ASCII (IDNA), port and folder, without a slash at its end.

    Raises ValueError for anything else: what is wrong here is wrong in every address of the site.
    """
    parts = _split(text)
    try:
        host, port = (parts.hostname or "").encode("idna").decode().lower(), parts.port
    except (UnicodeError, ValueError):
        host, port = "", None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise ValueError("cần như https://bantin.example.vn / wants https:// and a host")
    if parts.username is not None or parts.query or parts.fragment or "?" in text or "#" in text:
        raise ValueError("bỏ tên người dùng, “?…” và “#…” / no user, query or fragment")
    folder = parts.path.rstrip("/")
    if not _FOLDER.fullmatch(folder) or _FILE.search(folder):
        raise ValueError("sau tên máy chỉ có thể là thư mục, như /ban-tin / only a folder may follow the host")
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{folder}"


def is_placeholder(site_url: str) -> bool:
    """Whether an address is one that nobody outside can reach, such as the example that comes with the project."""
    host = urlsplit(site_url).hostname or ""
    return host in ("localhost", "127.0.0.1", "::1") or bool(re.search(r"(^|\.)example(\.|$)", host))


_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_FOLDER = re.compile(r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)*")
_FILE = re.compile(r"\.(html?|php|aspx?|jsp)$", re.IGNORECASE)


def _split(text: str) -> Any:
    if text != text.strip() or re.search(r"[\s\"'<>\\^`{|}\x00-\x1f]", text):
        raise ValueError("bỏ khoảng trắng và dấu ngoặc kép / no blanks or quotes")
    try:
        return urlsplit(text)
    except ValueError as error:
        raise ValueError("cần như https://bantin.example.vn / wants https:// and a host") from error


def _other_zone(settings: Mapping[str, Any]) -> list[str]:
    """Pelican wants a zone; a site in another than Việt Nam's would print hours that nobody typed."""
    zone = settings.get("TIMEZONE", ZONE.key)
    line = f"TIMEZONE = {zone!r}: giờ của trang là giờ Việt Nam, ghi {ZONE.key} / hours are Việt Nam's: {ZONE.key}"
    return [] if zone == ZONE.key else [line]


def _links(pairs: Any) -> None:
    for pair in pairs:
        texts = (
            isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(text, str) and text for text in pair)
        )
        if not texts or not pair[1].startswith(("https://", "http://")):
            raise ValueError('cần như [("Cổng thông tin", "https://…")] / wants pairs of a name and an address')


def _public_key(line: str) -> None:
    try:
        data = base64.b64decode(line, validate=True)
    except binascii.Error:
        data = b""
    if line and (len(data) != 42 or not data.startswith(b"Ed")):
        raise ValueError("cần dòng thứ hai của minisign.pub / wants the second line of minisign.pub")


def _codings(names: str) -> None:
    if not set(names.split()) <= {"gzip", "br", "zstd"}:
        raise ValueError("cần như “gzip br zstd” / wants some of gzip, br, zstd")


def _language(code: str) -> None:
    if code not in ("vi", "en"):
        raise ValueError("cần vi hoặc en / must be vi or en")


def wrong_settings(settings: Mapping[str, Any]) -> list[str]:
    """What is wrong with our settings among Pelican's: a line for each name nobody knows, type or number out of range.

    Each line is in Vietnamese and English, and says what to write instead.
    """
    lines = {line.metadata["name"]: line for line in fields(Settings)}
    unknown = [name for name in settings if name.startswith("BULLETINS_") and name not in {*lines, *OF_COMMANDS}]
    wrong = [*(_unknown(name, list(lines)) for name in sorted(unknown)), *_other_zone(settings)]
    for name, line in lines.items():
        value = settings.get(name, line.default)
        least, most = line.metadata["least"], line.metadata["most"]
        if not _is_like(value, line.default):
            wrong.append(f"{name} = {value!r}: cần kiểu như {line.default!r} / wants a value such as {line.default!r}")
        elif (least is not None and value < least) or (most is not None and value > most):
            span = f"{least}–{most}" if most is not None else f"≥ {least}"
            wrong.append(f"{name} = {value!r}: cần {span} / must be {span}")
        elif name in settings and line.metadata["judge"]:
            wrong += _judged(name, value, line.metadata["judge"])
    return wrong


def _is_like(value: object, default: object) -> bool:
    """Whether a value has the type of the default; a list that is not empty by default is one of counting numbers."""
    if not isinstance(default, tuple):
        return type(value) is type(default)
    if not isinstance(value, list | tuple):
        return False
    return not default or all(type(number) is int and number > 0 for number in value)


def _judged(name: str, value: object, judge: Judge) -> list[str]:
    try:
        judge(value)
    except ValueError as reason:
        return [f"{name} = {value!r}: {reason}"]
    return []


def _unknown(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=1)
    hint = f": ý là {near[0]}? / did you mean {near[0]}?" if near else ""
    return f"{name}: không có thiết lập này / no such setting{hint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings as the rooms see them; `from_pelican` reads them."""

    site_url: str = setting(
        "SITEURL", "Public address of the site: scheme, host and perhaps a folder.", "", judge=public_address
    )
    site_name: str = setting("SITENAME", "Name of the site, in its head and in every title.", "Bản tin thi đua")
    language: str = setting("DEFAULT_LANG", "Language of the interface (BCP 47): a catalogue of the theme.", "vi")
    publisher: str = setting("BULLETINS_PUBLISHER", "The office that publishes the site.", "")
    license: str = setting("BULLETINS_LICENSE", "Address of the licence of texts and data.", "")
    attribution: str = setting("BULLETINS_ATTRIBUTION", "How a user of the data must cite it.", "")
    contact: str = setting("BULLETINS_CONTACT", "Public e-mail address of the office, or nothing.", "")
    authority: str = setting(
        "BULLETINS_AUTHORITY",
        "Name and date that make ids of feeds and calendars unique (RFC 4151); nothing is the host of SITEURL and "
        "2026. A site that moves to another host sets here what it had before, and no reader shows anything twice.",
        "",
    )
    links: tuple[tuple[str, str], ...] = setting(
        "BULLETINS_LINKS",
        "Other agencies' sites at the foot of every page: pairs of a name and an address.",
        (),
        judge=_links,
    )
    drafts: bool = setting("BULLETINS_DRAFTS", "Show drafts and scheduled bulletins: for previews only.", False)
    publish_recipients: bool = setting(
        "BULLETINS_PUBLISH_RECIPIENTS", "Publish the names of those who received awards of the lower ranks.", False
    )
    list_length: int = setting("BULLETINS_LIST_LENGTH", "Bulletins on one page of a long list.", 24, 1)
    picture_widths: tuple[int, ...] = setting(
        "BULLETINS_PICTURE_WIDTHS",
        "Widths of the renditions of a photo, in pixels; none above the source.",
        (400, 800, 1600),
    )
    picture_quality: int = setting(
        "BULLETINS_PICTURE_QUALITY", "Quality of JPEG and WebP renditions, 1 to 95.", 80, 1, 95
    )
    avif_quality: int = setting("BULLETINS_AVIF_QUALITY", "Quality of AVIF renditions, 1 to 100.", 60, 1, 100)
    keep_credit: bool = setting(
        "BULLETINS_KEEP_CREDIT", "Write the credit and the licence, and nothing else, into published photos.", False
    )
    pixel_budget: int = setting(
        "BULLETINS_PIXEL_BUDGET", "A photo of more pixels than this is refused.", 120_000_000, 1
    )
    search: bool = setting("BULLETINS_SEARCH", "Build the search page and its index; without it, no form for it.", True)
    cache: str = setting("CACHE_PATH", "Folder for what builds remember; it may be deleted at any time.", ".cache")
    workers: int = setting("BULLETINS_WORKERS", "Worker processes; 0 is one per core.", 0, 0)
    executor: str = setting(
        "BULLETINS_EXECUTOR", "Where files are made: nothing is this machine, `dask://host:port` a Dask cluster.", ""
    )

    target: str = setting(
        "BULLETINS_TARGET",
        "Where `publish` puts the site: a folder, `ssh://user@machine/folder`, `s3://bucket/prefix` or "
        "`git+<remote>#<branch>`.",
        "",
    )
    public_key: str = setting(
        "BULLETINS_PUBLIC_KEY",
        "Public half of the key that signs releases, the second line of `minisign.pub`: `/du-lieu/` shows it.",
        "",
        judge=_public_key,
    )
    precompress: str = setting(
        "BULLETINS_PRECOMPRESS",
        "Content codings that `publish` packs texts with for a server of one's own: of `gzip`, `br`, `zstd`.",
        "gzip",
        judge=_codings,
    )
    keep_releases: int = setting("BULLETINS_KEEP_RELEASES", "Releases that a target keeps, for a roll-back.", 5, 2)
    messages: str = setting(
        "BULLETINS_MESSAGES",
        "Language of messages about mistakes: `vi`, or `en` for colleagues.",
        "vi",
        judge=_language,
    )

    @property
    def site(self) -> Site:
        """Where the site stands. An address that `wrong_settings` has not seen, as in tests, is taken as it is."""
        return Site(self.site_url.rstrip("/"))

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> Settings:
        """Read our settings from Pelican's; lists become tuples, anything not set takes its default."""
        typed = {f.name: settings[f.metadata["name"]] for f in fields(cls) if f.metadata["name"] in settings}
        kept: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in typed.items()}
        kept["links"] = tuple((str(name), str(address)) for name, address in kept.get("links", ()))
        if "site_url" in kept:
            kept["site_url"] = public_address(kept["site_url"])
        return cls(**kept)
