"""What is missing for waits, people and standards."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pathway_modeller.scenario.capacity import Pool
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.edits.every_edit import add_record, set_scenario_value, set_value
from pathway_modeller.scenario.network.graph import pathway_graph
from pathway_modeller.scenario.network.traffic import people
from pathway_modeller.scenario.network.waiting import used_pools
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.readiness.missing import (
    Answer,
    Mend,
    Missing,
    Pathways,
    edited,
    owned,
    place_in,
)
from pathway_modeller.scenario.values import MOST_UNITS
from pathway_modeller.scenario.words.sentences import element_name, listed, member_name

_LIMIT = {"value": 18, "unit": "weeks"}
_TARGET = 0.92
_MOST_WARM_UP = 100_000
"""Days of warm-up that nobody waits for."""


def find_waits(scenario: Scenario, pathways: Pathways) -> Iterator[Missing]:
    """Yields what is missing to tell how long patients wait."""
    run, baseline = scenario.run, pathways[BASELINE]
    if not any(used_pools(pathway) for pathway in pathways.values()):
        what = "no activity needs capacity"
        first = next(iter(baseline.activities), None)
        place = place_in(BASELINE, "activities", *(() if first is None else (first, "needs")))
        yield Missing("waits", what, "nobody ever waits", place)
        return
    lacking = {each: _unlimited(pathway) for each, pathway in pathways.items()}
    for variant, pool in owned(lacking):
        name = member_name(pathways[variant], "pools", pool)
        mend = Mend("Give its units", partial(_give_units, variant, pool), "number", "Units")
        yield Missing(
            "waits",
            f"capacity pool {name} has no number of units",
            "nobody ever waits for it",
            place_in(variant, "pools", pool, "units"),
            variant,
            (mend,),
        )
    if run.start == "empty" and run.warm_up.days == 0:
        starts = [Mend("Let it fill first", _warm_up, "number", "Days before counting")]
        if baseline.today:
            starts.insert(0, Mend("Start from today's lists", _start_today))
        what = "the pathway starts empty and is counted from the first day"
        yield Missing(
            "waits",
            what,
            "early waits are those of a service just opened",
            "/run/warm_up",
            mends=tuple(starts),
        )


def _unlimited(pathway: Pathway) -> frozenset[str]:
    """Returns the pools in use that have no limit."""
    return frozenset(
        key for key in used_pools(pathway) if key in pathway.pools and _has_no_limit(pathway.pools[key])
    )


def _has_no_limit(pool: Pool) -> bool:
    """Tells whether nobody ever waits for a pool while it is open."""
    limited = [hours.units for day in pool.timetable.values() for hours in day if hours.units is not None]
    return pool.units is None and not pool.units_by_footprint and not pool.steps and not limited


def _give_units(variant: str, pool: str, scenario: Scenario, answer: Answer) -> Scenario:
    """Gives a pool its units."""
    if not isinstance(answer, float | int) or not 0 <= answer <= MOST_UNITS or answer != int(answer):
        raise ValueError(f"Give a whole number from 0 to {MOST_UNITS:,}.")
    return edited(
        scenario, variant, lambda pathway: set_value(pathway, ("pools", pool, "units"), int(answer))
    )


def _warm_up(scenario: Scenario, answer: Answer) -> Scenario:
    """Gives a warm-up period in days."""
    if not isinstance(answer, float | int) or not 0 < answer < _MOST_WARM_UP:
        raise ValueError(f"Give a number of days above 0 and below {_MOST_WARM_UP:,}.")
    return set_scenario_value(scenario, "run", {"warm_up": {"value": answer, "unit": "days"}})


def _start_today(scenario: Scenario, _answer: Answer) -> Scenario:
    """Starts from today's lists."""
    return set_scenario_value(scenario, "run", {"start": "today"})


