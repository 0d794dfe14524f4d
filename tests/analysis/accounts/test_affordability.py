"""Bill beside budget, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.analysis.accounts.affordability import budget_year, days_of, financial_year

MONTHS = [("2025-09", 18.0), ("2025-10", 31), ("2025-11", 30), ("2025-12", 31), ("2026-01", 31)]
MONTHS += [("2026-02", 28), ("2026-03", 31), ("2026-04", 30)]
"""200 days of 2025/26, and 30 of the year after."""


def billed(*sums: float) -> np.ndarray:
    """Pounds that stand in one month of 2025/26; what is billed after it is of another year."""
    found = np.zeros((len(sums), len(MONTHS)))
    found[:, 2], found[:, -1] = sums, 999_999
    return found


def test_the_bill_of_the_counted_days_stands_beside_their_part_of_the_budget():
    found = budget_year("near", ("nhs", "NHS"), "2025/26", MONTHS, 365_000, billed(190_000, 200_000, 213_000))
    assert (found.counted, found.days, found.budget) == (200, 365, 200_000)
    assert (found.bill.mean, found.above.mean) == (201_000, 1_000)
    assert (found.runs_above, found.runs) == (1, 3), "a bill of just the budget is not above it"
    assert found.above.high - found.above.low == pytest.approx(found.bill.high - found.bill.low)
    assert found.above.low < 0 < found.above.high


def test_a_sentence_says_the_figures_and_no_verdict():
    found = budget_year("near", ("nhs", "NHS"), "2025/26", MONTHS, 365_000, billed(201_000))
    assert found.sentence == (
        'In 2025/26 (200 of 365 days) "NHS" is billed £201,000; its budget for these days is £200,000, and '
        "the bill lies above it in 1 of 1 run, which is luck from year to year."
    )
    whole = [(f"2025-{month:02d}", 365 / 9) for month in range(4, 13)]
    found = budget_year("near", ("nhs", "NHS"), "2025/26", whole, 100, np.zeros((2, 9)))
    assert found.sentence.startswith('In 2025/26 "NHS" is billed £0; its budget is £100, and the bill lies')


def test_a_year_that_is_not_counted_has_no_line():
    assert budget_year("near", ("nhs", "NHS"), "2031/32", MONTHS, 1, billed(1)) is None


def test_financial_years_run_from_april_to_march():
    months = ("2025-03", "2025-04", "2026-03", "2099-12")
    assert [financial_year(each) for each in months] == ["2024/25", "2025/26", "2025/26", "2099/00"]
    assert [days_of(each) for each in ("2025/26", "2027/28")] == [365, 366]
