"""What a chart can be of: which activity, which pool, which footprint."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    import pandas as pd

    from pathway_modeller.report.build import ChartKind
    from pathway_modeller.report.chart import Chart
    from pathway_modeller.report.drawing.style import Style
    from pathway_modeller.report.findings import Findings


@dataclass(frozen=True)
class Choice:
    """One thing that a chart can be of.

    Attributes:
        label: what people read.
        of: arguments of the chart's build function.
    """

    label: str
    of: Mapping[str, str] = field(default_factory=dict)


def choices(kind: ChartKind, findings: Findings) -> tuple[Choice, ...]:
    """Returns what a chart can be of, its own choice first; nothing if there is no choice."""
    takes = inspect.signature(kind.build).parameters
    if "pool" in takes:
        return (Choice("Busiest pool"), *_pools(findings, by_footprint="footprint" in takes))
    if kind.id == "waits-by-footprint" and not any(each.footprints for each in findings.pathways.values()):
        return ()
    if "element" in takes:
        first = "Longest queue" if kind.id.startswith("queue") else "Longest wait"
        return (Choice(first), *_activities(findings))
    return ()


def every_choice(kinds: Sequence[ChartKind], findings: Findings) -> tuple[tuple[Choice, ...], ...]:
    """Returns what each chart can be of, in the order of the charts."""
    return tuple(choices(kind, findings) for kind in kinds)


def build(kind: ChartKind, findings: Findings, style: Style, choice: Choice | None) -> Chart:
    """Returns a chart of what was chosen."""
    make = cast("Callable[..., Chart]", kind.build)
    return make(findings, style, **(choice.of if choice is not None else {}))


def only_option(findings: Findings, option: str) -> Findings:
    """Returns findings of the baseline and one option; colours and marks stay those of all."""
    results = findings.results
    kept = replace(
        results,
        measures={variant: results.measures[variant] for variant in (BASELINE, option)},
        series=_of(results.series, option),
        distributions=_of(results.distributions, option),
    )
    return replace(findings, results=kept, found=None)


def _of(table: pd.DataFrame, option: str) -> pd.DataFrame:
    """Returns the rows of the baseline and one option."""
    return table[table["variant"].astype(str).isin((BASELINE, option))].reset_index(drop=True)


def _activities(findings: Findings) -> list[Choice]:
    """Every activity of any variant, by name."""
    names = {key: act.name for way in findings.pathways.values() for key, act in way.activities.items()}
    return [Choice(name, {"element": key}) for key, name in sorted(names.items(), key=lambda each: each[1])]


def _pools(findings: Findings, *, by_footprint: bool) -> list[Choice]:
    """Every pool of any variant, by name; one that each footprint holds, by footprint."""
    found: dict[str, Choice] = {}
    for pathway in findings.pathways.values():
        for key, pool in pathway.pools.items():
            if not pool.per_footprint:
                found[pool.name] = Choice(pool.name, {"pool": key})
            elif by_footprint:
                for place, footprint in pathway.footprints.items():
                    label = f"{pool.name} in {footprint.name}"
                    found[label] = Choice(label, {"pool": key, "footprint": place})
    return [found[label] for label in sorted(found)]
