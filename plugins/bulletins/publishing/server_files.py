"""What a server needs besides the site to answer as promised: what was withdrawn, what moved, headers.

None of it is the site's own, so it stands in `.SHA256SUMS`, and no mirror needs it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from bulletins.publishing.serving import DATA, GONE, HASHED, HEADERS, Header
from bulletins.publishing.target import Server

MOVED_NGINX, MOVED_CADDY = ".moved.nginx", ".moved.caddy"
"""Lines for the configuration of these servers, which `deploy/` includes where they stand."""

PHOTOS = ("avif", "webp", "jpg", "zip")


class Move(NamedTuple):
    """An address of a page that answered before, and the one that answers in its place."""

    old: str
    new: str

    @property
    def is_exact(self) -> bool:
        """Whether the query counts, or letters are escaped: such an address is compared as it was asked for."""
        return "?" in self.old or "%" in self.old


def moves_of(redirects: bytes) -> list[Move]:
    """The moves that `/redirects.json` lists."""
    return [Move(line["from"], line["to"]) for line in json.loads(redirects)["redirects"]]


def server_files(
    server: Server, paths: Collection[str], withdrawn: Collection[str], moves: Sequence[Move]
) -> dict[str, bytes]:
    """Every such file of a site with these paths, by its path; `withdrawn` are ids of bulletins.

    Where the site itself has a file of that name, as an office may wish, it counts. So does one at an address that
    moved: it leads on by itself, and mirrors must be able to take it (contract §4.1).
    """
    moves = [move for move in moves if unquote(move.old).lstrip("/") not in paths]
    files = {
        Server.OWN: {**dict.fromkeys(marks_of(paths, withdrawn), b""), **_moved(moves)},
        Server.PAGES: {
            ".nojekyll": b"",  # GitHub would leave out what begins with an underscore or a dot
            "_headers": headers_file().encode(),
            "_redirects": redirects_file(moves).encode(),
        },
        Server.STORAGE: dict[str, bytes](),
    }[server]
    return {path: data for path, data in files.items() if path not in paths}


def marks_of(paths: Iterable[str], withdrawn: Collection[str]) -> list[str]:
    """The path of the mark in the folder of every page that is a notice of something withdrawn."""
    wanted = set(withdrawn)
    pages = (path.removesuffix("index.html") for path in paths if path.endswith("/index.html"))
    return sorted(f"{folder}{GONE}" for folder in pages if _bulletin_of(folder) in wanted)


def _bulletin_of(folder: str) -> str:
    """The id of the bulletin that a page below `ban-tin/` or `anh/` belongs to."""
    room, _, rest = folder.partition("/")
    return rest.partition("/")[0] if room in ("ban-tin", "anh") else ""


def _moved(moves: Sequence[Move]) -> dict[str, bytes]:
    if not moves:
        return {}
    nginx = "".join(f"{move.old} {move.new};\n" for move in moves)
    by_path, exact = ([move for move in moves if move.is_exact is wanted] for wanted in (False, True))
    caddy = f"{_caddy(by_path, 'path', 'moved')}{_caddy(exact, 'uri', 'moved_exactly')}"
    return {MOVED_NGINX: nginx.encode(), MOVED_CADDY: caddy.encode()}


def _caddy(moves: Sequence[Move], asked: str, name: str) -> str:
    """Rules for moves of which Caddy's placeholder `asked` counts."""
    lines = "".join(f"\t{move.old} {move.new}\n" for move in moves)
    return _CADDY.format(moves=lines, asked=f"{{{asked}}}", name=name) if moves else ""


_CADDY = """\
map {asked} {{{name}}} {{
{moves}	default ""
}}
@{name} not vars {{{name}}} ""
redir @{name} {{{name}}} permanent
"""


def redirects_file(moves: Iterable[Move]) -> str:
    """`_redirects` for hosts of static pages, which know no status 410: a notice of theirs is answered with 200.

    They compare no queries.
    """
    return "".join(f"{move.old} {move.new} 301\n" for move in moves if "?" not in move.old)


def headers_file() -> str:
    """`_headers` for hosts that know only `*` in an address, and join the headers of all rules that fit.

    They cannot tell a page from another file by its ending, so every address gets the headers of a page.
    """
    everywhere = [f"  {header.name}: {value}" for header in HEADERS if (value := _for_pages(header))]
    data = (
        *("/api/*", "/feed.json", "/feed.xml", "/*/feed.json", "/*/feed.xml", "/*.ics"),
        *(f"/anh/*.{ending}" for ending in PHOTOS),
    )
    blocks = [("/*", everywhere), *((address, ["  Access-Control-Allow-Origin: *"]) for address in data)]
    return "\n\n".join("\n".join([address, *lines]) for address, lines in blocks) + "\n"


def _for_pages(header: Header) -> str:
    """The value that suits every address: a page's, as the search page needs it, and no promise of lasting."""
    if header.name == "Cross-Origin-Resource-Policy":
        return ""
    fitting: Iterator[str] = (
        value for pattern, value in header.cases if pattern not in (DATA, HASHED) and re.search(pattern, "/tim-kiem/")
    )
    return next(fitting, header.otherwise)
