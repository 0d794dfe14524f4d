"""Tables behind plain pointers: how compiled functions reach what they count in.

Numba's own arrays count who refers to them at every access, in instructions that processors must lock; that
would cost more than all the counting.

Where nothing is compiled, none of this is used, and the arrays themselves serve.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
from numba.core import cgutils, types
from numba.core.extending import intrinsic, models, register_model
from numba.core.imputils import lower_builtin, lower_getattr_generic, lower_setattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.np.numpy_support import from_dtype

from pathway_modeller.simulation.compiled.layout import Shape
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

_TABLES = "tables"

B = TypeVar("B")


class RecordType(types.Type):
    """A pointer to one record of a table."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self.dtype = dtype
        super().__init__(name=f"Pointed({dtype.descr})")


class TableType(AnyTable):
    """A table whose numbers are of the type in which they are kept."""

    def __init__(self, shape: Shape) -> None:
        dtype = shape.dtype
        item = from_dtype(dtype) if dtype.names is None else RecordType(dtype)
        super().__init__(f"Table({dtype.descr}, {shape.dimensions})", shape, item)


register_model(RecordType)(models.OpaqueModel)
register_model(TableType)(TableModel)


@infer_getattr
class _Fields(AttributeTemplate):
    """``record.name`` is a number."""

    key = RecordType

    def generic_resolve(self, record: RecordType, name: str) -> Any:  # type: ignore[override]
        """Returns the type of a record's field."""
        fields: Any = record.dtype.fields
        return from_dtype(fields[name][0]) if name in fields else None


def _to(builder: Any, pointer: Any, kind: Any) -> Any:
    """Returns a pointer as one to something of a kind."""
    return builder.bitcast(pointer, kind.as_pointer())


@lower_builtin(operator.getitem, TableType, types.Any)  # type: ignore[untyped-decorator]
def _get_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Reads a number of a table, or points at a record."""
    table, pointer = sig.args[0], pointer_at(context, builder, sig.args[0], *args)
    if table.dtype.names:
        return pointer
    kind = context.get_data_type(table.item)
    value = builder.load(_to(builder, pointer, kind), typ=kind)
    return marked(builder, value, _TABLES, table.name)


@lower_builtin(operator.setitem, TableType, types.Any, types.Any)  # type: ignore[untyped-decorator]
def _set_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Writes a number of a table."""
    table, pointer = sig.args[0], pointer_at(context, builder, sig.args[0], *args[:2])
    stored = builder.store(args[2], _to(builder, pointer, context.get_data_type(table.item)))
    marked(builder, stored, _TABLES, table.name)
    return context.get_dummy_value()


def _field(context: Any, builder: Any, record: RecordType, value: Any, name: str) -> tuple[Any, Any]:
    """Returns what a record's field holds and the pointer to it."""
    fields: Any = record.dtype.fields
    kind = context.get_data_type(from_dtype(fields[name][0]))
    return kind, _to(builder, offset(builder, value, INT(fields[name][1])), kind)


@lower_getattr_generic(RecordType)  # type: ignore[untyped-decorator]
def _get_field(context: Any, builder: Any, record: RecordType, value: Any, name: str) -> Any:
    """Reads a field of a record."""
    kind, pointer = _field(context, builder, record, value, name)
    value = builder.load(pointer, typ=kind, align=_alignment(record))
    return marked(builder, value, _TABLES, f"{record.name}.{name}")


@lower_setattr_generic(RecordType)  # type: ignore[untyped-decorator]
def _set_field(context: Any, builder: Any, sig: Any, args: Any, name: str) -> None:
    """Writes a field of a record."""
    _, pointer = _field(context, builder, sig.args[0], args[0], name)
    stored = builder.store(args[1], pointer, align=_alignment(sig.args[0]))
    marked(builder, stored, _TABLES, f"{sig.args[0].name}.{name}")


def _alignment(record: RecordType) -> int | None:
    """Returns how fields of a record lie: at any byte if it is packed, else each as its kind asks for."""
    return None if record.dtype.isalignedstruct else 1


def pointed(book: type[Any], shapes: Mapping[str, Shape]) -> Any:
    """Returns a compiled function that turns the address of :func:`table_types.listed` into a book of tables.

    Where nothing is compiled, it takes the book of arrays, and returns it as it is.

    Args:
        book: a named tuple of tables.
        shapes: for each field what its table looks like.
    """
    tables = [TableType(shapes[name]) for name in book._fields]
    kind = types.NamedTuple(tables, book)

    @intrinsic
    def at(_: Any, __: Any) -> Any:
        """Returns the book whose list of tables lies at an address."""

        def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
            values = []
            for number, each in enumerate(tables):
                first = builder.inttoptr(builder.add(args[0], INT(16 * number)), INT.as_pointer())
                second = builder.inttoptr(builder.add(args[0], INT(16 * number + 8)), INT.as_pointer())
                table = cgutils.create_struct_proxy(each)(context, builder)
                table.start = builder.inttoptr(builder.load(first, typ=INT), cgutils.voidptr_t)
                table.length = builder.load(second, typ=INT)
                values.append(table._getvalue())
            return context.make_tuple(builder, kind, values)

        return kind(types.int64), build

    return at if COMPILED else _itself


def table_of(shape: Shape) -> Any:
    """Returns a compiled function that turns an array that Python gave it into a table.

    Where nothing is compiled, it returns the array as it is. The array must be kept while the table is used.
    """
    kind = TableType(shape)

    @intrinsic
    def table(_: Any, array: Any) -> Any:
        """Returns the table that lies where an array does."""
        if not isinstance(array, types.Array) or array.layout != "C" or array.ndim != 1:
            return None

        def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            given = context.make_array(sig.args[0])(context, builder, value=args[0])
            made = cgutils.create_struct_proxy(kind)(context, builder)
            made.start = builder.bitcast(given.data, cgutils.voidptr_t)
            made.length = given.nitems
            return made._getvalue()

        return kind(array), build

    return table if COMPILED else _itself


def _itself(book: B) -> B:
    """Returns the book itself."""
    return book


@intrinsic
def _fetch(_: Any, table: Any, __: Any) -> Any:
    """Asks for a record of a table."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        fetch_at(builder, pointer_at(context, builder, table, *args), to_write=True)
        return context.get_dummy_value()

    return types.none(table, table.place), build


def _fetch_nothing(_: Any, __: Any) -> None:
    """Does nothing, where nothing is compiled."""


fetch: Any = _fetch if COMPILED else _fetch_nothing
"""Asks for a record before it is needed, so that the processor need not wait for it; it need not exist."""
