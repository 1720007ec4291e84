"""Regenerating the lock files: every library with its hashes, for every platform and Python at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.environment import DEV_LOCK, ROOT, RUNTIME_LOCK, interpreter

# uv writes one lock that holds on Linux, macOS and Windows; pip-compile writes one per platform.
_UV = "uv==0.13.8"

EXTRAS = ("heic", "cluster", "import", "precompressed", "s3")
"""What of `pyproject.toml` an office may add; tests need it all."""


def write_locks(upgrade: bool) -> None:
    """Write both locks from `pyproject.toml`; keeps locked versions that still fit unless `upgrade`.

    Raises CalledProcessError if the tool fails; it has said why by then.
    """
    python = _scratch_python(ROOT / ".cache" / "lock")
    _compile(python, RUNTIME_LOCK, upgrade)
    extras = [word for extra in ("dev", *EXTRAS) for word in ("--extra", extra)]
    _compile(python, DEV_LOCK, upgrade, *extras, "--constraints", RUNTIME_LOCK)


def _scratch_python(venv: Path) -> Path:
    """The Python of a small environment beside the project's own, which has no use for the tool."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True)
    python = interpreter(venv)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", _UV], check=True)
    return python


def _compile(python: Path, lock: str, upgrade: bool, *options: str) -> None:
    # A person's own configuration of indexes must not reach a committed file.
    env = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    command = [str(python), "-m", "uv", "--no-config", "--quiet", "pip", "compile", "pyproject.toml"]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes", *options]
    command += ["--upgrade"] if upgrade else []
    command += ["--custom-compile-command", "python3 tasks.py lock", "--output-file", lock]
    subprocess.run(command, cwd=ROOT, env=env, check=True)
