"""Whole pence that add up: sums divided by shares, and figures rounded together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K")


def apportion(total: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Divides a whole number by weights so that the parts sum to it (largest remainder, Hare quota).

    Each part is its exact share rounded down or up; those with the largest fraction are rounded up, the
    earlier of two equals first. A negative total is divided as the positive one, with the sign turned.

    Args:
        total: what is divided, such as pence.
        weights: not negative, and not all zero unless the total is.

    Raises:
        ValueError: a weight is negative, or a total other than zero has no weights above zero.
    """
    whole = sum(weights, Fraction(0))
    if any(weight < 0 for weight in weights) or (total and not whole):
        raise ValueError(f"{total} cannot be divided by the weights {list(map(str, weights))}")
    if not total:
        return [0] * len(weights)
    size, sign = abs(total), 1 if total > 0 else -1
    exact = [size * Fraction(weight) / whole for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    order = sorted(range(len(exact)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: size - sum(parts)]:
        parts[place] += 1
    return [sign * part for part in parts]


def whole_numbers(values: Mapping[K, float | Fraction]) -> dict[K, int]:
    """Rounds figures to whole numbers whose sum is the rounded sum of the figures.

    Args:
        values: finite figures, such as means over replications in pence.
    """
    exact = {name: Fraction(value) for name, value in values.items()}
    down = {name: value.numerator // value.denominator for name, value in exact.items()}
    total = sum(exact.values(), Fraction(0))
    up = (total + Fraction(1, 2)).__floor__() - sum(down.values())
    order = sorted(exact, key=lambda name: down[name] - exact[name])
    raised = frozenset(order[: max(up, 0)])
    return {name: part + (name in raised) for name, part in down.items()}


def whole_parts(values: Sequence[float], total: int) -> list[int]:
    """Rounds figures to whole numbers that sum to a total: those with the largest fractions are raised.

    Args:
        values: finite figures.
        total: their sum, rounded down or up.

    Raises:
        ValueError: the total is further than that from their sum.
    """
    exact = [Fraction(value) for value in values]
    down = [value.numerator // value.denominator for value in exact]
    more = total - sum(down)
    if not 0 <= more <= len(down):
        raise ValueError(f"{len(down)} figures cannot be rounded to the sum {total}")
    order = sorted(range(len(exact)), key=lambda place: (down[place] - exact[place], place))
    raised = frozenset(order[:more])
    return [part + (place in raised) for place, part in enumerate(down)]


def exactly(share: float) -> Fraction:
    """Returns a share as it was typed: 0.6 is three fifths, not the nearest binary number."""
    return Fraction(repr(float(share)))
