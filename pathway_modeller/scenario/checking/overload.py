"""Queues that must grow for ever, named before a run."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.scenario.checking.finding import Finding, warning
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.network.offered_load import PoolLoad, pool_loads
from pathway_modeller.scenario.words.sentences import element_name, listed, member_name, number, plural

_HOURS_A_WEEK = 168.0
_WEEKS_A_YEAR = 365.25 / 7


def find_overload(pathway: Pathway, run: RunSettings) -> Iterator[Finding]:
    """Yields each pool whose queue grows for ever; footprints of which the same is true come together."""
    said: dict[tuple[str, str], list[str]] = {}
    for load in pool_loads(pathway, run):
        lost = load.growth_per_week or load.harmed_per_week
        if lost and load.offered_units is not None and load.open_units is not None:
            what = _overload(pathway, load, load.offered_units, load.open_units)
            places = said.setdefault((load.pool, what), [])
            if load.footprint is not None:
                places.append(member_name(pathway, "footprints", load.footprint))
    for (pool, what), places in said.items():
        each = " each" if len(places) > 1 else ""
        where = f"in {listed(places)}{each} " if places else ""
        mend = "Open more units or hours, shorten the time, send fewer patients, or give their patience"
        yield warning(("pools", pool), where + what, mend)


def _overload(pathway: Pathway, load: PoolLoad, offered: float, opened: float) -> str:
    """Returns what is wrong with one body of capacity: in units, or in hours a week if it has a timetable."""
    queue = "the queue" if load.queue is None else f"the queue for {element_name(pathway, load.queue)}"
    if pathway.pools[load.pool].timetable:
        needed, there = _apart(offered * _HOURS_A_WEEK, opened * _HOURS_A_WEEK)
        need = f"it needs {needed} hours a week on average but {_are(there)} open"
    else:
        needed, there = _apart(offered, opened)
        need = f"it needs {needed} units on average but {_are(there)} open"
    if load.growth_per_week:
        return f"{need}: {queue} grows by about {_pace(load.growth_per_week)}"
    return f"{need}: about {_pace(load.harmed_per_week)} deteriorate in {queue} before they are seen"


def _are(count: str) -> str:
    """Returns a number with its verb."""
    return f"{count} is" if count == "1" else f"{count} are"


def _apart(offered: float, opened: float) -> tuple[str, str]:
    """Returns what is needed, rounded as far as it is still more than what is open, and that as entered.

    What is open is somebody's own figure unless bank holidays are averaged over it.
    """
    there = opened if round(opened, 2) == round(opened, 9) else float(f"{opened:.4g}")
    for digits in (2, 3, 4, 6):
        needed = float(f"{offered:.{digits}g}")
        if needed > there:
            return number(needed), number(there)
    return number(offered), number(opened)


def _pace(per_week: float) -> str:
    """Returns a growth in words: ``40 patients a week``; by the year if it is slow."""
    if per_week < 1:
        return f"{plural(float(f'{per_week * _WEEKS_A_YEAR:.2g}'), 'patient')} a year"
    return f"{plural(float(f'{per_week:.2g}') if per_week < 100 else round(per_week), 'patient')} a week"
