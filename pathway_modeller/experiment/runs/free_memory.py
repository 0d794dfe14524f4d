"""How much memory of this computer is free, as far as the system says."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_MEMINFO = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")
"""Where Linux says how much memory a container may use."""


def free_memory() -> float | None:
    """Returns the bytes that a program may still take; None where the system does not say.

    Where it says only how much there is in all (macOS), half of that is taken to be free.
    """
    if sys.platform == "win32":
        return _windows()
    if _MEMINFO.exists():
        return min(_available(_MEMINFO.read_text(encoding="ascii")), _left_in_group(_GROUP))
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2
    except (ValueError, OSError):
        return None


def _available(meminfo: str) -> float:
    """Returns the bytes that are available, from the text of ``/proc/meminfo``."""
    for line in meminfo.splitlines():
        name, _, rest = line.partition(":")
        if name == "MemAvailable":
            return float(rest.split()[0]) * 1024
    return float("inf")


def _left_in_group(folder: Path) -> float:
    """Returns the bytes that the container may still take; infinite where it has no limit."""
    try:
        most, used = (
            (folder / name).read_text(encoding="ascii").strip() for name in ("memory.max", "memory.current")
        )
    except OSError:
        return float("inf")
    return float("inf") if most == "max" else max(float(most) - float(used), 0.0)


def _windows() -> float | None:
    """Returns the physical memory that Windows has free."""

    class Status(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows API."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "available", *"abcde")),
        )

    status = Status()
    status.length = ctypes.sizeof(Status)
    windll = getattr(ctypes, "windll", None)
    if windll is None or not windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return float(status.available)
