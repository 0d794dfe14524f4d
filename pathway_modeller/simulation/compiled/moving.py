"""How patients move: along arrows, through decisions and planned intervals, and off the pathway."""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.compiled.dangers import BETWEEN_CONTACTS, first_danger
from pathway_modeller.simulation.compiled.draws import drawn, duration, of, on_tick
from pathway_modeller.simulation.compiled.events import K_DUE, K_MOVE_END, K_OFF, K_WAIT_END, at
from pathway_modeller.simulation.compiled.holdings import (
    end_stays,
    release_all,
    release_own,
    release_place,
)
from pathway_modeller.simulation.compiled.jit import always_inlined, cold, part
from pathway_modeller.simulation.compiled.layout import ACTIVITY, EXIT, WAIT, World
from pathway_modeller.simulation.compiled.numba_inside.pointers import prefetch
from pathway_modeller.simulation.compiled.people import change_tier, protect
from pathway_modeller.simulation.compiled.queues import DEATH, NEED, queue
from pathway_modeller.simulation.compiled.routes import (
    ENDLESS,
    choose_arrow,
    draw_groups,
    set_group,
    stop,
    visit_to,
    visits_of,
)
from pathway_modeller.simulation.compiled.rows import tell
from pathway_modeller.simulation.compiled.space import took_new
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.trace import Event, NeedCause

_MOST_MOVES = 1000
_MOVE_END_RANK, _WAIT_END_RANK = int(Rank.MOVE_END), int(Rank.WAIT_END)
_FOR_MOVE, _FOR_WAIT, _FOR_NEED = int(Purpose.MOVE), int(Purpose.WAIT), int(Purpose.NEED)
_FOR_UPTAKE, _FOR_FADE = int(Purpose.UPTAKE), int(Purpose.FADE)
_FOR_CASELOAD, _FOR_REVIEW = int(Purpose.CASELOAD), int(Purpose.REVIEW)
_FOR_ADVICE, _FOR_REBOOK = int(Purpose.ADVICE), int(Purpose.REBOOK)
_ARRIVE, _MOVE_START, _MOVE_END = int(Event.ARRIVE), int(Event.MOVE_START), int(Event.MOVE_END)
_BLOCKED, _DECIDE, _EXIT, _DIED = int(Event.BLOCKED), int(Event.DECIDE), int(Event.EXIT), int(Event.DIED)
_WAIT_START, _WAIT_END = int(Event.WAIT_START), int(Event.WAIT_END)
_NEED_CHANGED, _COMPLETE, _ADVISED = int(Event.NEED_CHANGED), int(Event.COMPLETE), int(Event.ADVISED)
_ON_CASELOAD, _OFF_CASELOAD = int(Event.ON_CASELOAD), int(Event.OFF_CASELOAD)
_LEFT_ADVISED, _LEFT_NOT_ATTENDED = int(Event.LEFT_ADVISED), int(Event.LEFT_NOT_ATTENDED)
_DID_NOT_ATTEND = int(Event.DID_NOT_ATTEND)
_LEFT_DETERIORATED, _DETERIORATED = int(Event.LEFT_DETERIORATED), int(Event.DETERIORATED)
_HARMED, _LEFT_HARMED = int(Event.HARMED), int(Event.LEFT_HARMED)
WAITED, _BY_HARM = int(NeedCause.WAITED), int(NeedCause.HARMED)


# --- patients --------------------------------------------------------------------------------------


@part
def new_patient(w: World, stream: int, ordinal: int, draw: int, element: int) -> int:
    """Returns a patient who is there now, with their groups."""
    s = w.state[0]
    p = s.free_patient
    if p >= 0:
        s.free_patient = w.patients[p].held
        prefetch(w.patients, s.free_patient)
        prefetch(w.visits, s.free_patient)
    else:
        p = s.patients
        s.patients += 1
        took_new(w)
    x = w.patients[p]
    x.identity = (stream << 32) | ordinal
    x.moves, x.enrolled, x.held, x.own, x.drawn = 0, -1, -1, -1, -1
    x.entered, x.instant, x.until = s.now, -1.0, 0.0
    for i in range(len(w.elements)):
        w.visits[p, i] = 0
    draw_groups(w, draw, element, p)
    return p


