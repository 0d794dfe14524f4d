"""Working out what the answers hang on beside the window, with a strip that says so and stops it."""

from __future__ import annotations

from concurrent.futures import Executor, wait

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.workers import end_processes, interrupts_held_back, process_pool
from pathway_modeller.gui.jobs import Undertaking
from pathway_modeller.gui.plain import Label
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.reach import NotVaried
from pathway_modeller.simulation.model.errors import Cancelled

BEING_WORKED_OUT = "being worked out…"
"""What stands in a cell until then."""

_LOOK = 0.05
"""Seconds between two looks at whether to stop."""


def can_hang(scenario: Scenario) -> bool:
    """Tells whether an assumption of a scenario has a range that says how it can be played."""
    return any(
        each.low is not None and each.reach is not None and not isinstance(each.reach, NotVaried)
        for each in scenario.assumptions.values()
    )


class _Hanging(Undertaking):
    """What the answers of some results hang on, worked out in a process of its own."""

    def __init__(self, results: Results, scenario: Scenario) -> None:
        super().__init__()
        self.setObjectName("hanging")
        self.of = results
        self._text = scenario.model_dump_json(by_alias=True, exclude_defaults=True)

    def do(self) -> object:
        """Waits for the process, and ends it when nobody waits any more."""
        from pathway_modeller.experiment.hangs_on.beside import hangs_on_beside

        with process_pool(1) as executor:
            with interrupts_held_back():
                future = executor.submit(hangs_on_beside, self.of, self._text)
            while not wait([future], timeout=_LOOK).done:
                self._look_up(executor)
            self._look_up(executor)
            return future.result()

    def _look_up(self, executor: Executor) -> None:
        """Ends the process at once if somebody stopped it."""
        if self.is_cancelled:
            end_processes(executor)
            raise Cancelled


class HangingStrip(QWidget):
    """Says that it is being worked out what the answers hang on, and stops it.

    Signals:
        found: the results, and what their answers hang on.
        stopped: nothing will be found of these results.
    """

    found = Signal(object, object)
    stopped = Signal()

    def __init__(self) -> None:
        """Begins with nothing to do."""
        super().__init__()
        self.setObjectName("hanging-strip")
        self._under_way: _Hanging | None = None
        self._ending: list[_Hanging] = []
        label = Label("Working out what this hangs on…")
        label.setObjectName("hanging-words")
        label.setWordWrap(True)
        label.setToolTip("Each assumption is played at the low and the high of its range, one at a time")
        self._stop = QPushButton("Stop")
        self._stop.setObjectName("stop-hanging")
        self._stop.setToolTip("Leave it untold what the answers hang on")
        self._stop.clicked.connect(self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(label, 1)
        row.addWidget(self._stop)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether something is being worked out."""
        return self._under_way is not None

    def begin(self, results: Results, scenario: Scenario) -> None:
        """Begins with results; what was under way is left."""
        self.leave()
        work = _Hanging(results, scenario)
        work.finished.connect(self._ended)
        self._under_way = work
        self.show()
        work.start()

    def leave(self) -> None:
        """Leaves what is under way, if anything is; nobody hears of it any more."""
        work, self._under_way = self._under_way, None
        self.hide()
        if work is not None:
            work.finished.disconnect(self._ended)
            work.cancel()
            self._ending = [*(each for each in self._ending if not each.isFinished()), work]

    def close_down(self) -> None:
        """Leaves what is under way, and returns when its process has ended."""
        self.leave()
        for work in self._ending:
            work.wait()
        self._ending.clear()

    def stop(self) -> None:
        """Stops for somebody who does not want to wait, or who wants the processors for another run."""
        if self.is_busy:
            self.leave()
            self.stopped.emit()

    def _ended(self) -> None:
        """Takes in what came of it."""
        work, self._under_way = self._under_way, None
        self.hide()
        if work is None:
            return
        work.wait()
        if work.error is not None:
            self.stopped.emit()
            raise work.error
        if work.result is None or isinstance(work.result, str):
            self.stopped.emit()
        else:
            self.found.emit(work.of, work.result)
