"""One replication of a model, played by the compiled engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.compiled.engine import DONE, FULL, STOPPED, advance
from pathway_modeller.simulation.compiled.flatten import flatten
from pathway_modeller.simulation.compiled.jit import COMPILED
from pathway_modeller.simulation.compiled.pointers import tables_of
from pathway_modeller.simulation.compiled.reasons import stopped
from pathway_modeller.simulation.compiled.room import grown, make_world
from pathway_modeller.simulation.errors import Cancelled
from pathway_modeller.simulation.parts import Model
from pathway_modeller.simulation.record import ROW, in_order
from pathway_modeller.simulation.trace import Trace

ENGINE = "compiled"

Rows = npt.NDArray[np.void]
Who = npt.NDArray[np.int64]

_STEPS = 25_000
"""Steps between two questions whether to go on; a few tens of milliseconds."""


def simulate(model: Model, seed: int, replication: int, cancelled: Callable[[], bool] | None = None) -> Trace:
    """Returns the trace of one replication, the same as that of the reference engine.

    Args:
        model: the compiled pathway.
        seed: names the random numbers, 0 to 2**32 - 1.
        replication: number of the replication, from 0.
        cancelled: asked now and then; the run stops when it returns True.

    Raises:
        SimulationStopped: patients lock each other out for ever, or an instant never ends.
        Cancelled: ``cancelled`` returned True.
    """
    chunks: list[Rows] = []

    def keep(rows: Rows, _: Who) -> None:
        chunks.append(rows.copy())

    play(model, seed, replication, keep, cancelled)
    return in_order(np.concatenate(chunks) if chunks else np.zeros(0, dtype=ROW), model.legend)


def play(
    model: Model,
    seed: int,
    replication: int,
    take: Callable[[Rows, Who], None],
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Plays one replication without keeping its trace; its rows are handed over as they come.

    Args:
        model: the compiled pathway.
        seed: names the random numbers, 0 to 2**32 - 1.
        replication: number of the replication, from 0.
        take: is given some thousand rows at a time in the order of happening (type
            :data:`pathway_modeller.simulation.record.ROW`), and for each row the place of its patient among
            those on the pathway (-1 for rows without a patient). Both are good until it returns. A place is
            another patient's only after the last row of the one before. Rows of today's lists, at the
            beginning, may have times below 0; otherwise times never fall.
        cancelled: asked now and then; the run stops when it returns True.

    Raises:
        SimulationStopped: patients lock each other out for ever, or an instant never ends.
        Cancelled: ``cancelled`` returned True.
    """
    flag = np.zeros(1, dtype=np.int64)
    world = make_world(flatten(model), model, seed, replication, flag)
    tables = tables_of(world)
    while (why := advance(tables.ctypes.data if COMPILED else world, _STEPS)) != DONE:
        if why == STOPPED:
            raise stopped(world, model)
        if cancelled is not None and cancelled():
            raise Cancelled
        if why == FULL:
            _hand_over(world, take)
            world = grown(world)
            tables = tables_of(world)
    _hand_over(world, take)


def _hand_over(world: Any, take: Callable[[Rows, Who], None]) -> None:
    """Gives the rows written so far to those who want them, and begins anew."""
    count = int(world.state[0]["rows"])
    if count:
        take(np.asarray(world.rows)[:count], world.who[:count])
    world.state["rows"][0] = 0
