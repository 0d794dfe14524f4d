"""Clocks of waiting-time standards, worked out by hand."""

from __future__ import annotations

import math

import pytest

from pathway_modeller.simulation.trace import Event
from tests.analysis.hand_made import figure, make_pathway, make_trace
from tests.frames import measure_frame


def standard(counts, limit=5, stops=("treatment",), starts=("referral",)):
    return {
        "name": "Treated soon",
        "starts_at": starts,
        "stops_at": stops,
        "limit": {"value": limit, "unit": "days"},
        "target": 0.9,
        "counts": counts,
    }


def pathway_with(rtt, **more):
    maps = {
        "entry_points": {"referral": {"name": "Referral"}},
        "activities": {"clinic": {"name": "Clinic"}, "treatment": {"name": "Treatment"}},
        "exit_points": {"advice": {"name": "Advice"}, "home": {"name": "Home"}},
        "standards": {"rtt": rtt},
    }
    return make_pathway(**(maps | more))


def treated(patient, came, seen):
    return [
        (came, patient, Event.ARRIVE, "referral"),
        (came, patient, Event.JOIN, "treatment"),
        (seen, patient, Event.START, "treatment"),
    ]


def waiting(patient, came):
    return treated(patient, came, 0)[:2]


def test_flow_counts_clocks_stopped_in_the_period_and_those_running_beyond_the_limit_as_outside():
    """Stopped: 3 days, 8 days, exactly 5 days; running at day 30: 20 days (outside), 2 days (undecided)."""
    rows = [*treated(1, 1, 4), *treated(2, 1, 9), *treated(3, 2, 7), *waiting(4, 10), *waiting(5, 28)]
    pathway = pathway_with(standard("flow"))
    frame = measure_frame(make_trace(rows, pathway, until=30), pathway)
    assert figure(frame, "standard.within.rtt") == pytest.approx(2 / 4)
    assert figure(frame, "standard.within_stopped.rtt") == pytest.approx(2 / 3)
    assert figure(frame, "standard.stopped.rtt") == 3
    assert figure(frame, "standard.running.rtt") == 2
    assert figure(frame, "standard.running_over.rtt") == 1
    assert figure(frame, "standard.longest.rtt") == 8
    assert figure(frame, "standard.median.rtt") == 5


def test_flow_by_calendar_month():
    """Day 0 is 31 March 2025: day 1 is 1 April, day 31 is 1 May."""
    rows = [*treated(1, 0, 0.5), *treated(2, 1, 4), *treated(3, 1, 30.9), *treated(4, 20, 31)]
    pathway = pathway_with(standard("flow"))
    frame = measure_frame(make_trace(rows, pathway, until=40), pathway)
    assert figure(frame, "standard.month.rtt.2025-03") == 1
    assert figure(frame, "standard.month.rtt.2025-04") == 0.5
    assert figure(frame, "standard.month.rtt.2025-05") == 0


def test_warm_up_is_left_out_by_when_the_clock_stops():
    rows = [*treated(1, 1, 9), *treated(2, 8, 12)]
    pathway = pathway_with(standard("flow"))
    frame = measure_frame(make_trace(rows, pathway, warm_up=10, until=30), pathway)
    assert figure(frame, "standard.stopped.rtt") == 1
    assert figure(frame, "standard.within.rtt") == 1


def test_stock_counts_clocks_running_at_month_ends():
    """Month ends at day 1 (end of March), 31 and 62 (end of May).

    At 31: patients 1 (since 10) and 2 (since 28): half within 5 days. At 62: patient 1 only: none.
    At 1 nobody waits: that month end has no share, and the mean is over the other two.
    """
    rows = [*waiting(1, 10), *treated(2, 28, 33), *treated(3, 12, 14)]
    pathway = pathway_with(standard("stock"))
    frame = measure_frame(make_trace(rows, pathway, until=70), pathway)
    assert math.isnan(figure(frame, "standard.month.rtt.2025-03"))
    assert figure(frame, "standard.month.rtt.2025-04") == 0.5
    assert figure(frame, "standard.month.rtt.2025-05") == 0
    assert figure(frame, "standard.within.rtt") == 0.25
    assert figure(frame, "standard.within_last.rtt") == 0
    assert figure(frame, "standard.longest.rtt") == 52


