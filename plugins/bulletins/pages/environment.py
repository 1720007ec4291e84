"""The Jinja environment of an edition: what its templates can call, and how they become code.

Only Jinja's public interface is used. Words are translated when a template is compiled, not when a page is made,
which halves the time of a page; a test holds that every page is the one that Jinja alone would make.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from json import JSONEncoder
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from bulletins import cache, urls
from bulletins.domain import kinds
from bulletins.pages.edition import Edition
from bulletins.pages.version import code_version, sources, template_files, templates_digest
from bulletins.vietnamese.abbreviations import ABBREVIATIONS
from bulletins.vietnamese.dates import iso

MENU = (urls.HOME, urls.BLOCS, urls.UNITS, urls.YEARS, urls.GALLERIES)
ENGLISH_MENU = (urls.HOME, urls.BLOCS, urls.UNITS, urls.YEARS, urls.STATISTICS)
_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(sorted(ABBREVIATIONS, key=len, reverse=True))})\b")
_KEY = 32
_PLACE = re.compile(r"%\((\w+)\)s")


class Edited(Exception):
    """A template was edited while pages were made: whoever builds again has it."""


@lru_cache(maxsize=4)
def environment(edition: Edition) -> Environment:
    """Everything is escaped, an unknown name is an error, and templates see what the theme's README lists.

    Another edition has another environment, and an edition knows its templates: none of them is looked at twice.
    Raises `Edited`.
    """
    words = edition.words
    env = _Environment(
        words.gettext,
        loader=_templates(edition),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_bytecode_cache(edition),
        auto_reload=False,
    )
    env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(_filters(edition))
    env.policies.update({"json.dumps_function": JSONEncoder(ensure_ascii=False).encode, "json.dumps_kwargs": {}})
    env.globals.update(
        settings=edition.settings, pages=edition.pages, menu=ENGLISH_MENU if edition.translated else MENU, urls=urls
    )
    env.globals.update(forms=edition.forms, hreflang=_hreflang(edition))
    return env


def _templates(edition: Edition) -> FunctionLoader:
    """The templates as the edition knows them: a page made from other ones would bear the version of these."""
    folders = edition.theme.templates
    texts, files = sources(*folders), template_files(*folders)
    if templates_digest(texts) != edition.templates:
        raise Edited(f"{folders[-1]} changed during the build; build again")
    return FunctionLoader(lambda name: (texts[name], str(files[name]), None) if name in texts else None)


def _filters(edition: Edition) -> Mapping[str, Callable[..., Any]]:
    words, site = edition.words, edition.site
    folder = site.link("")
    labels = {listed.name: {term.code: words.label(term.code, listed) for term in listed} for listed in kinds.ALL}
    return {
        "link": site.link if edition.translated else lambda address: f"{folder}{address}",
        "absolute": site.absolute,
        "long_date": lru_cache(maxsize=1024)(words.long_date),
        "short_date": lru_cache(maxsize=1024)(words.short_date),
        "month": words.month,
        "number": words.number,
        "year": words.year,
        "label": lambda code, vocabulary: labels[vocabulary][code],
        "label_or_words": lambda code, vocabulary: labels[vocabulary].get(code, code),
        "of_bloc": words.of_bloc,
        "in_sentence": in_sentence,
        "abbr": abbreviated if words.vietnamese else escape,
        "iso": iso,
    }


def _hreflang(edition: Edition) -> Callable[[str], str]:
    """The attribute of a link from an English page to one that is only there in the language of the site."""
    native, has = Markup(f' hreflang="{edition.native}"'), edition.site.has
    return lambda address: native if edition.translated and address.endswith("/") and not has(address) else ""


def in_sentence(text: str) -> str:
    """Words as they stand within a sentence: “bằng khen”, and names as they are: “Sở Nội vụ”, “UBND các huyện”."""
    first, _, rest = text.partition(" ")
    is_name = len(first) > 1 and (first.isupper() or rest[:1].isupper())
    return text if is_name else text[:1].lower() + text[1:]


@lru_cache(maxsize=1024, typed=True)
def abbreviated(text: str) -> Markup:
    """A text, escaped, in which the abbreviations of public bodies carry their long forms."""
    return Markup(_ABBREVIATION.sub(_with_long_form, str(escape(text))))


def _with_long_form(match: re.Match[str]) -> str:
    return f'<abbr title="{ABBREVIATIONS[match[0]]}">{match[0]}</abbr>'


class _Environment(Environment):
    """An environment that translates the words of a template when it compiles it, not each time it renders."""

    def __init__(self, gettext: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self._translated = _Translated(gettext)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names every template has, as one dictionary, because each page begins with a copy of it."""
        return {**self.globals, **(d or {})}

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *options: Any) -> Any:
        tree = self.parse(source, name, filename) if isinstance(source, str) else source
        return super().compile(self._translated.visit(tree).set_environment(self), name, filename, *options)


