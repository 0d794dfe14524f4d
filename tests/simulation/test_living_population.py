"""The rules of the living population, one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway_modeller.scenario.elements import (
    AttributeCondition,
    EntryPoint,
    ExitPoint,
    Profile,
    RandomArrivals,
    Transition,
)
from pathway_modeller.scenario.population import Move, NeedChange, Prevention, Trend
from pathway_modeller.scenario.values import ByGroup, Rate
from pathway_modeller.simulation.chance.ticks import ticks_of
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.demand import make_clock
from pathway_modeller.simulation.model.errors import ModelError
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.simpy.clock import Clock
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.simpy.people import Following
from pathway_modeller.simulation.simpy.world import Recorder, World
from pathway_modeller.simulation.trace import Event, NeedCause, Trace
from tests.engines import drawing
from tests.engines.census import Census
from tests.engines.drawing import DECISION, MONDAY, OUT, booked, coming, does, draw, play
from tests.engines.populations import moves
from tests.simulation.naive_population import naive
from tests.simulation.people import (
    at_end,
    born,
    days,
    dying,
    moving,
    populated,
    seeking,
    with_patients,
    world,
)

PEOPLE = {"base": 1000.0, "tip": 200.0}
UP = {"up": moving("base", "tip", 2.0)}


def _rows(trace: Trace, *events: Event) -> list[tuple[float, int, int, int, int, int]]:
    """Returns time, patient, need tier, footprint, pool and units of rows with some events."""
    rows = np.isin(trace.event, events)
    names = ("time", "patient", "need_tier", "footprint", "pool", "units")
    return list(zip(*(getattr(trace, name)[rows].tolist() for name in names), strict=True))


# --- what lives, and what is recorded -------------------------------------------------------------


def test_a_person_who_moves_is_a_row() -> None:
    trace = play(populated(PEOPLE, {"gone": dying("tip", 3.0), **UP}), 20)
    assert trace.legend.moves == ("gone", "up")
    assert trace.legend.people == ((1000.0,), (200.0,))
    kinds = {row[1:] for row in _rows(trace, Event.PERSON)}
    assert kinds == {(-1, 1, 0, 0, -1), (-1, 0, 0, 1, 1)}
    assert set(trace.element.tolist()) == {-1}


def test_a_population_that_does_not_live_leaves_no_trace() -> None:
    trace = play(with_patients(PEOPLE, {}, seeking(5.0)), 20)
    assert trace.legend.moves == trace.legend.people == ()
    assert not _rows(trace, Event.PERSON)


def test_moves_that_never_happen_move_no_patient() -> None:
    still = play(with_patients(PEOPLE, {}, seeking(5.0)), 40)
    alive = play(with_patients(PEOPLE, {"up": moving("base", "tip", 0.0)}, seeking(5.0)), 40)
    assert alive.legend.people
    assert alive.tobytes() == still.tobytes()


def test_nobody_leaves_a_compartment_without_a_whole_person() -> None:
    trace = play(populated({"base": 2.5, "tip": 0.0}, {"up": moving("base", "tip", 50.0)}), 100)
    assert at_end(trace).tolist() == [[0.5], [2.0]]


def test_a_fixed_number_of_deaths_stops_when_nobody_is_left() -> None:
    deaths = Move(name="Deaths", kind="death", origin="base", people=5000.0)
    assert at_end(play(populated({"base": 7.0}, {"d": deaths}), 100)).tolist() == [[0.0]]


def test_adding_a_move_moves_no_other_events_luck() -> None:
    alone = play(populated(PEOPLE, {"b": born("base", 500)}), 60)
    other = play(populated(PEOPLE, {"a": born("tip", 500), "b": born("base", 500)}), 60)
    times = {row[0] for row in _rows(other, Event.PERSON) if row[5] == 0}
    assert times == {row[0] for row in _rows(alone, Event.PERSON)}


def test_a_slower_rate_keeps_the_order_of_a_moves_events() -> None:
    fast = play(populated(PEOPLE, {"b": born("base", 500)}), 60)
    slow = play(populated(PEOPLE, {"b": born("base", 250)}), 120)
    one, other = ([row[0] for row in _rows(trace, Event.PERSON)] for trace in (fast, slow))
    assert [time / 2 for time in other] == pytest.approx(one, abs=1e-7)


@pytest.mark.parametrize(
    ("north", "south", "shares"),
    [
        ({"base": 300.0, "tip": 0.0}, {"base": 100.0, "tip": 900.0}, (0.75, 0.25)),
        ({"base": 0.0, "tip": 100.0}, {"base": 0.0, "tip": 400.0}, (0.2, 0.8)),
        ({"base": 0.0, "tip": 0.0}, {"base": 0.0, "tip": 0.0}, (0.5, 0.5)),
    ],
    ids=["as the tier lives", "as all live, where nobody of the tier does", "evenly, where nobody lives"],
)
def test_births_of_a_whole_borough_are_shared_among_its_footprints(
    north: dict[str, float], south: dict[str, float], shares: tuple[float, float]
) -> None:
    """Of 36,500 a year 10,000 come in 100 days; their number strays by 100, that of a footprint by less."""
    pathway = populated({"north": north, "south": south}, {"b": born("base", 36_500)})
    came = at_end(play(pathway, 100))[0] - np.array([north["base"], south["base"]])
    assert came == pytest.approx(np.array(shares) * 10_000, abs=400)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(moves(), st.sampled_from([{"base": 3.0, "tip": 1.5}, {"base": 60.0, "tip": 20.0}]), st.integers(0, 99))
def test_a_naive_player_finds_the_same_events(
    drawn: dict[str, Move], people: dict[str, float], seed: int
) -> None:
    pathway = populated({"east": people, "west": people}, drawn)
    run = drawing.settings(30)
    model = compile_pathway(pathway, run)
    trace = simulate(model, seed, 0)
    found = [(row[0], row[4], row[2], row[5], row[3]) for row in _rows(trace, Event.PERSON)]
    assert found == list(naive(model, seed, 0))


def test_of_several_moves_at_one_instant_the_first_by_move_and_footprint_is_made() -> None:
    """As many as a scenario may have, some 32 a second of each kind: many fall on one millisecond."""
    second = 1 / 86400
    most = 1e9
    busy = {
        "b": born("base", most),
        "a": born("tip", most),
        "c": moving("tip", "base", most / 1e6),
    }
    pathway = populated({"east": {"base": 1e6, "tip": 1e6}, "west": {"base": 1e6, "tip": 1e6}}, busy)
    model = compile_pathway(pathway, drawing.settings(20 * second))
    trace = simulate(model, 1, 0)
    rows = _rows(trace, Event.PERSON)
    assert len(rows) > 1000
    assert len(rows) - len({row[0] for row in rows}) > 50
    assert [(row[0], row[4], row[2], row[5], row[3]) for row in rows] == list(naive(model, 1, 0))


# --- demand that follows the people --------------------------------------------------------------


def _arrivals(trace: Trace) -> dict[int, float]:
    """Returns when each patient came, by identity."""
    rows = trace.event == Event.ARRIVE
    return dict(zip(trace.patient[rows].tolist(), trace.time[rows].tolist(), strict=True))


@pytest.mark.parametrize("profile", [None, Profile(weekdays=(2, 1, 1, 1, 1, 1, 0), day=(0, 1, 2, 1))])
@pytest.mark.parametrize("trend", [None, Trend(by_year=(1.0, 2.0))])
def test_the_same_patients_come_where_people_times_rate_reaches_the_same(
    profile: Profile | None, trend: Trend | None
) -> None:
    """The integral of people x profile x trend up to each patient is that of a population that stays."""
    entry = seeking(1.0, profile, trend=trend, starts_after=days(3))
    still = _arrivals(play(with_patients(PEOPLE, {}, entry), 450))
    alive = play(with_patients(PEOPLE, {**UP, "b": born("base", 3000)}, entry), 430)
    clock = make_clock(profile, MONDAY, 450, trend)
    moved = _rows(alive, Event.PERSON)
    who_came = _arrivals(alive)
    tiers = dict(zip(alive.patient.tolist(), alive.need_tier.tolist(), strict=True))
    for tier, people in enumerate(PEOPLE.values()):
        changes = [(row[0], (row[5] == tier) - (row[2] == tier)) for row in moved]
        times = np.array([0.0, *(time for time, change in changes if change)])
        level = np.cumsum([people, *(change for _, change in changes if change)])
        gone_through = np.array([clock.integral(max(time, 3.0)) for time in times])
        reached = np.concatenate([[0.0], np.cumsum(np.diff(gone_through) * level[:-1])])
        mine = {who: time for who, time in who_came.items() if tiers[who] == tier}
        assert len(mine) > 50
        for who, time in mine.items():
            last = int(np.searchsorted(times, time)) - 1
            now = reached[last] + level[last] * (clock.integral(time) - gone_through[last])
            if who in still:
                same = people * (clock.integral(still[who]) - clock.integral(3.0))
                assert now == pytest.approx(same, abs=1e-3)


@pytest.mark.parametrize("profile", [None, Profile(weekdays=(2, 1, 1, 1, 1, 1, 0), day=(0, 1, 2, 1))])
def test_twice_the_people_half_way_bring_the_same_patients_in_half_the_time(profile: Profile | None) -> None:
    pathway = with_patients({"base": 1000.0}, {"b": born("base", 0)}, seeking(0.5, profile))
    model = compile_pathway(pathway, drawing.settings(200))
    whole = make_clock(profile, MONDAY, 400)
    clock, came = Clock(), {}
    world = World(model, 1, 0, clock, Recorder(clock, model.legend))
    demand = Following(world, model.streams[0], 1000.0, lambda _, ordinal: came.update({ordinal: clock.days}))
    halfway = clock.at(100.25, Rank.POPULATION, 0)
    halfway.callbacks.append(lambda _: demand.changed(2000.0, clock.days))
    clock.run(until=ticks_of(200.0))
    half = whole.integral(100.25)
    still = _arrivals(play(with_patients({"base": 1000.0}, {}, seeking(0.5, profile)), 350))
    for who, time in still.items():
        reached = whole.integral(time)
        then = time if time <= 100.25 else whole.time(half + (reached - half) / 2)
        if then < 200.0:
            assert came.pop(who & 0xFFFFFFFF) == pytest.approx(then, abs=1e-7)
    assert came == {}


def test_a_tier_that_was_empty_brings_patients_once_people_are_in_it() -> None:
    trace = play(with_patients({"base": 1000.0, "tip": 0.0}, UP, seeking(20.0)), 60)
    came = trace.event == Event.ARRIVE
    first = min(row[0] for row in _rows(trace, Event.PERSON))
    assert trace.time[came & (trace.need_tier == 1)].min() > first


def test_a_rate_that_is_given_does_not_follow_the_people() -> None:
    still = play(with_patients(PEOPLE, {}, coming(5.0)), 60)
    alive = play(with_patients(PEOPLE, {"b": born("base", 100_000)}, coming(5.0)), 60)
    assert _arrivals(alive) == _arrivals(still)


def test_demand_that_ends_brings_nobody_later() -> None:
    trace = play(with_patients(PEOPLE, UP, seeking(20.0, ends_after=days(10), starts_after=days(4))), 60)
    times = list(_arrivals(trace).values())
    assert 4 <= min(times) < 4.5
    assert 9.5 < max(times) < 10


# --- need changed by what is done -----------------------------------------------------------------

NEED = {"need_tiers": world(PEOPLE)["need_tiers"], "footprints": world(PEOPLE)["footprints"]}


def _clinic(*changes: NeedChange, **more: object) -> Trace:
    """Returns the trace of twenty patients a week of the base, seen for half a day."""
    pathway = draw(
        {
            "in": booked("monday 09:00 20", need_tiers={"base": 1.0}),
            "clinic": does({}, 0.5, changes_need=changes),
            "which": DECISION,
            "high": OUT,
            "low": OUT,
        },
        [
            "in > clinic > which",
            Transition(
                origin="which",
                target="high",
                when=AttributeCondition(kind="attribute", attribute="need_tier", values=("tip",)),
            ),
            "which > low",
        ],
        **NEED,
        **more,
    )
    return play(pathway, 7)


def test_a_completed_contact_changes_need_before_the_way_on_is_chosen() -> None:
    trace = _clinic(NeedChange(origin="base", target="tip", share=1.0, cause="found"))
    changed = _rows(trace, Event.NEED_CHANGED)
    assert len(changed) == 20
    assert {row[2:] for row in changed} == {(0, 0, NeedCause.FOUND, 1)}
    assert {trace.legend.elements[row] for row in trace.element[trace.event == Event.EXIT]} == {"high"}
    assert set(trace.need_tier[trace.event == Event.COMPLETE].tolist()) == {0}
    assert set(trace.need_tier[trace.event == Event.EXIT].tolist()) == {1}


def test_a_changed_patient_is_a_person_of_another_compartment() -> None:
    trace = _clinic(NeedChange(target="tip"))
    census = Census(trace, _pathway_of(trace))
    assert dict(census.people) == {("base", "here"): 980.0, ("tip", "here"): 220.0}


def _pathway_of(trace: Trace) -> object:
    """Returns a pathway that allows the changes of the clinic."""
    changes = (NeedChange(target="tip"),)
    return draw({"clinic": does({}, 0.5, changes_need=changes), "high": OUT, "low": OUT}, [], **NEED)


def test_those_that_fit_take_their_shares_of_one_uniform_in_order() -> None:
    nobody = NeedChange(origin="tip", target="base", share=1.0)
    some = NeedChange(origin="base", target="tip", share=0.5, cause="worse")
    rest = NeedChange(target="tip", share=0.5, cause="better")
    one = _rows(_clinic(nobody, some), Event.NEED_CHANGED)
    both = _rows(_clinic(nobody, some, rest), Event.NEED_CHANGED)
    assert 3 <= len(one) <= 17
    assert len(both) == 20
    assert {row[1] for row in both if row[4] == NeedCause.WORSE} == {row[1] for row in one}


def test_a_change_to_the_same_tier_is_none() -> None:
    same = _rows(_clinic(NeedChange(target="base"), NeedChange(target="tip")), Event.NEED_CHANGED)
    assert same == []


def test_leaving_by_an_exit_changes_need() -> None:
    out = ExitPoint(name="Out", changes_need=(NeedChange(target="base", cause="better"),))
    pathway = draw(
        {"in": booked("monday 09:00 3", need_tiers={"tip": 1.0}), "out": out}, ["in > out"], **NEED
    )
    trace = play(pathway, 7)
    assert [row[2:] for row in _rows(trace, Event.NEED_CHANGED)] == [(1, 0, NeedCause.BETTER, 0)] * 3
    assert trace.event[trace.patient >= 0].tolist() == [Event.ARRIVE, Event.NEED_CHANGED, Event.EXIT] * 3


def test_need_changes_without_any_footprint() -> None:
    pathway = draw(
        {
            "in": booked("monday 09:00 2", need_tiers={"base": 1.0}),
            "clinic": does({}, 0.5, changes_need=(NeedChange(target="tip"),)),
            "out": OUT,
        },
        ["in > clinic > out"],
        need_tiers=NEED["need_tiers"],
    )
    trace = play(pathway, 7)
    assert trace.legend.people == ()
    assert len(_rows(trace, Event.NEED_CHANGED)) == 2


def test_the_demand_of_both_tiers_follows_a_changed_need() -> None:
    """Everybody of the base is moved to the tip by the first contact, until the base is empty."""
    rates = ByGroup[Rate](
        by="need_tier",
        values={"tip": Rate(value=0, unit="per day")},
        otherwise=Rate(value=1000, unit="per day"),
    )
    entry = EntryPoint(name="In", arrivals=RandomArrivals(kind="random", rate_per_1000=rates))
    out = ExitPoint(name="Out", changes_need=(NeedChange(target="tip"),))
    pathway = draw({"in": entry, "out": out}, ["in > out"], **world({"base": 30.0, "tip": 0.0}))
    trace = play(pathway, 60)
    assert len(_rows(trace, Event.NEED_CHANGED)) == 30
    assert len(_arrivals(trace)) == 30


# --- prevention by contacts ------------------------------------------------------------------------


def _prevented(**more: object) -> Trace:
    """Returns the trace of a clinic on Monday at 12:00 after which everybody seen lives for ever."""
    prevention = {"slows": {"death": 1.0}, "activity": "clinic", **more}
    pathway = draw(
        {"in": booked("monday 09:00 50"), "clinic": does({}, 0.125), "out": OUT},
        ["in > clinic > out"],
        moves={"death": dying("all", 100.0)},
        preventions={"p": Prevention.model_validate({"name": "Prevention", **prevention})},
        **world({"all": 50.0}),
    )
    return play(pathway, 7)


def test_those_reached_by_a_contact_are_protected_from_then_on() -> None:
    trace = _prevented()
    deaths = [row[0] for row in _rows(trace, Event.PERSON)]
    assert deaths
    assert max(deaths) <= 0.5


def test_the_effect_begins_after_the_lag() -> None:
    assert 0.9 < max(row[0] for row in _rows(_prevented(lag=days(1)), Event.PERSON)) <= 1.5


def test_contacts_before_the_start_or_after_the_end_reach_nobody() -> None:
    plain = [row[0] for row in _rows(_prevented(slows={"death": 0.0}), Event.PERSON)]
    for limits in ({"starts_after": days(1)}, {"ends_after": days(0.5)}, {"uptake": 0.0}):
        assert [row[0] for row in _rows(_prevented(**limits), Event.PERSON)] == plain
    assert len(_rows(_prevented(ends_after=days(0.51)), Event.PERSON)) < len(plain)


def test_protection_fades_by_its_half_life() -> None:
    """Mean half-life/ln 2: with half a day, 50 protected are some 12 after a day, and people die again."""
    trace = _prevented(half_life=days(0.5))
    late = [row for row in _rows(trace, Event.PERSON) if row[0] > 0.6]
    assert late
    assert len(_rows(_prevented(half_life=days(5000)), Event.PERSON)) < len(_rows(trace, Event.PERSON))


def test_uptake_is_each_patients_own_luck() -> None:
    some = [row[0] for row in _rows(_prevented(uptake=0.5), Event.PERSON)]
    assert max(some) > 0.5
    assert len(some) < len(_rows(_prevented(slows={"death": 0.0}), Event.PERSON))


# --- what cannot be run ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("maps", "words"),
    [
        ({"moves": {"m": Move(name="Up", kind="move", origin="base", per_person=1.0)}}, "does not say which"),
        ({"moves": {"m": Move(name="Up", kind="death", origin="base")}}, "either a rate per person or"),
        ({"moves": {"m": dying("other", 1.0)}}, "no need tier 'other'"),
        ({"preventions": {"p": Prevention(name="P", slows={"x": 0.5}, coverage=1.0)}}, "which is no move"),
        ({"preventions": {"p": Prevention(name="P", slows={"x": 0.5})}}, "either an activity or a coverage"),
    ],
)
def test_what_is_not_complete_is_refused_in_a_sentence(maps: dict[str, object], words: str) -> None:
    with pytest.raises(ModelError, match=words):
        compile_pathway(draw({}, [], **world(PEOPLE), **maps), drawing.settings(10))


def test_moves_need_people_who_live_somewhere() -> None:
    pathway = draw({}, [], moves=UP, need_tiers=world(PEOPLE)["need_tiers"])
    with pytest.raises(ModelError, match="no footprint says how many live there"):
        compile_pathway(pathway, drawing.settings(10))


def test_a_patient_keeps_their_tier_whatever_the_population_does_meanwhile() -> None:
    elements = {"in": booked("monday 09:00 5"), "wait": drawing.waits(30), "out": OUT}
    trace = play(draw(elements, ["in > wait > out"], moves=UP, **world({"base": 5.0, "tip": 0.0})), 40)
    assert set(trace.need_tier[trace.event == Event.EXIT].tolist()) == {0}
