"""The world behind one pointer: how compiled functions read and write its tables.

Compiled functions pass each other one pointer, to a list of (where a table starts, how long it is). Numba's
own arrays would carry seven numbers each and count who refers to them at every access, in instructions that
processors must lock; here ``w.waits[q].line`` is one load. The types below tell Numba what ``w.name``,
``table[i]``, ``table[i, j]``, ``len(table)``, ``record.field`` and their assignments mean, and tell LLVM that
different fields never share memory, and which tables nobody writes while the engine plays.

Where nothing is compiled, none of this is used: the world is then a tuple of NumPy arrays.
"""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.extending import intrinsic, models, register_model
from numba.core.imputils import lower_builtin, lower_getattr_generic, lower_setattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr

from pathway_modeller.simulation.compiled.layout import SHAPES, World
from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED
from pathway_modeller.simulation.compiled.numba_inside.table_types import (
    INT,
    AnyTable,
    TableModel,
    fetch_at,
    marked,
    offset,
    pointer_at,
)

_FIXED = "fixed"


def _number(dtype: np.dtype[Any]) -> Any:
    """Returns the type of a number once it is read."""
    return types.float64 if dtype.kind == "f" else types.int64


class WorldType(types.Type):
    """A pointer to (address, length) of each table, in the order of :class:`layout.World`."""

    def __init__(self) -> None:
        super().__init__(name="World")


class TableType(AnyTable):
    """One table of the world; its numbers are widened to 64 bits when they are read."""

    def __init__(self, field: str) -> None:
        self.field, self.shape = field, SHAPES[field]
        dtype = self.shape.dtype
        item = _number(dtype) if dtype.names is None else RecordType(field)
        super().__init__(f"Table({field})", self.shape, item)


class RecordType(types.Type):
    """A pointer to one record of a table."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.shape = SHAPES[field]
        super().__init__(name=f"Record({field})")


register_model(WorldType)(models.OpaqueModel)
register_model(RecordType)(models.OpaqueModel)
register_model(TableType)(TableModel)


# --- what the types are ----------------------------------------------------------------------------


@infer_getattr
class _WorldFields(AttributeTemplate):
    """``world.name`` is a table."""

    key = WorldType

    def generic_resolve(self, _: WorldType, name: str) -> Any:  # type: ignore[override]
        """Returns the type of a field of the world."""
        return TableType(name) if name in SHAPES else None


@infer_getattr
class _RecordFields(AttributeTemplate):
    """``record.name`` is a number."""

    key = RecordType

    def generic_resolve(self, record: RecordType, name: str) -> Any:  # type: ignore[override]
        """Returns the type of a field of a record."""
        dtype: Any = record.shape.dtype
        return _number(dtype.fields[name][0]) if name in dtype.fields else None


# --- what is done ----------------------------------------------------------------------------------


def _marked(builder: Any, access: Any, name: str, fixed: bool) -> Any:
    """Tells LLVM which field is read or written, and whether it stays the same while the engine plays."""
    if fixed:
        access.set_metadata("invariant.load", builder.module.add_metadata([]))
    return marked(builder, access, "world", name)


def _kept_as(dtype: np.dtype[Any]) -> Any:
    """Returns LLVM's type of a number as it is kept."""
    return ir.DoubleType() if dtype.kind == "f" else ir.IntType(8 * dtype.itemsize)


def _load(builder: Any, shape: Any, name: str, dtype: np.dtype[Any], pointer: Any) -> Any:
    """Reads a number."""
    kind = _kept_as(dtype)
    pointer = builder.bitcast(pointer, kind.as_pointer())
    value = _marked(builder, builder.load(pointer, align=1, typ=kind), name, shape.use == _FIXED)
    return value if dtype.itemsize == 8 else builder.sext(value, INT)


def _store(builder: Any, shape: Any, name: str, dtype: np.dtype[Any], value: Any, pointer: Any) -> None:
    """Writes a number."""
    if shape.use == _FIXED:
        raise TypeError(f"{name} is fixed while the engine plays")
    kind = _kept_as(dtype)
    if dtype.itemsize < 8:
        value = builder.trunc(value, kind)
    pointer = builder.bitcast(pointer, kind.as_pointer())
    _marked(builder, builder.store(value, pointer, align=1), name, False)


