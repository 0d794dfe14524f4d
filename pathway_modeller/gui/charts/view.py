"""The widget that shows a chart: as large as there is room, and scrolled where it needs more."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.charts.render import Room

_SETTLED = 120
"""Milliseconds without a further change of size before a chart is drawn again."""

BEING_DRAWN = "The chart is being drawn…"
_FAINT = 0.25
"""How much is left of a picture of something else than what is wanted."""


class _Paper(QWidget):
    """A picture."""

    def __init__(self) -> None:
        """Begins blank."""
        super().__init__()
        self.image = QImage()
        self.instead = ""
        self.setAccessibleName("Chart")

    def sizeHint(self) -> QSize:
        """As large as the picture."""
        return self.image.deviceIndependentSize().toSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the picture; while a new one is being drawn for a smaller room, the old one smaller.

        While one of something else is being drawn the old one is faint, with words over it.
        """
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.white)
        size = self.image.deviceIndependentSize().toSize()
        if not size.isEmpty():
            if size.width() > self.width():
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                size.scale(self.width(), size.height(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.setOpacity(_FAINT if self.instead else 1.0)
            painter.drawImage(QRect(0, 0, size.width(), size.height()), self.image)
            painter.setOpacity(1.0)
        if self.instead:
            painter.setPen(theme.MUTED if size.isEmpty() else theme.INK)
            painter.drawText(self.visibleRegion().boundingRect(), Qt.AlignmentFlag.AlignCenter, self.instead)
        painter.end()


class ChartView(QScrollArea):
    """Shows a picture of a chart, with the chart's words for those who cannot see it.

    Signals:
        room_changed: there is more or less room than before; whoever draws should draw again.
    """

    room_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begins without a picture, and says so until the first is there."""
        super().__init__(parent)
        self.setObjectName("chart-area")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(380, 200)
        self._paper = _Paper()
        self._paper.setObjectName("chart")
        self.setAccessibleName("Chart")
        self.dim()
        self.setWidget(self._paper)
        self.viewport().setStyleSheet("background: white;")
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED)
        self._settled.timeout.connect(self.room_changed)

    @property
    def image(self) -> QImage:
        """The picture shown."""
        return self._paper.image

    @property
    def is_dimmed(self) -> bool:
        """Whether the picture is of something else than what is wanted."""
        return bool(self._paper.instead)

    @property
    def is_settling(self) -> bool:
        """Whether the size changed a moment ago, so that a new drawing may be asked for soon."""
        return self._settled.isActive()

    def room(self) -> Room:
        """Returns the room there is, with a scroll bar's width kept free so that none ever covers a chart."""
        bar = self.verticalScrollBar().sizeHint().width()
        size = self.size()
        return Room(
            size.width() - bar, size.height(), float(self.logicalDpiX()), float(self.devicePixelRatioF())
        )

    def show_picture(self, image: QImage, alternative: str) -> None:
        """Shows a chart's picture; the words say what it shows."""
        self._paper.image, self._paper.instead = image, ""
        self._describe(alternative)
        self._paper.resize(self._paper.sizeHint())
        self._paper.update()

    def dim(self, instead: str = BEING_DRAWN) -> None:
        """Makes the picture faint, with words over it: something else is wanted, and not there yet."""
        self._paper.instead = instead
        self._describe(instead)
        self._paper.update()

    def forget(self) -> None:
        """Takes the picture away: another one is being drawn, of other results."""
        self._paper.image = QImage()
        self._paper.resize(self.viewport().size())
        self.dim()

    def _describe(self, words: str) -> None:
        """Says what is shown to those who cannot see it."""
        self._paper.setAccessibleDescription(words)
        self.setAccessibleDescription(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Asks for a new drawing once the size is settled."""
        super().resizeEvent(event)
        if self._paper.image.isNull():
            self._paper.resize(self.viewport().size())
        self._settled.start()
