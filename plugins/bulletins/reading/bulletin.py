"""One bulletin's file: read, checked, and either a record with its body and photos, or every mistake in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bulletins import urls
from bulletins.domain.attached import AttachedFile
from bulletins.domain.attribution import Undated, undated
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.pictures import PhotoSource, Said
from bulletins.domain.record import Record, Resolver
from bulletins.domain.register import Register
from bulletins.mistakes import Mistake
from bulletins.reading import life, messages, of_blocs, refusals
from bulletins.reading.attachments import attached, public_name, unlisted
from bulletins.reading.consulted import Consulted, Watched
from bulletins.reading.drafts import DRAFT, says_draft
from bulletins.reading.fields import text_fields
from bulletins.reading.file_names import nearest
from bulletins.reading.frontmatter import Loc, Malformed, Position, Tree, parse, split
from bulletins.reading.inside_links import InsideLink, anchors, inside_links
from bulletins.reading.markdown import Complaint, Renderer
from bulletins.reading.partly import part_of
from bulletins.reading.photos import PICTURES, described
from bulletins.reading.questions import to_fill_in, unanswered
from bulletins.reading.rules.across import Claim, claims
from bulletins.reading.rules.all import Rules, silence
from bulletins.reading.rules.checked import Checked
from bulletins.reading.sources import Decoded, SourceFile, escaped, read_text
from bulletins.reading.tangles import LONGEST
from bulletins.vietnamese.folding import nfc

R = TypeVar("R", bound=Record)

LONGEST_HEAD = 200_000
"""Characters of front matter; that of a long bulletin has some twenty thousand."""

VERBATIM = text_fields(Bulletin)
"""Fields whose one-line values are taken as typed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file. `bulletin` is there when it could be understood, even if something else is wrong.

    `claims` are what other bulletins may contradict; `silenced` are the rules silenced here, each with its reason.
    `is_draft` is known even of many a file that could not be understood. `consulted` is what the register was asked;
    without it the bulletin is read anew whenever the register is another.
    """

    name: str
    mistakes: tuple[Mistake, ...]
    bulletin: Bulletin | None = None
    body: Body | None = None
    photos: tuple[PhotoSource, ...] = ()
    id_position: Position | None = None
    claims: tuple[Claim, ...] = ()
    silenced: tuple[tuple[str, str], ...] = ()
    attachments: tuple[AttachedFile, ...] = ()
    links: tuple[InsideLink, ...] = ()
    anchors: tuple[str, ...] = ()
    is_draft: bool = False
    undated: tuple[Undated, ...] = ()
    consulted: Consulted | None = None


def record(tree: Tree, model: type[R], resolvers: Mapping[str, Resolver]) -> R:
    """The tree as a record of the model. Raises `Malformed` with all its mistakes."""
    if not isinstance(tree.data, dict):
        raise Malformed(tree.mistake((), messages.NOT_FIELDS))
    unseen = [tree.mistake(loc, messages.ESCAPED, code=code) for loc, code in _escaped(tree.data, ())]
    if unseen:
        raise Malformed(*unseen)
    try:
        said = _without_nothing(tree.data) if tree.has_gaps else tree.data
        return model.model_validate(said, context=dict(resolvers))
    except ValidationError as error:
        raise Malformed(*refusals.mistakes(tree, error, model)) from error


def _escaped(data: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Values in which YAML's escapes put a character that nobody sees; what was typed itself is cleaned before."""
    if isinstance(data, str):
        code = escaped(data)
        if code:
            yield loc, code
        return
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from _escaped(value, (*loc, key))


