"""Money a year and money paid once, in words: never one figure that mixes the two."""

from __future__ import annotations

from collections.abc import Callable

from pathway_modeller.experiment.answers.recurrent import Recurrent

_POUND = 1.0
"""Pounds below which nothing is told."""


def apart_words(found: Recurrent, text: Callable[[float], str]) -> str:
    """Returns what of a change over the period recurs and what is paid once.

    Such as "£99,000 a year less, £50,000 once"; "" where nothing is paid once and the period is a year or
    has none: then one figure says it all.

    Args:
        found: what an option changes.
        text: writes pounds.
    """
    once, recurrent = found.total.once.mean, found.total.recurrent.mean
    if abs(once) < _POUND and (not found.year.is_year or found.over == "the year"):
        return ""
    parts = []
    if abs(recurrent) >= _POUND or not abs(once) >= _POUND:
        a_year = " a year" if found.year.is_year else ""
        parts.append(f"{text(abs(recurrent))}{a_year} {way(recurrent)}")
    if abs(once) >= _POUND:
        parts.append(f"{text(abs(once))} once")
    return ", ".join(parts)


def short_words(found: Recurrent, text: Callable[[float], str]) -> str:
    """Returns a change in few words: a year and once where the period has a year, else over the period.

    Args:
        found: what an option changes.
        text: writes pounds.
    """
    whole, recurrent = found.total.change.mean, found.total.recurrent.mean
    over = f"{text(abs(whole))} {way(whole)} over {found.over}"
    if not found.year.is_year:
        return over
    if recurrent * whole < 0:
        return f"{over}, then {text(abs(recurrent))} a year {way(recurrent)}"
    return apart_words(found, text) or f"{text(abs(recurrent))} a year {way(recurrent)}"


def way(pounds: float) -> str:
    """Returns whether a change of what is paid is more or less."""
    return "more" if pounds > 0 else "less"
