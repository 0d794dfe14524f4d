"""The independent check finds what is wrong: other pathways than the one played, and broken engines."""

from __future__ import annotations

import pytest

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Transition
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.simpy.capacity import Queues, Visit
from tests.engines.drawing import OUT, coming, does, draw, exponential, fixed, play, settings
from tests.engines.replay import Replay, littles_law, never_to_start
from tests.engines.without_watch import simulate_without_watch


def _pathway(**changes: object) -> Pathway:
    clinic = {"needs": {"doctor": 1}, "time": 0.5, "room": 3, "patience": fixed(1.0), **changes}
    return draw(
        {"in": coming(3.0), "clinic": does(**clinic), "ward": does({"bed": 1}, exponential(1.0)), "out": OUT},
        ["in > clinic > ward > out"],
        {"doctor": 1, "bed": 2},
    )


def test_a_right_trace_is_found_right() -> None:
    pathway = _pathway()
    assert Replay(play(pathway, 40), pathway).wrong == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"time": 0.25}, "took"),
        ({"patience": fixed(0.5)}, "took"),
        ({"needs": {"doctor": 2}}, "did not take all"),
        ({"needs": {}}, "does not need"),
        ({"room": 1}, "with room for 1"),
        ({"discipline": "last come"}, "was started for clinic before"),
        ({"gives_up_to": "ward"}, "allowed"),
        ({"overflow_to": "ward"}, "allowed"),
        ({"release": "when next can take"}, "keeps nothing"),
    ],
)
def test_a_trace_of_another_pathway_is_found_wrong(changes: dict[str, object], words: str) -> None:
    wrong = Replay(play(_pathway(), 40), _pathway(**changes)).wrong
    assert any(words in sentence for sentence in wrong)


def _rarer(**changes: object) -> Pathway:
    step = {"waited": {"value": 0.5, "unit": "days"}, "share": 1.0}
    worse = {"name": "Worse", "kind": "emergency", "time": fixed(0.75)}
    nurse = {
        "did_not_attend": {"share": 0.0, "by_wait": [step], "rebook": 0.0},
        "deterioration": {"worse": worse},
        "caseload": {"pool": "list", "interval": fixed(1.0), "length": fixed(3.0)},
        "single_point": {"advice_only": 0.0, "team": ["ward"]},
        **changes,
    }
    days = Transition(origin="nurse", target="ward", time=fixed(1.0))
    elements = {
        "in": coming(3.0),
        "nurse": does({"staff": 1}, 0.25, **nurse),
        "ward": does({}, 1.0),
        "out": OUT,
    }
    return draw(elements, ["in > nurse", days, "ward > out"], {"staff": 1, "list": 4})


def test_a_right_trace_with_caseloads_and_harm_by_waiting_is_found_right() -> None:
    assert Replay(play(_rarer(), 40), _rarer()).wrong == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"did_not_attend": {"share": 0.0}}, "should not miss"),
        ({"did_not_attend": {"share": 1.0}}, "should miss"),
        ({"did_not_attend": None}, "though nobody there can"),
        ({"deterioration": {"worse": {"name": "W", "kind": "death", "time": fixed(0.75)}}}, "allowed"),
        ({"deterioration": {"worse": {"name": "W", "kind": "emergency", "time": fixed(0.5)}}}, "beyond W"),
        ({"deterioration": {}}, "deteriorates by nurse worse"),
        ({"caseload": {"pool": "list", "interval": fixed(2.0), "length": fixed(3.0)}}, "REVIEW_DUE"),
        ({"caseload": {"pool": "list", "interval": fixed(1.0), "length": fixed(2.0)}}, "comes off at"),
        ({"caseload": {"pool": "staff", "interval": fixed(1.0), "length": fixed(3.0)}}, "does not need"),
        ({"single_point": {"advice_only": 1.0, "team": ["ward"]}}, "allowed"),
        ({"single_point": {"advice_only": 0.0}}, "allowed"),
    ],
)
def test_a_trace_of_other_caseloads_or_harm_is_found_wrong(changes: dict[str, object], words: str) -> None:
    wrong = Replay(play(_rarer(), 40), _rarer(**changes)).wrong
    assert any(words in sentence for sentence in wrong)


def test_an_engine_that_forgets_to_look_at_freed_units_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Queues, "freed", lambda *_: None)
    wrong = Replay(play(_pathway(), 40), _pathway()).wrong
    assert any("though it could start" in sentence for sentence in wrong)


def test_an_engine_that_overfills_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Queues, "fits", lambda *_: True)
    wrong = Replay(play(_pathway(), 40), _pathway()).wrong
    assert any("in use and" in sentence for sentence in wrong)


def test_an_engine_that_ignores_queue_order_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    late_first = property(lambda self: (0, -self.joined, self.patient.identity))
    monkeypatch.setattr(Visit, "place", late_first)
    wrong = Replay(play(_pathway(), 40), _pathway()).wrong
    assert any("was started for" in sentence for sentence in wrong)


def test_an_engine_without_rooms_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Queues, "without_room", lambda *_: [])
    wrong = Replay(play(_pathway(), 40), _pathway()).wrong
    assert any("with room for 3" in sentence for sentence in wrong)


def test_patients_who_lock_each_other_out_are_found() -> None:
    pathway = draw(
        {
            "in": coming(4.0),
            "one": does({"a": 1}, 0.5, release="when next can take"),
            "two": does({"b": 1}, 0.5, release="when next can take"),
            "out": OUT,
        },
        ["in > one > two", "two > one 0.5", "two > out 0.5"],
        {"a": 1, "b": 1},
    )
    trace = simulate_without_watch(compile_pathway(pathway, settings(30)), 1, 0)
    assert len(never_to_start(Replay(trace, pathway))) == 2


def test_littles_law_adds_up_a_trace_worked_by_hand() -> None:
    pathway = draw(
        {"in": coming(2.0, ends_after={"value": 3, "unit": "days"}), "a": does({"x": 1}, 1.0), "out": OUT},
        ["in > a > out"],
        {"x": 1},
    )
    both = littles_law(play(pathway, 10))
    assert set(both) == {"a", "the pathway"}
    assert both["a"][0] == pytest.approx(both["a"][1])
    assert both["the pathway"][0] > both["a"][0] > 0
