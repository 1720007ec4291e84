"""One page of a built site as a single file: pictures, fonts and style inside, nothing that leads out; marked a draft.

It can be sent by e-mail to whoever approves a bulletin, and opened without a network.
"""

from __future__ import annotations

import base64
import posixpath
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

BANNER = (
    '<p class="preview" style="position:sticky;top:0;z-index:9"><strong>BẢN NHÁP, CHƯA CÔNG BỐ.</strong> '
    "Tệp này chỉ để xem và duyệt; liên kết tới các trang khác đã bỏ.</p>"
)
POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"

_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".avif": "image/avif",
          ".svg": "image/svg+xml", ".woff2": "font/woff2"}  # fmt: skip
_URL = re.compile(r"url\((['\"]?)(?!data:|#)([^)'\"]+)\1\)")
_KEPT_META = frozenset({"viewport", "color-scheme", "theme-color"})
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def self_contained(page: str, address: str, site: Path, base_path: str = "") -> str:
    """The page at `address` of the site in a folder, with everything it shows inside.

    Raises OSError for a file that is not there.
    """
    rewriter = _Rewriter(address, site, base_path)
    rewriter.feed(page)
    rewriter.close()
    return "".join(rewriter.made)


class _Rewriter(HTMLParser):
    """Writes the page down again as it is read, element by element."""

    def __init__(self, address: str, site: Path, base_path: str) -> None:
        super().__init__(convert_charrefs=False)
        self.made: list[str] = []
        self._address, self._site, self._base = address, site, base_path
        self._dropped: str | None = None

    def handle_decl(self, decl: str) -> None:
        self.made.append(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped or tag == "source" or not self._is_kept(tag, dict(attrs)):
            return
        if tag == "link":
            self.made.append(f"<style>{self._style(dict(attrs)['href'] or '')}</style>")
            return
        self.made.append(f"<{tag}{self._attributes(tag, attrs)}>")
        if tag == "head":
            self.made.append(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">')
        if tag == "body":
            self.made.append(BANNER)

    def _is_kept(self, tag: str, attributes: dict[str, str | None]) -> bool:
        if tag == "script" or (tag, attributes.get("class")) == ("p", "preview"):
            self._dropped = tag
            return False
        if tag == "link":
            return attributes.get("rel") == "stylesheet"
        return tag != "meta" or "charset" in attributes or attributes.get("name") in _KEPT_META

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._dropped:
            self.made.append(f"<{tag}{self._attributes(tag, attrs)}/>")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._dropped:
            self._dropped = None
        elif not self._dropped and tag not in _VOID:
            self.made.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def _write(self, text: str) -> None:
        if not self._dropped:
            self.made.append(text)

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        kept = []
        for name, value in attrs:
            if name in ("srcset", "sizes", "loading") or name.startswith(("data-", "on")):
                continue
            if tag == "a" and name == "href" and not _leads_nowhere_else(value or ""):
                continue
            shown = self._data(value or "", self._address) if name in ("src", "poster") else value
            kept.append(f" {name}" if shown is None else f' {name}="{escape(shown)}"')
        return "".join(kept)

    def _style(self, href: str) -> str:
        path = self._path(href, self._address)
        css = (self._site / path).read_text(encoding="utf-8")
        return _URL.sub(lambda match: f'url("{self._data(match[2], "/" + path)}")', css).replace("</", "<\\/")

    def _data(self, href: str, seen_from: str) -> str:
        path = self._site / self._path(href, seen_from)
        type_ = _TYPES.get(path.suffix, "application/octet-stream")
        return f"data:{type_};base64,{base64.b64encode(path.read_bytes()).decode()}"

    def _path(self, href: str, seen_from: str) -> str:
        """The path below the site's folder that an address means."""
        path = unquote(urlsplit(urljoin(self._base + seen_from, href)).path)
        return posixpath.normpath(path.removeprefix(self._base)).lstrip("/")


def _leads_nowhere_else(href: str) -> bool:
    return href.startswith(("#", "mailto:"))
