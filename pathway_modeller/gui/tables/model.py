"""A sheet for Qt's table views: shows cells, takes texts, and keeps what does not fit where it was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont

from pathway_modeller.gui import theme
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.plain import plain_tip
from pathway_modeller.gui.tables.blocks import Block
from pathway_modeller.gui.tables.sheet import NEW, Cell, Refused, Sheet, Write

Index = QModelIndex | QPersistentModelIndex
Place = tuple[str, str]
"""The keys of a row and a column, which stay when others come and go."""

FAULT_ROLE = int(Qt.ItemDataRole.UserRole)
"""Whether what stands in a cell was typed there and does not fit."""

CHOICES_ROLE = FAULT_ROLE + 1
"""The words that a cell offers."""

_TITLE_LETTERS = 14
"""Letters after which the title of a column is broken."""


@dataclass(frozen=True)
class Pending:
    """What was typed and is not in the scenario.

    Attributes:
        text: as typed.
        sentence: why.
        unfinished: whether only more has to be typed.
    """

    text: str
    sentence: str
    unfinished: bool


class SheetModel(QAbstractTableModel):
    """The cells of a sheet, read anew whenever the scenario or the variant changes."""

    said = Signal(str, bool)
    """A sentence on what was typed or pasted last, and whether it is a mistake; empty, if all is well."""

    renewed = Signal()
    """The sheet is another one."""

    def __init__(
        self, document: Document, make: Callable[[Document], Sheet], parent: QObject | None = None
    ) -> None:
        """Reads the sheet of the variant shown.

        Args:
            document: what is shown and edited.
            make: makes the sheet of the moment.
            parent: owns the model.
        """
        super().__init__(parent)
        self._document = document
        self._make = make
        self._sheet = make(document)
        self._pending: dict[Place, Pending] = {}
        self._is_watched = False
        self._is_stale = False
        document.scenario_changed.connect(self._scenario_changed)
        document.variant_changed.connect(lambda _variant: self._start_anew())
        document.opened.connect(self._start_anew)

    @property
    def sheet(self) -> Sheet:
        """The sheet of the moment."""
        return self._sheet

    def watch(self, watched: bool) -> None:
        """Follows every change of the scenario while somebody looks, and catches up when somebody does."""
        self._is_watched = watched
        if watched:
            self._catch_up()

    def _scenario_changed(self) -> None:
        """Reads the sheet anew if somebody looks; edits of the drawing do not wait for hidden tables."""
        self._is_stale = True
        if self._is_watched:
            self._catch_up()

    def _catch_up(self) -> None:
        """Reads the sheet anew if it is of an earlier scenario."""
        if self._is_stale:
            self.refresh()

    def refresh(self) -> None:
        """Reads the sheet anew; rows and columns that are the same stay selected."""
        self._is_stale = False
        sheet = self._make(self._document)
        same = _keys(sheet) == _keys(self._sheet)
        if not same:
            self.beginResetModel()
        self._sheet = sheet
        if same:
            self._tell_all()
        else:
            rows, columns = (
                {line.key for line in sheet.rows},
                {line.key for line in sheet.columns},
            )
            self._pending = {
                place: kept
                for place, kept in self._pending.items()
                if place[0] in rows and place[1] in columns
            }
            self.endResetModel()
        self.renewed.emit()

    def _start_anew(self) -> None:
        """Forgets what was typed and not taken; it belonged to another variant."""
        if self._pending:
            self._pending = {}
            self.said.emit("", False)
        self._scenario_changed()

    def _tell_all(self) -> None:
        """Tells that every cell may be another."""
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    # What is shown -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._sheet.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._sheet.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The title of a column; what to know of a row, where names stand in the table itself."""
        lines = self._sheet.columns if orientation == Qt.Orientation.Horizontal else self._sheet.rows
        if section >= len(lines):
            return None
        line = lines[section]
        if role == Qt.ItemDataRole.DisplayRole:
            across = orientation == Qt.Orientation.Horizontal
            if across:
                return line.title if self._sheet.names_on_top else "\n".join(wrap(line.title, _TITLE_LETTERS))
            return line.tip if self._sheet.names_on_top else ""
        return plain_tip(line.tip) if role == Qt.ItemDataRole.ToolTipRole else None

    def cell(self, index: Index) -> Cell:
        """Returns the sheet's cell."""
        return self._sheet.cell(index.row(), index.column())

    def place(self, index: Index) -> Place:
        """Returns the keys of a cell."""
        return self._sheet.rows[index.row()].key, self._sheet.columns[index.column()].key

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell as it is read, edited, or set off."""
        pending = self._pending.get(self.place(index))
        cell = self.cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return pending.text if pending else cell.text
            case Qt.ItemDataRole.EditRole:
                return pending.text if pending else cell.plain
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return pending.sentence if pending else cell.tip
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(pending.sentence if pending else cell.tip)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index, pending.text if pending else cell.text)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if cell.is_figure else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == FAULT_ROLE:
            return pending is not None and not pending.unfinished
        if role == CHOICES_ROLE:
            return cell.choices
        return _look(cell, pending, role)

    def _spoken(self, index: Index, text: str) -> str:
        """Returns a cell as it is read aloud: its row, its column, what stands there."""
        where = self._sheet.where(Write(index.row(), index.column(), ""))
        return f"{where}: {text}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be chosen; most can be written into."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.cell(index).editable else flags

    # What is written ---------------------------------------------------------------------------------

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Writes a text into a cell; one that does not fit stays there, and nothing else changes."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        text, place = str(value), self.place(index)
        if place not in self._pending and text == self.cell(index).plain:
            return False
        taken = self._together(place)
        writes = [self._as_write(each, kept.text) for each, kept in taken.items() if each != place]
        writes.append(Write(index.row(), index.column(), text))
        before = self._pending
        self._pending = {each: kept for each, kept in before.items() if each not in {*taken, place}}
        try:
            self._commit("change", writes)
        except Refused as refused:
            self._pending = {**before, place: Pending(text, str(refused), refused.unfinished)}
            if not text:
                del self._pending[place]
            self.said.emit(str(refused), not refused.unfinished)
            self._tell_all()
            return False
        return True

    def _together(self, place: Place) -> dict[Place, Pending]:
        """Returns what was typed before into the same new row or new column, which is taken as one."""
        return {
            other: kept
            for other, kept in self._pending.items()
            if kept.unfinished
            and ((place[0] == NEW == other[0]) or (place[1] == NEW == other[1]) or other == place)
        }

    def _as_write(self, place: Place, text: str) -> Write:
        """Returns what was typed as something written."""
        rows = [line.key for line in self._sheet.rows]
        columns = [line.key for line in self._sheet.columns]
        return Write(rows.index(place[0]), columns.index(place[1]), text)

    def understood(self, index: Index, text: str) -> str:
        """Returns how a text is understood that is being typed into a cell."""
        return self._sheet.understood(index.row(), index.column(), text) if index.isValid() else ""

    def paste(self, row: int, column: int, block: Block) -> bool:
        """Writes a block of texts, as one step to undo, or nothing at all; returns whether it was written."""
        self._catch_up()
        try:
            writes = self._sheet.placed(row, column, block)
        except Refused as refused:
            return self._refuse(refused)
        return self.write(f"paste into {self._sheet.title.lower()}", writes)

    def write(self, label: str, writes: Sequence[Write]) -> bool:
        """Writes texts, as one step to undo, or nothing at all; returns whether they were written."""
        before = self._pending
        written = {self.place(self.index(each.row, each.column)) for each in writes if self._has(each)}
        self._pending = {place: kept for place, kept in before.items() if place not in written}
        try:
            self._commit(label, writes)
        except Refused as refused:
            self._pending = before
            return self._refuse(refused)
        return True

    def _has(self, write: Write) -> bool:
        """Tells whether there is a cell yet where something is written."""
        return write.row < self.rowCount() and write.column < self.columnCount()

    def _commit(self, label: str, writes: Sequence[Write]) -> None:
        """Writes texts into the document."""
        if label == "change":
            label = self._label(writes[-1])
        before = self._sheet
        said = self._sheet.commit(self._document, label, writes)
        if self._sheet is before:
            self._tell_all()
        self.said.emit(said, False)

    def _label(self, write: Write) -> str:
        """Returns what a single entry does, as it follows "Undo"."""
        if self._sheet.rows[write.row].key == NEW:
            return f"add a {self._sheet.row_word}"
        if self._sheet.columns[write.column].key == NEW:
            return f"add a {self._sheet.adds_columns}"
        return f"change {self._sheet.where(write)}"

    def _refuse(self, refused: Refused) -> bool:
        """Says why nothing was changed."""
        sentence = str(refused)
        if refused.write is not None:
            sentence = f"{self._sheet.where(refused.write)}: {sentence[:1].lower()}{sentence[1:]}"
        self.said.emit(f"{sentence} Nothing has been changed.", True)
        return False

    def not_taken(self) -> tuple[tuple[str, str], ...]:
        """Returns where something was typed that is not in the scenario, and why."""
        return tuple(
            (self._sheet.where(self._as_write(place, kept.text)), kept.sentence)
            for place, kept in self._pending.items()
        )

    def explain(self, index: Index) -> None:
        """Says again why what was typed into a cell was not taken, for somebody who comes back to it."""
        if index.isValid() and (kept := self._pending.get(self.place(index))) is not None:
            self.said.emit(kept.sentence, not kept.unfinished)

    def forget(self, indexes: Sequence[Index]) -> bool:
        """Forgets what was typed into cells and not taken; returns whether there was any."""
        places = {self.place(index) for index in indexes} & self._pending.keys()
        for place in places:
            del self._pending[place]
        if places:
            self.said.emit("", False)
            self._tell_all()
        return bool(places)

    def remove_rows(self, rows: Sequence[int]) -> None:
        """Deletes those rows that can be deleted, as one step to undo."""
        left = [row for row in rows if self._sheet.can_remove(row)]
        if left:
            self.said.emit(self._sheet.remove(self._document, left), False)


def _keys(sheet: Sheet) -> tuple[list[str], list[str]]:
    """Returns the keys of rows and columns."""
    return [line.key for line in sheet.rows], [line.key for line in sheet.columns]


_GROUNDS = {"name": theme.PANEL, "total": theme.PALE, "blocked": "#D5DADD"}


def _look(cell: Cell, pending: Pending | None, role: int) -> object:
    """Returns colour and weight of a cell."""
    if role == Qt.ItemDataRole.FontRole:
        font = QFont()
        font.setBold(cell.look in {"name", "total"})
        font.setItalic(cell.look == "new" or (pending is not None and pending.unfinished))
        return font
    if role == Qt.ItemDataRole.BackgroundRole and cell.look in _GROUNDS:
        return QBrush(QColor(_GROUNDS[cell.look]))
    if role == Qt.ItemDataRole.ForegroundRole:
        if pending is not None and not pending.unfinished:
            return QBrush(QColor(theme.ERROR))
        if cell.look == "marked":
            return QBrush(QColor(theme.BLUE))
        if cell.look == "new" and pending is None:
            return QBrush(QColor(theme.MUTED))
    return None
