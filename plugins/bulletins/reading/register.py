"""The register's files: every host, bloc and unit, or every mistake in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from bulletins.domain.record import Resolver
from bulletins.domain.register import Bloc, Body, Directory, Host, Register, Unit
from bulletins.mistakes import Mistake
from bulletins.reading.bulletin import record
from bulletins.reading.frontmatter import Malformed, Tree, parse
from bulletins.reading.sources import Source, read_text

B = TypeVar("B", bound=Body)


def read_register(folder: Path, root: Path) -> tuple[Register, tuple[Mistake, ...]]:
    """The register of `hosts.yaml`, `blocs.yaml` and `units.yaml`; a missing file holds nothing."""
    mistakes: list[Mistake] = []
    hosts = _read(folder / "hosts.yaml", root, Host, {}, mistakes)
    knows_hosts = {"host": Directory(hosts).find}
    blocs = _read(folder / "blocs.yaml", root, Bloc, knows_hosts, mistakes)
    units = _read(folder / "units.yaml", root, Unit, knows_hosts, mistakes)
    if any(unit.replaced_by for unit in units):
        # Successors may stand further down: units are read once more, now that all their names are known.
        resolved = _read(folder / "units.yaml", root, Unit, {**knows_hosts, "unit": Directory(units).find}, mistakes)
        units = resolved if len(resolved) == len(units) else units
    return Register(hosts, blocs, units), tuple(dict.fromkeys(mistakes))


def _read(
    path: Path, root: Path, model: type[B], resolvers: Mapping[str, Resolver], mistakes: list[Mistake]
) -> list[B]:
    source = Source(path, path.relative_to(root).as_posix())
    if not path.is_file():
        return []
    try:
        entries = _entries(parse(source.name, read_text(source)))
    except Malformed as malformed:
        mistakes += malformed.mistakes
        return []
    mistakes += _same_ids(entries)
    return [body for entry in entries if (body := _body(entry, model, resolvers, mistakes))]


def _entries(tree: Tree) -> list[Tree]:
    if tree.data is None:
        return []
    if not isinstance(tree.data, list):
        raise Malformed(tree.mistake((), "Y6", "danh bạ là một danh sách, mỗi mục bắt đầu bằng `- id: …`"))
    return tree.entries()


def _body(entry: Tree, model: type[B], resolvers: Mapping[str, Resolver], mistakes: list[Mistake]) -> B | None:
    try:
        return record(entry, model, resolvers)
    except Malformed as malformed:
        mistakes += malformed.mistakes
        return None


def _same_ids(entries: list[Tree]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for entry in entries:
        body_id = entry.data.get("id") if isinstance(entry.data, dict) else None
        if isinstance(body_id, str) and body_id in seen:
            yield entry.mistake(("id",), "I1", f"mã `{body_id}` đã dùng cho một mục khác; mỗi mục một mã riêng")
        seen.add(str(body_id))
