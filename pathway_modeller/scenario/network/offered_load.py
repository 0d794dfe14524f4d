"""Static load: what patients need of each pool on average, against what is open, before any run.

Offered load is the flow of patients (see :mod:`pathway_modeller.scenario.network.traffic`) times the mean
time for which each holds units. Where it exceeds what is open, the queue grows steadily, and only what can be
served flows on: the fluid limit of the network (Chen and Mandelbaum, Mathematics of Operations Research 16,
1991). The flows are therefore worked out again with every overloaded pool slowed down, until they agree.
Chance is left out: a pool that is not overloaded may have long queues all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import Activity, Deterioration
from pathway_modeller.scenario.moments import mean_days
from pathway_modeller.scenario.network.graph import pathway_graph, reached
from pathway_modeller.scenario.network.links import Array, States
from pathway_modeller.scenario.network.network import Network
from pathway_modeller.scenario.network.open_units import average_open
from pathway_modeller.scenario.network.traffic import TooLarge
from pathway_modeller.scenario.network.waiting import harms, sheds
from pathway_modeller.scenario.values import DAYS_PER_YEAR
from pathway_modeller.scenario.words.sentences import element_name, listed

Body = tuple[str, str | None]
"""A body of capacity: a pool, and the footprint that holds it or None."""

_ROUNDS = 60
_AGREES = 1e-4
"""Relative difference at which flows agree; the figures are said as "about"."""


@dataclass(frozen=True)
class PoolLoad:
    """What patients need of a body of capacity, and what is open.

    Attributes:
        pool: the pool.
        footprint: the footprint that holds this body of it, or None if all share it.
        offered_units: units in use on average if nobody had to wait; None if not to be known before a run.
        open_units: units open on average over a week; None if unlimited.
        growth_per_week: patients by which its queues grow each week for ever; None if not to be known.
        queue: the activity whose queue grows most, or from which most come to harm, or None.
        note: why something is not known or does not grow, or ``""``.
        harmed_per_week: patients for whom there is no room and whose wait only deterioration ends.
    """

    pool: str
    footprint: str | None
    offered_units: float | None
    open_units: float | None
    growth_per_week: float | None
    queue: str | None = None
    note: str = ""
    harmed_per_week: float = 0.0


def pool_loads(pathway: Pathway, run: RunSettings) -> tuple[PoolLoad, ...]:
    """Returns the load of every body of capacity, in order of pool and footprint.

    Args:
        pathway: a pathway in which :func:`pathway_modeller.scenario.checking.check.check_pathway` finds no
            error.
        run: how it is run; dated changes of capacity count if the run reaches them.
    """
    bodies = _bodies(pathway)
    try:
        network = Network.of(pathway, run)
        flows = _settle(network, bodies)
    except TooLarge:
        return _unknown(pathway, run, bodies, "there are too many groups and attributes to work it out")
    except np.linalg.LinAlgError:
        return _unknown(
            pathway, run, bodies, "patients go round without end, so no average can be worked out"
        )
    tainted = _behind(pathway, network.routing.unknown)
    return tuple(_load(network, flows, body, tainted) for body in bodies)


def contacts_a_year(pathway: Pathway, run: RunSettings) -> dict[str, float] | None:
    """Returns the contacts a year that each activity gives, by the traffic equations.

    Contacts are those attended, reviews included, as far as capacity allows; None if they are known only in
    a run.

    Args:
        pathway: a pathway in which the check finds no error.
        run: how it is run.
    """
    try:
        network = Network.of(pathway, run)
        flows = _settle(network, _bodies(pathway))
    except (TooLarge, np.linalg.LinAlgError):
        return None
    tainted = _behind(pathway, network.routing.unknown)
    found = {}
    for identifier in sorted(pathway.activities.keys() - tainted):
        here = network.blocks.states(identifier)
        taken = _taken(network, identifier, flows.speed)[:, None]
        flow = flows.reach[:, here] * taken * network.contacts[:, here]
        found[identifier] = float(flow.sum()) * DAYS_PER_YEAR
    return found


def settled(network: Network) -> tuple[Array, Mapping[str, Array]]:
    """Returns the flows of a network that agree with its capacity.

    Returns:
        Patients a day who reach each state, (blocks, states), and by activity the share of those of each
        block whom it can take, (blocks,).

    Raises:
        numpy.linalg.LinAlgError: patients go round without end.
    """
    flows = _settle(network, _bodies(network.pathway))
    return flows.reach, {each: _taken(network, each, flows.speed) for each in network.pathway.activities}


@dataclass
class _Flows:
    """Flows that agree with the capacity.

    Attributes:
        reach: patients a day who reach each state, (blocks, states).
        speed: for each body, the share of its load that it can take, at most 1.
        offered: for each body, the load in units if every body could take all of its load, or, where more is
            sent over from those that cannot, the load as it is.
    """

    reach: Array
    speed: Mapping[Body, float]
    offered: dict[Body, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Use:
    """What one activity uses of one body.

    Attributes:
        activity: the activity.
        flow: patients a day who reach it.
        load: units in use on average.
        residual: load times the mean time for which work in progress goes on, in unit-days.
    """

    activity: str
    flow: float
    load: float
    residual: float


def _bodies(pathway: Pathway) -> tuple[Body, ...]:
    """Returns every body of capacity, in order."""
    found: list[Body] = []
    for identifier, pool in sorted(pathway.pools.items()):
        places: list[str | None] = [*sorted(pathway.footprints)] if pool.per_footprint else [None]
        found.extend((identifier, place) for place in places)
    return tuple(found)


def _settle(network: Network, bodies: tuple[Body, ...]) -> _Flows:
    """Returns flows in which what an overloaded body cannot take does not flow on.

    Raises:
        numpy.linalg.LinAlgError: patients go round without end.
    """
    speed: dict[Body, float] = dict.fromkeys(bodies, 1.0)
    flows, nominal = _Flows(_solve(network, speed), speed), dict.fromkeys(bodies, 0.0)
    for turn in range(_ROUNDS):
        loads: dict[Body, float] = {}
        slower: dict[Body, float] = {}
        for body in bodies:
            uses = _uses(network, flows, body)
            load = sum(use.load for use in uses)
            usable = _usable(network, body, uses)
            loads[body] = load
            slower[body] = usable / load if usable is not None and load > usable * (1 + _AGREES) else 1.0
        if turn == 0:
            nominal = loads
        flows.offered = {body: max(nominal[body], loads[body]) for body in bodies}
        change = max((abs(slower[body] - flows.speed[body]) for body in bodies), default=0.0)
        flows.speed = slower
        if change < _AGREES:
            break
        flows.reach = _solve(network, slower)
    return flows


def _solve(network: Network, speed: Mapping[Body, float]) -> Array:
    """Returns the patients a day who reach each state, with bodies at these speeds."""
    blocks, goes_on = network.blocks, network.attended.copy()
    more: list[tuple[States, Array]] = []
    for identifier, activity in network.pathway.activities.items():
        here, taken = blocks.states(identifier), _taken(network, identifier, speed)
        goes_on[:, here] *= taken[:, None]
        missed = activity.did_not_attend
        if missed is not None and missed.others_go_to is not None:
            flow = network.missed[:, here] * taken[:, None]
            more += _sent(here, blocks.states(missed.others_go_to), flow)
        for place, part in network.harmed[identifier].items():
            more += _sent(here, blocks.states(place), part * taken[:, None])
        left = np.broadcast_to((1.0 - taken)[:, None], (len(taken), here.stop - here.start))
        for shed, share in _shed_to(activity):
            more += _sent(here, blocks.states(shed), left * share)
    return network.routing.links.scaled(goes_on).with_more(more).flows(network.arrivals)


def _shed_to(activity: Activity) -> list[tuple[str, float]]:
    """Returns where those go whom an activity cannot take, and in which shares.

    Where only harm ends a wait, those who do not fit meet it sooner or later, each kind by its hazard.
    """
    if activity.room is not None or activity.patience is not None:
        target = activity.overflow_to if activity.room is not None else activity.gives_up_to
        return [(target, 1.0)] if target is not None else []
    hazards = {key: _hazard(harm) for key, harm in harms(activity).items()}
    total = sum(hazards.values())
    return [
        (target, hazard / total)
        for key, hazard in hazards.items()
        if total > 0 and (target := activity.deterioration[key].goes_to) is not None
    ]


def _hazard(harm: Deterioration) -> float:
    """Returns the mean hazard of a kind of deterioration a day, over the groups for which it is given."""
    if harm.rate_per_1000 is not None:
        rates = [each.per_day / 1000 for each in every_value(harm.rate_per_1000)]
    else:
        times = [mean_days(each) for each in every_value(harm.time)] if harm.time is not None else []
        rates = [1.0 / time for time in times if time > 0]
    return sum(rates) / len(rates) if rates else 0.0


def _sent(here: slice, there: slice, share: Array) -> list[tuple[States, Array]]:
    """Returns the ways of a share of those who reach an element, (blocks, combinations), to another."""
    ways = zip(range(here.start, here.stop), range(there.start, there.stop), strict=True)
    return [(way, share[:, combination]) for combination, way in enumerate(ways)]


def _taken(network: Network, identifier: str, speed: Mapping[Body, float], but: str | None = None) -> Array:
    """Returns the share of each block's patients whom an activity takes: its slowest pool's (but one)."""
    found = np.ones(len(network.blocks.pairs))
    for pool in network.needs[identifier]:
        if pool != but:
            each = [speed.get(network.body(pool, footprint), 1.0) for _, footprint in network.blocks.pairs]
            found = np.minimum(found, each)
    return found


def _uses(network: Network, flows: _Flows, body: Body) -> list[_Use]:
    """Returns what each activity, with the stays that begin with it, uses of a body."""
    pool, place = body
    mine = np.array([place in (None, footprint) for _, footprint in network.blocks.pairs], dtype=bool)
    found = []
    for identifier in network.users[pool] if mine.any() else ():
        units = network.units_days[identifier]
        here = network.blocks.states(identifier)
        flow = flows.reach[:, here] * _taken(network, identifier, flows.speed, but=pool)[:, None]
        load = flow[mine] * units[pool][mine]
        residual = load * network.residual[identifier][mine]
        found.append(_Use(identifier, float(flow[mine].sum()), float(load.sum()), float(residual.sum())))
    return found


def _usable(network: Network, body: Body, uses: list[_Use]) -> float | None:
    """Returns the units usable on average, work after closing time included; None if unlimited."""
    load = sum(use.load for use in uses)
    residual = sum(use.residual for use in uses) / load if load > 0 else 0.0
    pool, footprint = body
    return network.openings[pool].usable(footprint, residual, network.slots[pool])


def _behind(pathway: Pathway, unknown: frozenset[str]) -> frozenset[str]:
    """Returns the elements whose flow depends on arrows that only a run can decide."""
    graph = pathway_graph(pathway)
    return reached(graph, [each for origin in unknown for each in graph.successors(origin)])


def _load(network: Network, flows: _Flows, body: Body, tainted: frozenset[str]) -> PoolLoad:
    """Returns the load of one body."""
    pathway, (pool, footprint) = network.pathway, body
    open_units = network.openings[pool].usable(footprint)
    guessed = any(pool in network.needs.get(each, ()) for each in tainted)
    lost = [
        stay for stay in pathway.stays if pool in pathway.stays[stay].needs and network.held[stay] is None
    ]
    if guessed or lost:
        names = listed([element_name(pathway, each) for each in sorted(network.routing.unknown)], "or")
        note = f"which way patients go after {names} is known only in a run"
        return PoolLoad(pool, footprint, None, open_units, None, None, note)
    uses = _uses(network, flows, body)
    growth = _growth(network, flows, body, uses)
    harmed = {} if growth else _harmed(network, flows, body, uses)
    queue = max(growth or harmed, key=lambda each: (growth or harmed)[each], default=None)
    note = ""
    if harmed:
        note = "those who do not fit deteriorate while they wait"
    elif not growth and flows.speed[body] < 1:
        note = "those who do not fit are turned away or give up"
    elif not growth and open_units is not None and flows.offered[body] > open_units * (1 + _AGREES):
        usable = _usable(network, body, uses)
        if usable is not None and flows.offered[body] > usable * (1 + _AGREES):
            note = "what reaches it is held back by pools that are themselves overloaded"
    weekly, harm = 7.0 * sum(growth.values()), 7.0 * sum(harmed.values())
    return PoolLoad(pool, footprint, flows.offered[body], open_units, weekly, queue, note, harm)


def _growth(network: Network, flows: _Flows, body: Body, uses: list[_Use]) -> dict[str, float]:
    """Returns by how many patients a day the queue of each activity grows for want of this body.

    Queues with room or patience shed what does not fit, and make way for those without.
    """
    steady = [use for use in uses if not sheds(network.pathway.activities[use.activity])]
    load, usable = sum(use.load for use in steady), _usable(network, body, uses)
    if usable is None or flows.speed[body] >= 1 or load <= usable * (1 + _AGREES):
        return {}
    return {use.activity: use.flow * (1.0 - usable / load) for use in steady if use.load > 0}


def _harmed(network: Network, flows: _Flows, body: Body, uses: list[_Use]) -> dict[str, float]:
    """Returns how many patients a day of each activity do not fit and wait until they deteriorate."""
    waiting = [
        use
        for use in uses
        if harms(activity := network.pathway.activities[use.activity])
        and activity.room is None
        and activity.patience is None
    ]
    slow = 1.0 - flows.speed[body]
    return {use.activity: use.flow * slow for use in waiting if slow > _AGREES and use.load > 0}


def _unknown(pathway: Pathway, run: RunSettings, bodies: tuple[Body, ...], note: str) -> tuple[PoolLoad, ...]:
    """Returns loads of which only the open units are known."""
    return tuple(
        PoolLoad(pool, place, None, average_open(pathway.pools[pool], place, run), None, None, note)
        for pool, place in bodies
    )
