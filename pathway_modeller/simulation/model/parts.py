"""A pathway made ready to be run: ids become indices, groups become tables, units become days.

Every record here is frozen and picklable; engines read them and keep their own state apart.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pathway_modeller.scenario.elements import Harm
from pathway_modeller.simulation.chance.samplers import Sampler
from pathway_modeller.simulation.model.demand import Clock
from pathway_modeller.simulation.model.living_parts import NeedChangePart, PopulationPart
from pathway_modeller.simulation.model.table import Table, Values
from pathway_modeller.simulation.trace import Legend

NEED_TIER = 0
"""Place of the need tier among a patient's groups."""
FOOTPRINT = 1
"""Place of the footprint among a patient's groups; declared attributes follow."""
NOWHERE = -1
"""Stands for "leaves the pathway" where an element index is expected."""

Groups = list[int]
"""A patient's groups: need tier, footprint, then each declared attribute, as indices (-1 for none)."""


ConditionKind = Literal["attribute", "queue", "visits", "time on pathway", "calendar"]

Needs = tuple[tuple[int, int], ...]
"""Units needed, as (body of capacity, units) in order of body."""


@dataclass(frozen=True)
class PoolNeed:
    """Units of a pool, which each footprint may hold for itself.

    Attributes:
        bodies: body of capacity for each footprint; one entry if all share it.
        units: how many.
    """

    bodies: tuple[int, ...]
    units: int

    def body(self, footprint: int) -> int:
        """Returns the body of capacity for a patient of a footprint."""
        return self.bodies[footprint] if len(self.bodies) > 1 else self.bodies[0]


@dataclass(frozen=True)
class ConditionPart:
    """A condition on an arrow; which fields count depends on its kind.

    Attributes:
        kind: "attribute", "queue", "visits", "time on pathway" or "calendar".
        group: the group an attribute condition looks at.
        indices: attribute values, or weekdays (Monday 0), for which it holds.
        element: the activity or element it looks at.
        at_least: patients, visits, or days.
        opens: start of the daily interval as a fraction of a day.
        closes: its end, not included.
    """

    kind: ConditionKind
    group: int = -1
    indices: frozenset[int] = frozenset()
    element: int = -1
    at_least: float = 0.0
    opens: float = 0.0
    closes: float = 1.0


@dataclass(frozen=True)
class Arrow:
    """A transition.

    Attributes:
        key: random-number key of its id.
        target: element index.
        share: share among arrows without a condition.
        condition: None if it has none.
        time: how long the move takes; None if at once.
        keeps_units: whether units just used are kept during the move.
        sets: (group, index) pairs a patient gets.
    """

    key: int
    target: int
    share: Values[float]
    condition: ConditionPart | None
    time: Values[Sampler] | None
    keeps_units: bool
    sets: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Routes:
    """The arrows out of an element: those with a condition in order of trial, then the others."""

    conditional: tuple[Arrow, ...]
    shared: tuple[Arrow, ...]


@dataclass(frozen=True)
class MissedPart:
    """Who does not attend, and what becomes of them.

    Attributes:
        share: the share of starts to which nobody comes.
        by_wait: shares in its place after waits of at least so many days, shortest wait first.
        rebook: the share of those who join the queue again.
        others_go_to: element index or NOWHERE.
    """

    share: Table[float]
    by_wait: tuple[tuple[float, Table[float]], ...]
    rebook: Table[float]
    others_go_to: int


@dataclass(frozen=True)
class PressurePart:
    """How a service time reacts to how full a pool is at the start.

    Attributes:
        pool: one unit of the pool.
        steps: (least share of its open units in use, factor), in rising order.
    """

    pool: PoolNeed
    steps: tuple[tuple[float, float], ...]

    def factor(self, full: float) -> float:
        """Returns by what a service time is multiplied at a share of units in use."""
        found = 1.0
        for least, factor in self.steps:
            if full >= least:
                found = factor
        return found


@dataclass(frozen=True)
class DeteriorationPart:
    """What may happen to a patient in a queue, or during care.

    Attributes:
        code: index in the legend's deteriorations.
        key: random-number key.
        kind: "emergency", "need" or "death".
        time: how long a patient is there before it happens; None where it never does.
        to_tier: need tier after, NOWHERE if it does not change.
        goes_to: element index or NOWHERE.
        if_good: by what the hazard is multiplied where quality is good.
    """

    code: int
    key: int
    kind: Harm
    time: Table[Sampler | None]
    to_tier: int
    goes_to: int
    if_good: float = 1.0


@dataclass(frozen=True)
class CaseloadPart:
    """Repeated contacts: the place held meanwhile, when the next is due, and for how long.

    Attributes:
        place: one unit of the pool of places.
        interval: from the end of a contact to when the next is due.
        length: the time on the caseload from the first start; None if to the end of the run.
    """

    place: PoolNeed
    interval: Table[Sampler]
    length: Table[Sampler] | None


@dataclass(frozen=True)
class SinglePointPart:
    """A single point of contact: the share whose need is met by advice, and where they go."""

    advice_only: Table[float]
    advice_to: int


