"""The Jinja environment of an edition: what its templates can call, and how they become code.

Templates are plain Jinja. They are compiled so that a page costs little: what is known beforehand is worked out once,
and what stands thousands of times on a page takes the shortest way there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache, update_wrapper
from hashlib import blake2b
from json import JSONEncoder
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FunctionLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from bulletins import urls
from bulletins.domain import kinds
from bulletins.pages.edition import Edition
from bulletins.pages.version import code_version, sources, templates_digest
from bulletins.vietnamese.abbreviations import ABBREVIATIONS
from bulletins.vietnamese.dates import iso

MENU = (urls.HOME, urls.BLOCS, urls.UNITS, urls.YEARS, urls.GALLERIES)
_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(sorted(ABBREVIATIONS, key=len, reverse=True))})\b")
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
        bytecode_cache=_Compiled(edition),
        auto_reload=False,
    )
    env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(_filters(edition))
    env.policies.update({"json.dumps_function": JSONEncoder(ensure_ascii=False).encode, "json.dumps_kwargs": {}})
    env.globals.update(settings=edition.settings, pages=edition.pages, menu=MENU, urls=urls)
    return env


def _templates(edition: Edition) -> FunctionLoader:
    """The templates as the edition knows them: a page made from other ones would bear the version of these."""
    folder = edition.theme / "templates"
    texts = sources(folder)
    if templates_digest(texts) != edition.templates:
        raise Edited(f"{folder} changed during the build; build again")
    return FunctionLoader(lambda name: (texts[name], str(folder / name), None) if name in texts else None)


def _filters(edition: Edition) -> Mapping[str, Callable[..., Any]]:
    words, site = edition.words, edition.site
    root = site.link("")
    labels = {told.name: {term.code: words.label(term.code, told) for term in told} for told in kinds.ALL}
    return {
        "link": lambda address: f"{root}{address}",
        "absolute": site.absolute,
        "long_date": lru_cache(maxsize=1024)(words.long_date),
        "short_date": lru_cache(maxsize=1024)(words.short_date),
        "month": words.month,
        "number": words.number,
        "label": lambda code, vocabulary: labels[vocabulary][code],
        "abbr": abbreviated if words.vietnamese else escape,
        "iso": iso,
    }


@lru_cache(maxsize=1024, typed=True)
def abbreviated(text: str) -> Markup:
    """A text, escaped, in which the abbreviations of public bodies carry their long forms."""
    return Markup(_ABBREVIATION.sub(_with_long_form, str(escape(text))))


def _with_long_form(match: re.Match[str]) -> str:
    return f'<abbr title="{ABBREVIATIONS[match[0]]}">{match[0]}</abbr>'


def shown(value: object) -> str:
    """A value as it stands on a page: escaped, unless it is marked as safe."""
    # As `escape` does it; but most values need no escaping, and none need an object that says they were escaped.
    if type(value) is str:
        unsafe = "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
        return escape(value) if unsafe else value
    if type(value) is int:
        return str(value)
    return value if type(value) is Markup else escape(value)


def component(macro: Macro) -> Callable[..., str]:
    """A macro as a function that takes the short way when it is called with nothing but values in their order."""
    if macro.catch_kwargs or macro.catch_varargs or macro.caller:
        return macro
    make, wanted = macro._func, len(macro.arguments)
    unsaid = tuple((missing,) * (wanted - given) for given in range(wanted + 1))

    def called(*given: Any, **named: Any) -> str:
        if named or len(given) > wanted:
            return macro(*given, **named)
        return str.__new__(Markup, make(*given, *unsaid[len(given)]))

    return update_wrapper(called, macro, assigned=())


class _Generator(CodeGenerator):
    """Writes Jinja's code, but for what stands thousands of times on a page."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        self._components = {macro.name for macro in node.find_all(nodes.Macro)}
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A method or a component needs no context, so it is called as Python calls a function."""
        if forward_caller or not self._is_plain(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for given in node.args:
            self.visit(given, frame)
            self.write(", ")
        self.write(")")

    def _is_plain(self, node: nodes.Call) -> bool:
        """Whether a method or a component is called with nothing but values in their order."""
        called = node.node
        ours = isinstance(called, nodes.Name) and called.name in self._components
        return (ours or isinstance(called, nodes.Getattr)) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.component(")
        super().macro_def(macro_ref, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class _Environment(Environment):
    """An environment that translates the words of a template when it compiles it, not each time it renders."""

    code_generator_class = _Generator
    shown = staticmethod(shown)
    component = staticmethod(component)

    def __init__(self, gettext: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self._gettext = gettext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names every template has, as a dictionary: each page begins with a copy of it."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Known(self._gettext).visit(super()._parse(source, name, filename))
        tree.set_environment(self)
        return tree


class _Known(NodeTransformer):
    """Puts what is known already in the place of what would be asked for on every page: translations and addresses."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self._gettext = gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name the visitor looks for
        """The translation of `_("…")`, with the values named in it between its words."""
        self.generic_visit(node)
        said = node.args[0] if len(node.args) == 1 else None
        if isinstance(node.node, nodes.Name) and node.node.name == "_" and isinstance(said, nodes.Const):
            sentence = _sentence(self._gettext(said.value), {one.key: one.value for one in node.kwargs})
            return sentence.set_lineno(node.lineno) if sentence else node
        return node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        """An address that is the same on every page."""
        self.generic_visit(node)
        if isinstance(node.node, nodes.Name) and node.node.name == "urls":
            address = getattr(urls, node.attr, None)
            return nodes.Const(address, lineno=node.lineno) if isinstance(address, str) else node
        return node

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802
        """A block hands over its text as one piece, not each of its parts through every template that extends."""
        self.generic_visit(node)
        whole = nodes.FilterBlock(node.body, nodes.Filter(None, "safe", [], [], None, None))
        node.body = [whole.set_lineno(node.lineno)] if node.body else []
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
    said: list[nodes.Expr] = [nodes.MarkSafe(nodes.Const(text.replace("%%", "%"))) for text in texts]
    for n, name in enumerate(names):
        said.insert(2 * n + 1, values[name])
    return nodes.Concat(said) if names else said[0]


def _parts(node: nodes.Expr) -> list[nodes.Expr]:
    return [part for child in node.nodes for part in _parts(child)] if isinstance(node, nodes.Concat) else [node]


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates from build to build, in a folder that anybody may delete while a build goes on.

    They hold the words of one catalogue and the addresses of one site, as the code of this version knows them.
    """

    def __init__(self, edition: Edition) -> None:
        self._known = repr((edition.catalogue or edition.settings.language, edition.site))
        name = blake2b(self._known.encode(), digest_size=8).hexdigest()
        super().__init__(str(Path(edition.settings.cache) / "templates"), f"{name}-%s.bytecode")

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(f"{code_version()}{self._known}{source}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        Path(self.directory).mkdir(parents=True, exist_ok=True)
        super().dump_bytecode(bucket)
