"""Planning mode against solutions in closed form; t is in days, rates are divided by 365.25."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest

from pathway_modeller.analysis.planning.planning import plan
from pathway_modeller.scenario.document import RunSettings
from pathway_modeller.scenario.values import Duration
from tests.analysis.hand_made import make_pathway

RUN = RunSettings(start_date=dt.date(2025, 4, 1), duration=Duration(value=1, unit="years"))
"""Its anniversaries are days 365, 730, 1095 (2028 is a leap year, after 29 February of which it is 1096)."""
YEAR = 365.25
MONTH = YEAR / 12


def days(value: float, unit: str = "days") -> dict[str, Any]:
    return {"value": value, "unit": unit}


def pathway(moves: dict[str, Any], **more: Any) -> Any:
    maps: dict[str, Any] = {
        "need_tiers": {"low": {"name": "Low", "level": 1}, "high": {"name": "High", "level": 2}},
        "footprints": {"east": {"name": "East", "people": {"low": 1000, "high": 100}}},
        "moves": moves,
    }
    return make_pathway(**(maps | more))


def up(rate: float = 0.1, **more: Any) -> dict[str, Any]:
    return {"name": "Up", "from": "low", "to": "high", "per_person": rate, **more}


def people(made: Any, tier: str, year: int, footprint: str = "east") -> float:
    frame = made.frame
    rows = (frame["year"] == year) & (frame["need_tier"] == tier) & (frame["footprint"] == footprint)
    assert rows.sum() == 1
    return float(frame[rows]["people"].iloc[0])


def test_people_leave_at_a_rate() -> None:
    """n(t) = n(0) exp(-r t): nobody is lost, those who leave are in the tier above."""
    made = plan(pathway({"up": up()}), RUN, 2)
    for year, day in ((0, 0), (1, 365), (2, 730)):
        left = 1000 * math.exp(-0.1 * day / YEAR)
        assert people(made, "low", year) == pytest.approx(left, rel=1e-12)
        assert people(made, "high", year) == pytest.approx(1100 - left, rel=1e-12)
    assert made.date(2) == dt.date(2027, 4, 1)


def test_fixed_arrivals_and_deaths_by_person() -> None:
    """n(t) = b/d + (n(0) - b/d) exp(-d t)."""
    moves = {
        "birth": {"name": "Births", "kind": "birth", "to": "low", "people": 50},
        "death": {"name": "Deaths", "kind": "death", "from": "low", "per_person": 0.02},
    }
    found = people(plan(pathway(moves), RUN, 3), "low", 3)
    days_gone = (dt.date(2028, 4, 1) - RUN.start_date).days
    assert days_gone == 1096
    assert found == pytest.approx(2500 - 1500 * math.exp(-0.02 * days_gone / YEAR), rel=1e-12)


def test_births_by_person_are_of_everybody_in_the_footprint() -> None:
    """1,000 + 100 people have 0.05 births a year each, all into the low tier: N(t) = 1,100 exp(b t)."""
    moves = {"birth": {"name": "Births", "kind": "birth", "to": "low", "per_person": 0.05}}
    made = plan(pathway(moves), RUN, 1)
    assert people(made, "low", 1) == pytest.approx(1100 * math.exp(0.05 * 365 / YEAR) - 100, rel=1e-12)
    assert people(made, "high", 1) == 100


def test_rates_may_differ_by_tier_and_footprint() -> None:
    rate = {"by": "need_tier", "values": {"high": 0.3}, "otherwise": 0.0}
    moves = {"birth": {"name": "Births", "kind": "birth", "to": "low", "per_person": rate}}
    assert people(plan(pathway(moves), RUN, 1), "low", 1) == pytest.approx(1000 + 30 * 365 / YEAR, rel=1e-12)


def test_fixed_number_cannot_leave_where_nobody_is() -> None:
    """500 a year leave 100 people: gone after 73 days, and not fewer than none later."""
    moves = {"away": {"name": "Away", "kind": "migration out", "from": "high", "people": 500}}
    made = plan(pathway(moves), RUN, 2)
    assert people(made, "high", 1) == pytest.approx(0, abs=1e-6)
    assert people(made, "high", 2) == pytest.approx(0, abs=1e-6)
    assert people(made, "low", 2) == pytest.approx(1000)


def test_trend_holds_from_anniversary_to_anniversary() -> None:
    """Factors 1, 3 and then 10% more each year: 3.3 in the third."""
    trend = {"by_year": [1, 3], "yearly_change": 0.1}
    made = plan(pathway({"up": up(trend=trend)}), RUN, 3)
    gone = 0.1 * (365 * 1 + 365 * 3 + 366 * 3.3) / YEAR
    assert people(made, "low", 3) == pytest.approx(1000 * math.exp(-gone), rel=1e-12)


def test_people_a_year_are_split_as_the_tier_lives_or_as_told() -> None:
    places = {
        "east": {"name": "East", "people": {"low": 300, "high": 0}},
        "west": {"name": "West", "people": {"low": 100, "high": 0}},
    }
    come = {"name": "In", "kind": "migration in", "to": "low", "people": 40}
    told = {"name": "In", "kind": "migration in", "to": "high", "people": 40, "footprints": {"west": 1}}
    made = plan(pathway({"a": come, "b": told}, footprints=places), RUN, 1)
    come_in = 40 * 365 / YEAR
    assert people(made, "low", 1, "east") == pytest.approx(300 + come_in * 0.75, rel=1e-12)
    assert people(made, "low", 1, "west") == pytest.approx(100 + come_in * 0.25, rel=1e-12)
    assert people(made, "high", 1, "east") == 0
    assert people(made, "high", 1, "west") == pytest.approx(come_in, rel=1e-12)


def test_coverage_slows_moves_after_its_lag_month_by_month() -> None:
    """Half of those covered take it up and move 40% less: 20% at the whole coverage.

    It begins on day 10 + 20 = 30 and grows over two months: half of it in the first month, all from the
    second on.
    """
    prevention = {
        "name": "Programme",
        "slows": {"up": 0.4},
        "coverage": 1,
        "uptake": 0.5,
        "starts_after": days(10),
        "lag": days(20),
        "ramp": days(2, "months"),
    }
    made = plan(pathway({"up": up()}, preventions={"p": prevention}), RUN, 1)
    slowed_days = 30 + MONTH * 0.9 + (365 - 30 - MONTH) * 0.8
    assert people(made, "low", 1) == pytest.approx(1000 * math.exp(-0.1 * slowed_days / YEAR), rel=1e-12)


def test_coverage_fades_by_its_half_life_once_it_ends() -> None:
    """Whole (10% slower) for 100 days; then each month as at that month's end, halved every two months."""
    prevention = {
        "name": "Programme",
        "slows": {"up": 0.1},
        "coverage": 1,
        "ends_after": days(100),
        "half_life": days(2, "months"),
    }
    made = plan(pathway({"up": up()}, preventions={"p": prevention}), RUN, 1)
    worked, day, part = 0.1 * 100, 100.0, 0.1
    while day < 365:
        part *= 0.5**0.5
        worked += part * min(MONTH, 365 - day)
        day += MONTH
    assert people(made, "low", 1) == pytest.approx(1000 * math.exp(-0.1 * (365 - worked) / YEAR), rel=1e-12)


