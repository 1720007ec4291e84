"""What the bench starts: a builder is a command of its own, and must find the project by itself."""

import os
import subprocess
from pathlib import Path

import pytest

from bench import builders, corpus
from bench.report import merged
from bulletins.reading.reader import Reader
from bulletins.reading.reading_cache import NOT_KEPT
from bulletins.reading.register import read_register
from bulletins.reading.sources import SourceFile
from bulletins.urls import Site
from tools.environment import ROOT


@pytest.mark.parametrize("make", [builders.ours, builders.ours_equal])
def test_a_builder_of_ours_comes_as_far_as_its_settings_by_its_own_command(
    make: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builders, "SCRATCH", tmp_path)
    assert callable(make)
    *command, _, content, output, cache = make(1).command
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    nowhere = [*command, str(tmp_path / "nowhere.py"), content, output, cache]
    run = subprocess.run(nowhere, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "nowhere.py: không thấy tệp cấu hình" in run.stdout + run.stderr


def test_a_report_takes_the_place_of_its_own_section_and_what_was_written_by_hand_stays() -> None:
    before = "# Results\n\nOld words.\n\n## 1,000 bulletins\n\nold\n\n## Why\n\nby hand\n"
    after = merged(before, "# Results\n\nNew words.", "## 1,000 bulletins\n\nnew\n")
    assert after == "# Results\n\nNew words.\n\n## 1,000 bulletins\n\nnew\n\n## Why\n\nby hand\n"


@pytest.mark.parametrize("n", [1, 2, 3, 4, 79, 80, 400])
def test_a_corpus_tells_of_the_years_of_its_bulletins_and_of_those_they_elect_for(n: int) -> None:
    facts = [(item.year, corpus.front_matter(item)) for item in corpus.items(n)]
    years = {year for year, _ in facts} | {
        decision["for_year"]
        for _, said in facts
        for decision in said.get("decisions", ())  # type: ignore[attr-defined]
        if "for_year" in decision
    }
    assert set(corpus.years(n)) == years


def test_texts_of_the_corpus_agree_with_their_facts_but_for_the_careless_ones(tmp_path: Path) -> None:
    n = corpus.CARELESS
    for path, text in corpus.register(n).items():
        corpus.write(tmp_path / path, text)
    register, _ = read_register(tmp_path / "register", tmp_path)
    reader = Reader.of(NOT_KEPT, register, Site(""))
    warned: list[bool] = []
    for item in map(corpus.item, range(n - 9, n)):
        path, text = corpus.as_ours(item)
        corpus.write(tmp_path / path, text)
        warned.append(bool(reader.read(SourceFile(tmp_path / path, path), {}).mistakes))
    assert warned == [False] * 8 + [True]
