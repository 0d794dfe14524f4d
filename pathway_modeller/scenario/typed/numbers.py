"""Numbers, whole numbers, shares and percentages as people read and type them: no locale has a say in it.

A point divides the decimals. A comma divides groups of three digits, as in 1,250; any other comma could be a
decimal one (12,5) or one out of place, and is refused with both readings.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal

from pathway_modeller.scenario.typed.notation import Notation, Unreadable, either, plain, quoted

Dress = Callable[[str], str]
"""Puts a figure between the signs and words that stood around it: "12.5" becomes "£12.5m"."""

_LONGEST = 64
"""Characters of the longest number that is read; a double is written out in 25."""

_GROUPED_FROM = 1_000
_LARGEST, _SMALLEST = 308, -323
"""Powers of ten of the largest and the smallest number of double precision."""

_FIGURE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE](?P<power>[+-]?\d+))?", re.ASCII)
_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?P<mark>[, '])\d{3}(?:(?P=mark)\d{3})*(?:\.\d+)?", re.ASCII)
_ONE_COMMA = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d*),(?P<rest>\d+)", re.ASCII)
_COMMAS = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?", re.ASCII)
_CONTINENTAL = re.compile(
    r"(?P<whole>[+-]?\d{1,3}(?:\.\d{3})+),(?P<rest>\d+)|[+-]?\d{1,3}(?:\.\d{3}){2,}", re.ASCII
)
_APART = re.compile(r"(?P<one>[+-]?\d[\d.,]*) (?P<other>\d[\d.,]*)", re.ASCII)
_DECIMALS_OF_THREE = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_PER_CENT = re.compile(r"(?P<figure>.*?) ?(?:%|per ?cent)", re.ASCII | re.IGNORECASE)
_POUNDS = re.compile(r"[£$€]|\b(?:gbp|pounds?)\b", re.IGNORECASE)


# Writing -----------------------------------------------------------------------------------------


def number_words(value: float, *, share: bool = False) -> str:
    """Returns a number as text that reads back as the same number; a share in per cent, without its sign."""
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(repr(value)) * (100 if share else 1)
    if exact and not -9 < exact.adjusted() < 15:
        return f"{exact.normalize():E}"
    text = f"{exact:,f}" if abs(exact) >= _GROUPED_FROM else f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_words(percent: float) -> str:
    """Returns a percentage with its sign."""
    return f"{number_words(percent)}%"


def share_words(share: float) -> str:
    """Returns a share as a percentage with its sign."""
    return f"{number_words(share, share=True)}%"


# Reading -----------------------------------------------------------------------------------------


def read_number(text: str) -> int | float:
    """Returns the number that a text says; a whole one as ``int``.

    Raises:
        Unreadable: it says none, could be read in two ways, or is money or a percentage.
    """
    bare = plain(text[: _LONGEST * 4])
    _refuse_signs(text, bare)
    return as_number(text, figure(text, bare))


def read_whole(text: str) -> int:
    """Returns the whole number that a text says.

    Raises:
        Unreadable: it says none. ``1.250`` may be meant as 1,250, and is refused.
    """
    bare = plain(text[: _LONGEST * 4])
    if not re.search(r"\d", bare):
        raise Unreadable(f"{quoted(text)} is not a whole number: write one such as 12")
    value = read_number(text)
    if _DECIMALS_OF_THREE.fullmatch(bare):
        whole = number_words(int(bare.replace(".", "")))
        if not isinstance(value, int):
            raise Unreadable(f"{quoted(text)} is not a whole number: write {whole}, if that is meant")
        raise either(text, number_words(value), whole)
    if isinstance(value, int):
        return value
    if abs(value) >= 2**53:
        raise Unreadable(f"{quoted(text)} is too large for a whole number: write a smaller one")
    near = dict.fromkeys((number_words(math.floor(value)), number_words(math.ceil(value))))
    raise Unreadable(f"{quoted(text)} is not a whole number: write {' or '.join(near)}")


def read_percent(text: str) -> int | float:
    """Returns the percentage that a text says: 5 for ``5%`` and for ``5``.

    Raises:
        Unreadable: it says none, or leaves open whether it is per cent: ``0.05``.
    """
    return as_number(text, _percent(text))


def read_share(text: str) -> int | float:
    """Returns the share that a text says in per cent: 0.05 for ``5%``.

    Raises:
        Unreadable: as :func:`read_percent`.
    """
    return as_number(text, _percent(text) / 100)


def read_rate_or_share(text: str) -> int | float:
    """Returns the number that a text says, which may be typed in per cent: 0.02 for ``0.02`` and ``2%``.

    Raises:
        Unreadable: it says none.
    """
    found = _PER_CENT.fullmatch(plain(text[: _LONGEST * 4]))
    return read_share(text) if found else read_number(text)


def _percent(text: str) -> Decimal:
    """Returns a percentage as typed."""
    bare = plain(text[: _LONGEST * 4])
    found = _PER_CENT.fullmatch(bare)
    rest = found["figure"] if found else bare
    if "%" in rest:
        raise no_number(text, _per_cent)
    _refuse_signs(text, rest)
    exact = figure(text, rest, _per_cent)
    if not found and 0 < abs(exact) <= 1:
        small, large = number_words(float(exact)), number_words(float(exact), share=True)
        raise either(text, f"{small}%", f"{large}%")
    return exact


def _per_cent(figure_text: str) -> str:
    """Returns a figure with the sign of per cent after it."""
    return f"{figure_text}%"


def _refuse_signs(text: str, bare: str) -> None:
    """Refuses signs of money and per cent where a bare number is wanted."""
    stripped = _POUNDS.sub("", bare).replace("%", "").strip()
    if stripped == bare:
        return
    if not (_FIGURE.fullmatch(stripped) or _GROUPS.fullmatch(stripped)):
        raise no_number(text)
    if "%" not in bare:
        raise Unreadable(f"{quoted(text)} is money, and a plain number belongs here: write {stripped}")
    part = number_words(float(Decimal(re.sub("[, ']", "", stripped)) / 100))
    raise Unreadable(
        f"{quoted(text)} is a percentage, and a plain number belongs here: write {stripped} or {part}"
    )


def figure(text: str, bare: str, dress: Dress = str) -> Decimal:
    """Returns the exact figure of a bare number.

    Args:
        text: as typed, for the sentence.
        bare: the number in plain characters, without signs and words around it.
        dress: puts a figure back between these.

    Raises:
        Unreadable: it is none, too large or too small for double precision, or can be read in two ways.
    """
    if len(bare) > _LONGEST or len(text) > _LONGEST * 4:
        raise Unreadable(f"{quoted(text)} is too long for a number: write one such as {dress('12.5')}")
    if (found := _FIGURE.fullmatch(bare)) is not None:
        return _within(text, bare, found["power"])
    if _GROUPS.fullmatch(bare):
        return Decimal(re.sub("[, ']", "", bare))
    raise _refusal(text, bare, dress)


def _within(text: str, bare: str, power: str | None) -> Decimal:
    """Returns a figure that double precision can hold; a power of ten is never worked out to see it."""
    digits = re.split("[eE]", bare)[0]
    if power is None or not digits.strip("+-0."):
        return Decimal(digits)
    # What counts is the first digit that is not 0; the text is short, so that it cannot move the power far.
    if len(power.lstrip("+-0")) > 4:
        raise _too_large(text) if not power.startswith("-") else _too_small(text)
    return Decimal(bare)


def as_number(text: str, exact: Decimal) -> int | float:
    """Returns an exact figure as a whole number, where it is one, or in double precision.

    Raises:
        Unreadable: double precision has no room for it.
    """
    if exact and exact.adjusted() > _LARGEST:
        raise _too_large(text)
    number = float(exact)
    if math.isinf(number):
        raise _too_large(text)
    if exact and (exact.adjusted() < _SMALLEST - 1 or number == 0):
        raise _too_small(text)
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 2**53 else number


def _too_large(text: str) -> Unreadable:
    """Returns the refusal of what is larger than any number calculated with."""
    return Unreadable(f"{quoted(text)} is too large to be calculated with: write a smaller number")


def _too_small(text: str) -> Unreadable:
    """Returns the refusal of what is nearer to 0 than any number calculated with."""
    return Unreadable(f"{quoted(text)} is too small to be told from 0: write 0, if that is meant")


def _refusal(text: str, bare: str, dress: Dress) -> Unreadable:
    """Returns the refusal of what is not written as a number, with its readings where it has some."""
    if (comma := _ONE_COMMA.fullmatch(bare)) is not None:
        sign, whole, rest = comma["sign"], comma["whole"], comma["rest"]
        together = number_words(int(whole + rest))
        return either(text, dress(f"{sign}{int(whole or 0)}.{rest}"), dress(f"{sign}{together}"))
    if (foreign := _CONTINENTAL.fullmatch(bare)) is not None:
        whole = number_words(int((foreign["whole"] or bare).replace(".", "")))
        rest = f".{foreign['rest']}" if foreign["rest"] else ""
        return Unreadable(f"{quoted(text)} divides thousands with points: write {dress(whole + rest)}")
    if (apart := _APART.fullmatch(bare)) is not None:
        return Unreadable(
            f"{quoted(text)} can be read as one number or as two: write {dress(apart['one'])} or "
            f"{dress(apart['one'] + apart['other'])}"
        )
    if _COMMAS.fullmatch(bare):
        together = bare.replace(",", "")
        return Unreadable(
            f"{quoted(text)} has a comma that does not stand before three digits: write "
            f"{dress(together)}, if that is meant"
        )
    return no_number(text, dress)


def no_number(text: str, dress: Dress = str) -> Unreadable:
    """Returns the refusal of what is no number at all."""
    return Unreadable(f"{quoted(text)} is not a number: write one such as {dress('12.5')}")


NUMBER = Notation[float](read_number, number_words)
WHOLE = Notation[int](read_whole, number_words)
SHARE = Notation[float](read_share, share_words)
PERCENT = Notation[float](read_percent, percent_words)
