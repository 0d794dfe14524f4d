"""Queues over time, units in use against units open, and days lost while units are kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.observed import Observed
from pathway_modeller.analysis.rows import Grouping, Key, Rows, groupings, totals
from pathway_modeller.analysis.steps import Steps, counting, levels, overlap
from pathway_modeller.simulation.trace import Event

UNLIMITED = -1
"""The number of open units by which the trace says that a pool has no limit."""

ANY = -2
"""Where a wait does not say which activity's units are kept: those of any count."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Body:
    """One body of capacity over the whole run.

    Attributes:
        pool: id of the pool.
        footprint: the footprint that holds it, "" where all share it.
        in_use: units in use.
        open_units: units open; NaN while unlimited or not known.
        unlimited: whether it was ever without a limit.
    """

    pool: str
    footprint: str
    in_use: Steps
    open_units: Steps
    unlimited: bool


def queue_steps(observed: Observed, element: str, footprint: str = "") -> Steps:
    """Returns the number of patients who wait for an activity (of one footprint) over time."""
    legend = observed.legend
    waits = observed.queueing
    chosen = waits.element == legend.elements.index(element)
    if footprint:
        chosen &= waits.footprint == legend.footprints.index(footprint)
    waits = waits.where(chosen)
    ended = waits.outcome >= 0
    times = np.concatenate((waits.begin, waits.finish[ended]))
    return counting(times, np.concatenate((np.ones(len(waits)), -np.ones(int(ended.sum())))))


def inside_steps(observed: Observed) -> Steps:
    """Returns the number of patients on the pathway over time."""
    inside = observed.inside
    ended = inside.outcome >= 0
    times = np.concatenate((inside.begin, inside.finish[ended]))
    return counting(times, np.concatenate((np.ones(len(inside)), -np.ones(int(ended.sum())))))


def bodies(observed: Observed) -> tuple[Body, ...]:
    """Returns every body of capacity in the legend's order."""
    trace = observed.trace
    use = np.flatnonzero(np.isin(trace.event, (Event.ACQUIRE, Event.RELEASE)))
    sign = np.where(trace.event[use] == Event.ACQUIRE, 1.0, -1.0) * trace.units[use]
    changes = np.flatnonzero(trace.event == Event.CAPACITY)
    found = []
    for index, key in enumerate(trace.legend.pools):
        mine, opened = trace.pool[use] == index, changes[trace.pool[changes] == index]
        units = trace.units[opened].astype(np.float64)
        found.append(
            Body(
                pool=key.pool,
                footprint=key.footprint or "",
                in_use=counting(trace.time[use[mine]], sign[mine]),
                open_units=levels(trace.time[opened], np.where(units == UNLIMITED, np.nan, units)),
                unlimited=bool((units == UNLIMITED).any()),
            )
        )
    return tuple(found)


def add_queues(rows: Rows, observed: Observed) -> None:
    """Adds the time-weighted mean number waiting, and each activity's longest queue."""
    waits, start, end = observed.queueing, observed.start, observed.end
    days = np.clip(np.minimum(waits.finish, end) - np.maximum(waits.begin, start), 0, None)
    for grouping in groupings(observed, waits.element, waits.need_tier, waits.footprint):
        rows.add_groups("queue.mean", "patients", grouping, _a_day(totals(grouping, days), observed))
    for element in observed.activities:
        steps = queue_steps(observed, element)
        rows.add("queue.peak", "patients", Key(element=element), steps.peak(start, end))


def add_pools(rows: Rows, observed: Observed) -> None:
    """Adds occupancy, open units, utilisation and overrun of each body, and of each pool over footprints."""
    found = bodies(observed)
    for body in found:
        key = Key(pool=body.pool, footprint=body.footprint)
        _add_uses(rows, observed, key, (body,))
        peak = body.in_use.peak(observed.start, observed.end)
        rows.add("pool.peak", "units", key, peak)
    for pool in dict.fromkeys(body.pool for body in found if body.footprint):
        mine = tuple(body for body in found if body.pool == pool)
        _add_uses(rows, observed, Key(pool=pool), mine)


def _add_uses(rows: Rows, observed: Observed, key: Key, parts: tuple[Body, ...]) -> None:
    """Adds the figures of one or several bodies taken together."""
    start, end = observed.start, observed.end
    used = opened = within = beyond = 0.0
    for body in parts:
        busy, over = overlap(body.in_use, body.open_units)
        used += body.in_use.integral(start, end)
        opened += body.open_units.integral(start, end)
        within += busy.integral(start, end)
        beyond += over.integral(start, end)
    period = observed.period if observed.period > 0 else float("nan")
    rows.add("pool.occupancy", "units", key, used / period)
    rows.add("pool.open", "units", key, opened / period)
    rows.add("pool.utilisation", "share", key, within / opened if opened > 0 else float("nan"))
    rows.add("pool.overrun", "unit-hours", key, beyond * 24)


