"""The measures of missed slots, harm by waiting, advice and caseloads."""

from __future__ import annotations

from pathway_modeller.analysis.measures.measure import Measure

PERIOD = "The whole data collection period, nights and weekends included."
HAPPENED = "What happened in the data collection period."

# The records below stand as in a table, several fields to a line.
# fmt: off
CARE = (
    Measure(
        "missed.share", "Share of slots missed", "share", "Starts in the period, attended or not.", "lower",
        "Starts to which nobody came over all starts, where patients may miss any. Where the share who "
        "do not attend rises with the wait, it is what the waits of the period made of it.",
    ),
    Measure(
        "deteriorated", "Deteriorated while waiting", "patients", HAPPENED, "lower",
        "Waits that ended because of what waiting did: an emergency, another need tier, or death. They "
        "are in no waiting time.",
    ),
    Measure(
        "deteriorated.emergency", "Emergencies while waiting", "patients", HAPPENED, "lower",
        "Of those who deteriorated, the emergencies.",
    ),
    Measure(
        "deteriorated.need", "Moved need tier while waiting", "patients", HAPPENED, "lower",
        "Of those who deteriorated, those who moved to another need tier.",
    ),
    Measure(
        "deteriorated.death", "Died while waiting", "patients", HAPPENED, "lower",
        "Of those who deteriorated, the deaths.",
    ),
    Measure(
        "left.deteriorated", "Left after deteriorating", "patients", HAPPENED, "lower",
        "Left the pathway because of what waiting did, other than by death.",
    ),
    Measure(
        "advised", "Needed advice only", "patients", HAPPENED, "neither",
        "Their need was met by a single point of contact at once.",
    ),
    Measure(
        "left.advised", "Left with advice only", "patients", HAPPENED, "neither",
        "Left the pathway after advice by a single point of contact.",
    ),
    Measure(
        "caseload.came_on", "Came onto the caseload", "patients", HAPPENED, "neither",
        "First attended contacts of a caseload.",
    ),
    Measure(
        "caseload.reviews", "Reviews due", "contacts", HAPPENED, "neither",
        "Contacts after the first that fell due; those attended are among the attended contacts.",
    ),
    Measure(
        "caseload.mean", "Mean number on the caseload", "patients", PERIOD, "neither",
        "Time-weighted mean of the patients on a caseload, between contacts or waiting for one.",
    ),
    Measure(
        "caseload.end", "On the caseload at the end", "patients", "Patients on a caseload when the run ends.",
        "neither", "The contacts they still need are not in the counts of contacts or in any bill.",
    ),
)
# fmt: on
