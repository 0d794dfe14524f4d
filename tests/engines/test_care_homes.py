"""Stays in care homes that end in emergencies: one file, checked, played by both engines, and counted."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import dump, parse
from pathway_modeller.scenario.options import apply_option
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.trace import Event, Trace
from tests.analysis.observed.invariants import violations
from tests.engines.replay import Replay
from tests.frames import measure_frame

pytest.importorskip("numba")

from pathway_modeller.simulation.compiled.simulate import simulate as compiled


def _time(value: float) -> dict[str, Any]:
    return {"kind": "exponential", "unit": "days", "mean": value}


def _document() -> dict[str, Any]:
    """Returns the file: stays of 300 days on average, 55% in a good home; emergencies lead to hospital."""
    emergency = {
        "name": "Emergency",
        "kind": "emergency",
        "rate_per_1000": {"value": 1600, "unit": "per year"},
        "during": "service",
        "if_good": 0.5,
        "goes_to": "bed",
    }
    return {
        "format": 1,
        "name": "Care homes",
        "baseline": {
            "entry_points": {
                "in": {
                    "name": "Moves in",
                    "arrivals": {"kind": "random", "rate": {"value": 0.5, "unit": "per day"}},
                }
            },
            "activities": {
                "home": {
                    "name": "Care home",
                    "needs": {"places": 1},
                    "service_time": _time(300),
                    "deterioration": {"em": emergency},
                },
                "bed": {"name": "Hospital stay", "needs": {"beds": 1}, "service_time": _time(6)},
            },
            "exit_points": {"out": {"name": "Moves out"}},
            "transitions": {
                "a": {"from": "in", "to": "home"},
                "b": {"from": "home", "to": "out"},
                "c": {"from": "bed", "to": "home"},
            },
            "pools": {
                "places": {"name": "Places", "kind": "beds", "units": 300, "quality": {"good": 0.55}},
                "beds": {"name": "Beds", "kind": "beds", "units": 20},
            },
        },
        "options": {
            "team": {
                "name": "Support team",
                "patch": {
                    "pools": {
                        "places": {
                            "quality": {
                                "good": {
                                    "from": 0.55,
                                    "to": 0.95,
                                    "starts": "2025-07-01",
                                    "ramp": {"value": 90, "unit": "days"},
                                }
                            }
                        }
                    }
                },
            }
        },
        "run": {"start_date": "2025-04-01", "duration": {"value": 2000, "unit": "days"}},
    }


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return parse(json.dumps(_document()))


def _played(scenario: Scenario, option: str | None) -> tuple[Any, Trace]:
    """Returns the pathway of a variant and its trace, the same by both engines, in which nothing is wrong."""
    pathway = scenario.baseline if option is None else apply_option(scenario, option)
    model = compile_pathway(pathway, scenario.run)
    trace = simulate(model, 1, 0)
    assert compiled(model, 1, 0).tobytes() == trace.tobytes()
    assert Replay(trace, pathway).wrong == []
    assert violations(trace, pathway) == ()
    return pathway, trace


def test_the_file_is_accepted_as_written_and_saved_as_it_was_read(scenario: Scenario) -> None:
    assert check(scenario) == ()
    assert parse(dump(scenario)) == scenario


def test_better_homes_bring_fewer_emergencies_of_the_same_people(scenario: Scenario) -> None:
    """Until the change begins nothing differs; then nobody comes to harm who would not have before."""
    (_, before), (_, after) = (_played(scenario, option) for option in (None, "team"))
    starts = 91.0
    early = [
        tuple(getattr(each, name)[each.time < starts].tobytes() for name in Trace.COLUMNS)
        for each in (before, after)
    ]
    assert early[0] == early[1]
    harmed = [int((each.event == Event.HARMED).sum()) for each in (before, after)]
    assert harmed[1] < 0.85 * harmed[0]
    first = []
    for each in (before, after):
        rows = np.flatnonzero(each.event == Event.HARMED)[::-1]
        first.append(dict(zip(each.patient[rows].tolist(), each.time[rows].tolist(), strict=True)))
    later = [who for who in first[1] if first[1][who] < first[0].get(who, 0.0)]
    assert later == [], "a better home brings nobody's first emergency forward"


def test_emergencies_are_told_and_who_has_one_is_met_in_hospital(scenario: Scenario) -> None:
    pathway, trace = _played(scenario, None)
    frame = measure_frame(trace, pathway)
    plain = frame[(frame["need_tier"] == "") & (frame["footprint"] == "") & (frame["setting"] == "")]
    value = {(row.measure, row.element): row.value for row in plain.itertuples()}
    assert value["harmed.emergency", "home"] == value["harmed", "home"] > 100
    assert value["contacts", "bed"] == pytest.approx(value["harmed", "home"], abs=20)
    assert value["left.harmed", "home"] == 0
