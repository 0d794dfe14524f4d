"""The calendar months of a replication."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt

from pathway_modeller.simulation.trace import Legend


def month_starts(legend: Legend) -> tuple[tuple[str, float], ...]:
    """Returns the calendar months that the period touches, as (2025-04, days at which it begins)."""
    first = legend.start_date
    date = (first + dt.timedelta(days=int(legend.warm_up // 1))).replace(day=1)
    months = []
    while (begins := float((date - first).days)) < legend.until:
        months.append((f"{date:%Y-%m}", begins))
        date = (date.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return tuple(months)


def month_ends(legend: Legend) -> tuple[tuple[str, float], ...]:
    """Returns the month ends within the period, as (month that ends, days of the midnight after it)."""
    first = legend.start_date
    found = []
    for name, _ in month_starts(legend):
        year, month = int(name[:4]), int(name[5:])
        after = dt.date(year + month // 12, month % 12 + 1, 1)
        ends = float((after - first).days)
        if legend.warm_up < ends <= legend.until:
            found.append((name, ends))
    return tuple(found)


def month_edges(legend: Legend) -> npt.NDArray[np.float64]:
    """Returns the days at which the months begin, the first not before the period; and the period's end."""
    begins = [max(day, legend.warm_up) for _, day in month_starts(legend)]
    return np.array([*begins, legend.until])
