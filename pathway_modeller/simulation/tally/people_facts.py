"""What is known of patients and people: how many, how long, what became of them.

Tables over cells have one figure for each of :class:`pathway_modeller.simulation.tally.cells.Cells`. "In the
period" is from the end of the warm-up period on and before the end of the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ACCOUNT_EVENTS = ("joins", "starts", "missed", "gave_up", "turned_away", "deteriorated")
"""The events that an account counts by month, in the order of the rows of a tally."""
ACCOUNT_MOVES = ("rejoined", "returned", "changed_in", "changed_out")
"""What an account counts beside them."""
WAITING, PRESENT, AWAY = 0, 1, 2
"""Where a patient is: in a queue, at an element otherwise, gone."""
CARRY_RUNNING, CARRY_STOPPED = 1, 2
"""What of a standard's clock those carry who are there at time 0, if anything."""


@dataclass(frozen=True, eq=False)
class Values:
    """Figures by cell.

    Attributes:
        values: cell after cell, each in rising order.
        first: where each cell's values begin, and the number of all; shape (cells + 1,).
    """

    values: Floats
    first: Ints

    @cached_property
    def sizes(self) -> Ints:
        """How many values each cell has."""
        return self.first[1:] - self.first[:-1]

    @cached_property
    def sums(self) -> Floats:
        """The sum of each cell's values."""
        return self._added(self.values)

    @cached_property
    def positive(self) -> Floats:
        """How many of each cell's values are above zero."""
        return self.above(0.0)

    def above(self, days: float) -> Floats:
        """Returns how many of each cell's values are larger than a number."""
        return self._added((self.values > days).view(np.int8))

    def _added(self, figures: npt.NDArray[np.generic]) -> Floats:
        """Returns the sum over each cell of figures that stand as the values do."""
        cells, begins = self._some
        found = np.zeros(len(self.first) - 1)
        if len(cells):
            found[cells] = np.add.reduceat(figures, begins, dtype=np.float64)
        return found

    @cached_property
    def _some(self) -> tuple[Ints, Ints]:
        """The cells that have values, and where these begin."""
        cells = np.flatnonzero(self.sizes)
        return cells, self.first[cells]


def behind(*lists: Values) -> Values:
    """Returns the figures of several lists, the cells of one behind those of the one before."""
    firsts, end = [], 0
    for each in lists:
        firsts.append(each.first[:-1] + end)
        end += int(each.first[-1])
    firsts.append(np.array([end], dtype=np.int64))
    return Values(np.concatenate([each.values for each in lists]), np.concatenate(firsts))


class Counted(Values):
    """Figures that compiled functions have gathered, and may look through as well."""


@dataclass(frozen=True, eq=False)
class Events:
    """What happened in the period.

    Attributes:
        by_cell: number of each kind of event, shape (kinds of events, cells); 0 where no figure asks
            (:data:`pathway_modeller.simulation.tally.people_events.NOTED_EVENTS`).
        deteriorations: number of each deterioration of the legend, shape (deteriorations + 1, cells); the
            last is for those that the legend does not name.
        contacts: attended starts of each month, shape (months, cells).
    """

    by_cell: Ints
    deteriorations: Ints
    contacts: Ints


@dataclass(frozen=True, eq=False)
class Times:
    """Time spent somewhere.

    Attributes:
        days: patient-days within the period, by cell.
        going_on: patients who are there when the run ends, by cell.
    """

    days: Floats
    going_on: Ints


@dataclass(frozen=True, eq=False)
class Clocks:
    """The clocks of one standard, by patient group.

    Attributes:
        stopped: days of the clocks stopped in the period.
        within: how many of these were within the limit.
        stopped_by_month: how many were stopped in each month.
        within_by_month: how many of these were within the limit.
        running: clocks that run when the run ends.
        over: those of them that are beyond the limit.
        removed: clocks that ended in the period without being stopped.
        looked: clocks that run at each instant at which they are looked at, shape (instants, groups).
        looked_within: those of them that are within the limit, the same shape.
        last: days so far of those that run at the last of these instants.
        censored: days of the clocks that were not seen to stop: those removed in the period, and those that
            run when the run ends.
        entered: of the clocks stopped and censored that were started before the period, the days that they
            had run when it began.
    """

    stopped: Values
    within: Ints
    stopped_by_month: Ints
    within_by_month: Ints
    running: Ints
    over: Ints
    removed: Ints
    looked: Ints
    looked_within: Ints
    last: Values
    censored: Values
    entered: Values

    @cached_property
    def watched(self) -> Values:
        """Stopped, censored and entered behind one another, as the product-limit estimate takes them."""
        return behind(self.stopped, self.censored, self.entered)


@dataclass(frozen=True, eq=False)
class AccountFacts:
    """Who joined each queue and what became of them; elements and need tiers end with "none".

    Attributes:
        counts: number in each month by name, each of shape (months, elements + 1, tiers + 1).
        stock: patients who wait, and who are at the element otherwise, just before each edge of the months,
            shape (2, months + 1, elements + 1, tiers + 1).
    """

    counts: Mapping[str, Ints]
    stock: Ints


@dataclass(frozen=True, eq=False)
class PeopleMoves:
    """Changes of the number of people, in order of time, then of patient; empty where nobody moves.

    Attributes:
        times: days.
        left, reached: compartment (need tier times number of footprints plus footprint), -1 for none.
        by_patient: whether it was a patient; else a move of the population.
    """

    times: Floats
    left: Ints
    reached: Ints
    by_patient: Flags


@dataclass(frozen=True, eq=False)
class PeopleFacts:
    """Patients and people.

    Attributes:
        events: what happened in the period.
        lists: days by cell, under the names of :data:`pathway_modeller.simulation.tally.people_rows.BY_CELL`.
        caseload_time: time on caseloads, by cell of the coming on.
        inside_time: time on the pathway, by patient group.
        clocks: of each standard, in order of id.
        account: the account of contacts.
        moves: changes of the number of people.
    """

    events: Events
    lists: Mapping[str, Values]
    caseload_time: Times
    inside_time: Times
    clocks: tuple[Clocks, ...]
    account: AccountFacts
    moves: PeopleMoves
