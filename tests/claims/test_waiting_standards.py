"""What is said of waiting-time standards: whose clock runs, and what completed and incomplete waits are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.report.findings import Findings
from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.simulation.compiled.simulate import simulate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.trace import LEAVING, Event, Trace
from tests.claims.told import told

FIVE = {"waiting": [{"patients": 5, "waited": {"kind": "fixed", "value": 20, "unit": "weeks"}}]}


def days(value: float, kind: str = "fixed") -> dict[str, Any]:
    """A time."""
    return {"kind": kind, "value" if kind == "fixed" else "mean": value, "unit": "days"}


def arrow(origin: str, target: str, **more: Any) -> dict[str, Any]:
    """An arrow."""
    return {"from": origin, "to": target, **more}


def scenario(
    *,
    counts: str = "stock",
    arrivals: Mapping[str, Any] | None = None,
    service: Mapping[str, Any] | None = None,
    units: int = 1,
    today: Mapping[str, Any] = FIVE,
    run: Mapping[str, Any] | None = None,
    standard: Mapping[str, Any] | None = None,
    **more: Any,
) -> Scenario:
    """Referrals to one clinic, with a standard of 18 weeks from the referral to being seen there."""
    weekly = {"kind": "booked", "bookings": [{"weekday": "monday", "time": "12:00", "patients": 1}]}
    baseline = {
        "entry_points": {"in": {"name": "Referral", "arrivals": arrivals or weekly}},
        "activities": {
            "clinic": {"name": "Clinic", "needs": {"doctors": 1}, "service_time": service or days(30)}
        },
        "exit_points": {"out": {"name": "Out"}},
        "pools": {"doctors": {"name": "Doctors", "units": units}},
        "transitions": {"a": arrow("in", "clinic"), "b": arrow("clinic", "out")},
        "today": {"clinic": today} if today else {},
        **more,
    }
    baseline["standards"] = {
        "rtt": {
            "name": "Referral to clinic",
            "starts_at": ["in"],
            "stops_at": ["clinic"],
            "limit": {"value": 18, "unit": "weeks"},
            "target": 0.92,
            "counts": counts,
            **(standard or {}),
        }
    }
    settings = {
        "start_date": "2025-06-02",
        "start": "today",
        "warm_up": {"value": 0, "unit": "days"},
        "duration": {"value": 61, "unit": "days"},
        "replications": 1,
        "seed": 1,
        **(run or {}),
    }
    text = {"format": 1, "name": "Today's list", "baseline": baseline, "run": settings}
    return Scenario.model_validate_json(json.dumps(text))


def findings_of(made: Scenario) -> Findings:
    """Runs a scenario; of its clocks the check finds nothing."""
    assert not [each for each in check(made) if "clock" in each.what]
    return Findings(run_experiment(made, (BASELINE,), workers=1), made)


def figures(findings: Findings) -> dict[str, float]:
    """The figures of the standard, for everybody."""
    table = findings.results.summary(BASELINE)
    whole = (table[["element", "pool", "need_tier", "footprint", "setting"]] == "").all(axis=1)
    found = table[whole & table["measure"].str.startswith("standard.")]
    names = found["measure"].str.removeprefix("standard.").str.replace(r"\.rtt\b", "", regex=True)
    return dict(zip(names, found["mean"], strict=True))


@pytest.mark.parametrize("counts", ["stock", "flow"])
def test_five_who_wait_today_have_clocks_that_run_since_they_joined(counts: str) -> None:
    """Of five who have waited 140 days, one each starts on day 0, 30 and 60; one more comes each Monday noon.

    On 30 June (day 29) four have waited 169 days, and five 28.5, 21.5, 14.5, 7.5 and 0.5. On 31 July (day 60)
    three have waited 200, nine 3.5 to 59.5. Stopped are 140, 170 and 200 days: none within 126.

    Kaplan-Meier: the five are seen from 140 days on; of them one in five stops at 140, one in four at 170,
    one in three at 200: 0.8, 0.6, 0.4 are longer.
    """
    findings = findings_of(scenario(counts=counts))
    found = figures(findings)
    month = "month" if counts == "stock" else "month_running"
    assert found[f"{month}.2025-06"] == pytest.approx(5 / 9)
    assert found[f"{month}.2025-07"] == pytest.approx(9 / 12)
    assert found["within_running"] == pytest.approx((5 / 9 + 9 / 12) / 2)
    assert found["within_last"] == pytest.approx(9 / 12)
    assert found["within_stopped"] == 0
    assert found["within"] == pytest.approx((5 / 9 + 9 / 12) / 2 if counts == "stock" else 0)
    assert found["stopped"] == 3
    assert found["running"] == 11
    assert found["running_over"] == 2
    assert found["incomplete.median"] == pytest.approx((38.5 + 45.5) / 2)
    assert found["incomplete.p92"] == 200
    assert found["incomplete.over_52"] == found["incomplete.over_65"] == 0
    assert found["longest"] == 200
    assert found["km_median"] == 200
    for where, text in told(findings).items():
        assert "is met" not in text, where
        assert "100%" not in text or "Referral to clinic" not in text, where


def test_waits_over_52_and_65_weeks_are_counted_at_the_last_month_end() -> None:
    """Ten have waited 50 weeks, four 60, nobody is seen: on day 60 all are over 52, the four over 65."""
    waiting = [
        {"patients": number, "waited": {"kind": "fixed", "value": weeks, "unit": "weeks"}}
        for number, weeks in ((10, 50), (4, 60))
    ]
    busy = {"patients": 1, "remaining": days(300)}
    found = figures(findings_of(scenario(today={"waiting": waiting, "in_progress": [busy]})))
    assert found["incomplete.over_52"] == 14
    assert found["incomplete.over_65"] == 4


def test_both_engines_tell_the_same_of_clocks() -> None:
    """The reference keeps its trace to be read, the compiled engine counts: pauses and new referrals, too."""
    made = scenario(
        standard={"new_referral_at": ["later"], "starts_at": ["in", "later"]},
        service=days(3, "exponential"),
        waits={"later": {"name": "Patient's choice", "time": days(20, "exponential"), "pauses_clocks": True}},
        transitions={
            "a": arrow("in", "later", share=0.5),
            "d": arrow("in", "clinic", share=0.5),
            "f": arrow("clinic", "later", share=0.3),
            "b": arrow("clinic", "out", share=0.7),
            "g": arrow("later", "clinic"),
        },
        today={**FIVE, "clocks": "running"},
        run={"duration": {"value": 400, "unit": "days"}, "replications": 3},
    )
    engines = "compiled", "simpy"
    one, two = (run_experiment(made, (BASELINE,), engine=each, workers=1).values for each in engines)
    mine, theirs = (table[table["measure"].astype(str).str.startswith("standard.")] for table in (one, two))
    assert len(mine) > 100
    np.testing.assert_allclose(mine["value"], theirs["value"], rtol=1e-12)


def independent(trace: Trace) -> dict[str, Any]:
    """Clocks from referral to the first attended start at the clinic, followed patient by patient."""
    names = {name: code for code, name in enumerate(trace.legend.elements)}
    begun: dict[int, float] = {}
    stopped: dict[int, float] = {}
    gone: dict[int, float] = {}
    for time, patient, event, element in zip(
        trace.time.tolist(), trace.patient.tolist(), trace.event.tolist(), trace.element.tolist(), strict=True
    ):
        if event == Event.ARRIVE or (event == Event.JOIN and time < 0):
            begun.setdefault(patient, time)
        elif event == Event.START and element == names["clinic"]:
            stopped.setdefault(patient, time)
        elif event in LEAVING:
            gone.setdefault(patient, time)
    ends = {each: min(stopped.get(each, np.inf), gone.get(each, np.inf)) for each in begun}
    return {"begun": begun, "stopped": stopped, "ends": ends}


def test_a_list_of_thousands_against_a_calculation_of_its_own() -> None:
    """3,000 wait for 4 to 70 weeks; 30 come a day, a third come back twice for follow-ups; some give up."""
    spread = {"kind": "uniform", "low": 4, "high": 70, "unit": "weeks"}
    made = scenario(
        arrivals={"kind": "random", "rate": {"value": 30, "unit": "per day"}},
        service=days(0.5, "exponential"),
        units=25,
        today={"waiting": [{"patients": 3000, "waited": spread}], "clocks": "running"},
        run={"duration": {"value": 200, "unit": "days"}},
        activities={
            "clinic": {
                "name": "Clinic",
                "needs": {"doctors": 1},
                "service_time": days(0.5, "exponential"),
                "patience": days(300, "exponential"),
                "did_not_attend": {"share": 0.1, "rebook": 0.8},
            }
        },
        waits={"later": {"name": "Follow-up interval", "time": days(30)}},
        transitions={
            "a": arrow("in", "clinic"),
            "f": arrow("clinic", "later", share=1 / 3),
            "b": arrow("clinic", "out", share=2 / 3),
            "g": arrow("later", "clinic"),
        },
    )
    found = figures(findings_of(made))
    trace = simulate(compile_pathway(made.baseline, made.run), made.run.seed, 0)
    known = independent(trace)
    begun, ends = (np.array([known[name][each] for each in known["begun"]]) for name in ("begun", "ends"))
    seen = np.array([each in known["stopped"] for each in known["begun"]]) & (ends < 200)
    seen &= ends == np.array([known["stopped"].get(each, np.inf) for each in known["begun"]])
    took = ends - begun
    assert len(begun) > 8000
    assert found["stopped"] == seen.sum()
    assert found["within_stopped"] == pytest.approx((took[seen] <= 126).mean())
    shares = []
    for month, midnight in zip(range(6, 12), (29, 60, 91, 121, 152, 182), strict=True):
        waits = (midnight - begun)[(begun < midnight) & (ends >= midnight)]
        shares.append((waits <= 126).mean())
        assert found[f"month.2025-{month:02}"] == pytest.approx(shares[-1])
    assert found["within_running"] == pytest.approx(np.mean(shares))
    assert found["incomplete.median"] == pytest.approx(np.median(waits))
    assert found["incomplete.p92"] == pytest.approx(np.quantile(waits, 0.92))
    assert found["incomplete.over_52"] == (waits > 364).sum()
    assert found["incomplete.over_65"] == (waits > 455).sum()
    assert found["running"] == (ends >= 200).sum()
    assert found["km_median"] == pytest.approx(median_by_hand(begun, np.minimum(ends, 200), seen), rel=0.003)


def median_by_hand(begun: Any, ends: Any, seen: Any) -> float:
    """Kaplan-Meier with delayed entry at time 0, one time after another."""
    took, entered = ends - begun, np.maximum(-begun, 0)
    longer = 1.0
    for time in np.unique(took[seen]):
        at_risk = ((took >= time) & (entered <= time)).sum()
        longer *= 1 - (took[seen] == time).sum() / at_risk
        if longer <= 0.5:
            return float(time)
    raise AssertionError("half are seen to stop")
