"""Checking the engines against each other: what is identical, and in words what is not."""

from __future__ import annotations

import builtins
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pathway_modeller.experiment.runs.workers import process_pool
from pathway_modeller.experiment.verify.event_words import DONE, EventWords, moment_words
from pathway_modeller.experiment.verify.histories import trace_digest
from pathway_modeller.experiment.verify.verify import Verification, both_engines, verify
from pathway_modeller.experiment.verify.words import as_object, lines, sentence
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import Cancelled, ModelError, SimulationStopped
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.trace import Event, Trace
from tests.engines.bundled import each_baseline
from tests.small_scenario import small

Tamper = Callable[[Trace], Trace]


def against(tamper: Tamper) -> dict[str, Any]:
    """Returns the reference engine, and the same with its trace changed (but not the first hour's)."""

    def other(*given: Any) -> Trace:
        trace = simulate(*given)
        return tamper(trace) if trace.legend.until > 1 else trace

    return {"simpy": simulate, "compiled": other}


def column(trace: Trace, name: str, row: int, value: float) -> Trace:
    """Returns a trace with one figure changed."""
    changed = getattr(trace, name).copy()
    changed[row] = value
    return replace(trace, **{name: changed})


def checked(tamper: Tamper) -> Verification:
    return verify(small(), BASELINE, engines=against(tamper))


def rows(trace: Trace, event: Event) -> list[int]:
    return [int(each) for each in np.flatnonzero(trace.event == event)]


def test_both_engines_tell_the_same_history_of_a_small_clinic() -> None:
    pytest.importorskip("numba")
    told: list[str] = []
    found = verify(small(), "second", replication=1, progress=told.append)
    trace = simulate(compile_pathway(played(small(), "second"), small().run), 3, 1)
    assert found.identical
    assert {each.engine for each in found.played} == {"simpy", "compiled"}
    assert {each.events for each in found.played} == {len(trace)}
    assert {each.digest for each in found.played} == {trace_digest(trace)}
    assert sentence(found).startswith(
        f"Identical: both engines give the same {len(trace):,} events in replication 2 of option "
        f"“A second clinician” (SHA-256 {trace_digest(trace)[:16]}), the compiled engine in 0."
    )
    assert told[-1] == "Comparing event by event"


@pytest.mark.parametrize("apart", [False, True], ids=["here", "in a process"])
def test_who_waits_for_the_slower_engine_is_told_how_far_it_is(apart: bool) -> None:
    told: list[str] = []
    run = small().run.model_copy(update={"duration": Duration(value=3, unit="years")})
    engines = {"compiled": lambda *given: simulate(*given), "simpy": simulate}
    with process_pool(1) if apart else nullcontext() as executor:
        verify(small(), BASELINE, run, progress=told.append, engines=engines, executor=executor)
    stage = "Playing it on engine 2 of 2, SimPy: "
    far = [int(words.removeprefix(stage).partition("%")[0]) for words in told if words.startswith(stage)]
    assert far == sorted(set(far))
    assert far[-1] > 50


def test_both_engines_tell_the_same_share_of_a_run_as_it_goes_on() -> None:
    pytest.importorskip("numba")
    told: list[str] = []
    run = small().run.model_copy(update={"duration": Duration(value=10, unit="years")})
    verify(small(), BASELINE, run, progress=told.append)
    for stage in ("engine 1 of 2, the compiled engine: ", "engine 2 of 2, SimPy: "):
        far = [int(words.partition(stage)[2].partition("%")[0]) for words in told if stage in words]
        assert far == sorted(set(far))
        assert 50 < far[-1] <= 100


def test_a_time_that_differs_is_told_by_date_clock_patient_and_element() -> None:
    found = checked(lambda trace: column(trace, "time", rows(trace, Event.START)[0], 0.5))
    assert found.difference is not None
    assert found.difference.patient == 'patient 1 of "Referral"'
    assert found.difference.element == '"Clinic"'
    reference, other = found.difference.says
    assert reference.startswith("Tuesday 1 April 2025 at ")
    assert reference.endswith('patient 1 of "Referral" is started at "Clinic"')
    assert other == 'Tuesday 1 April 2025 at 12:00:00.000: patient 1 of "Referral" is started at "Clinic"'
    assert sentence(found).startswith(
        "Different: in replication 1 of the baseline the engines agree on the first 3 events and differ from"
    )


def test_another_kind_of_event_is_told_in_words() -> None:
    found = checked(lambda trace: column(trace, "event", rows(trace, Event.COMPLETE)[0], Event.BLOCKED))
    assert found.difference is not None
    assert found.difference.says[0].endswith('completes "Clinic"')
    assert found.difference.says[1].endswith(
        'has completed "Clinic" and keeps its capacity until the next activity has room'
    )


def test_a_time_that_differs_by_less_than_the_clock_shows_is_told_in_days() -> None:
    def late(trace: Trace) -> Trace:
        row = rows(trace, Event.START)[5]
        return column(trace, "time", row, np.nextafter(trace.time[row], 99.0))

    found = checked(late)
    assert found.difference is not None
    days = [says.rsplit("(day ", 1)[1].rstrip(")") for says in found.difference.says]
    assert float(days[0]) < float(days[1])


def test_one_event_more_at_the_end_is_told() -> None:
    short = checked(
        lambda trace: replace(trace, **{name: getattr(trace, name)[:-1] for name in trace.COLUMNS})
    )
    assert short.difference is not None
    length = short.played[0].events
    assert short.played[1].events == length - 1
    assert short.difference.event == length
    assert short.difference.says[1] == (
        f"nothing more happens; the run has ended after {length - 1:,} events"
    )


