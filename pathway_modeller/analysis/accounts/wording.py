"""Pounds and numbers as sentences say them."""

from __future__ import annotations

from collections.abc import Sequence


def pounds(pence: float) -> str:
    """Returns pence as whole pounds, such as £1,240 or −£1,240; as pence below one pound."""
    sign = "−" if pence < 0 else ""
    size = abs(pence) / 100
    if 0 < size < 1:
        return f"{sign}£{size:.2f}"
    return f"{sign}£{size:,.0f}"


def number(value: float) -> str:
    """Returns a count, such as 1,240 or 3.4; with one decimal below ten."""
    return f"{value:,.0f}" if abs(value) >= 9.95 else f"{value:.1f}".removesuffix(".0")


def quoted(name: str) -> str:
    """Returns a name as it stands in sentences."""
    return f'"{name}"'


def listed(names: Sequence[str]) -> str:
    """Returns names in a row, the last two joined by "and"."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""
