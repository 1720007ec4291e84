"""The environment is made aside, by one command at a time, and what cannot be is said with its cause."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tools import environment
from tools.door import Fault

NOTHING = "# nothing==1 is needed\n"
FIRST = Path(getattr(sys, "_base_executable", None) or sys.executable)
"""A Python outside the environment of these tests."""


def start(folder: Path, *words: str, **variables: str) -> subprocess.Popen[str]:
    env = {name: value for name, value in os.environ.items() if name != environment.ELSEWHERE} | variables
    return subprocess.Popen(
        [FIRST, folder / "tasks.py", *words], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A program that needs no library, after two first commands at once; the folder, and what both said."""
    folder = tmp_path_factory.mktemp("x") / "thư mục bản tin #1"
    shutil.copytree(
        environment.ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__", "standins")
    )
    shutil.copy(environment.ROOT / "tasks.py", folder)
    (folder / environment.RUNTIME_LOCK).write_text(NOTHING, encoding="utf-8")
    both = [start(folder, "--list", LC_ALL="POSIX", PYTHONSAFEPATH="1", PIP_TARGET=str(folder)) for _ in range(2)]
    return folder, [process.communicate()[1] for process in both]


def test_two_first_commands_at_once_make_one_environment(made: tuple[Path, list[str]]) -> None:
    folder, said = made
    record = json.loads((folder / ".venv" / environment.RECORD).read_text(encoding="utf-8"))

    assert sum("Preparing .venv" in each for each in said) == 1
    assert record["python"] == environment.this_python()
    assert not [path.name for path in folder.iterdir() if path.name in (".venv.new", ".venv.old", "pip")]
    assert [each for each in said if "Traceback" in each] == []


@pytest.mark.skipif(os.name == "nt", reason="programs are no scripts there")
def test_its_scripts_name_the_place_where_it_stands(made: tuple[Path, list[str]]) -> None:
    script = (made[0] / ".venv" / "bin" / "pip").read_text(encoding="utf-8")

    assert f"{made[0]}/.venv/bin/python" in script
    assert ".venv.new" not in script


def test_an_environment_that_cannot_be_had_leaves_the_one_that_stands(
    made: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder = tmp_path / "moved"
    shutil.copytree(made[0], folder, symlinks=True)
    (folder / environment.RUNTIME_LOCK).write_text(f"nothing==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    process = start(folder, "--list", PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)
    _, advised = process.communicate()[1].splitlines()

    assert process.returncode == 2
    assert "check the network" in advised
    assert environment.recorded(folder / ".venv") == environment.recorded(made[0] / ".venv") != {}


def test_an_environment_made_anew_has_the_development_tools_again(made: tuple[Path, list[str]], tmp_path: Path) -> None:
    folder = tmp_path / "anew"
    shutil.copytree(made[0], folder, symlinks=True)
    record = folder / ".venv" / environment.RECORD
    old = json.loads(record.read_text(encoding="utf-8")) | {environment.DEV_LOCK: "of an older lock"}
    record.write_text(json.dumps(old), encoding="utf-8")
    for lock in (environment.RUNTIME_LOCK, environment.DEV_LOCK):
        (folder / lock).write_text(f"{NOTHING}# and is newer\n", encoding="utf-8")
    process = start(folder, "--list")
    said = process.communicate()[1]
    locks = [environment.RUNTIME_LOCK, environment.DEV_LOCK]

    assert "Installing the development tools" in said
    assert environment.is_current(environment.recorded(folder / ".venv"), environment.made_from(folder, locks))


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.EPERM, "no", "lib", None, "/x/.venv.new/lib64"), "this drive has no links"),
        (OSError(errno.ENOSYS, "no", "lib", None, "/x/.venv.new/lib64"), "this drive has no links"),
        (OSError(errno.EACCES, "no", "/x/.venv.new/bin/python"), "programs cannot be run here"),
        (OSError(errno.EROFS, "no", "/x/.venv.new"), "this place is read-only"),
        (OSError(errno.EACCES, "no", "/x/.venv.new"), "no permission"),
        (OSError(errno.ENOSPC, "no", "/x/.venv.new/a"), "the disk is full"),
        (OSError(errno.EDQUOT, "no", "/x/.venv.new/a"), "its quota used up"),
    ],
)
def test_a_place_where_it_cannot_stand_is_told_by_what_it_lacks(error: OSError, says: str) -> None:
    line = environment.refusal(error)

    assert says in line
    assert environment.ELSEWHERE in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("PYTHONPATH", False), ("PYTHONIOENCODING", False), ("PYTHONOPTIMIZE", False), ("PYTHONSAFEPATH", False),
        ("PYTHONHOME", False), ("PYTHONWARNINGS", False), ("PIP_TARGET", False), ("PIP_USER", False),
        ("PIP_PREFIX", False), ("PIP_INDEX_URL", True), ("PIP_CERT", True), ("PYTHONHASHSEED", True),
        ("SITEURL", True), ("PATH", True),
    ],
)  # fmt: skip
def test_variables_that_change_what_python_and_pip_do_stay_outside(name: str, kept: bool) -> None:
    assert environment.cleaned({name: "x"}) == ({name: "x"} if kept else {}) | {"PYTHONUTF8": "1"}


@pytest.mark.parametrize("record", [{}, {"base": "/no/such/python"}])
def test_an_environment_of_a_python_that_is_gone_is_none(tmp_path: Path, record: Mapping[str, str]) -> None:
    python = environment.interpreter(tmp_path)
    python.parent.mkdir()
    python.touch()
    (tmp_path / environment.RECORD).write_text(json.dumps(record), encoding="utf-8")

    assert environment.recorded(tmp_path) == {}


@pytest.mark.parametrize("text", ["", "\0\0\0==", "# only words\n"])
def test_a_lock_that_names_no_library_makes_no_environment(tmp_path: Path, text: str) -> None:
    (tmp_path / "requirements.lock").write_text(text, encoding="utf-8")
    with pytest.raises(environment.SetupFailed, match=r"requirements\.lock: tệp trống hoặc hỏng"):
        environment.made_from(tmp_path, ["requirements.lock"])


@pytest.mark.parametrize("moment", ["abc", "-1", "1.5", "99999999999999999999"])
def test_a_moment_that_is_none_is_refused_before_anything_is_built(
    monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    with pytest.raises(Fault, match=r"SOURCE_DATE_EPOCH=.+: phải là số giây từ 1970"):
        environment.refuse_nonsense()


def test_a_folder_that_was_named_by_mistake_is_not_moved_away(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").touch()
    code = "from tools import environment; environment.ensure()"
    done = subprocess.run(
        [FIRST, "-c", code], cwd=environment.ROOT, env={**os.environ, environment.ELSEWHERE: str(tmp_path)},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert "this folder holds something else" in done.stderr
    assert (tmp_path / "letters.txt").exists()
