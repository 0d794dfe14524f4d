"""Pounds and numbers as sentences say them."""

from __future__ import annotations


def pounds(pence: float) -> str:
    """Returns pence as whole pounds, such as £1,240 or −£1,240; as pence below one pound."""
    sign = "−" if pence < 0 else ""
    size = abs(pence) / 100
    if 0 < size < 1:
        return f"{sign}£{size:.2f}"
    return f"{sign}£{size:,.0f}"


def rounded(value: float) -> str:
    """Returns a count, such as 1,240 or 3.4; with one decimal below ten."""
    return f"{value:,.0f}" if abs(value) >= 9.95 else f"{value:.1f}".removesuffix(".0")
