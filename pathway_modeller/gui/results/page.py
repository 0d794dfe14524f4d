"""The results page: what the run says, chart by chart, with the figures behind each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.empty_state import block_in_the_middle
from pathway_modeller.gui.plain import Label, plain_tip
from pathway_modeller.gui.results.chart_worker import Desk
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.gui.results.reader import Reader


class ResultsPage(QWidget):
    """What was found, or how to find something.

    Signals:
        message: a sentence for the status bar.
        pathway_wanted: somebody would rather draw.
    """

    message = Signal(str)
    pathway_wanted = Signal()

    def __init__(self, document: Document, controller: RunController, parent: QWidget | None = None) -> None:
        """Observes a document and its runs."""
        super().__init__(parent)
        self.setObjectName("results-page")
        self._document = document
        self._controller = controller
        self._desk = Desk(self)
        self._notice = _Notice()
        self._empty = _Empty()
        self._reader = Reader(controller, self._desk)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._reader)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._notice)
        column.addWidget(self._pages, 1)
        self._observe()

    @property
    def reader(self) -> Reader:
        """Charts and figures."""
        return self._reader

    @property
    def desk(self) -> Desk:
        """Where figures and charts are worked out beside the window's thread."""
        return self._desk

    @property
    def is_busy(self) -> bool:
        """Whether a chart is being drawn or written."""
        return self._desk.is_busy or self._reader.is_waiting

    def close_desk(self) -> None:
        """Stops drawing, and what is worked out besides, for good."""
        self._reader.close_jobs()
        self._reader.hanging.close_down()
        self._desk.close()

    def _observe(self) -> None:
        """Follows runs."""
        controller = self._controller
        controller.results_changed.connect(self._show)
        controller.answered.connect(self._show)
        controller.staleness_changed.connect(self._show_notice)
        controller.started.connect(self._show)
        for ended in (controller.finished, controller.failed, controller.cancelled):
            ended.connect(self._show)
        self._empty.run.clicked.connect(self._run)
        self._notice.run.clicked.connect(self._run)
        self._reader.message.connect(self.message)
        self._document.opened.connect(self._show)
        self._show()

    def _run(self) -> None:
        """Runs everything."""
        self._controller.start(self._controller.every_variant())

    def _show(self, _outcome: object = None) -> None:
        """Shows what there is."""
        has = self._controller.results is not None or self._controller.so_far is not None
        self._pages.setCurrentWidget(self._reader if has else self._empty)
        self._empty.show_state(self._document.scenario.question, running=self._controller.is_running)
        self._show_notice()

    def _show_notice(self, _stale: bool = False) -> None:
        """Says whether the results are of the scenario as it is."""
        results = self._controller.results
        is_stale = self._controller.is_stale and self._controller.so_far is None
        self._notice.setVisible(is_stale)
        if is_stale and results is not None:
            self._notice.show_scenario(results.provenance.scenario_hash)
        self._notice.run.setEnabled(not self._controller.is_running)


class _Notice(QWidget):
    """Says that the results are of an earlier state of the scenario."""

    def __init__(self) -> None:
        """Makes the strip."""
        super().__init__()
        self.setObjectName("stale")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet("#stale { background: #FFF4D6; border-bottom: 1px solid #8A4B00; }")
        self._words = Label()
        self._words.setObjectName("stale-words")
        self.run = QPushButton("Run again")
        self.run.setObjectName("run-again")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self._words)
        row.addWidget(self.run)
        row.addStretch(1)

    def show_scenario(self, mark: str) -> None:
        """Says which scenario the results are of, by the beginning of its hash, as the charts' sources do."""
        self._words.setText(f"These results are of scenario {mark[:8]}, as it was before your last change.")
        self._words.setToolTip(plain_tip(f"Scenario {mark}"))


class _Empty(QWidget):
    """Says what to do where there is nothing to read yet."""

    def __init__(self) -> None:
        """Makes the words and the button."""
        super().__init__()
        self._head = Label()
        self._head.setStyleSheet("font-size: 15pt; font-weight: 600;")
        self._words = Label()
        self._words.setObjectName("empty-words")
        self._words.setWordWrap(True)
        self.run = QPushButton("Run the scenario")
        self.run.setObjectName("run-first")
        self.run.setProperty("primary", True)
        inner = block_in_the_middle(self)
        inner.addWidget(self._head)
        inner.addWidget(self._words)
        inner.addWidget(self.run, 0, Qt.AlignmentFlag.AlignLeft)

    def show_state(self, question: str, *, running: bool) -> None:
        """Shows the question, and whether an answer is on its way."""
        self._head.setText("Running…" if running else "Nothing has been run yet")
        asked = f"The question is: “{question}”\n\n" if question else ""
        begin = "Here will be" if running else "Run the scenario to see"
        self._words.setText(
            f"{asked}{begin} waiting times, queues, use of capacity, activity and cost by "
            "setting, for the baseline and for each option, with the difference between them."
        )
        self.run.setVisible(not running)
