"""Results as tables for people: the main figures with intervals, differences, verdicts, provenance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pathway_modeller.analysis.columns import LABELS
from pathway_modeller.analysis.measures.catalogue import MEASURES, find
from pathway_modeller.analysis.measures.measure import Measure
from pathway_modeller.cli.console import plain_console
from pathway_modeller.cli.money_tables import show_budgets, show_next_best, show_settled
from pathway_modeller.cli.tag_tables import show_tags
from pathway_modeller.report.drawing.scale import MISSING, Scale, scale_for
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.first_page import first_page
from pathway_modeller.report.words.headlines import changes_of, headline
from pathway_modeller.report.words.money import money_sentences
from pathway_modeller.report.words.questions import COLUMNS
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.simulation.dimensions import DIVIDED_BY

if TYPE_CHECKING:
    import pandas as pd

_WHOLE = (
    "deteriorated.death",
    "deteriorated.emergency",
    "deteriorated.need",
    "harmed.death",
    "harmed.emergency",
    "harmed.need",
    "still_waiting.patients",
    "standard.within",
    "standard.within_stopped",
    "standard.within_running",
    "standard.incomplete.over_52",
    "standard.incomplete.over_65",
    "standard.km_median",
    "contacts",
    "missed",
    "gave_up",
    "turned_away",
    "left.not_attended",
    "exits",
    "pathway_time.median",
    "inside.end",
    "deprivation.wait_gap",
    "deprivation.contacts_gap",
    "bill",
    "pool_cost",
    "variable_cost",
    "system_cost",
    "other_spending",
)
"""Shown for the whole pathway."""
_BY_SETTING = ("contacts", "bill", "pool_cost")
_BY_ACTIVITY = ("wait.mean", "wait.median", "wait.p92", "queue.mean", "blocked.mean")
_BY_POOL = ("pool.utilisation", "pool.occupancy")
_TOLD = ("bill", "system_cost")
"""Told in sentences, as is the longest wait by activity."""
_ONLY_IF_ANY = (
    "deteriorated.death",
    "deteriorated.emergency",
    "deteriorated.need",
    "harmed.death",
    "harmed.emergency",
    "harmed.need",
    "missed",
    "gave_up",
    "turned_away",
    "left.not_attended",
    "standard.incomplete.over_52",
    "standard.incomplete.over_65",
)
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


def show_results(findings: Findings, *, explain: bool = False) -> None:
    """Prints the main figures of each variant, what differs, and where all this comes from.

    Args:
        findings: what was found.
        explain: whether to say of each measure in the tables what it counts, and whom.
    """
    console = plain_console()
    if findings.options:
        _show_options(console, findings)
    else:
        for variant in findings.variants:
            _show_variant(console, findings, variant)
    if explain:
        _show_explained(console, findings)
    click.echo(f"Counted: {findings.period}; {findings.basis}.")
    click.echo(findings.source)


def _show_explained(console: Console, findings: Findings) -> None:
    """Prints what each measure in the tables counts, and whom."""
    table = _table("What is counted", "Measure", "What it counts, and whom")
    told = dict[str, Measure]()
    for variant in findings.variants:
        for key, _ in _chosen(findings.results.summary(variant)):
            measure = find(key[0]).measure
            told.setdefault(measure.id, measure)
    for measure in told.values():
        table.add_row(f"{measure.title} ({_unit(measure)})", measure.definition)
    console.print(table)


def _show_options(console: Console, findings: Findings) -> None:
    """Prints the first page, then what differs under each option, and what that does to money."""
    _show_first_page(console, findings)
    money = findings.answers
    for option in findings.options:
        _show_comparison(console, findings, option)
        for number, line in enumerate(money_sentences(money.of(option))):
            click.echo(f"  {'Money: ' if number == 0 else '  '}{line}")
        show_settled(console, findings, option)
        click.echo()
    if findings.hangs_on is not None:
        from pathway_modeller.cli.hangs_on_tables import show_hangs_on

        show_hangs_on(console, findings, findings.hangs_on)
    show_budgets(console, findings)
    show_next_best(console, findings)
    show_tags(console, findings)
    if money.covered is not None and money.covered.sentence:
        click.echo(money.covered.sentence)


def _show_first_page(console: Console, findings: Findings) -> None:
    """Prints whether each option saves, when, who pays, who waits, who loses and what that hangs on."""
    page = first_page(findings, findings.hangs_on_words)
    table = _table(page.title, "", *COLUMNS.values(), words=1 + len(COLUMNS))
    for row in page.rows:
        table.add_row(row.name, *(row.cells[column].words for column in COLUMNS))
        table.add_section()
    click.echo(f"{page.headline}.")
    click.echo(page.basis)
    console.print(table)
    for line in page.beside:
        click.echo(f"  {line}")
    click.echo()


def _show_variant(console: Console, findings: Findings, variant: str) -> None:
    """Prints the figures of one variant."""
    title = f"{findings.variant_name(variant)}: {findings.scenario.name}"
    table = _table(title, "Measure", "Where", "Mean", "95% interval")
    for key, row in _chosen(findings.results.summary(variant)):
        scale = findings.scale(key[-1], (row.mean,), key[0])
        scale = scale.legible((row.mean, row.low, row.high)).finer((row.high - row.low) / 4)
        table.add_row(*_names(findings, key), scale.text(row.mean), _ends(scale, row))
    console.print(table)


def _show_comparison(console: Console, findings: Findings, option: str) -> None:
    """Prints baseline, option and difference, and what that shows."""
    title = f"{findings.variant_name(option)} against the baseline: {findings.scenario.name}"
    table = _table(title, "Measure", "Where", "Baseline", "Option", "Difference", "95% interval")
    sides = [_by_key(findings.results.summary(variant)) for variant in (BASELINE, option)]
    differences = findings.results.differences(option)
    for key, row in _chosen(differences, *sides):
        before, after = _means(key, sides)
        scale = findings.scale(key[-1], (before, after), key[0]).legible((before, after))
        beside = (before, after) if key[-1] == "days" else ()
        own = findings.scale(key[-1], (row.mean, *beside), key[0], difference=True)
        change = own.legible((row.mean, row.low, row.high)).finer((row.high - row.low) / 4)
        table.add_row(
            *_names(findings, key),
            scale.text(before),
            scale.text(after),
            change.text(row.mean, signed=True),
            _ends(change, row, signed=True),
        )
    console.print(table)
    for sentence in _verdicts(findings, option, differences):
        click.echo(f"  {sentence}.")


def _ends(scale: Scale, row: _Row, *, signed: bool = False) -> str:
    """Returns the ends of an interval, whose unit stands beside it; a dash where there is none."""
    if math.isnan(row.low) or math.isnan(row.high):
        return MISSING
    return " to ".join(scale.number(end, signed=signed) for end in (row.low, row.high))


def _verdicts(findings: Findings, option: str, differences: pd.DataFrame) -> Iterator[str]:
    """Yields how an option differs in cost and waits, as figures; its claims follow."""
    from pathway_modeller.report.words.waiting import wait_message

    by_key = _by_key(differences)
    whole = {key: row for key, row in by_key.items() if not any(key[1:-1])}
    for measure in _TOLD:
        for key, row in whole.items():
            if key[0] == measure:
                changes = findings.changes(measure)
                (change,) = changes_of(findings, changes[changes["variant"] == option])
                scale = findings.scale(key[-1], (row.mean,), measure, difference=True)
                yield headline(MEASURES[measure].title, [change], scale, over=findings.span)
    if any(key[0] == "wait.mean" and key[1] and not math.isnan(row.mean) for key, row in by_key.items()):
        yield wait_message(findings, "wait.mean", (option,))


def _unit(measure: Measure) -> str:
    """Returns the unit of a measure as people write it."""
    return scale_for(measure.unit, ()).unit if measure.unit in ("GBP", "share") else measure.unit


def _names(findings: Findings, key: Key) -> tuple[str, str]:
    """Returns the title of a row's measure, and where it was measured."""
    labels = dict(zip(LABELS, key, strict=True))
    measure = labels["measure"]
    named = find(measure)
    title = findings.with_causes(measure, named.measure.title, labels["element"])
    standard = findings.scenario.baseline.standards.get(named.of.get("standard", ""))
    if standard is not None:
        title = f"{title}: {standard.name}"
    places = ("setting", "element", "pool", *DIVIDED_BY)
    told = [findings.key_name(by, labels[by]) for by in places if labels[by]]
    return title, ", ".join(told) or "Whole pathway"


def _table(title: str, *columns: str, words: int = 2) -> Table:
    """Returns an empty table; so many of the first columns hold words, the others figures."""
    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place < words else "right")
    return table


def _by_key(frame: pd.DataFrame) -> dict[Key, _Row]:
    """Returns the rows of a summary or of differences by what they are about."""
    keys = frame[list(LABELS)].itertuples(index=False, name=None)
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
    if key[1] and all(math.isnan(value) for value in values):
        return False  # nobody came there, or waited so
    optional = find(key[0]).measure.id in _ONLY_IF_ANY or any(key[1:-1])
    return not optional or any(value != 0 for value in values)


def _place(key: Key) -> tuple[int, int] | None:
    """Returns where a row stands in the tables, None where it does not."""
    measure, element, pool, tier, footprint, setting, _ = key
    known = find(measure).measure.id
    groups = (
        (_WHOLE, not (element or pool or tier or footprint or setting)),
        (_BY_SETTING, bool(setting) and not (element or pool or tier or footprint)),
        (_BY_ACTIVITY, bool(element) and not (tier or footprint)),
        (_BY_POOL, bool(pool) and not footprint),
    )
    for number, (measures, fits) in enumerate(groups):
        if fits and known in measures:
            return number, measures.index(known)
    return None
