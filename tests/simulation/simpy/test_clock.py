"""The clock: a written order of what happens at the same instant, on whole milliseconds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from simpy import Event

from pathway_modeller.simulation.chance.ticks import TICKS_PER_DAY, on_tick
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.simpy.clock import Clock
from tests.engines.drawing import OUT, coming, does, draw, exponential, play


def test_events_of_one_instant_run_by_rank_then_identity_whatever_the_order_of_scheduling() -> None:
    clock, ran = Clock(), []
    for rank in reversed(Rank):
        for identity in (7, 3, 5):
            due = clock.at(1.0, rank, identity)
            due.callbacks.append(lambda _, what=(rank, identity): ran.append(what))
    clock.at(0.5, Rank.START, 0).callbacks.append(lambda _: ran.append("earlier"))
    clock.run()
    assert ran == ["earlier", *((rank, identity) for rank in Rank for identity in (3, 5, 7))]
    assert clock.days == 1.0


def test_what_a_process_does_for_another_is_done_before_the_rest_of_the_instant() -> None:
    clock, ran = Clock(), []
    told = clock.event()

    def waits_for(event: Event, what: str) -> Iterator[Event]:
        yield event
        ran.append(what)

    def tells() -> Iterator[Event]:
        yield clock.at(1.0, Rank.SERVICE_END, 1)
        told.succeed()
        clock.process(waits_for(clock.at(1.0, Rank.CAPACITY, 0), "of a lower rank, and late"))
        ran.append("telling")

    clock.process(waits_for(told, "told"))
    clock.process(waits_for(clock.at(1.0, Rank.SERVICE_END, 2), "the next patient"))
    clock.process(tells())
    clock.run()
    assert ran == ["telling", "told", "of a lower rank, and late", "the next patient"]


def test_the_order_of_ranks_is_that_of_the_rules() -> None:
    names = ["CAPACITY", "SERVICE_END", "WAIT_END", "MOVE_END", "POPULATION", "ARRIVAL"]
    assert [rank.name for rank in Rank] == [*names, "DETERIORATE", "PATIENCE", "START"]


@given(st.floats(0, 40_000), st.floats(0, 40_000))
def test_ticks_keep_order_and_are_near(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert on_tick(low) <= on_tick(high)
    assert abs(on_tick(one) - one) <= 0.5001 / TICKS_PER_DAY
    assert on_tick(on_tick(one)) == on_tick(one)


@given(st.integers(0, 4000), st.integers(0, 1439), st.integers(1, 600))
def test_clock_times_and_minutes_meet(day: int, begins: int, minutes: int) -> None:
    end = on_tick(on_tick(day + begins / 1440) + minutes / 1440)
    assert end == on_tick(day + (begins + minutes) / 1440)


def test_everything_in_a_trace_lies_on_a_whole_millisecond() -> None:
    pathway = draw(
        {"in": coming(20.0), "clinic": does({"doctor": 2}, exponential(0.08)), "out": OUT},
        ["in > clinic > out"],
        {"doctor": 2},
    )
    times = play(pathway, 30).time
    ticks = np.round(times * TICKS_PER_DAY)
    assert (ticks / TICKS_PER_DAY == times).all()