def test_preventions_on_one_move_multiply() -> None:
    one = {"name": "One", "slows": {"up": 0.5}, "coverage": 1}
    two = {"name": "Two", "slows": {"up": 0.2}, "coverage": 0.5}
    made = plan(pathway({"up": up()}, preventions={"a": one, "b": two}), RUN, 1)
    assert people(made, "low", 1) == pytest.approx(1000 * math.exp(-0.1 * 365 / YEAR * 0.5 * 0.9), rel=1e-12)


def clinic(arrivals: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A pathway of one activity."""
    return {
        "entry_points": {"come": {"name": "Come", "arrivals": {"kind": "random", **arrivals}}},
        "activities": {"clinic": {"name": "Clinic", **more}},
        "exit_points": {"home": {"name": "Home"}},
        "transitions": {
            "a": {"from": "come", "to": "clinic"},
            "b": {"from": "clinic", "to": "home"},
        },
    }


def by_people(value: float) -> dict[str, Any]:
    return {"rate_per_1000": {"value": value, "unit": "per year"}}


def test_contacts_change_need() -> None:
    """200 of 1,000 people come a year, a tenth do not attend, half of those of high need get better."""
    effect = {"from": "high", "to": "low", "share": 0.5, "cause": "better"}
    drawn = clinic(by_people(200), changes_need=[effect], did_not_attend={"share": 0.1, "rebook": 0})
    made = plan(pathway({}, **drawn), RUN, 1)
    left = 100 * math.exp(-0.2 * 0.9 * 0.5 * 365 / YEAR)
    assert people(made, "high", 1) == pytest.approx(left, rel=1e-12)
    assert people(made, "low", 1) == pytest.approx(1100 - left, rel=1e-12)


def test_one_draw_decides_between_changes() -> None:
    """A quarter of those of low need get worse, and of the rest of the draw half stay: shares add up."""
    effects = [
        {"from": "low", "to": "high", "share": 0.25, "cause": "worse"},
        {"to": "high", "share": 0.25, "cause": "found"},
    ]
    made = plan(pathway({}, **clinic(by_people(100), changes_need=effects)), RUN, 1)
    assert people(made, "low", 1) == pytest.approx(1000 * math.exp(-0.1 * 0.5 * 365 / YEAR), rel=1e-12)


def test_changed_patients_go_on_in_their_new_tier() -> None:
    """Low goes round once more after getting worse; as high, nobody changes again: one change each."""
    effect = {"from": "low", "to": "high", "share": 1, "cause": "found"}
    drawn = clinic(
        {"rate": {"value": 100, "unit": "per year"}, "need_tiers": {"low": 1}}, changes_need=[effect]
    )
    drawn["transitions"]["again"] = {
        "from": "clinic",
        "to": "clinic",
        "when": {"kind": "attribute", "attribute": "need_tier", "values": ["low"]},
    }
    made = plan(pathway({}, **drawn), RUN, 1)
    assert people(made, "high", 1) == pytest.approx(100 + 100 * 365 / YEAR, rel=1e-12)


def test_nobody_goes_on_from_a_caseload_without_an_end() -> None:
    """The clinic finds need once; the arrow back to it is not taken while people stay on its caseload."""
    effect = {"from": "low", "to": "high", "share": 0.5, "cause": "found"}
    places = {"pool": "places", "interval": {"kind": "fixed", "value": 90, "unit": "days"}}
    arrivals = {"rate": {"value": 100, "unit": "per year"}, "need_tiers": {"low": 1}}
    drawn = clinic(arrivals, changes_need=[effect], caseload=places)
    drawn["transitions"] |= {
        "b": {"from": "clinic", "to": "clinic", "share": 0.5},
        "c": {"from": "clinic", "to": "home", "share": 0.5},
    }
    made = plan(pathway({}, **drawn, pools={"places": {"name": "Places", "kind": "caseload places"}}), RUN, 1)
    assert people(made, "high", 1) == pytest.approx(100 + 50 * 365 / YEAR, rel=1e-12)
    assert made.left_out == ("Of the contacts of a caseload only the first is counted.",)


def test_advice_alone_goes_no_further() -> None:
    """Of 100 a year, 40% need only advice; the others reach the clinic, where need is found."""
    effect = {"from": "low", "to": "high", "share": 1, "cause": "found"}
    arrivals = {"rate": {"value": 100, "unit": "per year"}, "need_tiers": {"low": 1}}
    drawn = clinic(arrivals, changes_need=[effect])
    drawn["activities"]["triage"] = {"name": "Triage", "single_point": {"advice_only": 0.4}}
    drawn["transitions"] |= {
        "a": {"from": "come", "to": "triage"},
        "t": {"from": "triage", "to": "clinic"},
    }
    made = plan(pathway({}, **drawn), RUN, 1)
    assert people(made, "high", 1) == pytest.approx(100 + 60 * 365 / YEAR, rel=1e-12)


def test_arrivals_have_their_trend_and_their_time() -> None:
    """100 a year from day 100 on, twice as many from the first anniversary, until day 400."""
    effect = {"from": "low", "to": "high", "share": 1, "cause": "found"}
    arrivals = {
        "rate": {"value": 100, "unit": "per year"},
        "need_tiers": {"low": 1},
        "trend": {"by_year": [1, 2]},
        "starts_after": days(100),
        "ends_after": days(400),
    }
    made = plan(pathway({}, **clinic(arrivals, changes_need=[effect])), RUN, 2)
    assert people(made, "high", 2) == pytest.approx(100 + (265 + 2 * 35) * 100 / YEAR, rel=1e-12)


STEADY = {"rate": {"value": 200, "unit": "per year"}, "need_tiers": {"low": 1}}


def protecting(**more: Any) -> dict[str, Any]:
    return {"p": {"name": "Advice", "slows": {"up": 0.6}, "activity": "clinic", "uptake": 0.5, **more}}


def test_contacts_protect_people_one_by_one() -> None:
    """K = 100 a year take it up and lose it at rate l = ln 2 / half-life: q = k/l (1 - exp(-l t)).

    n' = -r (n - 0.6 q) gives n = n(0) e^(-r t) + 0.6 k/l [1 - e^(-r t) - r (e^(-l t) - e^(-r t)) / (r - l)].
    """
    made = plan(
        pathway({"up": up()}, **clinic(STEADY), preventions=protecting(half_life=days(1, "years"))), RUN, 2
    )
    r, lost, t = 0.1, math.log(2), 730 / YEAR
    er, el = math.exp(-r * t), math.exp(-lost * t)
    wanted = 1000 * er + 0.6 * 100 / lost * (1 - er - r * (el - er) / (r - lost))
    assert people(made, "low", 2) == pytest.approx(wanted, rel=1e-7)


def test_contacts_protect_after_the_lag() -> None:
    """Q = k (t - L) from the lag on: n = n(0) e^(-r t) + 0.6 k [s - (1 - e^(-r s)) / r], s = t - L."""
    made = plan(
        pathway({"up": up()}, **clinic(STEADY), preventions=protecting(lag=days(6, "months"))), RUN, 2
    )
    r, t = 0.1, 730 / YEAR
    s = t - 0.5
    wanted = 1000 * math.exp(-r * t) + 0.6 * 100 * (s - (1 - math.exp(-r * s)) / r)
    assert people(made, "low", 2) == pytest.approx(wanted, rel=1e-7)


def test_contacts_protect_only_while_they_count() -> None:
    """From day 100 to day 200, 100 a year: 27.4 people are protected from then on."""
    reached = protecting(starts_after=days(100), ends_after=days(200))
    made = plan(pathway({"up": up()}, **clinic(STEADY), preventions=reached), RUN, 1)
    r, t, s, u = 0.1, 365 / YEAR, 265 / YEAR, 165 / YEAR
    grown = 100 * 0.6 * (s - (1 - math.exp(-r * s)) / r) - 100 * 0.6 * (u - (1 - math.exp(-r * u)) / r)
    assert people(made, "low", 1) == pytest.approx(1000 * math.exp(-r * t) + grown, rel=1e-7)


def test_nobody_is_protected_twice() -> None:
    """With contacts without end everybody is protected from the first days on, and nobody more."""
    many = {"rate": {"value": 10000, "unit": "per day"}, "need_tiers": {"low": 1}}
    made = plan(pathway({"up": up()}, **clinic(many), preventions=protecting()), RUN, 1)
    assert people(made, "low", 1) == pytest.approx(1000 * math.exp(-0.1 * 0.4 * 365 / YEAR), rel=1e-4)


def test_contacts_follow_people_back_over_the_lag() -> None:
    """Contacts by 1,000 people, against the same equation in a thousand small steps."""
    rate = {"rate_per_1000": {"value": 500, "unit": "per year"}}
    made = plan(pathway({"up": up(0.5)}, **clinic(rate), preventions=protecting(lag=days(90))), RUN, 1)
    step, lag = 0.1, 900
    numbers, safe = [1000.0], 0.0
    for number in range(3650):
        n = numbers[-1]
        numbers.append(n - step * 0.5 / YEAR * (n - 0.6 * min(safe, n)))
        if number >= lag:
            safe += step * 0.5 / YEAR * 0.5 * numbers[number - lag]
    assert people(made, "low", 1) == pytest.approx(numbers[-1], rel=1e-4)


def test_spending_is_people_times_what_each_costs() -> None:
    pound = {"price_year": "2024/25"}
    tiers = {
        "low": {
            "name": "Low",
            "level": 1,
            "spending": {
                "gp": {
                    "name": "GP",
                    "amount": {"value": 200, **pound},
                    "setting": "primary care",
                    "payer": "nhs",
                },
                "care": {"name": "Care", "amount": {"value": 50, **pound}, "setting": "social care"},
            },
        },
        "high": {"name": "High", "level": 2},
    }
    made = plan(pathway({"up": up()}, need_tiers=tiers), RUN, 1).spending
    now = made[made["year"] == 0]
    assert now[["line", "setting", "payer", "price_year", "pounds"]].to_numpy().tolist() == [
        ["Care", "social care", "", "2024/25", 50_000.0],
        ["GP", "primary care", "nhs", "2024/25", 200_000.0],
    ]
    later = made[(made["year"] == 1) & (made["line"] == "GP")]
    assert later["pounds"].iloc[0] == pytest.approx(200_000 * math.exp(-0.1 * 365 / YEAR))


def test_no_spending_no_rows() -> None:
    assert plan(pathway({"up": up()}), RUN, 1).spending.empty


def test_what_only_a_run_can_tell_is_said() -> None:
    effect = {"from": "low", "to": "high", "share": 1, "cause": "found"}
    drawn = clinic(STEADY, changes_need=[effect])
    drawn["transitions"]["full"] = {
        "from": "clinic",
        "to": "home",
        "when": {"kind": "queue", "activity": "clinic", "at_least": 5},
    }
    made = plan(pathway({"up": up()}, **drawn), RUN, 1)
    (said,) = made.left_out
    assert said.startswith("What contacts do to people is left out: where patients go after “Clinic” depends")
    assert people(made, "low", 1) == pytest.approx(1000 * math.exp(-0.1 * 365 / YEAR))


def test_what_waiting_does_is_said_to_be_left_out() -> None:
    worse = {"w": {"name": "Worse", "kind": "death", "rate_per_1000": {"value": 1, "unit": "per year"}}}
    made = plan(pathway({"up": up()}, **clinic(STEADY, deterioration=worse)), RUN, 1)
    assert made.left_out == ("What waiting does to people is left out: nobody waits in planning mode.",)


@pytest.mark.parametrize("maps", [{"need_tiers": {}, "footprints": {}}, {"footprints": {}}])
def test_nobody_to_plan_for_is_refused(maps: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no need tiers or no footprints"):
        plan(pathway({}, **maps), RUN, 1)