def test_a_stock_without_a_month_end_in_the_period_is_missing():
    pathway = pathway_with(standard("stock"))
    frame = measure_frame(make_trace(waiting(1, 3), pathway, warm_up=2, until=20), pathway)
    assert math.isnan(figure(frame, "standard.within.rtt"))
    assert math.isnan(figure(frame, "standard.within_last.rtt"))
    assert figure(frame, "standard.running.rtt") == 1


def test_leaving_otherwise_removes_the_clock_and_an_exit_may_stop_it():
    """Patient 1 is advised (which stops the clock here), patient 2 gives up (which does not)."""
    rows = [
        (1, 1, Event.ARRIVE, "referral"),
        (2, 1, Event.EXIT, "advice"),
        (1, 2, Event.ARRIVE, "referral"),
        (1, 2, Event.JOIN, "treatment"),
        (9, 2, Event.GAVE_UP, "treatment"),
        (9, 2, Event.LEFT_GAVE_UP, "treatment"),
        (1, 3, Event.ARRIVE, "referral"),
        (2, 3, Event.EXIT, "home"),
    ]
    pathway = pathway_with(standard("flow", stops=("treatment", "advice")))
    frame = measure_frame(make_trace(rows, pathway, until=30), pathway)
    assert figure(frame, "standard.stopped.rtt") == 1
    assert figure(frame, "standard.removed.rtt") == 2
    assert figure(frame, "standard.within.rtt") == 1


CAME_BACK = [
    (1, 1, Event.JOIN, "clinic"),
    (2, 1, Event.START_MISSED, "clinic"),
    (3, 1, Event.DID_NOT_ATTEND, "clinic"),
    (3, 1, Event.JOIN, "clinic"),
    (9, 1, Event.START, "clinic"),
    (10, 1, Event.COMPLETE, "clinic"),
    (11, 1, Event.DECIDE, "again"),
    (12, 1, Event.JOIN, "clinic"),
    (14, 1, Event.START, "clinic"),
]
"""Joined on day 1, again on day 3 after a missed slot, seen on day 9; back on day 12, seen on day 14."""


@pytest.mark.parametrize(
    ("starts", "again", "clocks"),
    [
        (("clinic",), (), [8]),
        (("clinic", "again"), (), [8]),
        (("clinic",), ("clinic",), [2, 8]),
        (("clinic",), ("again",), [2, 8]),
        (("clinic", "again"), ("again",), [3, 8]),
    ],
)
def test_a_referral_has_one_clock_and_only_a_new_referral_has_another(starts, again, clocks):
    """A missed slot stops nothing; coming back is a follow-up, unless an element is said to refer."""
    rtt = standard("flow", starts=starts, stops=("clinic",)) | {"new_referral_at": again}
    pathway = pathway_with(rtt, decisions={"again": {"name": "Referred again?"}})
    frame = measure_frame(make_trace(CAME_BACK, pathway, until=30), pathway)
    assert figure(frame, "standard.stopped.rtt") == len(clocks)
    assert figure(frame, "standard.longest.rtt") == max(clocks)
    assert figure(frame, "standard.mean.rtt") == sum(clocks) / len(clocks)


def test_who_is_on_the_list_today_brings_the_time_already_waited():
    """Joined at day -10, seen on day 2: 12 days. Who is in service at time 0 has no known clock."""
    rows = [
        (-10, 1, Event.JOIN, "clinic"),
        (0, 1, Event.PRESENT, "clinic"),
        (2, 1, Event.START, "clinic"),
        (0, 2, Event.PRESENT, "clinic"),
        (1, 2, Event.COMPLETE, "clinic"),
        (1, 2, Event.EXIT, "home"),
    ]
    pathway = pathway_with(standard("flow", starts=("clinic",), stops=("clinic",)))
    frame = measure_frame(make_trace(rows, pathway, until=30), pathway)
    assert figure(frame, "standard.longest.rtt") == 12
    assert figure(frame, "standard.stopped.rtt") == 1
    assert figure(frame, "standard.removed.rtt") == 0


