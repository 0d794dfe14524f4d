"""What the answers hang on, as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pathway_modeller.experiment.hangs_on.words import played_words, range_words, turn_words
from pathway_modeller.scenario.words.ranges import value_words

if TYPE_CHECKING:
    from pathway_modeller.experiment.hangs_on.value import HangsOn
    from pathway_modeller.report.findings import Findings

_MOST = 5
"""Assumptions told of each outcome; the JSON object and the chart's table have all."""


def show_hangs_on(console: Console, findings: Findings, found: HangsOn) -> None:
    """Prints what turns a sentence and where, what moves each outcome farthest, and what was not varied."""
    click.echo(
        f"What the answers hang on. {played_words(found)}" if found.ranges else "What the answers hang on"
    )
    for each in found.options:
        name = findings.variant_name(each.option)
        click.echo(f"  {name}:")
        for turn in each.turns:
            range_ = found.ranges[turn.assumption]
            click.echo(f"    {range_.name}, {range_words(range_)}: {turn_words(turn, found)}.")
        if not each.turns:
            click.echo("    no range that was tried turns what is said.")
    for outcome, (title, unit) in found.outcomes.items():
        table = Table(
            title=f"{title}, against the baseline", box=SIMPLE_HEAD, title_justify="left", title_style="bold"
        )
        for column in ("Option", "Assumption", "Low", "", "Central", "High", ""):
            table.add_column(column, justify="left" if column in ("Option", "Assumption") else "right")
        for each in found.options:
            swings = [swing for swing in each.swings[outcome] if swing.size][:_MOST]
            figures = [value for swing in swings for value in (swing.low, swing.central, swing.high)]
            scale = findings.scale(unit, figures, "wait.mean", difference=True)
            for swing in swings:
                range_ = found.ranges[swing.assumption]
                table.add_row(
                    findings.short_name(each.option),
                    range_.name,
                    value_words(range_.low, range_.unit),
                    scale.text(swing.low, signed=True),
                    scale.text(swing.central, signed=True),
                    value_words(range_.high, range_.unit),
                    scale.text(swing.high, signed=True),
                )
        if table.row_count:
            console.print(table)
    for unvaried in found.not_varied:
        click.echo(f"  Not varied: {unvaried.name}, because {unvaried.because}.")
    click.echo()
