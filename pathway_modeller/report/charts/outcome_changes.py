"""The outcomes that a scenario is judged by: under baseline and option, and the difference."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import pandas as pd

from pathway_modeller.report.build import chart_of, key_of, nothing_to_show, said_of, words_of
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.charts.levels import level_message
from pathway_modeller.report.drawing.forest import Point, Reference, Row, forest
from pathway_modeller.report.drawing.scale import Scale
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Figured, Findings, records
from pathway_modeller.report.words.reading import read_in_units_of
from pathway_modeller.scenario.money import Outcome

_TITLE = "Outcomes: option minus baseline, replication by replication, as a percentage of the baseline"

Frame = Callable[..., pd.DataFrame]
"""Gives a measure of every variant, or its changes, as :class:`Findings` does."""


def has_outcomes(findings: Findings) -> bool:
    """Whether outcomes are entered, and an option can be compared."""
    return bool(findings.scenario.outcomes and findings.options)


def outcome_changes(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns how each outcome differs under each option, with the levels and the interval beside it."""
    known = {
        name: outcome
        for name, outcome in sorted(findings.scenario.outcomes.items())
        if findings.options and not _figures(findings.changes, outcome).empty
    }
    if not known:
        said = "Outcomes cannot be shown: enter some, and run the baseline together with an option"
        return nothing_to_show(findings, style, said, f"{_TITLE}; {findings.period}")
    levels = {name: records(_figures(findings.figures, outcome)) for name, outcome in known.items()}
    rows, lines = list[Row](), list[dict[str, object]]()
    for name, outcome in known.items():
        changes = _figures(findings.changes, outcome)
        mine = {each.variant: each for each in levels[name]}
        found = [(each, mine.get(each.variant)) for each in records(changes)]
        base = mine.get(findings.variants[0])
        points = tuple(_point(findings, outcome.measure, each, base, after, mine) for each, after in found)
        rows.append(Row(f"{outcome.name} ({outcome.better} is better)", points))
        numbers = changes["replications"].tolist()
        lines += [
            _line(findings, outcome, each, base, after) | {"replications": number}
            for (each, after), number in zip(found, numbers, strict=True)
        ]
    first = next(iter(known))
    heading = Heading(
        headline=findings.message(
            lambda: level_message(findings, known[first].name, levels[first], measure=known[first].measure)
        ),
        subtitle=f"{_TITLE}; {findings.period}; {findings.basis}",
        source=findings.source,
        key=key_of(findings, findings.options),
    )
    percent = Scale(100, 1, "", "%", "% of baseline")
    axis = "Difference from the baseline (% of the baseline)"
    figure = forest(style, heading, rows, axis, percent, reference=Reference(0.0, "baseline"))
    return chart_of(
        heading,
        figure,
        pd.DataFrame(lines),
        said_of(findings, rows),
        read_in_units_of(findings, pd.DataFrame(lines)),
    )


def _figures(frame: Frame, outcome: Outcome) -> pd.DataFrame:
    """The rows of an outcome's measure at its element or pool; none where none is known, or units differ."""
    place, tier = outcome.element or "", outcome.need_tier or ""
    for where in ("element", "pool"):
        found = frame(outcome.measure, need_tier=tier, **{where: place})
        known = found[found["mean"].notna()].reset_index(drop=True)
        if known["unit"].nunique() == 1:
            return known
    return known.iloc[:0]


def _point(
    findings: Findings,
    measure: str,
    each: Figured,
    before: Figured | None,
    after: Figured | None,
    levels: Mapping[str, Figured],
) -> Point:
    """A difference as a share of the baseline; in words the two levels, and the difference itself."""
    place = findings.place(each.variant)
    if before is None or after is None:
        return Point(place, math.nan, math.nan, math.nan, "–")
    share = abs(before.mean) if before.mean else math.nan
    means = [one.mean for one in levels.values()]
    level = findings.scale(each.unit, means, measure)
    own = means if each.unit == "days" else (each.mean, each.low, each.high)
    scale = findings.scale(each.unit, own, measure, difference=True).finer((each.high - each.low) / 4)
    had = level.text(before.mean) if level.after == "%" else level.number(before.mean)
    change = words_of(scale, each.mean, each.low, each.high, signed=True)
    said = f"{had} → {level.text(after.mean)}; {change}"
    return Point(place, each.mean / share, each.low / share, each.high / share, said)


def _line(
    findings: Findings, outcome: Outcome, each: Figured, before: Figured | None, after: Figured | None
) -> dict[str, object]:
    """One row of the table."""
    return {
        "measure": outcome.measure,
        "of": outcome.name,
        "variant": findings.variant_name(each.variant),
        "unit": each.unit,
        "baseline": math.nan if before is None else before.mean,
        "option": math.nan if after is None else after.mean,
        "mean": each.mean,
        "low": each.low,
        "high": each.high,
    }
