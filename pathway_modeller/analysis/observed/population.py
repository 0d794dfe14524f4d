"""The living population over time: people by need tier and footprint, at anniversaries and between edges."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.columns import PEOPLE
from pathway_modeller.analysis.observed.facts import Facts, facts_of
from pathway_modeller.analysis.rows import Rows
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.years import anniversary_day, anniversary_days
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Legend, Trace

Floats = npt.NDArray[np.float64]


def people_rows(legend: Legend) -> Rows:
    """Returns what each figure of :func:`people_over_years` is about: ``PEOPLE``.

    ``year`` 0 is the start date; the end of a run within a year is a fraction of that year. No rows where
    there are no need tiers or footprints.
    """
    years, _ = _years(legend)
    groups = itertools.product(years.tolist(), legend.need_tiers, legend.footprints)
    return Rows.of(PEOPLE, list(groups))


def people_over_years(facts: Facts) -> Floats:
    """Returns the people of a replication at every anniversary of the start date, and at its end."""
    if not (facts.legend.need_tiers and facts.legend.footprints):
        return np.empty(0)
    _, days = _years(facts.legend)
    return facts.people.at(days).reshape(-1)


def person_days(played: Trace | Tallied | Facts, pathway: Pathway, edges: Floats) -> Floats:
    """Returns the number of people times days between each two neighbouring edges in days.

    Returns:
        (len(edges) - 1, need tiers, footprints), in the order of the legend.
    """
    return facts_of(played, pathway).people.person_days(np.asarray(edges, dtype=np.float64))


def _years(legend: Legend) -> tuple[Floats, Floats]:
    """Returns the years of a population frame, and their days."""
    start, until = legend.start_date, legend.until
    days = list(anniversary_days(start, until))
    years = [float(year) for year in range(len(days))]
    if days[-1] < until:
        next_one = anniversary_day(start, len(days))
        years.append(years[-1] + (until - days[-1]) / (next_one - days[-1]))
        days.append(until)
    return np.array(years), np.array(days)
