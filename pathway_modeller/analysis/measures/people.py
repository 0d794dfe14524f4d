"""How many people there are in each need tier, how long they lived there, and who came there from below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pathway_modeller.analysis.ledger.lines import Ledger
from pathway_modeller.analysis.measures.groups import EVERYTHING, Groups, Key
from pathway_modeller.analysis.measures.measure import Block, Floats, Ints, Measure, block
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.scenario.values import DAYS_PER_YEAR

# The records below stand as in a table, several fields to a line.
# fmt: off
PEOPLE = (
    Measure(
        "people.end", "People at the end", "people", "Stock: everybody in a need tier when the run ends.",
        "neither",
        "Patients and all others, in the footprints. Beside the people of the start date it tells where they "
        "moved, were born or died.",
    ),
    Measure(
        "people.years_in_tier", "Years lived in the need tier", "person-years",
        "All days of the data collection period; the warm-up period is left out.", "neither",
        "People times time, in years of 365.25 days. In the tier of those in good health, years lived in "
        "good health.",
    ),
    Measure(
        "people.onsets", "Came from a lower need tier", "people",
        "Flow: moves within the data collection period, each time that a person moved.", "lower",
        "Moves up the triangle, by the tier reached; fewer than in the baseline are onsets prevented.",
        interval="count",
    ),
)
# fmt: on


def people(scope: Scope) -> Iterator[Block]:
    """Yields people, years and onsets by need tier and footprint, where anybody lives in one."""
    tiers, footprints = scope.legend.need_tiers, scope.legend.footprints
    levels = np.array([scope.pathway.need_tiers[name].level for name in tiers])
    if not any(each.people for each in scope.pathway.footprints.values()):
        return
    groups = Groups.of(_ways(tiers, footprints))

    def found(facts: Facts, _: Ledger) -> list[Floats]:
        living, bounds = facts.people, np.array([scope.start, max(scope.end, scope.start)])
        end, days = living.at(bounds[1:])[0], living.person_days(bounds)[0]
        within = (living.times > bounds[0]) & (living.times <= bounds[1])
        left, reached = living.left[within], living.reached[within]
        inside = (left >= 0) & (reached >= 0)
        left, reached = left[inside], reached[inside]
        up = levels[reached // len(footprints)] > levels[left // len(footprints)]
        onsets = np.bincount(reached[up], minlength=end.size)
        return [groups.totals(each) for each in (end.ravel(), days.ravel() / DAYS_PER_YEAR, onsets)]

    yield block(PEOPLE, groups, found)


def _ways(tiers: Sequence[str], footprints: Sequence[str]) -> list[tuple[Sequence[Key], Ints]]:
    """Returns the ways to divide compartments: all together, by need tier, by footprint."""
    tier, footprint = (each.ravel() for each in np.indices((len(tiers), len(footprints)), dtype=np.int64))
    return [
        ((EVERYTHING,), np.zeros_like(tier)),
        (tuple(Key(need_tier=name) for name in tiers), tier),
        (tuple(Key(footprint=name) for name in footprints), footprint),
    ]
