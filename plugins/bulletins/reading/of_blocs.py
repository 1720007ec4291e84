"""Which of a bulletin's blocs each fact is about: one says so where there are several, and names one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulletins.domain.attribution import CHANGING, LEADING
from bulletins.domain.model import OF_BLOCS, BlocYear, Bulletin, Decision
from bulletins.mistakes import Mistake
from bulletins.reading import messages
from bulletins.reading.consulted import Watched
from bulletins.reading.frontmatter import Loc, Tree


def mistakes(tree: Tree, bulletin: Bulletin, register: Watched) -> Iterator[Mistake]:
    """Every fact of no bloc where there are several, or of another than those; and a host that a bloc has already."""
    blocs = bulletin.blocs
    if blocs and bulletin.host:
        yield tree.mistake_in_key(("host",), messages.HOST_OF_BLOC, host=register.hosts[bulletin.host].name)
    if not blocs and bulletin.bloc_years:
        yield tree.mistake_in_key(("bloc_years",), messages.YEARS_OF_NO_BLOC)
        return
    for name in OF_BLOCS:
        for n, fact in enumerate(getattr(bulletin, name)):
            loc: Loc = (name, n)
            if fact.bloc is None and len(blocs) > 1 and _is_of_one(fact):
                yield tree.mistake(loc, messages.WHICH_BLOC, listed=_listed(blocs, register))
            elif fact.bloc is not None and fact.bloc not in blocs:
                words = {"bloc": register.blocs[fact.bloc].name, "listed": _listed(blocs, register)}
                yield tree.mistake((*loc, "bloc"), messages.NONE_OF_THE_BLOCS, **words)


def _is_of_one(fact: object) -> bool:
    """Whether a fact can only be about one bloc: who belongs to it and who leads it."""
    return isinstance(fact, BlocYear) or (
        isinstance(fact, Decision) and (fact.kind in (*LEADING, *CHANGING) or fact.role is not None)
    )


def _listed(blocs: Iterable[str], register: Watched) -> str:
    return "; ".join(f"`bloc: {bloc}` ({register.blocs[bloc].name})" for bloc in blocs)
