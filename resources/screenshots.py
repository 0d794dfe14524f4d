"""Pictures of the window, for looking at and for the documents: ``python resources/screenshots.py OUT_DIR``.

They are made off screen, at 1366 by 768 points unless ``--large`` asks for 1920 by 1080, from the worked
example with shorter runs. The folder should not be committed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pathway_modeller.gui.shell.runs import Runs
    from pathway_modeller.gui.shell.window import MainWindow

SMALL = (1366, 768)
LARGE = (1920, 1080)

_PATIENCE = 600.0
"""Seconds after which something is wrong."""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--large", is_flag=True, help="1920 by 1080 points instead of 1366 by 768.")
@click.option("--replications", default=10, show_default=True, help="Replications of each variant.")
@click.option("--file", "scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(folder: Path, *, large: bool, replications: int, scenario: Path | None) -> None:
    """Makes pictures of the window in FOLDER."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as settings:
        Photographer(folder, LARGE if large else SMALL, replications, Path(settings)).work(scenario)


class Photographer:
    """Does what a person would, and takes a picture of each step."""

    def __init__(self, folder: Path, size: tuple[int, int], replications: int, settings: Path) -> None:
        """Opens a window of a size."""
        from PySide6.QtCore import QSettings
        from PySide6.QtWidgets import QApplication

        from pathway_modeller.gui import theme
        from pathway_modeller.gui.document import Document
        from pathway_modeller.gui.shell.runs import attach_runs
        from pathway_modeller.gui.shell.window import MainWindow

        application = QApplication.instance() or QApplication([])
        theme.apply(application)  # type: ignore[arg-type]
        self._folder = folder
        self._replications = replications
        self._taken = 0
        self._window: MainWindow = MainWindow(
            Document(), QSettings(str(settings / "settings.ini"), QSettings.Format.IniFormat)
        )
        self._runs: Runs = attach_runs(self._window)
        self._window.resize(*size)
        self._window.show()

    def work(self, scenario: Path | None) -> None:
        """Takes every picture."""
        from pathway_modeller.gui.app import open_first

        open_first(self._window, scenario)
        self._wait(lambda: not self._window.grab().isNull(), least=0.4)
        self._take("opening")
        self._window.show_page("results")
        self._take("results-empty")
        self._window.show_page("pathway")
        self._edit()
        self._count_people()
        self._turn_years()
        self._shift()
        self._run()
        self._read()
        self._look_again()
        self._window.document.undo()
        self._window.files.may_leave = lambda: True  # type: ignore[method-assign]
        self._window.close()

    def _edit(self) -> None:
        """Shows an option with its changes, and one activity of it in the inspector."""
        document = self._window.document
        options = list(document.scenario.options)
        if options:
            document.set_variant(options[0])
        activities = sorted(document.pathway.activities)
        document.select(activities[:1])
        self._wait(lambda: True, least=0.5)
        self._take("option-edited")

    def _count_people(self) -> None:
        """Shows every table of population and money."""
        from PySide6.QtWidgets import QTabWidget

        window = self._window
        window.show_page("tables")
        tabs = window.tables.findChild(QTabWidget, "table-tabs")
        if tabs is None:
            raise click.ClickException("the tables have no tabs")
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)
            self._wait(lambda: True, least=0.3)
            self._take(f"tables-{tabs.tabText(place)}")

    def _turn_years(self) -> None:
        """Shows the triangle at the start and after ten years, for the baseline and an option."""
        window = self._window
        for place, year in enumerate((0, 10)):
            window.show_page("triangle")
            self._wait(lambda: not window.triangle.is_busy, least=0.3)
            window.triangle.slider.setValue(year)
            self._wait(lambda: True, least=0.2)
            self._take(f"triangle-{'start' if not place else 'later'}")

    def _shift(self) -> None:
        """Shows the page on the baseline, and draws a shift between the first pools with a cost."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QLineEdit

        window, document = self._window, self._window.document
        shown = document.variant
        document.set_variant("baseline")
        window.show_page("shifts")
        self._wait(lambda: True, least=0.3)
        self._take("shifts-baseline")
        document.set_variant(shown)
        self._wait(lambda: True, least=0.3)
        self._take("shifts")
        board = window.shifts.board
        if not board.isVisible():
            return
        pools = [key for key, pool in document.pathway.pools.items() if pool.cost and pool.units]
        ends = pools[:2] if len(pools) > 1 else ["", *pools]
        if len(ends) != len({"from", "to"}):
            return
        begin, end = (board.box_point(key) for key in ends)
        QTest.mousePress(board, Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(board, (begin + end) / 2)
        QTest.mouseMove(board, end)
        self._wait(lambda: True, least=0.2)
        self._take("shift-being-drawn")
        QTest.mouseRelease(board, Qt.MouseButton.LeftButton, pos=end)
        self._wait(lambda: True, least=0.2)
        self._take("shift-asked-for")
        amount = window.shifts.findChild(QLineEdit, "shift-amount")
        QTest.keyClick(amount, Qt.Key.Key_Return)
        self._wait(lambda: True, least=0.2)
        self._take("shift-drawn")

    def _look_again(self) -> None:
        """Shows use under the shifts and the triangle as simulated."""
        from PySide6.QtWidgets import QComboBox

        window = self._window
        window.show_page("shifts")
        self._wait(lambda: True, least=0.3)
        self._take("shifts-with-use")
        window.show_page("triangle")
        source = window.triangle.findChild(QComboBox, "triangle-source")
        if source is not None and source.count() > 1:
            source.setCurrentIndex(1)
        self._wait(lambda: not window.triangle.is_busy, least=0.5)
        self._take("triangle-simulated")

    def _run(self) -> None:
        """Runs everything, and takes a picture halfway."""
        from pathway_modeller.scenario.edits.every_edit import set_scenario_value

        document, controller = self._window.document, self._runs.controller
        document.edit_scenario(
            "run fewer replications",
            lambda scenario: set_scenario_value(scenario, "run", {"replications": self._replications}),
        )
        halfway: list[int] = []
        controller.progressed.connect(
            lambda done, total, _left: halfway.append(done) if 3 * done > total else None
        )
        if not self._runs.controller.start(controller.every_variant()):
            raise click.ClickException(
                "the scenario cannot be run: " + "; ".join(map(str, document.problems))
            )
        self._wait(lambda: bool(halfway) or not controller.is_running)
        self._take("running")
        self._wait(lambda: not controller.is_running)

    def _read(self) -> None:
        """Takes a picture of every chart, of the drawing with results, and of stale results."""
        window, reader = self._window, self._runs.page.reader
        window.show_page("results")
        self._wait(lambda: not self._runs.page.is_busy, least=0.4)
        self._take("results")
        for place in range(1, reader.list.count()):
            reader.list.setCurrentRow(place)
            self._wait(lambda: not self._runs.page.is_busy, least=0.3)
            self._take(f"results-{reader.list.item(place).text()}")
        window.show_page("pathway")
        self._wait(lambda: True, least=0.3)
        self._take("drawing-with-results")
        reader.list.setCurrentRow(0)
        document = window.document
        from pathway_modeller.scenario.edits.every_edit import rename_element

        key = sorted(document.pathway.activities)[0]
        document.edit("rename", lambda pathway: rename_element(pathway, key, "Another name"))
        window.show_page("results")
        self._wait(lambda: not self._runs.page.is_busy, least=0.3)
        self._take("results-stale")

    def _take(self, name: str, widget: QWidget | None = None) -> None:
        """Saves a picture of the window."""
        self._taken += 1
        words = "".join(letter if letter.isalnum() else "-" for letter in name.lower())
        path = self._folder / f"{self._taken:02d}-{words.replace('--', '-').strip('-')}.png"
        if not (widget or self._window).grab().save(str(path)):
            raise click.ClickException(f"{path} could not be written")
        click.echo(path)

    def _wait(self, reached: Callable[[], bool], least: float = 0.0) -> None:
        """Lets the window work until something is reached."""
        import time

        from PySide6.QtCore import QCoreApplication, QEventLoop

        began = time.monotonic()
        while time.monotonic() - began < least or not reached():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            time.sleep(0.01)
            if time.monotonic() - began > _PATIENCE:
                raise click.ClickException("it takes too long")


if __name__ == "__main__":
    main()
