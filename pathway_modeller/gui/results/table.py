"""A chart's figures as a table that can be sorted, and copied into a spreadsheet."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from pathway_modeller.gui.actions import ActionSpec, make_actions
from pathway_modeller.gui.plain import plain_tip
from pathway_modeller.gui.results.tips import tip
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.spreadsheet import cell_text
from pathway_modeller.report.words.definitions import definition
from pathway_modeller.report.words.measure_titles import measure_title
from pathway_modeller.scenario.words.months import short_month

if TYPE_CHECKING:
    import pandas as pd

_AROUND = ("mean", "low", "high")
"""Columns of a figure with its interval."""
_LEVELS = (*_AROUND, "baseline", "option")
"""Columns that may hold shares."""
_TIMES = frozenset({"minutes", "hours", "days", "weeks"})
"""Units in which a chart tells times."""

_INTERVAL = {"low": "95% low", "high": "95% high", "level": "Units in use"}
_CHANGES = {"mean": "Difference"}
"""Titles of columns as people read them; of what a table of differences has instead."""

_MEASURED, _LONGEST = 100, 3
"""Rows looked at for the width of a column, and texts that are measured in points."""
_AIR, _SPACE, _WIDEST = 10, 8, 230
"""Points around a text in its cell, room beside it, and the widest column where there is no room to spare."""

Index = QModelIndex | QPersistentModelIndex

MISSING = "–"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
"""A month as files have it; it sorts as it stands."""
_SMALL = 0.01
"""Figures below this have three digits that say something, but no more decimals than the following."""
_MOST_DIGITS = 7
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
PLAIN_ROLE = SORT_ROLE + 1


class FrameModel(QAbstractTableModel):
    """A data frame, read only: measures by their titles, shares as per cent."""

    def __init__(self, frame: pd.DataFrame, parent: QWidget | None = None) -> None:
        """Takes a chart's table."""
        super().__init__(parent)
        frame = frame[[name for name in frame.columns if _says_something(frame, str(name))]]
        self._titles = _titles(frame)
        self._columns: list[list[object]] = [frame[column].tolist() for column in frame.columns]
        self._rows = len(frame)
        self._measure, self._definitions = -1, list[str]()
        if "measure" in frame.columns:
            self._measure = frame.columns.tolist().index("measure")
            measures = [str(each) for each in self._columns[self._measure]]
            titles, said = ({each: of(each) for each in set(measures)} for of in (measure_title, definition))
            self._columns[self._measure] = [titles[each] for each in measures]
            self._definitions = [said[each] for each in measures]
        units = frame["unit"].tolist() if "unit" in frame.columns else []
        self._unit = frame.columns.tolist().index("unit") if "unit" in frame.columns else -1
        self._shares = {row for row, unit in enumerate(units) if unit == "share"}
        self._levels = {place for place, name in enumerate(frame.columns) if name in _LEVELS}
        self._changes: set[int] = set()
        if "baseline" in frame.columns:
            self._changes = {place for place, name in enumerate(frame.columns) if name in _AROUND}
            self._levels -= self._changes

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else self._rows

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The title of a column, the number of a row."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section] if orientation == Qt.Orientation.Horizontal else section + 1
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A figure: as people read it, as it is sorted, or in full for a spreadsheet."""
        value = self._columns[index.column()][index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(index.row(), index.column(), value)
        about = self._definitions[index.row()] if index.column() == self._measure else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            said = self._shown(index.row(), index.column(), value)
            return tip("", ((said, about),)) if about else plain_tip(said)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return about or None
        if role == PLAIN_ROLE:
            return plain(value)
        if role == SORT_ROLE:
            return -math.inf if _is_missing(value) else value
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(value, int | float):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def widest(self, column: int, most: int) -> list[str]:
        """Returns the longest texts of a column among so many rows, spread over the table."""
        rows = range(0, self._rows, max(1, self._rows // most))
        texts = {self._shown(row, column, self._columns[column][row]) for row in rows}
        return sorted(texts, key=len)[-_LONGEST:]

    def _shown(self, row: int, column: int, value: object) -> str:
        """A figure as people read it; a share as per cent, a difference of shares in points of it."""
        if column == self._unit:
            return unit_words(str(value))
        if row in self._shares and isinstance(value, float) and not math.isnan(value):
            if column in self._levels:
                return f"{100 * value:.1f}%"
            if column in self._changes:
                return f"{100 * value:+.1f} % points".replace("-", "−")
        return shown(value)


class FigureTable(QTableView):
    """The table under a chart. Ctrl+C copies what is selected, or all of it, with its titles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Makes an empty table."""
        super().__init__(parent)
        self.setObjectName("figures")
        self.setAccessibleName("Figures of the chart")
        self.setSortingEnabled(True)
        # Arrow keys go from cell to cell; Tab leaves, or who has no mouse would never get past the figures.
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(24)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSortRole(SORT_ROLE)
        self.setModel(self._sorted)
        self.addActions(list(make_actions(self, ACTIONS, to=self).values()))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def forget(self) -> None:
        """Shows no figures."""
        before = self._sorted.sourceModel()
        if before is not None:
            self._sorted.setSourceModel(None)  # type: ignore[arg-type]
            before.deleteLater()

    def show_frame(self, frame: pd.DataFrame) -> None:
        """Shows a frame, in its own order."""
        before = self._sorted.sourceModel()
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        model = FrameModel(frame, self)
        self._sorted.setSourceModel(model)
        self._sorted.sort(-1)
        if before is not None:
            before.deleteLater()
        self._fit_columns(model)

    def _fit_columns(self, model: FrameModel) -> None:
        """Makes columns as wide as their words; very wide ones only where there is room to spare.

        Qt itself would ask the model ten times for each cell: a tenth of a second for a series over years.
        """
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        widths = []
        for column in range(model.columnCount()):
            texts = (metrics.horizontalAdvance(text) for text in model.widest(column, _MEASURED))
            widths.append(max(header.sectionSizeHint(column), _AIR + max(texts, default=0)) + _SPACE)
        spare = self.viewport().width() - sum(min(width, _WIDEST) for width in widths)
        for column, width in enumerate(widths):
            more = max(0, min(width - _WIDEST, spare))
            spare -= more
            header.resizeSection(column, min(width, _WIDEST) + more)

    def copy(self) -> None:
        """Puts the selected figures on the clipboard, divided by tabs, with the titles of their columns."""
        QGuiApplication.clipboard().setText(self.text_to_copy())

    def copy_all(self) -> None:
        """Puts the whole table on the clipboard."""
        self.clearSelection()
        self.copy()

    def text_to_copy(self) -> str:
        """Returns what is selected, or the whole table, as a spreadsheet takes it."""
        chosen = self.selectionModel().selectedIndexes() if self.selectionModel() else []
        if len(chosen) <= 1:
            rows, columns = range(self._sorted.rowCount()), range(self._sorted.columnCount())
            places = None
        else:
            rows = sorted({index.row() for index in chosen})  # type: ignore[assignment]
            columns = sorted({index.column() for index in chosen})  # type: ignore[assignment]
            places = {(index.row(), index.column()) for index in chosen}
        titles = [str(self._sorted.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
        lines = ["\t".join(titles)]
        for row in rows:
            cells = [
                str(self._sorted.index(row, column).data(PLAIN_ROLE))
                if places is None or (row, column) in places
                else ""
                for column in columns
            ]
            lines.append("\t".join(cells))
        return "\n".join(lines) + "\n"


def shown(value: object) -> str:
    """Returns a cell as people read it; a missing figure is a dash."""
    if _is_missing(value):
        return MISSING
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return short_month(value)
    if isinstance(value, bool) or not isinstance(value, float):
        return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    size = abs(value)
    digits = 0 if size >= 1000 or value == int(value) else 1 if size >= 100 else 2 if size >= 1 else 4
    if 0 < size < _SMALL:
        # A minute is 0.0007 days: with four decimals nothing would be left of it.
        digits = min(2 - math.floor(math.log10(size)), _MOST_DIGITS)
    said = f"{value:,.{digits}f}"
    # What sums of fractions leave of nothing is nothing.
    return said.replace("-", "−") if said.strip("-0.,") else "0"


def unit_words(unit: str) -> str:
    """Returns a unit as people write it: "£ a year, 2024/25 prices" for "GBP 2024/25 a year"."""
    if unit == "share":
        return "%"
    if not unit.startswith("GBP"):
        return unit
    pounds, a_year, each = unit.partition(" a year")
    sign, comma, prices = scale_for(pounds, ()).unit.partition(", ")
    return f"{sign}{a_year}{each}{comma}{prices}"


def plain(value: object) -> str:
    """Returns a cell for a spreadsheet: in full, and empty where it is missing."""
    if _is_missing(value):
        return ""
    if isinstance(value, float):
        return repr(value)
    return cell_text(str(value).replace("\t", " ").replace("\n", " "))


def _is_missing(value: object) -> bool:
    """Whether a figure is missing."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _says_something(frame: pd.DataFrame, name: str) -> bool:
    """Whether a column is worth showing: not how far pairing narrowed an interval, nor one that is empty."""
    return name != "variance_reduction" and not (name == "footprint" and (frame[name] == "").all())


def _titles(frame: pd.DataFrame) -> list[str]:
    """Returns the titles of a frame's columns; of figures that are all times, with the unit they are in."""
    units = set(frame["unit"]) if "unit" in frame.columns else set()
    time = units.pop() if len(units) == 1 and units <= _TIMES else ""
    known = {**_INTERVAL, **(_CHANGES if "baseline" in frame.columns else {})}
    titles = [known.get(str(column), _title(str(column))) for column in frame.columns]
    named = zip(titles, frame.columns, strict=True)
    return [f"{title} ({time})" if time and name in _LEVELS else title for title, name in named]


def _title(column: str) -> str:
    """Returns the title of a column as people read it."""
    words = column.replace("_", " ")
    return words[:1].upper() + words[1:]


ACTIONS: tuple[ActionSpec[FigureTable], ...] = (
    ActionSpec(
        "copy-cells",
        "Copy",
        lambda table: table.copy(),
        QKeySequence.StandardKey.Copy,
        reach=Qt.ShortcutContext.WidgetShortcut,
    ),
)
"""What the menu of the right button offers."""
