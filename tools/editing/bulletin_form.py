"""A bulletin in the form: opened, changed by the buttons in it, checked and saved."""

from __future__ import annotations

import datetime
import re
import secrets
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bulletins.clock import ZONE
from bulletins.domain.kinds import STATUSES
from bulletins.making.lock import Busy
from bulletins.mistakes import Mistake, errors
from bulletins.reading.attachments import TYPES
from bulletins.reading.bulletin import VERBATIM
from bulletins.reading.drafts import is_draft_status
from bulletins.reading.frontmatter import Loc, Malformed
from bulletins.writing.form import Widget, as_typed
from bulletins.writing.frontmatter import NotWritable, with_data
from bulletins.writing.merging import GONE, merged
from bulletins.writing.saving import Moved
from tools.editing import uploads
from tools.editing.answers import Answer, Pages, redirect, why
from tools.editing.form_state import BODY, State, act, add_attachment, add_photo, place_of
from tools.editing.register import MODELS
from tools.editing.requests import Form, Unwelcome
from tools.editing.said import Remark, clash, questions, remarks, settled, strange_letters
from tools.editing.workspace import Opened, Place, Workspace

IMAGES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
          ".webp": "image/webp", ".avif": "image/avif"}  # fmt: skip
"""Pictures that browsers show, and what they are."""

_BLOC = re.compile(r"blocs?\.\d+")
"""The names of the fields in which the blocs of a bulletin stand."""

_SAVED = {
    "1": "Đã lưu.",
    "nhap": "Đã lưu bản nháp. Bản nháp còn lỗi nên chưa đăng được; các lỗi ở dưới.",
}
_NOT_WRITABLE = "Chưa lưu: tệp có chỗ mà biểu mẫu không viết lại được nguyên vẹn. Hãy sửa chỗ đó trong tệp index.md."
_STRANGE = "Chưa lưu: có ký tự lạ, thường do chép từ chương trình khác."
_CLASH = "Người khác vừa lưu bản tin này. Những chỗ hai bên sửa khác nhau được đánh dấu ở dưới."
_LOST = "Không còn bản đã mở lúc đầu để so. Xem lại toàn bộ biểu mẫu rồi lưu."
_ERRORS = "Chưa lưu: bản tin đã đăng không được lưu khi còn lỗi."


@dataclass(frozen=True)
class Editing:
    """One form: the bulletin, its file as the form opened it, what the form says now, and which form it is."""

    place: Place
    base: Opened
    state: State
    session: str


@dataclass(frozen=True)
class Shown:
    """What a page of the form shows besides the fields."""

    remarks: list[Remark] = field(default_factory=list)
    notice: str = ""
    is_bad: bool = False
    look_at: str = ""
    theirs: Mapping[Loc, Any] = field(default_factory=dict)
    is_checked: bool = False


