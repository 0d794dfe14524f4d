"""Counting rows, one after another, into all that is counted."""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.compiled.jit import jit
from pathway_modeller.simulation.tally.chunk import chunk_at
from pathway_modeller.simulation.tally.level_rows import follow, levels_at
from pathway_modeller.simulation.tally.people_rows import count, people_at, rows_fitting
from pathway_modeller.simulation.tally.tables import fetch

AHEAD = 16
"""Rows ahead for which records are asked for; a record comes from the main memory within about as many."""


@jit
def count_rows(people_where: Any, levels_where: Any, chunk_where: Any, first: int) -> int:
    """Counts rows from one on; returns how far it came: not to the end if there is no room.

    Args:
        people_where: what :data:`people_at` takes.
        levels_where: what :data:`levels_at` takes.
        chunk_where: what :data:`chunk_at` takes.
        first: the place of the first row to count.
    """
    people, levels, chunk = people_at(people_where), levels_at(levels_where), chunk_at(chunk_where)
    last = len(chunk.rows) - 1
    end = min(len(chunk.rows), first + rows_fitting(people))
    for place in range(first, end):
        ahead = chunk.who[min(place + AHEAD, last)]
        fetch(levels.patients, ahead)
        fetch(people.slots, ahead)
        if people.numbers[0].clocks > 0:
            fetch(people.clocks, (ahead, 0))
        row, who = chunk.rows[place], chunk.who[place]
        if who >= len(people.slots) or who >= len(levels.patients) or not follow(levels, row, who):
            return place
        count(people, row, who)
    return end
