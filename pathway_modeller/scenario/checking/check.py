"""Checking a scenario: every problem of the baseline and of each option, with its place and mend.

An error means that the scenario cannot be run; a warning is shown, and it runs. The rules themselves are in
:mod:`pathway_modeller.scenario.checking`, one file for each subject.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from pathway_modeller.scenario.begins import begun
from pathway_modeller.scenario.checking.activity_shifts import (
    at_their_shifts,
    find_activity_shifts,
    sound_shifts,
)
from pathway_modeller.scenario.checking.begins import find_begins
from pathway_modeller.scenario.checking.bookings import find_bookings
from pathway_modeller.scenario.checking.capacity import find_capacity
from pathway_modeller.scenario.checking.changes import find_changes
from pathway_modeller.scenario.checking.clocks import find_clocks
from pathway_modeller.scenario.checking.contacts import find_contacts
from pathway_modeller.scenario.checking.contracts import find_contracts
from pathway_modeller.scenario.checking.deprivation import find_deprivation
from pathway_modeller.scenario.checking.entries import find_entries
from pathway_modeller.scenario.checking.finding import Finding
from pathway_modeller.scenario.checking.flow import find_flow
from pathway_modeller.scenario.checking.idle import find_idle
from pathway_modeller.scenario.checking.names import find_names, find_scenario_names
from pathway_modeller.scenario.checking.overload import find_overload
from pathway_modeller.scenario.checking.payers import find_budgets, find_payers
from pathway_modeller.scenario.checking.population import find_population
from pathway_modeller.scenario.checking.pounds import find_cheaper, find_pounds, find_sums
from pathway_modeller.scenario.checking.pressure import find_pressure, find_sources_of_pressure
from pathway_modeller.scenario.checking.promises import find_promises, find_settings
from pathway_modeller.scenario.checking.queues import find_queues
from pathway_modeller.scenario.checking.ranges import find_ranges
from pathway_modeller.scenario.checking.references import find_references
from pathway_modeller.scenario.checking.shares import find_shares
from pathway_modeller.scenario.checking.shifts import find_shifts
from pathway_modeller.scenario.checking.tags import find_option_tags, find_tags
from pathway_modeller.scenario.checking.work import find_work
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.file.field_problems import field_problems
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.problems import Problem, pointer, steps_of
from pathway_modeller.scenario.shifted_activities import with_activity_shifts
from pathway_modeller.scenario.shifts.shifts import ShiftError, with_shifts
from pathway_modeller.scenario.words.structure import Step, element_of, every_record, in_words


def check(scenario: Scenario) -> tuple[Problem, ...]:
    """Returns every problem of a scenario, in the order baseline, options, money and outcomes, evidence.

    A problem that an option inherits from the baseline is named once, for the baseline.
    """
    standing = _findings(scenario.baseline, scenario.run, frozenset())
    document = _document(scenario)
    found = [_problem(document, each, BASELINE) for each in standing]
    pathways = [scenario.baseline]
    named = [(BASELINE, scenario.baseline)]
    for option in sorted(scenario.options):
        try:
            pathway = apply_option(scenario, option)
        except ValidationError:
            found.extend(each for each in field_problems(document) if each.variant == option)
            continue
        pathways.append(pathway)
        named.append((option, pathway))
        found.extend(_of_option(scenario, option, pathway, frozenset(standing), document))
    whole = find_pounds(scenario, tuple(pathways))
    found.extend(_problem(document, each, BASELINE) for each in whole)
    found.extend(_problem(document, each, BASELINE) for each in find_scenario_names(scenario))
    found.extend(_problem(document, each, BASELINE) for each in find_sources_of_pressure(scenario, named))
    found.extend(_assumptions(scenario, document))
    if len(pathways) > len(scenario.options):  # every option fits the baseline
        found.extend(_problem(document, each, BASELINE) for each in find_ranges(scenario))
    return tuple(found)


def _findings(pathway: Pathway, run: RunSettings, inherited: frozenset[str]) -> tuple[Finding, ...]:
    """Returns what every rule finds; load is worked out only for a pathway that has no errors."""
    found = _rules(pathway, run, inherited)
    return found if _stops(found) else tuple(dict.fromkeys((*found, *find_overload(pathway, run))))


def _rules(pathway: Pathway, run: RunSettings, inherited: frozenset[str]) -> tuple[Finding, ...]:
    """Returns what every rule but that of load finds."""
    records = tuple(every_record(pathway))
    found = [
        *find_references(pathway, records),
        *find_flow(pathway, inherited),
        *find_shares(pathway),
        *find_changes(run, records),
        *find_entries(pathway, run),
        *find_work(pathway, records),
        *find_capacity(pathway, run),
        *find_queues(pathway),
        *find_bookings(pathway, run),
        *find_contacts(pathway, run, records),
        *find_pressure(pathway),
        *find_population(pathway, run),
        *find_deprivation(pathway),
        *find_payers(pathway),
        *find_budgets(pathway, run),
        *find_contracts(pathway),
        *find_sums(pathway, run),
        *find_promises(pathway),
        *find_clocks(pathway),
        *find_settings(pathway, run),
        *find_names(pathway),
        *find_tags(pathway),
        *find_idle(pathway, run, records),
    ]
    return tuple(dict.fromkeys(found))


def _stops(found: Iterable[Finding]) -> bool:
    """Tells whether something found is an error."""
    return any(each.severity == "error" for each in found)


def _of_option(
    scenario: Scenario, option: str, pathway: Pathway, standing: frozenset[Finding], document: dict[str, Any]
) -> Iterator[Problem]:
    """Yields the problems of an option that the baseline does not have.

    Judged is the pathway that is run, in which shifts have opened and closed units.
    """
    held = scenario.options[option]
    run = _with_its_shifts(scenario, option, pathway)
    found = _rules(run, scenario.run, frozenset(scenario.baseline.drawn()))
    found = at_their_shifts(found, option, held, pathway)
    found = (
        *found,
        *find_activity_shifts(scenario, option, pathway),
        *find_begins(scenario, option, pathway),
    )
    dated = _from_its_day(scenario, option, pathway)
    shifts = tuple(find_shifts(scenario, option, dated, sound=not _stops((*found, *standing))))
    shifts = (*shifts, *find_cheaper(scenario, pathway), *find_option_tags(scenario, option, pathway))
    if not _stops((*found, *shifts)):
        load = tuple(find_overload(run, scenario.run))
        found = (*found, *at_their_shifts(load, option, held, pathway))
    leftover = {(each.steps, each.what) for each in standing}
    for each in dict.fromkeys((*found, *shifts)):
        if each not in standing and (each.steps, each.what) not in leftover:
            yield _problem(document, each, option)


def _from_its_day(scenario: Scenario, option: str, pathway: Pathway) -> Pathway:
    """Returns the pathway that is the baseline until the day on which an option begins."""
    begins = scenario.options[option].begins
    if begins is None:
        return pathway
    return begun(scenario.baseline, pathway, begins, scenario.run.start_date)[0]


def _with_its_shifts(scenario: Scenario, option: str, pathway: Pathway) -> Pathway:
    """Returns the pathway that is run for an option; as drawn, where its shifts cannot be played."""
    held = scenario.options[option]
    pathway = with_activity_shifts(pathway, sound_shifts(held, pathway), held.begins)
    try:
        return with_shifts(pathway, held.shifts, scenario.money, scenario.run)
    except ShiftError:
        return pathway


def _problem(document: object, finding: Finding, variant: str) -> Problem:
    """Returns the problem that a finding is, with its place in the file."""
    before: tuple[Step, ...] = ("baseline",) if variant == BASELINE else ("options", variant, "patch")
    steps = finding.steps if finding.root == "file" else (*before, *finding.steps)
    return Problem(
        finding.severity,
        pointer(*steps),
        in_words(document, steps),
        finding.what,
        finding.mend,
        element_of(steps),
        variant,
    )


def _document(scenario: Scenario) -> dict[str, Any]:
    """Returns the scenario as the document that its file holds."""
    document: dict[str, Any] = json.loads(scenario.model_dump_json(by_alias=True, exclude_defaults=True))
    return document


def _assumptions(scenario: Scenario, document: dict[str, Any]) -> Iterator[Problem]:
    """Yields places of assumptions at which there is no figure."""
    whole = json.loads(scenario.model_dump_json(by_alias=True)) if scenario.assumptions else None
    for identifier, assumption in sorted(scenario.assumptions.items()):
        for position, place in enumerate(assumption.places):
            if not _exists(whole, place):
                steps = ("assumptions", identifier, "places", position)
                yield Problem(
                    "error",
                    pointer(*steps),
                    in_words(document, steps),
                    f'it points at "{place}", where the file holds nothing',
                    "Give the JSON pointer of a figure, such as /baseline/activities/clinic/service_time",
                )


def _exists(document: object, place: str) -> bool:
    """Tells whether a JSON pointer leads to something in a document."""
    try:
        steps: Sequence[str] = steps_of(place)
    except ValueError:
        return False
    value = document
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return False
    return value is not None and bool(steps)
