"""Numbers and choices as people read and type them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from pathway_modeller.scenario.distribution import KIND_WORDS
from pathway_modeller.scenario.values import SETTING_LABELS

CHOICE_WORDS: Mapping[str, str] = {
    **{str(setting): label for setting, label in SETTING_LABELS.items()},
    **{str(kind): words[:1].upper() + words[1:] for kind, words in KIND_WORDS.items()},
    "empty": "An empty pathway",
    "today": "Today's lists and beds",
    "stock": "Stock: still waiting at month end",
    "flow": "Flow: seen in the month",
    "random": "At random",
    "booked": "By appointment",
    "attribute": "Attribute is",
    "queue": "Queue is at least",
    "visits": "Has been there",
    "time on pathway": "Time on pathway",
    "calendar": "On days and hours",
    "replaces": "Replaces the figures",
    "multiplies": "Moves the figures in proportion",
    "share": "Moves a share; those beside it take up the rest",
    "time": "Moves figures of a time",
    "not varied": "Is not varied",
    "sd": "Standard deviation",
    "p90": "90th percentile",
    "p95": "95th percentile",
}
"""Words for those choices that do not explain themselves."""

_GROUPED_FROM = 10_000
"""From here on thousands are set apart with commas."""

_CLOCK = re.compile(
    r"^(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?:(?P<half>[ap])\.?m\.?)?$", re.IGNORECASE
)

_NUMBER = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$", re.IGNORECASE)


def choice_words(option: str) -> str:
    """Returns a choice as people read it."""
    plain = option.replace("_", " ")
    return CHOICE_WORDS.get(option, plain[:1].upper() + plain[1:])


def clock_words(text: str) -> str:
    """Returns a clock time as the file writes it ("9", "9am", "9.00" are 09:00), or the text as it is."""
    found = _CLOCK.match(text.strip())
    if found is None:
        return text.strip()
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return text.strip()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}"


def when_empty(description: str) -> str:
    """Returns what a description says of a field left empty: "unlimited"; nothing if it says nothing."""
    _, found, meaning = description.partition("left empty, ")
    return re.split(r"[.;]| and ", meaning)[0].strip().removesuffix(" of them") if found else ""


def number_words(value: float, *, share: bool = False) -> str:
    """Returns a number as text that reads back as the same number; a share in per cent."""
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(repr(value)) * (100 if share else 1)
    if exact and not -9 < exact.adjusted() < 15:
        return f"{exact.normalize():E}"
    text = f"{exact:,f}" if abs(exact) >= _GROUPED_FROM else f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_number(text: str, *, share: bool = False) -> int | float | str | None:
    """Returns the number that a text says, ``None`` for an empty one, or the text if it is no number."""
    bare = text.strip().replace(",", "").replace(" ", "").lstrip("£").rstrip("%")
    if not text.strip():
        return None
    if not _NUMBER.match(bare):
        return text.strip()
    try:
        exact = Decimal(bare) / (100 if share else 1)
    except InvalidOperation:
        return text.strip()
    number = float(exact)
    if not math.isfinite(number):
        return text.strip()
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 2**53 else number
