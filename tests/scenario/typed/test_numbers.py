"""Numbers, shares and lists as people type them: what is understood, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pathway_modeller.scenario.typed.lists import NUMBERS, read_numbers
from pathway_modeller.scenario.typed.notation import Notation, Unreadable, is_empty
from pathway_modeller.scenario.typed.numbers import (
    NUMBER,
    PERCENT,
    SHARE,
    WHOLE,
    number_words,
    read_number,
    read_percent,
    read_rate_or_share,
    read_share,
    read_whole,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.5", 12.5),
        ("1,250", 1250),
        ("1,250,000.50", 1_250_000.5),
        ("1 250", 1250),
        ("1\u00a0250", 1250),
        ("1\u202f250\u202f000", 1_250_000),
        ("1'250", 1250),
        ("1’250", 1250),
        (".5", 0.5),
        ("5.", 5),
        ("+5", 5),
        ("-5", -5),
        ("\u22125", -5),
        ("–5", -5),
        ("1e3", 1000),
        ("1.5E-3", 0.0015),
        ("0e99999", 0),
        ("１２．５", 12.5),
        ("٣٫٥", 3.5),
        ("१२", 12),
        ("\ufeff12\u200b", 12),
        ("\u200e12\u200f", 12),
        (" 12 ", 12),
        ("9" * 40, 1e40),
        ("1.7976931348623157e308", 1.7976931348623157e308),
        ("5e-324", 5e-324),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert read_number(text) == value


def test_a_number_without_decimals_is_whole() -> None:
    assert isinstance(read_number("12.0"), int)
    assert isinstance(read_number("12.5"), float)
    assert isinstance(read_number("1e300"), float)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("12,5", "12.5", "125"),
        ("5,3", "5.3", "53"),
        ("0,125", "0.125", "125"),
        ("0,5", "0.5", "5"),
        (",5", "0.5", "5"),
        ("-0,5", "-0.5", "-5"),
        ("1234,567", "1234.567", "1,234,567"),
        ("1,25", "1.25", "125"),
        ("1，25", "1.25", "125"),
        ("12٬5", "12.5", "125"),
    ],
)
def test_a_comma_that_may_be_a_decimal_one_is_refused_with_both_readings(
    text: str, one: str, other: str
) -> None:
    assert NUMBER.mistake(text) == f"“{text}” can be read as {one} or as {other}: write {one} or {other}"
    assert read_number(one) != read_number(other)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is not a number"),
        ("soon", "is not a number: write one such as 12.5"),
        ("nan", "is not a number"),
        ("NaN", "is not a number"),
        ("inf", "is not a number"),
        ("-Infinity", "is not a number"),
        ("0x10", "is not a number"),
        ("1_000", "is not a number"),
        ("5²", "is not a number"),
        ("½", "is not a number"),
        ("5-", "is not a number"),
        ("--5", "is not a number"),
        ("20 minutes", "is not a number"),
        ("1 2", "can be read as one number or as two: write 1 or 12"),
        ("12,", "a comma that does not stand before three digits: write 12,"),
        ("1,23,4", "a comma that does not stand before three digits: write 1234"),
        ("1,250,5", "a comma that does not stand before three digits"),
        ("1.250,50", "divides thousands with points: write 1,250.50"),
        ("1.250.000", "divides thousands with points: write 1,250,000"),
        ("£5", "is money, and a plain number belongs here: write 5"),
        ("5£", "is money, and a plain number belongs here: write 5"),
        ("$1,250", "is money, and a plain number belongs here: write 1,250"),
        ("5%", "is a percentage, and a plain number belongs here: write 5 or 0.05"),
        ("1e999", "is too large to be calculated with"),
        ("1e9999999", "is too large to be calculated with"),
        ("-1e1000000000000000", "is too large to be calculated with"),
        ("1e-999", "is too small to be told from 0: write 0, if that is meant"),
        ("1e-9999999", "is too small to be told from 0"),
        ("x" * 140_000, "is too long for a number"),
        ("9" * 140_000, "is too long for a number"),
        (" " * 140_000 + "5", "is too long for a number"),
    ],
)
def test_what_is_no_number_is_refused_in_one_short_sentence(text: str, says: str) -> None:
    sentence = NUMBER.mistake(text)
    assert says in sentence
    assert len(sentence) < 160
    assert "\n" not in sentence
    assert NUMBER.given(text) == (text.strip() or None)


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("12.0", 12), ("1,250", 1250), ("-3", -3), ("1 250", 1250)]
)
def test_a_whole_number_is_read(text: str, value: int) -> None:
    assert read_whole(text) == value
    assert isinstance(read_whole(text), int)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("12.5", "is not a whole number: write 12 or 13"),
        ("1.250", "is not a whole number: write 1,250, if that is meant"),
        ("1.000", "can be read as 1 or as 1,000: write 1 or 1,000"),
        ("12,5", "can be read as 12.5 or as 125"),
        ("many", "is not a whole number: write one such as 12"),
        ("1e30", "is too large for a whole number"),
    ],
)
def test_what_is_no_whole_number_is_refused(text: str, says: str) -> None:
    assert says in WHOLE.mistake(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5%", 0.05),
        ("5", 0.05),
        ("5 %", 0.05),
        ("5 per cent", 0.05),
        ("５％", 0.05),
        ("0.05%", 0.0005),
        ("1%", 0.01),
        ("100", 1),
        ("0", 0),
        ("-2", -0.02),
        ("150%", 1.5),
    ],
)
def test_a_share_is_read_in_per_cent(text: str, value: float) -> None:
    assert read_share(text) == value
    assert read_percent(text) == pytest.approx(value * 100, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("0.05", "0.05%", "5%"),
        ("1", "1%", "100%"),
        ("-0.5", "-0.5%", "-50%"),
        ("0,5", "0.5%", "5%"),
        ("5,3", "5.3%", "53%"),
        ("5,3%", "5.3%", "53%"),
    ],
)
def test_a_share_that_leaves_open_what_it_is_of_is_refused_with_both_readings(
    text: str, one: str, other: str
) -> None:
    for notation in (SHARE, PERCENT):
        assert notation.mistake(text).endswith(f"can be read as {one} or as {other}: write {one} or {other}")


@pytest.mark.parametrize("text", ["%5", "5%%", "£5", "half", "5% of them"])
def test_what_is_no_share_is_refused(text: str) -> None:
    assert SHARE.mistake(text)


def test_a_rate_may_be_typed_in_per_cent() -> None:
    assert read_rate_or_share("2%") == read_rate_or_share("0.02") == 0.02
    with pytest.raises(Unreadable, match=r"0.02 or as 2\b"):
        read_rate_or_share("0,02")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12, 14.5, 20", [12, 14.5, 20]),
        ("1;2; 3", [1, 2, 3]),
        ("1\n2\r\n\n3\n", [1, 2, 3]),
        ("1\t2", [1, 2]),
        ("1, 2,", [1, 2]),
        ("12", [12]),
    ],
)
def test_a_list_is_read(text: str, values: list[float]) -> None:
    assert read_numbers(text) == values


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (",", "holds no number"),
        ("1,250", "can be read as 1250 or as 1, 250: write 1250 or 1, 250"),
        ("3\n1,250\n2", "can be read as 1250 or as 1, 250"),
        ("12,5", "can be read as 12.5 or as 12, 5"),
        ("0,125", "can be read as 0.125 or as 0, 125"),
        ("1 250", "can be read as 1250 or as 1, 250"),
        ("1,2,3", "does not say where a value ends"),
        ("3 4 5", "does not say where a value ends"),
        ("1, x, 3", "value 2: “x” is not a number"),
        ("1e999, 3", "value 1: “1e999” is too large"),
        ("x" * 140_000, "is too long for a number"),
    ],
)
def test_a_list_that_does_not_say_where_a_value_ends_is_refused(text: str, says: str) -> None:
    assert says in NUMBERS.mistake(text)


@pytest.mark.parametrize(
    ("notation", "text", "words"),
    [
        (NUMBER, "1250", "= 1,250"),
        (NUMBER, "1,250", "= 1,250"),
        (NUMBER, "12,5", "“12,5” can be read as 12.5 or as 125: write 12.5 or 125."),
        (NUMBER, "  ", ""),
        (NUMBER, "–", ""),
        (SHARE, "5", "= 5%"),
        (PERCENT, "5", "= 5%"),
        (NUMBERS, "1, 2, 6", "= 3 values, from 1 to 6, mean 3"),
        (NUMBERS, "1250", "= 1 value, 1,250"),
    ],
)
def test_it_is_said_how_a_text_is_understood(notation: Notation[object], text: str, words: str) -> None:
    assert notation.understood(text) == words


@pytest.mark.parametrize("text", ["", " \u00a0", "\u200b", "–", "-"])
def test_nothing_and_a_dash_are_empty(text: str) -> None:
    assert is_empty(text)
    assert not is_empty(f"{text}5")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (999, "999"),
        (1250, "1,250"),
        (1250000.5, "1,250,000.5"),
        (-1250, "-1,250"),
        (1e20, "1E+20"),
        (0.0, "0"),
    ],
)
def test_thousands_are_set_apart(value: float, words: str) -> None:
    assert number_words(value) == words


def test_a_sentence_repeats_the_beginning_of_a_long_text() -> None:
    text = "twelve and a half, or perhaps thirteen"
    reader: Callable[[str], str] = NUMBER.mistake
    assert reader(text).startswith("“twelve and a half, or perhaps t…” is not")
