"""Assumptions and values of their ranges, in words."""

from __future__ import annotations

from pathway_modeller.scenario.people import Assumption
from pathway_modeller.scenario.words.sentences import number, percentage

SHARE = "share"
"""The unit in which a value is written as a percentage: ``share of slots``."""


def range_name(assumption: Assumption) -> str:
    """Returns what an assumption is about: its name up to the figure that it gives after a colon."""
    return assumption.name.partition(": ")[0].strip()


def value_words(value: float, unit: str) -> str:
    """Returns a value of a range with its unit: ``£12.50 a contact``, ``7.4% of slots``, ``20 minutes``.

    Args:
        value: in that unit.
        unit: as an assumption has it; one that begins with £ is written around the figure.
    """
    if unit.startswith("£"):
        return f"£{_pounds(value)}{unit[1:]}"
    first, _, rest = unit.partition(" ")
    if first == SHARE:
        return f"{percentage(value)} {rest}".rstrip()
    return f"{number(value)} {unit}".rstrip()


def _pounds(value: float) -> str:
    """Returns pounds, with pence where there are any."""
    return f"{value:,.0f}" if round(value, 2) == round(value) else f"{value:,.2f}"
