"""The world behind one pointer: what compiled functions pass to each other.

A tuple of some fifty arrays would be copied, field by field, in every call, and take minutes to compile.
"""

from __future__ import annotations

from typing import Any

from numba.core import types
from numba.experimental import structref

from pathway_modeller.simulation.compiled.jit import COMPILED, jit
from pathway_modeller.simulation.compiled.layout import World


@structref.register
class HandleType(types.StructRef):
    """The type of a :class:`Handle`."""

    def preprocess_fields(self, fields: Any) -> Any:
        """Returns the fields with plain types."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)

    @property
    def mangling_args(self) -> Any:
        """Returns a short name for symbols; there is one kind of world only."""
        return "World", ()


class Handle(structref.StructRefProxy):
    """The fields of a :class:`~pathway_modeller.simulation.compiled.layout.World`, by one pointer."""


structref.define_constructor(Handle, HandleType, list(World._fields))


def _enclosed(t: World) -> Any:
    """Returns a world behind a handle."""
    return Handle(
        t.ix,
        t.fx,
        t.elements,
        t.tables,
        t.samplers,
        t.arrows,
        t.conditions,
        t.profiles,
        t.streams,
        t.draws,
        t.lists,
        t.attributes,
        t.deteriorations,
        t.changes,
        t.by_waits,
        t.bodies,
        t.pool_sets,
        t.needs,
        t.stays,
        t.defaults,
        t.preventions,
        t.channels,
        t.lanes,
        t.places,
        t.state,
        t.patients,
        t.groups,
        t.visits,
        t.waits,
        t.held,
        t.lines,
        t.line_of,
        t.line_units,
        t.candidates,
        t.waiting,
        t.taken,
        t.newcomers,
        t.turning,
        t.holders,
        t.use,
        t.scratch,
        t.coming,
        t.people,
        t.protected,
        t.covered,
        t.ordinals,
        t.targets,
        t.speeds,
        t.booked_times,
        t.booked_ordinals,
        t.heap,
        t.event,
        t.rows,
        t.who,
    )


def _as_it_is(t: World) -> World:
    """Returns the world itself, which serves where nothing is compiled."""
    return t


enclosed = jit(_enclosed) if COMPILED else _as_it_is
