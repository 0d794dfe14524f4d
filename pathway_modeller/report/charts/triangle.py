"""The twin triangle: people by need tier and money by need tier, in total and per head, always all three.

Money looks as if it sat at the tip per head, and spread evenly in total. Either alone flatters an argument,
so neither is drawn without the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pathway_modeller.analysis.planning.planning import Plan
from pathway_modeller.analysis.planning.spending import priced
from pathway_modeller.experiment.answers.monthly import View
from pathway_modeller.experiment.answers.triangle import UNUSED, told_years, triangle
from pathway_modeller.report.build import chart_of, nothing_to_show
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.back_to_back import Amount, Bars, TwinRow, twin
from pathway_modeller.report.drawing.scale import MISSING, Scale, scale_for
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import BASELINE_NAME, Findings
from pathway_modeller.report.words.headlines import joined
from pathway_modeller.scenario.document import SHORT, Pathway, Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.people import NeedTier
from pathway_modeller.scenario.shifts.prices import price_base
from pathway_modeller.scenario.words.sentences import date_words, elided, listed, lower_first
from pathway_modeller.scenario.years import anniversary

FIGURES = ("variant", "need_tier", "people", "pounds", "pounds_per_head")
"""What a triangle is drawn from; need tier "" is money that is not divided by tier, "(unused)" capacity that
nobody used."""

NOT_DIVIDED = "Not divided by tier"
NOT_USED = "Capacity that nobody used"

_ASIDE = {UNUSED: NOT_USED, "": NOT_DIVIDED}
"""Money that belongs to no tier, and what it is called."""

_VIEWS: Mapping[View, str] = {"cost": "System cost", "bill": "Commissioner's bill"}
_ENOUGH = 0.5
"""Pounds below which nothing was spent."""
_ROUGH = 9.5
"""Figures from here on need no decimals in a headline."""


@dataclass(frozen=True)
class Picture:
    """What a triangle shows, and in which words.

    Attributes:
        figures: ``FIGURES``, of one year.
        tiers: the need tiers drawn.
        names: what people call each variant, in order of drawing.
        short: the same in a headline, in quotes.
        places: which mark each has.
        money: what the money is ("System cost").
        price_year: of the money; "" for several or none.
        when: the year in words.
        each: of what money per head is: "a head and year".
        basis: how sure the figures are, in words.
        source: where they come from.
    """

    figures: pd.DataFrame
    tiers: Mapping[str, NeedTier]
    names: Mapping[str, str]
    short: Mapping[str, str]
    places: Mapping[str, int]
    money: str
    price_year: str
    when: str
    basis: str
    source: str
    each: str = "a head and year"


def triangle_years(findings: Findings) -> tuple[int, ...]:
    """Returns the years that a triangle can be drawn of, 0 the first that is counted; none without people."""
    figures = triangle(findings.results, findings.pathways)
    return tuple(sorted({int(year) for year in figures[figures["people"].notna()]["year"]}))


def twin_triangle(
    findings: Findings,
    style: Style = PAGE,
    *,
    year: int | None = None,
    view: View | None = None,
    age_band: str | None = None,
) -> Chart:
    """Returns the triangles of people and money that were simulated.

    Args:
        findings: what was simulated.
        style: sizes.
        year: 0 the first that is counted; by default the last that is counted whole.
        view: ``"cost"`` or ``"bill"``; by default the system cost if it is known and any of it belongs to a
            tier, else the bill.
        age_band: only the need tiers of this age band; by default all.
    """
    picture = simulated_picture(findings, year=year, view=view, age_band=age_band)
    return _nobody(findings, style) if picture is None else triangle_figure(picture, style)


def simulated_picture(
    findings: Findings, *, year: int | None = None, view: View | None = None, age_band: str | None = None
) -> Picture | None:
    """Returns what the triangles of a year that was simulated show; None if no people were counted.

    Arguments are those of :func:`twin_triangle`.
    """
    figures = triangle(findings.results, findings.pathways)
    tiers = _tiers(findings.pathways.values(), age_band)
    figures = figures[figures["need_tier"].isin([*_ASIDE, *tiers])]
    if figures.empty or not tiers or figures["people"].isna().all():
        return None
    year = int(figures["year"].max()) if year is None else year
    figures = figures[figures["year"] == year]
    view = _view(figures) if view is None else view
    figures = figures[figures["view"] == view]
    told = told_years(findings.results.provenance)[year]
    shifts = [shift for each in findings.scenario.options.values() for shift in each.shifts.values()]
    prices = price_base(findings.scenario.money, findings.pathways.values(), shifts).year
    number = findings.results.provenance.replications
    return Picture(
        figures=figures[list(FIGURES)],
        tiers=tiers,
        names={each: findings.variant_name(each) for each in findings.variants},
        short={each: findings.short_name(each) for each in findings.variants},
        places={each: findings.place(each) for each in findings.variants},
        money=_VIEWS[view],
        price_year=prices or "",
        when=told.words,
        each="a head and year" if told.is_year else f"a head over {findings.span}",
        basis=f"mean of {number:,} replications, no interval by tier" if number > 1 else findings.basis,
        source=findings.source,
    )


def planned_picture(
    scenario: Scenario,
    pathways: Mapping[str, Pathway],
    plans: Mapping[str, Plan],
    year: int,
    *,
    age_band: str | None = None,
) -> Picture:
    """Returns what the triangles of a year that planning mode expects show.

    Args:
        scenario: names the variants and the price base.
        pathways: by variant.
        plans: of the same variants.
        year: which anniversary of the start date, 0 the start date itself.
        age_band: only the need tiers of this age band; by default all.
    """
    base = price_base(scenario.money, pathways.values())
    order = (BASELINE, *scenario.options)
    names = {each: BASELINE_NAME if each == BASELINE else scenario.options[each].name for each in plans}
    tiers = _tiers(pathways.values(), age_band)
    parts = [_planned(variant, made, year, priced(made.spending, base)) for variant, made in plans.items()]
    figures = pd.concat(parts, ignore_index=True)
    return Picture(
        figures=figures[figures["need_tier"].isin(list(tiers))],
        tiers=tiers,
        names=names,
        short={each: f"“{elided(name, SHORT)}”" for each, name in names.items()},
        places={each: order.index(each) for each in plans},
        money="Spending",
        price_year=base.year or "",
        when=date_words(anniversary(scenario.run.start_date, year)),
        basis="expected people, by planning mode, without patients or queues",
        source=f"Source: scenario “{scenario.name}”, planning mode; nothing was simulated.",
    )


@dataclass(frozen=True)
class Sheet:
    """A picture in words and numbers, as it is drawn.

    Attributes:
        heading: the words.
        rows: from the tip downwards, then all tiers together.
        columns: what the bars are: people, money in total, money per head.
        table: the figures, one a row.
        said: the rows in words.
    """

    heading: Heading
    rows: tuple[TwinRow, ...]
    columns: tuple[str, ...]
    table: pd.DataFrame
    said: tuple[str, ...]


def triangle_figure(picture: Picture, style: Style = PAGE) -> Chart:
    """Returns the chart of a picture: people to the left, money in total and per head to the right."""
    made = sheet(picture)
    figure = twin(style, made.heading, list(made.rows), made.columns)
    return chart_of(made.heading, figure, made.table, list(made.said))


def sheet(picture: Picture) -> Sheet:
    """Returns what is drawn of a picture, whoever draws it."""
    tiers = _downwards(picture.tiers)
    figures = _complete(picture, tiers)
    money = scale_for(f"GBP {picture.price_year}".strip(), figures["pounds"])
    head = scale_for(f"GBP {picture.price_year}".strip(), figures["pounds_per_head"])
    what = lower_first(picture.money) + (f" in {picture.price_year} prices" if picture.price_year else "")
    heading = Heading(
        headline=_message(picture, figures),
        subtitle=f"People and {what} by need tier; {picture.when}; {picture.basis}",
        source=picture.source,
        key=tuple((picture.places[each], picture.names[each]) for each in picture.names),
    )
    paid = set(figures[figures["pounds"].abs() > _ENOUGH]["need_tier"])
    shown = [*tiers, *(aside for aside in _ASIDE if aside in paid)]
    rows = [_row(picture, figures, tier, money, head) for tier in shown]
    rows.append(_whole(picture, figures, money, head))
    per = picture.each.removeprefix("a ")
    columns = ("People", f"{picture.money} in total", f"{picture.money} per {per}")
    table = _table(picture, figures, shown)
    return Sheet(heading, tuple(rows), columns, table, tuple(_said(picture, rows)))


def _tiers(pathways: Iterable[Pathway], age_band: str | None) -> dict[str, NeedTier]:
    """Returns the need tiers of all variants, or of those of one age band."""
    found: dict[str, NeedTier] = {}
    for pathway in pathways:
        found |= {key: tier for key, tier in pathway.need_tiers.items() if key not in found}
    return {key: tier for key, tier in found.items() if age_band in (None, tier.age_band)}


def _downwards(tiers: Mapping[str, NeedTier]) -> list[str]:
    """Returns the need tiers from the tip to the base."""
    return sorted(tiers, key=lambda tier: (-tiers[tier].level, tier))


def _nobody(findings: Findings, style: Style) -> Chart:
    """Returns the chart for a scenario without people."""
    return nothing_to_show(
        findings,
        style,
        "The triangle of need cannot be drawn: enter need tiers, and how many people of each live in each "
        "footprint",
        "People and money by need tier",
    )


def _view(figures: pd.DataFrame) -> View:
    """Returns the view of money that is drawn: one that belongs to tiers, else one that is known."""
    paid = figures[figures["pounds"].abs() > _ENOUGH]
    for rows in (paid[~paid["need_tier"].isin(list(_ASIDE))], paid):
        for view in _VIEWS:
            if (rows["view"] == view).any():
                return view
    return next(iter(_VIEWS))


def _planned(variant: str, made: Plan, year: int, spent: pd.DataFrame) -> pd.DataFrame:
    """Returns the figures of one plan in one year."""
    people = made.frame[made.frame["year"] == year].groupby("need_tier")["people"].sum()
    pounds = (
        spent[spent["year"] == year].groupby("need_tier")["pounds"].agg(lambda each: each.sum(skipna=False))
    )
    found = pd.DataFrame({"people": people, "pounds": pounds.reindex(people.index)})
    found["pounds_per_head"] = (found["pounds"] / found["people"]).where(found["people"] > 0)
    return found.reset_index().assign(variant=variant)[list(FIGURES)]


def _complete(picture: Picture, tiers: Sequence[str]) -> pd.DataFrame:
    """Returns the figures with a row for every variant and tier, NaN where there are none."""
    names = ["variant", "need_tier"]
    keys = pd.MultiIndex.from_product([list(picture.names), [*tiers, *_ASIDE]], names=names)
    found = picture.figures.set_index(names).reindex(keys).astype(float).reset_index()
    if not _is_paid(found):
        # Nothing by tier is no money that was entered by tier: missing, not nothing.
        found.loc[~found["need_tier"].isin(list(_ASIDE)), ["pounds", "pounds_per_head"]] = math.nan
    return found


def _is_paid(figures: pd.DataFrame) -> bool:
    """Whether any money belongs to a need tier."""
    return bool((figures[~figures["need_tier"].isin(list(_ASIDE))]["pounds"].abs() > _ENOUGH).any())


def _of(figures: pd.DataFrame, variant: str, tiers: Sequence[str]) -> tuple[float, float, float]:
    """Returns people, pounds, and pounds a head and year of some tiers together; NaN where missing."""
    mine = figures[(figures["variant"] == variant) & figures["need_tier"].isin(list(tiers))]
    people = float(mine["people"].sum(skipna=False))
    spent = float((mine["people"] * mine["pounds_per_head"]).sum(skipna=False))
    return people, float(mine["pounds"].sum(skipna=False)), spent / people if people > 0 else math.nan


def _message(picture: Picture, figures: pd.DataFrame) -> str:
    """Returns what the triangles say of the tip: its share of people, of money, and its money per head."""
    levels = [tier.level for tier in picture.tiers.values()]
    ends = [
        [key for key, tier in picture.tiers.items() if tier.level == end]
        for end in (min(levels), max(levels))
    ]
    first, *others = picture.names
    text = f"The tip: {_tip(picture, figures, first, ends)}"
    if not _is_paid(figures):
        why = "no money is divided by need tier: enter spending per head or prices and costs"
        return joined((text, why))
    same = [each for each in others if _is_same(picture, figures, first, each)]
    if others and len(same) == len(others):
        nothing = "the option changes" if len(same) == 1 else "no option changes"
        return joined((text, f"{nothing} nothing of this"))
    told = [
        f"{picture.short[each]} "
        f"{'the same' if each in same else _tip(picture, figures, each, ends, short=True)}"
        for each in others
    ]
    return joined((text, *told))


def _is_same(picture: Picture, figures: pd.DataFrame, first: str, other: str) -> bool:
    """Whether two variants have the same people and money in every tier, to a thousandth."""
    for tier in (*_ASIDE, *picture.tiers):
        pairs = zip(_of(figures, first, [tier]), _of(figures, other, [tier]), strict=True)
        if any(not math.isclose(one, two, rel_tol=1e-3) for one, two in pairs if one == one or two == two):
            return False
    return True


def _tip(
    picture: Picture,
    figures: pd.DataFrame,
    variant: str,
    ends: Sequence[Sequence[str]],
    *,
    short: bool = False,
) -> str:
    """Returns the tip of one variant in words."""
    base, tip = (_of(figures, variant, tiers) for tiers in ends)
    people, pounds, _ = _of(figures, variant, list(picture.tiers))
    parts = [f"{_share(tip[0], people) or MISSING}{'' if short else ' of people'}"]
    if not math.isnan(pounds) and pounds > _ENOUGH:
        undivided = _aside(figures, variant)
        money = "money that is divided by tier" if undivided > _ENOUGH else "money"
        parts.append(f"{_share(tip[1], pounds)}{'' if short else f' of {money}'}")
    if base[2] > 0 and not math.isnan(tip[2]):
        times = tip[2] / base[2]
        said = f"{times:.0f}" if times >= _ROUGH else f"{times:.1f}"
        parts.append(f"{said} times{'' if short else ' the base per head'}")
    return ", ".join(parts)


def _share(part: float, whole: float) -> str:
    """Returns a share in words, with a decimal where it is small; nothing where it is missing."""
    if math.isnan(part) or not whole > 0:
        return ""
    share = 100 * part / whole
    return f"{share:.1f}%" if share < _ROUGH else f"{share:.0f}%"


def _row(picture: Picture, figures: pd.DataFrame, tier: str, money: Scale, head: Scale) -> TwinRow:
    """Returns the bars of one need tier."""
    bars = []
    for variant in picture.names:
        mine = figures[(figures["variant"] == variant) & (figures["need_tier"] == tier)]
        people, pounds, each = (float(mine[name].iloc[0]) for name in FIGURES[2:])
        everyone, everything, _ = _of(figures, variant, list(picture.tiers))
        amounts = (
            Amount(people, MISSING if math.isnan(people) else f"{people:,.0f}", _share(people, everyone)),
            Amount(pounds, money.text(pounds), _share(pounds, everything)),
            Amount(each, head.text(each)),
        )
        aside = (None, Amount(pounds, money.text(pounds)), None)
        bars.append(Bars(picture.places[variant], aside if tier in _ASIDE else amounts))
    return TwinRow(_name(picture, tier), tuple(bars))


def _name(picture: Picture, tier: str) -> str:
    """What a need tier is called, or money that belongs to none."""
    return _ASIDE[tier] if tier in _ASIDE else picture.tiers[tier].name


def _aside(figures: pd.DataFrame, variant: str) -> float:
    """Returns the money of a variant that belongs to no tier."""
    return math.fsum(each for tier in _ASIDE if not math.isnan(each := _of(figures, variant, [tier])[1]))


def _whole(picture: Picture, figures: pd.DataFrame, money: Scale, head: Scale) -> TwinRow:
    """Returns the row of all tiers together: numbers only, since their bars would dwarf the others."""
    bars = []
    for variant in picture.names:
        people, pounds, each = _of(figures, variant, list(picture.tiers))
        undivided = _aside(figures, variant)
        if undivided > _ENOUGH:
            each = each * (pounds + undivided) / pounds if pounds > _ENOUGH else math.nan
            pounds = undivided + (0.0 if math.isnan(pounds) else pounds)
        texts = (MISSING if math.isnan(people) else f"{people:,.0f}", money.text(pounds), head.text(each))
        bars.append(Bars(picture.places[variant], tuple(Amount(0.0, text) for text in texts)))
    return TwinRow("All", tuple(bars))


def _table(picture: Picture, figures: pd.DataFrame, shown: Sequence[str]) -> pd.DataFrame:
    """Returns the figures that are drawn, one a row, with the names people know."""
    unit = f"GBP {picture.price_year}".strip()
    parts = []
    for tier in shown:
        for name, measure, what in (
            ("people", "people", "people"),
            ("pounds", picture.money, unit),
            ("pounds_per_head", f"{picture.money} {picture.each}", unit),
        ):
            mine = figures[figures["need_tier"] == tier]
            parts.append(
                pd.DataFrame(
                    {
                        "measure": measure,
                        "of": _name(picture, tier),
                        "variant": [picture.names[variant] for variant in mine["variant"]],
                        "unit": what,
                        "mean": mine[name].to_numpy(dtype=float),
                    }
                )
            )
    whole = pd.concat(parts, ignore_index=True)
    return whole.assign(low=math.nan, high=math.nan)


def _said(picture: Picture, rows: Sequence[TwinRow]) -> list[str]:
    """Returns the rows in words."""
    names = {picture.places[variant]: name for variant, name in picture.names.items()}
    said = []
    for row in rows:
        told = []
        for bars in row.bars:
            people, pounds, each = bars.amounts
            parts = [
                f"{people.text} people" if people else "",
                f"{pounds.text} in total" if pounds else "",
                f"{each.text} {picture.each}" if each else "",
            ]
            told.append(f"{names[bars.place]} {listed([part for part in parts if part])}")
        said.append(f"{row.label}: {', '.join(told)}")
    return said
