"""The progress bar draws for people at a terminal and keeps quiet anywhere else."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from bulletins.making.bar import bar


def drawn(terminal: bool) -> str:
    """What stands on a console after two of three lines are made."""
    file = StringIO()
    with bar(Console(file=file, force_terminal=terminal, width=80)) as progress:
        for done in (1, 2):
            progress(done, 3)
    return file.getvalue()


def test_a_terminal_shows_how_many_of_how_many() -> None:
    assert "2/3" in drawn(terminal=True)


def test_a_log_file_is_spared() -> None:
    assert drawn(terminal=False) == ""
