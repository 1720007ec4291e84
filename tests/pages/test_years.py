"""Years and their ceremonies: what is counted is there, and reports of one ceremony that give several days say so."""

from __future__ import annotations

import pytest

from tests.builders import bulletin, library
from tests.pages.builders import made, said


@pytest.mark.parametrize("page", ["index.html", "nam/index.html"])
def test_a_year_that_is_known_by_a_ceremony_alone_is_listed_with_that(page: str) -> None:
    early = bulletin("ky-som", ceremony={"kinds": ["pact"], "date": "2022-12-30"})
    shown = said(made(library(bulletin(), early)), page)

    assert "Năm 2023 1 khối · 2 bản tin" in shown
    assert "Năm 2022 1 buổi lễ" in shown
    assert " 0 khối" not in shown
