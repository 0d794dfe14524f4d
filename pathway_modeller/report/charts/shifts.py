"""An investment shift as a flow from pool to pool, with cost, capacity and use month by month under it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pathway_modeller.report.build import cannot_show, chart_of, nothing_to_show
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.flow import Box, Flow, draw_flow, flow_height
from pathway_modeller.report.drawing.forest import tick_text
from pathway_modeller.report.drawing.layout import Ruler
from pathway_modeller.report.drawing.months import month_axis
from pathway_modeller.report.drawing.panels import Board, title_height
from pathway_modeller.report.drawing.scale import Scale, scale_for
from pathway_modeller.report.drawing.style import INK, PAGE, Style, chart_settings, mark
from pathway_modeller.report.drawing.swatches import Swatch
from pathway_modeller.report.drawing.timeline import Layer, Use, open_and_used, stacked_bars
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.cash import missing_words
from pathway_modeller.report.words.headlines import joined
from pathway_modeller.report.words.opening_hours_use import closes
from pathway_modeller.report.words.pool_months import Monthly, while_open_by_month
from pathway_modeller.report.words.shift_story import ShiftStory, shift_story
from pathway_modeller.scenario.document import SHORT
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.shifts import ShiftError
from pathway_modeller.scenario.shifts.unit_costs import unit_cost_per_year
from pathway_modeller.scenario.values import Duration
from pathway_modeller.scenario.words.sentences import date_words, duration_words, elided

_TITLE = "Investment shift: cost, capacity and use by month"
_LAYERS = (
    ("opened", Swatch("#28A197", "", "new capacity")),
    ("double_running", Swatch("#A285D1", "xxx", "double running")),
    ("stranded", Swatch("#801650", "///", "stranded: closed, still paid")),
    ("set_up", Swatch("#3D3D3D", "", "set-up")),
    ("exit", Swatch("#3D3D3D", "...", "exit")),
    ("left", Swatch("#12436D", "\\\\\\", "cost that has left")),
)
_COST, _POOL = 1.5, 1.05
"""Least heights of the plots, in inches."""
_APART = 0.14
_AXIS = 0.3


def shift(findings: Findings, style: Style = PAGE, *, option: str = "", key: str = "") -> Chart:
    """Returns an investment shift as a flow with its timeline.

    Args:
        findings: what was simulated.
        style: sizes.
        option: whose shift; by default the option that moves most.
        key: the shift's id; by default the largest.
    """
    every = _every(findings)
    if findings.options and not every:
        said = "No option moves money between pools; add an investment shift to one, and run it"
        return nothing_to_show(findings, style, said, _TITLE)
    none = cannot_show(findings, style, "The shift", _TITLE)
    if none is not None:
        return none
    chosen = next(
        (each for each in every if each[0] == (option or each[0]) and each[1] == (key or each[1])), every[0]
    )
    if missing := missing_words(findings.results, chosen[0]):
        return nothing_to_show(findings, style, f"The shift cannot be shown. {missing}; enter it", _TITLE)
    try:
        stories = [
            shift_story(findings, *each) for each in every if not missing_words(findings.results, each[0])
        ]
    except ShiftError as error:
        return nothing_to_show(
            findings, style, f"The shift cannot be shown: {str(error).rstrip('.')}", _TITLE
        )
    story = next(each for each in stories if (each.option, each.key) == chosen)
    return _chart(findings, style, story, stories)


def _every(findings: Findings) -> list[tuple[str, str]]:
    """Every shift that was run, as option and id, the largest first."""
    options = findings.scenario.options
    found = [(option, key) for option in findings.options for key in options[option].shifts]
    return sorted(found, key=lambda each: -options[each[0]].shifts[each[1]].amount.value)


def _chart(findings: Findings, style: Style, story: ShiftStory, stories: Sequence[ShiftStory]) -> Chart:
    """The chart of one shift; its table has all of them."""
    layers = [(swatch, getattr(story, name) * (-1 if name == "left" else 1)) for name, swatch in _LAYERS]
    scale = _monthly_scale(findings, [values for _, values in layers])
    shown = [Layer(swatch, values * scale.factor) for swatch, values in layers if np.any(values)]
    pools = _pools(findings, story)
    many = f"; the largest of {len(stories)} shifts, the table has all" if len(stories) > 1 else ""
    heading = Heading(
        headline=_message(findings, story),
        subtitle=f"{_TITLE}, under “{findings.variant_name(story.option)}”, {scale.unit}; {findings.period}; "
        f"new and closed capacity as planned, the rest {findings.basis}{many}",
        source=findings.source,
    )
    swatches = [layer.swatch for layer in shown]
    if pools:
        swatches += [_line(findings, each) for each in (BASELINE, story.option)]
        swatches.insert(-2, Swatch(INK, "", "units open", kind="line"))
    with chart_settings():
        flow, ruler = _flow(findings, story), Ruler()
        titles = [f"Cost a month ({scale.unit})", *(title for title, _, _ in pools)]
        rests = [title_height(style, ruler, text, style.width - 0.4) + _APART for text in titles]
        least = flow_height(style, ruler, flow) + sum(rests) + _COST + _POOL * len(pools) + _AXIS
        board = Board(style, heading, least, swatches=swatches)
        draw_flow(board, flow, 0.0)
        stretch = (board.height - least) / (1 + len(pools)) if least else 0.0
        _timeline(findings, board, shown, pools, titles, flow_height(style, ruler, flow), stretch)
    return chart_of(heading, board.figure, _table(findings, stories), [_said(findings, story)])


def _monthly_scale(
    findings: Findings, values: Sequence[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]
) -> Scale:
    """The scale of the cost of a month."""
    return scale_for(findings.price_unit, [float(each) for one in values for each in one])


def _line(findings: Findings, variant: str) -> Swatch:
    """The key's line for units in use."""
    look = mark(findings.place(variant))
    return Swatch(look.colour, "", f"in use: {findings.variant_name(variant)}", look.dash, "line")


