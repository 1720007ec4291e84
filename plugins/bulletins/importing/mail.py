"""An e-mail (`.eml`): its text, the pictures in it and attached to it, and a Word file attached as the text itself."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage

from bulletins.importing.markup import blocks_of
from bulletins.importing.source import Block, Picture, SourceText, Unreadable
from bulletins.importing.text import read_text
from bulletins.importing.word import read_word

_WORD = ".docx"


def read_mail(name: str, data: bytes) -> SourceText:
    """The text of an e-mail: that of the Word file it carries, or else its own; then the pictures attached to it."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise Unreadable("không phải thư điện tử .eml")
    attached = list(message.iter_attachments())
    word = next((part for part in attached if (part.get_filename() or "").lower().endswith(_WORD)), None)
    source = read_word(name, _content(word)) if word is not None else _own_text(name, message)
    pictures = tuple(_pictures(message))
    date = message["date"]
    moment = date.datetime if date is not None and date.datetime else None
    return SourceText(
        name,
        (*source.blocks, *pictures),
        title=source.title,
        published=None,
        publisher=None,
        url=f"thư ngày {moment:%d/%m/%Y}" if moment and not source.blocks else None,
    )


def _own_text(name: str, message: EmailMessage) -> SourceText:
    body = message.get_body(preferencelist=("html", "plain"))
    if body is None:
        raise Unreadable("thư không có phần chữ")
    content = body.get_content()
    if body.get_content_type() == "text/html":
        return SourceText(name, tuple(block for block in blocks_of(content) if not _is_inline(block)))
    return read_text(name, content.encode("utf-8"))


def _is_inline(block: Block) -> bool:
    """A picture of the letter itself; its content comes with the attachments."""
    return isinstance(block, Picture) and block.data is None


def _pictures(message: EmailMessage) -> Iterator[Picture]:
    for part in message.walk():
        if part.get_content_maintype() == "image" and isinstance(part, EmailMessage):
            yield Picture(_content(part), part.get_filename() or "")


def _content(part: EmailMessage) -> bytes:
    content = part.get_content()
    return content if isinstance(content, bytes) else str(content).encode("utf-8")
