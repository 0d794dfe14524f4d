"""The displacement account: every contact that an option takes from one place is found at another, or missed.

All is worked out from the difference between the accounts of contacts of option and baseline
(:mod:`pathway_modeller.analysis.accounts.account`), by need tier, cumulatively from month to month:

- *taken* are the patients who no longer come to the activity: the drop in those who joined its queue, not
  counting those who came back to the queue that they had just left (a missed slot booked again).
- *due* at each activity declared is the taken times its share times its contacts for each.
- *found* there is the rise in those who joined its queue, up to what is due; the rise beyond is *newly met*.
  Of the found, those who gave up, were turned away, deteriorated or missed their slot for good, more than
  under the baseline there and where they were taken, are *unmet*, and those who wait in its queue are *still
  waiting*.
- *avoided* and part of *unmet* are the declared shares of the taken; nothing in a run can show them.
- *carried forward* are contacts not yet due: more patients than under the baseline who are elsewhere on
  their way to the activity, up to what is missing there.
- the *remainder* is found nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pathway_modeller.analysis.accounts.contact_change import TOLERANCE, Change, Floats, change_between
from pathway_modeller.analysis.accounts.unaccounted import Unaccounted, unaccounted
from pathway_modeller.analysis.accounts.wording import rounded
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.money import Displacement
from pathway_modeller.scenario.network.graph import arrow_ways, pathway_graph, reached
from pathway_modeller.scenario.words.sentences import listed, quoted

__all__ = [
    "Change",
    "DisplacementAccount",
    "Unaccounted",
    "change_between",
    "displacement_accounts",
    "unaccounted",
    "unclosed",
]

STANDARD_ERRORS = 4.0
"""By how many standard errors of the mean over replications chance alone may leave contacts missing."""

LINE_COLUMNS = ("displacement", "month", "need_tier", "line", "element", "contacts")

STOCKS = frozenset({"still_waiting", "carried_forward", "remainder"})
"""Lines that say how it stands when the month ends, from the beginning on; others say what happened in it."""


@dataclass(frozen=True, eq=False)
class DisplacementAccount:
    """What became of the contacts that an option takes from an activity.

    Attributes:
        id: of the displacement.
        activity: the activity that loses contacts.
        lines: ``LINE_COLUMNS``: ``line`` is taken, found, newly_met (in contacts of ``element``),
            still_waiting, unmet, avoided, carried_forward or remainder; ``element`` is where ("" where it
            does not apply). All but newly_met are in contacts taken.
        closes: whether no need tier misses more than the tolerance.
        taken: contacts a year.
        missing: contacts a year that are found nowhere, by need tier, where beyond the tolerance.
        unmet: contacts a year that become unmet need, as declared or as found; 0 within the tolerance.
        avoided: contacts a year that are declared to be no longer needed; 0 within the tolerance.
        sentences: what is found where, what is unmet, and what is found nowhere.
    """

    id: str
    activity: str
    lines: pd.DataFrame
    closes: bool
    taken: float
    missing: Mapping[str, float]
    unmet: float
    avoided: float
    sentences: tuple[str, ...]

    def total(self, line: str, element: str | None = None) -> float:
        """Returns a line over the whole period, all need tiers together, in contacts."""
        chosen = self.lines["line"] == line
        if element is not None:
            chosen &= self.lines["element"] == element
        if line in STOCKS:
            chosen &= self.lines["month"] == self.lines["month"].max()
        return float(self.lines.loc[chosen, "contacts"].sum())


def unclosed(displacement: Displacement) -> float:
    """Returns the share of the contacts taken that the declared shares leave out; negative if too many."""
    parts = [displacement.avoided, displacement.unmet, *(to.share for to in displacement.to.values())]
    return 1.0 - math.fsum(parts)


def displacement_accounts(
    change: Change, declared: Mapping[str, Displacement], pathways: tuple[Pathway, Pathway], years: float
) -> tuple[DisplacementAccount, ...]:
    """Returns the account of every displacement that an option declares, in order of id.

    An activity at which several displacements are due divides its rise among them as they are due.

    Args:
        change: how the option differs from the baseline.
        declared: the option's displacements.
        pathways: baseline and option, for names and for what leads where.
        years: length of the period in years.
    """
    workings = [_Working(name, declared[name], change, pathways) for name in sorted(declared)]
    return tuple(_close(working, workings, years) for working in workings)


class _Working:
    """What one displacement takes and where it is due, cumulatively; arrays have shape (months, tiers)."""

    def __init__(
        self, name: str, declared: Displacement, change: Change, pathways: tuple[Pathway, Pathway]
    ) -> None:
        self.name = name
        self.declared = declared
        self.change = change
        self.pathways = pathways
        self.taken = -_cumulative(change, declared.activity, ("joins",), ("rejoined",))
        self.due = {
            place: self.taken * declared.to[place].share * declared.to[place].contacts
            for place in sorted(declared.to)
        }
        backwards = pathway_graph(pathways[1], arrow_ways(pathways[1])).reverse(copy=False)
        self.ahead = {place: reached(backwards, [place]) - {declared.activity} for place in self.due}

    def called(self, element: str) -> str:
        """Returns what people call an activity."""
        for pathway in reversed(self.pathways):
            if element in pathway.activities:
                return quoted(pathway.activities[element].name)
        return quoted(element)

    def tier(self, need_tier: str) -> str:
        """Returns a need tier as sentences name it; empty for patients without one."""
        for pathway in reversed(self.pathways):
            if need_tier in pathway.need_tiers:
                return f" (need tier {quoted(pathway.need_tiers[need_tier].name)})"
        return ""

    def wanted(self, place: str) -> Floats:
        """Returns the contacts due at a place, counted as contacts taken."""
        wanted: Floats = np.maximum(self.due[place], 0) / self.declared.to[place].contacts
        return wanted

    def lost_before(self, place: str) -> Floats:
        """Returns the contacts due at a place that would have been joined in vain where they were taken."""
        shares = sum(to.share for to in self.declared.to.values())
        to = self.declared.to[place]
        fewer = np.maximum(-_lost(self.change, self.declared.activity), 0)
        before: Floats = fewer * (to.share / shares if shares else 0.0) * to.contacts
        return before

    def on_the_way(self, place: str, among: Sequence[_Working]) -> Floats:
        """Returns its part of how many more patients are on their way to a place, at each month end.

        Who is at an element that leads to several places is divided among them as contacts are due there.
        """
        total = np.zeros_like(self.taken)
        for element in sorted(self.ahead[place]):
            claims = [each.wanted(to) for each in among for to in each.due if element in each.ahead[to]]
            there = _level(self.change, element, "present")
            if element != place:
                there = there + _level(self.change, element, "waiting")
            total += there * _part(self.wanted(place), claims)
        return total


def _part(mine: Floats, claims: Sequence[Floats]) -> Floats:
    """Returns one claim's part among all; equal parts where nothing is claimed."""
    whole = np.sum(claims, axis=0)
    parts: Floats = np.divide(mine, whole, out=np.full_like(whole, 1 / len(claims)), where=whole > 0)
    return parts


