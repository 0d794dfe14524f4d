"""Loading all that is compiled from the disk, at once, without playing anything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import numpy as np
from numba.core.registry import cpu_target

from pathway_modeller.simulation.compiled import engine
from pathway_modeller.simulation.compiled.kept import KeptCode
from pathway_modeller.simulation.compiled.only_kept import NotKept, only_from_disk
from pathway_modeller.simulation.tally import growable_buffer as growing
from pathway_modeller.simulation.tally import level_rows, people_rows, rows, sorting
from pathway_modeller.simulation.tally import selection as places
from pathway_modeller.simulation.tally.buffer_pool import Memory
from pathway_modeller.simulation.tally.growable_buffer import Entries
from pathway_modeller.simulation.tally.selection import values_at

_MODULES = (engine, growing, level_rows, people_rows, places, rows, sorting)
"""Where functions stand that Python calls and whose machine code is kept."""


def kept_functions() -> list[Any]:
    """Returns all functions whose machine code is kept; none where nothing is compiled."""
    return [
        function
        for module in _MODULES
        for function in vars(module).values()
        if _is_kept(function) and function.py_func.__module__ == module.__name__
    ]


def load_all() -> bool:
    """Loads the machine code of every function from the disk.

    Returns:
        Whether it was there, for this kind of processor; if not, some function has to be compiled.
    """
    try:
        with only_from_disk():
            return all(_load(function) for function in kept_functions())
    except (NotKept, OSError):
        return False


def call_on_figures() -> None:
    """Calls the functions that put figures in order, and find some of them, on a single figure.

    A short replication of few people gathers no figures, and calls none of them.
    """
    entries = Entries(1, Memory())
    entries.begin_block(0, 1)
    entries.codes[0], entries.values[0] = 0, 1.0
    found = entries.by_cell(1, np.zeros(1, dtype=np.int64))
    first = np.zeros(1, dtype=np.int64)
    values_at(found.values, first, first + 1, np.arange(2), np.zeros((1, 1), dtype=np.int64))


def _is_kept(thing: Any) -> bool:
    """Whether this is a function whose machine code is kept."""
    return isinstance(getattr(thing, "_cache", None), KeptCode)


def _load(function: Any) -> bool:
    """Loads the machine code of a function for all types of arguments; whether there is any, or was before.

    Raises:
        NotKept: it has gone since.
        OSError: it cannot be read.
    """
    found = bool(function.overloads)
    for types in _types_kept(function):
        function.compile(types)
        found = True
    return found


def _types_kept(function: Any) -> Iterator[Any]:
    """Gives the types of arguments for which a function's machine code for this processor is on the disk."""
    files = function._cache._cache_file
    processor = cpu_target.target_context.codegen().magic_tuple()
    for (types, made_for, _), name in files._load_index().items():
        if made_for == processor and os.path.isfile(files._data_path(name)):
            yield types
