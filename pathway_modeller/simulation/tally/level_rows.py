"""What each row of a replication says of levels."""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.compiled.jit import always_inlined, cold, jit
from pathway_modeller.simulation.compiled.numba_inside.tally_tables import pointed
from pathway_modeller.simulation.tally import blocked_units as keep
from pathway_modeller.simulation.tally.blocked_units import ANY, IDLE, MOVING, WAITING
from pathway_modeller.simulation.tally.event_effects import (
    BEGINS_MOVE,
    ENDS_MOVE,
    ENDS_WAIT,
    IS_BLOCKED,
    LEAVES,
    NOTHING,
)
from pathway_modeller.simulation.tally.following import change, end_spans, open_units, pass_time, rise
from pathway_modeller.simulation.tally.level_book import SHAPES, LevelBook
from pathway_modeller.simulation.tally.patient_state import BLOCKED, KEEPS
from pathway_modeller.simulation.tally.people_state import people_at

levels_at: Any = pointed(LevelBook, SHAPES)
"""Turns the address of a book's tables into the book; where nothing is compiled, takes the book itself."""


@cold
def open_more(b: LevelBook, row: Any) -> bool:
    """Counts a change of open units, and notes it; tells whether there was room."""
    n = b.numbers[0]
    if n.opened == len(b.opened):
        return False
    note = b.opened[n.opened]
    note.time, note.body, note.units = row.time, row.pool, row.units
    n.opened += 1
    open_units(b, row.pool, row.time, row.units)
    return True


@always_inlined
def enter(b: LevelBook, slot: Any, time: float) -> bool:
    """Begins with a patient of whom no row was seen before; tells whether there was room."""
    if not rise(b, b.numbers[0].inside, time, 1):
        return False
    keep.forget(b, slot)
    slot.stage, slot.noted = IDLE, 0
    return True


@always_inlined
def take(b: LevelBook, row: Any, slot: Any) -> bool:
    """Counts units that a patient takes; tells whether there was room."""
    if not keep.has_room(b) or not rise(b, b.numbers[0].inside + 1 + row.pool, row.time, row.units):
        return False
    keep.take(b, slot, row.element, row.pool, row.units)
    slot.noted &= ~BLOCKED
    return True


@always_inlined
def give_back(b: LevelBook, row: Any, slot: Any, rest: Any) -> None:
    """Counts units that a patient gives back, for which there always is room."""
    change(b, b.numbers[0].inside + 1 + row.pool, row.time, -row.units)
    keep.give_back(b, slot, rest, row.time, row.element, row.pool, row.units)
    slot.noted &= ~BLOCKED


@always_inlined
def join(b: LevelBook, row: Any, slot: Any, rest: Any, group: int) -> bool:
    """Counts a patient who joins a queue; tells whether there was room.

    Whoever holds units waits in the place where they are, and not among those who wait.
    """
    if not keep.holds(slot) and not rise(b, row.element, row.time, 1):
        return False
    slot.stage, slot.queue = WAITING, row.element
    slot.noted &= ~BLOCKED
    keep.begin(b, slot, rest, row.time, group, ANY)
    return True


@always_inlined
def end_wait(b: LevelBook, slot: Any, rest: Any, time: float) -> None:
    """Counts a patient who leaves a queue."""
    if slot.stage == WAITING:
        if not slot.noted & KEEPS:
            change(b, slot.queue, time, -1)
        _stop_waiting(b, slot, rest, time)
    slot.noted &= ~BLOCKED


@always_inlined
def otherwise(b: LevelBook, row: Any, slot: Any, rest: Any, group: int, does: int) -> None:
    """Counts what else becomes of a patient; it is said of nobody but the row before that it blocks them."""
    if does == NOTHING:
        return
    if does == ENDS_WAIT:
        end_wait(b, slot, rest, row.time)
    elif does == LEAVES:
        if slot.inside:
            change(b, b.numbers[0].inside, row.time, -1)
    elif does == BEGINS_MOVE and slot.noted & BLOCKED:
        slot.stage = MOVING
        keep.begin(b, slot, rest, row.time, group, rest.blocked)
    elif does == ENDS_MOVE and slot.stage == MOVING:
        slot.stage = IDLE
        keep.finish(b, slot, rest, row.time, row.element)
    slot.noted &= ~BLOCKED
    if does == IS_BLOCKED:
        slot.noted |= BLOCKED
        rest.blocked = row.element


@always_inlined
def _stop_waiting(b: LevelBook, slot: Any, rest: Any, time: float) -> None:
    """Ends a patient's wait."""
    slot.stage = IDLE
    if not slot.noted & KEEPS:
        b.waiting[slot.joined_cell] += keep.counted_days(b, slot.joined, time)
    keep.finish(b, slot, rest, time, slot.queue)


@jit
def close(levels_where: Any, people_where: Any) -> None:
    """Counts everything to the end of the run, before what goes on for patients is ended.

    Args:
        levels_where: what :data:`levels_at` takes.
        people_where: what :data:`people_at` takes.
    """
    b, people = levels_at(levels_where), people_at(people_where)
    end = b.numbers[0].end
    end_spans(b, end)
    for number in range(len(b.tracks)):
        pass_time(b, b.tracks[number], end)
    for who in range(len(people.slots)):
        slot, rest = people.slots[who], people.rest[who]
        if slot.stage == WAITING:
            _stop_waiting(b, slot, rest, end)
        elif slot.stage == MOVING:
            slot.stage = IDLE
            keep.finish(b, slot, rest, end, -1)
