"""Where boxes and arrows of the board lie, in points from its top left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from pathway_modeller.gui.shifts.cards import OUTSIDE, Card
from pathway_modeller.scenario.money import Shift

CARD_WIDTH = 184.0
CARD_HEIGHT = 84.0
_LOW_CARD = 74.0
"""Height of a box where there is little room: name and three lines."""
_GAP = 22.0
_LOW_GAP = 6.0
_HEAD = 26.0
_MARGIN = 11.0
_LEAST_APART = 100.0
_LABEL = (96.0, 24.0)
_TRIED = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.15, 0.85)
"""Where on an arrow its label may be, the best place first."""
_THINNEST, _WIDEST = 2.5, 16.0


@dataclass(frozen=True)
class Arrow:
    """A shift as it lies on the board.

    Attributes:
        key: id of the shift.
        path: its middle line.
        width: of the line, by the amount.
        label: the middle of the label.
    """

    key: str
    path: QPainterPath
    width: float
    label: QPointF

    def contains(self, place: QPointF) -> bool:
        """Tells whether somebody who points here means the arrow."""
        stroker = QPainterPathStroker()
        stroker.setWidth(max(self.width, 12.0))
        return bool(stroker.createStroke(self.path).contains(place))


@dataclass(frozen=True)
class Layout:
    """Everything in its place.

    Attributes:
        columns: the title of each column and where it is.
        boxes: the boxes by pool id; ``OUTSIDE`` too.
        size: how much room they need.
    """

    columns: tuple[tuple[str, QRectF], ...]
    boxes: Mapping[str, QRectF]
    width: float
    height: float


def lay_out(cards: Sequence[Card], width: float, height: float) -> Layout:
    """Returns boxes in columns by setting, hospital at the left and home at the right.

    Args:
        cards: one for each pool, in the order of their settings, and the one outside.
        width: room there is; the board is wider if the columns need more.
        height: room there is; the board is taller if a column needs more.
    """
    settings = {card.setting: card.setting_name for card in cards if card.setting is not None}
    across = max(len(settings), 1)
    needed = across * CARD_WIDTH + (across - 1) * _LEAST_APART + 2 * _MARGIN
    wide = max(width, needed)
    most = max((sum(card.setting == each for card in cards) for each in settings), default=1)
    around = _HEAD + 58 + 2 * _MARGIN
    fits = around + most * (CARD_HEIGHT + _GAP) <= height
    high = CARD_HEIGHT if fits else _LOW_CARD
    tall = max(height, around + most * (high + (_GAP if fits else _LOW_GAP)))
    apart = (wide - 2 * _MARGIN - CARD_WIDTH) / max(across - 1, 1) if across > 1 else 0.0
    boxes: dict[str, QRectF] = {}
    columns = []
    for place, (setting, title) in enumerate(settings.items()):
        left = _MARGIN + place * apart if across > 1 else (wide - CARD_WIDTH) / 2
        columns.append((title, QRectF(left, _MARGIN - 6, CARD_WIDTH, _HEAD)))
        mine = [card for card in cards if card.setting == setting]
        room = tall - around
        step = room / len(mine)
        for row, card in enumerate(mine):
            top = _MARGIN + _HEAD + row * step + (step - high) / 2
            boxes[card.key] = QRectF(left, top, CARD_WIDTH, high)
    boxes[OUTSIDE] = QRectF(wide / 2 - 205, tall - 50, 410, 42)
    return Layout(tuple(columns), boxes, wide, tall)


def arrows(shifts: Mapping[str, Shift], boxes: Mapping[str, QRectF]) -> tuple[Arrow, ...]:
    """Returns an arrow for each shift whose ends are on the board, as wide as its amount among them."""
    most = max((shift.amount.value for shift in shifts.values()), default=0.0) or 1.0
    beside: dict[frozenset[str], int] = {}
    found: list[Arrow] = []
    taken = list(boxes.values())
    for key, shift in shifts.items():
        ends = (shift.origin or OUTSIDE, shift.target or OUTSIDE)
        if ends[0] == ends[1] or any(end not in boxes for end in ends):
            continue
        number = beside.get(frozenset(ends), 0)
        beside[frozenset(ends)] = number + 1
        path = between(boxes[ends[0]], boxes[ends[1]], number)
        width = _THINNEST + (_WIDEST - _THINNEST) * shift.amount.value / most
        found.append(Arrow(key, path, width, _label_place(path, taken)))
        taken.append(_around(found[-1].label))
    return tuple(found)


def _label_place(path: QPainterPath, taken: Sequence[QRectF]) -> QPointF:
    """Returns a place on an arrow where its label covers nothing; its middle if there is none."""
    for share in _TRIED:
        place = path.pointAtPercent(share)
        if not any(_around(place).intersects(box) for box in taken):
            return place
    return path.pointAtPercent(0.5)


def _around(place: QPointF) -> QRectF:
    """Returns the room of a label."""
    wide, tall = _LABEL
    return QRectF(place.x() - wide / 2, place.y() - tall / 2, wide, tall)


def between(origin: QRectF, target: QRectF, number: int = 0) -> QPainterPath:
    """Returns a curve from one box to another; a further one beside it is moved down."""
    down = 26.0 * number
    if abs(origin.center().x() - target.center().x()) < CARD_WIDTH / 2:
        return _round(origin, target, number)
    right = target.center().x() > origin.center().x()
    begin = QPointF(origin.right() if right else origin.left(), origin.center().y() + down)
    end = QPointF(target.left() if right else target.right(), target.center().y() + down)
    if target.left() < origin.right() and origin.left() < target.right():
        begin.setX(origin.center().x())
    reach = max(abs(end.x() - begin.x()) * 0.45, 40.0) * (1 if right else -1)
    path = QPainterPath(begin)
    path.cubicTo(begin + QPointF(reach, 0), end - QPointF(reach, 0), end)
    return path


def _round(origin: QRectF, target: QRectF, number: int) -> QPainterPath:
    """Returns a curve between two boxes above one another, out at the right and in again."""
    begin = QPointF(origin.right(), origin.center().y())
    end = QPointF(target.right(), target.center().y())
    out = QPointF(64.0 + 26.0 * number, 0)
    path = QPainterPath(begin)
    path.cubicTo(begin + out, end + out, end)
    return path


def rubber(origin: QRectF, place: QPointF) -> QPainterPath:
    """Returns the curve from a box to where somebody drags."""
    right = place.x() > origin.center().x()
    begin = QPointF(origin.right() if right else origin.left(), origin.center().y())
    reach = max(abs(place.x() - begin.x()) * 0.45, 20.0) * (1 if right else -1)
    path = QPainterPath(begin)
    path.cubicTo(begin + QPointF(reach, 0), place - QPointF(reach, 0), place)
    return path
