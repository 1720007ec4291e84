"""The project's own Python environment, `.venv`, made from the hash-locked requirements by the standard library alone.

It is made aside, under a lock, and takes the place of the old one when it is whole: until then the old one stands.
`made-from.json` in it is written last and says what it was made from; without that it was left half made.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from tools import door
from tools.door import STOPPED, Fault, cause

ROOT = door.ROOT

ELSEWHERE = "BULLETINS_VENV"
"""The variable that names another place for the environment."""

VENV = Path(os.path.realpath(os.environ.get(ELSEWHERE) or ROOT / ".venv"))
RECORD = "made-from.json"
RUNTIME_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"

# What Python reads that changes nothing of what a program does; pip's words for where to get packages from.
_HARMLESS = frozenset({"DONTWRITEBYTECODE", "PYCACHEPREFIX", "HASHSEED", "UNBUFFERED", "FAULTHANDLER", "TRACEMALLOC"})
_SOURCES = frozenset(
    {"INDEX_URL", "EXTRA_INDEX_URL", "FIND_LINKS", "NO_INDEX", "CERT", "CLIENT_CERT", "PROXY", "TRUSTED_HOST",
     "CONFIG_FILE", "CACHE_DIR", "NO_CACHE_DIR", "TIMEOUT", "DEFAULT_TIMEOUT", "RETRIES", "KEYRING_PROVIDER"}
)  # fmt: skip


class SetupFailed(Fault):
    """The environment cannot be made; the message is one line that says what to do about it."""


def cleaned(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables of the system without those that would change what Python and pip do; in UTF-8 throughout."""
    kept = {
        name: value
        for name, value in variables.items()
        if not (name.startswith("PYTHON") and name[6:] not in _HARMLESS)
        and not (name.startswith("PIP_") and name[4:] not in _SOURCES)
    }
    return {**kept, "PYTHONUTF8": "1"}


def clean() -> None:
    """Let nothing of the kind reach the program, whoever starts it."""
    wanted = cleaned(os.environ)
    for name in os.environ.keys() - wanted.keys():
        del os.environ[name]
    os.environ.update(wanted)


def refuse_nonsense() -> None:
    """Raises `Fault` for a variable that a build would stumble over later."""
    moment = os.environ.get("SOURCE_DATE_EPOCH", "")
    if moment and not re.fullmatch(r"\d{1,11}", moment):
        raise Fault(
            f"SOURCE_DATE_EPOCH={moment}: phải là số giây từ 1970, như 1700000000 / "
            "must be seconds since 1970, such as 1700000000."
        )


def interpreter(venv: Path, windows: bool = os.name == "nt") -> Path:
    """Where the Python of an environment stands."""
    return venv / "Scripts" / "python.exe" if windows else venv / "bin" / "python"


def this_python() -> str:
    """What libraries must fit: kind and version of the Python that runs, system and processor."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    return f"{sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')}-{sys.platform}-{machine}"


def made_from(root: Path, locks: Sequence[str]) -> dict[str, str]:
    """What an environment with these locks of `root` installed by this Python records of itself.

    Raises `SetupFailed` for a lock that is missing or names no library: nothing good comes of that.
    """
    return {"python": this_python(), **{lock: _digest(root / lock) for lock in locks}}


def _digest(lock: Path) -> str:
    try:
        data = lock.read_bytes()
    except OSError as error:
        raise SetupFailed(f"{lock.name}: không đọc được / cannot be read: {cause(error)}.") from error
    if b"==" not in data or b"\0" in data:
        raise SetupFailed(
            f"{lock.name}: tệp trống hoặc hỏng; hãy chép lại thư mục chương trình / "
            "the file is empty or broken; copy the program's folder again."
        )
    return hashlib.sha256(data).hexdigest()


def recorded(venv: Path) -> dict[str, str]:
    """What the environment says of itself; nothing if it is missing, half made, or its Python is gone."""
    try:
        record = json.loads((venv / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(record, dict) or not interpreter(venv).exists():
        return {}
    return record if Path(record.get("base", "")).exists() else {}


def is_current(record: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether an environment that recorded this holds everything wanted; it may hold more."""
    return wanted.items() <= record.items()


def is_ready() -> bool:
    """Whether the environment is whole, of this Python, and made from the lock as it is now."""
    return is_current(recorded(VENV), made_from(ROOT, [RUNTIME_LOCK]))


def is_inside() -> bool:
    """Whether this is the environment's own Python."""
    return os.path.realpath(sys.prefix) == str(VENV)


