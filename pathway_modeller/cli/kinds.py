"""Kinds of values on the command line, each of which says in a sentence what it should have been."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from pathway_modeller.scenario.typed.notation import Unreadable, quoted
from pathway_modeller.scenario.typed.numbers import read_number, read_share, read_whole

T = TypeVar("T")

AUTO = "auto"
"""Stands for a warm-up period that is to be found."""

_LEAST_DAYS = 1 / 86_400_000
"""A millisecond, to which times are taken in a run."""
_MOST_DAYS = 365_250.0
"""As long as the check of a scenario lets a run be."""

Parameter = click.Parameter | None
Context = click.Context | None


class _Typed(click.ParamType):  # type: ignore[type-arg]  # older versions take none
    """A value that is read as everywhere else in the program."""

    def refuse(self, value: object, what: str, param: Parameter, ctx: Context) -> NoReturn:
        """Says what it should have been."""
        self.fail(f"{_in_quotes(quoted(str(value)))} is not {what}.", param, ctx)

    def read(self, reader: Callable[[str], T], value: object, what: str, param: Parameter, ctx: Context) -> T:
        """Returns what a text says; one without any digit is told what is wanted."""
        text = str(value)
        if not any(character.isdigit() for character in text):
            self.refuse(value, what, param, ctx)
        try:
            return reader(text)
        except Unreadable as why:
            self.fail(f"{_in_quotes(str(why))}.", param, ctx)


def read_days(text: str) -> float:
    """Returns the days that a text says, as a bare number or with a unit of time.

    Raises:
        Unreadable: it says none.
    """
    # Not loaded for every help page: the units of time bring all records of a scenario along.
    from pathway_modeller.scenario.typed.durations import read_duration
    from pathway_modeller.scenario.values import DAYS_PER

    try:
        return float(read_number(text))
    except Unreadable:
        if not re.search("[a-z]", text, re.IGNORECASE):
            raise
    value, unit = read_duration(text)
    return value * DAYS_PER[unit]


def _in_quotes(sentence: str) -> str:
    """Returns a sentence with the quotation marks of a terminal."""
    return sentence.replace("“", "'").replace("”", "'")


class Whole(_Typed):
    """A whole number within limits."""

    name = "number"

    def __init__(self, least: int, most: int | None = None) -> None:
        """Takes the limits, themselves included; None for no upper one."""
        self._least, self._most = least, most

    def convert(self, value: object, param: Parameter, ctx: Context) -> int:
        """Returns the number."""
        limits = f"{self._least} or more" if self._most is None else f"{self._least} to {self._most:,}"
        number = self.read(read_whole, value, f"a whole number, {limits}", param, ctx)
        if number < self._least or (self._most is not None and number > self._most):
            self.refuse(value, f"a whole number, {limits}", param, ctx)
        return number


class Days(_Typed):
    """A number of days, or a length of time with its unit."""

    name = "days"

    def __init__(self, *, above_nothing: bool = False, auto: bool = False) -> None:
        """Takes whether it must be above 0, and whether ``auto`` may stand in its place."""
        self._above_nothing, self._auto = above_nothing, auto

    def convert(self, value: object, param: Parameter, ctx: Context) -> float | str:
        """Returns the number, or ``AUTO``."""
        if self._auto and value == AUTO:
            return AUTO
        limits = "above 0" if self._above_nothing else "0 or more"
        what = f"a number of days, {limits}{f', nor {AUTO}' if self._auto else ''}"
        days = self.read(read_days, value, what, param, ctx)
        if days > _MOST_DAYS:
            shown = _in_quotes(quoted(str(value)))
            self.fail(f"{shown} days are more than 1,000 years; give fewer.", param, ctx)
        if days < (_LEAST_DAYS if self._above_nothing else 0):
            self.refuse(value, what, param, ctx)
        return days


class Percent(_Typed):
    """A share in per cent, above 0 and below 100."""

    name = "percent"

    def convert(self, value: object, param: Parameter, ctx: Context) -> float:
        """Returns the share, between 0 and 1."""
        what = "a percentage above 0 and below 100"
        share = self.read(read_share, value, what, param, ctx)
        if not 0 < share < 1:
            self.refuse(value, what, param, ctx)
        return share


class Place(click.Path):
    """A file or folder, which must have a name."""

    def __init__(self) -> None:
        """Takes any file or folder, whether it is there or not."""
        super().__init__(path_type=Path)

    def convert(self, value: object, param: Parameter, ctx: Context) -> Path:
        """Returns the path."""
        if value == "":
            self.fail("it is empty; name a file or folder.", param, ctx)
        return Path(str(value))
