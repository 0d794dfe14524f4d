"""Tables behind plain pointers: how compiled functions reach what they count in.

Numba's own arrays count who refers to them at every access, in instructions that processors must lock; that
would cost more than all the counting. A table is where its numbers or records start, and how many there are
(of columns, if it has two dimensions). Whoever hands out the pointers keeps the arrays.

Where nothing is compiled, none of this is used, and the arrays themselves serve.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

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
from numba.np.numpy_support import from_dtype

from pathway_modeller.simulation.compiled.jit import COMPILED

_INT = ir.IntType(64)

B = TypeVar("B", bound=NamedTuple)


class RecordType(types.Type):
    """A pointer to one record of a table."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self.dtype = dtype
        super().__init__(name=f"Pointed({dtype.descr})")


class TableType(types.Type):
    """A table of one or two dimensions."""

    def __init__(self, dtype: np.dtype[Any], dimensions: int) -> None:
        self.dtype, self.dimensions = dtype, dimensions
        self.item = from_dtype(dtype) if dtype.names is None else RecordType(dtype)
        self.place = types.int64 if dimensions == 1 else types.UniTuple(types.int64, dimensions)
        super().__init__(name=f"Table({dtype.descr}, {dimensions})")


register_model(RecordType)(models.OpaqueModel)


@register_model(TableType)
class _TableModel(models.StructModel):
    """What is passed of a table."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, [("start", types.voidptr), ("length", types.int64)])


@infer_getattr
class _Fields(AttributeTemplate):
    """``record.name`` is a number."""

    key = RecordType

    def generic_resolve(self, record: RecordType, name: str) -> Any:  # type: ignore[override]
        """Returns the type of a record's field."""
        fields: Any = record.dtype.fields
        return from_dtype(fields[name][0]) if name in fields else None


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    """``table[i]`` or ``table[i, j]``."""

    def generic(self, args: Any, _: Any) -> Any:
        """Returns the signature, if it is a table that is read."""
        table = args[0]
        return signature(table.item, table, table.place) if isinstance(table, TableType) else None


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    """``table[i] = number`` or ``table[i, j] = number``."""

    def generic(self, args: Any, _: Any) -> Any:
        """Returns the signature, if it is a table that is written."""
        table = args[0]
        if not isinstance(table, TableType):
            return None
        return signature(types.none, table, table.place, table.item)


@infer_global(len)
class _Length(AbstractTemplate):
    """``len(table)``."""

    def generic(self, args: Any, _: Any) -> Any:
        """Returns the signature, if it is a table whose length is asked."""
        return signature(types.int64, args[0]) if isinstance(args[0], TableType) else None


def _moved(builder: Any, pointer: Any, bytes_on: Any, kind: Any) -> Any:
    """Returns a pointer some bytes further on, to something of a kind."""
    moved = builder.gep(pointer, [bytes_on], source_etype=ir.IntType(8))
    return builder.bitcast(moved, kind.as_pointer())


def _marked(builder: Any, access: Any, name: str) -> Any:
    """Tells LLVM what is read or written: what has different names shares no memory."""
    module = builder.module
    root = module.add_metadata(["tables"])
    kind = module.add_metadata([name, root, ir.Constant(_INT, 0)])
    access.set_metadata("tbaa", module.add_metadata([kind, kind, ir.Constant(_INT, 0)]))
    return access


def _at(context: Any, builder: Any, table: TableType, value: Any, place: Any) -> Any:
    """Returns the pointer to a place of a table."""
    view = cgutils.create_struct_proxy(table)(context, builder, value=value)
    if table.dimensions > 1:
        row, column = cgutils.unpack_tuple(builder, place, 2)
        place = builder.add(builder.mul(row, view.length), column)
    bytes_on = builder.mul(place, _INT(table.dtype.itemsize))
    kind = ir.IntType(8) if table.dtype.names else context.get_data_type(table.item)
    return _moved(builder, view.start, bytes_on, kind)