def ensure() -> None:
    """Make the environment if it is missing, half made, or made from another lock or by another Python.

    From outside it is made anew, with the development tools where the old one had them. A Python that runs inside it
    cannot exchange it, and brings it up to date instead. Raises `SetupFailed`; what stood before then stands still.
    """
    if is_ready():
        return
    had_tools = DEV_LOCK in recorded(VENV)
    with _speaking(), _alone():
        if is_ready():
            return  # somebody else has made it meanwhile
        _tell("Đang chuẩn bị môi trường .venv (một lần, khoảng một phút) / Preparing .venv (once, about a minute) …")
        if is_inside():
            _install(VENV, RUNTIME_LOCK)
        else:
            _make()
    if had_tools:
        ensure_dev()


def ensure_dev() -> None:
    """Add the development tools to a finished environment; raises `SetupFailed`."""
    ensure()
    both = made_from(ROOT, [RUNTIME_LOCK, DEV_LOCK])
    if is_current(recorded(VENV), both):
        return
    with _speaking(), _alone():
        if not is_current(recorded(VENV), both):
            _tell("Đang cài công cụ phát triển / Installing the development tools …")
            _install(VENV, DEV_LOCK)
            _write_record(VENV, both)


def enter(words: Sequence[str]) -> NoReturn:
    """Go on as the environment's Python with the same command, making the environment first."""
    ensure()
    command = [str(interpreter(VENV)), str(ROOT / "tasks.py"), *words]
    try:
        become(command)
    except OSError as error:
        raise SetupFailed(_no_execution(error)) from error


def become(command: list[str]) -> NoReturn:
    """Go on as another program, or wait for it where the system knows no such thing."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        door.hold_ctrl_c(True)
        try:
            os.execv(command[0], command)
        finally:
            door.hold_ctrl_c(False)
    import subprocess  # slow to load, and a build of an unchanged site starts no other program

    # On Windows exec returns to the shell at once, so this process waits for the other and passes its answer on.
    try:
        sys.exit(subprocess.run(command, check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(STOPPED)


# Making it


def _make() -> None:
    """Make the environment beside its place, and put it there once it is whole."""
    aside = VENV.with_name(f"{VENV.name}.new")
    _refuse_what_is_no_environment()
    if not is_current(recorded(aside), made_from(ROOT, [RUNTIME_LOCK])):
        shutil.rmtree(aside, ignore_errors=True)
        _create(aside)
        _install(aside, RUNTIME_LOCK)
        _relocate(aside)
    _exchange(aside)


def _refuse_what_is_no_environment() -> None:
    """A folder that was named by mistake is not moved away; a path that no environment can have is told from others."""
    if os.environ.get(ELSEWHERE) and VENV.exists() and not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
        raise SetupFailed(
            f"{ELSEWHERE}={VENV}: thư mục này đang chứa thứ khác, hãy chỉ một thư mục mới / "
            "this folder holds something else; name a new one."
        )
    if os.pathsep in str(VENV):
        raise SetupFailed(
            f"{VENV}: đường dẫn có dấu “{os.pathsep}” nên không đặt được môi trường ở đây; {_elsewhere()} / "
            f"no environment can stand below a path with “{os.pathsep}”."
        )


def _create(venv: Path) -> None:
    """An environment with pip and nothing else."""
    import importlib.util
    import subprocess

    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise SetupFailed(
            "Python này thiếu venv: hãy cài gói python3-venv rồi chạy lại / "
            "This Python lacks venv: install the package python3-venv and run this again."
        )
    from venv import EnvBuilder

    try:
        EnvBuilder(symlinks=os.name != "nt", with_pip=True).create(venv)
    except subprocess.CalledProcessError as failed:
        raise SetupFailed(_failed(failed.output.decode("utf-8", "replace"))) from failed


def _install(venv: Path, lock: str) -> None:
    """Bring an environment up to date with a lock of the project; the record says so, last of all."""
    import subprocess

    wanted = made_from(ROOT, [lock])
    # With `--debug` pip hands an error on instead of describing it, so that its kind is seen.
    options = ["--no-input", "--disable-pip-version-check", "--quiet", "--debug", "--require-hashes"]
    done = subprocess.run(
        [str(interpreter(venv)), "-m", "pip", "install", *options, "-r", lock],
        cwd=ROOT, env={**os.environ, "COLUMNS": "5000"}, text=True, encoding="utf-8", errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SetupFailed(_failed(done.stdout))
    _write_record(venv, wanted)


def _write_record(venv: Path, record: Mapping[str, str]) -> None:
    base = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
    text = json.dumps({**record, "base": base}, indent=2) + "\n"
    aside = venv / f"{RECORD}.new"
    aside.write_text(text, encoding="utf-8")
    aside.replace(venv / RECORD)


def _relocate(aside: Path) -> None:
    """Let the scripts of an environment name the place it is made for."""
    was, will_be = os.fsencode(aside), os.fsencode(VENV)
    for path in [aside / "pyvenv.cfg", *interpreter(aside).parent.iterdir()]:
        if path.is_symlink() or not path.is_file():
            continue
        data = path.read_bytes()
        if was in data and b"\0" not in data:
            path.write_bytes(data.replace(was, will_be))


def _exchange(aside: Path) -> None:
    """Put a finished environment in the place of the old one, which comes back if that fails."""
    old = VENV.with_name(f"{VENV.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if VENV.exists():
        VENV.rename(old)
    try:
        aside.rename(VENV)
    except OSError:
        if old.exists():
            old.rename(VENV)
        raise
    shutil.rmtree(old, ignore_errors=True)


# One at a time


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock on making the environment, waiting for whoever holds it; the system frees it with its process."""
    VENV.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{VENV}.busy", "ab") as file:  # noqa: PTH123 - a name beside that of the environment
        if not _seize(file.fileno(), wait=False):
            _tell("Một lệnh khác đang chuẩn bị môi trường; đang đợi / Another command prepares it; waiting …")
            _seize(file.fileno(), wait=True)
        yield


