"""The elements that are drawn: where patients come from, what is done, where they wait, divide and leave."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal, assert_never

from pydantic import Field

from pathway_modeller.scenario.dated import Dated, Later, last_of
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.population import NeedChange, Trend
from pathway_modeller.scenario.values import (
    MOST_PEOPLE,
    MOST_TIMES,
    RARE,
    Count,
    Duration,
    Factor,
    Money,
    Position,
    Rate,
    Record,
    Setting,
    SomeUnits,
    Varied,
    Weekday,
)

Share = Annotated[float, Field(ge=0, le=1)]
Patients = Annotated[int, Field(ge=1, le=MOST_PEOPLE)]
Rank = Annotated[int, Field(ge=-MOST_TIMES, le=MOST_TIMES)]
MOST_PRESSED = 10.0
"""The most by which a service time may react to pressure; more is a slip of the hand."""
QualityFactor = Annotated[float, Field(ge=0, le=10)]
"""By what good quality multiplies a hazard; more than 10 is a slip of the hand."""
Harm = Literal["emergency", "need", "death"]
During = Literal["queue", "service"]
Discipline = Literal["first come", "last come", "longest on pathway"]

ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class Element(Record):
    """What every drawn element has."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="What it stands for, in a sentence.")
    setting: Setting = Field(
        default="hospital", title="Setting", description="Where it happens; its lane on the drawing."
    )
    position: Position = Field(
        default=Position(x=0, y=0), title="Position", description="Where it is drawn; changes no result."
    )


class Profile(Record):
    """How demand varies over the year, the week and the day.

    Each list holds relative factors; each is scaled to a mean of 1 (months by their days), so that the rate
    stays the average over a year.
    """

    months: tuple[Factor, ...] | None = Field(
        default=None, title="By month", description="Twelve factors, January first."
    )
    weekdays: tuple[Factor, ...] | None = Field(
        default=None, title="By weekday", description="Seven factors, Monday first."
    )
    day: tuple[Factor, ...] | None = Field(
        default=None,
        title="By time of day",
        description="Factors for equal parts of the day from midnight: 24 for hours, 48 for half hours.",
    )


class RandomArrivals(Record):
    """Patients who come at random at a rate, or with given gaps.

    Give exactly one of ``rate``, ``hourly``, ``rate_per_1000`` and ``gap``.
    """

    kind: Literal["random"]
    rate: Later[Rate] | None = Field(default=None, title="Rate", description="How many come, all together.")
    hourly: tuple[Factor, ...] | None = Field(
        default=None,
        title="Rate in each hour",
        description="How many come in each hour of the day, all together: 24 figures, from midnight.",
    )
    rate_per_1000: Dated[Rate] | None = Field(
        default=None,
        title="Rate per 1,000 people",
        description="How many come for every 1,000 people of the tier and footprint.",
    )
    gap: Distribution | None = Field(
        default=None, title="Gap between arrivals", description="Time from one arrival to the next."
    )
    need_tiers: Mapping[str, Share] = Field(
        default_factory=dict,
        title="Need tiers",
        description="Share of each tier; left empty, in proportion to the people.",
    )
    footprints: Mapping[str, Share] = Field(
        default_factory=dict,
        title="Footprints",
        description="Share of each footprint; left empty, in proportion to the people.",
    )
    profile: Profile | None = Field(
        default=None, title="Profile", description="How demand varies by month, weekday and hour."
    )
    trend: Trend | None = Field(
        default=None, title="Trend", description="How the rate changes from year to year."
    )
    starts_after: Duration | None = Field(
        default=None, title="Starts after", description="Nobody comes before this time from the start date."
    )
    ends_after: Duration | None = Field(
        default=None, title="Ends after", description="Nobody comes after this time from the start date."
    )

    @property
    def rate_per_day(self) -> float | None:
        """How many come a day on average, all together (in the end); None if it hangs on people or gaps."""
        if self.hourly is not None:
            return math.fsum(self.hourly)
        return None if self.rate is None else last_of(self.rate).per_day

    @property
    def profile_with_hours(self) -> Profile | None:
        """The profile; where a rate is given for each hour, with these rates as its factors of the day."""
        if self.hourly is None:
            return self.profile
        return (self.profile or Profile()).model_copy(update={"day": self.hourly})


