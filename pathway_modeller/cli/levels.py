"""Every queue and pool over time, and which share of the time how much of each pool was in use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

    from pathway_modeller.report.findings import Findings

_OF = ("variant", "kind", "element", "pool", "footprint")
_FIGURES = ("mean", "low", "high")
_DECIMALS = 5
"""Of numbers of patients and units, and of shares of time: more would say nothing, and fill disks."""
_UNITS = {"queue": "patients", "inside": "patients", "occupancy": "units", "capacity": "units"}


def over_time_table(findings: Findings) -> pd.DataFrame:
    """Returns means of steps: who waits (``queue``), units in use (``occupancy``) and open (``capacity``).

    Columns: variant, kind, element, pool, footprint, day (from the start date, at which the step begins),
    unit, mean, low, high. ``inside`` is of the whole pathway.
    """
    table = _rounded(findings.over_time).rename(columns={"time": "day"})
    return table.assign(unit=table["kind"].map(_UNITS))[[*_OF, "day", "unit", *_FIGURES]]


def levels_table(findings: Findings) -> pd.DataFrame:
    """Returns the share of the data collection period in which so many units of each pool were in use.

    Columns: variant, kind, element, pool, footprint, level (units), unit (share), mean, low, high.
    """
    return _rounded(_of_pools(findings)).assign(unit="share")[[*_OF, "level", "unit", *_FIGURES]]


def levels_document(findings: Findings) -> dict[str, object]:
    """Returns both as parts of the JSON object: one entry a queue or pool, its figures as lists."""
    series = list(_lists(findings.over_time, "time", "days"))
    days = series[0]["days"] if series else []
    for each in series:
        del each["days"]  # the same steps for all of them
    levels = list(_lists(_of_pools(findings), "level", "levels", "share"))
    return {"over_time": {"days": days, "series": series}, "levels": levels}


def _of_pools(findings: Findings) -> pd.DataFrame:
    """Returns the distributions of units in use; those of long queues would fill disks."""
    levels = findings.levels
    return levels[levels["kind"] == "occupancy"]


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Returns a table whose figures have as many decimals as anybody can use."""
    return table.assign(**{name: np.round(table[name].to_numpy(np.float64), _DECIMALS) for name in _FIGURES})


def _lists(table: pd.DataFrame, across: str, name: str, unit: str = "") -> Iterator[dict[str, object]]:
    """Yields each queue and pool of a table, whose rows stand together, with its figures one after another.

    Frames take their time, and a program that reads JSON waits for it: columns are cut, not grouped.
    """
    if not len(table):
        return
    labels = [table[column].astype("category") for column in _OF]
    codes = np.stack([label.cat.codes.to_numpy() for label in labels])
    first = np.concatenate(
        ([0], 1 + np.flatnonzero((codes[:, 1:] != codes[:, :-1]).any(axis=0)), [len(table)])
    )
    place = table[across].to_numpy()
    figures = {each: np.round(table[each].to_numpy(np.float64), _DECIMALS) for each in _FIGURES}
    names = [label.cat.categories.astype(str).tolist() for label in labels]
    for begin, end in zip(first[:-1].tolist(), first[1:].tolist(), strict=True):
        of = {
            column: each[code]
            for column, each, code in zip(_OF, names, codes[:, begin].tolist(), strict=True)
        }
        cut = {each: _known(column[begin:end]) for each, column in figures.items()}
        yield {**of, "unit": unit or _UNITS[of["kind"]], name: place[begin:end].tolist(), **cut}


def _known(figures: npt.NDArray[np.float64]) -> list[float | None]:
    """Returns figures as a list, NaN as None."""
    if np.isnan(figures).any():
        return [None if figure != figure else figure for figure in figures.tolist()]
    known: list[float | None] = figures.tolist()
    return known
