"""The shortest valid records: a test names only what it is about."""

from __future__ import annotations

from typing import Any

from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.register import Bloc, Host, Register, Unit


def bulletin(bulletin_id: str = "khoi-1-2023-pact", **fields: Any) -> Bulletin:
    """A bulletin of `khoi-1` that signs the pact of 2023, with whatever else is given."""
    least: dict[str, Any] = {
        "id": bulletin_id,
        "title": "Khối 1 ký giao ước",
        "lead": "Các đơn vị ký giao ước.",
        "bloc": "khoi-1",
        "ceremony": {"kinds": ["pact"], "date": "2023-03-02"},
        "years": {"pact": "2023"},
    }
    return Bulletin.model_validate(least | fields)


def register() -> Register:
    """A host with two blocs and three units."""
    return Register(
        hosts=[Host.model_validate({"id": "so-mau", "names": "Sở Mẫu"})],
        blocs=[
            Bloc.model_validate({"id": f"khoi-{n}", "names": f"Khối thi đua {n}", "number": n, "host": "so-mau"})
            for n in (1, 2)
        ],
        units=[
            Unit.model_validate({"id": f"phong-{word}", "names": f"Phòng {name}"})
            for word, name in (("mot", "Một"), ("hai", "Hai"), ("ba", "Ba"))
        ],
    )


def library(*bulletins: Bulletin, withdrawn: tuple[Bulletin, ...] = ()) -> Library:
    """A library of these bulletins, each with a short body."""
    bodies = {one.id: Body((f"<p>Nội dung {one.id}.</p>",), f"body-{one.id}") for one in bulletins}
    return Library(register(), bulletins, bodies, withdrawn)
