"""Publications by the command that staff use, each after a copy of the one before."""

from __future__ import annotations

import json
import shutil
from typing import Any

from tests.site.conftest import Project

SENTENCE = "content/bulletins/2023/khoi-1-2023-pact/index.md"


def publish(site: Project, moment: int, first: bool = False) -> Any:
    """Build as a publication after the copy in `memory`, and keep what was built as the next copy."""
    setting = "BULLETINS_FIRST=true" if first else f"BULLETINS_MEMORY={json.dumps(str(site.folder / 'memory'))}"
    done = site.build(setting, SOURCE_DATE_EPOCH=str(moment))
    if done.returncode == 0:
        shutil.rmtree(site.folder / "memory", ignore_errors=True)
        shutil.copytree(site.output, site.folder / "memory")
    return done


def log(site: Project) -> list[tuple[str, str | None]]:
    page = json.loads((site.output / "api/v1/changes/1.json").read_bytes())
    return [(item["type"], item["object"] and item["object"]["identifier"]) for item in page["orderedItems"]]


def test_a_site_is_published_again_and_again_by_what_is_published(sample: Project) -> None:
    assert publish(sample, 1_800_000_000, first=True).returncode == 0
    files = sample.files()
    assert publish(sample, 1_800_000_100).returncode == 0
    assert sample.files() == files

    path = next(sample.folder.glob("content/bulletins/**/khoi-1-2023-pact/index.md"))
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n\nThêm một câu.\n", encoding="utf-8")
    assert publish(sample, 1_800_000_200).returncode == 0
    assert log(sample) == [("Refresh", None), ("Update", "khoi-1-2023-pact")]

    shutil.rmtree(path.parent)
    refused = publish(sample, 1_800_000_300)
    assert refused.returncode == 1
    assert "[W3]" in refused.stderr


def test_a_publication_that_cannot_see_the_last_one_says_so_and_stops(sample: Project) -> None:
    done = publish(sample, 1_800_000_000)

    assert done.returncode != 0
    assert "--first" in done.stderr
    assert not sample.output.exists()
