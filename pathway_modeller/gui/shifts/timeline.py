"""Painting a timeline: three strips over one axis of months."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.shifts.figures import pounds_short, units_short
from pathway_modeller.gui.shifts.months import COSTS, Line, Timeline
from pathway_modeller.scenario.words.months import short_month

LOOKS = {
    "opened": (theme.TEAL, Qt.BrushStyle.SolidPattern),
    "double_running": (theme.ORANGE, Qt.BrushStyle.BDiagPattern),
    "stranded": (theme.PLUM, Qt.BrushStyle.SolidPattern),
    "once": (theme.CHARCOAL, Qt.BrushStyle.DiagCrossPattern),
    "left": (theme.BLUE, Qt.BrushStyle.FDiagPattern),
}
"""Colour and pattern of each kind of cost; never colour alone."""

_LEFT = 132
_RIGHT = 200
_KEY = 20
_AXIS = 20
_GAP = 8
_LEAST_TITLE = 80.0
_FIGURE = 14.0
"""Points between two figures of a scale, at least."""


@dataclass(frozen=True)
class _Strip:
    """Where a strip is, and between which figures."""

    area: QRectF
    low: float
    high: float

    def y(self, value: float) -> float:
        """Returns the height of a figure."""
        span = (self.high - self.low) or 1.0
        return self.area.bottom() - (value - self.low) / span * self.area.height()


class TimelineStrips(QWidget):
    """Shows a timeline: cost, capacity and use by month."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begins without one."""
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName("Timeline of the shift by month")
        self.setMinimumSize(330, 214)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shown = Timeline()

    @property
    def shown(self) -> Timeline:
        """What is shown."""
        return self._shown

    def show_timeline(self, shown: Timeline) -> None:
        """Shows another timeline."""
        self._shown = shown
        self.setAccessibleDescription(spoken(shown))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for three strips."""
        return QSize(900, 260)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the strips, or why there are none."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.PAPER))
        shown = self._shown
        if not shown.months or shown.costs is None:
            painter.setPen(QColor(theme.ERROR if shown.problem else theme.MUTED))
            words = shown.problem or "Draw a shift, or choose one, to see what it does month by month."
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 12, -24, -12), int(flags), words)
            return
        height = (self.height() - _KEY - _AXIS - 3 * _GAP) / 3
        areas = [
            QRectF(_LEFT, _KEY + place * (height + _GAP), self.width() - _LEFT - _RIGHT, height)
            for place in range(3)
        ]
        self._paint_key(painter)
        self._paint_axis(painter, areas)
        self._paint_costs(painter, areas[0])
        unit = "Units, end of month"
        self._paint_lines(painter, areas[1], ("Capacity", unit), shown.capacity, steps=True, empty="No units")
        below = shown.no_use if shown.use and shown.no_use else "Mean units in use while open"
        self._paint_lines(painter, areas[2], ("Use", below), shown.use, steps=False, empty=shown.no_use)

    # Parts -------------------------------------------------------------------------------------------

    def _paint_key(self, painter: QPainter) -> None:
        """Paints what the patterns mean, only those that occur, and the name of the shift."""
        left = float(_LEFT)
        metrics = QFontMetricsF(painter.font())
        for key, name in COSTS:
            if any(self._costs(key)):
                box = QRectF(left, 4, 12, 12)
                _fill(painter, box, key)
                painter.setPen(QColor(theme.INK))
                painter.drawText(QPointF(left + 17, 15), name)
                left += 17 + metrics.horizontalAdvance(name) + 18
        bold = painter.font()
        bold.setBold(True)
        painter.save()
        painter.setFont(bold)
        painter.setPen(QColor(theme.INK))
        room = self.width() - left - 12
        if room > _LEAST_TITLE:
            flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            text = QFontMetricsF(bold).elidedText(self._shown.name, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(QRectF(left, 2, room, 17), flags, text)
        painter.restore()

    def _paint_axis(self, painter: QPainter, areas: Sequence[QRectF]) -> None:
        """Paints the months below, and a line at each year's beginning."""
        months = self._shown.months
        metrics = QFontMetricsF(painter.font())
        wide = metrics.horizontalAdvance("Mar 2025") + 14
        every = next((n for n in (1, 2, 3, 6, 12, 24) if self._step(areas[0]) * n >= wide), 48)
        bottom = areas[-1].bottom()
        for place, month in enumerate(months):
            left = areas[0].left() + place * self._step(areas[0])
            if place % every == 0:
                painter.setPen(QPen(QColor(theme.PANEL), 1.0))
                painter.drawLine(QLineF(left, areas[0].top(), left, bottom + 4))
                painter.setPen(QColor(theme.MUTED))
                if left + wide - 14 <= self.width() - 4:
                    painter.drawText(QPointF(left, bottom + 16), short_month(month))

    def _paint_costs(self, painter: QPainter, area: QRectF) -> None:
        """Paints the pounds of each month, one kind upon the other; what is no longer paid below zero."""
        months = range(len(self._shown.months))
        paid = [sum(self._costs(key)[month] for key, _ in COSTS[:-1]) for month in months]
        left = self._costs("left")
        strip = _Strip(area, min(0.0, *left), max(1.0, *paid))
        year = f" ({self._shown.price_year})" if self._shown.price_year else ""
        titles = ("Cost", f"£ a month{year}")
        highest, lowest = max([0.0, *paid]), min([0.0, *left])
        marks = [(value, pounds_short(value)) for value in (0.0, highest, lowest)]
        self._paint_scale(painter, strip, titles, marks)
        step = self._step(area)
        for month in months:
            height = 0.0
            place = area.left() + month * step
            for key, _ in COSTS[:-1]:
                value = self._costs(key)[month]
                if value > 0:
                    box = QRectF(
                        QPointF(place + 1, strip.y(height + value)),
                        QPointF(place + max(step - 1, 2), strip.y(height)),
                    )
                    _fill(painter, box, key)
                    height += value
            if left[month] < 0:
                down = QRectF(
                    QPointF(place + 1, strip.y(0)), QPointF(place + max(step - 1, 2), strip.y(left[month]))
                )
                _fill(painter, down, "left")
        painter.setPen(QPen(QColor(theme.MUTED), 1.0))
        painter.drawLine(QLineF(area.left(), strip.y(0), area.right(), strip.y(0)))

    def _paint_lines(
        self,
        painter: QPainter,
        area: QRectF,
        titles: tuple[str, str],
        lines: Sequence[Line],
        *,
        steps: bool,
        empty: str,
    ) -> None:
        """Paints a line for each pool, with its name at its end."""
        known = [value for line in lines for value in line.values if not math.isnan(value)]
        highest = max([*known, 1.0])
        strip = _Strip(area, 0.0, highest * 1.05)
        marks = [(value, units_short(value)) for value in (0.0, highest)] if known else []
        self._paint_scale(painter, strip, titles, marks)
        if not known:
            painter.setPen(QColor(theme.MUTED))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), empty)
            return
        tops: list[float] = []
        for line in lines:
            self._paint_line(painter, strip, line, steps=steps)
            self._name(painter, strip, line, tops)

    def _paint_line(self, painter: QPainter, strip: _Strip, line: Line, *, steps: bool) -> None:
        """Paints one pool's line: whole where money is put in, dashed where it is taken."""
        step = self._step(strip.area)
        path, drawing = QPainterPath(), False
        for month, value in enumerate(line.values):
            if math.isnan(value):
                drawing = False
                continue
            left, y = strip.area.left() + month * step, strip.y(value)
            begin = QPointF(left if steps else left + step / 2, y)
            if drawing:
                path.lineTo(begin)
            else:
                path.moveTo(begin)
            if steps:
                path.lineTo(QPointF(left + step, y))
            drawing = True
        style = Qt.PenStyle.SolidLine if line.opens else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(theme.TEAL if line.opens else theme.BLUE), 2.0, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _name(self, painter: QPainter, strip: _Strip, line: Line, tops: list[float]) -> None:
        """Writes a pool's name and last figure at the end of its line, clear of the others."""
        last = next((value for value in reversed(line.values) if not math.isnan(value)), 0.0)
        metrics = QFontMetricsF(painter.font())
        y = min(max(strip.y(last), strip.area.top() + 8), strip.area.bottom() - 6)
        for top in tops:
            if abs(top - y) < metrics.height():
                above = top - metrics.height()
                y = above if above > strip.area.top() else top + metrics.height()
        tops.append(y)
        text = f"{line.name}: {units_short(last)}"
        painter.setPen(QColor("#00664F" if line.opens else theme.BLUE))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _RIGHT - 14)
        painter.drawText(QPointF(strip.area.right() + 8, y + metrics.ascent() / 2 - 1), shown)

    def _paint_scale(
        self, painter: QPainter, strip: _Strip, titles: tuple[str, str], marks: Sequence[tuple[float, str]]
    ) -> None:
        """Paints a strip's title, its frame and some figures; one that would cover another is left out."""
        area = strip.area
        painter.setPen(QPen(QColor(theme.LINE), 1.0))
        painter.drawLine(QLineF(area.left(), area.top(), area.left(), area.bottom()))
        painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))
        font = painter.font()
        bold = painter.font()
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(theme.INK))
        painter.drawText(QPointF(10, area.top() + 12), titles[0])
        painter.setFont(font)
        painter.setPen(QColor(theme.MUTED))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(10, area.top() + 15, 78, area.height() - 12), int(flags), titles[1])
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        taken: list[float] = []
        for value, text in marks:
            y = min(max(strip.y(value), area.top() + 6), area.bottom() - 4)
            if all(abs(y - other) >= _FIGURE for other in taken):
                taken.append(y)
                painter.drawText(QRectF(70, y - 8, _LEFT - 76, 16), int(right), text)

    def _step(self, area: QRectF) -> float:
        """Returns the width of a month."""
        return area.width() / max(len(self._shown.months), 1)

    def _costs(self, key: str) -> tuple[float, ...]:
        """Returns the pounds of each month of one kind."""
        return (self._shown.costs or {}).get(key, ())


def _fill(painter: QPainter, box: QRectF, key: str) -> None:
    """Fills a box in the colour and pattern of a kind of cost."""
    colour, pattern = LOOKS[key]
    painter.fillRect(box, QColor(theme.PAPER))
    painter.fillRect(box, QBrush(QColor(colour), pattern))
    painter.setPen(QPen(QColor(colour), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def spoken(shown: Timeline) -> str:
    """Returns a timeline in words, for those who cannot see it."""
    if not shown.months or shown.costs is None:
        return shown.problem or "No shift is chosen."
    parts = [f"{name} £{sum(shown.costs[key]):,.0f}" for key, name in COSTS if any(shown.costs.get(key, ()))]
    span = f"{short_month(shown.months[0])} to {short_month(shown.months[-1])}"
    units = [f"{line.name} from {line.values[0]:g} to {line.values[-1]:g} units" for line in shown.capacity]
    use = [
        f"mean use of {line.name} while open {line.values[-1]:.3g} in the last month" for line in shown.use
    ]
    return f"{span}: {', '.join(parts) or 'no pounds'}; {', '.join([*units, *use])}."
