"""Numbers in a list: one a line, or divided by semicolons, tabs, or commas with a blank after them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pathway_modeller.scenario.typed.notation import Notation, Unreadable, either, is_empty, plain, quoted
from pathway_modeller.scenario.typed.numbers import number_words, read_number

_BETWEEN = re.compile(r"[;\n\r\t]|,(?=\s)|,$")
_ONE_BLANK = re.compile(r"(?P<one>[+-]?[1-9]\d{0,2}) (?P<other>\d{3})", re.ASCII)
_BLANKS = re.compile(r"[+-]?[\d.]+(?: [+-]?[\d.]+)+", re.ASCII)
_ONE_COMMA = re.compile(r"(?P<one>[+-]?\d+),(?P<other>\d+)", re.ASCII)


def read_numbers(text: str) -> list[int | float]:
    """Returns the numbers of a list, in their order.

    A comma without a blank after it could stand within a number or between two, and is refused.

    Raises:
        Unreadable: a part is no number; the sentence says which.
    """
    parts = [part for part in _BETWEEN.split(text) if not is_empty(part)]
    if not parts:
        raise Unreadable(f"{quoted(text)} holds no number: write some, such as 12, 14.5, 20")
    return [_number(part, at, len(parts)) for at, part in enumerate(parts, 1)]


def _number(part: str, at: int, several: int) -> int | float:
    """Returns one number of a list."""
    bare = plain(part[:256])
    if (comma := _ONE_COMMA.fullmatch(bare)) is not None:
        together = "".join(comma.groups())
        thousands = len(comma["other"]) == 3 and not comma["one"].startswith("0")
        raise either(part, together if thousands else ".".join(comma.groups()), ", ".join(comma.groups()))
    if (apart := _ONE_BLANK.fullmatch(bare)) is not None:
        raise either(part, "".join(apart.groups()), ", ".join(apart.groups()))
    if "," in bare or _BLANKS.fullmatch(bare):
        raise Unreadable(
            f"{quoted(part)} does not say where a value ends: write a comma and a blank, or a new line, "
            "between values, and no comma within them"
        )
    try:
        return read_number(part)
    except Unreadable as why:
        where = f"value {at}: " if several > 1 else ""
        raise Unreadable(f"{where}{why}") from None


def list_text(values: Sequence[float]) -> str:
    """Returns numbers as text that reads back as the same: commas stand between them, never within."""
    return ", ".join(number_words(value).replace(",", "") for value in values)


def list_words(values: Sequence[float]) -> str:
    """Returns how a list was understood: how many values, the least, the most, and their mean."""
    if len(values) == 1:
        return f"1 value, {number_words(values[0])}"
    mean = float(f"{sum(values) / len(values):.4g}")
    return (
        f"{len(values):,} values, from {number_words(min(values))} to {number_words(max(values))}, "
        f"mean {number_words(mean)}"
    )


NUMBERS = Notation[list[int | float]](read_numbers, list_text, list_words)
