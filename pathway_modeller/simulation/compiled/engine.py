"""The compiled engine: the order of things in one replication."""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.compiled import events as ev
from pathway_modeller.simulation.compiled import people
from pathway_modeller.simulation.compiled.calendar_queue import look_ahead
from pathway_modeller.simulation.compiled.dangers import end_or_harm
from pathway_modeller.simulation.compiled.deadlock import look
from pathway_modeller.simulation.compiled.draws import (
    drawn,
    duration,
    integral,
    of,
    on_tick,
    sample,
    time_of,
)
from pathway_modeller.simulation.compiled.events import at, follower_is_next, peek_event, pop
from pathway_modeller.simulation.compiled.holdings import (
    ask_start,
    body_of,
    end_stays,
    is_there,
    occupy,
    release_own,
    take_slot,
)
from pathway_modeller.simulation.compiled.jit import always_inlined, cold, jit, part
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.lines import forget, freed, next_start
from pathway_modeller.simulation.compiled.moving import (
    WAITED,
    arrive,
    change_need,
    come_on,
    come_to_harm,
    end_missed,
    end_move,
    end_service,
    end_wait,
    go_on,
    new_patient,
    off_caseload,
    reach,
)
from pathway_modeller.simulation.compiled.numba_inside.pointers import world_at
from pathway_modeller.simulation.compiled.philox import uniform
from pathway_modeller.simulation.compiled.queues import DEATH, NEED, leave_queue, queue, without_place
from pathway_modeller.simulation.compiled.routes import visit_to
from pathway_modeller.simulation.compiled.rows import tell, write
from pathway_modeller.simulation.compiled.space import full
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.trace import Event

DONE, PAUSED, FULL, STOPPED = range(4)
"""Why the engine hands back: the run is over, it was to look up, an array is nearly full, it cannot go on."""

BEGIN, TODAY, SOURCES, PLAY, TURN_AWAY = range(5)
"""What comes next."""

_CAPACITY, _SERVICE_END, _ARRIVAL = int(Rank.CAPACITY), int(Rank.SERVICE_END), int(Rank.ARRIVAL)
_FOR_ARRIVAL, _FOR_ATTEND = int(Purpose.ARRIVAL), int(Purpose.ATTEND)
_FOR_WAITED, _FOR_REMAINING = int(Purpose.WAITED), int(Purpose.REMAINING)
_OPEN, _PRESENT, _STARTED = int(Event.CAPACITY), int(Event.PRESENT), int(Event.START)
_START_MISSED, _TURNED_AWAY, _GAVE_UP = int(Event.START_MISSED), int(Event.TURNED_AWAY), int(Event.GAVE_UP)
_LEFT_TURNED_AWAY, _LEFT_GAVE_UP = int(Event.LEFT_TURNED_AWAY), int(Event.LEFT_GAVE_UP)
_DETERIORATED, _LEFT_DETERIORATED = int(Event.DETERIORATED), int(Event.LEFT_DETERIORATED)
_DIED, _REVIEW_DUE = int(Event.DIED), int(Event.REVIEW_DUE)


# --- sources ---------------------------------------------------------------------------------------


@cold
def _schedule_capacity(w: World, body: int, number: int) -> None:
    """Schedules a body's next change of open units."""
    b = w.bodies[body]
    if number < b.changes_n:
        at(w, w.fx[b.changes + number], _CAPACITY, body, ev.K_CAPACITY, 0, body, number, 0)


@cold
def _change_capacity(w: World, body: int, number: int) -> None:
    """Changes a body's open units; those in use stay in use."""
    s, units = w.state[0], w.ix[w.bodies[body].units + number]
    w.use[body].open = math.inf if units == -1 else float(units)
    write(w, s.now, -1, -1, -1, -1, _OPEN, body, units, -1)
    freed(w, body)
    s.look = 1
    _schedule_capacity(w, body, number + 1)
    ask_start(w)


@part
def _schedule_arrival(w: World, stream: int) -> None:
    """Schedules the next patient of a stream."""
    x, c = w.streams[stream], w.coming[stream]
    if x.booked >= 0:
        if c.ordinal == x.booked_n:
            return
        time = w.booked_times[x.booked + c.ordinal]
        ordinal = w.booked_ordinals[x.booked + c.ordinal]
    elif x.gap < 0 and x.rate <= 0.0:
        return
    else:
        ordinal = c.ordinal
        key = w.elements[x.element].key
        u = uniform(w, key, x.key, ordinal, _FOR_ARRIVAL, 0)
        c.reached += -math.log(1.0 - u) / x.rate if x.gap < 0 else sample(w, x.gap, u)
        time = time_of(w, x.clock, c.reached, w.state[0].now)
        if time >= x.ends:
            return
    c.ordinal += 1
    at(w, time, _ARRIVAL, (x.key << 32) | ordinal, ev.K_ARRIVE, 0, stream, ordinal, 0)


