"""How arrows run: right-angled ways around boxes, chosen by length, bends, crossings of boxes and overlap.

For each arrow a small set of ways is made (straight, one bend, two bends by a channel beside or between
boxes, four bends around them) and the cheapest is taken.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pathway_modeller.gui.canvas.shapes import Side

Point = tuple[float, float]
Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""

STUB: Final = 18.0
"""How far an arrow runs straight out of a box before it may bend."""

MARGIN: Final = 10.0
"""How near an arrow may pass a box."""

TRIED: Final = 90
"""How many of the shortest ways are looked at more closely."""

BEND: Final = 50.0
THROUGH: Final = 900.0
TOO_NEAR: Final = 130.0
OVERLAP: Final = 3.0
NEAR: Final = 14.0
"""Prices of a way in points of length: of a bend, of a box run through, of a box passed too near, of a point
run along another arrow; and how near another arrow counts as along it."""

OUTWARD: Final[Mapping[Side, Point]] = {
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "top": (0.0, -1.0),
    "bottom": (0.0, 1.0),
}

_ACROSS: Final[tuple[Side, ...]] = ("left", "right")


@dataclass(frozen=True)
class End:
    """Where an arrow touches a box."""

    side: Side
    point: Point

    @property
    def stub(self) -> Point:
        """The point straight out from the box."""
        across, down = OUTWARD[self.side]
        return (self.point[0] + STUB * across, self.point[1] + STUB * down)


@dataclass(frozen=True)
class Way:
    """A chosen way: its corners from end to end, and the sides that it touches."""

    points: tuple[Point, ...]
    sides: tuple[Side, Side]
    cost: float


class Tracks:
    """The straight pieces of the arrows already drawn, to keep others from running along them."""

    def __init__(self) -> None:
        """Begins with none."""
        self._pieces: dict[str, list[tuple[bool, float, float, float]]] = {}
        self._areas: dict[str, Rect] = {}

    def put(self, key: str, points: Sequence[Point]) -> None:
        """Keeps an arrow's pieces instead of those it had."""
        self._pieces[key] = [_piece(start, end) for start, end in pairwise(points)]
        self._areas[key] = area_of(points, 1.0)

    def drop(self, key: str) -> None:
        """Forgets an arrow."""
        self._pieces.pop(key, None)

    def near(self, key: str, area: Rect) -> list[tuple[bool, float, float, float]]:
        """Returns the pieces of all other arrows that touch an area."""
        left, top, right, bottom = area
        return [
            piece
            for other, pieces in self._pieces.items()
            if other != key and overlap(self._areas[other], area)
            for piece in pieces
            if (
                left <= piece[2] and piece[1] <= right and top <= piece[3] <= bottom
                if piece[0]
                else top <= piece[2] and piece[1] <= bottom and left <= piece[3] <= right
            )
        ]


def _piece(start: Point, end: Point) -> tuple[bool, float, float, float]:
    """Returns a straight piece: whether it runs across, from, to, and at which height or column."""
    if abs(start[1] - end[1]) < 0.5:
        return (True, min(start[0], end[0]), max(start[0], end[0]), start[1])
    return (False, min(start[1], end[1]), max(start[1], end[1]), start[0])


def piece_rect(piece: tuple[bool, float, float, float]) -> Rect:
    """Returns the thin rectangle that a straight piece of an arrow covers."""
    across, low, high, level = piece
    return (low, level - 3, high, level + 3) if across else (level - 3, low, level + 3, high)


def side_pairs(origin: Rect, target: Rect) -> tuple[tuple[Side, Side], ...]:
    """Returns the sides that an arrow may leave and reach, the likeliest first."""
    across = (target[0] + target[2] - origin[0] - origin[2]) / 2
    down = (target[1] + target[3] - origin[1] - origin[3]) / 2
    below = down > 0
    leave: Side = "bottom" if below else "top"
    reach: Side = "top" if below else "bottom"
    if target[0] - origin[2] > 2 * STUB - 12:
        return (("right", "left"), (leave, "left"), ("right", reach), (leave, reach))
    if origin[0] - target[2] > 2 * STUB - 12:
        return (
            (leave, "right"),
            (leave, reach),
            ("top", "top"),
            ("bottom", "bottom"),
            ("left", reach),
            ("left", "right"),
            ("bottom", "right"),
        )
    if abs(down) > 2 * STUB:
        return (
            (leave, reach),
            ("right", "right"),
            ("left", "left"),
            (leave, "left" if across > 0 else "right"),
        )
    return (("top", "top"), ("bottom", "bottom"))


