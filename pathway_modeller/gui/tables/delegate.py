"""How a cell is painted and written in."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.inspector.editors.inputs import Combo, Line
from pathway_modeller.gui.tables.model import CHOICES_ROLE, FAULT_ROLE, Index, SheetModel

_Hint = QAbstractItemDelegate.EndEditHint


class CellDelegate(QStyledItemDelegate):
    """Paints a frame round what does not fit, and makes a line or a list to write with."""

    def __init__(self, parent: QWidget) -> None:
        """Serves one table."""
        super().__init__(parent)
        self.open_editor: QWidget | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the cell, framed if what was typed does not fit."""
        super().paint(painter, option, index)
        if index.data(FAULT_ROLE):
            painter.save()
            painter.setPen(QPen(QColor(theme.ERROR), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
            painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Makes a list of words, or a line."""
        choices = index.data(CHOICES_ROLE)
        if choices:
            combo = Combo(parent)
            combo.offer([(words, words) for words in choices])
            combo.activated.connect(lambda _row: self._finish(combo))
            self.open_editor = combo
        else:
            line = Line(parent)
            here, model = QPersistentModelIndex(index), index.model()
            if isinstance(model, SheetModel):
                line.understands = lambda text: model.understood(here, text)
            self.open_editor = line
        self.open_editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return self.open_editor

    def _finish(self, editor: QWidget) -> None:
        """Takes what is shown in an editor and closes it."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, _Hint.NoHint)

    def commit_open(self) -> None:
        """Takes what is being typed, if anything is."""
        if self.open_editor is not None:
            self._finish(self.open_editor)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forgets the editor."""
        if editor is self.open_editor:
            self.open_editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Shows what stands in the cell."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, Combo):
            editor.choose(text if editor.findData(text) >= 0 else "–")
        elif isinstance(editor, Line) and not editor.is_typed:
            editor.show_text(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Writes what was typed."""
        text = (editor.chosen() or "") if isinstance(editor, Combo) else ""
        if isinstance(editor, Line):
            text = editor.text()
        model.setData(index, text, Qt.ItemDataRole.EditRole)