def delays(observed: Observed) -> pd.DataFrame:
    """Returns the times in which a patient kept units that did not do what they are for.

    That is: waited for one activity while keeping units taken for another, or made a move that takes time
    while keeping the units of the activity left. A place on a caseload is meant to be kept and is not in it.

    Columns: patient, need_tier, footprint, keeps (legend index of the activity that took the units), waits
    (legend index of the activity waited for or of the element moved to, -1 if not reached yet), body,
    units, begin, finish.
    """
    joins = pd.concat([_waits_in_patient_order(observed), _kept_moves(observed)], ignore_index=True)
    place = np.sort(joins["row"].to_numpy(dtype=np.int64))
    held = observed.holdings
    spans = np.searchsorted(place, held.first_row) < np.searchsorted(place, held.last_row)
    keeping = pd.DataFrame(
        {
            "patient": held.patient[spans],
            "keeps": held.element[spans],
            "body": held.body[spans],
            "units": held.units[spans],
            "first_row": held.first_row[spans],
            "last_row": held.last_row[spans],
            "until": held.finish[spans],
        }
    )
    both = joins[joins["patient"].isin(keeping["patient"])].merge(keeping, on="patient")
    both = both[(both["first_row"] < both["row"]) & (both["row"] < both["last_row"])]
    both = both[~_is_place(observed, both)]
    both = both[(both["left"] == ANY) | (both["left"] == both["keeps"])]
    both = both.assign(finish=np.minimum(both["finish"], both["until"]))
    return both[
        ["patient", "need_tier", "footprint", "keeps", "waits", "body", "units", "begin", "finish"]
    ].reset_index(drop=True)


def _is_place(observed: Observed, kept: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tells which units kept are places on the caseload of the activity that took them."""
    legend = observed.legend
    places = np.zeros((len(legend.elements), len(legend.pools)), dtype=bool)
    for name in observed.activities:
        caseload = observed.pathway.activities[name].caseload
        if caseload is not None:
            mine = [body.pool == caseload.pool for body in legend.pools]
            places[legend.elements.index(name)] = mine
    found: npt.NDArray[np.bool_] = places[kept["keeps"].to_numpy(), kept["body"].to_numpy()]
    return found


def add_delays(rows: Rows, observed: Observed) -> None:
    """Adds delayed days: unit-days kept by pool and activity, and patient-days by the activity waited for."""
    found = delays(observed)
    days = np.clip(
        np.minimum(found["finish"], observed.end) - np.maximum(found["begin"], observed.start), 0, None
    ).to_numpy(dtype=np.float64)
    legend = observed.legend
    unit_days = days * found["units"].to_numpy(dtype=np.float64)
    for index, body in enumerate(legend.pools):
        mine = found["body"].to_numpy() == index
        total = float(unit_days[mine].sum())
        rows.add("delay.unit_days", "unit-days", Key(pool=body.pool, footprint=body.footprint or ""), total)
    for pool in dict.fromkeys(body.pool for body in legend.pools if body.footprint):
        shared = [index for index, body in enumerate(legend.pools) if body.pool == pool]
        total = float(unit_days[np.isin(found["body"], shared)].sum())
        rows.add("delay.unit_days", "unit-days", Key(pool=pool), total)
    once = ~found.duplicated(["patient", "waits", "begin"]).to_numpy(dtype=bool)
    for grouping in _delay_groups(observed, found[once], "waits"):
        rows.add_groups("delay.patient_days", "patient-days", grouping, totals(grouping, days[once]))
    by_keeper = _delay_groups(observed, found, "keeps")[1]
    rows.add_groups("delay.kept_days", "unit-days", by_keeper, totals(by_keeper, unit_days))


def _delay_groups(observed: Observed, found: pd.DataFrame, activity: str) -> tuple[Grouping, ...]:
    """Divides delays by the activity in one of their columns, and by patients' groups."""
    element, tier, footprint = (
        found[name].to_numpy(dtype=np.int64) for name in (activity, "need_tier", "footprint")
    )
    return groupings(observed, element, tier, footprint)


def _waits_in_patient_order(observed: Observed) -> pd.DataFrame:
    """Returns the waits, with the places in patient order of the rows that join a queue."""
    kinds = observed.trace.event[observed.patient_order]
    place = np.flatnonzero(kinds == Event.JOIN).astype(np.int64)
    waits = observed.queueing
    return pd.DataFrame(
        {
            "patient": waits.patient,
            "need_tier": waits.need_tier,
            "footprint": waits.footprint,
            "waits": waits.element,
            "begin": waits.begin,
            "finish": waits.finish,
            "row": place,
            "left": ANY,
        }
    )


def _kept_moves(observed: Observed) -> pd.DataFrame:
    """Returns the moves during which the units of the activity left are kept: BLOCKED as they begin."""
    trace, order = observed.trace, observed.patient_order
    kinds, patients = trace.event[order], trace.patient[order]
    place = np.flatnonzero(kinds == Event.MOVE_START).astype(np.int64)
    before = np.maximum(place - 1, 0)
    kept = (kinds[before] == Event.BLOCKED) & (patients[before] == patients[place])
    place, before = place[kept], before[kept]
    ends = np.flatnonzero(kinds == Event.MOVE_END).astype(np.int64)
    following = np.searchsorted(ends, place)
    end = np.append(ends, -1)[following]
    ended = (end >= 0) & (patients[end] == patients[place])
    rows = order[place]
    return pd.DataFrame(
        {
            "patient": trace.patient[rows],
            "need_tier": trace.need_tier[rows].astype(np.int64),
            "footprint": trace.footprint[rows].astype(np.int64),
            "waits": np.where(ended, trace.element[order[end]], -1).astype(np.int64),
            "begin": trace.time[rows],
            "finish": np.where(ended, trace.time[order[end]], observed.end),
            "row": place,
            "left": trace.element[order[before]].astype(np.int64),
        }
    )


def _a_day(patient_days: Floats, observed: Observed) -> Floats:
    """Divides by the length of the period; NaN where it has none."""
    return patient_days / observed.period if observed.period > 0 else patient_days * np.nan
