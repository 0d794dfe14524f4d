"""A pathway as the traffic equations see it: where its patients go and how long they hold what they use."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pathway_modeller.scenario.checking.queues import needs_to_start
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import Activity, Stay
from pathway_modeller.scenario.moments import mean_days, sd_days
from pathway_modeller.scenario.traffic import (
    Array,
    Blocks,
    Routing,
    make_arrivals,
    make_blocks,
    make_routing,
    value_for,
)
from pathway_modeller.scenario.values import every_value

_TINY = 1e-6
_TICKS_PER_DAY = 86_400_000
_LARGEST_FLOW = 1e12


@dataclass(frozen=True)
class Network:
    """A pathway with everything that its flows are worked out from; arrays are (blocks, states).

    Attributes:
        arrivals: patients a day from outside.
        attended: share of those who reach a state's activity that are at last seen, and go on by the arrows.
        missed: share of them that go where those who did not attend go.
        held: mean time for which each stay is held by those who begin it in a state, by stay.
        needs: units that each activity needs to start, those of stays that begin with it included.
        units_days: by activity and pool, units times days that each patient who reaches it uses,
            (blocks, combinations).
        residual: by activity, mean time for which work in progress there goes on, (blocks, combinations).
    """

    pathway: Pathway
    run: RunSettings
    blocks: Blocks
    routing: Routing
    arrivals: Array
    attended: Array
    missed: Array
    held: Mapping[str, Array | None]
    needs: Mapping[str, Mapping[str, int]]
    units_days: Mapping[str, Mapping[str, Array]]
    residual: Mapping[str, Array]

    @classmethod
    def of(cls, pathway: Pathway, run: RunSettings) -> Network:
        """Returns the network of a pathway.

        Raises:
            TooLarge: it has too many states.
        """
        blocks = make_blocks(pathway, run)
        times = _Times.of(pathway, blocks)
        routing = make_routing(pathway, blocks)
        held = {each: mean_held(times, routing, stay) for each, stay in pathway.stays.items()}
        return cls(
            pathway=pathway,
            run=run,
            blocks=blocks,
            routing=routing,
            arrivals=make_arrivals(pathway, run, blocks),
            attended=times.attended,
            missed=times.missed,
            held=held,
            needs={each: needs_to_start(pathway, each) for each in pathway.activities},
            units_days={each: _units_days(times, routing, held, each) for each in pathway.activities},
            residual=times.residual,
        )

    def body(self, pool: str, footprint: str) -> tuple[str, str | None]:
        """Returns the body of a pool that patients of a footprint use."""
        return pool, footprint if self.pathway.pools[pool].per_footprint else None


@dataclass(frozen=True)
class _Times:
    """How long each visit to a state takes, and who attends; arrays are (blocks, states)."""

    pathway: Pathway
    blocks: Blocks
    attended: Array
    missed: Array
    starts: Array
    days: Array
    residual: dict[str, Array]

    @classmethod
    def of(cls, pathway: Pathway, blocks: Blocks) -> _Times:
        """Returns the times of a pathway."""
        shape = (len(blocks.pairs), blocks.size)
        some = (len(blocks.pairs), len(blocks.combinations))
        residual = {each: np.zeros(some) for each in pathway.activities}
        ones, zeros = np.ones(shape), np.zeros(shape)
        made = cls(pathway, blocks, ones, zeros, ones.copy(), zeros.copy(), residual)
        for block, combination, groups in blocks.each():
            for identifier, wait in pathway.waits.items():
                if wait.time is not None:
                    state = blocks.state(identifier, combination)
                    made.days[block, state] = mean_days(value_for(wait.time, groups))
            for identifier, activity in pathway.activities.items():
                made._take(identifier, activity, block, combination, groups)
        return made

    def _take(
        self, identifier: str, activity: Activity, block: int, combination: int, groups: dict[str, str]
    ) -> None:
        """Notes one activity for the patients of one block and combination.

        The mean residual of a service in progress is E[S^2] / 2 E[S] (Cox, Renewal Theory, 1962).
        """
        state = self.blocks.state(identifier, combination)
        if activity.service_time is not None:
            time = value_for(activity.service_time, groups)
            mean, spread = mean_days(time), sd_days(time)
            self.days[block, state] = mean
            self.residual[identifier][block, combination] = (
                (mean + spread * spread / mean) / 2 if mean else 0.0
            )
        attendance = activity.did_not_attend
        if attendance is not None:
            absent, again = (value_for(each, groups) for each in (attendance.share, attendance.rebook))
            self.starts[block, state] = slots = 1.0 / max(1.0 - absent * again, _TINY)
            self.attended[block, state] = (1.0 - absent) * slots
            self.missed[block, state] = absent * (1.0 - again) * slots


def slot_days(pathway: Pathway, pool: str) -> float | None:
    """Returns the longest time in days of which all work at a pool takes a multiple; None if times vary.

    Times are taken to the millisecond, as in a run.
    """
    if any(pool in stay.needs for stay in pathway.stays.values()):
        return None
    keeps = {arrow.origin for arrow in pathway.transitions.values() if arrow.keeps_units}
    times: set[int] = set()
    for identifier, activity in pathway.activities.items():
        if pool not in activity.needs or activity.service_time is None:
            continue
        if identifier in keeps or activity.release != "on completion":
            return None
        for time in every_value(activity.service_time):
            if time.kind != "fixed":
                return None
            times.add(round(mean_days(time) * _TICKS_PER_DAY))
    return (math.gcd(*times) / _TICKS_PER_DAY) or None


def _units_days(
    times: _Times, routing: Routing, held: Mapping[str, Array | None], identifier: str
) -> dict[str, Array]:
    """Returns the units times days of each pool that a patient who reaches an activity uses."""
    here, pathway = times.blocks.states(identifier), times.pathway
    service = times.days[:, here] * times.starts[:, here] + routing.kept[:, here]
    found = {pool: units * service for pool, units in pathway.activities[identifier].needs.items()}
    for stay_id, stay in pathway.stays.items():
        days = held[stay_id]
        if stay.begins_with == identifier and days is not None:
            for pool, units in stay.needs.items():
                found[pool] = found.get(pool, np.zeros_like(service)) + units * days[:, here]
    return found


def through(leaving: Array, outside: Array, *, transpose: bool) -> Array:
    """Returns x of ``x = outside + leaving' x`` (transposed) or of ``x = outside + leaving x``.

    Raises:
        numpy.linalg.LinAlgError: there is no finite answer.
    """
    if not outside.size:
        return outside
    matrix = np.eye(leaving.shape[1]) - (leaving.transpose(0, 2, 1) if transpose else leaving)
    found = np.asarray(np.linalg.solve(matrix, outside[:, :, None])[:, :, 0], dtype=np.float64)
    if not np.all(np.isfinite(found)) or np.any(found < -_TINY) or np.any(found > _LARGEST_FLOW):
        raise np.linalg.LinAlgError
    return found


def mean_held(times: _Times, routing: Routing, stay: Stay) -> Array | None:
    """Returns for how many days a stay that begins in each state is held if nobody waits; None if not known.

    The states in which it ends are made absorbing; the mean time to absorption then follows from the same
    equations. Someone who comes round to the beginning while holding does not begin again.
    """
    if routing.unknown & _within(times.pathway, stay):
        return None
    blocks, leaving = times.blocks, routing.shares * times.attended[:, :, None]
    visit = times.days * times.starts
    time = visit + routing.time * times.attended
    again = np.zeros_like(time)
    for combination in range(len(blocks.combinations)):
        for end in stay.ends:
            state = blocks.state(end.element, combination)
            leaving[:, state] = 0.0
            time[:, state] = visit[:, state] if end.when == "completion" else 0.0
        again[:, blocks.state(stay.begins_with, combination)] = 1.0
    try:
        days = through(leaving, time, transpose=False)
        times_begun = through(leaving, again, transpose=False)
    except np.linalg.LinAlgError:
        return None
    held: Array = days / np.maximum(times_begun, 1.0)
    return held


def _within(pathway: Pathway, stay: Stay) -> set[str]:
    """Returns the elements that a patient may pass while holding a stay."""
    ends = {end.element for end in stay.ends if end.when == "start"}
    after = {end.element for end in stay.ends}
    waiting, found = [stay.begins_with], {stay.begins_with}
    while waiting:
        here = waiting.pop()
        for arrow in pathway.transitions.values():
            if arrow.origin == here and arrow.target not in found | ends and here not in after:
                found.add(arrow.target)
                waiting.append(arrow.target)
    return found
