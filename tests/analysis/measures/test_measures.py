"""Every figure here is worked out by hand from a trace of a few rows."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from pathway_modeller.analysis.columns import LABELS
from pathway_modeller.analysis.ledger.ledger import books_alone
from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.simulation.trace import Event
from tests.analysis.hand_made import MONDAY, figure, make_pathway, make_trace, opened, visit
from tests.frames import measure_frame

GBP = {"value": 100, "price_year": "2024/25"}


def small_pathway(**more):
    """One clinic in hospital and one call from the practice, then discharge."""
    clinic = {
        "name": "Clinic",
        "setting": "hospital",
        "needs": {"consultant": 1},
        "price": GBP,
        "variable_cost": {"value": 7, "price_year": "2024/25"},
        "payer": "nhs",
    }
    call = {
        "name": "Call",
        "setting": "primary care",
        "needs": {"nurse": 1},
        "price": {"value": 20, "price_year": "2024/25"},
        "variable_cost": {"value": 0, "price_year": "2024/25"},
    }
    maps = {
        "entry_points": {"referral": {"name": "Referral"}},
        "activities": {"clinic": clinic, "call": call},
        "exit_points": {"home": {"name": "Home"}},
        "pools": {
            "consultant": {
                "name": "Consultant",
                "units": 1,
                "cost": {"amount": {"value": 50, "price_year": "2024/25"}, "per": "day"},
            },
            "nurse": {
                "name": "Nurse",
                "setting": "primary care",
                "cost": {"amount": {"value": 2, "price_year": "2024/25"}, "per": "open hour"},
            },
        },
        "transitions": {
            "t1": {"from": "referral", "to": "clinic"},
            "t2": {"from": "clinic", "to": "call"},
            "t3": {"from": "call", "to": "home"},
        },
        "payers": {"nhs": {"name": "NHS"}},
    }
    return make_pathway(**{**maps, **more})


def small_rows():
    """Four patients.

    1: arrives 1, clinic 1 to 3 (no wait), call waits 3 to 4, done 5, exit 5.
    2: arrives 2, waits for the clinic 2 to 3, seen 3 to 6, still waits for the call at the end (10).
    3: arrives 5, waits for the clinic 5 to 9, seen from 9 on.
    4: arrives 6, gives up the clinic at 8 and leaves.
    """
    return [
        opened("consultant", 1),
        opened("nurse", -1),
        (1, 1, Event.ARRIVE, "referral"),
        *visit(1, "clinic", 1, 1, 3, ("consultant", 1)),
        *visit(1, "call", 3, 4, 5, ("nurse", 1)),
        (5, 1, Event.EXIT, "home"),
        (2, 2, Event.ARRIVE, "referral"),
        *visit(2, "clinic", 2, 3, 6, ("consultant", 1)),
        (6, 2, Event.JOIN, "call"),
        (5, 3, Event.ARRIVE, "referral"),
        (5, 3, Event.JOIN, "clinic"),
        (9, 3, Event.START, "clinic"),
        (9, 3, Event.ACQUIRE, "clinic", "consultant", 1),
        (6, 4, Event.ARRIVE, "referral"),
        (6, 4, Event.JOIN, "clinic"),
        (8, 4, Event.GAVE_UP, "clinic"),
        (8, 4, Event.LEFT_GAVE_UP, "clinic"),
    ]


@pytest.fixture
def frame():
    pathway = small_pathway()
    return measure_frame(make_trace(small_rows(), pathway, warm_up=0, until=10), pathway)


def test_every_figure_is_named_once_and_described(frame):
    assert tuple(frame.columns) == (*LABELS, "value")
    assert not frame.duplicated(list(LABELS)).any()
    for name, unit in frame[["measure", "unit"]].drop_duplicates().itertuples(index=False):
        measure = find(name).measure
        assert unit == measure.unit or (measure.unit == "GBP" and unit.startswith("GBP")), name


def test_waiting_times_count_attended_starts(frame):
    """Clinic: waits 0, 1, 4; the patient who gave up does not count. Call: 1."""
    assert figure(frame, "wait.patients", element="clinic") == 3
    assert figure(frame, "wait.mean", element="clinic") == pytest.approx(5 / 3)
    assert figure(frame, "wait.median", element="clinic") == 1
    assert figure(frame, "wait.p92", element="clinic") == pytest.approx(1 + 0.84 * 3)
    assert figure(frame, "wait.longest", element="clinic") == 4
    assert figure(frame, "wait.share_waiting", element="clinic") == pytest.approx(2 / 3)
    assert figure(frame, "wait.mean", setting="primary care") == 1
    assert figure(frame, "wait.mean") == pytest.approx(6 / 4)
    assert math.isnan(figure(frame, "wait.mean", setting="community"))


def test_those_still_waiting_are_counted_apart(frame):
    """Patient 2 has waited for the call from day 6 to the end, day 10."""
    assert figure(frame, "still_waiting.patients", element="call") == 1
    assert figure(frame, "still_waiting.mean", element="call") == 4
    assert figure(frame, "still_waiting.patients", element="clinic") == 0
    assert math.isnan(figure(frame, "still_waiting.mean", element="clinic"))


def test_queue_is_weighted_by_time(frame):
    """Clinic: 1 (day 2-3) + 4 (5-9) + 2 (6-8) patient-days in 10 days; two at once from day 6 to 8."""
    assert figure(frame, "queue.mean", element="clinic") == pytest.approx(0.7)
    assert figure(frame, "queue.peak", element="clinic") == 2
    assert figure(frame, "queue.mean", element="call") == pytest.approx(0.5)
    assert figure(frame, "queue.mean") == pytest.approx(1.2)


def test_pools(frame):
    """The consultant is in use on days 1-3, 3-6 and 9-10: 6 of 10; the nurse, unlimited, on day 4-5."""
    assert figure(frame, "pool.occupancy", pool="consultant") == pytest.approx(0.6)
    assert figure(frame, "pool.utilisation", pool="consultant") == pytest.approx(0.6)
    assert figure(frame, "pool.overrun", pool="consultant") == 0
    assert figure(frame, "pool.peak", pool="consultant") == 1
    assert figure(frame, "pool.occupancy", pool="nurse") == pytest.approx(0.1)
    assert math.isnan(figure(frame, "pool.utilisation", pool="nurse"))
    assert math.isnan(figure(frame, "pool.open", pool="nurse"))


def test_flows(frame):
    """Three clinic starts and one call; one gave up; one exit after 4 days; 2 inside at the end."""
    assert figure(frame, "contacts", element="clinic") == 3
    assert figure(frame, "contacts", setting="primary care") == 1
    assert figure(frame, "contacts", setting="community") == 0
    assert figure(frame, "gave_up", element="clinic") == 1
    assert figure(frame, "left.gave_up") == 1
    assert figure(frame, "arrivals", element="referral") == 4
    assert figure(frame, "exits", element="home") == 1
    assert figure(frame, "throughput") == pytest.approx(0.7)
    assert figure(frame, "inside.end") == 2
    assert figure(frame, "inside.mean") == pytest.approx((4 + 8 + 5 + 2) / 10)
    assert figure(frame, "pathway_time.mean") == 4


def test_two_named_views_of_money(frame):
    """Bill 3 x £100 + £20. The consultant costs £50 on each of 10 days; the nurse £2 an hour for 24 hours."""
    unit = {"unit": "GBP 2024/25"}
    assert figure(frame, "bill", element="clinic", **unit) == 300
    assert figure(frame, "bill", setting="primary care", **unit) == 20
    assert figure(frame, "bill", setting="home", **unit) == 0
    assert figure(frame, "bill", **unit) == 320
    assert figure(frame, "bill.payer.nhs", **unit) == 300
    assert figure(frame, "bill.no_payer", **unit) == 20
    assert figure(frame, "pool_cost", pool="consultant", **unit) == 500
    assert figure(frame, "pool_cost", pool="nurse", **unit) == pytest.approx(48)
    assert figure(frame, "variable_cost", **unit) == 21
    assert figure(frame, "system_cost", **unit) == pytest.approx(569)
    assert figure(frame, "bill.unpriced") == 0


def test_only_the_data_collection_period_counts():
    """From day 4 on: the clinic's only end of wait is patient 3 (4 days); the queue held 4 + 2 days of 6."""
    pathway = small_pathway()
    frame = measure_frame(make_trace(small_rows(), pathway, warm_up=4, until=10), pathway)
    assert figure(frame, "wait.patients", element="clinic") == 1
    assert figure(frame, "wait.mean", element="clinic") == 4
    assert figure(frame, "wait.patients", element="call") == 1
    assert figure(frame, "queue.mean", element="clinic") == pytest.approx(1.0)
    assert figure(frame, "arrivals") == 2
    assert figure(frame, "pool.utilisation", pool="consultant") == pytest.approx(3 / 6)
    assert figure(frame, "bill", element="clinic", unit="GBP 2024/25") == 100
    assert figure(frame, "pool_cost", pool="consultant", unit="GBP 2024/25") == 300


