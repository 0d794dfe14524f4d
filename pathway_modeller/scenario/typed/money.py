"""Pounds as people type them: £1,250,000.50, 18k, £1.2m, 50p, £250,000 (2024/25)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from pathway_modeller.scenario.typed.dates import read_financial_year
from pathway_modeller.scenario.typed.notation import Notation, Unreadable, plain, quoted
from pathway_modeller.scenario.typed.numbers import as_number, figure, number_words

_TIMES: Mapping[str, Decimal] = {
    "": Decimal(1),
    "k": Decimal(1_000),
    "thousand": Decimal(1_000),
    "m": Decimal(1_000_000),
    "mn": Decimal(1_000_000),
    "million": Decimal(1_000_000),
    "bn": Decimal(1_000_000_000),
    "billion": Decimal(1_000_000_000),
    "p": Decimal("0.01"),
}

_AMOUNT = re.compile(
    r"(?P<sign>[+-]?) ?(?:(?P<pounds>£|gbp\b)? ?)(?P<figure>[+-]?[\d.,' ]*\d[\d.,]*(?:e[+-]?\d+)?) ?"
    r"(?P<times>thousand|k|million|mn|m|billion|bn|p)?(?: (?P<word>pounds?))?",
    re.ASCII | re.IGNORECASE,
)
_WITH_YEAR = re.compile(
    r"(?P<amount>.*?) ?\(? ?(?P<year>\d{2,4}/\d{2,4})(?: prices)? ?\)?", re.ASCII | re.IGNORECASE
)
_LONGEST = 128
"""Characters of the longest amount that is read."""


def pounds_words(value: float) -> str:
    """Returns pounds as text that reads back as the same amount: £1,250,000.50; pence where there are any."""
    text = number_words(abs(value))
    if value == round(value, 2) and value != round(value) and "E" not in text:
        text = f"{abs(value):,.2f}"
    return f"{'-' if value < 0 else ''}£{text}"


def read_pounds(text: str) -> int | float:
    """Returns the pounds that a text says, 0 or more.

    Raises:
        Unreadable: it says none, could be read in two ways, or is in another currency.
    """
    bare = plain(text[:_LONGEST])
    if re.search("[$€¥]", bare):
        raise Unreadable(f"{quoted(text)} is in another currency: write pounds, such as £250,000")
    found = _AMOUNT.fullmatch(bare)
    if found is None or (found["pounds"] and found["times"] == "p") or len(text) > _LONGEST:
        raise _no_amount(text)
    times = (found["times"] or "").lower()

    def dress(each: str) -> str:
        if times:
            return f"{each}p" if times == "p" else f"£{each}{times if len(times) < 3 else f' {times}'}"
        return f"£{each}0" if re.search(r"\.\d$", each) else f"£{each}"

    exact = figure(text, found["sign"] + found["figure"], dress) * _TIMES[times]
    if exact < 0:
        raise Unreadable(f"{quoted(text)} is less than nothing: write £0 or more")
    return as_number(text, exact)


def read_money(text: str, usual_year: str | None) -> tuple[int | float, str]:
    """Returns pounds and the year of their prices, as a text says them.

    Args:
        text: as typed; the year may stand after the amount.
        usual_year: the year of prices where none is typed; ``None`` where it has to be.

    Raises:
        Unreadable: it says no pounds, or no year of prices is known.
    """
    found = _WITH_YEAR.fullmatch(plain(text[:_LONGEST])) if len(text) <= _LONGEST else None
    pounds = read_pounds(found["amount"] if found else text)
    year = read_financial_year(found["year"]) if found else usual_year
    if year is None:
        raise Unreadable(
            f"{quoted(text)} has no year of prices: write it too, such as {pounds_words(pounds)} (2024/25)"
        )
    return pounds, year


def money_words(pounds: float, year: str) -> str:
    """Returns pounds with the year of their prices, as text that reads back as the same."""
    return f"{pounds_words(pounds)} ({year})"


def _no_amount(text: str) -> Unreadable:
    """Returns the refusal of what is no amount."""
    return Unreadable(f"{quoted(text)} is not an amount in pounds: write one such as £250,000")


POUNDS = Notation[float](read_pounds, pounds_words)
