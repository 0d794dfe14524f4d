"""Where machine code is kept: in the user's cache, a folder for each state of the source it was made of."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

import llvmlite  # type: ignore[import-untyped]
import numba
import numpy as np
import platformdirs
from numba.core import config

from pathway_modeller.simulation.compiled.numba_inside.sealed_file import UNFINISHED

_SIMULATION = Path(__file__).parents[2]
SOURCES = ("compiled/**/*.py", "chance/*.py", "ranks.py", "record.py", "trace.py")
"""The engine's source, in the folder of this storey."""

_UNUSED = 60 * 86_400.0
"""Seconds after which code that nobody used is removed."""

_LEFT = 86_400.0
"""Seconds after which whoever wrote a file that is still unfinished was ended."""


@cache
def stamp(package: str = "compiled") -> str:
    """Returns a digest of all that machine code depends on: the engine's source and its compiler.

    Args:
        package: the folder in which the code's own source stands, if it is not the engine's.
    """
    digest = hashlib.blake2s(repr((numba.__version__, llvmlite.__version__, np.__version__)).encode())
    for pattern in dict.fromkeys((*SOURCES, f"{package}/**/*.py")):
        for path in sorted(_SIMULATION.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    if getattr(sys, "frozen", False):  # a bundled application has no source; its file changes instead
        found = Path(sys.executable).stat()
        digest.update(repr((found.st_size, found.st_mtime_ns)).encode())
    return digest.hexdigest()[:16]


def folder() -> Path:
    """Returns where machine code is kept: ``NUMBA_CACHE_DIR`` if given, else the user's cache folder."""
    given: str = config.CACHE_DIR  # type: ignore[attr-defined]
    root = Path(given) if given else platformdirs.user_cache_path("PathwayModeller", appauthor=False)
    return root / "engine"


def keep_in(place: Path) -> None:
    """Has code kept in another folder, here and by processes that are started later.

    Args:
        place: takes the place of the user's cache folder.
    """
    config.CACHE_DIR = os.environ["NUMBA_CACHE_DIR"] = str(place)  # type: ignore[attr-defined]


def remove_unused(now: float) -> None:
    """Removes code of other states of the source that nobody used for sixty days; quietly, if it can.

    What somebody left unfinished goes, too.

    Args:
        now: the time, seconds since 1970.
    """
    with suppress(OSError):
        for other in folder().iterdir():
            if re.fullmatch("[0-9a-f]{16}", other.name) and now - other.stat().st_mtime > _UNUSED:
                shutil.rmtree(other, ignore_errors=True)
        for left in folder().glob(f"*/*{UNFINISHED}"):
            if now - left.stat().st_mtime > _LEFT:
                left.unlink()
