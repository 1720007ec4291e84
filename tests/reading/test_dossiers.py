"""Dossiers on file: only what changed is joined anew, and a summary answers as the dossier it stands for."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from pytest import MonkeyPatch

from bulletins.domain.dossier import Dossier, Told, dossiers
from bulletins.domain.filed import DOSSIER_SUMMARY, filed_bulletin, summary
from bulletins.domain.model import Bulletin
from bulletins.reading import dossiers as on_file
from bulletins.reading.dossiers import dossiers_on_file
from bulletins.reading.shelf import Damaged, Shelf
from tests.builders import bulletin, library

# Under pytest-xdist the test process has threads of its own, of which Python warns before it forks.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

SEATS = {"head": "phong-mot", "deputies": ["phong-hai"], "members": {"complete": "có", "list": ["phong-mot"]}}


def pact(year: int, **fields: Any) -> Bulletin:
    told_of = {"years": {"pact": str(year)}, "bloc_years": [{"year": str(year), **SEATS}]}
    return bulletin(f"khoi-1-{year}-pact", **told_of, **fields)


def told(*bulletins: Bulletin) -> Told:
    return library(*bulletins).by_bloc_year


@pytest.fixture
def joined(monkeypatch: MonkeyPatch) -> list[int]:
    """The years that have been joined since it was last cleared."""
    years: list[int] = []

    def noted(bloc: str, year: int, bulletins: Any) -> Dossier:
        years.append(year)
        return dossiers({(bloc, year): bulletins})[bloc, year]

    monkeypatch.setattr(on_file, "dossier", noted)
    return years


@pytest.mark.parametrize("workers", [1, 2])
def test_a_summary_answers_as_the_dossier_it_stands_for(tmp_path: Path, workers: int) -> None:
    given = told(*map(pact, range(2001, 2061)))
    found = dossiers_on_file(Shelf(tmp_path / "shelf", "1"), workers, given)

    assert list(found) == list(given)
    for key, whole in dossiers(given).items():
        assert [getattr(found[key], name) for name in DOSSIER_SUMMARY] == [getattr(whole, n) for n in DOSSIER_SUMMARY]
        assert (found[key].id, found[key].members, found[key].pact) == (whole.id, whole.members, whole.pact)


def test_lists_ask_nothing_that_is_joined_for_them(tmp_path: Path, joined: list[int]) -> None:
    given = told(pact(2022), pact(2023))
    dossiers_on_file(Shelf(tmp_path / "shelf", "1"), 1, given)
    joined.clear()
    found = dossiers_on_file(Shelf(tmp_path / "shelf", "1"), 1, given)

    assert [getattr(one, name) for one in found.values() for name in DOSSIER_SUMMARY]
    assert joined == []


def test_only_the_years_of_a_changed_bulletin_are_joined_anew(tmp_path: Path, joined: list[int]) -> None:
    dossiers_on_file(Shelf(tmp_path / "shelf", "1"), 1, told(pact(2022), pact(2023)))
    joined.clear()
    changed = told(pact(2022), pact(2023, targets=[{"of": "cán bộ"}]))
    found = dossiers_on_file(Shelf(tmp_path / "shelf", "1"), 1, changed)

    assert joined == [2023]
    assert {key: one.digest for key, one in found.items()} == {key: o.digest for key, o in dossiers(changed).items()}


def test_a_year_that_nobody_tells_of_any_more_leaves_the_file(tmp_path: Path) -> None:
    dossiers_on_file(Shelf(tmp_path / "shelf", "1"), 1, told(pact(2022), pact(2023)))
    dossiers_on_file(Shelf(tmp_path / "shelf", "1"), 1, told(pact(2023)))

    assert [row.key for row in Shelf(tmp_path / "shelf", "1").dossiers()] == [("khoi-1", 2023)]


def test_with_other_code_every_dossier_is_joined_anew(tmp_path: Path, joined: list[int]) -> None:
    for context in ("1", "2"):
        dossiers_on_file(Shelf(tmp_path / "shelf", context), 1, told(pact(2022), pact(2023)))

    assert joined == [2022, 2023] * 2


def test_a_dossier_travels_whole(tmp_path: Path) -> None:
    given = told(pact(2023))
    found = dossiers_on_file(Shelf(tmp_path / "shelf", "1"), 1, given)

    assert pickle.loads(pickle.dumps(found)) == dossiers(given)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_turns_out_to_be_damaged_is_said_to_be(tmp_path: Path, workers: int) -> None:
    def lost(name: str, digest: str) -> Bulletin:
        raise Damaged

    filed = [filed_bulletin(summary(pact(year)), str(year), lost) for year in range(2001, 2061)]
    with pytest.raises(Damaged):
        dossiers_on_file(Shelf(tmp_path / "shelf", "1"), workers, told(*filed))
