"""What the system's cost covers, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.analysis.accounts.coverage import coverage
from pathway_modeller.scenario.document import Pathway


def pounds(value: float) -> dict[str, object]:
    return {"value": value, "price_year": "2024/25"}


STAFF = Pathway.model_validate(
    {
        "activities": {"clinic": {"name": "Clinic", "variable_cost": pounds(0)}},
        "pools": {
            "staff": {"name": "Clinic staff", "cost": {"amount": pounds(100), "per": "day"}},
            "rooms": {"name": "Rooms", "cost": {"amount": pounds(0), "per": "day"}},
        },
        "providers": {"trust": {"name": "Trust", "fixed_cost": pounds(5)}},
    }
)


def test_what_was_entered_above_nothing_is_named_with_its_share_of_the_price() -> None:
    """£400 of £1,000 in both replications."""
    found = coverage(STAFF, np.array([1000.0, 1000.0]), np.array([400.0, 400.0]))
    assert found.share.mean == 0.4
    assert found.sentence == (
        'The system cost covers what was entered: capacity of "Clinic staff" and providers\' fixed cost. '
        "It comes to 40% of what commissioners are billed."
    )


def test_the_share_has_its_interval() -> None:
    """40, 50 and 60 of 100: Student's t (4.303) x 10 / sqrt(3) to either side."""
    found = coverage(STAFF, np.full(3, 100.0), np.array([40.0, 50.0, 60.0]))
    assert (found.share.low, found.share.high) == (
        pytest.approx(0.2516, abs=1e-4),
        pytest.approx(0.7484, abs=1e-4),
    )
    assert "50% (95% interval 25% to 75%)" in found.sentence


def test_where_nothing_is_billed_no_share_is_told() -> None:
    found = coverage(STAFF, np.zeros(2), np.array([400.0, 400.0]))
    assert found.sentence.endswith('capacity of "Clinic staff" and providers\' fixed cost.')
    assert coverage(Pathway(), np.zeros(2), np.zeros(2)).sentence == ""
