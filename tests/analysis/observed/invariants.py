"""What must hold in every trace, whatever was simulated; broken only by a defect of an engine."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.observed.episodes import GOING_ON
from pathway_modeller.analysis.observed.levels import Body
from pathway_modeller.analysis.observed.steps import Steps, combine, counting
from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.analysis.observed.traced_levels import levels_from
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.trace import LEAVING, QUEUE_ENDS, Event, Trace
from tests.analysis.observed.legality import illegal_order

TOLERANCE = 1e-9
"""Relative difference by which two sums of times may differ through rounding."""


def violations(trace: Trace, pathway: Pathway) -> tuple[str, ...]:
    """Returns one sentence for each invariant that a trace breaks; empty if all hold.

    Checked are: the canonical order of rows; each patient's events in a legal order; Little's law as an
    identity for each queue and for the pathway; everybody who came is inside or left; units in use never
    negative nor above those open (but for work in progress when capacity falls); and nobody waits while
    all that the start needs is free.

    Args:
        trace: what an engine recorded.
        pathway: the pathway that it played out.
    """
    traced = Traced.of(trace, pathway)
    found = levels_from(traced).bodies
    return (
        *_order_of_rows(trace),
        *illegal_order(traced),
        *_littles_law(traced),
        *_balance(traced),
        *itertools.chain.from_iterable(_units(traced, *each) for each in enumerate(found)),
        *_idle(traced, found),
    )


def _order_of_rows(trace: Trace) -> list[str]:
    """Rows by time, then patient; none at or after the end, none but joinings before time 0."""
    found = []
    later = np.diff(trace.time) > 0
    same = np.diff(trace.time) == 0
    if not (later | (same & (np.diff(trace.patient) >= 0))).all():
        found.append("Rows do not stand in order of time and patient.")
    if (trace.time >= trace.legend.until).any():
        found.append("Something happens at or after the end of the run.")
    if (trace.event[trace.time < 0] != Event.JOIN).any():
        found.append("Something other than joining a queue happens before time 0.")
    return found


def _littles_law(traced: Traced) -> list[str]:
    """The number present, integrated over the run, is the sum of the times spent within it."""
    trace, legend = traced.trace, traced.legend
    found = []
    waits = traced.queueing
    for name in traced.activities:
        index = legend.elements.index(name)
        number = _running(trace, trace.element == index, (Event.JOIN,), QUEUE_ENDS)
        mine = waits.where(waits.element == index)
        spent = float(np.sum(mine.finish - np.maximum(mine.begin, 0.0)))
        if not _close(number.integral(0.0, traced.end), spent):
            found.append(f"Little's law fails for the queue of {name!r}.")
    inside = traced.inside
    came = _first_rows(traced)
    number = _running_of(trace.time[came], trace.time[np.isin(trace.event, LEAVING)])
    spent = float(np.sum(inside.finish - np.maximum(inside.begin, 0.0)))
    if not _close(number.integral(0.0, traced.end), spent):
        found.append("Little's law fails for the pathway.")
    return found


def _running(
    trace: Trace, mine: npt.NDArray[np.bool_], up: tuple[Event, ...], down: tuple[Event, ...]
) -> Steps:
    """How many are there over time, counted by rows alone, without looking at who is who."""
    return _running_of(
        trace.time[mine & np.isin(trace.event, up)], trace.time[mine & np.isin(trace.event, down)]
    )


def _running_of(ups: npt.NDArray[np.float64], downs: npt.NDArray[np.float64]) -> Steps:
    """Counts one up at each of some times and one down at each of others."""
    return counting(np.concatenate((ups, downs)), np.concatenate((np.ones(len(ups)), -np.ones(len(downs)))))


def _first_rows(traced: Traced) -> npt.NDArray[np.int64]:
    """Rows with which a patient came: arrived, or was there at time 0 (by a joining before it)."""
    trace = traced.trace
    waited = np.isin(trace.patient, trace.patient[(trace.event == Event.PRESENT)])
    joined = (trace.event == Event.JOIN) & waited & (trace.time <= 0.0)
    on_list = np.isin(trace.patient, trace.patient[joined])
    seen = (trace.event == Event.PRESENT) & ~on_list
    first = np.zeros(len(trace), dtype=bool)
    rows = np.flatnonzero(joined)
    first[rows[np.unique(trace.patient[rows], return_index=True)[1]]] = True
    return np.flatnonzero(first | seen | (trace.event == Event.ARRIVE))


def _balance(traced: Traced) -> list[str]:
    """Arrivals and those present at the start are exits, those who left otherwise, and those inside."""
    came = len(_first_rows(traced))
    left = int(np.isin(traced.trace.event, LEAVING).sum())
    inside = int((traced.inside.outcome == GOING_ON).sum())
    if came != left + inside:
        return [f"{came} patients came, but {left} left and {inside} are inside at the end."]
    return []


def _units(traced: Traced, index: int, body: Body[Steps]) -> list[str]:
    """Units in use are never negative, and none are given out beyond those open.

    Work in progress when capacity falls, and units already in use at time 0, may be above those open.
    """
    name = f"{body.pool!r}" + (f" of {body.footprint!r}" if body.footprint else "")
    found = []
    if (body.in_use.values < 0).any():
        found.append(f"Pool {name} has fewer than 0 units in use.")
    trace = traced.trace
    given = trace.time[(trace.event == Event.ACQUIRE) & (trace.pool == index) & (trace.time > 0.0)]
    with np.errstate(invalid="ignore"):
        beyond = body.in_use.at(given) > body.open_units.at(given)
    if beyond.any():
        found.append(f"Pool {name} gives out units beyond those open on day {given[beyond][0]:.4f}.")
    return found


def _idle(traced: Traced, found: tuple[Body[Steps], ...]) -> list[str]:
    """Nobody waits, after an instant is done, while all units that the start needs are free."""
    sentences = []
    footprints, place = traced.legend.footprints, traced.legend.groups.codes["footprint"]
    waits = traced.queueing
    for name in traced.activities:
        needs = _needs(traced.pathway, name)
        mine = waits.where(waits.element == traced.legend.elements.index(name))
        per_footprint = any(body.footprint for body in found if body.pool in needs)
        for index, footprint in enumerate(footprints) if per_footprint else [(-1, "")]:
            group = mine.where(place[mine.group] == index) if footprint else mine
            ended = group.finish[group.outcome != GOING_ON]
            queue = _running_of(np.maximum(group.begin, 0.0), ended)
            free = [
                (body, needs[body.pool])
                for body in found
                if body.pool in needs and body.footprint in ("", footprint)
            ]
            when = _idle_since(queue, free)
            if when is not None:
                where = f" in {footprint!r}" if footprint else ""
                sentences.append(
                    f"On day {when:.4f} somebody waits for {name!r}{where} though all it needs is free."
                )
    return sentences


def _idle_since(queue: Steps, free: list[tuple[Body[Steps], int]]) -> float | None:
    """The first instant after which somebody waits though all needs fit; None if there is none."""
    functions = [queue]
    for body, _ in free:
        functions += [body.open_units, body.in_use]
    instants, values = combine(tuple(functions))
    could = values[0] > 0
    for place, (_, units) in enumerate(free):
        opened, used = values[1 + 2 * place], values[2 + 2 * place]
        could &= np.isnan(opened) | (opened - used >= units)
    could &= instants >= 0
    return float(instants[could][0]) if could.any() else None


def _needs(pathway: Pathway, activity: str) -> dict[str, int]:
    """Units of each pool for a first start: the activity's, and the stays and caseload it begins."""
    needs = dict(pathway.activities[activity].needs)
    for stay in pathway.stays.values():
        if stay.begins_with == activity:
            for pool, units in stay.needs.items():
                needs[pool] = needs.get(pool, 0) + units
    caseload = pathway.activities[activity].caseload
    if caseload is not None:
        needs[caseload.pool] = needs.get(caseload.pool, 0) + 1
    return needs


def _close(one: float, other: float) -> bool:
    """Whether two sums of times agree up to rounding."""
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other), 1.0)
