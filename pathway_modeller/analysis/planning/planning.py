"""Planning mode: the expected population and what is spent on it, without patients, in milliseconds.

The expected number of people in each compartment (need tier and footprint) follows from the moves, births,
migration and deaths at their yearly rates, slowed by prevention, and from what contacts on the pathway do to
need as if nobody waited. Moves at rates per person make equations that are linear between the days on which
a rate changes, so that the solution there is exact. It is the mean over runs, except where a compartment is
nearly empty (nobody leaves one with less than one person) or where nearly everybody is protected by contacts
(the mean of the smaller of two numbers is not the smaller of their means).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.planning.contacts import (
    NotKnown,
    Stream,
    left_out,
    needs_contacts,
    streams,
)
from pathway_modeller.analysis.planning.moves import Compartments, flows
from pathway_modeller.analysis.planning.prevention import coverage_days, slowings
from pathway_modeller.analysis.planning.solution import Equations, solve
from pathway_modeller.analysis.planning.spending import spending
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.network.traffic import value_for
from pathway_modeller.scenario.years import anniversary, anniversary_day

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Plan:
    """The expected population of a pathway over some years.

    Attributes:
        start_date: day 0.
        frame: ``year``, ``need_tier``, ``footprint``, ``people``; year 0 is the start date, year k its k-th
            anniversary.
        spending: as :func:`~pathway_modeller.analysis.planning.spending.spending` gives it.
        left_out: sentences that say what of the pathway changes people only in a run.
    """

    start_date: dt.date
    frame: pd.DataFrame
    spending: pd.DataFrame
    left_out: tuple[str, ...] = ()

    def date(self, year: int) -> dt.date:
        """Returns the day that a year of the frames stands for."""
        return anniversary(self.start_date, year)


def plan(pathway: Pathway, run: RunSettings, years: int) -> Plan:
    """Returns the expected population at each anniversary of the start date, and what is spent on it.

    Args:
        pathway: the baseline, or an option as it is run.
        run: gives the start date.
        years: how many; the data collection period does not limit them.

    Raises:
        ValueError: fewer than 0 years, or no need tier or footprint to count people in.
    """
    if years < 0:
        raise ValueError(f"{years} years cannot be planned")
    compartments = Compartments.of(pathway)
    if not len(compartments):
        raise ValueError("no need tiers or no footprints")
    asked = [anniversary_day(run.start_date, year) for year in range(years + 1)]
    entries, unknown = _entries(pathway, run, compartments)
    equations = _equations(pathway, compartments, entries, tuple(asked))
    people = solve(equations, compartments.people(pathway), _changes(equations, asked[-1]), asked)
    frame = _people_frame(compartments, people)
    return Plan(run.start_date, frame, spending(pathway, frame), (*unknown, *left_out(pathway)))


def _entries(
    pathway: Pathway, run: RunSettings, compartments: Compartments
) -> tuple[tuple[Stream, ...], tuple[str, ...]]:
    """Returns what entry points' patients do to the population, and why that is not known if it is not."""
    if not needs_contacts(pathway):
        return (), ()
    try:
        return streams(pathway, run, compartments), ()
    except NotKnown as why:
        return (), (f"What contacts do to people is left out: {why}.",)


def _equations(
    pathway: Pathway, compartments: Compartments, entries: tuple[Stream, ...], years: tuple[float, ...]
) -> Equations:
    """Returns all that changes the expected number of people."""
    moves = flows(pathway, compartments)
    by_contact = slowings(pathway, compartments, moves, by_activity=True) if entries else ()
    protecting = tuple(sorted({each.prevention for each in by_contact}))
    everywhere = [compartments.groups(place) for place in range(len(compartments))]
    uptake = [
        [value_for(pathway.preventions[each].uptake, groups) for groups in everywhere] for each in protecting
    ]
    return Equations(
        pathway=pathway,
        compartments=compartments,
        flows=moves,
        streams=entries,
        coverage=slowings(pathway, compartments, moves, by_activity=False),
        contacts=by_contact,
        protecting=protecting,
        uptake=np.array(uptake, dtype=np.float64).reshape(len(protecting), len(compartments)),
        years=years,
    )


def _changes(equations: Equations, until: float) -> list[float]:
    """Returns the days before ``until`` on which some rate changes."""
    pathway = equations.pathway
    found = set(equations.years)
    for stream in equations.streams:
        found |= {stream.starts, stream.ends}
    for key in {each.prevention for each in equations.coverage}:
        found |= set(coverage_days(pathway.preventions[key], until))
    for key in equations.protecting:
        found |= set(_contact_days(equations, key))
    return sorted(day for day in found if 0 < day < until)


def _contact_days(equations: Equations, key: str) -> Iterator[float]:
    """Yields the days on which the number of people whom an activity protects from then on changes."""
    prevention = equations.pathway.preventions[key]
    times = [prevention.starts_after.days, *equations.years]
    times += [] if prevention.ends_after is None else [prevention.ends_after.days]
    for stream in equations.streams:
        times += [stream.starts, stream.ends]
    yield from (time + prevention.lag.days for time in times)


def _people_frame(compartments: Compartments, people: Floats) -> pd.DataFrame:
    """Returns the people of each compartment and year as ``PEOPLE_COLUMNS``."""
    import pandas as pd

    pairs = compartments.pairs
    return pd.DataFrame(
        {
            "year": np.repeat(np.arange(len(people)), len(pairs)),
            "need_tier": [tier for tier, _ in pairs] * len(people),
            "footprint": [footprint for _, footprint in pairs] * len(people),
            "people": people.reshape(-1),
        }
    )
