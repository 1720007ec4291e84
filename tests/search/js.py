"""The programs of the search page, run by Node outside a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest

PLAYWRIGHTS = Path(playwright.__file__).parent / "driver"
PROGRAMS = Path(__file__).parent.parent.parent / "themes" / "thidua" / "static" / "search"


def run(folder: Path, script: str, given: object) -> Any:
    """What a script prints as JSON; it may import the programs, and `given` is what it was given.

    Node is the one on PATH, or else the one that Playwright brings along.
    """
    node = shutil.which("node") or shutil.which("node", path=PLAYWRIGHTS)
    if node is None:
        pytest.skip("Node is not installed")
    shutil.copytree(PROGRAMS, folder, dirs_exist_ok=True)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
    begin = 'import { readFileSync } from "node:fs";\nconst given = JSON.parse(readFileSync("given.json", "utf-8"));\n'
    (folder / "script.js").write_text(begin + script, encoding="utf-8")
    done = subprocess.run([node, "script.js"], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