def test_a_missing_price_makes_its_totals_missing_never_zero():
    pathway = small_pathway()
    call = pathway.activities["call"].model_copy(update={"price": None})
    pathway = pathway.model_copy(update={"activities": {**pathway.activities, "call": call}})
    frame = measure_frame(make_trace(small_rows(), pathway), pathway)
    assert math.isnan(figure(frame, "bill", element="call"))
    assert math.isnan(figure(frame, "bill", setting="primary care"))
    assert math.isnan(figure(frame, "bill"))
    assert figure(frame, "bill", setting="hospital") == 300
    assert figure(frame, "bill.unpriced") == 1
    assert figure(frame, "bill.unpriced", setting="primary care") == 1


def test_an_unconnected_activity_without_a_price_changes_no_total():
    pathway = small_pathway()
    alone = {"alone": pathway.activities["call"].model_copy(update={"price": None, "variable_cost": None})}
    with_it = pathway.model_copy(update={"activities": {**pathway.activities, **alone}})
    before = measure_frame(make_trace(small_rows(), pathway), pathway)
    after = measure_frame(make_trace(small_rows(), with_it), with_it)
    after = after[after["element"] != "alone"].reset_index(drop=True)
    assert before.equals(after)


def of_two_price_years():
    """The call's price is of the year before the clinic's."""
    pathway = small_pathway()
    old = pathway.activities["call"].price.model_copy(update={"price_year": "2023/24"})
    call = pathway.activities["call"].model_copy(update={"price": old})
    return pathway.model_copy(update={"activities": {**pathway.activities, "call": call}})


