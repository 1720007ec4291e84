"""What goes back to the browser: pages from templates, and ways elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tools.door import cause

TEMPLATES = Path(__file__).parent / "templates"


@dataclass
class Answer:
    """A status, a body with its type, and further headers."""

    status: int = 200
    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


class Pages:
    """Pages made from templates; every form in them carries the token by which it is known as ours."""

    def __init__(self, token: str) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._environment.globals["token"] = token

    def page(self, template: str, status: int = 200, **values: Any) -> Answer:
        """The page that a template makes of some values."""
        return Answer(status, self._environment.get_template(template).render(**values).encode())


def why(error: OSError) -> str:
    """Why the system refused to read or write, as a page says it."""
    return cause(error).partition(" / ")[0]


def redirect(address: str) -> Answer:
    """Send the browser to an address of ours."""
    return Answer(303, headers={"Location": address})
