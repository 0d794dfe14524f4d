"""Which arrows must be drawn anew when something moves, and the ways they then run."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF

from pathway_modeller.gui.canvas.routing import (
    STUB,
    End,
    Point,
    Rect,
    Tracks,
    Way,
    area_of,
    label_place,
    overlap,
    piece_rect,
    route,
    side_pairs,
)
from pathway_modeller.gui.canvas.shapes import LOOKS, Side, edge_point
from pathway_modeller.scenario.document import DrawnMap

SPREAD = 18.0
"""How far apart arrows touch the same side of a box, if there is room."""

FIGURES = 26.0
"""Room under an activity for what a run shows there, which labels leave free."""

NEARBY = 160.0
"""How far around an arrow's two boxes others are looked for."""


RANK = 10.0
AGAINST = 70.0
BESIDE = 60.0
"""Prices in points of length: of each less likely choice of sides, of leaving a box where others reach it,
and of leaving a decision on a side that another arrow leaves already."""


@dataclass(frozen=True)
class Box:
    """A box as arrows see it."""

    kind: DrawnMap
    middle: Point

    @cached_property
    def rect(self) -> Rect:
        """Its rectangle in scene points."""
        width, height = LOOKS[self.kind].size
        x, y = self.middle
        return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    @property
    def solid_parts(self) -> tuple[Rect, ...]:
        """Rectangles that labels must not cover: the box, but not the empty corners of a decision."""
        left, top, right, bottom = self.rect
        if LOOKS[self.kind].has_figures:
            return ((left, top, right, bottom + FIGURES),)
        if not LOOKS[self.kind].is_pointed:
            return (self.rect,)
        width, height = right - left, bottom - top
        return (
            (left, top + 0.42 * height, right, bottom - 0.42 * height),
            (left + 0.22 * width, top + 0.22 * height, right - 0.22 * width, bottom - 0.22 * height),
            (left + 0.42 * width, top, right - 0.42 * width, bottom),
        )

    def end(self, side: Side, offset: float = 0.0) -> End:
        """Returns where an arrow touches it."""
        point = edge_point(self.kind, QPointF(*self.middle), side, offset)
        return End(side, (point.x(), point.y()))


