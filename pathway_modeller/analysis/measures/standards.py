"""Waiting-time standards: clocks that start and stop, counted as a stock or as a flow."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.measures.rows import EVERYTHING, Rows, by_patient_group, totals
from pathway_modeller.analysis.measures.summary_statistics import spread
from pathway_modeller.analysis.months import month_ends, month_starts
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.simulation.tally.people_facts import Clocks, Values

Floats = npt.NDArray[np.float64]


def add_standards(rows: Rows, facts: Facts) -> None:
    """Adds the figures of every standard of the pathway."""
    found = facts.clocks
    for (identifier, standard), mine in zip(sorted(facts.pathway.standards.items()), found, strict=True):
        if standard.counts == "flow":
            _add_flow(rows, facts, identifier, mine)
        else:
            _add_stock(rows, facts, identifier, mine)
        _add_numbers(rows, facts, identifier, mine)


def _add_flow(rows: Rows, facts: Facts, identifier: str, found: Clocks) -> None:
    """Adds the share of clocks stopped in the period, with those already over the limit as outside."""
    for grouping in by_patient_group(facts):
        within, stopped = totals(grouping, found.within), totals(grouping, found.stopped.sizes)
        share = _share(within, stopped + totals(grouping, found.over))
        rows.add_groups(f"standard.within.{identifier}", "share", grouping, share)
        rows.add_groups(f"standard.within_stopped.{identifier}", "share", grouping, _share(within, stopped))
    shares = _share(found.within_by_month, found.stopped_by_month)
    for (month, _), share in zip(month_starts(facts.legend), shares.tolist(), strict=True):
        rows.add(f"standard.month.{identifier}.{month}", "share", EVERYTHING, share)
    _add_spread(rows, facts, identifier, found.stopped)


def _add_stock(rows: Rows, facts: Facts, identifier: str, found: Clocks) -> None:
    """Adds the share within the limit of the clocks that run at month ends."""
    shares = _share(found.looked_within.sum(axis=1), found.looked.sum(axis=1))
    for (month, _), share in zip(month_ends(facts.legend), shares.tolist(), strict=True):
        rows.add(f"standard.month.{identifier}.{month}", "share", EVERYTHING, share)
    for grouping in by_patient_group(facts):
        columns = np.empty((len(found.looked), len(grouping.keys)))
        for place, (within, looked) in enumerate(zip(found.looked_within, found.looked, strict=True)):
            columns[place] = _share(totals(grouping, within), totals(grouping, looked))
        rows.add_groups(f"standard.within.{identifier}", "share", grouping, _mean_of_known(columns))
        final = columns[-1] if len(columns) else np.full(len(grouping.keys), np.nan)
        rows.add_groups(f"standard.within_last.{identifier}", "share", grouping, final)
    _add_spread(rows, facts, identifier, found.last)


def _add_numbers(rows: Rows, facts: Facts, identifier: str, found: Clocks) -> None:
    """Adds how many clocks were stopped, still run, run beyond the limit, or were removed."""
    for name, number in (
        ("stopped", found.stopped.sizes),
        ("running", found.running),
        ("running_over", found.over),
        ("removed", found.removed),
    ):
        for grouping in by_patient_group(facts):
            rows.add_groups(f"standard.{name}.{identifier}", "patients", grouping, totals(grouping, number))


def _add_spread(rows: Rows, facts: Facts, identifier: str, days: Values) -> None:
    """Adds mean, median, 92nd percentile and longest time on the clock."""
    for grouping in by_patient_group(facts):
        figures = spread(grouping, days)
        rows.add_groups(f"standard.mean.{identifier}", "days", grouping, figures.mean)
        rows.add_groups(f"standard.median.{identifier}", "days", grouping, figures.median)
        rows.add_groups(f"standard.p92.{identifier}", "days", grouping, figures.p92)
        rows.add_groups(f"standard.longest.{identifier}", "days", grouping, figures.longest)


def _share(part: npt.NDArray[np.generic], whole: npt.NDArray[np.generic]) -> Floats:
    """Divides, NaN where there is nothing to divide by."""
    number = np.asarray(whole, dtype=np.float64)
    share: Floats = np.asarray(part, dtype=np.float64) / np.where(number > 0, number, np.nan)
    return share


def _mean_of_known(columns: Floats) -> Floats:
    """The mean of each column over the months in which anybody waited, NaN if there were none."""
    known = ~np.isnan(columns)
    return _share(np.nansum(columns, axis=0), known.sum(axis=0))
