"""Dossiers on file: only what changed is joined anew, and a summary answers as the dossier it stands for."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest import MonkeyPatch

from bulletins.domain.dossier import BulletinsByBlocYear, Dossier, dossiers
from bulletins.domain.lazy import DossierSummary
from bulletins.domain.model import Bulletin
from bulletins.reading import dossiers as on_file
from bulletins.reading.dossiers import dossiers_on_file
from bulletins.reading.reading_cache import Context, ReadingCache
from tests.builders import bulletin, library

# Under pytest-xdist the test process has threads of its own, of which Python warns before it forks.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

SEATS = {"head": "phong-mot", "deputies": ["phong-hai"], "members": {"complete": "có", "list": ["phong-mot"]}}


def pact(year: int, **fields: Any) -> Bulletin:
    told_of = {"years": {"pact": str(year)}, "bloc_years": [{"year": str(year), **SEATS}]}
    return bulletin(f"khoi-1-{year}-pact", **told_of, **fields)


def told(*bulletins: Bulletin) -> BulletinsByBlocYear:
    return library(*bulletins).by_bloc_year


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., ReadingCache]:
    """The reading cache as a command opens it."""

    def open_it(context: str = "1") -> ReadingCache:
        cache = ReadingCache(tmp_path / "readings.sqlite", Context("r", context), lost)
        cache.begin()
        return cache

    return open_it


@pytest.fixture
def joined(monkeypatch: MonkeyPatch) -> list[int]:
    """The years that have been joined since it was last cleared."""
    years: list[int] = []

    def noted(bloc: str, year: int, bulletins: Any) -> Dossier:
        years.append(year)
        return dossiers({(bloc, year): bulletins})[bloc, year]

    monkeypatch.setattr(on_file, "dossier", noted)
    return years


def lost(name: str) -> None:
    """No reading is to be had again."""


def as_kept(dossier: Dossier) -> list[object]:
    return [getattr(dossier, name) for name in DossierSummary._fields]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_summary_answers_as_the_dossier_it_stands_for(opened: Callable[..., ReadingCache], workers: int) -> None:
    bulletins = told(*map(pact, range(2001, 2061)))
    for answers in (dossiers_on_file(opened(), workers, bulletins), dossiers_on_file(opened(), workers, bulletins)):
        assert list(answers) == list(bulletins)
        for key, whole in dossiers(bulletins).items():
            assert as_kept(answers[key]) == as_kept(whole)
            assert (answers[key].id, answers[key].members, answers[key].pact) == (whole.id, whole.members, whole.pact)


def test_lists_ask_nothing_that_is_joined_for_them(opened: Callable[..., ReadingCache], joined: list[int]) -> None:
    bulletins = told(pact(2022), pact(2023))
    dossiers_on_file(opened(), 1, bulletins)
    joined.clear()
    answers = dossiers_on_file(opened(), 1, bulletins)

    assert [as_kept(dossier) for dossier in answers.values()]
    assert joined == []


def test_tables_ask_nothing_that_is_joined_for_them_and_get_what_the_dossier_says(
    opened: Callable[..., ReadingCache], joined: list[int]
) -> None:
    award = {"form": "giay_khen", "to": "collectives", "count": 3, "for": "thành tích", "year": 2022}
    bulletins = told(pact(2022, awards=[award], targets=[{"of": "cán bộ", "op": ">=", "value": 90}]), pact(2023))
    dossiers_on_file(opened(), 1, bulletins)
    joined.clear()
    answers = dossiers_on_file(opened(), 1, bulletins)
    figures = [(dossier.awards, dossier.targets, dossier.figures_digest) for dossier in answers.values()]

    assert joined == []
    assert figures == [(d.awards, d.targets, d.figures_digest) for d in dossiers(bulletins).values()]
    assert figures[0][0]


def test_figures_that_were_damaged_are_those_of_a_dossier_joined_anew(
    tmp_path: Path, opened: Callable[..., ReadingCache], joined: list[int]
) -> None:
    bulletins = told(pact(2022, targets=[{"of": "cán bộ", "op": ">=", "value": 90}]))
    dossiers_on_file(opened(), 1, bulletins)
    joined.clear()
    file = tmp_path / "readings.sqlite"
    file.write_bytes(file.read_bytes().replace(b'"value":90', b'"value":91'))
    answers = dossiers_on_file(opened(), 1, bulletins)

    assert answers["khoi-1", 2022].targets[0].fact.value == 90
    assert joined == [2022]


def test_only_the_years_of_a_changed_bulletin_are_joined_anew(
    opened: Callable[..., ReadingCache], joined: list[int]
) -> None:
    dossiers_on_file(opened(), 1, told(pact(2022), pact(2023)))
    joined.clear()
    changed = told(pact(2022), pact(2023, targets=[{"of": "cán bộ"}]))
    answers = dossiers_on_file(opened(), 1, changed)

    assert joined == [2023]
    assert {key: one.digest for key, one in answers.items()} == {k: one.digest for k, one in dossiers(changed).items()}


def test_one_that_was_damaged_is_joined_anew(
    tmp_path: Path, opened: Callable[..., ReadingCache], joined: list[int]
) -> None:
    bulletins = told(pact(2022), pact(2023))
    dossiers_on_file(opened(), 1, bulletins)
    joined.clear()
    file = tmp_path / "readings.sqlite"
    file.write_bytes(file.read_bytes().replace(b'"khoi-1",2022,"head"', b'"khoi-1",2022,"held"', 1))
    answers = dossiers_on_file(opened(), 1, bulletins)

    assert joined == [2022]
    assert answers["khoi-1", 2022].services == dossiers(bulletins)["khoi-1", 2022].services


def test_a_year_that_nobody_tells_of_any_more_leaves_the_file(opened: Callable[..., ReadingCache]) -> None:
    dossiers_on_file(opened(), 1, told(pact(2022), pact(2023)))
    dossiers_on_file(opened(), 1, told(pact(2023)))

    assert list(opened().dossiers()) == [("khoi-1", 2023)]


def test_with_other_code_every_dossier_is_joined_anew(opened: Callable[..., ReadingCache], joined: list[int]) -> None:
    for context in ("1", "2"):
        dossiers_on_file(opened(context), 1, told(pact(2022), pact(2023)))

    assert joined == [2022, 2023] * 2


def test_a_dossier_that_travelled_answers_as_it_did(opened: Callable[..., ReadingCache]) -> None:
    bulletins = told(pact(2023))
    answers = dossiers_on_file(opened(), 1, bulletins)

    arrived = pickle.loads(pickle.dumps(answers))["khoi-1", 2023]
    whole = dossiers(bulletins)["khoi-1", 2023]
    assert as_kept(arrived) == as_kept(whole)
    assert (arrived.members, arrived.figures_digest) == (whole.members, whole.figures_digest)


def test_without_a_file_they_are_joined_all_the_same(tmp_path: Path) -> None:
    bulletins = told(pact(2023))
    unprepared = ReadingCache(tmp_path, Context("r", "1"), lost)
    answers = dossiers_on_file(unprepared, 1, bulletins)

    assert as_kept(answers["khoi-1", 2023]) == as_kept(dossiers(bulletins)["khoi-1", 2023])
