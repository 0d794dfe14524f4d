"""Money, people and contacts over replications: every penny kept, every line a mean."""

from __future__ import annotations

import datetime as dt
import pickle
from dataclasses import replace

import numpy as np
import pytest

from pathway_modeller.analysis.columns import ACCOUNT, COUNTS, LINE
from pathway_modeller.analysis.ledger.codes import LineCodes, added_up
from pathway_modeller.analysis.rows import Rows
from pathway_modeller.experiment.results.results import CASH, Provenance, Results
from pathway_modeller.experiment.results.vectors import Plan, Vectors
from pathway_modeller.experiment.runs.collect import Collector
from pathway_modeller.experiment.runs.run import run_experiment
from tests.experiment import stand_in
from tests.vectors_by_hand import vectors

NOTHING = Provenance("", "", 1, "", "", 0.0, 61.0, 1, dt.date(2025, 4, 1))

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


def test_sums_do_not_depend_on_the_order_of_lines() -> None:
    numbers = LineCodes.of({"month": ("a", "b", "c")})
    lines = [("b", 1), ("a", 2), ("c", 5), ("a", 10), ("a", 20)]
    for order in (lines, lines[::-1]):
        codes = np.array([numbers.code({"month": month}) for month, _ in order])
        distinct, pence = added_up(codes, np.array([each for _, each in order]))
        assert numbers.rows(distinct, ("month",)).texts()["month"].tolist() == ["a", "b", "c"]
        assert pence.tolist() == [32, 1, 5]


def test_the_number_of_a_line_tells_what_it_is_about() -> None:
    labels = {"month": ("2025-04", "2025-05"), "view": ("bill", "cost"), "payer": ("nhs",), "shift": ("s",)}
    numbers = LineCodes.of(labels)
    line = {"month": "2025-05", "view": "bill", "payer": "nhs"}
    codes = np.array([numbers.code(line), numbers.code({"shift": "s"})])
    told = numbers.rows(codes).tuples
    assert [{name: label for name, label in zip(LINE, row, strict=True) if label} for row in told] == [
        line,
        {"shift": "s"},
    ]
    only = numbers.rows(numbers.only(codes, ("view",))).tuples
    assert [[label for label in row if label] for row in only] == [["bill"], []]
    with pytest.raises(KeyError):
        numbers.code({"payer": "council"})


def test_labels_that_cannot_be_numbered_are_refused() -> None:
    many = [str(number) for number in range(10_000)]
    with pytest.raises(ValueError, match="too many"):
        LineCodes.of(dict.fromkeys(LINE, many))


def test_who_waits_at_the_end_of_the_period_is_of_its_last_month() -> None:
    found = vectors({}, account={"joins": 3})
    assert isinstance(found.plan, Plan)
    months = Rows.of(ACCOUNT, [(month, "clinic", "tip") for month in ("2025-04", "2025-05")])
    counts = {"joins": (3, 4), "waiting_start": (10, 12), "waiting_end": (12, 11)}
    account = np.array([counts.get(name, (0, 0)) for name in COUNTS])
    collector = Collector(["baseline"])
    collector.add("baseline", 0, replace(found, plan=replace(found.plan, account=months), account=account))
    whole = collector.results(NOTHING).account_totals.iloc[0]
    assert (whole["joins"], whole["waiting_start"], whole["waiting_end"]) == (7, 10, 11)


def test_vectors_that_have_travelled_are_read_by_the_same_plan_and_no_other() -> None:
    plan = Plan(
        *(Rows.of(("kind",), [(name,)]) for name in "abc"),
        LineCodes.of({}),
        Rows.of(("y",), []),
        Rows.of(("m",), []),
    )
    none = np.zeros(0)
    sent = Vectors(plan, np.ones(1), none, (none,), none, np.zeros((1, 0), dtype=np.int64), none, none)
    arrived = pickle.loads(pickle.dumps(sent))  # noqa: S301
    assert arrived.plan == plan.digest
    assert arrived.of(plan).plan is plan
    with pytest.raises(ValueError, match="not in the order"):
        arrived.of(replace(plan, measures=plan.series))