if sys.platform == "win32":
    import msvcrt

    def _seize(descriptor: int, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
                return True
            except OSError:  # with `wait` it gives up after ten seconds
                if not wait:
                    return False
else:
    import fcntl

    def _seize(descriptor: int, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks: then nobody can be waited for
        return True


# What went wrong


@contextmanager
def _speaking() -> Iterator[None]:
    """Turn an error of the system into `SetupFailed`, which says what this place cannot do."""
    try:
        yield
    except OSError as error:
        raise SetupFailed(refusal(error)) from error


def refusal(error: OSError) -> str:
    """The line for an error of the system."""
    if error.filename2 is not None and not isinstance(error, FileExistsError):
        return (
            f"{error.filename2}: ổ đĩa này không có liên kết (exFAT, ổ mạng…) nên không đặt được môi trường; "
            f"{_elsewhere()} / this drive has no links, so no environment can stand on it."
        )
    if error.filename is not None and Path(os.fsdecode(error.filename)).name.startswith("python"):
        return _no_execution(error)
    return (
        f"{os.fsdecode(error.filename) if error.filename else VENV}: không ghi được môi trường: {cause(error)}; "
        f"{_elsewhere()}."
    )


def _no_execution(error: OSError) -> str:
    return (
        f"{os.fsdecode(error.filename or VENV)}: nơi này không cho chạy chương trình ({cause(error)}); "
        f"{_elsewhere()} / programs cannot be run here."
    )


def _elsewhere() -> str:
    return f"đặt ở nơi khác / put it elsewhere: {ELSEWHERE}=/…/venv python3 tasks.py build"


def advice(output: str) -> str:
    """One line for a person, from the output of a command that ended with an error of Python's."""
    kind, text = _last_error(output)
    number = re.search(r"\[(?:Errno|WinError) (\d+)\]", text)
    if kind == "OSError" or (number and kind.endswith("Error")):
        place = re.findall(r"'([^']+)'", text)
        error = OSError(int(number[1]) if number else 0, text, place[0] if place else None)
        return refusal(error)
    if kind.startswith("Hash"):
        return (
            "Gói tải về không khớp mã băm trong tệp khóa: đừng dùng, hãy báo người phụ trách / "
            "A downloaded package does not match its hash in the lock file: do not use it, tell the maintainers."
        )
    if kind in ("DistributionNotFound", "NetworkConnectionError") or _UNREACHED.search(output):
        return (
            f"Không tải được thư viện ({text.split(' (')[0] or kind}): hãy kiểm tra kết nối mạng rồi chạy lại / "
            "The libraries cannot be downloaded: check the network and run this command again."
        )
    return f"Không dựng được môi trường / The environment could not be made: {kind or 'pip'} {text[:120]}".rstrip()


_UNREACHED = re.compile(r"\b(?:NewConnectionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|SSLError)\b")
_ERROR = re.compile(r"(?:[a-zA-Z_]\w*\.)*(?P<kind>[A-Z]\w*)(?:: (?P<text>.*))?")


def _last_error(output: str) -> tuple[str, str]:
    """Kind and words of the error that ended a program of Python's, from its traceback; empty if there is none."""
    _, mark, trace = output.rpartition("Traceback (most recent call last)")
    errors = (_ERROR.fullmatch(line) for line in trace.splitlines() if mark)
    return next(((error["kind"], error["text"] or "") for error in errors if error), ("", ""))


def _failed(output: str) -> str:
    """The line for a command that failed, and where all that it said is kept."""
    log = Path(f"{VENV}.log")
    try:
        log.write_text(output, encoding="utf-8")
    except OSError:
        return advice(output)
    return f"{advice(output)} ({log.name})"


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