@lower_builtin(operator.getitem, TableType, types.Any)  # type: ignore[untyped-decorator]
def _get_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Reads a number of a table, or points at a record."""
    table, pointer = sig.args[0], _at(context, builder, sig.args[0], *args)
    if table.dtype.names:
        return pointer
    return _marked(builder, builder.load(pointer, typ=context.get_data_type(table.item)), table.name)


@lower_builtin(operator.setitem, TableType, types.Any, types.Any)  # type: ignore[untyped-decorator]
def _set_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Writes a number of a table."""
    table = sig.args[0]
    _marked(builder, builder.store(args[2], _at(context, builder, table, *args[:2])), table.name)
    return context.get_dummy_value()


@lower_builtin(len, TableType)  # type: ignore[untyped-decorator]
def _length(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Returns how long a table is."""
    return cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0]).length


def _field(context: Any, builder: Any, record: RecordType, value: Any, name: str) -> tuple[Any, Any]:
    """Returns what a record's field holds and the pointer to it."""
    fields: Any = record.dtype.fields
    kind = context.get_data_type(from_dtype(fields[name][0]))
    return kind, _moved(builder, value, _INT(fields[name][1]), kind)


@lower_getattr_generic(RecordType)  # type: ignore[untyped-decorator]
def _get_field(context: Any, builder: Any, record: RecordType, value: Any, name: str) -> Any:
    """Reads a field of a record."""
    kind, pointer = _field(context, builder, record, value, name)
    value = builder.load(pointer, typ=kind, align=_alignment(record))
    return _marked(builder, value, f"{record.name}.{name}")


@lower_setattr_generic(RecordType)  # type: ignore[untyped-decorator]
def _set_field(context: Any, builder: Any, sig: Any, args: Any, name: str) -> None:
    """Writes a field of a record."""
    _, pointer = _field(context, builder, sig.args[0], args[0], name)
    stored = builder.store(args[1], pointer, align=_alignment(sig.args[0]))
    _marked(builder, stored, f"{sig.args[0].name}.{name}")


def _alignment(record: RecordType) -> int | None:
    """Returns how fields of a record lie: at any byte if it is packed, else each as its kind asks for."""
    return None if record.dtype.isalignedstruct else 1


def pointed(book: type[Any], shapes: Mapping[str, tuple[np.dtype[Any], int]]) -> Any:
    """Returns a compiled function that turns the address of :func:`addresses` into a book of tables.

    Where nothing is compiled, it takes the book of arrays, and returns it as it is.

    Args:
        book: a named tuple of tables.
        shapes: for each field the type of its numbers or records, and its number of dimensions.
    """
    tables = [TableType(*shapes[name]) for name in book._fields]
    kind = types.NamedTuple(tables, book)

    @intrinsic
    def at(_: Any, __: Any) -> Any:
        """Returns the book whose list of tables lies at an address."""

        def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
            values = []
            for number, each in enumerate(tables):
                first = builder.inttoptr(builder.add(args[0], _INT(16 * number)), _INT.as_pointer())
                second = builder.inttoptr(builder.add(args[0], _INT(16 * number + 8)), _INT.as_pointer())
                table = cgutils.create_struct_proxy(each)(context, builder)
                table.start = builder.inttoptr(builder.load(first, typ=_INT), cgutils.voidptr_t)
                table.length = builder.load(second, typ=_INT)
                values.append(table._getvalue())
            return context.make_tuple(builder, kind, values)

        return kind(types.int64), build

    return at if COMPILED else _itself


def _itself(book: B) -> B:
    """Returns the book itself."""
    return book


def addresses(book: Any, shapes: Mapping[str, tuple[np.dtype[Any], int]]) -> Any:
    """Returns where each array of a book starts and how long it is; for two dimensions, its columns.

    Raises:
        ValueError: an array is not laid out as compiled functions expect.
    """
    found = np.zeros((len(book._fields), 2), dtype=np.int64)
    for number, name in enumerate(book._fields):
        array, (dtype, dimensions) = getattr(book, name), shapes[name]
        if array.dtype != dtype or array.ndim != dimensions or not array.flags.c_contiguous:
            raise ValueError(f"{name} is not laid out as expected")
        found[number] = array.ctypes.data, array.shape[-1]
    return found
