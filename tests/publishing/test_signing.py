"""Signatures of a release: minisign itself, and our own verifier for agencies, believe them and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bulletins.publishing.signing import KeyUnusable, SecretKey, public_line, secret_key, sign
from bulletins.publishing.sums import SIGNATURE, SUMS, read_sums, write_sums
from tools import verify

SUMS_TEXT = write_sums({"b/index.html": "b" * 64, "a.json": "a" * 64})

# Made with minisign for these tests, with the password “hello”; nothing real is signed with it.
WITH_PASSWORD = Path(__file__).with_name("password.key").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("minisign"):
        pytest.skip("minisign is not installed")
    folder = tmp_path_factory.mktemp("keys")
    command = ["minisign", "-G", "-W", "-p", folder / "k.pub", "-s", folder / "k.key"]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def _key(keys: Path) -> SecretKey:
    return secret_key((keys / "k.key").read_text(encoding="utf-8"))


def test_minisign_believes_our_signature(keys: Path, tmp_path: Path) -> None:
    (tmp_path / SUMS).write_bytes(SUMS_TEXT)
    (tmp_path / SIGNATURE).write_bytes(sign(_key(keys), SUMS_TEXT, "release 7"))
    command = ["minisign", "-V", "-p", keys / "k.pub", "-m", tmp_path / SUMS]
    done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert "Trusted comment: release 7" in done.stdout


def test_the_public_line_is_the_one_minisign_gave_out(keys: Path) -> None:
    assert public_line(_key(keys)) in (keys / "k.pub").read_text(encoding="utf-8")


def test_our_verifier_believes_our_signature_and_no_other_text(keys: Path) -> None:
    public, signature = verify.public_key(public_line(_key(keys))), sign(_key(keys), SUMS_TEXT, "release 7").decode()

    assert verify.signature_is_right(public, SUMS_TEXT, signature)
    assert not verify.signature_is_right(public, SUMS_TEXT + b" ", signature)
    assert not verify.signature_is_right(public, SUMS_TEXT, signature.replace("release 7", "release 8"))


def test_a_key_with_a_password_opens_with_it() -> None:
    key = secret_key(WITH_PASSWORD, "hello")

    assert public_line(key) in Path(__file__).with_name("password.pub").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "no key", "untrusted comment: x\nAAAA\n"])
def test_what_is_no_secret_key_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(KeyUnusable, match="khóa bí mật"):
        secret_key(text)


@pytest.mark.parametrize("damage", [b"x", b"a" * 64 + b"  b\n" + b"a" * 64 + b"  a\n"])
def test_damaged_sums_are_not_read(damage: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        read_sums(damage)
