"""A page: a view gives the values, a template shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulletins.pages.edition import Edition
from bulletins.pages.environment import environment
from bulletins.pages.views import structured

View = Callable[..., Mapping[str, Any]]
"""`view(edition, *inputs)`: what the template is given, `head` among it."""


@dataclass(frozen=True, slots=True)
class Page:
    """The `make` of a line of the plan: its template by its name in the theme's `templates/`, and its view."""

    template: str
    view: View

    @property
    def digest(self) -> str:
        """What the fingerprint of the line knows the page by."""
        return f"{self.template} {self.view.__module__}.{self.view.__qualname__}"

    def __call__(self, edition: Edition, *inputs: Any) -> Sequence[bytes]:
        """The page's file; raises `jinja2.UndefinedError` for a name that the view does not give."""
        values = self.view(edition, *inputs)
        data = structured.page(edition, values["head"])
        return [environment(edition).get_template(self.template).render(values, structured=data).encode()]
