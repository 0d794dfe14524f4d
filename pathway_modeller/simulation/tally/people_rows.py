"""Counting the rows of patients and people, one after another."""

from __future__ import annotations

import math
from typing import Any

from pathway_modeller.simulation.compiled.jit import jit, part, woven
from pathway_modeller.simulation.tally.people_events import (
    ASIDE,
    CHANGES_NOTHING,
    ENDS_WAIT,
    LEAVES,
    MOVES,
    NOTED,
    REACHES,
    STOPS,
)
from pathway_modeller.simulation.tally.people_facts import (
    ACCOUNT_EVENTS,
    ACCOUNT_MOVES,
    AWAY,
    PRESENT,
    WAITING,
)
from pathway_modeller.simulation.tally.people_state import LISTS, SHAPES, Book
from pathway_modeller.simulation.tally.tables import pointed
from pathway_modeller.simulation.trace import Event

people_at: Any = pointed(Book, SHAPES)
"""Turns the address of a book's tables into the book; where nothing is compiled, takes the book itself."""

_ACCOUNT = (*ACCOUNT_EVENTS, *ACCOUNT_MOVES)
_REJOINED, _RETURNED = _ACCOUNT.index("rejoined"), _ACCOUNT.index("returned")
_CHANGED_IN, _CHANGED_OUT = _ACCOUNT.index("changed_in"), _ACCOUNT.index("changed_out")

_MANY = 1 << 62
_PRESENT_AT_0, _JOIN, _START, _EXIT = int(Event.PRESENT), int(Event.JOIN), int(Event.START), int(Event.EXIT)
_NOT_ATTENDED, _DETERIORATED, _DIED = int(Event.DID_NOT_ATTEND), int(Event.DETERIORATED), int(Event.DIED)
_NEED_CHANGED = int(Event.NEED_CHANGED)
_ON, _OFF = int(Event.ON_CASELOAD), int(Event.OFF_CASELOAD)
_WAITED, _WAITS, _GONE, _STOPPED, _LAST = range(len(LISTS))


@woven
def count(b: Book, row: Any, who: int) -> None:
    """Counts a row, for which there is room."""
    n, means = b.numbers[0], b.means[row.event]
    if means & ASIDE:
        return
    if row.time >= n.month_end or row.time < n.month_begin:
        _turn_to_month(b, row.time)
    if means & MOVES:
        _move(b, row)
    if row.patient >= 0:
        _patient(b, row, row.event, means, who)


@jit
def release_all(where: Any, first: int) -> int:
    """Ends what goes on for patients when the run ends; returns how far it came, while there was room.

    Args:
        where: what :data:`people_at` takes.
        first: the first slot to look at.
    """
    b = people_at(where)
    end = min(len(b.slots), first + rows_fitting(b))
    for who in range(first, end):
        if b.slots[who].patient >= 0:
            _release(b, who)
    return end


