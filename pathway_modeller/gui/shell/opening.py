"""What is seen while the window is being made."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QLabel

from pathway_modeller.gui import theme

_SIZE = QSize(420, 132)
_ICON = 64
_AIR = 28
_LONGEST = 100
"""Milliseconds that the screen may take to show the picture; the window is made then in any case."""


def opening_picture() -> QLabel:
    """Returns a small picture with the program's name, to be shown until the window is painted.

    It is no QSplashScreen, since that waits up to a second until the screen says that it is there.
    """
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio()
    pixmap = QPixmap(_SIZE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(theme.PAPER))
    painter = QPainter(pixmap)
    painter.setPen(QColor(theme.LINE))
    painter.drawRect(0, 0, _SIZE.width() - 1, _SIZE.height() - 1)
    theme.icon("pathway-modeller").paint(painter, _AIR, (_SIZE.height() - _ICON) // 2, _ICON, _ICON)
    left = 2 * _AIR + _ICON
    words = QRect(left, 0, _SIZE.width() - left - _AIR, _SIZE.height())
    painter.setPen(QColor(theme.INK))
    painter.setFont(theme.scene_font(22, bold=True))
    painter.drawText(words.adjusted(0, 0, 0, -22), Qt.AlignmentFlag.AlignVCenter, "Pathway Modeller")
    painter.setPen(QColor(theme.MUTED))
    painter.setFont(theme.scene_font(14))
    painter.drawText(words.adjusted(0, 34, 0, 0), Qt.AlignmentFlag.AlignVCenter, "Opening…")
    painter.end()
    picture = QLabel(None, Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
    picture.setObjectName("opening")
    picture.setAccessibleName("Pathway Modeller is opening")
    picture.setPixmap(pixmap)
    picture.resize(_SIZE)
    picture.move(screen.availableGeometry().center() - picture.rect().center())
    return picture


def show_at_once(picture: QLabel) -> None:
    """Shows the picture and returns when the screen has it, before there is an event loop."""
    picture.show()
    handle, deadline = picture.windowHandle(), QDeadlineTimer(_LONGEST)
    while not handle.isExposed() and not deadline.hasExpired():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
    QCoreApplication.processEvents()
