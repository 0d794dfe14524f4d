"""What each row of a replication says of levels."""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.compiled.jit import jit, woven
from pathway_modeller.simulation.tally import keeping as keep
from pathway_modeller.simulation.tally.doing import (
    BEGINS_MOVE,
    COMES,
    ENDS_MOVE,
    ENDS_WAIT,
    GIVES_BACK,
    IS_BLOCKED,
    JOINS,
    LEAVES,
    NOTHING,
    OPENS,
    TAKES,
)
from pathway_modeller.simulation.tally.following import change, has_room, open_units, pass_time
from pathway_modeller.simulation.tally.keeping import ANY, IDLE, MOVING, WAITING
from pathway_modeller.simulation.tally.level_book import SHAPES, LevelBook
from pathway_modeller.simulation.tally.tables import pointed

levels_at: Any = pointed(LevelBook, SHAPES)
"""Turns the address of a book's tables into the book; where nothing is compiled, takes the book itself."""


@woven
def follow(b: LevelBook, row: Any, who: int) -> bool:
    """Counts a row, unless there is no room for what it changes; tells whether it did."""
    does = b.does[row.event]
    if does == OPENS:
        if b.numbers[0].opened == len(b.opened):
            return False
        _open(b, row)
    elif does != NOTHING:
        new = b.patients[who].identity != row.patient
        number, by = _changed(b, row, who, does, new)
        if not _fits(b, number, by, does, new):
            return False
        if new:
            _come(b, row, who)
        if by != 0:
            change(b, number, row.time, by)
        _patient(b, row, who, does)
    return True


@woven
def _open(b: LevelBook, row: Any) -> None:
    """Counts a change of open units, and notes it."""
    n = b.numbers[0]
    note = b.opened[n.opened]
    note.time, note.body, note.units = row.time, row.pool, row.units
    n.opened += 1
    open_units(b, row.pool, row.time, row.units)


@woven
def _changed(b: LevelBook, row: Any, who: int, does: int, new: bool) -> tuple[int, int]:
    """Returns the level that a patient's row changes and by how much, besides the number inside by coming."""
    if does == TAKES:
        return b.numbers[0].inside + 1 + row.pool, row.units
    if does == GIVES_BACK:
        return b.numbers[0].inside + 1 + row.pool, -row.units
    if does == JOINS:
        return row.element, 1
    if does == ENDS_WAIT and not new and b.patients[who].state == WAITING:
        return b.patients[who].element, -1
    if does == LEAVES and (new or b.patients[who].inside):
        return b.numbers[0].inside, -1
    return 0, 0


@woven
def _fits(b: LevelBook, number: int, by: int, does: int, new: bool) -> bool:
    """Tells whether there is room for all that a row changes."""
    if new and not has_room(b, b.numbers[0].inside, 1):
        return False
    if does == TAKES and b.numbers[0].free_held < 0 and b.numbers[0].held == len(b.held):
        return False
    return by <= 0 or has_room(b, number, by)


@woven
def _patient(b: LevelBook, row: Any, who: int, does: int) -> None:
    """Notes what becomes of a patient."""
    time, p = row.time, b.patients[who]
    blocked, p.blocked = p.blocked, -1
    if does == TAKES:
        keep.take(b, who, row.element, row.pool, row.units)
    elif does == GIVES_BACK:
        keep.give_back(b, who, time, row.element, row.pool, row.units)
    elif does == JOINS:
        p.state, p.element = WAITING, row.element
        keep.begin(b, who, time, row.need_tier, row.footprint, ANY)
    elif does == ENDS_WAIT:
        if p.state == WAITING:
            _stop_waiting(b, who, time)
    elif does == LEAVES:
        p.inside = 0
    elif does != COMES:
        _blocked_or_moves(b, row, who, does, blocked)


@woven
def _blocked_or_moves(b: LevelBook, row: Any, who: int, does: int, blocked: int) -> None:
    """Counts a row that may say that a patient is blocked, or moves; ``blocked`` is from the row before."""
    p = b.patients[who]
    if does == IS_BLOCKED:
        p.blocked = row.element
    elif does == BEGINS_MOVE and blocked >= 0:
        p.state = MOVING
        keep.begin(b, who, row.time, row.need_tier, row.footprint, blocked)
    elif does == ENDS_MOVE and p.state == MOVING:
        p.state = IDLE
        keep.finish(b, who, row.time, row.element)


@woven
def _come(b: LevelBook, row: Any, who: int) -> None:
    """Begins with a patient of whom no row was seen before."""
    keep.forget(b, who)
    p = b.patients[who]
    p.identity, p.state, p.blocked, p.inside = row.patient, IDLE, -1, 1
    change(b, b.numbers[0].inside, row.time, 1)


@woven
def _stop_waiting(b: LevelBook, who: int, time: float) -> None:
    """Ends a patient's wait."""
    p = b.patients[who]
    p.state = IDLE
    b.waiting[keep.cell(b, p.element, p.tier, p.footprint)] += keep.counted_days(b, p.since, time)
    keep.finish(b, who, time, p.element)


@jit
def close(address: Any) -> None:
    """Counts everything to the end of the run; ``address`` is what :data:`levels_at` takes."""
    b = levels_at(address)
    end = b.numbers[0].end
    for number in range(len(b.tracks)):
        pass_time(b, number, end)
    for who in range(len(b.patients)):
        if b.patients[who].state == WAITING:
            _stop_waiting(b, who, end)
        elif b.patients[who].state == MOVING:
            keep.finish(b, who, end, -1)
