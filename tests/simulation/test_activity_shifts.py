"""A shift of activity: who moves, where from, since when; the rest is as in the pathway without it."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from typing import Any

import numpy as np
import pytest

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.dated import AtDate
from pathway_modeller.scenario.document import Option, Pathway, Scenario
from pathway_modeller.scenario.elements import (
    Deterioration,
    DidNotAttend,
    SinglePoint,
    Today,
    Transition,
    WaitingToday,
)
from pathway_modeller.scenario.money import DisplacedTo, Displacement
from pathway_modeller.scenario.people import Footprint, NeedTier
from pathway_modeller.scenario.shifted_activities import CannotMove, decision_of, with_activity_shifts
from pathway_modeller.scenario.shifts.shifts import ShiftError, played
from pathway_modeller.scenario.values import ByGroup, Duration
from pathway_modeller.simulation.compiled.simulate import simulate as compiled
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.trace import Event, Trace
from tests.engines.drawing import (
    DECISION,
    MONDAY,
    OUT,
    coming,
    does,
    draw,
    exponential,
    fixed,
    play,
    settings,
)
from tests.engines.pathways import Playable
from tests.engines.replay import rows_of
from tests.engines.test_same_trace import must_agree

TIERS = {"low": NeedTier(name="Low", level=1), "high": NeedTier(name="High", level=2)}
PLACES = {"north": Footprint(name="North"), "south": Footprint(name="South")}

HARM = Deterioration(name="D", kind="emergency", goes_to="clinic", time=fixed(1))


def shift(uptake: Any, origin: str = "clinic", target: str = "home", **more: Any) -> ActivityShift:
    """Returns a shift of activity."""
    return ActivityShift(name="Nearer home", origin=origin, target=target, uptake=uptake, **more)


def by_tier(low: float, high: float) -> ByGroup[float]:
    """Returns a share that differs by need tier."""
    return ByGroup[float](by="need_tier", values={"low": low, "high": high}, otherwise=0.0)


def often() -> Pathway:
    """Returns a pathway in which four of five contacts, wherever they are, are followed by another."""
    elements = {
        "in": coming(40, need_tiers={"low": 0.75, "high": 0.25}, footprints={"north": 0.5, "south": 0.5}),
        "clinic": does({}, 0.25),
        "home": does({}, 0.25),
        "again": DECISION,
        "out": OUT,
    }
    arrows = ["in > clinic > again", "home > again", "again > clinic 0.8", "again > out 0.2"]
    return draw(elements, arrows, need_tiers=TIERS, footprints=PLACES)


def moved(pathway: Pathway, *shifts: ActivityShift) -> Pathway:
    """Returns a pathway in which shifts are played."""
    return with_activity_shifts(pathway, {f"s{place}": each for place, each in enumerate(shifts)})


def joins(trace: Trace, element: str) -> Counter[int]:
    """Returns how often each patient joined an element's queue."""
    at = trace.element == trace.legend.elements.index(element)
    return Counter(trace.patient[at & (trace.event == Event.JOIN)].tolist())


def without_decision(trace: Trace) -> list[Any]:
    """Returns the rows of a trace but those of the decision that stands for a shift."""
    return [row for row in rows_of(trace) if not (row.element or "").startswith("shift-")]


@pytest.mark.parametrize(("eligible", "uptake"), [(0.0, 0.5), (0.5, 0.0), (by_tier(0, 0), 1.0)])
def test_a_share_of_nothing_is_the_pathway_itself(eligible: Any, uptake: float) -> None:
    pathway = often()
    assert moved(pathway, shift(uptake, eligible=eligible)) is pathway


def test_a_tier_that_moves_whole_leaves_and_the_other_stays_as_it_was() -> None:
    """Share 1 of the tier of high need: none of it at the clinic; the other tier's rows are the same."""
    before, after = (play(each, 20) for each in (often(), moved(often(), shift(by_tier(0, 1)))))
    high = [row for row in without_decision(after) if row.tier == "high"]
    assert high
    assert not [row for row in high if row.element == "clinic"]
    low = [[row for row in without_decision(each) if row.tier == "low"] for each in (before, after)]
    assert low[0] == low[1]
    assert len(low[0]) > 1000