class BulletinForm:
    """The pages of one bulletin."""

    def __init__(self, workspace: Workspace, pages: Pages) -> None:
        self._work, self._pages = workspace, pages

    def open(self, place: Place, query: Mapping[str, str]) -> Answer:
        """The form of a bulletin as it stands, or as somebody left it unsaved (`phien`)."""
        try:
            base = self._work.opened(place)
        except Malformed:
            return self._broken(place)
        session = query.get("phien", "")
        left = self._left(place, session) if session else None
        if left:
            return self._check(left, query.get("xem", ""))
        saved = query.get("luu", "")
        editing = Editing(place, base, State(base.data, base.body), secrets.token_hex(8))
        said = self._said(editing, base.text, self._work.mistakes(place, base.text))
        return self._page(editing, Shown(said, _SAVED.get(saved, ""), is_checked=bool(saved)))

    def _left(self, place: Place, session: str) -> Editing | None:
        typed = self._work.typed(place, session)
        base = self._work.remembered((typed.get("~opened") or [""])[0], place) if typed else None
        if typed is None or base is None:
            return None
        return Editing(place, base, self._posted(typed, base), session)

    def _posted(self, fields: Mapping[str, list[str]], base: Opened) -> State:
        """What came back from the form; new names count where the bloc stands that came back with them."""
        blocs = [values[0] for name, values in fields.items() if values and _BLOC.fullmatch(name)]
        wanted = {**base.data, "bloc": blocs} if blocs else base.data
        namer = self._work.namer_of(base.data, wanted)
        return State.posted(fields, base.data, base.body, namer)

    def _broken(self, place: Place, session: str = "", status: int = 200) -> Answer:
        data = place.path.read_bytes()
        text = data.decode("utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8", "replace")
        mistakes = self._work.mistakes_on_disk(place)
        return self._pages.page("broken.html", status, place=place, mistakes=mistakes, text=text, session=session)

    def press(self, place: Place, form: Form) -> Answer:
        """What comes of a button in the form; where the file cannot be read any more, what was typed is kept."""
        try:
            return self._pressed(place, form)
        except Malformed:
            session = form.first("~session")
            self._work.keep_typed(place, session, form.fields)
            return self._broken(place, session, 409)

    def gone(self, key: str, form: Form) -> Answer:
        """What a form is told whose bulletin has left its folder: what was typed is kept where it stands now."""
        place, session = self._work.moved(key, form.first("id")), form.first("~session")
        self._work.keep_typed(place, session, form.fields)
        return self._pages.page("gone.html", 409, key=key, place=place, session=session, text=form.first(BODY))

    def _pressed(self, place: Place, form: Form) -> Answer:
        base, session = self._work.remembered(form.first("~opened"), place), form.first("~session")
        if base is None:
            return self._lost(place, form)
        editing = Editing(place, base, self._posted(form.fields, base), session)
        self._work.keep_typed(place, session, form.fields)
        what, _, rest = form.first("do").partition(":")
        return self._answered(editing, form, what, rest)

    def _answered(self, editing: Editing, form: Form, what: str, rest: str) -> Answer:
        """What a button does: `what`, to the field and with the value that `rest` names."""
        name, _, value = rest.partition(":")
        match what:
            case "save":
                return self._save(editing)
            case "check":
                return self._check(editing)
            case "upload":
                return self._upload(editing, form, "~photos", uploads.picture_ending)
            case "attach":
                return self._upload(editing, form, "~attachments", uploads.attachment_ending)
            case "register":
                return self._to_register(editing, name)
            case "discard":
                self._work.forget(editing.place, name)
            case "sure":
                asked = questions(editing.base.text).items()
                editing.state.settled |= {name for name, question in asked if question.is_sure}
        # Nothing is complained of before somebody asks.
        return self._page(editing, Shown(look_at=act(editing.state, what, name, value) if name else ""))

    def _lost(self, place: Place, form: Form) -> Answer:
        """The file was opened by a form that nobody knows any more: what was typed is shown over what stands now."""
        base = self._work.opened(place)
        state = self._posted(form.fields, base)
        return self._page(Editing(place, base, state, form.first("~session")), Shown([], _LOST, True), 409)

    # Checking and saving

    def _said(self, editing: Editing, text: str, mistakes: list[Mistake]) -> list[Remark]:
        namer = self._work.namer_of(editing.state.plain)
        return remarks(mistakes, text, State(editing.state.plain, editing.state.body).widgets(namer), namer)

    def _check(self, editing: Editing, look_at: str = "") -> Answer:
        editing = replace(editing, state=editing.state.without_blank_rows)
        try:
            text = self._text(editing)
        except NotWritable:
            return self._not_writable(editing, 200)
        said = self._said(editing, text, self._work.mistakes(editing.place, text))
        notice = "" if said else "Không có lỗi."
        return self._page(editing, Shown(said, notice, look_at=look_at, is_checked=True))

    def _text(self, editing: Editing) -> str:
        """The file's text as the form wants it. Raises `NotWritable`."""
        state, base = editing.state, editing.base
        answered = settled(base, state, self._work.namer_of(state.plain))
        return with_data(base.text, state.plain, VERBATIM, state.body, answered)

    def _save(self, editing: Editing) -> Answer:
        editing = replace(editing, state=editing.state.without_blank_rows)
        now = self._work.opened(editing.place)
        if now.digest != editing.base.digest:
            editing, theirs = _joined(editing, now)
            if theirs:
                by_name = _by_name(editing.state.widgets(self._work.namer_of(editing.state.plain)))
                said = [clash(loc, by_name) for loc in theirs]
                return self._page(editing, Shown(said, _CLASH, True, theirs=theirs), 409)
        try:
            text = self._text(editing)
        except NotWritable:
            return self._not_writable(editing, 422)
        return self._write(editing, text)

    def _not_writable(self, editing: Editing, status: int) -> Answer:
        """Why the file cannot hold what the form says: mostly letters of its text that no file of ours may hold."""
        state = editing.state
        said = strange_letters(state, state.widgets(self._work.namer_of(state.plain)))
        return self._page(editing, Shown(said, _STRANGE if said else _NOT_WRITABLE, True, is_checked=True), status)

    def _write(self, editing: Editing, text: str) -> Answer:
        place, base, state = editing.place, editing.base, editing.state
        mistakes = self._work.mistakes(place, text)
        said = self._said(editing, text, mistakes)
        if errors(mistakes) and not is_draft_status(state.plain.get("status")):
            return self._page(editing, Shown(said, _ERRORS, True, is_checked=True), 422)
        try:
            self._work.save(place.path, text, base.digest)
        except (Moved, Busy):
            return self._page(editing, Shown(said, "Chưa lưu: tệp vừa đổi. Hãy lưu lại.", True), 409)
        except OSError as error:
            return self._page(editing, Shown(said, f"Chưa lưu được: {why(error)}.", True), 500)
        self._work.forget(place, editing.session)
        return redirect(f"/sua/{quote(place.key)}?luu={'nhap' if errors(mistakes) else '1'}")

    # Photos, attachments, and the way to the register

    def _upload(self, editing: Editing, form: Form, field: str, ending_of: Callable[[str, bytes], str]) -> Answer:
        """Keep the files of a field of the form beside the bulletin, each with a row of its own."""
        refused, look_at, taken = [], field[1:], set(editing.place.files)
        sent = [upload for name, upload in form.files if name == field and (upload.name or upload.data)]
        for upload in sent:
            try:
                file = uploads.keep(editing.place.folder, upload.name, upload.data, taken, ending_of)
            except uploads.Refused as error:
                refused.append(str(error))
            except OSError as error:
                refused.append(f"Không ghi được tệp: {why(error)}.")
            else:
                taken.add(file)
                is_photo = field == "~photos"
                title = Path(uploads.own_name(upload.name)).stem
                look_at = add_photo(editing.state, file) if is_photo else add_attachment(editing.state, file, title)
        notice = " ".join(refused) if sent else "Chưa chọn tệp nào."
        editing = replace(editing, place=self._work.places()[editing.place.key])
        return self._page(editing, Shown([], notice, bool(refused), look_at), 422 if refused else 200)

    def _to_register(self, editing: Editing, name: str) -> Answer:
        widget = _by_name(editing.state.widgets(self._work.namer_of(editing.state.plain))).get(name)
        if widget is None or widget.kind not in MODELS:
            raise Unwelcome(404, "no field")
        back = f"/sua/{quote(editing.place.key)}?{urlencode({'phien': editing.session, 'xem': name})}"
        return redirect(f"/danh-ba/{widget.kind}?{urlencode({'ten': widget.value, 've': back})}")

    # The page

    def _page(self, editing: Editing, shown: Shown, status: int = 200) -> Answer:
        place, base, state = editing.place, editing.base, editing.state
        tops = state.widgets(self._work.namer_of(state.plain))
        asked = {name: asks for name, asks in questions(base.text).items() if name not in state.settled}
        for widget in _by_name(tops).values():
            widget.remarks = [remark for remark in shown.remarks if remark.name == widget.name]
            widget.question = asked.get(".".join(map(str, widget.was))) if widget.was is not None else None
            if (theirs := shown.theirs.get(place_of(widget.name), shown)) is not shown:
                widget.theirs = as_typed("" if theirs is GONE else theirs)
        return self._pages.page(
            "edit.html",
            status,
            place=place,
            opened=base.digest,
            session=editing.session,
            tops=tops,
            sections=_sections(tops),
            body=state.body.strip("\n"),
            body_remarks=[remark for remark in shown.remarks if remark.name == BODY],
            body_theirs=shown.theirs.get((BODY,)),
            shown=shown,
            kept=self._kept(editing) if status == 200 else [],
            status_now=STATUSES.find(str(state.plain.get("status") or "published")),
            questions=[question for question in asked.values() if question.is_open],
            proposals=sum(question.is_sure for question in asked.values()),
            settled=sorted(state.settled),
            files=[name for name in place.files if Path(name).suffix.lower() in IMAGES],
            title=str(state.data.get("title") or place.folder.name),
            attachable=", ".join(TYPES),
        )

    def _kept(self, editing: Editing) -> list[tuple[str, str]]:
        """Other forms of this bulletin that were not saved: which, and when somebody last typed there."""
        others = [(name, at) for name, at in self._work.sessions(editing.place) if name != editing.session]
        return [(name, f"{datetime.datetime.fromtimestamp(at, ZONE):%H:%M %d/%m/%Y}") for name, at in others[:3]]


def _by_name(tops: list[Widget]) -> dict[str, Widget]:
    return {widget.name: widget for top in tops for widget in top.walk()}


def _joined(editing: Editing, now: Opened) -> tuple[Editing, Mapping[Loc, Any]]:
    """The form with what somebody else saved meanwhile, and their value wherever both changed one place."""
    base, state = editing.base, editing.state
    sides = ({**base.data, BODY: base.body}, {**state.plain, BODY: state.body}, {**now.data, BODY: now.body})
    both = merged(*sides)
    data = dict(both.data)
    body = data.pop(BODY)
    return replace(editing, base=now, state=State(data, body, state.settled)), both.theirs


def _sections(tops: list[Widget]) -> list[Widget]:
    """The groups and lists of a bulletin: each is a section of the page; those that most bulletins have come first."""
    groups = [top for top in tops if top.kind in ("group", "list") or (top.kind == "texts" and top.is_long)]
    return sorted(groups, key=lambda group: not group.is_usual)
