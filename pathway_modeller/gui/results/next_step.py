"""Under the name of a chart that has nothing to show: the way to what would fill it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

_PEOPLE = ("tables", "Enter people, need tiers and footprints")
_PRICES = ("tables", "Enter prices and costs")

STEPS: Mapping[str, tuple[str, str]] = {
    "standards": ("standards", "Add a waiting-time standard"),
    "waits-by-footprint": _PEOPLE,
    "equity": _PEOPLE,
    "twin-triangle": _PEOPLE,
    "bill-by-setting": ("pathway", "Enter prices of activities"),
    "pool-cost-by-setting": ("pathway", "Enter the cost of capacity"),
    "system-cost-by-setting": _PRICES,
    "bridge": _PRICES,
    "break-even": _PRICES,
    "payers": ("tables", "Enter payers and their shares"),
    "payer-provider": ("tables", "Enter payers, providers and prices"),
    "outcomes": ("tables", "Enter the outcomes that count"),
    "shift": ("shifts", "Draw an investment shift"),
}
"""For each chart that needs something entered, where it is entered, and the words that lead there."""


class ChartStep(QWidget):
    """A button that leads on from an empty chart; there only where there is somewhere to go.

    Signals:
        wanted: the place to go to: a page of the window, or "standards".
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        """Begins hidden."""
        super().__init__()
        self._place = ""
        self._button = QPushButton()
        self._button.setObjectName("chart-step")
        self._button.setProperty("primary", True)
        self._button.clicked.connect(lambda: self.wanted.emit(self._place))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self._button)
        row.addStretch(1)
        self.hide()

    def show_step(self, chart: str, *, empty: bool) -> None:
        """Shows the way on from a chart, if it is empty."""
        self._place, words = STEPS.get(chart, ("", ""))
        self._button.setText(words)
        self.setVisible(empty and bool(words))
