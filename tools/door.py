"""The outermost door of every command: a fault is one line, what nobody expected goes into a report, Ctrl-C says so.

Nothing but the standard library is loaded here: this file speaks for a program that may not be whole.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent

DONE = 99
"""Exit code of a program of ours that came to its end: one that is empty or cut short ends with 0 and did nothing."""

COULD_NOT_RUN, STOPPED, PIPE_CLOSED = 2, 130, 141
"""Exit codes: a fault; after Ctrl-C, and after a reader went away, as shells have them."""

STOPPED_LINE = "Đã dừng / Stopped."


class Fault(Exception):
    """What a person can mend; the message is one line in Vietnamese and English that says what to do about it."""

    exit_code = COULD_NOT_RUN


# What an error number of the system means to the person in front of it.
_CAUSES = (
    ((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "đĩa đã đầy hoặc hết hạn mức", "the disk is full or its quota used up"),
    ((errno.EROFS,), "nơi này chỉ đọc được", "this place is read-only"),
    ((errno.EACCES, errno.EPERM), "không có quyền, hoặc tệp đang bị khóa", "no permission, or the file is locked"),
    ((errno.ENOENT, errno.ENOTDIR), "không còn ở đó", "it is not there"),
    ((errno.ENAMETOOLONG,), "tên hoặc đường dẫn quá dài", "the name or the path is too long"),
    ((errno.EILSEQ,), "tên không phải UTF-8, hãy đổi tên", "its name is no UTF-8; rename it"),
    ((errno.EADDRINUSE,), "chương trình khác đang dùng", "another program uses it"),
    ((errno.EMFILE, errno.ENFILE), "quá nhiều tệp đang mở", "too many files are open"),
    ((errno.EAGAIN, errno.ENOMEM), "hết bộ nhớ hoặc hết số tiến trình được phép", "no memory or processes left"),
    (
        (errno.EIO, getattr(errno, "ESTALE", errno.EIO)),
        "ổ đĩa hoặc đường mạng có lỗi",
        "the drive or the network failed",
    ),
)


def cause(error: OSError) -> str:
    """Why the system refused, in Vietnamese and English; its own words where we have none."""
    for numbers, vietnamese, english in _CAUSES:
        if error.errno in numbers:
            return f"{vietnamese} / {english}"
    return error.strerror or type(error).__name__


def shown(path: object) -> str:
    """A path as its owner knows it: from the project's folder on where it stands there."""
    text = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else str(path)
    return os.path.relpath(text, ROOT) if text.startswith(f"{ROOT}{os.sep}") else text


def run(command: Callable[[], int | None]) -> NoReturn:
    """Run a command and end the program with its exit code (nothing is 0); every fault is told as said above."""
    open_streams()
    sys.excepthook = _hook
    hold_ctrl_c(False)
    _hear_of_children()
    code = exit_code_of(command)
    sys.exit(code)


