"""What a cell of a table says, and what is read from it, by the kind of its field. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pathway_modeller.gui.inspector.editors.words import choice_words
from pathway_modeller.gui.inspector.kinds import (
    Amount,
    Choice,
    Day,
    Json,
    Kind,
    Maybe,
    Number,
    Reference,
    Text,
)
from pathway_modeller.gui.inspector.notations import amount_words, notation_of
from pathway_modeller.gui.inspector.references import Named, Source
from pathway_modeller.scenario.typed.durations import read_duration
from pathway_modeller.scenario.typed.money import pounds_words, read_money
from pathway_modeller.scenario.typed.notation import Unreadable, is_empty
from pathway_modeller.scenario.typed.numbers import number_words
from pathway_modeller.scenario.values import Duration, Money

MISSING = "–"


@dataclass(frozen=True)
class Reading:
    """What reading needs to know of its surroundings.

    Attributes:
        choices: what a reference may name.
        price_year: the year of prices where none is written; ``None``, where it has to be.
    """

    choices: Callable[[Source], list[Named]]
    price_year: str | None = None


def fits_cell(kind: Kind) -> bool:
    """Tells whether a kind of field can stand in one cell."""
    inner = kind.inner if isinstance(kind, Maybe) else kind
    if isinstance(inner, Text):
        return not inner.prose
    return isinstance(inner, Number | Choice | Reference | Day) or _is_amount(inner, Money, Duration)


def _is_amount(kind: Kind, *records: type) -> bool:
    """Tells whether a kind is a quantity of one of these records."""
    return isinstance(kind, Amount) and kind.record in records


def is_money(kind: Kind) -> bool:
    """Tells whether a kind holds pounds."""
    return _is_amount(kind.inner if isinstance(kind, Maybe) else kind, Money)


def is_number(kind: Kind) -> bool:
    """Tells whether a kind is read better with its figures below one another."""
    inner = kind.inner if isinstance(kind, Maybe) else kind
    return isinstance(inner, Number | Amount)


# Reading ---------------------------------------------------------------------------------------------


def read(kind: Kind, text: str, reading: Reading) -> Json:
    """Returns the value that a text says, in the form the scenario file holds it.

    Args:
        kind: what the field holds.
        text: as typed or pasted.
        reading: the surroundings.

    Returns:
        The value; ``None`` for an empty text.

    Raises:
        Unreadable: the text does not say such a value.
    """
    if isinstance(kind, Maybe):
        return read(kind.inner, text, reading)
    if is_empty(text):
        return None
    bare = " ".join(text.split())
    match kind:
        case Amount(record=record) if record is Money:
            pounds, year = read_money(text, reading.price_year)
            return {"value": pounds, "price_year": year}
        case Amount():
            value, unit = read_duration(text)
            return {"value": value, "unit": unit}
        case Choice(options=options):
            return _read_choice(bare, [(option, choice_words(option)) for option in options])
        case Reference(source=source):
            return _read_reference(bare, source, reading)
    notation = notation_of(kind)
    return bare if notation is None else notation.read(text)


def understood(kind: Kind, text: str, reading: Reading) -> str:
    """Returns how a text in a cell is understood, or why it is not; nothing where it stands for itself."""
    inner = kind.inner if isinstance(kind, Maybe) else kind
    if is_empty(text) or isinstance(inner, Choice | Reference):
        return ""
    if isinstance(inner, Amount):
        try:
            parts = read(inner, text, reading)
        except Unreadable as why:
            return f"{why}."
        return f"= {amount_words(parts)}" if isinstance(parts, dict) else ""
    notation = notation_of(inner)
    return notation.understood(text) if notation is not None else ""


def _read_choice(text: str, choices: list[Named]) -> str:
    """Returns the choice that a text names, in small letters or capitals."""
    wanted = text.casefold()
    for key, words in choices:
        if wanted in (key.casefold(), words.casefold()):
            return key
    offered = ", ".join(words for _, words in choices)
    raise Unreadable(f"“{text}” is not one of: {offered}")


def _read_reference(text: str, source: Source, reading: Reading) -> str:
    """Returns the id of the thing that a text names."""
    choices = reading.choices(source)
    found = [key for key, name in choices if name.casefold() == text.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise Unreadable(f"there is more than one {source.word} called “{text}”; give them different names")
    if text in dict(choices):
        return text
    raise Unreadable(f"there is no {source.word} called “{text}”; choose one from the list, or make it first")


# Showing ---------------------------------------------------------------------------------------------


def shown(kind: Kind, value: Json, reading: Reading) -> str:
    """Returns a value as people read it; a missing one is a dash."""
    if value is None:
        return MISSING
    if isinstance(kind, Maybe):
        return shown(kind.inner, value, reading)
    match kind:
        case Number() if isinstance(value, int | float) and not (kind.is_share or kind.is_percent):
            return figure_words(value)
        case Amount(record=record) if record is Money and isinstance(value, dict):
            year = str(value["price_year"])
            pounds = _rounded_pounds(_number(value["value"]))
            return pounds if year == reading.price_year else f"{pounds} ({year})"
        case Amount() if isinstance(value, dict):
            return amount_words(value)
        case Choice():
            return choice_words(str(value))
        case Reference(source=source):
            return dict(reading.choices(source)).get(str(value), f"{value} (missing)")
    notation = notation_of(kind)
    return str(value) if notation is None else notation.write(value)


def plain(kind: Kind, value: Json, reading: Reading) -> str:
    """Returns a value as it is edited and copied: every digit, no thousands; empty if it is missing."""
    if value is None:
        return ""
    if isinstance(kind, Maybe):
        return plain(kind.inner, value, reading)
    if isinstance(kind, Number) and isinstance(value, int | float) and not (kind.is_share or kind.is_percent):
        return exact_words(value)
    if is_money(kind) and isinstance(value, dict):
        year = str(value["price_year"])
        pounds = exact_words(_number(value["value"]))
        return pounds if year == reading.price_year else f"{pounds} ({year})"
    return shown(kind, value, reading)


def _number(value: Json) -> int | float:
    """Returns a value that is a number as one."""
    if isinstance(value, int | float):
        return value
    raise TypeError(f"{value!r} is no number")


def exact_words(value: float) -> str:
    """Returns a number in full, without thousands set apart."""
    return number_words(value).replace(",", "")


def figure_words(value: float) -> str:
    """Returns a number as people read it: thousands set apart and whole, else four digits that count."""
    if value == 0 or abs(value) >= 1000:
        return f"{value:,.0f}"
    text = f"{value:.4g}"
    return number_words(float(text))


def _rounded_pounds(value: float) -> str:
    """Returns pounds as people read them: whole, or to the penny."""
    return pounds_words(round(value, 2))
