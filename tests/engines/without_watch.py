"""The SimPy engine with its look-out for deadlocks taken away, to see what becomes of those it names."""

from __future__ import annotations

from collections.abc import Sequence

from pathway_modeller.simulation.model.parts import Model
from pathway_modeller.simulation.simpy.capacity import DeadlockWatch, Visit
from pathway_modeller.simulation.simpy.engine import Replication
from pathway_modeller.simulation.trace import Trace


class _Blind(DeadlockWatch):
    """Looks and never finds."""

    def look(self, holders: Sequence[Visit], now: float) -> None:
        """Finds nothing."""


def simulate_without_watch(model: Model, seed: int, replication: int) -> Trace:
    """Returns the trace of a replication that goes on when patients lock each other out."""
    engine = Replication(model, seed, replication)
    engine.queues.deadlocks = _Blind(model)
    return engine.run(None)
