"""The list of bulletins, and the page that makes a new one."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bulletins.clock import ZONE
from bulletins.domain.kinds import CEREMONIES, STATUSES
from bulletins.mistakes import errors
from bulletins.reading.frontmatter import Malformed
from bulletins.vietnamese.dates import DateError, read_date
from tools.contents import read_all
from tools.editing.answers import Answer, Pages, redirect, why
from tools.editing.requests import Form
from tools.editing.workspace import Place, Workspace
from tools.new import Flags, Unclear, checked_id, read_bloc, read_day, read_kind, read_year, write
from tools.starting import Wish, conventional_id

T = TypeVar("T")

_NO_BLOC = "Chọn khối, cụm thi đua; không của khối nào thì chọn “Không của khối nào”."


class BulletinList:
    """The pages from which a bulletin is opened or begun."""

    def __init__(self, workspace: Workspace, pages: Pages) -> None:
        self._work, self._pages = workspace, pages

    def show(self) -> Answer:
        """Every bulletin with its state and its mistakes, newest first."""
        mistakes = read_all(self._work.root, self._work.settings)[0].mistakes
        levels = Counter((mistake.path, mistake.level) for mistake in mistakes)
        rows = [
            {**self._row(place), "errors": levels[place.name, "error"], "warnings": levels[place.name, "warning"]}
            for place in self._work.places().values()
        ]
        rows.sort(key=lambda row: (row["date"], row["key"]), reverse=True)
        others = [mistake for mistake in errors(mistakes) if not mistake.path.startswith("content/bulletins/")]
        return self._pages.page("list.html", rows=rows, others=others)

    def _row(self, place: Place) -> dict[str, Any]:
        try:
            data = self._work.opened(place).data
        except Malformed:
            return {"key": place.key, "title": place.key, "status": "?", "date": "", "bloc": "", "typed": False}
        ceremony, blocs = data.get("ceremony"), data.get("bloc") or data.get("blocs")
        named = [blocs] if isinstance(blocs, str) else blocs if isinstance(blocs, list) else []
        return {
            "key": place.key,
            "title": data.get("title") or place.key,
            "status": state_of(data, datetime.datetime.now(ZONE)),
            "date": _iso(ceremony.get("date") if isinstance(ceremony, dict) else None),
            "bloc": ", ".join(self._work.namer.shown("bloc", bloc) for bloc in named if isinstance(bloc, str)),
            "typed": any(True for _ in self._work.sessions(place)),
        }

    def ask(self, form: Form, wrong: Mapping[str, str], status: int = 200) -> Answer:
        """The page that asks what a new bulletin is about; `wrong` says why an answer was not taken."""
        register = self._work.register
        blocs = sorted(register.blocs.values(), key=lambda bloc: bloc.name)
        kinds = list(CEREMONIES)
        return self._pages.page(
            "new.html", status, form=form, wrong=wrong, kinds=kinds, blocs=blocs, hosts=register.hosts
        )

    def make(self, form: Form) -> Answer:
        """Make the bulletin, or ask again."""
        wrong: dict[str, str] = {}
        wish = self._wish(form, wrong)
        if wish is not None:
            try:
                library = read_all(self._work.root, self._work.settings)[0].library
                write(self._work.root, wish, library)
                return redirect(f"/sua/{wish.year}/{wish.id}")
            except FileExistsError as error:
                wrong["id"] = str(error).replace("bằng --id", "ở ô “Mã bản tin”")
            except OSError as error:
                wrong["id"] = f"Không ghi được: {why(error)}."
        return self.ask(form, wrong, 422)

    def _wish(self, form: Form, wrong: dict[str, str]) -> Wish | None:
        flags = Flags(*(form.first(name).strip() for name in ("kind", "bloc", "year", "date", "id")))
        kind = _answered(wrong, "kind", lambda: read_kind(_needed(flags.kind, "Chọn loại lễ, hội nghị.")))
        bloc = _answered(wrong, "bloc", lambda: read_bloc(_needed(flags.bloc, _NO_BLOC), self._work.register.blocs))
        year = _answered(wrong, "year", lambda: read_year(_needed(flags.year, "Ghi năm, bốn chữ số, ví dụ 2023.")))
        date = _answered(wrong, "date", lambda: read_day(flags.date, year or 2023)) if flags.date else None
        if wrong or not (kind and year) or bloc is None:
            return None
        name = flags.id or conventional_id(bloc, year, kind)
        checked = _answered(wrong, "id", lambda: checked_id(name))
        return Wish(kind, bloc, year, date, checked) if checked else None


def _needed(answer: str, line: str) -> str:
    """The answer; raises `Unclear` with a line if there is none."""
    if not answer:
        raise Unclear(line)
    return answer


def _answered(wrong: dict[str, str], name: str, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Unclear as why:
        wrong[name] = str(why)
        return None


def state_of(data: Mapping[str, Any], now: datetime.datetime) -> str:
    """The code of a bulletin's status, however it is typed; of what goes out later `scheduled`; what is none stays."""
    typed = str(data.get("status") or "published")
    status = STATUSES.find(typed) or typed
    return "scheduled" if status == "published" and _is_later(data.get("published"), now) else status


def _is_later(typed: object, now: datetime.datetime) -> bool:
    try:
        moment = read_date(str(typed))
    except DateError:
        return False
    return datetime.datetime.combine(moment.date, moment.time or datetime.time(), ZONE) > now


def _iso(typed: object) -> str:
    try:
        return read_date(typed).date.isoformat() if isinstance(typed, str) else ""
    except DateError:
        return ""
