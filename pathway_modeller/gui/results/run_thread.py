"""One run of the window: a thread beside the window's, which hands out replications and takes them in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from PySide6.QtCore import Signal

from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.engines import ENGINES, Chosen, chosen_engine, in_threads
from pathway_modeller.experiment.runs.replicate import Replicate
from pathway_modeller.experiment.runs.run_target import RunPlace
from pathway_modeller.gui.jobs import Undertaking
from pathway_modeller.gui.results.loading import load_engine
from pathway_modeller.gui.results.preparing import Preparation
from pathway_modeller.gui.results.processes import Workers, all_processors, window_workers
from pathway_modeller.gui.results.so_far import FEWEST, Turns
from pathway_modeller.gui.results.tempo import Tempo
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.simulation.model.errors import Cancelled

_WITHOUT_CLUSTER = "\n\nOr run on this computer instead: choose it in Run > Run settings… (Ctrl+R)."


class RunThread(Undertaking):
    """One run: a thread that hands replications to threads or processes and takes in what they found.

    Signals:
        progressed: replications finished, replications asked for.
        preparing: the run waits until the engine has been compiled; a sentence.
        noted: what is not as usual with the engine, such as that it is another one; a sentence.
        answered: the results of fewer replications than asked for, while others go on.
    """

    progressed = Signal(int, int)
    preparing = Signal(str)
    noted = Signal(str)
    answered = Signal(object)

    def __init__(
        self,
        scenario: Scenario,
        variants: tuple[str, ...],
        place: RunPlace,
        replication: Replicate,
        preparation: Preparation | None,
    ) -> None:
        """Prepares a run.

        Args:
            scenario: as it is now; it is frozen, so that edits meanwhile do not reach the run.
            variants: what to run.
            place: which engine, and where: threads or processes (0 for all processors but one), a cluster.
            replication: does one unit of work.
            preparation: makes the compiled engine ready, and has begun; None if this run need not wait.
        """
        super().__init__()
        self.setObjectName("run")
        self.scenario = scenario
        self.variants = variants
        self._place = place
        self._replication = replication
        self._preparation = preparation
        self._workers = Workers()
        tasks = len(variants) * scenario.run.replications
        self._count = window_workers(place.workers, tasks)
        self._most = self._count if place.workers else all_processors(tasks)
        self._tempo = Tempo(self._most, self._count, time.monotonic)

    def end_now(self) -> None:
        """Ends the workers that have not stopped."""
        self.cancel()
        self._workers.end_now()

    def go_on(self) -> None:
        """Ends the pause that is made for the first answer, if there is one; called in any thread."""
        self._tempo.go_on()

    def do(self) -> Results:
        """Runs. What runs is loaded here, beside the window, since it takes its time."""
        if self._place.cluster is None:
            return self._results(self._ready_engine())
        from pathway_modeller.experiment.cluster.executor import ClusterError

        try:
            return self._results(self._ready_engine())
        except ClusterError as error:
            raise ClusterError(f"{error}{_WITHOUT_CLUSTER}") from error

    def _look_up(self) -> bool:
        """Leaves a cancelled run at once: nobody reads what it has found so far."""
        if self.is_cancelled:
            raise Cancelled
        return False

    def _ready_engine(self) -> str:
        """Returns the engine that is used, when it is ready; says so where it is not the usual one."""
        chosen = self._awaited(self._preparation) if self._preparation is not None else None
        load_engine()
        chosen = chosen or chosen_engine(None if self._place.engine == ENGINES[0] else self._place.engine)
        if chosen.sentence:
            self.noted.emit(chosen.sentence)
        return chosen.engine

    def _awaited(self, preparation: Preparation) -> Chosen | None:
        """Returns when the compiled engine is ready; at once, and what plays meanwhile, if it is mended."""
        from pathway_modeller.experiment.runs.preparation import MEANWHILE, PREPARING

        preparation.wait(
            lambda: self._look_up() or preparation.is_mending, lambda: self.preparing.emit(PREPARING)
        )
        if preparation.not_kept:
            self.noted.emit(preparation.not_kept)
        return Chosen("simpy", MEANWHILE) if preparation.is_mending else None

    def _results(self, engine: str) -> Results:
        """Runs the experiment in threads or processes of this computer, or on a cluster."""
        from pathway_modeller.experiment.runs.run import run_experiment

        turns, replication = Turns(self.scenario.run.replications, time.monotonic), self._replication
        if self._place.cluster is None and in_threads(engine):
            replication = self._tempo.held(replication)

        def answer(counted: int, results: Callable[[], Results]) -> None:
            if turns.is_due(counted):
                self._tempo.pause()
                self.answered.emit(results())
            elif counted >= FEWEST:
                self._tempo.slow_down()

        with self._executor(engine) as (executor, count):
            return run_experiment(
                self.scenario,
                self.variants,
                engine=engine,
                workers=count,
                progress=self.progressed.emit,
                so_far=answer,
                cancelled=self._look_up,
                executor=executor,
                replication=replication,
            )

    @contextmanager
    def _executor(self, engine: str) -> Iterator[tuple[Executor, int]]:
        """Gives what replications are handed to, and how many it does at a time."""
        if self._place.cluster is not None:
            from pathway_modeller.experiment.cluster.cluster import cluster_executor

            with cluster_executor(self._place.cluster, self._place.workers) as cluster:
                yield cluster, cluster.workers
            return
        count = self._most if in_threads(engine) else self._count
        with self._workers.started(engine, count) as executor:
            yield executor, count
