"""Options made up at random over a pathway: all that may change on the day on which an option begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.dated import Change
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Decision, RandomArrivals, Transition
from pathway_modeller.scenario.values import Rate
from pathway_modeller.simulation.trace import Trace
from tests.engines.drawing import MONDAY, coming, does, fixed
from tests.engines.pathways import Draw, Playable, playable
from tests.engines.replay import Row, rows_of


@st.composite
def redesigned(draw: Draw) -> tuple[Playable, Pathway, int]:
    """Returns a pathway, an option of it, and the day of the run on which the option begins."""
    case = draw(playable())
    maps: dict[str, Any] = {kind: dict(getattr(case.pathway, kind)) for kind in Pathway.model_fields}
    day = draw(st.integers(1, 9))
    for kind, name in (("activities", "service_time"), ("activities", "patience"), ("waits", "time")):
        for key, each in maps[kind].items():
            time = getattr(each, name)
            if time is not None and not isinstance(time, Change) and draw(st.booleans()):
                maps[kind][key] = each.model_copy(
                    update={name: fixed(draw(st.sampled_from([0.5, 1.0, 2.5])))}
                )
    for key, pool in maps["pools"].items():
        if pool.units is not None and not pool.steps and draw(st.booleans()):
            maps["pools"][key] = pool.model_copy(update={"units": draw(st.integers(1, 4))})
    for key, entry in maps["entry_points"].items():
        plain = isinstance(entry.arrivals, RandomArrivals) and isinstance(entry.arrivals.rate, Rate)
        if plain and draw(st.booleans()):
            rate = Rate(value=draw(st.sampled_from([0.0, 3.0])), unit="per day")
            arrivals = entry.arrivals.model_copy(update={"rate": rate})
            maps["entry_points"][key] = entry.model_copy(update={"arrivals": arrivals})
    _draw_anew(draw, maps)
    return case, Pathway.model_validate(maps), day


def _draw_anew(draw: Draw, maps: dict[str, Any]) -> None:
    """Leads an arrow to a new decision, by which half go to a new activity, to which others come, too."""
    free = [
        key
        for key, arrow in sorted(maps["transitions"].items())
        if arrow.when is None and not isinstance(arrow.share, Change)
    ]
    if not free:
        return
    key = draw(st.sampled_from(free))
    arrow = maps["transitions"][key]
    maps["decisions"]["d-new"] = Decision(name="Where?")
    maps["activities"]["a-new"] = does({"pool-new": 1}, draw(st.sampled_from([0.5, 1.0])))
    maps["pools"]["pool-new"] = Pool(name="New", units=draw(st.integers(1, 2)))
    maps["entry_points"]["in-new"] = coming(1.0)
    maps["transitions"][key] = arrow.model_copy(update={"target": "d-new"})
    maps["transitions"] |= {
        "n-0": Transition(origin="d-new", target="a-new", share=0.5),
        "n-1": Transition(origin="d-new", target=arrow.target, share=0.5),
        "n-2": Transition(origin="a-new", target="out"),
        "n-3": Transition(origin="in-new", target="a-new"),
    }


def until(trace: Trace, day: int) -> Iterator[Row]:
    """Yields the rows of a trace before a day, but those that say that a new pool has no units yet."""
    for row in rows_of(trace):
        if row.time < day and not (row.body is not None and row.body[0] == "pool-new"):
            yield row


def day_of(day: int) -> dt.date:
    """Returns the date of a day of the run."""
    return MONDAY + dt.timedelta(days=day)
