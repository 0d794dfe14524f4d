"""Checking the two engines against each other: one replication on both, compared event by event.

The engines were written differently, from the same rules. Where both tell the same history of every patient,
to the last bit, a mistake would have to have been made twice in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pathway_modeller.experiment.results.fingerprint import scenario_hash
from pathway_modeller.experiment.runs.engines import ENGINES, engine_named
from pathway_modeller.experiment.runs.replicate import Task, narrowed
from pathway_modeller.experiment.runs.run_target import engine_words
from pathway_modeller.experiment.verify.event_words import EventWords
from pathway_modeller.experiment.verify.histories import Played, fetched, play_apart, play_here, shelves
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import ShiftError, played
from pathway_modeller.scenario.words.sentences import plural
from pathway_modeller.simulation.model.errors import ModelError

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from pathway_modeller.experiment.runs.engines import Simulate
    from pathway_modeller.simulation.trace import Trace

    Engines = Mapping[str, Simulate]

_NEARLY = 99
"""Hundredths of a replication at which all that is left is to put its events in order, the longer part."""

_THEN = ", then its events are put in order"


@dataclass(frozen=True)
class Difference:
    """The first event that differs, in words.

    Attributes:
        event: its place in the trace, from 1; None where the engines did not both reach the end.
        moment: date and clock; "" where the engines did not both reach the end.
        days: the same in days from the start date.
        patient: whose it is; "" where it is no patient's.
        element: where, by name; "" where it is at no element.
        says: what each engine says, in the order of the engines.
    """

    event: int | None
    moment: str
    days: float | None
    patient: str
    element: str
    says: tuple[str, str]


@dataclass(frozen=True)
class Verification:
    """What came of a check.

    Attributes:
        scenario: name of the scenario.
        scenario_hash: see :func:`pathway_modeller.experiment.results.fingerprint.scenario_hash`.
        variant: ``"baseline"`` or an option id.
        name: what people call the variant.
        run: the settings in force.
        replication: which replication, from 0.
        played: what each engine made of it.
        difference: the first event that differs; None if there is none.
    """

    scenario: str
    scenario_hash: str
    variant: str
    name: str
    run: RunSettings
    replication: int
    played: tuple[Played, Played]
    difference: Difference | None

    @property
    def identical(self) -> bool:
        """Whether both engines tell the same history."""
        return self.difference is None


def verify(
    scenario: Scenario,
    variant: str,
    run: RunSettings | None = None,
    replication: int = 0,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[str], None] | None = None,
    *,
    engines: Engines | None = None,
    executor: Executor | None = None,
) -> Verification:
    """Plays one replication of a variant on both engines, and compares what they tell event by event.

    Args:
        scenario: checked beforehand; it must be runnable.
        variant: ``"baseline"`` or an option id.
        run: settings other than the scenario's own.
        replication: which one, from 0.
        cancelled: asked now and then.
        progress: told what is being done, in a few words.
        engines: two engines by name, instead of the two that there are.
        executor: plays the engines in a process of this computer, beside a window that must not wait for
            them; None for this thread. To put the history of a long run in order takes many seconds in which
            nobody can be heard: a process can be ended, and gives its memory back.

    Raises:
        KeyError: the scenario has no such option.
        ModelError: the pathway cannot be run, or an engine cannot be used on this computer; one sentence.
        Cancelled: ``cancelled`` returned True.
    """
    settings = scenario.run if run is None else run
    tell = progress or _silent
    tell("Getting ready")
    pair = tuple((engines or both_engines()).items())
    if len(pair) != 2:
        raise ValueError("a check needs two engines")
    pathway = _pathway(scenario, variant, settings)
    task = Task(variant, narrowed(scenario, variant), pathway, settings, replication, "", 1.0)
    outcomes = []
    with shelves() as folder:
        for place, (name, simulate) in enumerate(pair, start=1):
            stage = f"Playing it on engine {place} of 2, {engine_words(name)}"
            tell(stage)
            reached = _told_by_the_hundredth(stage, tell)
            mine, shelf = replace(task, engine=name), folder / name
            if executor is None or not _is_found_by_name(name, simulate):
                outcomes.append(play_here(mine, simulate, shelf, cancelled, reached))
            else:
                outcomes.append(play_apart(mine, executor, shelf, cancelled, reached))
        tell("Comparing event by event")
        one, other = outcomes
        difference = _difference((one, other), task, folder)
    return Verification(
        scenario=scenario.name,
        scenario_hash=scenario_hash(scenario),
        variant=variant,
        name="Baseline" if variant == BASELINE else scenario.options[variant].name,
        run=settings,
        replication=replication,
        played=(one, other),
        difference=difference,
    )


def both_engines() -> Engines:
    """Returns the two engines by name, the compiled one first: where it is missing, nothing is played.

    Raises:
        ModelError: the compiled engine cannot be used on this computer.
    """
    try:
        compiled = engine_named("compiled")
    except ModelError as unusable:
        why = str(unusable).partition(";")[0]
        raise ModelError(
            f"{why}, so that there is only one engine and nothing to check it against; mend that, then "
            "check again."
        ) from unusable
    return {"compiled": compiled, "simpy": engine_named("simpy")}


def _is_found_by_name(name: str, simulate: Simulate) -> bool:
    """Whether another process plays the same function when it is told the engine's name."""
    return name in ENGINES and engine_named(name) is simulate


