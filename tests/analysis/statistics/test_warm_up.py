"""The suggested warm-up period."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pathway_modeller.analysis.statistics.warm_up import BATCH, suggest_warm_up


def test_a_pathway_that_fills_for_twenty_days_and_then_stays_level():
    """Steps of one day: 0 to 20, then 40 days between 20 and 21. Cutting 4 batches (20 days) leaves least."""
    values = [*range(20), *([20, 21] * 20)]
    found = suggest_warm_up(range(60), values)
    assert found.settled
    assert found.days == 20


def test_the_rule_is_the_smallest_squared_error_of_what_is_left():
    rng = np.random.default_rng(3)
    values = 50 * (1 - np.exp(-np.arange(400) / 30)) + rng.normal(0, 1, 400)
    means = values.reshape(-1, BATCH).mean(axis=1)
    errors = [np.var(means[cut:]) / (len(means) - cut) for cut in range(len(means) - 1)]
    assert suggest_warm_up(np.arange(400) * 0.5, values).days == int(np.argmin(errors)) * BATCH * 0.5


def test_a_pathway_that_grows_for_ever_never_settles():
    found = suggest_warm_up(range(200), np.arange(200.0))
    assert not found.settled
    assert math.isnan(found.days)


def test_a_level_series_needs_no_warm_up():
    assert suggest_warm_up(range(50), [7.0] * 50).days == 0


def test_too_short_a_series_gives_no_suggestion():
    assert not suggest_warm_up(range(9), range(9)).settled


def test_times_and_values_must_fit():
    with pytest.raises(ValueError, match="do not fit"):
        suggest_warm_up([0, 1], [1])
