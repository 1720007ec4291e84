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


def template_files(*folders: Path) -> dict[str, Path]:
    """The file of every template by its name as other templates call it; what stands in an earlier folder counts."""
    files = {p.relative_to(f).as_posix(): p for f in reversed(folders) for p in f.rglob("*") if p.is_file()}
    return dict(sorted(files.items()))


def sources(*folders: Path) -> dict[str, str]:
    """The text of every template of `template_files`."""
    return {name: path.read_text("utf-8") for name, path in template_files(*folders).items()}


def used_by(name: str, texts: Mapping[str, str]) -> set[str]:
    """A template with all it extends, includes or imports, however far; they must be named in plain words.

    One that is not there belongs to them too: it may be asked for with `ignore missing`, and come later.
    """
    used: set[str] = set()
    waiting = [name]
    while waiting:
        template = waiting.pop()
        if template not in used:
            used.add(template)
            waiting.extend(_USED.findall(texts.get(template, "")))
    return used


def template_versions(texts: Mapping[str, str]) -> dict[str, str]:
    """For each template a hash of its own text and of every text it uses."""
    return {name: _hash((n, texts.get(n, "")) for n in sorted(used_by(name, texts))) for name in texts}


def templates_digest(texts: Mapping[str, str]) -> str:
    """A hash of all templates of a theme."""
    return _hash(texts.items())


def code_version() -> str:
    """A hash of the code and the libraries that write pages."""
    return source_digest(*_CODE, distributions=_LIBRARIES)


def _hash(parts: Iterable[tuple[str, str]]) -> str:
    return blake2b(repr(list(parts)).encode(), digest_size=16).hexdigest()
