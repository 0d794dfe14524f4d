"""Counting the rows of patients and people, one after another."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal

from pathway_modeller.simulation.compiled.jit import always_inlined, cold, part
from pathway_modeller.simulation.tally.patient_state import KEEPS, LISTED, PAUSED, RESUMED, RETURNS
from pathway_modeller.simulation.tally.people_book import Book
from pathway_modeller.simulation.tally.people_events import (
    ASIDE,
    CHANGES_NOTHING,
    ENDS_PAUSE,
    ENDS_WAIT,
    IS_HARM,
    LEAVES,
    MOVES,
    NOTED,
    REACHES,
    SELDOM,
    STOPS,
)
from pathway_modeller.simulation.tally.people_facts import (
    ACCOUNT_EVENTS,
    ACCOUNT_MOVES,
    AWAY,
    CARRY_RUNNING,
    PRESENT,
    WAITING,
)
from pathway_modeller.simulation.trace import Event

_ACCOUNT = (*ACCOUNT_EVENTS, *ACCOUNT_MOVES)
_REJOINED, _RETURNED = _ACCOUNT.index("rejoined"), _ACCOUNT.index("returned")
_CHANGED_IN, _CHANGED_OUT = _ACCOUNT.index("changed_in"), _ACCOUNT.index("changed_out")

_MANY = 1 << 62
_PRESENT_AT_0, _JOIN, _START, _EXIT = int(Event.PRESENT), int(Event.JOIN), int(Event.START), int(Event.EXIT)
_NOT_ATTENDED, _DETERIORATED, _DIED = int(Event.DID_NOT_ATTEND), int(Event.DETERIORATED), int(Event.DIED)
_NEED_CHANGED = int(Event.NEED_CHANGED)
_ON, _OFF = int(Event.ON_CASELOAD), int(Event.OFF_CASELOAD)

ByCell = Literal["waited", "waiting", "blocked", "still_blocked", "gone"]
"""Lists of days by cell."""
ByClock = Literal["stopped", "last", "censored", "entered"]
"""Lists of days by standard and patient group, in one number."""

BY_CELL: Mapping[ByCell, int] = {
    "waited": 1,  # waits that ended with an attended start in the period, by cell of the joining
    "waiting": 2,  # so far, of those who wait when the run ends, likewise
    "blocked": 1,  # as those who waited, of patients who joined while holding units: they were in a place
    "still_blocked": 1,  # as those who wait, of the same
    "gone": 1,  # from arrival to exit of those who left by an exit point in the period and whose arrival is
    # known, by exit point and the patient group of the arrival
}
"""The most figures that a row may add, as it may end one patient's stay and begin another's; what is written
beyond that is written into what others use. Who reads them from a trace:
:data:`pathway_modeller.analysis.observed.traced_people.LISTS`."""
BY_CLOCK: Mapping[ByClock, int] = {"stopped": 1, "last": 2, "censored": 2, "entered": 2}
"""The same of each standard; see :class:`pathway_modeller.simulation.tally.people_facts.Clocks`."""
LISTS: tuple[ByCell | ByClock, ...] = (*BY_CELL, *BY_CLOCK)
"""All of them, in the order of their places."""


def _adding_to(name: ByCell | ByClock) -> Callable[[Book, int, float], None]:
    """Returns a function that adds a figure to a list, given the code of its cell."""
    which, codes, values = LISTS.index(name), f"{name}_codes", f"{name}_values"

    @always_inlined
    def add(b: Book, code: int, value: float) -> None:
        """Adds a figure; a zero, which nothing foretells, is overwritten by the next."""
        place = b.used[which]
        getattr(b, codes)[place], getattr(b, values)[place] = code, value
        b.used[which] = place + (value != 0.0)
        b.zeros[which, code] += value == 0.0

    return add


_add_waited, _add_waiting, _add_gone = _adding_to("waited"), _adding_to("waiting"), _adding_to("gone")
_add_blocked, _add_still_blocked = _adding_to("blocked"), _adding_to("still_blocked")
_add_stopped, _add_last = _adding_to("stopped"), _adding_to("last")
_add_censored, _add_entered = _adding_to("censored"), _adding_to("entered")


@always_inlined
def group_of(b: Book, row: Any) -> int:
    """Returns the number of a row's patient group."""
    return _group(b, combination_of(b, row, row.need_tier))


