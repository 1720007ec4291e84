"""The command `check`: Pelican reads the content and stops there, and its exit code becomes one that scripts expect."""

from __future__ import annotations

import sys
from pathlib import Path

from bulletins.listing import FOUND
from tools import whole
from tools.door import COULD_NOT_RUN, ROOT

ERRORS = 1
_CODES = {0: 0, FOUND: ERRORS}


def check(*, as_json: bool, english: bool, fix: bool, root: Path = ROOT) -> int:
    """Check the content of the project in `root`: 0 without errors, 1 with errors, 2 if the check could not run.

    `fix` first mends what is safe, and shows each change.
    """
    if fix:
        from bulletins.writing.mending import mend_content

        mended = mend_content(root / "content", root)
        # An editor that asked for JSON gets nothing else on standard output.
        print(*mended, sep="\n", end="\n" if mended else "", file=sys.stderr if as_json else sys.stdout, flush=True)
    settings: dict[str, str | bool] = {"BULLETINS_CHECK_ONLY": "json" if as_json else True}
    if english:
        settings["BULLETINS_MESSAGES"] = "en"
    code = whole.run(whole.command("publishconf.py", {**settings, "PATH": str(root / "content")}), root)
    return _CODES.get(code, COULD_NOT_RUN)
