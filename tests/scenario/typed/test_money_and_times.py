"""Pounds, lengths of time, rates, days, financial years and clock times as people type them."""

from __future__ import annotations

import datetime as dt

import pytest

from pathway_modeller.scenario.typed.dates import (
    CLOCK,
    DAY,
    FINANCIAL_YEAR,
    day_words,
    read_clock,
    read_day,
    read_financial_year,
)
from pathway_modeller.scenario.typed.durations import DURATION, rate_words, read_duration, read_rate
from pathway_modeller.scenario.typed.money import POUNDS, money_words, read_money, read_pounds
from pathway_modeller.scenario.typed.notation import Unreadable


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("£250,000", 250_000),
        (" 250 000 ", 250_000),
        ("£1,250,000.50", 1_250_000.5),
        ("￡５", 5),
        ("£ 5", 5),
        ("GBP 500", 500),
        ("500 pounds", 500),
        ("18k", 18_000),
        ("£1.2m", 1_200_000),
        ("1.2 million", 1_200_000),
        ("£2bn", 2_000_000_000),
        ("50p", 0.5),
        ("1e3", 1000),
        ("0", 0),
    ],
)
def test_pounds_are_read(text: str, pounds: float) -> None:
    assert read_pounds(text) == pounds


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("£12,5", "can be read as £12.50 or as £125: write £12.50 or £125"),
        ("0,125", "can be read as £0.125 or as £125"),
        ("1,2m", "can be read as £1.2m or as £12m"),
        ("-£5", "is less than nothing: write £0 or more"),
        ("£-5", "is less than nothing"),
        ("$5", "is in another currency: write pounds"),
        ("5€", "is in another currency"),
        ("5£", "is not an amount in pounds"),
        ("££5", "is not an amount in pounds"),
        ("£50p", "is not an amount in pounds"),
        ("£5%", "is not an amount in pounds"),
        ("5%", "is not an amount in pounds"),
        ("a lot", "is not an amount in pounds: write one such as £250,000"),
        ("£", "is not an amount in pounds"),
        ("nan", "is not an amount in pounds"),
        ("£1.250,50", "divides thousands with points: write £1,250.50"),
        ("1e999", "is too large"),
        ("1e308bn", "is too large"),
        ("1e9999999k", "is too large"),
        ("9" * 140_000, "is not an amount in pounds"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, says: str) -> None:
    sentence = POUNDS.mistake(text)
    assert says in sentence
    assert len(sentence) < 160


@pytest.mark.parametrize(
    ("text", "pounds", "year"),
    [
        ("£250,000", 250_000, "2025/26"),
        ("£250,000 (2024/25)", 250_000, "2024/25"),
        ("£250,000 (2024/25 prices)", 250_000, "2024/25"),
        ("18k 23/24", 18_000, "2023/24"),
    ],
)
def test_the_year_of_prices_may_stand_after_the_pounds(text: str, pounds: float, year: str) -> None:
    assert read_money(text, "2025/26") == (pounds, year)
    assert read_money(money_words(pounds, year), None) == (pounds, year)


def test_pounds_without_a_year_are_refused_where_none_is_usual() -> None:
    with pytest.raises(Unreadable, match="has no year of prices: write it too, such as £5"):
        read_money("£5", None)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("6 months", (6, "months")),
        ("2 wks", (2, "weeks")),
        ("10d", (10, "days")),
        ("1 Year", (1, "years")),
        ("1.5h", (1.5, "hours")),
        ("90 min.", (90, "minutes")),
        ("1,250 days", (1250, "days")),
        ("1 250 days", (1250, "days")),
        ("0", (0, "days")),
        ("1 h 30 min", (90, "minutes")),
        ("1h 30m", (90, "minutes")),
        ("1 hour and 30 minutes", (90, "minutes")),
        ("2 days, 3 hours", (51, "hours")),
        ("1 year 6 months", (18, "months")),
    ],
)
def test_a_length_of_time_is_read(text: str, length: tuple[float, str]) -> None:
    assert read_duration(text) == length


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("6", "needs its unit of time: write 6 days, 6 weeks or 6 months"),
        ("3m", "can be read as 3 minutes or as 3 months: write 3 minutes or 3 months"),
        ("1:30", "can be read as 1 hour 30 minutes or as 1 minute 30 seconds"),
        ("1,5 hours", "can be read as 1.5 hours or as 15 hours"),
        ("-5 days", "is less than nothing"),
        ("soon", "is not a length of time: write one such as 6 months"),
        ("6 fortnights", "is not a length of time"),
        ("6 days ago", "is not a length of time"),
        ("1 month 2 days", "adds units that do not go into one another"),
        ("1e999 days", "is too large"),
        ("x" * 140_000, "is not a length of time"),
    ],
)
def test_what_is_no_length_of_time_is_refused(text: str, says: str) -> None:
    assert says in DURATION.mistake(text)


