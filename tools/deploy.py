"""The files of `deploy/` that tell servers how to serve the site, written from `bulletins.publishing.serving`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bulletins.publishing.server_files import MOVED_CADDY, MOVED_NGINX, headers_file
from bulletins.publishing.serving import GONE, HEADERS, JSON_NOT_FOUND, TYPES, Header
from tools.environment import ROOT

_MADE = "Written by `python3 tasks.py docs` from plugins/bulletins/publishing/serving.py; change it there."


def write_files(folder: Path = ROOT / "deploy") -> list[Path]:
    """Write every file anew, and give their paths."""
    files = {folder / name: text for name, text in texts().items()}
    folder.mkdir(exist_ok=True)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(files)


def texts() -> dict[str, str]:
    """Each file's name and text."""
    return {"nginx.conf": nginx(), "Caddyfile": caddy(), "_headers": f"# {_MADE}\n\n{headers_file()}"}


# --- nginx ---


def nginx() -> str:
    """A server of nginx 1.18 or newer. One map a header: nginx leaves out a header whose value is empty."""
    return _NGINX.format(
        made=_MADE,
        maps="\n".join(_map(header) for header in HEADERS),
        types="\n".join(f"        {media.type.partition(';')[0]} {' '.join(media.endings)};" for media in TYPES),
        charsets=" ".join(sorted(_with_charset())),
        headers="\n".join(f"    add_header {h.name} ${_variable(h)} always;" for h in HEADERS),
        gone=GONE,
        moved=MOVED_NGINX,
        not_found=JSON_NOT_FOUND,
    )


def _map(header: Header) -> str:
    lines = [f'    "~{pattern}" "{value}";' for pattern, value in header.cases]
    return "\n".join([f"map $address ${_variable(header)} {{", *lines, f'    default "{header.otherwise}";', "}"])


def _variable(header: Header) -> str:
    return f"bulletins_{header.name.lower().replace('-', '_')}"


def _with_charset() -> Iterator[str]:
    return (media.type.partition(";")[0] for media in TYPES if "charset" in media.type)


_NGINX = """\
# {made}
#
# 1. Put this file into /etc/nginx/conf.d/ (Debian: /etc/nginx/sites-available/ with a link in sites-enabled/).
# 2. Change the lines that say CHANGE. `root` is the target's folder with /current at its end.
# 3. nginx -t && systemctl reload nginx. A publication needs no reload; after one, an address that has just moved is
#    answered by a page that leads on, and by 301 since the next reload.

map_hash_bucket_size 512;
map $request_uri $address {{
    "~^([^?]*)" $1;
}}
map $address $moved {{
    default "";
    include /srv/thidua/current/{moved}*;  # CHANGE
}}
map $request_uri $moved_exactly {{
    default "";
    include /srv/thidua/current/{moved}*;  # CHANGE
}}
{maps}

server {{
    listen 80;
    server_name thidua.example.vn;  # CHANGE
    return 301 https://$host$request_uri;
}}
server {{
    listen 443 ssl;  # CHANGE
    server_name thidua.example.vn;  # CHANGE: and ssl_certificate, ssl_certificate_key
    root /srv/thidua/current;  # CHANGE

    server_tokens off;
    charset utf-8;
    charset_types {charsets};
    types {{
{types}
    }}
    default_type application/octet-stream;
    gzip_static on;
    gzip_vary on;
    index index.html;
    absolute_redirect off;
{headers}

    if ($moved) {{ return 301 $moved; }}
    if ($moved_exactly) {{ return 301 $moved_exactly; }}
    error_page 404 /404.html;
    error_page 410 ${{uri}}index.html;

    location / {{
        if (-f $document_root${{uri}}{gone}) {{ return 410; }}
        try_files $uri $uri/ =404;
    }}
    location ~ /\\.(?!well-known/) {{
        return 404;
    }}
    location /api/ {{
        error_page 404 @no_data;
        try_files $uri =404;
    }}
    location @no_data {{
        default_type application/json;
        return 404 '{not_found}';
    }}
}}
"""


# --- Caddy ---


def caddy() -> str:
    """A site of Caddy 2.6 or newer. A header with cases gets one matcher a case, each excluding those before it."""
    return _CADDY.format(
        made=_MADE,
        headers="\n".join(line for header in HEADERS for line in _caddy_header(header)),
        types="\n".join(line for media in TYPES for line in _caddy_type(media.type, media.endings)),
        gone=GONE,
        moved=MOVED_CADDY,
        not_found=JSON_NOT_FOUND,
    )


def _caddy_header(header: Header) -> Iterator[str]:
    name = header.name.lower().replace("-", "_")
    before: list[str] = []
    for number, (pattern, value) in enumerate((*header.cases, ("", header.otherwise)), 1):
        if not value:
            continue
        matcher = f"@{name}_{number}"
        rules = [
            *([f"path_regexp {pattern}"] if pattern else []),
            *(f"not path_regexp {earlier}" for earlier in before),
        ]
        before.append(pattern)
        if rules:
            yield f"\t{matcher} {{\n" + "\n".join(f"\t\t{rule}" for rule in rules) + "\n\t}"
        yield f'\theader {matcher if rules else "*"} {header.name} "{value}"'


def _caddy_type(media_type: str, endings: tuple[str, ...]) -> Iterator[str]:
    paths = " ".join(f"*.{ending}" for ending in endings)
    pages = " */" if "html" in endings else ""
    name = f"@type_{endings[0]}"
    yield f"\t{name} path {paths}{pages}"
    yield f'\theader {name} Content-Type "{media_type}"'


_CADDY = """\
# {made}
#
# 1. Change the lines that say CHANGE, and run: caddy run --config Caddyfile (or systemctl reload caddy).
# 2. `root` is the target's folder with /current at its end. A publication needs no reload; after one, an address that
#    has just moved is answered by a page that leads on, and by 301 since the next reload.

thidua.example.vn {{ # CHANGE
	root * /srv/thidua/current # CHANGE
	import /srv/thidua/current/{moved}* # CHANGE

{headers}

{types}

	@hidden {{
		path_regexp /\\.
		not path /.well-known/*
	}}
	handle @hidden {{
		error 404
	}}
	@gone {{
		path */
		file {{
			try_files {{path}}{gone}
		}}
	}}
	handle @gone {{
		rewrite * {{path}}index.html
		file_server {{
			status 410
			precompressed zstd br gzip
		}}
	}}
	handle {{
		file_server {{
			precompressed zstd br gzip
		}}
	}}
	handle_errors {{
		@no_data {{
			path /api/*
			expression {{http.error.status_code}} == 404
		}}
		handle @no_data {{
			header Content-Type "application/json; charset=utf-8"
			respond `{not_found}` 404
		}}
		@not_found expression {{http.error.status_code}} == 404
		handle @not_found {{
			header Content-Type "text/html; charset=utf-8"
			rewrite * /404.html
			file_server {{
				status 404
			}}
		}}
	}}
}}
"""
