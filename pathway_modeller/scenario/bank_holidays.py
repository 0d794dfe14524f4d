"""England's bank holidays as they are published: in place of a weekend's date, its substitute day."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path

_SATURDAY = 5
"""The library lists the weekend's date beside its substitute day; what is published, the substitute alone."""


def bank_holidays(start: dt.date, days: int) -> frozenset[dt.date]:
    """Returns England's bank holidays in the years that the days from a date on touch.

    Args:
        start: the first day.
        days: how many days follow it; they must not pass the last date of the calendar.
    """
    return _of_years(start.year, (start + dt.timedelta(days=days)).year)


@lru_cache(maxsize=32)
def _of_years(first: int, last: int) -> frozenset[dt.date]:
    """Returns the bank holidays of some years; kept, since every pool and entry point asks for the same."""
    every = _calendar()(subdiv="ENG", years=range(first, last + 1))
    return frozenset(date for date in every if date.weekday() < _SATURDAY)


def _calendar() -> Callable[..., Iterable[dt.date]]:
    """Returns the library's calendar of the United Kingdom.

    Its module is loaded by itself: in the library's own way those of 250 other countries are loaded first,
    which takes longer than a check. A library that keeps it elsewhere is asked in its own way.
    """
    import holidays

    folder = [str(Path(holidays.__file__).parent / "countries")]
    found = PathFinder.find_spec("united_kingdom", folder)
    if found is None or found.loader is None:
        return functools.partial(holidays.country_holidays, "GB")
    module = module_from_spec(found)
    found.loader.exec_module(module)
    calendar: Callable[..., Iterable[dt.date]] = module.UnitedKingdom
    return calendar
