"""Counting the rows of patients and people, one after another."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from pathway_modeller.simulation.compiled.jit import jit
from pathway_modeller.simulation.tally.growing import put
from pathway_modeller.simulation.tally.people_facts import (
    ACCOUNT_EVENTS,
    ACCOUNT_MOVES,
    AWAY,
    PRESENT,
    WAITING,
)
from pathway_modeller.simulation.tally.people_state import Book
from pathway_modeller.simulation.trace import Event

_ACCOUNT = (*ACCOUNT_EVENTS, *ACCOUNT_MOVES)
_REJOINED, _RETURNED = _ACCOUNT.index("rejoined"), _ACCOUNT.index("returned")
_CHANGED_IN, _CHANGED_OUT = _ACCOUNT.index("changed_in"), _ACCOUNT.index("changed_out")

_PRESENT_AT_0, _JOIN, _START, _EXIT = int(Event.PRESENT), int(Event.JOIN), int(Event.START), int(Event.EXIT)
_NOT_ATTENDED, _DETERIORATED, _DIED = int(Event.DID_NOT_ATTEND), int(Event.DETERIORATED), int(Event.DIED)
_NEED_CHANGED, _PERSON = int(Event.NEED_CHANGED), int(Event.PERSON)
_ON, _OFF = int(Event.ON_CASELOAD), int(Event.OFF_CASELOAD)


def _marked(*events: Event) -> Any:
    """Returns for each event whether it is one of these."""
    found = np.zeros(len(Event), dtype=np.bool_)
    found[[int(event) for event in events]] = True
    return found


_ASIDE = _marked(Event.ACQUIRE, Event.RELEASE, Event.CAPACITY)
_LEAVES = _marked(
    Event.EXIT,
    Event.LEFT_TURNED_AWAY,
    Event.LEFT_GAVE_UP,
    Event.LEFT_NOT_ATTENDED,
    Event.LEFT_DETERIORATED,
    Event.DIED,
    Event.LEFT_ADVISED,
)
_ENDS_QUEUE = _marked(Event.START, Event.START_MISSED, Event.GAVE_UP, Event.TURNED_AWAY, Event.DETERIORATED)
_CHANGES_NOTHING = _marked(
    Event.PRESENT,
    Event.ACQUIRE,
    Event.RELEASE,
    Event.BLOCKED,
    Event.NEED_CHANGED,
    Event.ON_CASELOAD,
    Event.REVIEW_DUE,
    Event.OFF_CASELOAD,
)
_REACHES = _marked(Event.ARRIVE, Event.JOIN, Event.WAIT_START, Event.DECIDE, Event.EXIT)
_STOPS = _marked(Event.START, Event.EXIT)
_COUNTS = np.full(len(Event), -1, dtype=np.int64)
for _place, _event in enumerate(
    (Event.JOIN, Event.START, Event.START_MISSED, Event.GAVE_UP, Event.TURNED_AWAY, Event.DETERIORATED)
):
    _COUNTS[int(_event)] = _place


@jit
def count(
    b: Book,
    slots: Any,
    clocks: Any,
    rows: Any,
    who: Any,
    lists: Any,
    moves: Any,
) -> None:
    """Counts rows.

    Args:
        b: what they are counted into.
        slots: of patients.
        clocks: of patients, one for each standard.
        rows: in the order of happening.
        who: for each row its patient's slot, -1 for none.
        lists: waited, waiting, gone, stopped, last: each the entries and how many are used.
        moves: changes of the number of people, and how many there are; without room where nobody moves.
    """
    tiers, footprints = b.counts.shape[3], b.inside_on.size // b.counts.shape[3]
    nowhere = b.by_cell.shape[1] - 1
    for i in range(rows.size):
        row = rows[i]
        event = row.event
        if _ASIDE[event]:
            continue
        time = row.time
        _pass_edges(b, time)
        tier = row.need_tier if row.need_tier >= 0 else tiers - 1
        footprint = row.footprint if row.footprint >= 0 else footprints - 1
        if event == _PERSON or event == _NEED_CHANGED or event == _DIED:
            _move(moves, row, footprints - 1)
            if event == _PERSON:
                continue
        element = row.element if row.element >= 0 else nowhere
        group = tier * footprints + footprint
        slot, mine = slots[who[i]], clocks[who[i]]
        first = slot.patient != row.patient
        if first:
            if slot.patient >= 0:
                release(b, slot, mine, lists)
            slot.patient, slot.begin, slot.first_cell = row.patient, time, group
            slot.inside, slot.known = 1, event != _PRESENT_AT_0
        within = b.start <= time < b.end
        if within:
            b.by_cell[event, element, group] += 1
            if event == _START:
                b.contacts[b.edge[0] - 1, element, group] += 1
            elif event == _DETERIORATED:
                last = b.deteriorations.shape[0] - 1
                b.deteriorations[row.units if 0 <= row.units < last else last, element, group] += 1
            if _COUNTS[event] >= 0:
                b.counts[_COUNTS[event], b.edge[0] - 1, element, tier] += 1
        _account(b, slot, row, event, first, within, element, tier)
        cell = element * tiers * footprints + group
        _queue(b, slot, event, time, within, cell, lists)
        if event == _ON or event == _OFF:
            _caseload(b, slot, event, time, cell)
        if mine.size and (_REACHES[event] or _STOPS[event] or _LEAVES[event]):
            _clocks(b, mine, event, time, within, element, group, lists)
        if _LEAVES[event]:
            b.inside_days[slot.first_cell] += _days(b, slot.begin, time)
            slot.inside = 0
            if event == _EXIT and within and slot.known:
                came = element * tiers * footprints + slot.first_cell
                put(lists[2][0], lists[2][1], came, time - slot.begin)


@jit
def _pass_edges(b: Book, time: float) -> None:
    """Moves on to the month of a row; back only before time 0, where today's lists stand in any order."""
    edge = b.edge[0]
    while time >= b.edges[edge]:
        edge += 1
    while edge > 0 and time < b.edges[edge - 1]:
        edge -= 1
    b.edge[0] = edge


