"""The first page after a run: one row an option, one column a question; a cell opens its chart."""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller.gui import theme
from pathway_modeller.gui.plain import Label, plain_tip, with_signs_kept
from pathway_modeller.report.words.questions import (
    CHART,
    COLUMNS,
    NAMES,
    WIDTHS,
    Cell,
    Column,
    FirstPage,
    Row,
    Tone,
)

_SIDES, _ABOVE = 10, 5
"""Pixels kept free beside, above and below the words of a cell, lines between cells among them."""
_TALL = 10_000
"""Pixels that no cell is as tall as."""
_WORKING = "Working out what may be said…"


class FrontPage(QWidget):
    """Does it save, when, who pays, who waits, who loses, what does it hang on.

    Signals:
        chart_wanted: id of the chart that shows what a cell says.
    """

    chart_wanted = Signal(str)

    def __init__(self) -> None:
        """Begins without answers."""
        super().__init__()
        self.setObjectName("front-page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"#front-page {{ background: {theme.PAPER}; }}")
        self._offered: frozenset[str] = frozenset()
        self._rows: tuple[Row, ...] = ()
        self._basis = _words("front-basis", f"color: {theme.MUTED};")
        self._beside = _words("front-beside")
        self._table = _Answers()
        self._table.cellClicked.connect(self._open)
        self._table.cellActivated.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(6)
        column.addWidget(self._basis)
        column.addWidget(self._table, 1)
        column.addWidget(self._beside)
        self.forget()

    def forget(self) -> None:
        """Says that the answers are being worked out."""
        self._basis.setText(_WORKING)
        self._beside.hide()
        self._table.hide()

    def show_page(self, page: FirstPage, offered: Collection[str]) -> None:
        """Shows answers.

        Args:
            page: what to show.
            offered: ids of the charts that can be opened.
        """
        self._offered, self._rows = frozenset(offered), page.rows
        self._basis.setText(page.basis)
        self._beside.setText("\n".join(page.beside))
        self._beside.setVisible(bool(page.beside))
        self._table.fill(page, self._offered)
        self._table.show()

    def copy_all(self) -> None:
        """Puts the answers on the clipboard, as a spreadsheet takes them."""
        head = "\t".join(["", *COLUMNS.values()])
        rows = ("\t".join((row.name, *(row.cells[column].words for column in COLUMNS))) for row in self._rows)
        QGuiApplication.clipboard().setText("\n".join((head, *rows)))

    def _open(self, row: int, column: int) -> None:
        """Opens the chart of a cell."""
        chart = self._table.chart_of(row, column)
        if chart in self._offered:
            self.chart_wanted.emit(chart)


class _Answers(QTableWidget):
    """The table; its columns share the width, its rows are as tall as their words."""

    def __init__(self) -> None:
        """Begins with the questions."""
        super().__init__(0, 1 + len(COLUMNS))
        self.setObjectName("front-table")
        self.setAccessibleName("What each option does")
        self.setHorizontalHeaderLabels(["", *COLUMNS.values()])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        self.setStyleSheet("QTableWidget::item { padding: 3px 6px; }")
        font = self.font()
        font.setPointSizeF(theme.BASE_POINTS)
        self.setFont(font)

    def fill(self, page: FirstPage, offered: Collection[str]) -> None:
        """Shows the rows of a page."""
        self.setRowCount(len(page.rows))
        for place, row in enumerate(page.rows):
            name = QTableWidgetItem(row.name)
            bold = name.font()
            bold.setBold(True)
            name.setFont(bold)
            name.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.setItem(place, 0, name)
            for number, column in enumerate(COLUMNS, 1):
                self.setItem(place, number, _item(column, row.cells[column], offered))
        self._fit()

    def chart_of(self, row: int, column: int) -> str:
        """Returns the id of the chart that a cell opens; "" for none."""
        item = self.item(row, column)
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole) or "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shares the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Shares the width, and makes rows as tall as they need to be."""
        for number, width in enumerate(self._widths()):
            self.setColumnWidth(number, width)
        for row in range(self.rowCount()):
            items = (self.item(row, column) for column in range(self.columnCount()))
            self.setRowHeight(row, max(self._height(item) for item in items if item is not None))

    def _widths(self) -> list[int]:
        """Returns the widths of the columns: their parts of the room, and none too narrow for its words.

        Where not all words find room side by side, the table is wider than its place and can be moved.
        """
        parts, room = (NAMES, *(WIDTHS[column] for column in COLUMNS)), self.viewport().width()
        least = [self._least(column) for column in range(len(parts))]
        shares = (room * part / sum(parts) for part in parts)
        wanted = [max(share - own, 0.0) for share, own in zip(shares, least, strict=True)]
        spare, every = max(room - sum(least), 0), sum(wanted) or 1.0
        return [own + int(spare * more / every) for own, more in zip(least, wanted, strict=True)]

    def _least(self, column: int) -> int:
        """Returns how wide a column must be for its title, and for the longest word of its cells."""
        items = [item for row in range(self.rowCount()) if (item := self.item(row, column)) is not None]
        words = [
            self._metrics(item).horizontalAdvance(word) for item in items for word in item.text().split()
        ]
        return max(self.horizontalHeader().sectionSizeHint(column), max(words, default=0) + 2 * _SIDES)

    def _metrics(self, item: QTableWidgetItem) -> QFontMetrics:
        """Returns the measures of the font of a cell."""
        return QFontMetrics(item.font() if item.font().bold() else self.font())

    def _height(self, item: QTableWidgetItem) -> int:
        """Returns how tall the words of a cell are; Qt itself forgets what is kept free at their sides."""
        room = QRect(0, 0, self.columnWidth(item.column()) - 2 * _SIDES, _TALL)
        wraps = int(Qt.TextFlag.TextWordWrap)
        return self._metrics(item).boundingRect(room, wraps, item.text()).height() + 2 * _ABOVE


def _item(column: Column, cell: Cell, offered: Collection[str]) -> QTableWidgetItem:
    """An answer, with what opens when it is clicked."""
    item = QTableWidgetItem(with_signs_kept(cell.words))
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    item.setForeground(QColor(_colour(cell.tone)))
    can = CHART[column] in offered
    tip = "\n".join(part for part in (cell.full, "Click to see the chart." if can else "") if part)
    item.setToolTip(plain_tip(tip))
    item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tip)
    item.setData(Qt.ItemDataRole.UserRole, CHART[column] if can else "")
    return item


def _colour(tone: Tone) -> str:
    """The colour of an answer, whose words say as much."""
    match tone:
        case "good":
            return theme.GOOD
        case "bad":
            return theme.ERROR
        case "plain":
            return theme.INK
        case _:
            assert_never(tone)


def _words(name: str, look: str = "") -> QLabel:
    """A label whose words wrap and can be copied."""
    label = Label()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setStyleSheet(look)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
