"""The palette: the kinds of element, to be dragged or clicked onto the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from pathway_modeller.gui.canvas.clipboard import ELEMENT_TYPE
from pathway_modeller.gui.canvas.shapes import kind_icon
from pathway_modeller.gui.canvas.view import PathwayView
from pathway_modeller.gui.plain import plain_tip
from pathway_modeller.scenario.document import DRAWN_KINDS

ICON: Final = QSize(44, 29)


class ElementPalette(QListWidget):
    """The kinds of element. Drag one onto a lane; or click it, then a lane; or press Enter.

    Signals:
        armed: a kind (the name of its map) was clicked; the next click on the drawing places it.
        placed: a kind was chosen by key, to be placed in the middle of what is seen.
    """

    armed = Signal(str)
    placed = Signal(str)

    def __init__(self, view: PathwayView | None = None, parent: QWidget | None = None) -> None:
        """Makes the palette, for a canvas if one is given."""
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName("Elements to place on the drawing")
        self.setIconSize(ICON)
        self.setSpacing(2)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for drawn, kind in DRAWN_KINDS.items():
            item = QListWidgetItem(kind_icon(drawn, ICON), kind.name)
            item.setData(Qt.ItemDataRole.UserRole, drawn)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, kind.name)
            explained = (kind.record.__doc__ or "").splitlines()[0]
            item.setToolTip(
                plain_tip(f"{kind.name}: {explained}\nDrag it onto a lane, or click it and then the lane.")
            )
            self.addItem(item)
        self.itemClicked.connect(lambda item: self.armed.emit(_kind_of(item)))
        if view is not None:
            self._serve(view)

    def _serve(self, view: PathwayView) -> None:
        """Connects the palette with a canvas."""
        self.armed.connect(view.begin_placing)
        self.placed.connect(view.place_in_middle)
        view.placing_ended.connect(self.clearSelection)

    def show_words(self, words: bool) -> None:
        """Shows the kinds with their names, or as icons with the names in tool tips."""
        for row, kind in enumerate(DRAWN_KINDS.values()):
            self.item(row).setText(kind.name if words else "")
        self.setFixedWidth(self.sizeHint().width() + 8)

    def sizeHint(self) -> QSize:
        """Wide enough for the names, tall enough for all kinds."""
        return QSize(self.sizeHintForColumn(0) + 12, self.sizeHintForRow(0) * self.count() + 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter places the chosen kind in the middle of what is seen; with none chosen it does nothing."""
        chosen = self.currentItem() is not None and self.currentItem().isSelected()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not chosen:
                return
            self.placed.emit(_kind_of(self.currentItem()))
        else:
            super().keyPressEvent(event)

    def mimeTypes(self) -> list[str]:
        """The kind of data that is dragged."""
        return [ELEMENT_TYPE]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Returns what is dragged: the kind of the first item."""
        data = QMimeData()
        data.setData(ELEMENT_TYPE, QByteArray(_kind_of(items[0]).encode()))
        return data


def _kind_of(item: QListWidgetItem) -> str:
    """Returns the kind that an entry of the palette stands for."""
    return str(item.data(Qt.ItemDataRole.UserRole))