@jit
def _days(b: Book, begin: float, finish: float) -> float:
    """Returns how many days of an interval lie within the period."""
    return max(min(finish, b.end) - max(begin, b.start), 0.0)


@jit
def _move(moves: Any, row: Any, footprints: int) -> None:
    """Notes a change of the number of people; those of one instant stand in order of patient."""
    made, used = moves
    if made.size == 0 or row.footprint < 0:
        return
    left = row.need_tier * footprints + row.footprint if row.need_tier >= 0 else -1
    reached = row.units * footprints + row.footprint if row.units >= 0 else -1
    if row.event == _DIED:
        reached = -1
    place = used[0]
    used[0] += 1
    while place > 0 and made[place - 1].time == row.time and made[place - 1].patient > row.patient:
        made[place].time, made[place].patient = made[place - 1].time, made[place - 1].patient
        made[place].left, made[place].reached = made[place - 1].left, made[place - 1].reached
        place -= 1
    made[place].time, made[place].patient = row.time, row.patient
    made[place].left, made[place].reached = left, reached


@jit
def _account(
    b: Book, slot: Any, row: Any, event: int, first: bool, within: bool, element: int, tier: int
) -> None:
    """Counts where the patient is from now on, and who comes back to a queue or changes need in one."""
    edge, last_tier = b.edge[0], b.counts.shape[3] - 1
    state, place, now = slot.state, slot.element, tier
    if first or not _CHANGES_NOTHING[event]:
        place = element
        state = WAITING if event == _JOIN else AWAY if _LEAVES[event] else PRESENT
    if event == _NEED_CHANGED:
        now = row.units if row.units >= 0 else last_tier
        if within and state == WAITING:
            b.counts[_CHANGED_OUT, edge - 1, place, tier] += 1
            b.counts[_CHANGED_IN, edge - 1, place, now] += 1
    if not first and slot.state != AWAY:
        b.stock[slot.state, edge, slot.element, slot.tier] -= 1
    if state != AWAY:
        b.stock[state, edge, place, now] += 1
    slot.state, slot.element, slot.tier = state, place, now
    if event == _JOIN:
        if slot.left_queue == row.time and slot.left_element == element and within:
            b.counts[_REJOINED, edge - 1, element, tier] += 1
            b.counts[_RETURNED, edge - 1, element, slot.left_tier] += 1
        slot.left_queue = math.nan
    elif event == _NOT_ATTENDED or event == _DETERIORATED:
        slot.left_queue, slot.left_element, slot.left_tier = row.time, element, tier


