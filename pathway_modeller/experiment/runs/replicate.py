"""One replication of one variant: the unit of work, done wherever an executor puts it.

A worker keeps only what the figures need. With the compiled engine no trace is ever there: its rows are
counted as they come. Of other engines the trace never leaves the worker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.simulation.tally.buffer_pool import Memory

if TYPE_CHECKING:
    from pathway_modeller.analysis.observed.facts import Facts
    from pathway_modeller.experiment.runs.variant import Variant

T = TypeVar("T")
Cancelled = Callable[[], bool]

TALLYING = "compiled"
"""The engine whose replications are reduced while they are played."""


class Shared:
    """What the replications of a variant share: the first one works it out, and none of it ever changes.

    Two threads that ask at once may both work it out: the same.

    Attributes:
        memory: what replications use one after another, of other variants as well.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        """Starts with nothing, and with memory of its own if none is given."""
        self._found: Variant | None = None
        self.memory = memory or Memory()

    def of(self, task: Task) -> Variant:
        """Returns what is shared by the replications of a task's variant.

        Raises:
            ModelError: the pathway cannot be run.
        """
        from pathway_modeller.experiment.runs.variant import variant_of

        found = self._found
        if found is None or found.pathway is not task.pathway or found.run is not task.run:
            found = self._found = variant_of(
                task.scenario, task.variant, task.pathway, task.run, task.step_days
            )
        return found


@dataclass(frozen=True)
class Task:
    """Everything a worker needs for one replication of one variant.

    Attributes:
        variant: ``"baseline"`` or an option id.
        scenario: gives the baseline and the option's shifts, by which the books are kept; it need hold no
            other option.
        pathway: the variant's pathway as it is run.
        run: run settings; the seed is the same for all variants: common random numbers.
        replication: 0, 1, 2, ...
        engine: name of the engine.
        step_days: distance between two points of the time series, days.
        shared: by the replications of a variant in one process; it does not travel.
    """

    variant: str
    scenario: Scenario
    pathway: Pathway
    run: RunSettings
    replication: int
    engine: str
    step_days: float
    shared: Shared = field(default_factory=Shared, repr=False, compare=False)

    def __reduce__(self) -> tuple[Callable[..., Task], tuple[object, ...]]:
        """Travels as JSON text, the file's own form, since records made for a type cannot be pickled.

        The pathway follows from the scenario, and is worked out again on arrival.
        """
        scenario = self.scenario.model_dump_json(by_alias=True, exclude_defaults=True)
        rest = (self.replication, self.engine, self.step_days)
        return _unpacked, (self.variant, scenario, self.run.model_dump_json(), *rest)


def _unpacked(variant: str, text: str, run: str, replication: int, engine: str, step_days: float) -> Task:
    """Returns the task that has travelled."""
    scenario = Scenario.model_validate_json(text, strict=True)
    settings = RunSettings.model_validate_json(run, strict=True)
    pathway = played(scenario, variant, settings)
    return Task(variant, scenario, pathway, settings, replication, engine, step_days)


def narrowed(scenario: Scenario, variant: str) -> Scenario:
    """Returns a scenario with no more options than a variant needs, which is quicker to send."""
    options = {key: option for key, option in scenario.options.items() if key == variant}
    return scenario.model_copy(update={"options": options})


Replicate = Callable[[Task, Cancelled | None], Vectors]


def replicate(task: Task, cancelled: Cancelled | None = None) -> Vectors:
    """Simulates one replication and reduces it.

    Raises:
        ModelError: the pathway cannot be run.
        SimulationStopped: the run met something it cannot go on from.
        Cancelled: the person asked to stop.
    """
    return with_facts(task, lambda facts: task.shared.of(task).vectors(facts, cancelled), cancelled)


def with_facts(task: Task, read: Callable[[Facts], T], cancelled: Cancelled | None = None) -> T:
    """Simulates one replication and returns what is read from its facts, which nobody may keep.

    Raises:
        ModelError: the pathway cannot be run.
        SimulationStopped: the run met something it cannot go on from.
        Cancelled: the person asked to stop.
    """
    from pathway_modeller.analysis.observed.facts import facts_of

    shared = task.shared.of(task)
    if task.engine == TALLYING:
        return _tallied(task, shared, read, cancelled)
    from pathway_modeller.experiment.runs.engines import engine_named

    trace = engine_named(task.engine)(shared.model, task.run.seed, task.replication, cancelled, None)
    return read(facts_of(trace, task.pathway))


def _tallied(task: Task, shared: Variant, read: Callable[[Facts], T], cancelled: Cancelled | None) -> T:
    """Plays and reads a replication with the engine that hands its rows on as they come."""
    from pathway_modeller.analysis.observed.facts import facts_of
    from pathway_modeller.simulation.compiled.simulate import play
    from pathway_modeller.simulation.tally.tally import Tally

    tally = Tally(shared.request, task.shared.memory)
    model, tables = shared.model, shared.tables
    play(model, task.run.seed, task.replication, tally.take, cancelled, tally.counted, tables)
    found = read(facts_of(tally.finished(), task.pathway))
    tally.hand_back()
    return found
