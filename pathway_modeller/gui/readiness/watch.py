"""Working out what the open scenario is ready for, beside the window's thread, once it has been checked."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.threads import in_a_thread
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.problems import errors
from pathway_modeller.scenario.readiness.readiness import Readiness, readiness

LOOKS = 20
"""Milliseconds between looks at whether it has been worked out."""

Ready = tuple[Readiness, ...]


class ReadinessWatch(QObject):
    """Knows what the document's scenario is ready for.

    Attributes:
        found: of the scenario that was looked at last; empty where problems stop a run.

    Signals:
        changed: ``found`` is another one.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        """Observes a document."""
        super().__init__(parent)
        self.found: Ready = ()
        self._document = document
        self._of: Scenario | None = None
        self._work: Future[Ready] | None = None
        self._looks = QTimer(self)
        self._looks.setInterval(LOOKS)
        self._looks.timeout.connect(self._look)
        document.checked.connect(self._begin)
        document.opened.connect(self._forget)
        if document.is_checked:
            self._begin()

    def _begin(self) -> None:
        """Has it worked out for the present scenario, once what is under way is done."""
        if self._work is not None:
            return
        scenario = self._document.scenario
        if scenario is self._of:
            return
        self._of = scenario
        if errors(self._document.problems):
            self._take(())
            return
        self._work = in_a_thread("readiness", partial(readiness, scenario))
        self._looks.start()

    def _look(self) -> None:
        """Takes what was worked out, if it has been, and goes on with a scenario that came meanwhile."""
        work = self._work
        if work is None or not work.done():
            return
        self._work = None
        self._looks.stop()
        if self._of is self._document.scenario:
            self._take(work.result())
        elif self._document.is_checked:
            self._begin()

    def _take(self, found: Ready) -> None:
        """Tells what was found."""
        self.found = found
        self.changed.emit()

    def _forget(self) -> None:
        """Knows nothing of a scenario that has just been opened."""
        self._of = None
        self._take(())
