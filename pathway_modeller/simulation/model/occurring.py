"""Which patient groups can occur in a model."""

from __future__ import annotations

import itertools

from pathway_modeller.simulation.model.parts import FOOTPRINT, NEED_TIER, Model
from pathway_modeller.simulation.patient_groups import Combination


def combinations(model: Model) -> tuple[Combination, ...]:
    """Returns the combinations of need tier and footprint that patients can have.

    They have one when they come; whatever gives a patient another need tier or footprint later on is taken to
    give it to anybody.
    """
    found: set[Combination] = set()
    for come in (*(each.groups for each in model.streams), *(each.groups for each in model.today)):
        found.update(come.pairs)
    given: dict[int, set[int]] = {NEED_TIER: set(), FOOTPRINT: set()}
    given[NEED_TIER].update(change.target for changes in model.need_changes for change in changes)
    for activity in model.activities:
        given[NEED_TIER].update(what.to_tier for what in (activity.deterioration if activity else ()))
    for routes in model.routes:
        for arrow in (*routes.conditional, *routes.shared):
            for place, code in arrow.sets:
                given.get(place, set()).add(code)
    for place, codes in given.items():
        for each, code in itertools.product(tuple(found), codes - {-1}):
            found.add((*each[:place], code, *each[place + 1 :]))
    return tuple(sorted(found))
