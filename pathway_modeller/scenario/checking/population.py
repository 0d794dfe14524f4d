"""The living population: need tiers, moves between them, prevention, and changes of need on the pathway."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.checking.shares import TOLERANCE, sum_to_one
from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import Activity, ExitPoint
from pathway_modeller.scenario.population import Move, NeedChange, Prevention
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.scenario.words.sentences import duration_words, member_name, number, percentage
from pathway_modeller.scenario.words.structure import Step

_MOST_A_YEAR = 12.0
"""Moves a year out of a tier, for each of its people, above which the rate is most likely one by month."""

_ONCE_A_YEAR = 1.0
"""Moves a year for each person above which a rate is most likely one in per cent."""


def find_population(pathway: Pathway, run: RunSettings) -> Iterator[Finding]:
    """Yields what is wrong with the people of a pathway and with what changes their need."""
    yield from _age_bands(pathway)
    yield from _levels(pathway)
    for identifier, move in pathway.moves.items():
        yield from _move(pathway, move, ("moves", identifier))
    yield from _fast_tiers(pathway)
    for identifier, prevention in pathway.preventions.items():
        yield from _prevention(pathway, run, prevention, ("preventions", identifier))
    for map_name, members in (("activities", pathway.activities), ("exit_points", pathway.exit_points)):
        for identifier, element in members.items():
            yield from _need_changes(pathway, element, (map_name, identifier))
    yield from _nobody_lives(pathway)


def has_people(pathway: Pathway) -> bool:
    """Tells whether any footprint has people."""
    return any(count > 0 for place in pathway.footprints.values() for count in place.people.values())


def _nobody_lives(pathway: Pathway) -> Iterator[Finding]:
    """Yields moves of people where nobody lives."""
    if (pathway.moves or pathway.preventions) and not has_people(pathway):
        map_name = "moves" if pathway.moves else "preventions"
        what = "people move between need tiers, and no footprint has any people"
        yield error((map_name,), what, "Give the footprints their people by need tier, or delete the moves")


def _age_bands(pathway: Pathway) -> Iterator[Finding]:
    """Yields age bands that end before they begin."""
    for identifier, band in pathway.age_bands.items():
        if band.to_age is not None and band.to_age < band.from_age:
            what = f"it goes up to {band.to_age} years, below its youngest of {band.from_age}"
            yield error(("age_bands", identifier, "to_age"), what, "Give an age of at least the youngest")


def _levels(pathway: Pathway) -> Iterator[Finding]:
    """Yields need tiers of one age band that have the same level, so that they lie on one another."""
    first: dict[tuple[int, str | None], str] = {}
    for identifier, tier in pathway.need_tiers.items():
        other = first.setdefault((tier.level, tier.age_band), identifier)
        if other != identifier:
            name = member_name(pathway, "need_tiers", other)
            what = f"its level {tier.level} is also that of {name}, so the two share a row of the triangle"
            yield warning(("need_tiers", identifier, "level"), what, "Give it a level of its own")


def _move(pathway: Pathway, move: Move, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields what is wrong with one move."""
    yield from _one_way(move, here)
    yield from _ends(move, here)
    if isinstance(move.per_person, ByGroup) and move.per_person.by != "footprint":
        what = "the rate per person can differ by footprint only, since a move is of one need tier"
        yield error((*here, "per_person", "by"), what, 'Use "footprint", or make a move for each group')
    rate = max(every_value(move.per_person)) if move.per_person is not None else 0.0
    if _ONCE_A_YEAR < rate <= _MOST_A_YEAR:
        what = f"it happens to each person {number(rate)} times a year, more than once on average"
        share = rate / 100
        mend = f"If {percentage(share)} of people a year is meant, type {percentage(share)} ({number(share)})"
        yield warning((*here, "per_person"), what, mend)
    if move.footprints:
        yield from sum_to_one((*here, "footprints"), move.footprints)
        if move.people is None:
            what = "the shares have no effect, since a rate per person follows the people"
            yield warning((*here, "footprints"), what, "Take the shares out, or give people a year")
    elif move.people and not _people_of(pathway, move.origin or move.target):
        what = "nobody of the need tier lives anywhere, so it is not known in which footprints it happens"
        yield error((*here, "people"), what, "Give the shares of the footprints, or the people of the tier")


