"""Results as tables for people: the main figures with intervals, differences, verdicts, provenance."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pathway_modeller.analysis.catalogue import MEASURES, find
from pathway_modeller.cli.document import variant_name
from pathway_modeller.cli.figures import scale_for
from pathway_modeller.cli.verdict import Difference, verdict
from pathway_modeller.experiment.results import LABELS, Provenance, Results
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.values import SETTING_LABELS

if TYPE_CHECKING:
    import pandas as pd

    from pathway_modeller.scenario.document import Pathway, Scenario

_WIDTH = 110
"""Characters of a line where the output is no terminal."""

_WHOLE = (
    "wait.mean",
    "wait.median",
    "wait.p92",
    "still_waiting.patients",
    "standard.within",
    "contacts",
    "missed",
    "gave_up",
    "turned_away",
    "exits",
    "pathway_time.median",
    "inside.end",
    "bill",
    "pool_cost",
    "variable_cost",
    "system_cost",
)
"""Shown for the whole pathway."""
_BY_SETTING = ("contacts", "bill", "pool_cost")
_BY_ACTIVITY = ("wait.mean", "queue.mean")
_BY_POOL = ("pool.utilisation", "pool.occupancy")
_JUDGED = ("bill", "system_cost", "wait.mean")
"""Told in sentences."""
_ONLY_IF_ANY = ("missed", "gave_up", "turned_away")
"""Left out of the tables where nobody did."""


Key = tuple[str, ...]
"""The columns ``LABELS`` of a row."""


@dataclass(frozen=True)
class _Row:
    """A figure with its interval."""

    mean: float
    low: float
    high: float
    replications: int


def show_results(results: Results, scenario: Scenario) -> None:
    """Prints the main figures of each variant, what differs, and where all this comes from."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False, soft_wrap=False)
    if BASELINE in results.variants and results.options:
        for option in results.options:
            _show_comparison(console, results, scenario, option)
    else:
        for variant in results.variants:
            _show_variant(console, results, scenario, variant)
    click.echo(provenance_line(results.provenance))


def provenance_line(given: Provenance) -> str:
    """Returns where figures come from, in a sentence."""
    asked = "" if given.finished else f" of {given.asked} asked for (stopped early)"
    start = f"{given.start_date.day} {given.start_date:%B %Y}"
    return (
        f'Source: scenario "{given.scenario_name}" ({given.scenario_hash[:12]}), '
        f"{given.replications} replications{asked}, seed {given.seed}, from {start}: "
        f"{given.collection_days:g} days counted after {given.warm_up_days:g} days of warm-up, "
        f"engine {given.engine}, Pathway Modeller {given.version}. Intervals are 95% confidence intervals."
    )


def _show_variant(console: Console, results: Results, scenario: Scenario, variant: str) -> None:
    """Prints the figures of one variant."""
    table = _table(
        f"{variant_name(scenario, variant)}: {scenario.name}", "Measure", "Where", "Mean", "95% interval"
    )
    names = _Names(apply_option(scenario, variant))
    for key, row in _chosen(results.summary(variant)):
        scale = scale_for(key[-1], (row.mean,))
        table.add_row(*names.of(key), scale.text(row.mean), scale.interval(row.low, row.high))
    console.print(table)


def _show_comparison(console: Console, results: Results, scenario: Scenario, option: str) -> None:
    """Prints baseline, option and difference, and what that shows."""
    name = variant_name(scenario, option)
    columns = ("Measure", "Where", "Baseline", "Option", "Difference", "95% interval")
    table = _table(f"{name} against the baseline: {scenario.name}", *columns)
    names = _Names(scenario.baseline, apply_option(scenario, option))
    sides = [_by_key(results.summary(variant)) for variant in (BASELINE, option)]
    differences = results.differences(option)
    for key, row in _chosen(differences, *sides):
        before, after = _means(key, sides)
        scale = scale_for(key[-1], (before, after))
        table.add_row(
            *names.of(key),
            scale.text(before),
            scale.text(after),
            scale.text(row.mean, signed=True),
            scale.interval(row.low, row.high, signed=True),
        )
    console.print(table)
    for sentence in verdicts(differences):
        click.echo(f"  {sentence}")
    click.echo()


