"""The engines by name; importing this loads none of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathway_modeller.simulation.parts import Model
    from pathway_modeller.simulation.trace import Trace

    Simulate = Callable[[Model, int, int, Callable[[], bool] | None], Trace]

ENGINES = ("simpy", "compiled")
"""Names that may be asked for, the default first."""


def engine_named(name: str) -> Simulate:
    """Returns the function that simulates one replication: model, seed, replication, cancelled.

    Raises:
        ValueError: there is no such engine.
        ModelError: the engine cannot be used on this computer.
    """
    if name == "simpy":
        from pathway_modeller.simulation.simpy_engine import simulate

        return simulate
    if name == "compiled":
        return _compiled()
    raise ValueError(f"There is no engine {name!r}; there is {', '.join(ENGINES)}.")


def _compiled() -> Simulate:
    """Returns the compiled engine, where Numba can be imported."""
    from pathway_modeller.simulation.errors import ModelError

    try:
        from pathway_modeller.simulation.compiled.simulate import simulate
    except ImportError as missing:
        raise ModelError(
            "The compiled engine needs Numba, which cannot be imported on this computer; "
            "choose the engine simpy instead."
        ) from missing
    return simulate
