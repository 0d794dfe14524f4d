"""What is said of waits: of the activity with the longest, and of new activities that make patients wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import pandas as pd

from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.report.findings import Findings, largest_first, records
from pathway_modeller.report.words.headlines import LONGEST, changes_of, headline, joined
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.sentences import lower_first

Wait = Literal["wait.mean", "wait.median", "wait.p92"]
"""Measures of the waits of those who were started, of which sentences are said."""

_SHARES: Mapping[Wait, str] = {"wait.mean": "", "wait.median": "half of the", "wait.p92": "92 of 100"}
"""Who do not wait where a measure is 0; for the mean that is everybody."""

NO_WAIT = 1e-9
"""Days up to which a wait is none."""


def wait_message(findings: Findings, measure: Wait, options: Sequence[str] | None = None) -> str:
    """Returns what a measure of waiting says, which must have a figure for some activity.

    Args:
        findings: what was simulated.
        measure: its id.
        options: which options to speak of; all by default.
    """
    chosen = findings.options if options is None else tuple(options)
    figures = findings.figures(measure, "element")
    if figures[figures["variant"].isin((*findings.variants[:1], *chosen))]["mean"].max() <= NO_WAIT:
        return _no_wait(findings, measure, chosen)
    return longest_message(findings, measure, chosen)


def blocked_message(findings: Findings) -> str:
    """Returns where patients are blocked longest, which must have a figure for some activity."""
    if findings.figures("blocked.mean", "element")["mean"].max() <= NO_WAIT:
        return "Nobody who comes from another place is blocked there"
    return longest_message(findings, "blocked.mean")


def longest_message(findings: Findings, measure: str, options: Sequence[str] | None = None) -> str:
    """Returns where a measure of days is longest, and how it differs there.

    Without an option that is the longest wait. With options it is the difference at the activity with the
    longest wait of those that can be compared.

    Args:
        findings: what was simulated.
        measure: its id; it must have a figure for some activity.
        options: which options to speak of; all by default.
    """
    title = find(measure).measure.title
    chosen = findings.options if options is None else tuple(options)
    figures = findings.figures(measure, "element")
    if not chosen:
        longest = largest_first(figures)[0]
        mean = float(figures[figures["key"] == longest]["mean"].max())
        name = findings.key_name("element", longest)
        longest_time = f"longest {lower_first(title.removeprefix('Longest '))}"
        return f"The {longest_time} is for {name}: {findings.scale('days', (mean,), measure).text(mean)}"
    changes = findings.changes(measure, "element")
    changes = changes[changes["variant"].isin(chosen)]
    key = _compared(figures[figures["variant"].isin((BASELINE, *chosen))], changes)
    if key is None:
        return f"{title}: no activity can be compared with the baseline"
    mine = changes[changes["key"] == key]
    changed = changes_of(findings, mine)
    own = findings.scale("days", figures[figures["key"] == key]["mean"], measure)
    return headline(f"{title} for {findings.key_name('element', key)}", changed, own)


def _compared(figures: pd.DataFrame, changes: pd.DataFrame) -> str | None:
    """The activity with the longest wait of those that can be compared; None if none can."""
    known = set(changes[changes["mean"].notna()]["key"])
    return next((key for key in largest_first(figures) if key in known), None)


def new_waits(findings: Findings, measure: str) -> Iterator[str]:
    """Yields for each option the longest wait at a new activity, if it is longer than at the one compared.

    There is no difference for it, and the headline's may be shorter because patients wait there now.

    Args:
        findings: what was simulated.
        measure: of waiting.
    """
    figures = findings.figures(measure, "element")
    compared = _compared(figures, findings.changes(measure, "element"))
    for option in findings.options:
        waits = {each.key: each.mean for each in records(figures) if each.variant == option}
        new = [(wait, key) for key, wait in waits.items() if wait == wait and is_new(findings, key)]
        wait, key = max(new, default=(0.0, ""))
        if wait > waits.get(compared or "", 0.0):
            told = findings.scale("days", (wait,), measure).text(wait)
            yield f"{findings.key_name('element', key)}, only in {findings.short_name(option)}: {told}"


def _no_wait(findings: Findings, measure: Wait, options: Sequence[str]) -> str:
    """What is said where a measure of waiting is nothing at every activity of the variants spoken of.

    Waits are of patients who were started: beside them there may be some who were not.
    """
    where = ", in the baseline or any option" if len(options) > 1 else ""
    if options and not where:
        where = f", in the baseline or {findings.short_name(options[0])}"
    if measure != "wait.mean":
        left = findings.figures("still_waiting.patients", "element")["mean"].max() > 0
        others = "; others still wait at the end" if left else ""
        said = f"At every activity at least {_SHARES[measure]} patients started have not waited"
        return said + others if len(said + where + others) > LONGEST else said + where + others
    queues = findings.figures("queue.mean", "element")["mean"]
    # Of patients in a bed who could go on the reader must hear beside those who need not wait.
    blocked = findings.figures("blocked.mean", "element")["mean"].max() > NO_WAIT
    too = ["some are blocked in another place"] if blocked else []
    if queues.max() > 0:
        return joined([f"No patient started has waited{where}", *too, "others were not started"])
    return joined([f"Nobody waits{where}" if blocked else f"Nobody waits for any activity{where}", *too])


def is_new(findings: Findings, element: str) -> bool:
    """Returns whether only options have an activity."""
    return BASELINE in findings.pathways and element not in findings.pathways[BASELINE].activities