def verdicts(differences: pd.DataFrame) -> list[str]:
    """Returns what an option's differences show of cost and waits, in sentences."""
    whole = {key: row for key, row in _by_key(differences).items() if not any(key[1:-1])}
    sentences = []
    for measure in _JUDGED:
        known = MEASURES[measure]
        for key, row in whole.items():
            if key[0] == measure:
                figures = (row.mean, row.low, row.high, row.replications)
                sentences.append(verdict(Difference(known.title, key[-1], known.better, *figures)))
    return sentences


class _Names:
    """What measures and places are called."""

    def __init__(self, *pathways: Pathway) -> None:
        """Looks names up in these pathways, the last first."""
        self._pathways = pathways

    def of(self, key: Key) -> tuple[str, str]:
        """Returns the title of a row's measure, and where it was measured."""
        measure, element, pool, _, footprint, setting, _ = key
        named = find(measure)
        title = named.measure.title
        if "standard" in named.of:
            title = f"{title}: {self._name('standards', named.of['standard'])}"
        places = [
            SETTING_LABELS[setting] if setting else "",  # type: ignore[index]
            self._element(element),
            self._name("pools", pool),
            self._name("footprints", footprint),
        ]
        return title, ", ".join(place for place in places if place) or "Whole pathway"

    def _element(self, identifier: str) -> str:
        """Returns a drawn element's name."""
        for pathway in reversed(self._pathways):
            if identifier in pathway.drawn():
                return pathway.drawn()[identifier].name
        return identifier

    def _name(self, where: str, identifier: str) -> str:
        """Returns the name of a member of a map, or its id."""
        for pathway in reversed(self._pathways):
            if identifier in getattr(pathway, where):
                return str(getattr(pathway, where)[identifier].name)
        return identifier


def _table(title: str, *columns: str) -> Table:
    """Returns an empty table; the first two columns hold words, the others figures."""
    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place < 2 else "right")
    return table


def _by_key(frame: pd.DataFrame) -> dict[Key, _Row]:
    """Returns the rows of a summary or of differences by what they are about."""
    keys = frame[LABELS].itertuples(index=False, name=None)
    figures = frame[["mean", "low", "high", "replications"]].itertuples(index=False, name=None)
    return {key: _Row(*row) for key, row in zip(keys, figures, strict=True)}


def _means(key: Key, sides: Sequence[Mapping[Key, _Row]]) -> list[float]:
    """Returns a figure's mean on each side, NaN where it has none."""
    return [side[key].mean if key in side else math.nan for side in sides]


def _chosen(frame: pd.DataFrame, *sides: Mapping[Key, _Row]) -> Iterator[tuple[Key, _Row]]:
    """Returns the rows that are shown, in the order in which a reader meets them."""
    rows = _by_key(frame)
    places = {key: place for key in rows if (place := _place(key)) is not None}
    for key in sorted(places, key=lambda each: places[each]):
        if _worth_showing(key, _means(key, sides or [rows])):
            yield key, rows[key]


def _worth_showing(key: Key, values: list[float]) -> bool:
    """Whether a row tells anything: nobody missed is not worth a line, a missing bill is."""
    optional = key[0] in _ONLY_IF_ANY or any(key[1:6])
    return not optional or any(value != 0 for value in values)


def _place(key: Key) -> tuple[int, int] | None:
    """Returns where a row stands in the tables, None where it does not."""
    measure, element, pool, tier, footprint, setting, _ = key
    known = find(measure).measure.id
    groups = (
        (_WHOLE, not (element or pool or tier or footprint or setting)),
        (_BY_SETTING, bool(setting) and not (element or pool or tier or footprint)),
        (_BY_ACTIVITY, bool(element) and not (tier or footprint)),
        (_BY_POOL, bool(pool)),
    )
    for number, (measures, fits) in enumerate(groups):
        if fits and known in measures:
            return number, measures.index(known)
    return None
