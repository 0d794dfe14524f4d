"""Counting patients and people while a replication is played."""

from __future__ import annotations

from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.numba_inside.dispatch import COMPILED
from pathway_modeller.simulation.compiled.numba_inside.table_types import listed, shown
from pathway_modeller.simulation.tally.buffer_pool import Memory
from pathway_modeller.simulation.tally.cells import Cells
from pathway_modeller.simulation.tally.growable_buffer import Entries
from pathway_modeller.simulation.tally.patient_state import free_patients
from pathway_modeller.simulation.tally.people_book import Book
from pathway_modeller.simulation.tally.people_facts import (
    ACCOUNT_EVENTS,
    ACCOUNT_MOVES,
    AccountFacts,
    Clocks,
    Counted,
    Events,
    PeopleFacts,
    PeopleMoves,
    Times,
    Values,
)
from pathway_modeller.simulation.tally.people_rows import BY_CELL, BY_CLOCK, LISTS, ByCell, ByClock
from pathway_modeller.simulation.tally.people_state import MOVE, SHAPES, make_book
from pathway_modeller.simulation.tally.rows import release_all
from pathway_modeller.simulation.tally.tally_request import Wanted

_AT_ONCE = 1 << 15
"""Rows for which room is made at a time."""


_PATIENTS = "patients"


class PeopleTally:
    """Holds what patients and people are counted into.

    Attributes:
        where: what :data:`pathway_modeller.simulation.tally.people_state.people_at` takes.
    """

    def __init__(self, wanted: Wanted, memory: Memory) -> None:
        self._wanted, self._memory, self._lent = wanted, memory, list[Any]()
        self._turn_to(make_book(wanted, memory.needed.get(_PATIENTS, 0)))
        cells, groups = len(Cells.of(wanted.legend)), len(self._book.inside_on)
        self._sizes = {name: cells if name in BY_CELL else groups * len(wanted.clocks) for name in LISTS}
        self._lists = {
            name: Entries(size, memory, memory.needed.get(name, 0)) for name, size in self._sizes.items()
        }

    def make_room(self, patients: int) -> bool:
        """Makes room for more rows; tells whether there was too little.

        Args:
            patients: how many must be told apart.
        """
        before = self._book
        self._make_slots(patients)
        return self._make_list_room(_AT_ONCE) or self._book is not before

    def finished(self) -> PeopleFacts:
        """Returns what was found, once the replication has ended.

        Raises:
            ValueError: there was a patient of a combination that the legend says cannot occur.
        """
        self._note_needed()
        refused = int(self._book.numbers[0]["refused"])
        if refused >= 0:
            raise self._wanted.legend.groups.refusal(refused)
        done = 0
        while (done := int(release_all(self.where, done))) < len(self._book.slots):
            self._make_list_room(_AT_ONCE)
        book = self._book
        return PeopleFacts(
            events=Events(book.by_cell, book.deteriorations, book.contacts),
            lists={name: self._values(name) for name in BY_CELL},
            caseload_time=Times(book.listed_days, book.listed_on),
            inside_time=Times(book.inside_days, book.inside_on),
            clocks=self._clocks(),
            account=self._account(),
            moves=self._moves(),
        )

    def hand_back(self) -> None:
        """Gives back the memory in which the figures of what was found stand."""
        while self._lent:
            self._memory.take_back(self._lent.pop())

    def _note_needed(self) -> None:
        """Notes how much room was needed, for the next replication."""
        self._memory.needed[_PATIENTS] = len(self._book.slots)
        for name, entries in self._lists.items():
            self._memory.needed[name] = len(entries.codes)

    def _turn_to(self, book: Book) -> None:
        """Takes another book, and notes where its tables lie."""
        self._book, self._listed = book, listed(book, SHAPES)
        self.where = self._listed.ctypes.data if COMPILED else book

    def _values(self, name: ByCell | ByClock) -> Values:
        """Returns the figures of a list by cell."""
        book, place = self._book, LISTS.index(name)
        found = self._lists[name].by_cell(int(book.used[place]), book.zeros[place, : self._sizes[name]])
        self._lent.append(found.values)
        return found

    def _clocks(self) -> tuple[Clocks, ...]:
        """Returns the facts of each standard."""
        book, number = self._book, len(self._wanted.clocks)
        groups = len(book.inside_on)
        lists = {name: self._values(name) for name in BY_CLOCK}
        found = []
        for k in range(number):
            looks = slice(int(book.instants_from[k]), int(book.instants_from[k + 1]))
            found.append(
                Clocks(
                    **{name: _part(values, k, groups) for name, values in lists.items()},
                    within=book.within[k],
                    stopped_by_month=book.stopped_by_month[k],
                    within_by_month=book.within_by_month[k],
                    running=book.running[k],
                    over=book.over[k],
                    removed=book.removed[k],
                    looked=book.looked[looks],
                    looked_within=book.looked_within[looks],
                )
            )
        return tuple(found)

    def _account(self) -> AccountFacts:
        """Returns the account of contacts."""
        names, months = (*ACCOUNT_EVENTS, *ACCOUNT_MOVES), len(self._wanted.edges) - 1
        elements, tiers = len(self._wanted.legend.elements) + 1, len(self._wanted.legend.need_tiers) + 1
        counts = self._book.counts.reshape(len(names), months, elements, tiers)
        stock = self._book.stock.reshape(2, months + 1, elements, tiers)
        return AccountFacts(dict(zip(names, counts, strict=True)), stock)

    def _moves(self) -> PeopleMoves:
        """Returns the changes of the number of people."""
        made = np.asarray(self._book.moves)[: int(self._book.numbers[0]["moved"])]
        return PeopleMoves(
            times=made["time"].copy(),
            left=made["left"].astype(np.int64),
            reached=made["reached"].astype(np.int64),
            by_patient=made["patient"] >= 0,
        )

    def _make_slots(self, number: int) -> None:
        """Sees to it that there are so many slots."""
        book, used = self._book, len(self._book.slots)
        if number > used:
            more = free_patients(max(number, 2 * used), book.clocks.shape[1])
            for name, table in more.items():
                table[:used] = getattr(book, name)
            self._turn_to(book._replace(**more))

    def _make_list_room(self, rows: int) -> bool:
        """Makes room for what so many rows may add; tells whether there was too little."""
        book, larger, short = self._book, dict[str, Any](), False
        for place, name in enumerate(LISTS):
            used, need, entries = int(book.used[place]), rows * int(book.each[place]), self._lists[name]
            if used + need > len(entries.codes):
                entries.begin_block(used, need)
                book.used[place], book.room[place], short = 0, len(entries.codes), True
                larger |= {f"{name}_codes": entries.codes, f"{name}_values": entries.values}
        moves = book.moves
        if len(moves) and int(book.numbers[0]["moved"]) + rows > len(moves):
            more = np.zeros(max(rows, len(moves)), dtype=MOVE)
            larger["moves"] = shown(np.concatenate((moves, more)))
        if larger:
            self._turn_to(book._replace(**larger))
        return short


def _part(values: Values, k: int, groups: int) -> Values:
    """Returns the values of one standard."""
    first = values.first[k * groups : (k + 1) * groups + 1]
    return Counted(values.values[first[0] : first[-1]], first - first[0])
