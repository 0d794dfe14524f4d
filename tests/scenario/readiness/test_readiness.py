"""What a scenario is ready for before a run, and what mends what is missing."""

from __future__ import annotations

import math

import pytest

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.every_edit import set_scenario_value, set_value, with_pathway
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.problems import errors
from pathway_modeller.scenario.readiness.missing import PARTS, Answer, Missing
from pathway_modeller.scenario.readiness.readiness import readiness, readiness_line
from tests.scenario.readiness.moved_scenario import moved

ANSWERS: dict[str, Answer] = {"nothing": None, "pounds": 30.0, "number": 3.0, "text": "Somebody"}


def missing(scenario: Scenario, part: str) -> list[Missing]:
    (found,) = (each for each in readiness(scenario) if each.part == part)
    return list(found.missing)


def the(scenario: Scenario, part: str, words: str) -> Missing:
    (found,) = (each for each in missing(scenario, part) if words in each.sentence)
    return found


def test_no_variable_cost_is_asked_once_for_all() -> None:
    scenario = moved()
    lacking = the(scenario, "money", "variable cost")
    assert lacking.sentence.startswith('"Clinic" and "Team" have no variable cost')
    (mend,) = lacking.mends
    assert mend.asks == "pounds"
    done = mend.apply(scenario, 30.0)
    assert missing(done, "money") == []
    for activity in done.baseline.activities.values():
        assert activity.variable_cost is not None
        assert (activity.variable_cost.value, activity.variable_cost.price_year) == (30.0, "2024/25")


@pytest.mark.parametrize("answer", [None, "thirty", -1.0, 1e300, float("nan"), float("inf")])
def test_what_is_no_amount_of_pounds_mends_nothing(answer: Answer) -> None:
    (mend,) = the(moved(), "money", "variable cost").mends
    with pytest.raises(ValueError, match="Give pounds"):
        mend.apply(moved(), answer)


def test_a_payer_is_taken_from_the_pool() -> None:
    scenario = moved()
    for name, activity, payer in (("Clinic", "clinic", "icb"), ("Team", "team", "council")):
        lacking = the(scenario, "payers", f'"{name}" names no payer')
        assert lacking.place == f"/baseline/activities/{activity}/payer"
        (mend,) = lacking.mends
        assert mend.label == f'Take "{scenario.baseline.payers[payer].name}" from the capacity pool'
        scenario = mend.apply(scenario, None)
        assert scenario.baseline.activities[activity].payer == payer
    assert not any("payer" in each.what for each in missing(scenario, "payers"))


def test_a_payer_of_a_pool_is_taken_from_its_activities() -> None:
    scenario = with_pathway(
        moved(),
        BASELINE,
        set_value(
            set_value(moved().baseline, "/pools/nurses/payer", None), "/activities/team/payer", "council"
        ),
    )
    lacking = the(scenario, "payers", '"Nurses" names no payer')
    assert [mend.label for mend in lacking.mends] == ['Take "Council" from the activity']
    assert lacking.mends[0].apply(scenario, None).baseline.pools["nurses"].payer == "council"


def test_two_pools_of_two_payers_propose_nobody() -> None:
    pathway = set_value(moved().baseline, "/activities/clinic/needs/nurses", 1)
    lacking = the(with_pathway(moved(), BASELINE, pathway), "payers", '"Clinic" names no payer')
    assert lacking.mends == ()


def test_moved_shares_are_offered_as_the_displacement() -> None:
    scenario = moved()
    (lacking,) = missing(scenario, "contacts")
    assert lacking.variant == "nearer"
    assert '1,500 contacts a year fewer at "Clinic" under "Nearer home" are not accounted for' in lacking.what
    moves, spared = lacking.mends
    assert moves.label == 'They go on: 100% at "Team"'
    done = moves.apply(scenario, None)
    (declared,) = done.options["nearer"].displacements.values()
    assert declared.activity == "clinic"
    assert {key: to.share for key, to in declared.to.items()} == {"team": 1.0}
    assert missing(done, "contacts") == []
    assert errors(check(done)) == ()
    assert spared.asks == "text"


