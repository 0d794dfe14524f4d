"""Adding to the window what the scenario is ready for, and the question before a heavy run."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from pathway_modeller.experiment.runs.weight import Weight
from pathway_modeller.gui.inspector.overview import OPTION_MAPS
from pathway_modeller.gui.inspector.references import LIST_MAPS
from pathway_modeller.gui.plain import message_box
from pathway_modeller.gui.readiness.line import ReadinessLine
from pathway_modeller.gui.readiness.panel import ReadinessPanel
from pathway_modeller.gui.readiness.watch import ReadinessWatch
from pathway_modeller.gui.shell.window import MainWindow
from pathway_modeller.scenario.problems import steps_of
from pathway_modeller.scenario.readiness.missing import Missing
from pathway_modeller.scenario.words.sentences import typeset


def attach_readiness(window: MainWindow) -> None:
    """Gives a window the line of what its scenario is ready for, and the list that it opens."""
    watch = ReadinessWatch(window.document, window)
    line, panel = ReadinessLine(watch), ReadinessPanel(window.document, watch)
    window.add_line(line)
    window.add_bottom(panel, "Before a run")

    def show(part: str) -> None:
        window.show_bottom(panel)
        panel.show_part(part)

    def go(missing: Missing) -> None:
        last = steps_of(missing.place)[-1]
        window.show_place(missing.place)
        if last in (*LIST_MAPS, *OPTION_MAPS):
            window.show_list(last)

    line.wanted.connect(show)
    panel.wanted.connect(go)
    panel.counted.connect(lambda count: window.name_bottom(panel, f"Before a run ({count})"))


def ask_heavy(window: MainWindow, weight: Weight) -> bool:
    """Asks whether a heavy run is wanted all the same."""
    box = message_box(
        window,
        QMessageBox.Icon.Warning,
        "A heavy run",
        typeset(weight.warning),
        "Run it all the same?",
    )
    box.setObjectName("heavy")
    run = box.addButton("Run all the same", QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    agreed = box.clickedButton() is run
    box.deleteLater()
    return agreed
