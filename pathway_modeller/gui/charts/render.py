"""A chart as a picture for the screen. Touches no widget, so that it may be called in any thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pathway_modeller.report.chart import Chart
    from pathway_modeller.report.drawing.style import Style

LEAST_WIDTH = 5.0
"""Inches below which a chart is scrolled rather than made narrower."""
LEAST_HEIGHT = 2.6
"""Inches below which a chart is scrolled rather than made lower."""
HARDLY = 60
"""Points of height that are not worth drawing a chart again: up to three lines of words."""
SMALLEST = 0.85
"""A chart's words are never drawn smaller than by this factor."""


@dataclass(frozen=True)
class Room:
    """The room that the window has for a chart.

    Attributes:
        width, height: in the window's points.
        dots_per_inch: of the screen, in the window's points.
        ratio: pixels in a point; 2 on a screen of double density.
    """

    width: int
    height: int
    dots_per_inch: float
    ratio: float

    def style(self) -> Style:
        """Returns the sizes of a chart that fills the room with words as large as those of the window."""
        from pathway_modeller.report.drawing.style import Style

        return Style(
            width=max(LEAST_WIDTH, self.width / self.dots_per_inch),
            height=max(LEAST_HEIGHT, self.height / self.dots_per_inch),
        )

    def is_hardly_more_than(self, other: Room) -> bool:
        """Whether a chart drawn for another room fills this one, but for a narrow strip below it."""
        return replace(self, height=other.height) == other and 0 <= self.height - other.height <= HARDLY

    def smaller(self, factor: float) -> Room:
        """Returns the same room for a chart that is drawn smaller by a factor: more fits in."""
        return replace(self, dots_per_inch=self.dots_per_inch * factor)


def drawn(build: Callable[[Style], Chart], room: Room) -> tuple[Chart, QImage]:
    """Returns a chart and its picture in the room there is.

    One that is a little too high for the room is drawn smaller; one that is much too high will be scrolled.
    """
    from pathway_modeller.report.drawing.style import TooHigh

    try:
        chart = build(replace(room.style(), most=room.height / room.dots_per_inch))
    except TooHigh as found:  # before anything of it is drawn, which is most of the work
        room = room.smaller(max(SMALLEST, room.height / (found.height * room.dots_per_inch)))
        chart = build(room.style())
    return chart, picture(chart, room.dots_per_inch, room.ratio)


def picture(chart: Chart, dots_per_inch: float, ratio: float) -> QImage:
    """Returns a chart drawn for a screen.

    Args:
        chart: its figure has a canvas of its own.
        dots_per_inch: of the screen, in the window's points.
        ratio: pixels in a point.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from pathway_modeller.report.drawing.style import chart_settings

    figure = chart.figure
    before = figure.get_dpi()
    with chart_settings():
        figure.set_dpi(dots_per_inch * ratio)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        width, height = canvas.get_width_height(physical=True)
        figure.set_dpi(before)
    drawn = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    drawn.setDevicePixelRatio(ratio)
    return drawn