@part
def arrive(w: World, stream: int, ordinal: int) -> None:
    """Has a patient come to the pathway."""
    x = w.streams[stream]
    p = new_patient(w, x.key, ordinal, x.draw, x.element)
    visit_to(w, p, x.element)
    tell(w, w.state[0].now, p, _ARRIVE, x.element)
    arrow = choose_arrow(w, x.element, p)
    if arrow >= 0:
        follow(w, p, x.element, arrow, False)


@part
def _leave(w: World, p: int, event: int, element: int, units: int) -> None:
    """Has a patient leave the pathway; every unit held is released."""
    s = w.state[0]
    release_all(w, p)
    tell(w, s.now, p, event, element, -1, units)
    if event == _DIED:
        change_tier(w, w.patients[p].tier, -1, w.patients[p].footprint)
    w.patients[p].held = s.free_patient
    s.free_patient = p


@cold
def go_on(w: World, p: int, target: int, event: int, element: int, units: int = 0) -> None:
    """Sends a patient to an element, or off the pathway where there is none; it ends a caseload."""
    come_off(w, p)
    if target < 0:
        _leave(w, p, event, element, units)
    else:
        reach(w, p, target)


# --- arrows ----------------------------------------------------------------------------------------


@always_inlined
def follow(w: World, p: int, element: int, arrow: int, release_after: bool) -> None:
    """Moves a patient along an arrow; units kept during a move may be released at its end."""
    target = _along(w, p, element, arrow, release_after)
    if target >= 0:
        reach(w, p, target)


@always_inlined
def _along(w: World, p: int, element: int, arrow: int, release_after: bool) -> int:
    """Has a patient take an arrow; returns the element reached, or -1 if the move takes time."""
    s, a = w.state[0], w.arrows[arrow]
    for i in range(a.sets_start, a.sets_end, 2):
        set_group(w, p, w.ix[i], w.ix[i + 1])
    if a.time < 0:
        return a.target
    if a.keeps == 0:
        release_own(w, p)
    elif w.patients[p].own >= 0:
        tell(w, s.now, p, _BLOCKED, w.patients[p].own)
    time = duration(w, a.time, p, drawn(w, _FOR_MOVE, a.key, p, visits_of(w, p, element)))
    tell(w, s.now, p, _MOVE_START, element)
    after = 1 if release_after else 0
    at(w, s.now + time, _MOVE_END_RANK, w.patients[p].identity, K_MOVE_END, p, arrow, after, 0)
    return -1


@part
def end_move(w: World, p: int, arrow: int, release_after: int) -> None:
    """Ends a move that took time."""
    target = w.arrows[arrow].target
    tell(w, w.state[0].now, p, _MOVE_END, target)
    if release_after:
        release_own(w, p)
    reach(w, p, target)


@always_inlined
def reach(w: World, p: int, element: int) -> None:
    """Has a patient reach an element, and go on through decisions until something takes them."""
    while element >= 0:
        element = _come_to(w, p, element)


@part
def _come_to(w: World, p: int, element: int) -> int:
    """Has a patient come to an element; returns the next where a decision sends them on at once, or -1."""
    s, e, patient = w.state[0], w.elements[element], w.patients[p]
    if patient.instant != s.now:
        patient.instant, patient.moves = s.now, 0
    patient.moves += 1
    if patient.moves > _MOST_MOVES:
        stop(w, ENDLESS, element)
        return -1
    visit = visit_to(w, p, element)
    if e.kind == ACTIVITY:
        queue(w, p, element, visit, s.now, True)
    elif e.kind == WAIT:
        _begin_wait(w, p, element, visit)
    elif e.kind == EXIT:
        _draw_need(w, p, element)
        _leave(w, p, _EXIT, element, 0)
    else:
        tell(w, s.now, p, _DECIDE, element)
        arrow = choose_arrow(w, element, p)
        return _along(w, p, element, arrow, False) if arrow >= 0 else -1
    return -1


