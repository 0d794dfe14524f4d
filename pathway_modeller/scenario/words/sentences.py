"""Plain words for the values of a scenario: times, rates, money, distributions, conditions, elements."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, assert_never

from pathway_modeller.scenario.dated import AtDate, Change, Dated, Later
from pathway_modeller.scenario.distribution import KIND_WORDS, Distribution
from pathway_modeller.scenario.document import DRAWN_KINDS, SHORT, Option, Pathway
from pathway_modeller.scenario.values import ByGroup, Duration, Money, Rate
from pathway_modeller.scenario.words.months import MONTHS

T = TypeVar("T")
Figure = TypeVar("Figure", bound=float | Rate | Distribution)

MAP_WORDS: Mapping[str, str] = {
    **{drawn: kind.name for drawn, kind in DRAWN_KINDS.items()},
    "transitions": "Arrow",
    "pools": "Capacity pool",
    "stays": "Stay",
    "today": "Today",
    "demand_changes": "Change of demand",
    "attributes": "Patient attribute",
    "need_tiers": "Need tier",
    "age_bands": "Age band",
    "footprints": "Footprint",
    "moves": "Move",
    "preventions": "Prevention",
    "payers": "Payer",
    "payer_kinds": "Kind of payer",
    "providers": "Provider",
    "standards": "Waiting-time standard",
    "settings": "Setting",
    "tags": "Tag",
    "options": "Option",
    "assumptions": "Assumption",
    "outcomes": "Outcome",
    "shifts": "Investment shift",
    "activity_shifts": "Shift of activity",
    "displacements": "Displacement",
}
"""What a member of each map is called."""

_FIGURES: Mapping[str, str] = {
    "mean": "mean",
    "sd": "standard deviation",
    "median": "median",
    "p90": "90th percentile",
    "p95": "95th percentile",
    "mu": "mu",
    "sigma": "sigma",
    "low": "lowest",
    "likely": "most likely",
    "high": "highest",
    "value": "always",
}


def quoted(text: object) -> str:
    """Returns a name in double quotation marks."""
    return f'"{text}"'


def lower_first(text: str) -> str:
    """Returns text that goes on in the middle of a sentence; abbreviations such as NHS stay as they are."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def number(value: float) -> str:
    """Returns a number with thousands separators and six significant figures at most, or two decimals."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    text = f"{value:,.6g}"
    if "e" not in text:
        return text
    return f"{value:,.2f}".rstrip("0").rstrip(".") if 1e6 <= abs(value) < 1e15 else f"{value:.6g}"


def percentage(share: float) -> str:
    """Returns a share as a percentage."""
    return f"{number(round(share * 100, 6))}%"


def plural(count: float, singular: str, several: str = "") -> str:
    """Returns a count with its noun: ``1 unit``, ``3 units``."""
    return f"{number(count)} {singular if count == 1 else several or singular + 's'}"


def short_name(option: Option) -> str:
    """Returns what a headline and a tab call an option."""
    return option.short_name or elided(option.name, SHORT)


def elided(text: str, most: int) -> str:
    """Returns text of at most so many characters, cut at a word, with an ellipsis if it is cut."""
    if len(text) <= most:
        return text
    cut = text[: max(most - 1, 0)]
    at_word = cut.rsplit(" ", 1)[0]
    return f"{(at_word if len(at_word) > most // 2 else cut).rstrip(' ,;:–-(')}…"


def with_end(text: str, most: int) -> str:
    """Returns text of at most so many characters with its end, which tells it from others alike at first."""
    if len(text) <= most:
        return text
    end = (most - 1) * 2 // 3
    return f"{text[: most - 1 - end].rstrip(' ,')}…{text[-end:].lstrip(' ,')}"


def listed(texts: Sequence[str], last: str = "and") -> str:
    """Returns texts as a list in a sentence: ``a, b and c``."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def date_words(date: dt.date) -> str:
    """Returns a date as ``1 April 2026``."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def duration_words(duration: Duration) -> str:
    """Returns a length of time: ``20 minutes``, ``1 week``."""
    return f"{number(duration.value)} {_unit(duration.value, duration.unit)}"


def rate_words(rate: Rate) -> str:
    """Returns a rate: ``12 per week``."""
    return f"{number(rate.value)} {rate.unit}"


def later_rate_words(rate: Later[Rate]) -> str:
    """Returns a rate that may change at a date: ``12 per week until 1 April 2026, then 15 per week``."""
    if isinstance(rate, Rate):
        return rate_words(rate)
    return change_words(rate, rate_words(rate.before), rate_words(rate.after))


def money_words(money: Money) -> str:
    """Returns an amount with its price year: ``£120 (2024/25 prices)``."""
    pence = "" if money.value == int(money.value) else ".2f"
    amount = f"{money.value:,{pence}}" if pence else f"{int(money.value):,}"
    return f"£{amount} ({money.price_year} prices)"


def distribution_words(distribution: Distribution) -> str:
    """Returns a distribution as it was entered: ``lognormal, median 18 and 90th percentile 34 minutes``."""
    unit = distribution.unit
    if distribution.kind == "fixed" and distribution.value is not None:
        return f"always {number(distribution.value)} {_unit(distribution.value, unit)}"
    kind = KIND_WORDS[distribution.kind]
    if distribution.values is not None:
        weights = ", with weights" if distribution.weights is not None else ""
        return f"{plural(len(distribution.values), 'recorded time')} in {unit}{weights}"
    figures = [
        f"{_FIGURES[name]} {number(getattr(distribution, name))}"
        for name in distribution.way
        if name in _FIGURES
    ]
    stages = f", in {plural(distribution.shape, 'stage')}" if distribution.shape is not None else ""
    return f"{kind}, {listed(figures)} {unit}{stages}"


def _unit(value: float, unit: str) -> str:
    """Returns a unit of time in the singular where the value is 1."""
    return unit.removesuffix("s") if value == 1 else unit


def element_words(pathway: Pathway, identifier: str) -> str:
    """Returns a drawn element by kind and name: ``Activity "Clinic"``; its id in quotes if there is none."""
    try:
        map_name = pathway.map_of(identifier)
    except KeyError:
        return quoted(identifier)
    return f"{MAP_WORDS[map_name]} {quoted(getattr(pathway, map_name)[identifier].name)}"


def element_name(pathway: Pathway, identifier: str) -> str:
    """Returns the name of a drawn element in quotes, or its id if there is none."""
    element = pathway.drawn().get(identifier)
    return quoted(element.name if element is not None else identifier)


def transition_words(pathway: Pathway, identifier: str) -> str:
    """Returns an arrow by its ends: ``Arrow "Clinic" → "Home"``."""
    arrow = pathway.transitions[identifier]
    return f"Arrow {element_name(pathway, arrow.origin)} → {element_name(pathway, arrow.target)}"


def member_name(pathway: Pathway, map_name: str, identifier: str) -> str:
    """Returns the name of a member of a map (pools, need_tiers, ...) in quotes, or its id."""
    member = getattr(pathway, map_name).get(identifier)
    return quoted(getattr(member, "name", identifier))


def setting_words(pathway: Pathway, setting: str) -> str:
    """Returns a setting in the middle of a sentence: the own one by its name, or the known word."""
    own = pathway.settings.get(setting)
    return own.name if own is not None else setting


def payer_kind_words(pathway: Pathway, kind: str) -> str:
    """Returns which part of the public purse a payer is: the own kind by its name, or the known word."""
    own = pathway.payer_kinds.get(kind)
    return own.name if own is not None else kind


def attribute_words(pathway: Pathway, attribute: str) -> str:
    """Returns what groups patients: ``need tier``, ``footprint``, or a declared attribute's name."""
    if attribute in ("need_tier", "footprint"):
        return attribute.replace("_", " ")
    return lower_first(member_name(pathway, "attributes", attribute).strip('"'))