def route(
    pairs: Iterable[tuple[End, End, float]],
    own: tuple[Rect, Rect],
    obstacles: Sequence[Rect],
    tracks: Sequence[tuple[bool, float, float, float]] = (),
) -> Way:
    """Returns the cheapest way for an arrow.

    Args:
        pairs: the ends it may have, each with a price of its own.
        own: the boxes that it leaves and reaches.
        obstacles: the other boxes near.
        tracks: the pieces of other arrows near.
    """
    prices = _Prices(own, obstacles)
    priced: list[tuple[float, tuple[Point, ...], tuple[Side, Side]]] = []
    enough = math.inf
    for start, end, price in sorted(pairs, key=lambda pair: _least_cost(pair[0], pair[1]) + pair[2]):
        least = price + _least_cost(start, end)
        if least > enough:
            continue
        # What a way costs that goes round no box bounds the detours that are worth thinking of.
        points = min(_ways(start, end, (), 0.0), key=_base_cost)
        enough = min(enough, _full_cost(_base_cost(points) + price, points, prices, tracks, enough))
        ways = [
            (_base_cost(points) + price, points, (start.side, end.side))
            for points in _ways(start, end, obstacles, enough - least + 1.0)
        ]
        priced += ways
        base, points, _ = min(ways, key=lambda item: item[0])
        enough = min(enough, _full_cost(base, points, prices, tracks, enough))
    priced.sort(key=lambda item: item[0])
    best: Way | None = None
    for base, points, sides in priced[:TRIED]:
        limit = math.inf if best is None else best.cost
        if base >= limit:
            break
        cost = _full_cost(base, points, prices, tracks, limit)
        if best is None or cost < best.cost:
            best = Way(points, sides, cost)
    if best is None:
        raise ValueError("an arrow needs at least one pair of ends")
    return best


def _least_cost(start: End, end: End) -> float:
    """Returns a price below which no way between two ends can be, whatever stands between."""
    out, into = start.stub, end.stub
    across, down = abs(into[0] - out[0]), abs(into[1] - out[1])
    if (start.side in _ACROSS) != (end.side in _ACROSS):
        bends = 1
    elif start.side == end.side:
        bends = 2
    else:
        bends = 2 * ((down if start.side in _ACROSS else across) >= 0.5)
    return across + down + 2 * STUB + BEND * bends


def _ways(start: End, end: End, obstacles: Sequence[Rect], detour: float) -> Iterator[tuple[Point, ...]]:
    """Yields the ways between two ends that are longer than need be by a detour at most, corners only."""
    out, into = start.stub, end.stub
    for between in _between(out, into, obstacles, detour):
        yield _corners((start.point, out, *between, into, end.point))


def _between(
    out: Point, into: Point, obstacles: Sequence[Rect], detour: float
) -> Iterator[tuple[Point, ...]]:
    """Yields the corners between the two stubs: one bend, then by each channel across or down."""
    yield ((into[0], out[1]),)
    yield ((out[0], into[1]),)
    for column in _channels(out[0], into[0], [(box[0], box[2]) for box in obstacles], detour):
        yield ((column, out[1]), (column, into[1]))
    for row in _channels(out[1], into[1], [(box[1], box[3]) for box in obstacles], detour):
        yield ((out[0], row), (into[0], row))


def _channels(first: float, last: float, spans: Iterable[tuple[float, float]], detour: float) -> list[float]:
    """Returns where an arrow may run between, beside or around boxes, in one direction."""
    middle = (first + last) / 2
    low_end, high_end = min(first, last), max(first, last)
    found = {middle, middle - 14, middle + 14, first, last, low_end - 26, high_end + 26}
    for low, high in spans:
        found |= {low - STUB, low - STUB - 12, high + STUB, high + STUB + 12}
    least, most = low_end - detour / 2, high_end + detour / 2
    return sorted(place for place in found if least <= place <= most)


def _corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """Drops doubled points and those in the middle of a straight piece, but not where a way turns back.

    Called for every way that is thought of, some hundred for each arrow: all is written out here.
    """
    kept = [points[0]]
    for point in points[1:]:
        x, y = point
        last_x, last_y = kept[-1]
        if -0.5 < x - last_x < 0.5 and -0.5 < y - last_y < 0.5:
            continue
        while len(kept) >= 2:
            (first_x, first_y), (last_x, last_y) = kept[-2:]
            if -0.5 < last_x - first_x < 0.5 and -0.5 < x - last_x < 0.5:
                goes_on = (last_y - first_y) * (y - last_y) >= 0
            elif -0.5 < last_y - first_y < 0.5 and -0.5 < y - last_y < 0.5:
                goes_on = (last_x - first_x) * (x - last_x) >= 0
            else:
                break
            if not goes_on:
                break
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _base_cost(points: Sequence[Point]) -> float:
    """Returns the price of a way for its length and bends; turning back upon itself is dear."""
    length, turns_back = 0.0, 0
    before_across = before_down = 0.0
    x, y = points[0]
    for next_x, next_y in points[1:]:
        across, down = next_x - x, next_y - y
        length += abs(across) + abs(down)
        if before_across * across + before_down * down < -0.5:
            turns_back += 1
        before_across, before_down = across, down
        x, y = next_x, next_y
    return length + BEND * max(0, len(points) - 2) + 2 * THROUGH * turns_back


