"""What an investment shift does month by month: as planned where it is certain, else as simulated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pathway_modeller.experiment.answers.monthly import spread_out
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.cash import Floats
from pathway_modeller.scenario.begins import in_force
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.shifts.timeline import shift_account
from pathway_modeller.scenario.values import Duration

_PENNY = 0.005


@dataclass(frozen=True, eq=False)
class ShiftStory:
    """A shift by month, in pounds of the price base.

    Attributes:
        option, key: of which option, and the shift's id.
        shift: the shift.
        opened: what new capacity costs, as planned.
        double_running: old capacity kept open beside the new, as simulated.
        stranded: capacity of the old pool closed and still paid for, as simulated (mean).
        set_up, exit: paid once, as simulated.
        left: cost of closed capacity that has left: closed as planned, less stranded.
        units_opened, units_closed: by the end of each month.
    """

    option: str
    key: str
    shift: Shift
    opened: Floats
    double_running: Floats
    stranded: Floats
    set_up: Floats
    exit: Floats
    left: Floats
    units_opened: Floats
    units_closed: Floats


def shift_story(findings: Findings, option: str, key: str) -> ShiftStory:
    """Returns what a shift does.

    Raises:
        pathway_modeller.scenario.shifts.shifts.ShiftError: the shift cannot be played, or its pounds not
            compared.
    """
    scenario = findings.scenario
    shift = scenario.options[option].shifts[key]
    given = findings.results.provenance
    run = scenario.run.model_copy(
        update={
            "start_date": given.start_date,
            "warm_up": Duration(value=given.warm_up_days, unit="days"),
            "duration": Duration(value=given.collection_days, unit="days"),
        }
    )
    plan = shift_account(shift, in_force(scenario, option, run), run, scenario.money)
    planned = {month.month: month for month in plan}
    months = findings.answers.horizon

    def of(name: str) -> Floats:
        return np.array([getattr(planned[month], name) for month in months], dtype=float)

    stranded = _stranded(findings, option, shift.origin)
    return ShiftStory(
        option=option,
        key=key,
        shift=shift,
        opened=of("opened"),
        double_running=_cash(findings, option, key, "double running"),
        stranded=stranded,
        set_up=_cash(findings, option, key, "set-up"),
        exit=_cash(findings, option, key, "exit"),
        # A pool by the open hour costs the same every day in the plan, and not in the ledger: only where the
        # plan has cost leave may the difference be cost that has left.
        left=np.where(of("closed") - of("stranded") > _PENNY, np.maximum(of("closed") - stranded, 0.0), 0.0),
        units_opened=of("target_units"),
        units_closed=of("origin_units"),
    )


def _cash(findings: Findings, option: str, key: str, kind: str) -> Floats:
    """The mean pounds by month of a kind of cost of a shift."""
    cash = findings.results.rows("cash", option)
    mine = (cash["view"] == "cost") & (cash["kind"] == kind) & (cash["shift"] == key)
    pence = spread_out(cash[mine], findings.results.provenance)
    pounds: Floats = pence.mean(axis=0) / 100
    return pounds


def _stranded(findings: Findings, option: str, pool: str | None) -> Floats:
    """The mean pounds by month of capacity of a pool that is closed and still paid for."""
    lines = findings.results.rows("ledger", option)
    mine = (lines["view"] == "cost") & (lines["kind"] == "stranded")
    rows = lines[mine & (lines["pool"] == (pool or "no pool"))]
    sums = rows.groupby(rows["month"].astype(str))["pence"].sum()
    return np.array([float(sums.get(month, 0.0)) / 100 for month in findings.answers.horizon])