def test_a_history_that_differs_makes_every_line_say_so() -> None:
    found = checked(lambda trace: column(trace, "units", rows(trace, Event.ACQUIRE)[0], 2))
    text = lines(found)
    assert text[1].startswith("First event that differs: number ")
    assert text[2].startswith("SimPy says: Tuesday 1 April 2025 at ")
    assert text[2].endswith('takes 1 unit of "Clinicians" for "Clinic"')
    assert text[3].startswith("The compiled engine says: ")
    assert text[3].endswith('takes 2 units of "Clinicians" for "Clinic"')
    assert text[6].startswith(
        "Do not rely on figures of this scenario until that is explained: send this text"
    )
    document = as_object(found)
    assert document["identical"] is False
    assert document["difference"]["event"] == found.difference.event  # type: ignore[index, union-attr]


def stopping(words: str) -> Any:
    def stop(*_given: Any) -> Trace:
        raise SimulationStopped(words)

    return stop


def test_engines_that_stop_with_the_same_sentence_are_identical() -> None:
    engines = {"simpy": stopping("It locks."), "compiled": stopping("It locks.")}
    found = verify(small(), BASELINE, engines=engines)
    assert found.identical
    assert sentence(found) == (
        "Identical: both engines stop in replication 1 of the baseline with the same sentence: It locks."
    )


def test_engines_that_stop_with_different_sentences_are_not() -> None:
    engines = {"simpy": stopping("It locks."), "compiled": stopping("It goes round for ever.")}
    found = verify(small(), BASELINE, engines=engines)
    assert found.difference is not None
    assert found.difference.says == ("stops: It locks.", "stops: It goes round for ever.")


def test_an_engine_that_stops_where_the_other_goes_on_is_told() -> None:
    found = verify(small(), BASELINE, engines={"simpy": simulate, "compiled": stopping("It locks.")})
    assert found.difference is not None
    assert found.difference.says[0].startswith("goes on to the end, with ")
    assert found.difference.says[1] == "stops: It locks."


def test_without_numba_a_sentence_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def lacking(name: str, *rest: Any) -> Any:
        if name.startswith("numba"):
            raise ImportError(name)
        return real(name, *rest)

    for name in [each for each in sys.modules if each.startswith("pathway_modeller.simulation.compiled")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(ModelError, match="needs Numba, which cannot be imported on this computer"):
        both_engines()


def test_an_engine_played_in_a_process_is_compared_all_the_same() -> None:
    def other(*given: Any) -> Trace:
        trace = simulate(*given)
        return column(trace, "units", 9, 7) if trace.legend.until > 1 else trace

    with process_pool(1) as executor:
        here = verify(small(), BASELINE, engines={"compiled": other, "simpy": simulate})
        there = verify(small(), BASELINE, engines={"compiled": other, "simpy": simulate}, executor=executor)
    assert there.difference == here.difference
    assert there.difference is not None
    assert there.difference.event == 10
    assert [each.digest for each in there.played] == [each.digest for each in here.played]


def test_a_process_that_was_ended_before_is_told_in_a_sentence() -> None:
    with process_pool(1) as executor:
        executor.submit(int).result()
        for child in active_children():
            child.kill()
        with pytest.raises(BrokenProcessPool):
            executor.submit(time.sleep, 60).result()
        with pytest.raises(ModelError, match="was ended from outside"):
            verify(small(), BASELINE, engines={"compiled": simulate, "simpy": simulate}, executor=executor)


def test_a_process_that_is_ended_from_outside_is_told_in_a_sentence() -> None:
    def other(*given: Any) -> Trace:
        return simulate(*given)

    def end(words: str) -> None:
        if "SimPy" in words:
            for child in active_children():
                child.kill()

    engines = {"compiled": other, "simpy": simulate}
    with process_pool(1) as executor:
        executor.submit(int).result()
        with pytest.raises(ModelError, match="was ended from outside"):
            verify(small(), BASELINE, progress=end, engines=engines, executor=executor)


def test_nothing_of_a_check_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left: list[list[Path]] = []
    verify(
        small(),
        BASELINE,
        progress=lambda _words: left.append(list(tmp_path.rglob("*.npy"))),
        engines=against(lambda trace: column(trace, "units", 9, 7)),
    )
    assert any(left)
    assert list(tmp_path.iterdir()) == []


def test_without_room_for_the_histories_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match="folder for temporary files; free some room"):
        verify(small(), BASELINE, engines=against(lambda trace: trace))


def test_a_check_can_be_cancelled() -> None:
    played_on: list[str] = []

    def endless(*given: Any) -> Trace:
        played_on.append("once")
        assert given[3] is not None
        return simulate(*given)

    with pytest.raises(Cancelled):
        verify(
            small(),
            BASELINE,
            cancelled=lambda: bool(played_on),
            engines={"simpy": endless, "compiled": endless},
        )
    assert played_on == ["once"]


@each_baseline
def test_every_event_of_the_bundled_scenarios_has_words(path: Path, variant: str) -> None:
    scenario = load(path)
    day = Duration(value=40, unit="days")
    run = scenario.run.model_copy(update={"warm_up": Duration(value=0, unit="days"), "duration": day})
    pathway = played(scenario, variant, run)
    trace = simulate(compile_pathway(pathway, run), run.seed, 0)
    words = EventWords(trace, pathway)
    for event in np.unique(trace.event):
        told = words.told(rows(trace, Event(int(event)))[0])
        assert "{" not in told
        assert '""' not in told


def test_every_kind_of_event_has_words() -> None:
    assert set(DONE) == set(Event)


def test_a_moment_before_the_start_is_on_the_day_before() -> None:
    assert moment_words(dt.date(2026, 1, 5), -0.5) == "Sunday 4 January 2026 at 12:00:00.000"