class Wiring:
    """The ways of all arrows among boxes. Knows nothing of items or documents."""

    def __init__(self) -> None:
        """Begins without boxes or arrows."""
        self._boxes: dict[str, Box] = {}
        self._arrows: dict[str, tuple[str, str]] = {}
        self._attached: dict[str, set[str]] = defaultdict(set)
        self._labels: dict[str, tuple[float, float]] = {}
        self._ways: dict[str, Way] = {}
        self._label_rects: dict[str, Rect] = {}
        self._tracks = Tracks()
        self._dirty: set[str] = set()
        self._nearby: dict[str, list[Rect]] = {}

    # What it is told ---------------------------------------------------------------------------------

    def put_box(self, key: str, kind: DrawnMap, middle: Point) -> None:
        """Adds a box, or moves it; arrows that it touches or that run through it must be drawn anew."""
        box = Box(kind, middle)
        old = self._boxes.get(key)
        if old == box:
            return
        self._boxes[key] = box
        self._disturb(key, [box.rect] + ([old.rect] if old else []))

    def drop_box(self, key: str) -> None:
        """Takes away a box; its arrows must be taken away too."""
        old = self._boxes.pop(key, None)
        if old is not None:
            self._disturb(key, [old.rect])

    def put_arrow(self, key: str, origin: str, target: str, label: tuple[float, float]) -> None:
        """Adds or changes an arrow with a label of this width and height; no width, no label."""
        if self._arrows.get(key) == (origin, target) and self._labels.get(key) == label:
            return
        if self._arrows.get(key) != (origin, target):
            self.drop_arrow(key)
            self._arrows[key] = (origin, target)
            self._attached[origin].add(key)
            self._attached[target].add(key)
        self._labels[key] = label
        self._dirty |= {key, *self._attached[origin], *self._attached[target]}

    def drop_arrow(self, key: str) -> None:
        """Takes away an arrow; those beside it may use its place."""
        ends = self._arrows.pop(key, None)
        for known in (self._ways, self._label_rects, self._labels):
            known.pop(key, None)
        self._tracks.drop(key)
        if ends is not None:
            for end in ends:
                self._attached[end].discard(key)
                self._dirty |= self._attached[end]
        self._dirty.discard(key)

    def _disturb(self, key: str, areas: Iterable[Rect]) -> None:
        """Notes the arrows that touch a box, those beside them, and those that run through an area."""
        touching = set(self._attached[key])
        self._dirty |= touching
        for arrow in touching:
            for end in self._arrows[arrow]:
                self._dirty |= self._attached[end]
        for area in areas:
            for arrow, way in self._ways.items():
                if arrow not in self._dirty and overlap(area_of(way.points, 12.0), area):
                    self._dirty.add(arrow)

    # What it works out -------------------------------------------------------------------------------

    def attached(self, key: str) -> frozenset[str]:
        """Returns the arrows that touch a box."""
        return frozenset(self._attached[key])

    def settle(self, only: Iterable[str] | None = None) -> dict[str, tuple[tuple[Point, ...], Point | None]]:
        """Works out the ways that must be drawn anew.

        Args:
            only: draw no others than these for now (while something is being dragged).

        Returns:
            For each arrow the corners of its way, and the middle of its label if it has one.
        """
        due = self._dirty if only is None else self._dirty & set(only)
        keys = sorted(key for key in due if self._complete(key))
        self._dirty -= set(keys) if only is not None else set(self._dirty)
        self._nearby = {}
        sides = self._choose_sides(keys)
        for key in keys:
            self._tracks.drop(key)
            self._label_rects.pop(key, None)
        offsets = self._offsets(sides)
        for key in sorted(keys, key=self._directness):
            self._ways[key] = self._routed(key, sides[key], offsets)
            self._tracks.put(key, self._ways[key].points)
        return {key: (self._ways[key].points, self._label(key)) for key in keys}

    def _complete(self, key: str) -> bool:
        """Tells whether both boxes of an arrow are there."""
        return key in self._arrows and all(end in self._boxes for end in self._arrows[key])

    def _directness(self, key: str) -> tuple[float, str]:
        """Orders arrows so that short ones choose their way first."""
        start, end = (self._boxes[name].middle for name in self._arrows[key])
        return abs(end[0] - start[0]) + abs(end[1] - start[1]), key

    def _rects(self, key: str) -> tuple[Rect, Rect]:
        """Returns the rectangles of an arrow's two boxes."""
        origin, target = self._arrows[key]
        return self._boxes[origin].rect, self._boxes[target].rect

    def _near(self, key: str) -> list[Rect]:
        """Returns the boxes around an arrow, without its own; no box moves while arrows are settled."""
        found = self._nearby.get(key)
        if found is not None:
            return found
        own = self._rects(key)
        corners = [(rect[0], rect[1]) for rect in own] + [(rect[2], rect[3]) for rect in own]
        area = area_of(corners, NEARBY)
        ends = self._arrows[key]
        found = self._nearby[key] = [
            rect for name, box in self._boxes.items() if name not in ends and overlap(rect := box.rect, area)
        ]
        return found

    def _choose_sides(self, keys: Iterable[str]) -> dict[str, tuple[Side, Side]]:
        """Returns the sides that arrows touch, chosen one after the other, the most direct first."""
        chosen: dict[str, tuple[Side, Side]] = {}
        due = set(keys)
        used: Counter[tuple[str, Side, int]] = Counter()
        for key, way in self._ways.items():
            if key not in due and key in self._arrows:
                used.update((self._arrows[key][end], way.sides[end], end) for end in (0, 1))
        for key in sorted(due, key=self._directness):
            chosen[key] = self._sides(key, used)
            used.update((self._arrows[key][end], chosen[key][end], end) for end in (0, 1))
        return chosen

    def _sides(self, key: str, used: Mapping[tuple[str, Side, int], int]) -> tuple[Side, Side]:
        """Returns the sides that an arrow touches, given how often others leave or reach each side."""
        ends = self._arrows[key]
        origin, target = (self._boxes[name] for name in ends)
        pairs = []
        for rank, (leave, reach) in enumerate(side_pairs(*self._rects(key))):
            against = used[ends[0], leave, 1] + used[ends[1], reach, 0]
            beside = used[ends[0], leave, 0] if LOOKS[origin.kind].is_pointed else 0
            price = RANK * rank + AGAINST * min(2, against) + BESIDE * min(2, beside)
            pairs.append((origin.end(leave), target.end(reach), price))
        return route(pairs, self._rects(key), self._near(key)).sides

    def _offsets(self, sides: Mapping[str, tuple[Side, Side]]) -> dict[tuple[str, int], float]:
        """Returns how far from the middle of its side each end of each arrow touches.

        Ends on one side stand in the order of the bearings of what they lead to, so that arrows do not
        cross at a box.
        """
        meeting: dict[tuple[str, Side], list[tuple[float, str, int]]] = defaultdict(list)
        boxes = {end for key in sides for end in self._arrows[key]}
        for key in set().union(*(self._attached[box] for box in boxes)):
            ends = self._arrows[key]
            chosen = sides.get(key) or (self._ways[key].sides if key in self._ways else None)
            if chosen is None or not self._complete(key):
                continue
            for number in (0, 1):
                far = self._boxes[ends[1 - number]].middle
                side = chosen[number]
                order = _bearing(self._boxes[ends[number]].middle, far, side)
                meeting[ends[number], side].append((order, key, number))
        offsets: dict[tuple[str, int], float] = {}
        for (name, side), ends_there in meeting.items():
            width, height = LOOKS[self._boxes[name].kind].size
            room = (height if side in {"left", "right"} else width) * 0.6
            gap = min(SPREAD, room / max(1, len(ends_there) - 1))
            for place, (_, key, number) in enumerate(sorted(ends_there)):
                offsets[key, number] = gap * (place - (len(ends_there) - 1) / 2)
        return offsets

    def _routed(self, key: str, sides: tuple[Side, Side], offsets: Mapping[tuple[str, int], float]) -> Way:
        """Returns an arrow's way, with the sides chosen."""
        origin, target = (self._boxes[name] for name in self._arrows[key])
        pair = (origin.end(sides[0], offsets[key, 0]), target.end(sides[1], offsets[key, 1]), 0.0)
        area = area_of((pair[0].point, pair[1].point), NEARBY + STUB)
        return route([pair], self._rects(key), self._near(key), self._tracks.near(key, area))

    def _label(self, key: str) -> Point | None:
        """Returns where an arrow's label stands, clear of boxes and other labels where possible."""
        size = self._labels.get(key, (0.0, 0.0))
        if size[0] <= 0:
            return None
        area = area_of(self._ways[key].points, max(size))
        blocked = [
            part for box in self._boxes.values() if overlap(box.rect, area) for part in box.solid_parts
        ]
        blocked += [rect for other, rect in self._label_rects.items() if other != key]
        lines = [piece_rect(piece) for piece in self._tracks.near(key, area)]
        place, clear = label_place(self._ways[key].points, size, [*blocked, *lines])
        if not clear:
            place, _ = label_place(self._ways[key].points, size, blocked)
        self._label_rects[key] = (
            place[0] - size[0] / 2,
            place[1] - size[1] / 2,
            place[0] + size[0] / 2,
            place[1] + size[1] / 2,
        )
        return place


def _bearing(here: Point, there: Point, side: Side) -> float:
    """Returns the direction from a box to another as an angle that rises along a side, from left or top."""
    across, down = there[0] - here[0], there[1] - here[1]
    if side in {"top", "bottom"}:
        return math.atan2(across, down if side == "bottom" else -down)
    return math.atan2(down, across if side == "right" else -across)