class _Translated(NodeTransformer):
    """Puts the translation in the place of each call of `_`."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self._gettext = gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name the visitor looks for
        """The translation of `_("…")`, with the values named in it between its words."""
        self.generic_visit(node)
        message = node.args[0] if len(node.args) == 1 else None
        if isinstance(node.node, nodes.Name) and node.node.name == "_" and isinstance(message, nodes.Const):
            sentence = _sentence(self._gettext(message.value), {value.key: value.value for value in node.kwargs})
            return sentence.set_lineno(node.lineno) if sentence else node
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        """Text that is put together only to be shown is shown part by part."""
        self.generic_visit(node)
        node.nodes = [part for child in node.nodes for part in _parts(child)]
        return node


def _sentence(words: str, values: Mapping[str, nodes.Expr]) -> nodes.Expr | None:
    """A translation with values in their places; nothing if that is better left to Jinja."""
    pieces = _PLACE.split(words)
    texts, names = pieces[::2], pieces[1::2]
    if not values.keys() >= set(names) or any("%" in text.replace("%%", "") for text in texts):
        return None
    # The words are ours and safe; the values are escaped where they are shown.
    parts: list[nodes.Expr] = [nodes.MarkSafe(nodes.Const(text.replace("%%", "%"))) for text in texts]
    for n, name in enumerate(names):
        parts.insert(2 * n + 1, values[name])
    return nodes.Concat(parts) if names else parts[0]


def _parts(node: nodes.Expr) -> list[nodes.Expr]:
    return [part for child in node.nodes for part in _parts(child)] if isinstance(node, nodes.Concat) else [node]


class _Bytecode(BytecodeCache):
    """Compiled templates from build to build, sealed: bytecode is run, and Python does not check what it runs.

    They hold the words of one catalogue, `words`, as the code of this version put them in.
    """

    def __init__(self, folder: Path, words: str, key: bytes) -> None:
        self._folder, self._words, self._key = folder, words, key
        self._about = (code_version(), sys.implementation.cache_tag, words)

    def load_bytecode(self, bucket: Bucket) -> None:
        data = cache.read(self._file(bucket), *self._about, bucket.checksum, key=self._key)
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        data = bucket.bytecode_to_string()
        cache.write(self._file(bucket), data, *self._about, bucket.checksum, key=self._key)

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / blake2b(f"{bucket.key} {self._words}".encode(), digest_size=16).hexdigest()


def _bytecode_cache(edition: Edition) -> _Bytecode | None:
    """The cache of an edition's templates; none where no key can be kept outside the folder of caches."""
    key = _key(Path(sys.prefix)) if sys.prefix != sys.base_prefix else None
    words = edition.catalogue or edition.settings.language
    return _Bytecode(Path(edition.settings.cache) / "templates", words, key) if key else None


def _key(environment: Path) -> bytes | None:
    """The key of a virtual environment, made when it is first asked for: whoever can write it can exchange Python."""
    file = environment / "bulletins.key"
    with suppress(OSError):
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as new:
            new.write(os.urandom(_KEY))
    try:
        key = file.read_bytes()
    except OSError:
        return None
    return key if len(key) == _KEY else None
