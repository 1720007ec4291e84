"""What browsers' judges say of pages as the public gets them: pa11y (axe and HTML CodeSniffer) and Lighthouse."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MEASURED = ("trang-chu", "ban-tin", "ho-so", "bo-anh", "nam", "tim-kiem")
"""The page types that Lighthouse measures (`tools/page_types.py`)."""

RUNS = 3
LEAST = 95
FLAGS = ("--no-sandbox", "--disable-gpu", "--headless=new")


class Browser(NamedTuple):
    """Chromium, and the folder with the programs of npm."""

    chromium: str
    programs: Path

    def program(self, name: str) -> str:
        return str(self.programs / "node_modules" / ".bin" / name)


def pa11y(browser: Browser, addresses: Mapping[str, str]) -> Iterator[str]:
    """What pa11y finds on these pages, light and narrow as it looks at them, by both of its engines."""
    config = browser.programs / "pa11y.json"
    launch = {"executablePath": browser.chromium, "args": list(FLAGS)}
    settings = {"runners": ["axe", "htmlcs"], "standard": "WCAG2AA", "timeout": 60_000, "chromeLaunchConfig": launch}
    config.write_text(json.dumps(settings), encoding="utf-8")
    for name, address in addresses.items():
        command = [browser.program("pa11y"), "--config", str(config), "--reporter", "json", address]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        yield from (f"{name}: {issue['code']}: {issue['context'][:160]}" for issue in _parsed(done))


def _parsed(done: subprocess.CompletedProcess[str]) -> list[Any]:
    """The issues; pa11y ends with 2 where it found some. Raises `RuntimeError` where it could not look."""
    if done.returncode not in (0, 2):
        raise RuntimeError(f"pa11y: {done.stderr.strip() or done.stdout.strip()}")
    issues: list[Any] = json.loads(done.stdout or "[]")
    return issues


class Scores(NamedTuple):
    """What Lighthouse gave one page: for each of its categories the points of each run, and the shift of its layout."""

    name: str
    points: Mapping[str, tuple[int, ...]]
    shifts: tuple[float, ...]

    @property
    def findings(self) -> list[str]:
        """What is below the least we take."""
        return [f"{self.name}: {category}: {points}" for category, points in self.points.items() if min(points) < LEAST]

    def __str__(self) -> str:
        points = ", ".join(f"{category} {' '.join(map(str, points))}" for category, points in self.points.items())
        return f"{self.name}: {points}; CLS {' '.join(f'{shift:.3f}' for shift in self.shifts)}"


def lighthouse(browser: Browser, name: str, address: str) -> Scores:
    """The page measured as often as `RUNS` says, on a slow telephone as Lighthouse imitates it."""
    reports = [_report(browser, address) for _ in range(RUNS)]
    points = {category: tuple(_points(report, category) for report in reports) for category in CATEGORIES}
    shifts = tuple(report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports)
    return Scores(name, points, shifts)


def _points(report: dict[str, Any], category: str) -> int:
    score: float = report["categories"][category]["score"]
    return round(100 * score)


def _report(browser: Browser, address: str) -> dict[str, Any]:
    command = [browser.program("lighthouse"), address, "--output=json", "--quiet"]
    command += [f"--chrome-flags={' '.join(FLAGS)}", f"--only-categories={','.join(CATEGORIES)}"]
    environment = {**os.environ, "CHROME_PATH": browser.chromium}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(f"lighthouse: {done.stderr.strip()}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report
