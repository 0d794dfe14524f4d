"""Expected contacts and need changes a day, by the traffic equations, as if nobody waited.

Every patient goes through the pathway on the day of arrival: no queue, no service time, no planned wait. The
flow into each state is ``x = a + P' x`` (Jackson, Operations Research 5, 1957), where a state is an element,
a need tier and the attributes that matter; a contact that changes the need tier sends its patient on in the
new one; nobody goes on from a caseload without an end. What only a run can tell (giving up, deterioration,
full queues, later contacts of a caseload, those on the pathway on the start date) is left out; what of it
changes the population is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.planning.moves import Compartments
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import Activity, BookedArrivals, EntryPoint, ExitPoint, RandomArrivals
from pathway_modeller.scenario.network.traffic import (
    Blocks,
    Routing,
    TooLarge,
    make_arrivals,
    make_blocks,
    make_routing,
    value_for,
)
from pathway_modeller.scenario.population import NeedChange, Trend

Floats = npt.NDArray[np.float64]

_TINY = 1e-9


class NotKnown(Exception):  # noqa: N818 - says why contacts are not known
    """Expected contacts cannot be worked out without a run; the message is a clause that says why."""


@dataclass(frozen=True)
class Stream:
    """What the patients of one entry point do to the population; arrays are (compartments, compartments + 1).

    A column says how much comes of each person of a compartment; the last column, of no person in particular.

    Attributes:
        trend: how arrivals change from year to year.
        starts, ends: days between which patients come.
        contacts: attended contacts a day by activity and the compartment of the patient.
        change: net people a day that each compartment gains by changes of need.
    """

    trend: Trend | None
    starts: float
    ends: float
    contacts: Mapping[str, Floats]
    change: Floats

    def factor(self, day: float, year: int) -> float:
        """Returns by what its arrivals are multiplied on a day of a year, 0 for the first."""
        if not self.starts <= day < self.ends:
            return 0.0
        return 1.0 if self.trend is None else self.trend.factor(year)


def needs_contacts(pathway: Pathway) -> bool:
    """Tells whether contacts on the pathway change the population."""
    by_activity = any(each.activity is not None for each in pathway.preventions.values())
    return by_activity or any(_changes(each) for each in pathway.drawn().values())


def streams(pathway: Pathway, run: RunSettings, compartments: Compartments) -> tuple[Stream, ...]:
    """Returns what each entry point's patients do to the population.

    Raises:
        NotKnown: it cannot be worked out without a run.
    """
    try:
        blocks = replace(make_blocks(pathway, run), pairs=compartments.pairs)
    except TooLarge:
        raise NotKnown("the pathway has too many groups and attributes") from None
    routing = make_routing(pathway, blocks)
    if routing.unknown:
        names = ", ".join(f"“{pathway.drawn()[each].name}”" for each in sorted(routing.unknown))
        raise NotKnown(f"where patients go after {names} depends on what only a run can tell")
    visits = _Visits(pathway, compartments, blocks, routing)
    return tuple(
        visits.stream(identifier, entry, run) for identifier, entry in sorted(pathway.entry_points.items())
    )


def _changes(element: object) -> tuple[NeedChange, ...]:
    """Returns how reaching the end of an element changes need."""
    return element.changes_need if isinstance(element, Activity | ExitPoint) else ()


def changed(changes: tuple[NeedChange, ...], compartments: Compartments) -> Floats:
    """Returns the share of patients of each compartment who are in each afterwards, (before, after).

    One draw decides: the changes that fit the need tier before take their shares of it in order.
    """
    found = np.eye(len(compartments))
    for place, (tier, footprint) in enumerate(compartments.pairs):
        undrawn = 1.0
        for change in changes:
            if change.origin not in (None, tier):
                continue
            moved = min(value_for(change.share, compartments.groups(place)), undrawn)
            undrawn -= moved
            found[place, place] -= moved
            found[place, compartments.place(change.target, footprint)] += moved
    return found


class _Visits:
    """How often patients are expected at each element, and in which need tier."""

    def __init__(
        self, pathway: Pathway, compartments: Compartments, blocks: Blocks, routing: Routing
    ) -> None:
        self._pathway, self._compartments = pathway, compartments
        self._blocks, self._routing = blocks, routing
        self._changed = {key: changed(_changes(each), compartments) for key, each in pathway.drawn().items()}
        self._seen, leaving = self._leaving()
        size = len(compartments) * blocks.size
        try:
            inverse = np.linalg.inv(np.eye(size) - leaving.reshape(size, size))
        except np.linalg.LinAlgError:
            raise NotKnown("patients go round for ever") from None
        if not np.all(np.isfinite(inverse)) or np.any(inverse < -_TINY):
            raise NotKnown("patients go round for ever")
        self._visits = inverse.reshape(len(compartments), blocks.size, len(compartments), blocks.size)

    def _leaving(self) -> tuple[Floats, Floats]:
        """Returns attended contacts for each time a state is reached, and where its patients go next.

        Returns:
            (compartments, states) and (compartments, states, compartments, states).
        """
        people, size = len(self._compartments), self._blocks.size
        seen, shares = np.zeros((people, size)), self._routing.links.full()
        leaving = np.zeros((people, size, people, size))
        for block, combination, groups in self._blocks.each():
            for key, element in self._pathway.drawn().items():
                state = self._blocks.state(key, combination)
                seen[block, state] = 1.0
                if isinstance(element, Activity):
                    seen[block, state], missed = _attendance(element, groups)
                    elsewhere = element.did_not_attend and element.did_not_attend.others_go_to
                    if elsewhere:
                        there = self._blocks.state(elsewhere, combination)
                        leaving[block, state, block, there] += missed
                if isinstance(element, Activity) and element.caseload and element.caseload.length is None:
                    continue
                after = self._changed[key][block]
                leaving[block, state] += seen[block, state] * after[:, None] * shares[:, state, :]
        return seen, leaving

    def stream(self, identifier: str, entry: EntryPoint, run: RunSettings) -> Stream:
        """Returns what the patients of an entry point do to the population."""
        arrivals = entry.arrivals
        by_people = isinstance(arrivals, RandomArrivals) and arrivals.rate_per_1000 is not None
        come = make_arrivals(self._alone(identifier, entry, by_people=by_people), run, self._blocks)
        reached = np.einsum("bs,bscj->bcj", come, self._visits)
        contacts: dict[str, Floats] = {}
        change = np.zeros((len(self._compartments), len(self._compartments)))
        for key, element in self._pathway.drawn().items():
            here = self._blocks.states(key)
            done = reached[:, :, here]
            if isinstance(element, Activity):
                done = done * self._seen[None, :, here]
                contacts[key] = _columns(done.sum(axis=2), by_people=by_people)
            if isinstance(element, Activity | ExitPoint):
                change += done.sum(axis=2) @ (self._changed[key] - np.eye(len(self._compartments)))
        starts = ends = trend = None
        match arrivals:
            case RandomArrivals():
                starts, ends, trend = arrivals.starts_after, arrivals.ends_after, arrivals.trend
            case BookedArrivals() | None:
                pass
            case _:
                assert_never(arrivals)
        return Stream(
            trend=trend,
            starts=0.0 if starts is None else starts.days,
            ends=float("inf") if ends is None else ends.days,
            contacts=contacts,
            change=_columns(change, by_people=by_people),
        )

    def _alone(self, identifier: str, entry: EntryPoint, *, by_people: bool) -> Pathway:
        """Returns the pathway with one entry point at its plain rate, by people with one person each."""
        arrivals = entry.arrivals
        if isinstance(arrivals, RandomArrivals):
            arrivals = arrivals.model_copy(update={"starts_after": None, "ends_after": None, "trend": None})
        changes: dict[str, object] = {
            "entry_points": {identifier: entry.model_copy(update={"arrivals": arrivals})}
        }
        if by_people:
            one = dict.fromkeys(self._compartments.need_tiers, 1.0)
            changes["footprints"] = {
                key: place.model_copy(update={"people": one})
                for key, place in self._pathway.footprints.items()
            }
        return self._pathway.model_copy(update=changes)


def _attendance(activity: Activity, groups: Mapping[str, str]) -> tuple[float, float]:
    """Returns the share of those who reach an activity who are at last seen, and who go without."""
    attendance = activity.did_not_attend
    if attendance is None:
        return 1.0, 0.0
    absent, again = (value_for(each, groups) for each in (attendance.share, attendance.rebook))
    slots = 1.0 / max(1.0 - absent * again, _TINY)
    return (1.0 - absent) * slots, absent * (1.0 - again) * slots


def _columns(by_source: Floats, *, by_people: bool) -> Floats:
    """Returns figures (compartment of arrival, compartment) as (compartment, compartment of arrival + 1)."""
    whole = np.zeros((by_source.shape[1], by_source.shape[1] + 1))
    if by_people:
        whole[:, :-1] = by_source.T
    else:
        whole[:, -1] = by_source.sum(axis=0)
    return whole


def left_out(pathway: Pathway) -> tuple[str, ...]:
    """Returns in sentences what of a pathway changes the population only in a run."""
    activities = pathway.activities.values()
    found = []
    waiting = [each for one in activities for each in one.harm_during("queue").values()]
    if any(each.changes_people for each in waiting):
        found.append("What waiting does to people is left out: nobody waits in planning mode.")
    if any(one.harm_during("service") for one in activities):
        found.append("What happens to people during care is left out: everybody completes what is begun.")
    reaching = {each.activity for each in pathway.preventions.values()}
    if any(
        one.caseload is not None and (one.changes_need or key in reaching)
        for key, one in pathway.activities.items()
    ):
        found.append("Of the contacts of a caseload only the first is counted.")
    if needs_contacts(pathway) and any(each.waiting or each.in_progress for each in pathway.today.values()):
        found.append("Those who are on the pathway already on the start date are left out.")
    return tuple(found)
