"""An independent, naive check of a trace: it is replayed row by row against the pathway.

Nothing of the engines is used here, only the rows and the drawn elements, and nothing is clever: at the end
of each instant everything that must hold is looked at anew.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Activity, During, Stay, Transition
from pathway_modeller.scenario.values import ByGroup
from pathway_modeller.simulation.trace import Event, NeedCause, Trace
from tests.engines.waiting_rules import (
    LEFT,
    QUEUE_ENDS,
    Group,
    dangers,
    days_of,
    days_on,
    must_attend_or_not,
    takes_no_time,
)

Step = tuple[Event, str]
"""What may happen to a patient next, and at which element."""

ON_CASELOAD = "on the caseload"
"""Stands among a patient's stays for a place on a caseload."""

TOLERANCE = 1e-6
"""Days by which sums of floating-point times may differ."""


@dataclass(frozen=True)
class Row:
    """One row of a trace, with ids."""

    time: float
    patient: int
    tier: str | None
    place: str | None
    element: str | None
    event: Event
    body: tuple[str, str | None] | None
    units: int
    code: int = -1


@dataclass(frozen=True)
class Unit:
    """Units held: by which activity they were taken, of which body, and for which stay."""

    activity: str
    body: tuple[str, str | None]
    units: int
    stay: str | None


Line = tuple[str, str | None, frozenset[str], frozenset[tuple[tuple[str, str | None], int]]]
"""Patients alike in what decides whether they can start: activity, footprint, stays, units given up."""


@dataclass
class Person:
    """What is known of a patient so far."""

    tier: str | None
    place: str | None
    came: float
    allowed: set[Step]
    held: list[Unit] = field(default_factory=list)
    stays: set[str] = field(default_factory=set)
    due: list[Unit] | None = None
    keeps: bool = False
    waits_for: str | None = None
    joined: float = math.nan
    line: Line | None = None
    order: tuple[float, float, int] | None = None
    newcomer: bool = True
    since: float = math.nan
    last: Step | None = None
    came_on: float = math.nan
    new_tier: str | None = None
    danger: int = 0

    @property
    def group(self) -> Group:
        """The groups that rows tell of."""
        return {"need_tier": self.tier, "footprint": self.place}


LEFT_BY_HARM = (Event.LEFT_DETERIORATED, Event.LEFT_HARMED, Event.DIED)
"""Events with which someone leaves because of what happened in a queue or in care."""

HARM = (Event.DETERIORATED, Event.HARMED)
"""Events that say what happened."""

WITH_BODY = (Event.ACQUIRE, Event.RELEASE, Event.CAPACITY)
"""Events whose rows name a body of capacity."""


def rows_of(trace: Trace) -> Iterable[Row]:
    """Yields the rows of a trace with ids for indices."""
    legend = trace.legend
    bodies = [(key.pool, key.footprint) for key in legend.pools]
    columns = [getattr(trace, name).tolist() for name in trace.COLUMNS]
    for time, patient, tier, place, element, event, pool, units in zip(*columns, strict=True):
        yield Row(
            time,
            patient,
            legend.need_tiers[tier] if tier >= 0 else None,
            legend.footprints[place] if place >= 0 else None,
            legend.elements[element] if element >= 0 else None,
            Event(event),
            bodies[pool] if pool >= 0 and event in WITH_BODY else None,
            units,
            -1 if event in WITH_BODY else pool,
        )


