"""Templates are plain Jinja, however they are compiled."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import jinja2
import pytest
from jinja2.bccache import Bucket

from bulletins.pages import environment as environments
from bulletins.pages.edition import Theme, edition
from bulletins.pages.environment import environment
from bulletins.settings import Settings
from tests.pages.builders import SETTINGS, THEME, full_library, made, planned

HOSTILE = """<i> & "it's" """
ESCAPED = "&lt;i&gt; &amp; &#34;it&#39;s&#34; "


def rendered(source: str, settings: Settings = SETTINGS) -> str:
    """What our environment makes of a template that is given a hostile text as `x`."""
    return environment(edition(Theme(THEME), settings, ())).from_string(source).render(x=HOSTILE)


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("{{ x }}", ESCAPED),
        ("{{ x|safe }}", HOSTILE),
        ("{{ '<' ~ x }}", f"&lt;{ESCAPED}"),
        ("{{ 1 }} {{ 1.5 }} {{ true }} {{ none }}", "1 1.5 True None"),
        ("{% autoescape false %}{{ x }}{% endautoescape %}", HOSTILE),
        ("{% block one %}{{ x }}{% block two %}2{% endblock %}{% endblock %}{{ self.two() }}", f"{ESCAPED}22"),
        ('{{ ngettext("%(num)s <b>", "%(num)s", 1) }}', "1 <b>"),
    ],
)
def test_what_is_shown_is_escaped_unless_it_is_marked_as_safe(source: str, page: str) -> None:
    assert rendered(source) == page


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ('{{ _("Ảnh: %(credit)s", credit=x) }}', f"Ảnh: {ESCAPED}"),
        ('{{ _("<b>%(a)s</b>, 100 %%, %(a)s", a=1) }}', "<b>1</b>, 100 %, 1"),
        ('{% set told = _("“%(title)s”", title=x) %}{{ told }}', f"“{ESCAPED}”"),
        ('{{ _("%(a)s%(b)s", a=x|safe, b=_("<b>")) }}', f"{HOSTILE}<b>"),
    ],
)
def test_a_translation_is_safe_and_the_values_in_it_are_escaped(source: str, page: str) -> None:
    assert rendered(source) == page


def test_a_translation_without_its_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="credit"):
        rendered('{{ _("Ảnh: %(credit)s") }}')


def test_addresses_are_those_of_the_site_that_is_built() -> None:
    below = Settings(site_url="https://thidua.example.vn/duoi")

    assert rendered("{{ urls.BLOCS|link }} {{ urls.theme('a.css')|link }}") == "/khoi/ /theme/a.css"
    assert rendered("{{ urls.BLOCS|link }} {{ urls.HOME|absolute }}", below) == f"/duoi/khoi/ {below.site_url}/"


def test_an_error_names_the_line_of_the_template(tmp_path: Path) -> None:
    theme = _copy(tmp_path)
    page = theme / "templates" / "not_found.html"
    page.write_text('{% block main %}\n{{ _("Ảnh: %(credit)s", credit=1) }}\n{{ nobody }}{% endblock %}', "utf-8")

    with pytest.raises(jinja2.UndefinedError) as raised:
        made(full_library("Chữ"), theme=theme)
    assert (page, 3) in [(entry.path, entry.lineno + 1) for entry in raised.traceback]


def test_a_template_that_changed_while_the_program_runs_is_taken_anew(tmp_path: Path) -> None:
    theme = _copy(tmp_path)
    before = made(full_library("Chữ"), theme=theme)["404.html"]
    with (theme / "templates" / "emblem.svg").open("a", encoding="utf-8") as file:
        file.write("<!-- changed -->")

    assert before.count(b"changed") == 0
    assert made(full_library("Chữ"), theme=theme)["404.html"].count(b"changed") == 1


def test_no_page_is_made_from_a_template_that_was_edited_after_it_was_planned(tmp_path: Path) -> None:
    theme = _copy(tmp_path)
    lines = planned(full_library("Chữ"), theme=theme)
    with (theme / "templates" / "base.html").open("a", encoding="utf-8") as file:
        file.write("<!-- changed -->")

    with pytest.raises(environments.Edited):
        lines[0].make(*lines[0].inputs)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_the_one_that_jinja_alone_would_make(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(site_url="https://thidua.example.vn/duoi", language=language)
    ours = made(full_library(HOSTILE), settings)
    monkeypatch.setattr(environments, "_Environment", lambda gettext, **options: jinja2.Environment(**options))
    environment.cache_clear()
    stock = made(full_library(HOSTILE), settings)
    environment.cache_clear()

    assert stock == ours


def compiled(cache: Path) -> tuple[dict[str, bytes], list[Path]]:
    """The site as a new process makes it with this folder of caches, and the compiled templates there."""
    environment.cache_clear()
    files = made(full_library("Chữ"), Settings(cache=str(cache)))
    environment.cache_clear()
    return files, sorted((cache / "templates").iterdir())


def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates whose bytecode is run from now on."""
    names: list[str] = []
    load = Bucket.bytecode_from_string

    def noted(bucket: Bucket, data: bytes) -> None:
        names.append(bucket.key)
        load(bucket, data)

    monkeypatch.setattr(Bucket, "bytecode_from_string", noted)
    return names


def test_compiled_templates_are_taken_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, files = compiled(tmp_path)
    run = loads(monkeypatch)

    assert compiled(tmp_path)[0] == first
    assert len(run) == len(files) > 0


def test_a_flipped_bit_in_a_compiled_template_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, files = compiled(tmp_path)
    for n, file in enumerate(files):
        data = bytearray(file.read_bytes())
        data[(n * 7919) % len(data)] ^= 1 << n % 8
        file.write_bytes(data)
    run = loads(monkeypatch)

    assert compiled(tmp_path)[0] == first
    assert run == []


@pytest.mark.parametrize("change", ["code_version", "_key"])
def test_compiled_templates_of_other_code_or_another_installation_are_never_run(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled(tmp_path)
    monkeypatch.setattr(environments, change, {"code_version": lambda: "other", "_key": lambda _: b"k" * 32}[change])
    run = loads(monkeypatch)
    compiled(tmp_path)

    assert run == []


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    key = environments._key(tmp_path)

    assert key is not None and len(key) == 32
    assert environments._key(tmp_path) == key
    assert (tmp_path / "bulletins.key").stat().st_mode & 0o777 == 0o600


def test_without_a_place_for_the_key_templates_are_compiled_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "file"))
    environment.cache_clear()
    made(full_library("Chữ"), Settings(cache=str(tmp_path / "cache")))
    environment.cache_clear()

    assert not (tmp_path / "cache").exists()


def _copy(folder: Path) -> Path:
    theme = folder / "theme"
    shutil.copytree(THEME, theme)
    return theme
