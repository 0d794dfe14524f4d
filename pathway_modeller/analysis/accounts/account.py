"""The account of contacts: month by month, who joined each queue and what became of them.

For each month, activity and need tier, as long as the trace is sound:

    waiting_start + joins + changed_in
        = starts + missed + gave_up + turned_away + deteriorated + changed_out + waiting_end

Those who wait are counted by their own intervals, not as what is left over, so that the account can fail.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.categories import as_categories
from pathway_modeller.analysis.columns import COMING, COUNTS, LEAVING_QUEUE
from pathway_modeller.analysis.months import month_starts
from pathway_modeller.analysis.observed.facts import Facts, facts_of
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.facts import Tallied
from pathway_modeller.simulation.trace import Trace

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def account_frame(played: Trace | Tallied | Facts, pathway: Pathway) -> pd.DataFrame:
    """Returns the account of contacts of one replication over the data collection period.

    Args:
        played: the replication: its trace, or what was tallied of it.
        pathway: the pathway that was played out.

    Returns:
        One row for each month ("2025-04"), drawn element at which patients can be (column ``element``) and
        need tier (all three are categories), in that order and with no row left out. The counts, in patients:
        ``joins``, ``starts`` (attended), ``missed``, ``gave_up``, ``turned_away``, ``deteriorated``;
        ``rejoined``, those of the joins who had just left the same queue (a missed slot booked again, a need
        that changed), and ``returned``, the same people by the need tier in which they had left;
        ``changed_in`` and ``changed_out``, who changed need tier while waiting; ``waiting_start`` and
        ``waiting_end``, who waited when the month (or the period, if later) began and ended, today's lists
        included; ``present_start`` and ``present_end``, who was at the element otherwise: being seen, in a
        planned interval, moving away from it, or on its caseload between contacts. An event at the instant at
        which a month ends belongs to the next.
    """
    facts = facts_of(played, pathway)
    legend, places = facts.legend, _places(pathway)
    months = [name for name, _ in month_starts(legend)]
    kept = [place for place, name in enumerate(legend.elements) if name in places]
    names, tiers = [legend.elements[place] for place in kept], (*legend.need_tiers, "")
    counted = facts.account
    tables = dict(counted.counts)
    for name, stock in zip(("waiting", "present"), counted.stock, strict=True):
        tables[f"{name}_start"], tables[f"{name}_end"] = stock[:-1], stock[1:]
    shape = len(months), len(names), len(tiers)
    month, element, tier = (codes.ravel() for codes in np.indices(shape, dtype=np.int32))
    return pd.DataFrame(
        {
            "month": as_categories(month, months),
            "element": as_categories(element, names),
            "need_tier": as_categories(tier, tiers),
            **{name: tables[name][:, kept, :].ravel() for name in COUNTS},
        }
    )


def unclosed_lines(account: pd.DataFrame) -> pd.DataFrame:
    """Returns the lines of an account that do not close, with what is left over in column ``left_over``.

    Args:
        account: as :func:`account_frame` returns it, or means over replications of it.
    """
    left_over = account["waiting_start"] - account["waiting_end"]
    left_over = left_over + sum(account[name] for name in COMING)
    left_over = left_over - sum(account[name] for name in LEAVING_QUEUE)
    lines = account.assign(left_over=left_over)
    return lines[lines["left_over"].abs() > 1e-6]


def _places(pathway: Pathway) -> frozenset[str]:
    """Returns the elements at which a patient can be for any time."""
    left = {arrow.origin for arrow in pathway.transitions.values() if arrow.time is not None}
    return frozenset((*pathway.activities, *pathway.waits, *left))
