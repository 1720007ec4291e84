"""The verifier that agencies run: what it finds in a mirror, and whose signature it believes."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools import verify

RFC_8032 = {
    "test 1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595b"
        "be24655141438e7a100b",
    ),
    "test 2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb430"
        "2aeeb00d291612bb0c00",
    ),
    "test 3": (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716e"
        "d28dc027beceea1ec40a",
    ),
}
"""Public key, message and signature of section 7.1."""


def _release(top: Path, count: int = 12) -> Path:
    """A small release: some files below folders, and their sums."""
    chance, sums = random.Random(8032), []
    for n in range(count):
        path = f"api/v1/{n}.json" if n % 2 else f"ban-tin/b{n}/index.html"
        data = chance.randbytes(200)
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_bytes(data)
        sums.append(f"{hashlib.sha256(data).hexdigest()}  {path}\n")
    (top / verify.SUMS).write_text("".join(sorted(sums)), encoding="utf-8")
    return top


def _findings(top: Path) -> list[verify.Finding]:
    return verify.verify(verify.folder(top), None)[1]


@pytest.mark.parametrize("vector", RFC_8032)
def test_the_vectors_of_rfc_8032_are_right(vector: str) -> None:
    key, message, signature = map(bytes.fromhex, RFC_8032[vector])

    assert verify.ed25519_verify(key, message, signature)


@pytest.mark.parametrize("vector", RFC_8032)
def test_no_bit_of_a_key_message_or_signature_can_be_exchanged(vector: str) -> None:
    parts = list(map(bytes.fromhex, RFC_8032[vector]))
    chance = random.Random(vector)
    for which in (0, 2, *([1] if parts[1] else [])):
        changed = bytearray(parts[which])
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)

        assert not verify.ed25519_verify(*parts[:which], bytes(changed), *parts[which + 1 :])


def test_a_response_above_the_order_of_the_group_is_refused() -> None:
    key, message, signature = map(bytes.fromhex, RFC_8032["test 1"])
    response = int.from_bytes(signature[32:], "little") + 2**252 + 27742317777372353535851937790883648493

    assert not verify.ed25519_verify(key, message, signature[:32] + response.to_bytes(32, "little"))


def test_a_release_as_published_is_right(tmp_path: Path) -> None:
    assert _findings(_release(tmp_path)) == []


def test_each_of_a_hundred_flipped_bits_is_named_with_its_file(tmp_path: Path) -> None:
    top, chance = _release(tmp_path), random.Random(100)
    files = sorted(path for path in top.rglob("*") if path.is_file() and path.name != verify.SUMS)
    for _ in range(100):
        file = chance.choice(files)
        whole = file.read_bytes()
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        file.write_bytes(flipped)

        assert _findings(top) == [("changed", file.relative_to(top).as_posix())]
        file.write_bytes(whole)


def test_a_file_too_few_and_a_file_too_many_are_named(tmp_path: Path) -> None:
    top = _release(tmp_path)
    (top / "api/v1/1.json").unlink()
    (top / "api/v1/old.json").write_bytes(b"{}")

    assert _findings(top) == [("missing", "api/v1/1.json"), ("not of this release", "api/v1/old.json")]


@pytest.mark.parametrize(
    "line",
    ["", "no sums", f"{'a' * 64}  ../x", f"{'a' * 64}  /x", f"{'a' * 64}  c:x", f"{'g' * 64}  x", f"{'a' * 64}  a//b"],
)
def test_sums_that_are_none_or_lead_out_of_the_mirror_are_refused(line: str) -> None:
    with pytest.raises(verify.CannotCheck):
        verify.read_sums(line.encode())


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release signed by minisign itself."""
    if not shutil.which("minisign"):
        pytest.skip("minisign is not installed")
    top = _release(tmp_path_factory.mktemp("signed"))
    keys = tmp_path_factory.mktemp("keys")
    subprocess.run(
        ["minisign", "-G", "-W", "-p", keys / "k.pub", "-s", keys / "k.key"], check=True, capture_output=True
    )
    subprocess.run(["minisign", "-S", "-s", keys / "k.key", "-m", top / verify.SUMS], check=True, capture_output=True)
    shutil.copy(keys / "k.pub", top.parent / "k.pub")
    return top


def test_what_minisign_signed_is_believed(signed: Path) -> None:
    key = verify.public_key((signed.parent / "k.pub").read_text(encoding="utf-8"))

    assert verify.verify(verify.folder(signed), key) == (12, [])


@pytest.mark.parametrize("altered", [verify.SUMS, verify.SIGNATURE])
def test_altered_sums_or_an_altered_signature_are_not_believed(signed: Path, altered: str, tmp_path: Path) -> None:
    top = Path(shutil.copytree(signed, tmp_path / "copy"))
    key = verify.public_key((signed.parent / "k.pub").read_text(encoding="utf-8"))
    text = (top / altered).read_text(encoding="utf-8")
    (top / altered).write_text(
        text.replace("ban-tin", "ban-tim", 1).replace("timestamp", "timestamq"), encoding="utf-8"
    )

    assert ("not signed with this key", verify.SUMS) in verify.verify(verify.folder(top), key)[1]


def test_another_key_is_not_believed(signed: Path) -> None:
    right = verify.public_key((signed.parent / "k.pub").read_text(encoding="utf-8"))
    data, signature = ((signed / name).read_bytes() for name in (verify.SUMS, verify.SIGNATURE))
    stranger = verify.PublicKey(right.number, bytes.fromhex(RFC_8032["test 1"][0]))

    assert not verify.signature_is_right(stranger, data, signature.decode())


def test_a_public_address_is_checked_as_a_mirror_is(tmp_path: Path) -> None:
    top = _release(tmp_path)
    (top / "api/v1/3.json").unlink()
    handler = partial(_Quiet, directory=str(top))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        copy = verify.address(f"http://127.0.0.1:{server.server_port}")
        count, findings = verify.verify(copy, None)
        server.shutdown()

    assert (count, findings) == (12, [("missing", "api/v1/3.json")])


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Tests print nothing."""


def test_the_command_needs_no_library_and_says_what_it_found(tmp_path: Path) -> None:
    top = _release(tmp_path)
    (top / "api/v1/1.json").write_bytes(b"other")
    command = [sys.executable, "-I", "-S", verify.__file__, str(top)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "changed: api/v1/1.json")


def test_a_folder_without_sums_cannot_be_checked(tmp_path: Path) -> None:
    assert verify.main([str(tmp_path)]) == 2
