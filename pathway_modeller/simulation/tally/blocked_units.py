"""Units that patients keep while they wait for another activity, or make a move, as rows go by.

Places on a caseload are meant to be kept, and are not looked at. The units that a patient holds first stand
in the patient's slot, as hardly anybody holds any others; those stand in a list.
"""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.compiled.jit import always_inlined, cold
from pathway_modeller.simulation.tally.level_book import LevelBook
from pathway_modeller.simulation.tally.patient_state import KEEPS

IDLE, WAITING, MOVING = 0, 1, 2
ANY = -2
"""Units kept, whichever activity took them."""


@always_inlined
def has_room(b: LevelBook) -> bool:
    """Tells whether there is room to note units that a patient takes."""
    return bool(b.numbers[0].free_held >= 0 or b.numbers[0].held < len(b.held))


@always_inlined
def holds(slot: Any) -> bool:
    """Tells whether a patient holds units."""
    return bool(slot.first_body >= 0 or slot.held >= 0)


@always_inlined
def take(b: LevelBook, slot: Any, element: int, body: int, units: int) -> None:
    """Notes units that a patient takes."""
    if b.places[element, body]:
        return
    if holds(slot):
        _take_more(b, slot, element, body, units)
    else:
        slot.first_element, slot.first_body, slot.first_units, slot.kept = element, body, units, 0


@cold
def _take_more(b: LevelBook, slot: Any, element: int, body: int, units: int) -> None:
    """Notes units that a patient takes who holds others."""
    n = b.numbers[0]
    place = n.free_held
    if place < 0:
        place = n.held
        n.held += 1
    else:
        n.free_held = b.held[place].below
    h = b.held[place]
    h.element, h.body, h.units, h.kept = element, body, units, 0
    h.below = slot.held
    slot.held = place


@always_inlined
def give_back(b: LevelBook, slot: Any, rest: Any, time: float, element: int, body: int, units: int) -> None:
    """Forgets units that a patient gives back: of several alike, those taken last."""
    if slot.held >= 0 and _give_back_more(b, slot, rest, time, element, body, units):
        return
    if slot.first_body == body and slot.first_element == element and slot.first_units == units:
        if slot.kept:
            _charge(b, rest, time, element, body, units)
        slot.first_body, slot.kept = -1, 0


@cold
def _give_back_more(
    b: LevelBook, slot: Any, rest: Any, time: float, element: int, body: int, units: int
) -> bool:
    """Forgets units that were not taken first; tells whether there are such."""
    above, place = -1, slot.held
    while place >= 0:
        h = b.held[place]
        if h.element == element and h.body == body and h.units == units:
            break
        above, place = place, h.below
    if place < 0:
        return False
    if b.held[place].kept:
        _charge(b, rest, time, element, body, units)
    if above < 0:
        slot.held = b.held[place].below
    else:
        b.held[above].below = b.held[place].below
    b.held[place].below = b.numbers[0].free_held
    b.numbers[0].free_held = place
    return True


@always_inlined
def begin(b: LevelBook, slot: Any, rest: Any, time: float, group: int, taken_by: int) -> None:
    """Begins a wait or move in which units may be kept: those taken by an activity, or ``ANY``."""
    if holds(slot):
        _begin_to_keep(b, slot, rest, time, group, taken_by)
    else:
        slot.noted &= ~KEEPS


@cold
def _begin_to_keep(b: LevelBook, slot: Any, rest: Any, time: float, group: int, taken_by: int) -> None:
    """Begins it while some are held."""
    rest.since, rest.longest, rest.group = time, 0.0, group
    slot.noted |= KEEPS
    slot.kept = slot.first_body >= 0 and (taken_by == ANY or slot.first_element == taken_by)
    place = slot.held
    while place >= 0:
        h = b.held[place]
        h.kept = taken_by == ANY or h.element == taken_by
        place = h.below


@always_inlined
def finish(b: LevelBook, slot: Any, rest: Any, time: float, element: int) -> None:
    """Ends it; ``element`` is the one waited for or moved to."""
    if slot.noted & KEEPS:
        _finish_keeping(b, slot, rest, time, element)


@cold
def _finish_keeping(b: LevelBook, slot: Any, rest: Any, time: float, element: int) -> None:
    """Ends a wait or move that began while units were held."""
    place = slot.held
    while place >= 0:
        h = b.held[place]
        if h.kept:
            _charge(b, rest, time, h.element, h.body, h.units)
            h.kept = 0
        place = h.below
    if slot.kept:
        _charge(b, rest, time, slot.first_element, slot.first_body, slot.first_units)
        slot.kept = 0
    if rest.longest > 0:
        b.kept_patients[cell(b, element, rest.group)] += rest.longest


@always_inlined
def cell(b: LevelBook, element: int, group: int) -> int:
    """Returns the number of a cell; see :class:`pathway_modeller.simulation.tally.cells.Cells`."""
    n = b.numbers[0]
    return int((element if element >= 0 else n.inside) * n.groups + group)


@always_inlined
def counted_days(b: LevelBook, since: float, until: float) -> float:
    """Returns how many days of an interval lie within the data collection period."""
    return float(max(min(until, b.numbers[0].end) - max(since, b.numbers[0].start), 0.0))


@always_inlined
def forget(b: LevelBook, slot: Any) -> None:
    """Forgets all that a patient holds."""
    slot.first_body, slot.kept = -1, 0
    if slot.held >= 0:
        _forget_more(b, slot)


@cold
def _forget_more(b: LevelBook, slot: Any) -> None:
    """Forgets units that were not taken first."""
    while slot.held >= 0:
        place = slot.held
        slot.held = b.held[place].below
        b.held[place].below = b.numbers[0].free_held
        b.numbers[0].free_held = place


@cold
def _charge(b: LevelBook, rest: Any, time: float, element: int, body: int, units: int) -> None:
    """Counts units as kept until now."""
    days = counted_days(b, rest.since, time)
    b.kept_units[body] += days * units
    b.kept_elements[element] += days * units
    rest.longest = max(rest.longest, days)
