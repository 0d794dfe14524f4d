"""A small picture of a distribution, painted without a chart library so that it opens at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.typed.numbers import number_words
from pathway_modeller.scenario.values import DAYS_PER

_POINTS = 120
_TOP = 0.985
_BOUNDED = frozenset({"uniform", "triangular", "beta_pert"})
"""Shapes with a longest time: they are drawn up to it."""

_LINE = QColor("#12436D")
_FILL = QColor("#BFD0DE")
_TEXT = QColor("#3D3D3D")


class Preview(QWidget):
    """The density of a distribution, with its median and 90th percentile marked and named."""

    def __init__(self) -> None:
        super().__init__()
        self._curve: list[tuple[float, float]] = []
        self._median = self._p90 = 0.0
        self._mean = 0.0
        self._fixed = False
        self._unit = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.fontMetrics().height() * 2 + 44)
        self.setAccessibleName("Preview of the distribution")

    def show_distribution(self, distribution: Distribution | None) -> None:
        """Shows a distribution; nothing while there is none."""
        self._curve = []
        if distribution is not None:
            self._work_out(distribution)
        self.setVisible(bool(self._curve) and not self._fixed)
        self.setAccessibleDescription(self.sentence())
        self.update()

    def _work_out(self, distribution: Distribution) -> None:
        """Works out the curve and its marks, in the distribution's own unit."""
        from pathway_modeller.simulation.chance.samplers import make_sampler

        sampler = make_sampler(distribution)
        days = DAYS_PER[distribution.unit]
        self._unit = distribution.unit
        self._fixed = sampler.sd == 0
        self._mean = sampler.mean / days
        self._median, self._p90 = sampler.quantile(0.5) / days, sampler.quantile(0.9) / days
        if self._fixed:
            self._curve = [(self._mean, 1.0)]
            return
        steps = 12 if distribution.kind == "empirical" else _POINTS
        top = 1 - 1e-9 if distribution.kind in _BOUNDED else _TOP
        low, high = sampler.quantile(1e-6) / days, sampler.quantile(top) / days
        self._curve = _density(lambda u: sampler.quantile(u) / days, low, high, steps)

    @property
    def longest(self) -> float:
        """The longest time drawn, in the distribution's own unit; 0 while nothing is drawn."""
        return self._curve[-1][0] if self._curve else 0.0

    def sentence(self) -> str:
        """Returns the distribution in one plain sentence."""
        if not self._curve:
            return ""
        if self._fixed:
            return f"Always {_with_unit(self._mean, self._unit)}."
        return (
            f"Half take less than {_with_unit(self._median, self._unit)}; one in ten takes more than "
            f"{_with_unit(self._p90, self._unit)}. Mean {_with_unit(self._mean, self._unit)}."
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the curve, its base line and its two named marks."""
        if self._fixed or not self._curve:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.fontMetrics().height()
        area = QRectF(self.rect()).adjusted(4, text + 3, -4, -text - 3)
        reach = max(self.longest, self._p90 * 1.02) or 1.0
        path = self._path(area, reach)
        painter.fillPath(path, _FILL)
        painter.setPen(QPen(_LINE, 1.6))
        painter.drawPath(path)
        self._mark(painter, area, reach, self._median, "half")
        self._mark(painter, area, reach, self._p90, "9 in 10")
        painter.setPen(_TEXT)
        foot = QRectF(0, area.bottom() + 2, self.width(), text)
        painter.drawText(foot.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, "0")
        end = _with_unit(reach, self._unit)
        painter.drawText(foot.adjusted(0, 0, -4, 0), Qt.AlignmentFlag.AlignRight, end)
        painter.end()

    def _path(self, area: QRectF, reach: float) -> QPainterPath:
        """Returns the outline of the curve down to the base line."""
        tallest = max(height for _, height in self._curve) or 1.0
        path = QPainterPath(QPointF(area.left() + area.width() * self._curve[0][0] / reach, area.bottom()))
        for time, height in self._curve:
            x = area.left() + area.width() * time / reach
            path.lineTo(x, area.bottom() - area.height() * height / tallest)
        path.lineTo(area.left() + area.width() * self._curve[-1][0] / reach, area.bottom())
        path.closeSubpath()
        return path

    def _mark(self, painter: QPainter, area: QRectF, reach: float, time: float, words: str) -> None:
        """Draws a dashed upright at a time, with its name above."""
        x = area.left() + area.width() * time / reach
        painter.setPen(QPen(_TEXT, 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        width = self.fontMetrics().horizontalAdvance(words) + 4
        left = min(max(x - width / 2, 0.0), self.width() - width)
        painter.setPen(_TEXT)
        painter.drawText(
            QRectF(left, 0, width, self.fontMetrics().height()), Qt.AlignmentFlag.AlignCenter, words
        )


def _density(
    quantile: Callable[[float], float], low: float, high: float, steps: int
) -> list[tuple[float, float]]:
    """Returns (time, density up to a factor) on an even grid of times.

    The share of patients below each time is found by halving, from the quantile function alone, so that
    every shape is drawn by the same few lines.
    """
    width = (high - low) / steps
    edges = [low + width * step for step in range(steps + 1)]
    shares = [_share_below(quantile, edge) for edge in edges]
    heights = [upper - lower for lower, upper in itertools.pairwise(shares)]
    return [(edge + width / 2, height) for edge, height in zip(edges, heights, strict=False)]


def _share_below(quantile: Callable[[float], float], time: float) -> float:
    """Returns the share of patients who take less than a time."""
    low, high = 1e-9, 1 - 1e-9
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if quantile(middle) < time else (low, middle)
    return low


def _with_unit(value: float, unit: str) -> str:
    """Returns a time with its unit, to three significant digits, singular for one."""
    rounded = float(f"{value:.3g}")
    return f"{number_words(rounded)} {unit[:-1] if rounded == 1 else unit}"
