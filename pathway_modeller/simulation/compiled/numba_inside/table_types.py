"""What all tables behind plain pointers have in common: how they are indexed, measured, listed and fetched.

A table is where its numbers or records start, and how many there are (of columns, if it has two dimensions).
What its numbers are turned into when they are read is told by the kinds of tables:
:mod:`pathway_modeller.simulation.compiled.numba_inside.pointers` and
:mod:`pathway_modeller.simulation.compiled.numba_inside.tally_tables`.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.extending import models
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import AbstractTemplate, infer_global, signature

from pathway_modeller.simulation.compiled.layout import Shape
from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED

INT = ir.IntType(64)
_BYTE, _NUMBER = ir.IntType(8), ir.IntType(32)

LINE = 64
"""Bytes of a line of the processor's cache."""


class AnyTable(types.Type):
    """A table of one or two dimensions.

    Attributes:
        dtype: of its numbers or records, as they are kept.
        dimensions: 1 or 2.
        item: Numba's type of what stands at a place.
        place: Numba's type of what it is indexed with.
    """

    def __init__(self, name: str, shape: Shape, item: Any) -> None:
        self.dtype, self.dimensions, self.item = shape.dtype, shape.dimensions, item
        self.place = types.int64 if shape.dimensions == 1 else types.UniTuple(types.int64, shape.dimensions)
        super().__init__(name=name)


class TableModel(models.StructModel):
    """What is kept of a table while it is at hand; to be registered for each kind of table."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, [("start", types.voidptr), ("length", types.int64)])


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    """``table[i]`` or ``table[i, j]``."""

    def generic(self, args: Any, _: Any) -> Any:
        """Returns the signature, if it is a table that is read."""
        table = args[0]
        return signature(table.item, table, table.place) if isinstance(table, AnyTable) else None


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    """``table[i] = number`` or ``table[i, j] = number``."""

    def generic(self, args: Any, _: Any) -> Any:
        """Returns the signature, if it is a table that is written."""
        table = args[0]
        if not isinstance(table, AnyTable):
            return None
        return signature(types.none, table, table.place, table.item)


@infer_global(len)
class _Length(AbstractTemplate):
    """``len(table)``."""

    def generic(self, args: Any, _: Any) -> Any:
        """Returns the signature, if it is a table whose length is asked."""
        return signature(types.int64, args[0]) if isinstance(args[0], AnyTable) else None


@lower_builtin(len, AnyTable)  # type: ignore[untyped-decorator]
def _length(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Returns how long a table is."""
    return cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0]).length


def offset(builder: Any, pointer: Any, bytes_on: Any) -> Any:
    """Returns a pointer some bytes further on."""
    return builder.gep(pointer, [bytes_on], source_etype=_BYTE)


def pointer_at(context: Any, builder: Any, table: AnyTable, value: Any, place: Any) -> Any:
    """Returns the pointer to a place of a table."""
    view = cgutils.create_struct_proxy(table)(context, builder, value=value)
    if table.dimensions == 2:
        row, column = cgutils.unpack_tuple(builder, place, 2)
        place = builder.add(builder.mul(row, view.length), column)
    return offset(builder, view.start, builder.mul(place, INT(table.dtype.itemsize)))


def marked(builder: Any, access: Any, tables: str, name: str) -> Any:
    """Tells LLVM what is read or written: what has different names shares no memory.

    Args:
        builder: writes LLVM's language.
        access: the reading or writing.
        tables: names the tables that are told apart.
        name: of the table, or of the field of its records.
    """
    module = builder.module
    root = module.add_metadata([tables])
    kind = module.add_metadata([name, root, ir.Constant(INT, 0)])
    access.set_metadata("tbaa", module.add_metadata([kind, kind, ir.Constant(INT, 0)]))
    return access


def fetch_at(builder: Any, pointer: Any, *, to_write: bool) -> None:
    """Has the processor fetch what is needed soon at a place of the memory; changes nothing."""
    kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, *3 * [_NUMBER]])
    fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
    pointer = builder.bitcast(pointer, cgutils.voidptr_t)
    builder.call(fetch, [pointer, _NUMBER(int(to_write)), _NUMBER(3), _NUMBER(1)])


def on_lines(length: int, dtype: Any, *columns: int) -> Any:
    """Returns an array of zeros that begins where a line of the processor's cache does.

    Records of 64 bytes then lie on one line each, of which processors fetch one at a time.
    """
    size = length * math.prod(columns) * dtype.itemsize
    raw = np.zeros(size + LINE, dtype=np.uint8)
    begin = -raw.ctypes.data % LINE
    return raw[begin : begin + size].view(dtype).reshape(length, *columns)


def shown(array: Any) -> Any:
    """Returns an array whose records' fields can be reached by name whether or not functions are compiled."""
    return array if COMPILED or array.dtype.names is None else array.view(np.recarray)


def listed(tables: Any, shapes: Mapping[str, Shape]) -> Any:
    """Returns where each array of a named tuple starts and how long it is; for two dimensions, its columns.

    Whoever hands out the list keeps the arrays.

    Raises:
        ValueError: an array is not laid out as compiled functions expect.
    """
    found = np.zeros((len(tables._fields), 2), dtype=np.int64)
    for number, name in enumerate(tables._fields):
        array, shape = getattr(tables, name), shapes[name]
        if array.dtype != shape.dtype or array.ndim != shape.dimensions or not array.flags.c_contiguous:
            raise ValueError(f"{name} is not laid out as expected")
        found[number] = array.ctypes.data, array.shape[-1]
    return found
