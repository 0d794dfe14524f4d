"""Investment shifts and displacements of an option: pools, pounds, dates, and accounts that close."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Mapping

from pathway_modeller.scenario.checking.dangling import dangling
from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.checking.shares import TOLERANCE, sum_to_one
from pathway_modeller.scenario.document import Option, Pathway, RunSettings, Scenario
from pathway_modeller.scenario.money import Displacement, Shift
from pathway_modeller.scenario.network.offered_load import contacts_a_year
from pathway_modeller.scenario.shifts.apportionment import people_of
from pathway_modeller.scenario.shifts.shifts import ShiftProblem, shift_moves
from pathway_modeller.scenario.shifts.steps import Moved
from pathway_modeller.scenario.words.sentences import (
    date_words,
    listed,
    member_name,
    percentage,
    plural,
    quoted,
)
from pathway_modeller.scenario.words.structure import Step

_FILE_KEYS: Mapping[str, str] = {"origin": "from", "target": "to", "amount": "amount"}
"""The keys in the file of the fields in which a shift may be wrong."""


def find_shifts(scenario: Scenario, option_id: str, pathway: Pathway, sound: bool) -> Iterator[Finding]:
    """Yields what is wrong with an option's shifts and displacements; places begin at the file's root.

    Args:
        scenario: the scenario.
        option_id: the option.
        pathway: the option's pathway, without its shifts.
        sound: whether baseline and option have no errors, so that contacts can be worked out.
    """
    option = scenario.options[option_id]
    for finding in (
        *_shifts(scenario, option, pathway),
        *_displacements(scenario, option, pathway, sound),
    ):
        steps = ("options", option_id, *finding.steps)
        yield Finding(finding.severity, steps, finding.what, finding.mend, root="file")


def _shifts(scenario: Scenario, option: Option, pathway: Pathway) -> Iterator[Finding]:
    """Yields what is wrong with shifts."""
    lost: set[tuple[str, str]] = set()
    for key, shift in option.shifts.items():
        here: tuple[Step, ...] = ("shifts", key)
        for field, pool in (("origin", shift.origin), ("target", shift.target)):
            if pool is not None and pool not in pathway.pools:
                lost.add((key, field))
                yield from dangling((*here, _FILE_KEYS[field]), pool, pathway.pools, "capacity pool")
        if shift.payer is not None:
            yield from dangling((*here, "payer"), shift.payer, pathway.payers, "payer")
        yield from _late(scenario.run, shift, here)
        yield from _early(scenario.run, shift, here)
        yield from _unpaid(pathway, shift, here)
        yield from _spread(pathway, shift, here)
        yield from _idle(shift, here)
    moves = shift_moves(pathway, option.shifts, scenario.money, scenario.run)
    for problem in moves.problems:
        if (problem.shift, problem.field) not in lost:
            yield _of_problem(problem)
    for key, several in moves.moved.items():
        for moved in several:
            yield from _left_out(pathway, option.shifts[key], moved)


def _spread(pathway: Pathway, shift: Shift, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields what is wrong with the shares of footprints in a shift's units."""
    if not shift.footprints:
        return
    for footprint in shift.footprints:
        yield from dangling((*here, "footprints", footprint), footprint, pathway.footprints, "footprint")
    yield from sum_to_one((*here, "footprints"), shift.footprints)
    pools = [pathway.pools[each] for each in (shift.origin, shift.target) if each and each in pathway.pools]
    if pools and not any(pool.per_footprint for pool in pools):
        what = "the shares of footprints have no effect, since all footprints share its pools"
        yield warning((*here, "footprints"), what, "Take them out, or hold a pool by footprint")


def _left_out(pathway: Pathway, shift: Shift, moved: Moved) -> Iterator[Finding]:
    """Yields whole units that suffice for some footprints only, where nobody chose for which."""
    pool = pathway.pools[moved.pool]
    if not pool.per_footprint or shift.footprints:
        return
    units = Counter(moved.footprints)
    without = [key for key, count in people_of(pathway).items() if count > 0 and key not in units]
    if not without:
        return
    got = listed(
        [f"{count} in {member_name(pathway, 'footprints', key or '')}" for key, count in units.items()]
    )
    does = "opens" if moved.opens else "closes"
    what = (
        f"its pounds pay for {plural(len(moved.footprints), 'unit')} of {quoted(pool.name)}, which each "
        f"footprint holds for itself: it {does} {got}, by people and then by id, and none in "
        f"{listed([member_name(pathway, 'footprints', key) for key in without])}"
    )
    mend = "Choose the shares of the footprints, move more, or let all footprints share the pool"
    yield warning(("shifts", moved.shift, _FILE_KEYS["target" if moved.opens else "origin"]), what, mend)


