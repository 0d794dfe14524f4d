"""Which program a computer would run replications with; another one may find other figures."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pathway_modeller import __version__

_LIBRARIES = ("numpy", "scipy", "pandas", "numba", "simpy")
"""Libraries that have a part in every figure."""

_ROOMS = ("scenario", "simulation", "analysis", "experiment")
"""Parts of the program that have a part in every figure."""

_COMPUTER = "kind of computer"


@cache
def this_program() -> Mapping[str, str]:
    """Returns what this process works figures out with: names, in words for people, and versions."""
    python = ".".join(map(str, sys.version_info[:2]))
    return {
        "Pathway Modeller": f"{__version__} ({_source_mark()})",
        "Python": python,
        **{name: _version(name) for name in _LIBRARIES},
        _COMPUTER: f"{platform.system()} {platform.machine()}",
    }


def difference(expected: Mapping[str, str], found: Mapping[str, str]) -> str:
    """Returns the first difference, such as "numpy 1.26.4 instead of 2.1.0"; "" if there is none."""
    for name, wanted in expected.items():
        has = found.get(name, "none")
        if has != wanted:
            return f"{name} {has} instead of {wanted}"
    return ""


def on_computers_like(kind: Mapping[str, str]) -> Mapping[str, str]:
    """Returns this program, for a cluster whose computers may be of another kind than this one.

    Args:
        kind: the program of one of the cluster's workers. All workers must be of its kind, since mathematical
            functions may differ in the last bit between systems, and results would depend on who did what.
    """
    return {**this_program(), _COMPUTER: kind.get(_COMPUTER, "none")}


def _version(library: str) -> str:
    """Returns the version of a library, without importing it."""
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def _source_mark() -> str:
    """Returns a mark of the program's own text, since a version says little while it is worked on.

    Line ends are left out of account: they differ between systems.
    """
    package = Path(__file__).resolve().parent.parent
    mark = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((package / room).rglob("*.py"), key=lambda path: path.as_posix()):
            mark.update(path.relative_to(package).as_posix().encode())
            mark.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return mark.hexdigest()[:8]