class Booking(Record):
    """A number of patients booked for the same time each week."""

    weekday: Weekday = Field(title="Weekday", description="The day.")
    time: ClockTime = Field(title="Time", description="The clock time, as 09:30.")
    patients: Patients = Field(title="Patients", description="How many are booked for that time.")


class BookedArrivals(Record):
    """Patients who come by appointment, every week at the same times."""

    kind: Literal["booked"]
    bookings: tuple[Booking, ...] = Field(
        min_length=1, title="Appointments", description="The week's appointments."
    )
    not_on_bank_holidays: bool = Field(
        default=False,
        title="Not on bank holidays",
        description="Nobody is booked on England's bank holidays.",
    )
    lateness: Distribution | None = Field(
        default=None, title="Lateness", description="How long after the booked time patients come."
    )
    need_tiers: Mapping[str, Share] = Field(
        default_factory=dict, title="Need tiers", description="Share of each tier."
    )
    footprints: Mapping[str, Share] = Field(
        default_factory=dict, title="Footprints", description="Share of each footprint."
    )


Arrivals = Annotated[RandomArrivals | BookedArrivals, Field(discriminator="kind")]


class EntryPoint(Element):
    """Where patients come from."""

    arrivals: Arrivals | None = Field(
        default=None, title="Arrivals", description="How patients come; needed before a run."
    )
    attributes: Mapping[str, Varied[Mapping[str, Share]]] = Field(
        default_factory=dict,
        title="Attributes at entry",
        description="For each declared attribute, the share of patients with each value.",
    )


class MissedByWait(Record):
    """The share who do not attend after a wait of at least so long."""

    waited: Duration = Field(title="Waited", description="At least this long since joining the queue.")
    share: Varied[Share] = Field(title="Share", description="The share of starts to which nobody comes.")


class DidNotAttend(Record):
    """Patients who do not come to their slot; the slot is used all the same."""

    share: Varied[Share] = Field(title="Share", description="The share of starts to which nobody comes.")
    by_wait: tuple[MissedByWait, ...] = Field(
        default=(),
        title="After longer waits",
        description="Shares in its place for those who waited longer; the longest wait reached counts.",
    )
    rebook: Varied[Share] = Field(
        default=1.0, title="Booked again", description="The share of those who join the queue again."
    )
    others_go_to: str | None = Field(
        default=None,
        title="The others go to",
        description="Element for those not booked again; left empty, they leave the pathway.",
    )


class Deterioration(Record):
    """What may happen to a patient who waits in a queue, or during care; it ends that, and is counted.

    Give exactly one of ``rate_per_1000`` (a hazard that stays the same) and ``time`` (any other).
    """

    name: str = Field(min_length=1, title="Name", description="What happens, in a few words.")
    kind: Harm = Field(title="Kind", description="An emergency, a move to another need tier, or death.")
    rate_per_1000: Varied[Rate] | None = Field(
        default=None, title="Rate per 1,000 people", description="For every 1,000 who wait, or are in care."
    )
    time: Varied[Distribution] | None = Field(
        default=None, title="Time to it", description="How long a patient is there before it happens."
    )
    to_tier: str | None = Field(
        default=None, title="Need tier after", description="The patient's need tier from then on, if changed."
    )
    goes_to: str | None = Field(
        default=None,
        title="Goes to",
        description="Element the patient goes to; left empty, off the pathway (need: joins this queue anew).",
    )
    during: During = Field(
        default="queue",
        title="May happen during",
        description="Queue: while waiting. Service: while being seen or staying here, and between contacts "
        "of a caseload; it then ends the service or the stay, and the time on the caseload.",
    )
    if_good: QualityFactor | None = Field(
        default=None,
        title="Factor where quality is good",
        description="The rate is so many times as high for those whose unit of capacity is good, by the "
        "quality of the pool that the activity needs: 0.6 is 40% less. Left empty, it makes no difference.",
    )

    @property
    def changes_people(self) -> bool:
        """Whether it changes how many people there are, or their need tiers."""
        match self.kind:
            case "death":
                return True
            case "emergency" | "need":
                return self.to_tier is not None
            case _:
                assert_never(self.kind)


