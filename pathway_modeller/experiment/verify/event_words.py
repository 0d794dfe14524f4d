"""What happened, in words: one event of a trace as a commissioner would tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Deterioration
from pathway_modeller.scenario.values import WEEKDAYS
from pathway_modeller.scenario.words.sentences import date_words, member_name, plural, quoted
from pathway_modeller.simulation.trace import Event, NeedCause, Trace

DONE: Mapping[Event, str] = {
    Event.ARRIVE: "comes to the pathway at {element}",
    Event.PRESENT: "is at {element} from the start",
    Event.JOIN: "joins the queue of {element}",
    Event.START: "is started at {element}",
    Event.START_MISSED: "does not attend when due to be started at {element}",
    Event.COMPLETE: "completes {element}",
    Event.DID_NOT_ATTEND: "has missed {element}, and the unused slot ends",
    Event.GAVE_UP: "gives up waiting for {element}",
    Event.TURNED_AWAY: "finds the queue of {element} full",
    Event.BLOCKED: "has completed {element} and keeps its capacity until the next activity has room",
    Event.WAIT_START: "begins the wait {element}",
    Event.WAIT_END: "ends the wait {element}",
    Event.DECIDE: "reaches {element}",
    Event.MOVE_START: "sets out from {element}",
    Event.MOVE_END: "reaches {element} after a move",
    Event.ACQUIRE: "takes {units} of {pool} for {element}",
    Event.RELEASE: "gives back {units} of {pool}, taken for {element}",
    Event.CAPACITY: "{pool} now has {open}",
    Event.EXIT: "leaves by {element}",
    Event.LEFT_TURNED_AWAY: "leaves the pathway because the queue of {element} is full",
    Event.LEFT_GAVE_UP: "leaves the pathway after giving up waiting for {element}",
    Event.LEFT_NOT_ATTENDED: "leaves the pathway after missing {element}",
    Event.DETERIORATED: "leaves the queue of {element} because of {harm}",
    Event.LEFT_DETERIORATED: "leaves the pathway, having waited for {element}, because of {harm}",
    Event.DIED: "dies {where} {element} ({harm})",
    Event.ADVISED: "is given advice only at {element}",
    Event.LEFT_ADVISED: "leaves the pathway with advice only from {element}",
    Event.NEED_CHANGED: "moves from need tier {tier} to {to_tier} at {element} ({cause})",
    Event.ON_CASELOAD: "comes onto the caseload of {element}",
    Event.REVIEW_DUE: "is due for the next contact of {element}",
    Event.OFF_CASELOAD: "comes off the caseload of {element}",
    Event.PERSON: "{person} ({move})",
    Event.HARMED: "is taken out of {element} by {harm}",
    Event.LEFT_HARMED: "leaves the pathway from {element} because of {harm}",
}
"""What a patient does, or what becomes of capacity and of people, by the kind of event."""

_CAUSES: Mapping[NeedCause, str] = {
    NeedCause.FOUND: "need found",
    NeedCause.BETTER: "got better",
    NeedCause.WORSE: "got worse",
    NeedCause.WAITED: "because of waiting",
    NeedCause.HARMED: "because of what happened during care",
}

HARM = (Event.DETERIORATED, Event.LEFT_DETERIORATED, Event.DIED, Event.HARMED, Event.LEFT_HARMED)
"""Events that say in ``units`` what happened to somebody who waited or was in care."""

_NOBODY = (Event.CAPACITY, Event.PERSON)
"""Events that are about no patient."""


class EventWords:
    """Tells the events of one trace in words."""

    def __init__(self, trace: Trace, pathway: Pathway) -> None:
        """Takes names from a pathway.

        Args:
            trace: whose events are told.
            pathway: the one that was played.
        """
        self._trace = trace
        self._pathway = pathway
        self._legend = trace.legend

    def moment(self, row: int) -> str:
        """Returns when an event happened: ``Tuesday 8 April 2025 at 10:23:45.123``."""
        return moment_words(self._legend.start_date, float(self._trace.time[row]))

    def patient(self, row: int) -> str:
        """Returns whose event it is: ``patient 17 of "Referral"``; "" where it is no patient's."""
        identity = int(self._trace.patient[row])
        if identity < 0:
            return ""
        first = int(np.flatnonzero((self._trace.patient == identity) & (self._trace.element >= 0))[0])
        number = (identity & 0xFFFFFFFF) + 1
        return f"patient {number} of {self._element(first)}{self._of_groups(row)}"

    def element(self, row: int) -> str:
        """Returns the element of an event by name; the body of capacity, or "", where it has none."""
        if self._trace.element[row] >= 0:
            return self._element(row)
        return self._pool(row) if self._trace.event[row] == Event.CAPACITY else ""

    def done(self, row: int) -> str:
        """Returns what happened: ``is started at "Clinic"``."""
        return DONE[Event(int(self._trace.event[row]))].format_map(self._names(row))

    def told(self, row: int) -> str:
        """Returns all of it: when, who and what."""
        patient = self.patient(row)
        return f"{self.moment(row)}: {f'{patient} ' if patient else ''}{self.done(row)}"

    # Names -------------------------------------------------------------------------------------------

    def _names(self, row: int) -> dict[str, str]:
        """Returns what the words of an event need; only what it has is looked up."""
        event, units = Event(int(self._trace.event[row])), int(self._trace.units[row])
        names = {"element": self._element(row), "units": plural(units, "unit")}
        if event in (Event.ACQUIRE, Event.RELEASE, Event.CAPACITY):
            names["pool"] = self._pool(row)
            names["open"] = "no limit" if units < 0 else f"{plural(units, 'unit')} open"
        elif event in HARM:
            harm = self._harm(units)
            names["harm"] = quoted(harm.name)
            names["where"] = "while waiting for" if harm.during == "queue" else "at"
        elif event is Event.NEED_CHANGED:
            names["tier"] = self._tier(int(self._trace.need_tier[row]))
            names["to_tier"] = self._tier(units)
            names["cause"] = _CAUSES[NeedCause(int(self._trace.pool[row]))]
        elif event is Event.PERSON:
            names["person"] = self._person(row)
            names["move"] = member_name(
                self._pathway, "moves", self._legend.moves[int(self._trace.pool[row])]
            )
        return names

    def _element(self, row: int) -> str:
        """Returns the name of an event's element in quotes."""
        place = int(self._trace.element[row])
        if place < 0:
            return ""
        key = self._legend.elements[place]
        return quoted(self._pathway.drawn()[key].name)

    def _pool(self, row: int) -> str:
        """Returns the name of an event's body of capacity."""
        key = self._legend.pools[int(self._trace.pool[row])]
        name = member_name(self._pathway, "pools", key.pool)
        where = "" if key.footprint is None else member_name(self._pathway, "footprints", key.footprint)
        return f"{name} in {where}" if where else name

    def _harm(self, number: int) -> Deterioration:
        """Returns what happened to somebody who waited or was in care."""
        activity, harm = self._legend.deteriorations[number]
        return self._pathway.activities[activity].deterioration[harm]

    def _tier(self, number: int) -> str:
        """Returns a need tier by name."""
        return member_name(self._pathway, "need_tiers", self._legend.need_tiers[number])

    def _person(self, row: int) -> str:
        """Returns what a person of the population did."""
        left, reached = int(self._trace.need_tier[row]), int(self._trace.units[row])
        place = int(self._trace.footprint[row])
        footprint = member_name(self._pathway, "footprints", self._legend.footprints[place])
        if left < 0:
            return f"a person comes into need tier {self._tier(reached)} in {footprint}"
        if reached < 0:
            return f"a person of need tier {self._tier(left)} in {footprint} dies or moves away"
        return f"a person in {footprint} moves from need tier {self._tier(left)} to {self._tier(reached)}"

    def _of_groups(self, row: int) -> str:
        """Returns a patient's need tier and footprint in brackets, where there are any."""
        tier, place = int(self._trace.need_tier[row]), int(self._trace.footprint[row])
        words = [f"need tier {self._tier(tier)}"] if tier >= 0 else []
        if place >= 0:
            words.append(member_name(self._pathway, "footprints", self._legend.footprints[place]))
        return f" ({', '.join(words)})" if words else ""


def moment_words(start: dt.date, days: float) -> str:
    """Returns a time as date and clock, to the millisecond: ``Tuesday 8 April 2025 at 10:23:45.123``.

    Args:
        start: day 0.
        days: since the start date at 00:00; below 0 before it.
    """
    moment = dt.datetime.combine(start, dt.time()) + dt.timedelta(milliseconds=round(days * 86_400_000))
    clock = f"{moment:%H:%M:%S}.{moment.microsecond // 1000:03d}"
    return f"{WEEKDAYS[moment.weekday()].capitalize()} {date_words(moment.date())} at {clock}"
