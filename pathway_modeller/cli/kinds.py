"""Kinds of values on the command line, each of which says in a sentence what it should have been."""

from __future__ import annotations

import math
from pathlib import Path
from typing import NoReturn

import click

AUTO = "auto"
"""Stands for a warm-up period that is to be found."""

_LEAST_DAYS = 1 / 86_400_000
"""A millisecond, to which times are taken in a run."""
_MOST_DAYS = 365_250.0
"""As long as the check of a scenario lets a run be."""

Parameter = click.Parameter | None
Context = click.Context | None


class Whole(click.ParamType):  # type: ignore[type-arg]  # older versions take none
    """A whole number within limits."""

    name = "number"

    def __init__(self, least: int, most: int | None = None) -> None:
        """Takes the limits, themselves included; None for no upper one."""
        self._least, self._most = least, most

    def convert(self, value: object, param: Parameter, ctx: Context) -> int:
        """Returns the number."""
        try:
            number = int(str(value))
        except ValueError:
            self._refuse(value, param, ctx)
        if number < self._least or (self._most is not None and number > self._most):
            self._refuse(value, param, ctx)
        return number

    def _refuse(self, value: object, param: Parameter, ctx: Context) -> NoReturn:
        """Says what it should have been."""
        limits = f"{self._least} or more" if self._most is None else f"{self._least} to {self._most:,}"
        self.fail(f"{str(value)!r} is not a whole number, {limits}.", param, ctx)


class Days(click.ParamType):  # type: ignore[type-arg]
    """A number of days."""

    name = "days"

    def __init__(self, *, above_nothing: bool = False, auto: bool = False) -> None:
        """Takes whether it must be above 0, and whether ``auto`` may stand in its place."""
        self._above_nothing, self._auto = above_nothing, auto

    def convert(self, value: object, param: Parameter, ctx: Context) -> float | str:
        """Returns the number, or ``AUTO``."""
        if self._auto and value == AUTO:
            return AUTO
        try:
            days = float(str(value))
        except ValueError:
            days = math.nan
        if days > _MOST_DAYS:
            self.fail(f"{str(value)!r} days are more than 1,000 years; give fewer.", param, ctx)
        if math.isnan(days) or days < (_LEAST_DAYS if self._above_nothing else 0):
            limits = "above 0" if self._above_nothing else "0 or more"
            other = f", nor {AUTO}" if self._auto else ""
            self.fail(f"{str(value)!r} is not a number of days, {limits}{other}.", param, ctx)
        return days


class Percent(click.ParamType):  # type: ignore[type-arg]
    """A share in per cent, above 0 and below 100."""

    name = "percent"

    def convert(self, value: object, param: Parameter, ctx: Context) -> float:
        """Returns the share, between 0 and 1."""
        try:
            percent = float(str(value).removesuffix("%"))
        except ValueError:
            percent = math.nan
        if not 0 < percent < 100:
            self.fail(f"{str(value)!r} is not a percentage above 0 and below 100.", param, ctx)
        return percent / 100


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
