"""A shift says in which footprints its whole units open."""

from __future__ import annotations

import pytest

from pathway_modeller.gui.shifts.words import told
from tests.scenario.checking.test_check import scenario
from tests.scenario.checking.test_check_asked import shifted


@pytest.mark.parametrize(
    ("pounds", "shares", "words"),
    [
        (60_000, {}, "Opens 1 unit of Nurses (1 in N) in April 2026"),
        (60_000, {"w": 1.0}, "Opens 1 unit of Nurses (1 in W) in April 2026"),
        (150_000, {}, "Opens 3 units of Nurses (1 in each footprint) in April 2026"),
        (150_000, {"s": 0.4, "w": 0.6}, "Opens 3 units of Nurses (2 in W and 1 in S) in April 2026"),
    ],
)
def test_a_shift_says_where_its_units_open(pounds: float, shares: dict[str, float], words: str) -> None:
    given = scenario(shifted(footprints=shares, amount={"value": pounds, "price_year": "2024/25"}))
    shifts = given.options["o"].shifts
    assert told("s", shifts, given.baseline, given.money, given.run).does.startswith(words)
