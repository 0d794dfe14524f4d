"""Totals over the horizon: in the prices of the base year, nominal with inflation, and discounted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.answers.monthly import Month, Pence
from pathway_modeller.scenario.shifts.prices import PriceBase


@dataclass(frozen=True)
class Sums:
    """Pounds over the horizon, means over replications with 95% intervals.

    Attributes:
        real: in prices of the price base.
        nominal: with inflation from the first counted day on, by whole years; None where no inflation was
            entered, since pounds would be called nominal that are not.
        discounted: real pounds, those of later years than the first counted less.
    """

    real: Interval
    nominal: Interval | None
    discounted: Interval


@dataclass(frozen=True)
class Totals:
    """What is spent over the horizon.

    Attributes:
        price_year: the financial year in whose prices pounds are; None if no price is entered.
        baseline, option: what each spends.
        saved: baseline minus option, replication by replication; below 0 where the option costs more.
    """

    price_year: str | None
    baseline: Sums
    option: Sums
    saved: Sums


def totals(baseline: Pence, option: Pence, months: Sequence[Month], base: PriceBase) -> Totals:
    """Returns totals of both, and their paired difference.

    Args:
        baseline: pence, shape (replications, months).
        option: the same.
        months: the months of the horizon.
        base: price base, inflation and discount rate.
    """
    return Totals(
        base.year,
        sums(baseline, months, base),
        sums(option, months, base),
        sums(baseline - option, months, base),
    )


def sums(pence: Pence, months: Sequence[Month], base: PriceBase) -> Sums:
    """Returns totals of pence by replication and month."""
    nominal = np.array([base.nominal_factor(month.counted_year) for month in months])
    discounted = np.array([base.discount_factor(month.counted_year) for month in months])
    return Sums(
        real=interval(pence.sum(axis=1) / 100),
        nominal=interval(pence @ nominal / 100) if base.settings.inflation else None,
        discounted=interval(pence @ discounted / 100),
    )
