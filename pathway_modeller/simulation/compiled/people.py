"""The living population and the demand that follows it; see ``simpy/people.py``."""

from __future__ import annotations

import math

from pathway_modeller.simulation.chance.random_numbers import Purpose
from pathway_modeller.simulation.chance.ticks import TICKS_PER_DAY
from pathway_modeller.simulation.compiled.draws import integral, on_tick, ticks_of, time_of
from pathway_modeller.simulation.compiled.events import (
    K_PROTECT,
    K_STEP,
    K_WAKE,
    at,
    peek,
)
from pathway_modeller.simulation.compiled.jit import always_inlined, cold, part
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.philox import uniform
from pathway_modeller.simulation.compiled.rows import write
from pathway_modeller.simulation.compiled.tournament_tree import (
    NEVER,
    comes_alone,
    comes_at,
    comes_first,
    first_of_others,
    place_of,
)
from pathway_modeller.simulation.ranks import Rank
from pathway_modeller.simulation.trace import Event

_AHEAD = 1024
_HOURS = 24.0
_SURELY = 1e-9
"""Far more of an integral, in days, than rounding can amount to."""
_COVERAGE, _MOVES = -2, -1
_POPULATION = int(Rank.POPULATION)
_FOR_PERSON, _FOR_ARRIVAL = int(Purpose.PERSON), int(Purpose.ARRIVAL)
_PERSON = int(Event.PERSON)


# --- demand that follows the people ----------------------------------------------------------------


@part
def _gap_before(w: World, number: int, ordinal: int) -> float:
    """Returns the people's time to a patient of a stream from the one before."""
    stream = w.streams[number]
    u = uniform(w, w.elements[stream.element].key, stream.key, ordinal, _FOR_ARRIVAL, 0)
    return -math.log(1.0 - u) / stream.rate


@part
def _comes(w: World, number: int, now: float) -> None:
    """Works out when the next patient of a stream comes: a whole millisecond, infinity if never."""
    stream, c = w.streams[number], w.coming[number]
    ticks, near = math.inf, c.time
    if w.people[stream.follows] > 0.0:
        time = max(time_of(w, stream.clock, _target(w, number), near), now)
        if time < stream.ends:
            ticks = ticks_of(time)
    c.time, c.known = ticks / TICKS_PER_DAY, 1
    comes_at(w.stream_contest, int(c.place), ticks)


@part
def _target(w: World, number: int) -> float:
    """Returns the integral of a stream's profile at which its next patient comes."""
    c = w.coming[number]
    return c.since + (c.target - c.reached) / w.people[w.streams[number].follows]


@part
def _comes_in_a_later_hour(w: World, number: int, now: float) -> bool:
    """Returns whether a stream's next patient surely comes no sooner than in the hour known before.

    They then need not be worked out each time that the people change, but when that hour is next: until then
    its beginning stands for when they come.
    """
    clock, c = w.streams[number].clock, w.coming[number]
    if not now < c.time < math.inf or w.people[w.streams[number].follows] <= 0.0:
        return False
    if c.known == 0:
        return _target(w, number) >= c.least
    hour = math.floor(c.time * _HOURS) / _HOURS
    c.least = integral(w, clock, hour) + _SURELY
    if hour <= now or _target(w, number) < c.least:
        return False
    c.time, c.known = hour, 0
    comes_at(w.stream_contest, int(c.place), ticks_of(hour))
    return True


@part
def _schedule_coming(w: World) -> None:
    """Has the next patient come in time, of several the first in identity."""
    s, place = w.state[0], comes_first(w.stream_contest)
    s.follow_due = math.inf
    while place >= 0:
        if _is_followed_by(w, place):
            return
        _comes(w, s.follower, s.now)
        place = comes_first(w.stream_contest)


@always_inlined
def _is_followed_by(w: World, place: int) -> bool:
    """Has a contestant's patient come next, unless it is yet to be worked out when they come."""
    s = w.state[0]
    s.follower = w.by_key[place]
    c = w.coming[s.follower]
    s.follow_due = c.time if c.time < s.until else math.inf
    return c.known != 0


@cold
def begin_following(w: World) -> None:
    """Sets the streams that follow the people going at time 0."""
    for number in range(len(w.streams)):
        stream, c = w.streams[number], w.coming[number]
        if stream.follows >= 0:
            c.since = integral(w, stream.clock, stream.begins)
            c.target, c.gap = _gap_before(w, number, 0), _gap_before(w, number, 1)
            _comes(w, number, 0.0)
    _schedule_coming(w)


@part
def _demand_changes(w: World, place: int, before: float, now: float) -> None:
    """Takes in that the people of a compartment changed, of whom there were so many before."""
    start, end = w.places[place].streams_start, w.places[place].streams_end
    for i in range(start, end):
        number = w.ix[i]
        c = w.coming[number]
        since = max(integral(w, w.streams[number].clock, now), c.since)
        c.reached += before * (since - c.since)
        c.since = since
        if not _comes_in_a_later_hour(w, number, now):
            _comes(w, number, now)
    if end > start:
        _schedule_coming(w)