@part
def _begin_wait(w: World, p: int, element: int, visit: int) -> None:
    """Begins a planned interval; units kept from before are released, since it needs none."""
    s, e = w.state[0], w.elements[element]
    release_own(w, p)
    end_stays(w, p, e.ends_start, e.ends_end)
    tell(w, s.now, p, _WAIT_START, element)
    time = duration(w, e.service, p, drawn(w, _FOR_WAIT, e.key, p, visit))
    at(w, s.now + time, _WAIT_END_RANK, w.patients[p].identity, K_WAIT_END, p, element, 0, 0)


@part
def end_wait(w: World, p: int, element: int) -> None:
    """Ends a planned interval."""
    e = w.elements[element]
    tell(w, w.state[0].now, p, _WAIT_END, element)
    end_stays(w, p, e.done_start, e.done_end)
    arrow = choose_arrow(w, element, p)
    if arrow >= 0:
        follow(w, p, element, arrow, False)


# --- need ------------------------------------------------------------------------------------------


@part
def change_need(w: World, p: int, element: int, to_tier: int, cause: int) -> None:
    """Moves a patient to another need tier from now on; nothing changes if it is theirs, or none."""
    tier = w.patients[p].tier
    if to_tier >= 0 and to_tier != tier:
        tell(w, w.state[0].now, p, _NEED_CHANGED, element, cause, to_tier)
        change_tier(w, tier, to_tier, w.patients[p].footprint)
        w.patients[p].tier = to_tier


@part
def _draw_need(w: World, p: int, element: int) -> None:
    """Changes a patient's need tier as an element may do."""
    if w.elements[element].change_end > w.elements[element].change_start:
        _draw_change(w, p, element)


@cold
def _draw_change(w: World, p: int, element: int) -> None:
    """Does so by one uniform."""
    e, total = w.elements[element], 0.0
    u = drawn(w, _FOR_NEED, e.key, p, visits_of(w, p, element))
    for i in range(e.change_start, e.change_end):
        c = w.changes[i]
        if c.origin == -1 or c.origin == w.patients[p].tier:
            total += of(w, c.share, p)
            if u < total:
                change_need(w, p, element, c.target, c.cause)
                return


@part
def _reach_by_contact(w: World, p: int, element: int) -> None:
    """Has an attended contact protect its patient by every prevention that it brings and they take up."""
    e, now = w.elements[element], w.state[0].now
    for i in range(e.contact_start, e.contact_end):
        number = w.ix[i]
        v = w.preventions[number]
        visit = visits_of(w, p, element)
        if not v.begins <= now < v.ends or drawn(w, _FOR_UPTAKE, v.key, p, visit) >= of(w, v.uptake, p):
            continue
        lasts = math.inf
        if v.life < math.inf:
            lasts = -v.life * math.log(1.0 - drawn(w, _FOR_FADE, v.key, p, visit))
        protect(w, number, w.patients[p].tier, w.patients[p].footprint, w.patients[p].identity, lasts)


# --- caseloads -------------------------------------------------------------------------------------


@part
def come_on(w: World, p: int, element: int, visit: int) -> None:
    """Takes a patient who has been given a place onto a caseload; the time on it is drawn now."""
    x, a, s = w.patients[p], w.elements[element], w.state[0]
    if x.enrolled >= 0:
        return
    x.enrolled, x.until = element, math.inf
    if a.length >= 0:
        x.until = on_tick(s.now + duration(w, a.length, p, drawn(w, _FOR_CASELOAD, a.key, p, visit)))
    tell(w, s.now, p, _ON_CASELOAD, element)


@part
def come_off(w: World, p: int) -> None:
    """Takes a patient off the caseload that they may be on, and their place with it."""
    x = w.patients[p]
    if x.enrolled >= 0:
        tell(w, w.state[0].now, p, _OFF_CASELOAD, x.enrolled)
        x.enrolled = -1
        release_place(w, p)


