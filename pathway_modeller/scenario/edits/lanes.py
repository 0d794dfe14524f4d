"""Where lanes lie in the coordinates that the file holds.

A position is the middle of a box, in canvas points. Each setting's lane begins ``LANE_PITCH`` below the one
before; an element whose setting changes keeps its place within the lane. The lanes of settings that a
scenario lists itself all begin below the last of those that every scenario has, wherever they are drawn, so
that no position changes when one comes, goes or gets another order. A lane that holds more than fits is drawn
taller without any other element's position changing.
"""

from __future__ import annotations

from pathway_modeller.scenario.values import SETTINGS, Position, Setting

LANE_PITCH = 170.0
"""From the top of one lane to the top of the next, in the file's canvas points."""

LANE_MIDDLE = LANE_PITCH / 2


def is_unplaced(position: Position) -> bool:
    """Tells whether an element was never placed by anybody: it is at the origin, as by default."""
    return position.x == 0 and position.y == 0


def lane_top(setting: Setting) -> float:
    """Returns where a setting's lane begins, in the file's canvas points."""
    return (SETTINGS.index(setting) if setting in SETTINGS else len(SETTINGS)) * LANE_PITCH


def within_lane(setting: Setting, position: Position) -> float:
    """Returns how far below the top of its lane an element is; its middle if it lies above its lane."""
    down = position.y - lane_top(setting)
    return down if down >= 0 else LANE_MIDDLE


def moved_to(position: Position, old: Setting, new: Setting) -> Position:
    """Returns the position of an element that changes its setting and keeps its place within the lane."""
    if is_unplaced(position) or old == new:
        return position
    return Position(x=position.x, y=lane_top(new) + within_lane(old, position))
