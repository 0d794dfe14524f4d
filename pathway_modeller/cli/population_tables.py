"""A planned population as tables for people: how many there are, and what is spent, in total and per head."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pathway_modeller.cli.console import plain_console
from pathway_modeller.cli.planned import Planned
from pathway_modeller.report.drawing.scale import MISSING
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.words.sentences import date_words, listed

if TYPE_CHECKING:
    import pandas as pd

Write = Callable[[float], str]


def show_people(scenario: Scenario, plans: Sequence[Planned]) -> None:
    """Prints the people and the spending of each plan, then what they rest on."""
    console = plain_console()
    click.echo(f"{scenario.name}\n")
    for each in plans:
        _show(console, each)
    for option in plans[1:]:
        for sentence in _differences(plans[0], option):
            click.echo(sentence)
    click.echo(
        "Expected people by planning mode, without patients or queues; year 0 is "
        f"{date_words(scenario.run.start_date)}, the others are its anniversaries. Spending is real pounds "
        "a year at that moment, outside the pathway that is drawn."
    )


def _show(console: Console, planned: Planned) -> None:
    """Prints one plan."""
    figures, tiers = planned.by_tier(), tiers_upwards(planned.pathway)
    names = [planned.pathway.need_tiers[tier].name for tier in tiers]
    people = _wide(figures, "people", tiers)
    console.print(_table(f"{planned.name}: people", names, people, people.sum(axis=1), _whole))
    ends = _Ends.of(planned.pathway)
    for sentence in _people_sentences(people, ends):
        click.echo(f"  {sentence}")
    if not planned.spending.empty:
        _show_money(console, planned, people, names, ends)
    for sentence in planned.said:
        click.echo(f"  Note: {sentence}")
    click.echo()


def _show_money(
    console: Console, planned: Planned, people: pd.DataFrame, names: Sequence[str], ends: _Ends
) -> None:
    """Prints what is spent, in total and per head: the one without the other misleads."""
    year = str(planned.spending["price_year"].iloc[0])
    prices = f" ({year} prices)" if year else ""
    pounds = _wide(planned.by_tier(), "pounds", list(people.columns))
    total = pounds.sum(axis=1, skipna=False)
    console.print(_table(f"{planned.name}: £ million a year{prices}", names, pounds, total, _millions))
    heads = people.sum(axis=1)
    title = f"{planned.name}: £ a head and year{prices}"
    console.print(_table(title, names, pounds / people, total / heads, _whole))
    for sentence in _money_sentences(people, pounds, ends):
        click.echo(f"  {sentence}")


@dataclass(frozen=True)
class _Ends:
    """The need tiers of the lowest and of the highest level: one each, or one an age band.

    Attributes:
        base, tip: their ids.
        base_name, tip_name: their names.
    """

    base: list[str]
    tip: list[str]
    base_name: str
    tip_name: str

    @classmethod
    def of(cls, pathway: Pathway) -> _Ends:
        """Returns the ends of a pathway's triangle."""
        levels = {key: tier.level for key, tier in pathway.need_tiers.items()}
        ends = [
            [tier for tier in tiers_upwards(pathway) if levels[tier] == level]
            for level in (min(levels.values()), max(levels.values()))
        ]
        names = [listed([f"“{pathway.need_tiers[tier].name}”" for tier in tiers]) for tiers in ends]
        return cls(ends[0], ends[1], names[0], names[1])


def _wide(figures: pd.DataFrame, values: str, tiers: list[str]) -> pd.DataFrame:
    """Returns figures by year (rows) and tier (columns, the base first)."""
    return figures.pivot(index="year", columns="need_tier", values=values)[tiers]


def tiers_upwards(pathway: Pathway) -> list[str]:
    """Returns the need tiers from the base of the triangle to its tip."""
    return sorted(pathway.need_tiers, key=lambda tier: (pathway.need_tiers[tier].level, tier))


def _table(
    title: str, names: Sequence[str], figures: pd.DataFrame, whole: pd.Series[float], write: Write
) -> Table:
    """Returns a table of years by tier, the whole at the right."""
    made = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for name in ("Year", *names, "All"):
        made.add_column(name, justify="right")
    everyone = whole.reindex(figures.index).to_numpy(dtype=float)
    for (year, row), total in zip(figures.iterrows(), everyone, strict=True):
        made.add_row(str(year), *(write(float(value)) for value in row), write(float(total)))
    return made


def _whole(value: float) -> str:
    """Returns a number without decimals, thousands apart."""
    return MISSING if math.isnan(value) else f"{value:,.0f}"


def _millions(value: float) -> str:
    """Returns pounds in millions."""
    return MISSING if math.isnan(value) else f"{value / 1e6:,.2f}"


def _people_sentences(people: pd.DataFrame, ends: _Ends) -> Iterator[str]:
    """Yields how the tip grows."""
    share = people[ends.tip].sum(axis=1) / people.sum(axis=1)
    first, last = float(share.iloc[0]), float(share.iloc[-1])
    if not math.isnan(first) and not math.isnan(last):
        when = f"in year {share.index[-1]}"
        yield f"{ends.tip_name}: {100 * first:.1f}% of people on the start date, {100 * last:.1f}% {when}."


def _money_sentences(people: pd.DataFrame, pounds: pd.DataFrame, ends: _Ends) -> Iterator[str]:
    """Yields what the tip takes in the last year, in total and per head."""
    heads, spent = people.iloc[-1], pounds.iloc[-1]
    tip, base = (float(spent[tiers].sum(skipna=False)) for tiers in (ends.tip, ends.base))
    below, above = (float(heads[tiers].sum()) for tiers in (ends.base, ends.tip))
    whole = float(spent.sum(skipna=False))
    if math.isnan(whole) or not min(whole, base, below, above) > 0:
        return
    yield (
        f"{ends.tip_name}: {100 * tip / whole:.0f}% of this spending in year {pounds.index[-1]}, "
        f"{tip / above / (base / below):.1f} times as much a head as {ends.base_name}."
    )


def _differences(baseline: Planned, option: Planned) -> Iterator[str]:
    """Yields what an option changes in the last year."""
    tip = _Ends.of(option.pathway).tip
    sides = []
    for each in (baseline, option):
        figures = each.by_tier()
        last = figures[figures["year"] == figures["year"].max()]
        at_tip = float(last[last["need_tier"].isin(tip)]["people"].sum())
        sides.append((at_tip, float(last["pounds"].sum(skipna=False)), int(last["year"].iloc[0])))
    (people, pounds, year), (other_people, other_pounds, _) = sides
    change = other_people - people
    text = f"“{option.name}” against the baseline in year {year}: {_signed(change, '', '')} people at the tip"
    if not math.isnan(pounds) and not math.isnan(other_pounds) and pounds > 0:
        more = (other_pounds - pounds) / 1e6
        share = 100 * (other_pounds - pounds) / pounds
        text += f", {_signed(more, '£', 'm')} a year ({_signed(share, '', '%', 1)}) of spending per head"
        text += "; what the option itself costs is in it only as far as it is entered per head"
    yield f"{text}."


def _signed(value: float, before: str, after: str, decimals: int | None = None) -> str:
    """Returns a change with its sign."""
    places = (2 if before else 0) if decimals is None else decimals
    shown = f"{abs(value):,.{places}f}"
    sign = "" if not shown.strip("0.,") else "−" if value < 0 else "+"
    return f"{sign}{before}{shown}{after}"
