"""Months by their names, in English whatever language the computer speaks."""

from __future__ import annotations

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHORT_MONTHS = tuple(name[:3] for name in MONTHS)


def month_words(month: str) -> str:
    """Returns a month as people write it: ``March 2027`` for ``2027-03``."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def short_month(month: str) -> str:
    """Returns a month as it stands in a table: ``Mar 2027`` for ``2027-03``."""
    year, number = month.split("-")
    return f"{SHORT_MONTHS[int(number) - 1]} {year}"