def test_what_nobody_gains_is_offered_as_unmet_need() -> None:
    scenario = moved()
    fewer = set_value(apply_option(scenario, "nearer"), "/transitions/c/share", 0.6)
    fewer = set_value(fewer, "/transitions/b/share", 0.4)
    fewer = set_value(fewer, "/entry_points/referral/arrivals/rate/value", 8)
    scenario = with_pathway(scenario, "nearer", fewer)
    (lacking,) = missing(scenario, "contacts")
    assert lacking.mends[0].label == 'They go on: 28.57% at "Team" and 71.43% unmet'
    done = lacking.mends[0].apply(scenario, None)
    (declared,) = done.options["nearer"].displacements.values()
    assert declared.unmet == pytest.approx(1 - 0.8 / 2.8, abs=1e-4)
    assert errors(check(done)) == ()


def test_what_is_no_longer_needed_is_asked_for_its_source() -> None:
    scenario = moved()
    spared = missing(scenario, "contacts")[0].mends[-1]
    assert spared.label == "They are no longer needed"
    with pytest.raises(ValueError, match="Type a few words"):
        spared.apply(scenario, "  ")
    done = spared.apply(scenario, "Trial of 2021")
    ((key, declared),) = done.options["nearer"].displacements.items()
    assert declared.avoided == 1.0
    (assumption,) = done.assumptions.values()
    assert assumption.source == "Trial of 2021"
    assert assumption.places == (f"/options/nearer/displacements/{key}/avoided",)
    assert missing(done, "contacts") == []
    assert errors(check(done)) == ()


def test_contacts_no_longer_needed_by_nobodys_word_are_missing_a_source() -> None:
    scenario = missing(moved(), "contacts")[0].mends[-1].apply(moved(), "Trial of 2021")
    bare = scenario.model_copy(update={"assumptions": {}})
    (lacking,) = missing(bare, "contacts")
    assert "no longer needed, without a source" in lacking.what
    assert missing(lacking.mends[0].apply(bare, "A review"), "contacts") == []


def test_an_option_that_moves_nothing_accounts_for_everything() -> None:
    scenario = moved()
    same = scenario.options["nearer"].model_copy(update={"patch": {}})
    assert missing(scenario.model_copy(update={"options": {"nearer": same}}), "contacts") == []


def test_one_name_becomes_the_payer_of_all() -> None:
    pathway = moved().baseline
    bare = {key: pool.model_copy(update={"payer": None}) for key, pool in pathway.pools.items()}
    scenario = with_pathway(moved(), BASELINE, pathway.model_copy(update={"pools": bare, "payers": {}}))
    lacking = the(scenario, "payers", "There is no payer")
    done = lacking.mends[0].apply(scenario, "NHS Wigan")
    (payer,) = done.baseline.payers
    assert done.baseline.payers[payer].name == "NHS Wigan"
    records = (*done.baseline.activities.values(), *done.baseline.pools.values())
    assert {each.payer for each in records} == {payer}


def test_waits_need_units_and_time_to_fill() -> None:
    scenario = with_pathway(moved(), BASELINE, set_value(moved().baseline, "/pools/nurses/units", None))
    unlimited = the(scenario, "waits", '"Nurses" has no number of units')
    done = unlimited.mends[0].apply(scenario, 4.0)
    assert done.baseline.pools["nurses"].units == 4
    with pytest.raises(ValueError, match="whole number"):
        unlimited.mends[0].apply(scenario, 1.5)
    empty = the(done, "waits", "starts empty")
    done = empty.mends[0].apply(done, 14.0)
    assert done.run.warm_up.days == 14
    assert missing(done, "waits") == []


