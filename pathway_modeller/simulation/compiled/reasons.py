"""Saying why the compiled engine stopped, in the reference engine's own words."""

from __future__ import annotations

from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.routes import ENDLESS, NO_WAY_ON
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.model.parts import Model
from pathway_modeller.simulation.model.stopping import endless_sentence, locked_sentence, no_way_on_sentence


def stopped(world: World, model: Model) -> SimulationStopped:
    """Returns why a run stopped."""
    state = world.state[0]
    why, now = int(state["stop"]), float(state["now"])
    if why == NO_WAY_ON:
        return SimulationStopped(no_way_on_sentence(model.names[int(state["stop_at"])], now))
    if why == ENDLESS:
        return SimulationStopped(endless_sentence(model.names[int(state["stop_at"])], now))
    stuck = [int(each) for each in world.turning[: int(state["stuck"])]]
    return SimulationStopped(locked_sentence(model, [_held(world, each) for each in stuck], now))


def _held(world: World, waiting: int) -> tuple[list[int], int]:
    """Returns the bodies held by one who waits while holding units, and the activity waited for."""
    activity, patient = int(world.waits[waiting]["activity"]), int(world.waits[waiting]["patient"])
    who, found = world.patients[patient], []
    if who["own"] >= 0:
        found += _bodies(world, int(world.elements[int(who["own"])]["needs"]), int(who["own_footprint"]))
    h = int(who["held"])
    while h >= 0:
        units = world.held[h]
        found += _bodies(world, int(units["pools"]), int(units["footprint"]))
        h = int(units["next"])
    return found, activity


def _bodies(world: World, pools: int, footprint: int) -> list[int]:
    """Returns the bodies of capacity of a set of pools for a patient of a footprint."""
    needs = world.pool_sets[pools]
    return [_body(world, need, footprint) for need in range(int(needs["start"]), int(needs["end"]))]


def _body(world: World, need: int, footprint: int) -> int:
    """Returns the body of capacity of a need for a patient of a footprint."""
    found = world.needs[need]
    return int(world.ix[int(found["bodies"]) + (footprint if int(found["bodies_n"]) > 1 else 0)])
