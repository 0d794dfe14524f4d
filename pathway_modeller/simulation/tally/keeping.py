"""Units that patients keep while they wait for another activity, or make a move, as rows go by.

Places on a caseload are meant to be kept, and are not looked at.
"""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.compiled.jit import woven
from pathway_modeller.simulation.tally.level_book import LevelBook

IDLE, WAITING, MOVING = 0, 1, 2
ANY = -2
"""Units kept, whichever activity took them."""


@woven
def has_room(b: LevelBook) -> bool:
    """Tells whether there is room to note units that a patient takes."""
    return bool(b.numbers[0].free_held >= 0 or b.numbers[0].held < len(b.held))


@woven
def take(b: LevelBook, who: int, element: int, body: int, units: int) -> None:
    """Notes units that a patient takes."""
    if b.places[element, body]:
        return
    n = b.numbers[0]
    place = n.free_held
    if place < 0:
        place = n.held
        n.held += 1
    else:
        n.free_held = b.held[place].below
    h = b.held[place]
    h.element, h.body, h.units, h.kept = element, body, units, 0
    h.below = b.patients[who].held
    b.patients[who].held = place


@woven
def give_back(b: LevelBook, who: int, time: float, element: int, body: int, units: int) -> None:
    """Forgets units that a patient gives back: of several alike, those taken last."""
    above, place = -1, b.patients[who].held
    while place >= 0:
        h = b.held[place]
        if h.element == element and h.body == body and h.units == units:
            break
        above, place = place, h.below
    if place < 0:
        return
    if b.held[place].kept:
        _charge(b, who, place, time)
    if above < 0:
        b.patients[who].held = b.held[place].below
    else:
        b.held[above].below = b.held[place].below
    b.held[place].below = b.numbers[0].free_held
    b.numbers[0].free_held = place


@woven
def begin(b: LevelBook, who: int, time: float, group: int, taken_by: int) -> None:
    """Begins a wait or move in which units may be kept: those taken by an activity, or ``ANY``."""
    p = b.patients[who]
    p.since, p.longest, p.group = time, 0.0, group
    place = p.held
    while place >= 0:
        h = b.held[place]
        h.kept = taken_by == ANY or h.element == taken_by
        place = h.below


@woven
def finish(b: LevelBook, who: int, time: float, element: int) -> None:
    """Ends it; ``element`` is the one waited for or moved to."""
    p = b.patients[who]
    place = p.held
    while place >= 0:
        h = b.held[place]
        if h.kept:
            _charge(b, who, place, time)
            h.kept = 0
        place = h.below
    if p.longest > 0:
        b.kept_patients[cell(b, element, p.group)] += p.longest


@woven
def group_of(b: LevelBook, row: Any) -> int:
    """Returns the number of a row's need tier and footprint."""
    n = b.numbers[0]
    tier = row.need_tier if row.need_tier >= 0 else n.tiers - 1
    return int(tier * n.footprints + (row.footprint if row.footprint >= 0 else n.footprints - 1))


@woven
def cell(b: LevelBook, element: int, group: int) -> int:
    """Returns the number of a cell; see :class:`pathway_modeller.simulation.tally.cells.Cells`."""
    n = b.numbers[0]
    return int((element if element >= 0 else n.inside) * n.tiers * n.footprints + group)


@woven
def counted_days(b: LevelBook, since: float, until: float) -> float:
    """Returns how many days of an interval lie within the data collection period."""
    return float(max(min(until, b.numbers[0].end) - max(since, b.numbers[0].start), 0.0))


@woven
def forget(b: LevelBook, who: int) -> None:
    """Forgets all that a patient holds."""
    p = b.patients[who]
    while p.held >= 0:
        place = p.held
        p.held = b.held[place].below
        b.held[place].below = b.numbers[0].free_held
        b.numbers[0].free_held = place


@woven
def _charge(b: LevelBook, who: int, place: int, time: float) -> None:
    """Counts units as kept until now."""
    h, p = b.held[place], b.patients[who]
    days = counted_days(b, p.since, time)
    b.kept_units[h.body] += days * h.units
    b.kept_elements[h.element] += days * h.units
    p.longest = max(p.longest, days)
