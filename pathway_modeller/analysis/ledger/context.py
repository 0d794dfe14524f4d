"""The books: what the ledger of a variant is kept against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pathway_modeller.scenario.begins import in_force
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.prices import PriceBase, price_base
from pathway_modeller.scenario.shifts.whole_units import ShiftMoves, shift_moves
from pathway_modeller.scenario.values import Duration


@dataclass(frozen=True)
class Books:
    """What the ledger of a variant is kept against.

    Attributes:
        money: price base, inflation and discount rate.
        baseline: the pathway as it is.
        option: the variant as it is drawn, without its shifts; the baseline itself for the baseline.
        run: the run settings in force.
        shifts: the variant's investment shifts.
    """

    money: MoneySettings
    baseline: Pathway
    option: Pathway
    run: RunSettings
    shifts: Mapping[str, Shift] = field(default_factory=dict)

    @cached_property
    def prices(self) -> PriceBase:
        """What pounds are counted in."""
        return price_base(self.money, (self.baseline, self.option), self.shifts.values())

    @cached_property
    def moves(self) -> ShiftMoves:
        """The units that the shifts open and close."""
        return shift_moves(self.option, self.shifts, self.money, self.run)


def books_alone(pathway: Pathway, start_date: dt.date) -> Books:
    """Returns the books of a pathway that is compared with nothing, in its prices' own year."""
    run = RunSettings(start_date=start_date, duration=Duration(value=1, unit="days"))
    return Books(MoneySettings(), pathway, pathway, run)


def books(scenario: Scenario, variant: str, run: RunSettings | None = None) -> Books:
    """Returns the books of a variant.

    Args:
        scenario: the scenario.
        variant: ``baseline`` or an option id.
        run: the run settings in force, if not the scenario's.

    Raises:
        KeyError: the scenario has no such option.
    """
    shifts = {} if variant == BASELINE else scenario.options[variant].shifts
    drawn = in_force(scenario, variant, run)
    return Books(scenario.money, scenario.baseline, drawn, run or scenario.run, shifts)
