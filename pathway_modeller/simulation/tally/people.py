"""Counting patients and people while a replication is played."""

from __future__ import annotations

from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.jit import COMPILED
from pathway_modeller.simulation.tally.cells import Cells
from pathway_modeller.simulation.tally.growing import Entries
from pathway_modeller.simulation.tally.people_facts import (
    ACCOUNT_EVENTS,
    ACCOUNT_MOVES,
    AccountFacts,
    Clocks,
    Events,
    PeopleFacts,
    PeopleMoves,
    Times,
    Values,
)
from pathway_modeller.simulation.tally.people_rows import count, release_some
from pathway_modeller.simulation.tally.people_state import CLOCK, MOVE, SLOT, make_book
from pathway_modeller.simulation.tally.wanted import Wanted

_AT_ONCE = 1 << 15
"""Rows that are counted in one go, so that the room made for what they may add stays small."""


class PeopleTally:
    """Counts patients and people row by row."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._book = make_book(wanted)
        self._slots = _free_slots(64)
        self._clocks = _free_clocks(64, len(wanted.clocks))
        self._entries = tuple(Entries(_shown) for _ in range(5))
        self._moves = _shown(np.zeros(64 if wanted.legend.people else 0, dtype=MOVE))
        self._moved = np.zeros(1, dtype=np.int64)

    def take(self, rows: Any, who: Any) -> None:
        """Counts some rows; see :class:`pathway_modeller.simulation.tally.tally.Tally`."""
        self._make_slots(int(who.max(initial=-1)) + 1)
        for first in range(0, len(rows), _AT_ONCE):
            some = _shown(rows[first : first + _AT_ONCE])
            self._make_room(len(some))
            moves = (self._moves, self._moved)
            count(
                self._book,
                self._slots,
                self._clocks,
                some,
                who[first : first + _AT_ONCE],
                self._lists(),
                moves,
            )

    def finished(self) -> PeopleFacts:
        """Returns what was found, once the replication has ended."""
        for first in range(0, len(self._slots), _AT_ONCE):
            self._make_room(_AT_ONCE)
            end = min(first + _AT_ONCE, len(self._slots))
            release_some(self._book, self._slots, self._clocks, first, end, self._lists())
        book, legend = self._book, self._wanted.legend
        cells, kinds = len(Cells.of(legend)), len(book.by_cell)
        waited, waiting, gone = (entries.by_cell(cells) for entries in self._entries[:3])
        names = (*ACCOUNT_EVENTS, *ACCOUNT_MOVES)
        return PeopleFacts(
            events=Events(
                book.by_cell.reshape(kinds, cells),
                book.deteriorations.reshape(-1, cells),
                book.contacts.reshape(-1, cells),
            ),
            waited=waited,
            waiting=waiting,
            caseloads=Times(book.listed_days, book.listed_on),
            inside=Times(book.inside_days, book.inside_on),
            gone=gone,
            clocks=self._clock_facts(),
            account=AccountFacts(
                dict(zip(names, book.counts, strict=True)), np.cumsum(book.stock, axis=1)[:, :-1]
            ),
            moves=self._people_moves(),
        )

    def _clock_facts(self) -> tuple[Clocks, ...]:
        """Returns the facts of each standard."""
        book, number = self._book, len(self._wanted.clocks)
        groups = len(book.inside_on)
        stopped, last = (entries.by_cell(number * groups) for entries in self._entries[3:])
        found = []
        for k in range(number):
            looks = slice(int(book.instants_from[k]), int(book.instants_from[k + 1]))
            found.append(
                Clocks(
                    stopped=_part(stopped, k, groups),
                    within=book.within[k],
                    stopped_by_month=book.stopped_by_month[k],
                    within_by_month=book.within_by_month[k],
                    running=book.running[k],
                    over=book.over[k],
                    removed=book.removed[k],
                    looked=book.looked[looks],
                    looked_within=book.looked_within[looks],
                    last=_part(last, k, groups),
                )
            )
        return tuple(found)

    def _people_moves(self) -> PeopleMoves:
        """Returns the changes of the number of people."""
        made = np.asarray(self._moves)[: int(self._moved[0])]
        return PeopleMoves(
            times=made["time"].copy(),
            left=made["left"].astype(np.int64),
            reached=made["reached"].astype(np.int64),
            by_patient=made["patient"] >= 0,
        )

    def _lists(self) -> Any:
        """Returns what figures are gathered in, as compiled functions take it."""
        return tuple((entries.block, entries.used) for entries in self._entries)

    def _make_slots(self, number: int) -> None:
        """Sees to it that there are so many slots."""
        if number > len(self._slots):
            more = max(number, 2 * len(self._slots)) - len(self._slots)
            clocks = self._clocks.shape[1]
            self._slots = _shown(np.concatenate((self._slots, _free_slots(more))))
            self._clocks = _shown(np.concatenate((self._clocks, _free_clocks(more, clocks))))

    def _make_room(self, rows: int) -> None:
        """Makes room for what so many rows may add; each may end a patient's stay and begin another's."""
        for entries, each in zip(self._entries, (1, 2, 1, 1, 2), strict=True):
            entries.make_room(rows * each * (max(len(self._wanted.clocks), 1) if each else 1))
        if len(self._moves) and int(self._moved[0]) + rows > len(self._moves):
            more = np.zeros(max(rows, len(self._moves)), dtype=MOVE)
            self._moves = _shown(np.concatenate((self._moves, more)))


def _shown(array: Any) -> Any:
    """Returns records whose fields can be reached by name whether or not functions are compiled."""
    return array if COMPILED else array.view(np.recarray)


def _free_slots(number: int) -> Any:
    """Returns slots of nobody."""
    slots = np.zeros(number, dtype=SLOT)
    slots["patient"] = -1
    for name in ("joined", "listed", "left_queue"):
        slots[name] = np.nan
    return _shown(slots)


def _free_clocks(number: int, standards: int) -> Any:
    """Returns clocks that do not run."""
    clocks = np.zeros((number, standards), dtype=CLOCK)
    clocks["begin"] = np.nan
    return _shown(clocks)


def _part(values: Values, k: int, groups: int) -> Values:
    """Returns the values of one standard."""
    first = values.first[k * groups : (k + 1) * groups + 1]
    return Values(values.values[first[0] : first[-1]], first - first[0])
