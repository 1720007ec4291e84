"""Signing the sums of a release: Ed25519 keys and signatures in minisign's format, so that its tools can check them.

The format is described at https://jedisct1.github.io/minisign/. The secret key stays outside the repository and the
settings: the environment names its file, and holds its password where it has one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import NamedTuple

_COMMENT = "untrusted comment: "
_KEY = 104
"""Bytes that a password hides: the key's number (8), seed and public half (64), checksum (32)."""

_MEMORY = (1 << 31) - 2
"""Bytes that making a key out of a password may take: minisign's own choice needs half of it."""


class KeyUnusable(Exception):
    """The secret key cannot be used; the text says why, in Vietnamese and English."""


class SecretKey(NamedTuple):
    """A secret key of minisign: its number (8 bytes), its seed and its public half (32 bytes each)."""

    number: bytes
    seed: bytes
    public: bytes


def secret_key(text: str, password: str = "") -> SecretKey:
    """The key in a file that `minisign -G` made, with its password if it has one. Raises `KeyUnusable`."""
    data = _decoded(text)
    if len(data) != 54 + _KEY or data[:2] != b"Ed" or data[4:6] != b"B2":
        raise KeyUnusable("Tệp này không phải khóa bí mật của minisign / This is no secret key of minisign.")
    hidden = data[54:]
    if data[2:4] == b"Sc":
        stream = _stream(password, salt=data[6:38], operations=_number(data[38:46]), memory=_number(data[46:54]))
        hidden = bytes(a ^ b for a, b in zip(hidden, stream, strict=True))
    number, seed, public, checksum = hidden[:8], hidden[8:40], hidden[40:72], hidden[72:]
    # A key that was made without a password may carry no checksum.
    right = hashlib.blake2b(data[:2] + hidden[:72], digest_size=32).digest()
    if checksum != right and (data[2:4] == b"Sc" or any(checksum)):
        raise KeyUnusable(
            "Khóa ký có mật khẩu mà mật khẩu thiếu hoặc sai: đặt đúng BULLETINS_SIGNING_PASSWORD / "
            "The password of the signing key is missing or wrong: set BULLETINS_SIGNING_PASSWORD."
        )
    return SecretKey(number, seed, public)


def public_line(key: SecretKey) -> str:
    """The public half as minisign writes it: the line that agencies give to their verifier."""
    return base64.b64encode(b"Ed" + key.number + key.public).decode()


def sign(key: SecretKey, data: bytes, trusted_comment: str) -> bytes:
    """The `.minisig` file for these bytes; the comment is signed as well. The same every time."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(key.seed)
    signature = private.sign(hashlib.blake2b(data).digest())
    whole = private.sign(signature + trusted_comment.encode())
    line = base64.b64encode(b"ED" + key.number + signature).decode()
    last = base64.b64encode(whole).decode()
    return f"{_COMMENT}SHA256SUMS\n{line}\ntrusted comment: {trusted_comment}\n{last}\n".encode()


def _decoded(text: str) -> bytes:
    lines = [line for line in text.strip().splitlines() if not line.startswith(_COMMENT)]
    try:
        return base64.b64decode(lines[0], validate=True) if lines else b""
    except binascii.Error:
        return b""


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _stream(password: str, *, salt: bytes, operations: int, memory: int) -> bytes:
    """What a password hides the key with: scrypt, with the parameters that libsodium takes for these limits."""
    n, p = _scrypt_parameters(max(operations, 32768), memory)
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=8, p=p, maxmem=_MEMORY, dklen=_KEY)


def _scrypt_parameters(operations: int, memory: int) -> tuple[int, int]:
    if operations < memory // 32:
        return _power_below(operations // 32), 1
    n = _power_below(memory // 1024)
    return n, min(operations // 4 // n, 0x3FFFFFFF) // 8


def _power_below(limit: int) -> int:
    """The least power of two that is more than half of the limit."""
    n = 2
    while n <= limit // 2:
        n *= 2
    return n
