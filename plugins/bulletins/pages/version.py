"""When pages have to be written again although their facts did not change: templates and code as hashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

from bulletins.versions import source_digest

_USED = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
_CODE = ("bulletins.pages", "bulletins.domain", "bulletins.vietnamese", "bulletins.urls", "bulletins.settings")
_LIBRARIES = ("jinja2", "markupsafe", "babel")


def sources(templates: Path) -> dict[str, str]:
    """Every template of a folder: its name as other templates call it, and its text."""
    files = sorted(path for path in templates.rglob("*") if path.is_file())
    return {path.relative_to(templates).as_posix(): path.read_text("utf-8") for path in files}


def used_by(name: str, texts: Mapping[str, str]) -> set[str]:
    """A template with all it extends, includes or imports, however far; they must be named in plain words.

    One that is not there belongs to them too: it may be asked for with `ignore missing`, and come later.
    """
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(_USED.findall(texts.get(one, "")))
    return found


def template_versions(templates: Path) -> dict[str, str]:
    """For each template a hash of its own text and of every text it uses."""
    texts = sources(templates)
    return {name: _hash((n, texts.get(n, "")) for n in sorted(used_by(name, texts))) for name in texts}


def templates_digest(texts: Mapping[str, str]) -> str:
    """A hash of all templates of a theme."""
    return _hash(texts.items())


def code_version() -> str:
    """A hash of the code and the libraries that write pages."""
    return source_digest(*_CODE, distributions=_LIBRARIES)


def _hash(parts: Iterable[tuple[str, str]]) -> str:
    return blake2b(repr(list(parts)).encode(), digest_size=16).hexdigest()
