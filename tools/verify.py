"""Check a mirror of the site, or its public address, against the sums and the signature of a release.

For agencies: one file, Python 3.11 or newer and nothing else. `python3 verify.py --help` says how.

    python3 verify.py mirror/                          every file of a folder against its SHA256SUMS
    python3 verify.py https://thidua.example.vn/       the same over the network
    python3 verify.py mirror/ --key minisign.pub       and SHA256SUMS against the office's signature

Ends with 0 when everything is as published, 1 when something is not, 2 when nothing could be checked.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.minisig"
TIMEOUT = 60
"""Seconds to wait for an answer of a server."""

TOGETHER = 4
"""Files asked for at the same time: enough to be quick, few enough to be no burden."""


class CannotCheck(Exception):
    """There is nothing to check against, or it is not what it should be; the text says what."""


class Finding(NamedTuple):
    """A file that is not as published: what is wrong with it, and its path."""

    what: str
    path: str


class Copy(NamedTuple):
    """A copy of the site: `read` gives the bytes of a path, or None where it has none; `names` lists all of them."""

    read: Callable[[str], bytes | None]
    names: Callable[[], Iterable[str]] | None


# --- Signatures: Ed25519 as RFC 8032, section 5.1, defines it; files as minisign writes them. ---

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)

Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, x·y = T/Z."""


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * _D * p[3] * q[3], 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point = _add(point, point)
        factor >>= 1
    return total


def _recover_x(y: int, odd: int) -> int | None:
    """The x of a point with this y; None where there is none (RFC 8032, 5.1.3)."""
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and odd):
        return None
    return _P - x if x & 1 != odd else x


def _point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, odd = number & (2**255 - 1), number >> 255
    x = _recover_x(y, odd)
    return None if x is None else (x, y, 1, x * y % _P)


