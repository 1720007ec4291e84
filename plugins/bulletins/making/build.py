"""One build, from the plan to the published site."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bulletins.crew import cores
from bulletins.making import claims
from bulletins.making import ledger as ledgers
from bulletins.making.conflicts import PlanConflict, check
from bulletins.making.fingerprints import DATED, part_fingerprint
from bulletins.making.ledger import LEDGER, NOTHING, Entry, Ledger, Metadata
from bulletins.making.line import Done
from bulletins.making.publish import Published, PublishFailed, Survey, folder_times, parents, publish, same, survey
from bulletins.making.report import Report, Stopwatch
from bulletins.making.work import Work, staging_of
from bulletins.making.workers import Job, Progress, make_all, silent
from bulletins.plan import Catalogue, Check, Files, Line, Listing, Made, Output, Part
from bulletins.versions import digest_of

Recognise = Callable[[Path], Collection[str]]
"""Gives the paths of a site that are known by the site itself."""


def make(  # noqa: PLR0913 - one door for every build; each has its own reason to be said
    lines: Iterable[Line],
    output: Path,
    cache: Path,
    workers: int = 0,
    progress: Progress = silent,
    executor: str = "",
    verify: bool = False,
    recognise: Recognise | None = None,
    seen: Sequence[int] = (),
) -> Report:
    """Bring `output` up to date with the plan; the report says what that took.

    `cache` is a folder for this output alone: it holds the ledger, the lock and, during a build, finished files, and
    had best be on the file system of `output`. `workers` is the number of worker processes, 0 for one per core.
    `executor` names a cluster to make the files on (`dask://host:port`) instead of this machine.
    With `verify` no size or time of a published file is believed: every byte is read, and a file that somebody altered
    is made again and named in the report. `seen` is the stamp of the ledger as whose entries all published files
    were seen to stand a moment ago, if somebody looked.
    A file of `output` is the site's if the ledger knows it, or if a build that was killed meant to write it; where the
    ledger is lost, if `recognise` gives it, or nobody recognises. All others stay, and the report names them; a folder
    of others is refused.
    Everything is made, and seen by the plan's checks, before the first file of `output` is touched; where nothing
    changed, nothing is written.
    Raises `PlanConflict`, `Busy`, `MakingFailed`, `PublishFailed`, and TypeError for an input without a digest.
    """
    plan = list(lines)
    outputs = [line for line in plan if isinstance(line, Output | Part)]
    catalogues = [line for line in plan if isinstance(line, Catalogue)]
    listings = [line for line in plan if isinstance(line, Listing)]
    checks = tuple(line for line in plan if isinstance(line, Check))
    named = [line.path for line in catalogues]
    if cache.resolve().is_relative_to(output.resolve()):  # what the plan does not name is removed from there
        raise PlanConflict(f"The cache {str(cache)!r} lies inside the output folder {str(output)!r}.")
    paths = [line.paths for line in plan if isinstance(line, Output)]
    if () in paths:
        raise PlanConflict("A line of the plan names no file.")
    check([*chain.from_iterable(paths), *named])
    watch = Stopwatch()
    was_killed = (cache / "staging").exists()  # what another had published by then no ledger knows
    with staging_of(cache) as staging:
        old = ledgers.load(cache)
        is_seen = bool(seen) and seen == ledgers.stamp(cache / LEDGER) and not was_killed
        there = survey(output, NOTHING if verify else old, is_seen)
        before = _of_site(there, output, cache, old, recognise)
        metadata = _of_ledger(ledgers.load_metadata(cache), old.files)
        standing = _standing(old, before, metadata, output, verify)
        fallen = (path for path in old.files if path not in standing)
        altered = tuple(path for path in fallen if before.files.get(path) == old.files[path][2:])
        work = Work(output, staging, checks, before, standing, metadata)
        watch.lap("compare")
        known = [part_fingerprint(line) if isinstance(line, Part) else "" for line in outputs]
        parts = _standing_parts(work, known, old)
        todo = [line for line, fingerprint in zip(outputs, known, strict=True) if fingerprint not in parts]
        done = make_all(Job(todo, staging, checks, standing), workers or cores(), progress, executor=executor)
        parts |= _note(work, done, todo, named)
        _make_catalogues(work, catalogues, listings)
        watch.lap("make")
        differing = work.differing()
        claims.write(cache, differing.keys() - old.files.keys())
        published = publish(differing, work.fingerprints, output, staging, before)
        _remember(work, published, parts, old, cache)
        (cache / claims.CLAIM).unlink(missing_ok=True)
        watch.lap("publish")
        ledger, strange = ledgers.stamp(cache / LEDGER), before.strange(work.fingerprints.keys())
        return Report(
            len(work.fingerprints), len(work.fresh), published, watch.seconds, ledger, altered=altered, strange=strange
        )


def _standing_parts(work: Work, fingerprints: Iterable[str], old: Ledger) -> dict[str, list[str]]:
    """The files of the parts that need not be laid out, by their fingerprints; they are noted."""
    known = old.parts.keys() & fingerprints
    parts = {part: old.parts[part] for part in known if all(map(work.standing.__contains__, old.parts[part]))}
    for path in chain.from_iterable(parts.values()):
        work.fingerprints[path] = work.standing[path][0]
    return parts


def _note(
    work: Work, done: Iterable[Done], lines: Sequence[Output | Part], others: Iterable[str]
) -> dict[str, list[str]]:
    """Note what came of the lines; gives the files of those parts that may stay, by their fingerprints.

    Raises `PlanConflict` if the files of all lines, and `others`, cannot stand together.
    """
    paths, of_place = [*others, *work.fingerprints], dict[int, list[str]]()
    for line in done:
        paths += line.paths
        of_place.setdefault(line.place, []).extend(line.paths)
        work.note(line)
    check(sorted(paths))
    parts = ((line, of_place.get(place, [])) for place, line in enumerate(lines) if isinstance(line, Part))
    return {part_fingerprint(part): names for part, names in parts if part.inputs}


@dataclass(frozen=True, slots=True)
class _Names:
    """What catalogues list, digested once for all of them."""

    paths: tuple[str, ...]
    digest: str


def _make_catalogues(work: Work, catalogues: Iterable[Catalogue], listings: Iterable[Listing]) -> None:
    """Make what lists the finished files: catalogues their names, listings all, those that were listed before too.

    Raises `PlanConflict` if a listing names a file that is there.
    """
    paths = sorted(work.fingerprints)
    names = _Names(tuple(paths), digest_of(tuple(paths)))
    for catalogue in catalogues:
        make = functools.partial(_make_catalogue, catalogue.make)
        work.make(Output((catalogue.path,), make, (names, *catalogue.inputs), catalogue.version))
        paths.append(catalogue.path)
    files: Files = {}
    for listing in listings:
        files = {path: files.get(path) or work.made(path) for path in sorted(paths)}
        for line in listing.lay_out(files):
            work.make(line)
            paths += line.paths
    check(paths)


def _make_catalogue(make: Callable[..., bytes], names: _Names, *inputs: object) -> tuple[bytes]:
    return (make(names.paths, *inputs),)


def _of_site(seen: Survey, output: Path, cache: Path, old: Ledger, recognise: Recognise | None) -> Survey:
    """What stands of the site alone; raises `PublishFailed` for a folder that is another's."""
    known = set(old.files) | claims.read(cache)
    if not old.files:
        if recognise is None:
            return seen
        known.update(recognise(output))
    of_site = seen.of_site(known)
    if not known and any(not path.startswith(".") and path != "CNAME" for path in of_site.strange()):
        names = ", ".join(of_site.strange()[:3])
        raise PublishFailed(
            f"{output}: thư mục này có tệp không phải của trang ({names}…); hãy chuyển đi nơi khác, hoặc dựng vào một"
            " thư mục trống / the folder holds files that are not the site's; move them away."
        )
    return of_site


