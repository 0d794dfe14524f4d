"""The check of the two engines against each other, from the menu Run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway_modeller.experiment.runs.weight import weigh
from pathway_modeller.experiment.verify.words import WHY
from pathway_modeller.gui.half_typed import words
from pathway_modeller.gui.jobs import Job, Jobs
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.loading import load_engine
from pathway_modeller.gui.results.preparing import Preparation
from pathway_modeller.gui.results.processes import Workers
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.gui.verification.dialog import CheckDialog
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    from pathway_modeller.experiment.verify.verify import Verification


def check_engines(
    window: MainWindow, controller: RunController, jobs: Jobs, preparation: Preparation
) -> None:
    """Checks the two engines against each other for the variant shown; shows what comes of it until closed.

    Args:
        window: with its runs.
        controller: of runs; none of them is under way.
        jobs: keeps the checks.
        preparation: makes the compiled engine ready.
    """
    left = window.document.typed.take_in()
    if left:
        controller.held_up.emit(f"Nothing was checked.{words(left)}")
        return
    problems = controller.problems()
    if problems:
        controller.refused.emit(problems)
        return
    scenario, variant = window.document.scenario, window.document.variant
    one = scenario.run.model_copy(update={"replications": 1})
    weight = weigh(scenario, [variant], one, engine="simpy", workers=1)
    if weight.is_heavy and not controller.ask(weight):
        return
    preparation.begin()
    job = jobs.make(lambda job: _verified(scenario, variant, preparation, job))
    dialog = CheckDialog(window, job, _words(scenario, variant), WHY)
    dialog.exec()
    dialog.deleteLater()


def _verified(scenario: Scenario, variant: str, preparation: Preparation, job: Job) -> Verification:
    """Returns what comes of the check; called in the job's thread.

    Both engines play in a process of their own: SimPy would hold up the window, and while the history of a
    long run is put in order the compiled engine hears nobody, neither who cancels nor who closes the window.
    """
    from pathway_modeller.experiment.runs.preparation import MENDING, PREPARING
    from pathway_modeller.experiment.verify.verify import verify

    workers = Workers()

    def cancelled() -> bool:
        if job.is_cancelled:
            # A process that is still starting cannot hear that it should stop.
            workers.end_now()
        return job.is_cancelled

    def compiling() -> None:
        job.told.emit((MENDING if preparation.is_mending else PREPARING).rstrip(" .…"))

    preparation.wait(cancelled, compiling)
    load_engine()
    with workers.started("simpy", 1) as executor:
        return verify(scenario, variant, cancelled=cancelled, progress=job.told.emit, executor=executor)


def _words(scenario: Scenario, variant: str) -> str:
    """Returns what is checked."""
    option = scenario.options.get(variant)
    return "the baseline" if variant == BASELINE or option is None else f"option “{option.name}”"
