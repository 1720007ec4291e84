"""The command line inside `.venv`: invoke, except that words it does not know are answered in one line."""

import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches

from invoke import Exit, ParseError, Program, __version__

LIST = "mọi lệnh / all commands: python3 tasks.py --list"

_UNKNOWN = re.compile(r"No idea what '(?P<word>.+)' is!")
_NO_NUMBER = re.compile(r"invalid literal for int\(\) with base 10: (?P<word>.+)")


class Commands(Program):
    """Invoke's own program; what cannot be understood ends it with 2 and a line that says what to type instead."""

    def parse_tasks(self) -> None:
        """Take the words apart; raises `Exit` with the line."""
        try:
            super().parse_tasks()
        except ParseError as error:
            task = error.context
            known = task.flags if task and task.name else self.parser.contexts
            raise Exit(not_understood(str(error), known), code=2) from error
        except ValueError as error:
            raise Exit(no_number(str(error)), code=2) from error


def not_understood(error: str, known: Iterable[str]) -> str:
    """The line for a word that invoke does not know, with the nearest of the tasks or flags that may stand there."""
    found = _UNKNOWN.fullmatch(error)
    if not found:
        return f"Lệnh chưa đủ hoặc thừa chữ / Not understood: {error}; {LIST}"
    word = found["word"]
    near = get_close_matches(word, [name for name in known if isinstance(name, str)], n=1)
    meant = f"; có phải / did you mean “{near[0]}”?" if near else ";"
    return f"Không có “{word}” / There is no “{word}”{meant} {LIST}"


def no_number(error: str) -> str:
    """The line for a flag that wants a number and got something else."""
    found = _NO_NUMBER.fullmatch(error)
    return f"{found['word'] if found else error}: phải là một số / must be a number, --port 8080; {LIST}"


if __name__ == "__main__":
    Commands(name="Invoke", binary="inv[oke]", binary_names=["invoke", "inv"], version=__version__).run()
    sys.exit()
