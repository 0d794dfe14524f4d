"""The share who do not attend after longer waits, and the loop that it makes."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.elements import DidNotAttend, Today, WaitingToday
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.simpy.patient import share_missed
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import OUT, booked, coming, does, draw, exponential, fixed, play, settings, story
from tests.engines.pathways import COLOURS
from tests.engines.replay import Replay


def _missed(*steps: tuple[float, Any], share: Any = 0.0, **more: Any) -> DidNotAttend:
    """Returns shares after waits of at least so many days."""
    by_wait = [{"waited": {"value": days, "unit": "days"}, "share": after} for days, after in steps]
    return DidNotAttend.model_validate({"share": share, "by_wait": by_wait, **more})


def _line(missed: DidNotAttend, entry: Any, time: Any = 1.0, **maps: Any) -> Any:
    """Returns the pathway in > clinic > out with one doctor."""
    clinic = does({"doctor": 1}, time, did_not_attend=missed)
    return draw({"in": entry, "clinic": clinic, "out": OUT}, ["in > clinic > out"], {"doctor": 1}, **maps)


def test_the_longest_wait_reached_gives_the_share_whatever_their_order() -> None:
    shares = _missed((7, 0.3), (2, 0.2), share=0.1)
    model = compile_pathway(_line(shares, coming(1.0)), settings(5))
    part = next(activity for activity in model.activities if activity is not None).missed
    assert part is not None
    found = [share_missed(part, waited).of([-1, -1]) for waited in (0.0, 1.999, 2.0, 6.9, 7.0, 400.0)]
    assert found == [0.1, 0.1, 0.2, 0.2, 0.3, 0.3]


def test_two_levels_worked_by_hand() -> None:
    """Three come at once to one doctor with slots of a day; who waited two days or more misses the slot.

    The first is seen on day 0 and the second, after one day, on day 1. The third has waited two days and
    misses the slot of day 2, joins again at its end on day 3, and is seen at once: four slots for three.
    """
    pathway = _line(_missed((2, 1.0)), booked("monday 00:00 3"))
    trace = play(pathway, 6)
    assert Replay(trace, pathway).wrong == []
    assert [line for line in story(trace) if "START" in line] == [
        "0 in/0 START clinic",
        "1 in/1 START clinic",
        "2 in/2 START_MISSED clinic",
        "3 in/2 START clinic",
    ]


def test_todays_lists_have_waited_already() -> None:
    """Of two who have waited eight days, both miss their first slot and come to the next at once."""
    waiting = WaitingToday(patients=2, waited=fixed(8.0))
    today = {"clinic": Today(waiting=(waiting,))}
    pathway = _line(_missed((7, 1.0)), booked("sunday 00:00 1"), today=today)
    trace = play(pathway, 5, start="today")
    assert Replay(trace, pathway).wrong == []
    kinds = [line.split()[-2] for line in story(trace) if "START" in line]
    assert kinds == ["START_MISSED", "START_MISSED", "START", "START"]


def test_shares_after_longer_waits_may_differ_by_group() -> None:
    after = ByGroup[float](by="colour", values={"red": 1.0}, otherwise=0.0)
    entry = booked("monday 00:00 2", attributes={"colour": {"red": 1.0}})
    trace = play(_line(_missed((1, after)), entry, attributes={"colour": COLOURS}), 5)
    assert (trace.event == Event.START_MISSED).sum() == 1


@pytest.mark.parametrize("load", [0.6, 0.95])
def test_longer_waits_miss_more_slots_and_missed_slots_lengthen_waits(load: float) -> None:
    rising = _missed((1, 0.09), share=0.019)
    flat = _missed(share=0.019)
    busy = {
        name: play(_line(missed, coming(load), exponential(0.9)), 4000)
        for name, missed in (("rising", rising), ("flat", flat))
    }
    share = {
        name: (trace.event == Event.START_MISSED).sum()
        / ((trace.event == Event.START_MISSED) | (trace.event == Event.START)).sum()
        for name, trace in busy.items()
    }
    assert share["rising"] > share["flat"]
    waiting = {name: _waiting(trace) for name, trace in busy.items()}
    assert waiting["rising"] > waiting["flat"]


def _waiting(trace: Any) -> float:
    """Returns the mean number waiting."""
    ends = (Event.START, Event.START_MISSED)
    up, down = trace.event == Event.JOIN, (trace.event == ends[0]) | (trace.event == ends[1])
    until = trace.legend.until
    return float((until - trace.time[up]).sum() - (until - trace.time[down]).sum()) / until