@always_inlined
def combination_of(b: Book, row: Any, need_tier: int) -> int:
    """Returns a row's code in every dimension, with a need tier, as one number; none comes first in each."""
    return int((need_tier + 1) * b.numbers[0].footprints + row.footprint + 1)


@always_inlined
def _group(b: Book, combination: int) -> int:
    """Returns the number of the patient group of a combination."""
    group = b.groups[combination]
    return int(group) if group >= 0 else _refuse(b, combination)


@cold
def _refuse(b: Book, combination: int) -> int:
    """Notes that a combination was met that cannot occur; what is found is good for nothing then."""
    b.numbers[0].refused = combination
    return 0


@always_inlined
def cell_of(b: Book, element: int, group: int) -> int:
    """Returns the number of a cell, of which element and group are known."""
    n = b.numbers[0]
    return int((element if element >= 0 else n.nowhere) * n.groups + group)


@always_inlined
def enter(b: Book, row: Any, slot: Any) -> None:
    """Begins with a patient of whom no row was seen before."""
    slot.patient, slot.begin, slot.first_group = row.patient, row.time, group_of(b, row)
    slot.inside, slot.known = 1, row.event != _PRESENT_AT_0
    slot.state, slot.cell = PRESENT, cell_of(b, row.element, 0)


@always_inlined
def join(b: Book, row: Any, slot: Any, who: int, group: int) -> None:
    """Counts a patient who joins a queue."""
    time, cell = row.time, row.element * b.numbers[0].groups + group
    if time >= 0:
        b.now[_JOIN, cell] += 1
    else:
        _wait_already(b, cell)
    slot.state, slot.cell = WAITING, cell
    if slot.noted & RETURNS:
        _return(b, slot, who, time, cell)
    if slot.joined == slot.joined:
        _add_waiting(b, slot.joined_cell, b.numbers[0].end - slot.joined)
    slot.joined, slot.joined_cell = time, cell
    if b.timed[_JOIN, row.element]:
        _clocks(b, who, b.means[_JOIN], time, row.element, group)


@always_inlined
def start(b: Book, row: Any, slot: Any, who: int) -> None:
    """Counts a patient who is started."""
    time, group = row.time, group_of(b, row)
    cell = row.element * b.numbers[0].groups + group
    if time >= 0:
        b.now[_START, cell] += 1
    slot.state, slot.cell = PRESENT, cell
    if slot.joined == slot.joined:
        if _within(b, time):
            if slot.noted & KEEPS:
                _add_blocked(b, slot.joined_cell, time - slot.joined)
            else:
                _add_waited(b, slot.joined_cell, time - slot.joined)
        slot.joined = math.nan
    if b.timed[_START, row.element]:
        _clocks(b, who, b.means[_START], time, row.element, group)


@always_inlined
def otherwise(b: Book, row: Any, slot: Any, who: int, group: int) -> None:
    """Counts another row of a patient."""
    event, time = row.event, row.time
    means = b.means[event]
    if means & ASIDE:
        if means & ENDS_PAUSE and b.timed[event, row.element]:
            _clocks(b, who, means, time, row.element, group)
        return
    if means & MOVES:
        move(b, row)
    cell = cell_of(b, row.element, group)
    if time >= 0:
        b.now[event, cell] += 1
    if means & SELDOM:
        _seldom(b, slot, row, who, means, group, cell)
    if not means & CHANGES_NOTHING:
        slot.state, slot.cell = b.leads_to[event], cell
    if means & ENDS_WAIT:
        slot.joined = math.nan
    element = row.element if row.element >= 0 else b.numbers[0].nowhere
    if b.timed[event, element] or (means & LEAVES and slot.running):
        _clocks(b, who, means, time, element, group)
    if means & LEAVES:
        _leave(b, slot, event, time, element)


