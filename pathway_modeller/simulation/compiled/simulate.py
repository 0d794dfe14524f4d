"""One replication of a model, played by the compiled engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.compiled.allocation import grown, make_world
from pathway_modeller.simulation.compiled.engine import DONE, FULL, STOPPED, advance
from pathway_modeller.simulation.compiled.flatten import flatten
from pathway_modeller.simulation.compiled.layout import SHAPES
from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED
from pathway_modeller.simulation.compiled.numba_inside.table_types import listed
from pathway_modeller.simulation.compiled.reasons import stopped
from pathway_modeller.simulation.compiled.space import MARGIN
from pathway_modeller.simulation.model.errors import Cancelled
from pathway_modeller.simulation.model.parts import Model
from pathway_modeller.simulation.record import ROW, in_order
from pathway_modeller.simulation.trace import Event, Trace

Rows = npt.NDArray[np.void]
Who = npt.NDArray[np.int64]

_SOON = 0.01
"""Seconds after which the engine should hand back, to be asked whether to go on."""
_FEWEST, _MOST = 64, 1 << 15


def simulate(
    model: Model,
    seed: int,
    replication: int,
    cancelled: Callable[[], bool] | None = None,
    reached: Callable[[float], None] | None = None,
) -> Trace:
    """Returns the trace of one replication, the same as that of the reference engine.

    Args:
        model: the compiled pathway.
        seed: names the random numbers, 0 to 2**32 - 1.
        replication: number of the replication, from 0.
        cancelled: asked now and then; the run stops when it returns True.
        reached: told now and then which share of the run's time is over.

    Raises:
        SimulationStopped: patients lock each other out for ever, or an instant never ends.
        Cancelled: ``cancelled`` returned True.
    """
    chunks: list[Rows] = []

    def keep(rows: Rows, _: Who) -> None:
        chunks.append(rows.copy())
        if reached is not None:
            reached(max(0.0, float(rows["time"][-1])) / model.until)

    play(model, seed, replication, keep, cancelled)
    return in_order(np.concatenate(chunks) if chunks else np.zeros(0, dtype=ROW), model.legend)


def play(
    model: Model,
    seed: int,
    replication: int,
    take: Callable[[Rows, Who], None],
    cancelled: Callable[[], bool] | None = None,
    told: Iterable[Event] = Event,
    tables: dict[str, Any] | None = None,
) -> None:
    """Plays one replication without keeping its trace; its rows are handed over as they come.

    Args:
        model: the compiled pathway.
        seed: names the random numbers, 0 to 2**32 - 1.
        replication: number of the replication, from 0.
        take: is given some thousand rows at a time in the order of happening (type
            :data:`pathway_modeller.simulation.record.ROW`), and for each row the place of its patient
            among those on the pathway (-1 for rows without a patient). Both are good until it returns. A
            place is another patient's only after the last row of the one before. Rows of today's lists, at
            the beginning, may have times below 0; otherwise times never fall.
        cancelled: asked every ten milliseconds or so, on the thread of the caller; the run stops when it
            returns True. In between, other threads have the interpreter.
        told: the events of which rows are wanted; those of others are never written.
        tables: the model as :func:`flatten` lays it out, if that was done before; nothing in them changes.

    Raises:
        SimulationStopped: patients lock each other out for ever, or an instant never ends.
        Cancelled: ``cancelled`` returned True.
    """
    world = make_world(tables or flatten(model), model, seed, replication, told)
    places, steps = listed(world, SHAPES), _FEWEST
    while True:
        before = perf_counter()
        why = advance(places.ctypes.data if COMPILED else world, steps)
        count = _hand_over(world, take) if why in (DONE, FULL) else 0
        if why == DONE:
            return
        if why == STOPPED:
            raise stopped(world, model)
        if cancelled is not None and cancelled():
            raise Cancelled
        if why == FULL and count + MARGIN <= len(world.rows):  # it is another table that is full
            world = grown(world)
            places = listed(world, SHAPES)
        steps = _steps_after(steps, perf_counter() - before)


def _steps_after(steps: int, took: float) -> int:
    """Returns how many steps to play next, when some took so many seconds: as many as take about ``_SOON``.

    Steps of a small pathway take a tenth of a microsecond, those in which thousands move or wait far more.
    """
    if took < _SOON / 2:
        return min(2 * steps, _MOST)
    return max(steps // 2, _FEWEST) if took > 2 * _SOON else steps


def _hand_over(world: Any, take: Callable[[Rows, Who], None]) -> int:
    """Gives the rows written so far to those who want them, and begins anew; returns how many there were."""
    count = int(world.state[0]["rows"])
    if count:
        take(np.asarray(world.rows)[:count], world.who[:count])
    world.state["rows"][0] = 0
    return count
