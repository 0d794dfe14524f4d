"""What a processor does in one instruction, without a jump that it must foresee: comparing eight numbers."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import types
from numba.core.extending import intrinsic

from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED
from pathway_modeller.simulation.compiled.numba_inside.pointers import vector_at
from pathway_modeller.simulation.compiled.numba_inside.table_types import INT

EIGHT = 8


@intrinsic
def floor_of(_: Any, __: Any) -> Any:
    """Returns the whole number below a number, which stays a float: nothing need wait until it is turned."""

    def build(_: Any, builder: Any, __: Any, args: Any) -> Any:
        return builder.call(builder.module.declare_intrinsic("llvm.floor", (args[0].type,)), args)

    return types.float64(types.float64), build


def _counting(sign: str, compare: Callable[[float, float], bool]) -> Any:
    """Returns a function that counts which of eight numbers of a table, from a place on, are below one."""

    @intrinsic
    def compiled(_: Any, table: Any, __: Any, ___: Any) -> Any:
        def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
            eight = vector_at(context, builder, table, args[0], args[1], EIGHT)
            same = ir.Constant(eight.type, ir.Undefined)
            for place in range(EIGHT):
                same = builder.insert_element(same, args[2], ir.IntType(32)(place))
            bits = builder.bitcast(builder.fcmp_ordered(sign, eight, same), ir.IntType(EIGHT))
            return builder.zext(builder.ctpop(bits), INT)

        return types.int64(table, types.int64, types.float64), build

    def plain(table: Any, place: int, number: float) -> int:
        return sum(1 for each in table[place : place + EIGHT] if compare(each, number))

    return compiled if COMPILED else plain


below: Any = _counting("<", operator.lt)
"""Returns how many of the eight numbers of a table from a place on are below a number."""
not_above: Any = _counting("<=", operator.le)
"""Returns how many of the eight numbers of a table from a place on are not above a number."""
