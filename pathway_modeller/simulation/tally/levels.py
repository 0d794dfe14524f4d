"""Following levels while a replication is played."""

from __future__ import annotations

from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED
from pathway_modeller.simulation.compiled.numba_inside.table_types import listed
from pathway_modeller.simulation.tally.level_book import (
    SHAPES,
    LevelBook,
    make_level_book,
    with_more_room,
)
from pathway_modeller.simulation.tally.level_facts import BodyFact, LevelFact, LevelFacts
from pathway_modeller.simulation.tally.level_rows import close
from pathway_modeller.simulation.tally.tally_request import Wanted


class LevelTally:
    """Holds what levels are followed in.

    Attributes:
        where: what :data:`pathway_modeller.simulation.tally.level_rows.levels_at` takes.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._use(make_level_book(wanted))

    def _use(self, book: LevelBook) -> None:
        """Counts in a book from now on."""
        self._book, self._listed = book, listed(book, SHAPES)
        self.where = self._listed.ctypes.data if COMPILED else book

    def make_room(self, row: Any) -> None:
        """Makes room for more rows, of which one will be counted next."""
        self._use(with_more_room(self._book, row))

    def finished(self, people_where: Any) -> LevelFacts:
        """Returns what was found, once the replication has ended.

        Args:
            people_where: what :data:`pathway_modeller.simulation.tally.people_state.people_at` takes.
        """
        book = self._book
        close(self.where, people_where)
        inside, bodies = int(book.numbers[0]["inside"]), len(book.kept_units)
        first = inside + 1 + bodies
        return LevelFacts(
            knots=book.knots,
            areas=book.areas,
            highest=book.peaks,
            queues=tuple(_level(book, number) for number in range(inside)),
            inside=_level(book, inside),
            bodies=_bodies(book),
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
    days = book.days[track["first"] : track["first"] + track["room"]]
    held = np.flatnonzero(days)
    return LevelFact(book.areas[number], book.peaks[number], days[: held[-1] + 1 if len(held) else 0])


def _bodies(book: LevelBook) -> tuple[BodyFact, ...]:
    """Returns what was found of the bodies of capacity."""
    number, noted = len(book.kept_units), book.opened[: int(book.numbers[0]["opened"])]
    body = noted["body"].astype(np.min_scalar_type(number))  # small numbers are sorted soonest
    order = np.argsort(body, kind="stable")
    first = np.searchsorted(body[order], np.arange(number + 1)).tolist()
    return tuple(_body(book, each, noted[order[first[each] : first[each + 1]]]) for each in range(number))


def _body(book: LevelBook, body: int, changes: Any) -> BodyFact:
    """Returns what was found of one body of capacity, of which changes of open units are given."""
    number = int(book.numbers[0]["inside"]) + 1 + body
    track = book.tracks[number]
    counted = slice(int(book.numbers[0]["counted"]), None)
    used = float(book.areas[number, counted].sum() - book.free[body, counted].sum())
    return BodyFact(
        in_use=_level(book, number),
        free_areas=book.free[body],
        within=max(used - float(track["beyond"]), 0.0),
        beyond=float(track["beyond"]),
        times=np.array(changes["time"]),
        units=np.array(changes["units"]),
    )
