"""The register's files: every host, bloc and unit, or every mistake in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from bulletins.domain.record import Resolver
from bulletins.domain.register import Bloc, Directory, Host, MovementEntry, Register, RegisterEntry, Unit
from bulletins.mistakes import Mistake
from bulletins.reading import messages
from bulletins.reading.bulletin import record
from bulletins.reading.fields import text_fields
from bulletins.reading.folders import folders
from bulletins.reading.frontmatter import Malformed, Tree, parse
from bulletins.reading.refused_entries import stand_in, torn
from bulletins.reading.rules.entries import of_entry, told_apart
from bulletins.reading.sources import LARGEST_REGISTER, SourceFile, meant_text, read_text

E = TypeVar("E", bound=RegisterEntry)
S = TypeVar("S", Host, Bloc, Unit, MovementEntry)

FILES = ("hosts.yaml", "blocs.yaml", "units.yaml", "movements.yaml")


VERBATIM = text_fields(Host, Bloc, Unit, MovementEntry)


def read_register(folder: Path, root: Path) -> tuple[Register, tuple[Mistake, ...]]:
    """The register of `hosts.yaml`, `blocs.yaml`, `units.yaml` and `movements.yaml`; a missing file holds nothing."""
    mistakes: list[Mistake] = [*_strays(folder, root)]
    knows: dict[str, Resolver] = {}
    hosts = _read_with_successors(folder / "hosts.yaml", root, Host, "host", knows, mistakes)
    blocs = _read_with_successors(folder / "blocs.yaml", root, Bloc, "bloc", knows, mistakes)
    units = _read_with_successors(folder / "units.yaml", root, Unit, "unit", knows, mistakes)
    movements = _read_with_successors(folder / "movements.yaml", root, MovementEntry, "movement", knows, mistakes)
    return Register(hosts, blocs, units, movements), tuple(dict.fromkeys(mistakes))


def _read_with_successors(
    path: Path, root: Path, model: type[S], kind: str, knows: dict[str, Resolver], mistakes: list[Mistake]
) -> list[S]:
    """The entries of a file, whose names are known from then on as those of a `kind`."""
    entries = _read(path, root, model, knows, mistakes)
    knows[kind] = Directory(entry for entry in entries if not entry.withdrawn).find
    if not any(entry.replaced_by or getattr(entry, "split_from", ()) for entry in entries):
        return entries
    # Successors may stand further down: entries are read once more, now that all their names are known.
    return _read(path, root, model, knows, mistakes)


def _strays(folder: Path, root: Path) -> Iterator[Mistake]:
    """What looks like the register and would be passed over: `units.yml`, `blocs (1).yaml`, a folder, a link."""
    for place in folders(folder, root):
        yield from place.mistakes
        top = folder.relative_to(root).as_posix()
        is_deeper = place.name != top
        for name in place.files:
            if (is_deeper or name not in FILES) and _seems_ours(name):
                yield _stray(f"{place.name}/{name}", folder, top)
        for name in place.left:
            file = _meant_for(name)
            if file and file not in place.files and not is_deeper:
                yield _stray(f"{place.name}/{name}", folder, top)
    for file in FILES:
        if (folder / file).is_dir() and not (folder / file).is_symlink():
            yield messages.NO_FILE.at((folder / file).relative_to(root).as_posix(), 1, 1)


def _stray(name: str, folder: Path, top: str) -> Mistake:
    """What is told of a file that would be passed over: to be compared, or, where there is no other, renamed or moved.

    `top` is the name of the register's folder, as `name` begins.
    """
    place, _, typed = name.rpartition("/")
    file = _meant_for(typed)
    if file and not (folder / file).exists():
        if place != top:
            return messages.REGISTER_MOVED.at(name, 1, 1, file=f"{top}/{file}")
        return messages.REGISTER_RENAMED.at(name, 1, 1, file=file)
    return messages.NOT_IN_REGISTER.at(name, 1, 1, names=", ".join(FILES))


def _meant_for(name: str) -> str:
    """The register's file whose whole name begins this one: `units.yaml.txt`, `Units.yaml`; or nothing."""
    plain = name.casefold().strip(".").replace(".yml", ".yaml")
    return next((known for known in FILES if plain.startswith(known)), "")


def _seems_ours(name: str) -> bool:
    """Whether a file is YAML, or is named as one of the register's but for its ending."""
    stem = re.split(r"[ .(_-]", name.casefold().lstrip("."))[0]
    return name.casefold().endswith((".yaml", ".yml")) or f"{stem}.yaml" in FILES


def _read(
    path: Path, root: Path, model: type[E], resolvers: Mapping[str, Resolver], mistakes: list[Mistake]
) -> list[E]:
    source = SourceFile(path, path.relative_to(root).as_posix())
    if not path.is_file() or path.is_symlink():
        return []
    try:
        decoded = read_text(source, LARGEST_REGISTER)
    except Malformed as malformed:
        mistakes += malformed.mistakes
        return _stand_ins(source.name, meant_text(path) or "", model, resolvers)
    mistakes += decoded.warnings
    try:
        trees = _trees(parse(source.name, decoded.text, verbatim=VERBATIM))
    except Malformed as malformed:
        mistakes += malformed.mistakes
        return _stand_ins(source.name, decoded.text, model, resolvers)
    mistakes += _same_ids(trees)
    read = [(tree, _entry(tree, model, resolvers, mistakes)) for tree in trees]
    good = [(tree, entry) for tree, entry in read if not isinstance(entry, Malformed)]
    mistakes += told_apart(good)
    refused = (stand_in(tree.data, why.mistakes, model, resolvers) for tree, why in read if isinstance(why, Malformed))
    return _first_of_each_id([*(entry for _, entry in good), *(entry for entry in refused if entry)])


def _stand_ins(name: str, text: str, model: type[E], resolvers: Mapping[str, Resolver]) -> list[E]:
    """What can be made out of the entries of a broken file, so that not every name in every bulletin is refused."""
    left = (stand_in(typed, (), model, resolvers) for typed in torn(name, text, VERBATIM))
    return _first_of_each_id([entry for entry in left if entry])


def _first_of_each_id(entries: list[E]) -> list[E]:
    """Of several with one id the first stands, so that names which were right stay known."""
    return list({entry.id: entry for entry in reversed(entries)}.values())[::-1]


def _trees(tree: Tree) -> list[Tree]:
    if tree.data is None:
        return []
    if not isinstance(tree.data, list):
        raise Malformed(tree.mistake((), messages.NOT_A_LIST))
    return tree.entries()


def _entry(tree: Tree, model: type[E], resolvers: Mapping[str, Resolver], mistakes: list[Mistake]) -> E | Malformed:
    """The entry of a tree, or why it is refused."""
    try:
        entry = record(tree, model, resolvers)
    except Malformed as malformed:
        mistakes += malformed.mistakes
        return malformed
    mistakes += of_entry(tree, entry)
    return entry


def _same_ids(trees: list[Tree]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for tree in trees:
        data = tree.data if isinstance(tree.data, dict) else {}
        typed = data.get("former_ids") or []
        formers = [typed] if isinstance(typed, str) else typed
        for field, id_ in [("id", data.get("id")), *(("former_ids", id_) for id_ in formers)]:
            if isinstance(id_, str) and id_ in seen:
                yield tree.mistake((field,), messages.SAME_ID_IN_REGISTER, id=id_)
            seen.add(str(id_))