def test_a_limit_of_four_hours_is_met_by_exactly_four_hours():
    limit = {**standard("flow"), "limit": {"value": 4, "unit": "hours"}}
    pathway = pathway_with(limit)
    rows = [row for n in range(50) for row in treated(n, n * 0.1, n * 0.1 + 4 / 24)]
    frame = measure_frame(make_trace(rows, pathway, until=30), pathway)
    assert figure(frame, "standard.within.rtt") == 1


def chose(patient, referred, away, back, seen):
    """A patient who is on a planned wait meanwhile; None where the run ends before."""
    rows = [(referred, Event.ARRIVE, "referral"), (away, Event.WAIT_START, "choice")]
    rows += [
        (back, Event.WAIT_END, "choice"),
        (back, Event.JOIN, "treatment"),
        (seen, Event.START, "treatment"),
    ]
    return [(time, patient, event, element) for time, event, element in rows if time is not None]


def test_clocks_stand_still_where_an_element_says_so():
    """Limit 20 days; month ends on day 1, 31 and 62.

    Patient 1: 40 days, of which 20 away: 20, within. Patient 2: seen on day 50, away from 5 to 35: 20 of 50
    shown. Patient 3: away from day 12 on: shows 12 for ever. Patient 4 is away from day 20 to 61.
    On 31 (end of April): 1 shows 31 - 20 = 11, 2 shows 5, 3 shows 12, 4 shows 20: all within.
    On 62 (end of May): 3 shows 12, 4 shows 62 - 41 = 21: half.
    """
    rows = [
        *chose(1, 0, 10, 30, 40),
        *chose(2, 0, 5, 35, 50),
        *chose(3, 0, 12, None, None),
        *chose(4, 0, 20, 61, None),
    ]
    still = {"choice": {"name": "Patient's choice", "pauses_clocks": True}}
    pathway = pathway_with(standard("stock", limit=20), waits=still)
    frame = measure_frame(make_trace(rows, pathway, until=70), pathway)
    assert figure(frame, "standard.within_stopped.rtt") == 1
    assert figure(frame, "standard.month.rtt.2025-04") == 1
    assert figure(frame, "standard.month.rtt.2025-05") == 0.5
    assert figure(frame, "standard.longest.rtt") == 21
    assert figure(frame, "standard.running.rtt") == 2
    assert figure(frame, "standard.running_over.rtt") == 1
    assert figure(frame, "standard.km_median.rtt") == 20
    flows = pathway_with(standard("flow", limit=20), waits=still)
    frame = measure_frame(make_trace(rows, flows, until=70), flows)
    assert figure(frame, "standard.mean.rtt") == 20
    assert figure(frame, "standard.month_running.rtt.2025-05") == 0.5


def test_a_clock_of_a_queue_that_stands_still_is_read_as_it_stood():
    """Joined a paused clinic on day 5, after 5 days: what stops there took 5 days, whatever the queue."""
    rows = [
        (0, 1, Event.ARRIVE, "referral"),
        (5, 1, Event.JOIN, "clinic"),
        (25, 1, Event.START, "clinic"),
        (0, 2, Event.ARRIVE, "referral"),
        (5, 2, Event.JOIN, "clinic"),
        (15, 2, Event.GAVE_UP, "clinic"),
        (15, 2, Event.JOIN, "treatment"),
        (16, 2, Event.START, "treatment"),
    ]
    clinic = {"clinic": {"name": "Clinic", "pauses_clocks": True}, "treatment": {"name": "Treatment"}}
    pathway = pathway_with(standard("flow", stops=("clinic", "treatment")), activities=clinic)
    frame = measure_frame(make_trace(rows, pathway, until=30), pathway)
    assert figure(frame, "standard.longest.rtt") == 6
    assert figure(frame, "standard.mean.rtt") == 5.5