def test_of_random_arrivals_so_many_move_as_rate_times_eligible_times_uptake() -> None:
    """Thinning a Poisson process (Kingman, Poisson Processes, 1993, section 5.1): within 4 standard errors.

    100 a day, of whom a quarter are of high need: 100 x 0.25 x 0.6 x 0.5 = 7.5 a day over 60 days are 450 of
    high need, and 100 x 0.75 x 0.2 x 0.5 = 7.5 a day another 450 of low need.
    """
    entry = coming(100, need_tiers={"low": 0.75, "high": 0.25})
    elements = {"in": entry, "clinic": does({}, 0.1), "home": does({}, 0.1), "out": OUT}
    pathway = draw(elements, ["in > clinic > out", "home > out"], need_tiers=TIERS)
    trace = play(moved(pathway, shift(0.5, eligible=by_tier(0.2, 0.6))), 60)
    at = trace.element == trace.legend.elements.index("home")
    came = at & (trace.event == Event.JOIN)
    counts = Counter(trace.need_tier[came].tolist())
    for tier, rate in (("low", 7.5), ("high", 7.5)):
        found = counts[trace.legend.need_tiers.index(tier)]
        assert abs(found - rate * 60) <= 4 * math.sqrt(rate * 60)


def test_a_patient_is_eligible_at_every_visit_or_at_none() -> None:
    trace = play(moved(often(), shift(1.0, eligible=0.5)), 30)
    clinic, home = joins(trace, "clinic"), joins(trace, "home")
    assert not clinic.keys() & home.keys()
    assert max(clinic.values()) > 5 < max(home.values())
    share = len(home) / (len(home) + len(clinic))
    assert abs(share - 0.5) <= 4 * math.sqrt(0.25 / (len(home) + len(clinic)))


def test_uptake_is_drawn_at_each_visit_of_those_eligible() -> None:
    """Half of the visits of those ever seen at home are there; patients are seen now here, now there."""
    trace = play(moved(often(), shift(0.5, eligible=0.4)), 60)
    clinic, home = joins(trace, "clinic"), joins(trace, "home")
    both = clinic.keys() & home.keys()
    assert len(both) > 100
    # Of a patient's visits the first that is at home made him one of those looked at, so later ones count.
    visits = sorted(
        (int(trace.patient[row]), float(trace.time[row]), trace.legend.elements[trace.element[row]])
        for row in np.flatnonzero(trace.event == Event.JOIN)
    )
    been, later = set[int](), Counter[str]()
    for patient, _, element in visits:
        if patient in been:
            later[element] += 1
        been |= {patient} if element == "home" else set()
    total = later["home"] + later["clinic"]
    assert abs(later["home"] / total - 0.5) <= 4 * math.sqrt(0.25 / total)


def test_more_uptake_moves_more_of_the_same_contacts() -> None:
    """Common random numbers: who moves at an uptake of 30% moves at 60%, too."""
    entry = coming(50)
    elements = {"in": entry, "clinic": does({}, 0.1), "home": does({}, 0.1), "out": OUT}
    pathway = draw(elements, ["in > clinic > out", "home > out"])
    few, more = (joins(play(moved(pathway, shift(each, eligible=0.8)), 20), "home") for each in (0.3, 0.6))
    assert few.keys() < more.keys()


def test_only_where_it_is_open_contacts_move() -> None:
    trace = play(moved(often(), shift(1.0, footprints=("south",))), 10)
    there = {(row.place, row.element) for row in rows_of(trace) if row.element in ("clinic", "home")}
    assert there == {("north", "clinic"), ("south", "home")}


def test_before_it_is_phased_in_all_is_as_it_was_and_after_its_ramp_all_have_moved() -> None:
    at = AtDate(starts=MONDAY + dt.timedelta(days=4), ramp=Duration(value=3, unit="days"))
    pathway = moved(often(), shift(1.0, phased_in=at))
    before, after = play(often(), 12), play(pathway, 12)
    eve = [[row for row in without_decision(each) if row.time < 4] for each in (before, after)]
    assert eve[0] == eve[1]
    clinic = [row.time for row in rows_of(after) if row.element == "clinic" and row.event is Event.JOIN]
    assert 5 < max(clinic) < 6, "a third on the first day, two on the second, all from the third on"