def _without_nothing(data: object) -> object:
    """A field left empty says nothing: it is as if it were not there."""
    if isinstance(data, dict):
        return {key: _without_nothing(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_without_nothing(item) for item in data]
    return data


def read(
    source: SourceFile,
    files: Mapping[str, Path],
    register: Register,
    renderer: Renderer,
    rules: Rules | None = None,
) -> Reading:
    """Read one bulletin; `files` are the plain files beside it, by name. Never raises for what an author wrote.

    Without `rules` it is read and not held against any.
    """
    warnings: tuple[Mistake, ...] = ()
    try:
        decoded = read_text(source)
        warnings = decoded.warnings
        opened = _opened(source, files, decoded, register)
    except Malformed as malformed:
        return _refused(source, *warnings, *malformed.mistakes)
    resolvers = opened.register.resolvers(opened.tree.data)
    try:
        bulletin = record(opened.tree, Bulletin, resolvers)
    except Malformed as malformed:
        besides = _besides(opened, malformed, resolvers, renderer, rules) if rules else ()
        return _refused(source, *warnings, *opened.missing, *malformed.mistakes, *besides)
    return _understood(opened, bulletin, renderer, rules)


def _refused(source: SourceFile, *mistakes: Mistake) -> Reading:
    return Reading(source.name, mistakes, is_draft=says_draft(source.path))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file taken apart: the tree of its front matter `head`, its text, and what is missing beside it.

    `warnings` are about its letters; one that `is_clean` stands as it was typed.
    """

    warnings: tuple[Mistake, ...]
    is_clean: bool
    tree: Tree
    head: str
    body: str
    body_line: int
    files: Mapping[str, Path]
    missing: tuple[Mistake, ...]
    register: Watched

    def checked(self, bulletin: Bulletin, rules: Rules) -> Checked:
        """What a rule looks at."""
        names, files = self.register.names(rules.names), tuple(self.files)
        return Checked(self.tree, bulletin, self.register, names, self.body, self.body_line, files)


def _opened(source: SourceFile, files: Mapping[str, Path], decoded: Decoded, register: Register) -> _Opened:
    tree, head, body, line = _taken_apart(source.name, decoded.text)
    missing = (*described(tree, body, files), *_missing(tree, files))
    return _Opened(decoded.warnings, decoded.is_clean, tree, head, body, line, files, missing, Watched(register))


def _understood(opened: _Opened, bulletin: Bulletin, renderer: Renderer, rules: Rules | None) -> Reading:
    """The reading of a bulletin whose front matter is a record."""
    tree, files = opened.tree, opened.files
    body, of_text = _of_text(opened, bulletin, renderer)
    attachments, unfit = attached(tree, bulletin, files)
    of_record = [
        *_withdrawal(tree, bulletin), *of_text, *life.mistakes(tree, bulletin),
        *unanswered(tree, bulletin, opened.head), *of_blocs.mistakes(tree, bulletin, opened.register),
        *to_fill_in(tree, bulletin, opened.body, opened.body_line), *unfit, *unlisted(tree, bulletin, files, PICTURES),
    ]  # fmt: skip
    of_rules = _of_rules(opened, bulletin, rules, opened.warnings) if rules else []
    return Reading(
        name=tree.name,
        mistakes=(*opened.missing, *of_record, *of_rules),
        bulletin=bulletin,
        body=body,
        photos=tuple(_photos(tree, bulletin, files)),
        id_position=tree.position(("id",)),
        claims=tuple(claims(opened.checked(bulletin, rules))) if rules else (),
        silenced=tuple((entry.rule, entry.reason) for entry in bulletin.silenced),
        attachments=attachments,
        links=inside_links(body, renderer.link("/"), opened.body, opened.body_line),
        anchors=anchors(body),
        is_draft=bulletin.status == DRAFT,
        undated=undated(bulletin),
        consulted=opened.register.consulted(opened.body, opened.is_clean),  # after all that asked
    )


def _of_text(opened: _Opened, bulletin: Bulletin, renderer: Renderer) -> tuple[Body, list[Mistake]]:
    """The text as HTML, and what is wrong with it."""
    numbers = {nfc(photo.file): n for n, photo in enumerate(bulletin.photos, 1)}
    body, complaints = renderer.render(opened.body, numbers, _links(bulletin, opened.files))
    return body, placed(opened.tree.name, opened.body, opened.body_line, complaints)


def _of_rules(opened: _Opened, bulletin: Bulletin, rules: Rules, warnings: tuple[Mistake, ...] = ()) -> list[Mistake]:
    checked = opened.checked(bulletin, rules)
    return silence(checked, [*warnings, *rules.check(checked)])


def _besides(
    opened: _Opened, malformed: Malformed, resolvers: Mapping[str, Resolver], renderer: Renderer, rules: Rules
) -> Iterator[Mistake]:
    """What else is wrong, as far as the rest of the front matter lets one see."""
    fields, data = _wrong_fields(malformed), _without_nothing(opened.tree.data)
    part = part_of(data, fields, resolvers) if fields and isinstance(data, dict) else None
    if part:
        of_text, of_rules = _of_text(opened, part.bulletin, renderer)[1], _of_rules(opened, part.bulletin, rules)
        yield from filter(part.speaks, (*of_text, *of_rules))


def _wrong_fields(malformed: Malformed) -> list[Loc]:
    """Where the model refused a value."""
    cause = malformed.__cause__
    return [error["loc"] for error in cause.errors(include_url=False)] if isinstance(cause, ValidationError) else []


def _links(bulletin: Bulletin, files: Mapping[str, Path]) -> dict[str, str | None]:
    """What a link in the text may lead to beside it: addresses by file name, or None for a file that is not listed."""
    beside: dict[str, str | None] = {nfc(name): None for name in files}
    return beside | {nfc(a.file): urls.attachment(bulletin.id, public_name(a.file)) for a in bulletin.attachments}


def _taken_apart(name: str, text: str) -> tuple[Tree, str, str, int]:
    head, body_text, body_line = split(name, text)
    if len(head) > LONGEST_HEAD:
        size = len(head) // 1000
        raise Malformed(messages.HEAD_TOO_LONG.at(name, 2, 1, size=size, most=LONGEST_HEAD // 1000))
    if len(body_text) > LONGEST:
        size = len(body_text) // 1000
        raise Malformed(messages.BODY_TOO_LONG.at(name, body_line, 1, size=size, most=LONGEST // 1000))
    return parse(name, head, first_line=2, verbatim=VERBATIM), head, body_text, body_line


def _photos(tree: Tree, bulletin: Bulletin, files: Mapping[str, Path]) -> Iterator[PhotoSource]:
    """The photos that are there, numbered as the bulletin lists them."""
    by_name = {nfc(name): path for name, path in files.items()} if bulletin.photos else {}
    places = (place for place, photo in enumerate(bulletin.photos_listed) if photo.withdrawn is None)
    for n, (photo, place) in enumerate(zip(bulletin.photos, places, strict=True), 1):
        path = by_name.get(nfc(photo.file))
        if path is not None:
            at = tree.position(("photos", place, "file"))
            yield PhotoSource(bulletin.id, n, str(path), tree.name, at.line, at.column, Said.of(photo), photo.photo_id)


def _missing(tree: Tree, files: Mapping[str, Path]) -> Iterator[Mistake]:
    """Photos that are listed and not there; told of a tree, so that no other mistake in it hides them."""
    listed = tree.data.get("photos") if isinstance(tree.data, dict) else None
    entries = enumerate(listed) if isinstance(listed, list) else ()
    named = {
        n: nfc(photo["file"])
        for n, photo in entries
        if isinstance(photo, dict) and isinstance(photo.get("file"), str) and not photo.get("withdrawn")
    }
    there = {nfc(name) for name in files}
    free = [name for name in there - set(named.values()) if name.lower().endswith(PICTURES)]
    for n, file in named.items():
        if file not in there:
            yield _no_such_photo(tree, ("photos", n, "file"), file, sorted(free))


def _no_such_photo(tree: Tree, loc: tuple[str | int, ...], file: str, free: Sequence[str]) -> Mistake:
    if "/" in file or "\\" in file:
        return tree.mistake(loc, messages.PHOTO_ELSEWHERE, file=file)
    near = nearest(file, free)
    if near:
        return tree.mistake(loc, messages.NO_PHOTO_BUT_NEAR, file=file, near=near)
    return tree.mistake(loc, messages.NO_PHOTO, file=file)


def _withdrawal(tree: Tree, bulletin: Bulletin) -> Iterator[Mistake]:
    if bulletin.status == "withdrawn" and bulletin.withdrawn is None:
        yield tree.mistake(("status",), messages.NO_REASON)
    if bulletin.status != "withdrawn" and bulletin.withdrawn is not None:
        yield tree.mistake_in_key(("withdrawn",), messages.NOT_WITHDRAWN)


def placed(name: str, text: str, first_line: int, complaints: tuple[Complaint, ...]) -> list[Mistake]:
    """Complaints with the line on which the text they are about first stands."""
    lines = text.split("\n") if complaints else []
    return [_at_first(name, lines, first_line, complaint) for complaint in complaints]


def _at_first(name: str, lines: list[str], first_line: int, complaint: Complaint) -> Mistake:
    if complaint.line is not None:
        return complaint.message.at(name, first_line + complaint.line, 1, **complaint.words)
    for number, line in enumerate(lines, first_line):
        column = line.find(complaint.about)
        if complaint.about and column >= 0:
            return complaint.message.at(name, number, column + 1, **complaint.words)
    return complaint.message.at(name, first_line, 1, **complaint.words)