def test_units_of_opening_hours_dates_or_footprints_are_a_number_of_units() -> None:
    def lacking(**changes: object) -> list[str]:
        pool = set_value(moved().baseline, "/pools/nurses/units", None)
        for field, value in changes.items():
            pool = set_value(pool, f"/pools/nurses/{field}", value)
        return [each.what for each in missing(with_pathway(moved(), BASELINE, pool), "waits")[:-1]]

    unlimited = ['capacity pool "Nurses" has no number of units']
    assert lacking() == unlimited
    assert lacking(timetable={"monday": [{"opens": "09:00", "closes": "17:00"}]}) == unlimited
    assert lacking(timetable={"monday": [{"opens": "09:00", "closes": "17:00", "units": 2}]}) == []
    assert lacking(steps=[{"date": "2025-05-01", "units": 3}]) == []
    assert lacking(units_by_footprint={"north": 3}) == []


def test_today_s_lists_stand_in_for_a_warm_up() -> None:
    waiting = {
        "clinic": {"waiting": [{"patients": 3, "waited": {"kind": "fixed", "value": 1, "unit": "days"}}]}
    }
    scenario = moved(today=waiting)
    done = the(scenario, "waits", "starts empty").mends[0].apply(scenario, None)
    assert done.run.start == "today"
    assert missing(done, "waits") == []


def test_nobody_waits_where_nothing_needs_capacity() -> None:
    pathway = moved().baseline
    free = {key: each.model_copy(update={"needs": {}}) for key, each in pathway.activities.items()}
    scenario = with_pathway(moved(), BASELINE, pathway.model_copy(update={"activities": free}))
    (lacking,) = missing(scenario, "waits")
    assert lacking.sentence == "No activity needs capacity: nobody ever waits."


def test_a_standard_is_offered_from_entry_to_the_first_contact() -> None:
    scenario = moved()
    (lacking,) = missing(scenario, "standards")
    assert lacking.mends[0].label == 'Add 92% within 18 weeks, from entry to "Clinic" or "Team"'
    done = lacking.mends[0].apply(scenario, None)
    (standard,) = done.baseline.standards.values()
    assert standard.starts_at == ("referral",)
    assert standard.stops_at == ("clinic", "team")
    assert missing(done, "standards") == []
    assert errors(check(done)) == ()


def test_an_option_that_forgets_the_standard_is_told_so() -> None:
    scenario = missing(moved(), "standards")[0].mends[0].apply(moved(), None)
    (key,) = scenario.baseline.standards
    without = apply_option(scenario, "nearer").model_copy(update={"standards": {}})
    scenario = with_pathway(scenario, "nearer", without)
    (lacking,) = missing(scenario, "standards")
    assert 'option "Nearer home" leaves out the standard "18 weeks"' in lacking.what
    done = lacking.mends[0].apply(scenario, None)
    assert key in apply_option(done, "nearer").standards


def test_people_are_told_by_need_and_place_only_where_there_are_any() -> None:
    assert [each.what for each in missing(moved(), "people")] == [
        "there are no need tiers",
        "there are no footprints",
    ]
    tiers = {"low": {"name": "Low", "level": 1}}
    nobody = moved(need_tiers=tiers, footprints={"north": {"name": "North"}})
    assert [each.what for each in missing(nobody, "people")] == [
        "no footprint has any people",
        'patients of "Referral" come without a need tier',
    ]
    some = moved(need_tiers=tiers, footprints={"north": {"name": "North", "people": {"low": 10}}})
    assert missing(some, "people") == []


def test_two_price_years_need_a_base() -> None:
    dearer = set_value(moved().baseline, "/pools/nurses/cost/amount/price_year", "2023/24")
    scenario = with_pathway(moved(), BASELINE, dearer)
    assert the(scenario, "money", "no price base is chosen").mends == ()
    known = set_scenario_value(scenario, "money", {"index": {"2024/25": 0.02}})
    (mend,) = the(known, "money", "no price base is chosen").mends
    done = mend.apply(known, None)
    assert done.money.price_year == "2024/25"


