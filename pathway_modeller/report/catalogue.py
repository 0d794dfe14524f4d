"""The charts there are, in the order in which a reader wants them."""

from __future__ import annotations

from pathway_modeller.report.build import ChartKind
from pathway_modeller.report.charts.activity import activity_by_setting
from pathway_modeller.report.charts.break_even import break_even
from pathway_modeller.report.charts.bridge import bridge
from pathway_modeller.report.charts.budgets import budgets, has_budgets
from pathway_modeller.report.charts.care import (
    advice_only,
    caseloads,
    harm_while_waiting,
    has_advice,
    has_caseload,
    has_harm,
)
from pathway_modeller.report.charts.costs import (
    bill_by_setting,
    pool_cost_by_setting,
    system_cost_by_setting,
)
from pathway_modeller.report.charts.delayed import (
    delayed_days,
    delayed_pounds,
    has_delay_cost,
    has_delays,
)
from pathway_modeller.report.charts.differences import differences
from pathway_modeller.report.charts.displaced import displaced, has_displaced
from pathway_modeller.report.charts.equity import equity
from pathway_modeller.report.charts.every_figure import every_figure
from pathway_modeller.report.charts.footprints import waits_by_footprint
from pathway_modeller.report.charts.front import front
from pathway_modeller.report.charts.occupancy_distribution import occupancy_distribution
from pathway_modeller.report.charts.offering import (
    has_figures,
    has_footprints,
    has_income_alone,
    has_money,
    has_options,
    has_outcome_costs,
    has_payers,
    has_people,
    has_pounds,
    has_settlement,
    has_shifts,
    has_standards,
    has_waits_by_footprint,
)
from pathway_modeller.report.charts.outcome_changes import has_outcomes, outcome_changes
from pathway_modeller.report.charts.outcomes import outcomes
from pathway_modeller.report.charts.over_time import occupancy_over_time, queue_over_time
from pathway_modeller.report.charts.payer_provider import payer_provider
from pathway_modeller.report.charts.payers import payers
from pathway_modeller.report.charts.providers import (
    has_minimum_volume,
    minimum_volume,
    providers,
)
from pathway_modeller.report.charts.shifts import shift
from pathway_modeller.report.charts.standards import standards
from pathway_modeller.report.charts.tornado import is_known, tornado
from pathway_modeller.report.charts.triangle import twin_triangle
from pathway_modeller.report.charts.waits import WAITS
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.questions import FRONT_TITLE

CHARTS: tuple[ChartKind, ...] = (
    ChartKind("differences", "Differences from the baseline", differences, is_offered=has_options),
    *WAITS,
    ChartKind("standards", "Waiting-time standards", standards, is_offered=has_standards),
    ChartKind("outcome-changes", "Outcomes under each option", outcome_changes, is_offered=has_outcomes),
    ChartKind(
        "waits-by-footprint",
        "Waits by footprint",
        waits_by_footprint,
        is_plain=False,
        is_offered=has_waits_by_footprint,
    ),
    ChartKind("harm-while-waiting", "Harm while waiting", harm_while_waiting, is_offered=has_harm),
    ChartKind("queue-over-time", "Queue over time", queue_over_time, is_offered=has_figures("queue.mean")),
    ChartKind(
        "occupancy-over-time",
        "Occupancy over time",
        occupancy_over_time,
        is_offered=has_figures("pool.occupancy"),
    ),
    ChartKind(
        "occupancy-distribution",
        "Occupancy, by share of time",
        occupancy_distribution,
        is_offered=has_figures("pool.occupancy"),
    ),
    ChartKind("delayed-days", "Delayed discharge: days", delayed_days, is_offered=has_delays),
    ChartKind("delayed-pounds", "Delayed discharge: pounds", delayed_pounds, is_offered=has_delay_cost),
    ChartKind("caseloads", "Caseloads and their places", caseloads, is_offered=has_caseload),
    ChartKind(
        "activity-by-setting", "Activity by setting", activity_by_setting, is_offered=has_figures("contacts")
    ),
    ChartKind(
        "minimum-volume", "Contacts against minimum volume", minimum_volume, is_offered=has_minimum_volume
    ),
    ChartKind("advice-only", "Advice only", advice_only, is_offered=has_advice),
    ChartKind("displaced", "Where contacts go", displaced, is_plain=False, is_offered=has_displaced),
    ChartKind(
        "bill-by-setting", "Commissioner's bill by setting", bill_by_setting, is_offered=has_pounds("bill")
    ),
    ChartKind(
        "pool-cost-by-setting",
        "Cost of capacity by setting",
        pool_cost_by_setting,
        is_offered=has_pounds("pool_cost"),
    ),
    ChartKind(
        "system-cost-by-setting",
        "System cost by setting",
        system_cost_by_setting,
        is_offered=has_pounds("system_cost"),
    ),
    ChartKind("bridge", "Bridge from baseline to option", bridge, is_plain=False, is_offered=has_money),
    ChartKind("break-even", "Break-even and funding gap", break_even, is_plain=False, is_offered=has_money),
    ChartKind(
        "payers",
        "Who pays: now, after, and with side payments",
        payers,
        is_plain=False,
        is_offered=has_payers,
    ),
    ChartKind("budgets", "Bill beside budget", budgets, is_plain=False, is_offered=has_budgets),
    ChartKind(
        "payer-provider",
        "Who is billed, and margins",
        payer_provider,
        is_plain=False,
        is_offered=has_settlement,
    ),
    ChartKind(
        "outcomes",
        "Outcomes: what each unit gained costs",
        outcomes,
        is_plain=False,
        is_offered=has_outcome_costs,
    ),
    ChartKind("providers", "Providers: income against cost", providers, is_offered=has_income_alone),
    ChartKind("shift", "Investment shift: flow and timeline", shift, is_plain=False, is_offered=has_shifts),
    ChartKind(
        "equity",
        "Cost, contacts and waits by footprint and need",
        equity,
        is_plain=False,
        is_offered=has_footprints,
    ),
    ChartKind(
        "twin-triangle",
        "Triangle of need: people and money",
        twin_triangle,
        is_plain=False,
        is_offered=has_people,
    ),
    ChartKind("all-figures", "All figures", every_figure),
    ChartKind("tornado", "What the answer hangs on", tornado, is_plain=False, is_offered=is_known),
)
"""Every chart, in order; the last can be drawn only once it is known what the answers hang on."""


FRONT = ChartKind("first-page", FRONT_TITLE, front, is_plain=False, is_offered=has_options)
"""The first page as a picture: the window has a page of its own for it, and no place in the list."""


def offered(findings: Findings) -> tuple[ChartKind, ...]:
    """Returns the charts of what a scenario has and for which everything is there that they need."""
    return tuple(kind for kind in CHARTS if kind.is_offered(findings))
