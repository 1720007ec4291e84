"""The index of some content as it would be published, and searches in it by the page's own programs."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bulletins.domain.library import Library
from bulletins.plan import laid_out
from bulletins.reading.content import read_content
from bulletins.search.index import Index, layout
from bulletins.search.plan import plan
from bulletins.search.store import Store
from bulletins.settings import Settings
from bulletins.vietnamese.abbreviations import ABBREVIATIONS
from tests.search.js import run

NOW = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)

ASK = """
import { find, Index, shown } from "./query.js";
import { parse } from "./terms.js";
const loaded = new Set();
const index = new Index(given.about, async (path) => {
  loaded.add(path);
  return JSON.parse(readFileSync(`index/${path.split("?")[0]}`, "utf-8"));
}, given.abbreviations);
const answers = [];
for (const [query, facets, wide] of given.queries) {
  const found = await find(index, parse(query), facets, wide);
  const answer = { mended: found.mended?.runs.flat().join(" ") ?? null };
  for (const [name, hits] of Object.entries(shown(found))) {
    answer[name] = await index.ids(hits.map((hit) => hit.number));
  }
  answers.push(answer);
}
console.log(JSON.stringify({ answers, loaded: [...loaded] }));
"""


def read(content: Path, **settings: Any) -> Library:
    """The library of a content folder, which has no mistakes."""
    found = read_content(content, content.parent, Settings(**settings), NOW)
    assert not [mistake for mistake in found.mistakes if mistake.level == "error"]
    return found.library


def index_of(library: Library, store: Path, *, recipients: bool = False) -> Index:
    return Index(library, layout(library), recipients, Store(store), "v")


def files(index: Index) -> dict[str, bytes]:
    """Every file of the index by its path below `/tim-kiem/chi-muc/`."""
    made = {}
    for line in laid_out(plan(index, workers=1)):
        for path, data in zip(line.paths, line.make(*line.inputs), strict=True):
            made[path.removeprefix("tim-kiem/chi-muc/")] = data
    return made


def ask(folder: Path, index: Index, queries: Iterable[tuple[str, list[str], bool]]) -> dict[str, Any]:
    """What the page's programs answer to queries with facets, searched for widely or not, and what they loaded."""
    write(folder / "index", files(index))
    given = {"about": json.loads(index.layout.about), "queries": list(queries), "abbreviations": dict(ABBREVIATIONS)}
    return run(folder, ASK, given)  # type: ignore[no-any-return]


def write(folder: Path, made: Mapping[str, bytes]) -> None:
    for path, data in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
