"""What a cell of a table says, and what is read from it, by the kind of its field. Knows no Qt.

Whatever could be read in two ways is refused with a sentence: ``0,05`` is neither 5 nor 0.05, and ``0.4`` in
a column of shares is neither 0.4% nor 40%.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pathway_modeller.gui.inspector.editors.words import choice_words, number_words
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
from pathway_modeller.gui.inspector.references import Named, Source
from pathway_modeller.scenario.values import Duration, Money, TimeUnit
from pathway_modeller.scenario.words.months import SHORT_MONTHS

MISSING = "–"


class Unreadable(ValueError):  # noqa: N818 - it is the text that cannot be read, and the sentence says why
    """A text does not say what its cell needs; the message is a sentence that follows the cell's name."""


@dataclass(frozen=True)
class Reading:
    """What reading needs to know of its surroundings.

    Attributes:
        choices: what a reference may name.
        price_year: the year of prices where none is written; ``None``, where it has to be.
    """

    choices: Callable[[Source], list[Named]]
    price_year: str | None = None


_PLAIN = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$", re.IGNORECASE)
_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']+")
_YEAR = re.compile(r"\(?\s*(\d{4}/\d{2})(?:\s+prices)?\s*\)?\s*$")
_LENGTH = re.compile(r"^(?P<number>[\d.,]+)\s*(?P<unit>[a-z]*)\.?$")
_TIMES: Mapping[str, int] = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}

_UNITS: Mapping[TimeUnit, tuple[str, ...]] = {
    "seconds": ("second", "sec", "secs", "s"),
    "minutes": ("minute", "min", "mins"),
    "hours": ("hour", "hr", "hrs", "h"),
    "days": ("day", "d"),
    "weeks": ("week", "wk", "wks", "w"),
    "months": ("month", "mth", "mths", "mo"),
    "years": ("year", "yr", "yrs", "y"),
}
_MONTHS = tuple(name.lower() for name in SHORT_MONTHS)


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
    bare = " ".join(text.split())
    if bare in {"", MISSING, "-"}:
        return None
    match kind:
        case Number():
            return read_share(bare) if kind.is_share else read_figure(bare)
        case Amount(record=record) if record is Money:
            return read_pounds(bare, reading.price_year)
        case Amount():
            return read_length(bare)
        case Day():
            return read_day(bare)
        case Choice(options=options):
            return _read_choice(bare, [(option, choice_words(option)) for option in options])
        case Reference(source=source):
            return _read_reference(bare, source, reading)
    return bare


def read_figure(text: str) -> int | float:
    """Returns the number that a text says: ``1,250.5``, ``1 250``, ``£3``; ``12%`` is 0.12.

    Raises:
        Unreadable: it says none, or could be read in two ways.
    """
    bare = _SPACES.sub("", text).replace("\u2212", "-").removeprefix("£")
    per_cent = bare.endswith("%")
    bare = bare.removesuffix("%")
    if not (_PLAIN.match(bare) or _GROUPED.match(bare)):
        raise Unreadable(f"“{text}” is not a number; type one such as 1,250 or 0.05")
    exact = Decimal(bare.replace(",", "")) / (100 if per_cent else 1)
    if exact == exact.to_integral_value() and abs(exact) < 2**53:
        return int(exact)
    return float(exact)


def read_share(text: str) -> int | float:
    """Returns the share that a text says in per cent, between 0 and 1.

    Raises:
        Unreadable: it says no number, or leaves open whether it is per cent.
    """
    figure = read_figure(text)
    if text.rstrip().endswith("%") or figure == 0:
        return figure
    if 0 < figure <= 1:
        whole = number_words(figure, share=True)
        raise Unreadable(f"“{text}” may mean {number_words(figure)}% or {whole}%; type the sign %")
    return float(Decimal(repr(figure)) / 100)


