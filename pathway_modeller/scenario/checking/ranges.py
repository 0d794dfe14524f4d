"""Ranges of assumptions that cannot be played: without their central value, or with broken figures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pathway_modeller.scenario.checking.finding import Finding
from pathway_modeller.scenario.checking.shares import find_shares
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.people import Assumption
from pathway_modeller.scenario.reach import NotVaried
from pathway_modeller.scenario.varied import CannotVary, central_of, varied
from pathway_modeller.scenario.words.sentences import number

_MEND = "Give low and high that fit the figures, or say how else the range reaches them"


def find_ranges(scenario: Scenario) -> Iterator[Finding]:
    """Yields ranges that say how they reach their figures, and cannot be played so.

    Args:
        scenario: one whose options fit its baseline.
    """
    shares = _Shares(scenario)
    for key, assumption in sorted(scenario.assumptions.items()):
        if assumption.reach is not None and not isinstance(assumption.reach, NotVaried):
            yield from _of_range(scenario, key, assumption, shares)


class _Shares:
    """The shares of a scenario, held against those of one that is varied."""

    def __init__(self, scenario: Scenario) -> None:
        """Works nothing out before it is asked for."""
        self._scenario = scenario

    @cached_property
    def _known(self) -> dict[str, tuple[Pathway, frozenset[Finding]]]:
        """Each variant's pathway, and what is wrong with its shares already."""
        found = {}
        for variant in (BASELINE, *sorted(self._scenario.options)):
            pathway = apply_option(self._scenario, variant)
            found[variant] = pathway, frozenset(find_shares(pathway))
        return found

    def broken_by(self, changed: Scenario) -> str:
        """Returns the first sum of shares that another scenario breaks, as a clause; "" if it breaks none."""
        for variant, (before, known) in self._known.items():
            after = apply_option(changed, variant)
            if after.transitions is before.transitions and after.entry_points is before.entry_points:
                continue
            for found in find_shares(after):
                if found not in known:
                    return found.what
        return ""


def _of_range(scenario: Scenario, key: str, assumption: Assumption, shares: _Shares) -> Iterator[Finding]:
    """Yields what is wrong with one range."""
    try:
        central = central_of(scenario, key)
        varied(scenario, key, central)
    except CannotVary as reason:
        yield _wrong(key, "reach", str(reason), _MEND)
        return
    low, high = assumption.low, assumption.high
    if low is None or high is None:
        what = "it says how its range reaches the figures, and has no low and high, so nothing is varied"
        mend = "Give the low and the high, or take this out"
        yield Finding("warning", ("assumptions", key, "reach"), what, mend, "file")
        return
    if not low <= central <= high:
        what = f"the range of {number(low)} to {number(high)} leaves out its central value, {number(central)}"
        yield _wrong(key, "low" if central < low else "high", what, "Give a low and a high around it")
        return
    for end, value in (("low", low), ("high", high)):
        try:
            changed = varied(scenario, key, value)
            broken = shares.broken_by(changed) if _has_shares(assumption) else ""
        except CannotVary as reason:
            broken = str(reason)
        if broken:
            yield _wrong(key, end, f"at {number(value)} it cannot be played, because {broken}", _MEND)


def _has_shares(assumption: Assumption) -> bool:
    """Tells whether shares that add up to 1 may be among the places of an assumption."""
    reach = assumption.reach
    own = () if reach is None or isinstance(reach, NotVaried) else reach.places
    places = (*assumption.places, *own)
    return any("/transitions/" in place or "/entry_points/" in place for place in places)


def _wrong(key: str, field: str, what: str, mend: str) -> Finding:
    """Returns the finding about a field of an assumption."""
    return Finding("error", ("assumptions", key, field), what, mend, "file")