def hold_ctrl_c(held: bool) -> None:
    """Let Ctrl-C wait while another Python of ours begins: before it comes to `run` it answers with a traceback."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK if held else signal.SIG_UNBLOCK, {signal.SIGINT})


def _hear_of_children() -> None:
    """Hear how the processes end that we begin: a supervisor that ignores its own hands that on to whom it starts."""
    if hasattr(signal, "SIGCHLD"):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def exit_code_of(command: Callable[[], int | None]) -> int:
    """The exit code of a command, after telling what went wrong."""
    try:
        code = command() or 0
        flush()
    except SystemExit as ending:
        code = _code(ending)
    except BaseException as error:  # noqa: BLE001 - it is told, whatever it is
        code = tell(error)
    return code


def _code(ending: SystemExit) -> int:
    """The exit code of a program that ends itself; one that ends with words has them said."""
    try:
        if isinstance(ending.code, str):
            print(ending.code, file=sys.stderr)
        flush()
    except OSError as error:
        return tell(error)
    return ending.code if isinstance(ending.code, int) else 1 if ending.code else 0


def _hook(kind: type[BaseException], error: BaseException, trace: object) -> None:
    tell(error)


def tell(error: BaseException) -> int:
    """Say in one line what went wrong, to the terminal; gives the exit code."""
    if isinstance(error, KeyboardInterrupt):
        _say(STOPPED_LINE)
        return STOPPED
    if isinstance(error, BrokenPipeError):
        silence()
        return PIPE_CLOSED
    _say(line_for(error))
    return error.exit_code if isinstance(error, Fault) else COULD_NOT_RUN


def line_for(error: BaseException) -> str:
    """The line for a fault; for one that nobody expected a report is written, and the line says where."""
    if isinstance(error, Fault):
        return str(error)
    if isinstance(error, MemoryError):
        return "Hết bộ nhớ: hãy đóng bớt chương trình rồi chạy lại / Out of memory: close programs and run this again."
    if isinstance(error, OSError) and error.filename is not None and error.errno != errno.ENOENT:
        return f"{shown(error.filename)}: {cause(error)}."
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return f"Không ghi được / Cannot write: {cause(error)}."
    if isinstance(error, BlockingIOError):
        return f"Máy đang bận / The machine is busy: {cause(error)}."
    return _unexpected(error)


def _unexpected(error: BaseException) -> str:
    report = _report(error)
    kept = f"; báo cáo / report: {shown(report)}" if report else ""
    if isinstance(error, ImportError | SyntaxError):
        named = getattr(error, "path", None) or getattr(error, "filename", None) or ""
        said = f"{shown(named)}: {_message(error)}" if named else _message(error)
        return (
            f"Chương trình thiếu hoặc hỏng tệp, hãy chép lại cả thư mục / The program lacks a file, or one is broken; "
            f"copy the whole folder again: {said}{kept}"
        )
    return f"Lỗi ngoài dự kiến, hãy gửi báo cáo cho người phụ trách / Unexpected fault: {_place(error)}{kept}"


def _place(error: BaseException) -> str:
    """The kind of an error, and where in our own program it arose."""
    frames = [frame for frame in _frames(error) if frame.startswith(f"{ROOT}{os.sep}")]
    return f"{type(error).__name__}, {shown(frames[-1])}" if frames else type(error).__name__


def _frames(error: BaseException) -> list[str]:
    import traceback

    return [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]


def _report(error: BaseException) -> Path | None:
    """Write what developers need of an error into a file of its own, where that can be."""
    import tempfile
    import time

    name = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{os.getpid()}.txt"
    text = "\n".join(_contents(error)) + "\n"
    for folder in (ROOT / ".cache" / "reports", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue  # the next place is tried; the line for the person does not depend on it
        return folder / name
    return None


def _contents(error: BaseException) -> Iterator[str]:
    """Versions, and the traceback of an error and of what led to it. Nothing of what bulletins say is in it."""
    import platform
    import traceback

    yield f"Python {sys.version} ({sys.executable})"
    yield f"{platform.platform()}; {sys.getfilesystemencoding()}; {' '.join(sys.argv[:2])}"
    yield from _versions()
    for each in _chain(error):
        yield from (line.rstrip() for line in traceback.format_tb(each.__traceback__))
        yield from _remote(each)
        yield f"{type(each).__module__}.{type(each).__qualname__}: {_message(each)}"


def _chain(error: BaseException | None) -> list[BaseException]:
    """An error after those that led to it."""
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.insert(0, error)
        error = error.__cause__ or error.__context__
    return chain


def _remote(error: BaseException) -> list[str]:
    """The places in the traceback of another process, which comes as text."""
    return [line.rstrip() for line in str(getattr(error, "tb", "")).splitlines() if line.startswith("  ")]


def _message(error: BaseException) -> str:
    """What an error says, where it speaks of the program and the system; others may quote a bulletin."""
    safe = ImportError, SyntaxError, NameError, AttributeError, TypeError, RecursionError, OSError
    return " ".join(str(error).split()) if isinstance(error, safe) else "(…)"


def _versions() -> list[str]:
    from importlib.metadata import distributions

    try:
        return [", ".join(sorted(f"{library.name} {library.version}" for library in distributions()))]
    except Exception as broken:  # noqa: BLE001 - a report without versions is better than a second fault
        return [f"versions: {type(broken).__name__}"]


def _say(line: str) -> None:
    """One line on standard error; if nobody hears it, the exit code must do."""
    try:
        flush()
        print(line, file=sys.stderr, flush=True)
    except OSError:
        silence()


def flush() -> None:
    """Hand on what was said; raises OSError where that cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def open_streams() -> None:
    """Speak UTF-8 whatever the locale and the variables say; what is closed leads nowhere instead of into our files."""
    _fill_closed()
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays open
        elif name != "stdin" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _fill_closed() -> None:
    """A file opened while a stream is closed would get its number, and what is printed would stand in the file."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)


def silence() -> None:
    """Let nothing more be written to streams whose readers are gone: Python would complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError, AttributeError):
            continue  # a stream that is no file
    os.close(nowhere)