Pool = tuple[str, Monthly, list[Use]]


def _pools(findings: Findings, story: ShiftStory) -> list[Pool]:
    """For both pools the title, the units open and the units in use."""
    found: list[Pool] = []
    for pool in (story.shift.origin, story.shift.target):
        mine = while_open_by_month(findings, story.option, pool) if pool else None
        if pool is None or mine is None:
            continue
        used = []
        for variant in (BASELINE, story.option):
            each = while_open_by_month(findings, variant, pool)
            if each is not None:
                units = each[1]
                used.append(Use(mark(findings.place(variant)), units.mean, units.low, units.high))
        how = "in opening hours, work after closing counted" if closes(findings, pool) else "day and night"
        title = f"{findings.key_name('pool', pool)}: units open and in use, mean of the month, {how}"
        found.append((title, mine[0], used))
    return found


def _timeline(
    findings: Findings,
    board: Board,
    layers: Sequence[Layer],
    pools: Sequence[Pool],
    titles: Sequence[str],
    top: float,
    stretch: float,
) -> None:
    """Draws the plots one below another over the same months."""
    months = findings.answers.horizon
    most = [float(np.abs(layer.values).sum()) for layer in layers] or [0.0]
    widest = max(board.ruler.width(tick_text(-round(each)), board.style.text * 0.9) for each in most)
    left = max(widest, board.ruler.width("0.25", board.style.text * 0.9)) + 0.12
    wide = board.width - left
    for number, title in enumerate(titles):
        top += _APART
        top += board.title(title, 0, top, board.width)
        high = (_POOL if number else _COST) + stretch
        axes = board.plot(left, top, wide, high)
        if number:
            _, opened, used = pools[number - 1]
            open_and_used(axes, board.style, opened.mean, used)
        else:
            stacked_bars(axes, board.style, layers)
        month_axis(axes, months, wide, named=number == len(titles) - 1)
        top += high


def _flow(findings: Findings, story: ShiftStory) -> Flow:
    """The boxes and the arrow."""
    shift, unit = story.shift, findings.price_unit
    amount = scale_for(f"GBP {shift.amount.price_year}", (shift.amount.value,))
    closed, opened = int(story.units_closed.max(initial=0)), int(story.units_opened.max(initial=0))
    origin = _box(
        findings, story, shift.origin, f"{_units(closed)} closed in the period", "Money found elsewhere"
    )
    target = _box(findings, story, shift.target, f"{_units(opened)} opened in the period", "Money taken out")
    waits = (
        ("ramp", shift.ramp),
        ("recruitment lag", shift.recruitment_lag),
        ("double running", shift.double_running),
        ("notice", shift.notice or _pool_notice(findings, story)),
    )
    times = [f"{name} {duration_words(each)}" for name, each in waits if each is not None and each.value]
    once = [
        f"{name} {scale_for(unit, (float(paid.sum()),)).text(float(paid.sum()))}"
        for name, paid in (("set-up", story.set_up), ("exit", story.exit))
        if paid.any()
    ]
    return Flow(
        origin,
        target,
        f"{amount.text(shift.amount.value)} a year",
        _share(findings, story),
        ("; ".join([f"from {date_words(shift.starts)}", *times]), *(("; ".join(once),) if once else ())),
    )