@pytest.mark.parametrize(
    ("sender", "place"),
    [
        ({"room": 0, "overflow_to": "clinic"}, ("overflow_to",)),
        ({"patience": fixed(1), "gives_up_to": "clinic"}, ("gives_up_to",)),
        (
            {"did_not_attend": DidNotAttend(share=0.5, rebook=0.0, others_go_to="clinic")},
            ("did_not_attend", "others_go_to"),
        ),
        ({"single_point": SinglePoint(advice_only=0.5, advice_to="clinic")}, ("single_point", "advice_to")),
        (
            {"deterioration": {"d": HARM}},
            ("deterioration", "d", "goes_to"),
        ),
    ],
)
def test_whatever_sends_patients_there_sends_them_by_the_shift(
    sender: dict[str, Any], place: tuple[str, ...]
) -> None:
    elements = {"in": coming(5), "call": does({}, 0.1, **sender), "clinic": does({}, 0.1)}
    elements |= {"home": does({}, 0.1, **sender), "out": OUT}
    pathway = draw(elements, ["in > call > out", "clinic > out", "home > out"])
    after = moved(pathway, shift(0.5))

    def sends(activity: str) -> object:
        found: Any = after.activities[activity]
        for step in place:
            found = found[step] if isinstance(found, dict) else getattr(found, step)
        return found

    assert sends("call") == "shift-s0"
    assert sends("home") == "clinic", "who comes straight from there has been there"


def test_who_comes_straight_from_the_new_place_is_not_sent_back() -> None:
    elements = {"in": coming(5), "clinic": does({}, 0.1), "home": does({}, 0.1), "out": OUT}
    pathway = draw(elements, ["in > clinic > out", "home > clinic"])
    trace = play(moved(pathway, shift(1.0)), 10)
    assert joins(trace, "clinic").keys() <= joins(trace, "home").keys()
    assert set(joins(trace, "home").values()) == {1}


def test_a_single_point_refers_to_its_team_at_once_as_before() -> None:
    point = SinglePoint(advice_only=0.0, team=("clinic",))
    elements = {"in": coming(5), "call": does({}, 0.1, single_point=point)}
    elements |= {"clinic": does({}, 0.1), "home": does({}, 0.1), "out": OUT}
    slow = Transition(origin="call", target="clinic", time=fixed(3))
    pathway = draw(elements, ["in > call", slow, "clinic > out", "home > out"])
    before, after = (play(each, 10) for each in (pathway, moved(pathway, shift(1.0))))
    assert min(row.time for row in rows_of(after) if row.element == "home") == min(
        row.time for row in rows_of(before) if row.element == "clinic"
    )


def test_of_several_from_one_activity_the_second_asks_whom_the_first_did_not_take() -> None:
    """40% to one, half of the other 60% to another: 40%, 30% and 30%."""
    elements = {name: does({}, 0.1) for name in ("clinic", "home", "hub")}
    pathway = draw(
        {"in": coming(100), **elements, "out": OUT}, ["in > clinic > out", "home > out", "hub > out"]
    )
    trace = play(moved(pathway, shift(0.4), shift(0.5, target="hub")), 60)
    counts = {name: sum(joins(trace, name).values()) for name in ("clinic", "home", "hub")}
    total = sum(counts.values())
    for name, share in (("home", 0.4), ("hub", 0.3), ("clinic", 0.3)):
        assert abs(counts[name] / total - share) <= 4 * math.sqrt(share * (1 - share) / total)


def test_todays_lists_stay_where_they_wait() -> None:
    elements = {"in": coming(1), "clinic": does({"p": 1}, 1.0), "home": does({}, 0.1), "out": OUT}
    pathway = draw(
        elements,
        ["in > clinic > out", "home > out"],
        {"p": 1},
        today={"clinic": Today(waiting=(WaitingToday(patients=5, waited=fixed(3)),))},
    )
    trace = play(moved(pathway, shift(1.0)), 10, start="today")
    assert sum(joins(trace, "clinic").values()) == 5