@cold
def _begin_today(w: World, number: int, ordinal: int) -> None:
    """Puts one who is there at time 0 into the queue or into service."""
    part = w.lists[number]
    element = part.activity
    p = new_patient(w, part.key, ordinal, part.draw, element)
    visit = visit_to(w, p, element)
    key = w.elements[element].key
    if part.waited >= 0:
        joined = on_tick(-sample(w, part.waited, drawn(w, _FOR_WAITED, key, p, visit)))
        w.patients[p].entered = joined
        queue(w, p, element, visit, joined, False)
        tell(w, 0.0, p, _PRESENT, element)
    elif part.remaining >= 0:
        tell(w, 0.0, p, _PRESENT, element)
        _occupy(w, p, element, visit)
        time = duration(w, part.remaining, p, drawn(w, _FOR_REMAINING, key, p, visit))
        if w.elements[element].reacts >= 0:
            end_or_harm(w, p, element, visit, time, ev.K_END)
        else:
            at(w, time, _SERVICE_END, w.patients[p].identity, ev.K_END, p, element, visit, 0)


@cold
def _begin_sources(w: World) -> None:
    """Schedules the first patient of each stream, and sets the population going."""
    for stream in range(len(w.streams)):
        if w.streams[stream].follows < 0:
            w.coming[stream].reached = integral(w, w.streams[stream].clock, w.streams[stream].begins)
            _schedule_arrival(w, stream)
    if w.state[0].living:
        # Demand looks at the people once they have begun, and is not told of the beginning.
        people.begin_people(w)
        people.begin_following(w)


# --- starting --------------------------------------------------------------------------------------


@always_inlined
def _occupy(w: World, p: int, element: int, visit: int) -> None:
    """Gives a patient all that a start takes, and takes them onto the caseload if there is one."""
    occupy(w, p, element)
    if w.elements[element].caseload >= 0:
        come_on(w, p, element, visit)


@part
def _misses(w: World, q: int) -> bool:
    """Returns whether a patient does not come to the slot; who is in a place is there and does."""
    x = w.waits[q]
    a, p = w.elements[x.activity], x.patient
    if a.missed < 0 or is_there(w, p):
        return False
    table = a.missed
    for i in range(a.by_wait_start, a.by_wait_end):
        if on_tick(w.state[0].now - x.joined) >= w.by_waits[i].least:
            table = w.by_waits[i].share
    return drawn(w, _FOR_ATTEND, a.key, p, x.visit) < of(w, table, p)


@cold
def _pressed(w: World, p: int, start: int, end: int) -> float:
    """Returns by what a service time is multiplied, since a pool is as full as it is now."""
    use = w.use[body_of(w, w.pressures[start].need, w.patients[p].footprint)]
    share, factor = use.used / use.open if use.open > 0 else 1.0, 1.0
    for i in range(start, end):
        if share >= w.pressures[i].full:
            factor = w.pressures[i].factor
    return factor


@cold
def _start_reacting(w: World, p: int, element: int, visit: int, time: float, kind: int) -> None:
    """Schedules the end of a service just begun that pressure, or what happens during it, may change."""
    r = w.reactions[w.elements[element].reacts]
    if r.press_end > r.press_start:
        time *= _pressed(w, p, r.press_start, r.press_end)
    end_or_harm(w, p, element, visit, time, kind)


@part
def _start(w: World, q: int) -> None:
    """Starts a patient, who may turn out not to attend."""
    s, x = w.state[0], w.waits[q]
    p, element, visit = x.patient, x.activity, x.visit
    a = w.elements[element]
    time = duration(w, a.service, p, x.drawn)
    leave_queue(w, q)
    missed = _misses(w, q)
    tell(w, s.now, p, _START_MISSED if missed else _STARTED, element)
    if missed:
        take_slot(w, p, element)
    else:
        release_own(w, p)
        end_stays(w, p, a.ends_start, a.ends_end)
        _occupy(w, p, element, visit)
    kind = ev.K_END_MISSED if missed else ev.K_END
    if a.reacts >= 0:
        _start_reacting(w, p, element, visit, time, kind)
    else:
        at(w, s.now + time, _SERVICE_END, w.patients[p].identity, kind, p, element, visit, 0)


@cold
def _turn_away(w: World, q: int) -> None:
    """Turns a newcomer away: to the overflow element, or off the pathway."""
    leave_queue(w, q)
    p, element = w.waits[q].patient, w.waits[q].activity
    tell(w, w.state[0].now, p, _TURNED_AWAY, element)
    go_on(w, p, w.elements[element].overflow, _LEFT_TURNED_AWAY, element)


@cold
def _give_up(w: World, q: int) -> None:
    """Has a patient give up who still waits."""
    p, element, left = w.waits[q].patient, w.waits[q].activity, w.waits[q].left
    if left == 0:
        leave_queue(w, q)
        tell(w, w.state[0].now, p, _GAVE_UP, element)
        go_on(w, p, w.elements[element].gives_up, _LEFT_GAVE_UP, element)
    forget(w, q)


