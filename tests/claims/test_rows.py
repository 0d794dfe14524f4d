"""What must be said, and what must not: one small scenario for each kind of sentence that once was wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from pathway_modeller.experiment.answers.answers import OptionAnswers
from pathway_modeller.report.findings import Findings, records
from pathway_modeller.report.words.first_page import first_page
from pathway_modeller.report.words.saving import saving_sentence
from tests.claims.told import activity, clinic, found, pool, told

MONEY = ("differences", "system-cost-by-setting", "bridge", "bill-by-setting", "break-even", "payers")
"""Charts of money: whatever they tell, why no saving can be claimed stands beside it."""

MISSED = {"share": 0.1, "rebook": 0, "others_go_to": "out"}


def one(findings: Findings) -> OptionAnswers:
    """The answers for the only option."""
    (option,) = findings.answers.options
    return option


def without_loss(said: Mapping[str, str]) -> None:
    """Asserts that nothing says that anybody loses or goes without."""
    for where, text in said.items():
        for words in ("orse off:", "go without", "waits longer", "lengthens waits"):
            assert words not in text, where


def moved(share: float, **more: Any) -> dict[str, Any]:
    """An option that moves a share of all contacts to a clinic nearby, and closes two of four rooms."""
    patch = {
        "activities": {"near": activity("nurses", 0.12, price=60, setting="community", **more)},
        "decisions": {"where": {"name": "Where?"}},
        "pools": {"nurses": pool(3, 300, setting="community"), "rooms": {"units": 2}},
        "transitions": {
            "a": {"to": "where"},
            "n": {"from": "where", "to": "near", "share": share},
            "h": {"from": "where", "to": "clinic", "share": 1 - share},
            "o": {"from": "near", "to": "out"},
        },
    }
    declared = {"x": {"name": "Moved", "activity": "clinic", "to": {"near": {"share": 1}}}}
    return {"near": {"name": "Near home", "patch": patch, "displacements": declared}}


def test_whoever_is_cared_for_when_the_run_ends_does_not_go_without() -> None:
    """An option that gives everybody thirty days in a virtual bed: 600 more are in it at the end."""
    patch = {
        "activities": {"bed": activity("beds", 30, setting="home")},
        "pools": {"beds": pool(2000, 1)},
        "transitions": {"b": {"to": "bed"}, "c": {"from": "bed", "to": "out"}},
    }
    said = told(found(clinic({"ward": {"name": "Virtual ward", "patch": patch}}, a_day=10)))
    for where, text in said.items():
        assert "go without" not in text, where
        assert "on the pathway at the end;" not in text, where


def test_whoever_gives_up_one_queue_and_is_seen_elsewhere_does_not_go_without() -> None:
    """A nurse sees whom she can within the hour; the others go on to the clinic, where all went before."""
    hour = {"kind": "fixed", "unit": "hours", "value": 1}
    near = activity("nurses", 0.2, setting="community", patience=hour, gives_up_to="clinic")
    patch = {
        "activities": {"near": near},
        "pools": {"nurses": pool(1, 300, setting="community")},
        "transitions": {"a": {"to": "near"}, "n": {"from": "near", "to": "out"}},
    }
    findings = found(clinic({"near": {"name": "A nurse first", "patch": patch}}))
    assert one(findings).served.elsewhere, "many find her busy"
    assert one(findings).care.verdict == "same"
    for where, text in told(findings).items():
        assert "go without" not in text, where
    page = first_page(findings)
    assert "patients give up" not in page.rows[1].cells["losers"].words
    assert re.search("patients give up waiting or find a queue full, and go on elsewhere", page.beside[-1])


def test_contacts_declared_to_be_no_longer_needed_make_nobody_worse_off() -> None:
    """Half of all contacts are declared not to be needed: told as that, with no footprint worse."""
    patch = {
        "decisions": {"needed": {"name": "Needed?"}},
        "transitions": {
            "a": {"to": "needed"},
            "y": {"from": "needed", "to": "clinic", "share": 0.5},
            "n": {"from": "needed", "to": "out", "share": 0.5},
        },
    }
    declared = {"x": {"name": "Not needed", "activity": "clinic", "avoided": 1}}
    findings = found(clinic({"less": {"name": "Fewer visits", "patch": patch, "displacements": declared}}))
    without_loss(told(findings))
    assert one(findings).equity.losers == ()
    assert one(findings).probabilities.no_footprint_worse is not None
    assert one(findings).probabilities.no_footprint_worse.share == 1


def test_a_short_call_before_it_does_not_shorten_the_wait_for_a_clinic() -> None:
    """The clinic takes a little longer for everybody, after a call that nobody waits for."""
    patch = {
        "activities": {
            "call": activity("callers", 0.01, setting="home"),
            "clinic": {"service_time": {"mean": 0.18}},
        },
        "pools": {"callers": pool(3, 100)},
        "transitions": {"a": {"to": "call"}, "c": {"from": "call", "to": "clinic"}},
    }
    findings = found(clinic({"triage": {"name": "A call first", "patch": patch}}))
    said = told(findings)
    assert [each.worse for each in one(findings).equity.footprints] == [("waits longer",)] * 3
    for where, text in said.items():
        assert "No footprint is shown to wait longer" not in text, where
    assert "is worse off: its people wait" in said["terminal"]


def test_planned_visits_of_a_new_service_are_no_wait_that_anybody_had_before() -> None:
    """A team calls on care homes, for which residents wait hours; fewer need a bed, for which fewer wait."""
    patch = {
        "activities": {"visit": activity("team", 0.03, price=30, setting="social care")},
        "entry_points": {
            "in": {"arrivals": {"rate": {"value": 26}}},
            "due": {
                "name": "Visit due",
                "arrivals": {"kind": "random", "rate": {"value": 30, "unit": "per day"}},
            },
        },
        "pools": {"team": pool(1, 300, setting="social care")},
        "transitions": {
            "v": {"from": "due", "to": "visit"},
            "d": {"from": "visit", "to": "out"},
        },
    }
    declared = {"x": {"name": "Prevented", "activity": "clinic", "avoided": 1}}
    option = {"name": "Care-home team", "patch": patch, "displacements": declared}
    findings = found(clinic({"team": option}, a_day=30))
    waits = {
        (each.variant, each.key): each.mean for each in records(findings.figures("wait.mean", "element"))
    }
    assert waits["team", "clinic"] < waits["baseline", "clinic"] / 2
    assert waits["team", "visit"] > waits["baseline", "clinic"], "a mean over both would be longer"
    assert one(findings).wait.verdict == "better"
    assert one(findings).equity.losers == ()
    without_loss(told(findings))


def test_who_misses_as_many_appointments_as_before_makes_no_unmet_need() -> None:
    """One in ten misses the clinic, and one in ten the clinic nearby, to which six in ten contacts move."""
    baseline = {"activities": {"clinic": activity("rooms", 0.12, did_not_attend=MISSED, setting="hospital")}}
    findings = found(clinic(moved(0.6, did_not_attend=MISSED), **baseline))
    assert one(findings).claim.claimed, saving_sentence(one(findings))
    assert saving_sentence(one(findings)).startswith("Saves £")
    assert "unmet need" not in told(findings)["terminal"]


def test_who_misses_more_appointments_than_before_does() -> None:
    """Nobody misses the clinic, and three in ten the one nearby."""
    findings = found(clinic(moved(0.6, did_not_attend={**MISSED, "share": 0.3})))
    assert not one(findings).claim.claimed
    assert "become unmet need" in saving_sentence(one(findings))


def test_work_that_is_put_off_is_no_saving() -> None:
    """Half of all patients are seen 300 days later, in a run of 150."""
    patch = {
        "activities": {"later": activity("rooms", 0.12, setting="hospital")},
        "decisions": {"when": {"name": "When?"}},
        "waits": {"w": {"name": "Put off", "time": {"kind": "fixed", "value": 300, "unit": "days"}}},
        "pools": {"rooms": {"units": 2}},
        "transitions": {
            "a": {"to": "when"},
            "y": {"from": "when", "to": "clinic", "share": 0.5},
            "n": {"from": "when", "to": "w", "share": 0.5},
            "m": {"from": "w", "to": "later"},
            "o": {"from": "later", "to": "out"},
        },
    }
    declared = {"x": {"name": "Put off", "activity": "clinic", "to": {"later": {"share": 1}}}}
    findings = found(clinic({"put_off": {"name": "Later", "patch": patch, "displacements": declared}}))
    assert not one(findings).claim.claimed
    said = told(findings)
    assert "put off beyond the period" in said["terminal"]
    for where, text in said.items():
        assert not re.search(r"Saves £", text), where


def test_a_saving_that_may_not_be_claimed_is_not_claimed_by_any_chart() -> None:
    """Contacts move and the option does not say where to: every chart of money says so, whatever it tells."""
    option = moved(0.6)
    del option["near"]["displacements"]
    findings = found(clinic(option))
    assert one(findings).claim.verdict == "refused"
    said = told(findings)
    for where in ("differences", "system-cost-by-setting", "bridge"):
        assert said[where].startswith("No saving can be claimed:"), where
    for where in (*MONEY, "terminal"):
        assert re.search(r"[Nn]o saving can be claimed: ", said[where]), where
        assert "are not accounted for" in said[where], where
    for where, text in said.items():
        assert not re.search(r"Saves (£|cash:)", text), where
    assert "saves cash" not in first_page(findings).headline


def test_a_wait_that_is_a_minute_longer_makes_nobody_lose() -> None:
    patch = {"activities": {"clinic": {"service_time": {"mean": 0.1212}}}}
    findings = found(clinic({"tiny": {"name": "One per cent longer", "patch": patch}}))
    without_loss(told(findings))
    assert one(findings).wait.verdict in ("small", "unclear")
    said = told(findings)["terminal"]
    assert "lengthens waits" not in said
    assert "longer)" not in said.partition("against the baseline")[0]


def test_years_count_from_the_first_day_that_is_counted() -> None:
    """Two years before one that counts: nothing of it is discounted or inflated."""
    run = {
        "warm_up": {"value": 730, "unit": "days"},
        "duration": {"value": 365, "unit": "days"},
        "replications": 2,
    }
    patch = {"pools": {"rooms": {"units": 3}}}
    findings = found(clinic({"fewer": {"name": "One room fewer", "patch": patch}}, a_day=1, run=run))
    totals = one(findings).views["cost"].totals
    assert totals is not None
    assert totals.saved.real.mean == totals.saved.discounted.mean == 365_000


def test_blocks_and_notice_hold_in_the_baseline_as_well() -> None:
    """Six of a block of ten are closed halfway: ten are paid for, as under an option that keeps them."""
    beds = pool(10, 100, block=10, steps=[{"date": "2025-04-16", "units": 4}])
    run = {
        "warm_up": {"value": 0, "unit": "days"},
        "duration": {"value": 30, "unit": "days"},
        "replications": 2,
    }
    option = {"keep": {"name": "Keep them", "patch": {"pools": {"rooms": {"steps": []}}}}}
    findings = found(clinic(option, a_day=1, run=run, pools={"rooms": beds}))
    for variant in ("baseline", "keep"):
        cost = findings.results.measures[variant].of("system_cost")
        assert cost.mean() == pytest.approx(30_000), variant


def test_shares_and_counts_lie_within_what_is_possible_everywhere() -> None:
    """A patient every other day for a month, five replications: no share above 100%, no count below none."""
    standard = {
        "name": "Within a day",
        "starts_at": ["in"],
        "stops_at": ["clinic"],
        "limit": {"value": 1, "unit": "days"},
        "target": 0.9,
        "counts": "flow",
    }
    run = {"duration": {"value": 30, "unit": "days"}, "replications": 5}
    findings = found(clinic({}, a_day=0.5, run=run, standards={"day": standard}))
    figures = findings.results.summary("baseline")
    known = figures[figures["low"].notna()]
    assert (known["low"] >= 0).all()
    assert (known.loc[known["unit"] == "share", "high"] <= 1).all()
    none = known[known["measure"] == "gave_up"]
    assert set(none["mean"]) == {0}
    assert none["high"].tolist() == pytest.approx([3.689 / 5] * len(none), abs=1e-3)


def test_it_is_not_said_that_nobody_waits_where_half_are_never_seen() -> None:
    """Urgent patients take every slot; as many routine ones wait from the first day to the last."""
    slots = [{"weekday": day, "time": "09:00", "patients": 1} for day in ("monday", "wednesday", "friday")]
    entry = {"name": "Urgent", "arrivals": {"kind": "booked", "bookings": slots}}
    hours = [{"opens": "09:00", "closes": "17:00"}]
    parts = {
        "entry_points": {"in": entry, "routine": {**entry, "name": "Routine"}},
        "attributes": {
            "how": {
                "name": "How",
                "default": "routine",
                "values": {"routine": {"name": "Routine"}, "urgent": {"name": "Urgent"}},
            }
        },
        "activities": {
            "clinic": {
                **activity("rooms", 1),
                "service_time": {"kind": "fixed", "value": 8, "unit": "hours"},
                "priority": {"by": "how", "values": {"urgent": 1}, "otherwise": 5},
            }
        },
        "transitions": {
            "a": {"from": "in", "to": "clinic", "sets": {"how": "urgent"}},
            "r": {"from": "routine", "to": "clinic"},
            "b": {"from": "clinic", "to": "out"},
        },
        "pools": {
            "rooms": pool(1, 10, timetable=dict.fromkeys(("monday", "wednesday", "friday"), hours)),
        },
    }
    run = {"warm_up": {"value": 0, "unit": "days"}, "replications": 2, "start_date": "2025-06-02"}
    said = told(found(clinic({}, run=run, **parts)))
    assert "others still wait at the end" in said["long-waits"]


@pytest.mark.parametrize(("each_day", "begins"), [(999.5, "No saving that matters"), (998, "Saves £")])
def test_less_than_a_thousandth_of_the_cost_is_no_saving_that_matters(each_day: float, begins: str) -> None:
    """Rooms cost 50 pence a day less of £1,000, or £2: the page and the chart say the same."""
    patch = {"pools": {"rooms": {"cost": {"amount": {"value": each_day}}}}}
    findings = found(clinic({"cheaper": {"name": "Cheaper rooms", "patch": patch}}, run={"replications": 3}))
    assert saving_sentence(one(findings)).startswith(begins)
    headline = told(findings)["system-cost-by-setting"].split("\n")[0]
    assert headline.startswith("No saving that matters") == begins.startswith("No")
    cell = first_page(findings).rows[1].cells["cash"].words
    assert ("less than matters" in cell) == begins.startswith("No")


def test_a_page_of_several_savings_that_do_not_matter_calls_none_of_them_a_saving() -> None:
    """Under both options rooms cost a little less: neither chart nor page says that cash is saved."""
    options = {
        f"o{pence}": {
            "name": f"Option {pence}",
            "patch": {"pools": {"rooms": {"cost": {"amount": {"value": 1000 - pence / 100}}}}},
        }
        for pence in (30, 50)
    }
    findings = found(clinic(options, run={"replications": 3}))
    said = told(findings)
    assert said["bridge"].startswith("No option saves cash over the 120 days: −£")
    assert said["terminal"].startswith("No option saves cash over the 120 days.")
    for row in first_page(findings).rows[1:]:
        assert row.cells["cash"].words.endswith("less over the 120 days: less than matters")
    assert "cash leaves in" not in said["terminal"]
