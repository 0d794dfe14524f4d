"""Shifts of activity of an option: their ends, shares, footprints, dates, and the clocks of standards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.checking.arrows import groups_of
from pathway_modeller.scenario.checking.dangling import dangling
from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.dated import every_value
from pathway_modeller.scenario.document import Option, Pathway, Scenario
from pathway_modeller.scenario.shifted_activities import decision_of, moves_somebody
from pathway_modeller.scenario.values import ByGroup, Varied
from pathway_modeller.scenario.words.sentences import (
    attribute_words,
    date_words,
    listed,
    member_name,
    quoted,
)

_DRAWN_BEFORE = ("need_tier", "footprint")
"""What a patient has at entry before attributes are drawn."""


def find_activity_shifts(scenario: Scenario, option_id: str, pathway: Pathway) -> Iterator[Finding]:
    """Yields what is wrong with an option's shifts of activity; places begin at the file's root.

    Args:
        scenario: the scenario.
        option_id: the option.
        pathway: the option's pathway, without its shifts.
    """
    option = scenario.options[option_id]
    for key, shift in option.activity_shifts.items():
        for finding in _of_shift(option, pathway, key, shift):
            steps = ("options", option_id, "activity_shifts", key, *finding.steps)
            yield Finding(finding.severity, steps, finding.what, finding.mend, root="file")


def sound_shifts(option: Option, pathway: Pathway) -> Mapping[str, ActivityShift]:
    """Returns the shifts of activity of an option that can be played, so that the pathway can be judged."""
    return {
        key: shift
        for key, shift in option.activity_shifts.items()
        if all(each.severity != "error" for each in _of_shift(option, pathway, key, shift))
    }


def at_their_shifts(
    found: tuple[Finding, ...], option_id: str, option: Option, pathway: Pathway
) -> tuple[Finding, ...]:
    """Returns findings; what is found of a shift's decision stands at the shift that a person made.

    Args:
        found: what was found of the pathway that is run.
        option_id: the option.
        option: the same, as it is.
        pathway: its pathway, without its shifts.
    """
    own = {decision_of(pathway, key): key for key in option.activity_shifts}

    def placed(finding: Finding) -> Finding:
        for step in finding.steps if finding.root == "pathway" else ():
            # An arrow out of the decision is called after it, with a letter.
            for made in (step, step[:-2]) if isinstance(step, str) else ():
                if made in own:
                    steps = ("options", option_id, "activity_shifts", own[made])
                    return Finding(finding.severity, steps, finding.what, finding.mend, root="file")
        return finding

    return tuple(dict.fromkeys(map(placed, found)))


def _of_shift(option: Option, pathway: Pathway, key: str, shift: ActivityShift) -> Iterator[Finding]:
    """Yields what is wrong with one shift; places begin at it."""
    yield from dangling(("from",), shift.origin, pathway.activities, "activity")
    yield from dangling(("to",), shift.target, pathway.activities, "activity")
    if shift.origin == shift.target:
        yield error(("to",), "contacts move to the activity that they leave", "Choose another activity")
    else:
        yield from _moved_on(option, key, shift)
    yield from _groups(pathway, "eligible", shift.eligible)
    yield from _groups(pathway, "uptake", shift.uptake)
    if isinstance(shift.eligible, ByGroup) and shift.eligible.by not in _DRAWN_BEFORE:
        what = "who is eligible is drawn when patients come, and can differ by need tier or footprint only"
        yield error(("eligible", "by"), what, "Let it differ by one of these, or let the uptake differ")
    if not moves_somebody(shift):
        field = "eligible" if max(every_value(shift.eligible)) <= 0 else "uptake"
        words = "nobody is eligible" if field == "eligible" else "its uptake is 0"
        yield warning((field,), f"it moves no contact, since {words}", "Give a share above 0, or take it out")
    yield from _footprints(pathway, shift)
    yield from _early(option, shift)
    yield from _clocks(pathway, shift)


def _moved_on(option: Option, key: str, shift: ActivityShift) -> Iterator[Finding]:
    """Yields a shift to where another moves contacts on from: which is first would be left to chance."""
    for other, each in sorted(option.activity_shifts.items()):
        if other != key and each.origin == shift.target:
            what = f"it moves contacts to an activity from which {quoted(each.name)} moves them on"
            yield error(("to",), what, "Move them at once to where they go in the end")
            return


def _groups(pathway: Pathway, field: str, share: Varied[float]) -> Iterator[Finding]:
    """Yields groups by which a share differs that are not there."""
    if not isinstance(share, ByGroup):
        return
    known = {"need_tier": None, "footprint": None, **pathway.attributes}
    yield from dangling((field, "by"), share.by, known, "patient attribute")
    if share.by not in known:
        return
    groups = groups_of(pathway, share.by)
    if not groups:
        by = attribute_words(pathway, share.by)
        what = f"the share differs by {by}, and the scenario has no {by}s"
        yield error((field, "by"), what, f"Give one share for all, or add {by}s")
        return
    for value in share.values:
        yield from dangling((field, "values", value), value, groups, attribute_words(pathway, share.by))


def _footprints(pathway: Pathway, shift: ActivityShift) -> Iterator[Finding]:
    """Yields footprints that are not there, and a choice of all of them, which chooses nothing."""
    for place, footprint in enumerate(shift.footprints):
        yield from dangling(("footprints", place), footprint, pathway.footprints, "footprint")
    if shift.footprints and pathway.footprints.keys() <= set(shift.footprints):
        what = "naming the footprints has no effect, since all of them are named"
        yield warning(("footprints",), what, "Leave it empty, or name fewer")


def _early(option: Option, shift: ActivityShift) -> Iterator[Finding]:
    """Yields a shift that is phased in from before its option begins."""
    if option.begins is not None and shift.phased_in is not None and shift.phased_in.starts < option.begins:
        what = (
            f"it is phased in from {date_words(shift.phased_in.starts)}, before the option begins on "
            f"{date_words(option.begins)}, and so begins then"
        )
        yield warning(("phased_in", "starts"), what, "Let it begin with the option, or later")


def _clocks(pathway: Pathway, shift: ActivityShift) -> Iterator[Finding]:
    """Yields standards whose clocks start or stop at the activity left and not at the other one."""
    if not {shift.origin, shift.target} <= pathway.activities.keys() or not moves_somebody(shift):
        return
    for word, field in (("start", "starts_at"), ("stop", "stops_at")):
        broken = [
            quoted(standard.name)
            for _, standard in sorted(pathway.standards.items())
            if shift.origin in (at := getattr(standard, field)) and shift.target not in at
        ]
        if broken:
            there = member_name(pathway, "activities", shift.target)
            clocks = "the clock of" if len(broken) == 1 else "the clocks of"
            verb = f"does not {word}" if len(broken) == 1 else f"do not {word}"
            what = f"for contacts that move, {clocks} {listed(broken)} {verb}"
            yield warning(("to",), what, f"Let it {word} at {there} as well, if that is meant")
