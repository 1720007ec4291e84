"""The only metadata a published photo may carry: a clean credit and licence in XMP and IPTC, if the setting says so."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

_QUOTES = {'"': "&quot;"}
_BARE = {quoted: credit for credit, quoted in _QUOTES.items()}
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="{credit}">'
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{license}</rdf:li></rdf:Alt></dc:rights>'
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)
XMP_IN_JPEG = b"http://ns.adobe.com/xap/1.0/\0"
IPTC_IN_JPEG = b"Photoshop 3.0\0"
_FILLED = re.compile(re.escape(_XMP).replace(r"\{credit\}", '([^"<>]*)').replace(r"\{license\}", "([^<>]*)"))
_IPTC = re.compile(
    re.escape(IPTC_IN_JPEG) + rb"8BIM\x04\x04.{6}\x1c\x01\x5a\x00\x03\x1b%G"
    rb"\x1c\x02\x6e..(?P<credit>[^\x1c]*)\x1c\x02\x74..(?P<license>[^\x1c]*?)\x00?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who took a photo, and under which licence it may be used; each is empty where no editor states it."""

    credit: str
    license: str

    @property
    def digest(self) -> str:
        return repr((self.credit, self.license))


def xmp(credit: Credit) -> bytes:
    """The XMP packet of a credit."""
    from xml.sax.saxutils import escape  # it loads what speaks HTTP, for which an edited text need not wait

    return _XMP.format(credit=escape(credit.credit, _QUOTES), license=escape(credit.license)).encode()


def credit_of(packet: bytes) -> Credit | None:
    """The credit whose packet this is, to the byte; `None` for any other."""
    from xml.sax.saxutils import unescape

    match = _FILLED.fullmatch(packet.decode("utf-8", errors="replace"))
    if not match:
        return None
    credit = Credit(unescape(match[1], _BARE), unescape(match[2]))
    return credit if xmp(credit) == packet else None


def iptc(credit: Credit) -> bytes:
    """The same for programs that know only IPTC-IIM, as the payload of a JPEG's segment APP13.

    UTF-8 is declared (1:90); credit is 2:110, the copyright notice 2:116, which ends at 128 bytes.
    """
    notice = credit.license.encode()[:128].decode("utf-8", errors="ignore").encode()
    records = ((1, 90, b"\x1b%G"), (2, 110, credit.credit.encode()), (2, 116, notice))
    data = b"".join(struct.pack(">BBBH", 0x1C, *where, len(value)) + value for *where, value in records)
    return IPTC_IN_JPEG + b"8BIM" + struct.pack(">HHL", 0x0404, 0, len(data)) + data + b"\0" * (len(data) % 2)


def is_ours(payload: bytes) -> bool:
    """Whether the payload of a segment APP13 is what `iptc` writes, to the byte."""
    match = _IPTC.fullmatch(payload)
    if not match:
        return False
    texts = [match[part].decode("utf-8", errors="replace") for part in ("credit", "license")]
    return iptc(Credit(*texts)) == payload