def _idle(shift: Shift, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields settings of a shift that its ends leave nothing to do."""
    if shift.target is None and shift.recruitment_lag.days > 0:
        what = "the recruitment lag has no effect, since the money opens no pool's units"
        yield warning((*here, "recruitment_lag"), what, "Choose the pool it goes to, or take this out")
    if shift.origin is None:
        for key, words, given in (
            ("double_running", "double running", shift.double_running.days > 0),
            ("notice", "notice", shift.notice is not None),
            ("exit_cost", "exit cost", shift.exit_cost is not None),
        ):
            if given:
                what = f"the {words} has no effect, since the money comes from no pool that closes units"
                yield warning((*here, key), what, "Choose the pool it comes from, or take this out")
    if shift.payer is not None and shift.set_up is None and shift.exit_cost is None:
        what = "the payer has no effect, since there is neither set-up nor exit cost to pay"
        yield warning((*here, "payer"), what, "Give one of them, or take this out")


def _of_problem(problem: ShiftProblem) -> Finding:
    """Returns the finding that a shift cannot be played, or moves nothing."""
    make = error if problem.severity == "error" else warning
    return make(("shifts", problem.shift, _FILE_KEYS[problem.field]), problem.what, problem.mend)


def _late(run: RunSettings, shift: Shift, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields a shift that begins, or whose capacity changes, only when the run is over."""
    days = math.ceil(run.warm_up.days + run.duration.days)
    if run.start_date.toordinal() + days > dt.date.max.toordinal():
        return
    end = run.start_date + dt.timedelta(days=days)
    if shift.starts >= end:
        what = f"it begins on {date_words(shift.starts)}, when the run is over, so nothing moves"
        yield warning((*here, "starts"), what, "Let it begin earlier, or run for longer")
        return
    within = (end - shift.starts).days
    for key, pool, lag, word in (
        ("recruitment_lag", shift.target, shift.recruitment_lag, "opens new"),
        ("double_running", shift.origin, shift.double_running, "closes old"),
    ):
        if pool is not None and lag.days >= within:
            what = f"it {word} capacity only when the run is over"
            yield warning((*here, key), what, "Shorten it, or run for longer")


def _early(run: RunSettings, shift: Shift, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields a shift that begins before anything is counted."""
    day = math.floor(run.warm_up.days)
    if run.start_date.toordinal() + day > dt.date.max.toordinal():
        return
    begins = run.start_date + dt.timedelta(days=day)
    if shift.starts >= begins:
        return
    costs = [
        word
        for cost, word in ((shift.set_up, "set-up cost"), (shift.exit_cost, "exit cost"))
        if cost is not None
    ]
    what = f"it begins on {date_words(shift.starts)}, before counting begins on {date_words(begins)}"
    if costs:
        what += f": of its {listed(costs)} what falls before is counted in the first month"
    else:
        what += ": what it moves before is not counted"
    yield warning((*here, "starts"), what, "Let it begin later, or shorten the warm-up period")


def _unpaid(pathway: Pathway, shift: Shift, here: tuple[Step, ...]) -> Iterator[Finding]:
    """Yields costs of a shift that nobody pays: neither it nor its pools name a payer."""
    pools = [pathway.pools.get(pool or "") for pool in (shift.target, shift.origin)]
    if shift.payer is not None or any(pool is not None and pool.payer is not None for pool in pools):
        return
    for key, cost, word in (
        ("set_up", shift.set_up, "set-up cost"),
        ("exit_cost", shift.exit_cost, "exit cost"),
    ):
        if cost is not None:
            what = f"nobody pays the {word}, since neither the shift nor its pools name a payer"
            yield warning((*here, key), what, "Choose the payer of the shift")


def _displacements(scenario: Scenario, option: Option, pathway: Pathway, sound: bool) -> Iterator[Finding]:
    """Yields what is wrong with where contacts go."""
    either = {**scenario.baseline.activities, **pathway.activities}
    first: dict[str, str] = {}
    for key, displacement in option.displacements.items():
        here: tuple[Step, ...] = ("displacements", key)
        yield from dangling((*here, "activity"), displacement.activity, either, "activity")
        for found in displacement.to:
            yield from dangling((*here, "to", found), found, pathway.activities, "activity")
        if displacement.activity in displacement.to:
            what = "contacts are found at the activity that they are taken from"
            yield error((*here, "to", displacement.activity), what, "Choose other activities")
        other = first.setdefault(displacement.activity, key)
        if other != key:
            name = quoted(option.displacements[other].name)
            what = f"displacement {name} already says what becomes of the same contacts"
            yield error((*here, "activity"), what, "Put the two together")
        yield from _closed(scenario, option, pathway, key, sound)


def _closed(scenario: Scenario, option: Option, pathway: Pathway, key: str, sound: bool) -> Iterator[Finding]:
    """Yields an account of contacts that does not close, with the contacts that are missing."""
    displacement = option.displacements[key]
    total = accounted(displacement)
    if abs(total - 1) <= TOLERANCE:
        return
    either = pathway if displacement.activity in pathway.activities else scenario.baseline
    name = member_name(either, "activities", displacement.activity)
    what = f"it accounts for {percentage(total)} of the contacts it takes from {name}"
    gap = abs(1 - total)
    taken = _taken(scenario, pathway, displacement.activity) if sound else None
    words = f"{percentage(gap)} of them"
    if taken is not None:
        words = f"about {plural(_rounded(gap * taken), 'contact')} a year"
    verb = "is" if words.startswith("about 1 contact ") else "are"
    if total < 1:
        mend = "Say where the rest is found, or count it as no longer needed or as unmet"
        yield error(("displacements", key), f"{what}: {words} {verb} found nowhere", mend)
    else:
        mend = f"Lower the shares by {percentage(gap)} in all"
        yield error(("displacements", key), f"{what}: {words} {verb} found that nobody takes away", mend)


def accounted(displacement: Displacement) -> float:
    """Returns the share of the contacts taken that a displacement accounts for; 1 if it closes."""
    found = [each.share for each in displacement.to.values()]
    return math.fsum([*found, displacement.avoided, displacement.unmet])


def _taken(scenario: Scenario, pathway: Pathway, activity: str) -> float | None:
    """Returns the contacts a year that an option takes from an activity; None if not known before a run."""
    before = contacts_a_year(scenario.baseline, scenario.run)
    after = contacts_a_year(pathway, scenario.run)
    if before is None or after is None or activity not in before:
        return None
    if activity in pathway.activities and activity not in after:
        return None
    taken = before[activity] - after.get(activity, 0.0)
    return taken if taken > 0 else before[activity]


def _rounded(contacts: float) -> float:
    """Returns a number of contacts to the whole; less than one to two figures."""
    return float(round(contacts)) if contacts >= 1 else float(f"{contacts:.2g}")
