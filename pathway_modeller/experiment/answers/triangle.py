"""The twin triangle: people and money by need tier and year, in total and per head.

Years count from the first day that is counted, and only whole ones are told; of a period shorter than a year
the whole is told, as what it is. The cost of capacity is divided among need tiers by who uses it
(:mod:`pathway_modeller.experiment.answers.use_by_tier`), so that it moves when care does.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.experiment.answers.monthly import VIEWS, first_counted, grouped, month_places, months
from pathway_modeller.experiment.answers.use_by_tier import UNUSED, Use, use_by_tier
from pathway_modeller.experiment.results.results import Provenance, Results
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.words.sentences import date_words
from pathway_modeller.scenario.words.spans import span_words
from pathway_modeller.scenario.years import anniversary, anniversary_day, years_in

Floats = npt.NDArray[np.float64]

COLUMNS = ("variant", "year", "days", "view", "need_tier", "people", "pounds", "pounds_per_head")

USED = ("step", "double running")
"""Kinds of cost that are divided by use: capacity that is open."""


@dataclass(frozen=True, eq=False)
class ToldYear:
    """A year that is told, or all of a period shorter than one.

    Attributes:
        year: 0 the first that is counted.
        first, last: its first and last day.
        days: how many there are.
        is_year: whether it is a year.
        shares: of each month the share of its days that lies in it, shape (months,).
        words: "year 1, 1 April 2025 to 31 March 2026".
    """

    year: int
    first: dt.date
    last: dt.date
    days: float
    is_year: bool
    shares: Floats
    words: str


def told_years(provenance: Provenance) -> tuple[ToldYear, ...]:
    """Returns the whole years of the data collection period, or all of it if there is none."""
    first, whole = first_counted(provenance), provenance.collection_days
    number = int(years_in(first, whole))
    if not number:
        edges = [0.0, whole]
    else:
        edges = [*(anniversary_day(first, year) for year in range(number)), anniversary_day(first, number)]
    lengths = np.array([month.days for month in months(provenance)], dtype=np.float64)
    ends = np.cumsum(lengths)
    begins = ends - lengths
    found = []
    for year, (begin, end) in enumerate(itertools.pairwise(edges)):
        # The last year may end some hours before or after the period does: it takes in what there is.
        until = np.inf if year == number - 1 and whole - end < 1 else end
        inside = np.clip(np.minimum(ends, until) - np.maximum(begins, begin), 0.0, None)
        one = anniversary(first, year)
        last = first + dt.timedelta(days=math.ceil(end) - 1)
        label = f"year {year + 1}" if number else span_words(first, whole).removeprefix("the ")
        words = f"{label}, {date_words(one)} to {date_words(last)}"
        shares = inside / np.where(lengths > 0, lengths, 1.0)
        found.append(ToldYear(year, one, last, end - begin, bool(number), shares, words))
    return tuple(found)


def triangle(results: Results, pathways: Mapping[str, Pathway]) -> pd.DataFrame:
    """Returns people and money by need tier and year.

    Args:
        results: what was found.
        pathways: each variant as it was run.

    Returns:
        One row for each variant, year (0 the first that is counted), view of money and need tier: ``days``
        of the year, ``people`` (mean of those at the beginning and at the end of the year), ``pounds``
        (mean over replications) and ``pounds_per_head``. Need tier ``(unused)`` is capacity that is open and
        that nobody uses; "" is other money that belongs to no one tier, such as providers' fixed cost or
        what is set up. NaN where people are not counted, or a price of the view is missing.
    """
    years = told_years(results.provenance)
    rows = [row for variant in results.variants for row in _rows(results, variant, pathways[variant], years)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(
    results: Results, variant: str, pathway: Pathway, years: tuple[ToldYear, ...]
) -> Iterator[tuple[object, ...]]:
    """The rows of one variant."""
    people = people_by_year(results, variant, years)
    use = use_by_tier(results, variant, pathway) if people else Use({}, {})
    for view in VIEWS:
        missing = bool(results.missing.get(variant, {}).get(view))
        monthly = _pence(results, variant, view, use)
        tiers = sorted({tier for _, tier in people} | set(monthly))
        for each in years:
            for tier in tiers:
                heads = people.get((each.year, tier), math.nan)
                nothing = np.zeros(len(each.shares))
                pounds = math.nan if missing else float(monthly.get(tier, nothing) @ each.shares) / 100
                per_head = pounds / heads if heads > 0 else math.nan
                yield variant, each.year, each.days, view, tier, heads, pounds, per_head


def people_by_year(
    results: Results, variant: str, years: tuple[ToldYear, ...]
) -> dict[tuple[int, str], float]:
    """Returns the mean number of people of each year and need tier: of those at its beginning and its end.

    People are counted at the anniversaries of the start date and at the end of the run; between these a
    straight line is taken.
    """
    table = results.rows("population", variant)
    at: dict[str, dict[float, float]] = {}
    for tier, year, people in table[["need_tier", "year", "mean"]].itertuples(index=False, name=None):
        counted = at.setdefault(str(tier), {})
        counted[float(year)] = counted.get(float(year), 0.0) + float(people)
    start = results.provenance.start_date
    found: dict[tuple[int, str], float] = {}
    for tier, counted in sorted(at.items()):
        when = sorted(counted)
        heads = [counted[each] for each in when]
        for year in years:
            offset = (year.first - start).days
            ends = np.interp([_in_years(start, offset), _in_years(start, offset + year.days)], when, heads)
            found[year.year, tier] = float(ends.mean())
    return found


def _in_years(start: dt.date, days: float) -> float:
    """How many years after the start date a day is, a part of a year by its days."""
    year = 0
    while anniversary_day(start, year + 1) <= days:
        year += 1
    begins = anniversary_day(start, year)
    return year + (days - begins) / (anniversary_day(start, year + 1) - begins)


def _pence(results: Results, variant: str, view: str, use: Use) -> dict[str, Floats]:
    """Mean pence by need tier and month, shape (months,); the cost of open capacity by who uses it."""
    lines = results.rows("ledger", variant)
    lines = lines[lines["view"] == view]
    number = len(months(results.provenance))
    groups, group = grouped(lines, ("kind", "pool", "footprint", "need_tier"))
    cell = group * number + month_places(lines, results.provenance)
    added = np.bincount(cell, weights=lines["pence"], minlength=len(groups) * number)
    sums: dict[str, Floats] = {}
    for (kind, pool, footprint, tier), of in zip(groups, added.reshape(len(groups), number), strict=True):
        parts = use.parts(pool, footprint) if kind in USED and not tier else {tier: 1.0}
        for to, share in parts.items():
            sums[to] = sums.get(to, np.zeros(number)) + of * share
    return sums


__all__ = ["COLUMNS", "UNUSED", "ToldYear", "people_by_year", "told_years", "triangle"]