def test_pounds_of_different_price_years_are_not_added():
    pathway = of_two_price_years()
    frame = measure_frame(make_trace(small_rows(), pathway), pathway)
    assert math.isnan(figure(frame, "bill", unit="GBP"))
    assert math.isnan(figure(frame, "bill", setting="hospital"))
    assert math.isnan(figure(frame, "system_cost"))
    assert figure(frame, "bill.unpriced") == 0


def test_pounds_of_different_price_years_are_brought_to_the_price_base():
    """Bill 3 x £100 + £20 x 1.05, in the prices of the later year."""
    pathway = of_two_price_years()
    trace = make_trace(small_rows(), pathway)
    alone = books_alone(pathway, MONDAY)
    money = alone.money.model_copy(update={"price_year": "2024/25", "index": {"2024/25": 0.05}})
    frame = measure_frame(trace, pathway, replace(alone, money=money))
    assert figure(frame, "bill", unit="GBP 2024/25") == 321


def test_system_cost_holds_fixed_cost_but_not_other_spending():
    """Fixed cost of £365.25 a year is £1 a day, of no setting; £3.6525 a head is 1p a day for 100 people."""
    spending = {"care": {"name": "Care", "amount": {**GBP, "value": 3.6525}, "setting": "home"}}
    pathway = small_pathway(
        providers={"trust": {"name": "Trust", "fixed_cost": {**GBP, "value": 365.25}}},
        need_tiers={
            "low": {"name": "Low", "level": 1, "need_weight": 1, "spending": spending},
            "high": {"name": "High", "level": 2, "need_weight": 2},
        },
        footprints={"leigh": {"name": "Leigh", "people": {"low": 100, "high": 50}}},
    )
    frame = measure_frame(make_trace(small_rows(), pathway), pathway)
    assert figure(frame, "system_cost") == pytest.approx(569 + 10)
    by_setting = frame[(frame["measure"] == "system_cost") & (frame["setting"] != "")]
    assert by_setting["value"].sum() == pytest.approx(569)
    assert figure(frame, "other_spending") == pytest.approx(10)
    assert figure(frame, "other_spending", need_tier="low") == pytest.approx(10)
    assert "high" not in set(frame.loc[frame["measure"] == "other_spending", "need_tier"])


def test_price_by_footprint():
    """Price £100, but £10 in Leigh: patients 1 and 3 live there, 2 in Hindley."""
    price = {"by": "footprint", "values": {"leigh": {**GBP, "value": 10}}, "otherwise": GBP}
    activities = {"clinic": {"name": "Clinic", "needs": {"consultant": 1}, "price": price}}
    pathway = small_pathway(
        activities={**activities, "call": {"name": "Call"}},
        footprints={"leigh": {"name": "Leigh"}, "hindley": {"name": "Hindley"}},
    )
    lives = {1: ("", "leigh"), 2: ("", "hindley"), 3: ("", "leigh"), 4: ("", "hindley")}
    frame = measure_frame(make_trace(small_rows(), pathway, groups=lives), pathway)
    assert figure(frame, "bill", element="clinic") == 120
    assert figure(frame, "contacts", element="clinic", footprint="leigh") == 2
    assert figure(frame, "contacts", footprint="hindley") == 1
    assert figure(frame, "queue.mean", element="clinic", footprint="hindley") == pytest.approx(0.3)
    assert figure(frame, "inside.mean", footprint="leigh") == pytest.approx(0.9)


