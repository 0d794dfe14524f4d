"""Cost, contacts and waits by footprint, for each need-weighted head; a footprint that loses comes first.

Heads are the baseline's under both variants, so that an option that finds more need, or in which people die,
does not look as if each head had fewer or more. Cost lines that name no footprint are divided by where the
baseline's people live. A footprint is worse off if its people wait longer for the contacts of the baseline
(:mod:`pathway_modeller.analysis.accounts.like_for_like`), or have fewer contacts for each need-weighted head,
each beyond chance (the 95% interval of the paired difference leaves out 0, for all footprints at once) and by
no less than the smallest difference that matters.

*Worked by hand* (``tests/analysis/accounts/test_equity.py``).
East has 900 people of weight 1 and 100 of weight 11,
West 1,000 of weight 1: 2,000 and 1,000 by weight, of 2,000 people, so that weights are scaled by 2/3: East
has 1,333 need-weighted heads and West 667. East's own lines cost £3,000, West's £1,000, and £2,000 are not
divided: £1,000 each by people. Cost for each need-weighted head: 4,000 / 1,333 = £3 in East, 2,000 / 667 = £3
in West.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.accounts.like_for_like import Beside, mean_of_known
from pathway_modeller.analysis.accounts.need_weights import ALL, NeedWeights, People
from pathway_modeller.analysis.accounts.wording import rounded
from pathway_modeller.analysis.statistics.intervals import PairedInterval
from pathway_modeller.analysis.statistics.means import paired
from pathway_modeller.scenario.differences import SmallestDifferences
from pathway_modeller.scenario.people import Footprint
from pathway_modeller.scenario.words.sentences import listed, quoted

Floats = npt.NDArray[np.float64]

HEADS = 1000.0
"""Need-weighted heads for which contacts are given."""

UNDIVIDED = "Cost that names no footprint is divided by where the people live."


@dataclass(frozen=True, eq=False)
class Side:
    """What equity is judged by, of one variant.

    Attributes:
        lines: ledger lines (means over replications); None if the system's cost is not known.
        people: mean people over the period.
    """

    lines: pd.DataFrame | None
    people: People


@dataclass(frozen=True)
class FootprintAccount:
    """One footprint before and after; ``ALL`` is all footprints together.

    Attributes:
        footprint: id, or ``ALL``.
        name: what people call it.
        heads: need-weighted heads under baseline and option; all else is for each of the baseline's.
        cost: pence a year for each need-weighted head; NaN where not known.
        contacts: attended contacts a year for each 1,000 need-weighted heads, means over replications.
        spared: contacts no longer needed, as declared, a year for each 1,000 heads; no loss.
        wait: mean waiting time for a contact of the baseline, like for like, in days.
        contacts_change, wait_change: paired differences option minus baseline.
        least: the smallest differences that matter, of waits and of contacts.
        worse: in which ways it is worse off: "waits longer", "fewer contacts"; or none.
        sentence: the same in words; "" if it is not worse off.
    """

    footprint: str
    name: str
    heads: tuple[float, float]
    cost: tuple[float, float]
    contacts: tuple[float, float]
    spared: float
    wait: tuple[float, float]
    contacts_change: PairedInterval
    wait_change: PairedInterval
    least: tuple[float, float]
    worse: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Equity:
    """Every footprint, those that lose first, then all together.

    Attributes:
        footprints: worse off first, each part in order of id.
        together: all footprints together.
        notes: sentences on what was assumed.
    """

    footprints: tuple[FootprintAccount, ...]
    together: FootprintAccount
    notes: tuple[str, ...]

    @property
    def losers(self) -> tuple[FootprintAccount, ...]:
        """The footprints that are worse off."""
        return tuple(each for each in self.footprints if each.worse)


@dataclass(frozen=True, eq=False)
class Terms:
    """How footprints are compared.

    Attributes:
        weights: see :func:`pathway_modeller.analysis.accounts.need_weights.need_weights`; for both variants.
        care: waits and contacts of both, like for like.
        matters: the smallest differences that matter.
        years: length of the period, by the calendar.
    """

    weights: NeedWeights
    care: Beside
    matters: SmallestDifferences
    years: float


def equity(footprints: Mapping[str, Footprint], terms: Terms, before: Side, after: Side) -> Equity:
    """Returns cost, contacts and waits by footprint, and who is worse off.

    Args:
        footprints: the footprints of the scenario.
        terms: how they are compared.
        before: the baseline.
        after: the option.
    """
    sides = (_Figures(before, before.people, terms), _Figures(after, before.people, terms))
    number = len(footprints)
    found = [
        _account(name, footprint.name, sides, terms, number) for name, footprint in sorted(footprints.items())
    ]
    found.sort(key=lambda each: not each.worse)
    divided = any(
        side.lines is not None and (side.lines["footprint"] == "").any() for side in (before, after)
    )
    notes = (*terms.weights.notes, *((UNDIVIDED,) if divided else ()))
    return Equity(tuple(found), _account(ALL, "All footprints", sides, terms, 1), notes)


class _Figures:
    """The figures of one variant by footprint."""

    def __init__(self, side: Side, people: People, terms: Terms) -> None:
        self.side = side
        self.people = people
        self.years = terms.years
        self.heads = terms.weights.heads(people)
        self.own_heads = terms.weights.heads(side.people)

    @cached_property
    def _pence(self) -> dict[str, float]:
        """Pence of cost by footprint; "" for what names none."""
        if self.side.lines is None:
            return {}
        cost = self.side.lines[self.side.lines["view"] == "cost"]
        sums = cost.groupby("footprint", sort=False)["pence"].sum()
        return {str(name): float(pence) for name, pence in sums.items()}

    def cost(self, footprint: str) -> float:
        """Returns pence a year for each need-weighted head; NaN where not known."""
        heads = self.heads.get(footprint, 0.0)
        if self.side.lines is None or heads <= 0:
            return math.nan
        if footprint == ALL:
            return math.fsum(self._pence.values()) / self.years / heads
        own, shared = self._pence.get(footprint, 0.0), self._pence.get("", 0.0)
        here = math.fsum(many for (_, place), many in self.people.items() if place == footprint)
        everywhere = math.fsum(self.people.values())
        return (own + shared * here / everywhere) / self.years / heads

    def for_heads(self, contacts: Floats, footprint: str) -> Floats:
        """Returns contacts a year for each 1,000 need-weighted heads of a footprint."""
        heads = self.heads.get(footprint, 0.0)
        return contacts / self.years / (heads or math.nan) * HEADS


def _account(
    footprint: str, name: str, sides: tuple[_Figures, _Figures], terms: Terms, among: int
) -> FootprintAccount:
    """Returns one footprint before and after; it is judged together with the others, of ``among``."""
    waits, seen = terms.care.waits(footprint), terms.care.contacts(footprint)
    contacts = [side.for_heads(each, footprint) for side, each in zip(sides, seen.both, strict=True)]
    spared = sides[0].for_heads(seen.spared, footprint)
    changed = paired(contacts[1], contacts[0], among=among)
    waited = paired(waits[1], waits[0], among=among)
    lost = paired(contacts[1] + spared, contacts[0], among=among)
    least = (
        terms.matters.least("days", mean_of_known(waits[0])),
        terms.matters.least("contacts", mean_of_known(contacts[0])),
    )
    longer = waited.low > 0 and waited.mean >= least[0]
    fewer = lost.high < 0 and -lost.mean >= least[1]
    worse = (*(("waits longer",) if longer else ()), *(("fewer contacts",) if fewer else ()))
    means = [(mean_of_known(contacts[place]), mean_of_known(waits[place])) for place in (0, 1)]
    return FootprintAccount(
        footprint=footprint,
        name=name,
        heads=(sides[0].own_heads.get(footprint, 0.0), sides[1].own_heads.get(footprint, 0.0)),
        cost=(sides[0].cost(footprint), sides[1].cost(footprint)),
        contacts=(means[0][0], means[1][0]),
        spared=mean_of_known(spared),
        wait=(means[0][1], means[1][1]),
        contacts_change=changed,
        wait_change=waited,
        least=least,
        worse=worse,
        sentence=_sentence(name, worse, lost, waited),
    )


def _sentence(name: str, worse: Sequence[str], seen: PairedInterval, waited: PairedInterval) -> str:
    """Returns in which ways a footprint is worse off; "" if it is not."""
    ways = []
    if "waits longer" in worse:
        ways.append(
            f"wait {_days(waited.mean)} days longer on average ({_days(waited.low)} to {_days(waited.high)})"
        )
    if "fewer contacts" in worse:
        ways.append(
            f"have {rounded(-seen.mean)} contacts a year fewer for each 1,000 need-weighted heads "
            f"({rounded(-seen.high)} to {rounded(-seen.low)})"
        )
    return f"{quoted(name)} is worse off: its people {listed(ways)}." if ways else ""


def _days(days: float) -> str:
    """Returns days with two significant figures below ten."""
    return rounded(days) if days >= 1 else f"{days:.2g}"
