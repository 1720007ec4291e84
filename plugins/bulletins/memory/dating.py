"""When a document last changed: as long as its digest stays, it keeps its time; otherwise it has the moment's."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from bulletins.memory.digests import DocumentState, state_of
from bulletins.memory.state import Publication, Published

_MODIFIED = re.compile(rb'^  "modified": (?:null|"[^"\n]*")', re.MULTILINE)
UNPUBLISHED = "new"
"""Stands for the state of a document that the last publication did not have: whatever stands is made anew."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The dating of one document (`plan.Dating`).

    `previous` is how it was last published. Without a publication to look at, `moment` is None and its own time stays.
    """

    path: str
    root: str
    previous: Published | None = None
    moment: str | None = None

    @property
    def known(self) -> str:
        if self.moment is None:
            return ""
        return _state(self.previous.digest, self.previous.modified) if self.previous else UNPUBLISHED

    def date(self, data: bytes) -> tuple[bytes, str]:
        """The document with its time, and its `DocumentState` as JSON."""
        state = state_of(self.path, data, self.root)
        if self.moment is not None:
            kept = self.previous is not None and self.previous.digest == state.digest
            state = state._replace(modified=self.previous.modified if self.previous and kept else self.moment)
            line = b'  "modified": %s' % json.dumps(state.modified).encode()
            data = _MODIFIED.sub(lambda _: line, data, count=1)
        return data, state.as_json()

    def state(self, metadata: str) -> str:
        if self.moment is None:
            return ""
        state = DocumentState.from_json(metadata)
        return _state(state.digest, state.modified)


def dated(path: str, root: str, publication: Publication | None) -> Dated:
    """The dating of the document at a path of a site with this public address."""
    if publication is None:
        return Dated(path, root)
    return Dated(path, root, publication.memory.documents.get(path), publication.moment)


def _state(digest: str, modified: str | None) -> str:
    return f"{digest} {modified}"
