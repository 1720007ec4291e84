"""The command `check`: Pelican reads the content and stops there, and its exit code becomes one that scripts expect."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bulletins.reading.report import FOUND
from tools.environment import ROOT

ERRORS, COULD_NOT_RUN = 1, 2
_CODES = {0: 0, FOUND: ERRORS}


def check(*, as_json: bool, english: bool, fix: bool, root: Path = ROOT) -> int:
    """Check the content of the project in `root`: 0 without errors, 1 with errors, 2 if the check could not run.

    `fix` first mends what is safe, and shows each change.
    """
    if fix:
        from bulletins.reading.mending import mend_content

        mended = mend_content(root / "content", root)
        # An editor that asked for JSON gets nothing else on standard output.
        print(*mended, sep="\n", end="\n" if mended else "", file=sys.stderr if as_json else sys.stdout, flush=True)
    settings = {"BULLETINS_CHECK_ONLY": "json" if as_json else True}
    if english:
        settings["BULLETINS_MESSAGES"] = "en"
    said = [f"{name}={json.dumps(value)}" for name, value in settings.items()]
    command = [sys.executable, "-m", "pelican", "content", "-s", "publishconf.py", "-e", *said]
    return _CODES.get(subprocess.run(command, cwd=root, check=False).returncode, COULD_NOT_RUN)
