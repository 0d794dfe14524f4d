"""What each row of a replication says of levels."""

from __future__ import annotations

from typing import Any

from pathway_modeller.simulation.compiled.jit import jit
from pathway_modeller.simulation.tally import keeping as keep
from pathway_modeller.simulation.tally.following import change, has_room, open_units, pass_time
from pathway_modeller.simulation.tally.inlined import inlined
from pathway_modeller.simulation.tally.keeping import ANY, IDLE, MOVING, WAITING
from pathway_modeller.simulation.tally.level_book import SHAPES, LevelBook
from pathway_modeller.simulation.tally.tables import pointed
from pathway_modeller.simulation.trace import Event

JOIN, BLOCKED = int(Event.JOIN), int(Event.BLOCKED)
MOVE_START, MOVE_END = int(Event.MOVE_START), int(Event.MOVE_END)
ACQUIRE, RELEASE, CAPACITY = int(Event.ACQUIRE), int(Event.RELEASE), int(Event.CAPACITY)
START, START_MISSED, GAVE_UP = int(Event.START), int(Event.START_MISSED), int(Event.GAVE_UP)
TURNED_AWAY, DETERIORATED = int(Event.TURNED_AWAY), int(Event.DETERIORATED)
EXIT, LEFT_TURNED_AWAY, LEFT_GAVE_UP = int(Event.EXIT), int(Event.LEFT_TURNED_AWAY), int(Event.LEFT_GAVE_UP)
LEFT_NOT_ATTENDED, LEFT_DETERIORATED = int(Event.LEFT_NOT_ATTENDED), int(Event.LEFT_DETERIORATED)
DIED, LEFT_ADVISED = int(Event.DIED), int(Event.LEFT_ADVISED)


book_at = pointed(LevelBook, SHAPES)


@jit
def follow(address: Any, rows: Any, who: Any, first: int) -> int:
    """Counts rows from one on; returns how far it came: not to the end if there is no room.

    Args:
        address: of the book; the book itself where nothing is compiled.
        rows: see :class:`pathway_modeller.simulation.tally.tally.Tally`.
        who: the same.
        first: the place of the first row to count.
    """
    b = book_at(address)
    for place in range(first, len(rows)):
        row, p = rows[place], who[place]
        if p >= 0:
            if not _fits(b, row, p):
                return place
            _patient(b, row, p)
        elif row.event == CAPACITY:
            n = b.numbers[0]
            if n.opened == len(b.opened):
                return place
            note = b.opened[n.opened]
            note.time, note.body, note.units = row.time, row.pool, row.units
            n.opened += 1
            open_units(b, row.pool, row.time, row.units)
    return len(rows)


@inlined
def _fits(b: LevelBook, row: Any, who: int) -> bool:
    """Tells whether there is room for all that a row changes."""
    if b.patients[who].identity != row.patient and not has_room(b, b.numbers[0].inside, 1):
        return False
    if row.event == JOIN:
        return has_room(b, row.element, 1)
    if row.event == ACQUIRE:
        some = b.numbers[0].free_held >= 0 or b.numbers[0].held < len(b.held)
        return some and has_room(b, b.numbers[0].inside + 1 + row.pool, row.units)
    return True


@inlined
def _patient(b: LevelBook, row: Any, who: int) -> None:
    """Counts a patient's row."""
    event, time, p = row.event, row.time, b.patients[who]
    if p.identity != row.patient:
        _come(b, row, who)
    blocked, p.blocked = p.blocked, -1
    if BLOCKED <= event <= MOVE_END:
        _blocked_or_moves(b, row, who, blocked)
    elif event == JOIN:
        change(b, row.element, time, 1)
        p.state, p.element = WAITING, row.element
        keep.begin(b, who, time, row.need_tier, row.footprint, ANY)
    elif event == ACQUIRE:
        change(b, b.numbers[0].inside + 1 + row.pool, time, row.units)
        keep.take(b, who, row.element, row.pool, row.units)
    elif event == RELEASE:
        change(b, b.numbers[0].inside + 1 + row.pool, time, -row.units)
        keep.give_back(b, who, time, row.element, row.pool, row.units)
    elif _ends_wait(event):
        if p.state == WAITING:
            change(b, p.element, time, -1)
            _stop_waiting(b, who, time)
    elif p.inside and _leaves(event):
        p.inside = 0
        change(b, b.numbers[0].inside, time, -1)


@inlined
def _blocked_or_moves(b: LevelBook, row: Any, who: int, blocked: int) -> None:
    """Counts a row that may say that a patient is blocked, or moves; ``blocked`` is from the row before."""
    p = b.patients[who]
    if row.event == BLOCKED:
        p.blocked = row.element
    elif row.event == MOVE_START and blocked >= 0:
        p.state = MOVING
        keep.begin(b, who, row.time, row.need_tier, row.footprint, blocked)
    elif row.event == MOVE_END and p.state == MOVING:
        p.state = IDLE
        keep.finish(b, who, row.time, row.element)


@inlined
def _come(b: LevelBook, row: Any, who: int) -> None:
    """Begins with a patient of whom no row was seen before."""
    keep.forget(b, who)
    p = b.patients[who]
    p.identity, p.state, p.blocked, p.inside = row.patient, IDLE, -1, 1
    change(b, b.numbers[0].inside, row.time, 1)


@inlined
def _stop_waiting(b: LevelBook, who: int, time: float) -> None:
    """Ends a patient's wait."""
    p = b.patients[who]
    p.state = IDLE
    b.waiting[keep.cell(b, p.element, p.tier, p.footprint)] += keep.counted_days(b, p.since, time)
    keep.finish(b, who, time, p.element)


@inlined
def _ends_wait(event: int) -> bool:
    """Tells whether a patient leaves a queue."""
    return event in (START, START_MISSED, GAVE_UP, TURNED_AWAY, DETERIORATED)


@inlined
def _leaves(event: int) -> bool:
    """Tells whether a patient leaves the pathway."""
    return (
        event in (EXIT, LEFT_TURNED_AWAY, LEFT_GAVE_UP, LEFT_NOT_ATTENDED)
        or event in (LEFT_DETERIORATED, DIED, LEFT_ADVISED)
    )  # fmt: skip


@jit
def close(address: Any) -> None:
    """Counts everything to the end of the run; ``address`` as for :func:`follow`."""
    b = book_at(address)
    end = b.numbers[0].end
    for number in range(len(b.tracks)):
        pass_time(b, number, end)
    for who in range(len(b.patients)):
        if b.patients[who].state == WAITING:
            _stop_waiting(b, who, end)
        elif b.patients[who].state == MOVING:
            keep.finish(b, who, end, -1)
