"""What happens to patients during care, each rule as a worked example with a trace written by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from pathway_modeller.scenario.capacity import Pool, Quality
from pathway_modeller.scenario.dated import Change
from pathway_modeller.scenario.elements import (
    Caseload,
    Deterioration,
    DidNotAttend,
    InProgressToday,
    Stay,
    StayEnd,
    Today,
)
from pathway_modeller.scenario.people import Footprint, NeedTier
from pathway_modeller.scenario.values import ByGroup, Rate
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import ModelError
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.trace import Event, NeedCause, Trace
from tests.engines.drawing import (
    MONDAY,
    OUT,
    coming,
    does,
    draw,
    every,
    exponential,
    fixed,
    settings,
    story,
)
from tests.engines.pathways import TIERS
from tests.engines.replay import Replay

pytest.importorskip("numba")

from pathway_modeller.simulation.compiled.simulate import simulate as compiled

DAILY = every(1.0, ends_after={"value": 2.5, "unit": "days"})
"""Patients on days 1 and 2."""


def both(pathway: Any, days: float, start: str = "empty") -> Trace:
    """Returns the trace that both engines give, replayed."""
    model = compile_pathway(pathway, settings(days, start=start))
    trace = simulate(model, 1, 0)
    assert compiled(model, 1, 0).tobytes() == trace.tobytes()
    assert Replay(trace, pathway).wrong == []
    return trace


def worse(kind: str = "emergency", days: float | None = 1.5, **more: Any) -> Deterioration:
    """Returns what happens during care after a fixed time."""
    time = None if days is None else fixed(days)
    return Deterioration.model_validate(
        {"name": "Worse", "kind": kind, "time": time, "during": "service", **more}
    )


def ward(deterioration: dict[str, Deterioration], entry: Any = DAILY, **more: Any) -> Any:
    """Returns the pathway in > ward > out with one bed; the ward takes 4 days. Beside it is "emergency"."""
    maps, pools = more.pop("maps", {}), more.pop("pools", {"bed": 1})
    return draw(
        {
            "in": entry,
            "ward": does({"bed": 1}, more.pop("time", 4.0), deterioration=deterioration, **more),
            "emergency": does({}, 0.5),
            "out": OUT,
        },
        ["in > ward > out", "emergency > out"],
        pools,
        **maps,
    )


def told(pathway: Any, days: float, who: str = "in/0", start: str = "empty") -> list[str]:
    """Returns the story of one patient, units taken and given back left out."""
    lines = story(both(pathway, days, start))
    return [line.replace(f" {who}", "") for line in lines if f" {who} " in line]


def test_who_comes_to_harm_leaves_the_bed_at_that_instant_and_the_next_takes_it() -> None:
    pathway = ward({"worse": worse()})
    assert told(pathway, 6) == [
        "1 ARRIVE in",
        "1 JOIN ward",
        "1 START ward",
        "2.5 HARMED ward",
        "2.5 LEFT_HARMED ward",
    ]
    assert told(pathway, 6, "in/1")[2:] == ["2.5 START ward", "4 HARMED ward", "4 LEFT_HARMED ward"]


def test_an_emergency_goes_to_its_element() -> None:
    assert told(ward({"worse": worse(goes_to="emergency")}), 6)[3:] == [
        "2.5 HARMED ward",
        "2.5 JOIN emergency",
        "2.5 START emergency",
        "3 COMPLETE emergency",
        "3 EXIT out",
    ]


def test_death_leaves_the_pathway() -> None:
    assert told(ward({"dies": worse("death")}), 6)[3:] == ["2.5 HARMED ward", "2.5 DIED ward"]


def test_a_service_that_ends_at_that_very_instant_has_ended() -> None:
    assert told(ward({"worse": worse(days=4.0)}), 6)[3:] == ["5 COMPLETE ward", "5 EXIT out"]


def test_nothing_happens_in_the_queue_whatever_its_length() -> None:
    assert told(ward({"worse": worse(days=3.9)}), 12, "in/1") == [
        "2 ARRIVE in",
        "2 JOIN ward",
        "4.9 START ward",
        "8.8 HARMED ward",
        "8.8 LEFT_HARMED ward",
    ]


def test_of_several_the_first_counts_and_by_id_when_together() -> None:
    sooner = {"a": worse(days=2.0), "b": worse("death", days=1.0)}
    assert told(ward(sooner), 6)[3:] == ["2 HARMED ward", "2 DIED ward"]
    together = {"b": worse("death", days=1.0), "a": worse(days=1.0)}
    assert told(ward(together), 6)[3:] == ["2 HARMED ward", "2 LEFT_HARMED ward"]


def test_in_the_queue_and_in_care_each_has_its_own() -> None:
    """The second waits from day 2 and would come to harm there on day 4.5; the bed is free on day 2.5."""
    queue = Deterioration(name="Falls", kind="emergency", time=fixed(2.5))
    pathway = ward({"care": worse(), "queue": queue})
    assert told(pathway, 8, "in/1")[2:] == ["2.5 START ward", "4 HARMED ward", "4 LEFT_HARMED ward"]
    later = ward({"care": worse(days=3.0), "queue": queue.model_copy(update={"time": fixed(1.0)})})
    assert told(later, 8, "in/1")[2:] == ["3 DETERIORATED ward", "3 LEFT_DETERIORATED ward"]


def test_a_change_of_need_leaves_care_and_joins_the_queue_anew() -> None:
    entry = every(1.0, ends_after={"value": 1.5, "unit": "days"}, need_tiers={"base": 1.0})
    rises = worse("need", 1.0, to_tier="tip")
    pathway = ward({"rises": rises}, entry, maps={"need_tiers": TIERS})
    trace = both(pathway, 20)
    assert [line.replace(" in/0", "") for line in story(trace)][2:] == [
        "1 START ward",
        "2 HARMED ward",
        "2 NEED_CHANGED ward",
        "2 JOIN ward",
        "2 START ward",
        "6 COMPLETE ward",
        "6 EXIT out",
    ]
    assert trace.pool[trace.event == Event.NEED_CHANGED].tolist() == [NeedCause.HARMED]


def test_a_bed_that_is_kept_until_the_next_can_take_is_kept_after_harm_as_well() -> None:
    """The unit for emergencies has one place, which the first takes on day 2.5 for 4 days."""
    pathway = draw(
        {
            "in": DAILY,
            "ward": does(
                {"bed": 1},
                4.0,
                deterioration={"worse": worse(goes_to="unit")},
                release="when next can take",
            ),
            "unit": does({"place": 1}, 4.0),
            "out": OUT,
        },
        ["in > ward > out", "unit > out"],
        {"bed": 2, "place": 1},
    )
    assert told(pathway, 10, "in/1") == [
        "2 ARRIVE in",
        "2 JOIN ward",
        "2 START ward",
        "3.5 HARMED ward",
        "3.5 JOIN unit",
        "3.5 BLOCKED ward",
        "6.5 START unit",
    ]
    trace = both(pathway, 10)
    bed = trace.legend.elements.index("ward")
    released = trace.time[(trace.event == Event.RELEASE) & (trace.element == bed)]
    assert released.tolist() == [2.5, 6.5]


def test_a_stay_that_ends_with_the_activity_ends_with_the_harm_and_another_goes_on() -> None:
    """The bed is held to the completion of "ward", the nurse to that of "emergency"."""
    stays = {
        "bed": Stay(
            name="Bed",
            needs={"bed": 1},
            begins_with="ward",
            ends=(StayEnd(element="ward", when="completion"),),
        ),
        "nurse": Stay(
            name="Nurse",
            needs={"nurse": 1},
            begins_with="ward",
            ends=(StayEnd(element="emergency", when="completion"),),
        ),
    }
    pathway = draw(
        {
            "in": DAILY,
            "ward": does({}, 4.0, deterioration={"worse": worse(goes_to="emergency")}),
            "emergency": does({}, 0.5),
            "out": OUT,
        },
        ["in > ward > out", "emergency > out"],
        {"bed": 2, "nurse": 2},
        stays=stays,
    )
    trace = both(pathway, 6)
    pools = [trace.legend.pools[pool].pool for pool in trace.pool[trace.event == Event.RELEASE]]
    times = trace.time[trace.event == Event.RELEASE].tolist()
    assert list(zip(times, pools, strict=True)) == [
        (2.5, "bed"),
        (3.0, "nurse"),
        (3.5, "bed"),
        (4.0, "nurse"),
    ]


def test_a_missed_slot_does_no_harm() -> None:
    missed = DidNotAttend(share=1, rebook=0)
    assert told(ward({"worse": worse()}, did_not_attend=missed), 8)[2:] == [
        "1 START_MISSED ward",
        "5 DID_NOT_ATTEND ward",
        "5 LEFT_NOT_ATTENDED ward",
    ]


def test_who_is_in_care_today_may_come_to_harm_from_time_0_on() -> None:
    busy = InProgressToday(patients=1, remaining=fixed(3.0))
    pathway = ward({"worse": worse()}, maps={"today": {"ward": Today(in_progress=(busy,))}})
    assert told(pathway, 6, "ward in progress/0", "today") == [
        "0 PRESENT ward",
        "1.5 HARMED ward",
        "1.5 LEFT_HARMED ward",
    ]


def caseload(harm: Deterioration, entry: Any = DAILY) -> Any:
    """Returns a caseload of one place, with contacts of half a day every two days for nine days."""
    on_it = Caseload(pool="list", interval=fixed(2.0), length=fixed(9.0))
    nurse = does({"nurse": 1}, 0.5, deterioration={"worse": harm}, caseload=on_it)
    return draw({"in": entry, "nurse": nurse, "out": OUT}, ["in > nurse > out"], {"nurse": 2, "list": 1})


def test_between_the_contacts_of_a_caseload_the_place_is_given_up() -> None:
    assert told(caseload(worse(days=1.5)), 6) == [
        "1 ARRIVE in",
        "1 JOIN nurse",
        "1 START nurse",
        "1 ON_CASELOAD nurse",
        "1.5 COMPLETE nurse",
        "3 HARMED nurse",
        "3 OFF_CASELOAD nurse",
        "3 LEFT_HARMED nurse",
    ]
    assert told(caseload(worse(days=1.5)), 6, "in/1")[2] == "3 START nurse"


def test_at_a_contact_of_a_caseload_the_place_is_given_up() -> None:
    assert told(caseload(worse(days=0.25)), 3)[4:] == [
        "1.25 HARMED nurse",
        "1.25 OFF_CASELOAD nurse",
        "1.25 LEFT_HARMED nurse",
    ]


def test_joining_anew_keeps_the_place_on_the_caseload() -> None:
    tiers = {"base": NeedTier(name="Base", level=1), "tip": NeedTier(name="Tip", level=2)}
    entry = every(1.0, ends_after={"value": 1.5, "unit": "days"}, need_tiers={"base": 1.0})
    pathway = caseload(worse("need", 1.0, to_tier="tip"), entry)
    pathway = pathway.model_copy(update={"need_tiers": tiers})
    assert told(pathway, 4)[4:] == [
        "1.5 COMPLETE nurse",
        "2.5 HARMED nurse",
        "2.5 NEED_CHANGED nurse",
        "2.5 JOIN nurse",
        "2.5 START nurse",
        "3 COMPLETE nurse",
    ]


RATE = Rate(value=250, unit="per day")


def hazard(**more: Any) -> dict[str, Deterioration]:
    """Returns an emergency at a hazard of a quarter a day during care."""
    return {"worse": worse(days=None, rate_per_1000=RATE, **more)}


def good(share: Any, **more: Any) -> dict[str, Pool]:
    """Returns beds for everybody, of which a share is good."""
    return {"bed": Pool(name="Bed", units=500, quality=Quality(good=share), **more)}


def harmed(trace: Trace) -> list[float]:
    """Returns when patients came to harm."""
    found: list[float] = trace.time[trace.event == Event.HARMED].tolist()
    return found


def test_all_or_none_good_is_another_rate() -> None:
    """Twice the rate where all is good is twice the rate; and good units change nothing where none is."""
    entry = coming(5.0)
    plain = both(ward(hazard(), entry, pools=good(1.0)), 40)
    assert harmed(both(ward(hazard(if_good=2.0), entry, pools=good(0.0)), 40)) == harmed(plain)
    assert harmed(both(ward(hazard(if_good=0.0), entry, pools=good(1.0)), 40)) == []
    twice = {"worse": worse(days=None, rate_per_1000=Rate(value=500, unit="per day"))}
    as_twice = both(ward(hazard(if_good=2.0), entry, pools=good(1.0)), 40)
    assert as_twice.tobytes() == both(ward(twice, entry, pools={"bed": 500}), 40).tobytes()


def test_the_share_in_force_when_care_begins_counts() -> None:
    """None is good until day 20, all from then on: nobody who came later comes to harm."""
    change = Change[float](before=0.0, after=1.0, starts=MONDAY + dt.timedelta(days=20))
    trace = both(ward(hazard(if_good=0.0), coming(5.0), pools=good(change)), 40)
    patients = trace.patient[trace.event == Event.HARMED]
    starts = trace.time[(trace.event == Event.START) & np.isin(trace.patient, patients)]
    assert len(starts) > 20
    assert starts.max() < 20
    assert max(harmed(trace)) > 20, "who came before may come to harm later"


def test_the_share_of_a_patients_footprint_counts() -> None:
    places = {name: Footprint(name=name, people={"base": 1.0}) for name in ("east", "west")}
    share = ByGroup[float](by="footprint", values={"east": 1.0}, otherwise=0.0)
    maps = {"need_tiers": TIERS, "footprints": places}
    trace = both(ward(hazard(if_good=0.0), coming(5.0), pools=good(share), maps=maps), 40)
    west = trace.legend.footprints.index("west")
    assert set(trace.footprint[trace.event == Event.HARMED].tolist()) == {west}


def test_the_quality_on_a_caseload_is_drawn_once() -> None:
    """Of those whose place is good nobody comes to harm, at whatever contact; the others do at last."""
    on_it = Caseload(pool="list", interval=fixed(1.0), length=fixed(200.0))
    nurse = does({}, 0.0, deterioration=hazard(if_good=0.0), caseload=on_it)
    places = Pool(name="List", units=500, quality=Quality(good=0.5))
    pathway = draw(
        {
            "in": coming(100.0, ends_after={"value": 1, "unit": "days"}),
            "nurse": nurse,
            "out": OUT,
        },
        ["in > nurse > out"],
        {"list": places},
    )
    trace = both(pathway, 190)
    came = int((trace.event == Event.ON_CASELOAD).sum())
    assert 0.35 * came <= len(harmed(trace)) <= 0.65 * came
    assert max(harmed(trace)) < 60, "a hazard of a quarter a day leaves one in three million after 60 days"


def test_a_factor_without_a_quality_is_refused() -> None:
    with pytest.raises(ModelError, match="must have a quality"):
        compile_pathway(ward(hazard(if_good=0.5)), settings(5))


def test_a_rate_of_0_is_no_harm_and_moves_nothing() -> None:
    never = {"worse": worse(days=None, rate_per_1000=Rate(value=0, unit="per day"))}
    plain, same = (both(ward(each, coming(0.2), time=exponential(3.0)), 200) for each in ({}, never))
    assert plain.tobytes() == same.tobytes()
