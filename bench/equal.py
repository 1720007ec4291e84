"""Equal work: the corpus as the Hugo site reads it that makes the same files as ours, and ours without what that lacks.

`python -m bench.equal <settings> <content> <output> <caches>` builds with this project what `hugo-equal/` makes too:
without the search index, English pages, statistics, feeds, calendars, tables, lists of documents and movements, and the
files of other standards. The catalogue stays; Hugo makes it as one file.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bench import corpus
from bench.corpus import Item

STATICS = ("theme", "api/v1/schemas", "api/v1/vocab")
"""Folders of ours that Hugo copies as they are."""


def as_hugo(item: Item) -> tuple[str, str]:
    """Path and text of an item as that site reads it: facts as ours has them, and four taxonomies an author states."""
    facts = {name: value for name, value in corpus.front_matter(item).items() if name not in ("published", "title")}
    return f"posts/{item.id}.md", f"---\n{corpus.as_yaml(_taxonomies(item, facts) | facts)}---\n\n{item.body}"


def _taxonomies(item: Item, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Bloc, dossiers, units and year, which ours finds out by itself."""
    bloc = facts["bloc"]
    years = [item.year, *(decision["for_year"] for decision in facts.get("decisions", ()) if "for_year" in decision)]
    return {
        "title": item.title,
        "date": f"{item.date}T08:30:00+07:00",
        "khoi": [bloc],
        "ho-so": [f"{bloc}/{year}" for year in years],
        "don-vi": list(facts["bloc_years"][0]["members"]["list"]),
        "nam": [str(item.year)],
    }


def write_site(home: Path, layouts: Path, n: int, statics: Path) -> None:
    """Write all of a Hugo site but its bulletins; `statics` is a site of ours, `layouts` the folder of layouts."""
    shutil.copytree(layouts, home, dirs_exist_ok=True)
    for name, rows in _data(n, statics):
        corpus.write(home / "data" / f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=1))
    for year in corpus.years(n):
        corpus.write(home / "content" / "nam" / str(year) / "_index.md", f'---\ntitle: "{year}"\n---\n')
    corpus.write(home / "content" / "anh.md", "---\ntitle: Thư viện ảnh\nlayout: anh\noutputs: [html]\n---\n")
    for folder in STATICS:
        shutil.copytree(statics / folder, home / "static" / folder)
    shutil.copy(statics / "robots.txt", home / "static" / "robots.txt")


def _data(n: int, statics: Path) -> Iterator[tuple[str, Any]]:
    """The register, and the words for codes, as Hugo's data."""
    for path, text in corpus.register(n).items():
        yield Path(path).stem, {row["id"]: row for row in yaml.safe_load(text)}
    documents = [json.loads(path.read_bytes()) for path in sorted((statics / "api/v1/vocab").glob("*.json"))]
    yield (
        "labels",
        {
            d["id"].replace("-", "_"): {term["code"]: term["vi"] for term in d["terms"]}
            for d in documents
            if "terms" in d
        },
    )


def main(arguments: Sequence[str]) -> int:
    """Build a site of these folders (settings, content, output, cache) without what Hugo's lacks."""
    import time

    from bulletins.indexes import documents
    from bulletins.pages import plan as pages
    from bulletins.shortcut.site import Site
    from tools import whole
    from tools.building import request_for

    def nothing(*_: object) -> tuple[()]:
        return ()

    left_out = (pages.english_pages, pages.data_pages)
    pages.PAGES = tuple(lay_out for lay_out in pages.PAGES if lay_out not in left_out)
    pages.statistics_pages = nothing  # type: ignore[assignment]
    documents._subscriptions = documents._of_other_formats = nothing  # type: ignore[assignment]
    documents._cited = documents._movements = nothing  # type: ignore[assignment]
    settings, *folders = arguments
    request = request_for(Site(settings, *map(Path, folders)), time.time_ns())
    without_search = {**request["overrides"], "BULLETINS_SEARCH": False}
    return whole.exit_code(whole.main({**request, "overrides": without_search}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
