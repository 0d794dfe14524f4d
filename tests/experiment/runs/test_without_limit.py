"""Runs in which one pool alone has no limit."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pathway_modeller.experiment.runs.without_limit import NoChanceOfDelay, alone, run_without_limit
from pathway_modeller.report.charts.chance_of_delay import chance_of_delay
from pathway_modeller.scenario.capacity import CapacityStep
from pathway_modeller.scenario.people import Footprint, NeedTier
from pathway_modeller.scenario.shifts.shifts import played
from tests.small_scenario import small
from tests.ward import LOAD, ward


def test_only_the_pool_that_is_asked_for_loses_its_limit() -> None:
    scenario = small()
    pathway = played(scenario, "second")
    lifted = alone(scenario, pathway, "clinicians").baseline
    assert lifted.pools["clinicians"].units is None
    assert lifted.pools["clinicians"].cost == pathway.pools["clinicians"].cost
    assert lifted.model_copy(update={"pools": pathway.pools}) == pathway


def test_variants_are_played_on_common_random_numbers_with_the_limit_each_has() -> None:
    found = run_without_limit(ward(12, replications=3), "beds", ["baseline", "more"], workers=1)
    base, more = found.occupancies
    assert (base.limit, more.limit) == (12, 14)
    # Options that differ only in the number of beds ask for the same beds.
    np.testing.assert_array_equal(base.shares, more.shares)
    np.testing.assert_allclose(base.shares.sum(axis=1), 1.0)
    assert found.results.variants == ("baseline", "more")
    assert found.results.provenance.replications == 3
    assert found.results.complete


def test_results_do_not_depend_on_workers_or_engine() -> None:
    scenario = ward(12, replications=3, days=60)
    one, two, three = (
        run_without_limit(scenario, "beds", **how).occupancies[0].shares  # type: ignore[arg-type]
        for how in ({"workers": 1}, {"workers": 2}, {"workers": 1, "engine": "simpy"})
    )
    np.testing.assert_array_equal(one, two)
    np.testing.assert_allclose(one, three, atol=1e-12)


def test_a_run_that_is_stopped_gives_what_is_finished() -> None:
    told: list[tuple[int, int]] = []
    found = run_without_limit(
        ward(12, replications=50, days=60),
        "beds",
        workers=1,
        progress=lambda *how_far: told.append(how_far),
        cancelled=lambda: len(told) > 5,
    )
    assert 0 < found.results.provenance.replications < 50
    assert found.occupancies[0].shares.shape[0] == found.results.provenance.replications
    none = run_without_limit(ward(12, replications=50), "beds", workers=1, cancelled=lambda: True)
    assert none.occupancies == ()


def test_a_pool_that_closes_or_is_not_there_is_refused_in_a_sentence() -> None:
    scenario = ward()
    pools = scenario.baseline.pools
    shut = pools["beds"].model_copy(update={"closed_on_bank_holidays": True})
    closing = scenario.baseline.model_copy(update={"pools": {"beds": shut}})
    with pytest.raises(NoChanceOfDelay, match="Stroke beds closes at times"):
        run_without_limit(scenario.model_copy(update={"baseline": closing}), "beds")
    with pytest.raises(NoChanceOfDelay, match="No variant that is run has a pool 'rooms'"):
        run_without_limit(scenario, "rooms")


def test_each_footprint_that_holds_beds_has_a_chance_of_its_own() -> None:
    scenario = ward(12, replications=3, days=60)
    beds = scenario.baseline.pools["beds"].model_copy(
        update={"per_footprint": True, "units": 8, "units_by_footprint": {"north": 9}}
    )
    places = {name: Footprint(name=name.title(), people={"all": 1000}) for name in ("north", "south")}
    tiers = {"all": NeedTier(name="All", level=1)}
    changes = {"pools": {"beds": beds}, "footprints": places, "need_tiers": tiers}
    divided = scenario.model_copy(update={"baseline": scenario.baseline.model_copy(update=changes)})
    found = run_without_limit(divided, "beds", workers=1)
    assert [(each.footprint, each.limit) for each in found.occupancies] == [("north", 9), ("south", 8)]
    means = [each.shares.mean(axis=0) @ np.arange(each.shares.shape[1]) for each in found.occupancies]
    assert sum(means) == pytest.approx(LOAD, rel=0.2)
    chart = chance_of_delay(found, divided, footprint="south")
    assert chart.headline.startswith("Stroke beds in South, alone without a limit: ")
    assert set(chart.table["footprint"]) == {"North", "South"}


def test_beds_that_change_in_the_period_have_no_one_number() -> None:
    scenario = ward(12, replications=1, days=60)
    steps = (CapacityStep(date=dt.date(2026, 3, 20), units=20),)
    changed = scenario.baseline.pools["beds"].model_copy(update={"steps": steps})
    baseline = scenario.baseline.model_copy(update={"pools": {"beds": changed}})
    (found,) = run_without_limit(
        scenario.model_copy(update={"baseline": baseline}), "beds", workers=1
    ).occupancies
    assert found.limit is None