def test_a_price_by_an_attribute_that_the_trace_lacks_is_missing():
    price = {"by": "condition", "values": {"asthma": {**GBP, "value": 10}}, "otherwise": GBP}
    pathway = small_pathway(
        activities={"clinic": {"name": "Clinic", "price": price}, "call": {"name": "Call"}},
    )
    frame = measure_frame(make_trace(small_rows(), pathway), pathway)
    assert math.isnan(figure(frame, "bill", element="clinic"))


def test_overrun_is_told_apart_from_utilisation():
    """Open 9:00 to 12:00 (3 hours), used 10:00 to 14:00: 2 of 3 open hours, and 2 hours of overrun."""
    pathway = small_pathway()
    nine, noon, ten, two = 9 / 24, 12 / 24, 10 / 24, 14 / 24
    rows = [
        opened("consultant", 0),
        opened("consultant", 1, nine),
        opened("consultant", 0, noon),
        opened("nurse", -1),
        *visit(1, "clinic", ten, ten, two, ("consultant", 1)),
    ]
    frame = measure_frame(make_trace(rows, pathway, until=1), pathway)
    assert figure(frame, "pool.utilisation", pool="consultant") == pytest.approx(2 / 3)
    assert figure(frame, "pool.overrun", pool="consultant") == pytest.approx(2)
    assert figure(frame, "pool.occupancy", pool="consultant") == pytest.approx(4 / 24)


def test_a_timetabled_pool_by_the_year_costs_every_calendar_day_and_by_the_hour_only_open_ones():
    """One unit open 3 hours a day: £365.25 a year is £1 a day; £2 an open hour is £6 a day."""
    hours = {"opens": "09:00", "closes": "12:00"}
    week = {
        day: [hours] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    }
    cost = {"amount": {"value": 365.25, "price_year": "2024/25"}, "per": "year"}
    hourly = {"amount": {"value": 2, "price_year": "2024/25"}, "per": "open hour"}
    pathway = small_pathway(
        pools={
            "consultant": {"name": "Consultant", "units": 1, "timetable": week, "cost": cost},
            "nurse": {"name": "Nurse", "units": 1, "timetable": week, "cost": hourly},
        }
    )
    rows = [opened("consultant", 0), opened("nurse", 0)]
    for day in range(4):
        rows += [opened(pool, 1, day + 9 / 24) for pool in ("consultant", "nurse")]
        rows += [opened(pool, 0, day + 12 / 24) for pool in ("consultant", "nurse")]
    frame = measure_frame(make_trace(rows, pathway, until=4), pathway)
    assert figure(frame, "pool_cost", pool="consultant") == pytest.approx(4)
    assert figure(frame, "pool_cost", pool="nurse") == pytest.approx(24)


def test_pools_held_by_footprints_have_their_own_rows_and_one_for_all():
    """Leigh's nurse is busy 2 of 10 days, Hindley's 4 of 10: together 6 of 20."""
    pathway = small_pathway(
        footprints={"leigh": {"name": "Leigh"}, "hindley": {"name": "Hindley"}},
        pools={"nurse": {"name": "Nurse", "units": 1, "per_footprint": True}},
        activities={"call": {"name": "Call", "needs": {"nurse": 1}}, "clinic": {"name": "Clinic"}},
    )
    leigh, hindley = ("nurse", "leigh"), ("nurse", "hindley")
    rows = [
        opened(leigh, 1),
        opened(hindley, 1),
        *visit(1, "call", 1, 1, 3, (leigh, 1)),
        *visit(2, "call", 1, 1, 5, (hindley, 1)),
    ]
    lives = {1: ("", "leigh"), 2: ("", "hindley")}
    frame = measure_frame(make_trace(rows, pathway, groups=lives), pathway)
    assert figure(frame, "pool.utilisation", pool="nurse", footprint="leigh") == pytest.approx(0.2)
    assert figure(frame, "pool.utilisation", pool="nurse", footprint="hindley") == pytest.approx(0.4)
    assert figure(frame, "pool.utilisation", pool="nurse") == pytest.approx(0.3)


