"""Adding the check of the two engines to the menu Run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway_modeller.experiment.verify.words import WHY
from pathway_modeller.gui.jobs import Job, Jobs
from pathway_modeller.gui.results.loading import load_engine
from pathway_modeller.gui.results.preparing import Preparation
from pathway_modeller.gui.results.processes import Workers
from pathway_modeller.gui.run_settings.menu import add_to_run_menu
from pathway_modeller.gui.verification.dialog import CheckDialog
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    from pathway_modeller.experiment.verify.verify import Verification
    from pathway_modeller.gui.results.attach import Runs
    from pathway_modeller.gui.window import MainWindow


def attach_verification(window: MainWindow, runs: Runs, jobs: Jobs) -> None:
    """Lets a window check the two engines against each other for the variant shown.

    Args:
        window: with its runs.
        runs: whose engine is made ready, and which must not be under way.
        jobs: keeps the checks.
    """
    action = add_to_run_menu(
        window,
        "check_engines",
        "Chec&k the two engines against each other…",
        "Ctrl+F5",
        "Play the variant shown on both engines, and compare them event by event",
        lambda: _check(window, runs, jobs),
    )
    controller = runs.controller

    def show_state(_outcome: object = None) -> None:
        action.setEnabled(not controller.is_running)

    for changed in (controller.started, controller.finished, controller.failed, controller.cancelled):
        changed.connect(show_state)


def _check(window: MainWindow, runs: Runs, jobs: Jobs) -> None:
    """Checks the variant shown, and shows what comes of it until it is closed."""
    window.commit_typed()
    problems = runs.controller.problems()
    if problems:
        runs.controller.refused.emit(problems)
        return
    scenario, variant = window.document.scenario, window.document.variant
    runs.preparation.begin()
    job = jobs.make(lambda job: _verified(scenario, variant, runs.preparation, job))
    dialog = CheckDialog(window, job, _words(scenario, variant), WHY)
    dialog.exec()
    dialog.deleteLater()


def _verified(scenario: Scenario, variant: str, preparation: Preparation, job: Job) -> Verification:
    """Returns what comes of the check; called in the job's thread.

    Both engines play in a process of their own: SimPy would hold up the window, and while the history of a
    long run is put in order the compiled engine hears nobody, neither who cancels nor who closes the window.
    """
    from pathway_modeller.experiment.runs.preparation import PREPARING
    from pathway_modeller.experiment.verify.verify import verify

    workers = Workers()

    def cancelled() -> bool:
        if job.is_cancelled:
            # A process that is still starting cannot hear that it should stop.
            workers.end_now()
        return job.is_cancelled

    preparation.wait(cancelled, lambda: job.told.emit(PREPARING.rstrip(" .…")))
    load_engine()
    with workers.started("simpy", 1) as executor:
        return verify(scenario, variant, cancelled=cancelled, progress=job.told.emit, executor=executor)


def _words(scenario: Scenario, variant: str) -> str:
    """Returns what is checked."""
    option = scenario.options.get(variant)
    return "the baseline" if variant == BASELINE or option is None else f"option “{option.name}”"
