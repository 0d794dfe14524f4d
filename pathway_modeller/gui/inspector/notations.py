"""How the value of each kind of field is written and read. Knows no Qt."""

from __future__ import annotations

import re
from typing import Any

from pathway_modeller.gui.inspector.kinds import (
    Amount,
    Day,
    Json,
    Kind,
    Maybe,
    Number,
    Series,
    Text,
    is_clock,
    is_year,
)
from pathway_modeller.scenario.typed.dates import CLOCK, DAY, FINANCIAL_YEAR
from pathway_modeller.scenario.typed.durations import duration_words, rate_words, read_duration, read_rate
from pathway_modeller.scenario.typed.lists import NUMBERS
from pathway_modeller.scenario.typed.money import POUNDS, money_words, pounds_words, read_money
from pathway_modeller.scenario.typed.notation import Notation, Unreadable, is_empty, plain
from pathway_modeller.scenario.typed.numbers import NUMBER, PERCENT, SHARE, WHOLE, number_words, read_number
from pathway_modeller.scenario.values import Duration, Money, Rate, Record

_WITH_UNIT = re.compile(r"[a-z:/]", re.ASCII | re.IGNORECASE)


def notation_of(kind: Kind) -> Notation[Any] | None:
    """Returns how the values of a kind are written and read; ``None`` where the text is the value."""
    match kind:
        case Maybe(inner=inner):
            return notation_of(inner)
        case Number():
            return number_notation(kind)
        case Amount(record=record):
            return Notation(lambda text: read_amount(record, text), amount_words)
        case Series(item=Number()):
            return NUMBERS
        case Day():
            return DAY
        case Text() if is_clock(kind):
            return CLOCK
        case Text() if is_year(kind):
            return FINANCIAL_YEAR
    return None


def number_notation(kind: Number) -> Notation[Any]:
    """Returns how a number is written and read."""
    if kind.is_share:
        return SHARE
    if kind.is_percent:
        return PERCENT
    return WHOLE if kind.whole else NUMBER


def figure_notation(record: type[Record]) -> Notation[Any]:
    """Returns how the figure of an amount is written, where its unit stands beside it."""
    return POUNDS if record is Money else NUMBER


def read_amount(record: type[Record], text: str) -> dict[str, Json]:
    """Returns the parts of an amount that a text says: its figure, and its unit or year if they are there.

    Raises:
        Unreadable: it says no such amount.
    """
    if record is Money:
        pounds, year = read_money(text, "")
        return {"value": pounds, "price_year": year} if year else {"value": pounds}
    if record in (Duration, Rate) and _WITH_UNIT.search(plain(text[:128])):
        try:
            return {"value": read_number(text)}
        except Unreadable:
            value, unit = read_duration(text) if record is Duration else read_rate(text)
            return {"value": value, "unit": unit}
    return {"value": read_number(text)}


def understood_amount(record: type[Record], text: str, beside: dict[str, Json]) -> str:
    """Returns how a text in the field of an amount is understood, together with what stands beside it."""
    if is_empty(text):
        return ""
    try:
        return f"= {amount_words({**beside, **read_amount(record, text)})}"
    except Unreadable as why:
        return f"{why}."


def amount_words(parts: dict[str, Json]) -> str:
    """Returns an amount in words: "£120 (2024/25)", "12 per week", "6 months"."""
    value, unit, year = parts["value"], str(parts.get("unit") or ""), parts.get("price_year")
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    if "price_year" in parts:
        return money_words(value, str(year)) if year else pounds_words(value)
    if not unit:
        return number_words(value)
    return rate_words((value, unit)) if unit.startswith("per ") else duration_words((value, unit))
