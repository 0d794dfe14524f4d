"""Adding runs and results to the window: the run bar, the results page, the menu, the drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction

from pathway_modeller.gui.jobs import Jobs
from pathway_modeller.gui.results.bar import RunBar
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.drawing import ResultsOnDrawing
from pathway_modeller.gui.results.page import ResultsPage
from pathway_modeller.gui.results.preparing import Preparation
from pathway_modeller.gui.shell.menus import RunCommands
from pathway_modeller.gui.shell.news import News
from pathway_modeller.gui.shell.readiness import ask_heavy, attach_readiness
from pathway_modeller.gui.shell.run_settings import attach_run_settings
from pathway_modeller.gui.shell.verification import check_engines
from pathway_modeller.gui.shell.window import MainWindow


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
    controller.ask = partial(ask_heavy, window)
    bar, page = RunBar(window.document, controller), ResultsPage(window.document, controller)
    runs = Runs(controller, bar, page, preparation)
    window.add_run_tools(runs.bar)
    window.fold_run_bar(runs.bar.fold)
    window.add_results_page(runs.page)
    window.follow_runs(controller)
    ResultsOnDrawing(window.document, controller, window.view, runs.page.desk)
    attach_readiness(window)
    news = News(window, controller)
    bar.problems_wanted.connect(news.explain)
    page.message.connect(window.say)
    jobs = Jobs()
    commands = RunCommands(
        run=bar.run,
        run_shown=bar.run_shown,
        cancel=controller.cancel,
        settings=attach_run_settings(window, controller, jobs, preparation),
        check=lambda: check_engines(window, controller, jobs, preparation),
        export=lambda: _export(window, page),
    )
    _show_state(controller, window.add_run_menu(commands))
    for close in (runs.close, jobs.close):
        window.closing.connect(close)
    return runs


def _export(window: MainWindow, page: ResultsPage) -> None:
    """Exports every chart; what is half-typed counts as an edit since the run."""
    window.document.typed.leave("selection", "variant", "file")
    page.reader.export_all()


def _show_state(controller: RunController, actions: Mapping[str, QAction]) -> None:
    """Enables the entries of the menu Run for what is under way and what there is."""

    def show_state(_outcome: object = None) -> None:
        running = controller.is_running
        for key in ("run_all", "run_shown", "check_engines"):
            actions[key].setEnabled(not running)
        actions["run_cancel"].setEnabled(running)
        actions["export_all"].setEnabled(controller.results is not None)

    for changed in (controller.started, controller.finished, controller.failed, controller.cancelled):
        changed.connect(show_state)
    controller.results_changed.connect(show_state)
    show_state()
