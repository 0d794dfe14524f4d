"""Playing cases: a few replications each, side by side; what only money hangs on is counted anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from pathway_modeller.analysis.ledger.codes import added_up
from pathway_modeller.analysis.ledger.context import books
from pathway_modeller.analysis.ledger.ledger import ledger
from pathway_modeller.analysis.ledger.plan import LedgerPlan
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.experiment.hangs_on.cases import Case, Plain
from pathway_modeller.experiment.results.vectors import Vectors
from pathway_modeller.experiment.runs.engines import in_threads
from pathway_modeller.experiment.runs.replicate import Shared, Task, narrowed, with_facts
from pathway_modeller.experiment.runs.work import series_step
from pathway_modeller.experiment.runs.workers import thread_pool, worker_count
from pathway_modeller.scenario.document import RunSettings, Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.simulation.model.errors import Cancelled
from pathway_modeller.simulation.tally.buffer_pool import Memory
from pathway_modeller.simulation.trace import Legend

Sides = dict[str, list[Vectors]]
"""The replications of each variant of a case, in order."""


@dataclass(frozen=True)
class Player:
    """Plays cases.

    Attributes:
        plain: the scenario as it is.
        run: the run settings, with as many replications as are played of each case.
        engine: name of the engine.
        workers: threads; 0 for as many as there are processors.
        cancelled: asked often.
    """

    plain: Plain
    run: RunSettings
    engine: str
    workers: int
    cancelled: Callable[[], bool]

    def play(self, cases: Sequence[Case], told: Callable[[], object]) -> list[Sides]:
        """Returns the replications of each case; those that are counted anew are played once for all.

        Args:
            cases: what to play.
            told: called in this thread when another piece of work is done.

        Raises:
            Cancelled: the person asked to stop.
            ModelError, SimulationStopped: a case cannot be played.
        """
        found: list[Sides] = [{each: [] for each in (BASELINE, *case.options)} for case in cases]
        with thread_pool(self._threads()) as executor:
            for places, variant, done in self._work(executor, cases):
                for place, vectors in zip(places, done(), strict=True):
                    found[place][variant].append(vectors)
                told()
        return found

    def _threads(self) -> int:
        """How many replications go on side by side."""
        return worker_count(self.workers, 64) if in_threads(self.engine) else 1

    def _work(
        self, executor: Executor, cases: Sequence[Case]
    ) -> Iterator[tuple[list[int], str, Callable[[], list[Vectors]]]]:
        """Yields pieces of work in order: which cases, which variant, and what waits for its outcome."""
        memory = Memory()
        anew = [place for place, case in enumerate(cases) if case.recounted]
        jobs: list[tuple[list[int], str, Callable[[int], list[Vectors]]]] = []
        for variant in (BASELINE, *self.plain.options):
            mine = [place for place in anew if variant in cases[place].pathways]
            if mine:
                jobs.append((mine, variant, _Anew(self, variant, [cases[each] for each in mine], memory)))
        for place, case in enumerate(cases):
            if not case.recounted:
                jobs += [([place], each, _Played(self, each, case, memory)) for each in case.pathways]
        futures = [
            (places, variant, executor.submit(self._unless_cancelled, job, number))
            for places, variant, job in jobs
            for number in range(self.run.replications)
        ]
        for places, variant, future in futures:
            yield places, variant, future.result

    def _unless_cancelled(self, job: Callable[[int], list[Vectors]], number: int) -> list[Vectors]:
        """Does a piece of work, unless the person asked to stop."""
        if self.cancelled():
            raise Cancelled
        return job(number)

    def task(self, scenario: Scenario, variant: str, case: Case | None, number: int, shared: Shared) -> Task:
        """Returns one replication of a variant as a task."""
        pathway = (case or self.plain).pathways[variant]
        step = series_step(self.run)
        return Task(
            variant, narrowed(scenario, variant), pathway, self.run, number, self.engine, step, shared
        )


class _Played:
    """Plays a variant of a case."""

    def __init__(self, player: Player, variant: str, case: Case, memory: Memory) -> None:
        self._player, self._variant, self._case = player, variant, case
        self._shared = Shared(memory)

    def __call__(self, number: int) -> list[Vectors]:
        """Returns one replication."""
        task = self._player.task(self._case.scenario, self._variant, self._case, number, self._shared)
        return [with_facts(task, lambda facts: self._shared.of(task).vectors(facts), self._player.cancelled)]


class _Anew:
    """Plays a variant as it is, and counts its money as each of some cases has it."""

    def __init__(self, player: Player, variant: str, cases: Sequence[Case], memory: Memory) -> None:
        self._player, self._variant, self._cases = player, variant, cases
        self._shared = Shared(memory)
        self._plans: list[LedgerPlan] = []

    def __call__(self, number: int) -> list[Vectors]:
        """Returns one replication, as each case has it."""
        player = self._player
        task = player.task(player.plain.scenario, self._variant, None, number, self._shared)
        return with_facts(task, lambda facts: self._counted(task, facts), player.cancelled)

    def _counted(self, task: Task, facts: Facts) -> list[Vectors]:
        """Returns what is kept of a replication, with the ledger of each case."""
        shared = self._shared.of(task)
        whole = shared.vectors(facts)
        if not self._plans:
            self._plans = [self._plan(case, shared.model.legend) for case in self._cases]
        return [_with_ledger(whole, facts, plan) for plan in self._plans]

    def _plan(self, case: Case, legend: Legend) -> LedgerPlan:
        """Returns what the ledger of a case is kept by."""
        pathway = case.pathways[self._variant]
        kept = books(case.scenario, self._variant, self._player.run)
        return LedgerPlan(Scope(legend, pathway), kept)


def _with_ledger(whole: Vectors, facts: Facts, plan: LedgerPlan) -> Vectors:
    """Returns what is kept of a replication with another ledger."""
    pathway = plan.scope.pathway
    found = ledger(replace(facts, pathway=pathway), pathway, plan.kept, plan)
    lines, pence = added_up(found.codes, found.pence)
    lined = replace(whole.known_plan, lines=plan.numbers)
    return replace(whole, plan=lined, lines=lines, pence=pence, missing=found.missing)
