"""Measures and vectors made by hand, which tests take for those of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pathway_modeller.analysis.columns import ACCOUNT, COUNTS, LABELS, LINE, PEOPLE
from pathway_modeller.analysis.ledger.codes import LineCodes, added_up
from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.analysis.measures.series import KEYS
from pathway_modeller.analysis.rows import Rows
from pathway_modeller.experiment.results.vectors import Plan, Vectors


def measured(figures: Sequence[tuple[Mapping[str, str], Sequence[float]]]) -> Measured:
    """Returns measures given as labels and the figures of each replication; labels not named are ""."""
    rows = [tuple(labels.get(name, "") for name in LABELS) for labels, _ in figures]
    values = np.array([values for _, values in figures], dtype=np.float64)
    return Measured(Rows.of(LABELS, rows), values.reshape(len(rows), -1))


def measured_of(table: pd.DataFrame) -> dict[str, Measured]:
    """Returns the measures of each variant, given as one row for each variant, replication and figure."""
    found = {}
    for variant, mine in table.groupby("variant", sort=False, observed=True):
        rows = list(dict.fromkeys(mine[list(LABELS)].astype(str).itertuples(index=False, name=None)))
        place = {row: number for number, row in enumerate(rows)}
        values = np.full((len(rows), int(mine["replication"].max()) + 1), np.nan)
        for (*labels,), replication, value in zip(
            mine[list(LABELS)].astype(str).itertuples(index=False, name=None),
            mine["replication"],
            mine["value"],
            strict=True,
        ):
            values[place[tuple(labels)], replication] = value
        found[str(variant)] = Measured(Rows.of(LABELS, rows), values)
    return found


@dataclass(frozen=True, eq=False)
class Carrying(Vectors):
    """Vectors that take their plan along, since nobody else can make it."""

    def __getstate__(self) -> dict[str, Any]:
        """Travels whole."""
        return self.__dict__


def vectors(
    measures: Mapping[tuple[str, str], float],
    *,
    element: str = "",
    series: Mapping[float, float] | None = None,
    levels: Sequence[float] = (),
    lines: Sequence[tuple[Mapping[str, str], int]] = (),
    numbers: LineCodes | None = None,
    people: Mapping[tuple[Any, ...], float] | None = None,
    account: Mapping[str, int] | None = None,
    missing: Mapping[str, tuple[str, ...]] | None = None,
) -> Carrying:
    """Returns what a replication of a clinic leaves behind.

    Args:
        measures: figures by measure and unit.
        element: of the measures.
        series: means of the clinic's queue by the day at which their step begins.
        levels: shares of time by the length of the clinic's queue.
        lines: labels and pence of ledger lines.
        numbers: what lines may be about, if not just these.
        people: by year, need tier and footprint.
        account: counts of the clinic's patients in April 2025.
        missing: prices that nobody entered.
    """
    clinic = ("queue", "clinic", "", "")
    over_time, living, counted = series or {}, people or {}, account or {}
    if numbers is None:
        numbers = LineCodes.of({name: [labels.get(name, "") for labels, _ in lines] for name in LINE})
    plan = Plan(
        measures=Rows.of(LABELS, [(name, element, "", "", "", "", unit) for name, unit in measures]),
        series=Rows.of(("time", *KEYS), [(time, *clinic) for time in over_time]),
        distributions=Rows.of(KEYS, [clinic]),
        lines=numbers,
        people=Rows.of(PEOPLE, list(living)),
        account=Rows.of(ACCOUNT, [("2025-04", "clinic", "tip")] if account is not None else []),
    )
    codes = np.array([numbers.code(labels) for labels, _ in lines], dtype=np.int64)
    distinct, pence = added_up(codes, np.array([pence for _, pence in lines], dtype=np.int64))
    counts = np.array([[counted.get(name, 0)] for name in COUNTS], dtype=np.int64)
    return Carrying(
        plan=plan,
        measures=np.array(list(measures.values()), dtype=np.float64),
        series=np.array(list(over_time.values()), dtype=np.float64),
        levels=(np.array(levels, dtype=np.float64),),
        people=np.array(list(living.values()), dtype=np.float64),
        account=counts[:, : len(plan.account)],
        lines=distinct,
        pence=pence,
        missing=missing or {},
    )
