"""Waits and contacts by deprivation, worked out by hand; what patients without a known fifth do to them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pathway_modeller.analysis.columns import LABELS
from pathway_modeller.analysis.measures.measured import Measured
from pathway_modeller.analysis.rows import Rows
from pathway_modeller.simulation.trace import Trace
from tests.analysis.hand_made import figure, make_pathway, make_trace, visit
from tests.frames import measure_frame

EAST, WEST = [1.0, 0, 0, 0, 0], [0.5, 0, 0, 0, 0.5]
VISITS = (
    *visit(1, "clinic", 0, 2, 3),
    *visit(2, "clinic", 0, 4, 5),
    *(row for patient in (3, 4, 5) for row in visit(patient, "clinic", 1, 2, 3)),
    *visit(6, "home", 1, 2, 3),
    *visit(7, "home", 1, 9, 9.5),
)
GROUPS = {1: "east", 2: "east", 3: "west", 4: "west", 5: "west", 6: "west", 7: ""}
"""Two of East wait 2 and 4 days, four of West a day each, one of no footprint 8 days."""


def pathway(people: float = 0, **imd: Any):
    activities = {key: {"name": key.title()} for key in ("clinic", "home")}
    lives = {"people": {"all": people}} if people else {}
    return make_pathway(
        activities=activities,
        need_tiers={"all": {"name": "All", "level": 1}},
        footprints={key: {"name": key, "imd": imd.get(key), **lives} for key in ("east", "west", "south")},
    )


def trace(pathway) -> Trace:
    return make_trace(VISITS, pathway, groups={key: ("all", place) for key, place in GROUPS.items()})


def test_the_gap_in_waits_is_that_of_the_words_above_the_formula() -> None:
    made = pathway(east=EAST, west=WEST)
    frame = measure_frame(trace(made), made)
    assert figure(frame, "deprivation.wait_most") == 2
    assert figure(frame, "deprivation.wait_least") == 1
    assert figure(frame, "deprivation.wait_gap") == 1
    assert figure(frame, "deprivation.wait_most", element="clinic") == pytest.approx(7.5 / 3.5)
    assert figure(frame, "deprivation.wait_gap", element="home") == 0
    assert not frame["measure"].str.startswith("deprivation.contacts").any(), "there is nobody to divide by"


def test_contacts_are_of_a_year_and_of_the_people_of_each_fifth() -> None:
    made = pathway(people=1000, east=EAST, west=WEST)
    played = trace(made)
    order = {name: place for place, name in enumerate(played.legend.footprints)}
    people = tuple({"east": 1000.0, "west": 2000.0, "south": 500.0}[name] for name in order)
    played = replace(played, legend=replace(played.legend, people=(people,)))
    frame = measure_frame(played, made)
    years = 10 / 365.25
    # Fifth 1: 2 contacts of East and half of West's 4, of 1,000 and 1,000 people; fifth 5: 2 of 1,000.
    assert figure(frame, "deprivation.contacts_most") == pytest.approx(4 / (2 * years))
    assert figure(frame, "deprivation.contacts_least") == pytest.approx(2 / years)
    assert figure(frame, "deprivation.contacts_gap") == pytest.approx(0, abs=1e-9)
    assert figure(frame, "deprivation.contacts_gap", element="home") == pytest.approx((0.25 - 0.5) / years)


def test_equal_shares_everywhere_have_no_gap_and_an_empty_fifth_has_no_figure() -> None:
    same = pathway(east=WEST, west=WEST)
    frame = measure_frame(trace(same), same)
    assert figure(frame, "deprivation.wait_most") == pytest.approx(10 / 6)
    assert figure(frame, "deprivation.wait_gap") == 0
    alone = pathway(east=1)
    frame = measure_frame(trace(alone), alone)
    assert figure(frame, "deprivation.wait_most") == 3
    assert math.isnan(figure(frame, "deprivation.wait_least"))
    assert math.isnan(figure(frame, "deprivation.wait_gap"))


def test_where_no_deprivation_is_given_nothing_is_worked_out() -> None:
    frame = measure_frame(trace(pathway()), pathway())
    assert not frame["measure"].str.startswith("deprivation.").any()


def test_the_interval_of_a_gap_may_go_below_zero_though_no_replication_did() -> None:
    names = ("deprivation.wait_gap", "deprivation.wait_most")
    labels = [
        tuple((dict.fromkeys(LABELS, "") | {"measure": name, "unit": "days"}).values()) for name in names
    ]
    found = Measured(Rows.of(LABELS, labels), np.array([[0.1, 0.0, 4.0], [0.1, 0.0, 4.0]])).summary()
    low = dict(zip(found["measure"], found["low"], strict=True))
    assert low["deprivation.wait_gap"] < 0
    assert low["deprivation.wait_most"] == 0
