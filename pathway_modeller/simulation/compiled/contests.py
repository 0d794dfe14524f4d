"""Which of many comes first: knock-out contests that are played again only where something changed.

A contest is a binary tree in a list: place 1 holds who comes first of all, places 2i and 2i + 1 those between
whom place i decides; -1 is nobody. The second half of the list are the contestants (a tournament tree: Knuth,
The Art of Computer Programming 3, section 5.4.1).
"""

from __future__ import annotations

import math

from pathway_modeller.simulation.compiled.jit import part, rare
from pathway_modeller.simulation.compiled.layout import World

# --- streams that follow the people: by time, then identity of the patient --------------------------


@part
def identity_of_next(w: World, number: int) -> int:
    """Returns the identity of a stream's next patient."""
    return (w.streams[number].key << 32) | w.coming[number].ordinal


@part
def _first_stream(w: World, a: int, b: int) -> int:
    """Returns which of two streams has the next patient."""
    if a < 0:
        return b
    if b < 0:
        return a
    one, other = w.coming[a].time, w.coming[b].time
    if one == other:
        return a if identity_of_next(w, a) < identity_of_next(w, b) else b
    return a if one < other else b


@rare
def set_up_streams(w: World) -> None:
    """Plays the contest of all streams."""
    for place in range((len(w.stream_contest) >> 1) - 1, 0, -1):
        w.stream_contest[place] = _first_stream(
            w, w.stream_contest[2 * place], w.stream_contest[2 * place + 1]
        )


@part
def stream_changed(w: World, number: int) -> None:
    """Plays again where a stream takes part whose next patient has another time."""
    place = ((len(w.stream_contest) >> 1) + number) >> 1
    while place > 0:
        first = _first_stream(w, w.stream_contest[2 * place], w.stream_contest[2 * place + 1])
        if first != number and first == w.stream_contest[place]:
            return
        w.stream_contest[place] = first
        place >>= 1


@part
def first_to_come(w: World) -> int:
    """Returns the stream of the patient who comes next, of several the first in identity; -1 if nobody."""
    first = w.stream_contest[1]
    return first if first >= 0 and w.coming[first].time < math.inf else -1


# --- lanes of people: by time, then number of the lane -----------------------------------------------


@part
def _first_lane(w: World, a: int, b: int) -> int:
    """Returns which of two lanes has the next event; ``a`` has the lower number."""
    if b < 0:
        return a
    return b if w.speeds[b].time < w.speeds[a].time else a


@rare
def set_up_lanes(w: World) -> None:
    """Plays the contest of all lanes."""
    for place in range((len(w.lane_contest) >> 1) - 1, 0, -1):
        w.lane_contest[place] = _first_lane(w, w.lane_contest[2 * place], w.lane_contest[2 * place + 1])


@part
def lane_changed(w: World, lane: int) -> None:
    """Plays again where a lane takes part whose next event has another time."""
    place = ((len(w.lane_contest) >> 1) + lane) >> 1
    while place > 0:
        first = _first_lane(w, w.lane_contest[2 * place], w.lane_contest[2 * place + 1])
        if first != lane and first == w.lane_contest[place]:
            return
        w.lane_contest[place] = first
        place >>= 1


@part
def earliest_move(w: World) -> float:
    """Returns when the next move is due."""
    first = w.lane_contest[1]
    return w.speeds[first].time if first >= 0 else math.inf


@part
def another_lane_at(w: World, lane: int, time: float) -> bool:
    """Returns whether, beside the lane that comes first, another has an event at the same time."""
    place = (len(w.lane_contest) >> 1) + lane
    while place > 1:
        other = w.lane_contest[place ^ 1]
        if other >= 0 and w.speeds[other].time == time:
            return True
        place >>= 1
    return False
