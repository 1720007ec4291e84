"""Settings are checked as a whole: a line for each that is wrong, with what to write instead."""

from __future__ import annotations

import pytest

from bulletins.settings import Settings, is_placeholder, public_address, wrong_settings


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("BULLETINS_PUBLISER", "Sở Mẫu", "did you mean BULLETINS_PUBLISHER?"),
        ("BULLETINS_LIST_LENGTH", "24", "wants a value such as 24"),
        ("BULLETINS_LIST_LENGTH", 0, "must be ≥ 1"),
        ("BULLETINS_PICTURE_QUALITY", 96, "must be 1–95"),
        ("BULLETINS_DRAFTS", "yes", "wants a value such as False"),
        ("BULLETINS_PICTURE_WIDTHS", 400, "wants a value such as (400, 800, 1600)"),
        ("BULLETINS_PICTURE_WIDTHS", [400, "800"], "wants a value such as (400, 800, 1600)"),
        ("TIMEZONE", "Europe/Paris", "hours are Việt Nam's: Asia/Ho_Chi_Minh"),
        ("BULLETINS_MESSAGES", "fr", "must be vi or en"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wanted(name: str, value: object, message: str) -> None:
    [line] = wrong_settings({name: value})

    assert line.startswith(name)
    assert line.endswith(message)


def test_right_settings_and_those_of_others_are_left_alone() -> None:
    assert wrong_settings({"BULLETINS_PICTURE_WIDTHS": [300], "BULLETINS_WORKERS": 0, "THEME": 7}) == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://thidua.example.vn", "https://thidua.example.vn"),
        ("https://thidua.example.vn/", "https://thidua.example.vn"),
        ("HTTPS://ThiDua.Example.VN/ban-tin/", "https://thidua.example.vn/ban-tin"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://bảntin.vn/thi-dua", "https://xn--bntin-v11b.vn/thi-dua"),
    ],
)
def test_a_public_address_stands_in_links_in_one_form(typed: str, address: str) -> None:
    assert public_address(typed) == address
    assert Settings.from_pelican({"SITEURL": typed}).site.root == address


@pytest.mark.parametrize(
    "typed",
    [
        "", "thidua.example.vn", "//thidua.example.vn", "ftp://thidua.example.vn", "https://", "https:///ban-tin",
        " https://thidua.example.vn", "https://thidua.example.vn ", '"https://thidua.example.vn"',
        "'https://thidua.example.vn'", "https://thidua.example.vn/ban tin", "https://thidua.example.vn/?a=1",
        "https://thidua.example.vn/#a", "https://thidua.example.vn?", "https://u@thidua.example.vn",
        "https://u:p@thidua.example.vn", "https://thidua.example.vn/index.html", "https://thidua.example.vn/../x",
        "https://thidua..vn", "https://-a.vn", "https://a_b.vn", "https://a.vn:port", "https://a.vn:99999",
        "https://[::1", "https://a.vn\n", "https://a.vn\\b", "https://a.vn/%2e%2e",
    ],
)  # fmt: skip
def test_an_address_that_would_break_every_link_is_refused(typed: str) -> None:
    [line] = wrong_settings({"SITEURL": typed})

    assert line.startswith("SITEURL = ")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://thidua.example.vn", True),
        ("http://localhost:8000", True),
        ("https://example.org/x", True),
        ("https://thidua.bentre.gov.vn", False),
        ("https://my-example.vn", False),
    ],
)
def test_an_example_is_known_from_an_address_of_an_office(address: str, expected: bool) -> None:
    assert is_placeholder(address) is expected
