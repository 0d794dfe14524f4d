"""Times in which a patient kept units that did not do what they are for, worked out from a trace.

That is: waited for one activity while keeping units taken for another, or made a move that takes time while
keeping the units of the activity left. A place on a caseload is meant to be kept and is not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pathway_modeller.analysis.observed.episodes import Episodes, Flags
from pathway_modeller.analysis.observed.levels import Floats, Kept
from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.simulation.tally.cells import Cells
from pathway_modeller.simulation.trace import Event, Legend

if TYPE_CHECKING:
    import pandas as pd

ANY = -2
"""Where a wait does not say which activity's units are kept: those of any."""


def kept_from(traced: Traced) -> Kept:
    """Returns the time for which units were kept in a replication whose trace was kept."""
    found, legend, cells = delays(traced), traced.legend, Cells.of(traced.legend)
    column = {name: found[name].to_numpy() for name in found.columns}
    days = np.clip(
        np.minimum(column["finish"], traced.end) - np.maximum(column["begin"], traced.start), 0, None
    ).astype(np.float64)
    unit_days = days * column["units"]
    _, first, place = np.unique(column["row"], return_index=True, return_inverse=True)
    longest = np.zeros(len(first))
    np.maximum.at(longest, place.ravel(), days)
    code = cells.code(column["waits"][first], column["group"][first])
    return Kept(
        units=_sums(column["body"], unit_days, len(legend.pools)),
        elements=_sums(column["keeps"], unit_days, len(legend.elements)),
        patients=_sums(code, longest, len(cells)),
    )


def _sums(code: npt.NDArray[np.int64], values: Floats, number: int) -> Floats:
    """Returns the sums of values of equal code."""
    return np.bincount(code, weights=values, minlength=number).astype(np.float64)


def blocked(traced: Traced) -> Flags:
    """Returns of each time in a queue whether the patient joined while holding units, but for caseloads."""
    order, held = traced.patient_order, traced.holdings
    place = np.flatnonzero(traced.trace.event[order] == Event.JOIN)
    kept = ~caseload_places(traced.pathway, traced.legend)[held.element, held.body]
    # What is never given back is held up to the patient's last row, and not into those of the next patient.
    last = np.minimum(held.last_row, np.searchsorted(traced.trace.patient[order], held.patient, side="right"))
    holding = np.zeros(len(order) + 1, dtype=np.int64)
    np.add.at(holding, held.first_row[kept] + 1, 1)
    np.add.at(holding, last[kept], -1)
    found: Flags = np.cumsum(holding)[place] > 0
    return found


def waiting(traced: Traced) -> Episodes:
    """Returns the times in queues of patients who hold no units, and so wait in no other place."""
    return traced.queueing.where(~blocked(traced))


def delays(traced: Traced) -> pd.DataFrame:
    """Returns each taking of units that was kept, with each wait or move in which it was.

    Columns: row (place in patient order of the row that began the wait or move), patient, group (number of
    the patient group), keeps (legend index of the activity that took the units), waits (legend index of the
    activity waited for or of the element moved to, -1 if not reached yet), body, units, begin, finish.
    """
    import pandas as pd

    joins = pd.concat([_waits_in_patient_order(traced), _kept_moves(traced)], ignore_index=True)
    place = np.sort(joins["row"].to_numpy(dtype=np.int64))
    held = traced.holdings
    spans = np.searchsorted(place, held.first_row) < np.searchsorted(place, held.last_row)
    keeping = pd.DataFrame(
        {
            "patient": held.patient[spans],
            "keeps": held.element[spans],
            "body": held.body[spans],
            "units": held.units[spans],
            "first_row": held.first_row[spans],
            "last_row": held.last_row[spans],
            "until": held.finish[spans],
        }
    )
    both = joins[joins["patient"].isin(keeping["patient"])].merge(keeping, on="patient")
    both = both[(both["first_row"] < both["row"]) & (both["row"] < both["last_row"])]
    places = caseload_places(traced.pathway, traced.legend)
    both = both[~places[both["keeps"].to_numpy(), both["body"].to_numpy()]]
    both = both[(both["left"] == ANY) | (both["left"] == both["keeps"])]
    both = both.assign(finish=np.minimum(both["finish"], both["until"]))
    columns = ["group", "keeps", "waits", "body", "units", "begin", "finish"]
    found: pd.DataFrame = both[["row", "patient", *columns]].reset_index(drop=True)
    return found


def caseload_places(pathway: Pathway, legend: Legend) -> npt.NDArray[np.bool_]:
    """Tells, for each element and body of the legend, whether units taken are places on a caseload."""
    places = np.zeros((len(legend.elements), len(legend.pools)), dtype=bool)
    for name in set(legend.elements) & set(pathway.activities):
        caseload = pathway.activities[name].caseload
        if caseload is not None:
            mine = [body.pool == caseload.pool for body in legend.pools]
            places[legend.elements.index(name)] = mine
    return places


def _waits_in_patient_order(traced: Traced) -> pd.DataFrame:
    """Returns the waits, with the places in patient order of the rows that join a queue."""
    import pandas as pd

    kinds = traced.trace.event[traced.patient_order]
    place = np.flatnonzero(kinds == Event.JOIN).astype(np.int64)
    waits = traced.queueing
    return pd.DataFrame(
        {
            "patient": waits.patient,
            "group": waits.group,
            "waits": waits.element,
            "begin": waits.begin,
            "finish": waits.finish,
            "row": place,
            "left": ANY,
        }
    )


def _kept_moves(traced: Traced) -> pd.DataFrame:
    """Returns the moves during which the units of the activity left are kept: BLOCKED as they begin."""
    import pandas as pd

    trace, order = traced.trace, traced.patient_order
    kinds, patients = trace.event[order], trace.patient[order]
    place = np.flatnonzero(kinds == Event.MOVE_START).astype(np.int64)
    before = np.maximum(place - 1, 0)
    kept = (kinds[before] == Event.BLOCKED) & (patients[before] == patients[place])
    place, before = place[kept], before[kept]
    ends = np.flatnonzero(kinds == Event.MOVE_END).astype(np.int64)
    following = np.searchsorted(ends, place)
    end = np.append(ends, -1)[following]
    ended = (end >= 0) & (patients[end] == patients[place])
    rows = order[place]
    return pd.DataFrame(
        {
            "patient": trace.patient[rows],
            "group": traced.groups(rows),
            "waits": np.where(ended, trace.element[order[end]], -1).astype(np.int64),
            "begin": trace.time[rows],
            "finish": np.where(ended, trace.time[order[end]], traced.end),
            "row": place,
            "left": trace.element[order[before]].astype(np.int64),
        }
    )