@woven
def rows_fitting(b: Book) -> int:
    """Returns for how many rows, or patients at the end, there is room in the lists."""
    most = len(b.moves) - b.numbers[0].moved if len(b.moves) else _MANY
    for k in range(len(b.each)):
        if b.each[k] > 0:
            most = min(most, (b.room[k] - b.used[k]) // b.each[k])
    return most


@part
def _turn_to_month(b: Book, time: float) -> None:
    """Turns to the month of a row; back only before time 0, where today's lists stand in any order."""
    n = b.numbers[0]
    while time >= b.edges[n.edge]:
        n.edge += 1
    while n.edge > 0 and time < b.edges[n.edge - 1]:
        n.edge -= 1
    n.month_end = b.edges[n.edge]
    n.month_begin = b.edges[n.edge - 1] if n.edge > 0 else -math.inf


@part
def _days(b: Book, begin: float, finish: float) -> float:
    """Returns how many days of an interval lie within the period."""
    return max(min(finish, b.numbers[0].end) - max(begin, b.numbers[0].start), 0.0)


@part
def _move(b: Book, row: Any) -> None:
    """Notes a change of the number of people; those of one instant stand in order of patient."""
    if len(b.moves) == 0 or row.footprint < 0:
        return
    n = b.numbers[0]
    footprints = n.footprints - 1
    left = row.need_tier * footprints + row.footprint if row.need_tier >= 0 else -1
    reached = row.units * footprints + row.footprint if row.units >= 0 and row.event != _DIED else -1
    place = n.moved
    n.moved += 1
    while place > 0 and b.moves[place - 1].time == row.time and b.moves[place - 1].patient > row.patient:
        later, before = b.moves[place], b.moves[place - 1]
        later.time, later.patient = before.time, before.patient
        later.left, later.reached = before.left, before.reached
        place -= 1
    mine = b.moves[place]
    mine.time, mine.patient, mine.left, mine.reached = row.time, row.patient, left, reached


@woven
def _patient(b: Book, row: Any, event: int, means: int, who: int) -> None:
    """Counts a patient's row."""
    n, slot, time = b.numbers[0], b.slots[who], row.time
    tier = row.need_tier if row.need_tier >= 0 else n.tiers - 1
    footprint = row.footprint if row.footprint >= 0 else n.footprints - 1
    element = row.element if row.element >= 0 else n.nowhere
    group = tier * n.footprints + footprint
    place = element * n.tiers + tier
    cell = place * n.footprints + footprint
    first, within = slot.patient != row.patient, n.start <= time < n.end
    if first:
        if slot.patient >= 0:
            _release(b, who)
        slot.patient, slot.begin, slot.first_group = row.patient, time, group
        slot.inside, slot.known = 1, event != _PRESENT_AT_0
    if within:
        _happened(b, row, event, means, cell, place)
    _stands(b, slot, row, event, means, first, place, tier)
    if event == _JOIN or means & ENDS_WAIT:
        _queue(b, slot, event, time, within, cell)
    if event == _ON or event == _OFF:  # noqa: SIM109 - Numba makes a tuple for each
        _caseload(b, slot, event, time, cell)
    if (means & (REACHES | STOPS) and b.timed[element]) or (means & LEAVES and slot.timed):
        _clocks(b, who, means, time, element, group)
    if means & LEAVES:
        _leave(b, slot, event, time, within, element)


@woven
def _happened(b: Book, row: Any, event: int, means: int, cell: int, place: int) -> None:
    """Counts what happened in the period."""
    n = b.numbers[0]
    if means & NOTED:
        b.by_cell[event, cell] += 1
    if event == _START:
        b.contacts[n.edge - 1, cell] += 1
    elif event == _DETERIORATED:
        last = b.numbers[0].deteriorations
        b.deteriorations[row.units if 0 <= row.units < last else last, cell] += 1
    if b.counted_as[event] >= 0:
        b.counts[b.counted_as[event] * n.months + n.edge - 1, place] += 1


@woven
def _stands(b: Book, slot: Any, row: Any, event: int, means: int, first: bool, place: int, tier: int) -> None:
    """Counts where the patient is from now on, and who comes back to a queue or changes need in one."""
    n = b.numbers[0]
    state, at = slot.state, place
    if means & CHANGES_NOTHING and not first:
        at = slot.place - slot.place % n.tiers + tier
    else:
        state = WAITING if event == _JOIN else AWAY if means & LEAVES else PRESENT
    if event == _NEED_CHANGED:
        before = at
        at += (row.units if row.units >= 0 else n.tiers - 1) - tier
        if state == WAITING and n.start <= row.time < n.end:
            b.counts[_CHANGED_OUT * n.months + n.edge - 1, before] += 1
            b.counts[_CHANGED_IN * n.months + n.edge - 1, at] += 1
    if first or state != slot.state or at != slot.place:
        if not first and slot.state != AWAY:
            b.stock[slot.state * (n.months + 2) + n.edge, slot.place] -= 1
        if state != AWAY:
            b.stock[state * (n.months + 2) + n.edge, at] += 1
        slot.state, slot.place = state, at
    if event == _JOIN:
        _rejoin(b, slot, row.time, place)
    elif event == _NOT_ATTENDED or event == _DETERIORATED:  # noqa: SIM109 - as above
        slot.left_queue, slot.left_place = row.time, place


@woven
def _rejoin(b: Book, slot: Any, time: float, place: int) -> None:
    """Counts those who join the queue that they have just left."""
    n = b.numbers[0]
    if slot.left_queue == time and n.start <= time < n.end and slot.left_place // n.tiers == place // n.tiers:
        b.counts[_REJOINED * n.months + n.edge - 1, place] += 1
        b.counts[_RETURNED * n.months + n.edge - 1, slot.left_place] += 1
    slot.left_queue = math.nan


@woven
def _queue(b: Book, slot: Any, event: int, time: float, within: bool, cell: int) -> None:
    """Follows the patient's time in a queue."""
    if event == _JOIN:
        if slot.joined == slot.joined:
            _put(
                b, _WAITS, b.waiting_codes, b.waiting_values, slot.joined_cell, b.numbers[0].end - slot.joined
            )
        slot.joined, slot.joined_cell = time, cell
    elif slot.joined == slot.joined:
        if event == _START and within:
            _put(b, _WAITED, b.waited_codes, b.waited_values, slot.joined_cell, time - slot.joined)
        slot.joined = math.nan


@woven
def _put(b: Book, which: int, codes: Any, values: Any, code: int, value: float) -> None:
    """Adds a figure to a list."""
    place = b.used[which]
    codes[place], values[place] = code, value
    b.used[which] = place + 1


@woven
def _caseload(b: Book, slot: Any, event: int, time: float, cell: int) -> None:
    """Follows the patient's time on a caseload."""
    if slot.listed == slot.listed:
        if event == _OFF:
            b.listed_days[slot.listed_cell] += _days(b, slot.listed, time)
        else:
            b.listed_days[slot.listed_cell] += _days(b, slot.listed, b.numbers[0].end)
            b.listed_on[slot.listed_cell] += 1
    slot.listed = math.nan
    if event == _ON:
        slot.listed, slot.listed_cell = time, cell


@woven
def _leave(b: Book, slot: Any, event: int, time: float, within: bool, element: int) -> None:
    """Ends the patient's time on the pathway."""
    n = b.numbers[0]
    b.inside_days[slot.first_group] += _days(b, slot.begin, time)
    slot.inside = 0
    if event == _EXIT and within and slot.known:
        cell = element * n.tiers * n.footprints + slot.first_group
        _put(b, _GONE, b.gone_codes, b.gone_values, cell, time - slot.begin)


@part
def _clocks(b: Book, who: int, means: int, time: float, element: int, group: int) -> None:
    """Starts, stops and removes the patient's clocks."""
    for k in range(b.numbers[0].clocks):
        clock = b.clocks[who, k]
        runs = clock.begin == clock.begin
        if means & STOPS and b.stops[k, element]:
            if runs:
                _stop(b, k, clock, time)
        elif means & REACHES and b.starts[k, element]:
            if not runs:
                clock.begin, clock.group = time, group
                b.slots[who].timed = 1
        elif runs and means & LEAVES:
            if b.numbers[0].start <= time < b.numbers[0].end:
                b.removed[k, clock.group] += 1
            _look(b, k, clock, time)


@part
def _stop(b: Book, k: int, clock: Any, time: float) -> None:
    """Stops a running clock as its standard asks."""
    n = b.numbers[0]
    if n.start <= time < n.end:
        took = time - clock.begin
        code = k * n.tiers * n.footprints + clock.group
        _put(b, _STOPPED, b.stopped_codes, b.stopped_values, code, took)
        b.stopped_by_month[k, n.edge - 1] += 1
        if took <= b.limits[k]:
            b.within[k, clock.group] += 1
            b.within_by_month[k, n.edge - 1] += 1
    _look(b, k, clock, time)


@part
def _look(b: Book, k: int, clock: Any, finish: float) -> None:
    """Counts a clock at all instants at which it ran, and ends it."""
    n, last = b.numbers[0], b.instants_from[k + 1] - 1
    while b.passed[k] <= last and b.instants[b.passed[k]] <= finish:
        b.passed[k] += 1
    for place in range(b.passed[k] - 1, b.instants_from[k] - 1, -1):
        days = b.instants[place] - clock.begin
        if days <= 0:
            break
        if b.instants[place] <= finish:
            b.looked[place, clock.group] += 1
            if days <= b.limits[k]:
                b.looked_within[place, clock.group] += 1
            if place == last:
                code = k * n.tiers * n.footprints + clock.group
                _put(b, _LAST, b.last_codes, b.last_values, code, days)
    clock.begin = math.nan


@part
def _release(b: Book, who: int) -> None:
    """Ends what goes on for a patient with the run, and frees the slot."""
    slot, end = b.slots[who], b.numbers[0].end
    if slot.inside:
        b.inside_days[slot.first_group] += _days(b, slot.begin, end)
        b.inside_on[slot.first_group] += 1
    if slot.joined == slot.joined:
        _put(b, _WAITS, b.waiting_codes, b.waiting_values, slot.joined_cell, end - slot.joined)
    if slot.listed == slot.listed:
        b.listed_days[slot.listed_cell] += _days(b, slot.listed, end)
        b.listed_on[slot.listed_cell] += 1
    for k in range(b.numbers[0].clocks if slot.timed else 0):
        clock = b.clocks[who, k]
        if clock.begin == clock.begin:
            b.running[k, clock.group] += 1
            if end - clock.begin > b.limits[k]:
                b.over[k, clock.group] += 1
            _look(b, k, clock, math.inf)
    slot.patient, slot.timed = -1, 0
    slot.joined = slot.listed = slot.left_queue = math.nan
