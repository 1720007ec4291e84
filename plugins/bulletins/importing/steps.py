"""The steps one after another: a text to its article, and an article to a draft."""

from __future__ import annotations

from bulletins.domain.register import Register
from bulletins.importing.article import Article
from bulletins.importing.clean import clean
from bulletins.importing.propose import Draft, propose
from bulletins.importing.recognise.recognise import recognise
from bulletins.importing.source import SourceText
from bulletins.importing.split import split
from bulletins.phrases.names import Names


def article_of(source: SourceText) -> Article:
    """The parts of a text: cleaned, then split."""
    return split(source, clean(source.blocks))


def draft_of(source: SourceText, register: Register, names: Names) -> Draft:
    """The draft that a text gives, with this register; `names` are those of the register, made once for many texts."""
    article = article_of(source)
    return propose(article, recognise(article, register, names), source.name)
