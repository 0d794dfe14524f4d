"""What is read from a cell and what is shown in one, and where pasted names belong."""

from __future__ import annotations

import pytest

from pathway_modeller.gui.inspector.kinds import Kind, fields_of
from pathway_modeller.gui.tables.blocks import assigned, read_block, write_block
from pathway_modeller.gui.tables.cells import Reading, plain, read, shown
from pathway_modeller.gui.tables.moves_block import without_diagonal
from pathway_modeller.gui.tables.sheet import Refused, Write
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.people import NeedTier, Payer
from pathway_modeller.scenario.typed.notation import Unreadable
from pathway_modeller.scenario.values import Record

READING = Reading(lambda _source: [("ward", "Ward"), ("day", "Day unit")], "2024/25")


def kind_of(record: type[Record], key: str) -> Kind:
    return next(spec.kind for spec in fields_of(record) if spec.key == key)


@pytest.mark.parametrize(
    ("record", "key", "text", "value"),
    [
        (Shift, "amount", "£250,000", {"value": 250_000, "price_year": "2024/25"}),
        (Shift, "amount", " 250 000 ", {"value": 250_000, "price_year": "2024/25"}),
        (Shift, "amount", "£1.2m (2022/23)", {"value": 1_200_000, "price_year": "2022/23"}),
        (Shift, "amount", "18k", {"value": 18_000, "price_year": "2024/25"}),
        (Shift, "ramp", "6 months", {"value": 6, "unit": "months"}),
        (Shift, "ramp", "1 Year", {"value": 1, "unit": "years"}),
        (Shift, "ramp", "10d", {"value": 10, "unit": "days"}),
        (Shift, "ramp", "0", {"value": 0, "unit": "days"}),
        (Shift, "starts", "1/4/2026", "2026-04-01"),
        (Shift, "starts", "2026-04-01", "2026-04-01"),
        (Shift, "starts", "01-Apr-26", "2026-04-01"),
        (Shift, "from", "day unit", "day"),
        (Shift, "from", "–", None),
        (Shift, "notice", "", None),
        (Payer, "risk_share", "40%", 0.4),
        (Payer, "risk_share", "40", 0.4),
        (Payer, "risk_share", "0.5 %", 0.005),
        (Payer, "arrangement", "In view", "in view"),
        (NeedTier, "need_weight", "1,234.5", 1234.5),
    ],
)
def test_a_cell_is_read_as_people_and_spreadsheets_write(
    record: type[Record], key: str, text: str, value: object
) -> None:
    assert read(kind_of(record, key), text, READING) == value


@pytest.mark.parametrize(
    ("record", "key", "text", "sentence"),
    [
        (Payer, "risk_share", "0.4", "can be read as 0.4% or as 40%: write 0.4% or 40%"),
        (NeedTier, "need_weight", "0,05", "can be read as 0.05 or as 5: write 0.05 or 5"),
        (NeedTier, "need_weight", "1,23,4", "does not stand before three digits: write 1234"),
        (Shift, "amount", "a lot", "write one such as £250,000"),
        (Shift, "amount", "-5", "less than nothing"),
        (Shift, "ramp", "6", "needs its unit of time"),
        (Shift, "ramp", "soon", "is not a length of time"),
        (Shift, "starts", "31/02/2026", "is not a day"),
        (Shift, "from", "Theatre", "there is no pool called “Theatre”"),
        (Payer, "arrangement", "Bank", "is not one of: Pooled, Aligned, In view"),
    ],
)
def test_what_could_be_read_in_two_ways_or_none_is_refused(
    record: type[Record], key: str, text: str, sentence: str
) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(kind_of(record, key), text, READING)


def test_pounds_need_a_year_of_prices_where_none_is_usual() -> None:
    with pytest.raises(Unreadable, match="has no year of prices"):
        read(kind_of(Shift, "amount"), "£5", Reading(lambda _source: [], None))


@pytest.mark.parametrize(
    ("record", "key", "value", "words", "edited"),
    [
        (Shift, "amount", {"value": 250_000.0, "price_year": "2024/25"}, "£250,000", "250000"),
        (Shift, "amount", {"value": 2.5, "price_year": "2022/23"}, "£2.50 (2022/23)", "2.5 (2022/23)"),
        (Shift, "ramp", {"value": 1.0, "unit": "months"}, "1 month", "1 month"),
        (Shift, "starts", "2026-04-01", "01/04/2026", "01/04/2026"),
        (Shift, "notice", None, "–", ""),
        (Shift, "from", "gone", "gone (missing)", "gone (missing)"),
        (Payer, "risk_share", 0.4, "40%", "40%"),
    ],
)
def test_what_is_shown_and_edited_reads_back(
    record: type[Record], key: str, value: object, words: str, edited: str
) -> None:
    kind = kind_of(record, key)
    assert shown(kind, value, READING) == words
    assert plain(kind, value, READING) == edited
    if value != "gone":
        assert read(kind, edited, READING) == value


def test_a_block_is_cut_as_spreadsheets_write_it() -> None:
    text = 'a\t"two\nlines"\t"say ""so"""\r\nb\r\n\t\r\n'
    assert read_block(text) == (("a", "two\nlines", 'say "so"'), ("b", "", ""))
    assert read_block(" \r\n") == ()
    assert read_block(write_block([["a\tb", 'c"d'], ["", "1"]])) == (("a\tb", 'c"d'), ("", "1"))
    assert write_block([["=1+1", "-5", "A&E"]]) == "'=1+1\t-5\tA&E\n"
    assert read_block("'=1+1\t-5\t'quoted'\n") == (("=1+1", "-5", "'quoted'"),)


@pytest.mark.parametrize(
    ("pasted", "start", "places"),
    [
        (["B", "a "], 0, [1, 0]),
        (["X", "Y"], 0, [0, 1]),
        (["X", "Y"], 1, [1, 2]),
        (["C", "A"], 0, [2, 0]),
        (["A", "A"], 0, [0, 1]),
        (["New"], 2, [2]),
    ],
    ids=["own places", "renamed", "one new", "place claimed", "said twice", "after the last"],
)
def test_pasted_names_go_to_their_own_places(pasted: list[str], start: int, places: list[int]) -> None:
    assert assigned(pasted, ["A", "B"], start) == places


def matrix(*rows: tuple[str, ...]) -> list[Write]:
    return [
        Write(down, across, text, (down, across))
        for down, row in enumerate(rows, 1)
        for across, text in enumerate(row, 1)
    ]


def test_a_diagonal_that_balances_its_rows_is_left_out() -> None:
    writes, said = without_diagonal(matrix(("-0.3", "0.3"), ("0.05", "-0.05")), 2)
    assert [(write.row, write.column) for write in writes] == [(1, 2), (2, 1)]
    assert said.startswith("The figures on the diagonal were left out")


def test_shares_after_a_year_are_no_rates() -> None:
    with pytest.raises(Refused, match="shares of people after a year and not yearly rates"):
        without_diagonal(matrix(("0.7", "0.3"), ("5%", "95%")), 2)


def test_any_other_diagonal_is_refused() -> None:
    with pytest.raises(Refused, match="leave the diagonal blank"):
        without_diagonal(matrix(("0.2", "0.3"), ("0.05", "")), 2)
