"""Cost by setting, in views that are always named: the commissioner's bill, and the cost of capacity."""

from __future__ import annotations

import math

import pandas as pd

from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.experiment.answers.recurrent import covered
from pathway_modeller.report.build import (
    chart_of,
    key_of,
    nothing_to_show,
    rows_of,
    said_of,
    table_of,
)
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.forest import forest
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.headlines import LONGEST, below, cash_headline, changes_of, headline
from pathway_modeller.scenario.shifts.prices import moneys
from pathway_modeller.scenario.words.sentences import elided, listed, lower_first, plural

_EXPLAINED = {
    "bill": "price times attended contacts",
    "pool_cost": "capacity paid for, used or not",
    "system_cost": "capacity paid for, used or not, contacts, set-up and exit",
}
_UNPRICED = {
    "bill": (("bill.unpriced", "activity", "activities", "price"),),
    "pool_cost": (("pool_cost.unpriced", "pool", "pools", "cost"),),
    "system_cost": (
        ("pool_cost.unpriced", "pool", "pools", "cost"),
        ("variable_cost.unpriced", "activity", "activities", "variable cost"),
    ),
}


def bill_by_setting(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns the commissioner's bill by setting."""
    return costs(findings, "bill", style)


def pool_cost_by_setting(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns the cost of capacity by setting."""
    return costs(findings, "pool_cost", style)


def system_cost_by_setting(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns the system cost by setting."""
    return costs(findings, "system_cost", style)


def costs(findings: Findings, view: str, style: Style = PAGE) -> Chart:
    """Returns one view of money by setting.

    Args:
        findings: what was simulated.
        view: ``"bill"``, ``"pool_cost"`` or ``"system_cost"``.
        style: sizes.
    """
    title = find(view).measure.title
    subtitle = (
        f"{title} by setting: {_EXPLAINED[view]}{_of_no_setting(findings, view)}{_without(findings, view)}"
        f"{_covers(findings, view)}"
    )
    figures = findings.figures(view, "setting")
    units = [unit for unit in figures["unit"].unique() if unit != "GBP"]
    shown = _settings(findings, figures)
    if not shown:
        return nothing_to_show(
            findings, style, f"The {lower_first(title)} is nothing in any setting", subtitle
        )
    if figures["mean"].isna().all() or not figures["mean"].any():
        told = f"{subtitle}; {_mend(findings)}"
        return nothing_to_show(findings, style, _message(findings, view), told)
    scale = scale_for(units[0] if units else "GBP", figures["mean"])
    heading = Heading(
        headline=findings.message(lambda: _message(findings, view)),
        subtitle=below(
            findings, f"{subtitle}, {scale.unit}; {findings.period}; {findings.basis}", money=True
        ),
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    rows = rows_of(
        findings,
        figures,
        shown,
        "setting",
        scale,
        missing=lambda variant, setting: _reason(findings, view, variant, setting),
    )
    figure = forest(style, heading, rows, f"{title} in the period ({scale.unit})", scale, kind="bar")
    return chart_of(heading, figure, table_of(findings, figures, "setting", view), said_of(findings, rows))


def _settings(findings: Findings, figures: pd.DataFrame) -> list[str]:
    """Settings in which something is paid, or would be if its price were known."""
    paid = set(figures[figures["mean"] != 0]["key"])
    return [setting for setting in findings.settings if setting in paid]


def _of_no_setting(findings: Findings, view: str) -> str:
    """Says what is in the total but in no setting, if there is any: fixed cost, or what contracts pay."""
    pathways = findings.pathways.values()
    if view == "bill":
        agreed = any(each.contract.kind != "cost per case" for one in pathways for each in one.agreed())
        return ", or what contracts pay (for several settings together: in the total alone)" if agreed else ""
    fixed = any(each.fixed_cost for pathway in pathways for each in pathway.providers.values())
    return "; providers' fixed cost is in the total alone" if fixed and view == "system_cost" else ""


def _without(findings: Findings, view: str) -> str:
    """Says how much is spent on people beside the pathway, if it is left out of the system cost."""
    if view != "system_cost" or not findings.has_other_spending:
        return ""
    figures = findings.figures("other_spending")
    most = float(figures["mean"].iloc[0])
    amount = scale_for(str(figures["unit"].iloc[0]), (most,)).text(most)
    return f"; without {amount} of other care" if most == most else "; without other care"


def _covers(findings: Findings, view: str) -> str:
    """Says how much of the price of contacts the system cost makes up: a cost left out is never a saving."""
    first = findings.variants[0]
    found = covered(findings.results, first, findings.pathways[first]) if view == "system_cost" else None
    if found is None or math.isnan(found.share.mean):
        return ""
    return f"; {found.share.mean:.0%} of what commissioners are billed"


def _price_years(findings: Findings) -> str:
    """Why some pounds cannot be brought to the price base; "" if all can."""
    amounts = (money for pathway in findings.pathways.values() for money in moneys(pathway))
    return next((why for money in amounts if (why := findings.prices.why_not(money))), "")


def _mend(findings: Findings) -> str:
    """What to do about a figure that is missing."""
    if _price_years(findings):
        return "choose the price base, and enter the inflation of the years between"
    return "enter every price and cost, 0 where nothing is paid"


def _reason(findings: Findings, view: str, variant: str, setting: str) -> str:
    """Why a figure is missing."""
    reasons = []
    for measure, one, several, what in _UNPRICED[view]:
        figures = findings.figures(measure, "setting" if setting else "")
        mine = figures[(figures["variant"] == variant) & (figures["key"] == setting)]
        number = float(mine["mean"].max()) if len(mine) else math.nan
        if number > 0:
            reasons.append(f"{plural(number, one, several)} without a {what}")
    return f"– ({listed(reasons)})" if reasons else "–"


def _message(findings: Findings, view: str) -> str:
    """What the chart says about the total."""
    title = find(view).measure.title
    totals = findings.figures(view)
    missing = totals[totals["mean"].isna()]
    if len(missing):
        variant = str(missing["variant"].iloc[0])
        reason = _reason(findings, view, variant, "").strip("– ()")
        said = f"{findings.variant_name(variant)} has {reason or 'a figure missing'}"
        why = said if reason else _price_years(findings) or said
        return elided(f"{title} cannot be shown: {why}", LONGEST)
    if findings.options:
        if view == "system_cost" and not findings.has_other_spending:
            return cash_headline(findings)
        changed = changes_of(findings, findings.changes(view))
        scale = scale_for(str(totals["unit"].iloc[0]), [each.mean for each in changed])
        return headline(title, changed, scale, over=findings.span)
    total = float(totals["mean"].iloc[0])
    scale = scale_for(str(totals["unit"].iloc[0]), (total,))
    return f"The {lower_first(title)} is {scale.text(total)} over {findings.span}"