class Replay:
    """Replays a trace; ``wrong`` then holds a sentence for each thing that should not be."""

    def __init__(self, trace: Trace, pathway: Pathway) -> None:
        self.pathway = pathway
        self.until = trace.legend.until
        self.legend = trace.legend
        self.people: dict[int, Person] = {}
        self.open: dict[tuple[str, str | None], float] = {}
        self.changes: dict[tuple[str, str | None], list[tuple[float, float]]] = defaultdict(list)
        self.used: Counter[tuple[str, str | None]] = Counter()
        self.wrong: list[str] = []
        self.now = -math.inf
        self.events: Counter[Event] = Counter()
        self.lines: dict[Line, dict[int, Person]] = defaultdict(dict)
        self._acquired: set[tuple[str, str | None]] = set()
        self._started: list[tuple[Line, tuple[float, float, int] | None]] = []
        self._touched: set[int] = set()
        for row in rows_of(trace):
            if row.time != self.now:
                self._end_of_instant()
                self.now = row.time
            self.events[row.event] += 1
            self._row(row)
        self._end_of_instant()
        self._end_of_run()

    def _say(self, sentence: str) -> None:
        """Notes that something is wrong."""
        self.wrong.append(f"day {self.now:g}: {sentence}")

    # --- one row -----------------------------------------------------------------------------------

    def _row(self, row: Row) -> None:
        """Takes in one row."""
        if row.event is Event.CAPACITY:
            assert row.body is not None
            self.open[row.body] = math.inf if row.units < 0 else row.units
            self.changes[row.body].append((row.time, self.open[row.body]))
            return
        if row.event is Event.PERSON:
            return
        person = self.people.get(row.patient)
        if person is None:
            person = self._new(row)
        self._touched.add(row.patient)
        assert row.element is not None
        if row.tier != person.tier or row.place != person.place:
            self._say(f"{row.patient} is of {row.tier} and {row.place}, not {person.tier} and {person.place}")
        if row.event in (Event.NEED_CHANGED, Event.ON_CASELOAD, Event.OFF_CASELOAD):
            self._aside(person, row, row.element)
        elif row.event is Event.ACQUIRE:
            self._acquire(person, row)
        elif row.event is Event.RELEASE:
            self._release(person, row)
        elif row.event is Event.BLOCKED:
            moves = any(event is Event.MOVE_START for event, _ in person.allowed)
            if not (person.waits_for is not None or moves) or not self._own(person):
                self._say(f"{row.patient} is blocked, but holds nothing or waits for nothing")
        elif row.event is Event.PRESENT and person.waits_for is not None:
            pass
        else:
            self._step(person, row, row.element)

    def _aside(self, person: Person, row: Row, element: str) -> None:
        """Takes in what is no step of a patient's way."""
        if row.event is Event.NEED_CHANGED:
            self._change_need(person, row)
        elif row.event is Event.ON_CASELOAD:
            self._come_on(person, row, element)
        else:
            self._come_off(person, row, element)

    def _new(self, row: Row) -> Person:
        """Notes a patient who is seen for the first time."""
        first = {Event.ARRIVE, Event.JOIN, Event.PRESENT}
        today = row.event is not Event.ARRIVE
        if row.event not in first or (today and row.time > 0.0):
            self._say(f"{row.patient} begins with {row.event.name}")
        element = row.element or ""
        person = Person(row.tier, row.place, row.time, {(row.event, element)}, newcomer=not today)
        self.people[row.patient] = person
        return person

    def _step(self, person: Person, row: Row, element: str) -> None:
        """Takes in a step of a patient's way."""
        if (row.event, element) not in person.allowed:
            self._say(f"{row.patient} did {row.event.name} at {element}; allowed: {sorted(person.allowed)}")
        if person.due:
            self._say(f"{row.patient} did not take all the units needed for {person.last}: {person.due}")
        person.due = None
        if person.new_tier is not None:
            self._say(f"{row.patient} should be of {person.new_tier} after {person.last}")
        self._on_the_caseload(person, row, element)
        self._waited(person, row, element)
        self._leave_queue(person, row, element)
        self._times(person, row, element)
        began = person.since
        person.last, person.since = (row.event, element), row.time
        if row.event is Event.JOIN:
            person.waits_for, person.joined = element, row.time
        self._stays_and_keeping(person, row.event, element)
        person.allowed = self._next(row.event, element)
        if row.event is Event.DETERIORATED:
            self._deteriorate(person, row, element, person.joined)
        elif row.event is Event.HARMED:
            self._deteriorate(person, row, element, began)
        elif row.event in LEFT_BY_HARM and row.units != person.danger:
            self._say(f"{row.patient} left by {row.units}, not {person.danger}")

    def _leave_queue(self, person: Person, row: Row, element: str) -> None:
        """Ends a wait."""
        if row.event in (Event.START, Event.START_MISSED):
            self._note_start(person, row.patient, element)
        if row.event in QUEUE_ENDS:
            if person.line is not None:
                del self.lines[person.line][row.patient]
            person.waits_for, person.line, person.newcomer = None, None, True

    def _note_start(self, person: Person, who: int, activity: str) -> None:
        """Notes in which line, and at which place of it, someone stood who is started."""
        line = person.line or self._line(person, activity)
        order = person.order if person.line else self._order(person, who, activity)
        self._started.append((line, order))

    def _next(self, event: Event, element: str) -> set[Step]:
        """Returns what may happen after an event."""
        activity = self.pathway.activities.get(element)
        if event is Event.JOIN:
            return {(each, element) for each in QUEUE_ENDS}
        if event in (Event.START, Event.PRESENT):
            return {(Event.COMPLETE, element), *self._harm(element)}
        if event is Event.START_MISSED:
            return {(Event.DID_NOT_ATTEND, element)}
        if event is Event.WAIT_START:
            return {(Event.WAIT_END, element)}
        if event is Event.REVIEW_DUE:
            return {(Event.JOIN, element)}
        if event is Event.MOVE_START:
            return {(Event.MOVE_END, arrow.target) for arrow in self._slow_arrows(element)}
        if event is Event.MOVE_END:
            return self._reaching(element)
        if event in (Event.ARRIVE, Event.WAIT_END, Event.DECIDE):
            return self._leaving(element)
        return set() if activity is None else self._next_at(activity, event, element)

    def _next_at(self, activity: Activity, event: Event, element: str) -> set[Step]:
        """Returns what may happen after an event at an activity that its fields decide."""
        if event is Event.GAVE_UP:
            return self._going(activity.gives_up_to, Event.LEFT_GAVE_UP, element)
        if event is Event.TURNED_AWAY:
            return self._going(activity.overflow_to, Event.LEFT_TURNED_AWAY, element)
        if event is Event.DID_NOT_ATTEND:
            others_go_to = activity.did_not_attend.others_go_to if activity.did_not_attend else None
            others = self._going(others_go_to, Event.LEFT_NOT_ATTENDED, element)
            return others | {(Event.JOIN, element)}
        if event is Event.COMPLETE:
            reviewed = {(Event.REVIEW_DUE, element), *self._harm(element)}
            return reviewed if activity.caseload else self._done(element)
        if event is Event.ADVISED:
            assert activity.single_point is not None
            return self._going(activity.single_point.advice_to, Event.LEFT_ADVISED, element)
        return set()

    def _harm(self, element: str) -> set[Step]:
        """Returns what may happen to someone in care besides going on."""
        during = {what.during for what in self.pathway.activities[element].deterioration.values()}
        return {(Event.HARMED, element)} if "service" in during else set()

    def _done(self, element: str) -> set[Step]:
        """Returns what may happen to someone who is done at an activity."""
        point = self.pathway.activities[element].single_point
        if point is None or point.advice_only == 0:
            return self._leaving(element)
        advised = {(Event.ADVISED, element)}
        return advised if point.advice_only == 1 else advised | self._leaving(element)

    def _slow_arrows(self, element: str) -> list[Transition]:
        """Returns the arrows out of an element that take time."""
        arrows = [arrow for arrow in self.pathway.transitions.values() if arrow.origin == element]
        return [arrow for arrow in arrows if not takes_no_time(self.pathway, arrow)]

    def _leaving(self, element: str) -> set[Step]:
        """Returns what may happen along the arrows out of an element."""
        found: set[Step] = set()
        for arrow in self.pathway.transitions.values():
            if arrow.origin == element:
                at_once = takes_no_time(self.pathway, arrow)
                found |= self._reaching(arrow.target) if at_once else {(Event.MOVE_START, element)}
        return found

    def _reaching(self, element: str) -> set[Step]:
        """Returns what happens first at an element."""
        first = {
            "activities": Event.JOIN,
            "waits": Event.WAIT_START,
            "decisions": Event.DECIDE,
            "exit_points": Event.EXIT,
        }
        return {(first[self.pathway.map_of(element)], element)}

    def _going(self, target: str | None, leaving: Event, element: str) -> set[Step]:
        """Returns what happens to someone sent to an element, or off the pathway."""
        return {(leaving, element)} if target is None else self._reaching(target)

    def _times(self, person: Person, row: Row, element: str) -> None:
        """Times that never differ are as long as they should be."""
        expected = None
        if row.event in (Event.COMPLETE, Event.REVIEW_DUE):
            self._not_too_long(person, row.patient, element, row.time, "service")
        if row.event in (Event.COMPLETE, Event.DID_NOT_ATTEND) and person.last != (Event.PRESENT, element):
            expected = self.pathway.activities[element].service_time
        elif row.event is Event.WAIT_END:
            expected = self.pathway.waits[element].time
        elif row.event is Event.GAVE_UP:
            expected = self.pathway.activities[element].patience
        elif row.event is Event.REVIEW_DUE:
            caseload = self.pathway.activities[element].caseload
            expected = None if caseload is None else caseload.interval
        if expected is None:
            return
        began = max(person.since, 0.0)
        day = self.legend.start_date + dt.timedelta(days=math.floor(began))
        days = days_on(day, expected)
        if days is None:
            return
        factors = {1.0}
        if row.event in (Event.COMPLETE, Event.DID_NOT_ATTEND):
            pressure = self.pathway.activities[element].pressure
            # How full the pool was cannot be told from rows of one instant, which stand in order of patient.
            factors |= {step.factor for step in pressure.steps} if pressure is not None else set()
        if all(abs(row.time - began - days * factor) > TOLERANCE for factor in factors):
            self._say(f"{row.patient} took {row.time - began} for {row.event.name} at {element}, not {days}")

    # --- deterioration, attendance and caseloads -----------------------------------------------------

    def _waited(self, person: Person, row: Row, element: str) -> None:
        """Nobody waits for longer than it takes to deteriorate; who always or never attends does so."""
        if row.event not in QUEUE_ENDS:
            return
        self._not_too_long(person, row.patient, element, row.time)
        if row.event in (Event.START, Event.START_MISSED):
            missed, there = row.event is Event.START_MISSED, self._is_there(person)
            activity = self.pathway.activities[element]
            due = must_attend_or_not(activity, row.time - person.joined, person.group)
            if missed and (there or activity.did_not_attend is None):
                self._say(f"{row.patient} misses {element}, though nobody there can")
            elif not there and due is not None and due is not missed:
                self._say(f"{row.patient} should{'' if due else ' not'} miss {element}")

    def _not_too_long(
        self, person: Person, who: int, activity: str, now: float, during: During = "queue"
    ) -> None:
        """Nobody waits, or is in care, for longer than a fixed time to deterioration."""
        began = person.joined if during == "queue" else person.since
        for what in dangers(self.pathway.activities[activity], person.tier, during):
            days = days_of(what.time, person.group)
            if days is not None and now - max(began, 0.0) > days + TOLERANCE:
                self._say(f"{who} is at {activity} beyond {what.name} after {days}")

    def _is_there(self, person: Person) -> bool:
        """Returns whether someone holds more than a place on a caseload."""
        return any(unit.stay != ON_CASELOAD for unit in person.held)

    def _deteriorate(self, person: Person, row: Row, element: str, began: float) -> None:
        """Takes in what happened in a queue or in care: it is of this activity, and takes its time."""
        person.danger = row.units
        activity, name = self.legend.deteriorations[row.units]
        what = self.pathway.activities[activity].deterioration.get(name)
        during = "queue" if row.event is Event.DETERIORATED else "service"
        if activity != element or what is None or what.during != during:
            self._say(f"{row.patient} deteriorates by {activity} {name} during the {during} of {element}")
            return
        if what.kind == "need" and what.to_tier == person.tier:
            self._say(f"{row.patient} moves by {name} to the need tier that was theirs")
        days = days_of(what.time, person.group)
        if days is not None and abs(row.time - max(began, 0.0) - days) > TOLERANCE:
            self._say(f"{row.patient} took {row.time - began} for {name} at {element}, not {days}")
        if what.kind == "death":
            person.allowed = {(Event.DIED, element)}
            return
        if what.to_tier not in (None, person.tier):
            person.new_tier = what.to_tier
        if what.kind == "need" and what.goes_to is None:
            person.allowed = {(Event.JOIN, element)}
        else:
            left = Event.LEFT_DETERIORATED if during == "queue" else Event.LEFT_HARMED
            person.allowed = self._going(what.goes_to, left, element)

    def _change_need(self, person: Person, row: Row) -> None:
        """Takes in a change of need tier because of waiting, or of what happened in care."""
        tier = self.legend.need_tiers[row.units]
        if row.code in (NeedCause.WAITED, NeedCause.HARMED) and tier != person.new_tier:
            self._say(f"{row.patient} becomes {tier} by waiting, not {person.new_tier}")
        person.tier, person.new_tier = tier, None

    def _come_on(self, person: Person, row: Row, element: str) -> None:
        """Takes in a coming onto a caseload: at the first attended start."""
        caseload = self.pathway.activities[element].caseload
        first = person.last in ((Event.START, element), (Event.PRESENT, element))
        if caseload is None or not first or not math.isnan(person.came_on):
            self._say(f"{row.patient} comes onto the caseload of {element} after {person.last}")
        person.came_on = row.time

    def _come_off(self, person: Person, row: Row, element: str) -> None:
        """Takes in a coming off a caseload: the time is over, or the wait for a contact was broken off."""
        caseload = self.pathway.activities[element].caseload
        assert person.last is not None
        if caseload is None or ON_CASELOAD not in person.stays or person.last[1] != element:
            self._say(f"{row.patient} comes off a caseload of {element} they are not on")
            return
        person.stays.discard(ON_CASELOAD)
        if person.last[0] is Event.COMPLETE:
            length, interval = days_of(caseload.length, {}), days_of(caseload.interval, {})
            over = math.nan if length is None else person.came_on + length
            if caseload.length is None or abs(row.time - max(over, person.since)) > TOLERANCE:
                self._say(f"{row.patient} comes off at {row.time}, not {over}")
            if interval is not None and person.since + interval < over - TOLERANCE:
                self._say(f"{row.patient} comes off though the next contact is due before {over}")
            person.allowed = self._done(element)
        elif person.last[0] not in (
            Event.GAVE_UP,
            Event.TURNED_AWAY,
            Event.DID_NOT_ATTEND,
            *HARM,
        ) or (person.last[0] in HARM and (Event.JOIN, element) in person.allowed):
            self._say(f"{row.patient} comes off the caseload of {element} after {person.last}")
        person.came_on = math.nan

    def _on_the_caseload(self, person: Person, row: Row, element: str) -> None:
        """While on a caseload, nobody does anything else, and contacts fall due only before its end."""
        if ON_CASELOAD not in person.stays:
            return
        seen = (Event.COMPLETE, Event.DID_NOT_ATTEND, Event.REVIEW_DUE, Event.HARMED)
        allowed = (*QUEUE_ENDS, Event.JOIN, *seen)
        broken_off = person.last is not None and person.last[0] in (Event.GAVE_UP, Event.TURNED_AWAY)
        if row.event not in allowed or person.last is None or element != person.last[1] or broken_off:
            self._say(f"{row.patient} does {row.event.name} at {element} on a caseload, after {person.last}")
        if row.event is Event.REVIEW_DUE:
            caseload = self.pathway.activities[element].caseload
            length = None if caseload is None else days_of(caseload.length, {})
            if length is not None and row.time >= person.came_on + length + TOLERANCE:
                self._say(f"{row.patient} is due a contact after their time on the caseload")

    # --- units -------------------------------------------------------------------------------------

    def _body(self, pool: str, person: Person) -> tuple[str, str | None]:
        """Returns the body of capacity that a patient uses."""
        return pool, person.place if self.pathway.pools[pool].per_footprint else None

    def _own(self, person: Person) -> list[Unit]:
        """Returns the units held for a service, not for a stay."""
        return [unit for unit in person.held if unit.stay is None]

    def _beginning(self, activity: str) -> dict[str, Stay]:
        """Returns the stays that begin with an activity."""
        return {name: stay for name, stay in self.pathway.stays.items() if stay.begins_with == activity}

    def _wanted(self, person: Person, activity: str, held: set[str]) -> list[Unit]:
        """Returns the units that a start takes, given the stays held then."""
        found = []
        for name, stay in self._beginning(activity).items():
            if name not in held:
                found += [
                    Unit(activity, self._body(pool, person), units, name)
                    for pool, units in stay.needs.items()
                ]
        caseload = self.pathway.activities[activity].caseload
        if caseload is not None and ON_CASELOAD not in held:
            found.append(Unit(activity, self._body(caseload.pool, person), 1, ON_CASELOAD))
        return found + self._needs(person, activity)

    def _needs(self, person: Person, activity: str) -> list[Unit]:
        """Returns the units of an activity alone."""
        needs = self.pathway.activities[activity].needs
        return [Unit(activity, self._body(pool, person), units, None) for pool, units in needs.items()]

    def _acquire(self, person: Person, row: Row) -> None:
        """Takes in units taken: they must be among those due."""
        assert row.body is not None
        self.used[row.body] += row.units
        self._acquired.add(row.body)
        if person.last is None or person.last[0] not in (Event.START, Event.START_MISSED, Event.PRESENT):
            self._say(f"{row.patient} takes {row.body} without a start")
            return
        due = [unit for unit in person.due or [] if (unit.body, unit.units) == (row.body, row.units)]
        if not due or row.element != person.last[1]:
            self._say(f"{row.patient} takes {row.units} of {row.body}, which {person.last} does not need")
            return
        assert person.due is not None
        person.due.remove(due[0])
        person.held.append(due[0])

    def _release(self, person: Person, row: Row) -> None:
        """Takes in units given back: they must be held."""
        assert row.body is not None
        self.used[row.body] -= row.units
        mine = [
            unit
            for unit in person.held
            if (unit.activity, unit.body, unit.units) == (row.element, row.body, row.units)
        ]
        if not mine:
            self._say(f"{row.patient} gives back {row.units} of {row.body} that are not held")
            return
        ended = [unit for unit in mine if unit.stay is not None and unit.stay not in person.stays]
        person.held.remove((ended or mine)[0])

    def _stays_and_keeping(self, person: Person, event: Event, element: str) -> None:
        """Works out which stays are on, whether units are kept, and which units are due now."""
        moment = {
            Event.START: "start",
            Event.WAIT_START: "start",
            Event.COMPLETE: "completion",
            Event.HARMED: "completion",
            Event.WAIT_END: "completion",
        }.get(event)
        for name, stay in self.pathway.stays.items():
            if any(end.element == element and end.when == moment for end in stay.ends):
                person.stays.discard(name)
        if event in (Event.START, Event.PRESENT):
            person.due = self._wanted(person, element, person.stays)
            person.stays |= set(self._beginning(element))
            if self.pathway.activities[element].caseload is not None:
                person.stays.add(ON_CASELOAD)
            person.keeps = False
        elif event is Event.START_MISSED:
            person.due = self._needs(person, element)
        elif event in (Event.COMPLETE, Event.HARMED):
            activity = self.pathway.activities[element]
            keeps = activity.release == "when next can take" and activity.caseload is None
            person.keeps = keeps and bool(activity.needs)
        elif event is Event.WAIT_START:
            person.keeps = False
        elif event is Event.MOVE_START:
            self._keeping_during_a_move(person, element)
        elif event in LEFT:
            person.keeps, person.stays = False, set()

    def _keeping_during_a_move(self, person: Person, element: str) -> None:
        """Units are kept during a move that takes time if, and only if, its arrow says so."""
        keeping = {arrow.keeps_units for arrow in self._slow_arrows(element)}
        own = bool(self._own(person))
        if (own and keeping == {False}) or (person.keeps and not own and keeping == {True}):
            self._say(f"someone who moves from {element} holds {person.held}")
        person.keeps = person.keeps and own

    # --- the end of an instant ---------------------------------------------------------------------

    def _end_of_instant(self) -> None:
        """Looks at everything that must hold once nothing more happens at an instant."""
        self._holdings()
        self._stand_in_line()
        if self.now >= 0.0:
            self._capacity()
            self._nobody_idle()
            self._queue_order()
            self._rooms()
        self._acquired, self._started, self._touched = set(), [], set()

    def _holdings(self) -> None:
        """Everyone touched holds what they should."""
        for who in self._touched:
            person = self.people[who]
            assert person.last is not None
            event, element = person.last
            if person.due:
                self._say(f"{who} did not take all the units needed for {person.last}: {person.due}")
            stays = {unit.stay for unit in person.held if unit.stay is not None}
            if stays != {n for n in person.stays if n == ON_CASELOAD or self.pathway.stays[n].needs}:
                self._say(f"{who} is on stays {stays} and should be on {person.stays}")
            on = ON_CASELOAD in person.stays
            if on == math.isnan(person.came_on) or (event is Event.COMPLETE and not on):
                self._say(f"{who} is{'' if on else ' not'} on a caseload after {person.last}")
            own = Counter((unit.body, unit.units) for unit in self._own(person))
            if event in (Event.START, Event.START_MISSED, Event.PRESENT):
                if own != Counter((unit.body, unit.units) for unit in self._needs(person, element)):
                    self._say(f"{who} holds {own} in {element}")
            elif person.keeps and not own:
                self._say(f"{who} keeps nothing after {person.last}, and should")
            elif event is not Event.MOVE_START and own and not person.keeps:
                self._say(f"{who} keeps {own} after {person.last}")

    def _capacity(self) -> None:
        """Units in use are open, unless capacity fell; then nobody takes any."""
        for body, used in self.used.items():
            if used < 0:
                self._say(f"{body} has {used} units in use")
            if used > self.open.get(body, 0.0) and body in self._acquired and self.now > 0.0:
                self._say(f"{body} is taken with {used} in use and {self.open.get(body)} open")

    def _gives(self, person: Person, activity: str) -> Counter[tuple[str, str | None]]:
        """Returns the units that someone would give up on starting an activity."""
        found: Counter[tuple[str, str | None]] = Counter()
        for unit in person.held:
            if unit.stay is None or unit.stay in self._ended_by_start(activity):
                found[unit.body] += unit.units
        return found

    def _ended_by_start(self, activity: str) -> set[str]:
        """Returns the stays that the start of an activity ends."""
        return {
            name
            for name, stay in self.pathway.stays.items()
            if any(end.element == activity and end.when == "start" for end in stay.ends)
        }

    def _stand_in_line(self) -> None:
        """Puts those who joined a queue at this instant, and still wait, into the line of those alike."""
        for who in self._touched:
            person = self.people[who]
            if person.waits_for is not None and person.line is None:
                person.line = self._line(person, person.waits_for)
                person.order = self._order(person, who, person.waits_for)
                self.lines[person.line][who] = person

    def _line(self, person: Person, activity: str) -> Line:
        """Returns the line in which someone waits."""
        gives = frozenset(self._gives(person, activity).items())
        return activity, person.place, frozenset(person.stays), gives

    def _nobody_idle(self) -> None:
        """Nobody waits for whom all that the start needs is free."""
        for line, people in self.lines.items():
            for who, person in list(people.items())[:1]:
                if all(
                    self.open[body] - self.used[body] + dict(line[3]).get(body, 0) >= units
                    for body, units in self.needs_to_start(person, line[0]).items()
                ):
                    self._say(f"{who} waits for {line[0]}, though it could start")

    def needs_to_start(self, person: Person, activity: str) -> Counter[tuple[str, str | None]]:
        """Returns all the units that someone needs to start an activity."""
        needs: Counter[tuple[str, str | None]] = Counter()
        for unit in self._wanted(person, activity, person.stays - self._ended_by_start(activity)):
            needs[unit.body] += unit.units
        return needs

    def _queue_order(self) -> None:
        """Nobody alike, and earlier in queue order, still waits when another was started."""
        for line, order in self._started:
            waiting = [each.order for each in self.lines[line].values() if each.joined < self.now]
            first = min((each for each in waiting if each is not None), default=None)
            if first is not None and order is not None and first < order:
                self._say(f"{order} was started for {line[0]} before {first}")

    def _order(self, person: Person, who: int, activity: str) -> tuple[float, float, int] | None:
        """Returns a patient's place in queue order; None where it hangs on what rows do not tell."""
        record = self.pathway.activities[activity]
        priority = record.priority
        if isinstance(priority, ByGroup):
            if priority.by not in ("need_tier", "footprint"):
                return None
            group = person.tier if priority.by == "need_tier" else person.place
            priority = priority.values.get(group or "", priority.otherwise)
        keys = {
            "first come": person.joined,
            "last come": -person.joined,
            "longest on pathway": person.came,
        }
        return priority, keys[record.discipline], who

    def _rooms(self) -> None:
        """Nobody who joined at this instant stays in a queue without a place."""
        for activity, place in {self._room(self.people[who]) for who in self._touched} - {("", None)}:
            room = self.pathway.activities[activity].room
            crowd = [
                person
                for line, people in self.lines.items()
                for person in people.values()
                if line[0] == activity and self._room(person) == (activity, place)
            ]
            late = any(person.newcomer and person.joined == self.now for person in crowd)
            if room is not None and len(crowd) > room and late:
                self._say(f"{len(crowd)} wait for {activity} ({place}) with room for {room}")

    def _room(self, person: Person) -> tuple[str, str | None]:
        """Returns where someone takes a place to wait, ('', None) where nobody counts."""
        if person.waits_for is None or self._is_there(person):
            return "", None
        activity = self.pathway.activities[person.waits_for]
        if activity.room is None:
            return "", None
        pools = [*activity.needs, *([activity.caseload.pool] if activity.caseload else [])]
        split = any(self.pathway.pools[pool].per_footprint for pool in pools)
        return person.waits_for, person.place if split else None

    def most_open_lately(self, body: tuple[str, str | None]) -> float:
        """Returns the most units that were open in the last week of the run."""
        changes = self.changes[body]
        ends = [*(time for time, _ in changes[1:]), math.inf]
        return max(units for (_, units), end in zip(changes, ends, strict=True) if end > self.until - 7.0)

    # --- the end of the run ------------------------------------------------------------------------

    def _end_of_run(self) -> None:
        """Everybody who came is inside or has left, and units in use are those held by those inside."""
        gone = sum(self.events[event] for event in LEFT)
        for who, person in self.people.items():
            if person.waits_for is not None:
                self._not_too_long(person, who, person.waits_for, self.until)
        inside = sum(1 for person in self.people.values() if person.allowed)
        if len(self.people) != gone + inside:
            self._say(f"{len(self.people)} came, but {gone} left and {inside} are inside")
        held: Counter[tuple[str, str | None]] = Counter()
        for person in self.people.values():
            for unit in person.held:
                held[unit.body] += unit.units
            if not person.allowed and person.held:
                self._say(f"someone who left still holds {person.held}")
        if held != +self.used:
            self._say(f"units held are {held}, units in use {self.used}")


