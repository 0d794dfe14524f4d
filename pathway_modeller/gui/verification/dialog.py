"""The dialog of a check: how far it is, a way to stop, then what came of it, to be read and copied."""

from __future__ import annotations

import math
import re
import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.experiment.verify.verify import Verification
from pathway_modeller.experiment.verify.words import lines
from pathway_modeller.gui import theme
from pathway_modeller.gui.dialogs import fit_screen
from pathway_modeller.gui.jobs import Job
from pathway_modeller.gui.plain import Label
from pathway_modeller.gui.results.remaining import Stopwatch, time_left
from pathway_modeller.scenario.words.sentences import plural, typeset

_SECOND = 1000
"""Milliseconds."""

_LONG = 120
"""Seconds from which on minutes are told."""


class CheckDialog(QDialog):
    """Shows one check from its beginning; closing it stops the check."""

    def __init__(self, parent: QWidget, job: Job, variant: str, why: str) -> None:
        """Starts a check.

        Args:
            parent: the window.
            job: the check, not started yet; its result is a ``Verification``.
            variant: what is checked, in words.
            why: why that matters.
        """
        super().__init__(parent)
        self.setObjectName("check-engines")
        self.setWindowTitle("Check the two engines")
        self._job = job
        self._stage = "Starting"
        self._begun = time.monotonic()
        self._pace = Stopwatch(self._begun)
        self._left = math.nan
        self._head = Label(f"Checking {variant}")
        self._head.setObjectName("check-head")
        self._head.setStyleSheet("font-size: 13pt; font-weight: 600;")
        self._why = Label(why)
        self._why.setWordWrap(True)
        self._words = Label()
        self._words.setObjectName("check-stage")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName("The check goes on")
        self._text = QPlainTextEdit()
        self._text.setObjectName("check-text")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("What came of the check")
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND)
        self._timer.timeout.connect(self._show_stage)
        self._timer.start()
        job.told.connect(self._tell)
        job.finished.connect(self._ended)
        self._show_stage()
        job.start()

    def reject(self) -> None:
        """Closes, and stops the check if it goes on."""
        self._timer.stop()
        self._job.told.disconnect(self._tell)
        self._job.finished.disconnect(self._ended)
        self._job.cancel()
        super().reject()

    # Building ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Puts progress where the text will be."""
        self._busy = QWidget()
        busy = QVBoxLayout(self._busy)
        busy.setContentsMargins(0, 12, 0, 12)
        busy.addWidget(self._words)
        busy.addWidget(self._bar)
        busy.addStretch(1)
        self._text.hide()
        self._copy = QPushButton("Copy")
        self._copy.setObjectName("copy-check")
        self._copy.setToolTip("Copy all of it, for an email")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text.toPlainText()))
        self._copy.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self._copy)
        row.addWidget(self._buttons, 1)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self._head)
        column.addWidget(self._why)
        column.addWidget(self._busy, 1)
        column.addWidget(self._text, 1)
        column.addLayout(row)
        fit_screen(self, 680, 470)

    # Showing -----------------------------------------------------------------------------------------

    def _tell(self, words: str) -> None:
        """Shows what is being done, and how far it is where that is known."""
        now = time.monotonic()
        if words.partition(":")[0] != self._stage.partition(":")[0]:
            self._pace = Stopwatch(now)
        self._stage = words
        far = re.search(r": (\d+)%$", words)
        self._left = math.nan if far is None else self._pace.seconds_left(now, int(far[1]), 100)
        self._bar.setRange(0, 0 if far is None else 100)
        self._bar.setValue(0 if far is None else int(far[1]))
        self._show_stage()

    def _show_stage(self) -> None:
        """Shows what is being done, and for how long the check has gone on."""
        seconds = int(time.monotonic() - self._begun)
        gone = plural(seconds // 60, "minute") if seconds >= _LONG else plural(seconds, "second")
        said = [f"{gone} so far"] if seconds else []
        if not math.isnan(self._left):
            said.append(f"{time_left(self._left)} with this engine")
        self._words.setText(f"{self._stage}…" + (f" ({', '.join(said)})" if said else ""))

    def _ended(self) -> None:
        """Shows what came of the check."""
        job = self._job
        job.wait()
        if job.error is not None:
            self.reject()
            raise job.error
        self._timer.stop()
        if job.sentence:
            self._show("The check could not be made", theme.ERROR, [job.sentence])
            return
        if not isinstance(job.result, Verification):
            self.reject()
            return
        if job.result.identical:
            self._show("✔ Identical", theme.GOOD, lines(job.result))
        else:
            self._show("✖ Different", theme.ERROR, lines(job.result))

    def _show(self, head: str, colour: str, told: list[str]) -> None:
        """Shows text in the place of progress."""
        self._head.setText(head)
        self._head.setStyleSheet(f"font-size: 13pt; font-weight: 600; color: {colour};")
        self._text.setPlainText(typeset("\n\n".join(told)))
        self._busy.hide()
        self._text.show()
        self._copy.show()
        self._buttons.setStandardButtons(QDialogButtonBox.StandardButton.Close)
        self._buttons.button(QDialogButtonBox.StandardButton.Close).setFocus(Qt.FocusReason.OtherFocusReason)