def _cumulative(change: Change, element: str, plus: Sequence[str], minus: Sequence[str]) -> Floats:
    """Returns the rise in some counts less that in others, added up from month to month."""
    rise = change.rise(element, *plus) - change.rise(element, *minus)
    total: Floats = np.cumsum(rise, axis=0)
    return total


def _level(change: Change, element: str, stock: str) -> Floats:
    """Returns the rise in those who wait (or are present) at each month end, beyond that at the beginning."""
    return change.rise(element, f"{stock}_end") - change.rise(element, f"{stock}_start")[:1]


def _within(value: Floats, bound: Floats) -> Floats:
    """Returns the value where it lies between 0 and the bound, else the nearer of the two."""
    return np.clip(value, np.minimum(bound, 0), np.maximum(bound, 0))


Line = tuple[str, str, Floats]
"""The name of a line, where, and contacts cumulatively, shape (months, tiers)."""


def _close(working: _Working, among: Sequence[_Working], years: float) -> DisplacementAccount:
    """Works out all lines of one displacement, and whether it closes."""
    declared = working.declared
    lines: list[Line] = [
        ("taken", "", working.taken),
        ("avoided", "", working.taken * declared.avoided),
        ("unmet", "", working.taken * declared.unmet),
    ]
    for place in sorted(declared.to):
        lines += _lines_at(working, place, among)
    known = {"avoided", "unmet", "found", "still_waiting", "carried_forward"}
    remainder = working.taken - sum(values for line, _, values in lines if line in known)
    lines.append(("remainder", "", remainder))
    missing = _missing(working, remainder[-1], years) if len(remainder) else {}
    account = DisplacementAccount(
        id=working.name,
        activity=declared.activity,
        lines=_frame(working, lines),
        closes=not missing,
        taken=float(working.taken[-1].sum()) / years if len(remainder) else 0.0,
        missing=missing,
        unmet=0.0,
        avoided=0.0,
        sentences=(),
    )
    unmet, avoided = (_beyond(working, account, line, years) for line in ("unmet", "avoided"))
    account = replace(account, unmet=unmet, avoided=avoided)
    return replace(account, sentences=_sentences(working, account, years))


def _beyond(working: _Working, account: DisplacementAccount, line: str, years: float) -> float:
    """Returns a line's contacts a year; 0 where they are within the tolerance, or nothing is surely taken."""
    contacts = account.total(line)
    error = _taken_error(working)
    least = max(TOLERANCE * account.taken * years, 1e-6)
    return contacts / years if contacts > least and account.taken * years > STANDARD_ERRORS * error else 0.0


def _taken_error(working: _Working) -> float:
    """Returns the standard error of the contacts taken over the period; 0 where it is not known."""
    new = working.change.newly_joined
    if new is None:
        return 0.0
    taken = new[new.index.get_level_values("element") == working.declared.activity].sum()
    return float(taken.std(ddof=1) / math.sqrt(len(taken))) if len(taken) > 1 else 0.0


