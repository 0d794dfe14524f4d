"""A figure of several plots, each with its title, on places given in inches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pathway_modeller.report.chart import Heading
from pathway_modeller.report.drawing.layout import (
    MARGIN,
    KeyKind,
    Margins,
    Ruler,
    lay_out,
    line_height,
    plain,
)
from pathway_modeller.report.drawing.style import INK, Style
from pathway_modeller.report.drawing.swatches import Swatch, draw_swatches, swatches_height

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Board:
    """The room between the words above and the source below, in inches from its top left corner.

    Attributes:
        figure: the figure.
        style: sizes.
        ruler: measures words.
        width, height: inches; the height may be more than was asked for, where the chart has room left.
    """

    def __init__(
        self,
        style: Style,
        heading: Heading,
        height: float,
        *,
        key: KeyKind = "line",
        swatches: Sequence[Swatch] = (),
    ) -> None:
        """Writes the words of a chart.

        Args:
            style: sizes.
            heading: the words.
            height: the least height of the room in inches.
            key: what the heading's key shows samples of.
            swatches: a further key, directly above the room.
        """
        self.style, self.ruler = style, Ruler()
        self.width = style.width - 2 * MARGIN
        above = swatches_height(style, self.ruler, swatches, self.width)
        self.figure, axes = lay_out(style, heading, Margins(MARGIN, MARGIN, above, 0.0), height, key)
        draw_swatches(self.figure, axes, style, self.ruler, swatches, self.width)
        axes.set_axis_off()
        place = axes.get_position()
        self._inches = (float(style.width), float(self.figure.get_size_inches()[1]))
        self.height = float(place.height) * self._inches[1]
        self._top = float(place.y1) * self._inches[1]
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.height, 0)
        self._axes = axes

    def plot(self, left: float, top: float, width: float, height: float) -> Axes:
        """Returns plain axes at a place."""
        across, up = self._inches
        place = (
            (MARGIN + left) / across,
            (self._top - top - height) / up,
            width / across,
            height / up,
        )
        axes = self.figure.add_axes(place)
        plain(axes, self.style)
        return axes

    def title(self, text: str, left: float, top: float, room: float) -> float:
        """Writes the title of a plot.

        Args:
            text: the title.
            left: its left end, in inches.
            top: its upper end.
            room: inches that it may be wide.

        Returns:
            Its height in inches.
        """
        lines = self.ruler.wrap(text, self.style.text * 0.9, room, bold=True)
        self.write("\n".join(lines), left, top, size=self.style.text * 0.9, bold=True, upright="top")
        return len(lines) * line_height(self.style.text * 0.9) + 0.06

    def write(
        self,
        text: str,
        left: float,
        top: float,
        *,
        size: float,
        bold: bool = False,
        level: str = "left",
        upright: str = "center",
        colour: str = INK,
    ) -> None:
        """Writes words at a place."""
        self._axes.text(
            left,
            top,
            text,
            size=size,
            weight="bold" if bold else "normal",
            ha=level,
            va=upright,
            color=colour,
            linespacing=1.2,
        )

    @property
    def page(self) -> Axes:
        """Axes over the whole room, in inches from its top left corner, for shapes."""
        return self._axes


def title_height(style: Style, ruler: Ruler, text: str, room: float) -> float:
    """Returns how high the title of a plot will be, in inches."""
    return len(ruler.wrap(text, style.text * 0.9, room, bold=True)) * line_height(style.text * 0.9) + 0.06
