"""One bulletin's file: read, checked, and either a record with its body and photos, or every mistake in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bulletins.domain.model import Body, Bulletin
from bulletins.domain.pictures import PhotoSource
from bulletins.domain.record import Record, Resolver
from bulletins.mistakes import Mistake
from bulletins.reading import life, messages
from bulletins.reading.frontmatter import Malformed, Position, Tree, parse, split
from bulletins.reading.markdown import Complaint, Renderer
from bulletins.reading.sources import Source, read_text
from bulletins.vietnamese.folding import nfc

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file. `bulletin` is there when it could be understood, even if something else is wrong."""

    name: str
    mistakes: tuple[Mistake, ...]
    bulletin: Bulletin | None = None
    body: Body | None = None
    photos: tuple[PhotoSource, ...] = ()
    id_position: Position | None = None


def record(tree: Tree, model: type[R], resolvers: Mapping[str, Resolver]) -> R:
    """The tree as a record of the model. Raises `Malformed` with all its mistakes."""
    if not isinstance(tree.data, dict):
        raise Malformed(tree.mistake((), "Y6", "phần khai báo phải gồm các dòng `tên: giá trị`"))
    try:
        return model.model_validate(_without_nothing(tree.data), context=dict(resolvers))
    except ValidationError as error:
        raise Malformed(*messages.mistakes(tree, error, model)) from error


def _without_nothing(data: object) -> object:
    """A field left empty says nothing: it is as if it were not there."""
    if isinstance(data, dict):
        return {key: _without_nothing(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_without_nothing(item) for item in data]
    return data


def read(source: Source, files: Mapping[str, Path], resolvers: Mapping[str, Resolver], renderer: Renderer) -> Reading:
    """Read one bulletin; `files` are the plain files beside it, by name. Never raises for what an author wrote."""
    try:
        text = read_text(source)
        head, body_text, body_line = split(source.name, text)
        tree = parse(source.name, head, first_line=2)
        bulletin = record(tree, Bulletin, resolvers)
    except Malformed as malformed:
        return Reading(source.name, malformed.mistakes)
    photos, missing = _photos(tree, bulletin, files)
    numbers = {nfc(photo.file): n for n, photo in enumerate(bulletin.photos, 1)}
    body, complaints = renderer.render(body_text, numbers)
    found = [*missing, *_withdrawal(tree, bulletin), *_placed(source.name, body_text, body_line, complaints)]
    found += life.mistakes(tree, bulletin)
    return Reading(source.name, tuple(found), bulletin, body, photos, tree.position(("id",)))


def _photos(tree: Tree, bulletin: Bulletin, files: Mapping[str, Path]) -> tuple[tuple[PhotoSource, ...], list[Mistake]]:
    by_name = {nfc(name): path for name, path in files.items()}
    photos, missing = [], []
    for n, photo in enumerate(bulletin.photos, 1):
        path, loc = by_name.get(nfc(photo.file)), ("photos", n - 1, "file")
        if path is None:
            missing.append(tree.mistake(loc, "P4", _no_such_photo(photo.file, by_name)))
        else:
            at = tree.position(loc)
            photos.append(PhotoSource(bulletin.id, n, str(path), tree.name, at.line, at.column))
    return tuple(photos), missing


def _no_such_photo(file: str, files: Mapping[str, Path]) -> str:
    if "/" in file or "\\" in file:
        return f"`photos`: “{file}” phải là tên tệp, không kèm thư mục; chép ảnh vào thư mục của bản tin"
    near = get_close_matches(file, list(files), n=1, cutoff=0.6)
    mend = f"có phải “{near[0]}”?" if near else "chép ảnh vào đó, hoặc xóa mục này"
    return f"`photos`: không thấy ảnh “{file}” trong thư mục của bản tin; {mend}"


def _withdrawal(tree: Tree, bulletin: Bulletin) -> list[Mistake]:
    if bulletin.status == "withdrawn" and bulletin.withdrawn is None:
        message = "bản tin đã gỡ phải nói rõ ngày và lý do; thêm `withdrawn:` với `date:` và `reason:`"
        return [tree.mistake(("status",), "W1", message)]
    if bulletin.status != "withdrawn" and bulletin.withdrawn is not None:
        message = "có thông tin gỡ bài nhưng `status` chưa là `withdrawn`; sửa `status`, hoặc xóa mục này"
        return [tree.mistake(("withdrawn",), "W1", message, key=True)]
    return []


def _placed(name: str, text: str, first_line: int, complaints: tuple[Complaint, ...]) -> list[Mistake]:
    """Complaints with the line on which the text they are about first stands."""
    lines = text.split("\n")
    return [_at_first(name, lines, first_line, complaint) for complaint in complaints]


def _at_first(name: str, lines: list[str], first_line: int, complaint: Complaint) -> Mistake:
    for number, line in enumerate(lines, first_line):
        column = line.find(complaint.about)
        if complaint.about and column >= 0:
            return Mistake(name, number, column + 1, complaint.code, complaint.message)
    return Mistake(name, first_line, 1, complaint.code, complaint.message)
