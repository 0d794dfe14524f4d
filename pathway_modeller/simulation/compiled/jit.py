"""How functions of the engine are compiled: once, and played without the interpreter's lock."""

from __future__ import annotations

import types as python_types
from collections.abc import Callable
from typing import Any, TypeVar

import numba

from pathway_modeller.simulation.compiled.numba_inside import code_cache
from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED, once_for_all_constants
from pathway_modeller.simulation.compiled.numba_inside.whole_program import (
    AlwaysInlinedCompiler,
    ColdCompiler,
    NotInlinedCompiler,
    PartCompiler,
    WholeCompiler,
)

F = TypeVar("F", bound=Callable[..., object])

_njit: Any = numba.njit

_OPTIONS = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}


def part(function: F) -> F:
    """Returns a function that only compiled functions call; it becomes a part of theirs.

    Neither ``fastmath`` nor anything else that reorders arithmetic is allowed, so that the bits are the same.
    """
    return _part(function, PartCompiler)


def cold(function: F) -> F:
    """Returns a part that few events call; room in the processor is then kept for the others."""
    return _part(function, ColdCompiler)


def always_inlined(function: F) -> F:
    """Returns a part that is called by nearly every event, and put wherever it is called."""
    return _part(function, AlwaysInlinedCompiler)


def not_inlined(function: F) -> F:
    """Returns a part that is never put into its callers: one with many constants, which they would keep."""
    return _part(function, NotInlinedCompiler)


def _part(function: F, compiler: Any) -> F:
    """Returns a function that only compiled functions call."""
    compiled: Any = _njit(**_OPTIONS, no_cpython_wrapper=True, pipeline_class=compiler)(function)
    if COMPILED:
        once_for_all_constants(compiled)
    found: F = compiled
    return found


def jit(function: F) -> F:
    """Returns a function that Python may call, kept on disk as one whole with everything that it calls."""
    compiled: Any = _njit(**_OPTIONS, pipeline_class=WholeCompiler)(function)
    if COMPILED:
        once_for_all_constants(compiled)
        code_cache.keep(compiled, function)
    found: F = compiled
    return found


def same_source(function: F, **known: object) -> F:
    """Returns a function of the reference engine, compiled from its very source.

    Args:
        function: a function of plain arithmetic.
        known: compiled functions in place of those it calls, by their names.
    """
    if not COMPILED:
        return function
    names = {**function.__globals__, **known}
    copy = python_types.FunctionType(function.__code__, names, function.__name__, function.__defaults__)
    copy.__module__, copy.__qualname__ = function.__module__, function.__qualname__
    return part(copy)  # type: ignore[return-value]
