"""Asking for records before they are needed, so that the processor need not wait for them."""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.extending import intrinsic

from pathway_modeller.simulation.compiled.jit import COMPILED

AHEAD = 16
"""Rows ahead for which records are asked for; a record comes from the main memory within about as many."""

_WRITE, _KEEP, _DATA = (ir.IntType(32)(number) for number in (1, 3, 1))


@intrinsic
def _fetch(_: Any, record: Any) -> Any:
    """Asks for a record of a table."""

    def build(_: Any, builder: Any, __: Any, args: Any) -> Any:
        pointer = cgutils.voidptr_t
        kind = ir.FunctionType(ir.VoidType(), [pointer, *3 * [ir.IntType(32)]])
        ask = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(ask, [builder.bitcast(args[0], pointer), _WRITE, _KEEP, _DATA])
        return ir.Constant(ir.IntType(8).as_pointer(), None)

    return types.none(record), build


def _nothing(_: Any) -> None:
    """Does nothing, where nothing is compiled."""


fetch: Any = _fetch if COMPILED else _nothing
"""Asks for a record; what it holds does not change."""
