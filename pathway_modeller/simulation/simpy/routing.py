"""Who a patient is and which arrow is taken: groups at entry, shares and conditions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.ticks import on_tick
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.model.parts import Arrow, ConditionPart, Draw, Groups, Model
from pathway_modeller.simulation.simpy.patient import Patient

Uniform = Callable[[Purpose, int, Patient, int], float]
"""The uniform of a patient: (purpose, element key, patient, visit) -> number between 0 and 1."""


def draw_groups(model: Model, draw: Draw, element: int, patient: Patient, luck: Uniform) -> Groups:
    """Returns a new patient's groups: need tier, footprint, then declared attributes."""
    pair = draw.pairs[0]
    if len(draw.pairs) > 1:
        u = luck(Purpose.GROUP, model.keys[element], patient, 0)
        pair = draw.pairs[_first_above(draw.cumulative, u)]
    groups = [*pair, *model.default_groups]
    for given in model.entry_attributes[element]:
        u = luck(Purpose.ATTRIBUTE, given.key, patient, 0)
        groups[given.group] = _first_above(given.cumulative.of(groups), u)
    return groups


def _first_above(cumulative: tuple[float, ...], u: float) -> int:
    """Returns the first place whose cumulative share is above u, else the last place of any share."""
    for place, total in enumerate(cumulative):
        if u < total:
            return place
    return cumulative.index(cumulative[-1])


def choose_arrow(
    model: Model, element: int, patient: Patient, now: float, waiting: Mapping[int, int], luck: Uniform
) -> Arrow:
    """Returns the arrow that a patient takes out of an element.

    Arrows with a condition are tried in their order; if none holds, the others divide patients by share.

    Raises:
        SimulationStopped: no condition holds, and every arrow has one.
    """
    routes = model.routes[element]
    for arrow in routes.conditional:
        if arrow.condition is not None and _holds(arrow.condition, model, patient, now, waiting):
            return arrow
    if not routes.shared:
        raise SimulationStopped(no_way_on_sentence(model.names[element], now))
    if len(routes.shared) == 1:
        return routes.shared[0]
    u = luck(Purpose.ROUTE, model.keys[element], patient, patient.visits[element])
    total, chosen = 0.0, routes.shared[0]
    for arrow in routes.shared:
        share = arrow.share.of(patient.groups)
        if share > 0.0:
            chosen = arrow
            total += share
            if u < total:
                break
    return chosen


def no_way_on_sentence(name: str, now: float) -> str:
    """Returns what is wrong where a patient leaves an element and no arrow takes them."""
    return (
        f'On day {now:.2f} a patient leaves "{name}" and no condition of its arrows '
        "holds; add an arrow without a condition."
    )


def _holds(
    condition: ConditionPart, model: Model, patient: Patient, now: float, waiting: Mapping[int, int]
) -> bool:
    """Returns whether a condition holds for a patient now."""
    match condition.kind:
        case "attribute":
            return patient.groups[condition.group] in condition.indices
        case "queue":
            return waiting.get(condition.element, 0) >= condition.at_least
        case "visits":
            return patient.visits.get(condition.element, 0) >= condition.at_least
        case "time on pathway":
            return now - patient.entered >= condition.at_least
        case _:
            day = math.floor(now)
            weekday = (model.start_date.weekday() + day) % 7
            return weekday in condition.indices and condition.opens <= on_tick(now - day) < condition.closes
