"""The account of contacts closes for every month, activity and need tier, whatever is played."""

from __future__ import annotations

import pytest

from pathway_modeller.analysis.accounts.account import whole_period
from pathway_modeller.analysis.columns import ACCOUNT, COUNTS
from pathway_modeller.simulation.trace import Event
from tests.analysis.closing import unclosed_lines
from tests.analysis.hand_made import make_pathway, make_trace
from tests.frames import account_frame

PATHWAY = make_pathway(
    entry_points={"door": {"name": "Door"}},
    activities={"clinic": {"name": "Clinic"}, "scan": {"name": "Scan"}},
    exit_points={"home": {"name": "Home"}},
    need_tiers={"low": {"name": "Low", "level": 1}, "high": {"name": "High", "level": 2}},
)
LOW, HIGH = 1, 0
"""Places in the legend, which is in order of id: high, low."""


def line(frame, month, element, need_tier):
    found = frame[
        (frame["month"] == month) & (frame["element"] == element) & (frame["need_tier"] == need_tier)
    ]
    assert len(found) == 1
    return {name: value for name, value in found.iloc[0].items() if name in frame.columns[3:] and value}


def test_two_months_worked_by_hand():
    """Day 0 is Monday 31 March 2025, so that April is days 1 to 30 and May begins on day 31; warm-up 1 day.

    Patient 1 is on today's list of the clinic and is seen on day 2. Patient 2 joins on day 5, misses the slot
    of day 6, is booked again on day 7 and still waits when April ends; seen at the very instant at which May
    begins (day 31), which is May. Patient 3 joins on day 8 and gives up on day 9. Patient 4 joins on day 32
    and waits still. Nobody but patient 3 is of the high tier.
    """
    rows = [
        (-10, 1, Event.JOIN, "clinic"),
        (0, 1, Event.PRESENT, "clinic"),
        (2, 1, Event.START, "clinic"),
        (3, 1, Event.COMPLETE, "clinic"),
        (3, 1, Event.EXIT, "home"),
        (5, 2, Event.ARRIVE, "door"),
        (5, 2, Event.JOIN, "clinic"),
        (6, 2, Event.START_MISSED, "clinic"),
        (7, 2, Event.DID_NOT_ATTEND, "clinic"),
        (7, 2, Event.JOIN, "clinic"),
        (31, 2, Event.START, "clinic"),
        (8, 3, Event.ARRIVE, "door"),
        (8, 3, Event.JOIN, "clinic"),
        (9, 3, Event.GAVE_UP, "clinic"),
        (9, 3, Event.LEFT_GAVE_UP, "clinic"),
        (32, 4, Event.ARRIVE, "door"),
        (32, 4, Event.JOIN, "clinic"),
    ]
    groups = {1: ("low", ""), 2: ("low", ""), 3: ("high", ""), 4: ("low", "")}
    frame = account_frame(make_trace(rows, PATHWAY, warm_up=1, until=40, groups=groups), PATHWAY)
    april = {
        "joins": 2,
        "rejoined": 1,
        "returned": 1,
        "starts": 1,
        "missed": 1,
        "waiting_start": 1,
        "waiting_end": 1,
    }
    assert line(frame, "2025-04", "clinic", "low") == april
    assert line(frame, "2025-04", "clinic", "high") == {"joins": 1, "gave_up": 1}
    may = {"joins": 1, "starts": 1, "waiting_start": 1, "waiting_end": 1, "present_end": 1}
    assert line(frame, "2025-05", "clinic", "low") == may
    assert line(frame, "2025-04", "scan", "low") == {}
    assert unclosed_lines(frame).empty
    counts = whole_period(frame[list(COUNTS)].to_numpy().T, months=2)
    whole = frame[list(ACCOUNT)].iloc[: len(frame) // 2].assign(**dict(zip(COUNTS, counts, strict=True)))
    low = whole[(whole["element"] == "clinic") & (whole["need_tier"] == "low")].iloc[0]
    assert (low["joins"], low["starts"], low["waiting_start"], low["waiting_end"]) == (3, 2, 1, 1)
    assert unclosed_lines(whole).empty
    assert len(frame) == 2 * 2 * 3  # two months, two activities, two need tiers and none


@pytest.mark.parametrize("changed_first", [True, False])
def test_a_change_of_need_tier_while_waiting_leaves_one_line_and_joins_another(changed_first):
    """Patient 1 joins as low, gets worse on day 5 and joins anew as high, however the rows stand."""
    leaves = (5, 1, Event.DETERIORATED, "clinic")
    changes = (5, 1, Event.NEED_CHANGED, "clinic", None, HIGH)
    rows = [
        (2, 1, Event.ARRIVE, "door"),
        (2, 1, Event.JOIN, "clinic"),
        *((changes, leaves) if changed_first else (leaves, changes)),
        (5, 1, Event.JOIN, "clinic"),
    ]
    trace = make_trace(rows, PATHWAY, until=20, groups={1: ("low", "")})
    trace.need_tier[3 if changed_first else 4 :] = HIGH
    trace.need_tier[trace.event == Event.NEED_CHANGED] = LOW
    frame = account_frame(trace, PATHWAY)
    assert unclosed_lines(frame).empty
    high, low = (line(frame, "2025-04", "clinic", tier) for tier in ("high", "low"))
    assert (high["waiting_end"], high["joins"], high["rejoined"]) == (1, 1, 1)
    assert "waiting_end" not in low
    assert low.get("deteriorated", 0) + low.get("changed_out", 0) == 1


def test_someone_who_vanishes_from_a_queue_is_found_out():
    rows = [
        (2, 1, Event.ARRIVE, "door"),
        (2, 1, Event.JOIN, "clinic"),
        (5, 1, Event.EXIT, "home"),
    ]
    lines = unclosed_lines(account_frame(make_trace(rows, PATHWAY, until=20), PATHWAY))
    assert lines[["month", "element", "left_over"]].to_numpy().tolist() == [["2025-04", "clinic", 1]]
