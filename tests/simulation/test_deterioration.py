"""What waiting does to patients, each rule as a worked example with a trace written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.capacity import CapacityStep, Pool
from pathway_modeller.scenario.elements import Deterioration, Today, WaitingToday
from pathway_modeller.scenario.people import NeedTier
from pathway_modeller.scenario.values import ByGroup, Rate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import ModelError, SimulationStopped
from pathway_modeller.simulation.trace import Event, NeedCause
from tests.engines.drawing import (
    MONDAY,
    OUT,
    booked,
    does,
    draw,
    every,
    exponential,
    fixed,
    play,
    settings,
    story,
)
from tests.engines.replay import Replay

TIERS = {"base": NeedTier(name="Base", level=1), "tip": NeedTier(name="Tip", level=2)}
DAILY = every(1.0, ends_after={"value": 3.5, "unit": "days"})
"""Patients on days 1, 2 and 3."""


def _worse(kind: str = "emergency", days: float | None = 1.5, **more: Any) -> Deterioration:
    """Returns a deterioration after a fixed time."""
    time = None if days is None else fixed(days)
    return Deterioration.model_validate({"name": "Worse", "kind": kind, "time": time, **more})


def _line(deterioration: dict[str, Deterioration], entry: Any = DAILY, **more: Any) -> Any:
    """Returns the pathway in > clinic > out; the clinic takes 4 days. Beside it is "emergency"."""
    maps = more.pop("maps", {})
    return draw(
        {
            "in": entry,
            "clinic": does({"doctor": 1}, 4.0, deterioration=deterioration, **more),
            "emergency": does({}, 0.5),
            "out": OUT,
        },
        ["in > clinic > out", "emergency > out"],
        {"doctor": 1},
        **maps,
    )


def _told(pathway: Any, days: float, who: str = "in/1") -> list[str]:
    """Returns the story of one patient; the trace is replayed too."""
    trace = play(pathway, days)
    assert Replay(trace, pathway).wrong == []
    return [line.replace(f" {who}", "") for line in story(trace) if f" {who} " in line]


def test_an_emergency_leaves_the_queue_and_the_pathway() -> None:
    assert _told(_line({"worse": _worse()}), 6) == [
        "2 ARRIVE in",
        "2 JOIN clinic",
        "3.5 DETERIORATED clinic",
        "3.5 LEFT_DETERIORATED clinic",
    ]


def test_an_emergency_goes_to_its_element() -> None:
    assert _told(_line({"worse": _worse(goes_to="emergency")}), 6)[2:] == [
        "3.5 DETERIORATED clinic",
        "3.5 JOIN emergency",
        "3.5 START emergency",
        "4 COMPLETE emergency",
        "4 EXIT out",
    ]


def test_death_leaves_the_pathway() -> None:
    assert _told(_line({"dies": _worse("death")}), 6)[2:] == ["3.5 DETERIORATED clinic", "3.5 DIED clinic"]


def test_a_start_comes_before_what_waiting_would_have_done_later() -> None:
    told = _told(_line({"worse": _worse(days=3.5)}), 12)
    assert told[2:] == ["5 START clinic", "9 COMPLETE clinic", "9 EXIT out"]


def test_deterioration_comes_before_the_patience_and_the_start_of_its_instant() -> None:
    told = _told(_line({"worse": _worse(days=3.0)}, patience=fixed(3.0)), 12)
    assert told[2:] == ["5 DETERIORATED clinic", "5 LEFT_DETERIORATED clinic"]


def test_of_several_the_first_to_run_out_counts_and_by_id_when_together() -> None:
    sooner = {"a": _worse(days=2.0), "b": _worse("death", days=1.0)}
    assert _told(_line(sooner), 6)[2:] == ["3 DETERIORATED clinic", "3 DIED clinic"]
    together = {"b": _worse("death", days=1.0), "a": _worse(days=1.0)}
    assert _told(_line(together), 6)[2:] == ["3 DETERIORATED clinic", "3 LEFT_DETERIORATED clinic"]


def _tiered(deterioration: dict[str, Deterioration], **more: Any) -> Any:
    """Returns the line with two need tiers; everybody comes from the lower."""
    entry = every(1.0, ends_after={"value": 3.5, "unit": "days"}, need_tiers={"base": 1.0})
    return _line(deterioration, entry, maps={"need_tiers": TIERS}, **more)


def test_a_higher_need_joins_the_queue_anew_and_never_rises_to_it_again() -> None:
    pathway = _tiered({"rises": _worse("need", 1.0, to_tier="tip")})
    trace = play(pathway, 20)
    assert Replay(trace, pathway).wrong == []
    assert [line.replace(" in/2", "") for line in story(trace) if " in/2 " in line] == [
        "3 ARRIVE in",
        "3 JOIN clinic",
        "4 DETERIORATED clinic",
        "4 NEED_CHANGED clinic",
        "4 JOIN clinic",
        "9 START clinic",
        "13 COMPLETE clinic",
        "13 EXIT out",
    ]
    changed = trace.event == Event.NEED_CHANGED
    assert trace.need_tier[changed].tolist() == [0, 0]
    assert trace.units[changed].tolist() == [1, 1]
    assert trace.pool[changed].tolist() == [NeedCause.WAITED] * 2
    assert set(trace.need_tier[trace.event == Event.EXIT].tolist()) == {0, 1}


def test_joining_anew_loses_the_place_in_the_queue() -> None:
    only_first = ByGroup(by="need_tier", values={"base": fixed(1.5)}, otherwise=fixed(99))
    rises = Deterioration(name="Rises", kind="need", time=only_first, to_tier="tip")
    pathway = _tiered({"rises": rises})
    trace = play(pathway, 20)
    starts = [line for line in story(trace) if " START " in line]
    assert [line.split()[0] for line in starts] == ["1", "5", "9"]
    assert [line.split()[1][-2:] for line in starts] == ["/0", "/1", "/2"]


def test_a_higher_need_changes_priority() -> None:
    first = ByGroup[int](by="need_tier", values={"tip": 1}, otherwise=5)
    late = ByGroup(by="need_tier", values={"base": fixed(2.5)}, otherwise=fixed(99))
    rises = Deterioration(name="Rises", kind="need", time=late, to_tier="tip")
    pathway = _tiered({"rises": rises}, priority=first)
    trace = play(pathway, 20)
    assert Replay(trace, pathway).wrong == []
    assert (trace.need_tier[trace.event == Event.START] == [0, 1, 1]).all()


def test_an_emergency_may_change_the_need_tier_too() -> None:
    trace = play(_tiered({"worse": _worse(to_tier="tip", goes_to="emergency")}), 9)
    assert (trace.need_tier[(trace.event == Event.JOIN) & (trace.time > 3.1)] == 1).all()


def test_those_of_todays_lists_have_their_clocks_from_time_zero() -> None:
    waiting = WaitingToday(patients=2, waited=fixed(9.0))
    pathway = _line({"worse": _worse()}, maps={"today": {"clinic": Today(waiting=(waiting,))}})
    trace = play(pathway, 5, start="today")
    assert Replay(trace, pathway).wrong == []
    assert "1.5 clinic waiting/1 DETERIORATED clinic" in story(trace)


def test_someone_blocked_goes_on_with_the_units_kept() -> None:
    step = CapacityStep(date=MONDAY.replace(day=25), units=1)
    pathway = draw(
        {
            "in": booked("monday 00:00 1"),
            "ward": does({"bed": 1}, 1.0, release="when next can take"),
            "home": does({"place": 1}, 1.0, deterioration={"worse": _worse(goes_to="unit")}),
            "unit": does({"room": 1}, 1.0),
            "out": OUT,
        },
        ["in > ward > home > out", "unit > out"],
        {
            "bed": 1,
            "place": Pool(name="Place", units=0, steps=(step,)),
            "room": 1,
        },
    )
    trace = play(pathway, 6)
    assert Replay(trace, pathway).wrong == []
    told = [line for line in story(trace, units=True) if "in/0" in line and float(line.split()[0]) >= 1]
    assert [line.replace(" in/0", "") for line in told][:8] == [
        "1 COMPLETE ward",
        "1 JOIN home",
        "1 BLOCKED ward",
        "2.5 DETERIORATED home",
        "2.5 JOIN unit",
        "2.5 BLOCKED ward",
        "2.5 START unit",
        "2.5 RELEASE ward bed 1",
    ]


def _locking(deterioration: dict[str, Deterioration]) -> Any:
    """Returns a pathway in which two patients wait for each other's units."""
    return draw(
        {
            "in": booked("monday 00:00 2"),
            "one": does({"a": 1}, 0.5, release="when next can take"),
            "two": does({"b": 1}, 1.0, release="when next can take", deterioration=deterioration),
            "out": OUT,
        },
        ["in > one > two > one"],
        {"a": 1, "b": 1},
    )


