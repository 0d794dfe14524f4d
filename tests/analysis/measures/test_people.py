"""People at the end, years lived and onsets by need tier and footprint, by hand from traces of a few rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathway_modeller.simulation.trace import Event
from tests.analysis.hand_made import figure
from tests.analysis.observed.test_population import EAST, HIGH, LOW, NONE, WEST, pathway, trace
from tests.frames import measure_frame

MOVES = (
    (10.0, Event.PERSON, LOW, HIGH, EAST),
    (20.0, Event.PERSON, NONE, LOW, WEST),
    (30.0, Event.PERSON, HIGH, NONE, EAST),
    (40.0, Event.NEED_CHANGED, LOW, HIGH, WEST),
    (50.0, Event.PERSON, HIGH, LOW, EAST),
)
"""A worsening, a birth, a death, a patient whose need changes, a recovery; two low people come to be high."""


def test_people_years_and_onsets_of_a_hundred_days() -> None:
    """High: 2, one more from day 10, one less from 30, one more from 40, one less from 50: 230 days."""
    frame = measure_frame(trace(*MOVES), pathway())
    assert figure(frame, "people.end") == 32
    assert figure(frame, "people.end", need_tier="high") == 2
    assert figure(frame, "people.end", footprint="west") == 21
    assert figure(frame, "people.years_in_tier", need_tier="high") == pytest.approx(230 / 365.25)
    assert figure(frame, "people.years_in_tier") == pytest.approx((3200 + 80 - 70) / 365.25)
    assert figure(frame, "people.onsets") == 2
    assert figure(frame, "people.onsets", need_tier="high") == 2
    assert figure(frame, "people.onsets", need_tier="low") == 0
    assert figure(frame, "people.onsets", footprint="east") == 1


def test_the_warm_up_period_is_left_out() -> None:
    """From day 25 on: one onset; high 3 to day 30, 2 to 40, 3 to 50, then 2."""
    made = trace(*MOVES)
    later = replace(made, legend=replace(made.legend, warm_up=25.0))
    frame = measure_frame(later, pathway())
    assert figure(frame, "people.onsets") == 1
    assert figure(frame, "people.years_in_tier", need_tier="high") == pytest.approx(165 / 365.25)
    assert figure(frame, "people.end") == 32


def test_nobody_lives_anywhere() -> None:
    frame = measure_frame(trace(), pathway().model_copy(update={"footprints": {}}))
    assert not frame["measure"].str.startswith("people.").any()
