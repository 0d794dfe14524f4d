"""Where the contacts go that an option takes away: found elsewhere, no longer needed, unmet, or nowhere."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.experiment.answers.sections import compared, displaced_lines
from pathway_modeller.report.build import MOST_ROWS, chart_of, key_of, nothing_to_show, said_of, words_of
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.forest import Point, Row, forest
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.headlines import LONGEST
from pathway_modeller.scenario.words.sentences import elided

_TITLE = "Contacts that options take away, and where they are found"
_LINES = (
    ("taken", "taken from {}"),
    ("found", "found at {}"),
    ("newly_met", "newly met at {}"),
    ("avoided", "no longer needed, as declared"),
    ("unmet", "unmet, declared or found"),
    ("still_waiting", "still waiting at the end"),
    ("carried_forward", "not yet due at the end"),
    ("remainder", "found nowhere"),
)
"""Lines of an account with the words for each; those at a place hold its name."""
_TAKEN = "Taken from "
_LEAST = 0.5
"""Contacts below which a line is none."""


def has_displaced(findings: Findings) -> bool:
    """Whether an option that was run declares where contacts go."""
    every = findings.scenario.options
    return any(every[option].declared() for option in findings.options if option in every)


def displaced(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns the contacts taken from each activity, and what becomes of them, over the period."""
    subtitle = f"{_TITLE}, contacts in the period; {findings.period}; {findings.basis}"
    lines = list(_lines(findings)) if has_displaced(findings) else []
    shown = [each for each in lines if abs(each.contacts.mean) >= _LEAST]
    if not shown:
        said = "No contacts are taken away by an option that says where they go"
        return nothing_to_show(findings, style, said, subtitle)
    scale = scale_for("contacts", [each.contacts.mean for each in shown])
    rows = [
        Row(label, tuple(_point(findings, each) for each in shown if each.of == (line, label)))
        for line, label in dict.fromkeys(each.of for each in shown)
    ]
    several = len(rows) > MOST_ROWS
    heading = Heading(
        headline=_message(findings, shown),
        subtitle=f"{subtitle}{f'; the first {MOST_ROWS} of {len(rows)} rows' if several else ''}",
        source=findings.source,
        key=key_of(findings, findings.options),
    )
    figure = forest(style, heading, rows[:MOST_ROWS], "Contacts in the period", scale, kind="bar")
    table = pd.DataFrame(
        [
            {
                "measure": f"displacement.{each.line}",
                "of": each.label,
                "variant": findings.variant_name(each.option),
                "unit": "contacts",
                "mean": each.contacts.mean,
                "low": each.contacts.low,
                "high": each.contacts.high,
                "replications": each.contacts.n,
            }
            for each in lines
        ]
    )
    return chart_of(heading, figure, table, said_of(findings, rows))


@dataclass(frozen=True)
class _Line:
    """A line of the account of contacts that an option takes from an activity, over the period."""

    option: str
    line: str
    label: str
    contacts: Interval

    @property
    def of(self) -> tuple[str, str]:
        """What it is of, whichever the option."""
        return self.line, self.label


def _lines(findings: Findings) -> Iterator[_Line]:
    """Yields each line of every account, in the order of ``_LINES``."""
    for option in findings.options:
        found = findings.answers.of(option).displaced
        known = displaced_lines(compared(findings.results, findings.scenario, option), found)
        origins = {account.id: findings.key_name("element", account.activity) for account in found.accounts}
        for line, words in _LINES:
            merged: dict[str, Interval] = {}
            for (account, name, place), contacts in known.items():
                if name == line:
                    label = _label(findings, words, origins[account], place)
                    merged[label] = _together(merged.get(label), contacts)
            yield from (_Line(option, line, label, contacts) for label, contacts in merged.items())


def _label(findings: Findings, words: str, origin: str, place: str) -> str:
    """What a line is of, in words."""
    if words == "taken from {}":
        return f"{_TAKEN}{origin}"
    return f"{origin}: {words.format(findings.key_name('element', place))}"


def _together(one: Interval | None, two: Interval) -> Interval:
    """Two parts of a line; their sum has no interval of its own unless one of them is nothing."""
    if one is None or one.mean == one.low == one.high == 0:
        return two
    if two.mean == two.low == two.high == 0:
        return one
    return Interval(one.mean + two.mean, math.nan, math.nan, min(one.n, two.n))


def _point(findings: Findings, each: _Line) -> Point:
    """A number of contacts."""
    found = each.contacts
    scale = scale_for("", (found.mean,))
    said = words_of(scale, found.mean, found.low, found.high)
    return Point(findings.place(each.option), found.mean, found.low, found.high, said)


def _message(findings: Findings, shown: list[_Line]) -> str:
    """How many contacts the option takes that takes most, and how many of them are declared not needed."""
    taken = [each for each in shown if each.line == "taken"] or shown
    most = max(taken, key=lambda each: abs(each.contacts.mean))
    scale = scale_for("contacts", (most.contacts.mean,))
    number = words_of(scale, most.contacts.mean, most.contacts.low, most.contacts.high)
    mine = [each for each in shown if (each.option, each.line) == (most.option, "avoided")]
    spared = sum(each.contacts.mean for each in mine)
    told = f", {scale_for('', (spared,)).text(spared)} declared not needed" if spared else ""
    name = findings.short_name(most.option)
    if most.line == "taken":
        said, origin = f"{name} takes {number} from ", most.label.removeprefix(_TAKEN)
        return f"{said}{elided(origin, LONGEST - len(said) - len(told))}{told}"
    end = f": {number}{told}"
    return f"{name}: {elided(most.label, LONGEST - len(name) - len(end) - 2)}{end}"
