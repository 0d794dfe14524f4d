"""Whether patients can get in, through and out: entries, exits, dead ends, traps and loops without time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pathway_modeller.scenario.checking.arrows import can_be_taken, is_instant, takes_no_time
from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.network.graph import (
    Way,
    all_connected,
    arrows_out,
    loops,
    pathway_graph,
    reachable,
    reached,
    ways,
)
from pathway_modeller.scenario.words.sentences import element_name, element_words, listed


def find_flow(pathway: Pathway, inherited: frozenset[str]) -> Iterator[Finding]:
    """Yields what keeps patients from coming, going on or leaving.

    Args:
        pathway: the pathway.
        inherited: ids of elements that the baseline has too, when the pathway is an option's.
    """
    yield from _ends(pathway)
    if all_connected(pathway):
        can_come = reachable(pathway)
        yield from _unreached(pathway, can_come, inherited)
        yield from _traps(pathway, can_come)
    yield from _instant_loops(pathway)


def _ends(pathway: Pathway) -> Iterator[Finding]:
    """Yields the lack of entries and exits, arrows into entries, and arrows out of exits."""
    if not pathway.entry_points:
        yield error(("entry_points",), "there is no entry point, so nobody comes", "Draw an entry point")
    if not pathway.exit_points:
        yield error(("exit_points",), "there is no exit point, so nobody leaves", "Draw an exit point")
    for way in ways(pathway):
        drawn = way.kind == "arrow"
        if way.target in pathway.entry_points:
            verb, mend = ("leads into", "Lead it") if drawn else ("sends patients to", "Send them")
            yield error(
                (*way.steps, "to") if drawn else way.steps,
                f"it {verb} {element_words(pathway, way.target)}, where patients only begin",
                f"{mend} to what comes after the entry point",
            )
        if drawn and way.origin in pathway.exit_points:
            yield error(
                (*way.steps, "from"),
                f"it leads out of {element_words(pathway, way.origin)}, where patients leave the pathway",
                "Take the arrow out, or make the exit point a decision",
            )


def _unreached(pathway: Pathway, can_come: frozenset[str], inherited: frozenset[str]) -> Iterator[Finding]:
    """Yields elements to which nobody can come.

    One that stands alone, or that an option has merely cut off, harms no run; an exit point or a part of the
    drawing that nobody reaches is most likely an arrow forgotten.
    """
    touched = {end for arrow in pathway.transitions.values() for end in (arrow.origin, arrow.target)}
    for identifier in pathway.drawn():
        if identifier in can_come:
            continue
        map_name = pathway.map_of(identifier)
        alone = identifier not in touched and map_name != "exit_points"
        make = warning if alone or identifier in inherited else error
        what = "no patient can reach it: no arrow leads to it from an entry point"
        yield make((map_name, identifier), what, "Draw an arrow to it, or delete it")


def _traps(pathway: Pathway, can_come: frozenset[str]) -> Iterator[Finding]:
    """Yields elements with no way out, and elements from which no exit point can be reached."""
    out = arrows_out(pathway)
    stays_on = {each for each, activity in pathway.activities.items() if _stays_on(activity)}
    ends = {*pathway.exit_points, *stays_on}
    dead_ends = {each for each in pathway.drawn() if each not in out and each not in ends}
    led_to = {way.target for way in ways(pathway)}
    for identifier in sorted(dead_ends & (can_come | led_to)):
        steps = (pathway.map_of(identifier), identifier)
        what = "no arrow leads out of it, so patients are stuck there"
        yield error(steps, f"{what}{_after_caseload(pathway, identifier)}", "Draw an arrow from it")
    backwards = pathway_graph(pathway, filter(can_be_taken, ways(pathway))).reverse(copy=False)
    leads_on = reached(backwards, (*ends, *dead_ends))
    for identifier in pathway.drawn():
        if identifier in can_come and identifier not in leads_on and pathway.exit_points:
            steps = (pathway.map_of(identifier), identifier)
            what = "patients who come here never reach an exit point"
            yield error(steps, what, "Draw an arrow that leads on towards an exit point")


def _stays_on(activity: Activity) -> bool:
    """Tells whether patients stay with an activity to the end of the run, on a caseload without a length."""
    return activity.caseload is not None and activity.caseload.length is None


def _after_caseload(pathway: Pathway, identifier: str) -> str:
    """Returns when patients are stuck at an activity with a caseload; empty at any other element."""
    activity = pathway.activities.get(identifier)
    return " when their time on the caseload is over" if activity is not None and activity.caseload else ""


def _instant_loops(pathway: Pathway) -> Iterator[Finding]:
    """Yields loops round which a patient could go for ever without any time passing."""
    instant = [way for way in ways(pathway) if _is_gone_at_once(pathway, way)]
    origins = [way.origin for way in instant]
    found = loops(pathway_graph(pathway, instant))
    for loop in sorted(found, key=lambda each: min(map(origins.index, each))):
        first = min(loop)
        names = listed([element_name(pathway, each) for each in sorted(loop)])
        yield error(
            (pathway.map_of(first), first),
            f"patients can go round {names} without any time passing, for ever",
            "Give one of them, or an arrow between them, some time, or take an arrow out",
        )


def _is_gone_at_once(pathway: Pathway, way: Way) -> bool:
    """Tells whether patients can go a way without any time passing at its origin or on it."""
    match way.kind:
        case "arrow":
            return can_be_taken(way) and is_instant(pathway, way) and _passes_at_once(pathway, way.origin)
        case "advice":
            return _passes_at_once(pathway, way.origin)
        case "overflow":
            return pathway.activities[way.origin].room is not None
        case "gives up":
            patience = pathway.activities[way.origin].patience
            return patience is not None and takes_no_time(patience)
        case "did not attend" | "deterioration":
            return False
        case _:
            assert_never(way.kind)


def _passes_at_once(pathway: Pathway, identifier: str) -> bool:
    """Tells whether a patient can pass an element without time passing; no time given is named elsewhere."""
    if identifier in pathway.activities:
        caseload = pathway.activities[identifier].caseload
        if caseload is not None and (caseload.length is None or not takes_no_time(caseload.length)):
            return False
        time = pathway.activities[identifier].service_time
        return time is not None and any(takes_no_time(each) for each in every_value(time))
    if identifier in pathway.waits:
        wait = pathway.waits[identifier].time
        return wait is not None and any(takes_no_time(each) for each in every_value(wait))
    return identifier in pathway.passed_at_once()