@part
def who_comes(w: World) -> int:
    """Returns the stream of the patient who is due, once the next is scheduled."""
    s = w.state[0]
    s.now = s.follow_due
    number = int(s.follower)
    c = w.coming[number]
    others = first_of_others(w.stream_contest, int(c.place))
    c.ordinal += 1
    # The gap was drawn when the patient before came, so that the next time need not wait for it.
    c.target += c.gap
    c.gap = _gap_before(w, number, c.ordinal + 1)
    _comes(w, number, s.now)
    # Mostly another stream's patient is next, so that nobody need wait until this one's time is worked out.
    then = place_of(w.stream_contest, others)
    if w.stream_contest[1] < others or others == NEVER or not _is_followed_by(w, then):
        _schedule_coming(w)
    return number


# --- people's time ---------------------------------------------------------------------------------


@part
def _gap(w: World, channel: int) -> float:
    """Returns the speed's time from one event of a channel to the next."""
    c = w.channels[channel]
    ordinal = w.ordinals[channel]
    w.ordinals[channel] += 1
    return -math.log(1.0 - uniform(w, c.key, c.stream, ordinal, _FOR_PERSON, 0)) / c.rate


@part
def _front(w: World, lane: int) -> int:
    """Returns the channel of a lane whose target comes first."""
    x = w.lanes[lane]
    best = w.ix[x.channels]
    for i in range(x.channels + 1, x.channels + x.channels_n):
        channel = w.ix[i]
        if w.targets[channel] < w.targets[best]:
            best = channel
    return best


@part
def _when(w: World, lane: int, target: float, now: float) -> float:
    """Returns when a running lane reaches a target: a whole millisecond, infinity if after the run."""
    v = w.speeds[lane]
    time = time_of(w, w.lanes[lane].clock, v.since + (target - v.reached) / v.speed, v.time)
    return math.inf if time >= w.state[0].until else max(on_tick(time), now)


@part
def _share(w: World, prevention: int, place: int) -> float:
    """Returns the share of a compartment's people whom a prevention protects."""
    part = w.preventions[prevention]
    if part.by_contact == 0:
        return w.fx[part.reach + place] * w.covered[prevention]
    here = w.people[place]
    return min(w.protected[prevention, place], here) / here if here > 0.0 else 0.0


@part
def _speed(w: World, lane: int) -> float:
    """Returns the speed of a lane: 1 or people, slowed by prevention; 0 where nobody can leave."""
    x = w.lanes[lane]
    if x.plain >= 0:
        return w.people[x.plain] if w.people[x.plain] >= 1.0 else 0.0
    if x.origin >= 0 and w.people[x.origin] < 1.0:
        return 0.0
    speed = 0.0 if x.n > 0 else 1.0
    for i in range(x.n):
        speed += w.fx[x.weights + i] * w.people[w.ix[x.places + i]]
    for i in range(x.slowed_n):
        speed *= 1.0 - w.fx[x.reductions + i] * _share(w, w.ix[x.slowed + i], x.protected)
    return speed


@part
def _update(w: World, lane: int, now: float, always: bool) -> None:
    """Brings a lane to its present speed, and works out when it next has an event."""
    v, speed = w.speeds[lane], _speed(w, lane)
    if speed != v.speed:
        since = integral(w, w.lanes[lane].clock, now)
        v.reached += v.speed * (since - v.since)
        v.since, v.speed = since, speed
    elif not always:
        return
    v.time = _when(w, lane, w.targets[_front(w, lane)], now) if speed > 0.0 else math.inf
    comes_at(w.lane_contest, lane, v.time * TICKS_PER_DAY + 0.5)


@part
def _add(w: World, place: int, change: float, now: float, moving: int) -> None:
    """Changes the people of a compartment; ``moving`` is the lane that just had an event, -1 for none."""
    before = w.people[place]
    w.people[place] += change
    for i in range(w.places[place].lanes_start, w.places[place].lanes_end):
        _update(w, w.ix[i], now, w.ix[i] == moving)
    _demand_changes(w, place, before, now)


# --- moves -----------------------------------------------------------------------------------------


@part
def _earliest_move(w: World) -> float:
    """Returns when the next move is due; infinity if none is."""
    lane = comes_first(w.lane_contest)
    return w.speeds[lane].time if lane >= 0 else math.inf


@part
def _schedule(w: World) -> None:
    """Has the next move happen when it is due, unless something is to happen earlier."""
    s, time = w.state[0], _earliest_move(w)
    if time < s.moves_due and time < s.until:
        s.moves_due = time
        at(w, time, _POPULATION, _MOVES, K_WAKE, 0, 0, 0, 0)


@cold
def begin_people(w: World) -> None:
    """Sets every lane going at time 0, and schedules what is known beforehand."""
    for prevention in range(len(w.preventions)):
        schedule_coverage(w, prevention, 0)
    for lane in range(len(w.lanes)):
        x = w.lanes[lane]
        for i in range(x.channels, x.channels + x.channels_n):
            w.targets[w.ix[i]] = _gap(w, w.ix[i])
        _update(w, lane, 0.0, False)
    _schedule(w)


