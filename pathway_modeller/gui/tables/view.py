"""The table that is typed and pasted into, with a spreadsheet's keys."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from pathway_modeller.gui.actions import ActionSpec, make_actions
from pathway_modeller.gui.tables.blocks import read_block, write_block
from pathway_modeller.gui.tables.cells import MISSING
from pathway_modeller.gui.tables.delegate import CellDelegate
from pathway_modeller.gui.tables.model import Index, SheetModel
from pathway_modeller.gui.tables.sheet import NEW, Cell, Write
from pathway_modeller.scenario.typed.notation import Unreadable

_FEWEST = 9
"""Characters that a column shows at least."""
_WIDEST_TITLE, _WIDEST_TEXT = 17, 36
"""Characters after which a title on top, and another text, are broken into lines."""
_PADDING = 6
"""Points at either side of a text."""

_BOLD = ("name", "total")
_Hint = QAbstractItemDelegate.EndEditHint


class SheetView(QTableView):
    """Arrows, Tab, Enter, F2, Delete; copy, cut and paste of rectangles as spreadsheets have them."""

    open_wanted = Signal(object)
    """A record that somebody wants to see in the inspector."""

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        """Shows a model."""
        super().__init__(parent)
        self._sheet_model = model
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setObjectName(model.sheet.name)
        self.setAccessibleName(model.sheet.title)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setWordWrap(True)
        self.setTabKeyNavigation(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._lay_out_headers()
        self.addActions(list(make_actions(self, ACTIONS, to=self).values()))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._kept = (0, 0)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._return_to_place)
        model.dataChanged.connect(self._fit)
        self._fit()
        self.setCurrentIndex(model.index(0, 0))

    def _lay_out_headers(self) -> None:
        """Names stand in the table or above it, never twice."""
        sheet = self._sheet_model.sheet
        self.horizontalHeader().setVisible(not sheet.names_on_top)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setVisible(sheet.adds_rows)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        self.verticalHeader().setMinimumWidth(24)
        self.setCornerButtonEnabled(False)

    # What is shown -----------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Makes columns as wide as their figures, and breaks longer texts into lines that all show."""
        self._measure()
        model, header = self._sheet_model, self.horizontalHeader()
        least = self.fontMetrics().averageCharWidth() * _FEWEST
        for column in range(model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal))
            title = "" if model.sheet.names_on_top else title
            needed = [_width(part, self._metrics(bold=True)) for part in title.split("\n")]
            needed += [self._needed(row, column) for row in range(model.rowCount())]
            header.resizeSection(column, max(least, *needed))
        for row in range(model.rowCount()):
            self.setRowHeight(row, self._height(row))

    def _metrics(self, *, bold: bool) -> QFontMetrics:
        """Returns the sizes of letters."""
        return self._bold if bold else self._regular

    def _measure(self) -> None:
        """Takes the sizes of the letters of the present font."""
        font = self.font()
        self._regular = QFontMetrics(font)
        font.setBold(True)
        self._bold = QFontMetrics(font)

    def _needed(self, row: int, column: int) -> int:
        """Returns the width that a cell needs: of a figure the whole of it, of a text its longest word."""
        text = str(self._sheet_model.index(row, column).data() or "")
        cell = self._sheet_model.sheet.cell(row, column)
        metrics = self._metrics(bold=cell.look in _BOLD)
        if cell.is_figure and row > 0:
            return _width(text, metrics)
        on_top = self._sheet_model.sheet.names_on_top and column > 0
        broken = self._regular.averageCharWidth() * (_WIDEST_TITLE if on_top else _WIDEST_TEXT)
        longest = max((_width(word, metrics) for word in text.split()), default=0)
        return max(longest, min(_width(text, metrics), broken))

    def _height(self, row: int) -> int:
        """Returns the height at which every text of a row shows whole."""
        heights = [self.verticalHeader().defaultSectionSize()]
        for column in range(self._sheet_model.columnCount()):
            text = str(self._sheet_model.index(row, column).data() or "")
            bold = self._sheet_model.sheet.cell(row, column).look in _BOLD
            room = QRect(0, 0, self.columnWidth(column) - _PADDING, 10_000)
            box = self._metrics(bold=bold).boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
            heights.append(box.height() + _PADDING)
        return max(heights)

    def _keep_place(self) -> None:
        """Remembers where one was."""
        current = self.currentIndex()
        self._kept = (max(current.row(), 0), max(current.column(), 0))

    def _return_to_place(self) -> None:
        """Goes where one was, or as near as there is."""
        model = self._sheet_model
        row = min(self._kept[0], model.rowCount() - 1)
        self.setCurrentIndex(model.index(row, min(self._kept[1], model.columnCount() - 1)))
        self._fit()

    # Keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes in the cell, or opens what the cell cannot show whole."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, event)
            return
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self._leaves(event.key()):
            return
        if event.key() == Qt.Key.Key_Backspace and plain:
            self.delete()
            return
        super().keyPressEvent(event)

    def _leaves(self, key: int) -> bool:
        """Gives the keyboard away at either end of the table, so that Tab leads out of it again."""
        here, model = self.currentIndex(), self._sheet_model
        onward = key == Qt.Key.Key_Tab
        end = (model.rowCount() - 1, model.columnCount() - 1) if onward else (0, 0)
        if (here.row(), here.column()) != end:
            return False
        self.setTabKeyNavigation(False)
        left = self.focusNextChild() if onward else self.focusPreviousChild()
        self.setTabKeyNavigation(True)
        return left

    def edit(  # type: ignore[override]  # the two forms that Qt has of it are one method here
        self,
        index: Index,
        trigger: QAbstractItemView.EditTrigger | None = None,
        event: QEvent | None = None,
    ) -> bool:
        """Opens an editor; of a cell that cannot show its record whole, the inspector."""
        if trigger is None:
            super().edit(index)
            return True
        triggers = QAbstractItemView.EditTrigger
        meant = (triggers.DoubleClicked, triggers.EditKeyPressed, triggers.AnyKeyPressed)
        if index.isValid() and trigger in meant:
            cell = self._sheet_model.cell(index)
            if cell.opens is not None and trigger != triggers.AnyKeyPressed:
                self.open_wanted.emit(cell.opens)
                return False
            typed = trigger != triggers.AnyKeyPressed or (
                isinstance(event, QKeyEvent) and bool(event.text().strip())
            )
            if not cell.editable and typed:
                self._sheet_model.said.emit(cell.tip, False)
        # Qt gives no event where there was none, which its own signature does not allow.
        return super().edit(index, trigger, event)  # type: ignore[arg-type]

    def commitData(self, editor: QWidget) -> None:
        """Takes what was typed; a line that went with the rows it stood among says nothing more."""
        if editor is self._delegate.open_editor:
            super().commitData(editor)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Goes down after Enter and sideways after Tab, without opening the next cell."""
        steps = {
            _Hint.SubmitModelCache: (1, 0),
            _Hint.EditNextItem: (0, 1),
            _Hint.EditPreviousItem: (0, -1),
        }
        here = self.currentIndex()
        if editor is self._delegate.open_editor:
            super().closeEditor(editor, _Hint.NoHint if hint in steps else hint)
        else:
            # It went with the rows that there were before the one just added.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if hint in steps and here.isValid():
            down, across = steps[hint]
            there = self._sheet_model.index(
                min(here.row() + down, self._sheet_model.rowCount() - 1),
                min(max(here.column() + across, 0), self._sheet_model.columnCount() - 1),
            )
            self.setCurrentIndex(there)

    @property
    def is_writing(self) -> bool:
        """Whether a cell is being written in."""
        return self._delegate.open_editor is not None

    def take_in(self) -> str:
        """Takes in what is being typed; the model keeps what does not fit, and says why."""
        self._delegate.commit_open()
        return ""

    # Rectangles --------------------------------------------------------------------------------------

    def _rectangle(self) -> tuple[range, range]:
        """Returns rows and columns of the selection."""
        chosen = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        rows = sorted(index.row() for index in chosen)
        columns = sorted(index.column() for index in chosen)
        return range(rows[0], rows[-1] + 1), range(columns[0], columns[-1] + 1)

    def copy(self) -> None:
        """Puts the selected rectangle on the clipboard, divided by tabs."""
        rows, columns = self._rectangle()
        cell = self._sheet_model.sheet.cell
        texts = [[_copied(cell(row, column)) for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(write_block(texts))

    def cut(self) -> None:
        """Copies the selected rectangle and clears it."""
        self.copy()
        self.delete()

    def delete(self) -> None:
        """Clears the selected cells; what was typed there and not taken goes first."""
        rows, columns = self._rectangle()
        model = self._sheet_model
        if model.forget([model.index(row, column) for row in rows for column in columns]):
            return
        writes = [
            Write(row, column, "")
            for row in rows
            for column in columns
            if model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable
        ]
        if writes:
            model.write(f"clear {len(writes)} cells" if len(writes) > 1 else "clear a cell", writes)

    def paste(self) -> None:
        """Writes what is on the clipboard from the first selected cell on; one text fills the selection."""
        rows, columns = self._rectangle()
        model = self._sheet_model
        try:
            block = read_block(QGuiApplication.clipboard().text())
        except Unreadable as why:
            model.said.emit(f"{why}. Nothing has been changed.", True)
            return
        if not block:
            model.said.emit("There is nothing to paste: copy some cells in a spreadsheet first.", False)
            return
        if len(block) == len(block[0]) == 1:
            self._fill(rows, columns, block[0][0])
            return
        if model.paste(rows[0], columns[0], block):
            self._select(rows[0], columns[0], len(block), len(block[0]))

    def _fill(self, rows: range, columns: range, text: str) -> None:
        """Writes one text into every selected cell."""
        model = self._sheet_model
        if len(rows) == len(columns) == 1:
            index = model.index(rows[0], columns[0])
            if model.flags(index) & Qt.ItemFlag.ItemIsEditable:
                model.setData(index, text)
            else:
                model.said.emit(model.cell(index).tip, False)
            return
        model.write(
            f"fill {len(rows) * len(columns)} cells",
            [
                Write(row, column, text)
                for row in rows
                for column in columns
                if model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable
            ],
        )

    def _select(self, row: int, column: int, height: int, width: int) -> None:
        """Selects a rectangle, as far as there are cells."""
        model = self._sheet_model
        first = model.index(row, column)
        last = model.index(
            min(row + height, model.rowCount()) - 1, min(column + width, model.columnCount()) - 1
        )
        self.setCurrentIndex(first)
        self.selectionModel().select(
            QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def select_all(self) -> None:
        """Selects every cell."""
        self.selectAll()

    def remove_rows(self) -> None:
        """Deletes the rows of the selection."""
        self._sheet_model.remove_rows(list(self._rectangle()[0]))

    def start_new_row(self) -> None:
        """Goes to the row for new entries and opens its name."""
        model = self._sheet_model
        row = [line.key for line in model.sheet.rows].index(NEW)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(model.index(row, 0))
        super().edit(model.index(row, 0))

    def open_record(self) -> None:
        """Shows the record of the present cell, or else of its row or column, in the inspector."""
        index: QModelIndex = self.currentIndex()
        sheet = self._sheet_model.sheet
        opens = (
            self._sheet_model.cell(index).opens
            or sheet.rows[index.row()].opens
            or sheet.columns[index.column()].opens
        )
        if opens is not None:
            self.open_wanted.emit(opens)


def _width(text: str, metrics: QFontMetrics) -> int:
    """Returns the width that a text takes with room at its sides."""
    return metrics.horizontalAdvance(text) + 2 * _PADDING


def _copied(cell: Cell) -> str:
    """Returns what a spreadsheet gets of a cell; names that cannot be edited here are copied too."""
    return cell.plain or (cell.text if cell.look in {"name", "total"} and cell.text != MISSING else "")


_KEYS, _HERE = QKeySequence.StandardKey, Qt.ShortcutContext.WidgetShortcut
ACTIONS: tuple[ActionSpec[SheetView], ...] = (
    ActionSpec("cut", "Cut", lambda view: view.cut(), _KEYS.Cut, reach=_HERE),
    ActionSpec("copy", "Copy", lambda view: view.copy(), _KEYS.Copy, reach=_HERE),
    ActionSpec("paste", "Paste", lambda view: view.paste(), _KEYS.Paste, reach=_HERE),
    ActionSpec("clear", "Clear", lambda view: view.delete(), _KEYS.Delete, reach=_HERE),
    ActionSpec("remove-rows", "Delete row", lambda view: view.remove_rows(), "Ctrl+-", reach=_HERE),
    ActionSpec("open", "Open in the inspector", lambda view: view.open_record(), "Ctrl+Return", reach=_HERE),
)
KEYS = (
    ("Enter, F2", "Write in the cell; Enter then goes down, Tab to the next, Esc leaves the cell as it was"),
    ("Tab, Shift+Tab", "Go to the next or previous cell, and out of the table at its end"),
    ("Shift and arrow keys", "Select a rectangle"),
    ("Ctrl+A", "Select every cell"),
    ("Backspace", "Clear the cells selected"),
)
"""What else keys do in a table."""
"""What the menu of the right button offers; its keys count while the table itself has the keyboard."""
