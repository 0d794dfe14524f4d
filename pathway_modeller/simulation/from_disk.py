"""Loading all that is compiled from the disk, at once, without playing anything."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled import engine
from pathway_modeller.simulation.compiled.numba_inside import code_cache
from pathway_modeller.simulation.compiled.numba_inside.from_disk_only import NotKept, only_from_disk
from pathway_modeller.simulation.tally import growable_buffer as growing
from pathway_modeller.simulation.tally import level_rows, rows, sorting
from pathway_modeller.simulation.tally import selection as places
from pathway_modeller.simulation.tally.buffer_pool import Memory
from pathway_modeller.simulation.tally.growable_buffer import Entries
from pathway_modeller.simulation.tally.selection import quantiles

_MODULES = (engine, growing, level_rows, places, rows, sorting)
"""Where functions stand that Python calls and whose machine code is kept."""


def kept_functions() -> list[Any]:
    """Returns all functions whose machine code is kept; none where nothing is compiled."""
    return [
        function
        for module in _MODULES
        for function in vars(module).values()
        if code_cache.cache_of(function) and function.py_func.__module__ == module.__name__
    ]


def load_all() -> bool:
    """Loads the machine code of every function from the disk, and throws away what is damaged.

    Returns:
        Whether it was there, for this kind of processor; if not, some function has to be compiled.
    """
    try:
        with only_from_disk():
            loaded = [code_cache.load(function) for function in kept_functions()]
            return all(loaded)
    except (NotKept, OSError):
        return False


def found_damaged() -> bool:
    """Whether something was damaged when all was last loaded."""
    return any(each.found_damaged for each in _caches())


def require_place() -> None:
    """Makes sure that machine code can be kept.

    Raises:
        OSError: it cannot.
    """
    for each in _caches():
        each.make_folder()
        with TemporaryFile(dir=each.cache_path):
            pass


def _caches() -> list[code_cache.CodeCache]:
    """Returns what keeps the machine code of each function."""
    found = (code_cache.cache_of(function) for function in kept_functions())
    return [each for each in found if each is not None]


def call_on_figures() -> None:
    """Calls the functions that put figures in order, and find some of them, on a single figure.

    A short replication of few people gathers no figures, and calls none of them.
    """
    entries = Entries(1, Memory())
    entries.begin_block(0, 1)
    entries.codes[0], entries.values[0] = 0, 1.0
    found = entries.by_cell(1, np.zeros(1, dtype=np.int64))
    first = np.zeros(1, dtype=np.int64)
    quantiles(found.values, found.first, first, np.arange(2), np.zeros(1))
