"""The variance that common random numbers take out of a comparison, on the worked example."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.file.open_save import load

KEYS = ["measure", "element", "pool", "need_tier", "footprint", "setting"]

HALVED = (("wait.mean", "first_clinic"), ("queue.mean", "first_clinic"), ("inside.mean", ""))
"""What every option changes by way of the same list, so that luck is shared."""


def _ratio(measure: str, element: str, *tables: pd.DataFrame) -> float:
    """Returns the half-width of the paired interval, over that of two independent samples."""
    baseline, option, difference = (_half_width(table, measure, element) for table in tables)
    return difference / math.hypot(baseline, option)


def _half_width(table: pd.DataFrame, measure: str, element: str) -> float:
    """Returns the half-width of the interval of a figure that is not divided further."""
    wanted = dict(zip(KEYS, (measure, element, "", "", "", ""), strict=True))
    rows = table[(table[KEYS] == pd.Series(wanted)).all(axis=1)]
    assert len(rows) == 1
    return float(rows["high"].iloc[0] - rows["low"].iloc[0]) / 2


@pytest.mark.minutes
def test_pairing_at_least_halves_the_interval_on_the_worked_example() -> None:
    """Thirty replications.

    A figure that an option all but frees from chance, such as a share near 100%, gains less: there is little
    luck left in it to share with the baseline. So it is with the wait where clinics near home clear the list.
    """
    scenario = load(shipped("scenarios") / "wigan-outpatient-follow-up.json")
    results = run_experiment(scenario, ("baseline", *scenario.options), engine="compiled")
    assert results.provenance.replications == 30
    baseline = results.summary("baseline")
    for option in scenario.options:
        tables = (baseline, results.summary(option), results.differences(option))
        for measure, element in HALVED:
            cleared = (option, measure) == ("near_home", "wait.mean")
            assert _ratio(measure, element, *tables) <= (0.6 if cleared else 0.5), (option, measure)
    tables = (baseline, results.summary("pifu_evidenced"), results.differences("pifu_evidenced"))
    for measure in ("bill", "contacts"):
        assert _ratio(measure, "", *tables) <= 0.5, measure
