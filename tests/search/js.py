"""The programs of the search page, run by Node outside a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

PROGRAMS = Path(__file__).parent.parent.parent / "themes" / "thidua" / "static" / "search"


def run(folder: Path, script: str, given: object) -> Any:
    """What a script prints as JSON; it may import the programs, and `given` is what it was given.

    Without Node the test is skipped, or fails where `CI` is set.
    """
    node = shutil.which("node")
    if node is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Node is missing")
    shutil.copytree(PROGRAMS, folder, dirs_exist_ok=True)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
    begin = 'import { readFileSync } from "node:fs";\nconst given = JSON.parse(readFileSync("given.json", "utf-8"));\n'
    (folder / "script.js").write_text(begin + script, encoding="utf-8")
    done = subprocess.run([str(node), "script.js"], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
