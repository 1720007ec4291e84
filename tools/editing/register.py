"""A body added to the register, or another name for one, from the place where it was missed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bulletins.domain.register import Bloc, Host, MovementEntry, Unit
from bulletins.making.lock import Busy
from bulletins.mistakes import errors
from bulletins.reading.frontmatter import Malformed, parse
from bulletins.reading.register import VERBATIM, read_register
from bulletins.reading.sources import cleaned, escaped
from bulletins.writing.frontmatter import NotWritable, with_entries
from bulletins.writing.saving import Moved, digest, replace
from tools.editing.names import folded_ids
from tools.editing.workspace import REGISTER_FILES, Workspace

MODELS = MappingProxyType({"host": Host, "bloc": Bloc, "unit": Unit, "movement": MovementEntry})
TITLES = {"host": "cơ quan tổ chức", "bloc": "khối, cụm thi đua", "unit": "đơn vị", "movement": "phong trào"}


class Refused(Exception):
    """An entry that is not taken: the message says why, `field` is the field of the form it is about."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


def proposed_id(name: str, taken: set[str]) -> str:
    """An id made of a name that nothing has yet."""
    plain = folded_ids([name]) or "moi"
    return next(candidate for n in range(1, 1000) if (candidate := plain if n == 1 else f"{plain}-{n}") not in taken)


def entries(work: Workspace, kind: str) -> Mapping[str, Any]:
    """What stands in the register's file of a kind, by id: a host may stand where a unit does, but not in its file."""
    return work.register.units if kind == "unit" else work.namer.directories[kind]


def add_entry(work: Workspace, kind: str, answers: Mapping[str, str]) -> None:
    """Add a body by its name. Raises `Refused`."""
    if not answers["ten"]:
        raise Refused("ten", "Chưa ghi tên.")
    if answers["id"] in work.namer.directories[kind]:
        raise Refused("id", f"Mã “{answers['id']}” đã có trong danh bạ.")
    entry: dict[str, Any] = {"id": answers["id"], "names": [{"name": answers["ten"]}]}
    if kind == "bloc":
        entry |= {"number": answers["number"]} if answers["number"] else {}
        entry["host"] = answers["of"]
    elif kind == "unit" and answers["of"]:
        entry["parent"] = answers["of"]
    _write(work, kind, lambda entries: [*entries, entry])


def add_alias(work: Workspace, kind: str, body_id: str, name: str) -> None:
    """Let a body of the register be known by another name. Raises `Refused`."""
    if body_id not in entries(work, kind):
        raise Refused("alias", "Chọn tên đã có trong danh bạ.")

    def with_alias(entries: list[Any]) -> list[Any]:
        return [_known_as(entry, name) if _id(entry) == body_id else entry for entry in entries]

    _write(work, kind, with_alias)


def refuse_strange(name: str) -> None:
    """Raise `Refused` for a name with a letter that nobody sees, as Word's signs are elsewhere."""
    if escaped(name):
        raise Refused("ten", "Tên có ký tự lạ, thường do chép từ Word; xóa và gõ lại.")


def _id(entry: Any) -> Any:
    return entry.get("id") if isinstance(entry, dict) else None


def _known_as(entry: dict[str, Any], name: str) -> dict[str, Any]:
    old = entry.get("aliases") or []
    aliases = [*([old] if isinstance(old, str) else old), name]
    if "aliases" in entry:
        return {**entry, "aliases": aliases}
    made: dict[str, Any] = {}
    after = next((key for key in ("short_name", "names") if key in entry), "id")
    for key, value in entry.items():
        made[key] = value
        if key == after:
            made["aliases"] = aliases
    return made


def _write(work: Workspace, kind: str, change: Any) -> None:
    """Write a file of the register, if the register has no error afterwards that it did not have before."""
    path = work.content / "register" / REGISTER_FILES[kind]
    before = path.read_bytes() if path.is_file() else b""
    _, known = read_register(work.content / "register", work.root)
    try:
        data = parse("", cleaned("", before.decode()).text, verbatim=VERBATIM).data or []
        text = with_entries(before.decode(), change(data), VERBATIM)
    except (Malformed, NotWritable, UnicodeDecodeError) as error:
        raise Refused("ten", "Tệp danh bạ có lỗi nên chưa thêm được; hãy sửa tệp trước.") from error
    old = {mistake.message for mistake in known}
    new = [mistake for mistake in errors(_mistakes_with(work, kind, text)) if mistake.message not in old]
    if new:
        raise Refused(new[0].loc.split(".")[0] if new[0].loc in ("id", "host") else "ten", new[0].message)
    try:
        if before:
            work.save(path, text, digest(before))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace(path, text.encode())
    except (Moved, Busy, OSError) as error:
        raise Refused("ten", "Tệp danh bạ vừa đổi hoặc không ghi được; hãy thử lại.") from error


def _mistakes_with(work: Workspace, kind: str, text: str) -> Any:
    """What is wrong with the register if this text stood in its file."""
    import shutil
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "register"
        shutil.copytree(work.content / "register", folder, symlinks=True)
        (folder / REGISTER_FILES[kind]).write_bytes(text.encode())
        return read_register(folder, Path(name))[1]
