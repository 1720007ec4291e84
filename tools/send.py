"""The command `preview`: one bulletin, drafts too, as a single file to be sent to whoever approves it."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from bulletins import urls
from bulletins.shortcut.site import Site
from bulletins.writing.saving import replace
from tools.building import build
from tools.door import cause
from tools.self_contained import self_contained
from tools.settings import read

_NOT_BUILT = (
    "Lệnh này dựng mọi bản nháp: sửa cả lỗi của bản nháp khác rồi chạy lại"
    " / Every draft is built: mend the mistakes of the others too, and run this again."
)


def send(site: Site, bulletin_id: str, to: Path) -> int:
    """Build the site, drafts included, and write the bulletin's page to a file; the exit code of a command."""
    code = build(site)
    if code:
        print(_NOT_BUILT, file=sys.stderr)
        return code
    pages = site.output / "ban-tin"
    known = sorted(path.name for path in pages.iterdir() if (path / "index.html").is_file()) if pages.is_dir() else []
    if bulletin_id not in known:
        near = get_close_matches(bulletin_id, known, n=1)
        meant = f"; có phải / did you mean {near[0]}?" if near else ""
        print(f"Không có bản tin “{bulletin_id}” / no such bulletin{meant}", file=sys.stderr)
        return 2
    address = urls.bulletin(bulletin_id)
    page = (site.output / urls.output_path(address)).read_text(encoding="utf-8")
    base = urlsplit(read(Path(site.settings))["SITEURL"]).path.rstrip("/")
    data = self_contained(page, address, site.output, base).encode()
    try:
        replace(to, data)
    except OSError as error:
        print(f"Không ghi được / cannot write {to}: {cause(error)}", file=sys.stderr)
        return 2
    megabytes = f"{len(data) / 1_000_000:.1f}".replace(".", ",")
    print(f"{to}: {megabytes} MB")
    return 0