def _pool_notice(findings: Findings, story: ShiftStory) -> Duration | None:
    """The notice of the pool that money is taken from."""
    pool = findings.pathways[story.option].pools.get(story.shift.origin or "")
    return pool.notice if pool else None


def _box(findings: Findings, story: ShiftStory, pool: str | None, units: str, elsewhere: str) -> Box:
    """One box: the pool, its units, and what one costs."""
    if pool is None:
        return Box(elsewhere, (), real=False)
    record = findings.pathways[story.option].pools[pool]
    cost = unit_cost_per_year(record, findings.scenario.run)
    lines = [units]
    if cost is not None and record.cost is not None:
        year = f"GBP {record.cost.amount.price_year}"
        lines.append(f"{scale_for(year, (cost,)).text(cost)} a unit and year")
    if pool == story.shift.origin and (record.block or 1) > 1:
        lines.append(f"cost leaves by {record.block:,} at a time")
    return Box(record.name, tuple(lines))


def _share(findings: Findings, story: ShiftStory) -> float:
    """The amount as a share of what the dearer of both pools costs a year while it is open."""
    lines = findings.results.rows("ledger", story.option)
    mine = (lines["view"] == "cost") & (lines["kind"] == "step")
    sums = [
        float(lines.loc[mine & (lines["pool"] == pool), "pence"].sum()) / 100 / findings.years
        for pool in (story.shift.origin, story.shift.target)
        if pool is not None
    ]
    most = max([*sums, story.shift.amount.value])
    return story.shift.amount.value / most if most > 0 else 1.0


def _message(findings: Findings, story: ShiftStory) -> str:
    """What the chart says: what opens, what closes, and whether its cost leaves."""
    unit, shift = findings.price_unit, story.shift
    opened, closed = int(story.units_opened.max(initial=0)), int(story.units_closed.max(initial=0))
    parts = []
    if shift.target is not None:
        parts.append(f"opens {_units(opened)} of “{_named(findings, shift.target)}”")
    if shift.origin is not None:
        parts.append(f"closes {_units(closed)} of “{_named(findings, shift.origin)}”")
    said = f"“{elided(shift.name, SHORT)}” {' and '.join(parts)}"
    if shift.origin is None:
        return joined([said, "no capacity is closed for it"])
    left, stranded = float(story.left.sum()), float(story.stranded.sum())
    amount = f"{scale_for(unit, (left,)).text(left)} of" if left >= 1 else "no"
    leaves = f"{amount} cost leaves within the period"
    more = [f"{scale_for(unit, (stranded,)).text(stranded)} is stranded"] if stranded >= 1 else []
    return joined([said, leaves, *more])


def _named(findings: Findings, pool: str) -> str:
    """What a headline calls a pool."""
    return elided(findings.key_name("pool", pool), SHORT)


def _units(number: int) -> str:
    """Units in words."""
    return f"{number:,} {'unit' if number == 1 else 'units'}"


def _said(findings: Findings, story: ShiftStory) -> str:
    """The sums of the period in words."""
    sums = {swatch.name: float(getattr(story, name).sum()) for name, swatch in _LAYERS}
    unit = findings.price_unit
    words = ", ".join(f"{name} {scale_for(unit, (pounds,)).text(pounds)}" for name, pounds in sums.items())
    return f"over the period: {words}"


def _table(findings: Findings, stories: Sequence[ShiftStory]) -> pd.DataFrame:
    """Every shift by month: pounds, and units opened and closed by the end of the month."""
    parts = []
    for story in stories:
        names = [*(name for name, _ in _LAYERS), "units_opened", "units_closed"]
        parts += [
            pd.DataFrame(
                {
                    "measure": f"shift.{name}",
                    "of": findings.answers.horizon,
                    "shift": story.shift.name,
                    "variant": findings.variant_name(story.option),
                    "unit": "units" if name.startswith("units") else findings.price_unit,
                    "mean": getattr(story, name),
                    "low": np.nan,
                    "high": np.nan,
                    "replications": findings.results.provenance.replications,
                }
            )
            for name in names
        ]
    return pd.concat(parts, ignore_index=True)
