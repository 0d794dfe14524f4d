"""Each provider's income against its cost, and contacts against the least that an activity needs."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.accounts.providers import NO_PROVIDER
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.report.build import (
    MOST_ROWS,
    chart_of,
    key_of,
    nothing_to_show,
    rows_of,
    said_of,
    table_of,
    words_of,
)
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.charts.levels import level_message
from pathway_modeller.report.drawing.forest import Point, Reference, Row, forest
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Figured, Findings, records

Floats = npt.NDArray[np.float64]

_TITLE = "Providers: income (what commissioners are billed for) against cost"
_VIEWS = (("bill", "provider.income", "income"), ("cost", "provider.cost", "cost"))
"""Views of money with the measure and the word for each."""
_VOLUME = "Contacts a year against the minimum volume of each activity"


def has_providers(findings: Findings) -> bool:
    """Whether any provider is named, and the books were kept."""
    return not findings.results.cash.empty and any(way.providers for way in findings.pathways.values())


def providers(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns what each provider is billed for and what it costs, in pounds a year with intervals."""
    subtitle = f"{_TITLE}, a year; {findings.period}"
    figures = _years(findings) if has_providers(findings) else pd.DataFrame()
    if figures.empty or (figures["provider"] == NO_PROVIDER).all():
        said = (
            "Providers cannot be shown: none is named, or a price or cost is missing; enter them, 0 for none"
        )
        return nothing_to_show(findings, style, said, subtitle)
    named = figures[figures["provider"] != NO_PROVIDER]
    keys = list(dict.fromkeys(named["key"]))[:MOST_ROWS]
    scale = scale_for(findings.price_unit, named["mean"])
    heading = Heading(
        headline=findings.message(lambda: _message(findings, named)),
        subtitle=f"{_TITLE}, fixed cost and unused capacity included, {scale.unit} a year; "
        f"{findings.period}; {findings.basis}",
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    rows = rows_of(findings, named, keys, "", scale)
    figure = forest(style, heading, rows, f"Income, and cost ({scale.unit}, a year)", scale, kind="bar")
    tables = [
        table_of(findings, figures[figures["measure"] == measure], "", measure).assign(
            of=figures[figures["measure"] == measure]["provider"].to_numpy(),
            unit=f"{findings.price_unit} a year",
        )
        for _, measure, _ in _VIEWS
    ]
    return chart_of(heading, figure, pd.concat(tables, ignore_index=True), said_of(findings, rows))


def _years(findings: Findings) -> pd.DataFrame:
    """Income and cost of each provider a year, for each variant of which the view is known."""
    rows = [
        (variant, f"{name}: {word}", name, measure, interval(values))
        for view, measure, word in _VIEWS
        for variant in findings.variants
        if not findings.results.missing.get(variant, {}).get(view)
        for name, values in _by_provider(findings, variant, view)
    ]
    found = pd.DataFrame(
        [
            (variant, key, name, measure, findings.price_unit, each.mean, each.low, each.high, each.n)
            for variant, key, name, measure, each in rows
        ],
        columns=["variant", "key", "provider", "measure", "unit", "mean", "low", "high", "replications"],
    )
    return found.sort_values("provider", kind="stable").reset_index(drop=True)


def _by_provider(findings: Findings, variant: str, view: str) -> Iterator[tuple[str, Floats]]:
    """Yields the name of each provider and its pounds a year, one a replication."""
    results, providers = findings.results, findings.pathways[variant].providers
    cash = results.rows("cash", variant)
    mine = cash[(cash["view"] == view) & (cash["kind"] != "other")]
    whose, pence = mine["provider"].astype(str).to_numpy(), mine["pence"].to_numpy(dtype=np.float64)
    places = mine["replication"].to_numpy(dtype=np.int64)
    number = results.provenance.replications
    for provider in sorted({*providers, *whose}, key=lambda each: (not each, each)):
        chosen = whose == provider
        sums = np.bincount(places[chosen], weights=pence[chosen], minlength=number)
        if provider or sums.any():
            called = providers[provider].name if provider in providers else provider or NO_PROVIDER
            yield called, sums / 100 / findings.years


def _message(findings: Findings, figures: pd.DataFrame) -> str:
    """What a provider is billed for under baseline and option, where that differs most."""
    billed = figures[(figures["measure"] == "provider.income") & (figures["mean"] > 0)]
    income = figures if billed.empty else billed
    means = income.groupby("key", sort=False)["mean"]
    spread = means.max() - means.min()
    key = str((spread if spread.any() else means.max()).idxmax())
    told = [
        Figured(each.variant, "", each.unit, each.mean, each.low, each.high)
        for each in records(income[income["key"] == key])
    ]
    name, _, word = key.rpartition(": ")
    return level_message(
        findings, f"{word.capitalize()} of {name}", told, " a year", measure="provider.income"
    )


def has_minimum_volume(findings: Findings) -> bool:
    """Whether any activity needs so many contacts a year."""
    return bool(_minimums(findings))


def minimum_volume(findings: Findings, style: Style = PAGE) -> Chart:
    """Returns the contacts a year of each activity that needs a number of them, beside that number."""
    least = _minimums(findings)
    figures = findings.figures("contacts", "element")
    figures = figures[figures["key"].isin(list(least))].reset_index(drop=True)
    if figures["mean"].isna().all():
        said = "No minimum volume is entered; enter one at an activity to see it beside its contacts"
        return nothing_to_show(findings, style, said, f"{_VOLUME}; {findings.period}")
    figures = figures.assign(
        unit="contacts a year", **{name: figures[name] / findings.years for name in ("mean", "low", "high")}
    )
    scale = scale_for("contacts a year", figures["mean"])
    found = records(figures)
    order = sorted(least, key=lambda key: _share(found, key, least[key]))
    rows = [
        Row(findings.key_name("element", key), tuple(_point(findings, each, least) for each in mine))
        for key in order
        if (mine := [each for each in found if each.key == key])
    ]
    first = next(each for each in order if any(one.key == each for one in found))
    heading = Heading(
        headline=findings.message(lambda: _volume_message(findings, found, first, least)),
        subtitle=f"{_VOLUME}; {findings.period}; {findings.basis}",
        source=findings.source,
        key=key_of(findings, findings.variants),
    )
    minimums = set(least.values())
    one = minimums.pop() if len(minimums) == 1 else None
    line = None if one is None else Reference(one, f"minimum {one:,.0f}")
    figure = forest(style, heading, rows, "Attended contacts a year", scale, reference=line)
    table = table_of(findings, figures, "element", "contacts.a_year")
    table["minimum"] = [least[key] for key in figures["key"]]
    return chart_of(heading, figure, table, said_of(findings, rows))


def _minimums(findings: Findings) -> dict[str, float]:
    """The minimum volume of each activity that has one, by the last variant that says so."""
    return {
        key: each.minimum_volume
        for way in findings.pathways.values()
        for key, each in way.activities.items()
        if each.minimum_volume is not None
    }


def _share(found: list[Figured], key: str, least: float) -> float:
    """The smallest share of the minimum that an activity has under any variant."""
    return min(
        (each.mean / least if least else math.inf for each in found if each.key == key), default=math.inf
    )


def _point(findings: Findings, each: Figured, least: dict[str, float]) -> Point:
    """Contacts a year beside the minimum."""
    scale = scale_for("", (each.mean,)).finer((each.high - each.low) / 4)
    said = words_of(scale, each.mean, each.low, each.high)
    return Point(
        findings.place(each.variant),
        each.mean,
        each.low,
        each.high,
        f"{said}; minimum {least[each.key]:,.0f}",
    )


def _volume_message(findings: Findings, found: list[Figured], key: str, least: dict[str, float]) -> str:
    """The contacts of the activity that has the smallest share of its minimum."""
    mine = [each for each in found if each.key == key]
    end = f"; minimum {least[key]:,.0f}"
    return level_message(findings, findings.key_name("element", key), mine, end, measure="contacts")
