"""Counting rows, one after another, into all that is counted."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.jit import always_inlined, cold, jit
from pathway_modeller.simulation.compiled.layout import Shape
from pathway_modeller.simulation.compiled.numba_inside.tally_tables import fetch, table_of
from pathway_modeller.simulation.record import ROW
from pathway_modeller.simulation.tally import level_rows as levels
from pathway_modeller.simulation.tally import people_rows as people
from pathway_modeller.simulation.tally.event_effects import GIVES_BACK, JOINS, OPENS, STARTS, TAKES
from pathway_modeller.simulation.tally.following import end_spans
from pathway_modeller.simulation.tally.level_book import LevelBook
from pathway_modeller.simulation.tally.level_rows import levels_at
from pathway_modeller.simulation.tally.people_book import Book
from pathway_modeller.simulation.tally.people_events import MOVES
from pathway_modeller.simulation.tally.people_state import people_at

rows_of: Any = table_of(Shape(ROW))
who_of: Any = table_of(Shape(np.dtype("<i8")))
"""Turn arrays into tables, which cost less to read."""

AHEAD = 16
"""Rows ahead for which records are asked for; a record comes from the main memory within about as many."""
_NUMBER = (1 << 63) - 1
"""All bits of a number but the sign: with these alone, a number below 0 is a very large one."""


@jit
def count_rows(people_where: Any, levels_where: Any, given: Any, given_who: Any, first: int) -> int:
    """Counts rows from one on; returns how far it came: not to the end if there is no room.

    Args:
        people_where: what :data:`people_at` takes.
        levels_where: what :data:`levels_at` takes.
        given: rows in the order of happening, an array of the type ``ROW``.
        given_who: small numbers of their patients, an array of int64.
        first: the place of the first row to count.
    """
    book, level_book = people_at(people_where), levels_at(levels_where)
    rows, patients = rows_of(given), who_of(given_who)
    last = len(rows) - 1
    end = min(len(rows), first + people.rows_fitting(book))
    turn = -math.inf
    for place in range(first, end):
        ahead = patients[min(place + AHEAD, last)]
        fetch(book.slots, ahead)
        fetch(book.clocks, (ahead, 0))
        row, who = rows[place], patients[place]
        if row.time >= turn:
            turn = _turn(book, level_book, row.time)
        if who & _NUMBER >= len(book.slots):
            counted = row.patient < 0 and _without_patient(book, level_book, row)
        else:
            counted = _of_patient(book, level_book, row, who)
        if not counted:
            return place
    return end


@jit
def release_all(where: Any, first: int) -> int:
    """Ends what goes on for patients when the run ends; returns how far it came, while there was room.

    Args:
        where: what :data:`people_at` takes.
        first: the first slot to look at.
    """
    b = people_at(where)
    people.end_months(b, b.numbers[0].end)
    end = min(len(b.slots), first + people.rows_fitting(b))
    for who in range(first, end):
        if b.slots[who].patient >= 0:
            people.release(b, who)
    return end


@cold
def _turn(b: Book, levels_book: LevelBook, time: float) -> float:
    """Turns to the month and the span of a time; returns when the next of either begins."""
    if time >= b.numbers[0].month_end:
        people.end_months(b, time)
    if time >= levels_book.numbers[0].span_end:
        end_spans(levels_book, time)
    return float(min(b.numbers[0].month_end, levels_book.numbers[0].span_end))


@cold
def _without_patient(b: Book, levels_book: LevelBook, row: Any) -> bool:
    """Counts a row of capacity or of the population; tells whether there was room."""
    if b.means[row.event] & MOVES:
        people.move(b, row)
    return levels_book.does[row.event] != OPENS or levels.open_more(levels_book, row)


@always_inlined
def _of_patient(b: Book, level_book: LevelBook, row: Any, who: int) -> bool:
    """Counts a patient's row; tells whether there was room."""
    slot, rest, does = b.slots[who], b.rest[who], level_book.does[row.event]
    if slot.patient != row.patient and not _enter(b, level_book, row, who):
        return False
    if does == TAKES:
        return levels.take(level_book, row, slot)
    if does == GIVES_BACK:
        levels.give_back(level_book, row, slot, rest)
    elif does == JOINS:
        group = people.group_of(b, row)
        if not levels.join(level_book, row, slot, rest, group):
            return False
        people.join(b, row, slot, who, group)
    elif does == STARTS:
        levels.end_wait(level_book, slot, rest, row.time)
        people.start(b, row, slot, who)
    else:
        group = people.group_of(b, row)
        levels.otherwise(level_book, row, slot, rest, group, does)
        people.otherwise(b, row, slot, who, group)
    return True


@always_inlined
def _enter(b: Book, level_book: LevelBook, row: Any, who: int) -> bool:
    """Begins with a patient of whom no row was seen before; tells whether there was room."""
    slot = b.slots[who]
    if slot.patient >= 0:
        people.release(b, who)
    if not levels.enter(level_book, slot, row.time):
        return False
    people.enter(b, row, slot)
    return True