@lower_getattr_generic(WorldType)  # type: ignore[untyped-decorator]
def _world_field(context: Any, builder: Any, _: WorldType, world: Any, name: str) -> Any:
    """Reads where a table is; that never changes while the engine plays."""
    table = cgutils.create_struct_proxy(TableType(name))(context, builder)
    at = 16 * World._fields.index(name)
    start = builder.bitcast(offset(builder, world, INT(at)), cgutils.voidptr_t.as_pointer())
    length = builder.bitcast(offset(builder, world, INT(at + 8)), INT.as_pointer())
    table.start = _marked(builder, builder.load(start, typ=cgutils.voidptr_t), "tables", True)
    table.length = _marked(builder, builder.load(length, typ=INT), "tables", True)
    return table._getvalue()


@lower_builtin(operator.getitem, TableType, types.Any)  # type: ignore[untyped-decorator]
def _get_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Reads a number of a table, or points at a record."""
    table, pointer = sig.args[0], pointer_at(context, builder, sig.args[0], *args)
    if table.shape.dtype.names:
        return pointer
    return _load(builder, table.shape, table.field, table.shape.dtype, pointer)


@lower_builtin(operator.setitem, TableType, types.Any, types.Any)  # type: ignore[untyped-decorator]
def _set_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Writes a number of a table."""
    table = sig.args[0]
    pointer = pointer_at(context, builder, table, *args[:2])
    _store(builder, table.shape, table.field, table.shape.dtype, args[2], pointer)
    return context.get_dummy_value()


def _field(builder: Any, record: RecordType, value: Any, name: str) -> tuple[np.dtype[Any], Any]:
    """Returns the type of a record's field and the pointer to it."""
    fields: Any = record.shape.dtype.fields
    dtype, bytes_on = fields[name][:2]
    return dtype, offset(builder, value, INT(bytes_on))


@lower_getattr_generic(RecordType)  # type: ignore[untyped-decorator]
def _get_field(_: Any, builder: Any, record: RecordType, value: Any, name: str) -> Any:
    """Reads a field of a record."""
    dtype, pointer = _field(builder, record, value, name)
    return _load(builder, record.shape, f"{record.field}.{name}", dtype, pointer)


@lower_setattr_generic(RecordType)  # type: ignore[untyped-decorator]
def _set_field(_: Any, builder: Any, sig: Any, args: Any, name: str) -> None:
    """Writes a field of a record."""
    record = sig.args[0]
    dtype, pointer = _field(builder, record, args[0], name)
    _store(builder, record.shape, f"{record.field}.{name}", dtype, args[1], pointer)


# --- between Python and compiled functions ---------------------------------------------------------


@intrinsic
def _world_at(_: Any, __: Any) -> Any:
    """Returns the world whose list of tables lies at an address."""

    def build(_: Any, builder: Any, __: Any, args: Any) -> Any:
        return builder.inttoptr(args[0], cgutils.voidptr_t)

    return WorldType()(types.int64), build


@intrinsic
def _stretch(_: Any, table: Any, __: Any, ___: Any) -> Any:
    """Returns a part of a table."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        part = cgutils.create_struct_proxy(table)(context, builder)
        part.start = pointer_at(context, builder, table, *args[:2])
        part.length = args[2]
        return part._getvalue()

    return table(table, types.int64, types.int64), build


def vector_at(context: Any, builder: Any, table: Any, value: Any, place: Any, length: int) -> Any:
    """Returns so many numbers of a table from a place on, as LLVM's vector."""
    kind = ir.VectorType(_kept_as(table.shape.dtype), length)
    pointer = builder.bitcast(pointer_at(context, builder, table, value, place), kind.as_pointer())
    loaded = builder.load(pointer, align=table.shape.dtype.itemsize, typ=kind)
    return _marked(builder, loaded, table.field, table.shape.use == _FIXED)


@intrinsic
def _prefetch(_: Any, table: Any, __: Any) -> Any:
    """Has the processor fetch a record that is needed soon."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        place = args[1]
        if table.shape.dimensions == 2:
            place = cgutils.pack_array(builder, [place, INT(0)])
        fetch_at(builder, pointer_at(context, builder, table, args[0], place), to_write=False)
        return context.get_dummy_value()

    return types.none(table, types.int64), build


def _itself(world: World) -> World:
    """Returns the world itself, which serves where nothing is compiled."""
    return world


def _slice(table: Any, start: int, length: int) -> Any:
    """Returns a part of a table where nothing is compiled."""
    return table[start : start + length]


def _fetch_nothing(table: Any, place: int) -> None:
    """Does nothing, where nothing is compiled."""


world_at: Any = _world_at if COMPILED else _itself
"""Turns the address of the list of the world's tables into the world."""
stretch: Any = _stretch if COMPILED else _slice
"""Returns so many numbers of a table from a place on."""
prefetch: Any = _prefetch if COMPILED else _fetch_nothing
"""Has the processor fetch a record of a table that is needed soon; changes nothing."""
