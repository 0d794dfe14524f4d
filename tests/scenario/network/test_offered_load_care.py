"""Static load with reviews, places on a caseload, advice, and harm that ends a wait."""

from __future__ import annotations

import math
from typing import Any

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.network.offered_load import PoolLoad, contacts_a_year, pool_loads
from pathway_modeller.scenario.options import from_document
from tests.scenario.living_scenario import fixed, living, living_document

RUN = RunSettings.model_validate({"start_date": "2025-04-01", "duration": {"value": 1000, "unit": "days"}})


def one_team(activity: dict[str, Any], rate: float = 2.0, **more: Any) -> Pathway:
    """Returns a pathway of one activity to which so many patients come each day."""
    document: dict[str, Any] = {
        "entry_points": {
            "in": {"name": "In", "arrivals": {"kind": "random", "rate": {"value": rate, "unit": "per day"}}}
        },
        "activities": {
            "team": {"name": "Team", "needs": {"staff": 1}, "service_time": fixed(0.5, "days"), **activity}
        },
        "exit_points": {"out": {"name": "Out"}},
        "transitions": {"a": {"from": "in", "to": "team"}, "b": {"from": "team", "to": "out"}},
        "pools": {"staff": {"name": "Staff", "units": 100}, "places": {"name": "Places", "units": 1000}},
        **more,
    }
    return from_document(document)


def loads(pathway: Pathway) -> dict[str, PoolLoad]:
    """Returns the load of each pool."""
    return {each.pool: each for each in pool_loads(pathway, RUN)}


def on_caseload(length: dict[str, Any] | None, interval: dict[str, Any] | None = None) -> dict[str, Any]:
    caseload: dict[str, Any] = {"pool": "places", "interval": interval or fixed(9.5, "days")}
    if length is not None:
        caseload["length"] = length
    return {"caseload": caseload}


def test_places_are_arrivals_times_the_time_on_the_caseload() -> None:
    """Little's law (1961): 2 patients a day, each on the caseload for 100 days, hold 200 places."""
    assert loads(one_team(on_caseload(fixed(100, "days"))))["places"].offered_units == pytest.approx(200)


def test_reviews_are_work_for_the_team() -> None:
    """A contact of half a day every 9.5 days after the last, for 105 days.

    Contacts begin on days 0, 10, 20, ..., 100: eleven each, so 2 x 11 contacts of half a day need 11 units.
    """
    pathway = one_team(on_caseload(fixed(105, "days")))
    assert loads(pathway)["staff"].offered_units == pytest.approx(2 * 11 * 0.5)
    contacts = contacts_a_year(pathway, RUN)
    assert contacts is not None
    assert contacts["team"] == pytest.approx(2 * 11 * 365.25)


def test_a_review_that_falls_due_as_the_time_ends_is_not_given() -> None:
    """Due on day 100 of a time of 100 days: ten contacts, on days 0 to 90."""
    contacts = contacts_a_year(one_team(on_caseload(fixed(100, "days"))), RUN)
    assert contacts is not None
    assert contacts["team"] == pytest.approx(2 * 10 * 365.25)


def test_reviews_at_random_intervals_are_a_poisson_process() -> None:
    """Contacts of no length at exponential intervals of mean 10 days: 100 / 10 reviews in 100 days."""
    activity = {
        "service_time": fixed(0, "days"),
        **on_caseload(fixed(100, "days"), {"kind": "exponential", "mean": 10, "unit": "days"}),
    }
    contacts = contacts_a_year(one_team(activity), RUN)
    assert contacts is not None
    assert contacts["team"] == pytest.approx(2 * 11 * 365.25)


