"""Clocks of waiting-time standards: whose clock runs today, and what can start one anew."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.scenario.checking.finding import Finding, warning
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.network.clocks import Stages
from pathway_modeller.scenario.network.graph import all_connected
from pathway_modeller.scenario.people import Standard
from pathway_modeller.scenario.words.sentences import element_name, quoted


def find_clocks(pathway: Pathway) -> Iterator[Finding]:
    """Yields clocks that would have to be guessed, and settings of clocks that can do nothing."""
    if not all_connected(pathway):
        return
    stages = {key: Stages.of(pathway, standard) for key, standard in pathway.standards.items()}
    for activity in sorted(set(pathway.today) & set(pathway.activities)):
        yield from _of_today(pathway, activity, stages)
    for identifier, standard in pathway.standards.items():
        yield from _of_referrals(pathway, identifier, standard, stages[identifier])
    for element in pathway.pausing():
        if not any(element in each.between for each in stages.values()):
            what = "no clock of a standard can run here, so that none stands still"
            steps = (pathway.map_of(element), element, "pauses_clocks")
            yield warning(steps, what, "Take this out, or let a standard's clock start before it")


def _of_today(pathway: Pathway, activity: str, stages: dict[str, Stages]) -> Iterator[Finding]:
    """Yields what is not known of the clocks of those who are at an activity today."""
    today, here = pathway.today[activity], ("today", activity)
    for identifier, where in stages.items():
        standard = pathway.standards[identifier]
        may = [activity in each for each in (where.before, where.between, where.after)]
        if today.waiting and today.clocks is None and sum(may) > 1:
            what = (
                f"those who wait here may have come before or after the clock of {quoted(standard.name)} "
                f"{'stopped' if may[2] else 'started'}; it is taken to {'run' if may[1] else 'start later'}"
            )
            mend = "Say under Clocks whether they run or were stopped"
            yield warning((*here, "clocks"), what, mend)
        if today.in_progress and may[1] and activity not in standard.stops_at and today.clocks != "stopped":
            what = (
                f"since when the clock of {quoted(standard.name)} runs for those in progress is not known, "
                "so they are left out of it"
            )
            yield warning((*here, "in_progress"), what, "Enter them as waiting if they are to be counted")
    if today.clocks is not None and not any(
        _matters(activity, today.clocks, each) for each in stages.values()
    ):
        what = f"clocks that are {today.clocks} change nothing here: no standard's clock could be so"
        yield warning((*here, "clocks"), what, "Leave it empty")


def _matters(activity: str, said: str, where: Stages) -> bool:
    """Tells whether what is said of clocks is about a standard at all."""
    return activity in where.between or (said == "stopped" and activity in where.after)


def _of_referrals(pathway: Pathway, identifier: str, standard: Standard, where: Stages) -> Iterator[Finding]:
    """Yields elements of new referrals that no patient reaches after a stop."""
    for position, element in enumerate(standard.new_referral_at):
        if element not in where.after:
            what = (
                f"nobody reaches {element_name(pathway, element)} after the clock has stopped, so that no "
                "new referral comes there"
            )
            steps = ("standards", identifier, "new_referral_at", position)
            yield warning(steps, what, "Choose an element that follows the stop")
