"""What a command says when something goes wrong: one line, and never what a bulletin says."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tools import door
from tools.environment import ROOT

SECRET = "Nguyễn Văn Bí Mật"


def raising(error: BaseException) -> int:
    raise error


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where reports of this test go."""
    monkeypatch.setattr(door, "ROOT", tmp_path)
    return tmp_path / ".cache" / "reports"


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (door.Fault("Hãy làm thế này / Do this."), 2, "Hãy làm thế này / Do this."),
        (KeyboardInterrupt(), 130, "Đã dừng / Stopped."),
        (PermissionError(errno.EACCES, "no", "/a/b"), 2, "/a/b: không có quyền, hoặc tệp đang bị khóa / no permission"),
        (OSError(errno.ENOSPC, "no", "/a/b"), 2, "/a/b: đĩa đã đầy hoặc hết hạn mức / the disk is full"),
        (OSError(errno.ENOSPC, "no"), 2, "Không ghi được / Cannot write: đĩa đã đầy"),
        (OSError(errno.EROFS, "no", "/a/b"), 2, "/a/b: nơi này chỉ đọc được / this place is read-only"),
        (MemoryError(), 2, "Hết bộ nhớ"),
        (ModuleNotFoundError("No module named 'bulletins.x'"), 2, "Chương trình thiếu hoặc hỏng tệp"),
        (ValueError(SECRET), 2, "Lỗi ngoài dự kiến"),
        (SystemExit("Nói rồi."), 1, "Nói rồi."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_fault_is_one_line_with_its_exit_code(
    reports: Path, capsys: pytest.CaptureFixture[str], error: BaseException, code: int, line: str
) -> None:
    assert door.exit_code_of(lambda: raising(error)) == code
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(line)


@pytest.mark.parametrize("code", [0, 1, 3])
def test_a_command_that_went_its_way_says_nothing_more(capsys: pytest.CaptureFixture[str], code: int) -> None:
    assert door.exit_code_of(lambda: code) == code
    assert capsys.readouterr() == ("", "")


def test_a_report_has_the_traceback_and_the_versions_and_nothing_of_a_bulletin(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def reads_a_bulletin() -> int:
        try:
            return int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error

    door.exit_code_of(reads_a_bulletin)
    (report,) = reports.iterdir()
    text = report.read_text(encoding="utf-8")

    assert f".cache{os.sep}reports{os.sep}{report.name}" in capsys.readouterr().err
    assert "in reads_a_bulletin" in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "pelican 4" in text
    assert SECRET not in text


def test_where_no_report_can_be_written_the_fault_is_still_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = tmp_path / "file"
    nowhere.touch()
    monkeypatch.setattr(door, "ROOT", nowhere)
    monkeypatch.setattr("tempfile.tempdir", str(nowhere))

    assert door.exit_code_of(lambda: raising(KeyError("x"))) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def program(text: str, **options: object) -> subprocess.Popen[str]:
    """A program whose command is this text, behind the door."""
    code = f"from tools import door\ndef command():\n    {text}\ndoor.run(command)"
    variables = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "POSIX"}
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, **variables},
        encoding="utf-8",
        **options,  # type: ignore[call-overload]
    )


def test_what_goes_into_a_pipe_is_utf_8_whatever_the_locale_says() -> None:
    with program(f"print({'Bản tin thi đua'!a})", stdout=subprocess.PIPE) as running:
        assert running.communicate() == ("Bản tin thi đua\n", None)


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
def test_a_reader_that_goes_away_ends_the_program_quietly() -> None:
    with program("[print('x' * 999) for _ in range(999)]", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == door.PIPE_CLOSED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_full_disk_behind_standard_output_is_a_fault() -> None:
    with Path("/dev/full").open("w") as full, program("print('x')", stdout=full, stderr=subprocess.PIPE) as running:
        (line,) = running.communicate()[1].splitlines()
    assert line.startswith("Không ghi được / Cannot write: đĩa đã đầy")
    assert running.returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="numbers of files mean something else there")
def test_what_is_printed_to_a_closed_stream_gets_into_no_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    text = f"file = open({str(file)!r}, 'w'); print('said'); __import__('os').system('echo said'); file.close()"
    with program(text, preexec_fn=lambda: [os.close(number) for number in (0, 1, 2)]) as running:
        running.wait()
    assert running.returncode == 0
    assert file.read_text() == ""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another thing there")
def test_ctrl_c_says_that_it_stopped() -> None:
    text = "print(flush=True); __import__('time').sleep(60)"
    with program(text, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.communicate()[1] == "Đã dừng / Stopped.\n"
    assert running.returncode == door.STOPPED


@pytest.mark.skipif(os.name == "nt", reason="processes end otherwise there")
def test_how_another_program_ended_is_known_also_where_a_supervisor_has_its_children_taken_away() -> None:
    text = "import subprocess, sys; return subprocess.run([sys.executable, '-c', 'exit(7)']).returncode"
    with program(text, preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN)) as running:
        assert running.wait() == 7
