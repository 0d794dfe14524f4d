"""Queues and occupancy over time, with bands."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pathway_modeller.report.build import chart_of, key_of, nothing_to_show
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.lines import Line, TimeAxis, lines_figure
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings, largest_first
from pathway_modeller.report.words.headlines import changes_of, headline
from pathway_modeller.report.words.opening_hours_use import closes, units_there, while_open

_MOST_STEPS = 130
"""Steps that can be seen apart on a chart."""
_COLUMNS = ("time", "mean", "low", "high")


def queue_over_time(findings: Findings, style: Style = PAGE, element: str = "") -> Chart:
    """Returns how many wait for an activity over time.

    Args:
        findings: what was simulated.
        style: sizes.
        element: the activity; by default the one of the baseline with the longest mean queue.
    """
    ranked = findings.of_the_first("element", largest_first(findings.figures("queue.mean", "element")))
    if not ranked:
        return nothing_to_show(
            findings, style, "No queue can be shown: there is no activity", "Number waiting"
        )
    chosen = element or ranked[0]
    return _over_time(findings, style, "queue", "element", chosen, "Mean number waiting", "queue.mean")


def occupancy_over_time(
    findings: Findings, style: Style = PAGE, pool: str = "", footprint: str = ""
) -> Chart:
    """Returns how many units of a pool are in use over time.

    Args:
        findings: what was simulated.
        style: sizes.
        pool: the pool; by default the one of the baseline with the highest utilisation.
        footprint: the footprint that holds it, if each has its own.
    """
    found = busiest_pool(findings) if not pool else (pool, footprint)
    if found is None:
        return nothing_to_show(
            findings, style, "No occupancy can be shown: there is no capacity pool", "Units in use over time"
        )
    shut = closes(findings, found[0])
    title = "Mean units in use while open" if shut else "Mean units in use"
    return _over_time(findings, style, "occupancy", "pool", found[0], title, "pool.utilisation", found[1])


def busiest_pool(findings: Findings) -> tuple[str, str] | None:
    """Returns the pool of the baseline with the highest utilisation (else occupancy), and a footprint or "".

    A pool that only an option has comes into question where the baseline has none.
    """
    for measure in ("pool.utilisation", "pool.occupancy"):
        ranked = findings.of_the_first("pool", largest_first(findings.figures(measure, "pool")))
        if ranked:
            pool = ranked[0]
            held = any(
                pathway.pools[pool].per_footprint
                for pathway in findings.pathways.values()
                if pool in pathway.pools
            )
            if not held:
                return pool, ""
            places = largest_first(findings.figures(measure, "footprint", pool=pool))
            return (pool, places[0]) if places else None
    return None


def _over_time(
    findings: Findings,
    style: Style,
    kind: str,
    by: str,
    key: str,
    title: str,
    measure: str,
    footprint: str = "",
) -> Chart:
    """A chart of one queue or pool over time."""
    found = findings.series(kind, **{by: key, "footprint": footprint})
    given = findings.results.provenance
    end = given.warm_up_days + given.collection_days
    found = _coarser(found, end)
    step = _step(found["time"].to_numpy(dtype=float))
    if by == "pool":
        opened = _coarser(findings.series("capacity", **{by: key, "footprint": footprint}), end)
        found = _on_the_scale_of_units(findings, found, opened, key, footprint)
    variants = [variant for variant in findings.variants if (found["variant"] == variant).any()]
    lines = [_line(findings, variant, found[found["variant"] == variant]) for variant in variants]
    name = findings.key_name(by, key)
    late = "; work after closing is counted" if by == "pool" and closes(findings, key) else ""
    where = f" in {findings.key_name('footprint', footprint)}" if footprint else ""
    unit = "patients" if by == "element" else "units"
    what = f"{name}{where}"
    lacking = findings.lacking(by, key)
    only = f", {lacking}" if lacking else ""
    heading = Heading(
        headline=findings.message(
            lambda: _message(
                findings, f"{title} for {what}" if by == "element" else what, measure, by, key, footprint
            )
        ),
        subtitle=f"{title}, {unit}, over each {step}; {what}{only}{late}; {findings.period}; "
        f"{findings.basis_of_bands}",
        source=findings.source,
        key=key_of(findings, variants),
    )
    time = TimeAxis(given.start_date, given.warm_up_days)
    figure = lines_figure(style, heading, lines, f"{title} ({unit})", "Date", time)
    table = pd.DataFrame(
        {
            "measure": kind,
            "of": name,
            "footprint": findings.key_name("footprint", footprint) if footprint else "",
            "variant": [findings.variant_name(variant) for variant in found["variant"]],
            "day": found["time"].to_numpy(),
            "unit": unit,
            "mean": found["mean"].to_numpy(),
            "low": found["low"].to_numpy(),
            "high": found["high"].to_numpy(),
        }
    )
    return chart_of(heading, figure, table, _said(findings, variants, lines, given.warm_up_days, unit))


def _coarser(found: pd.DataFrame, end: float) -> pd.DataFrame:
    """Joins steps to days, or days to weeks, where there are too many to be seen apart.

    A last step that the run cuts short is left out: two days of a week would look like a change.

    The ends of an interval are averaged like its middle. The interval of a mean of several steps is at
    most that wide, so that a band is never drawn too narrow.
    """
    for days in (1.0, 7.0):
        times = np.unique(found["time"].to_numpy(dtype=float))
        if len(times) > _MOST_STEPS and float(np.diff(times).max()) < days:
            joined = found.assign(time=np.floor(found["time"] / days + 1e-9) * days)
            labels = [name for name in found.columns if name not in ("mean", "low", "high")]
            found = joined.groupby(labels, sort=False, observed=True, as_index=False)[
                ["mean", "low", "high"]
            ].mean()
    times = np.unique(found["time"].to_numpy(dtype=float))
    if len(times) > 1:
        whole = found["time"] + float(np.diff(times).max()) <= end + 1e-6
        found = found[whole].reset_index(drop=True)
    return found


def _on_the_scale_of_units(
    findings: Findings, used: pd.DataFrame, opened: pd.DataFrame, pool: str, footprint: str
) -> pd.DataFrame:
    """Use in opening hours; mean and band on one scale, so that both count work after closing, or neither."""
    parts = []
    times = np.unique(used["time"].to_numpy(dtype=float))
    days = float(np.diff(times).max()) if len(times) > 1 else 1.0
    for variant in dict.fromkeys(used["variant"]):
        mine = used[used["variant"] == variant]
        known = opened[opened["variant"] == variant].set_index("time")["mean"]
        across = mine["time"].to_numpy(dtype=np.float64)
        capacity = known.reindex(across).to_numpy(dtype=np.float64)
        there = units_there(findings, str(variant), pool, across, days, footprint)
        parts.append(while_open(mine, capacity, there))
    return pd.concat(parts, ignore_index=True) if parts else used


def _line(findings: Findings, variant: str, rows: pd.DataFrame) -> Line:
    """The line of one variant."""
    across, mean, low, high = (rows[name].to_numpy(dtype=np.float64) for name in _COLUMNS)
    if not findings.has_bands:
        low, high = np.full(len(mean), np.nan), np.full(len(mean), np.nan)
    return Line(findings.place(variant), across, mean, low, high)


def _said(findings: Findings, variants: list[str], lines: list[Line], warm_up: float, unit: str) -> list[str]:
    """Where each line stands when counting begins, at its highest and at the end."""
    said = []
    for variant, line in zip(variants, lines, strict=True):
        counted = line.mean[line.across >= warm_up]
        if len(counted):
            scale = scale_for("", (float(np.nanmax(counted, initial=0.0)),))
            first, most, last = (scale.text(float(x)) for x in (counted[0], np.max(counted), counted[-1]))
            name = findings.variant_name(variant)
            said.append(f"{name}: {first} {unit} at first, {most} at most, {last} at the end")
    return said


def _step(times: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> str:
    """The length of a step in words."""
    steps = np.unique(np.round(np.diff(np.unique(times)), 9))
    days = float(np.max(steps)) if len(steps) else 0.0
    names = {1 / 24: "hour", 0.5: "half day", 1.0: "day", 7.0: "week"}
    for length, name in names.items():
        if abs(days - length) < 1e-6:
            return name
    return f"{days:g} days" if days >= 1 else f"{days * 24:g} hours"


def _message(findings: Findings, what: str, measure: str, by: str, key: str, footprint: str) -> str:
    """What the chart says: whether the mean over the period differs."""
    divided = "footprint" if footprint else by
    fixed = {by: key} if footprint else {}
    wanted = footprint or key
    figures = findings.figures(measure, divided, **fixed)
    figures = figures[figures["key"] == wanted]
    unit = "share" if measure == "pool.utilisation" else ""
    if unit and figures["mean"].isna().all():
        return f"{what} has no limit, so that it is never full"
    subject = f"{what} in use{' while open' if closes(findings, key) else ''}" if unit else what
    if findings.options:
        changes = findings.changes(measure, divided, **fixed)
        changed = changes_of(findings, changes[changes["key"] == wanted], figures)
        scale = scale_for(unit, [each.mean for each in changed], difference=True)
        return headline(subject, changed, scale)
    mean = float(figures["mean"].iloc[0])
    if mean == 0:
        said = (
            f"Nobody waits for {findings.key_name(by, key)}" if by == "element" else f"{what} is never in use"
        )
        return f"{said} over {findings.span}"
    whose = f"The share of {subject}" if unit else subject
    return f"{whose} is {scale_for(unit, (mean,)).text(mean)} over {findings.span}"
