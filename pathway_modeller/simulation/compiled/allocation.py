"""The state of a replication, and making its arrays larger when they fill up."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from pathway_modeller.simulation.chance.ticks import TICKS_PER_DAY, ticks_of
from pathway_modeller.simulation.compiled import layout as lay
from pathway_modeller.simulation.compiled.calendar_queue import MOST_IN_ORDER
from pathway_modeller.simulation.compiled.heap import ROOT
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.numba_inside.simd import EIGHT
from pathway_modeller.simulation.compiled.numba_inside.table_types import LINE, on_lines, shown
from pathway_modeller.simulation.compiled.philox import keys_of
from pathway_modeller.simulation.compiled.space import FEW, MARGIN
from pathway_modeller.simulation.compiled.tournament_tree import contest
from pathway_modeller.simulation.model.bookings import booked_arrivals
from pathway_modeller.simulation.model.parts import Model
from pathway_modeller.simulation.model.stopping import places_are_needed
from pathway_modeller.simulation.record import ROW
from pathway_modeller.simulation.trace import Event

CHUNK = 2 * MARGIN
"""Rows that there is room for; so many that those handed over still lie in the near cache."""

MOST_BOXES_A_DAY = 512.0
"""A box is then three minutes long, and holds up to some tens of the events of a borough."""
MOST_BOXES = 1 << 20
"""Eight megabytes of them; boxes of longer runs are longer."""

GROWING = {
    "heap": "events",
    "events": "events",
    "free_events": "events",
    "patients": "patients",
    "groups": "patients",
    "visits": "patients",
    "many_visits": "patients",
    "waits": "waits",
    "newcomers": "waits",
    "turning": "waits",
    "holders": "waits",
    "held": "held",
    "lines": "lines",
    "candidates": "lines",
    "line_units": "line_units",
}
"""The arrays that fill up, and the number in the state that says how far."""


def make_world(
    tables: dict[str, Any], model: Model, seed: int, replication: int, told: Iterable[Event]
) -> World:
    """Returns the world at the beginning of a replication.

    Args:
        tables: see :func:`pathway_modeller.simulation.compiled.flatten.flatten`.
        model: the model they were made of.
        seed: names the random numbers.
        replication: number of the replication.
        told: the events of which rows are wanted.
    """
    elements, bodies, stays = len(model.names), len(model.capacity), len(model.stays)
    part, places = model.population, len(model.legend.footprints)
    people = np.array(() if part is None else part.people, dtype=np.float64)
    most = 2 * MARGIN + 2 * len(model.streams) + 4 * bodies
    streams, lanes, few = len(model.streams), len(tables["lanes"]), 2 * (FEW + stays)
    booked = [
        booked_arrivals(each, model, seed, replication) if each.bookings else [] for each in model.streams
    ]
    flat = [each for several in booked for each in several]
    named = dict(tables)
    named["streams"] = tables["streams"].copy()
    first = 0
    for number, several in enumerate(booked):
        if model.streams[number].bookings:
            named["streams"]["booked"][number] = first
            named["streams"]["booked_n"][number] = len(several)
        first += len(several)
    heap = on_lines(most, lay.HEAP)
    heap["time"][ROOT] = math.inf
    soon = on_lines(MOST_IN_ORDER + 1, lay.SOON)
    soon["time"] = math.inf
    use = np.zeros(bodies, dtype=lay.USE)
    use["nodes"] = -1
    coming = on_lines(streams, lay.COMING)
    by_key = np.argsort(tables["streams"]["key"])
    coming["place"][by_key] = np.arange(streams)
    named |= {
        "keys": keys_of(seed, replication),
        "state": _state(model, told),
        "patients": on_lines(few, lay.PATIENT),
        "groups": np.zeros((few, len(model.default_groups)), dtype=np.int32),
        "visits": on_lines(few, np.dtype(np.int8), LINE * math.ceil(elements / LINE)),
        "many_visits": np.zeros((few, elements), dtype=np.int32),
        "waits": on_lines(few, lay.WAITING),
        "held": np.zeros(few, dtype=lay.HELD),
        "lines": on_lines(few, lay.LINE),
        "line_of": np.full(elements, -1, dtype=np.int64),
        "line_units": np.zeros(few * (2 * bodies + 1), dtype=lay.UNITS),
        "candidates": np.zeros(few, dtype=np.int64),
        "waiting": np.zeros(elements, dtype=np.int64),
        "taken": np.zeros(elements * (places + 1), dtype=np.int64),
        "newcomers": np.zeros(few, dtype=np.int64),
        "turning": np.zeros(2 * few, dtype=np.int64),
        "holders": np.zeros(few, dtype=np.int64),
        "use": use,
        "scratch": np.zeros((5, bodies + 1), dtype=np.int64),
        "coming": coming,
        "people": people,
        "protected": np.zeros((len(tables["preventions"]), len(people)), dtype=np.float64),
        "covered": np.zeros(len(tables["preventions"]), dtype=np.float64),
        "ordinals": np.zeros(len(tables["channels"]), dtype=np.int64),
        "targets": np.zeros(len(tables["channels"]), dtype=np.float64),
        "speeds": np.zeros(lanes, dtype=lay.SPEED),
        "booked_times": np.array([time for time, _ in flat], dtype=np.float64),
        "booked_ordinals": np.array([ordinal for _, ordinal in flat], dtype=np.int64),
        "heap": heap,
        "soon": soon,
        "box_times": np.zeros(MOST_IN_ORDER + EIGHT, dtype=np.float64),
        "box_events": np.zeros(MOST_IN_ORDER, dtype=np.int64),
        "events": on_lines(most, lay.EVENT),
        "free_events": np.arange(most),
        "boxes": np.zeros(int(model.until * _boxes_a_day(model)) + 2, dtype=lay.BOX),
        "plain_lines": np.full((elements, places + 1), -1, dtype=np.int64),
        "by_key": by_key,
        "stream_contest": contest(streams),
        "lane_contest": contest(lanes),
        "rows": np.zeros(CHUNK, dtype=ROW),
        "who": np.zeros(CHUNK, dtype=np.int64),
    }
    named["speeds"]["time"] = math.inf
    return World(**{name: shown(named[name]) for name in World._fields})


def _boxes_a_day(model: Model) -> float:
    """Returns how many boxes a day has, in which events wait until they are due soon."""
    return min(MOST_BOXES_A_DAY, MOST_BOXES / model.until)


def _ticks_until(model: Model) -> int:
    """Returns the first whole millisecond that is not within the run."""
    nearest = ticks_of(model.until)
    return nearest if nearest / TICKS_PER_DAY >= model.until else nearest + 1


def _state(model: Model, told: Iterable[Event]) -> Any:
    """Returns the numbers of the state at the beginning."""
    state = np.zeros(1, dtype=lay.STATE)
    state["told"] = sum(1 << int(event) for event in told)
    state["weekday"] = model.start_date.weekday()
    state["footprints"] = len(model.legend.footprints)
    state["places_needed"] = places_are_needed(model)
    state["living"] = model.population is not None
    for name in ("free_patient", "free_wait", "free_held"):
        state[name] = -1
    state["instant"], state["until"] = -math.inf, model.until
    state["moves_due"] = state["follow_due"] = math.inf
    state["events"] = 1  # place 0 of the events is nobody's
    state["until_ticks"], state["boxes_a_tick"] = _ticks_until(model), _boxes_a_day(model) / TICKS_PER_DAY
    return state


def _kept(world: World, name: str, used: int) -> Any:
    """Returns which places of an array are in use: what is not copied takes no memory until it is used."""
    if name == "many_visits":  # hardly anybody has any
        return np.flatnonzero((world.visits[:used] < 0).any(axis=1))
    if name == "heap":
        used = ROOT + 1 + int(world.state[0]["near"])  # the root says when nothing is in it
    elif GROWING[name] == "events":  # any place may be in use
        used = len(world.events)
    return slice(None, used)


def grown(world: World) -> World:
    """Returns the world with twice the room in every array that is more than half full."""
    larger: dict[str, Any] = {}
    world.state["full"] = 0
    for name, number in GROWING.items():
        array = getattr(world, name)
        used, least = int(world.state[0][number]), MARGIN if number == "events" else FEW
        if used + least > len(array) // 2:
            more = on_lines(2 * len(array), array.dtype, *array.shape[1:])
            kept = _kept(world, name, used)
            more[kept] = array[kept]
            if name == "free_events":
                more[len(array) :] = np.arange(len(array), len(more))
            larger[name] = shown(more)
    return world._replace(**larger)