def test_missed_reviews_end_the_caseload_early() -> None:
    """Half miss each contact and are not booked again: 1 of 2 a day comes onto the caseload.

    Reviews are due on days 10, 20, ..., 90 of 100. One comes to the first with certainty due, to the second
    if the first was attended, and so on: (1 - 0.5^9) / 0.5 due, and half of those attended.
    """
    activity = {"did_not_attend": {"share": 0.5, "rebook": 0.0}, **on_caseload(fixed(100, "days"))}
    due = (1 - 0.5**9) / 0.5
    found = loads(one_team(activity))
    assert found["staff"].offered_units == pytest.approx(0.5 * (2 + 1 * due))
    assert found["places"].offered_units == pytest.approx(1 * (10 * due + 10 * 0.5**9))
    contacts = contacts_a_year(one_team(activity), RUN)
    assert contacts is not None
    assert contacts["team"] == pytest.approx((1 + 0.5 * due) * 365.25)


def test_a_caseload_without_a_length_fills_up_and_says_so() -> None:
    """2 a day for 1000 days would need 2000 places, and there are 1000."""
    pathway = one_team(on_caseload(None), transitions={"a": {"from": "in", "to": "team"}})
    load = loads(pathway)["places"]
    assert load.offered_units == pytest.approx(2000)
    assert load.growth_per_week == pytest.approx(7.0)


def test_those_who_need_only_advice_do_not_go_on_to_the_team() -> None:
    """Of 2 a day a quarter get advice; the others see the team at once, whatever the arrow says."""
    pathway = one_team(
        {"single_point": {"advice_only": 0.25, "team": ["next"]}, "service_time": fixed(0.1, "days")},
        activities={
            "team": {
                "name": "Front door",
                "needs": {"staff": 1},
                "service_time": fixed(0.1, "days"),
                "single_point": {"advice_only": 0.25, "team": ["next"]},
            },
            "next": {"name": "Own team", "needs": {"places": 1}, "service_time": fixed(1, "days")},
        },
        transitions={
            "a": {"from": "in", "to": "team"},
            "b": {"from": "team", "to": "next", "time": fixed(30, "days"), "keeps_units": True},
            "c": {"from": "next", "to": "out"},
        },
    )
    found = loads(pathway)
    assert found["staff"].offered_units == pytest.approx(0.2)
    assert found["places"].offered_units == pytest.approx(1.5)


def test_harm_that_ends_a_wait_is_named_instead_of_a_queue_without_end() -> None:
    """4 a day need half a day each of one unit that can see 2: 14 a week are harmed before they are seen."""
    harm = {
        "admitted": {
            "name": "Admitted",
            "kind": "emergency",
            "rate_per_1000": {"value": 10, "unit": "per week"},
        }
    }
    pathway = one_team({"deterioration": harm}, rate=4.0, pools={"staff": {"name": "Staff", "units": 1}})
    load = loads(pathway)["staff"]
    assert load.growth_per_week == 0
    assert load.harmed_per_week == pytest.approx(14.0)
    document = living_document()
    document["baseline"]["pools"]["consultants"]["units"] = 1
    document["baseline"]["activities"]["follow_up"]["service_time"] = fixed(2, "days")
    document["options"] = {}
    (problem,) = check(Scenario.model_validate(document))
    assert "patients a week deteriorate in the queue for" in problem.what


def test_the_load_of_an_option_is_that_of_its_pools_after_its_shifts() -> None:
    document = living_document()
    document["baseline"]["activities"]["follow_up"]["deterioration"] = {}
    document["baseline"]["activities"]["follow_up"]["service_time"] = fixed(2.5, "days")
    document["baseline"]["transitions"]["out"]["share"] = 0.9
    document["baseline"]["transitions"]["admit"] = {"from": "follow_up", "to": "ward", "share": 0.1}
    before = check(Scenario.model_validate(document))
    assert before == ()
    document["options"]["nearer"]["patch"] = {}
    document["options"]["nearer"]["shifts"]["to_matrons"]["amount"]["value"] = 450000
    (problem,) = check(Scenario.model_validate(document))
    assert problem.variant == "nearer"
    assert problem.place == "/options/nearer/patch/pools/consultants"
    assert "grows by about" in problem.what


def test_the_living_scenario_has_no_problems() -> None:
    assert check(living()) == ()
    assert math.isfinite(sum(each.offered_units or 0 for each in pool_loads(living().baseline, living().run)))
