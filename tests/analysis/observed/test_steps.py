"""Step functions of time, and what is worked out from them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway_modeller.analysis.observed.steps import counting, levels, overlap
from tests.analysis.hand_made import make_pathway, make_trace, opened, visit
from tests.frames import distribution_frame, series_frame

BUSY = make_pathway(
    activities={"clinic": {"name": "Clinic", "needs": {"room": 1}}},
    pools={"room": {"name": "Room", "units": 2}},
)


def busy_trace(until=10.0):
    """Rooms in use: 1 on days 1-2, 2 on 2-4, 1 on 4-5; patient 3 waits on day 3-4, is seen on 4-5."""
    rows = [
        opened("room", 2),
        *visit(1, "clinic", 1, 1, 4, ("room", 1)),
        *visit(2, "clinic", 2, 2, 4, ("room", 1)),
        *visit(3, "clinic", 3, 4, 5, ("room", 1)),
    ]
    return make_trace(rows, BUSY, until=until)


def test_what_happens_within_an_instant_is_netted():
    steps = counting(np.array([1.0, 1.0, 1.0, 2.0]), [1, -1, 1, -1])
    assert steps.peak(0, 3) == 1
    assert steps.integral(0, 3) == 1


def test_the_last_level_set_within_an_instant_holds():
    steps = levels(np.array([0.0, 1.0, 1.0]), [3, 0, 2])
    assert steps.integral(0, 2) == 5


def test_a_level_that_is_not_known_is_missing():
    assert math.isnan(levels(np.array([1.0]), [3]).integral(0, 2))


def test_overlap_divides_use_into_open_and_overrun():
    use = counting(np.array([0.0, 3.0]), [2, -2])
    opened_units = levels(np.array([0.0, 1.0]), [2, 1])
    within, over = overlap(use, opened_units)
    assert within.integral(0, 4) == 2 + 1 + 1
    assert over.integral(0, 4) == 2


@given(
    st.lists(st.tuples(st.floats(0, 10), st.integers(0, 5)), max_size=30),
    st.floats(0, 5),
    st.floats(5.1, 12),
)
def test_integral_mean_and_shares_agree(held, start, end):
    held = sorted(held)
    times = np.array([time for time, _ in held], dtype=np.float64)
    steps = counting(times, np.diff([0, *(level for _, level in held)]))
    shares = steps.shares(start, end)
    assert shares.sum() == pytest.approx(1)
    assert float(np.dot(np.arange(len(shares)), shares)) == pytest.approx(steps.mean(start, end), abs=1e-9)
    edges = np.linspace(start, end, 7)
    assert float(np.mean(steps.means_on(edges))) == pytest.approx(steps.mean(start, end), abs=1e-9)


def test_the_distribution_of_occupancy_is_weighted_by_time():
    """Of 10 days: 2 rooms for 2 days, 1 room for 2 days, none for 6; one waited for 1 day."""
    frame = distribution_frame(busy_trace(), BUSY)
    rooms = frame[frame["kind"] == "occupancy"].set_index("level")["value"]
    assert rooms.to_dict() == pytest.approx({0: 0.6, 1: 0.2, 2: 0.2})
    queue = frame[frame["kind"] == "queue"].set_index("level")["value"]
    assert queue.to_dict() == pytest.approx({0: 0.9, 1: 0.1})
    assert frame.groupby(["kind", "element", "pool"])["value"].sum().tolist() == pytest.approx([1, 1, 1])


def test_a_series_holds_means_over_steps():
    """Steps of 2 days: rooms in use 1 on day 1-2 (mean 0.5), 2 on 2-4 (2), 1 on 4-5 (0.5), then none."""
    frame = series_frame(busy_trace(), BUSY, 2.0)
    rooms = frame[frame["kind"] == "occupancy"]
    assert rooms["time"].tolist() == [0, 2, 4, 6, 8]
    assert rooms["value"].tolist() == pytest.approx([0.5, 2, 0.5, 0, 0])
    assert frame[frame["kind"] == "capacity"]["value"].tolist() == [2] * 5
    assert frame[frame["kind"] == "queue"]["value"].tolist() == pytest.approx([0, 0.5, 0, 0, 0])


def test_the_last_step_of_a_series_may_be_shorter():
    frame = series_frame(busy_trace(until=5.0), BUSY, 2.0)
    rooms = frame[frame["kind"] == "occupancy"]
    assert rooms["time"].tolist() == [0, 2, 4]
    assert rooms["value"].tolist() == pytest.approx([0.5, 2, 1])


def test_a_series_needs_a_step_above_zero():
    with pytest.raises(ValueError, match="above 0 days"):
        series_frame(busy_trace(), BUSY, 0.0)