def _pathway(scenario: Scenario, variant: str, run: RunSettings) -> Pathway:
    """Returns what is played."""
    try:
        return played(scenario, variant, run)
    except ShiftError as error:
        raise ModelError(str(error)) from error


def _told_by_the_hundredth(stage: str, tell: Callable[[str], None]) -> Callable[[float], None]:
    """Returns what tells how far a stage is, each time that is a hundredth more."""
    last = 0

    def reached(share: float) -> None:
        nonlocal last
        if int(100 * share) > last:
            last = int(100 * share)
            tell(f"{stage}: {last}%" + (_THEN if last == _NEARLY else ""))

    return reached


def _silent(_words: str) -> None:
    """Tells nobody."""


# What differs ----------------------------------------------------------------------------------------


def _difference(pair: tuple[Played, Played], task: Task, folder: Path) -> Difference | None:
    """Returns the first difference, if there is any; reads the traces only then."""
    if any(played.stopped for played in pair):
        if pair[0].stopped == pair[1].stopped:
            return None
        return Difference(None, "", None, "", "", (_ended(pair[0]), _ended(pair[1])))
    if pair[0].digest == pair[1].digest:
        return None
    one, other = (fetched(task, folder / played.engine) for played in pair)
    row = first_difference(one, other)
    return None if row is None else _told(one, other, row, task.pathway)


def _told(one: Trace, other: Trace, row: int, pathway: Pathway) -> Difference:
    """Returns the difference in a row, in words."""
    words = (EventWords(one, pathway), EventWords(other, pathway))
    says = (_said(words[0], one, row), _said(words[1], other, row))
    if says[0] == says[1]:
        says = (says[0] + _column(one, other, row), says[1] + _column(other, one, row))
    told, trace = next((w, t) for w, t in zip(words, (one, other), strict=True) if row < len(t))
    return Difference(
        row + 1, told.moment(row), float(trace.time[row]), told.patient(row), told.element(row), says
    )


def first_difference(one: Trace, other: Trace) -> int | None:
    """Returns the first row in which two traces differ by so much as a bit; None if they are identical."""
    length = min(len(one), len(other))
    first = length
    for name in one.COLUMNS:
        ours, theirs = getattr(one, name)[:first], getattr(other, name)[:first]
        bits = f"i{ours.dtype.itemsize}"
        apart = np.flatnonzero(ours.view(bits) != theirs.view(bits))
        first = int(apart[0]) if len(apart) else first
    return first if first < max(len(one), len(other)) else None


def _said(words: EventWords, trace: Trace, row: int) -> str:
    """Returns what an engine says of a row, or that its history is over."""
    if row < len(trace):
        return words.told(row)
    return f"nothing more happens; the run has ended after {plural(len(trace), 'event')}"


def _column(ours: Trace, theirs: Trace, row: int) -> str:
    """Returns the figure in which two rows differ that read alike in words."""
    for name in ours.COLUMNS:
        value, other = getattr(ours, name)[row], getattr(theirs, name)[row]
        if value.tobytes() != other.tobytes():
            return f" ({'day' if name == 'time' else name.replace('_', ' ')} {value.item()!r})"
    return ""


def _ended(played: Played) -> str:
    """Returns how an engine ended."""
    if played.stopped:
        return f"stops: {played.stopped}"
    return f"goes on to the end, with {plural(played.events, 'event')}"