@dataclass(frozen=True)
class ActivityPart:
    """An activity.

    Attributes:
        needs: units of each pool.
        service: service time.
        pressure: how that reacts to a pool that fills; None if it does not.
        priority: lower goes first.
        discipline: 0 first come, 1 last come, 2 longest on pathway.
        room: places to wait; None if no limit.
        room_per_footprint: whether each footprint has its own places.
        overflow_to: element index or NOWHERE.
        patience: None if nobody gives up.
        gives_up_to: element index or NOWHERE.
        missed: None if everybody attends.
        deterioration: what waiting may do, in order of id.
        dangers: what may happen during care, likewise.
        quality: the share of units that are good; None where nothing asks.
        caseload: None if one contact is all.
        single_point: None if nobody leaves with advice only.
        holds: whether units are released only when the next activity takes the patient.
        begins: stays that begin with it.
        ends_at_start: stays that its start ends.
        ends_at_completion: stays that its completion ends.
    """

    needs: tuple[PoolNeed, ...]
    service: Values[Sampler]
    pressure: PressurePart | None
    priority: Table[int]
    discipline: int
    room: int | None
    room_per_footprint: bool
    overflow_to: int
    patience: Values[Sampler] | None
    gives_up_to: int
    missed: MissedPart | None
    deterioration: tuple[DeteriorationPart, ...]
    dangers: tuple[DeteriorationPart, ...]
    quality: Values[float] | None
    caseload: CaseloadPart | None
    single_point: SinglePointPart | None
    holds: bool
    begins: tuple[int, ...]
    ends_at_start: tuple[int, ...]
    ends_at_completion: tuple[int, ...]


@dataclass(frozen=True)
class WaitPart:
    """A planned interval, and the stays that its start or completion ends."""

    time: Values[Sampler]
    ends_at_start: tuple[int, ...]
    ends_at_completion: tuple[int, ...]


@dataclass(frozen=True)
class StayPart:
    """Units held across elements, and the activity that began them."""

    needs: tuple[PoolNeed, ...]
    activity: int


@dataclass(frozen=True)
class Draw:
    """Groups drawn by share: cumulative shares and the (need tier, footprint) pairs they stand for."""

    cumulative: tuple[float, ...]
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Stream:
    """A stream of patients from an entry point.

    Attributes:
        element: index of the entry point.
        key: 31-bit random-number key.
        groups: need tier and footprint drawn for each patient.
        rate: per day of profile time; 0 where ``gap`` or ``bookings`` rule.
        gap: gap between arrivals in profile time; None for a Poisson stream.
        clock: the profile.
        begins: nobody comes before, in days.
        ends: nobody comes from then on, in days.
        bookings: booked times in days, each with its number of patients; empty unless booked.
        lateness: how long after a booked time patients come.
        follows: compartment of the living population whose people the rate is per, -1 for none.
    """

    element: int
    key: int
    groups: Draw
    rate: float
    gap: Sampler | None
    clock: Clock
    begins: float
    ends: float
    bookings: tuple[tuple[float, int], ...]
    lateness: Sampler | None
    follows: int = -1


@dataclass(frozen=True)
class AttributeDraw:
    """An attribute given at entry: its key, its group, and cumulative shares by a group."""

    key: int
    group: int
    cumulative: Table[tuple[float, ...]]


@dataclass(frozen=True)
class TodayPart:
    """Patients already there at time 0: ``waited`` for those who wait, ``remaining`` for those being seen."""

    activity: int
    key: int
    patients: int
    groups: Draw
    waited: Sampler | None
    remaining: Table[Sampler] | None


@dataclass(frozen=True)
class Model:
    """Everything an engine needs for one replication, but its seed.

    Attributes:
        legend: what the indices stand for.
        keys: random-number key of each element.
        names: name of each element, for sentences.
        pool_names: name of each body of capacity, for sentences.
        activities: by element index; None for other kinds.
        waits: likewise.
        decisions: whether patients pass an element at once.
        exits: whether an element is an exit point.
        routes: by element index.
        entry_attributes: attributes given at entry, by element index.
        default_groups: groups beyond need tier and footprint of a patient to whom nothing was given.
        capacity: changes of each body of capacity, as (time, open units).
        open_later: the most units that each body opens after the run; infinity without a limit.
        stays: the stays.
        streams: the streams of patients.
        today: who is there at time 0.
        start_date: day 0.
        until: end of the run in days.
        need_changes: how completing or leaving by an element changes need, by element index; may be empty.
        population: the living population; None where the number of people stays the same.
    """

    legend: Legend
    keys: tuple[int, ...]
    names: tuple[str, ...]
    pool_names: tuple[str, ...]
    activities: tuple[ActivityPart | None, ...]
    waits: tuple[WaitPart | None, ...]
    decisions: tuple[bool, ...]
    exits: tuple[bool, ...]
    routes: tuple[Routes, ...]
    entry_attributes: tuple[tuple[AttributeDraw, ...], ...]
    default_groups: tuple[int, ...]
    capacity: tuple[tuple[tuple[float, int], ...], ...]
    open_later: tuple[float, ...]
    stays: tuple[StayPart, ...]
    streams: tuple[Stream, ...]
    today: tuple[TodayPart, ...]
    start_date: dt.date
    until: float
    need_changes: tuple[tuple[NeedChangePart, ...], ...] = ()
    population: PopulationPart | None = None
