"""Shifts of activity made up at random over a pathway."""

from __future__ import annotations

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.dated import AtDate
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.values import ByGroup, Duration
from tests.engines.pathways import Draw, Playable, playable
from tests.engines.redesigns import day_of

SHARES = st.sampled_from([0.0, 0.25, 0.5, 1.0])


@st.composite
def shifted(draw: Draw) -> tuple[Playable, dict[str, ActivityShift], int]:
    """Returns a pathway, shifts of its activities, and the day before which nobody moves."""
    case = draw(playable(blocking=draw(st.booleans())))
    activities = sorted(case.pathway.activities)
    assume(len(activities) > 1)
    origin = draw(st.sampled_from(activities))
    others = [each for each in activities if each != origin]
    day = draw(st.integers(1, 5))
    shifts = {
        f"s{place}": draw(_shift(case.pathway, origin, draw(st.sampled_from(others)), day))
        for place in range(draw(st.integers(1, 2)))
    }
    return case, shifts, day


@st.composite
def _shift(draw: Draw, pathway: Pathway, origin: str, target: str, day: int) -> ActivityShift:
    """Returns a shift from one activity to another that is phased in from a day."""
    ramp = draw(st.sampled_from([None, 2, 3]))
    over = None if ramp is None else Duration(value=ramp, unit="days")
    places = sorted(pathway.footprints)
    open_to = tuple(places[:1]) if len(places) > 1 and draw(st.booleans()) else ()
    return ActivityShift(
        name="Shift",
        origin=origin,
        target=target,
        eligible=draw(_share(pathway, ("need_tier", "footprint"))),
        uptake=draw(_share(pathway, ("need_tier", "footprint", *pathway.attributes))),
        phased_in=AtDate(starts=day_of(day), ramp=over),
        footprints=open_to,
    )


@st.composite
def _share(draw: Draw, pathway: Pathway, groupings: tuple[str, ...]) -> Any:
    """Returns a share that may differ by one of some attributes."""
    if draw(st.booleans()):
        return draw(SHARES)
    by = draw(st.sampled_from(groupings))
    if by == "need_tier":
        groups = sorted(pathway.need_tiers)
    else:
        groups = sorted(pathway.footprints if by == "footprint" else pathway.attributes[by].values)
    values = {group: draw(SHARES) for group in groups}
    return ByGroup[float](by=by, values=values, otherwise=draw(SHARES))
