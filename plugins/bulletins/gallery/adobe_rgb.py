"""Adobe RGB (1998) as a colour profile, for photos that name it by a mark alone, as cameras do.

Cameras that keep to DCF 2.0 (JEITA CP-3461B, 3.2) write no profile into such a photo: its interoperability index is
“R03”, and whoever takes it for sRGB sees dull colours. The profile is of ICC.1:2001-04, three primaries and a gamma.
"""

from __future__ import annotations

import struct

INDEX = "R03\0"
"""The interoperability index of a photo in Adobe RGB, as EXIF has it; that of one in sRGB is R98."""

# XYZ of the primaries, adapted to D50 as profiles have them (Adobe RGB 1998 colour image encoding, 2005, 4.3).
_PRIMARIES = {b"rXYZ": (0.60974, 0.31111, 0.01947), b"gXYZ": (0.20528, 0.62567, 0.06087),
              b"bXYZ": (0.14919, 0.06322, 0.74457)}  # fmt: skip
_D50 = (0.9642, 1.0, 0.8249)
_GAMMA = 563
"""2.19921875, in 256ths."""


def profile() -> bytes:
    """The profile; the same bytes each time."""
    points = {tag: _xyz(*value) for tag, value in {**_PRIMARIES, b"wtpt": _D50}.items()}
    curve = b"curv" + struct.pack(">IIHxx", 0, 1, _GAMMA)
    tags = {**points, **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)}
    tags |= {b"desc": _description(b"RGB of R03"), b"cprt": b"text" + bytes(4) + b"CC0\0"}
    at, table, data = 132 + 12 * len(tags), b"", b""
    for tag, value in tags.items():
        table += tag + struct.pack(">II", at + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    size = at + len(data)
    return _header(size) + struct.pack(">I", len(tags)) + table + data


def _header(size: int) -> bytes:
    kinds = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    when = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    return (kinds + when + b"acsp" + bytes(28) + b"".join(map(_fixed, _D50))).ljust(128, b"\0")


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, values))


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _description(text: bytes) -> bytes:
    return b"desc" + struct.pack(">II", 0, len(text) + 1) + text + bytes(1 + 8 + 3 + 67)
