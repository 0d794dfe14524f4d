"""Traces small enough to work out every figure by hand, and the pathways they belong to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.trace import Event, Legend, PoolKey, Trace

Row = tuple[Any, ...]
"""(time, patient, event, element) and, where used, pool and units; pool is a name or (name, footprint)."""

MONDAY = dt.date(2025, 3, 31)
"""Day 0 unless told otherwise; 1 April 2025 is day 1."""


def make_trace(
    rows: Sequence[Row],
    pathway: Pathway,
    *,
    warm_up: float = 0.0,
    until: float = 10.0,
    start_date: dt.date = MONDAY,
    groups: Mapping[int, tuple[str, str]] | None = None,
) -> Trace:
    """Puts rows into columns in canonical order.

    Args:
        rows: what happened; rows of one patient stand in the order in which they happened.
        pathway: names the elements, pools, need tiers and footprints.
        warm_up: days before counting begins.
        until: days at which the run ends.
        start_date: day 0.
        groups: need tier and footprint of each patient; "" for none.
    """
    legend = make_legend(pathway, warm_up, until, start_date)
    ordered = sorted(rows, key=lambda row: (row[0], row[1]))
    columns: dict[str, list[float]] = {name: [] for name in Trace.COLUMNS}
    for row in ordered:
        time, patient, event, element, *more = row
        tier, footprint = (groups or {}).get(patient, ("", ""))
        pool, units = more if more else (None, 0)
        columns["time"].append(time)
        columns["patient"].append(patient)
        columns["need_tier"].append(legend.need_tiers.index(tier) if tier else -1)
        columns["footprint"].append(legend.footprints.index(footprint) if footprint else -1)
        columns["element"].append(legend.elements.index(element) if element else -1)
        columns["event"].append(int(event))
        columns["pool"].append(-1 if pool is None else legend.pools.index(_pool_key(pool)))
        columns["units"].append(units)
    kinds = (np.float64, np.int64, np.int16, np.int16, np.int32, np.int8, np.int32, np.int32)
    arrays = {
        name: np.array(columns[name], dtype=kind) for name, kind in zip(Trace.COLUMNS, kinds, strict=True)
    }
    return Trace(legend=legend, **arrays)


def make_legend(pathway: Pathway, warm_up: float, until: float, start_date: dt.date) -> Legend:
    """The legend an engine would give."""
    pools: list[PoolKey] = []
    for name, pool in sorted(pathway.pools.items()):
        held = sorted(pathway.footprints) if pool.per_footprint else [None]
        pools.extend(PoolKey(name, footprint) for footprint in held)
    return Legend(
        elements=tuple(sorted(pathway.drawn())),
        pools=tuple(pools),
        need_tiers=tuple(sorted(pathway.need_tiers)),
        footprints=tuple(sorted(pathway.footprints)),
        start_date=start_date,
        warm_up=warm_up,
        until=until,
    )


def _pool_key(pool: str | tuple[str, str]) -> PoolKey:
    return PoolKey(pool, None) if isinstance(pool, str) else PoolKey(*pool)


def visit(
    patient: int, element: str, joined: float, started: float, completed: float, *pools: tuple[Any, int]
) -> list[Row]:
    """An attended visit: joins, starts, takes units, completes, gives them back."""
    taken: list[Row] = [(started, patient, Event.ACQUIRE, element, pool, units) for pool, units in pools]
    given: list[Row] = [(completed, patient, Event.RELEASE, element, pool, units) for pool, units in pools]
    return [
        (joined, patient, Event.JOIN, element),
        *taken,
        (started, patient, Event.START, element),
        (completed, patient, Event.COMPLETE, element),
        *given,
    ]


def opened(pool: Any, units: int, time: float = 0.0) -> Row:
    """A pool's open units change."""
    return (time, -1, Event.CAPACITY, "", pool, units)


def make_pathway(**maps: Any) -> Pathway:
    """A pathway from plain maps as they stand in a file."""
    return Pathway.model_validate(maps)


def figure(frame: Any, measure: str, **key: str) -> float:
    """The one value of a measure frame with this name and key; "" where a part of the key is not given."""
    chosen = frame["measure"] == measure
    unit = key.pop("unit", None)
    for column in ("element", "pool", "need_tier", "footprint", "setting"):
        chosen &= frame[column] == key.get(column, "")
    if unit is not None:
        chosen &= frame["unit"] == unit
    found = frame[chosen]
    assert len(found) == 1, f"{len(found)} rows of {measure} {key}"
    return float(found["value"].iloc[0])
