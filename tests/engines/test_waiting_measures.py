"""Measures of deterioration, advice, caseloads and missed slots, on pathways worked by hand."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from pathway_modeller.scenario.elements import Caseload, Deterioration, DidNotAttend, SinglePoint
from pathway_modeller.scenario.people import NeedTier, Standard
from pathway_modeller.scenario.values import Duration
from tests.analysis.observed.invariants import violations
from tests.engines.drawing import OUT, booked, does, draw, fixed, play
from tests.frames import measure_frame


def _figures(pathway: Any, days: float) -> pd.DataFrame:
    """Returns the measures of a run; no invariant is broken."""
    trace = play(pathway, days)
    assert violations(trace, pathway) == ()
    return measure_frame(trace, pathway)


def _value(frame: pd.DataFrame, measure: str, **key: str) -> float:
    """Returns one figure, by default of the whole pathway."""
    chosen = frame[frame["measure"] == measure]
    for column in ("element", "need_tier", "footprint", "setting", "pool"):
        chosen = chosen[chosen[column] == key.get(column, "")]
    assert len(chosen) == 1, measure
    return float(chosen["value"].iloc[0])


def _worse(kind: str, days: float, **more: Any) -> Deterioration:
    return Deterioration.model_validate({"name": kind, "kind": kind, "time": fixed(days), **more})


def _line(clinic: Any, patients: int = 3, **maps: Any) -> Any:
    """Returns the pathway in > clinic > out, to which all come on Monday; one doctor, five places."""
    entry = booked(f"monday 00:00 {patients}", need_tiers=maps.pop("shares", {}))
    return draw(
        {"in": entry, "clinic": clinic, "out": OUT},
        ["in > clinic > out"],
        {"doctor": 1, "list": 5},
        **maps,
    )


def _seen_within_nine_days() -> Standard:
    """A standard from coming to being seen, which counts those seen in the period."""
    return Standard.model_validate(
        {
            "name": "S",
            "starts_at": ("in",),
            "stops_at": ("clinic",),
            "limit": Duration(value=9, unit="days"),
            "target": 0.9,
            "counts": "flow",
        }
    )


def test_those_who_deteriorate_are_counted_by_kind_and_are_in_no_waiting_time() -> None:
    """Of three at once, one is seen for two days; the others become emergencies after one day and leave."""
    standard = _seen_within_nine_days()
    clinic = does({"doctor": 1}, 2.0, deterioration={"worse": _worse("emergency", 1.0)})
    frame = _figures(_line(clinic, standards={"s": standard}), 5)
    assert _value(frame, "deteriorated") == 2
    assert _value(frame, "deteriorated", element="clinic") == 2
    assert _value(frame, "deteriorated.emergency") == 2
    assert _value(frame, "deteriorated.death") == 0
    assert _value(frame, "left.deteriorated") == 2
    assert _value(frame, "wait.patients") == 1
    assert _value(frame, "still_waiting.patients") == 0
    assert _value(frame, "gave_up") == 0
    assert _value(frame, "standard.removed.s") == 2
    assert _value(frame, "queue.mean") == 2 * 1.0 / 5


def test_a_move_of_need_tier_while_waiting_is_counted_by_the_tier_left() -> None:
    tiers = {"base": NeedTier(name="Base", level=1), "tip": NeedTier(name="Tip", level=2)}
    harm = {"rises": _worse("need", 1.0, to_tier="tip")}
    clinic = does({"doctor": 1}, 2.0, deterioration=harm)
    frame = _figures(_line(clinic, need_tiers=tiers, shares={"base": 1.0}), 6)
    assert _value(frame, "deteriorated.need", need_tier="base") == 2
    assert _value(frame, "deteriorated.need", need_tier="tip") == 0
    assert _value(frame, "contacts", need_tier="tip") == 2
    assert _value(frame, "left.deteriorated") == 0


def test_deaths_while_waiting_are_counted() -> None:
    frame = _figures(_line(does({"doctor": 1}, 2.0, deterioration={"dies": _worse("death", 1.0)})), 5)
    assert _value(frame, "deteriorated.death", element="clinic") == 2
    assert _value(frame, "left.deteriorated") == 0
    assert _value(frame, "inside.end") == 0


def test_harm_in_care_is_counted_apart_and_the_contact_was_attended() -> None:
    """Two are started, on days 0 and 1.5, and come to harm after 1.5 days; the third dies waiting."""
    standard = _seen_within_nine_days()
    harm = {"worse": _worse("emergency", 1.5, during="service"), "dies": _worse("death", 2.0)}
    frame = _figures(_line(does({"doctor": 1}, 4.0, deterioration=harm), standards={"s": standard}), 6)
    assert _value(frame, "harmed") == _value(frame, "harmed.emergency", element="clinic") == 2
    assert _value(frame, "harmed.death") == _value(frame, "harmed.need") == 0
    assert _value(frame, "left.harmed") == 2
    assert _value(frame, "deteriorated") == _value(frame, "deteriorated.death") == 1
    assert _value(frame, "left.deteriorated") == 0
    assert _value(frame, "contacts") == 2
    assert _value(frame, "wait.mean") == pytest.approx(1.5 / 2)
    assert _value(frame, "pool.occupancy", pool="doctor") == pytest.approx(3.0 / 6)
    assert _value(frame, "standard.stopped.s") == 2
    assert _value(frame, "standard.removed.s") == 1
    assert _value(frame, "inside.end") == 0


def test_nothing_is_said_of_harm_in_care_where_there_can_be_none() -> None:
    frame = _figures(_line(does({"doctor": 1}, 2.0, deterioration={"dies": _worse("death", 1.0)})), 5)
    assert not frame["measure"].str.contains("harmed").any()


def test_advice_is_counted() -> None:
    clinic = does({"doctor": 1}, 1.0, single_point=SinglePoint(advice_only=1.0))
    frame = _figures(_line(clinic), 6)
    assert _value(frame, "advised", element="clinic") == 3
    assert _value(frame, "left.advised") == 3
    assert _value(frame, "exits") == 0


def test_a_caseload_is_counted_by_who_is_on_it() -> None:
    """Two come; contacts take half a day: seen at 0 and 0.5, due at 1.5 and 2, off at 2 and 2.5 days."""
    caseload = Caseload(pool="list", interval=fixed(1.0), length=fixed(2.0))
    clinic = does({"doctor": 1}, 0.5, caseload=caseload)
    frame = _figures(_line(clinic, 2), 5)
    assert _value(frame, "caseload.came_on") == 2
    assert _value(frame, "caseload.reviews", element="clinic") == 2
    assert _value(frame, "contacts") == 4
    assert _value(frame, "caseload.mean") == 2 * 2.0 / 5
    assert _value(frame, "caseload.mean") == _value(frame, "pool.occupancy", pool="list")
    assert _value(frame, "caseload.end") == 0
    assert _value(_figures(_line(clinic, 2), 2.25), "caseload.end") == 1


def test_a_place_on_a_caseload_is_no_delay() -> None:
    """The two reviews wait for the doctor while places are held; that is what places are for."""
    caseload = Caseload(pool="list", interval=fixed(0.25), length=fixed(4.0))
    frame = _figures(_line(does({"doctor": 1}, 0.5, caseload=caseload), 3), 5)
    assert _value(frame, "wait.mean") > 0
    assert _value(frame, "delay.unit_days", pool="list") == 0
    assert _value(frame, "delay.patient_days") == 0


def test_the_share_missed_is_of_all_starts() -> None:
    """Three at once, slots of a day; who waited two days misses: one of four slots."""
    step = {"waited": {"value": 2, "unit": "days"}, "share": 1.0}
    missed = DidNotAttend.model_validate({"share": 0.0, "by_wait": [step]})
    frame = _figures(_line(does({"doctor": 1}, 1.0, did_not_attend=missed)), 6)
    assert _value(frame, "missed.share") == 0.25
    assert _value(frame, "missed.share", element="clinic") == 0.25


def test_where_nobody_can_miss_a_slot_the_share_is_missing() -> None:
    assert math.isnan(_value(_figures(_line(does({"doctor": 1}, 1.0)), 6), "missed.share"))