class PressureStep(Record):
    """The factor of a service time while a pool is at least so full."""

    full: Share = Field(
        title="At least so full",
        description="Units in use over units open, with those that the start itself takes.",
    )
    factor: Annotated[float, Field(gt=0, le=MOST_PRESSED)] = Field(
        title="Factor", description="The service time is so many times as long."
    )


class Pressure(Record):
    """How the service time reacts to how full a pool is at the start: a table, not a forecast of behaviour.

    The fullest step that is reached counts; below the first the service time is as given.
    """

    pool: str = Field(title="Pool", description="The capacity pool that may be full.")
    steps: tuple[PressureStep, ...] = Field(
        min_length=1, title="Factors", description="In rising order of how full the pool is."
    )


class Caseload(Record):
    """Repeated contacts at a review interval with those who are on the caseload.

    The first attended contact takes a place on the caseload, and until then the patient waits for one as for
    any unit. After each contact the next is due when the review interval is over. The place is kept, whatever
    happens between contacts, for the time on the caseload; then the patient goes on along the arrows.
    """

    pool: str = Field(title="Places", description="The capacity pool whose units are places on the caseload.")
    interval: Varied[Distribution] = Field(
        title="Review interval", description="From the end of one contact to when the next is due."
    )
    length: Varied[Distribution] | None = Field(
        default=None,
        title="Time on the caseload",
        description="From the first contact on; left empty, to the end of the run.",
    )


class SinglePoint(Record):
    """A single point of contact: some need only advice, and its own team takes the others with no referral.

    Moves to activities of its own team take no time, whatever their arrows say.
    """

    advice_only: Varied[Share] = Field(
        title="Advice only", description="The share whose need is met by advice at once."
    )
    advice_to: str | None = Field(
        default=None, title="Advice goes to", description="Element they go to; left empty, they leave."
    )
    team: tuple[str, ...] = Field(
        default=(), title="Own team", description="Activities to which there is no referral delay."
    )


