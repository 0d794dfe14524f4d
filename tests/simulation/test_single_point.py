"""A single point of contact: advice only, and no referral delay to its own team."""

from __future__ import annotations

from typing import Any

from pathway_modeller.scenario.elements import SinglePoint, Transition
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import OUT, booked, coming, does, draw, fixed, play, story
from tests.engines.replay import Replay


def _line(advice_only: float, entry: Any = None, **more: Any) -> Any:
    """Returns in > call, then team or hospital by halves after two days, then out."""
    point = SinglePoint(advice_only=advice_only, team=("team",), **more)
    later = [
        Transition(origin="call", target=name, share=0.5, time=fixed(2.0)) for name in ("team", "hospital")
    ]
    return draw(
        {
            "in": entry or booked("monday 00:00 9"),
            "call": does({"line": 1}, 0.125, single_point=point),
            "team": does({"nurse": 1}, 0.125),
            "hospital": does({"doctor": 1}, 0.125),
            "out": OUT,
        },
        ["in > call", *later, "team > out", "hospital > out"],
        {"line": 9, "nurse": 9, "doctor": 9},
    )


def test_all_advised_leave_at_once_and_nobody_when_none_are() -> None:
    pathway = _line(1.0)
    trace = play(pathway, 7)
    assert Replay(trace, pathway).wrong == []
    assert [line.partition(" in/0 ")[2] for line in story(trace, units=True) if " in/0 " in line] == [
        "ARRIVE in",
        "JOIN call",
        "START call",
        "ACQUIRE call line 1",
        "COMPLETE call",
        "ADVISED call",
        "RELEASE call line 1",
        "LEFT_ADVISED call",
    ]
    assert not (play(_line(0.0), 7).event == Event.ADVISED).any()


def test_advice_goes_to_its_element() -> None:
    pathway = _line(1.0, advice_to="out")
    trace = play(pathway, 7)
    assert Replay(trace, pathway).wrong == []
    assert (trace.time[trace.event == Event.EXIT] == 0.125).all()
    assert (trace.event == Event.EXIT).sum() == 9


def test_the_own_team_is_reached_at_once_and_others_after_their_referral() -> None:
    pathway = _line(0.0)
    trace = play(pathway, 7)
    assert Replay(trace, pathway).wrong == []
    joined = {
        name: set(trace.time[(trace.event == Event.JOIN) & (trace.element == index)].tolist())
        for index, name in enumerate(trace.legend.elements)
    }
    assert joined["team"] == {0.125}
    assert joined["hospital"] == {2.125}


def test_the_share_advised_is_that_given() -> None:
    trace = play(_line(0.4, coming(40.0)), 100)
    done = ((trace.event == Event.COMPLETE) & (trace.element == trace.legend.elements.index("call"))).sum()
    advised = (trace.event == Event.ADVISED).sum()
    assert abs(advised / done - 0.4) < 4 * (0.4 * 0.6 / done) ** 0.5
