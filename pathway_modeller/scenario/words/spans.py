"""How long a period is, as sentences say it."""

from __future__ import annotations

import datetime as dt

from pathway_modeller.scenario.years import years_in

_MOST_WEEKS = 26
"""Weeks up to which a period is told in weeks."""


def span_words(first: dt.date, days: float) -> str:
    """Returns a period in words: "the year", "the 3 years", "the 8 weeks", "the 180 days".

    Args:
        first: its first day.
        days: its length.
    """
    years = years_in(first, days)
    if years >= 1 and years.is_integer():
        return "the year" if years == 1 else f"the {years:,.0f} years"
    if days % 7 == 0 and days <= _MOST_WEEKS * 7:
        return "the week" if days == 7 else f"the {days / 7:g} weeks"
    return f"the {days:,.0f} days"