@pytest.mark.parametrize("text", ["12 per week", "12 a week", "12/week", "12 every wk", "12 per  Week"])
def test_a_rate_is_read(text: str) -> None:
    assert read_rate(text) == (12, "per week")


@pytest.mark.parametrize(
    "text", ["12", "12 per fortnight", "12,5 a week", "-1 a day", "often", "x" * 140_000]
)
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_rate(text)


def test_a_rate_is_written_as_it_reads() -> None:
    assert rate_words((12.5, "per week")) == "12.5 per week"


@pytest.mark.parametrize(
    "text",
    [
        "1/4/26",
        "1/4/2026",
        "01/04/2026",
        "1-4-26",
        "1.4.2026",
        "1 4 2026",
        "2026-04-01",
        "2026/4/1",
        "1 Apr 2026",
        "1 April 2026",
        "1st of April 2026",
        "01-Apr-26",
        "1apr26",
        "Apr 1, 2026",
        "April 1st 2026",
        "Wed 1 April 2026",
        "Wednesday, 1 April 2026",
        "2026-04-01 00:00:00",
        "01/04/2026 00:00",
        "١/٤/٢٠٢٦",
        "１／４／２６",
        "1⁄4⁄26",
        "1\u00a0April\u00a02026",
    ],
)
def test_a_day_is_read_with_the_day_first(text: str) -> None:
    assert read_day(text) == dt.date(2026, 4, 1)


@pytest.mark.parametrize(("text", "year"), [("00", 2000), ("89", 2089), ("90", 1990), ("99", 1999)])
def test_a_year_of_two_digits_is_one_that_a_scenario_can_be_about(text: str, year: int) -> None:
    assert read_day(f"1/4/{text}").year == year


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31/02/2026", "is not a day: February 2026 has 28 days"),
        ("29/2/2025", "is not a day: February 2025 has 28 days"),
        ("4/13/2026", "has the month before the day: write 13/4/2026"),
        ("13/13/2026", "there is no month 13"),
        ("1/6/0025", "lies outside the years 1990 to 2100: write 1/6/2025, if that is meant"),
        ("0025-06-02", "lies outside the years 1990 to 2100"),
        ("1/6/9999", "lies outside the years 1990 to 2100"),
        ("1 June 1989", "lies outside the years 1990 to 2100: write 1 june 2089"),
        ("1/4/226", "lies outside the years 1990 to 2100"),
        ("1/4", "has no year"),
        ("1 Apr", "has no year"),
        ("Thu 1 April 2026", "is a Wednesday"),
        ("2026-04-01 09:00", "is not a day: write one such as 01/04/2026"),
        ("46113", "is not a day"),
        ("1 Ju 2026", "is not a day"),
        ("tomorrow", "is not a day"),
        ("", "is not a day"),
        ("x" * 140_000, "is not a day"),
        ("9" * 140_000, "is not a day"),
    ],
)
def test_what_is_no_day_is_refused(text: str, says: str) -> None:
    sentence = DAY.mistake(text)
    assert says in sentence
    assert len(sentence) < 160


def test_a_day_is_said_with_its_weekday() -> None:
    assert day_words(dt.date(2026, 4, 1)) == "Wednesday 1 April 2026"
    assert DAY.understood("1/4/26") == "= Wednesday 1 April 2026"


@pytest.mark.parametrize("text", ["2024/25", "24/25", "2024-25", "2024–25", "2024/2025", "FY 24/25"])
def test_a_financial_year_is_read(text: str) -> None:
    assert read_financial_year(text) == "2024/25"


def test_the_turn_of_a_century_is_a_financial_year() -> None:
    assert read_financial_year("1999/00") == read_financial_year("99/00") == "1999/00"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2024", "is not a financial year: write one such as 2024/25"),
        ("2024/27", "as 2025 follows 2024: write 2024/25, if that is meant"),
        ("1890/91", "lies outside the years 1990 to 2100"),
        ("x" * 140_000, "is not a financial year"),
    ],
)
def test_what_is_no_financial_year_is_refused(text: str, says: str) -> None:
    assert says in FINANCIAL_YEAR.mistake(text)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9", "09:00"),
        ("9am", "09:00"),
        ("9:00", "09:00"),
        ("9.00", "09:00"),
        ("0930", "09:30"),
        ("5.30 pm", "17:30"),
        ("12am", "00:00"),
        ("24", "24:00"),
        ("24:00", "24:00"),
    ],
)
def test_a_clock_time_is_read(text: str, time: str) -> None:
    assert read_clock(text) == time


@pytest.mark.parametrize("text", ["13pm", "soon", "25", "24:30", "9:75", "9,30", "x" * 140_000])
def test_what_is_no_clock_time_is_refused(text: str) -> None:
    assert "is not a clock time: write one such as 09:30" in CLOCK.mistake(text)
