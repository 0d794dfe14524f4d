"""The lanes of the settings: how tall each is drawn, and where an element therefore stands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from pathway_modeller.gui.canvas.shapes import LOOKS
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.edits.lanes import LANE_MIDDLE, lane_top, within_lane
from pathway_modeller.scenario.values import Position, Setting

EMPTY_HEIGHT = 64.0
LANE_HEIGHT = 2 * LANE_MIDDLE
BELOW = 34.0
"""Room kept under the lowest element of a lane, for what a run shows there."""

GRID = 10.0
FIRST_ROW = 55.0
"""The highest place of an element in its lane."""


@dataclass(frozen=True)
class Lanes:
    """Top and height of each setting's lane, in scene points from the top of the first lane, and its name."""

    tops: Mapping[Setting, float]
    heights: Mapping[Setting, float]
    names: Mapping[Setting, str]

    @property
    def order(self) -> tuple[Setting, ...]:
        """The settings from the first lane to the last."""
        return tuple(self.tops)

    @property
    def bottom(self) -> float:
        """Where the last lane ends."""
        last = self.order[-1]
        return self.tops[last] + self.heights[last]

    def at(self, y: float) -> Setting:
        """Returns the setting whose lane is at a height; the nearest one outside of all."""
        for setting in self.order:
            if y < self.tops[setting] + self.heights[setting]:
                return setting
        return self.order[-1]

    def to_scene(self, setting: Setting, position: Position) -> QPointF:
        """Returns where an element's middle is drawn."""
        down = max(FIRST_ROW, within_lane(setting, position))
        return QPointF(position.x, self.tops[setting] + down)

    def from_scene(self, point: QPointF) -> tuple[Setting, Position]:
        """Returns the setting and position of an element whose middle is drawn here, as a whole in its lane.

        In a lane that was empty, and therefore low, it stands in the middle of what the lane becomes.
        """
        setting = self.at(point.y())
        down = max(FIRST_ROW, point.y() - self.tops[setting])
        if self.heights[setting] <= EMPTY_HEIGHT:
            down = LANE_MIDDLE
        return setting, Position(x=point.x(), y=lane_top(setting) + down)

    def snapped(self, point: QPointF) -> QPointF:
        """Returns the nearest point of the grid in the lane; the middle of an ordinary lane is one."""
        setting = self.at(point.y())
        top, height = self.tops[setting], self.heights[setting]
        down = _to_grid(point.y() - top - LANE_MIDDLE) + LANE_MIDDLE
        down = down - GRID if down >= height else down
        down = down + GRID if down < 0 and setting != self.order[0] else down
        return QPointF(_to_grid(point.x()), top + down)


def _to_grid(value: float) -> float:
    """Rounds to the grid, halves away from zero."""
    return math.floor(value / GRID + 0.5) * GRID


def lanes_of(pathway: Pathway, positions: Mapping[str, Position]) -> Lanes:
    """Returns the lanes of a pathway: tall enough for what stands in them, low where nothing does.

    Args:
        pathway: whose elements stand in the lanes.
        positions: where each of them is.
    """
    unknown = {element.setting for element in pathway.drawn().values()} - {*pathway.setting_order()}
    needed = dict.fromkeys((*pathway.setting_order(), *sorted(unknown)), EMPTY_HEIGHT)
    for key, element in pathway.drawn().items():
        height = LOOKS[pathway.map_of(key)].size[1]
        down = max(FIRST_ROW, within_lane(element.setting, positions[key])) + height / 2 + BELOW
        needed[element.setting] = max(needed[element.setting], LANE_HEIGHT - 10, math.ceil(down / 10) * 10.0)
    tops: dict[Setting, float] = {}
    top = 0.0
    for setting in needed:
        tops[setting] = top
        top += needed[setting]
    return Lanes(tops, needed, {setting: pathway.setting_name(setting) for setting in needed})
