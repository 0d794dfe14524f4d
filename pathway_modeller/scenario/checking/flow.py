"""Whether patients can get in, through and out: entries, exits, dead ends, traps and loops without time."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.scenario.checking.arrows import (
    arrows_out,
    can_be_taken,
    is_instant,
    jumps,
    takes_no_time,
)
from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.checking.ways import linked, loops, reached_from
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Activity
from pathway_modeller.scenario.values import every_value
from pathway_modeller.scenario.words.sentences import element_name, element_words, listed


def find_flow(pathway: Pathway, inherited: frozenset[str]) -> Iterator[Finding]:
    """Yields what keeps patients from coming, going on or leaving.

    Args:
        pathway: the pathway.
        inherited: ids of elements that the baseline has too, when the pathway is an option's.
    """
    yield from _ends(pathway)
    if all_connected(pathway):
        reached = reachable(pathway)
        yield from _unreached(pathway, reached, inherited)
        yield from _traps(pathway, reached)
    yield from _instant_loops(pathway)


def all_connected(pathway: Pathway) -> bool:
    """Tells whether every arrow and jump has both its ends; if not, who reaches what cannot be judged."""
    drawn = pathway.drawn()
    ends = [end for arrow in pathway.transitions.values() for end in (arrow.origin, arrow.target)]
    return all(end in drawn for end in (*ends, *(jump.target for jump in jumps(pathway))))


def reachable(pathway: Pathway) -> frozenset[str]:
    """Returns the ids of elements to which patients can come, whatever the shares."""
    drawn = pathway.drawn()
    starts = [each for each in (*pathway.entry_points, *pathway.today) if each in drawn]
    return frozenset(reached_from(linked(_ways(pathway, only_taken=False)), starts))


def _ways(pathway: Pathway, *, only_taken: bool) -> Iterator[tuple[str, str]]:
    """Yields every way between drawn elements, as (from, to); optionally only ways that patients take."""
    drawn = pathway.drawn()
    for arrow in pathway.transitions.values():
        known = arrow.origin in drawn and arrow.target in drawn
        if known and (can_be_taken(arrow) or not only_taken):
            yield arrow.origin, arrow.target
    for jump in jumps(pathway):
        if jump.target in drawn:
            yield jump.origin, jump.target


def _ends(pathway: Pathway) -> Iterator[Finding]:
    """Yields the lack of entries and exits, arrows into entries, and arrows out of exits."""
    if not pathway.entry_points:
        yield error(("entry_points",), "there is no entry point, so nobody comes", "Draw an entry point")
    if not pathway.exit_points:
        yield error(("exit_points",), "there is no exit point, so nobody leaves", "Draw an exit point")
    for identifier, arrow in pathway.transitions.items():
        if arrow.target in pathway.entry_points:
            yield error(
                ("transitions", identifier, "to"),
                f"it leads into {element_words(pathway, arrow.target)}, where patients only begin",
                "Lead it to what comes after the entry point",
            )
        if arrow.origin in pathway.exit_points:
            yield error(
                ("transitions", identifier, "from"),
                f"it leads out of {element_words(pathway, arrow.origin)}, where patients leave the pathway",
                "Take the arrow out, or make the exit point a decision",
            )
    for jump in jumps(pathway):
        if jump.target in pathway.entry_points:
            what = f"it sends patients to {element_words(pathway, jump.target)}, where patients only begin"
            yield error(jump.steps, what, "Send them to what comes after the entry point")


def _unreached(pathway: Pathway, reached: frozenset[str], inherited: frozenset[str]) -> Iterator[Finding]:
    """Yields elements to which nobody can come.

    One that stands alone, or that an option has merely cut off, harms no run; an exit point or a part of the
    drawing that nobody reaches is most likely an arrow forgotten.
    """
    touched = {end for arrow in pathway.transitions.values() for end in (arrow.origin, arrow.target)}
    for identifier in pathway.drawn():
        if identifier in reached:
            continue
        map_name = pathway.map_of(identifier)
        alone = identifier not in touched and map_name != "exit_points"
        make = warning if alone or identifier in inherited else error
        what = "no patient can reach it: no arrow leads to it from an entry point"
        yield make((map_name, identifier), what, "Draw an arrow to it, or delete it")


def _traps(pathway: Pathway, reached: frozenset[str]) -> Iterator[Finding]:
    """Yields elements with no way out, and elements from which no exit point can be reached."""
    out = arrows_out(pathway)
    stays_on = {each for each, activity in pathway.activities.items() if _stays_on(activity)}
    ends = {*pathway.exit_points, *stays_on}
    dead_ends = {each for each in pathway.drawn() if each not in out and each not in ends}
    led_to = {arrow.target for arrow in pathway.transitions.values()} | {
        jump.target for jump in jumps(pathway)
    }
    for identifier in sorted(dead_ends & (reached | led_to)):
        steps = (pathway.map_of(identifier), identifier)
        what = "no arrow leads out of it, so patients are stuck there"
        yield error(steps, f"{what}{_after_caseload(pathway, identifier)}", "Draw an arrow from it")
    backwards = linked((target, origin) for origin, target in _ways(pathway, only_taken=True))
    leads_on = reached_from(backwards, (*ends, *dead_ends))
    for identifier in pathway.drawn():
        if identifier in reached and identifier not in leads_on and pathway.exit_points:
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
    for loop in loops(linked(_instant_ways(pathway))):
        first = min(loop)
        names = listed([element_name(pathway, each) for each in sorted(loop)])
        yield error(
            (pathway.map_of(first), first),
            f"patients can go round {names} without any time passing, for ever",
            "Give one of them, or an arrow between them, some time, or take an arrow out",
        )


def _instant_ways(pathway: Pathway) -> Iterator[tuple[str, str]]:
    """Yields the ways that patients can go without any time passing, as (from, to)."""
    drawn = pathway.drawn()
    for arrow in pathway.transitions.values():
        instant = (
            can_be_taken(arrow) and is_instant(pathway, arrow) and _passes_at_once(pathway, arrow.origin)
        )
        if instant and arrow.target in drawn:
            yield arrow.origin, arrow.target
    for jump in jumps(pathway):
        activity = pathway.activities[jump.origin]
        at_once = jump.kind == "overflow" and activity.room is not None
        at_once |= (
            jump.kind == "gives up" and activity.patience is not None and takes_no_time(activity.patience)
        )
        at_once |= jump.kind == "advice" and _passes_at_once(pathway, jump.origin)
        if at_once and jump.target in drawn:
            yield jump.origin, jump.target


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
    return identifier in pathway.decisions
