"""Waiting-time standards: clocks that start and stop, counted as a stock or as a flow."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import assert_never

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.ledger.lines import Ledger
from pathway_modeller.analysis.measures.groups import EVERYTHING, Groups, by_patient_group
from pathway_modeller.analysis.measures.measure import (
    Block,
    Floats,
    Ints,
    Lists,
    Measure,
    Work,
    among,
    block,
)
from pathway_modeller.analysis.measures.summary_statistics import PERCENTILE, times
from pathway_modeller.analysis.months import month_ends, month_starts
from pathway_modeller.analysis.observed.clock_request import SLACK
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.analysis.statistics.pooled import Times
from pathway_modeller.analysis.statistics.survival import quantile
from pathway_modeller.simulation.tally.people_facts import Values

_CLOCK_FLOW = (
    "Flow: clocks stopped in the data collection period, whenever they started. Stock: clocks running at its "
    "last month end."
)
_LAST = "Stock: clocks running at the last month end in the data collection period."

# The records below stand as in a table, several fields to a line.
# fmt: off
STANDARDS = (
    Measure(
        "standard.within", "Share within the standard", "share",
        "Flow: clocks stopped in the period, and clocks still running at its end that are already "
        "over the limit, as outside. Stock: clocks running at each month end in the period.", "higher",
        "Flow: the share within the limit; clocks still running within the limit are undecided "
        "(censored) and counted as running, not here. Those beyond it are counted once, when the run "
        "ends, so that the share depends a little on the length of the run; the share of clocks "
        "stopped, beside it, does not. Stock: the mean over month ends at which anybody waited, "
        "while the mean, median, 92nd percentile and longest time on the clock are of the last month "
        "end alone. One referral has one clock: it starts at the first reaching of a start element and "
        "stops at an attended start or an exit; coming back afterwards starts none. Those of today's "
        "lists have waited on it already; a patient who leaves otherwise is counted as removed.",
        of=("standard",),
        interval="share",
    ),
    Measure(
        "standard.within_stopped", "Share within the standard, of clocks stopped", "share",
        "Clocks stopped in the period (completed waits).", "higher",
        "As official returns count it; patients still waiting beyond the limit are not in it, so that "
        "it can look well while a queue grows.",
        of=("standard",),
        interval="share",
    ),
    Measure(
        "standard.within_running", "Share within the standard, of clocks running at month ends", "share",
        "Clocks running at each month end in the period (incomplete waits).", "higher",
        "The mean over month ends at which anybody waited.", of=("standard",),
        interval="share",
    ),
    Measure(
        "standard.within_last", "Share within the standard at the last month end", "share",
        "Clocks running at the last month end in the period (incomplete waits).", "higher",
        "Missing if the period holds no month end.", of=("standard",),
        interval="share",
    ),
    Measure(
        "standard.month", "Share within the standard in the month", "share",
        "Flow: clocks stopped in the calendar month. Stock: clocks running at its end.", "higher",
        "The first and last month may be partly outside the data collection period.",
        of=("standard", "month"),
        interval="share",
    ),
    Measure(
        "standard.month_stopped", "Share within the standard in the month, of clocks stopped", "share",
        "Clocks stopped in the calendar month, of a standard that counts a stock.", "higher",
        "The first and last month may be partly outside the data collection period.",
        of=("standard", "month"),
        interval="share",
    ),
    Measure(
        "standard.month_running", "Share within the standard at the month's end, of clocks running", "share",
        "Clocks running at the end of the calendar month, of a standard that counts a flow.", "higher",
        "Of those who still wait at that midnight.", of=("standard", "month"),
        interval="share",
    ),
    Measure(
        "standard.mean", "Mean time on the clock", "days", _CLOCK_FLOW, "lower",
        "From clock start to clock stop (flow) or to the last month end in the period (stock).",
        of=("standard",),
    ),
    Measure(
        "standard.median", "Median time on the clock", "days", _CLOCK_FLOW, "lower",
        f"Half of the clocks show less; stock: at the last month end. {PERCENTILE}", of=("standard",),
        interval="percentile", percentile=0.5,
    ),
    Measure(
        "standard.p92", "92nd percentile of time on the clock", "days", _CLOCK_FLOW, "lower",
        f"92 in 100 clocks show less; stock: at the last month end. {PERCENTILE}", of=("standard",),
        interval="percentile", percentile=0.92,
    ),
    Measure(
        "standard.longest", "Longest time on the clock", "days", _CLOCK_FLOW, "lower",
        "The longest of these times; stock: at the last month end.", of=("standard",),
    ),
    Measure(
        "standard.incomplete.median", "Median of incomplete waits", "days", _LAST, "lower",
        f"Half of those who still wait have waited less. {PERCENTILE}", of=("standard",),
        interval="percentile", percentile=0.5,
    ),
    Measure(
        "standard.incomplete.p92", "92nd percentile of incomplete waits", "days", _LAST, "lower",
        f"92 in 100 of those who still wait have waited less. {PERCENTILE}", of=("standard",),
        interval="percentile", percentile=0.92,
    ),
    Measure(
        "standard.incomplete.over_52", "Incomplete waits over 52 weeks", "patients", _LAST, "lower",
        "As NHS England counts referral-to-treatment waits; more than 364 days.", of=("standard",),
        interval="count",
    ),
    Measure(
        "standard.incomplete.over_65", "Incomplete waits over 65 weeks", "patients", _LAST, "lower",
        "As NHS England counts referral-to-treatment waits; more than 455 days.", of=("standard",),
        interval="count",
    ),
    Measure(
        "standard.km_median", "Median time on the clock (Kaplan-Meier)", "days",
        "Clocks stopped in the period, removed in it, or running at its end.", "lower",
        "The time by which half of the clocks would have stopped: those still running, and those removed, "
        "count for as long as they were seen to run (censored), and a clock started before the period "
        "from what it had run when the period began (delayed entry). Of all clocks of all replications "
        "together; its interval rests on how replications differ. Missing where fewer than half are seen "
        "to stop. Completed waits alone look short while a queue grows.", of=("standard",),
        interval="clocks", percentile=0.5,
    ),
    Measure(
        "standard.stopped", "Clocks stopped", "patients",
        "Clocks stopped as the standard asks in the period.", "higher",
        "How many met the end of their wait.", of=("standard",),
        interval="count",
    ),
    Measure(
        "standard.running", "Clocks still running at the end", "patients",
        "Clocks running when the run ends.", "lower", "Their times are not over (censored).",
        of=("standard",),
        interval="count",
    ),
    Measure(
        "standard.running_over", "Clocks still running beyond the limit", "patients",
        "Clocks running when the run ends that are already over the limit.", "lower",
        "Known to be outside the standard, though not yet stopped.", of=("standard",),
        interval="count",
    ),
    Measure(
        "standard.removed", "Clocks removed", "patients",
        "Patients who left the pathway in the period with a running clock, by any way that does not "
        "stop it.", "lower", "They are in no share within the standard.", of=("standard",),
        interval="count",
    ),
)
# fmt: on


def standards(scope: Scope) -> Iterator[Block]:
    """Yields the figures of every standard of the pathway: completed and incomplete waits of each."""
    for place, (identifier, standard) in enumerate(sorted(scope.pathway.standards.items())):
        match standard.counts:
            case "flow":
                yield _completed(scope, place, identifier, "standard.within", "standard.within_stopped")
                yield _incomplete(scope, place, identifier, "standard.within_running", "standard.within_last")
                yield _stopped_by_month(scope, place, identifier, "standard.month")
                yield _running_by_month(scope, place, identifier, "standard.month_running")
                yield _spread(scope, identifier, _TIMES, _stopped(place))
                yield _spread(scope, identifier, _WAITS, _last(place))
            case "stock":
                judged = "standard.within", "standard.within_running", "standard.within_last"
                yield _completed(scope, place, identifier, "standard.within_stopped")
                yield _incomplete(scope, place, identifier, *judged)
                yield _running_by_month(scope, place, identifier, "standard.month")
                yield _stopped_by_month(scope, place, identifier, "standard.month_stopped")
                both = (*_TIMES, *_WAITS)
                yield _spread(scope, identifier, both, _last(place))
            case _:
                assert_never(standard.counts)
        yield _long_waits(scope, place, identifier)
        yield _median_of_all(scope, place, identifier)
        yield _numbers(scope, place, identifier)


def _completed(scope: Scope, place: int, identifier: str, *measures: str) -> Block:
    """Returns shares of clocks stopped in the period; the judged one has those already over as outside."""
    groups = by_patient_group(scope)

    def clocks(facts: Facts, _: Ledger) -> list[Floats]:
        found = facts.clocks[place]
        stopped, over = groups.totals(found.stopped.sizes), groups.totals(found.over)
        return [stopped + over if each == "standard.within" else stopped for each in measures]

    def shares(facts: Facts, ledger: Ledger) -> list[Floats]:
        within = groups.totals(facts.clocks[place].within)
        return [_share(within, number) for number in clocks(facts, ledger)]

    return block(among(STANDARDS, *measures), groups, shares, (identifier,), patients=clocks)


def _incomplete(scope: Scope, place: int, identifier: str, *measures: str) -> Block:
    """Returns shares of the clocks that run at month ends, over all of these and at the last."""
    groups = by_patient_group(scope)

    def clocks(facts: Facts, _: Ledger) -> list[Floats]:
        looked = facts.clocks[place].looked
        last = looked[-1] if len(looked) else np.zeros(looked.shape[1])
        # A share is the mean of months: of as many patients as ran in one of them.
        mean, final = groups.totals(looked.sum(axis=0)) / max(len(looked), 1), groups.totals(last)
        return [final if each == "standard.within_last" else mean for each in measures]

    def shares(facts: Facts, _: Ledger) -> list[Floats]:
        found = facts.clocks[place]
        columns = np.empty((len(found.looked), len(groups)))
        for row, (within, looked) in enumerate(zip(found.looked_within, found.looked, strict=True)):
            columns[row] = _share(groups.totals(within), groups.totals(looked))
        final = columns[-1] if len(columns) else np.full(len(groups), np.nan)
        # Way by way: how NumPy adds up depends on the shape, and with it the last digit.
        ways = [np.ascontiguousarray(columns[:, a:b]) for a, b in itertools.pairwise(groups.bounds)]
        mean = np.concatenate([_mean_of_known(way) for way in ways])
        return [final if each == "standard.within_last" else mean for each in measures]

    return block(among(STANDARDS, *measures), groups, shares, (identifier,), patients=clocks)


def _stopped_by_month(scope: Scope, place: int, identifier: str, measure: str) -> Block:
    """Returns the share of clocks stopped in each month."""

    def by_month(facts: Facts, _: Ledger) -> Ints:
        return facts.clocks[place].stopped_by_month

    def monthly(facts: Facts, _: Ledger) -> Floats:
        found = facts.clocks[place]
        return _share(found.within_by_month, found.stopped_by_month)

    months = tuple(name for name, _ in month_starts(scope.legend))
    return _by_month(measure, identifier, months, monthly, by_month)


def _running_by_month(scope: Scope, place: int, identifier: str, measure: str) -> Block:
    """Returns the share of clocks running at the end of each month."""

    def by_month(facts: Facts, _: Ledger) -> Ints:
        number: Ints = facts.clocks[place].looked.sum(axis=1)
        return number

    def monthly(facts: Facts, ledger: Ledger) -> Floats:
        return _share(facts.clocks[place].looked_within.sum(axis=1), by_month(facts, ledger))

    months = tuple(name for name, _ in month_ends(scope.legend))
    return _by_month(measure, identifier, months, monthly, by_month)


def _spread(scope: Scope, identifier: str, measures: Sequence[Measure], lists: Lists) -> Block:
    """Returns how times on the clock are spread."""
    return times(measures, by_patient_group(scope), lists, (identifier,))


def _stopped(place: int) -> Lists:
    """Finds the times of the clocks stopped in the period."""
    return lambda facts: facts.clocks[place].stopped


def _last(place: int) -> Lists:
    """Finds the times of the clocks that run at the last month end."""
    return lambda facts: facts.clocks[place].last


def _long_waits(scope: Scope, place: int, identifier: str) -> Block:
    """Returns how many have waited very long at the last month end."""
    groups = by_patient_group(scope)

    def numbers(facts: Facts, _: Ledger) -> list[Floats]:
        last = facts.clocks[place].last
        return [groups.totals(last.above(7 * weeks + SLACK)) for weeks in _LONG.values()]

    return block(among(STANDARDS, *_LONG), groups, numbers, (identifier,), by_measure=True)


def _median_of_all(scope: Scope, place: int, identifier: str) -> Block:
    """Returns the median of times on the clock, of which some were not seen to end."""
    groups = by_patient_group(scope)
    measures = among(STANDARDS, "standard.km_median")
    ways = groups.ways

    def lists(facts: Facts) -> Values:
        return facts.clocks[place].watched

    def median(facts: Facts, _: Ledger) -> Floats:
        found = lists(facts)
        return quantile(Times(found.values, found.first), ways, 0.5)

    return block(measures, groups, median, (identifier,), lists=lists)


def _numbers(scope: Scope, place: int, identifier: str) -> Block:
    """Returns how many clocks were stopped, still run, run beyond the limit, or were removed."""
    groups = by_patient_group(scope)

    def numbers(facts: Facts, _: Ledger) -> list[Floats]:
        found = facts.clocks[place]
        return [
            groups.totals(each) for each in (found.stopped.sizes, found.running, found.over, found.removed)
        ]

    ids = ("standard.stopped", "standard.running", "standard.running_over", "standard.removed")
    return block(among(STANDARDS, *ids), groups, numbers, (identifier,), by_measure=True)


def _by_month(measure: str, identifier: str, months: tuple[str, ...], work: Work, patients: Work) -> Block:
    """Returns a share within the standard month by month, of so many patients."""
    (monthly,) = among(STANDARDS, measure)
    names = tuple((monthly.name(identifier, month), monthly.unit) for month in months)
    groups = Groups.listed([EVERYTHING])
    return Block(names, groups, work, patients=patients, kinds=(monthly,) * len(months))


_SPREAD = ("mean", "median", "p92", "longest")
_TIMES = among(STANDARDS, *(f"standard.{each}" for each in _SPREAD))
_WAITS = among(STANDARDS, "standard.incomplete.median", "standard.incomplete.p92")
_LONG = {"standard.incomplete.over_52": 52, "standard.incomplete.over_65": 65}
"""Weeks beyond which NHS England counts how many wait."""


def _share(part: npt.NDArray[np.generic], whole: npt.NDArray[np.generic]) -> Floats:
    """Divides, NaN where there is nothing to divide by."""
    number = np.asarray(whole, dtype=np.float64)
    share: Floats = np.asarray(part, dtype=np.float64) / np.where(number > 0, number, np.nan)
    return share


def _mean_of_known(columns: Floats) -> Floats:
    """The mean of each column over the months in which anybody waited, NaN if there were none."""
    known = ~np.isnan(columns)
    return _share(np.nansum(columns, axis=0), known.sum(axis=0))
