"""One replication of a model, played by the compiled engine."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pathway_modeller.simulation.compiled.engine import DONE, FULL, STOPPED, advance
from pathway_modeller.simulation.compiled.flatten import flatten
from pathway_modeller.simulation.compiled.reasons import stopped
from pathway_modeller.simulation.compiled.room import grown, make_world
from pathway_modeller.simulation.errors import Cancelled
from pathway_modeller.simulation.parts import Model
from pathway_modeller.simulation.record import in_order
from pathway_modeller.simulation.trace import Trace

ENGINE = "compiled"

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
    world = make_world(flatten(model), model, seed, replication)
    flag = np.zeros(1, dtype=np.int64)
    while (why := advance(world, flag, _STEPS)) != DONE:
        if why == STOPPED:
            raise stopped(world, model)
        if why == FULL:
            world = grown(world)
        elif cancelled is not None and cancelled():
            raise Cancelled
    rows = np.asarray(world.rows)[: int(world.state[0]["rows"])]
    return in_order(rows, model.legend)
