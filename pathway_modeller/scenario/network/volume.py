"""How many patients, visits and other events a run comes to, by the traffic equations, before it is played.

The flows are those of :mod:`pathway_modeller.scenario.network.traffic`, taken as means over the whole run: an
entry point counts for the part of the run in which patients come, with its trend. Whoever is still inside
when the run ends goes no further: each step is passed by ``1 / (1 + 2 t / T)`` of those who reach it, where
``t`` is its mean time and ``T`` the length of the run, so that whoever goes round for ever does so ``T / 2t``
times. Where only a run can tell which arrow is taken, all are taken alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import BookedArrivals, EntryPoint, RandomArrivals
from pathway_modeller.scenario.network.graph import arrows_out
from pathway_modeller.scenario.network.links import Array, States
from pathway_modeller.scenario.network.network import Network
from pathway_modeller.scenario.network.offered_load import settled
from pathway_modeller.scenario.network.traffic import TooLarge, people, rates, value_for
from pathway_modeller.scenario.network.waiting import needs_to_start, sheds
from pathway_modeller.scenario.population import Move, Trend
from pathway_modeller.scenario.values import DAYS_PER_YEAR


@dataclass(frozen=True)
class Volume:
    """What one replication of a pathway comes to, on average.

    Attributes:
        arrivals: patients who come, by entry point.
        events: rows of its trace.
        visits: patients who join a queue, reviews and slots booked again included.
        inside: patients on the pathway at its end.
        waiting: those of them who wait for capacity that is too small for all who come.
    """

    arrivals: Mapping[str, float]
    events: float
    visits: float
    inside: float
    waiting: float


def volume(pathway: Pathway, run: RunSettings) -> Volume:
    """Returns what one replication of a pathway comes to.

    Where the equations have no answer (too many groups of patients, or more than can be counted) everybody is
    taken to reach every element once and to stay to the end.

    Args:
        pathway: a pathway in which the check finds no error, as it is played.
        run: how it is run.
    """
    days = run.warm_up.days + run.duration.days
    always = _always_coming(pathway)
    coming = {
        key: days
        * math.fsum(rates(always, run, key).values())
        * _part_of_run(pathway.entry_points[key], days)
        for key in always.entry_points
    }
    today = _today(pathway) if run.start == "today" else {}
    beside = _people_moves(pathway, days) + _openings(pathway, days)
    try:
        # Figures beyond all reason are weighed, too: what comes of them is infinite, and far too heavy.
        with np.errstate(over="ignore", invalid="ignore"):
            network = Network.of(always, run)
            if not network.blocks.pairs:
                raise TooLarge
            found = _of_flows(_over_the_run(network, pathway, today, days), days)
    except (TooLarge, np.linalg.LinAlgError):
        everybody = math.fsum((*coming.values(), *today.values()))
        most = max((_rows_of_slot(pathway, each) for each in pathway.activities), default=0)
        found = Volume(
            coming,
            everybody * (1 + (most + 1) * len(pathway.drawn())),
            everybody * len(pathway.activities),
            everybody,
            everybody,
        )
    return replace(found, arrivals=coming, events=found.events + beside)


def _always_coming(pathway: Pathway) -> Pathway:
    """Returns the pathway with entry points at which patients come from the first day to the last."""
    entries = {}
    for key, entry in pathway.entry_points.items():
        if isinstance(entry.arrivals, RandomArrivals):
            always = entry.arrivals.model_copy(update={"starts_after": None, "ends_after": None})
            entry = entry.model_copy(update={"arrivals": always})
        entries[key] = entry
    return pathway.model_copy(update={"entry_points": entries})


def _part_of_run(entry: EntryPoint, days: float) -> float:
    """Returns the patients of an entry point over a run as a share of those at its rate all the time."""
    arrivals = entry.arrivals
    if arrivals is None or isinstance(arrivals, BookedArrivals):
        return 1.0
    first = arrivals.starts_after.days if arrivals.starts_after is not None else 0.0
    last = min(days, arrivals.ends_after.days) if arrivals.ends_after is not None else days
    return _mean_factor(arrivals.trend, first, last) * max(last - first, 0.0) / days


def _mean_factor(trend: Trend | None, first: float, last: float) -> float:
    """Returns the mean factor of a trend between two days."""
    if trend is None or last <= first:
        return 1.0
    years = range(int(first / DAYS_PER_YEAR), math.ceil(last / DAYS_PER_YEAR))
    parts = [
        trend.factor(year) * (min(last, (year + 1) * DAYS_PER_YEAR) - max(first, year * DAYS_PER_YEAR))
        for year in years
    ]
    return math.fsum(parts) / (last - first) if all(map(math.isfinite, parts)) else math.inf


def _today(pathway: Pathway) -> dict[str, float]:
    """Returns the patients who are there at the beginning, by activity."""
    return {
        key: float(
            sum(one.patients for one in today.waiting) + sum(one.patients for one in today.in_progress)
        )
        for key, today in pathway.today.items()
        if key in pathway.activities
    }


def _people_moves(pathway: Pathway, days: float) -> float:
    """Returns how often people of the population move between need tiers, come or go."""
    living = people(pathway)
    if not living:
        return 0.0
    return math.fsum(
        _moving_a_year(move, living) * _mean_factor(move.trend, 0.0, days) * days / DAYS_PER_YEAR
        for move in pathway.moves.values()
    )


def _moving_a_year(move: Move, living: Mapping[tuple[str, str], float]) -> float:
    """Returns how many people make a move in a year, as many as on the start date."""
    if move.per_person is None:
        return move.people or 0.0
    return math.fsum(
        count * value_for(move.per_person, {"need_tier": tier, "footprint": place})
        for (tier, place), count in living.items()
        if move.origin is None or tier == move.origin
    )


def _openings(pathway: Pathway, days: float) -> float:
    """Returns how often capacity opens and closes."""
    weekly = 0
    for pool in pathway.pools.values():
        bodies = len(pathway.footprints) if pool.per_footprint else 1
        weekly += 2 * bodies * sum(len(hours) for hours in pool.timetable.values())
    return weekly * days / 7.0


def _over_the_run(network: Network, pathway: Pathway, today: Mapping[str, float], days: float) -> Network:
    """Returns a network whose flows are means over the run, and in which nobody goes on after its end."""
    blocks, arrivals = network.blocks, network.arrivals.copy()
    for key, entry in pathway.entry_points.items():
        arrivals[:, blocks.states(key)] *= _part_of_run(entry, days)
    for key, patients in today.items():
        here = arrivals[:, blocks.states(key)]
        here += patients / days / here.size
    time = network.visit + network.routing.time * network.attended
    going = 1.0 / (1.0 + 2.0 * time / days)
    links = network.routing.links.with_more(_guessed(network))
    return replace(
        network,
        arrivals=arrivals,
        attended=network.attended * going,
        missed=network.missed * going,
        harmed={
            key: {target: share * going[:, blocks.states(key)] for target, share in targets.items()}
            for key, targets in network.harmed.items()
        },
        routing=replace(network.routing, links=links),
    )


def _guessed(network: Network) -> Iterator[tuple[States, Array]]:
    """Yields ways out of the elements whose arrows only a run can tell: all arrows alike."""
    blocks, leaving = network.blocks, arrows_out(network.pathway)
    for origin in sorted(network.routing.unknown):
        arrows = [arrow for _, arrow in leaving[origin]]
        for combination in range(len(blocks.combinations)):
            here = blocks.state(origin, combination)
            for arrow in arrows:
                share = np.full(len(blocks.pairs), 1.0 / len(arrows))
                yield (here, blocks.state(arrow.target, combination)), share


def _of_flows(network: Network, days: float) -> Volume:
    """Returns what the flows of a network come to."""
    pathway, blocks = network.pathway, network.blocks
    reach, taken = settled(network)

    def reached(element: str, times: Array | None = None) -> float:
        here = blocks.states(element)
        return days * float((reach[:, here] if times is None else reach[:, here] * times[:, here]).sum())

    rows = math.fsum(reached(each) for each in pathway.entry_points)
    rows += 2 * math.fsum(reached(each) for each in pathway.waits)
    rows += math.fsum(reached(each) for each in (*pathway.decisions, *pathway.exit_points))
    rows += 2 * days * float((reach * network.attended)[network.routing.time > 0].sum())
    visits = waiting = 0.0
    for key, activity in pathway.activities.items():
        share = taken[key][:, None]
        here = blocks.states(key)
        slots = days * float((reach[:, here] * share * network.starts[:, here]).sum())
        left = days * float((reach[:, here] * (1.0 - share)).sum())
        visits += slots + left
        rows += slots * _rows_of_slot(pathway, key) + left
        waiting += 0.0 if sheds(activity) else left
    time = np.minimum(network.visit + network.routing.time * network.attended, days)
    return Volume({}, rows, visits, float((reach * time).sum()) + waiting, waiting)


def _rows_of_slot(pathway: Pathway, activity: str) -> int:
    """Returns the rows of one slot: join, start, completion, and for each pool units taken and given back."""
    return 3 + 2 * len(needs_to_start(pathway, activity))
