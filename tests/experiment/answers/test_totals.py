"""Totals over the horizon, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.experiment.answers.monthly import Month
from pathway_modeller.experiment.answers.totals import totals
from pathway_modeller.scenario.money import MoneySettings
from pathway_modeller.scenario.shifts.prices import PriceBase

MONTHS = (Month("2025-04", 0, 0, 30), Month("2026-04", 1, 1, 30))
BASELINE = np.array([[100_000.0, 200_000.0], [120_000.0, 180_000.0]])
OPTION = np.array([[100_000.0, 100_000.0], [100_000.0, 120_000.0]])
"""Pence of two replications in a month of the first year and one of the second."""


def test_pounds_are_added_up_as_they_are_with_inflation_and_discounted() -> None:
    """The baseline spends £3,000 in both replications: £1,100 on average, then £1,900.

    With 2% inflation 1,100 + 1,900 x 1.02 = 3,038; discounted at 3.5% 1,100 + 1,900 / 1.035 = 2,935.7488.
    The option spends £1,000, then £1,100, and so £900 less.
    """
    found = totals(BASELINE, OPTION, MONTHS, PriceBase(MoneySettings(inflation=0.02), ()))
    assert found.baseline.real.mean == pytest.approx(3000)
    assert found.option.real.mean == pytest.approx(2100)
    assert found.saved.real.mean == pytest.approx(900)
    nominal = [each.nominal for each in (found.baseline, found.option, found.saved)]
    assert [each.mean for each in nominal if each is not None] == pytest.approx([3038, 2122, 916])
    discounted = [each.discounted.mean for each in (found.baseline, found.option, found.saved)]
    assert discounted == pytest.approx([2935.7488, 2062.8019, 872.9469], abs=1e-4)


def test_replications_are_paired() -> None:
    """The option saves £1,000 and £800: by Student's t 12.7062 x 100 on either side."""
    found = totals(BASELINE, OPTION, MONTHS, PriceBase(MoneySettings(), ()))
    ends = found.saved.real.low, found.saved.real.high
    assert ends == pytest.approx((900 - 1270.62, 900 + 1270.62), abs=0.01)


def test_nothing_is_called_nominal_where_no_inflation_is_entered() -> None:
    found = totals(BASELINE, OPTION, MONTHS, PriceBase(MoneySettings(), ()))
    assert (found.baseline.nominal, found.option.nominal, found.saved.nominal) == (None, None, None)