def _remember(work: Work, published: Published, parts: dict[str, list[str]], old: Ledger, cache: Path) -> None:
    """Save the ledger, last of all: what a killed build has published is then found out by its stats."""
    files = {path: work.entry(path, published) for path in sorted(work.fingerprints)}
    new = Ledger(files, _folders(work, published), parts)
    ledgers.keep(cache, old, new, work.metadata, work.metadata_now())


def _folders(work: Work, published: Published) -> dict[str, int]:
    """The times of the folders, of which only those are looked at that may have changed."""
    before = work.survey
    if before.times and not published.removed and published.written.keys() <= before.files.keys():
        touched = {path.rpartition("/")[0] for path in published.written}
        return {**before.times, **folder_times(work.output, touched)}
    return folder_times(work.output, {"", *parents(work.fingerprints)})


def _of_ledger(metadata: Metadata, files: Mapping[str, Entry]) -> Metadata:
    """What of the metadata belongs to files as the ledger has them, whose names and hashes are then in memory once."""
    known = ((path, entry[1], metadata.get(path)) for path, entry in files.items())
    return {path: (sha256, said[1]) for path, sha256, said in known if said and said[0] == sha256}


def _standing(old: Ledger, before: Survey, metadata: Metadata, output: Path, verify: bool) -> dict[str, Entry]:
    """The entries whose files stand as they were published; one that was only touched keeps its new time.

    Those whose metadata is lost are not among them: they are made again.
    """
    standing: dict[str, Entry] = {}
    for path, entry in old.files.items():
        fingerprint, sha256, size, modified = entry
        stat = before.files.get(path)
        if fingerprint.endswith(DATED) and path not in metadata:
            continue
        if stat == (size, modified) and not verify:
            standing[path] = entry
        elif stat is not None and same(output, path, Made(sha256, size), stat):
            standing[path] = (fingerprint, sha256, *stat)
    return standing
