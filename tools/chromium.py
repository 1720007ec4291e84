"""Finding a Chromium for the browser tests, or installing the one of a Debian-like system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "BULLETINS_CHROMIUM"
MISSING = (
    "Không tìm thấy Chromium hay Chrome: hãy cài đặt / "
    f"No Chromium or Chrome that starts: install one, or name it in {VARIABLE}"
)

_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
# Edge is a Chromium and stands on every Windows.
_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)


def usual_places(platform: str, environment: Mapping[str, str]) -> list[Path]:
    """Where browsers stand on a platform (a value of `sys.platform`) when they are not on PATH."""
    if platform == "darwin":
        folders = [Path("/Applications"), Path(environment.get("HOME", "/")) / "Applications"]
        return [folder / name for folder in folders for name in _MAC]
    if platform == "win32":
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        return [Path(environment[v]) / name for v in variables if v in environment for name in _WINDOWS]
    return [Path("/snap/bin/chromium")]


def find() -> str | None:
    """The path of a browser that starts: the one named by BULLETINS_CHROMIUM, or else the first of the usual ones."""
    if named := os.environ.get(VARIABLE):
        return named if _starts(named) else None
    on_path = [path for command in _COMMANDS if (path := shutil.which(command))]
    usual = [str(path) for path in usual_places(sys.platform, os.environ) if path.is_file()]
    return next((path for path in [*on_path, *usual] if _starts(path)), None)


def find_or_install() -> str | None:
    """As `find`; if there is none, installs Debian's package where that needs no question, and looks again."""
    path = find()
    if path is None and VARIABLE not in os.environ and _install():
        path = find()
    return path


def _starts(path: str) -> bool:
    if sys.platform == "win32":  # where `--version` opens a window
        return Path(path).is_file()
    try:
        # Ubuntu's chromium-browser may be a stub that only asks for a snap; it fails here.
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install() -> bool:
    as_root = _as_root()
    if shutil.which("apt-get") is None or as_root is None:
        return False
    print("Đang cài Chromium / Installing Chromium …", file=sys.stderr, flush=True)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    # A mirror that fails to update may still serve the package, so only the installation counts.
    _quietly([*apt, "update"])
    return _quietly([*apt, "install", "-y", "--no-install-recommends", "chromium"])


def _as_root() -> list[str] | None:
    """What to put before a command so that it runs as root without a question; None if nothing does."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and _quietly(["sudo", "-n", "true"]) else None


def _quietly(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0
