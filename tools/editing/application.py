"""Every page of the form, as functions from a request to an answer."""

from __future__ import annotations

import datetime
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bulletins.domain.kinds import CEREMONIES
from bulletins.making.lock import Busy
from bulletins.mistakes import errors
from bulletins.reading.bulletin import VERBATIM
from bulletins.reading.frontmatter import Loc, Malformed
from bulletins.vietnamese.dates import DateError, read_date
from bulletins.writing.form import Namer, Rows, Widget, as_typed
from bulletins.writing.frontmatter import NotWritable, comments, with_data
from bulletins.writing.merging import GONE, Merged, merged
from bulletins.writing.saving import Moved
from tools.contents import read_all
from tools.editing import photos, register
from tools.editing.form_state import BODY, State, act, add_photo, place_of
from tools.editing.names import Finder
from tools.editing.requests import Form, Unwelcome
from tools.editing.said import Question, Remark, question, remarks
from tools.editing.workspace import Opened, Place, Workspace
from tools.new import Flags, Unclear, checked_id, read_bloc, read_day, read_kind, read_year, write
from tools.starting import Wish, conventional_id

HERE = Path(__file__).parent
THEME_FONTS = HERE.parents[1] / "themes" / "thidua" / "static" / "fonts"
FONTS = re.compile(r"be-vietnam-pro-(?:vietnamese|latin)-(?:400|500|600|700)-normal\.woff2")
_TYPES = {
    ".svg": "image/svg+xml",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
}
_IMAGES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp",
           ".avif": "image/avif"}  # fmt: skip


@dataclass
class Answer:
    """What goes back: a status, a body with its type, and further headers."""

    status: int = 200
    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """What a page of the form shows besides the fields."""

    remarks: list[Remark] = field(default_factory=list)
    notice: str = ""
    is_bad: bool = False
    look_at: str = ""
    theirs: Mapping[Loc, Any] = field(default_factory=dict)
    is_checked: bool = False


