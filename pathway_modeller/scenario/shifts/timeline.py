"""The timeline of an investment shift, month by month, as it follows from the plan alone.

Nothing here is simulated: money leaves the old pool after notice and by whole blocks, whether or not the
patients would fit into what remains. The ledger of a replication asks that too. Pounds are of the price base,
and a pool that costs by the open hour costs the same every day of the year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.shifts.prices import PriceBase, price_base
from pathway_modeller.scenario.shifts.shifts import ShiftError, bodies_of, shift_moves
from pathway_modeller.scenario.shifts.steps import Moved
from pathway_modeller.scenario.values import DAYS_PER_YEAR, Money


@dataclass(frozen=True)
class ShiftMonth:
    """What a shift does in one month of the data collection period.

    Attributes:
        month: as 2025-04.
        meant: pounds that the plan moves, whether or not they pay for whole units.
        target_units: units opened by the end of the month.
        origin_units: units closed by the end of the month.
        opened: pounds of capacity opened.
        closed: pounds of capacity closed, whether or not its cost has left.
        double_running: pounds of capacity kept open beside the new for the time of double running.
        stranded: pounds of capacity closed and still paid for.
        set_up: pounds paid once on the first day, or in the first month if that lies before the period.
        exit: pounds paid once when the first cost leaves, or in the first month likewise.
    """

    month: str
    meant: float
    target_units: int
    origin_units: int
    opened: float
    closed: float
    double_running: float
    stranded: float
    set_up: float
    exit: float


def shift_account(
    shift: Shift, pathway: Pathway, run: RunSettings, money: MoneySettings | None = None
) -> tuple[ShiftMonth, ...]:
    """Returns the timeline of one shift.

    Args:
        shift: the shift, taken alone.
        pathway: the option's pathway, without its shifts.
        run: start date and data collection period.
        money: price base and index.

    Raises:
        ShiftError: the shift cannot be played.
    """
    settings = money or MoneySettings()
    moves = shift_moves(pathway, {"shift": shift}, settings, run)
    for problem in moves.problems:
        if problem.severity == "error":
            raise ShiftError(f'Shift "{shift.name}": {problem.what}. {problem.mend}.')
    prices = price_base(settings, [pathway], [shift])
    opens = [_Units.of(each, prices, run) for each in moves.moved["shift"] if each.opens]
    closes = [_closing(each, shift, pathway, prices, run) for each in moves.moved["shift"] if not each.opens]
    begins, first = float((shift.starts - run.start_date).days), run.warm_up.days
    once = ((_pounds(prices, shift.set_up), begins), (_pounds(prices, shift.exit_cost), _first(closes)))
    meant = _pounds(prices, shift.amount) / DAYS_PER_YEAR
    return tuple(
        ShiftMonth(
            month=name,
            meant=meant * (_ramped(end - begins, shift.ramp.days) - _ramped(start - begins, shift.ramp.days)),
            target_units=sum(each.by(end) for each in opens),
            origin_units=sum(each.closed.by(end) for each in closes),
            opened=sum(each.pounds(start, end) for each in opens),
            closed=sum(each.closed.pounds(start, end) for each in closes),
            double_running=sum(
                each.due.pounds(start, end) - each.closed.pounds(start, end) for each in closes
            ),
            stranded=sum(each.closed.pounds(start, end) - each.left.pounds(start, end) for each in closes),
            set_up=_if_within(once[0], first, start, end),
            exit=_if_within(once[1], first, start, end),
        )
        for name, start, end in months_of(run)
    )


def months_of(run: RunSettings) -> Iterator[tuple[str, float, float]]:
    """Yields the calendar months of the data collection period with the days at which they begin and end."""
    start, until = run.warm_up.days, run.warm_up.days + run.duration.days
    while start < until:
        date = run.start_date + dt.timedelta(days=int(start))
        after = (date.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        end = min(float((after - run.start_date).days), until)
        yield f"{date:%Y-%m}", start, end
        start = end


@dataclass(frozen=True)
class _Units:
    """Units that change on some days, and what one costs a day."""

    days: Sequence[float]
    pounds_a_day: float

    @staticmethod
    def of(moved: Moved, prices: PriceBase, run: RunSettings) -> _Units:
        """Returns the units of one pool on the days on which they change."""
        days = [float((date - run.start_date).days) for date in moved.dates]
        return _Units(days, _pounds(prices, moved.unit_cost) / DAYS_PER_YEAR)

    def by(self, end: float) -> int:
        """Returns how many have changed before a time."""
        return sum(day < end for day in self.days)

    def pounds(self, start: float, end: float) -> float:
        """Returns what those that have changed cost between two times."""
        return self.pounds_a_day * sum(max(end - max(day, start), 0.0) for day in self.days)


@dataclass(frozen=True)
class _Closing:
    """Units that close: when money would have them close, when they do, and when their cost leaves."""

    due: _Units
    closed: _Units
    left: _Units


def _closing(moved: Moved, shift: Shift, pathway: Pathway, prices: PriceBase, run: RunSettings) -> _Closing:
    """Returns the units that a shift closes."""
    pool = pathway.pools[moved.pool]
    notice = shift.notice or pool.notice
    days = notice.days if notice else 0.0
    closed = _Units.of(moved, prices, run)
    due = [float((date - run.start_date).days) for date in moved.meant]
    left = [
        day + days
        for body in bodies_of(pathway, pool)
        for day in _whole_blocks(moved.days(run.start_date, body), pool.block or 1)
    ]
    return _Closing(_Units(due, closed.pounds_a_day), closed, _Units(left, closed.pounds_a_day))


def _whole_blocks(days: Sequence[float], block: int) -> Iterator[float]:
    """Yields for each unit of a whole block the day on which its last unit closes."""
    for last in range(block - 1, len(days), block):
        yield from (days[last],) * block


def _ramped(days: float, ramp: float) -> float:
    """Returns the integral of the ramp from its beginning over some days."""
    if days <= 0:
        return 0.0
    return days * days / (2 * ramp) if days < ramp else days - ramp / 2


def _first(closes: Sequence[_Closing]) -> float | None:
    """Returns the day on which the first cost leaves."""
    return min((day for each in closes for day in each.left.days), default=None)


def _if_within(once: tuple[float, float | None], first: float, start: float, end: float) -> float:
    """Returns what is paid once, in the month of its day; what falls before the first day, then."""
    pounds, day = once
    return pounds if day is not None and start <= max(day, first) < end else 0.0


def _pounds(prices: PriceBase, money: Money | None) -> float:
    """Returns pounds in base prices.

    Raises:
        ShiftError: they cannot be brought to them.
    """
    if money is None:
        return 0.0
    pounds = prices.pounds(money)
    if pounds is None:
        raise ShiftError(f"The pounds of the shift cannot be shown: {prices.why_not(money)}.")
    return pounds
