"""Waits and contacts of the most and the least deprived fifth, and the gap between the two.

A footprint has a share s(f, q) of its people in each fifth q of England by the Index of Multiple Deprivation.
Patients of a footprint are taken to come from its fifths as its people do, so that of the n(f) contacts of
footprint f and their waits w(f), in days, fifth q has

    mean wait       W(q) = sum over f of s(f, q) w(f)  /  sum over f of s(f, q) n(f)
    contacts a year C(q) = 1,000 x sum over f of s(f, q) n(f)  /  sum over f of s(f, q) p(f)

where p(f) are the years that the people of the footprint lived in the data collection period. The gap is that
of fifth 1, the most deprived, less that of fifth 5. This is ecological inference (W. S. Robinson, American
Sociological Review 1950; 15: 351-357): it finds what differs between footprints, and nothing of what differs
between the people of one. Where all footprints have the same shares the gap is 0, whatever happens to
people; the more a footprint holds of both ends, the smaller it is. Patients without a footprint, or of one
whose shares are not given, are left out.

*Worked by hand* (``tests/analysis/measures/test_deprivation.py``). All of East is in fifth 1, half of West in
fifth 1 and half in fifth 5. East has 2 contacts that waited 6 days together, West 4 that waited 4 days: fifth
1 has 2 + 2 contacts and 6 + 2 days, 2 days each; fifth 5 has 2 contacts and 2 days, 1 day each. The gap is 1.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pathway_modeller.analysis.ledger.lines import Ledger
from pathway_modeller.analysis.measures.groups import by_activity
from pathway_modeller.analysis.measures.measure import Block, Floats, Measure, block
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.scenario.people import FIFTHS
from pathway_modeller.scenario.values import DAYS_PER_YEAR
from pathway_modeller.simulation.tally.cells import Cells
from pathway_modeller.simulation.trace import Event

HEADS = 1000.0
"""People for whom contacts are given."""

_WAITED = "Flow: patients who were started and attended in the data collection period."
_SEEN = "Flow: contacts started and attended in the data collection period, and the people of the footprints."
_BY_SHARES = (
    "Patients of a footprint are taken to come from the fifths of deprivation as its people do. Differences "
    "between the people of one footprint are not seen."
)
_GAP = "That of the most deprived fifth less that of the least deprived; 0 is no gap."

# The records below stand as in a table, several fields to a line.
# fmt: off
WAITS = (
    Measure(
        "deprivation.wait_most", "Mean waiting time, most deprived fifth", "days", _WAITED, "lower",
        _BY_SHARES,
    ),
    Measure(
        "deprivation.wait_least", "Mean waiting time, least deprived fifth", "days", _WAITED, "lower",
        _BY_SHARES,
    ),
    Measure(
        "deprivation.wait_gap", "Gap in mean waiting time by deprivation", "days", _WAITED, "neither",
        f"{_GAP} {_BY_SHARES}", signed=True,
    ),
)
CONTACTS = (
    Measure(
        "deprivation.contacts_most", "Contacts a year per 1,000 people, most deprived fifth", "contacts",
        _SEEN, "neither", _BY_SHARES,
    ),
    Measure(
        "deprivation.contacts_least", "Contacts a year per 1,000 people, least deprived fifth", "contacts",
        _SEEN, "neither", _BY_SHARES,
    ),
    Measure(
        "deprivation.contacts_gap", "Gap in contacts a year per 1,000 people by deprivation", "contacts",
        _SEEN, "neither", f"{_GAP} {_BY_SHARES}", signed=True,
    ),
)
# fmt: on
DEPRIVATION = (*WAITS, *CONTACTS)


def deprivation(scope: Scope) -> Iterator[Block]:
    """Yields waits and contacts of both ends and their gap, in all and by activity, where shares are given.

    Contacts need people to be divided by.
    """
    footprints = scope.pathway.footprints
    shares = np.zeros((len(scope.legend.footprints) + 1, FIFTHS))  # the last one is that of no footprint
    for place, name in enumerate(scope.legend.footprints):
        shares[place] = (footprints[name].imd if name in footprints else None) or 0.0
    if not shares.any():
        return
    _, group = Cells.of(scope.legend).columns()
    ends = shares[scope.legend.groups.codes["footprint"][group]][:, [0, FIFTHS - 1]].T
    groups = by_activity(scope)

    def waited(facts: Facts, _: Ledger) -> list[Floats]:
        found = facts.days("waited")
        most, least = (
            _over(groups.totals(found.sums * end), groups.totals(found.sizes * end)) for end in ends
        )
        return [most, least, most - least]

    def seen(facts: Facts, _: Ledger) -> list[Floats]:
        days = facts.people.person_days(np.array([scope.start, max(scope.end, scope.start)]))[0].sum(axis=0)
        years = days @ shares[:-1][:, [0, FIFTHS - 1]] / DAYS_PER_YEAR
        contacts = facts.events.by_cell[Event.START]
        most, least = (
            _over(groups.totals(contacts * end) * HEADS, np.full(len(groups), lived))
            for end, lived in zip(ends, years, strict=True)
        )
        return [most, least, most - least]

    yield block(WAITS, groups, waited)
    if any(each.people for each in footprints.values()):
        yield block(CONTACTS, groups, seen)


def _over(sums: Floats, parts: Floats) -> Floats:
    """Returns quotients; NaN over nothing."""
    found: Floats = sums / np.where(parts > 0, parts, np.nan)
    return found
