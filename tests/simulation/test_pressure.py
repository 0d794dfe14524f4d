"""Service times that react to how full a pool is at the start: traces worked by hand, and the same ones."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.capacity import CapacityStep, Pool
from pathway_modeller.scenario.elements import DidNotAttend, InProgressToday, Pressure, Today
from pathway_modeller.scenario.people import Footprint
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.trace import Trace
from tests.engines.drawing import MONDAY, OUT, booked, coming, does, draw, exponential, play, settings, story
from tests.engines.pathways import TIERS
from tests.engines.replay import Replay

pytest.importorskip("numba")

from pathway_modeller.simulation.compiled.simulate import simulate as compiled


def pressed(*steps: tuple[float, float], pool: str = "beds") -> Pressure:
    """Returns a reaction to a pool: (at least so full, factor)."""
    given = [{"full": full, "factor": factor} for full, factor in steps]
    return Pressure.model_validate({"pool": pool, "steps": given})


def both(pathway: Any, days: float, start: str = "empty") -> Trace:
    """Returns the trace that both engines give, replayed."""
    model = compile_pathway(pathway, settings(days, start=start))
    trace = simulate(model, 1, 0)
    assert compiled(model, 1, 0).tobytes() == trace.tobytes()
    assert Replay(trace, pathway).wrong == []
    return trace


def ward(pressure: Pressure | None, beds: int | Pool = 2, time: Any = 2.0, **more: Any) -> Any:
    """Returns the pathway in > ward > out."""
    elements = {"in": more.pop("entry"), "ward": does({"beds": 1}, time, pressure=pressure), "out": OUT}
    return draw(elements, ["in > ward > out"], {"beds": beds}, **more)


def ends(trace: Trace) -> list[str]:
    """Returns starts and completions in words."""
    return [line for line in story(trace) if "START" in line or "COMPLETE" in line]


def test_one_server_is_full_as_soon_as_somebody_starts() -> None:
    """A bed for one, stays of 2 days, and half of that when it is full: each stay is a day.

    The first comes on day 0 and leaves on day 1; the second, who waited since day 0, leaves on day 2; the
    third comes on day 7.
    """
    entry = booked("monday 00:00 2")
    assert ends(both(ward(pressed((1.0, 0.5)), 1, entry=entry), 8)) == [
        "0 in/0 START ward",
        "1 in/0 COMPLETE ward",
        "1 in/1 START ward",
        "2 in/1 COMPLETE ward",
        "7 in/2 START ward",
    ]


def test_the_last_bed_taken_shortens_the_stay_of_whoever_takes_it() -> None:
    """Two beds, stays of 2 days, 1.5 days for whoever fills the ward, 3 days where it is at least half full.

    in/0 starts on day 0 with one of two beds in use: 6 days. in/1 fills it on day 1: 1.5 days, to 2.5. in/2
    comes on day 2 and gets that bed at 2.5, with both in use again: 1.5 days, to 4.
    """
    entry = booked("monday 00:00 1", "tuesday 00:00 1", "wednesday 00:00 1")
    assert ends(both(ward(pressed((0.5, 3.0), (1.0, 0.75)), entry=entry), 6.5)) == [
        "0 in/0 START ward",
        "1 in/1 START ward",
        "2.5 in/1 COMPLETE ward",
        "2.5 in/2 START ward",
        "4 in/2 COMPLETE ward",
        "6 in/0 COMPLETE ward",
    ]


def test_a_pool_that_has_closed_is_full() -> None:
    """Both beds close on day 1; the clinic needs none, but is quicker when they are full: half of a day."""
    beds = Pool(name="Beds", units=2, steps=(CapacityStep(date=MONDAY.replace(day=6), units=0),))
    clinic = does({"staff": 1}, 1.0, pressure=pressed((1.0, 0.5)))
    elements = {
        "in": booked("monday 00:00 1", "tuesday 12:00 1"),
        "clinic": clinic,
        "out": OUT,
    }
    pathway = draw(elements, ["in > clinic > out"], {"staff": 2, "beds": beds})
    assert ends(both(pathway, 6)) == [
        "0 in/0 START clinic",
        "1 in/0 COMPLETE clinic",
        "1.5 in/1 START clinic",
        "2 in/1 COMPLETE clinic",
    ]


def test_the_beds_of_a_patients_own_footprint_count() -> None:
    """East has one bed and is full with one patient; west has two and is not."""
    places = {name: Footprint(name=name, people={"base": 1.0}) for name in ("east", "west")}
    beds = Pool(name="Beds", units=2, per_footprint=True, units_by_footprint={"east": 1})
    elements = {
        "from-east": booked("monday 00:00 1", footprints={"east": 1.0}),
        "from-west": booked("monday 00:00 1", footprints={"west": 1.0}),
        "ward": does({"beds": 1}, 2.0, pressure=pressed((1.0, 0.5))),
        "out": OUT,
    }
    arrows = ["from-east > ward > out", "from-west > ward"]
    pathway = draw(elements, arrows, {"beds": beds}, need_tiers=TIERS, footprints=places)
    assert [line for line in ends(both(pathway, 5)) if "COMPLETE" in line] == [
        "1 from-east/0 COMPLETE ward",
        "2 from-west/0 COMPLETE ward",
    ]


def test_a_missed_slot_takes_as_long_as_the_service_would() -> None:
    clinic = does(
        {"beds": 1}, 2.0, pressure=pressed((1.0, 0.5)), did_not_attend=DidNotAttend(share=1, rebook=0)
    )
    elements = {"in": booked("monday 00:00 1"), "ward": clinic, "out": OUT}
    trace = both(draw(elements, ["in > ward > out"], {"beds": 1}), 5)
    assert story(trace)[-2:] == ["1 in/0 DID_NOT_ATTEND ward", "1 in/0 LEFT_NOT_ATTENDED ward"]


def test_who_is_in_the_ward_today_stays_as_long_as_given_but_fills_it() -> None:
    """One bed of two is in use today for 5 days; who comes on day 1 fills the ward: 1 day instead of 2."""
    busy = InProgressToday.model_validate(
        {"patients": 1, "remaining": {"kind": "fixed", "unit": "days", "value": 5}}
    )
    today = {"ward": Today(in_progress=(busy,))}
    pathway = ward(pressed((1.0, 0.5)), entry=booked("tuesday 00:00 1"), today=today)
    assert [line for line in ends(both(pathway, 6, "today")) if "COMPLETE" in line] == [
        "2 in/0 COMPLETE ward",
        "5 ward in progress/0 COMPLETE ward",
    ]


@pytest.mark.parametrize("beds", [1, 3])
def test_a_factor_of_1_everywhere_changes_nothing(beds: int) -> None:
    steps = ((0.0, 1.0), (0.5, 1.0), (1.0, 1.0))
    plain, same = (
        both(ward(each, beds, exponential(1.0), entry=coming(0.9 * beds)), 100)
        for each in (None, pressed(*steps))
    )
    assert plain.tobytes() == same.tobytes()


def test_a_factor_at_every_level_is_a_longer_service_time() -> None:
    """M/M/1 at a quarter of a day, doubled, is M/M/1 at half a day: the same uniforms give the same times."""
    twice = both(ward(pressed((0.0, 2.0)), 1, exponential(0.25), entry=coming(1.0)), 200)
    half = both(ward(None, 1, exponential(0.5), entry=coming(1.0)), 200)
    assert twice.tobytes() == half.tobytes()


def test_shares_are_reached_exactly() -> None:
    """7 of 100 beds is 7% full, although 0.07 times 100 is more than 7 in floating point."""
    entry = booked("monday 00:00 7")
    trace = play(ward(pressed((0.07, 0.5)), 100, entry=entry), 5)
    assert sum(line.startswith("1 ") and "COMPLETE" in line for line in story(trace)) == 1
