"""What each row of a replication says of levels."""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.compiled.jit import jit, rare, woven
from pathway_modeller.simulation.tally import keeping as keep
from pathway_modeller.simulation.tally.doing import (
    BEGINS_MOVE,
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
from pathway_modeller.simulation.tally.following import change, open_units, pass_time, rise
from pathway_modeller.simulation.tally.keeping import ANY, IDLE, MOVING, WAITING
from pathway_modeller.simulation.tally.level_book import SHAPES, LevelBook
from pathway_modeller.simulation.tally.tables import pointed

levels_at: Any = pointed(LevelBook, SHAPES)
"""Turns the address of a book's tables into the book; where nothing is compiled, takes the book itself."""


@woven
def follow(b: LevelBook, row: Any, who: int) -> bool:
    """Counts a row, unless there is no room for what it changes; tells whether it did."""
    does = b.does[row.event]
    if does == NOTHING:
        return True
    if does == OPENS:
        return _open(b, row)
    if b.patients[who].identity != row.patient and not _come(b, row, who):
        return False
    if does == TAKES:
        return _take(b, row, who)
    if does == GIVES_BACK:
        return _give_back(b, row, who)
    if does == JOINS:
        return _join(b, row, who)
    _patient(b, row, who, does)
    return True


@rare
def _open(b: LevelBook, row: Any) -> bool:
    """Counts a change of open units, and notes it; tells whether there was room."""
    n = b.numbers[0]
    if n.opened == len(b.opened):
        return False
    note = b.opened[n.opened]
    note.time, note.body, note.units = row.time, row.pool, row.units
    n.opened += 1
    open_units(b, row.pool, row.time, row.units)
    return True


@woven
def _come(b: LevelBook, row: Any, who: int) -> bool:
    """Begins with a patient of whom no row was seen before; tells whether there was room."""
    if not rise(b, b.numbers[0].inside, row.time, 1):
        return False
    keep.forget(b, who)
    p = b.patients[who]
    p.identity, p.state, p.blocked, p.inside = row.patient, IDLE, -1, 1
    return True


@woven
def _take(b: LevelBook, row: Any, who: int) -> bool:
    """Counts units that a patient takes; tells whether there was room."""
    if not keep.has_room(b) or not rise(b, b.numbers[0].inside + 1 + row.pool, row.time, row.units):
        return False
    keep.take(b, who, row.element, row.pool, row.units)
    b.patients[who].blocked = -1
    return True


@woven
def _give_back(b: LevelBook, row: Any, who: int) -> bool:
    """Counts units that a patient gives back, for which there always is room."""
    change(b, b.numbers[0].inside + 1 + row.pool, row.time, -row.units)
    keep.give_back(b, who, row.time, row.element, row.pool, row.units)
    b.patients[who].blocked = -1
    return True


@woven
def _join(b: LevelBook, row: Any, who: int) -> bool:
    """Counts a patient who joins a queue; tells whether there was room."""
    if not rise(b, row.element, row.time, 1):
        return False
    p = b.patients[who]
    p.state, p.element, p.blocked = WAITING, row.element, -1
    keep.begin(b, who, row.time, keep.group_of(b, row), ANY)
    return True


@woven
def _patient(b: LevelBook, row: Any, who: int, does: int) -> None:
    """Counts what else becomes of a patient; it is said of nobody but the row before that it blocks them."""
    p = b.patients[who]
    if does == ENDS_WAIT:
        if p.state == WAITING:
            change(b, p.element, row.time, -1)
            _stop_waiting(b, who, row.time)
    elif does == LEAVES:
        if p.inside:
            change(b, b.numbers[0].inside, row.time, -1)
            p.inside = 0
    elif does == BEGINS_MOVE and p.blocked >= 0:
        p.state = MOVING
        keep.begin(b, who, row.time, keep.group_of(b, row), p.blocked)
    elif does == ENDS_MOVE and p.state == MOVING:
        p.state = IDLE
        keep.finish(b, who, row.time, row.element)
    p.blocked = row.element if does == IS_BLOCKED else -1


@woven
def _stop_waiting(b: LevelBook, who: int, time: float) -> None:
    """Ends a patient's wait."""
    p = b.patients[who]
    p.state = IDLE
    b.waiting[keep.cell(b, p.element, p.group)] += keep.counted_days(b, p.since, time)
    keep.finish(b, who, time, p.element)


@jit
def close(address: Any) -> None:
    """Counts everything to the end of the run; ``address`` is what :data:`levels_at` takes."""
    b = levels_at(address)
    end = b.numbers[0].end
    for number in range(len(b.tracks)):
        pass_time(b, number, b.tracks[number], end)
    for who in range(len(b.patients)):
        if b.patients[who].state == WAITING:
            _stop_waiting(b, who, end)
        elif b.patients[who].state == MOVING:
            keep.finish(b, who, end, -1)
