"""Delayed discharge: days for which patients kept units that they no longer needed, and what these cost."""

from __future__ import annotations

import pandas as pd

from pathway_modeller.report.build import (
    chart_of,
    key_of,
    nothing_to_show,
    rows_of,
    said_of,
    table_of,
)
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.charts.by_place import figures_by_place
from pathway_modeller.report.charts.levels import level_message
from pathway_modeller.report.drawing.forest import forest
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings, records
from pathway_modeller.scenario.shifts.unit_costs import unit_day_cost

_DAYS = "Delayed discharge: days waited for an activity while a bed or other unit was kept"
_POUNDS = "Cost of delayed discharge: days for which units were kept, times what a unit costs a day"


def has_delays(findings: Findings) -> bool:
    """Whether patients may keep units that they no longer need."""
    return any(
        bool(way.stays)
        or any(each.release == "when next can take" for each in way.activities.values())
        or any(each.keeps_units for each in way.transitions.values())
        for way in findings.pathways.values()
    )


def delayed_days(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns days delayed, by the activity waited for meanwhile; its table has units kept, too."""
    if not has_delays(findings):
        said = "No unit can be kept for longer than it is needed, so that no discharge is delayed"
        return nothing_to_show(findings, style, said, f"{_DAYS}; {findings.period}")
    return figures_by_place(
        findings,
        style,
        ("delay.patient_days",),
        title=_DAYS,
        axis="Days delayed for want of the activity",
        what="Days delayed",
        more=(("delay.kept_days", "element"), ("delay.unit_days", "pool")),
    )


def has_delay_cost(findings: Findings) -> bool:
    """Whether patients may keep units that cost something."""
    return has_delays(findings) and any(
        each.cost is not None for way in findings.pathways.values() for each in way.pools.values()
    )


def delayed_pounds(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns what units that were kept cost meanwhile, by pool: use, and no cash that would leave."""
    figures = _pounds(findings) if has_delays(findings) else pd.DataFrame()
    if figures.empty:
        said = "The cost of delay cannot be shown: no pool whose units were kept has a cost"
        return nothing_to_show(findings, style, said, f"{_POUNDS}; {findings.period}")
    scale = scale_for(findings.price_unit, figures["mean"])
    most = figures.groupby("key", sort=False)["mean"].max().sort_values(ascending=False, kind="stable")
    kept = [str(key) for key in most[most > 0].index] or [str(key) for key in most.index]
    told = records(figures[figures["key"] == kept[0]])
    name = findings.key_name("pool", kept[0])
    heading = Heading(
        headline=findings.message(
            lambda: level_message(findings, f"Cost of days delayed, {name}", told, measure="delay.cost")
        ),
        subtitle=f"{_POUNDS}, {scale.unit}; paid whether kept or not; {findings.period}; {findings.basis}",
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    rows = rows_of(findings, figures, kept, "pool", scale)
    figure = forest(
        style, heading, rows, f"Cost of units kept in the period ({scale.unit})", scale, kind="bar"
    )
    table = table_of(findings, figures, "pool", "delay.pounds")
    return chart_of(heading, figure, table, said_of(findings, rows))


def _pounds(findings: Findings) -> pd.DataFrame:
    """Unit-days kept of each pool whose cost is known, in pounds."""
    figures = findings.figures("delay.unit_days", "pool")
    costs = [
        _day(findings, variant, pool)
        for variant, pool in zip(figures["variant"].astype(str), figures["key"], strict=True)
    ]
    found = figures.assign(
        unit=findings.price_unit,
        **{name: figures[name] * pd.Series(costs, dtype=float) for name in ("mean", "low", "high")},
    )
    return found[found["mean"].notna()].reset_index(drop=True)


def _day(findings: Findings, variant: str, pool: str) -> float | None:
    """What a unit of a pool costs a day under a variant; None where that is not known."""
    held = findings.pathways[variant].pools.get(pool)
    return None if held is None else unit_day_cost(held, findings.scenario.run, findings.prices)