class _Prices:
    """What straight pieces of the ways of one arrow cost for the boxes they meet.

    Its ways share most of their pieces, so that each is looked at once.
    """

    def __init__(self, own: tuple[Rect, Rect], obstacles: Sequence[Rect]) -> None:
        """Takes the boxes that the arrow leaves and reaches, and those near it."""
        self._own = own
        self._wide = [
            (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN, (left, top, right, bottom))
            for left, top, right, bottom in obstacles
        ]
        self._known: dict[tuple[Point, Point], tuple[float, float, float]] = {}

    def of(self, start: Point, end: Point) -> tuple[float, float, float]:
        """Returns the prices for other boxes, for the arrow's first and for its last box."""
        found = self._known.get((start, end))
        if found is None:
            found = self._known[start, end] = (
                self._of_others(start, end),
                THROUGH * crosses(start, end, self._own[0], 4.0),
                THROUGH * crosses(start, end, self._own[1], 4.0),
            )
        return found

    def _of_others(self, start: Point, end: Point) -> float:
        """Returns the price for the boxes that a piece runs through or too near to."""
        left, right = (start[0], end[0]) if start[0] < end[0] else (end[0], start[0])
        top, bottom = (start[1], end[1]) if start[1] < end[1] else (end[1], start[1])
        return sum(
            THROUGH if crosses(start, end, box, 2.0) else TOO_NEAR
            for low_x, low_y, high_x, high_y, box in self._wide
            if left < high_x and right > low_x and top < high_y and bottom > low_y
        )


def _full_cost(
    base: float,
    points: Sequence[Point],
    prices: _Prices,
    tracks: Sequence[tuple[bool, float, float, float]],
    limit: float,
) -> float:
    """Returns the whole price of a way; stops counting when it has reached a limit.

    Each box that it runs through or too near to has a price (its own boxes too, but for the ends), and so has
    each point that it runs along another arrow.
    """
    cost = base
    last = len(points) - 2
    for number in range(last + 1):
        others, first_box, last_box = prices.of(points[number], points[number + 1])
        cost += others
        if number > 0:
            cost += first_box
        if number < last:
            cost += last_box
        if cost >= limit:
            return cost
    return cost + OVERLAP * _along(points, tracks) if tracks else cost


def crosses(start: Point, end: Point, box: Rect, margin: float = 0.0) -> bool:
    """Tells whether a piece that runs across or down passes through a box or nearer than a margin."""
    left, right = (start[0], end[0]) if start[0] < end[0] else (end[0], start[0])
    top, bottom = (start[1], end[1]) if start[1] < end[1] else (end[1], start[1])
    return (
        left < box[2] + margin
        and right > box[0] - margin
        and top < box[3] + margin
        and bottom > box[1] - margin
    )


def _along(points: Sequence[Point], tracks: Sequence[tuple[bool, float, float, float]]) -> float:
    """Returns over what length a way runs along other arrows, so near that they look like one."""
    total = 0.0
    for start, end in pairwise(points):
        across, low, high, level = _piece(start, end)
        for other_across, other_low, other_high, other_level in tracks:
            if across == other_across and abs(level - other_level) < NEAR:
                total += max(0.0, min(high, other_high) - max(low, other_low))
    return total


def area_of(points: Sequence[Point], margin: float) -> Rect:
    """Returns the rectangle around points, and a margin."""
    across, down = [point[0] for point in points], [point[1] for point in points]
    return (min(across) - margin, min(down) - margin, max(across) + margin, max(down) + margin)


def overlap(first: Rect, second: Rect) -> bool:
    """Tells whether two rectangles share any area."""
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def label_place(
    points: Sequence[Point], size: tuple[float, float], blocked: Sequence[Rect]
) -> tuple[Point, bool]:
    """Returns where the middle of an arrow's label stands, and whether it is clear of everything blocked.

    The label stands upon the arrow, as near to its beginning as it fits; failing that beside it.
    """
    width, height = size
    fallback: Point | None = None
    for start, end in pairwise(points):
        length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        across = abs(end[1] - start[1]) < 0.5
        need = (width if across else height) + 10
        if length < need:
            continue
        for part in (need / 2 / length + 0.02, 0.35, 0.5, 0.65, 0.8):
            if not need / 2 <= part * length <= length - need / 2 + 1:
                continue
            place = (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
            fallback = fallback or place
            if not _blocked(place, size, blocked):
                return place, True
    for start, end in pairwise(points):
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        for shift in ((0.0, -height), (0.0, height), (width / 2 + 4, 0.0), (-width / 2 - 4, 0.0)):
            place = (middle[0] + shift[0], middle[1] + shift[1])
            if not _blocked(place, size, blocked):
                return place, True
    start, end = points[0], points[1]
    return fallback or ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), False


def _blocked(place: Point, size: tuple[float, float], blocked: Sequence[Rect]) -> bool:
    """Tells whether a label at a place would cover something."""
    half_width, half_height = size[0] / 2 + 1, size[1] / 2 + 1
    area = (place[0] - half_width, place[1] - half_height, place[0] + half_width, place[1] + half_height)
    return any(overlap(area, other) for other in blocked)
