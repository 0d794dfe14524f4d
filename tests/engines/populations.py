"""Pathways made up at random whose people move, are born, die, are found to need more, or are protected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.people import Footprint
from pathway_modeller.scenario.population import Move, NeedChange, Prevention, Trend
from pathway_modeller.scenario.values import ByGroup, Duration
from tests.engines.pathways import PLACES, TIERS, Playable, playable

Draw = st.DrawFn

FEW_PEOPLE = {
    "east": Footprint(name="East", people={"base": 3.0, "tip": 1.5}),
    "west": Footprint(name="West", people={"base": 2.0}),
}
"""So few that compartments run empty."""

_KINDS: Mapping[str, Mapping[str, str]] = {
    "worse": {"kind": "move", "origin": "base", "target": "tip"},
    "better": {"kind": "move", "origin": "tip", "target": "base"},
    "born": {"kind": "birth", "target": "base"},
    "came": {"kind": "migration in", "target": "tip"},
    "left": {"kind": "migration out", "origin": "base"},
    "died": {"kind": "death", "origin": "tip"},
}


@st.composite
def moves(draw: Draw) -> dict[str, Move]:
    """Returns some moves, fast enough for a fortnight to see them."""
    chosen = draw(st.lists(st.sampled_from(sorted(_KINDS)), min_size=1, max_size=4, unique=True))
    return {name: draw(_moves(name)) for name in chosen}


@st.composite
def _moves(draw: Draw, name: str) -> Move:
    """Returns one move."""
    more: dict[str, Any] = dict(_KINDS[name])
    if draw(st.integers(0, 2)) == 0:
        more["people"] = draw(st.sampled_from([0.0, 100.0, 1000.0]))
        more["footprints"] = draw(st.sampled_from([{}, {}, {"east": 0.25, "west": 0.75}]))
    else:
        rate = draw(st.sampled_from([0.0, 0.5, 3.0, 20.0]))
        by_place = ByGroup[float](by="footprint", values={"west": 5.0}, otherwise=rate)
        by_tier = ByGroup[float](by="need_tier", values={"tip": 1.0}, otherwise=rate)
        more["per_person"] = draw(st.sampled_from([rate, rate, by_place, by_tier]))
    trends = st.sampled_from([None, None, Trend(by_year=(2.0,)), Trend(yearly_change=0.5)])
    return Move(name=name, trend=draw(trends), **more)


def _days(*values: float) -> st.SearchStrategy[Duration]:
    """Returns durations."""
    return st.sampled_from([Duration(value=value, unit="days") for value in values])


@st.composite
def preventions(draw: Draw, slowed: tuple[str, ...], activities: tuple[str, ...]) -> Prevention:
    """Returns a prevention, by an activity or by a coverage."""
    more: dict[str, Any] = {"lag": draw(_days(0, 1, 2.5)), "starts_after": draw(_days(0, 3))}
    if draw(st.booleans()):
        more["activity"] = draw(st.sampled_from(activities))
    else:
        more |= {"coverage": draw(st.sampled_from([0.5, 1.0])), "ramp": draw(_days(0, 60))}
    if draw(st.booleans()):
        more["ends_after"] = draw(_days(6, 8))
    if draw(st.booleans()):
        more["half_life"] = draw(_days(2, 30))
    chosen = draw(st.lists(st.sampled_from(slowed), min_size=1, unique=True))
    slows = {move: draw(st.sampled_from([0.0, 0.5, 1.0])) for move in chosen}
    return Prevention(name="Prevention", slows=slows, uptake=draw(st.sampled_from([0.5, 1.0])), **more)


def _changes() -> st.SearchStrategy[tuple[NeedChange, ...]]:
    """Returns how contacts change need."""
    up = NeedChange(origin="base", target="tip", share=0.5, cause="found")
    down = NeedChange(origin="tip", target="base", share=0.25, cause="better")
    worse = NeedChange(target="tip", share=0.5, cause="worse")
    return st.sampled_from([(), (up,), (up, down), (down, worse)])


@st.composite
def living(draw: Draw, *, blocking: bool = False) -> Playable:
    """Returns a small pathway with its run settings, with people who live and change."""
    case = draw(playable(blocking=blocking))
    pathway = case.pathway
    made = draw(moves())
    several = draw(st.integers(0, 2))
    slowing = [
        draw(preventions(tuple(sorted(made)), tuple(sorted(pathway.activities)))) for _ in range(several)
    ]
    return Playable(
        pathway.model_copy(
            update={
                "need_tiers": TIERS,
                "footprints": draw(st.sampled_from([PLACES, FEW_PEOPLE])),
                "moves": made,
                "preventions": {f"p-{number}": each for number, each in enumerate(slowing)},
                "activities": _changing(draw, pathway.activities),
                "exit_points": _changing(draw, pathway.exit_points),
            }
        ),
        case.run,
    )


def _changing(draw: Draw, elements: Mapping[str, Any]) -> dict[str, Any]:
    """Returns elements, each of which may change need."""
    return {
        name: element.model_copy(update={"changes_need": draw(_changes())})
        for name, element in elements.items()
    }


def without_people(pathway: Pathway) -> Pathway:
    """Returns the pathway with nothing that moves people."""
    still = {
        kind: {
            name: element.model_copy(update={"changes_need": ()})
            for name, element in getattr(pathway, kind).items()
        }
        for kind in ("activities", "exit_points")
    }
    return pathway.model_copy(update={"moves": {}, "preventions": {}, **still})
