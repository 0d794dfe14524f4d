"""Which event may follow which in the life of a patient."""

from __future__ import annotations

import numpy as np

from pathway_modeller.analysis.observed.traced import Traced
from pathway_modeller.simulation.trace import LEAVING, Event

_REACHES = (Event.JOIN, Event.WAIT_START, Event.DECIDE, Event.EXIT)
_GOES_ON = (*_REACHES, Event.MOVE_START)

_SAME_ELEMENT = {
    (Event.JOIN, Event.START),
    (Event.JOIN, Event.START_MISSED),
    (Event.JOIN, Event.GAVE_UP),
    (Event.JOIN, Event.TURNED_AWAY),
    (Event.JOIN, Event.PRESENT),
    (Event.PRESENT, Event.START),
    (Event.PRESENT, Event.START_MISSED),
    (Event.PRESENT, Event.GAVE_UP),
    (Event.PRESENT, Event.TURNED_AWAY),
    (Event.PRESENT, Event.COMPLETE),
    (Event.START, Event.COMPLETE),
    (Event.START_MISSED, Event.DID_NOT_ATTEND),
    (Event.WAIT_START, Event.WAIT_END),
    (Event.GAVE_UP, Event.LEFT_GAVE_UP),
    (Event.TURNED_AWAY, Event.LEFT_TURNED_AWAY),
    (Event.DID_NOT_ATTEND, Event.LEFT_NOT_ATTENDED),
    (Event.JOIN, Event.DETERIORATED),
    (Event.PRESENT, Event.DETERIORATED),
    (Event.DETERIORATED, Event.LEFT_DETERIORATED),
    (Event.DETERIORATED, Event.DIED),
    (Event.START, Event.HARMED),
    (Event.PRESENT, Event.HARMED),
    (Event.COMPLETE, Event.HARMED),
    (Event.HARMED, Event.LEFT_HARMED),
    (Event.HARMED, Event.DIED),
    (Event.COMPLETE, Event.ADVISED),
    (Event.ADVISED, Event.LEFT_ADVISED),
    (Event.COMPLETE, Event.REVIEW_DUE),
    (Event.REVIEW_DUE, Event.JOIN),
}
"""Pairs that must be at the same element."""

_ASIDE = (
    Event.ACQUIRE,
    Event.RELEASE,
    Event.BLOCKED,
    Event.NEED_CHANGED,
    Event.ON_CASELOAD,
    Event.OFF_CASELOAD,
)
"""Events beside a patient's way."""

_FOLLOWS: tuple[tuple[Event, tuple[Event, ...]], ...] = (
    (Event.ARRIVE, _GOES_ON),
    (Event.COMPLETE, _GOES_ON),
    (Event.WAIT_END, _GOES_ON),
    (Event.DECIDE, _GOES_ON),
    (Event.MOVE_START, (Event.MOVE_END,)),
    (Event.MOVE_END, _REACHES),
    (Event.GAVE_UP, _REACHES),
    (Event.TURNED_AWAY, _REACHES),
    (Event.DID_NOT_ATTEND, _REACHES),
    (Event.DETERIORATED, _REACHES),
    (Event.HARMED, _REACHES),
    (Event.ADVISED, _REACHES),
)
"""What may follow an event at another element."""


def _table() -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Whether the second event may follow the first, as a table by number."""
    allowed = np.zeros((len(Event), len(Event)), dtype=bool)
    for first, second in _SAME_ELEMENT:
        allowed[first, second] = True
    for first, several in _FOLLOWS:
        allowed[first, list(several)] = True
    return allowed


def illegal_order(traced: Traced) -> list[str]:
    """Returns a sentence for each kind of step that no patient may take, and one for units not given back."""
    trace = traced.trace
    rows = traced.patient_order[~np.isin(trace.event[traced.patient_order], _ASIDE)]
    event, element, patient = trace.event[rows], trace.element[rows], trace.patient[rows]
    follows = patient[1:] == patient[:-1]
    pairs = event[:-1].astype(np.int64) * len(Event) + event[1:]
    together = np.zeros((len(Event), len(Event)), dtype=bool)
    for one, two in _SAME_ELEMENT:
        together[one, two] = True
    elsewhere = together.ravel()[pairs] & (element[1:] != element[:-1])
    wrong = follows & (~_table().ravel()[pairs] | elsewhere)
    found = [
        f"A patient has {Event(pair // len(Event)).name} followed by {Event(pair % len(Event)).name}"
        + (" at another element." if _table().ravel()[pair] else ".")
        for pair in np.unique(pairs[wrong])
    ]
    begins = np.append(True, ~follows)[: len(rows)]
    if not np.isin(event[begins], (Event.ARRIVE, Event.PRESENT, Event.JOIN)).all():
        found.append("A patient begins otherwise than by arriving or being there at time 0.")
    return [*found, *_kept_after_leaving(traced), *_caseloads(traced)]


def _caseloads(traced: Traced) -> list[str]:
    """Coming onto a caseload and off it alternate, at one activity, and nobody leaves while on one."""
    trace = traced.trace
    rows = traced.having(Event.ON_CASELOAD, Event.OFF_CASELOAD, *LEAVING)
    event, element, patient = trace.event[rows], trace.element[rows], trace.patient[rows]
    again = patient[1:] == patient[:-1]
    on = event == Event.ON_CASELOAD
    off = event == Event.OFF_CASELOAD
    closed = off[1:] & (element[1:] == element[:-1])
    wrong = (again & on[:-1] & ~closed).any() or (off[1:] & ~(again & on[:-1])).any() or off[:1].any()
    return ["Somebody is on a caseload twice, or leaves while on one."] if wrong else []


def _kept_after_leaving(traced: Traced) -> list[str]:
    """Nobody who has left still holds units."""
    held = traced.holdings
    trace = traced.trace
    gone = trace.patient[np.isin(trace.event, LEAVING)]
    kept = held.last_row == len(traced.patient_order)
    if np.isin(held.patient[kept], gone).any():
        return ["A patient left the pathway with units that were not given back."]
    return []