def never_to_start(replay: Replay) -> list[int]:
    """Returns those who hold units, wait, never give up, and could never start, however long one waits.

    Everyone else is imagined to have gone, then again and again everyone who could then start. Capacity is
    taken as the most that was open in the last week of the run.
    """
    pathway = replay.pathway
    stuck = {
        who: person
        for who, person in replay.people.items()
        if person.waits_for and person.held and _lasts(person, pathway.activities[person.waits_for])
    }
    while True:
        taken: Counter[tuple[str, str | None]] = Counter()
        for person in stuck.values():
            for unit in person.held:
                taken[unit.body] += unit.units
        able = [who for who, person in stuck.items() if _fits(replay, person, taken)]
        if not able:
            return sorted(stuck)
        for who in able:
            del stuck[who]


def _lasts(person: Person, activity: Activity) -> bool:
    """Returns whether someone neither gives up waiting nor deteriorates."""
    return activity.patience is None and not dangers(activity, person.tier)


def _fits(replay: Replay, person: Person, taken: Counter[tuple[str, str | None]]) -> bool:
    """Returns whether someone who waits could start if only these units were taken."""
    assert person.line is not None
    activity, _, _, gives = person.line
    given = dict(gives)
    return all(
        replay.most_open_lately(body) - taken[body] + given.get(body, 0) >= units
        for body, units in replay.needs_to_start(person, activity).items()
    )


def littles_law(trace: Trace) -> dict[str, tuple[float, float]]:
    """Returns, for each queue and for the pathway, both sides of Little's law as an identity.

    One side adds up the time of each patient, the other the number present between any two rows.
    """
    joined: dict[tuple[str, int], float] = {}
    spent: Counter[str] = Counter()
    present: Counter[str] = Counter()
    area: Counter[str] = Counter()
    last = 0.0

    def pass_time(to: float) -> None:
        for queue, number in present.items():
            area[queue] += number * (to - last)

    for row in rows_of(trace):
        time = max(row.time, 0.0)
        pass_time(time)
        last = time
        first = row.event is Event.ARRIVE or row.event is Event.PRESENT
        for queue, enters, leaves in (
            (row.element or "", row.event is Event.JOIN, row.event in QUEUE_ENDS),
            ("the pathway", first, row.event in LEFT),
        ):
            if enters:
                joined[queue, row.patient] = time
                present[queue] += 1
            elif leaves:
                spent[queue] += time - joined.pop((queue, row.patient))
                present[queue] -= 1
    pass_time(trace.legend.until)
    for (queue, _), time in joined.items():
        spent[queue] += trace.legend.until - time
    return {queue: (area[queue], spent[queue]) for queue in present}