class Application:
    """Answers requests about the bulletins of a workspace. `preview` gives the address of the site, drafts included."""

    def __init__(self, workspace: Workspace, token: str, preview: Callable[[], str]) -> None:
        self.work, self.token, self._preview = workspace, token, preview
        self._finders: tuple[object, dict[str, Finder]] | None = None
        self.pages = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self.pages.globals["token"] = token

    # Doors

    def get(self, path: str, query: Mapping[str, str]) -> Answer:
        """The answer to a GET. Raises `Unwelcome`."""
        if path == "/":
            return self._list()
        if path == "/moi":
            return self._new(Form(), {})
        room, _, rest = path[1:].partition("/")
        if room == "sua":
            return self._edit(self._place(rest), query)
        if room == "tim":
            return self._find(rest, query.get("q", ""))
        if room == "anh":
            return self._photo(rest)
        if room == "xem":
            return self._look(self._place(rest))
        if room == "danh-ba" and rest in register.MODELS:
            return self._register(rest, query, {})
        if room == "tep":
            return self._static(rest)
        raise Unwelcome(404, "no page")

    def post(self, path: str, form: Form) -> Answer:
        """The answer to a POST whose sender is known. Raises `Unwelcome`."""
        if path == "/moi":
            return self._make(form)
        room, _, rest = path[1:].partition("/")
        if room == "sua":
            return self._do(self._place(rest), form)
        if room == "go":
            self.work.keep_typed(self._place(rest), form.first("~session"), form.fields)
            return Answer(204)
        if room == "danh-ba" and rest in register.MODELS:
            return self._add_to_register(rest, form)
        raise Unwelcome(404, "no page")

    def _place(self, key: str) -> Place:
        place = self.work.places().get(key)
        if place is None:
            raise Unwelcome(404, "no bulletin")
        return place

    def _page(self, name: str, status: int = 200, **values: Any) -> Answer:
        return Answer(status, self.pages.get_template(name).render(**values).encode())

    # The list

    def _list(self) -> Answer:
        content, _ = read_all(self.work.root, self.work.settings)
        counts: dict[str, int] = {}
        warned: dict[str, int] = {}
        for mistake in content.mistakes:
            if mistake.level == "silenced":
                continue
            counter = counts if mistake.level == "error" else warned
            counter[mistake.path] = counter.get(mistake.path, 0) + 1
        rows = [
            {**self._row(place), "errors": counts.get(place.name, 0), "warnings": warned.get(place.name, 0)}
            for place in self.work.places().values()
        ]
        others = [m for m in errors(content.mistakes) if not m.path.startswith("content/bulletins/")]
        rows.sort(key=lambda row: (row["date"], row["key"]), reverse=True)
        return self._page("list.html", rows=rows, others=others)

    def _row(self, place: Place) -> dict[str, Any]:
        try:
            data = self.work.opened(place).data
        except Malformed:
            return {"key": place.key, "title": place.key, "status": "?", "date": "", "bloc": "", "typed": False}
        ceremony = data.get("ceremony")
        typed = ceremony.get("date") if isinstance(ceremony, dict) else None
        bloc = data.get("bloc")
        return {
            "key": place.key,
            "title": data.get("title") or place.key,
            "status": data.get("status") or "published",
            "date": _iso(typed),
            "bloc": self.work.namer.shown("bloc", bloc) if isinstance(bloc, str) else "",
            "typed": any(True for _ in self.work.sessions(place)),
        }

    # A new bulletin

    def _new(self, form: Form, wrong: Mapping[str, str], status: int = 200) -> Answer:
        blocs = sorted(self.work.register.blocs.values(), key=lambda bloc: bloc.name)
        return self._page("new.html", status, form=form, wrong=wrong, kinds=list(CEREMONIES), blocs=blocs,
                          hosts=self.work.register.hosts)  # fmt: skip

    def _make(self, form: Form) -> Answer:
        wrong: dict[str, str] = {}
        flags = Flags(*(form.first(name).strip() for name in ("kind", "bloc", "year", "date", "id")))
        kind = _answer(wrong, "kind", lambda: read_kind(flags.kind or "?"))
        bloc = _answer(wrong, "bloc", lambda: read_bloc(flags.bloc, self.work.register.blocs))
        year = _answer(wrong, "year", lambda: read_year(flags.year))
        date = _answer(wrong, "date", lambda: read_day(flags.date, year or 2023)) if flags.date else None
        if not wrong and kind and bloc and year:
            name = flags.id or conventional_id(bloc, year, kind)
            id_ = _answer(wrong, "id", lambda: checked_id(name))
            if id_:
                try:
                    library = read_all(self.work.root, self.work.settings)[0].library
                    write(self.work.root, Wish(kind, bloc, year, date, id_), library)
                    return _redirect(f"/sua/{year}/{id_}")
                except FileExistsError as error:
                    wrong["id"] = str(error).replace("bằng --id", "ở ô “Mã”")
        return self._new(form, wrong, 422)

    # A bulletin

    def _edit(self, place: Place, query: Mapping[str, str]) -> Answer:
        try:
            opened = self.work.opened(place)
        except Malformed:
            return self._broken(place)
        session = query.get("phien", "")
        typed = self.work.typed(place, session) if session else None
        base = self.work.remembered((typed.get("~opened") or [""])[0], place) if typed else None
        if query.get("bo") and session:
            raise Unwelcome(405, "only by a form")
        if typed and base:
            state = State.posted(typed, base.data, base.body, self.work.namer)
            return self._check(place, base, state, session, query.get("xem", ""))
        notice = "Đã lưu." if query.get("luu") else ""
        if query.get("luu") == "nhap":
            notice = "Đã lưu bản nháp. Bản nháp còn lỗi nên chưa đăng được; các lỗi ở dưới."
        said = remarks(self.work.mistakes(place, opened.text), opened.text,
                        State(opened.data, opened.body).widgets(self.work.namer), self.work.namer)  # fmt: skip
        shown = Shown(said, notice, is_checked=bool(query.get("luu")))
        return self._form(place, opened, State(opened.data, opened.body), secrets.token_hex(8), shown)

    def _do(self, place: Place, form: Form) -> Answer:
        base = self.work.remembered(form.first("~opened"), place)
        session = form.first("~session")
        if base is None:
            return self._lost(place, form)
        state = State.posted(form.fields, base.data, base.body, self.work.namer)
        what, _, rest = form.first("do").partition(":")
        name, _, value = rest.partition(":")
        if what == "discard":
            self.work.forget(place, session)
            return _redirect(f"/sua/{quote(place.key)}")
        self.work.keep_typed(place, session, form.fields)
        if what == "save":
            return self._save(place, base, state, session)
        if what == "check":
            return self._check(place, base, state, session)
        if what == "upload":
            return self._upload(place, base, state, session, form)
        if what == "register" and name:
            return self._to_register(place, state, session, name)
        if what == "sure":
            state.settled |= {name for name, asks in self._questions(base).items() if asks.is_sure}
        look_at = act(state, what, name, value) if name else ""
        return self._checked_after(place, base, state, session, look_at)

    def _checked_after(self, place: Place, base: Opened, state: State, session: str, look_at: str) -> Answer:
        """The form again after one of its buttons; nothing is complained of before somebody asks."""
        return self._form(place, base, state, session, Shown(look_at=look_at))

    def _check(self, place: Place, base: Opened, state: State, session: str, look_at: str = "") -> Answer:
        try:
            text = self._text(base, state)
        except NotWritable:
            return self._form(place, base, state, session, _not_writable())
        said = remarks(self.work.mistakes(place, text), text, State(state.plain, state.body).widgets(self.work.namer),
                        self.work.namer)  # fmt: skip
        again = State(_settle(state), state.body, state.settled)
        notice = "" if said else "Không có lỗi."
        return self._form(place, base, again, session, Shown(said, notice, look_at=look_at, is_checked=True))

    def _text(self, base: Opened, state: State) -> str:
        return with_data(base.text, state.plain, VERBATIM, state.body, self._settled(base, state))

    def _settled(self, base: Opened, state: State) -> list[Loc]:
        """The places, in the new tree, whose question is answered: somebody said so, or wrote another value."""
        asked = self._questions(base)
        settled = []
        for top in State(_settle(state), state.body).widgets(self.work.namer):
            for widget in top.walk():
                was = ".".join(map(str, widget.was)) if widget.was is not None else None
                if was in asked and (
                    was in state.settled or _at(base.data, place_of(was)) != _at(state.plain, place_of(widget.name))
                ):
                    settled.append(place_of(widget.name))
        return settled

    def _questions(self, base: Opened) -> dict[str, Question]:
        behind = ((".".join(map(str, loc)), question(text)) for loc, text in comments(base.text, VERBATIM).items())
        return {name: asked for name, asked in behind if asked}

    def _save(self, place: Place, base: Opened, state: State, session: str) -> Answer:
        now = self.work.opened(place)
        theirs: Mapping[Loc, Any] = {}
        settled = self._settled(base, state)
        wanted, body = state.plain, state.body
        if now.digest != base.digest:
            both = merged({**base.data, BODY: base.body}, {**wanted, BODY: body}, {**now.data, BODY: now.body})
            wanted, body, theirs = _apart(both)
        after = State(wanted, body)
        if theirs:
            notice = "Người khác vừa lưu bản tin này. Những chỗ hai bên sửa khác nhau được đánh dấu ở dưới."
            return self._form(place, now, after, session, Shown(_clashes(theirs, after, self.work), notice, True,
                                                                theirs=theirs), status=409)  # fmt: skip
        try:
            text = with_data(now.text, wanted, VERBATIM, body, settled)
        except NotWritable:
            return self._form(place, base, state, session, _not_writable(), status=422)
        mistakes = self.work.mistakes(place, text)
        said = remarks(mistakes, text, after.widgets(self.work.namer), self.work.namer)
        if errors(mistakes) and wanted.get("status") != "draft":
            notice = "Chưa lưu: bản tin đã đăng không được lưu khi còn lỗi."
            return self._form(place, now, after, session, Shown(said, notice, True, is_checked=True), status=422)
        try:
            self.work.save(place.path, text, now.digest)
        except (Moved, Busy):
            return self._form(
                place, now, after, session, Shown(said, "Chưa lưu: tệp vừa đổi. Hãy lưu lại.", True), status=409
            )
        except OSError as error:
            notice = f"Chưa lưu được: {error.strerror}."
            return self._form(place, now, after, session, Shown(said, notice, True), status=500)
        self.work.forget(place, session)
        return _redirect(f"/sua/{quote(place.key)}?luu={'nhap' if errors(mistakes) else '1'}")

    def _lost(self, place: Place, form: Form) -> Answer:
        """The file was opened by a form that nobody knows any more: what was typed is shown over what stands now."""
        base = self.work.opened(place)
        state = State.posted(form.fields, base.data, base.body, self.work.namer)
        notice = "Không còn bản đã mở lúc đầu để so. Xem lại toàn bộ biểu mẫu rồi lưu."
        return self._form(place, base, state, form.first("~session"), Shown([], notice, True), status=409)

    def _broken(self, place: Place) -> Answer:
        raw = place.path.read_bytes().decode(errors="replace")
        mistakes = self.work.mistakes(place, raw) if b"\0" not in place.path.read_bytes() else []
        return self._page("broken.html", 200, place=place, mistakes=mistakes, text=raw)

    def _form(
        self, place: Place, base: Opened, state: State, session: str, shown: Shown, *, status: int = 200
    ) -> Answer:
        namer = self.work.namer
        tops = state.widgets(namer)
        asked = self._questions(base)
        _say(tops, shown, asked, namer, state.settled)
        others = [entry for entry in self.work.sessions(place) if entry[0] != session] if status == 200 else []
        zone = ZoneInfo(self.work.settings.timezone)
        kept = [(name, f"{datetime.datetime.fromtimestamp(at, zone):%H:%M %d/%m/%Y}") for name, at in others[:3]]
        return self._page(
            "edit.html",
            status,
            place=place,
            opened=base.digest,
            session=session,
            tops=tops,
            body=state.body.strip("\n"),
            shown=shown,
            sections=_sections(tops),
            body_remarks=[entry for entry in shown.remarks if entry.name == BODY],
            body_theirs=shown.theirs.get((BODY,)),
            kept=kept,
            status_now=str(state.plain.get("status") or "published"),
            questions=[name for name, asks in asked.items() if asks.is_open and name not in state.settled],
            proposals=sum(asks.is_sure and name not in state.settled for name, asks in asked.items()),
            settled=sorted(state.settled),
            files=_pictures(place),
            title=str(state.data.get("title") or place.folder.name),
        )

    # Photos

    def _upload(self, place: Place, base: Opened, state: State, session: str, form: Form) -> Answer:
        said, look_at, taken = [], "photos", set(place.files)
        for name, upload in form.files:
            if name != "~photos" or not (upload.name or upload.data):
                continue
            try:
                file = photos.keep(place.folder, upload.name, upload.data, taken)
            except photos.NoPhoto as error:
                said.append(str(error))
                continue
            except OSError as error:
                said.append(f"Không ghi được ảnh: {error.strerror}.")
                continue
            taken.add(file)
            look_at = add_photo(state, file)
        notice = " ".join(said) or ("" if look_at != "photos" else "Chưa chọn ảnh nào.")
        again = self._place(place.key)
        return self._form(
            again, base, state, session, Shown([], notice, bool(said), look_at), status=422 if said else 200
        )

    def _photo(self, rest: str) -> Answer:
        key, _, file = rest.rpartition("/")
        path = self._place(key).files.get(file)
        type_ = _IMAGES.get(Path(file).suffix.lower())
        if path is None or type_ is None:
            raise Unwelcome(404, "no photo")
        return Answer(200, path.read_bytes(), type_)

    # The register

    def _find(self, kind: str, typed: str) -> Answer:
        if kind not in register.MODELS:
            raise Unwelcome(404, "no directory")
        reader = self.work.reader
        if self._finders is None or self._finders[0] is not reader:
            self._finders = (reader, {})
        finders = self._finders[1]
        if kind not in finders:
            finders[kind] = Finder(self.work.namer.directories[kind])
        hits = [{"id": hit.id, "name": self.work.namer.shown(kind, hit.id), "by": hit.by or hit.id}
                for hit in finders[kind].find(typed)]  # fmt: skip
        return Answer(200, json.dumps(hits, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    def _to_register(self, place: Place, state: State, session: str, name: str) -> Answer:
        inside = (inner for top in state.widgets(self.work.namer) for inner in top.walk())
        widget = next((inner for inner in inside if inner.name == name), None)
        if widget is None or widget.kind not in register.MODELS:
            raise Unwelcome(404, "no field")
        back = f"/sua/{quote(place.key)}?{urlencode({'phien': session, 'xem': name})}"
        return _redirect(f"/danh-ba/{widget.kind}?{urlencode({'ten': widget.value, 've': back})}")

    def _register(self, kind: str, query: Mapping[str, str], wrong: Mapping[str, str], status: int = 200) -> Answer:
        name = query.get("ten", "")
        bodies = self.work.namer.directories[kind]
        return self._page(
            "register.html",
            status,
            kind=kind,
            title=register.TITLES[kind],
            typed=name,
            wrong=wrong,
            id=query.get("id") or register.proposed_id(name, set(bodies)),
            back=_back(query.get("ve", "")),
            of=query.get("of", ""),
            number=query.get("number", ""),
            bodies=sorted(bodies.values(), key=lambda body: body.name),
            hosts=sorted(self.work.register.hosts.values(), key=lambda host: host.name),
        )

    def _add_to_register(self, kind: str, form: Form) -> Answer:
        answers = {name: form.first(name).strip() for name in ("ten", "id", "of", "number", "alias", "ve", "do")}
        try:
            if answers["do"] == "alias":
                register.add_alias(self.work, kind, answers["alias"], answers["ten"])
            else:
                register.add_entry(self.work, kind, answers)
        except register.Refused as refused:
            return self._register(kind, answers, {refused.field: str(refused)}, 422)
        return _redirect(_back(answers["ve"]) or "/")

    # The rest

    def _look(self, place: Place) -> Answer:
        try:
            id_ = self.work.opened(place).data.get("id")
        except Malformed:
            id_ = None
        # A page, not a redirect: the policy of our pages lets no form lead to another server, if only next door.
        address = f"{self._preview()}/ban-tin/{quote(str(id_ or place.folder.name))}/"
        return self._page("look.html", place=place, address=address)

    def _static(self, name: str) -> Answer:
        folder = THEME_FONTS if FONTS.fullmatch(name) else HERE / "static"
        files = {path.name: path for path in folder.iterdir()}
        if name not in files or Path(name).suffix not in _TYPES:
            raise Unwelcome(404, "no file")
        return Answer(200, files[name].read_bytes(), _TYPES[Path(name).suffix])


def _redirect(address: str) -> Answer:
    return Answer(303, headers={"Location": address})


def _back(address: str) -> str:
    """An address of ours to go back to, or nothing."""
    return address if address.startswith("/sua/") else ""


def _answer(wrong: dict[str, str], name: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Unclear as why:
        wrong[name] = str(why)
        return None


def _iso(typed: object) -> str:
    try:
        return read_date(typed).date.isoformat() if isinstance(typed, str) else ""
    except DateError:
        return ""


def _at(data: Any, loc: Loc) -> Any:
    for part in loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _settle(state: State) -> dict[str, Any]:
    """The tree with rows that say nothing taken out, so that its places are those of the file."""

    def walk(data: Any) -> Any:
        if isinstance(data, Rows):
            kept = [
                (item, was)
                for item, was in zip(data, data.was, strict=True)
                if was is not None or item not in ({}, "", None)
            ]
            return Rows([walk(item) for item, _ in kept], [was for _, was in kept])
        if isinstance(data, dict):
            return {key: walk(item) for key, item in data.items()}
        return data

    made: dict[str, Any] = walk(state.data)
    return made


def _not_writable() -> Shown:
    notice = "Chưa lưu: tệp có chỗ mà biểu mẫu không viết lại được nguyên vẹn. Hãy sửa chỗ đó trong tệp index.md."
    return Shown([], notice, True)


def _apart(both: Merged) -> tuple[dict[str, Any], str, Mapping[Loc, Any]]:
    data = dict(both.data)
    return data, data.pop(BODY), both.theirs


def _clashes(theirs: Mapping[Loc, Any], state: State, work: Workspace) -> list[Remark]:
    by_name = {entry.name: entry for top in state.widgets(work.namer) for entry in top.walk()}
    made = []
    for loc in theirs:
        name = ".".join(map(str, loc))
        while name and name not in by_name and name != BODY:
            name = name.rpartition(".")[0]
        widget = by_name.get(name)
        label = "Nội dung" if name == BODY else widget.label if widget else "Bản tin"
        id_ = "f-body" if name == BODY else widget.id if widget else "f-top"
        made.append(Remark(name, id_, label, "clash", "", "Hai người sửa khác nhau chỗ này.", ()))
    return made


def _say(tops: list[Widget], shown: Shown, asked: Mapping[str, Question], namer: Namer, settled: set[str]) -> None:
    """Hang at each widget what was said about it."""
    clashes = {".".join(map(str, loc)): value for loc, value in shown.theirs.items()}
    for widget in (inner for top in tops for inner in top.walk()):
        was = ".".join(map(str, widget.was)) if widget.was is not None else ""
        widget.remarks = [remark for remark in shown.remarks if remark.name == widget.name]
        widget.question = asked.get(was) if was not in settled else None
        if widget.name in clashes:
            widget.theirs = as_typed("" if clashes[widget.name] is GONE else clashes[widget.name])


def _sections(tops: list[Widget]) -> list[Widget]:
    """The groups and lists of a bulletin: each is a section of the page; those that most bulletins have come first."""
    groups = [top for top in tops if top.kind in ("group", "list") or (top.kind == "texts" and top.is_long)]
    return sorted(groups, key=lambda group: not group.is_usual)


def _pictures(place: Place) -> list[str]:
    return [name for name in place.files if Path(name).suffix.lower() in _IMAGES]
