"""The twin triangle: people and money by need tier and year, in total and per head."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import pandas as pd

from pathway_modeller.experiment.answers.monthly import VIEWS, months
from pathway_modeller.experiment.results.results import Provenance, Results
from pathway_modeller.scenario.values import DAYS_PER_YEAR

COLUMNS = ("variant", "year", "days", "view", "need_tier", "people", "pounds", "pounds_per_head")


def triangle(results: Results) -> pd.DataFrame:
    """Returns people and money by need tier and year.

    A year runs from one anniversary of the start date to the next; the money of a calendar month counts in
    the year in which its first counted day lies.

    Returns:
        One row for each variant, year of the run (0 the first), view of money and need tier: ``days``
        (counted in those months), ``people`` (mean of those at the beginning and at the end of the year),
        ``pounds`` (mean over replications) and ``pounds_per_head`` (a person and year of 365.25 days).
        Need tier "" is money that belongs to no one tier, such as capacity that is paid for whoever uses
        it. NaN where people are not counted, or a price of the view is missing.
    """
    days = counted_days(results.provenance)
    rows = [row for variant in results.variants for row in _rows(results, variant, days)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def counted_days(provenance: Provenance) -> dict[int, float]:
    """Returns for each year of the run how many days of its months are counted."""
    days: dict[int, float] = {}
    for month in months(provenance):
        days[month.year] = days.get(month.year, 0.0) + month.days
    return days


def _rows(results: Results, variant: str, days: Mapping[int, float]) -> Iterator[tuple[object, ...]]:
    """The rows of one variant."""
    people = people_by_year(results, variant)
    for view in VIEWS:
        missing = bool(results.missing.get(variant, {}).get(view))
        pence = _pence(results, variant, view)
        tiers = sorted({tier for _, tier in people} | {tier for _, tier in pence})
        for year, counted in days.items():
            for tier in tiers:
                heads = people.get((year, tier), math.nan)
                pounds = math.nan if missing else pence.get((year, tier), 0.0) / 100
                share = counted / DAYS_PER_YEAR
                each = pounds / (heads * share) if heads > 0 and share > 0 else math.nan
                yield variant, year, counted, view, tier, heads, pounds, each


def people_by_year(results: Results, variant: str) -> dict[tuple[int, str], float]:
    """Returns the mean number of people of each year of the run and need tier.

    It is the mean of those at the year's beginning and at its end, where the run reaches so far.
    """
    table = results.population[results.population["variant"] == variant]
    at: dict[str, dict[float, float]] = {}
    for tier, year, people in table[["need_tier", "year", "mean"]].itertuples(index=False, name=None):
        years = at.setdefault(str(tier), {})
        years[float(year)] = years.get(float(year), 0.0) + float(people)
    found: dict[tuple[int, str], float] = {}
    for tier, years in sorted(at.items()):
        for year in (year for year in sorted(years) if year.is_integer()):
            ends = [each for each in sorted(years) if year < each <= year + 1]
            found[int(year), tier] = (years[year] + years[ends[-1]]) / 2 if ends else years[year]
    return found


def _pence(results: Results, variant: str, view: str) -> dict[tuple[int, str], float]:
    """Mean pence by year of the run and need tier."""
    lines = results.ledger[(results.ledger["variant"] == variant) & (results.ledger["view"] == view)]
    year_of = {month.name: month.year for month in months(results.provenance)}
    sums: dict[tuple[int, str], float] = {}
    for month, tier, pence in lines[["month", "need_tier", "pence"]].itertuples(index=False, name=None):
        key = year_of[str(month)], str(tier)
        sums[key] = sums.get(key, 0.0) + float(pence)
    return sums
