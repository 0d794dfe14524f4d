"""A patient on the pathway, as the SimPy engine keeps one."""

from __future__ import annotations

from dataclasses import dataclass, field

from pathway_modeller.simulation.model.parts import Groups, Needs


@dataclass(slots=True, eq=False)
class Held:
    """Units that a patient holds: which activity took them, and as part of which stay.

    ``stay`` is -1 for those of a service, -2 for a place on a caseload.
    """

    needs: Needs
    activity: int
    stay: int


@dataclass(slots=True, eq=False)
class Waiting:
    """A place in a queue.

    Attributes:
        priority: lower goes first.
        key: the discipline's order among equal priority.
        joined: when the patient joined, in days.
        visit: which visit to the activity this is.
        needs: units needed to start, those of stays that begin included.
        gives: units that the start releases: those kept from before, and stays that end.
        exempt: whether the patient waits in a place kept elsewhere and takes no room in the queue.
        restless: whether the patient will leave the queue of their own accord, or by deterioration.
        left: set when the patient has started, given up or been turned away.
    """

    patient: Patient
    activity: int
    priority: int
    key: float
    joined: float
    visit: int
    needs: Needs
    gives: Needs
    exempt: bool
    restless: bool = False
    left: bool = False

    @property
    def place(self) -> tuple[int, float, int]:
        """The place in queue order: priority, then the discipline's key, then the patient's identity."""
        return self.priority, self.key, self.patient.identity


@dataclass(slots=True, eq=False)
class Enrolment:
    """A patient's being on a caseload: of which activity, and until when (days; infinity for ever)."""

    activity: int
    until: float


@dataclass(slots=True, eq=False)
class Patient:
    """A patient.

    Attributes:
        stream: random-number key of the stream.
        ordinal: place in the stream.
        groups: need tier, footprint and declared attributes.
        entered: when the patient came, in days.
        visits: how often each element has been reached.
        held: units held now.
        enrolment: the caseload that the patient is on, if any.
        identity: stream and ordinal in one number; orders patients where all else is equal.
        instant: the time of the last move.
        moves: how many moves were made at that time.
    """

    stream: int
    ordinal: int
    groups: Groups
    entered: float
    identity: int = 0
    visits: dict[int, int] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    enrolment: Enrolment | None = None
    instant: float = -1.0
    moves: int = 0

    def __post_init__(self) -> None:
        self.identity = (self.stream << 32) | self.ordinal

    def visit(self, element: int) -> int:
        """Counts a visit to an element and returns its number, from 1."""
        number = self.visits.get(element, 0) + 1
        self.visits[element] = number
        return number
