"""The main comparison as a table: each measure with its interval, baseline and options side by side."""

from __future__ import annotations

import math

import pandas as pd

from pathway_modeller.analysis.catalogue import find
from pathway_modeller.report.build import words_of
from pathway_modeller.report.findings import Findings, records
from pathway_modeller.report.scale import MISSING, scale_for

MAIN = (
    "wait.mean",
    "wait.median",
    "wait.p92",
    "still_waiting.patients",
    "pathway_time.mean",
    "contacts",
    "exits",
    "inside.end",
    "bill",
    "pool_cost",
    "variable_cost",
    "system_cost",
)
"""Measures of the whole pathway that are compared, after the standards."""


def comparison_frame(findings: Findings) -> pd.DataFrame:
    """Returns the main measures of every variant and the differences of every option, as numbers.

    Returns:
        measure, title, unit, variant, comparison ("figure" or "difference from baseline"), mean, low, high,
        replications, variance_reduction (NaN for figures).
    """
    parts = []
    for measure in _measures(findings):
        for comparison, rows in (
            ("figure", findings.figures(measure)),
            ("difference from baseline", findings.changes(measure)),
        ):
            parts.append(
                pd.DataFrame(
                    {
                        "measure": measure,
                        "title": title_of(findings, measure),
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
    for measure in _measures(findings):
        cells: dict[str, dict[str, str]] = {}
        for change, figures in ((False, findings.figures(measure)), (True, findings.changes(measure))):
            for each in records(figures):
                column = findings.variant_name(each.variant) + (": difference" if change else "")
                scale = scale_for(each.unit, (each.mean, each.low, each.high), difference=change)
                row = cells.setdefault(each.unit, {"Measure": title_of(findings, measure)})
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


def title_of(findings: Findings, measure: str) -> str:
    """Returns what a measure is called; a standard by its own name."""
    named = find(measure)
    standard = named.of.get("standard", "")
    for pathway in findings.pathways.values():
        if standard in pathway.standards:
            return f"{named.measure.title}: {pathway.standards[standard].name}"
    return named.measure.title


def _measures(findings: Findings) -> list[str]:
    """The measures compared."""
    names = {name for pathway in findings.pathways.values() for name in pathway.standards}
    return [*(f"standard.within.{name}" for name in sorted(names)), *MAIN]