@always_inlined
def rows_fitting(b: Book) -> int:
    """Returns for how many rows, or patients at the end, there is room in the lists."""
    most = len(b.moves) - b.numbers[0].moved if len(b.moves) else _MANY
    for k in range(len(b.each)):
        if b.each[k] > 0:
            most = min(most, (b.room[k] - b.used[k]) // b.each[k])
    return most


@cold
def end_months(b: Book, time: float) -> None:
    """Turns to the month of a time, once it is known what happened in those before it."""
    n = b.numbers[0]
    while time >= b.edges[n.edge]:
        if b.edges[n.edge] > 0:
            _look_around(b)
        for event in range(len(b.means)):
            if b.means[event] & NOTED or b.counted_as[event] >= 0:
                _end_month(b, event)
        n.edge += 1
    n.month_end = b.edges[n.edge]


@cold
def _look_around(b: Book) -> None:
    """Counts where patients are as a month ends."""
    n = b.numbers[0]
    for who in range(len(b.slots)):
        slot = b.slots[who]
        if slot.patient >= 0 and slot.state != AWAY:
            b.stock[slot.state * (n.months + 1) + n.edge, b.places[slot.cell]] += 1


@cold
def _end_month(b: Book, event: int) -> None:
    """Counts how often an event happened in the month that ends, if it is one of the period."""
    n, kind = b.numbers[0], b.counted_as[event]
    month = n.edge - 1
    for cell in range(len(b.listed_days)):
        times = b.now[event, cell]
        b.now[event, cell] = 0
        if times == 0 or month < 0:
            continue
        if b.means[event] & NOTED:
            b.by_cell[event, cell] += times
        if event == _START:
            b.contacts[month, cell] = times
        if kind >= 0:
            b.counts[kind * n.months + month, b.places[cell]] += times


@part
def _days(b: Book, begin: float, finish: float) -> float:
    """Returns how many days of an interval lie within the period."""
    return max(min(finish, b.numbers[0].end) - max(begin, b.numbers[0].start), 0.0)


@cold
def move(b: Book, row: Any) -> None:
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


@always_inlined
def _within(b: Book, time: float) -> bool:
    """Tells whether a time is within the period."""
    return bool(b.numbers[0].start <= time < b.numbers[0].end)


@cold
def _wait_already(b: Book, cell: int) -> None:
    """Counts one of those who wait when the run begins, if the period begins then as well."""
    if b.edges[0] <= 0:
        b.stock[WAITING * (b.numbers[0].months + 1), b.places[cell]] += 1


@cold
def _seldom(b: Book, slot: Any, row: Any, who: int, means: int, group: int, cell: int) -> None:
    """Counts what few rows say: of caseloads, missed slots, harm, and changes of need."""
    n, time, event, rest = b.numbers[0], row.time, row.event, b.rest[who]
    if means & CHANGES_NOTHING:
        slot.cell += group - slot.cell % n.groups
    if event == _NEED_CHANGED:
        _change_need(b, slot, row, group)
    elif event == _PRESENT_AT_0:
        _carry(b, slot, row.element, who, group)
    elif event == _ON or event == _OFF:  # noqa: SIM109 - Numba makes a tuple for each
        _caseload(b, slot, rest, event, time, cell)
    elif event == _NOT_ATTENDED or event == _DETERIORATED:  # noqa: SIM109 - as above
        rest.left_queue, rest.left_place = time, b.places[cell]
        slot.noted |= RETURNS
    if means & IS_HARM and _within(b, time):
        b.deteriorations[row.units if 0 <= row.units < n.deteriorations else n.deteriorations, cell] += 1


@cold
def _change_need(b: Book, slot: Any, row: Any, group: int) -> None:
    """Moves a patient of a group to another need tier."""
    n, before = b.numbers[0], b.places[slot.cell]
    slot.cell += _group(b, combination_of(b, row, row.units)) - group
    after = b.places[slot.cell]
    if slot.state == WAITING and _within(b, row.time):
        b.counts[_CHANGED_OUT * n.months + n.edge - 1, before] += 1
        b.counts[_CHANGED_IN * n.months + n.edge - 1, after] += 1


@cold
def _return(b: Book, slot: Any, who: int, time: float, cell: int) -> None:
    """Counts a patient who joins a queue, if it is the one that they have just left."""
    n, rest = b.numbers[0], b.rest[who]
    if rest.left_queue != time:
        return
    place = b.places[cell]
    slot.noted &= ~RETURNS
    if _within(b, time) and rest.left_place // n.tiers == place // n.tiers:
        b.counts[_REJOINED * n.months + n.edge - 1, place] += 1
        b.counts[_RETURNED * n.months + n.edge - 1, rest.left_place] += 1


@cold
def _caseload(b: Book, slot: Any, rest: Any, event: int, time: float, cell: int) -> None:
    """Follows the patient's time on a caseload."""
    if slot.noted & LISTED:
        if event == _OFF:
            b.listed_days[rest.listed_cell] += _days(b, rest.listed, time)
        else:
            b.listed_days[rest.listed_cell] += _days(b, rest.listed, b.numbers[0].end)
            b.listed_on[rest.listed_cell] += 1
    slot.noted &= ~LISTED
    if event == _ON:
        slot.noted |= LISTED
        rest.listed, rest.listed_cell = time, cell


@always_inlined
def _leave(b: Book, slot: Any, event: int, time: float, element: int) -> None:
    """Ends the patient's time on the pathway."""
    n = b.numbers[0]
    b.inside_days[slot.first_group] += _days(b, slot.begin, time)
    slot.inside = 0
    if event == _EXIT and slot.known and _within(b, time):
        cell = element * n.groups + slot.first_group
        _add_gone(b, cell, time - slot.begin)


@cold
def _carry(b: Book, slot: Any, element: int, who: int, group: int) -> None:
    """Gives a patient of today's lists the clocks that they carry.

    Of those who are being seen it is not known since when a clock runs: it is left out.
    """
    waits = slot.joined == slot.joined
    for k in range(b.numbers[0].clocks):
        clock, carries = b.clocks[who, k], b.carried[k, element]
        runs = clock.begin < math.inf
        if carries == CARRY_RUNNING and waits:
            if not runs:
                clock.begin, clock.group = slot.joined, group
                slot.running += 1
        elif carries != 0:
            slot.running -= runs
            clock.begin = math.inf


@part
def _clocks(b: Book, who: int, means: int, time: float, element: int, group: int) -> None:
    """Starts, stops and removes the patient's clocks, and lets them stand still."""
    slot = b.slots[who]
    if means & ENDS_PAUSE and slot.noted & PAUSED and b.pauses[element]:
        _resume(b, who, time)
    for k in range(b.numbers[0].clocks):
        clock = b.clocks[who, k]
        runs = clock.begin < math.inf
        if means & STOPS and b.stops[k, element]:
            if runs:
                _stop(b, k, clock, b.rest[who], slot.noted, time)
                slot.running -= 1
        elif means & LEAVES:
            if runs:
                _remove(b, k, clock, b.rest[who], slot.noted, time)
                slot.running -= 1
        elif means & REACHES:
            if clock.begin == math.inf and b.again[k, element]:
                clock.begin = math.nan
            if clock.begin != clock.begin and b.starts[k, element]:
                clock.begin, clock.group = time, group
                slot.running += 1
    if means & REACHES and not means & LEAVES and b.pauses[element]:
        b.rest[who].paused = time
        slot.noted |= PAUSED


@cold
def _resume(b: Book, who: int, time: float) -> None:
    """Lets the patient's clocks go on."""
    slot, rest = b.slots[who], b.rest[who]
    for k in range(b.numbers[0].clocks):
        clock = b.clocks[who, k]
        if clock.begin < math.inf:
            _look(b, k, clock, rest, slot.noted, time)
            clock.begin += time - rest.paused
    rest.resumed = time
    slot.noted = (slot.noted | RESUMED) & ~PAUSED


@always_inlined
def _shown(rest: Any, noted: int, time: float) -> float:
    """Returns the time up to which a clock counts that is read at a time."""
    return min(time, rest.paused) if noted & PAUSED else time


@part
def _stop(b: Book, k: int, clock: Any, rest: Any, noted: int, time: float) -> None:
    """Stops a running clock as its standard asks."""
    n = b.numbers[0]
    if n.start <= time < n.end:
        took = _shown(rest, noted, time) - clock.begin
        code = k * n.groups + clock.group
        _add_stopped(b, code, took)
        b.stopped_by_month[k, n.edge - 1] += 1
        if took <= b.limits[k]:
            b.within[k, clock.group] += 1
            b.within_by_month[k, n.edge - 1] += 1
    _look(b, k, clock, rest, noted, time)
    clock.begin = math.inf


@part
def _remove(b: Book, k: int, clock: Any, rest: Any, noted: int, time: float) -> None:
    """Ends the clock of a patient who leaves with it."""
    n = b.numbers[0]
    if n.start <= time < n.end:
        b.removed[k, clock.group] += 1
        _add_censored(b, k * n.groups + clock.group, _shown(rest, noted, time) - clock.begin)
    _look(b, k, clock, rest, noted, time)
    clock.begin = math.inf


@part
def _look(b: Book, k: int, clock: Any, rest: Any, noted: int, finish: float) -> None:
    """Counts a clock at all instants up to a time at which it ran, and was not counted yet."""
    n, last = b.numbers[0], b.instants_from[k + 1] - 1
    code = k * n.groups + clock.group
    counted = max(clock.begin, rest.resumed) if noted & RESUMED else clock.begin
    if counted < n.start <= finish:
        _add_entered(b, code, _shown(rest, noted, n.start) - clock.begin)
    while b.passed[k] <= last and b.instants[b.passed[k]] <= finish:
        b.passed[k] += 1
    for place in range(b.passed[k] - 1, b.instants_from[k] - 1, -1):
        instant = b.instants[place]
        if instant <= counted:
            break
        if instant <= finish:
            days = _shown(rest, noted, instant) - clock.begin
            b.looked[place, clock.group] += 1
            if days <= b.limits[k]:
                b.looked_within[place, clock.group] += 1
            if place == last:
                _add_last(b, code, days)


@part
def release(b: Book, who: int) -> None:
    """Ends what goes on for a patient with the run, and frees the slot."""
    slot, end = b.slots[who], b.numbers[0].end
    if slot.inside:
        b.inside_days[slot.first_group] += _days(b, slot.begin, end)
        b.inside_on[slot.first_group] += 1
    if slot.joined == slot.joined:
        if slot.noted & KEEPS:
            _add_still_blocked(b, slot.joined_cell, end - slot.joined)
        else:
            _add_waiting(b, slot.joined_cell, end - slot.joined)
    if slot.noted & LISTED:
        b.listed_days[b.rest[who].listed_cell] += _days(b, b.rest[who].listed, end)
        b.listed_on[b.rest[who].listed_cell] += 1
    _release_clocks(b, who)
    slot.patient, slot.running, slot.joined = -1, 0, math.nan


@part
def _release_clocks(b: Book, who: int) -> None:
    """Ends the patient's clocks with the run; the next patient begins with none."""
    n, rest, noted = b.numbers[0], b.rest[who], b.slots[who].noted
    for k in range(n.clocks):
        clock = b.clocks[who, k]
        if clock.begin < math.inf:
            so_far = _shown(rest, noted, n.end) - clock.begin
            b.running[k, clock.group] += 1
            if so_far > b.limits[k]:
                b.over[k, clock.group] += 1
            _add_censored(b, k * n.groups + clock.group, so_far)
            _look(b, k, clock, rest, noted, math.inf)
        clock.begin = math.nan
