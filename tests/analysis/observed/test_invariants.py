"""A sound trace breaks no invariant; each defect is named."""

from __future__ import annotations

import pytest

from pathway_modeller.simulation.trace import Event
from tests.analysis.hand_made import make_pathway, make_trace, opened, visit
from tests.analysis.observed.invariants import violations

PATHWAY = make_pathway(
    entry_points={"door": {"name": "Door"}},
    activities={
        "clinic": {"name": "Clinic", "needs": {"room": 1}},
        "scan": {"name": "Scan", "needs": {"scanner": 1}},
    },
    exit_points={"home": {"name": "Home"}},
    pools={"room": {"name": "Room", "units": 1}, "scanner": {"name": "Scanner"}},
)
OPEN = [opened("room", 1), opened("scanner", -1)]


def whole_visit(patient, came, started, completed):
    return [
        (came, patient, Event.ARRIVE, "door"),
        *visit(patient, "clinic", came, started, completed, ("room", 1)),
        (completed, patient, Event.EXIT, "home"),
    ]


SOUND = [*OPEN, *whole_visit(1, 1, 1, 3), *whole_visit(2, 2, 3, 6), *whole_visit(3, 5, 6, 9)[:5]]


def broken(rows):
    return " ".join(violations(make_trace(rows, PATHWAY), PATHWAY))


def test_a_sound_trace_breaks_nothing():
    assert violations(make_trace(SOUND, PATHWAY), PATHWAY) == ()
    assert violations(make_trace([], PATHWAY), PATHWAY) == ()


def test_work_in_progress_may_outlast_its_capacity():
    assert broken([*OPEN, *whole_visit(1, 1, 1, 3), opened("room", 0, 2.0)]) == ""


def test_people_there_at_time_0_break_nothing():
    rows = [
        *OPEN,
        (-4, 1, Event.JOIN, "clinic"),
        (0, 1, Event.PRESENT, "clinic"),
        (2, 1, Event.START, "clinic"),
        (2, 1, Event.ACQUIRE, "clinic", "room", 1),
        (0, 2, Event.PRESENT, "clinic"),
        (0, 2, Event.ACQUIRE, "clinic", "room", 1),
        (2, 2, Event.COMPLETE, "clinic"),
        (2, 2, Event.RELEASE, "clinic", "room", 1),
        (2, 2, Event.EXIT, "home"),
    ]
    assert broken(rows) == ""


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        pytest.param(
            [*OPEN, *whole_visit(1, 1, 1, 5), *whole_visit(2, 2, 3, 6)], "beyond those open", id="overfull"
        ),
        pytest.param(
            [*OPEN, opened("room", 0, 2.0), *whole_visit(1, 3, 3, 5)], "beyond those open", id="shut"
        ),
        pytest.param([*OPEN, *whole_visit(1, 1, 2, 3)], "all it needs is free", id="idle"),
        pytest.param(
            [*OPEN, (1, 1, Event.RELEASE, "clinic", "room", 1)], "fewer than 0 units", id="negative"
        ),
        pytest.param(
            [*OPEN, (1, 1, Event.ARRIVE, "door"), (2, 1, Event.COMPLETE, "clinic")],
            "ARRIVE followed by COMPLETE",
            id="order",
        ),
        pytest.param(
            [*OPEN, (1, 1, Event.ARRIVE, "door"), (1, 1, Event.JOIN, "clinic"), (1, 1, Event.START, "scan")],
            "at another element",
            id="elsewhere",
        ),
        pytest.param([*OPEN, (1, 1, Event.EXIT, "home")], "begins otherwise", id="from nowhere"),
        pytest.param(
            [*OPEN, *whole_visit(1, 1, 1, 3), (4, 1, Event.JOIN, "clinic")],
            "EXIT followed by JOIN",
            id="ghost",
        ),
        pytest.param(
            [row for row in SOUND if row[2] != Event.RELEASE], "not given back", id="kept after leaving"
        ),
        pytest.param(
            [*OPEN, (1, 1, Event.START, "clinic"), (2, 2, Event.JOIN, "clinic"), (11, 2, Event.JOIN, "scan")],
            "at or after the end",
            id="too late",
        ),
        pytest.param(
            [*OPEN, (1, 1, Event.ARRIVE, "door"), *whole_visit(1, 2, 2, 3)], "came, but", id="came twice"
        ),
        pytest.param(
            [*OPEN, *whole_visit(1, 1, 1, 3), (5, 2, Event.ARRIVE, "door"), (6, 2, Event.START, "clinic")],
            "Little's law fails for the queue of 'clinic'",
            id="never joined",
        ),
    ],
)
def test_each_defect_is_named(rows, sentence):
    assert sentence in broken(rows)