@part
def _until_next_contact(w: World, p: int, element: int, visit: int) -> None:
    """Has a patient wait for the next contact of a caseload, or for the end of their time on it."""
    s, a, x = w.state[0], w.elements[element], w.patients[p]
    due = on_tick(s.now + duration(w, a.interval, p, drawn(w, _FOR_REVIEW, a.key, p, visit)))
    until = math.inf if x.enrolled < 0 else x.until
    if a.reacts >= 0 and first_danger(w, p, element, visit, BETWEEN_CONTACTS, min(due, until)):
        return
    if due < until:
        if due < s.until:
            at(w, due, _WAIT_END_RANK, x.identity, K_DUE, p, element, visit, 0)
        return
    time = max(until, s.now)
    if time <= s.now:
        off_caseload(w, p, element, visit)
    elif time < s.until:
        at(w, time, _WAIT_END_RANK, x.identity, K_OFF, p, element, visit, 0)


@cold
def off_caseload(w: World, p: int, element: int, visit: int) -> None:
    """Ends a patient's time on a caseload; they go on."""
    come_off(w, p)
    _finish(w, p, element, visit)


# --- what happens during care ----------------------------------------------------------------------


@cold
def come_to_harm(w: World, p: int, element: int, number: int) -> None:
    """Takes a patient out of care by what happens there; units are released as at its end."""
    a, what = w.elements[element], w.deteriorations[number]
    tell(w, w.state[0].now, p, _HARMED, element, -1, what.code)
    if what.kind != DEATH:
        change_need(w, p, element, what.to_tier, _BY_HARM)
    if a.holds == 0 or a.caseload >= 0:
        release_own(w, p)
    end_stays(w, p, a.done_start, a.done_end)
    if what.kind == DEATH:
        go_on(w, p, -1, _DIED, element, what.code)
    elif what.kind == NEED and what.goes_to < 0:
        reach(w, p, element)
    else:
        go_on(w, p, what.goes_to, _LEFT_HARMED, element, what.code)


# --- the end of a service --------------------------------------------------------------------------


@part
def end_service(w: World, p: int, element: int, visit: int) -> None:
    """Ends an attended service: the patient stays on the caseload, or goes on."""
    a = w.elements[element]
    tell(w, w.state[0].now, p, _COMPLETE, element)
    if w.state[0].living:
        _reach_by_contact(w, p, element)
    _draw_need(w, p, element)
    if a.caseload < 0:
        _finish(w, p, element, visit)
        return
    release_own(w, p)
    end_stays(w, p, a.done_start, a.done_end)
    _until_next_contact(w, p, element, visit)


@always_inlined
def _finish(w: World, p: int, element: int, visit: int) -> None:
    """Has a patient who is done here go on, or leave with advice; units are released unless kept."""
    a = w.elements[element]
    if a.advice >= 0 and drawn(w, _FOR_ADVICE, a.key, p, visit) < of(w, a.advice, p):
        tell(w, w.state[0].now, p, _ADVISED, element)
        if a.holds == 0:
            release_own(w, p)
        end_stays(w, p, a.done_start, a.done_end)
        go_on(w, p, a.advice_to, _LEFT_ADVISED, element)
        return
    arrow = choose_arrow(w, element, p)
    if arrow < 0:
        return
    if w.arrows[arrow].time < 0 and a.holds == 0:
        release_own(w, p)
    end_stays(w, p, a.done_start, a.done_end)
    follow(w, p, element, arrow, a.holds == 0)


@cold
def end_missed(w: World, p: int, element: int, visit: int) -> None:
    """Ends a slot to which the patient did not come: booked again, sent on, or discharged."""
    a = w.elements[element]
    tell(w, w.state[0].now, p, _DID_NOT_ATTEND, element)
    release_own(w, p)
    if drawn(w, _FOR_REBOOK, a.key, p, visit) < of(w, a.rebook, p):
        reach(w, p, element)
    else:
        go_on(w, p, a.missed_to, _LEFT_NOT_ATTENDED, element)
