"""Investment shifts: pounds a year that become whole units opened in one pool and closed in another.

A shift moves ``amount`` pounds a year, growing evenly from its first day over its ramp. At a time t days
after the first day, the pool that money is put into has floor(amount x ramp(t - recruitment lag) / unit cost)
units more, and the pool it is taken from has floor(amount x ramp(t - double running) / unit cost) units
fewer, where ramp(t) is 0 before 0, t / ramp until the ramp is over, and 1 after it. Units change at midnight:
each opens or closes on the first day on which the pounds suffice for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathway_modeller.scenario.begins import CannotBegin, in_force
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.steps import with_units_moved
from pathway_modeller.scenario.shifts.unit_costs import open_hours_per_year, unit_cost_per_year
from pathway_modeller.scenario.shifts.whole_units import ShiftMoves, ShiftProblem, bodies_of, shift_moves

__all__ = [
    "ShiftError",
    "ShiftMoves",
    "ShiftProblem",
    "bodies_of",
    "open_hours_per_year",
    "played",
    "shift_moves",
    "unit_cost_per_year",
    "with_shifts",
]


class ShiftError(Exception):
    """An option cannot be played as it is dated; the message is one sentence."""


def played(scenario: Scenario, variant: str, run: RunSettings | None = None) -> Pathway:
    """Returns the pathway that is run for a variant: its changes, and its shifts as dated units of pools.

    Args:
        scenario: the scenario.
        variant: ``baseline`` or an option id.
        run: the run settings in force, if not the scenario's.

    Raises:
        KeyError: the scenario has no such option.
        ShiftError: a shift cannot be played, or the option changes what cannot change at the date it begins.
        pydantic.ValidationError: the patch does not fit the baseline.
    """
    try:
        pathway = in_force(scenario, variant, run)
    except CannotBegin as error:
        raise ShiftError(str(error)) from error
    shifts = {} if variant == BASELINE else scenario.options[variant].shifts
    return with_shifts(pathway, shifts, scenario.money, run or scenario.run)


def with_shifts(
    pathway: Pathway, shifts: Mapping[str, Shift], money: MoneySettings, run: RunSettings
) -> Pathway:
    """Returns a pathway with the units that shifts open and close, combined with its pools' own changes.

    Raises:
        ShiftError: a shift cannot be played.
    """
    if not shifts:
        return pathway
    moves = shift_moves(pathway, shifts, money, run)
    for problem in moves.problems:
        if problem.severity == "error":
            raise ShiftError(f'Shift "{shifts[problem.shift].name}": {problem.what}. {problem.mend}.')
    pools = dict(pathway.pools)
    for name, pool in pathway.pools.items():
        if moved := moves.of_pool(name):
            pools[name] = with_units_moved(pool, bodies_of(pathway, pool), moved, run.start_date)
    return pathway.model_copy(update={"pools": pools})