def test_both_engines_play_it_alike() -> None:
    at = AtDate(starts=MONDAY + dt.timedelta(days=4), ramp=Duration(value=3, unit="days"))
    pathway = moved(often(), shift(by_tier(0.3, 0.9), eligible=0.7, phased_in=at, footprints=("north",)))
    for seed in (1, 2):
        must_agree(Playable(pathway, settings(15)), seed)


def test_an_option_plays_it_from_its_day_and_the_baseline_never() -> None:
    run = settings(10)
    begins = MONDAY + dt.timedelta(days=5)
    option = Option(name="O", begins=begins, activity_shifts={"near": shift(1.0)})
    scenario = Scenario(format=1, name="S", baseline=often(), options={"o": option}, run=run)
    assert played(scenario, "baseline") is scenario.baseline
    before, after = (play(played(scenario, each), 10) for each in ("baseline", "o"))
    eve = [[row for row in without_decision(each) if row.time < 5] for each in (before, after)]
    assert eve[0] == eve[1]
    late = [row.time for row in rows_of(after) if row.element == "clinic" and row.event is Event.JOIN]
    assert max(late) < 5


def test_ends_that_are_not_there_are_named() -> None:
    with pytest.raises(CannotMove, match="names an activity that is not there: x"):
        moved(often(), shift(0.5, target="x"))
    option = Option(name="O", activity_shifts={"near": shift(0.5, target="clinic")})
    scenario = Scenario(format=1, name="S", baseline=often(), options={"o": option}, run=settings(10))
    with pytest.raises(ShiftError, match="where they are"):
        played(scenario, "o")


def test_what_stands_for_it_takes_no_id_that_is_taken() -> None:
    pathway = often()
    taken = pathway.model_copy(update={"decisions": {**pathway.decisions, "shift-near": DECISION}})
    assert decision_of(pathway, "near") == "shift-near"
    assert decision_of(taken, "near") == "shift-near-"


def test_what_it_takes_is_found_where_it_goes_unless_something_else_is_said() -> None:
    said = Displacement(name="Said", activity="clinic", avoided=1.0)
    option = Option(name="O", activity_shifts={"near": shift(0.5)})
    assert option.declared() == {
        "near": Displacement(name="Nearer home", activity="clinic", to={"home": DisplacedTo(share=1.0)})
    }
    assert option.model_copy(update={"displacements": {"near": said}}).declared() == {"near": said}
    other = Displacement(name="Other", activity="home", avoided=1.0)
    both = option.model_copy(update={"displacements": {"near": other}}).declared()
    assert sorted(both) == ["near", "shift-near"]
    several = {"near": shift(0.5), "hub": shift(0.5, target="hub")}
    assert option.model_copy(update={"activity_shifts": several}).declared() == {}


def test_a_wait_at_the_place_left_falls_as_its_load_does() -> None:
    """M/M/1 at 0.8 loses half of its patients by a shift: the mean wait goes from 4 to 2/3 service times.

    A Poisson process thinned at random is one (Kingman 1993), so that the queue left is M/M/1 at load 0.4:
    0.4 / (1 - 0.4) = 0.667 service times of 0.1 days.
    """
    elements = {
        "in": coming(8),
        "clinic": does({"p": 1}, exponential(0.1)),
        "home": does({}, 0.1),
        "out": OUT,
    }
    pathway = draw(elements, ["in > clinic > out", "home > out"], {"p": 1})
    after = moved(pathway, shift(0.5))
    means = []
    for replication in range(10):
        trace = compiled(compile_pathway(after, settings(600)), 1, replication)
        at = trace.element == trace.legend.elements.index("clinic")
        start, join = (at & (trace.event == event) for event in (Event.START, Event.JOIN))
        joined = dict(zip(trace.patient[join].tolist(), trace.time[join].tolist(), strict=True))
        waited = [
            time - joined[who]
            for who, time in zip(trace.patient[start].tolist(), trace.time[start].tolist(), strict=True)
        ]
        means.append(float(np.mean(waited)))
    error = float(np.std(means, ddof=1)) / math.sqrt(len(means))
    assert abs(float(np.mean(means)) - 0.1 * 0.4 / 0.6) <= 4 * error
