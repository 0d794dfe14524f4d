"""The lanes' titles, which stay at the left however far the drawing is scrolled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsView, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.canvas.lanes import Lanes

WIDTH = 88


class LaneHeader(QWidget):
    """A column beside the drawing in which each lane has its title."""

    def __init__(self, view: QGraphicsView, lanes: Callable[[], Lanes]) -> None:
        """Makes the column of a view, which keeps it in place.

        Args:
            view: beside which it stands.
            lanes: returns the lanes as they are drawn at the moment.
        """
        super().__init__(view)
        self._view = view
        self._lanes = lanes
        self.setAccessibleName("Settings, from home to hospital")
        self.setToolTip("Each lane is a setting. Drop an element in another lane to change its setting.")

    def sizeHint(self) -> QSize:
        """The width of the column."""
        return QSize(WIDTH, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the titles at the height at which their lanes are seen."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.PANEL))
        lanes = self._lanes()
        font = self.font()
        font.setPixelSize(12)
        font.setBold(True)
        painter.setFont(font)
        for setting in lanes.order:
            top = self._seen(lanes.tops[setting])
            bottom = self._seen(lanes.tops[setting] + lanes.heights[setting])
            if setting == lanes.order[-1]:
                bottom = max(bottom, top + 40.0)
            painter.setPen(QPen(QColor(theme.LINE), 1.0))
            if setting != lanes.order[-1]:
                painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
            seen = QRectF(6, max(top, 0.0), self.width() - 10, min(bottom, self.height()) - max(top, 0.0))
            if seen.height() > 16:
                painter.setPen(QColor(theme.INK))
                flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
                painter.drawText(seen, int(flags), lanes.names[setting])
        painter.setPen(QPen(QColor(theme.LINE), 1.0))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def _seen(self, y: float) -> float:
        """Returns the height in this column at which a height of the scene is seen."""
        return float(self._view.mapFromScene(QPointF(0, y)).y())
