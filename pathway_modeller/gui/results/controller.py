"""Running the open scenario from the window, which stays free meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.engines import ENGINES
from pathway_modeller.experiment.runs.replicate import Replicate, replicate
from pathway_modeller.experiment.runs.run_target import RunPlace
from pathway_modeller.experiment.runs.weight import Weight, weigh
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.half_typed import words
from pathway_modeller.gui.results.preparing import Preparation
from pathway_modeller.gui.results.remaining import Stopwatch
from pathway_modeller.gui.results.run_thread import RunThread
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.problems import Problem, errors

GRACE = 90
"""Milliseconds that workers have to stop by themselves; after twice that nobody waits for them."""

LONGEST_END = 10_000
"""Milliseconds that closing the window waits for a run to end; in practice a small part of it."""


class RunController(QObject):
    """Runs the document's scenario, one run at a time, and keeps the last results.

    Attributes:
        place: which engine the next run uses, and on which workers; for anybody to set.
        ask: asks whether a heavy run is wanted all the same; for anybody to set.

    Signals:
        started: a run began.
        preparing: the run waits until the engine has been compiled; a sentence.
        noted: the run uses another engine than is usual; a sentence that says why.
        progressed: replications finished, replications asked for (both over all variants), and the
            estimated seconds left (NaN while nothing is known).
        answered: there are results of fewer replications than asked for, while others go on; the first time
            these wait for :meth:`go_on`, a moment at most.
        finished: the :class:`~pathway_modeller.experiment.results.results.Results`.
        failed: a sentence for the person who asked.
        cancelled: the run was cancelled; earlier results stay.
        refused: problems stop the run; the errors, as a tuple.
        held_up: what is typed somewhere cannot be taken in; a sentence.
        staleness_changed: whether the results are of the scenario as it is now is different.
        results_changed: ``results`` is another one, or none.
    """

    started = Signal()
    preparing = Signal(str)
    noted = Signal(str)
    progressed = Signal(int, int, float)
    answered = Signal()
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    refused = Signal(tuple)
    held_up = Signal(str)
    staleness_changed = Signal(bool)
    results_changed = Signal()

    def __init__(
        self,
        document: Document,
        parent: QObject | None = None,
        *,
        workers: int = 0,
        engine: str = ENGINES[0],
        replication: Replicate = replicate,
        preparation: Preparation | None = None,
    ) -> None:
        """Observes a document.

        Args:
            document: whose scenario is run.
            parent: Qt's owner.
            workers: threads or processes; 0 for all processors but one, which threads use until they answer.
            engine: what simulates.
            replication: does one unit of work; a function of a module, so that it can be sent away.
            preparation: makes the compiled engine ready; without one the first replication does.
        """
        super().__init__(parent)
        self._document = document
        self.place = RunPlace(engine=engine, workers=workers)
        self.ask: Callable[[Weight], bool] = _agreed
        self._preparation = preparation
        self._replication = replication
        self._run: RunThread | None = None
        self._ending: list[RunThread] = []
        self._so_far: Results | None = None
        self._results: Results | None = None
        self._of: Scenario | None = None
        self._is_stale = False
        self._stopwatch = Stopwatch(0.0)
        document.scenario_changed.connect(self._look_for_staleness)
        document.opened.connect(self._forget)

    @property
    def is_running(self) -> bool:
        """Whether a run is under way, or still being stopped."""
        return self._run is not None

    @property
    def is_cancelling(self) -> bool:
        """Whether a run is being stopped."""
        return self._run is not None and self._run.is_cancelled

    @property
    def results(self) -> Results | None:
        """The last results, if there are any for the open scenario."""
        return self._results

    @property
    def so_far(self) -> tuple[Results, Scenario] | None:
        """What the run under way has found, and of which scenario; None before its first answer."""
        if self._run is None or self._so_far is None:
            return None
        return self._so_far, self._run.scenario

    @property
    def scenario(self) -> Scenario | None:
        """The scenario that the results are of; names and figures in charts are its."""
        return self._of

    @property
    def is_stale(self) -> bool:
        """Whether the scenario has been changed since, in a way that could change the results."""
        return self._is_stale

    def every_variant(self) -> tuple[str, ...]:
        """Returns the baseline and all options, in the order in which they are shown."""
        return (BASELINE, *self._document.scenario.options)

    def problems(self) -> tuple[Problem, ...]:
        """Returns the problems that stop a run."""
        return errors(self._document.check_now())

    def start(self, variants: Sequence[str]) -> bool:
        """Starts a run and returns at once.

        Args:
            variants: ``"baseline"`` and option ids.

        Returns:
            Whether it was started: not if one is under way, if problems stop it (then ``refused``), or if it
            is heavy and not wanted.
        """
        if self.is_running:
            return False
        left = self._document.typed.take_in()
        if left:
            # What runs would not be what is on the screen.
            self.held_up.emit(f"Nothing was run.{words(left)}")
            return False
        problems = self.problems()
        if problems:
            self.refused.emit(problems)
            return False
        if not self.place.is_away:
            weight = weigh(
                self._document.scenario, variants, engine=self.place.engine, workers=self.place.workers
            )
            if weight.is_heavy and not self.ask(weight):
                return False
        preparation = self._begun_preparation()
        run = RunThread(self._document.scenario, tuple(variants), self.place, self._replication, preparation)
        run.progressed.connect(self._progressed)
        run.preparing.connect(self.preparing)
        run.noted.connect(self.noted)
        run.answered.connect(self._answered)
        run.finished.connect(self._ended)
        self._run, self._so_far = run, None
        self._stopwatch = Stopwatch(time.monotonic())
        self.started.emit()
        run.start()
        return True

    def cancel(self) -> None:
        """Asks the run to stop; ``cancelled`` follows within a moment. Does nothing without a run."""
        run = self._run
        if run is None or run.is_cancelled:
            return
        run.cancel()
        QTimer.singleShot(GRACE, run, run.end_now)
        QTimer.singleShot(2 * GRACE, run, lambda: self._let_go(run))

    def go_on(self) -> None:
        """Has the run go on that waits until its first answer is drawn; does nothing otherwise."""
        if self._run is not None:
            self._run.go_on()

    def close(self) -> None:
        """Stops a run, if there is one, and returns when its thread and processes have ended.

        Nothing is emitted any more about that run.
        """
        if self._run is not None:
            self._run.cancel()
            self._set_aside(self._run)
        if self._preparation is not None:
            self._preparation.close()
        for run in self._ending:
            if not run.wait(GRACE):
                run.end_now()
                run.wait(LONGEST_END)
        self._ending.clear()

    # Within ------------------------------------------------------------------------------------------

    def _begun_preparation(self) -> Preparation | None:
        """Returns what makes the engine of the next run ready here, begun; None if nothing need be done."""
        if self._preparation is None or self.place.engine != ENGINES[0] or self.place.is_away:
            return None
        self._preparation.begin()
        return self._preparation

    def _progressed(self, done: int, total: int) -> None:
        """Passes on how far the run is."""
        if not done:
            self._stopwatch = Stopwatch(time.monotonic())
        left = self._stopwatch.seconds_left(time.monotonic(), done, total)
        if not self.is_cancelling:
            self.progressed.emit(done, total, left)

    def _answered(self, results: Results) -> None:
        """Takes in what a run has found so far; once it is being stopped that is the last word."""
        if not self.is_cancelling:
            self._so_far = results
            self.answered.emit()

    def _set_aside(self, run: RunThread) -> None:
        """Leaves a cancelled run to end by itself; nobody listens to it any more."""
        run.progressed.disconnect(self._progressed)
        run.preparing.disconnect(self.preparing)
        run.noted.disconnect(self.noted)
        run.answered.disconnect(self._answered)
        run.finished.disconnect(self._ended)
        self._ending = [each for each in self._ending if not each.isFinished()]
        self._ending.append(run)
        self._run = None

    def _let_go(self, run: RunThread) -> None:
        """Ends the wait for a cancelled run that is slow to end: it may still be loading its libraries."""
        if run is self._run:
            self._set_aside(run)
            self._stop_at(run)

    def _ended(self) -> None:
        """Takes in what came of the run."""
        run, self._run = self._run, None
        if run is None:
            return
        run.wait()
        if run.is_cancelled:
            self._stop_at(run)
        elif isinstance(run.result, Results):
            self._so_far = None
            self._keep(run.result, run.scenario)
            self.finished.emit(run.result)
        else:
            self._drop_so_far()
            self.failed.emit(run.sentence or "The run stopped because of a fault in this program.")
            if run.error is not None:
                raise run.error

    def _stop_at(self, run: RunThread) -> None:
        """Keeps what a cancelled run has found, unless there are all replications of the same scenario."""
        so_far, of = self._so_far, self._of
        has_all = self._results is not None and self._results.complete
        if so_far is None or (has_all and of is not None and _same_figures(of, run.scenario)):
            self._drop_so_far()
        else:
            self._so_far = None
            self._keep(so_far, run.scenario)
        self.cancelled.emit()

    def _drop_so_far(self) -> None:
        """Goes back to the results there were before a run, if it has shown others."""
        if self._so_far is not None:
            self._so_far = None
            self.results_changed.emit()

    def _keep(self, results: Results | None, scenario: Scenario | None) -> None:
        """Keeps results with the scenario they are of."""
        self._results, self._of = results, scenario
        self._look_for_staleness()
        self.results_changed.emit()

    def _forget(self) -> None:
        """Drops the results of a scenario that is no longer open, and stops its run."""
        self.cancel()
        self._so_far = None
        self._keep(None, None)

    def _look_for_staleness(self) -> None:
        """Works out whether the results are of the scenario as it is now."""
        stale = self._of is not None and not _same_figures(self._of, self._document.scenario)
        if stale != self._is_stale:
            self._is_stale = stale
            self.staleness_changed.emit(stale)


def _agreed(_weight: Weight) -> bool:
    """Has nobody to ask."""
    return True


def _same_figures(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios have the same figures and names; where boxes are drawn does not count."""
    if one is other:
        return True
    from pathway_modeller.experiment.results.fingerprint import scenario_hash

    return scenario_hash(one) == scenario_hash(other)
