"""Files of the program that cannot be whole, by table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.environment import ROOT
from tools.integrity import damaged


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.py", b"", "tệp trống / it is empty"),
        ("a.py", bytes(100), "chỉ có byte 0 / it is full of zero bytes"),
        ("a.py", b"x = 1\n" + bytes(10), "chỉ có byte 0 / it is full of zero bytes"),
        ("a.py", b"x = 1\ny =", "bị cắt ở cuối / its end is cut off"),
        ("a.html", b"", "tệp trống / it is empty"),
        ("a.woff2", bytes(100), "chỉ có byte 0 / it is full of zero bytes"),
        ("a.woff2", b"wOF2\0\0", ""),
        ("a.css", b"p {}", ""),
        ("py.typed", b"", ""),
    ],
)
def test_a_file_that_cannot_be_whole_is_named_with_the_reason(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    for folder in ("plugins", "themes", "tools"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(data)

    assert damaged(tmp_path) == (
        [f"{folder}/{name}: {why}" for folder in ("plugins", "themes", "tools")] if why else []
    )


def test_this_program_is_whole() -> None:
    assert damaged(ROOT) == []
