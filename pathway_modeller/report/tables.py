"""The main comparison as a table: each measure with its interval, baseline and options side by side."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.report.build import largest_first, words_of
from pathway_modeller.report.drawing.scale import MISSING, scale_for
from pathway_modeller.report.findings import Findings, records

WAITS = ("wait.mean", "wait.median", "wait.p92")
"""Measures that are compared activity by activity: waits for unlike things have no common mean."""

MAIN = (
    "still_waiting.patients",
    "gave_up",
    "turned_away",
    "pathway_time.mean",
    "contacts",
    "exits",
    "inside.end",
    "bill",
    "pool_cost",
    "variable_cost",
    "system_cost",
    "other_spending",
)
"""Measures of the whole pathway that are compared, after the standards and the waits."""


def comparison_frame(findings: Findings) -> pd.DataFrame:
    """Returns the main measures of every variant and the differences of every option, as numbers.

    Returns:
        measure, title, unit, variant, comparison ("figure" or "difference from baseline"), mean, low, high,
        replications, variance_reduction (NaN for figures).
    """
    parts = []
    for measure, element in _measures(findings):
        for comparison, rows in (
            ("figure", _of(findings.figures, measure, element)),
            ("difference from baseline", _of(findings.changes, measure, element)),
        ):
            parts.append(
                pd.DataFrame(
                    {
                        "measure": measure,
                        "title": title_of(findings, measure, element),
                        "unit": rows["unit"].to_numpy(),
                        "variant": [findings.variant_name(variant) for variant in rows["variant"]],
                        "comparison": comparison,
                        "mean": rows["mean"].to_numpy(dtype=float),
                        "low": rows["low"].to_numpy(dtype=float),
                        "high": rows["high"].to_numpy(dtype=float),
                        "replications": rows["replications"].to_numpy(),
                        "variance_reduction": rows.get("variance_reduction", math.nan),
                    }
                )
            )
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def comparison_table(findings: Findings) -> pd.DataFrame:
    """Returns the same in words: one row a measure, one column a variant and a difference for each option."""
    rows: list[dict[str, str]] = []
    for measure, element in _measures(findings):
        cells: dict[str, dict[str, str]] = {}
        for change, lookup in ((False, findings.figures), (True, findings.changes)):
            for each in records(_of(lookup, measure, element)):
                column = findings.variant_name(each.variant) + (": difference" if change else "")
                scale = scale_for(each.unit, (each.mean, each.low, each.high), difference=change)
                row = cells.setdefault(each.unit, {"Measure": title_of(findings, measure, element)})
                row[column] = words_of(scale, each.mean, each.low, each.high, signed=change)
        rows.extend(cells.values())
    names = [findings.variant_name(variant) for variant in findings.variants]
    changes = [f"{findings.variant_name(option)}: difference" for option in findings.options]
    return pd.DataFrame(rows, columns=["Measure", *names, *changes]).fillna(MISSING)


def comparison_text(findings: Findings) -> str:
    """Returns the comparison as plain text: for each measure, a line a variant and a line a difference."""
    lines = []
    for record in comparison_table(findings).to_dict("records"):
        lines.append(str(record["Measure"]))
        width = max(len(str(name)) for name in record)
        lines.extend(
            f"  {name:<{width}}  {value}" for name, value in record.items() if str(name) != "Measure"
        )
    return "\n".join([*lines, "", findings.source])


def title_of(findings: Findings, measure: str, element: str = "") -> str:
    """Returns what a measure is called: with the standard's own name, the activity, or causes entered."""
    named = find(measure)
    standard = named.of.get("standard", "")
    for pathway in findings.pathways.values():
        if standard in pathway.standards:
            return f"{named.measure.title}: {pathway.standards[standard].name}"
    if element:
        return f"{named.measure.title}: {findings.key_name('element', element)}"
    return findings.with_causes(measure, named.measure.title)


def _of(lookup: Callable[..., pd.DataFrame], measure: str, element: str) -> pd.DataFrame:
    """The figures or changes of a measure for the whole pathway or one activity."""
    return lookup(measure, element=element)


def _measures(findings: Findings) -> list[tuple[str, str]]:
    """The measures compared, each with its activity, "" for the whole pathway."""
    names = {name for pathway in findings.pathways.values() for name in pathway.standards}
    waits = [
        (measure, element)
        for measure in WAITS
        for element in largest_first(findings.figures(measure, "element"))
    ]
    return [
        *((f"standard.within.{name}", "") for name in sorted(names)),
        *waits,
        *((measure, "") for measure in MAIN),
    ]
