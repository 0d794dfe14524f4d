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
from numba.core.typing.templates import (
    AbstractTemplate,
    AttributeTemplate,
    infer_getattr,
    infer_global,
    signature,
)

from pathway_modeller.simulation.compiled.jit import COMPILED
from pathway_modeller.simulation.compiled.layout import SHAPES, World

_BYTE, _INT = ir.IntType(8), ir.IntType(64)
_FIXED, _SHARED = "fixed", "shared"


def _number(dtype: np.dtype[Any]) -> Any:
    """Returns the type of a number once it is read."""
    return types.float64 if dtype.kind == "f" else types.int64


class WorldType(types.Type):
    """A pointer to (address, length) of each table, in the order of :class:`layout.World`."""

    def __init__(self) -> None:
        super().__init__(name="World")


class TableType(types.Type):
    """One table of the world: where it starts, and how many records (or columns) it has."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.shape = SHAPES[field]
        super().__init__(name=f"Table({field})")

    @property
    def item(self) -> Any:
        """What stands at a place of the table."""
        dtype = self.shape.dtype
        return _number(dtype) if dtype.names is None else RecordType(self.field)


class RecordType(types.Type):
    """A pointer to one record of a table."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.shape = SHAPES[field]
        super().__init__(name=f"Record({field})")


register_model(WorldType)(models.OpaqueModel)
register_model(RecordType)(models.OpaqueModel)


@register_model(TableType)
class _TableModel(models.StructModel):
    """What is kept of a table while it is at hand."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, [("start", types.voidptr), ("length", types.int64)])


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


def _place(table: TableType) -> Any:
    """Returns the type of what a table is indexed with."""
    return types.int64 if table.shape.dimensions == 1 else types.UniTuple(types.int64, 2)


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    """``table[i]`` or ``table[i, j]``."""

    def generic(self, args: Any, _: Any) -> Any:
        """Returns the signature, if it is a table that is read."""
        return signature(args[0].item, args[0], _place(args[0])) if isinstance(args[0], TableType) else None


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    """``table[i] = number`` or ``table[i, j] = number``."""

    def generic(self, args: Any, _: Any) -> Any:
        """Returns the signature, if it is a table that is written."""
        table = args[0]
        return (
            signature(types.none, table, _place(table), table.item) if isinstance(table, TableType) else None
        )


@infer_global(len)
class _Length(AbstractTemplate):
    """``len(table)``."""

    def generic(self, args: Any, _: Any) -> Any:
        """Returns the signature, if it is a table whose length is asked."""
        return signature(types.int64, args[0]) if isinstance(args[0], TableType) else None


# --- what is done ----------------------------------------------------------------------------------


def _offset(builder: Any, pointer: Any, bytes_on: Any) -> Any:
    """Returns a pointer some bytes further on."""
    return builder.gep(pointer, [bytes_on], source_etype=_BYTE)


def _marked(builder: Any, access: Any, name: str, fixed: bool) -> Any:
    """Tells LLVM which field is read or written: fields of different names share no memory."""
    module = builder.module
    root = module.add_metadata(["world"])
    kind = module.add_metadata([name, root, ir.Constant(_INT, 0)])
    access.set_metadata("tbaa", module.add_metadata([kind, kind, ir.Constant(_INT, 0)]))
    if fixed:
        access.set_metadata("invariant.load", module.add_metadata([]))
    return access


def _kept_as(dtype: np.dtype[Any]) -> Any:
    """Returns LLVM's type of a number as it is kept."""
    return ir.DoubleType() if dtype.kind == "f" else ir.IntType(8 * dtype.itemsize)


