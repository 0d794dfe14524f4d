"""What every measure is, in words: its unit, whom it counts, and which direction is better."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pathway_modeller.analysis.measures.catalogue_care import CARE
from pathway_modeller.analysis.measures.measure import Measure, Named

_SEEN = "Patients whose wait ended in the data collection period because they were started and attended."
_STILL = "Patients who wait in a queue when the run ends, however long they have waited."
_PERIOD = "The whole data collection period, nights and weekends included."
_CLOCK_FLOW = "Flow: clocks stopped in the period. Stock: clocks running at its last month end."
_EXITED = "Patients who reached an exit point in the period and whose arrival is known."
_HAPPENED = "What happened in the data collection period."
_PERCENTILE = "Between two patients it is interpolated linearly."

# The records below stand as in a table, several fields to a line.
# fmt: off
_WAITS = (
    Measure(
        "wait.patients", "Patients started", "patients", _SEEN, "higher",
        "How many waits the other waiting times are worked out from.",
    ),
    Measure(
        "wait.mean", "Mean waiting time", "days", _SEEN, "lower",
        "From joining the queue of an activity to its start. A patient who missed a slot and was "
        "booked again counts from joining again; a slot nobody came to, a patient who gave up, and one "
        "who deteriorated while waiting do not count.",
    ),
    Measure(
        "wait.median", "Median waiting time", "days", _SEEN, "lower",
        f"Half of the patients started waited less. {_PERCENTILE}",
    ),
    Measure(
        "wait.p92", "92nd percentile of waiting time", "days", _SEEN, "lower",
        f"92 in 100 of the patients started waited less. {_PERCENTILE}",
    ),
    Measure(
        "wait.longest", "Longest waiting time", "days", _SEEN, "lower", "The longest of all these waits.",
    ),
    Measure(
        "wait.share_waiting", "Share who had to wait", "share", _SEEN, "lower",
        "The share who were not started at the moment they joined.",
    ),
    Measure(
        "still_waiting.patients", "Still waiting at the end", "patients", _STILL, "lower",
        "Their waits are not over (censored), so that they are in no waiting time above: where this "
        "is large, the waiting times of those seen understate what patients would face.",
    ),
    Measure(
        "still_waiting.mean", "Mean time waited so far", "days", _STILL, "lower",
        "Time waited until the end of the run by those who still wait; their full waits will be longer.",
    ),
    Measure(
        "still_waiting.longest", "Longest time waited so far", "days", _STILL, "lower",
        "The longest time waited until the end of the run by a patient who still waits.",
    ),
)

_STANDARDS = (
    Measure(
        "standard.within", "Share within the standard", "share",
        "Flow: clocks stopped in the period, and clocks still running at its end that are already "
        "over the limit, as outside. Stock: clocks running at each month end in the period.", "higher",
        "Flow: the share within the limit; clocks still running within the limit are undecided "
        "(censored) and counted as running, not here. Those beyond it are counted once, when the run "
        "ends, so that the share depends a little on the length of the run; the share of clocks "
        "stopped, beside it, does not. Stock: the mean over month ends at which anybody waited, "
        "while the mean, median, 92nd percentile and longest time on the clock are of the last month "
        "end alone. The clock starts at the first reaching of a start element and stops at an "
        "attended start or an exit; a patient who leaves otherwise is counted as removed.",
        of=("standard",),
    ),
    Measure(
        "standard.within_stopped", "Share within the standard, of clocks stopped", "share",
        "Clocks stopped in the period only (flow).", "higher",
        "As official returns count it; patients still waiting beyond the limit are not in it, so that "
        "it can look well while a queue grows.",
        of=("standard",),
    ),
    Measure(
        "standard.within_last", "Share within the standard at the last month end", "share",
        "Clocks running at the last month end in the period (stock).", "higher",
        "Missing if the period holds no month end.", of=("standard",),
    ),
    Measure(
        "standard.month", "Share within the standard in the month", "share",
        "Flow: clocks stopped in the calendar month. Stock: clocks running at its end.", "higher",
        "The first and last month may be partly outside the data collection period.",
        of=("standard", "month"),
    ),
    Measure(
        "standard.mean", "Mean time on the clock", "days", _CLOCK_FLOW, "lower",
        "From clock start to clock stop (flow) or to the last month end in the period (stock).",
        of=("standard",),
    ),
    Measure(
        "standard.median", "Median time on the clock", "days", _CLOCK_FLOW, "lower",
        f"Half of the clocks show less; stock: at the last month end. {_PERCENTILE}", of=("standard",),
    ),
    Measure(
        "standard.p92", "92nd percentile of time on the clock", "days", _CLOCK_FLOW, "lower",
        f"92 in 100 clocks show less; stock: at the last month end. {_PERCENTILE}", of=("standard",),
    ),
    Measure(
        "standard.longest", "Longest time on the clock", "days", _CLOCK_FLOW, "lower",
        "The longest of these times; stock: at the last month end.", of=("standard",),
    ),
    Measure(
        "standard.stopped", "Clocks stopped", "patients",
        "Clocks stopped as the standard asks in the period.", "higher",
        "How many met the end of their wait.", of=("standard",),
    ),
    Measure(
        "standard.running", "Clocks still running at the end", "patients",
        "Clocks running when the run ends.", "lower", "Their times are not over (censored).",
        of=("standard",),
    ),
    Measure(
        "standard.running_over", "Clocks still running beyond the limit", "patients",
        "Clocks running when the run ends that are already over the limit.", "lower",
        "Known to be outside the standard, though not yet stopped.", of=("standard",),
    ),
    Measure(
        "standard.removed", "Clocks removed", "patients",
        "Patients who left the pathway in the period with a running clock, by any way that does not "
        "stop it.", "lower", "They are in no share within the standard.", of=("standard",),
    ),
)

_CAPACITY = (
    Measure(
        "queue.mean", "Mean number waiting", "patients", _PERIOD, "lower",
        "Time-weighted mean of the number in the queue.",
    ),
    Measure(
        "queue.peak", "Longest queue", "patients", _PERIOD, "lower", "The most who waited at one time.",
    ),
    Measure(
        "pool.occupancy", "Mean units in use", "units", _PERIOD, "neither",
        "Time-weighted mean, units kept by patients who wait to move on and work beyond closing time "
        "included.",
    ),
    Measure(
        "pool.peak", "Most units in use", "units", _PERIOD, "neither", "The most in use at one time.",
    ),
    Measure(
        "pool.open", "Mean units open", "units", _PERIOD, "neither",
        "Time-weighted mean of the units open; missing where the pool is unlimited.",
    ),
    Measure(
        "pool.utilisation", "Utilisation", "share", "Time in which units are open.", "neither",
        "Units in use while open, over units open. Work beyond closing time or beyond a cut in "
        "capacity is not in it (see overrun), so that it is never above 1. Missing where the pool is "
        "unlimited or never open.",
    ),
    Measure(
        "pool.overrun", "Overrun", "unit-hours", _PERIOD, "lower",
        "Unit-hours in use beyond the units open: work finished after closing time or after a cut in "
        "capacity. Missing where the pool is unlimited.",
    ),
    Measure(
        "delay.unit_days", "Days lost to delay", "unit-days", _PERIOD, "lower",
        "Units of the pool times days kept by patients who wait in the queue of another activity, or "
        "who keep them during a move that takes time.",
    ),
    Measure(
        "delay.kept_days", "Days for which its units were kept", "unit-days", _PERIOD, "lower",
        "The same by the activity that took the units and could not give them back.",
    ),
    Measure(
        "delay.patient_days", "Days delayed for want of this activity", "patient-days", _PERIOD, "lower",
        "Days patients waited for the activity, or moved to it, while keeping units of any pool.",
    ),
)

_FLOWS = (
    Measure(
        "contacts", "Attended contacts", "contacts", "Attended starts in the period.", "neither",
        "A contact counts when it starts; one that was under way before the period does not.",
    ),
    Measure(
        "missed", "Missed slots", "slots", _HAPPENED, "lower",
        "Starts to which nobody came; the slot was used.",
    ),
    Measure(
        "gave_up", "Gave up waiting", "patients", _HAPPENED, "lower",
        "Left a queue because patience ran out.",
    ),
    Measure(
        "turned_away", "Found the queue full", "patients", _HAPPENED, "lower", "Went elsewhere, or left.",
    ),
    Measure(
        "left.turned_away", "Left because the queue was full", "patients", _HAPPENED, "lower",
        "Left the pathway after finding a queue full.",
    ),
    Measure(
        "left.gave_up", "Left after giving up", "patients", _HAPPENED, "lower",
        "Left the pathway because patience ran out.",
    ),
    Measure(
        "left.not_attended", "Left after not attending", "patients", _HAPPENED, "lower",
        "Left the pathway after a missed slot.",
    ),
    Measure(
        "arrivals", "Arrivals", "patients", _HAPPENED, "neither", "Came to an entry point.",
    ),
    Measure(
        "exits", "Exits", "patients", _HAPPENED, "higher", "Reached an exit point.",
    ),
    Measure(
        "throughput", "Throughput", "patients a week", _HAPPENED, "higher",
        "Exits over the weeks of the period.",
    ),
    Measure(
        "inside.mean", "Mean number on the pathway", "patients", _PERIOD, "neither",
        "Time-weighted mean of the patients on the pathway, waiting, being seen or in between.",
    ),
    Measure(
        "inside.end", "On the pathway at the end", "patients", "Patients inside when the run ends.",
        "neither", "What they still need is not in the counts of contacts or in any bill.",
    ),
    Measure(
        "pathway_time.patients", "Patients who exited", "patients", _EXITED, "higher",
        "How many the times on the pathway are worked out from.",
    ),
    Measure(
        "pathway_time.mean", "Mean time on the pathway", "days", _EXITED, "lower",
        "From arrival (or joining a list before time 0) to the exit point.",
    ),
    Measure(
        "pathway_time.median", "Median time on the pathway", "days", _EXITED, "lower",
        f"Half took less. {_PERCENTILE}",
    ),
    Measure(
        "pathway_time.p92", "92nd percentile of time on the pathway", "days", _EXITED, "lower",
        f"92 in 100 took less. {_PERCENTILE}",
    ),
    Measure(
        "pathway_time.longest", "Longest time on the pathway", "days", _EXITED, "lower",
        "The longest of them.",
    ),
)

_LEDGER = "The sum of the ledger's lines: pounds of the price base, neither inflated nor discounted."
_STRICT = (
    "Missing if a price or cost that it needs was not entered, or cannot be brought to the price base; "
    "enter 0 where nothing is paid."
)

_MONEY = (
    Measure(
        "bill", "Commissioner's bill", "GBP", "Attended contacts started in the period.", "lower",
        f"Price times attended contacts. {_LEDGER} {_STRICT}",
    ),
    Measure(
        "bill.payer", "Commissioner's bill, by payer", "GBP", "Attended contacts started in the period.",
        "lower", f"The part of the bill that one payer pays. {_STRICT}", of=("payer",),
    ),
    Measure(
        "bill.no_payer", "Commissioner's bill without a payer", "GBP",
        "Attended contacts started in the period.", "lower",
        f"The part of the bill for activities that name no payer. {_STRICT}",
    ),
    Measure(
        "bill.unpriced", "Activities without a price", "activities", "Activities that patients can reach.",
        "lower", "While there are any, the bill they belong to is missing.",
    ),
    Measure(
        "pool_cost", "Cost of capacity", "GBP", "Capacity over the whole period, used or not.", "lower",
        "Open units by the hour; units held by the calendar day, week or year, whatever the "
        "timetable; units in use while the pool is unlimited. Capacity that an option closes counts for "
        f"as long as it is still paid for (stranded). Overrun is not charged. {_LEDGER} {_STRICT}",
    ),
    Measure(
        "pool_cost.unpriced", "Pools without a cost", "pools",
        "Pools that reachable activities or stays use.", "lower",
        "While there are any, the system cost is missing.",
    ),
    Measure(
        "variable_cost", "Variable cost", "GBP", "Attended contacts started in the period.", "lower",
        f"What each contact costs beyond capacity, times attended contacts. {_LEDGER} {_STRICT}",
    ),
    Measure(
        "variable_cost.unpriced", "Activities without a variable cost", "activities",
        "Activities that patients can reach.", "lower", "While there are any, the system cost is missing.",
    ),
    Measure(
        "system_cost", "System cost", "GBP", "Capacity and attended contacts of the period.", "lower",
        "Cost of capacity paid for, used or not, plus variable cost, set-up and exit costs of shifts and "
        "providers' fixed cost, which is of no setting. Spending on people outside the pathway is not in "
        f"it (see other spending). {_LEDGER} {_STRICT}",
    ),
    Measure(
        "other_spending", "Other spending", "GBP", "Everybody who lives in the footprints.", "lower",
        "Spending on each person outside the pathway, times the time people spend in each need tier; it is "
        f"in the ledger beside the system cost. Only where any was entered. {_LEDGER} {_STRICT}",
    ),
)
# fmt: on

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {measure.id: measure for measure in (*_WAITS, *_STANDARDS, *_CAPACITY, *_FLOWS, *CARE, *_MONEY)}
)
"""Every measure by id, in the order in which a reader meets them."""


def find(name: str) -> Named:
    """Returns the measure that a value of the column ``measure`` names, and what it is of.

    Raises:
        KeyError: no such measure.
    """
    if name in MEASURES and not MEASURES[name].of:
        return Named(MEASURES[name], {})
    for measure in MEASURES.values():
        if measure.of and name.startswith(f"{measure.id}."):
            parts = name[len(measure.id) + 1 :].split(".")
            if len(parts) == len(measure.of):
                return Named(measure, dict(zip(measure.of, parts, strict=True)))
    raise KeyError(name)
