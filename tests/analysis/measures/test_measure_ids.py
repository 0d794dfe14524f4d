"""What a scenario knows of measures is what the measures are: their ids, and of what each has a figure."""

from __future__ import annotations

import pytest

from pathway_modeller.analysis.measures.catalogue import MEASURES
from pathway_modeller.experiment.runs.variant import variant_of
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import DRAWN, Pathway
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.measure_ids import MEASURE_IDS, places_of
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import played


def test_ids_are_those_of_the_measures() -> None:
    assert {key: measure.of for key, measure in MEASURES.items()} == dict(MEASURE_IDS)


def _kind(pathway: Pathway, element: str, pool: str) -> str | None:
    """Returns the map in which what a figure is of stands; None for the whole pathway."""
    if pool:
        return "pools"
    return next((name for name in DRAWN if element in getattr(pathway, name)), None)


@pytest.mark.parametrize("file", ["wigan-outpatient-follow-up", "five-tier-population"])
def test_figures_are_of_what_the_table_says(file: str) -> None:
    scenario = load(shipped("scenarios") / f"{file}.json")
    pathway = played(scenario, BASELINE)
    rows = variant_of(scenario, BASELINE, pathway, scenario.run, 1.0).measures.rows.texts()
    names = ("measure", "element", "pool", "need_tier", "footprint", "setting")
    found: dict[str, set[tuple[str | None, bool]]] = {}
    for measure, element, pool, tier, footprint, setting in zip(*(rows[each] for each in names), strict=True):
        if not footprint and not setting:
            named = max((each for each in MEASURE_IDS if f"{measure}.".startswith(f"{each}.")), key=len)
            found.setdefault(named, set()).add((_kind(pathway, element, pool), bool(tier)))
    assert len(found) > 40
    for measure, kinds in found.items():
        places = places_of(measure)
        members = {kind for kind, _ in kinds if kind is not None}
        assert members <= {places.members}, measure
        assert ((None, False) in kinds) == places.whole, measure
        assert any(tier for _, tier in kinds) == places.tiers, measure
