"""The project's own Python environment, `.venv`, made from the hash-locked requirements by the standard library alone.

`.venv/made-from.json` is written last, so a `.venv` without it was left half made and is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RECORD = "made-from.json"
RUNTIME_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"


class SetupFailed(Exception):
    """The environment cannot be made; the message is one line that says what to do about it."""

    exit_code = 2


def interpreter(venv: Path, windows: bool = os.name == "nt") -> Path:
    """Where the Python of an environment stands."""
    return venv / "Scripts" / "python.exe" if windows else venv / "bin" / "python"


def made_from(root: Path, locks: Sequence[str]) -> dict[str, str]:
    """What an environment of `root` with these locks installed records of itself.

    The root is part of it because an environment holds absolute paths: a copied or moved one does not work.
    """
    digests = {lock: hashlib.sha256((root / lock).read_bytes()).hexdigest() for lock in locks}
    return {"root": str(root), **digests}


def recorded(venv: Path) -> dict[str, str]:
    """What the environment says of itself; nothing if it is missing, half made, or its Python is gone."""
    try:
        record = json.loads((venv / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) and interpreter(venv).exists() else {}


def is_current(record: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether an environment that recorded this holds everything wanted; it may hold more."""
    return wanted.items() <= record.items()


def advice(output: str) -> str:
    """One line for a person, from the output of a command that failed."""
    said = output.lower()
    for signs, line in _ADVICE:
        if any(sign in said for sign in signs):
            return line
    return "Không dựng được môi trường .venv / The environment could not be made."


_ADVICE = (
    (
        ("do not match the hashes",),
        "Gói tải về không khớp mã băm trong tệp khóa: đừng dùng, hãy báo người phụ trách / "
        "A downloaded package does not match its hash in the lock file: do not use it, tell the maintainers.",
    ),
    (
        ("no space left", "not enough space"),
        "Ổ đĩa đã đầy: hãy dọn bớt rồi chạy lại / The disk is full: free some space and run this again.",
    ),
    (
        ("no module named venv", "ensurepip"),
        "Python này thiếu venv: hãy cài gói python3-venv rồi chạy lại / "
        "This Python lacks venv: install the package python3-venv and run this again.",
    ),
    (
        ("permission denied", "access is denied", "being used by another process", "directory not empty"),
        "Không ghi được vào .venv: hãy đóng chương trình đang dùng thư mục này rồi chạy lại / "
        "Cannot write to .venv: close the programs that use it and run this again.",
    ),
    (
        ("connection", "name resolution", "timed out", "timeout", "proxy", "ssl", "no matching distribution"),
        "Không tải được thư viện: hãy kiểm tra kết nối mạng rồi chạy lại lệnh này / "
        "The libraries cannot be downloaded: check the network and run this command again.",
    ),
)


def is_ready() -> bool:
    """Whether `.venv` is whole and made from the lock as it is now."""
    return is_current(recorded(VENV), made_from(ROOT, [RUNTIME_LOCK]))


def ensure() -> None:
    """Make `.venv` if it is missing, half made, moved, or made from another lock; raises SetupFailed.

    From outside it is made anew. A Python that runs inside it cannot delete it and brings it up to date instead.
    """
    if is_ready():
        return
    _tell("Đang chuẩn bị môi trường .venv (một lần, khoảng một phút) / Preparing .venv (once, about a minute) …")
    (VENV / RECORD).unlink(missing_ok=True)
    if Path(sys.prefix).resolve() != VENV.resolve():
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    _pip("--require-hashes", "-r", RUNTIME_LOCK)
    _pip("--no-deps", "--no-build-isolation", "--no-index", "-e", ".")
    _write_record(made_from(ROOT, [RUNTIME_LOCK]))


def ensure_dev() -> None:
    """Add the development tools to a finished environment; raises SetupFailed."""
    ensure()
    both = made_from(ROOT, [RUNTIME_LOCK, DEV_LOCK])
    if not is_current(recorded(VENV), both):
        _tell("Đang cài công cụ phát triển / Installing the development tools …")
        _pip("--require-hashes", "-r", DEV_LOCK)
        _write_record(both)


def run_invoke(arguments: Sequence[str]) -> NoReturn:
    """Become `invoke <arguments>` of the project's environment, making that first; no task asks for the list."""
    try:
        ensure()
    except SetupFailed as failed:
        _tell(str(failed))
        sys.exit(failed.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    tasks = list(arguments) if arguments and arguments[0] not in ("-h", "--help") else ["--list"]
    # -P: the folder of that file must not stand among those that modules are looked for in.
    program = str(ROOT / "tools" / "program.py")
    become([str(interpreter(VENV)), "-P", program, "--search-root", str(ROOT), *tasks])


def become(command: list[str]) -> NoReturn:
    """Go on as another program, or wait for it where the system knows no such thing."""
    # Vietnamese must survive a Windows console and a C locale; a foreign PYTHONHOME would break the environment.
    env = {**os.environ, "PYTHONUTF8": "1"}
    env.pop("PYTHONHOME", None)
    if os.name != "nt":
        os.execve(command[0], command, env)
    import subprocess  # slow to load, and a build of an unchanged site starts no other program

    # On Windows exec returns to the shell at once, so this process waits for the other and passes its answer on.
    try:
        sys.exit(subprocess.run(command, env=env, check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(130)


def _pip(*arguments: str) -> None:
    pip = [str(interpreter(VENV)), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--quiet"]
    _run([*pip, *arguments])


def _run(command: list[str]) -> None:
    """Run quietly at the root; what a failed command said is kept in `.venv/setup.log`."""
    import subprocess

    env = {**os.environ, "PIP_USER": "0", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=env, text=True, encoding="utf-8", errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    except OSError as error:
        raise SetupFailed(advice(str(error))) from error
    if done.returncode:
        raise SetupFailed(f"{advice(done.stdout)}{_kept(done.stdout)}")


def _kept(output: str) -> str:
    try:
        (VENV / "setup.log").write_text(output, encoding="utf-8")
    except OSError:
        return ""
    return " (.venv/setup.log)"


def _write_record(record: Mapping[str, str]) -> None:
    aside = VENV / f"{RECORD}.new"
    aside.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    aside.replace(VENV / RECORD)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
