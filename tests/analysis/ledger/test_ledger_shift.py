"""A shift with a ramp in the ledger, month by month, against its timeline worked out from the plan alone."""

from __future__ import annotations

import datetime as dt

import pytest

from pathway_modeller.analysis.ledger.ledger import Books, Ledger, ledger
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.shifts.shifts import with_shifts
from pathway_modeller.scenario.shifts.timeline import shift_account
from pathway_modeller.scenario.values import Duration
from tests.analysis.hand_made import Row, make_pathway, make_trace, opened

APRIL = dt.date(2025, 4, 1)
RUN = RunSettings(start_date=APRIL, duration=Duration(value=365, unit="days"))


def drawn() -> Pathway:
    """Ten beds at £200 a day, in blocks of two at 30 days' notice, and three of a team at £100 a day."""
    year = {"price_year": "2024/25"}
    return make_pathway(
        pools={
            "beds": {
                "name": "Beds",
                "units": 10,
                "block": 2,
                "notice": {"value": 30, "unit": "days"},
                "cost": {"amount": {"value": 73_050, **year}, "per": "year"},
            },
            "team": {
                "name": "Team",
                "units": 3,
                "cost": {"amount": {"value": 36_525, **year}, "per": "year"},
            },
        }
    )


def ramped() -> Shift:
    """£400 a day over six months, three months of recruitment, and the beds kept for 31 days longer."""
    year = {"price_year": "2024/25"}
    return Shift.model_validate(
        {
            "name": "Home first",
            "from": "beds",
            "to": "team",
            "amount": {"value": 146_100, **year},
            "starts": "2025-04-01",
            "ramp": {"value": 6, "unit": "months"},
            "recruitment_lag": {"value": 3, "unit": "months"},
            "double_running": {"value": 31, "unit": "days"},
            "set_up": {"value": 700, **year},
            "exit_cost": {"value": 80, **year},
        }
    )


@pytest.fixture
def found() -> Ledger:
    pathway, shifts = drawn(), {"s": ramped()}
    played = with_shifts(pathway, shifts, MoneySettings(), RUN)
    rows: list[Row] = [opened("beds", 10), opened("team", 3)]
    for name in ("beds", "team"):
        rows += [
            opened(name, step.units, float((step.date - APRIL).days)) for step in played.pools[name].steps
        ]
    trace = make_trace(rows, played, until=365, start_date=APRIL)
    return ledger(trace, played, Books(MoneySettings(), pathway, pathway, RUN, shifts))


def by_month(found: Ledger, **where: str) -> list[float]:
    """Pounds of the twelve months."""
    lines = found.lines
    for column, label in where.items():
        lines = lines[lines[column] == label]
    months = [
        *(f"2025-{month:02d}" for month in range(4, 13)),
        *(f"2026-{month:02d}" for month in range(1, 4)),
    ]
    pence = lines.groupby("month")["pence"].sum()
    return [float(pence.get(month, 0)) / 100 for month in months]


def test_the_team_is_paid_as_it_opens(found):
    """Three from the beginning at £300 a day; one more on 16 August, 1 October, 16 November and 31 December.

    April £9,000, May £9,300, June £9,000, July £9,300; August £9,300 + 16 x £100; September 30 x £400;
    October 31 x £500; November 30 x £500 + 15 x £100; December 31 x £600 + £100; then £700 a day.
    """
    year = [9000, 9300, 9000, 9300, 10900, 12000, 15500, 16500, 18700, 21700, 19600, 21700]
    assert by_month(found, kind="step", pool="team") == year


def test_beds_run_double_then_strand_then_leave(found):
    """The pounds suffice to close a bed on 2 July and 1 October; they close 31 days later.

    That is on 2 August and 1 November. Double running, £200 a day: July 30 days, August 1, October 31.
    Stranded: one bed from 2 August until both have closed and 30 days are over, on 1 December: August 30
    days, September 30, October 31 at £200, and in November two, 30 x £400. Meant is the rest of ten beds at
    £2,000 a day: with what is double or stranded it is the whole until December, and £400 a day less then.
    """
    double = by_month(found, kind="double running", shift="s")
    stranded = by_month(found, kind="stranded")
    step = by_month(found, kind="step", pool="beds")
    assert double == [0, 0, 0, 6000, 200, 0, 6200, 0, 0, 0, 0, 0]
    assert stranded == [0, 0, 0, 0, 6000, 6000, 6200, 12000, 0, 0, 0, 0]
    days = [30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31]
    a_day = [2000] * 8 + [1600] * 4
    paid = [sum(month) for month in zip(step, double, stranded, strict=True)]
    assert paid == [number * pounds for number, pounds in zip(days, a_day, strict=True)]


def test_the_ledger_and_the_timeline_of_the_plan_say_the_same(found):
    """As nobody is in the beds, nothing but the plan decides when money leaves."""
    account = shift_account(ramped(), drawn(), RUN)
    for kind, column in (
        ("double running", "double_running"),
        ("stranded", "stranded"),
        ("set-up", "set_up"),
        ("exit", "exit"),
    ):
        assert by_month(found, kind=kind) == pytest.approx([getattr(month, column) for month in account])
    more = [
        month - whole for month, whole in zip(by_month(found, pool="team", kind="step"), _team(), strict=True)
    ]
    assert more == pytest.approx([month.opened for month in account])


def _team() -> list[int]:
    """Three of the team by month."""
    return [300 * days for days in (30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31)]