def test_who_deteriorates_is_in_no_deadlock() -> None:
    with pytest.raises(SimulationStopped, match="locks for ever"):
        play(_locking({}), 30)
    never = {"worse": Deterioration(name="W", kind="death", rate_per_1000=Rate(value=0, unit="per day"))}
    with pytest.raises(SimulationStopped, match="locks for ever"):
        play(_locking(never), 30)


@pytest.mark.parametrize(
    "clock", [{"time": exponential(1.0), "rate_per_1000": Rate(value=1, unit="per day")}, {}]
)
def test_a_deterioration_needs_one_clock(clock: dict[str, Any]) -> None:
    what = Deterioration.model_validate({"name": "Falls", "kind": "emergency", **clock})
    with pytest.raises(ModelError, match='"Falls" of "clinic" needs either a rate or a time'):
        compile_pathway(_line({"falls": what}), settings(5))


def test_a_rate_of_zero_changes_no_byte_and_a_huge_one_empties_the_queue() -> None:
    def risk(per_day: float) -> dict[str, Deterioration]:
        rate = Rate(value=per_day, unit="per day")
        return {"worse": Deterioration(name="Worse", kind="emergency", rate_per_1000=rate)}

    entry = every(0.7)
    assert play(_line(risk(0), entry), 60).tobytes() == play(_line({}, entry), 60).tobytes()
    trace = play(_line(risk(1e9), entry), 60)
    joined, left = trace.time[trace.event == Event.JOIN], trace.time[trace.event == Event.DETERIORATED]
    assert len(left) > 60
    assert all(abs(joined - time).min() < 3e-5 for time in left)


def test_nobody_comes_to_harm_in_no_time_who_need_not_wait() -> None:
    what = {"worse": Deterioration(name="Worse", kind="emergency", time=fixed(0.0))}
    trace = play(_line(what, every(5.0)), 60)
    assert Event.DETERIORATED not in trace.event
