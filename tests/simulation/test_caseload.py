"""Caseloads, each rule as a worked example with a trace written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from pathway_modeller.scenario.elements import Caseload, Deterioration, DidNotAttend, InProgressToday, Today
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import ModelError
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import OUT, booked, coming, does, draw, fixed, play, settings, story
from tests.engines.replay import Replay


def _caseload(interval: float, length: float | None) -> Caseload:
    """Returns a caseload of pool "list" with fixed times."""
    return Caseload(pool="list", interval=fixed(interval), length=None if length is None else fixed(length))


def _line(caseload: Caseload, places: int | None = 5, entry: Any = None, **more: Any) -> Any:
    """Returns the pathway in > nurse > out, with contacts of half a day."""
    maps = more.pop("maps", {})
    return draw(
        {
            "in": entry or booked("monday 00:00 1"),
            "nurse": does({"staff": more.pop("staff", 1)}, 0.5, caseload=caseload, **more),
            "else": does({}, 0.25),
            "out": OUT,
        },
        ["in > nurse > out", "else > out"],
        {"staff": 1, "list": places},
        **maps,
    )


def _told(pathway: Any, days: float, who: str = "in/0", **more: Any) -> list[str]:
    """Returns the story of one patient with units; the trace is replayed too."""
    trace = play(pathway, days, **more)
    assert Replay(trace, pathway).wrong == []
    return [line.replace(f" {who}", "") for line in story(trace, units=True) if f" {who} " in line]


def test_contacts_come_after_intervals_until_the_time_on_the_caseload_is_over() -> None:
    assert _told(_line(_caseload(1.0, 3.0)), 6) == [
        "0 ARRIVE in",
        "0 JOIN nurse",
        "0 START nurse",
        "0 ACQUIRE nurse list 1",
        "0 ACQUIRE nurse staff 1",
        "0 ON_CASELOAD nurse",
        "0.5 COMPLETE nurse",
        "0.5 RELEASE nurse staff 1",
        "1.5 REVIEW_DUE nurse",
        "1.5 JOIN nurse",
        "1.5 START nurse",
        "1.5 ACQUIRE nurse staff 1",
        "2 COMPLETE nurse",
        "2 RELEASE nurse staff 1",
        "3 OFF_CASELOAD nurse",
        "3 RELEASE nurse list 1",
        "3 EXIT out",
    ]


def test_a_contact_that_ends_after_the_time_is_over_ends_the_caseload() -> None:
    told = _told(_line(_caseload(1.0, 1.75)), 6)
    assert told[-4:] == [
        "2 RELEASE nurse staff 1",
        "2 OFF_CASELOAD nurse",
        "2 RELEASE nurse list 1",
        "2 EXIT out",
    ]


def test_an_interval_longer_than_the_time_on_the_caseload_is_one_contact() -> None:
    told = _told(_line(_caseload(9.0, 3.0)), 20)
    assert [line for line in told if "START" in line] == ["0 START nurse"]
    assert told[-1] == "3 EXIT out"


def test_a_contact_due_as_the_time_ends_is_not_held() -> None:
    told = _told(_line(_caseload(1.0, 1.5)), 6)
    assert [line for line in told if "REVIEW" in line or "OFF" in line] == ["1.5 OFF_CASELOAD nurse"]


def test_without_a_time_it_lasts_to_the_end_of_the_run() -> None:
    told = _told(_line(_caseload(1.0, None)), 100)
    assert float([line for line in told if "REVIEW_DUE" in line][-1].split()[0]) > 98
    assert not any("OFF_CASELOAD" in line for line in told)


def test_the_first_contact_waits_for_a_place_and_reviews_do_not() -> None:
    pathway = _line(_caseload(1.0, 3.0), 1, booked("monday 00:00 2"))
    starts = [line for line in story(play(pathway, 6.9)) if " START " in line]
    assert starts == [
        "0 in/0 START nurse",
        "1.5 in/0 START nurse",
        "3 in/1 START nurse",
        "4.5 in/1 START nurse",
    ]


def test_without_places_nobody_comes_onto_the_caseload() -> None:
    trace = play(_line(_caseload(1.0, 3.0), 0, coming(2.0)), 30)
    assert not (trace.event == Event.START).any()
    assert not (trace.event == Event.ON_CASELOAD).any()


def _missing(**more: Any) -> DidNotAttend:
    """Returns that all miss their slot who waited at least a quarter of a day, and nobody else."""
    step = {"waited": {"value": 0.25, "unit": "days"}, "share": 1.0}
    return DidNotAttend.model_validate({"share": 0.0, "by_wait": [step], **more})


def test_who_only_has_a_place_may_miss_the_contact_and_then_leaves_the_caseload() -> None:
    entry = booked("monday 00:00 1", "tuesday 06:00 1")
    pathway = _line(_caseload(1.0, 9.0), 5, entry, did_not_attend=_missing(rebook=0.0, others_go_to="else"))
    told = [line for line in _told(pathway, 6) if "ACQUIRE" not in line]
    assert told[6:] == [
        "1.5 REVIEW_DUE nurse",
        "1.5 JOIN nurse",
        "1.75 START_MISSED nurse",
        "2.25 DID_NOT_ATTEND nurse",
        "2.25 RELEASE nurse staff 1",
        "2.25 OFF_CASELOAD nurse",
        "2.25 RELEASE nurse list 1",
        "2.25 JOIN else",
        "2.25 START else",
        "2.5 COMPLETE else",
        "2.5 EXIT out",
    ]


def test_who_is_booked_again_keeps_the_place() -> None:
    entry = booked("monday 00:00 1", "tuesday 06:00 1")
    pathway = _line(_caseload(1.0, 9.0), 5, entry, did_not_attend=_missing())
    told = [line for line in _told(pathway, 4) if "ACQUIRE" not in line]
    assert told[9:13] == [
        "2.25 DID_NOT_ATTEND nurse",
        "2.25 RELEASE nurse staff 1",
        "2.25 JOIN nurse",
        "2.25 START nurse",
    ]
    assert not any("OFF_CASELOAD" in line for line in told)


def test_a_review_takes_room_and_is_turned_away_off_the_caseload() -> None:
    pathway = _line(_caseload(1.0, 9.0), 5, booked("monday 00:00 1", "tuesday 06:00 1"), room=0)
    assert _told(pathway, 6)[8:] == [
        "1.5 REVIEW_DUE nurse",
        "1.5 JOIN nurse",
        "1.5 TURNED_AWAY nurse",
        "1.5 OFF_CASELOAD nurse",
        "1.5 RELEASE nurse list 1",
        "1.5 LEFT_TURNED_AWAY nurse",
    ]


def test_giving_up_a_review_ends_the_caseload_and_is_no_delay() -> None:
    entry = booked("monday 00:00 1", "tuesday 06:00 1")
    pathway = _line(_caseload(1.0, 9.0), 5, entry, patience=fixed(0.125), gives_up_to="else")
    told = _told(pathway, 6)
    assert told[9:14] == [
        "1.5 JOIN nurse",
        "1.625 GAVE_UP nurse",
        "1.625 OFF_CASELOAD nurse",
        "1.625 RELEASE nurse list 1",
        "1.625 JOIN else",
    ]
    assert not any("BLOCKED" in line for line in told)


def test_deteriorating_while_waiting_for_a_review_ends_the_caseload() -> None:
    entry = booked("monday 00:00 1", "tuesday 06:00 1")
    dies = {"dies": Deterioration(name="Dies", kind="death", time=fixed(0.125))}
    told = _told(_line(_caseload(1.0, 9.0), 5, entry, deterioration=dies), 6)
    assert told[10:] == [
        "1.625 DETERIORATED nurse",
        "1.625 OFF_CASELOAD nurse",
        "1.625 RELEASE nurse list 1",
        "1.625 DIED nurse",
    ]


def test_contacts_release_staff_whichever_way_the_activity_releases() -> None:
    told = _told(_line(_caseload(1.0, 3.0), release="when next can take"), 6)
    assert told[7] == "0.5 RELEASE nurse staff 1"


def test_those_being_seen_today_come_onto_the_caseload() -> None:
    today = {"nurse": Today(in_progress=(InProgressToday(patients=1, remaining=fixed(0.25)),))}
    pathway = _line(_caseload(1.0, 3.0), maps={"today": today}, entry=booked("sunday 00:00 1"))
    told = _told(pathway, 5, "nurse in progress/0", start="today")
    assert told[:4] == [
        "0 PRESENT nurse",
        "0 ACQUIRE nurse list 1",
        "0 ACQUIRE nurse staff 1",
        "0 ON_CASELOAD nurse",
    ]
    assert told[-1] == "3.25 EXIT out"


def test_a_caseload_has_a_pool_of_its_own() -> None:
    pathway = draw(
        {
            "in": coming(1.0),
            "nurse": does({"list": 1}, 1.0, caseload=_caseload(1, 2)),
            "out": OUT,
        },
        ["in > nurse > out"],
        {"list": 1},
    )
    with pytest.raises(ModelError, match="give its caseload a pool of its own"):
        compile_pathway(pathway, settings(5))