@part
def _due(w: World, time: float) -> int:
    """Returns the channel of the first move due at a time: by move id, then footprint."""
    best, best_lane = -1, -1
    for lane in range(len(w.lanes)):
        if w.speeds[lane].time != time:
            continue
        front = _front(w, lane)
        x = w.lanes[lane]
        for i in range(x.channels, x.channels + x.channels_n):
            channel = w.ix[i]
            if (best < 0 or channel < best) and (
                channel == front or _when(w, lane, w.targets[channel], time) <= time
            ):
                best, best_lane = channel, lane
    w.state[0].stuck = best_lane
    return best


@part
def _several(w: World, lane: int) -> bool:
    """Returns whether more than one move may be due at a time."""
    if not comes_alone(w.lane_contest, lane):
        return True
    front, x = _front(w, lane), w.lanes[lane]
    near = w.targets[front] + 2.0 * w.speeds[lane].speed / TICKS_PER_DAY
    for i in range(x.channels, x.channels + x.channels_n):
        if w.ix[i] != front and w.targets[w.ix[i]] <= near:
            return True
    return False


@part
def _make(w: World, time: float) -> None:
    """Makes the move that is due at a time."""
    lane = comes_first(w.lane_contest)
    channel = _front(w, lane)
    if _several(w, lane):
        channel = _due(w, time)
        lane = w.state[0].stuck
    w.targets[channel] += _gap(w, channel)
    c = w.channels[channel]
    write(w, time, -1, c.tier, c.footprint, -1, _PERSON, c.move, c.to_tier, -1)
    if c.origin >= 0:
        _add(w, c.origin, -1.0, time, lane)
    else:
        _update(w, lane, time, True)
    if c.target >= 0:
        _add(w, c.target, 1.0, time, lane)


@part
def wake(w: World) -> None:
    """Makes the moves that are due, and those that come before anything else is."""
    s = w.state[0]
    now = s.now
    if now != s.moves_due:
        return
    s.moves_due = math.inf
    for _ in range(_AHEAD):
        time = _earliest_move(w)
        if time > now and (time >= s.until or time >= peek(w)):
            break
        _make(w, time)
    _schedule(w)


@part
def change_tier(w: World, tier: int, to_tier: int, footprint: int) -> None:
    """Moves a patient to another compartment, if the one left has a person to lose; -1 for no need tier."""
    s = w.state[0]
    if s.living == 0 or footprint < 0 or tier < 0:
        return
    origin = tier * s.footprints + footprint
    if w.people[origin] < 1.0:
        return
    _add(w, origin, -1.0, s.now, -1)
    if to_tier >= 0:
        _add(w, to_tier * s.footprints + footprint, 1.0, s.now, -1)
    _schedule(w)


# --- prevention ------------------------------------------------------------------------------------


@cold
def _slow(w: World, prevention: int, start: int, end: int) -> None:
    """Brings those of the lanes listed that a prevention slows to their speed now."""
    for i in range(start, end):
        x = w.lanes[w.ix[i]]
        for j in range(x.slowed, x.slowed + x.slowed_n):
            if w.ix[j] == prevention:
                _update(w, w.ix[i], w.state[0].now, False)
                break
    _schedule(w)


@cold
def schedule_coverage(w: World, prevention: int, number: int) -> None:
    """Schedules a step of a coverage; those at time 0 are made at once."""
    part = w.preventions[prevention]
    while number < part.steps_n and w.fx[part.steps + 2 * number] <= 0.0:
        w.covered[prevention] = w.fx[part.steps + 2 * number + 1]
        number += 1
    if number < part.steps_n:
        day = w.fx[part.steps + 2 * number]
        at(w, day, _POPULATION, _COVERAGE, K_STEP, 0, prevention, number, 0)


@cold
def step_coverage(w: World, prevention: int, number: int) -> None:
    """Makes a step of a coverage."""
    part = w.preventions[prevention]
    w.covered[prevention] = w.fx[part.steps + 2 * number + 1]
    _slow(w, prevention, part.slows_start, part.slows_end)
    schedule_coverage(w, prevention, number + 1)


@cold
def protect(w: World, prevention: int, tier: int, footprint: int, identity: int, lasts: float) -> None:
    """Protects a person after a prevention's lag, until the effect fades after so many days."""
    s = w.state[0]
    if tier < 0 or footprint < 0:
        return
    place = tier * s.footprints + footprint
    starts = on_tick(s.now + w.preventions[prevention].lag)
    if starts < s.until:
        at(w, starts, _POPULATION, identity, K_PROTECT, 0, prevention, place, 1)
    if starts + lasts < s.until:
        at(w, starts + lasts, _POPULATION, identity, K_PROTECT, 0, prevention, place, -1)


@cold
def count_protected(w: World, prevention: int, place: int, more: int) -> None:
    """Counts one more, or one fewer, who is protected in a compartment."""
    w.protected[prevention, place] += more
    _slow(w, prevention, w.places[place].lanes_start, w.places[place].lanes_end)