def group_name(pathway: Pathway, attribute: str, value: str) -> str:
    """Returns a group's name in quotes: the tier, the footprint, or the value of a declared attribute."""
    if attribute == "need_tier":
        return member_name(pathway, "need_tiers", value)
    if attribute == "footprint":
        return member_name(pathway, "footprints", value)
    declared = pathway.attributes.get(attribute)
    found = declared.values.get(value) if declared is not None else None
    return quoted(found.name if found is not None else value)


def varied_words(pathway: Pathway, value: Dated[Figure], *, share: bool = False) -> str:
    """Returns a figure that may differ by group and change at a date, in plain words.

    Args:
        pathway: where the groups have their names.
        value: the figure, or one for each group.
        share: whether plain numbers are shares, to be given as percentages.
    """
    if isinstance(value, Change):
        before, after = (varied_words(pathway, each, share=share) for each in (value.before, value.after))
        return change_words(value, before, after)
    if isinstance(value, ByGroup):
        return group_words(pathway, value, lambda each: figure_words(each, share=share))
    return figure_words(value, share=share)


def figure_words(value: float | Rate | Distribution, *, share: bool = False) -> str:
    """Returns a number, a share, a rate or a distribution in plain words."""
    match value:
        case Rate():
            return rate_words(value)
        case Distribution():
            return distribution_words(value)
        case int() | float():
            return percentage(value) if share else number(value)
        case _:
            assert_never(value)


def group_words(pathway: Pathway, varied: ByGroup[T], words: Callable[[T], str]) -> str:
    """Returns a value that differs by group: ``by need tier ("High": 2, otherwise 1)``."""
    pairs = [f"{group_name(pathway, varied.by, key)}: {words(each)}" for key, each in varied.values.items()]
    pairs.append(f"otherwise {words(varied.otherwise)}")
    return f"by {attribute_words(pathway, varied.by)} ({'; '.join(pairs)})"


def change_words(change: AtDate, before: str, after: str) -> str:
    """Returns a value that changes at a date: ``20% until 1 April 2026, then 50% (over 6 months)``."""
    ramp = "" if change.ramp is None else f" (over {duration_words(change.ramp)})"
    return f"{before} until {date_words(change.starts)}, then {after}{ramp}"


def typeset(text: str) -> str:
    """Returns a sentence with the quotation marks of print, which the window and charts have."""
    return re.sub(r'"([^"]*)"', r"“\1”", text)
