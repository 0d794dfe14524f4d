"""The engines by name, and which of them is used; importing this loads none of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathway_modeller.simulation.model.parts import Model
    from pathway_modeller.simulation.trace import Trace

    Asked = Callable[[], bool] | None
    Reached = Callable[[float], None] | None
    Simulate = Callable[[Model, int, int, Asked, Reached], Trace]

ENGINES = ("compiled", "simpy")
"""Names that may be asked for, the default first."""


@dataclass(frozen=True)
class Chosen:
    """The engine that a run uses.

    Attributes:
        engine: its name.
        sentence: why it is not the default one, though nobody asked for another; "" otherwise.
    """

    engine: str
    sentence: str = ""


def chosen_engine(asked: str | None = None) -> Chosen:
    """Returns the engine that a run uses: what was asked for, else the default where it can be used.

    Args:
        asked: name of an engine; None if nobody asked.

    Raises:
        ValueError: there is no such engine.
        ModelError: the engine that was asked for cannot be used on this computer.
    """
    from pathway_modeller.simulation.model.errors import ModelError

    if asked is not None and asked not in ENGINES:
        raise ValueError(_no_such(asked))
    if asked == "simpy":
        return Chosen(asked)
    try:
        _compiled()
    except ModelError as unusable:
        if asked is not None:
            raise
        sentence = f"{str(unusable).partition(';')[0]}; SimPy simulates instead: the same figures, later."
        return Chosen("simpy", sentence)
    return Chosen("compiled")


def engine_named(name: str) -> Simulate:
    """Returns the function that simulates one replication: model, seed, replication, cancelled, reached.

    The last two may be None: what is asked now and then whether to stop, and what is told now and then which
    share of the run's time is over.

    Raises:
        ValueError: there is no such engine.
        ModelError: the engine cannot be used on this computer.
    """
    if name == "simpy":
        from pathway_modeller.simulation.simpy.engine import simulate

        return simulate
    if name == "compiled":
        return _compiled()
    raise ValueError(_no_such(name))


def in_threads(engine: str) -> bool:
    """Whether replications run side by side in threads of one process: where the engine lets go of the lock.

    SimPy is Python throughout, so that only processes make it quicker.
    """
    return engine == "compiled"


def _no_such(name: str) -> str:
    """Returns the sentence about a name that no engine has."""
    return f"There is no engine {name!r}; there is {', '.join(ENGINES)}."


def _compiled() -> Simulate:
    """Returns the compiled engine, where Numba can be imported and can keep what it compiles."""
    from pathway_modeller.simulation.model.errors import ModelError

    try:
        from pathway_modeller.simulation.compiled.simulate import simulate
    except Exception as unusable:
        # Whatever it is: Numba refuses a NumPy that it does not know with an ImportError or a SystemError,
        # llvmlite a library that Windows cannot load with an OSError; what another version of them lacks is
        # an AttributeError.
        raise ModelError(
            "The compiled engine needs Numba, which cannot be imported on this computer; "
            "choose the engine simpy instead."
        ) from unusable
    _require_readable_folder()
    return simulate


def _require_readable_folder() -> None:
    """Refuses a folder for compiled code that cannot be looked into; one that is not there yet is made.

    Raises:
        ModelError: it cannot be.
    """
    from pathway_modeller.simulation.compiled.numba_inside.cache_folder import folder
    from pathway_modeller.simulation.model.errors import ModelError

    # os.path.exists says no where Path.exists would raise, since it may not look.
    there = (path for path in (folder(), *folder().absolute().parents) if os.path.exists(path))
    place = next(there)
    if not place.is_dir() or not os.access(place, os.R_OK | os.X_OK):
        raise ModelError(
            f"The compiled engine would keep what it compiles in {folder()}, which cannot be read; "
            "choose the engine simpy instead."
        )
