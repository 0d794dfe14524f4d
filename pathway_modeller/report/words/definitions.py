"""What each measure counts, and whom: of the catalogue's measures, and of those that charts make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from pathway_modeller.analysis.measures.catalogue import MEASURES, find
from pathway_modeller.report.words.measure_titles import measure_title

_CASH = "Over the data collection period; the warm-up period is left out."
_HEADS = "For need-weighted heads of the baseline, under both variants."
_MONTH = "In each month of the data collection period."
_IN_THE_CHART = "The line below the chart's headline says what it counts, and over what time."
_TAKEN = "Over the data collection period, against the baseline."

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "payer.now": f"What a payer pays of the system cost under the baseline. {_CASH}",
        "payer.after": f"What a payer pays of the system cost under the option. {_CASH}",
        "payer.change": f"Option minus baseline of what a payer pays. {_CASH}",
        "payer.change_after_side_payments": f"The same after payments between payers. {_CASH}",
        "settled.bill": f"Price times contacts started and attended, of a provider, to a payer. {_CASH}",
        "settled.cost": f"Capacity paid for, used or not, and what contacts cost, likewise. {_CASH}",
        "settled.margin": f"Bill less cost. {_CASH}",
        "budget.part": "What a payer's budget for the financial year comes to for the days that are counted.",
        "budget.bill": "What the payer is billed in these days, for contacts and by contracts.",
        "budget.above": "Bill less budget.",
        "budget.runs_above": "In how many replications the bill lies above: luck from year to year.",
        "outcome.cost": f"What the system pays, option by option. {_CASH}",
        "outcome.value": "The measure that the outcome names, of its element and need tier.",
        "outcome.dearer": f"What an option costs more than the next best. {_CASH}",
        "outcome.gain": "By how much the outcome is better than under the next best option.",
        "outcome.per_unit": "What an option costs more than the next best, for each unit gained.",
        "provider.income": f"Price times contacts started and attended, of a provider's activities. {_CASH}",
        "provider.cost": (
            "Capacity paid for, used or not, variable, set-up, exit and fixed cost of a provider, as in the "
            f"system cost. {_CASH}"
        ),
        "delay.pounds": (
            "Days for which patients kept units of a pool while they waited to move on (blocked), times what "
            "a unit costs a day on average over a year. The use of capacity that is paid for anyway: no cash "
            f"leaves with it. {_CASH}"
        ),
        "contacts.a_year": (
            "Flow: contacts started and attended in the data collection period, divided by its years of "
            "365.25 days."
        ),
        "equity.heads": "People of the footprint, each weighted by need; scaled to the number of people.",
        "equity.cost": f"System cost a year, divided by need-weighted heads. {_HEADS}",
        "equity.contacts": f"Contacts started and attended a year for each 1,000 heads. {_HEADS}",
        "equity.contacts.change": f"Option minus baseline of these contacts. {_HEADS}",
        "equity.spared": (
            "Contacts that the option declares to be no longer needed, a year for each 1,000 heads; they "
            f"count as no loss. {_HEADS}"
        ),
        "equity.wait": "Mean wait of a footprint's people for the contacts of the baseline, like for like.",
        "equity.wait.change": "Option minus baseline of this wait.",
        "shift.opened": f"Cost of capacity that an investment shift opens. {_MONTH}",
        "shift.double_running": f"Cost of old capacity while the new one runs beside it. {_MONTH}",
        "shift.stranded": f"Cost of capacity that is closed and still paid for. {_MONTH}",
        "shift.set_up": f"Cost paid once when a shift begins. {_MONTH}",
        "shift.exit": f"Cost paid once when capacity is given up. {_MONTH}",
        "shift.left": f"Cost of capacity that is no longer paid. {_MONTH}",
        "shift.units_opened": "Stock: units of a pool opened by a shift at the end of a month.",
        "shift.units_closed": "Stock: units of a pool closed by a shift at the end of a month.",
        "system_cost.recurrent": "Option minus baseline of what recurs, a year, in the last full year.",
        "system_cost.once": f"Option minus baseline of what is paid once. {_CASH}",
        "system_cost.change": f"Option minus baseline of the system cost, part by part. {_CASH}",
        "cumulative_net_cash": (
            "Baseline minus option of what the system pays, added up month by month; above 0 the option has "
            "cost less so far."
        ),
        "break_even": (
            "The first month from which the system has paid no more than under the baseline, to the end of "
            "the data collection period."
        ),
        "funding_gap": "The most that the system has paid above the baseline at any month's end.",
        "chance_of_delay": (
            "All hours: the share of time with all of so many units in use, over the share with no more than "
            "so many in use, from a run in which the pool alone has no limit."
        ),
        "queue": "Stock: patients in the queue, means over steps of time, all hours, without those blocked.",
        "occupancy": "Stock: units in use, kept (blocked) units and work after closing included, all hours.",
        "capacity": "Stock: units open, a mean over each step of time, all hours.",
        "displacement.taken": f"Patients who no longer join the activity's queue. {_TAKEN}",
        "displacement.found": f"Of those taken, who joins the queue declared, up to what is due. {_TAKEN}",
        "displacement.newly_met": f"Who joins there beyond what is due. {_TAKEN}",
        "displacement.avoided": f"The share declared to be no longer needed; no run can show it. {_TAKEN}",
        "displacement.unmet": (
            f"Declared unmet, and those found who gave up, were turned away, deteriorated or missed. {_TAKEN}"
        ),
        "displacement.still_waiting": "Stock: of those found, who waits at the end of the period.",
        "displacement.carried_forward": "Stock: taken, and not due yet at the end of the period.",
        "displacement.remainder": "Taken, and found nowhere by the end of the period.",
    }
)
"""Of the measures that charts make, which are not in the catalogue."""


def definition(measure: str) -> str:
    """Returns what a measure counts, and whom; "" where nothing is known of it.

    Args:
        measure: as in the column ``measure`` of a table.
    """
    if measure in DEFINITIONS:
        return DEFINITIONS[measure]
    if measure in MEASURES:  # charts name a family without what it is of
        return MEASURES[measure].definition
    try:
        return find(measure).measure.definition
    except KeyError:
        return ""


def definitions(measures: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yields the title of each measure and what it counts, each once, those without a definition left out."""
    told = dict[str, str]()
    for measure in measures:
        if said := definition(measure):
            told.setdefault(measure_title(measure), said)
    yield from told.items()


def definitions_page(title: str, measures: Iterable[str]) -> str:
    """Returns what the measures of a chart count, as Markdown."""
    parts = [f"**{name}.** {said}" for name, said in definitions(measures)] or [_IN_THE_CHART]
    return "\n\n".join((f"# What is counted: {title}", *parts))