def _lines_at(working: _Working, place: str, among: Sequence[_Working]) -> list[Line]:
    """What is found at one place, and what is on its way there."""
    contacts, due = working.declared.to[place].contacts, working.due[place]
    part = _part(due.clip(min=0), [each.due[place].clip(min=0) for each in among if place in each.due])
    rise = part * _cumulative(working.change, place, ("joins", "changed_in"), ("rejoined", "changed_out"))
    there = _within(rise, due)
    lost = _within(part * _lost(working.change, place) - working.lost_before(place), there)
    waiting = _within(part * _level(working.change, place, "waiting"), there - lost)
    return [
        ("found", place, (there - lost - waiting) / contacts),
        ("still_waiting", place, waiting / contacts),
        ("unmet", place, lost / contacts),
        ("carried_forward", place, _within(working.on_the_way(place, among), (due - there) / contacts)),
        ("newly_met", place, rise - there),
    ]


def _lost(change: Change, place: str) -> Floats:
    """Returns how many more joined a queue in vain, cumulatively."""
    return _cumulative(change, place, ("gave_up", "turned_away", "deteriorated", "missed"), ("returned",))


def _missing(working: _Working, remainder: Floats, years: float) -> dict[str, float]:
    """Returns contacts a year that are found nowhere, by need tier, where chance does not explain them."""
    taken = working.taken[-1]
    missing = {}
    for place, need_tier in enumerate(working.change.tiers):
        error = _standard_error(working, need_tier)
        share = taken[place] if error is not None else taken.sum()
        allowed = max(TOLERANCE * abs(float(share)), STANDARD_ERRORS * (error or 0.0), 1e-6)
        if remainder[place] > allowed:
            missing[need_tier] = float(remainder[place]) / years
    return missing


def _standard_error(working: _Working, need_tier: str) -> float | None:
    """Returns the standard error of what is missing in a need tier; None with fewer than two replications."""
    new = working.change.newly_joined
    if new is None:
        return None
    rows = {str(element): new.loc[(element, tier)] for element, tier in new.index if tier == need_tier}
    nothing = pd.Series(0.0, index=new.columns)
    declared = working.declared
    gone = -rows.get(declared.activity, nothing)
    left = gone * (1 - declared.avoided - declared.unmet)
    for place, to in declared.to.items():
        left = left - rows.get(place, nothing) / to.contacts
    return float(left.std(ddof=1) / math.sqrt(len(left))) if len(left) > 1 else None


def _frame(working: _Working, lines: Sequence[tuple[str, str, Floats]]) -> pd.DataFrame:
    """Returns the lines by month and need tier; what is not a stock as what happened in the month."""
    months, tiers = working.change.months, working.change.tiers
    parts = []
    for line, element, cumulative in lines:
        values = cumulative if line in STOCKS else np.diff(cumulative, axis=0, prepend=0.0)
        parts.append(
            pd.DataFrame(
                {
                    "displacement": working.name,
                    "month": np.repeat(np.array(months, dtype=object), len(tiers)),
                    "need_tier": np.tile(np.array(tiers, dtype=object), len(months)),
                    "line": line,
                    "element": element,
                    "contacts": values.ravel(),
                },
                columns=list(LINE_COLUMNS),
            )
        )
    return pd.concat(parts, ignore_index=True)


def _sentences(working: _Working, account: DisplacementAccount, years: float) -> tuple[str, ...]:
    """Returns what became of the contacts taken, the missing first."""
    name = working.called(working.declared.activity)
    if account.taken <= 0 and account.closes:
        return (f"No contacts are taken from {name}.",)
    said = [
        f"{rounded(contacts)} contacts a year taken from {name}{working.tier(need_tier)} are found nowhere."
        for need_tier, contacts in account.missing.items()
    ]
    said += _found(working, account, years)
    enough = TOLERANCE * max(account.taken, 0.0)
    for line, what in (
        ("unmet", "become unmet need"),
        ("avoided", "are no longer needed, as declared"),
        ("still_waiting", "are still waiting at the end of the period"),
        ("carried_forward", "are not yet due at the end of the period"),
    ):
        contacts = account.total(line) / (1 if line in STOCKS else years)
        if contacts > enough:
            yearly = "" if line in STOCKS else " a year"
            said.append(f"{rounded(contacts)} contacts{yearly} taken from {name} {what}.")
    return tuple(said)


def _found(working: _Working, account: DisplacementAccount, years: float) -> list[str]:
    """Returns how many are found where, and what is newly met there."""
    name = working.called(working.declared.activity)
    said = []
    enough = TOLERANCE * max(account.taken, 0.0)
    places = sorted(working.declared.to)
    at = [(working.called(place), account.total("found", place) / years) for place in places]
    if whereabouts := [f"{rounded(found)} at {place}" for place, found in at if found > enough]:
        said.append(
            f"Of {rounded(account.taken)} contacts a year taken from {name}, "
            f"these are found: {listed(whereabouts)}."
        )
    said += [
        f"{rounded(more)} contacts a year at {working.called(place)} are newly met need, "
        f"beyond what is taken from {name}."
        for place in places
        if (more := account.total("newly_met", place) / years) > enough
    ]
    return said
