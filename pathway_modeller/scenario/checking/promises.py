"""What spans the pathway: stays, standards, today's lists, run settings."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.network.graph import all_connected, pathway_graph, reached
from pathway_modeller.scenario.values import LONGEST_DAYS, LONGEST_YEARS
from pathway_modeller.scenario.words.sentences import element_name

SHORTEST_DAYS = 1 / 86_400_000
"""A millisecond, to which times are taken in a run."""


def find_promises(pathway: Pathway) -> Iterator[Finding]:
    """Yields stays and standards whose end cannot be reached from their beginning."""
    if not all_connected(pathway):
        return
    drawn = pathway.drawn()
    graph = pathway_graph(pathway)
    for identifier, stay in pathway.stays.items():
        if stay.begins_with in drawn:
            after = reached(graph, [stay.begins_with])
            for position, end in enumerate(stay.ends):
                if end.element in drawn and end.element not in after:
                    first, last = (element_name(pathway, each) for each in (stay.begins_with, end.element))
                    what = (
                        f"it begins with {first}, from which {last} cannot be reached, so it never ends there"
                    )
                    yield warning(
                        ("stays", identifier, "ends", position), what, "Choose an element that follows"
                    )
    for identifier, standard in pathway.standards.items():
        starts = [each for each in standard.starts_at if each in drawn]
        stops = [each for each in standard.stops_at if each in drawn]
        if starts and stops and not reached(graph, starts) & set(stops):
            what = "its clock can never stop: none of its ends can be reached from where it starts"
            yield warning(
                ("standards", identifier, "stops_at"), what, "Choose elements that follow its start"
            )


def find_settings(pathway: Pathway, run: RunSettings) -> Iterator[Finding]:
    """Yields run settings under which nothing is learned; their places begin at the file's root."""
    if run.duration.days < SHORTEST_DAYS:
        found = error(
            ("run", "duration"), "the data collection period is nothing", "Give a time to be counted"
        )
        yield _at_root(found)
    if run.warm_up.days + run.duration.days > LONGEST_DAYS:
        longer = "duration" if run.duration.days >= run.warm_up.days else "warm_up"
        what = f"warm-up and data collection period together are longer than {LONGEST_YEARS:,} years"
        yield _at_root(error(("run", longer), what, "Give a shorter time"))
    if run.start == "today":
        if not pathway.today:
            what = "it starts from today's lists, and there are none"
            yield _at_root(
                warning(("run", "start"), what, "Enter today's lists, or start empty with a warm-up")
            )
        if run.warm_up.days > 0:
            what = "the warm-up period lets today's lists run off before anything is counted"
            yield _at_root(warning(("run", "warm_up"), what, "Set the warm-up period to 0 days"))


def _at_root(finding: Finding) -> Finding:
    """Returns a finding whose place begins at the file's root."""
    return Finding(finding.severity, finding.steps, finding.what, finding.mend, root="file")