def test_delayed_days_are_those_of_patients_who_queue_while_keeping_units():
    """A ward bed is taken on day 1, service ends on day 3, the care home takes the patient on day 8."""
    pathway = make_pathway(
        activities={"ward": {"name": "Ward"}, "care": {"name": "Care home"}},
        pools={"bed": {"name": "Bed", "units": 2}, "place": {"name": "Place", "units": 1}},
    )
    rows = [
        opened("bed", 2),
        opened("place", 1),
        (1, 1, Event.JOIN, "ward"),
        (1, 1, Event.START, "ward"),
        (1, 1, Event.ACQUIRE, "ward", "bed", 2),
        (3, 1, Event.COMPLETE, "ward"),
        (3, 1, Event.JOIN, "care"),
        (3, 1, Event.BLOCKED, "ward"),
        (8, 1, Event.START, "care"),
        (8, 1, Event.RELEASE, "ward", "bed", 2),
        (8, 1, Event.ACQUIRE, "care", "place", 1),
    ]
    frame = measure_frame(make_trace(rows, pathway, warm_up=4, until=10), pathway)
    assert figure(frame, "delay.unit_days", pool="bed") == 8
    assert figure(frame, "delay.patient_days", element="care") == 4
    assert figure(frame, "delay.kept_days", element="ward") == 8
    assert figure(frame, "delay.kept_days", element="care") == 0
    assert figure(frame, "delay.unit_days", pool="place") == 0


def test_a_missed_slot_ends_a_wait_but_is_no_wait_of_someone_seen():
    """Joins 0, slot missed 2 (ends 3), joins again, seen 7: one wait of 4 days, one contact, one miss."""
    pathway = small_pathway()
    rows = [
        (0, 1, Event.JOIN, "clinic"),
        (2, 1, Event.START_MISSED, "clinic"),
        (3, 1, Event.DID_NOT_ATTEND, "clinic"),
        (3, 1, Event.JOIN, "clinic"),
        (7, 1, Event.START, "clinic"),
    ]
    frame = measure_frame(make_trace(rows, pathway), pathway)
    assert figure(frame, "wait.mean", element="clinic") == 4
    assert figure(frame, "contacts", element="clinic") == 1
    assert figure(frame, "missed", element="clinic") == 1
    assert figure(frame, "queue.mean", element="clinic") == pytest.approx(0.6)


def test_those_who_wait_today_count_with_their_whole_wait_and_queue_only_from_the_start():
    """On the list since day -5, seen on day 2: a wait of 7 days, 2 patient-days in the queue."""
    pathway = small_pathway()
    rows = [
        (-5, 1, Event.JOIN, "clinic"),
        (0, 1, Event.PRESENT, "clinic"),
        (2, 1, Event.START, "clinic"),
        (3, 1, Event.COMPLETE, "clinic"),
        (3, 1, Event.EXIT, "home"),
        (0, 2, Event.PRESENT, "call"),
        (1, 2, Event.COMPLETE, "call"),
        (1, 2, Event.EXIT, "home"),
    ]
    frame = measure_frame(make_trace(rows, pathway), pathway)
    assert figure(frame, "wait.mean", element="clinic") == 7
    assert figure(frame, "queue.mean", element="clinic") == pytest.approx(0.2)
    assert figure(frame, "exits") == 2
    assert figure(frame, "pathway_time.patients") == 1
    assert figure(frame, "pathway_time.mean") == 8
    assert figure(frame, "contacts", element="call") == 0
    assert figure(frame, "inside.mean") == pytest.approx(0.4)


def test_someone_turned_away_has_no_wait():
    pathway = small_pathway()
    rows = [
        (1, 1, Event.ARRIVE, "referral"),
        (1, 1, Event.JOIN, "clinic"),
        (1, 1, Event.TURNED_AWAY, "clinic"),
        (1, 1, Event.LEFT_TURNED_AWAY, "clinic"),
    ]
    frame = measure_frame(make_trace(rows, pathway), pathway)
    assert figure(frame, "turned_away", element="clinic") == 1
    assert figure(frame, "left.turned_away") == 1
    assert figure(frame, "still_waiting.patients") == 0
    assert figure(frame, "wait.patients") == 0


def test_a_trace_without_a_single_row_gives_missing_waits_and_zero_counts():
    pathway = small_pathway()
    frame = measure_frame(make_trace([], pathway), pathway)
    assert math.isnan(figure(frame, "wait.mean"))
    assert figure(frame, "contacts") == 0
    assert math.isnan(figure(frame, "pool.utilisation", pool="consultant"))
