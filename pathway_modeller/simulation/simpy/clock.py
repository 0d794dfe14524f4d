"""The clock of the SimPy engine: whole milliseconds, and a written order of all that happens in one of them.

SimPy does events in order of time, then priority, then scheduling. Here the time is a whole number of
milliseconds, so that delays are exact and equal times equal; and the priority says the whole order of an
instant, since an order of scheduling is one that no other engine could repeat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import simpy
from simpy.events import EventPriority

from pathway_modeller.simulation.chance.ticks import TICKS_PER_DAY, ticks_of
from pathway_modeller.simulation.ranks import Rank

_AT_ONCE = EventPriority(0)
"""The order of what only hands on that something happened: before any rank, as it was scheduled."""

_IDENTITIES = 1 << 64
"""More than there are identities, so that the rank counts first."""


class Until(simpy.Timeout):
    """A time for which something waits, with its place in the order of that instant.

    Args:
        clock: the clock.
        time: when, in milliseconds, not before now.
        rank: order among events of the same time.
        identity: order among events of the same time and rank (patient, or body of capacity).
    """

    def __init__(self, clock: Clock, time: int, rank: Rank, identity: int) -> None:
        self.order = (rank + 1) * _IDENTITIES + identity  # first, since SimPy schedules it on being made
        super().__init__(clock, time - clock.now)


class Starts(simpy.Event):
    """Happens once, when asked for, after the bound events of that instant: whoever can start is started."""

    order: ClassVar[int] = (Rank.START + 1) * _IDENTITIES


class Clock(simpy.Environment):
    """A SimPy environment whose time is whole milliseconds, and whose events come in the written order."""

    if TYPE_CHECKING:

        @property
        def now(self) -> int:
            """The time in milliseconds."""

    def schedule(
        self,
        event: simpy.Event,
        priority: EventPriority = _AT_ONCE,  # noqa: ARG002 - the order stands for it
        delay: float = 0,
    ) -> None:
        """Schedules an event, as SimPy asks for each, at its place in the written order.

        Events of SimPy's own (a process begins or ends, an event succeeds) come at once: what one process
        does for another is done before anything else happens, as if it had called it.
        """
        super().schedule(event, getattr(event, "order", _AT_ONCE), delay)

    @property
    def days(self) -> float:
        """The time in days."""
        return self.now / TICKS_PER_DAY

    def at(self, days: float, rank: Rank, identity: int) -> Until:
        """Returns the whole millisecond nearest to a time in days."""
        return Until(self, ticks_of(days), rank, identity)

    def in_days(self, days: float) -> int:
        """Returns the whole millisecond nearest to so many days from now."""
        return ticks_of(self.now / TICKS_PER_DAY + days)
