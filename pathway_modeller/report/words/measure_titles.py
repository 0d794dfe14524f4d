"""Titles for the figures of the money charts, which are not in the catalogue of measures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pathway_modeller.analysis.measures.catalogue import MEASURES, find

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "payer.now": "Pays now",
        "payer.after": "Pays under the option",
        "payer.change": "Pays more or less",
        "payer.change_after_side_payments": "Pays more or less, after side payments",
        "settled.bill": "Is billed",
        "settled.cost": "Costs",
        "settled.margin": "Margin: bill less cost",
        "budget.part": "Budget",
        "budget.bill": "Is billed in the year",
        "budget.above": "Bill less budget",
        "budget.runs_above": "Runs with the bill above the budget",
        "outcome.cost": "Costs",
        "outcome.value": "Outcome",
        "outcome.dearer": "Costs more than the next best",
        "outcome.gain": "Better than the next best",
        "outcome.per_unit": "For each unit gained",
        "provider.income": "Income",
        "provider.cost": "Cost",
        "delay.pounds": "Cost of units kept",
        "contacts.a_year": "Attended contacts a year",
        "displacement.taken": "Contacts taken",
        "displacement.found": "Found elsewhere",
        "displacement.newly_met": "Newly met need",
        "displacement.avoided": "No longer needed, as declared",
        "displacement.unmet": "Unmet need",
        "displacement.still_waiting": "Still waiting at the end",
        "displacement.carried_forward": "Not yet due at the end",
        "displacement.remainder": "Found nowhere",
        "equity.spared": "Contacts no longer needed, as declared, for each 1,000 need-weighted heads",
        "equity.heads": "Need-weighted heads",
        "equity.cost": "Cost for each need-weighted head",
        "equity.contacts": "Contacts for each 1,000 need-weighted heads",
        "equity.contacts.change": "Change in contacts for each 1,000 need-weighted heads",
        "equity.wait": "Mean waiting time",
        "equity.wait.change": "Change in mean waiting time",
        "shift.opened": "Capacity opened",
        "shift.double_running": "Double running",
        "shift.stranded": "Closed and still paid for",
        "shift.set_up": "Set-up cost",
        "shift.exit": "Exit cost",
        "shift.left": "Cost that has left",
        "shift.units_opened": "Units opened by the end of the month",
        "shift.units_closed": "Units closed by the end of the month",
        "system_cost.change": "Change in system cost",
        "system_cost.recurrent": "Recurrent change in system cost",
        "system_cost.once": "Change in system cost that is paid once",
        "cumulative_net_cash": "Cumulative net cash",
        "break_even": "Breaks even",
        "funding_gap": "Deepest funding gap",
    }
)
"""By what the column ``measure`` of a chart's table calls them; the exported tables keep those names."""


def measure_title(measure: str) -> str:
    """Returns what people call a measure: by the catalogue, or by its own name for a series over time."""
    if measure in TITLES:
        return TITLES[measure]
    family = MEASURES.get(measure)
    if family is not None:
        return family.title
    try:
        return find(measure).measure.title
    except KeyError:
        words = measure.replace("_", " ")
        return words[:1].upper() + words[1:]
