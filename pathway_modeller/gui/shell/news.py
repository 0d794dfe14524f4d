"""What the window does and says as a run begins, answers, and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pathway_modeller.gui.dialogs import tell
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.so_far import so_far_words

if TYPE_CHECKING:
    from pathway_modeller.gui.shell.menus import Page
    from pathway_modeller.gui.shell.window import MainWindow


class News(QObject):
    """Brings news of runs to a window, which owns it."""

    def __init__(self, window: MainWindow, controller: RunController) -> None:
        """Begins to listen."""
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._notes: list[str] = []
        self._began_on: Page = "pathway"
        self._is_answered = False
        controller.started.connect(self._begin)
        controller.preparing.connect(window.say)
        controller.noted.connect(self._note)
        controller.held_up.connect(window.say)
        controller.answered.connect(self._answer)
        controller.finished.connect(self._finish)
        controller.failed.connect(self._fail)
        controller.cancelled.connect(self._cancel)

    def explain(self, sentence: str) -> None:
        """Says why there is no run, and shows where it is listed."""
        self._window.show_problems()
        self._window.say(sentence)

    def _begin(self) -> None:
        """Forgets the last run: what became of it is no longer news."""
        self._began_on, self._is_answered = self._window.page, False
        self._notes.clear()
        self._window.statusBar().clearMessage()

    def _note(self, sentence: str) -> None:
        """Says what is not as usual, now and when the run is finished."""
        self._notes.append(sentence)
        self._window.say(sentence)

    def _answer(self) -> None:
        """Shows the first answer, unless the person has gone on to something else meanwhile."""
        so_far, window = self._controller.so_far, self._window
        is_same = so_far is not None and so_far[1] is window.document.scenario
        if is_same and not self._is_answered and window.page == self._began_on:
            window.show_page("results")
        self._is_answered = True

    def _finish(self, _results: object) -> None:
        """Shows the results, unless the person has seen an answer and may be elsewhere by now."""
        if not self._controller.is_stale and not self._is_answered:
            self._window.show_page("results")
        self._window.say(" ".join(("The run is finished.", *self._notes)))

    def _cancel(self) -> None:
        """Says what is left of a run that was cancelled."""
        results = self._controller.results
        if results is not None and not results.complete:
            self._window.say(f"{so_far_words(results.provenance, running=False)} replications.")
        else:
            self._end("The run was cancelled")

    def _fail(self, sentence: str) -> None:
        """Says why a run stopped."""
        self._end("The run stopped")
        tell(self._window, "The run stopped", sentence)

    def _end(self, what: str) -> None:
        """Says that a run is over without results of its own."""
        self._window.say(f"{what}; earlier results stay." if self._controller.results else f"{what}.")
