"""The charts of the results on show: each is drawn once, kept as a picture, the one that is wanted first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter

from pathway_modeller.gui.charts.render import Room, drawn
from pathway_modeller.gui.results.chart_worker import Desk

if TYPE_CHECKING:
    import pandas as pd

    from pathway_modeller.report.chart import Chart
    from pathway_modeller.report.drawing.style import Style

_LIGHTLY = 80
"""Quality with which Qt packs a PNG: the higher, the quicker and the larger, always without loss."""


@dataclass(frozen=True)
class Wanted:
    """Which chart.

    Attributes:
        place: in the list of charts.
        option: the option shown alone, "" for all.
        choice: what it is of, as a place among its choices; 0 is its own.
    """

    place: int
    option: str = ""
    choice: int = 0


@dataclass(frozen=True, eq=False)
class Drawn:
    """A chart that was drawn for the window. Its figure is not kept: it is a hundred times as large.

    Attributes:
        packed: the picture as PNG.
        room: for which it was drawn.
        headline, alternative: what it says, and the chart in words.
        read: the table under it.
    """

    packed: bytes
    room: Room
    headline: str
    alternative: str
    read: pd.DataFrame

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures in its table, each once."""
        found = self.read["measure"].astype(str) if "measure" in self.read.columns else ()
        return tuple(dict.fromkeys(found))

    @property
    def image(self) -> QImage:
        """The picture."""
        image = QImage.fromData(self.packed)
        image.setDevicePixelRatio(self.room.ratio)
        return image


@dataclass(frozen=True)
class _Asked:
    """A chart under way."""

    wanted: Wanted
    room: Room
    future: Future[Any]


class Drawings(QObject):
    """Has charts drawn at a desk, and keeps them until others are to be drawn.

    Signals:
        drawn: a chart has been drawn; which.
    """

    drawn = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Begins with none."""
        super().__init__(parent)
        self._desk = desk
        self._kept: dict[Wanted, Drawn] = {}
        self._asked: list[_Asked] = []

    @property
    def is_busy(self) -> bool:
        """Whether a chart is under way."""
        return any(not each.future.done() for each in self._asked)

    def forget(self) -> None:
        """Drops every chart, kept or under way: they are of other results."""
        for each in self._asked:
            each.future.cancel()
        self._asked, self._kept = [], {}

    def kept(self, wanted: Wanted) -> Drawn | None:
        """Returns a chart that was drawn, in whatever room."""
        return self._kept.get(wanted)

    def fitting(self, wanted: Wanted, room: Room) -> Drawn | None:
        """Returns a chart that was drawn for this room, or for one that is hardly lower."""
        found = self._kept.get(wanted)
        return found if found is not None and room.is_hardly_more_than(found.room) else None

    def ask(self, wanted: Wanted, room: Room, build: Callable[[Style], Chart], *, is_awaited: bool) -> None:
        """Has a chart drawn, unless it is under way already.

        Args:
            wanted: which.
            room: for it.
            build: makes it, in the desk's thread.
            is_awaited: whether somebody waits for it; it is then the next, and whatever else somebody waited
                for is no longer wanted.
        """
        if is_awaited:
            for each in self._asked:
                # Nothing happens to a chart that is being drawn at this moment: it will be kept.
                each.future.cancel()
            self._asked = [each for each in self._asked if not each.future.cancelled()]
        if any((each.wanted, each.room) == (wanted, room) for each in self._asked):
            return

        def then(made: Drawn) -> None:
            if asked in self._asked:
                self._asked.remove(asked)
                self._kept[wanted] = made
                self.drawn.emit(wanted)

        future = self._desk.ask(lambda: _draw(build, room), then, is_awaited=is_awaited)
        asked = _Asked(wanted, room, future)
        self._asked.append(asked)


def _draw(build: Callable[[Style], Chart], room: Room) -> Drawn:
    """Draws a chart, in the desk's thread."""
    chart, image = drawn(build, room)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"PNG"))
    writer.setQuality(_LIGHTLY)
    writer.write(image)
    packed = bytes(buffer.data().data())
    return Drawn(packed, room, chart.headline, chart.alternative, chart.read)
