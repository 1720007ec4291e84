"""The command line inside `.venv`: invoke, except that words it does not know are answered in one line."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from itertools import pairwise

from invoke import Exit, ParseError, Program, __version__

from tools.door import ROOT, STOPPED, STOPPED_LINE

LIST = "mọi lệnh / all commands: python3 tasks.py --list"

_UNKNOWN = re.compile(r"No idea what '(?P<word>.+)' is!")
_NO_VALUE = re.compile(r"Flag <Argument: (?P<name>\S+).*> needed value.*")
_LACKS = re.compile(r"'(?P<task>.+)' did not receive required positional arguments: (?P<names>.+)")
_NO_NUMBER = re.compile(r"invalid literal for int\(\) with base 10: '(?P<word>.*)'")


class Commands(Program):
    """Invoke's own program; what cannot be understood ends it with 2 and a line that says what to type instead."""

    def parse_collection(self) -> None:
        """Load the tasks; Ctrl-C is for the door, and not for invoke, which says nothing."""
        with _stoppable():
            super().parse_collection()

    def execute(self) -> None:
        """Run the tasks; as above."""
        with _stoppable():
            super().execute()

    def parse_tasks(self) -> None:
        """Take the words apart; raises `Exit` with the line."""
        try:
            super().parse_tasks()
        except ParseError as error:
            task = error.context
            known = list(task.flags if task and task.name else self.parser.contexts)
            raise Exit(not_understood(str(error), known), code=2) from error
        except ValueError as error:
            raise Exit(no_number(str(error), self.core.unparsed), code=2) from error


@contextmanager
def _stoppable() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as stopped:
        raise Exit(STOPPED_LINE, code=STOPPED) from stopped


def not_understood(error: str, known: Sequence[str]) -> str:
    """The line for a word that invoke does not know, with the nearest of the tasks or flags that may stand there."""
    match = _UNKNOWN.fullmatch(error)
    return _unknown(match["word"], known) if match else _incomplete(error)


def _unknown(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    meant = f"; có phải / did you mean “{near[0]}”?" if near else ";"
    return f"Không có “{word}” / There is no “{word}”{meant} {LIST}"


def _incomplete(error: str) -> str:
    """The line for a command that ends too early."""
    if match := _NO_VALUE.fullmatch(error):
        flag = f"--{match['name'].replace('_', '-')}"
        return f"Sau {flag} phải ghi một giá trị / {flag} needs a value behind it"
    if match := _LACKS.fullmatch(error):
        task, names = match["task"], match["names"].replace("'", "")
        return f"Lệnh {task} còn thiếu / {task} lacks: {names}; xem / see: python3 tasks.py {task} --help"
    return f"Lệnh chưa đủ hoặc thừa chữ / Not understood: {error}; {LIST}"


def no_number(error: str, words: Sequence[str]) -> str:
    """The line for a flag that wants a number and got something else; it stands among the words that were typed."""
    match = _NO_NUMBER.fullmatch(error)
    if not match:
        return f"{error}; {LIST}"
    wrong = match["word"]
    flags = [flag for flag, value in pairwise([*words, ""]) if value == wrong]
    joined = [word.partition("=")[0] for word in words if word.endswith(f"={wrong}")]
    return f"{(flags + joined or [''])[0]} “{wrong}”: phải là một số / must be a number"


_PLAIN_WORDS = {"import": "files", "check": "bulletin"}
"""What plain words behind a task are."""


def with_flags(words: Sequence[str]) -> list[str]:
    """`import a.txt b.docx` as invoke can read it, which takes a second plain word for another task."""
    flag = _PLAIN_WORDS.get(words[0])
    return [words[0], *(word if word.startswith("-") or not flag else f"--{flag}={word}" for word in words[1:])]


def run(words: Sequence[str]) -> int:
    """Run the tasks that these words name, or list them all; gives the exit code."""
    listed = not words or words[0] in ("-h", "--help", "help")  # no task asks for the list
    # invoke knows an option of one letter only as `-n`; people write `bench --n 1000`.
    tasks = ["--list"] if listed else [word[1:] if word.partition("=")[0] == "--n" else word for word in words]
    program = Commands(name="Invoke", binary="python3 tasks.py", binary_names=["invoke", "inv"], version=__version__)
    program.run(["invoke", "--search-root", str(ROOT), *with_flags(tasks)])
    return 0
