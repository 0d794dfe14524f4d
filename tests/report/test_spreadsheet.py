"""Tables for spreadsheets: the mark of UTF-8, and names that begin as formulas do."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from pathway_modeller.report.spreadsheet import cell_text, cell_words, write_csv


@pytest.mark.parametrize(
    "text", ["=1+1", "+Out", "-2+3", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")', "-", "+£3k"]
)
def test_text_that_begins_a_formula_becomes_text(text: str) -> None:
    assert cell_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+0.3", "-1e-3", "Ward = beds", "A&E", "", "'quoted'", "−5 days"])
def test_numbers_and_other_text_stay_as_they_are(text: str) -> None:
    assert cell_text(text) == text


def test_a_table_has_the_mark_and_no_formula(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"of": ["=1+1", "Ärzte £"], "value": [-5.0, 2.5], "@title": ["a", "b"], "mixed": [-3, "-x"]}
    )
    file = write_csv(table, tmp_path / "t.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows == [
        ["of", "value", "'@title", "mixed"],
        ["'=1+1", "-5.0", "a", "-3"],
        ["Ärzte £", "2.5", "b", "'-x"],
    ]
    assert table.loc[0, "of"] == "=1+1", "the table itself is not changed"


def test_two_columns_of_one_title_are_written(tmp_path: Path) -> None:
    table = pd.DataFrame([["=a", "=b"]], columns=["Clinic", "Clinic"])
    assert write_csv(table, tmp_path / "t.csv").read_text("utf-8-sig") == "Clinic,Clinic\n'=a,'=b\n"


@pytest.mark.parametrize("text", ["=1+1", "-2+3", "-5", "A&E", "", "'", "'quoted'", "'=x", "@"])
def test_a_cell_is_read_back_as_it_was(text: str) -> None:
    assert cell_words(cell_text(text)) == text