def find_people(_scenario: Scenario, pathways: Pathways) -> Iterator[Missing]:
    """Yields what is missing to tell for whom care gets better or worse."""
    baseline = pathways[BASELINE]
    if not baseline.need_tiers:
        what = "there are no need tiers"
        yield Missing(
            "people", what, "nothing is told by need, and no triangle", place_in(BASELINE, "need_tiers")
        )
    if not baseline.footprints:
        what = "there are no footprints"
        yield Missing("people", what, "nothing is told by place", place_in(BASELINE, "footprints"))
    if not people(baseline):
        if baseline.need_tiers and baseline.footprints:
            first = next(iter(baseline.footprints))
            what = "no footprint has any people"
            place = place_in(BASELINE, "footprints", first, "people")
            yield Missing("people", what, "nothing is told by head, and no triangle", place)
        bare = {each: _without_tier(pathway) for each, pathway in pathways.items()}
        rows = owned(bare) if baseline.need_tiers else ()
        if rows:
            variant, key = rows[0]
            names = listed([element_name(pathways[each], entry) for each, entry in rows])
            what = f"patients of {names} come without a need tier"
            place = place_in(variant, "entry_points", key, "arrivals")
            yield Missing("people", what, "nothing is told by need of them", place, variant)


def _without_tier(pathway: Pathway) -> frozenset[str]:
    """Returns the entry points whose patients have no need tier."""
    return frozenset(
        key
        for key, entry in pathway.entry_points.items()
        if entry.arrivals is not None and not entry.arrivals.need_tiers
    )


def find_standards(scenario: Scenario, pathways: Pathways) -> Iterator[Missing]:
    """Yields what is missing to tell whether a waiting-time standard is met."""
    baseline = pathways[BASELINE]
    if not any(pathway.standards for pathway in pathways.values()):
        mends: tuple[Mend, ...] = ()
        ends = _ends(baseline)
        if ends is not None:
            stops = listed([element_name(baseline, each) for each in ends[1]], "or")
            label = f"Add 92% within 18 weeks, from entry to {stops}"
            mends = (Mend(label, partial(_add_standard, ends)),)
        what = "there is no waiting-time standard"
        yield Missing("standards", what, "no clock is run", place_in(BASELINE, "standards"), mends=mends)
    for variant, pathway in pathways.items():
        for key in baseline.standards.keys() - pathway.standards.keys():
            name, option = baseline.standards[key].name, scenario.options[variant].name
            yield Missing(
                "standards",
                f'option "{option}" leaves out the standard "{name}"',
                "the two cannot be compared by it",
                place_in(variant, "standards"),
                variant,
                (Mend("Keep it in the option", partial(_keep_standard, variant, key)),),
            )


Ends = tuple[tuple[str, ...], tuple[str, ...]]
"""Where clocks start and where they stop."""


def _ends(pathway: Pathway) -> Ends | None:
    """Returns where clocks from referral to the first contact start and stop; None where there are none."""
    starts = tuple(key for key, entry in pathway.entry_points.items() if entry.arrivals is not None)
    graph, seen, stops = pathway_graph(pathway), set(starts), list[str]()
    ahead = list(starts)
    while ahead:
        for following in sorted(set(graph.successors(ahead.pop(0))) - seen):
            seen.add(following)
            (stops if following in pathway.activities else ahead).append(following)
    return (starts, tuple(stops)) if starts and stops else None


def _add_standard(ends: Ends, scenario: Scenario, _answer: Answer) -> Scenario:
    """Adds the standard of the NHS constitution: 92% of those still waiting have waited at most 18 weeks."""
    fields = {
        "starts_at": list(ends[0]),
        "stops_at": list(ends[1]),
        "limit": _LIMIT,
        "target": _TARGET,
        "counts": "stock",
    }
    pathway, _ = add_record(scenario.baseline, "standards", "18 weeks", fields)
    return edited(scenario, BASELINE, lambda _: pathway)


def _keep_standard(variant: str, key: str, scenario: Scenario, _answer: Answer) -> Scenario:
    """Puts a standard of the baseline back into an option."""
    kept = scenario.baseline.standards[key]
    return edited(
        scenario,
        variant,
        lambda pathway: pathway.model_copy(update={"standards": {**pathway.standards, key: kept}}),
    )
