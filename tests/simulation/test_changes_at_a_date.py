"""Values that change at a date: each is used as it is in force at its instant, at once or over a ramp."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from pathway_modeller.scenario.dated import Change, PlainChange
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import (
    EntryPoint,
    Profile,
    RandomArrivals,
    Today,
    Transition,
    WaitingToday,
)
from pathway_modeller.scenario.values import ByGroup, Duration, Rate
from pathway_modeller.simulation.compiled.simulate import simulate as compiled
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.trace import Event, Trace
from tests.engines.drawing import (
    DECISION,
    MONDAY,
    OUT,
    booked,
    coming,
    does,
    draw,
    every,
    exponential,
    fixed,
    play,
    settings,
    story,
    waits,
)
from tests.engines.pathways import COLOURS, PLACES, TIERS


def _later(before: Any, after: Any, day: int, ramp: float | None = None) -> Any:
    """Returns a value that changes on a day of the run, over a ramp in days if one is given."""
    kind = Distribution if isinstance(before, Distribution) else float
    over = None if ramp is None else Duration(value=ramp, unit="days")
    return Change[kind](before=before, after=after, starts=MONDAY + dt.timedelta(days=day), ramp=over)  # type: ignore[valid-type]


def _clinic(time: Any, entry: Any, **more: Any) -> Pathway:
    """Returns the pathway in > clinic > out without limits."""
    return draw({"in": entry, "clinic": does({}, time, **more), "out": OUT}, ["in > clinic > out"])


def _split(share: Any, other: Any, entry: Any) -> Pathway:
    """Returns a pathway that divides patients between near and far."""
    arrows = ["in > where", "near > out", "far > out"]
    arrows += [
        Transition(origin="where", target="near", share=share),  # type: ignore[list-item]
        Transition(origin="where", target="far", share=other),  # type: ignore[list-item]
    ]
    drawn = {"in": entry, "where": DECISION, "near": waits(0.5), "far": waits(0.5), "out": OUT}
    return draw(drawn, arrows)


def _took(trace: Trace, begins: Event, ends: Event) -> list[tuple[float, float]]:
    """Returns when each began and how long it took, in days, in order of beginning."""
    first = {int(trace.patient[row]): float(trace.time[row]) for row in np.flatnonzero(trace.event == begins)}
    last = {int(trace.patient[row]): float(trace.time[row]) for row in np.flatnonzero(trace.event == ends)}
    return sorted((first[who], round(last[who] - first[who], 6)) for who in last)


def test_a_service_time_is_that_in_force_at_the_start() -> None:
    """Who starts on the eve of the change keeps the old time beyond it."""
    trace = play(_clinic(_later(fixed(0.75), fixed(0.25), 2), every(0.5)), 4)
    assert _took(trace, Event.START, Event.COMPLETE)[:5] == [
        (0.5, 0.75),
        (1.0, 0.75),
        (1.5, 0.75),
        (2.0, 0.25),
        (2.5, 0.25),
    ]


def test_a_ramp_goes_in_equal_steps_at_midnight() -> None:
    """From 0.9 to 0.1 days over four days: a quarter of the way on each day, the first day among them."""
    trace = play(_clinic(_later(fixed(0.9), fixed(0.1), 1, 4), every(0.5)), 7)
    by_day = {int(start): time for start, time in _took(trace, Event.START, Event.COMPLETE)}
    assert by_day == {0: 0.9, 1: 0.7, 2: 0.5, 3: 0.3, 4: 0.1, 5: 0.1, 6: 0.1}


def test_patience_is_that_in_force_on_joining_and_a_wait_that_at_its_beginning() -> None:
    sooner = _later(fixed(0.75), fixed(0.25), 2)
    clinic = does({"none": 1}, 1.0, patience=sooner)
    never = draw({"in": every(0.5), "clinic": clinic, "out": OUT}, ["in > clinic > out"], {"none": 0})
    assert _took(play(never, 4), Event.JOIN, Event.GAVE_UP)[2:4] == [(1.5, 0.75), (2.0, 0.25)]
    wait = draw({"in": every(0.5), "home": waits(sooner), "out": OUT}, ["in > home > out"])
    assert _took(play(wait, 4), Event.WAIT_START, Event.WAIT_END)[2:4] == [(1.5, 0.75), (2.0, 0.25)]


def test_a_share_is_that_in_force_on_leaving() -> None:
    trace = play(_split(_later(0.0, 1.0, 2), _later(1.0, 0.0, 2), every(0.5)), 4)
    ways = [line.split()[-1] for line in story(trace) if "WAIT_START" in line]
    assert ways == ["far"] * 3 + ["near"] * 4


@pytest.mark.parametrize("day", [0, 3, 4, 5, 8])
def test_on_each_day_of_a_ramp_patients_choose_as_if_its_share_had_always_held(day: int) -> None:
    """Of four steps from 0.2 to 0.6, made on days 3 to 6: the same patients go the same ways."""
    share = {0: 0.2, 3: 0.3, 4: 0.4, 5: 0.5, 8: 0.6}[day]
    ramped = play(_split(_later(0.2, 0.6, 3, 4), _later(0.8, 0.4, 3, 4), coming(200)), 9)
    flat = play(_split(share, 1 - share, coming(200)), 9)
    assert _ways(ramped, day) == _ways(flat, day)
    assert len(_ways(flat, day)) > 100


def _ways(trace: Trace, day: int) -> list[tuple[int, int]]:
    """Returns who went where on a day."""
    chosen = (trace.event == Event.WAIT_START) & (trace.time >= day) & (trace.time < day + 1)
    return list(zip(trace.patient[chosen].tolist(), trace.element[chosen].tolist(), strict=True))


def test_a_random_time_on_a_ramp_is_between_the_patients_own_two_times() -> None:
    old, new = exponential(1.0), exponential(0.2)
    half = play(_clinic(_later(old, new, 0, 2), coming(50)), 1)
    times = [
        dict(_took(play(_clinic(each, coming(50)), 1), Event.START, Event.COMPLETE)) for each in (old, new)
    ]
    both = [(start, time) for start, time in _took(half, Event.START, Event.COMPLETE) if start in times[0]]
    assert len(both) > 10
    for start, time in both:
        assert time == pytest.approx((times[0][start] + times[1][start]) / 2, abs=2e-6)


def test_a_change_by_group_changes_those_of_the_group() -> None:
    quick = ByGroup[Distribution](by="colour", values={"red": fixed(0.25)}, otherwise=fixed(0.75))
    entry = booked("monday 00:00 1", "wednesday 00:00 1", attributes={"colour": {"red": 1.0}})
    change = Change[Distribution](before=fixed(0.75), after=quick, starts=MONDAY + dt.timedelta(days=2))
    pathway = _clinic(change, entry).model_copy(update={"attributes": {"colour": COLOURS}})
    assert [time for _, time in _took(play(pathway, 4), Event.START, Event.COMPLETE)] == [0.75, 0.25]


def test_a_change_that_the_run_does_not_see_changes_no_byte() -> None:
    """It is over before the start date, or begins at the end of the run or later."""
    plain = play(_clinic(0.5, coming(5)), 4).tobytes()
    for change in (_later(fixed(9.0), fixed(0.5), -3, 3), _later(fixed(0.5), fixed(9.0), 4)):
        assert play(_clinic(change, coming(5)), 4).tobytes() == plain


def test_the_patience_of_todays_lists_is_that_of_the_start_date() -> None:
    waiting = WaitingToday(patients=1, waited=fixed(3.0))
    clinic = does({"none": 1}, 1.0, patience=_later(fixed(0.5), fixed(2.0), 0))
    pathway = draw(
        {"in": booked("sunday 12:00 1"), "clinic": clinic, "out": OUT},
        ["in > clinic > out"],
        {"none": 0},
        today={"clinic": Today(waiting=(waiting,))},
    )
    assert "2 clinic waiting/0 GAVE_UP clinic" in story(play(pathway, 4, start="today"))


def test_the_compiled_engine_gives_the_same_bytes_at_the_step_of_a_ramp() -> None:
    share = ByGroup[float](by="colour", values={}, otherwise=0.2)
    change = Change[float](
        before=share, after=0.7, starts=MONDAY + dt.timedelta(days=1), ramp=Duration(value=1, unit="weeks")
    )
    other = Change[float](before=0.8, after=0.3, starts=change.starts, ramp=change.ramp)
    pathway = _split(change, other, coming(100)).model_copy(update={"attributes": {"colour": COLOURS}})
    model = compile_pathway(pathway, settings(10))
    assert compiled(model, 3, 0).tobytes() == play(pathway, 10, seed=3).tobytes()


def _arriving(rate: Any, days: float, seed: int = 1, **more: Any) -> list[float]:
    """Returns when patients come at a rate, in days."""
    arrivals = RandomArrivals(kind="random", rate=rate, **more)
    entry = EntryPoint(name="In", arrivals=arrivals)
    trace = play(draw({"in": entry, "out": OUT}, ["in > out"]), days, seed=seed)
    return [float(time) for time in trace.time[trace.event == Event.ARRIVE]]


def _a_day(value: float) -> Rate:
    """Returns a rate a day."""
    return Rate(value=value, unit="per day")


def _later_rate(before: float, after: float, day: int, ramp: float | None = None) -> PlainChange[Rate]:
    """Returns a rate a day that changes on a day of the run."""
    over = None if ramp is None else Duration(value=ramp, unit="days")
    starts = MONDAY + dt.timedelta(days=day)
    return PlainChange[Rate](before=_a_day(before), after=_a_day(after), starts=starts, ramp=over)


def test_a_doubled_rate_brings_the_same_patients_in_half_the_time_from_then_on() -> None:
    """Integrated exactly: who came t days after the change comes t / 2 days after it."""
    flat, doubled = _arriving(_a_day(30), 12), _arriving(_later_rate(30, 60, 4), 8)
    expected = [time if time < 4 else 4 + (time - 4) / 2 for time in flat]
    assert doubled == pytest.approx(expected, abs=2e-8)
    assert [time for time in doubled if time < 4] == [time for time in flat if time < 4]


def test_a_rate_on_a_ramp_brings_as_many_a_day_as_its_steps_say() -> None:
    """From 10 to 50 a day over four days from day 2 on: 10, 10, 20, 30, 40, 50."""
    found = [_arriving(_later_rate(10, 50, 2, 4), 6, seed) for seed in range(1, 81)]
    for day, rate in enumerate((10, 10, 20, 30, 40, 50)):
        came = sum(day <= time < day + 1 for times in found for time in times) / len(found)
        assert abs(came - rate) < 4 * (rate / len(found)) ** 0.5, day


def test_nobody_comes_before_a_rate_that_was_nothing_and_a_rate_may_end() -> None:
    begun = _arriving(_later_rate(0, 20, 3), 6)
    assert begun == pytest.approx([3 + time for time in _arriving(_a_day(20), 3)], abs=2e-8)
    assert _arriving(_later_rate(20, 0, 3), 6) == _arriving(_a_day(20), 3)


def test_a_profile_and_a_change_multiply() -> None:
    """Where nobody comes at night, a change moves nobody into the night."""
    day = Profile(day=(0, 1, 1, 0))
    times = _arriving(_later_rate(20, 40, 3), 6, profile=day)
    assert all(0.25 <= time % 1 <= 0.75 for time in times)
    first = [time for time in times if time < 3]
    assert first == [time for time in _arriving(_a_day(20), 3, profile=day) if time < 3]


def test_a_rate_by_people_changes_for_the_group_that_it_names() -> None:
    """Tip doubles on day 2; base stays as it is to the millisecond, whether or not the people live."""
    tip = ByGroup[Rate](by="need_tier", values={"tip": _a_day(40)}, otherwise=_a_day(20))
    change = Change[Rate](before=_a_day(20), after=tip, starts=MONDAY + dt.timedelta(days=2))
    flat, changed = (
        play(
            draw(
                {"in": EntryPoint(name="In", arrivals=_by_people(rate)), "out": OUT},
                ["in > out"],
                need_tiers=TIERS,
                footprints=PLACES,
            ),
            5,
        )
        for rate in (_a_day(20), change)
    )
    for tier, times in enumerate((1, 2)):
        before, after = (
            each.time[(each.event == Event.ARRIVE) & (each.need_tier == tier)] for each in (flat, changed)
        )
        expected = np.where(before < 2, before, 2 + (before - 2) / times)
        assert after[: len(before)] == pytest.approx(expected[: len(after)], abs=2e-8)
    assert len(changed) > len(flat)


def _by_people(rate: Any) -> RandomArrivals:
    """Returns arrivals at a rate per 1,000 people."""
    return RandomArrivals(kind="random", rate_per_1000=rate)
