"""Who holds units when they come to an element: places kept from the step before, or those of a stay.

Patients are followed from the entry points along every way that there is, with what they hold; how many there
are, and how often each way is taken, plays no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Activity, Transition
from pathway_modeller.scenario.network.graph import arrows_out


@dataclass(frozen=True)
class Holding:
    """What a patient holds.

    Attributes:
        kept: whether units of an activity that is over are kept.
        stays: ids of the stays whose units are held.
    """

    kept: bool = False
    stays: frozenset[str] = frozenset()

    @property
    def is_in_a_place(self) -> bool:
        """Whether the patient waits where they are, and so takes no room and attends."""
        return self.kept or bool(self.stays)


State = tuple[str, Holding]


def holdings_on_coming(pathway: Pathway) -> dict[str, frozenset[Holding]]:
    """Returns what patients may hold who come to each element; none for one that nobody reaches."""
    found: dict[str, set[Holding]] = {}
    out = arrows_out(pathway)
    ahead: list[State] = [(key, Holding()) for key in (*pathway.entry_points, *pathway.today)]
    while ahead:
        element, holding = ahead.pop()
        if holding not in found.setdefault(element, set()):
            found[element].add(holding)
            ahead.extend(_onward(pathway, element, holding, [arrow for _, arrow in out.get(element, ())]))
    return {element: frozenset(each) for element, each in found.items()}


def taken_from(pathway: Pathway, key: str) -> frozenset[str]:
    """Returns the activities to which patients come with the units of an activity kept."""
    found, out, passed = set(), arrows_out(pathway), pathway.passed_at_once()
    ahead, seen = [key], {key}
    while ahead:
        element = ahead.pop()
        point = pathway.activities[element].single_point if element in pathway.activities else None
        for _, arrow in out.get(element, ()):
            to_team = point is not None and arrow.target in point.team
            if arrow.time is not None and not arrow.keeps_units and not to_team:
                continue
            if arrow.target in pathway.activities:
                found.add(arrow.target)
            elif arrow.target in passed and arrow.target not in seen:
                seen.add(arrow.target)
                ahead.append(arrow.target)
    return frozenset(found)


def _onward(pathway: Pathway, element: str, holding: Holding, out: list[Transition]) -> Iterator[State]:
    """Yields where a patient may go on from an element, with what they then hold."""
    activity = pathway.activities.get(element)
    if activity is not None:
        yield from _from_activity(pathway, element, activity, holding, out)
        return
    if element in pathway.waits:
        holding = Holding(stays=holding.stays - _ended(pathway, element, "start", "completion"))
    for arrow in out:
        yield arrow.target, _moved(holding, arrow, takes_time=arrow.time is not None)


def _from_activity(
    pathway: Pathway, element: str, activity: Activity, holding: Holding, out: list[Transition]
) -> Iterator[State]:
    """Yields where a patient may go on from an activity: seen, or having left its queue."""
    if activity.overflow_to is not None and not holding.is_in_a_place:
        yield activity.overflow_to, holding
    if activity.gives_up_to is not None:
        yield activity.gives_up_to, holding
    for harm in activity.harm_during("queue").values():
        if harm.goes_to is not None:
            yield harm.goes_to, holding
    if activity.did_not_attend is not None and activity.did_not_attend.others_go_to is not None:
        yield activity.did_not_attend.others_go_to, Holding()
    begun = {key for key, stay in pathway.stays.items() if stay.begins_with == element}
    stays = (holding.stays - _ended(pathway, element, "start")) | begun
    stays -= _ended(pathway, element, "completion")
    has = bool(activity.needs) and activity.caseload is None
    keeps = has and activity.release == "when next can take"
    for harm in activity.harm_during("service").values():
        if harm.goes_to is not None:
            yield harm.goes_to, Holding(keeps, stays)
    point = activity.single_point
    if point is not None and point.advice_to is not None:
        yield point.advice_to, Holding(keeps, stays)
    for arrow in out:
        takes_time = arrow.time is not None and (point is None or arrow.target not in point.team)
        yield arrow.target, _moved(Holding(keeps, stays), arrow, takes_time=takes_time)


def _moved(holding: Holding, arrow: Transition, *, takes_time: bool) -> Holding:
    """Returns what a patient holds at the end of an arrow."""
    return replace(holding, kept=holding.kept and (not takes_time or arrow.keeps_units))


def _ended(pathway: Pathway, element: str, *whens: str) -> frozenset[str]:
    """Returns the stays that an element ends then."""
    return frozenset(
        key
        for key, stay in pathway.stays.items()
        for end in stay.ends
        if end.element == element and end.when in whens
    )
