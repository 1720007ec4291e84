"""The machine and the versions that figures were measured with, as a line that names no person's computer."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

LIBRARIES = ("pelican", "markdown", "jinja2", "pyyaml", "pydantic", "nh3")


def description(versions: Iterable[str]) -> str:
    """Processor, cores that may be used, memory, system, Python and libraries, then what `versions` says."""
    system = platform.freedesktop_os_release()["PRETTY_NAME"] if Path("/etc/os-release").exists() else platform.system()
    libraries = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    python = f"{platform.python_implementation()} {platform.python_version()}, {_how_made()}"
    return (
        f"{_processor()}, {_cores()} cores, {_memory()}; {system}, {platform.system()} {platform.release()}; {python}; "
        f"{', '.join([libraries, *filter(None, versions)])}; load before the first build {os.getloadavg()[0]:.1f}."
    )


def _how_made() -> str:
    """Whether the interpreter is optimised by profiles, as far as it says; Debian's packages are, and do not say so."""
    if Path(sys.base_prefix) == Path("/usr") and Path("/etc/debian_version").exists():
        return "Debian's own (optimised by profiles)"
    asked = sysconfig.get_config_var("CONFIG_ARGS") or ""
    return "optimised by profiles" if "--enable-optimizations" in asked else "not optimised by profiles"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory() -> str:
    return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"
