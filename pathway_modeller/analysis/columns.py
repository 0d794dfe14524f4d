"""The columns of the tables that a replication leaves behind: names only, cheap to read."""

from __future__ import annotations

from pathway_modeller.simulation.dimensions import DIVIDED_BY

LINE = (
    "month",
    "view",
    "kind",
    "payer",
    "provider",
    "setting",
    *DIVIDED_BY,
    "element",
    "pool",
    "shift",
)
"""The columns that divide a ledger line; empty text where a line is not divided."""

LABELS = ("measure", "element", "pool", *DIVIDED_BY, "setting", "unit")
"""The columns that say which figure of the measures a row is; empty text where one does not apply."""

PEOPLE = ("year", "need_tier", "footprint")
"""The columns that divide the population."""

ACCOUNT = ("month", "element", "need_tier")
"""The columns that name a line of the account of contacts; need tier "" is for patients who have none."""

COMING = ("joins", "changed_in")
"""Columns of the account that add to a queue within a month."""

LEAVING_QUEUE = ("starts", "missed", "gave_up", "turned_away", "deteriorated", "changed_out")
"""Columns of the account that take from a queue within a month."""

COUNTS = (
    *COMING,
    *LEAVING_QUEUE,
    "rejoined",
    "returned",
    "waiting_start",
    "waiting_end",
    "present_start",
    "present_end",
)
"""The columns of the account that count patients."""