@jit
def _queue(b: Book, slot: Any, event: int, time: float, within: bool, cell: int, lists: Any) -> None:
    """Follows the patient's time in a queue."""
    if event == _JOIN:
        if slot.joined == slot.joined:
            put(lists[1][0], lists[1][1], slot.joined_cell, b.end - slot.joined)
        slot.joined, slot.joined_cell = time, cell
    elif _ENDS_QUEUE[event] and slot.joined == slot.joined:
        if event == _START and within:
            put(lists[0][0], lists[0][1], slot.joined_cell, time - slot.joined)
        slot.joined = math.nan


@jit
def _caseload(b: Book, slot: Any, event: int, time: float, cell: int) -> None:
    """Follows the patient's time on a caseload."""
    if slot.listed == slot.listed:
        if event == _OFF:
            b.listed_days[slot.listed_cell] += _days(b, slot.listed, time)
        else:
            b.listed_days[slot.listed_cell] += _days(b, slot.listed, b.end)
            b.listed_on[slot.listed_cell] += 1
    slot.listed = math.nan
    if event == _ON:
        slot.listed, slot.listed_cell = time, cell


@jit
def _clocks(
    b: Book, mine: Any, event: int, time: float, within: bool, element: int, group: int, lists: Any
) -> None:
    """Starts, stops and removes the patient's clocks."""
    for k in range(mine.size):
        runs = mine[k].begin == mine[k].begin
        if b.stops[k, element] and _STOPS[event]:
            if runs:
                _stop(b, k, mine[k], time, within, lists)
        elif b.starts[k, element] and _REACHES[event]:
            if not runs:
                mine[k].begin, mine[k].cell = time, group
        elif runs and _LEAVES[event]:
            if within:
                b.removed[k, mine[k].cell] += 1
            _look(b, k, mine[k], time, lists)
            mine[k].begin = math.nan


@jit
def _stop(b: Book, k: int, clock: Any, time: float, within: bool, lists: Any) -> None:
    """Stops a running clock as its standard asks."""
    if within:
        took = time - clock.begin
        put(lists[3][0], lists[3][1], k * b.inside_on.size + clock.cell, took)
        b.stopped_by_month[k, b.edge[0] - 1] += 1
        if took <= b.limits[k]:
            b.within[k, clock.cell] += 1
            b.within_by_month[k, b.edge[0] - 1] += 1
    _look(b, k, clock, time, lists)
    clock.begin = math.nan


@jit
def _look(b: Book, k: int, clock: Any, finish: float, lists: Any) -> None:
    """Counts a clock at all instants at which it ran."""
    first, end = b.instants_from[k], b.instants_from[k + 1]
    for place in range(end - 1, first - 1, -1):
        instant = b.instants[place]
        if instant <= clock.begin:
            break
        if instant <= finish:
            b.looked[place, clock.cell] += 1
            if instant - clock.begin <= b.limits[k]:
                b.looked_within[place, clock.cell] += 1
            if place == end - 1:
                put(lists[4][0], lists[4][1], k * b.inside_on.size + clock.cell, instant - clock.begin)


@jit
def release(b: Book, slot: Any, mine: Any, lists: Any) -> None:
    """Ends what goes on for a patient with the run, and frees the slot."""
    if slot.inside:
        b.inside_days[slot.first_cell] += _days(b, slot.begin, b.end)
        b.inside_on[slot.first_cell] += 1
    if slot.joined == slot.joined:
        put(lists[1][0], lists[1][1], slot.joined_cell, b.end - slot.joined)
    if slot.listed == slot.listed:
        b.listed_days[slot.listed_cell] += _days(b, slot.listed, b.end)
        b.listed_on[slot.listed_cell] += 1
    for k in range(mine.size):
        if mine[k].begin == mine[k].begin:
            b.running[k, mine[k].cell] += 1
            if b.end - mine[k].begin > b.limits[k]:
                b.over[k, mine[k].cell] += 1
            _look(b, k, mine[k], math.inf, lists)
            mine[k].begin = math.nan
    slot.patient = -1
    slot.joined = slot.listed = slot.left_queue = math.nan


@jit
def release_some(b: Book, slots: Any, clocks: Any, first: int, end: int, lists: Any) -> None:
    """Frees slots at the end of the run."""
    for s in range(first, end):
        if slots[s].patient >= 0:
            release(b, slots[s], clocks[s], lists)
