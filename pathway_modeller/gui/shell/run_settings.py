"""Adding the run settings to the window: the button beside Run, and what the menu does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pathway_modeller.experiment.runs.run_target import RunPlace
from pathway_modeller.gui.jobs import Jobs
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.preparing import Preparation
from pathway_modeller.gui.run_settings.button import PlaceButton
from pathway_modeller.gui.run_settings.dialog import RunSettingsDialog
from pathway_modeller.gui.run_settings.store import PlaceStore
from pathway_modeller.gui.shell.window import MainWindow


def attach_run_settings(
    window: MainWindow, controller: RunController, jobs: Jobs, preparation: Preparation
) -> Callable[[], None]:
    """Lets a window's runs go where a person says.

    Args:
        window: with its runs.
        controller: runs the scenario, where its ``place`` says.
        jobs: keeps trials of a cluster.
        preparation: knows whether there is a compiled engine on this computer.

    Returns:
        What asks the person.
    """
    store = PlaceStore(window.settings)
    button = PlaceButton()
    usual = controller.place

    def use(place: RunPlace) -> None:
        # Who attached the runs may have said how many workers suit this computer.
        controller.place = replace(place, workers=place.workers or usual.workers)
        button.show_place(place)

    def ask() -> None:
        dialog = RunSettingsDialog(window, store.place(), jobs, preparation.unusable)
        dialog.scenario_wanted.connect(lambda: window.show_place("/run/warm_up"))
        if dialog.exec():
            store.keep(dialog.place)
            use(dialog.place)
        dialog.deleteLater()

    button.clicked.connect(ask)
    window.add_run_tools(button)
    use(store.place())
    return ask