def test_what_is_given_is_in_prices_of_the_base_else_the_latest_year_else_the_start_s() -> None:
    def year_of(scenario: Scenario) -> str:
        done = the(scenario, "money", "variable cost").mends[0].apply(scenario, 1.0)
        cost = done.baseline.activities["clinic"].variable_cost
        assert cost is not None
        return cost.price_year

    pathway = set_value(moved().baseline, "/pools/nurses/cost/amount/price_year", "2022/23")
    pathway = set_value(pathway, "/pools/consultants/cost/amount/price_year", "2023/24")
    price = {"value": 80, "price_year": "2025/26"}
    three = with_pathway(moved(), BASELINE, set_value(pathway, "/activities/team/price", price))
    assert year_of(three) == "2025/26"
    assert year_of(set_scenario_value(three, "money", {"price_year": "2023/24"})) == "2023/24"
    free = set_value(set_value(moved().baseline, "/pools/nurses/cost", None), "/pools/consultants/cost", None)
    none = with_pathway(moved(), BASELINE, free)
    assert year_of(none) == "2025/26"
    assert year_of(set_scenario_value(none, "run", {"start_date": "2025-03-31"})) == "2024/25"
    assert year_of(set_scenario_value(none, "run", {"start_date": "2025-01-01"})) == "2024/25"


def test_what_an_option_alone_lacks_is_named_for_it() -> None:
    scenario = with_pathway(
        moved(),
        "nearer",
        set_value(apply_option(moved(), "nearer"), "/pools/nurses/cost", None),
    )
    lacking = the(scenario, "money", '"Nurses" has no cost')
    assert lacking.variant == "nearer"
    assert lacking.place == "/options/nearer/patch/pools/nurses/cost"
    done = lacking.mends[0].apply(scenario, 100.0)
    cost = apply_option(done, "nearer").pools["nurses"].cost
    assert cost is not None
    assert cost.amount.value == 100


def test_the_line_says_what_is_ready_and_how_much_is_missing() -> None:
    assert readiness_line(readiness(moved())) == (
        "Not yet ready for waits (1), money (1), payers (5), contacts (1), people (2) and standards (1)."
    )
    (mend,) = the(moved(), "money", "variable cost").mends
    assert readiness_line(readiness(mend.apply(moved(), 0.0))).startswith(
        "Ready for money; not yet for waits (1)"
    )


@pytest.mark.parametrize("name", [path.name for path in sorted((shipped("scenarios")).glob("*.json"))])
def test_each_mend_of_a_bundled_scenario_mends_it_and_breaks_nothing(name: str) -> None:
    scenario = load(shipped("scenarios") / name)
    found = readiness(scenario)
    assert tuple(each.part for each in found) == PARTS
    for each in (one for ready in found for one in ready.missing):
        for mend in each.mends:
            done = mend.apply(scenario, ANSWERS[mend.asks])
            assert each.what not in {left.what for left in missing(done, each.part)}
            assert errors(check(done)) == ()


@pytest.mark.parametrize("part", ["waits", "money", "payers", "contacts"])
def test_an_answer_that_does_not_fit_is_one_sentence_and_changes_nothing(part: str) -> None:
    """Beyond a bound, none at all, nothing that can be seen: each says what is wanted, and its limits."""
    wrong = {
        "pounds": (5e11, -1.0, math.nan),
        "number": (1e12, -3.0, math.nan),
        "text": ("  ", "\u200b", "\x00"),
        "nothing": (),
    }
    wanted = ("Give pounds from 0 to 100,000,000,000.", "Give a ", "Type a few words.")
    scenario = moved()
    asked = [mend for each in missing(scenario, part) for mend in each.mends if mend.asks != "nothing"]
    assert asked
    for mend in asked:
        for answer in wrong[mend.asks]:
            with pytest.raises(ValueError, match=r"^(Give|Type) ") as refused:
                mend.apply(scenario, answer)
            assert str(refused.value).startswith(wanted)
            assert str(refused.value).count(". ") == 0