_BASE_Y = 4 * pow(5, -1, _P) % _P
_BASE_X = _recover_x(_BASE_Y, 0) or 0
_BASE: Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % _P)


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature (64 bytes) of the message was made with the secret half of this key (32 bytes)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _point(public), _point(signature[:32])
    response = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or response >= _ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _ORDER
    left, right = _times(response, _BASE), _add(commitment, _times(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % _P == 0 and (left[1] * right[2] - right[1] * left[2]) % _P == 0


class PublicKey(NamedTuple):
    """A public key of minisign: its number (8 bytes) and the key (32 bytes)."""

    number: bytes
    key: bytes


def public_key(text: str) -> PublicKey:
    """The key in a `.pub` file, or the one line of letters in it. Raises `CannotCheck`."""
    lines = [line for line in text.strip().splitlines() if not line.startswith("untrusted comment:")]
    data = _base64(lines[0] if lines else "", "public key")
    if len(data) != 42 or data[:2] != b"Ed":
        raise CannotCheck("this is no public key of minisign")
    return PublicKey(data[2:10], data[10:])


def signature_is_right(key: PublicKey, data: bytes, signature: str) -> bool:
    """Whether a `.minisig` file signs these bytes, its trusted comment too. Raises `CannotCheck`."""
    lines = signature.splitlines()
    if len(lines) < 4 or not lines[2].startswith("trusted comment: "):
        raise CannotCheck(f"{SIGNATURE} is no signature of minisign")
    line, whole = _base64(lines[1], SIGNATURE), _base64(lines[3], SIGNATURE)
    kind, number, made = line[:2], line[2:10], line[10:]
    if kind not in (b"Ed", b"ED") or number != key.number:
        return False
    signed = hashlib.blake2b(data).digest() if kind == b"ED" else data
    comment = lines[2].removeprefix("trusted comment: ").encode()
    return ed25519_verify(key.key, signed, made) and ed25519_verify(key.key, made + comment, whole)


def _base64(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except binascii.Error as error:
        raise CannotCheck(f"{what}: not written as minisign writes it") from error


# --- The sums and the files. ---


def read_sums(data: bytes) -> dict[str, str]:
    """Every path of a release with the SHA-256 of its file in hex. Raises `CannotCheck` for any other text."""
    sums: dict[str, str] = {}
    try:
        lines = data.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise CannotCheck(f"{SUMS} is not UTF-8 text") from error
    for number, line in enumerate(lines, 1):
        digest, mark, path = line[:64], line[64:66], line[66:]
        if mark not in ("  ", " *") or not _is_hex(digest) or not _is_inside(path) or path in sums:
            raise CannotCheck(f"{SUMS}, line {number}: not “<sha256>  <path>”")
        sums[path] = digest
    if not sums:
        raise CannotCheck(f"{SUMS} is empty")
    return sums


def _is_hex(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _is_inside(path: str) -> bool:
    """Whether a path stays inside its folder, on every system."""
    parts = path.split("/")
    return path != "" and not set(path) & set("\\:\0") and not any(part in ("", ".", "..") for part in parts)


def differences(sums: dict[str, str], copy: Copy, only: str = "") -> Iterator[Finding]:
    """Every file whose path begins with `only` and that is missing, other than published, or not of the release."""
    wanted = sorted(path for path in sums if path.startswith(only))
    with ThreadPoolExecutor(TOGETHER) as pool:
        for path, data in zip(wanted, pool.map(copy.read, wanted), strict=True):
            if data is None:
                yield Finding("missing", path)
            elif hashlib.sha256(data).hexdigest() != sums[path]:
                yield Finding("changed", path)
    if copy.names:
        known = {*sums, SUMS, SIGNATURE}
        yield from (
            Finding("not of this release", path) for path in copy.names() if path.startswith(only) and path not in known
        )


def folder(top: Path) -> Copy:
    """A mirror on this machine."""

    def read(path: str) -> bytes | None:
        file = top / path
        return file.read_bytes() if file.is_file() else None

    def names() -> Iterator[str]:
        return (path.relative_to(top).as_posix() for path in sorted(top.rglob("*")) if not path.is_dir())

    return Copy(read, names)


def address(url: str) -> Copy:
    """The site at a public address; what it has besides the release cannot be listed."""
    base = url if url.endswith("/") else f"{url}/"

    def read(path: str) -> bytes | None:
        # Under its own name: the folder of a page that moved is answered with another page.
        wanted = urllib.request.Request(base + urllib.parse.quote(path), headers={"User-Agent": "bulletins-verify/1"})
        try:
            with urllib.request.urlopen(wanted, timeout=TIMEOUT) as answer:
                data: bytes = answer.read()
                return data
        except urllib.error.HTTPError as error:
            # The notice in the place of a withdrawn bulletin, and the page for unknown addresses, come with such codes.
            return error.read() if error.code in (404, 410) and path.endswith(".html") else None

    return Copy(read, None)


def verify(copy: Copy, key: PublicKey | None, only: str = "") -> tuple[int, list[Finding]]:
    """How many files were checked, and what was found. Raises `CannotCheck`, OSError when a server does not answer."""
    data = copy.read(SUMS)
    if data is None:
        raise CannotCheck(f"there is no {SUMS} here")
    findings = []
    if key:
        signature = copy.read(SIGNATURE)
        if signature is None:
            findings.append(Finding("missing", SIGNATURE))
        elif not signature_is_right(key, data, signature.decode("utf-8", "replace")):
            findings.append(Finding("not signed with this key", SUMS))
    sums = read_sums(data)
    findings += differences(sums, copy, only)
    return sum(path.startswith(only) for path in sums), findings


def main(arguments: list[str]) -> int:
    """Check what the command line names; returns the exit code."""
    options = _parser().parse_args(arguments)
    is_address = options.copy.startswith(("https://", "http://"))
    copy = address(options.copy) if is_address else folder(Path(options.copy))
    try:
        key = public_key(_key_text(options.key)) if options.key else None
        count, findings = verify(copy, key, options.only)
    except (CannotCheck, OSError, HTTPException) as error:
        print(f"Cannot check {options.copy}: {error}", file=sys.stderr)
        return 2
    for finding in findings:
        print(f"{finding.what}: {finding.path}")
    signed = "signature checked" if key else "signature NOT checked: give --key"
    print(f"{count} files, {len(findings)} not as published; {signed}.")
    return 1 if findings else 0


def _key_text(key: str) -> str:
    return Path(key).read_text(encoding="utf-8") if Path(key).is_file() else key


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Check a mirror, or a public address, against a release's sums.")
    parser.add_argument("copy", help="a folder, or an address that begins with https://")
    parser.add_argument("--key", help="the office's public key: a .pub file of minisign, or the line of letters in it")
    parser.add_argument("--only", default="", help="check only paths that begin so, such as api/")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
