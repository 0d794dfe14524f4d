"""Following levels while a replication is played."""

from __future__ import annotations

from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.jit import COMPILED
from pathway_modeller.simulation.compiled.table_types import listed
from pathway_modeller.simulation.tally.chunk import CHUNK, Chunk, chunk_of
from pathway_modeller.simulation.tally.level_book import (
    SHAPES,
    LevelBook,
    make_level_book,
    with_more_patients,
    with_more_room,
)
from pathway_modeller.simulation.tally.level_facts import BodyFact, LevelFact, LevelFacts
from pathway_modeller.simulation.tally.level_rows import close, follow
from pathway_modeller.simulation.tally.wanted import Wanted
from pathway_modeller.simulation.trace import Event


class LevelTally:
    """Follows levels row by row."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._use(make_level_book(wanted))

    def _use(self, book: LevelBook) -> None:
        """Counts in a book from now on."""
        self._book, self._where = book, listed(book, SHAPES)

    def take(self, rows: Any, who: Any) -> None:
        """Counts some rows; see :class:`pathway_modeller.simulation.tally.tally.Tally`."""
        if not len(rows):
            return
        patients = int(who.max()) + 1
        if patients > len(self._book.patients):
            self._use(with_more_patients(self._book, patients))
        chunk, done = chunk_of(rows, who), 0
        while (done := self._counted(chunk, done)) < len(rows):
            taken = rows["units"][rows["event"] == Event.ACQUIRE]  # of other events, units say other things
            self._use(with_more_room(self._book, int(taken.max(initial=1))))

    def _counted(self, chunk: Chunk, first: int) -> int:
        """Counts rows from one on; returns how far there was room."""
        if not COMPILED:
            return follow(self._book, chunk, first)
        where = listed(chunk, CHUNK)
        return int(follow(self._where.ctypes.data, where.ctypes.data, first))

    def finished(self) -> LevelFacts:
        """Returns what was found, once the replication has ended."""
        book = self._book
        close(self._where.ctypes.data if COMPILED else book)
        inside, bodies = int(book.numbers[0]["inside"]), len(book.kept_units)
        first = inside + 1 + bodies
        return LevelFacts(
            knots=book.knots,
            queues=tuple(_level(book, number) for number in range(inside)),
            inside=_level(book, inside),
            bodies=tuple(_body(book, body) for body in range(bodies)),
            together={
                bodies: _level(book, first + number)
                for number, bodies in enumerate(self._wanted.levels.together)
            },
            waiting=book.waiting,
            kept_units=book.kept_units,
            kept_elements=book.kept_elements,
            kept_patients=book.kept_patients,
        )


def _level(book: LevelBook, number: int) -> LevelFact:
    """Returns what was found of one level."""
    track = book.tracks[number]
    days = np.trim_zeros(book.days[track["first"] : track["first"] + track["room"]], "b")
    return LevelFact(book.areas[number], book.peaks[number], days)


def _body(book: LevelBook, body: int) -> BodyFact:
    """Returns what was found of one body of capacity."""
    number = int(book.numbers[0]["inside"]) + 1 + body
    track, noted = book.tracks[number], book.opened[: int(book.numbers[0]["opened"])]
    mine = noted[noted["body"] == body]
    return BodyFact(
        in_use=_level(book, number),
        free_areas=book.free[body],
        within=float(track["within"]),
        beyond=float(track["beyond"]),
        times=np.array(mine["time"]),
        units=np.array(mine["units"]),
    )