class Activity(Element):
    """Something done for a patient that needs capacity."""

    needs: Mapping[str, SomeUnits] = Field(
        default_factory=dict, title="Needs", description="Units of each capacity pool, all at once."
    )
    service_time: Dated[Distribution] | None = Field(
        default=None, title="Service time", description="How long it takes; needed before a run."
    )
    pressure: Annotated[Pressure | None, RARE] = Field(
        default=None,
        title="Reaction to pressure",
        description="How the service time changes with how full a pool is at the start. It plays out what is "
        "assumed here, and is not a forecast of behaviour; give its source.",
    )
    priority: Varied[Rank] = Field(
        default=5, title="Priority", description="1 goes before 2, whatever the time of joining."
    )
    discipline: Discipline = Field(
        default="first come", title="Queue order", description="Who goes next among equal priority."
    )
    room: Count | None = Field(
        default=None, title="Room in the queue", description="Places to wait; left empty, no limit."
    )
    overflow_to: str | None = Field(
        default=None,
        title="Overflow goes to",
        description="Element for those who find the queue full; left empty, they are turned away.",
    )
    patience: Dated[Distribution] | None = Field(
        default=None, title="Patience", description="How long patients wait before they give up."
    )
    gives_up_to: str | None = Field(
        default=None,
        title="Those who give up go to",
        description="Element for those who give up; left empty, they leave the pathway.",
    )
    give_up_cause: Annotated[str, RARE] = Field(
        default="gave up waiting", title="Cause", description="The cause recorded for those who give up."
    )
    did_not_attend: DidNotAttend | None = Field(
        default=None, title="Did not attend", description="Those who do not come to their slot."
    )
    deterioration: Mapping[str, Deterioration] = Field(
        default_factory=dict,
        title="Deterioration",
        description="What may happen to patients because they wait, or during care, each with its hazard.",
    )
    caseload: Caseload | None = Field(
        default=None, title="Caseload", description="Repeated contacts at a review interval."
    )
    single_point: SinglePoint | None = Field(
        default=None,
        title="Single point of contact",
        description="Triage that can end in advice only, with no referral delay to its own team.",
    )
    changes_need: tuple[NeedChange, ...] = Field(
        default=(),
        title="Effect on need",
        description="How a completed contact changes the need tier; the first listed that fits and is drawn.",
    )
    minimum_volume: Annotated[Annotated[float, Field(ge=0, le=MOST_PEOPLE)] | None, RARE] = Field(
        default=None,
        title="Minimum volume",
        description="Contacts a year below which it is not safe or not viable; a warning is given.",
    )
    release: Literal["on completion", "when next can take"] = Field(
        default="on completion",
        title="Releases capacity",
        description="On completion, or only when the next activity starts the patient (delayed discharge).",
    )
    provider: str | None = Field(default=None, title="Provider", description="Who provides it.")
    payer: str | None = Field(default=None, title="Payer", description="Who pays for it.")
    price: Varied[Money] | None = Field(
        default=None, title="Price", description="What the commissioner pays for each one attended."
    )
    variable_cost: Varied[Money] | None = Field(
        default=None,
        title="Variable cost",
        description="What each one costs beyond the capacity (consumables, drugs, travel).",
    )
    pauses_clocks: Annotated[bool, RARE] = Field(
        default=False,
        title="Clocks stand still",
        description="Clocks of standards stand still while a patient is here, from reaching it to its end.",
    )
    tags: Annotated[tuple[str, ...], RARE] = Field(
        default=(), title="Tags", description="The directions or themes that it serves; changes no result."
    )

    def harm_during(self, during: During) -> dict[str, Deterioration]:
        """Returns what may happen to those who wait for it, or during care, by id."""
        return {key: harm for key, harm in self.deterioration.items() if harm.during == during}


class Wait(Element):
    """A planned interval that needs no capacity."""

    time: Dated[Distribution] | None = Field(
        default=None, title="Time", description="How long the interval is; needed before a run."
    )
    pauses_clocks: Annotated[bool, RARE] = Field(
        default=False,
        title="Clocks stand still",
        description="Clocks of standards stand still while a patient is here, from reaching it to its end.",
    )


class Decision(Element):
    """Where patients divide, by share, attribute or condition; the arrows out of it say how."""


class ExitPoint(Element):
    """How patients leave the pathway."""

    changes_need: tuple[NeedChange, ...] = Field(
        default=(), title="Effect on need", description="How leaving this way changes the need tier."
    )


class AttributeCondition(Record):
    """True when a patient attribute has one of the values."""

    kind: Literal["attribute"]
    attribute: str = Field(
        title="Attribute", description="'need_tier', 'footprint', or a declared attribute."
    )
    values: tuple[str, ...] = Field(min_length=1, title="Is one of", description="The values.")


class QueueCondition(Record):
    """True when at least so many patients wait for an activity (all footprints together)."""

    kind: Literal["queue"]
    activity: str = Field(title="Activity", description="Whose queue.")
    at_least: Count = Field(title="At least", description="How many wait.")


class VisitsCondition(Record):
    """True when the patient has reached an element at least so often."""

    kind: Literal["visits"]
    element: str = Field(title="Element", description="Which element.")
    at_least: Patients = Field(title="At least", description="How often.")


class TimeCondition(Record):
    """True when the patient has been on the pathway at least so long."""

    kind: Literal["time on pathway"]
    at_least: Duration = Field(title="At least", description="How long.")


