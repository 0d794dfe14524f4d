"""What is missing to account for contacts that an option takes from an activity.

Contacts are those of the traffic equations, since nothing has been run yet. Where others gain what one
loses, the shares of what they gain are offered as the displacement; what nobody gains is unmet need, or no
longer needed, which somebody has to have shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.every_edit import add_decided, fresh_id
from pathway_modeller.scenario.network.offered_load import contacts_a_year
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.people import Assumption
from pathway_modeller.scenario.problems import pointer
from pathway_modeller.scenario.readiness.missing import Answer, Mend, Missing, Pathways, text_of
from pathway_modeller.scenario.shifted_activities import CannotMove, with_activity_shifts
from pathway_modeller.scenario.shifts.shifts import ShiftError, with_shifts
from pathway_modeller.scenario.words.sentences import listed, number, percentage, quoted

_SOME = 0.01
"""Share of an activity's contacts below which a change is none."""
_ONE = 1.0
"""Contacts a year below which a change is none."""
_DIGITS = 4
"""Decimal places of shares that are offered."""


def find_contacts(scenario: Scenario, pathways: Pathways) -> Iterator[Missing]:
    """Yields contacts that an option takes without a word, and those no longer needed without a source."""
    before = contacts_a_year(pathways[BASELINE], scenario.run) if scenario.options else None
    for option in scenario.options:
        if before is not None:
            yield from _undeclared(scenario, pathways, option, before)
        yield from _without_evidence(scenario, option)


def _undeclared(
    scenario: Scenario, pathways: Pathways, option: str, before: Mapping[str, float]
) -> Iterator[Missing]:
    """Yields activities that lose contacts under an option that does not say where they go."""
    held = scenario.options[option]
    try:
        moved = with_activity_shifts(pathways[option], held.activity_shifts, held.begins)
        played = with_shifts(moved, held.shifts, scenario.money, scenario.run)
    except (CannotMove, ShiftError):
        return
    after = contacts_a_year(played, scenario.run)
    if after is None:
        return
    there = pathways[option].activities
    known = {key: after.get(key, 0.0) for key in (*before, *after) if key in after or key not in there}
    change = {key: known[key] - before.get(key, 0.0) for key in known}
    declared = {each.activity for each in held.declared().values()}
    for activity, gained in sorted(change.items()):
        had = before.get(activity, 0.0)
        if activity in declared or -gained <= max(_SOME * had, _ONE):
            continue
        gains = {
            key: more
            for key, more in sorted(change.items())
            if more > max(_SOME * before.get(key, 0.0), _ONE)
        }
        yield Missing(
            "contacts",
            f"{number(float(f'{-gained:.2g}'))} contacts a year fewer at "
            f"{_called(pathways, option, activity)} under {quoted(held.name)} are not accounted for",
            "they count neither as moved nor as unmet, and no saving can rest on them",
            pointer("options", option, "displacements"),
            option,
            tuple(_offers(pathways, option, activity, -gained, gains)),
        )


def _offers(
    pathways: Pathways, option: str, activity: str, lost: float, gains: Mapping[str, float]
) -> Iterator[Mend]:
    """Yields displacements that an option may declare, the likeliest first."""
    total = sum(gains.values())
    if gains:
        shares = {key: round(more / max(total, lost), _DIGITS) for key, more in gains.items()}
        unmet = round(max(1.0 - sum(shares.values()), 0.0), _DIGITS)
        largest = max(shares, key=lambda key: shares[key])
        shares[largest] = round(
            1.0 - unmet - sum(share for key, share in shares.items() if key != largest), _DIGITS
        )
        if unmet <= _SOME:
            shares[largest], unmet = round(shares[largest] + unmet, _DIGITS), 0.0
        said = [f"{percentage(share)} at {_called(pathways, option, key)}" for key, share in shares.items()]
        if unmet:
            said.append(f"{percentage(unmet)} unmet")
        yield Mend(f"They go on: {listed(said)}", partial(_displace, option, activity, shares, unmet))
    else:
        yield Mend("They are unmet need", partial(_displace, option, activity, {}, 1.0))
    yield Mend(
        "They are no longer needed",
        partial(_no_longer_needed, option, activity),
        "text",
        "Who shows that? (source)",
    )


def _called(pathways: Pathways, option: str, activity: str) -> str:
    """Returns the name of an activity in quotation marks."""
    for pathway in (pathways[option], pathways[BASELINE]):
        if activity in pathway.activities:
            return quoted(pathway.activities[activity].name)
    return quoted(activity)


def _displace(
    option: str,
    activity: str,
    shares: Mapping[str, float],
    unmet: float,
    scenario: Scenario,
    _answer: Answer,
) -> Scenario:
    """Declares where contacts go."""
    fields = {
        "activity": activity,
        "to": {key: {"share": share} for key, share in shares.items()},
        "unmet": unmet,
    }
    return add_decided(scenario, "displacements", "", fields, option)[0]


def _no_longer_needed(option: str, activity: str, scenario: Scenario, answer: Answer) -> Scenario:
    """Declares that contacts are no longer needed, and keeps who says so."""
    source = text_of(answer)
    made, key = add_decided(scenario, "displacements", "", {"activity": activity, "avoided": 1.0}, option)
    return _with_source(option, key, made, source)


def _without_evidence(scenario: Scenario, option: str) -> Iterator[Missing]:
    """Yields contacts that are declared to be no longer needed without a source."""
    for key, displacement in scenario.options[option].displacements.items():
        place = pointer("options", option, "displacements", key, "avoided")
        if displacement.avoided > 0 and not _has_source(scenario, place):
            yield Missing(
                "contacts",
                f"{percentage(displacement.avoided)} of the contacts of {quoted(displacement.name)} under "
                f"{quoted(scenario.options[option].name)} are declared no longer needed, without a source",
                "what that saves rests on it alone",
                place,
                option,
                (
                    Mend(
                        "Give the source",
                        partial(_with_source, option, key),
                        "text",
                        "Who shows that? (source)",
                    ),
                ),
            )


def _has_source(scenario: Scenario, place: str) -> bool:
    """Tells whether an assumption speaks of a place, of a part of it, or of what it is a part of."""
    return any(
        named == place or place.startswith(f"{named}/") or named.startswith(f"{place}/")
        for each in scenario.assumptions.values()
        for named in each.places
    )


def _with_source(option: str, key: str, scenario: Scenario, answer: Answer) -> Scenario:
    """Keeps who says that contacts are no longer needed."""
    displacement = scenario.options[option].displacements[key]
    name = f"No longer needed: {displacement.name}"
    assumption = Assumption(
        name=name,
        places=(pointer("options", option, "displacements", key, "avoided"),),
        source=text_of(answer),
        quality="judgement",
    )
    made = fresh_id(name, scenario.assumptions)
    return scenario.model_copy(update={"assumptions": {**scenario.assumptions, made: assumption}})
