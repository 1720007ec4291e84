"""Templates are plain Jinja, however they are compiled."""

from __future__ import annotations

import shutil
from pathlib import Path

import jinja2
import pytest

from bulletins.pages import environment as environments
from bulletins.pages.edition import edition
from bulletins.pages.environment import environment
from bulletins.settings import Settings
from tests.pages.builders import SETTINGS, THEME, full_library, made, planned

HOSTILE = """<i> & "it's" """
ESCAPED = "&lt;i&gt; &amp; &#34;it&#39;s&#34; "


def rendered(source: str, settings: Settings = SETTINGS) -> str:
    """What our environment makes of a template that is given a hostile text as `x`."""
    return environment(edition(THEME, settings, ())).from_string(source).render(x=HOSTILE)


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


MACRO = '{% macro box(a, b="b") %}<p>{{ a }}{{ b }}</p>{% endmacro %}'


@pytest.mark.parametrize(
    ("source", "page"),
    [
        (MACRO + "{{ box(x) }}", f"<p>{ESCAPED}b</p>"),
        (MACRO + "{{ box(1, 2) }}{{ box(1, b=2) }}{{ box(b=2, a=1) }}", "<p>12</p>" * 3),
        (MACRO + "{{ box(*[1, 2]) }}{{ box(box(1)) }}", "<p>12</p><p><p>1b</p>b</p>"),
        (
            "{% macro all(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ all(1, 2, b=3) }}",
            "1(2,){&#39;b&#39;: 3}",
        ),
        (
            "{% macro box() %}<p>{{ caller() }}</p>{% endmacro %}{% call box() %}{{ x }}{% endcall %}",
            f"<p>{ESCAPED}</p>",
        ),
    ],
)
def test_a_component_may_be_called_in_every_way_of_jinja(source: str, page: str) -> None:
    assert rendered(source) == page


def test_a_component_called_with_too_much_or_too_little_is_an_error() -> None:
    with pytest.raises(TypeError, match="box"):
        rendered(MACRO + "{{ box(1, 2, 3) }}")
    with pytest.raises(jinja2.UndefinedError, match="'a' was not provided"):
        rendered(MACRO + "{{ box() }}")


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


def test_compiled_templates_serve_only_the_code_and_the_site_they_were_made_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def checksum(**changes: str) -> str:
        cache = environment(edition(THEME, Settings(cache=str(tmp_path), **changes), ())).bytecode_cache
        assert cache is not None
        return cache.get_source_checksum("text")

    here = checksum(site_url="https://one.example")

    assert here != checksum(site_url="https://two.example")
    monkeypatch.setattr(environments, "code_version", lambda: "other")
    assert here != checksum(site_url="https://one.example")


def _copy(folder: Path) -> Path:
    theme = folder / "theme"
    shutil.copytree(THEME, theme)
    return theme
