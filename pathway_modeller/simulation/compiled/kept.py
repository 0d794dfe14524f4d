"""Machine code kept on disk, in the user's cache folder, as long as the source it was made of stays the same.

Numba by itself keeps code beside the source (which users may not write to), and looks only at the file in
which a function stands; the engine is spread over many, which it compiles into one piece.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite  # type: ignore[import-untyped]
import numba
import numpy as np
import platformdirs
from numba.core import caching, config
from numba.core.runtime import rtsys  # type: ignore[attr-defined]

_SIMULATION = Path(__file__).parents[1]
_SOURCES = (*("compiled/*.py", "chance/*.py", "ranks.py", "record.py", "trace.py"),)

_UNUSED = 60 * 86_400.0
"""Seconds after which code that nobody used is removed."""


@cache
def stamp(package: str = "compiled") -> str:
    """Returns a digest of all that machine code depends on: the engine's source and its compiler.

    Args:
        package: the folder in which the code's own source stands, if it is not the engine's.
    """
    digest = hashlib.blake2s(repr((numba.__version__, llvmlite.__version__, np.__version__)).encode())
    for pattern in dict.fromkeys((*_SOURCES, f"{package}/*.py")):
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
        place: takes the place of the user's cache folder; call this before the engine is loaded.
    """
    config.CACHE_DIR = os.environ["NUMBA_CACHE_DIR"] = str(place)  # type: ignore[attr-defined]


def is_kept() -> bool:
    """Whether there is a folder with the engine's code that can be read, if perhaps not written."""
    there = folder() / stamp()
    return os.path.isdir(there) and os.access(there, os.R_OK | os.X_OK)


def remove_unused(now: float) -> None:
    """Removes code of other states of the source that nobody used for sixty days; quietly, if it can.

    Args:
        now: the time, seconds since 1970.
    """
    with suppress(OSError):
        for other in folder().iterdir():
            if re.fullmatch("[0-9a-f]{16}", other.name) and now - other.stat().st_mtime > _UNUSED:
                shutil.rmtree(other, ignore_errors=True)


class _Locator(caching._CacheLocator):
    """Tells Numba where to keep code and when it is out of date."""

    def __init__(self, py_file: str) -> None:
        self._py_file = py_file
        self._package = Path(py_file).parent.name

    def get_cache_path(self) -> str:
        """Returns the folder; each state of the source has its own, so that two installations get along."""
        return str(folder() / stamp(self._package))

    def get_source_stamp(self) -> str:
        """Returns what must be equal for kept code to be good."""
        return stamp(self._package)

    def get_disambiguator(self) -> str:
        """Returns what tells functions of modules of one name apart."""
        return self._package

    @classmethod
    def from_function(cls, _: Any, py_file: str) -> _Locator:
        """Returns the locator of a function."""
        return cls(py_file)


class _Implementation(caching.CompileResultCacheImpl):
    """Numba's own way of keeping a function, elsewhere."""

    _locator_classes: Any = [_Locator]  # noqa: RUF012 - as Numba declares it


class KeptCode(caching.FunctionCache):
    """The kept machine code of one function that Python calls.

    Where the folder cannot be written, the code is made anew in each session.
    """

    _impl_class = _Implementation

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Returns the kept machine code of a function, None if there is none.

        Numba would first import all that it can compile (SciPy's linear algebra among it), which code that
        is compiled already does not need; it does so by itself before it compiles anything.
        """
        with self._guard_against_spurious_io_errors():
            rtsys.initialize(target_context)
            found = self._load_overload(sig, target_context)
        if found is not None:
            with suppress(OSError):
                os.utime(self._cache_path)  # it is in use: see remove_unused
        return found

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keeps the machine code of a function; removes old code where this is the first of its folder."""
        if not Path(self._cache_path).exists():
            remove_unused(time.time())
        try:
            super().save_overload(sig, data)
        except OSError:
            self.disable()
