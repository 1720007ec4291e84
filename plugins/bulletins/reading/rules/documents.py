"""Rules of cited documents: symbols as the rules write them, in the text and in the front matter alike."""

from __future__ import annotations

from collections.abc import Iterator

from bulletins.mistakes import Mistake
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked
from bulletins.vietnamese.document_numbers import find_symbols, irregular, parse_symbol


def symbols(checked: Checked) -> Iterator[Mistake]:
    """S1."""
    for n, typed, ruled in checked.listed_symbols:
        loc = ("documents", n, "symbol")
        if ruled is None:
            yield checked.at(loc, messages.NO_SYMBOL, symbol=typed)
        elif meant := irregular(typed):
            yield checked.at(loc, messages.IRREGULAR_SYMBOL, symbol=typed, meant=meant)
    for citation in checked.citations:
        # Of the others none can be irregular.
        if citation.document.family == "state" and (meant := irregular(citation.written)):
            yield checked.in_body(citation.start, messages.IRREGULAR_SYMBOL, symbol=citation.written, meant=meant)


def only_in_text(checked: Checked) -> Iterator[Mistake]:
    """S2. Each symbol of the text once; the document that a movement follows counts as data."""
    if not checked.citations:
        return
    known = {ruled or typed for _, typed, ruled in checked.listed_symbols} | _followed(checked)
    symbols: set[str] = set()
    for citation in checked.citations:
        symbol = citation.document.symbol
        if symbol not in known and symbol not in symbols:
            symbols.add(symbol)
            yield checked.in_body(citation.start, messages.SYMBOL_ONLY_IN_TEXT, symbol=citation.written)


def only_in_data(checked: Checked) -> Iterator[Mistake]:
    """S3. The symbol stands neither in the text nor in title, lead and captions."""
    if not checked.listed_symbols:
        return
    symbols = {citation.document.symbol for citation in checked.citations}
    if "/" in checked.front:
        symbols |= {citation.document.symbol for citation in find_symbols(checked.front)}
    for n, typed, ruled in checked.listed_symbols:
        if (ruled or typed) not in symbols and typed not in checked.body and typed not in checked.front:
            yield checked.at(("documents", n, "symbol"), messages.SYMBOL_ONLY_IN_DATA, symbol=typed)


def _followed(checked: Checked) -> set[str]:
    followed = [movement.under for movement in checked.bulletin.movements if movement.under]
    return {document.symbol if (document := parse_symbol(under)) else under for under in followed}
