"""Rows of tables numbered by what they are about."""

from __future__ import annotations

import pandas as pd
import pytest

from pathway_modeller.analysis.columns import COUNTS
from pathway_modeller.experiment.results.per_replication import KeptAccount, KeptTable
from pathway_modeller.experiment.results.row_numbers import RowNumbers


def table(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[f"column {number}" for number in range(len(rows[0]))])


def numbered(*tables: pd.DataFrame) -> tuple[RowNumbers, list[list[int]]]:
    rows = RowNumbers(list(tables[0].columns))
    return rows, [rows.of(each).tolist() for each in tables]


def test_equal_rows_have_one_number_and_new_ones_the_next() -> None:
    first = table(("b", 1.5), ("a", 1.5), ("b", 1.5))
    second = table(("c", 0.0), ("a", 1.5), ("b", 0.0), ("c", 0.0))
    rows, numbers = numbered(first, second)
    assert numbers == [[0, 1, 0], [2, 1, 3, 2]]
    plain = rows.plain(rows.of(second))
    assert [column.tolist() for column in plain.values()] == [["c", "a", "b", "c"], [0.0, 1.5, 0.0, 0.0]]
    assert [str(column.dtype) for column in plain.values()] == [str(each) for each in second.dtypes]
    assert rows.in_order().tolist() == [1, 3, 0, 2]


def test_categories_are_told_apart_by_label_not_by_code() -> None:
    first = table(("a", "x"), ("b", "y")).astype("category")
    second = table(("b", "x"), ("c", "y"), ("b", "y")).astype("category")
    rows, numbers = numbered(first, second)
    assert numbers == [[0, 1], [2, 3, 1]]
    labels = rows.labels(rows.of(second))["column 0"]
    assert labels.tolist() == ["b", "c", "b"]
    assert labels.cat.categories.tolist() == ["a", "b", "c"]


def test_rows_of_more_columns_than_go_into_one_number_are_told_apart() -> None:
    wide = [tuple(f"{row * column % 7}" for column in range(30)) for row in range(7)]
    some, every = table(*wide[:3]), table(*reversed(wide))
    assert numbered(some, every)[1] == [[0, 1, 2], [3, 4, 5, 6, 2, 1, 0]]


def test_a_missing_label_is_refused() -> None:
    with pytest.raises(ValueError, match="column 0"):
        numbered(table((None, 1), ("a", 1)))


def test_replications_are_kept_apart_with_their_labels() -> None:
    kept = KeptTable(["column 0"])
    for rows in (table(("a", 1.0), ("b", 2.0)), table(("b", 3.0))):
        kept.add(kept.rows.of(rows), {"value": rows["column 1"].to_numpy()})
    found = kept.table().astype({"column 0": object})
    assert found.to_numpy().tolist() == [[0, "a", 1.0], [0, "b", 2.0], [1, "b", 3.0]]


def test_who_waits_at_the_end_of_the_period_is_of_its_last_month() -> None:
    months = [("2025-04", 3, 10, 12), ("2025-05", 4, 12, 11)]
    account = pd.DataFrame(
        [
            {"month": month, "element": "clinic", "need_tier": "tip", **dict.fromkeys(COUNTS, 0)}
            | {"joins": joins, "waiting_start": start, "waiting_end": end}
            for month, joins, start, end in months
        ]
    )
    kept = KeptAccount()
    kept.add_account(account)
    whole = kept.table().iloc[0]
    assert (whole["joins"], whole["waiting_start"], whole["waiting_end"]) == (7, 10, 11)


def test_the_very_rows_of_the_table_before_have_its_numbers_and_no_others_do() -> None:
    first = table(("b", 1.5), ("a", 1.5), ("b", 2.0)).astype({"column 0": "category"})
    again, turned = first.copy(), first.iloc[::-1].reset_index(drop=True)
    renamed = first.assign(**{"column 0": first["column 0"].cat.rename_categories({"a": "c"})})
    plain, shorter = first.astype({"column 0": "str"}), first.iloc[:2]
    tables = (first, again, turned, turned, renamed, plain, plain, shorter, shorter.iloc[:0], first)
    b, a, late, c = 0, 1, 2, 3
    assert numbered(*tables)[1] == [
        [b, a, late],
        [b, a, late],
        [late, a, b],
        [late, a, b],
        [b, c, late],
        [b, a, late],
        [b, a, late],
        [b, a],
        [],
        [b, a, late],
    ]


def test_a_label_that_is_missing_is_refused_each_time() -> None:
    rows = RowNumbers(["column 0"])
    missing = table((float("nan"),), (1.0,))
    for _ in range(2):
        with pytest.raises(ValueError, match="column 0"):
            rows.of(missing)
