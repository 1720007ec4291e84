"""Servers for the tests of targets, run on this machine alone, with keys made for the occasion."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.web_servers import free_port, wait_for

SSHD = "/usr/sbin/sshd"


def has_sshd() -> bool:
    return Path(SSHD).exists() and bool(shutil.which("rsync"))


@contextmanager
def sshd(folder: Path) -> Iterator[tuple[int, str]]:
    """Debian's own server of ssh, which lets this user in: its port, and the command of ssh that leads there."""
    host, user, port = _key(folder / "host"), _key(folder / "user"), free_port()
    options = {
        "Port": port, "ListenAddress": "127.0.0.1", "HostKey": host, "PidFile": "none", "UsePAM": "no",
        "AuthorizedKeysFile": f"{user}.pub", "StrictModes": "no", "PermitRootLogin": "prohibit-password",
        "SetEnv": f"HOME={folder}",  # else what the user's shell loads at its start is run for each command
    }  # fmt: skip
    if os.geteuid() == 0:  # sshd wants this folder of root only
        Path("/run/sshd").mkdir(exist_ok=True)
    words = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
    with subprocess.Popen([SSHD, "-D", "-f", "/dev/null", *words], stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            known = f"-o UserKnownHostsFile={folder}/known -o StrictHostKeyChecking=no -o LogLevel=ERROR"
            yield port, f"ssh -F /dev/null -i {user} -o BatchMode=yes {known}"
        finally:
            server.terminate()


def _key(path: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path
