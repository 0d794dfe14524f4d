"""The quantile of Student's t: the table is SciPy's to the last bit, and SciPy goes on where it ends."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.analysis.student import from_scipy, quantiles


@pytest.mark.parametrize("most", [1, 19, 99, 100, 400])
def test_quantiles_are_those_of_scipy_to_the_last_bit(most: int) -> None:
    freedom = np.arange(1.0, most + 1.0)
    assert quantiles(freedom).tolist() == from_scipy(freedom).tolist()


def test_many_degrees_of_freedom_come_near_the_normal_distribution() -> None:
    assert quantiles(np.array([4.0, 1e6])) == pytest.approx([2.776445, 1.959966], abs=1e-6)


def test_nothing_asked_is_nothing_found() -> None:
    assert quantiles(np.zeros(0)).tolist() == []