def read_pounds(text: str, price_year: str | None) -> Json:
    """Returns the money that a text says: ``£250,000``, ``£1.2m``, ``£18k (2023/24)``.

    Raises:
        Unreadable: it says no pounds, or no year of prices is known.
    """
    found = _YEAR.search(text)
    bare = (text[: found.start()] if found else text).strip()
    number, unit = _split(bare)
    if unit not in _TIMES:
        raise Unreadable(f"“{text}” is not an amount in pounds; type one such as £250,000")
    try:
        value = read_figure(number)
    except Unreadable:
        raise Unreadable(f"“{text}” is not an amount in pounds; type one such as £250,000") from None
    year = found.group(1) if found else price_year
    if year is None:
        raise Unreadable(f"“{text}” has no year of prices; type it too, such as £250,000 (2024/25)")
    if value < 0:
        raise Unreadable(f"“{text}” is less than nothing; type £0 or more")
    return {"value": float(Decimal(str(value)) * _TIMES[unit]), "price_year": year}


def _split(text: str) -> tuple[str, str]:
    """Returns a number and the letters after it."""
    letters = len(text) - len(text.rstrip("kKmMbBnN"))
    return (text[:-letters].strip(), text[-letters:].lower()) if letters else (text, "")


def read_length(text: str) -> Json:
    """Returns the length of time that a text says: ``6 months``, ``2 wks``, ``0``.

    Raises:
        Unreadable: it says none, or without its unit.
    """
    found = _LENGTH.match(text.lower())
    if found is None:
        raise Unreadable(f"“{text}” is not a length of time; type one such as 6 months")
    value = read_figure(found["number"])
    unit = next((name for name, short in _UNITS.items() if found["unit"] in (name, *short)), None)
    if unit is None and value == 0 and not found["unit"]:
        unit = "days"
    if unit is None:
        raise Unreadable(f"“{text}” needs its unit of time; type one such as 6 months or 10 days")
    return {"value": value, "unit": unit}


def read_day(text: str) -> str:
    """Returns the day that a text says, as the file writes it: ``1/4/2026``, ``2026-04-01``, ``1-Apr-26``.

    Raises:
        Unreadable: it says none.
    """
    parts = re.split(r"[/\-. ]", text)
    try:
        if len(parts) != 3:
            raise ValueError
        if len(parts[0]) == 4:
            return dt.date(int(parts[0]), _month(parts[1]), int(parts[2])).isoformat()
        year = int(parts[2]) + (2000 if len(parts[2]) == 2 else 0)
        return dt.date(year, _month(parts[1]), int(parts[0])).isoformat()
    except ValueError:
        raise Unreadable(f"“{text}” is not a day; type one such as 01/04/2026") from None


def _month(text: str) -> int:
    """Returns the number of a month given by number or name."""
    return int(text) if text.isdigit() else 1 + _MONTHS.index(text[:3].lower())


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
        case Number() if isinstance(value, int | float):
            return f"{number_words(value, share=True)}%" if kind.is_share else figure_words(value)
        case Amount(record=record) if record is Money and isinstance(value, dict):
            year = str(value["price_year"])
            pounds = pounds_words(_number(value["value"]))
            return pounds if year == reading.price_year else f"{pounds} ({year})"
        case Amount() if isinstance(value, dict):
            return length_words(_number(value["value"]), str(value["unit"]))
        case Day():
            return "/".join(reversed(str(value).split("-")))
        case Choice():
            return choice_words(str(value))
        case Reference(source=source):
            return dict(reading.choices(source)).get(str(value), f"{value} (missing)")
    return str(value)


def plain(kind: Kind, value: Json, reading: Reading) -> str:
    """Returns a value as it is edited and copied: every digit, no thousands; empty if it is missing."""
    if value is None:
        return ""
    if isinstance(kind, Maybe):
        return plain(kind.inner, value, reading)
    if isinstance(kind, Number) and isinstance(value, int | float) and not kind.is_share:
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


def pounds_words(value: float) -> str:
    """Returns pounds as people read them, with pence where there are any."""
    return f"£{value:,.0f}" if value == round(value) else f"£{value:,.2f}"


def length_words(value: float, unit: str) -> str:
    """Returns a length of time in words: "6 months", "1 day"."""
    return f"{number_words(value)} {unit[:-1] if value == 1 else unit}"