def _one_way(move: Move, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields a move that says how many in no way, or in two."""
    given = (move.per_person is not None) + (move.people is not None)
    mend = "Give a rate per person, or a number of people a year"
    if given == 0:
        yield error(here, "it does not say how many people move", mend)
    elif given == 2:
        what = "it gives a rate per person and a number of people a year, of which only one can hold"
        yield error(here, what, "Keep one of them")


def _ends(move: Move, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields tiers that a move of its kind needs and lacks, or has and cannot have."""
    word = {"move": "a move between need tiers", "birth": "a birth", "death": "a death"}.get(
        move.kind, move.kind
    )
    for key, tier, wanted, role in (
        ("from", move.origin, move.leaves, "need tier left"),
        ("to", move.target, move.arrives, "need tier reached"),
    ):
        if wanted and tier is None:
            yield error((*here, key), f"{word} needs the {role}, and none is given", f"Choose the {role}")
        elif not wanted and tier is not None:
            yield error((*here, key), f"{word} has no {role}, and one is given", "Leave it empty")
    if move.kind == "move" and move.origin is not None and move.origin == move.target:
        what = "it leads from a need tier to the same, so nobody moves"
        yield error((*here, "to"), what, "Choose another need tier")


def _people_of(pathway: Pathway, tier: str | None) -> float:
    """Returns how many people of a tier live on the start date."""
    return math.fsum(place.people.get(tier or "", 0.0) for place in pathway.footprints.values())


def _fast_tiers(pathway: Pathway) -> Iterator[Finding]:
    """Yields need tiers that people leave more often than once a month, as if a rate were by the month."""
    for tier in pathway.need_tiers:
        rates = [
            max(every_value(move.per_person))
            for move in pathway.moves.values()
            if move.origin == tier and move.per_person is not None
        ]
        total = math.fsum(rates)
        if total > _MOST_A_YEAR:
            what = f"people leave it {number(total)} times a year each, more often than once a month"
            mend = "Check that the rates of the moves out of it are by the year, for one person"
            yield warning(("need_tiers", tier), what, mend)


def _prevention(
    pathway: Pathway, run: RunSettings, prevention: Prevention, here: tuple[Step, ...]
) -> Iterator[Finding]:
    """Yields what is wrong with one prevention."""
    given = (prevention.activity is not None) + (prevention.coverage is not None)
    if given == 0:
        what = "it does not say whom it reaches"
        yield error(here, what, "Give an activity whose contacts reach people, or a coverage")
    elif given == 2:
        what = "it gives an activity and a coverage, of which only one can hold"
        yield error(here, what, "Keep one of them")
    for identifier in prevention.slows:
        move = pathway.moves.get(identifier)
        if move is not None and move.origin is None and not move.leaves:
            what = f"a {move.kind} has no need tier left, so there is nobody whom it could be slowed for"
            yield error((*here, "slows", identifier), what, "Slow a move out of a need tier")
    if isinstance(prevention.uptake, ByGroup) and prevention.uptake.by in pathway.attributes:
        what = "the uptake can differ by need tier or footprint only"
        yield error((*here, "uptake", "by"), what, 'Use "need_tier" or "footprint"')
    yield from _when(run, prevention, here)


def _when(run: RunSettings, prevention: Prevention, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields times of a prevention under which it has no effect."""
    starts, ends = prevention.starts_after, prevention.ends_after
    if prevention.ramp.days > 0 and prevention.coverage is None and prevention.activity is not None:
        what = "the ramp has no effect, since the contacts of the activity say how many are reached"
        yield warning((*here, "ramp"), what, "Take it out, or give a coverage")
    if ends is not None and ends.days <= starts.days:
        what = f"it ends after {duration_words(ends)}, before it begins, so nobody is reached"
        yield error((*here, "ends_after"), what, "Let it end later")
    length = run.warm_up.days + run.duration.days
    if starts.days + prevention.lag.days >= length:
        what = "its first effect comes when the run is over, so it changes nothing"
        yield warning((*here, "starts_after"), what, "Let it begin earlier, or run for longer")


def _need_changes(
    pathway: Pathway, element: Activity | ExitPoint, here: tuple[Step, ...]
) -> Iterator[Finding]:
    """Yields what is wrong with how an element changes the need tier of its patients."""
    totals: dict[str | None, float] = {}
    for position, change in enumerate(element.changes_need):
        steps = (*here, "changes_need", position)
        if change.origin is not None and change.origin == change.target:
            yield error((*steps, "to"), "it changes a need tier to the same", "Choose another need tier")
        totals[change.origin] = totals.get(change.origin, 0.0) + max(every_value(change.share))
        if totals[change.origin] > 1 + TOLERANCE:
            whose = _whose(pathway, change)
            what = f"the shares of the changes {whose} sum to {percentage(totals[change.origin])}"
            yield error((*steps, "share"), what, "Lower them, so that they sum to 100% at most")
            totals[change.origin] = -math.inf
    if element.changes_need and not _tiers_at_entry(pathway):
        what = "patients come without a need tier, so the change adds people to a tier and takes none away"
        mend = "Give the entry points the shares of the need tiers, or take the change out"
        yield warning((*here, "changes_need"), what, mend)


def _whose(pathway: Pathway, change: NeedChange) -> str:
    """Returns from which need tier a change leads, in words."""
    if change.origin is None:
        return "from any need tier"
    return f"from {member_name(pathway, 'need_tiers', change.origin)}"


def _tiers_at_entry(pathway: Pathway) -> bool:
    """Tells whether every patient has a need tier: given at entry, or by the people of the footprints."""
    arrivals = [entry.arrivals for entry in pathway.entry_points.values() if entry.arrivals is not None]
    return has_people(pathway) or all(each.need_tiers for each in arrivals)
