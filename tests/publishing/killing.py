"""Publications killed at random moments: readers see the old release or the new one, and the next one goes out.

`python3 tasks.py faults --publish` runs many; `test_killing.py` runs a few.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.publishing.test_publication import TEXT, Office
from tests.site.conftest import ROOT

PUBLISH = """
import sys
from pathlib import Path
from tests.publishing.test_publication import Office
sys.exit(Office(Path(sys.argv[1])).publish())
"""


class Outcome(NamedTuple):
    """What readers saw after a kill (`old`, `new` or `broken`), after how many seconds, and how the next one ended."""

    seen: str
    seconds: float
    next_code: int


def tree(office: Office) -> dict[str, bytes]:
    """Every file that is shown."""
    current = office.public / "current"
    return {path.relative_to(current).as_posix(): path.read_bytes() for path in current.rglob("*") if path.is_file()}


def killed(office: Office, number: int, seconds: float) -> Outcome:
    """Edit a text, publish in a process that is killed with all its children, look, and publish again."""
    file, before = office.folder / TEXT, tree(office)
    file.write_text(f"{file.read_text(encoding='utf-8')}\nThêm câu thứ {number}.\n", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", PUBLISH, str(office.folder)], cwd=ROOT, start_new_session=True,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'plugins'}"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as child:  # fmt: skip
        time.sleep(seconds)
        os.killpg(child.pid, signal.SIGKILL)
    seen = tree(office)
    code = office.publish()
    after = tree(office)
    kind = "old" if seen == before else "new" if seen == after else "broken"
    return Outcome(kind, seconds, code if after != before else 9)


def kills(ways: int, seed: int, longest: float) -> list[Outcome]:
    """So many publications, killed at moments up to `longest` seconds after they were begun."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        office = Office.new(Path(folder) / "office")
        assert office.publish(first=True) == 0
        return [killed(office, number, chance.uniform(0.2, longest)) for number in range(ways)]


def main(ways: int, seed: int, longest: float) -> int:
    """Run them, and print what came of them; the exit code is 1 if anything was broken."""
    outcomes = kills(ways, seed, longest)
    print(dict(Counter(outcome.seen for outcome in outcomes)))
    wrong = [outcome for outcome in outcomes if outcome.seen == "broken" or outcome.next_code]
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
