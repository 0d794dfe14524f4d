"""Adding runs and results to the window: the run bar, the results page, the menu, the drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from pathway_modeller.gui.jobs import Jobs
from pathway_modeller.gui.results.bar import RunBar
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.drawing import ResultsOnDrawing
from pathway_modeller.gui.results.news import News
from pathway_modeller.gui.results.page import ResultsPage
from pathway_modeller.gui.results.preparing import Preparation
from pathway_modeller.gui.run_settings.attach import attach_run_settings
from pathway_modeller.gui.verification.attach import attach_verification

if TYPE_CHECKING:
    from pathway_modeller.gui.window import MainWindow


@dataclass(frozen=True, eq=False)
class Runs:
    """What a window has for running and reading.

    Attributes:
        controller: runs the scenario.
        bar: Run, progress, Cancel.
        page: the results.
        preparation: makes the compiled engine ready; begun by the first run, or before.
    """

    controller: RunController
    bar: RunBar
    page: ResultsPage
    preparation: Preparation

    def close(self) -> None:
        """Stops a run and the drawing of charts; returns when nothing goes on any more."""
        self.controller.close()
        self.page.close_desk()


def attach_runs(window: MainWindow, workers: int = 0) -> Runs:
    """Gives a window its runs and results.

    Args:
        window: as made, without either.
        workers: threads or processes for a run; 0 for all processors but one.

    Returns:
        What was added; it ends when the window closes.
    """
    preparation = Preparation()
    controller = RunController(window.document, window, workers=workers, preparation=preparation)
    bar, page = RunBar(window.document, controller), ResultsPage(window.document, controller)
    runs = Runs(controller, bar, page, preparation)
    window.add_run_tools(runs.bar)
    window.add_results_page(runs.page)
    window.follow_runs(controller)
    ResultsOnDrawing(window.document, controller, window.view, runs.page.desk)
    _fill_menu(window, runs)
    news = News(window, controller)
    bar.problems_wanted.connect(news.explain)
    page.reader.step_wanted.connect(news.go)
    page.message.connect(window.say)
    jobs = Jobs()
    attach_run_settings(window, controller, jobs, preparation)
    attach_verification(window, runs, jobs)
    for close in (runs.close, jobs.close):
        window.closing.connect(close)
    return runs


def _fill_menu(window: MainWindow, runs: Runs) -> None:
    """Adds the menu Run before Help, with the keys F5, Shift+F5 and Escape."""
    menu = QMenu("&Run", window)
    menu.setObjectName("menu-run")
    bar = window.menuBar()
    helps = [action for action in bar.actions() if action.text() == "&Help"]
    if helps:
        bar.insertMenu(helps[0], menu)
    else:
        bar.addMenu(menu)
    run = _action(window, menu, "run_all", "&Run", "F5", runs.bar.run)
    shown = _action(window, menu, "run_shown", "Run only what is &shown", "Shift+F5", runs.bar.run_shown)
    cancel = _action(window, menu, "run_cancel", "&Cancel the run", "Esc", runs.controller.cancel)
    menu.addSeparator()
    export = _action(window, menu, "export_all", "&Export all charts…", "", runs.page.reader.export_all)

    def show_state(_outcome: object = None) -> None:
        running = runs.controller.is_running
        for action in (run, shown):
            action.setEnabled(not running)
        cancel.setEnabled(running)
        export.setEnabled(runs.controller.results is not None)

    controller = runs.controller
    for changed in (controller.started, controller.finished, controller.failed, controller.cancelled):
        changed.connect(show_state)
    controller.results_changed.connect(show_state)
    show_state()


def _action(
    window: MainWindow, menu: QMenu, name: str, text: str, keys: str, handler: Callable[[], object]
) -> QAction:
    """Adds an entry to the menu."""
    action = QAction(text, window)
    action.setObjectName(name)
    if keys:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(lambda _checked=False: handler())
    menu.addAction(action)
    return action
