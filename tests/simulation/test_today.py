"""Today's lists: whose they are, how long those in progress have before them, and whose luck is whose."""

from __future__ import annotations

from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.elements import Activity, InProgressToday, Today, WaitingToday
from pathway_modeller.scenario.people import Footprint, NeedTier
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import OUT, coming, does, draw, fixed, play


def test_those_in_a_bed_today_have_the_time_of_their_own_tier_before_them() -> None:
    """400 people of the top tier, exponential with mean 30 days: 30 days remain on average, not 3."""
    time = ByGroup[Distribution](
        by="need_tier",
        values={"top": Distribution(kind="exponential", unit="days", mean=30)},
        otherwise=Distribution(kind="exponential", unit="days", mean=3),
    )
    pathway = draw(
        {"in": coming(0.001), "ward": Activity(name="ward", service_time=time, needs={"bed": 1}), "out": OUT},
        ["in > ward > out"],
        {"bed": None},
        need_tiers={"base": NeedTier(name="base", level=1), "top": NeedTier(name="top", level=2)},
        today={"ward": Today(in_progress=(InProgressToday(patients=400, need_tier="top"),))},
    )
    trace = play(pathway, 1000, start="today")
    ends = trace.time[trace.event == Event.COMPLETE]
    assert abs(ends[:400].mean() - 30) < 4 * 30 / 400**0.5


def test_todays_list_of_a_tier_lives_where_that_tier_lives() -> None:
    """The top tier lives in the east only, so its list does too, though most live in the west."""
    pathway = draw(
        {"in": coming(0.001), "clinic": does({}, 1.0), "out": OUT},
        ["in > clinic > out"],
        need_tiers={"base": NeedTier(name="base", level=1), "top": NeedTier(name="top", level=2)},
        footprints={
            "east": Footprint(name="east", people={"base": 10, "top": 5}),
            "west": Footprint(name="west", people={"base": 900}),
        },
        today={"clinic": Today(waiting=(WaitingToday(patients=50, waited=fixed(1.0), need_tier="top"),))},
    )
    trace = play(pathway, 2, start="today")
    here = trace.event == Event.PRESENT
    assert {trace.legend.footprints[place] for place in trace.footprint[here]} == {"east"}


def test_one_of_todays_lists_moves_no_others_luck() -> None:
    """Adding a list of another tier in front leaves each patient's time waited as it was."""
    waited = Distribution(kind="exponential", unit="days", mean=10)
    top = WaitingToday(patients=3, waited=waited, need_tier="top")

    def joined(*lists: WaitingToday) -> list[float]:
        pathway = draw(
            {"in": coming(0.001), "clinic": does({"nurse": 1}, 1.0), "out": OUT},
            ["in > clinic > out"],
            {"nurse": 1},
            need_tiers={"base": NeedTier(name="base", level=1), "top": NeedTier(name="top", level=2)},
            today={"clinic": Today(waiting=lists)},
        )
        trace = play(pathway, 2, start="today")
        return sorted(trace.time[(trace.event == Event.JOIN) & (trace.need_tier == 1)].tolist())

    assert joined(WaitingToday(patients=2, waited=waited, need_tier="base"), top) == joined(top)
