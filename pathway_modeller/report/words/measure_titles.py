"""Titles for the figures of the money charts, which are not in the catalogue of measures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "payer.now": "Pays now",
        "payer.after": "Pays under the option",
        "payer.change": "Pays more or less",
        "payer.change_after_side_payments": "Pays more or less, after side payments",
        "settled.bill": "Is billed",
        "settled.cost": "Costs",
        "settled.margin": "Margin: bill less cost",
        "outcome.cost": "Costs",
        "outcome.value": "Outcome",
        "outcome.dearer": "Costs more than the next best",
        "outcome.gain": "Better than the next best",
        "outcome.per_unit": "For each unit gained",
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