@cold
def _deteriorate(w: World, q: int, number: int) -> None:
    """Ends a wait, if it lasts, by what it did: an emergency, another need tier, or death."""
    p, element, left = w.waits[q].patient, w.waits[q].activity, w.waits[q].left
    what = w.deteriorations[number]
    if left == 0:
        leave_queue(w, q)
        tell(w, w.state[0].now, p, _DETERIORATED, element, -1, what.code)
        if what.kind == DEATH:
            go_on(w, p, -1, _DIED, element, what.code)
        else:
            change_need(w, p, element, what.to_tier, WAITED)
            if what.kind == NEED and what.goes_to < 0:
                reach(w, p, element)
            else:
                go_on(w, p, what.goes_to, _LEFT_DETERIORATED, element, what.code)
    forget(w, q)


# --- the run ---------------------------------------------------------------------------------------


@part
def _happen_to_patient(w: World, kind: int, p: int, e: int, v: int) -> None:
    """Plays an event of a patient other than the end of a service."""
    if kind == ev.K_END_MISSED:
        end_missed(w, p, e, v)
    elif kind == ev.K_WAIT_END:
        end_wait(w, p, e)
    elif kind == ev.K_MOVE_END:
        end_move(w, p, e, v)
    elif kind == ev.K_DUE:
        tell(w, w.state[0].now, p, _REVIEW_DUE, e)
        reach(w, p, e)
    elif kind == ev.K_OFF:
        off_caseload(w, p, e, v)
    elif kind == ev.K_GIVE_UP:
        _give_up(w, p)
    elif kind == ev.K_HARM:
        come_to_harm(w, p, e, v)
    else:
        _deteriorate(w, p, e)


@part
def _happen(w: World) -> None:
    """Plays what is due next."""
    look_ahead(w)
    if follower_is_next(w):
        stream = people.who_comes(w)
        arrive(w, stream, w.coming[stream].ordinal - 1)
        return
    event = w.events[pop(w)]
    # All of it is read first: the event's place may be another's as soon as something is scheduled.
    kind, p, e, v, x = event.kind, event.p, event.e, event.v, event.x
    if kind == ev.K_END:
        end_service(w, p, e, v)
    elif kind == ev.K_ARRIVE:
        _schedule_arrival(w, e)
        arrive(w, e, v)
    elif kind == ev.K_CAPACITY:
        _change_capacity(w, e, v)
    elif kind == ev.K_WAKE:
        people.wake(w)
    elif kind == ev.K_STEP:
        people.step_coverage(w, e, v)
    elif kind == ev.K_PROTECT:
        people.count_protected(w, e, v, x)
    else:
        _happen_to_patient(w, kind, p, e, v)


@part
def _end_starts(w: World) -> None:
    """Goes on to bound events, once a deadlock has been looked for if there may be one."""
    s = w.state[0]
    s.phase = PLAY
    if s.look:
        s.look = 0
        look(w)


@always_inlined
def _starts(w: World) -> None:
    """Starts whoever can start, as long as there is room; then finds those who find no place."""
    s = w.state[0]
    while True:
        q = next_start(w)
        if q < 0:
            break
        _start(w, q)
        if full(w):
            ask_start(w)
            return
    s.turned = 0
    s.turning = without_place(w)
    if s.turning > 0:
        s.phase = TURN_AWAY
    else:
        _end_starts(w)


@cold
def _one_turned_away(w: World) -> None:
    """Turns one patient away."""
    s = w.state[0]
    if s.turned < s.turning:
        s.turned += 1
        _turn_away(w, w.turning[s.turned - 1])
    else:
        _end_starts(w)


@cold
def _begin(w: World) -> None:
    """Begins the run, a step at a time."""
    s = w.state[0]
    if s.phase == BEGIN:
        for body in range(len(w.bodies)):
            _schedule_capacity(w, body, 0)
        s.phase = TODAY
    elif s.phase == SOURCES:
        _begin_sources(w)
        s.phase = PLAY
    elif s.part == len(w.lists):
        s.phase = SOURCES
    elif s.ordinal == w.lists[s.part].patients:
        s.part, s.ordinal = s.part + 1, 0
    else:
        s.ordinal += 1
        _begin_today(w, s.part, s.ordinal - 1)


@cold
def _go_on(w: World) -> None:
    """Begins, or turns away, a step at a time."""
    if w.state[0].phase == TURN_AWAY:
        _one_turned_away(w)
    else:
        _begin(w)


@always_inlined
def _starts_are_due(w: World) -> bool:
    """Returns whether somebody may start, and nothing else is due at this instant."""
    s = w.state[0]
    return s.start_asked != 0 and s.stop == 0 and peek_event(w) > s.now


@jit
def advance(address: object, steps: int) -> int:
    """Plays on.

    Args:
        address: where the list of the world's tables lies; the world itself where nothing is compiled.
        steps: hands back after so many steps.

    Returns:
        Why it handed back.
    """
    w = world_at(address)
    s = w.state[0]
    for _ in range(steps):
        if s.stop:
            return STOPPED
        if full(w):
            return FULL
        if s.phase != PLAY:
            _go_on(w)
            continue
        if not _starts_are_due(w):
            if peek_event(w) == math.inf:
                return DONE
            _happen(w)
        if _starts_are_due(w):
            s.start_asked = 0
            _starts(w)
    return PAUSED