class CalendarCondition(Record):
    """True on these weekdays, between these clock times."""

    kind: Literal["calendar"]
    weekdays: tuple[Weekday, ...] = Field(min_length=1, title="Weekdays", description="On which days.")
    opens: ClockTime = Field(default="00:00", title="From", description="From this time.")
    closes: ClockTime = Field(default="24:00", title="To", description="Up to, not including, this time.")


Condition = Annotated[
    AttributeCondition | QueueCondition | VisitsCondition | TimeCondition | CalendarCondition,
    Field(discriminator="kind"),
]


class Transition(Record):
    """The arrow from one element to another.

    Out of one element, arrows with a condition are tried in ``order`` (then by id) and the first whose
    condition holds is taken; if none holds, the arrows without a condition are taken by their shares.
    """

    origin: str = Field(alias="from", title="From", description="The element left.")
    target: str = Field(alias="to", title="To", description="The element reached.")
    share: Dated[Share] = Field(
        default=1.0, title="Share", description="The share of patients, among arrows without a condition."
    )
    when: Condition | None = Field(default=None, title="When", description="The condition, if any.")
    order: Rank = Field(default=0, title="Order", description="Lower is tried first, among conditions.")
    time: Dated[Distribution] | None = Field(
        default=None, title="Time taken", description="How long the move takes, if not at once."
    )
    keeps_units: bool = Field(
        default=False,
        title="Keeps the place meanwhile",
        description="Whether the units just used (a bed) are kept during the move.",
    )
    sets: Mapping[str, str] = Field(
        default_factory=dict,
        title="Sets",
        description="Declared attributes that a patient gets on this arrow.",
    )


class StayEnd(Record):
    """The moment at which a stay ends."""

    element: str = Field(title="Element", description="Which activity or wait.")
    when: Literal["start", "completion"] = Field(
        default="start", title="When", description="At its start or its completion."
    )


class Stay(Record):
    """Units held across several elements: a bed from admission to discharge.

    The stay begins with the start of an activity, which then needs these units too (unless the patient
    already holds them), and ends at the first of its ends, or when the patient leaves the pathway.
    """

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    needs: Mapping[str, SomeUnits] = Field(
        min_length=1, title="Holds", description="Units of each capacity pool."
    )
    begins_with: str = Field(title="Begins with", description="The activity whose start begins it.")
    ends: tuple[StayEnd, ...] = Field(
        default=(), title="Ends", description="The elements that end it; leaving always does."
    )


class WaitingToday(Record):
    """Patients who are already waiting on the start date."""

    patients: Patients = Field(title="Patients", description="How many.")
    waited: Distribution = Field(title="Already waited", description="How long they have waited.")
    need_tier: str | None = Field(default=None, title="Need tier", description="Their tier.")
    footprint: str | None = Field(default=None, title="Footprint", description="Their footprint.")


class InProgressToday(Record):
    """Patients who are already being seen, or in a bed, on the start date."""

    patients: Patients = Field(title="Patients", description="How many.")
    remaining: Distribution | None = Field(
        default=None,
        title="Time remaining",
        description="Left empty, it is assumed: as in the middle of a long-running service (equilibrium "
        "residual life). Patients who have only just begun take the service time.",
    )
    need_tier: str | None = Field(default=None, title="Need tier", description="Their tier.")
    footprint: str | None = Field(default=None, title="Footprint", description="Their footprint.")


class Today(Record):
    """What is already under way at one activity on the start date."""

    waiting: tuple[WaitingToday, ...] = Field(
        default=(), title="Waiting list", description="Those who wait today."
    )
    in_progress: tuple[InProgressToday, ...] = Field(
        default=(), title="In progress", description="Those being seen, or in a bed, today."
    )
    clocks: Literal["running", "stopped"] | None = Field(
        default=None,
        title="Clocks",
        description="Clocks of standards that those who wait here carry. running: for as long as they have "
        "waited; stopped: they come back after the stop. Left empty, they run where a patient can have come "
        "from a standard's start without its stop.",
    )
