"""Pounds month by month, replication by replication, as tables of whole pence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from pathway_modeller.experiment.results.results import Provenance, Results
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.years import anniversary

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

Pence = npt.NDArray[np.int64]
Places = npt.NDArray[np.int64]
View = Literal["bill", "cost"]
VIEWS: tuple[View, ...] = ("bill", "cost")
"""bill: what commissioners are charged for contacts; cost: what the system pays out (system cash)."""


@dataclass(frozen=True)
class Month:
    """A calendar month, or the part of it within the data collection period.

    Attributes:
        name: as 2025-04.
        year: whole years from the start date to its first counted day, 0 in the first year of the run.
        counted_year: the same from the first day that is counted: the years of inflation and discounting.
        days: how many of its days are counted.
    """

    name: str
    year: int
    counted_year: int
    days: float


def first_counted(provenance: Provenance) -> dt.date:
    """Returns the first day that is counted."""
    return provenance.start_date + dt.timedelta(days=int(provenance.warm_up_days // 1))


def months(provenance: Provenance) -> tuple[Month, ...]:
    """Returns the calendar months that the data collection period touches: the horizon."""
    start, begins = provenance.start_date, provenance.warm_up_days
    first = first_counted(provenance)
    until = begins + provenance.collection_days
    found = []
    date = first.replace(day=1)
    while (day := (date - start).days) < until:
        after = (date.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        days = min((after - start).days, until) - max(day, begins)
        day_one = max(date, first)
        years = whole_years(start, day_one), whole_years(first, day_one)
        found.append(Month(f"{date:%Y-%m}", *years, days))
        date = after
    return tuple(found)


def whole_years(start: dt.date, day: dt.date) -> int:
    """Returns how many whole years lie between two days."""
    years = day.year - start.year
    return years if anniversary(start, years) <= day else years - 1


def spent(results: Results, variant: str, view: View, kind: str | None = None) -> Pence:
    """Returns what a variant spends, in pence, shape (replications, months); 0 where nothing was.

    Args:
        results: of the variant among others.
        variant: ``"baseline"`` or an option id.
        view: of money.
        kind: of lines; all if none is named.
    """
    rows = results.rows("cash", variant)
    rows = rows[rows["view"] == view]
    if kind is not None:
        rows = rows[rows["kind"] == kind]
    return spread_out(rows, results.provenance)


def spread_out(rows: pd.DataFrame, provenance: Provenance) -> Pence:
    """Returns rows of cash as pence by replication and month, shape (replications, months)."""
    table = np.zeros((provenance.replications, len(months(provenance))), dtype=np.int64)
    at = rows["replication"].to_numpy(dtype=np.int64), month_places(rows, provenance)
    np.add.at(table, at, rows["pence"].to_numpy(np.int64))
    return table


def saved(results: Results, option: str, view: View) -> Pence:
    """Returns baseline minus option in pence, shape (replications, months); above 0 is saved."""
    return spent(results, BASELINE, view) - spent(results, option, view)


def prices_missing(results: Results, variants: tuple[str, ...], view: View) -> tuple[str, ...]:
    """Returns the prices of a view that nobody entered, over some variants; empty if all are known."""
    names = {name for variant in variants for name in results.missing.get(variant, {}).get(view, ())}
    return tuple(sorted(names))


def grouped(rows: pd.DataFrame, columns: Sequence[str]) -> tuple[list[tuple[str, ...]], Places]:
    """Returns the labels that occur together in some columns, and for each row the place of its own."""
    of = [rows[name].astype("category").cat for name in columns]
    sizes = [max(len(each.categories), 1) for each in of]
    codes = np.ravel_multi_index([each.codes.to_numpy(dtype=np.int64) for each in of], sizes)
    found, places = np.unique(codes, return_inverse=True)
    at = np.stack(np.unravel_index(found, sizes), axis=1).tolist()
    labels = [tuple(str(each.categories[one]) for each, one in zip(of, row, strict=True)) for row in at]
    return labels, places.ravel()


def month_places(rows: pd.DataFrame, provenance: Provenance) -> Places:
    """Returns the number of the month of each row."""
    place = {month.name: number for number, month in enumerate(months(provenance))}
    of = rows["month"].astype("category").cat
    # No row is of a month that is not counted, though a category may be.
    at = np.array([place.get(str(name), -1) for name in of.categories], dtype=np.int64)
    return at[of.codes]
