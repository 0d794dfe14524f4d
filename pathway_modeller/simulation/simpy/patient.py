"""A patient: who they are, what they hold, where they have been, and all that is drawn for them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.samplers import Sampler
from pathway_modeller.simulation.chance.ticks import TICK, TICKS_PER_DAY, on_tick
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.model.living_parts import NOBODY, NeedChangePart
from pathway_modeller.simulation.model.parts import (
    NEED_TIER,
    ActivityPart,
    Arrow,
    ConditionPart,
    DeteriorationPart,
    Draw,
    Groups,
    MissedPart,
    Needs,
)
from pathway_modeller.simulation.model.stopping import no_way_on_sentence
from pathway_modeller.simulation.model.table import Table, Values, between, share_at
from pathway_modeller.simulation.simpy.world import World

NO_STAY = -1
"""Marks units held for a service and not for a stay."""
ON_CASELOAD = -2
"""Marks a place held on a caseload."""


class Held(NamedTuple):
    """Units that a patient holds: which activity took them, and for which stay, or one of the marks above."""

    needs: Needs
    activity: int
    stay: int


class Patient:
    """A patient.

    Args:
        world: what the replication is played with.
        stream: random-number key of the patient's stream.
        ordinal: place in the stream.
        draw: need tier and footprint, by share.
        element: where the patient comes.

    Attributes:
        identity: stream and ordinal in one number; orders patients where all else is equal.
        groups: need tier, footprint and declared attributes.
        visits: how often each element has been reached.
        held: units held now.
        entered: when the patient came, in milliseconds.
        record: adds a row about what happens to the patient.
    """

    def __init__(self, world: World, stream: int, ordinal: int, draw: Draw, element: int) -> None:
        self._world, self._model = world, world.model
        self._stream, self._ordinal = stream, ordinal
        self.identity = (stream << 32) | ordinal
        self.groups = self._drawn_groups(draw, element)
        self.visits: dict[int, int] = {}
        self.held: list[Held] = []
        self.entered = world.clock.now
        self.record = partial(world.record.patient, self.identity, self.groups)

    @property
    def in_a_place(self) -> bool:
        """Whether the patient is in a place; who is on a caseload alone is at home meanwhile."""
        return bool(self.held) and any(held.stay != ON_CASELOAD for held in self.held)

    def reach(self, element: int) -> int:
        """Counts a visit to an element and returns its number, from 1."""
        number = self.visits[element] = self.visits.get(element, 0) + 1
        return number

    def uniform(self, purpose: Purpose, key: int, visit: int) -> float:
        """Returns the patient's uniform for a purpose."""
        return self._world.uniform(purpose, key, self._stream, self._ordinal, visit)

    def days(self, time: Values[Sampler], purpose: Purpose, key: int, visit: int) -> float:
        """Returns how long something that begins now takes the patient, in days.

        While a time changes, it is so much of the way from the old to the new time at the same uniform.
        """
        u = self.uniform(purpose, key, visit)
        if isinstance(time, Table):
            return time.of(self.groups).quantile(u)
        before, after = (each.of(self.groups).quantile(u) for each in (time.before, time.after))
        return between(time.part(self._world.clock.days), before, after)

    def _drawn_groups(self, draw: Draw, element: int) -> Groups:
        """Returns the patient's groups: need tier and footprint, then declared attributes."""
        place = 0
        if len(draw.pairs) > 1:
            place = _first_above(draw.cumulative, self.uniform(Purpose.GROUP, self._model.keys[element], 0))
        groups = [*draw.pairs[place], *self._model.default_groups]
        for given in self._model.entry_attributes[element]:
            u = self.uniform(Purpose.ATTRIBUTE, given.key, 0)
            groups[given.group] = _first_above(given.cumulative.of(groups), u)
        return groups

    def way_on(self, element: int, waiting: Sequence[int]) -> Arrow:
        """Returns the arrow that the patient takes out of an element.

        Arrows with a condition are tried in their order; if none holds, the others divide patients by share.

        Args:
            element: the element left.
            waiting: number of patients who wait, by element.

        Raises:
            SimulationStopped: no condition holds, and every arrow has one.
        """
        routes = self._model.routes[element]
        for arrow in routes.conditional:
            if arrow.condition is not None and self._meets(arrow.condition, waiting):
                return arrow
        if not routes.shared:
            raise SimulationStopped(no_way_on_sentence(self._model.names[element], self._world.clock.days))
        if len(routes.shared) == 1:
            return routes.shared[0]
        u = self.uniform(Purpose.ROUTE, self._model.keys[element], self.visits[element])
        total, chosen = 0.0, routes.shared[0]
        for arrow in routes.shared:
            share = share_at(arrow.share, self.groups, self._world.clock.days)
            if share > 0.0:
                chosen = arrow
                total += share
                if u < total:
                    break
        return chosen

    def _meets(self, condition: ConditionPart, waiting: Sequence[int]) -> bool:
        """Returns whether the patient meets a condition now."""
        now = self._world.clock.days
        match condition.kind:
            case "attribute":
                return self.groups[condition.group] in condition.indices
            case "queue":
                return waiting[condition.element] >= condition.at_least
            case "visits":
                return self.visits.get(condition.element, 0) >= condition.at_least
            case "time on pathway":
                return now - self.entered / TICKS_PER_DAY >= condition.at_least
            case "calendar":
                day = math.floor(now)
                weekday = (self._model.start_date.weekday() + day) % 7
                return (
                    weekday in condition.indices and condition.opens <= on_tick(now - day) < condition.closes
                )
            case kind:
                raise AssertionError(f"no condition is of kind {kind}")

    def first_deterioration(
        self,
        several: Sequence[DeteriorationPart],
        visit: int,
        purpose: Purpose = Purpose.DETERIORATE,
        *,
        is_good: bool = False,
    ) -> tuple[float, DeteriorationPart | None]:
        """Returns when something would happen to the patient, in days, and what; None if nothing.

        Each has a clock of its own from now on; of those that run out in the same millisecond the first by id
        counts. A patient cannot move to the need tier that is theirs already.

        Args:
            several: what may happen.
            visit: the number of the visit.
            purpose: what the uniforms are for.
            is_good: whether the patient has a unit of good quality.
        """
        first: tuple[float, DeteriorationPart | None] = math.inf, None
        for what in several:
            time = what.time.of(self.groups)
            if time is None or (what.kind == "need" and what.to_tier == self.groups[NEED_TIER]):
                continue
            factor = what.if_good if is_good else 1.0
            if factor == 0.0:
                continue
            after = max(time.quantile(self.uniform(purpose, what.key, visit)) / factor, TICK)
            due = on_tick(self._world.clock.days + after) if math.isfinite(after) else math.inf
            if first[1] is None or due < first[0]:
                first = due, what
        return first

    def has_good_unit(self, element: int, activity: ActivityPart) -> bool:
        """Returns whether the unit in which the patient is cared for is good, where that matters.

        It is drawn at each start; on a caseload by one uniform for all contacts.
        """
        if activity.quality is None:
            return False
        visit = self.visits[element] if activity.caseload is None else 0
        u = self.uniform(Purpose.QUALITY, self._model.keys[element], visit)
        return u < share_at(activity.quality, self.groups, self._world.clock.days)

    def need_change(self, element: int) -> NeedChangePart | None:
        """Returns the change of need that an element makes: the first that fits and is drawn.

        One uniform decides: those that fit the patient's need tier take their shares of it in order.
        """
        changes = self._model.need_changes[element] if self._model.need_changes else ()
        if not changes:
            return None
        u = self.uniform(Purpose.NEED, self._model.keys[element], self.visits[element])
        total = 0.0
        for change in changes:
            if change.origin in (NOBODY, self.groups[NEED_TIER]):
                total += change.share.of(self.groups)
                if u < total:
                    return change
        return None


def share_missed(missed: MissedPart, waited: float) -> Table[float]:
    """Returns the shares who do not come after a wait in days: those of the longest wait reached."""
    share = missed.share
    for least, after in missed.by_wait:
        if on_tick(waited) >= least:
            share = after
    return share


def _first_above(cumulative: tuple[float, ...], u: float) -> int:
    """Returns the first place whose cumulative share is above u, else the last place of any share."""
    for place, total in enumerate(cumulative):
        if u < total:
            return place
    return cumulative.index(cumulative[-1])
