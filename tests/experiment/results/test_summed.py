"""Money, people and contacts over replications: every penny kept, every line a mean."""

from __future__ import annotations

import pandas as pd
import pytest

from pathway_modeller.analysis.ledger import lines as ledger
from pathway_modeller.experiment.results.results import CASH, LINE, Results
from pathway_modeller.experiment.results.summed import SummedTable
from pathway_modeller.experiment.runs.run import run_experiment
from tests.experiment import stand_in

BOTH = ("baseline", "more")
REPLICATIONS = 6


@pytest.fixture(scope="module")
def results() -> Results:
    return run_experiment(stand_in.scenario(REPLICATIONS), BOTH, workers=1, replication=stand_in.quick)


def test_the_mean_of_a_line_is_its_sum_over_replications_by_their_number(results: Results) -> None:
    lines = results.ledger[(results.ledger["variant"] == "baseline") & (results.ledger["month"] == "2025-05")]
    # Three of six replications have a line of 7 pence; a line that one lacks is no pounds in that one.
    assert lines["pence"].tolist() == [7 * 3 / REPLICATIONS]
    assert list(results.ledger.columns) == ["variant", *LINE, "pence"]


def test_cash_and_ledger_agree_to_the_penny(results: Results) -> None:
    assert list(results.cash.columns) == ["variant", "replication", *CASH, "pence"]
    for variant in BOTH:
        cash = results.cash[results.cash["variant"] == variant]
        lines = results.ledger[results.ledger["variant"] == variant]
        assert cash["pence"].dtype == "int64"
        for view in ("bill", "cost"):
            kept = int(cash.loc[cash["view"] == view, "pence"].sum())
            assert lines.loc[lines["view"] == view, "pence"].sum() * REPLICATIONS == pytest.approx(kept)
    # Need tiers do not divide cash: two bill lines of April are one sum in each replication.
    april = results.cash.query("variant == 'baseline' and month == '2025-04' and view == 'bill'")
    assert april["replication"].tolist() == list(range(REPLICATIONS))


def test_a_price_that_one_replication_misses_is_missed(results: Results) -> None:
    assert results.missing == {"more": {"cost": ("Room: cost",)}}


def test_people_have_an_interval_and_contacts_a_mean(results: Results) -> None:
    people = results.population.query("variant == 'baseline'").set_index("year")
    assert people.loc[0, ["mean", "low", "high"]].tolist() == [100.0] * 3
    assert people.loc[1, "low"] < people.loc[1, "mean"] < people.loc[1, "high"]
    contacts = results.account.query("variant == 'more'")
    assert contacts[["joins", "starts"]].to_numpy().tolist() == [[contacts["joins"].iloc[0]] * 2]
    assert contacts["missed"].tolist() == [0.0]


def test_no_replication_no_rows() -> None:
    nothing = run_experiment(
        stand_in.scenario(), BOTH, workers=1, replication=stand_in.quick, cancelled=lambda: True
    )
    assert [len(table) for table in (nothing.cash, nothing.ledger, nothing.account)] == [0, 0, 0]
    assert list(nothing.population.columns) == [
        "variant",
        "year",
        "need_tier",
        "footprint",
        "mean",
        "low",
        "high",
    ]


def test_sums_do_not_depend_on_the_order_of_tables() -> None:
    tables = [
        pd.DataFrame({"month": ["b", "a"], "pence": [1, 2]}),
        pd.DataFrame({"month": ["c"], "pence": [5]}),
        pd.DataFrame({"month": ["a", "a"], "pence": [10, 20]}),
    ]
    found = []
    for order in (tables, tables[::-1]):
        summed = SummedTable(("month",), ("pence",))
        for each in order:
            summed.add(each)
        found.append(summed.means(1))
    assert found[0].to_dict("list") == {"month": ["a", "b", "c"], "pence": [32, 1, 5]}
    pd.testing.assert_frame_equal(*found)


def test_results_are_divided_as_the_ledger_is() -> None:
    assert ledger.LABELS == LINE
