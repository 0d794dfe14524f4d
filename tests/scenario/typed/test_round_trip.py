"""What a field shows reads back as the same value, and no text whatever does more than be refused."""

from __future__ import annotations

import datetime as dt
import locale
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway_modeller.scenario.typed.dates import CLOCK, DAY, FINANCIAL_YEAR, financial_year
from pathway_modeller.scenario.typed.durations import DURATION, rate_words, read_duration, read_rate
from pathway_modeller.scenario.typed.lists import NUMBERS
from pathway_modeller.scenario.typed.money import POUNDS, money_words, read_money
from pathway_modeller.scenario.typed.notation import Notation
from pathway_modeller.scenario.typed.numbers import NUMBER, PERCENT, SHARE, WHOLE, read_rate_or_share
from pathway_modeller.scenario.values import FIRST_YEAR, LAST_YEAR, RateUnit, TimeUnit

FIGURES = st.floats(allow_nan=False, allow_infinity=False)
FROM_NOTHING = st.floats(min_value=0, allow_nan=False, allow_infinity=False)
PENCE = st.integers(0, 10**12).map(lambda pence: pence / 100)
EVERY: tuple[Notation[Any], ...] = (
    NUMBER,
    WHOLE,
    SHARE,
    PERCENT,
    POUNDS,
    DURATION,
    DAY,
    FINANCIAL_YEAR,
    CLOCK,
    NUMBERS,
)


@pytest.fixture(scope="module", autouse=True)
def elsewhere() -> Iterator[None]:
    """Lets the computer speak a language with decimal commas, where it has one."""
    before = locale.setlocale(locale.LC_ALL)
    for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"):
        try:
            locale.setlocale(locale.LC_ALL, name)
            break
        except locale.Error:
            continue
    yield
    locale.setlocale(locale.LC_ALL, before)


@given(FIGURES)
def test_a_number_reads_back(value: float) -> None:
    assert NUMBER.read(NUMBER.write(value)) == value


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_a_whole_number_reads_back(value: int) -> None:
    assert WHOLE.read(WHOLE.write(value)) == value


@given(st.floats(-1e300, 1e300).filter(lambda value: value == 0 or abs(value) > 1e-300))
def test_a_share_and_a_percentage_read_back(value: float) -> None:
    assert SHARE.read(SHARE.write(value)) == value
    assert PERCENT.read(PERCENT.write(value)) == value
    assert read_rate_or_share(SHARE.write(value)) == value


@given(FROM_NOTHING | PENCE)
def test_pounds_read_back(value: float) -> None:
    assert POUNDS.read(POUNDS.write(value)) == value


@given(FROM_NOTHING | PENCE, st.integers(FIRST_YEAR, LAST_YEAR))
def test_pounds_with_their_year_read_back(value: float, first: int) -> None:
    year = financial_year(first)
    assert read_money(money_words(value, year), None) == (value, year)


@given(FROM_NOTHING, st.sampled_from(get_args(TimeUnit)))
def test_a_length_of_time_reads_back(value: float, unit: TimeUnit) -> None:
    assert read_duration(DURATION.write((value, unit))) == (value, unit)


@given(FROM_NOTHING, st.sampled_from(get_args(RateUnit)))
def test_a_rate_reads_back(value: float, unit: RateUnit) -> None:
    assert read_rate(rate_words((value, unit))) == (value, unit)


@given(st.dates(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)))
def test_a_day_reads_back(day: dt.date) -> None:
    iso = day.isoformat()
    assert DAY.read(DAY.write(iso)) == DAY.read(iso) == iso
    assert DAY.read((DAY.words or DAY.write)(iso)) == iso


@given(st.integers(FIRST_YEAR, LAST_YEAR).map(financial_year))
def test_a_financial_year_reads_back(year: str) -> None:
    assert FINANCIAL_YEAR.read(FINANCIAL_YEAR.write(year)) == year


@given(st.integers(0, 24 * 60))
def test_a_clock_time_reads_back(minute: int) -> None:
    time = f"{minute // 60:02d}:{minute % 60:02d}"
    assert CLOCK.read(CLOCK.write(time)) == time


@given(st.lists(FIGURES, min_size=1))
def test_a_list_reads_back(values: list[float]) -> None:
    assert NUMBERS.read(NUMBERS.write(values)) == values


TYPED = st.text(st.sampled_from("0123456789.,-+eE%£k m/:'\u00a0\u2212p()hdaywnri"), max_size=12)


@given(st.text(max_size=30) | TYPED)
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    for notation in EVERY:
        why = notation.mistake(text)
        assert "\n" not in why
        assert len(why) < 200
        if not why:
            value = notation.read(text)
            assert notation.read(notation.write(value)) == value
        assert (
            bool(notation.understood(text)) is bool(text.strip("-– \u00a0"))
            or notation.understood(text) == ""
        )


@given(st.integers(1, 999), st.integers(0, 999))
def test_a_group_of_three_is_thousands(high: int, low: int) -> None:
    assert NUMBER.read(f"{high},{low:03d}") == high * 1000 + low


@given(st.integers(0, 10**6), st.integers(0, 10**6).map(str).filter(lambda text: len(text) != 3))
def test_any_other_comma_is_refused_with_readings_that_can_be_read(whole: int, rest: str) -> None:
    why = NUMBER.mistake(f"{whole},{rest}")
    one, other = why.rpartition(": write ")[2].split(" or ")
    assert NUMBER.read(one) == float(f"{whole}.{rest}")
    assert NUMBER.read(other) == int(f"{whole}{rest}")
