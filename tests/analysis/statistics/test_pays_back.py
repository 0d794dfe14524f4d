"""The month from which on a saving has paid for itself."""

from __future__ import annotations

import math

import numpy as np

from pathway_modeller.analysis.statistics.pays_back import pays_back


def test_totals_that_are_certain_have_one_month():
    found = pays_back(np.array([[-1.0, 1.0, -1.0, 1.0, 2.0]] * 3))
    assert (found.month, found.earliest, found.latest) == (4, 4, 4)


def test_bounds_cross_zero_earlier_and_later_than_the_mean():
    """Totals of month k are k - 4.5 -+ 1 in 3 replications: +-2.484138, so from k = 3 and from k = 7 on."""
    mean = np.arange(1, 9) - 4.5
    found = pays_back(np.array([mean - 1, mean, mean + 1]))
    assert (found.month, found.earliest, found.latest) == (5, 3, 7)


def test_it_may_never_be_within_the_months():
    mean = np.arange(1, 7) - 4.5
    found = pays_back(np.array([mean - 1, mean, mean + 1]))
    assert (found.earliest, found.latest) == (3, math.inf)
    assert pays_back(np.full((4, 6), -1.0)).month == math.inf


def test_one_replication_cannot_tell():
    found = pays_back(np.array([[-1.0, 1.0]]))
    assert found.month == 2
    assert math.isnan(found.earliest)
    assert math.isnan(pays_back(np.zeros((0, 3))).month)
