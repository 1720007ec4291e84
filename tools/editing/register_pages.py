"""The page on which a body is added to the register, or another name for one; and the search in its names."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bulletins.writing.posted import one_line
from tools.editing import register
from tools.editing.answers import Answer, Pages, redirect
from tools.editing.names import Finder
from tools.editing.requests import Form
from tools.editing.workspace import Workspace


class RegisterPages:
    """The pages of the register."""

    def __init__(self, workspace: Workspace, pages: Pages) -> None:
        self._work, self._pages = workspace, pages
        self._finders: tuple[object, dict[str, Finder]] = (None, {})

    def ask(self, kind: str, query: Mapping[str, str], wrong: Mapping[str, str], status: int = 200) -> Answer:
        """The page that asks what a new name is; `wrong` says why an answer was not taken."""
        name = query.get("ten", "")
        entries = register.entries(self._work, kind)
        return self._pages.page(
            "register.html",
            status,
            kind=kind,
            title=register.TITLES[kind],
            typed=name,
            wrong=wrong,
            id=query.get("id") or register.proposed_id(name, set(self._work.namer.directories[kind])),
            back=_back(query.get("ve", "")),
            of=query.get("of", ""),
            number=query.get("number", ""),
            bodies=sorted(entries.values(), key=lambda body: body.name),
            hosts=sorted(self._work.register.hosts.values(), key=lambda host: host.name),
        )

    def add(self, kind: str, form: Form) -> Answer:
        """Add what was asked for, and go back to the bulletin where it was missed; or ask again."""
        answers = {name: one_line(form.first(name)) for name in ("ten", "id", "of", "number", "alias", "ve", "do")}
        try:
            register.refuse_strange(answers["ten"])
            if answers["do"] == "alias":
                register.add_alias(self._work, kind, answers["alias"], answers["ten"])
            else:
                register.add_entry(self._work, kind, answers)
        except register.Refused as refused:
            return self.ask(kind, answers, {refused.field: str(refused)}, 422)
        return redirect(_back(answers["ve"]) or "/")

    def find(self, kind: str, typed: str) -> Answer:
        """The bodies that some letters may mean, as JSON."""
        hits = [
            {"id": hit.id, "name": self._work.namer.shown(kind, hit.id), "by": hit.by or hit.id}
            for hit in self._finder(kind).find(typed)
        ]
        return Answer(200, json.dumps(hits, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    def _finder(self, kind: str) -> Finder:
        reader = self._work.reader
        if self._finders[0] is not reader:
            self._finders = (reader, {})
        finders = self._finders[1]
        if kind not in finders:
            finders[kind] = Finder(self._work.namer.directories[kind])
        return finders[kind]

    def warm(self) -> None:
        """Fold the names of units before somebody types one: there may be thousands."""
        self._finder("unit")


def _back(address: str) -> str:
    """An address of ours to go back to, or nothing."""
    return address if address.startswith("/sua/") else ""
