"""The engines by name; importing this loads none of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathway_modeller.simulation.parts import Model
    from pathway_modeller.simulation.trace import Trace

    Simulate = Callable[[Model, int, int, Callable[[], bool] | None], Trace]

ENGINES = ("simpy",)
"""Names that may be asked for, the default first."""


def engine_named(name: str) -> Simulate:
    """Returns the function that simulates one replication: model, seed, replication, cancelled.

    Raises:
        ValueError: there is no such engine.
    """
    if name == "simpy":
        from pathway_modeller.simulation.simpy_engine import simulate

        return simulate
    raise ValueError(f"There is no engine {name!r}; there is {', '.join(ENGINES)}.")
