"""Pounds and numbers as sentences say them."""

from __future__ import annotations

import math

from pathway_modeller.analysis.statistics.intervals import Interval

_TWO_DIGITS = 3.55
"""Half an interval's width, in its own leading digit, below which two digits are kept."""


def pounds(pence: float) -> str:
    """Returns pence as whole pounds, such as £1,240 or −£1,240; as pence below one pound."""
    sign = "−" if pence < 0 else ""
    size = abs(pence) / 100
    if 0 < size < 1:
        return f"{sign}£{size:.2f}"
    return f"{sign}£{size:,.0f}"


def short_pounds(pounds: float, *, signed: bool = False) -> str:
    """Returns pounds in few characters: "£1.70m", "£344k", "£2,277"."""
    sign = "−" if pounds < 0 else "+" if signed and pounds > 0 else ""
    size = abs(pounds)
    if size >= 999_500_000:
        return f"{sign}£{size / 1e9:.2f}bn"
    if size >= 999_500:
        return f"{sign}£{size / 1e6:.2f}m"
    return f"{sign}£{size / 1e3:,.0f}k" if size >= 9_999.5 else f"{sign}£{size:,.0f}"


def rounded(value: float) -> str:
    """Returns a count, such as 1,240 or 3.4; with one decimal below ten."""
    return f"{value:,.0f}" if abs(value) >= 9.95 else f"{value:.1f}".removesuffix(".0")


def rounded_pounds(value: Interval) -> str:
    """Returns pounds with their interval, rounded to what it allows.

    To the first digit of half its width, and to the second where that begins with less than 3.55, as the
    Particle Data Group rounds (Review of Particle Physics, introduction, section 5.3).
    """
    half = (value.high - value.low) / 2
    if not half > 0:
        return pounds(value.mean * 100)
    place = math.floor(math.log10(half))
    place -= half / 10**place < _TWO_DIGITS
    digits = min(-place, 2)
    mean, low, high = (_text(round(each, digits), digits) for each in (value.mean, value.low, value.high))
    return f"{mean} (95% interval {low} to {high})"


def _text(value: float, digits: int) -> str:
    """Pounds with the decimals that they are rounded to, whole from there on."""
    sign = "−" if value < 0 else ""
    return f"{sign}£{abs(value):,.{2 if digits > 0 else 0}f}"