def _load(builder: Any, shape: Any, name: str, dtype: np.dtype[Any], pointer: Any) -> Any:
    """Reads a number; one that another thread may write is read anew each time."""
    kind = _kept_as(dtype)
    pointer = builder.bitcast(pointer, kind.as_pointer())
    if shape.use == _SHARED:
        return builder.load_atomic(pointer, "monotonic", 8, typ=kind)
    value = _marked(builder, builder.load(pointer, align=1, typ=kind), name, shape.use == _FIXED)
    return value if dtype.itemsize == 8 else builder.sext(value, _INT)


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
    start = builder.bitcast(_offset(builder, world, _INT(at)), cgutils.voidptr_t.as_pointer())
    length = builder.bitcast(_offset(builder, world, _INT(at + 8)), _INT.as_pointer())
    table.start = _marked(builder, builder.load(start, typ=cgutils.voidptr_t), "tables", True)
    table.length = _marked(builder, builder.load(length, typ=_INT), "tables", True)
    return table._getvalue()


def _at(context: Any, builder: Any, table: TableType, value: Any, place: Any) -> Any:
    """Returns the pointer to a place of a table."""
    view = cgutils.create_struct_proxy(table)(context, builder, value=value)
    if table.shape.dimensions == 2:
        row, column = cgutils.unpack_tuple(builder, place, 2)
        place = builder.add(builder.mul(row, view.length), column)
    bytes_on = builder.mul(place, _INT(table.shape.dtype.itemsize))
    return _offset(builder, view.start, bytes_on)


@lower_builtin(operator.getitem, TableType, types.Any)  # type: ignore[untyped-decorator]
def _get_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Reads a number of a table, or points at a record."""
    table, pointer = sig.args[0], _at(context, builder, sig.args[0], *args)
    if table.shape.dtype.names:
        return pointer
    return _load(builder, table.shape, table.field, table.shape.dtype, pointer)


@lower_builtin(operator.setitem, TableType, types.Any, types.Any)  # type: ignore[untyped-decorator]
def _set_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Writes a number of a table."""
    table = sig.args[0]
    pointer = _at(context, builder, table, *args[:2])
    _store(builder, table.shape, table.field, table.shape.dtype, args[2], pointer)
    return context.get_dummy_value()


@lower_builtin(len, TableType)  # type: ignore[untyped-decorator]
def _length(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Returns how long a table is."""
    return cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0]).length


def _field(builder: Any, record: RecordType, value: Any, name: str) -> tuple[np.dtype[Any], Any]:
    """Returns the type of a record's field and the pointer to it."""
    fields: Any = record.shape.dtype.fields
    dtype, offset = fields[name][:2]
    return dtype, _offset(builder, value, _INT(offset))


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
        part.start = _at(context, builder, table, *args[:2])
        part.length = args[2]
        return part._getvalue()

    return table(table, types.int64, types.int64), build


@intrinsic
def _prefetch(_: Any, table: Any, __: Any) -> Any:
    """Has the processor fetch a record that is needed soon."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, number, number, number])
        place = args[1]
        if table.shape.dimensions == 2:
            place = cgutils.pack_array(builder, [place, _INT(0)])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(fetch, [_at(context, builder, table, args[0], place), number(0), number(3), number(1)])
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
"""Turns what :func:`pointer_to` gives into the world."""
stretch: Any = _stretch if COMPILED else _slice
"""Returns so many numbers of a table from a place on."""
prefetch: Any = _prefetch if COMPILED else _fetch_nothing
"""Has the processor fetch a record of a table that is needed soon; changes nothing."""


def tables_of(world: World) -> Any:
    """Returns the list of where each table starts and how long it is; for two dimensions, its columns.

    Raises:
        ValueError: a table has not the shape that compiled functions expect.
    """
    found = np.zeros((len(World._fields), 2), dtype=np.int64)
    for number, name in enumerate(World._fields):
        array, shape = getattr(world, name), SHAPES[name]
        if array.dtype != shape.dtype or array.ndim != shape.dimensions or not array.flags.c_contiguous:
            raise ValueError(f"{name} is not laid out as expected")
        found[number] = array.ctypes.data, array.shape[-1]
    return found
