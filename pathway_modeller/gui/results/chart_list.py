"""The list of charts: what each shows, and what it says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pathway_modeller.gui import theme
from pathway_modeller.gui.plain import plain_tip, with_signs_kept
from pathway_modeller.gui.results.tips import tip

_ENABLED = Qt.ItemFlag.ItemIsEnabled
_MESSAGE = int(Qt.ItemDataRole.UserRole)
_MOST_LINES = 3
_PADDING = 8


class ChartList(QListWidget):
    """Charts by title, each with its message once that is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begins empty."""
        super().__init__(parent)
        self.setObjectName("charts")
        self.setAccessibleName("Charts")
        self.setItemDelegate(_TwoTexts(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setWordWrap(True)

    def show_titles(self, titles: Sequence[str]) -> None:
        """Lists charts whose messages are not known yet; the chosen one stays chosen if it is still there."""
        if [self.item(place).text() for place in range(self.count())] != list(titles):
            kept = "" if self.currentItem() is None else self.currentItem().text()
            self.clear()
            self.addItems(titles)
            if kept in titles:
                self.setCurrentRow(titles.index(kept))
        for place in range(len(titles)):
            self.show_message(place, "")

    def allow(self, places: Sequence[int], why_not: str) -> None:
        """Lets these charts be chosen, and says of the others why they cannot be."""
        for place in range(self.count()):
            item, can = self.item(place), place in places
            flags = item.flags()
            item.setFlags(flags | _ENABLED if can else flags & ~_ENABLED)
            if not can:
                item.setToolTip(plain_tip(why_not))

    def show_message(self, place: int, message: str, explained: Sequence[tuple[str, str]] = ()) -> None:
        """Shows what a chart says and, on pointing, what each of its measures counts."""
        item = self.item(place)
        if item is not None:
            item.setData(_MESSAGE, message)
            item.setToolTip(tip(message, explained))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, message)

    def message(self, place: int) -> str:
        """Returns what a chart says, as far as known."""
        return str(self.item(place).data(_MESSAGE) or "")


class _TwoTexts(QStyledItemDelegate):
    """Draws a title, and under it the message, cut where it is longer than a few lines."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws an entry."""
        self.initStyleOption(option, index)
        title, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        can = bool(option.state & QStyle.StateFlag.State_Enabled)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorGroup.Active, role) if can else theme.MUTED)
        area = option.rect.adjusted(_PADDING, _PADDING // 2, -_PADDING, -_PADDING // 2)
        bold = _bold(option.font)
        painter.setFont(bold if can else option.font)
        height = QFontMetrics(bold).height()
        line = QRect(area.left(), area.top(), area.width(), height)
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignLeft,
            QFontMetrics(bold).elidedText(title, Qt.TextElideMode.ElideRight, area.width()),
        )
        painter.setFont(option.font)
        if not chosen:
            painter.setPen(theme.MUTED)
        metrics = QFontMetrics(option.font)
        top = area.top() + height
        for text in cut_lines(str(index.data(_MESSAGE) or ""), option.font, area.width()):
            painter.drawText(area.left(), top + metrics.ascent(), text)
            top += metrics.height()
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As tall as its lines."""
        width = option.widget.viewport().width() if isinstance(option.widget, QListWidget) else 260
        lines = len(cut_lines(str(index.data(_MESSAGE) or ""), option.font, width - 2 * _PADDING))
        height = QFontMetrics(_bold(option.font)).height() + lines * QFontMetrics(option.font).height()
        return QSize(120, height + _PADDING)


def _bold(font: QFont) -> QFont:
    """Returns a font in bold."""
    bold = QFont(font)
    bold.setBold(True)
    return bold


def cut_lines(text: str, font: QFont, width: int, most: int = _MOST_LINES) -> list[str]:
    """Returns text in lines that fit, the last cut with an ellipsis if there would be more."""
    if not text:
        return []
    text = with_signs_kept(text)
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart()
        if len(lines) == most - 1:
            rest = text[start:]
            lines.append(QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return lines
