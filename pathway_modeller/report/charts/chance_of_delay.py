"""The chance of delay by number of beds, from a run in which their pool alone has no limit."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.experiment.runs.without_limit import Occupancy, WithoutLimit
from pathway_modeller.report.build import chart_of, key_of, nothing_to_show
from pathway_modeller.report.chart import Chart, Heading
from pathway_modeller.report.drawing.lines import Line, lines_figure
from pathway_modeller.report.drawing.style import PAGE, Style
from pathway_modeller.report.findings import Findings
from pathway_modeller.report.words.headlines import LONGEST, joined
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.sentences import elided, plural

AT_MOST = 0.05
"""The chance of delay that is asked for unless somebody says otherwise."""

_FROM, _TO = 0.6, 0.0005
"""Chances between which numbers of units are drawn; the table holds them all."""


def chance_of_delay(
    found: WithoutLimit,
    scenario: Scenario,
    style: Style = PAGE,
    footprint: str = "",
    at_most: float = AT_MOST,
) -> Chart:
    """Returns the chance that a patient is delayed, by number of units, for every variant that was played.

    Args:
        found: what was found of the pool without a limit.
        scenario: gives the names.
        style: sizes.
        footprint: the one that holds the units, where each has its own; by default the one with most in use.
        at_most: the chance up to which the headline looks for the fewest units.
    """
    findings = Findings(found.results, scenario)
    chosen = footprint or fullest(found)
    mine = [each for each in found.occupancies if each.footprint == chosen and len(each.chance.units)]
    if not mine:
        why = "nothing was ever in use" if found.occupancies else "no replication was finished"
        return nothing_to_show(findings, style, f"No chance of delay can be shown: {why}", "Chance of delay")
    name = named(findings, found.pool, chosen)
    heading = Heading(
        headline=_headline(findings, mine, name, at_most),
        subtitle=f"Chance that a patient finds no {_one(mine)} free, by number of units b: {_formula(mine)}, "
        f"N in use, by time, in a run in which {name} alone has no limit; {findings.period}; "
        f"{findings.basis_of_bands}",
        source=findings.source,
        key=key_of(findings, [each.variant for each in mine]),
    )
    limits = dict.fromkeys(each.limit for each in mine if each.limit in each.chance.units)
    figure = lines_figure(
        style,
        heading,
        [_line(findings, each) for each in mine],
        "Chance of delay (%)",
        "Units",
        whole=True,
        upright_at=[(limit, f"{limit:,} there are") for limit in limits if limit is not None],
    )
    table = chances_table(found, scenario)
    planned = np.concatenate([worth_showing(each) for each in found.occupancies])
    read = table[planned].drop(columns=["taken", "in_use", "at_most", "replications"])
    return chart_of(heading, figure, table, said(findings, mine, at_most), read.reset_index(drop=True))


def fullest(found: WithoutLimit) -> str:
    """Returns the footprint of which most units are in use on average; "" where all share the pool."""
    means = [
        (float(each.shares.mean(axis=0) @ np.arange(each.shares.shape[1])), each.footprint)
        for each in found.occupancies
    ]
    return max(means, key=lambda each: each[0], default=(0.0, ""))[1]


def named(findings: Findings, pool: str, footprint: str) -> str:
    """Returns what people call a body of capacity."""
    where = f" in {findings.key_name('footprint', footprint)}" if footprint else ""
    return f"{findings.key_name('pool', pool)}{where}"


def chances_table(found: WithoutLimit, scenario: Scenario) -> pd.DataFrame:
    """Returns the chance of delay of every variant, footprint and number of units, with its interval.

    Beside it ``in_use``, the share of time with exactly so many in use, and ``at_most``, with no more, from
    which it is worked out.
    """
    findings = Findings(found.results, scenario)
    parts = [
        pd.DataFrame(
            {
                "measure": "chance_of_delay",
                "of": findings.key_name("pool", found.pool),
                "footprint": findings.key_name("footprint", each.footprint) if each.footprint else "",
                "variant": findings.variant_name(each.variant),
                "units": each.chance.units,
                "taken": each.taken,
                "unit": "share",
                "mean": each.chance.chance.mean,
                "low": each.chance.chance.low,
                "high": each.chance.chance.high,
                "in_use": each.chance.in_use,
                "at_most": each.chance.at_most,
                "replications": each.chance.chance.n,
            }
        )
        for each in found.occupancies
    ]
    return pd.concat(parts, ignore_index=True)


def said(findings: Findings, occupancies: Sequence[Occupancy], at_most: float) -> list[str]:
    """Returns in words, for each variant, the fewest units for a chance, and what those of today give."""
    told = []
    for each in occupancies:
        if not len(each.chance.units):
            told.append(f"{findings.variant_name(each.variant)}: nothing is ever in use")
            continue
        fewest = each.chance.fewest(at_most)
        wanted = f"for a chance of {_percent(at_most)} or less"
        first = (
            f"more than {plural(int(each.chance.units[-1]), 'unit')} {wanted}"
            if fewest is None
            else f"{plural(fewest, 'unit')} {wanted}: {_with_interval(each, fewest)}"
        )
        now = "" if each.limit is None else f"; its {each.limit:,} give {_with_interval(each, each.limit)}"
        told.append(f"{findings.variant_name(each.variant)}: {first}{now}")
    return told


def worth_showing(occupancy: Occupancy) -> npt.NDArray[np.bool_]:
    """Returns which numbers of units anybody would plan: neither most patients are delayed nor hardly any.

    The number there is, and those between it and these, are among them.
    """
    found = occupancy.chance
    if not len(found.units):
        return np.zeros(0, dtype=np.bool_)
    likely = np.flatnonzero((found.chance.mean <= _FROM) & (found.chance.mean >= _TO))
    places = [*likely.tolist(), *np.flatnonzero(found.units == occupancy.limit).tolist()] or [
        len(found.units) - 1
    ]
    number = np.arange(len(found.units))
    kept: npt.NDArray[np.bool_] = (number >= min(places)) & (number <= max(places))
    return kept


def _headline(findings: Findings, occupancies: Sequence[Occupancy], name: str, at_most: float) -> str:
    """The message: the fewest units that keep the chance low, and the chance with those there are.

    Of several variants the first is told; where only an option was asked for, it is named.
    """
    first = occupancies[0]
    under = "" if first.variant == BASELINE else f", {findings.short_name(first.variant)}"
    begin, wanted = f"{name}, alone without a limit{under}", f"chance of delay to {_percent(at_most)} or less"
    fewest = first.chance.fewest(at_most)
    if fewest is None:
        most = int(first.chance.units[-1])
        return elided(f"{begin}: it takes more than {most:,} to keep the {wanted}", LONGEST)
    said = [f"{begin}: {fewest:,} would keep the {wanted}"]
    if first.limit is not None:
        chance, *_ = first.chance.at(first.limit)
        gives = "one there is gives" if first.limit == 1 else f"{first.limit:,} there are give"
        said.append(f"the {gives} {_percent(0.0 if math.isnan(chance) else chance)}")
    return joined(said)


def _one(occupancies: Sequence[Occupancy]) -> str:
    """What a patient asks for."""
    taken = max(each.taken for each in occupancies)
    return "unit" if taken == 1 else f"{taken} units (the most that an activity takes)"


def _formula(occupancies: Sequence[Occupancy]) -> str:
    """How the chance is worked out."""
    taken = max(each.taken for each in occupancies)
    return "P(N = b) / P(N ≤ b)" if taken == 1 else f"P(b − {taken} < N ≤ b) / P(N ≤ b)"


def _with_interval(occupancy: Occupancy, units: int) -> str:
    """A chance at a number of units in words."""
    chance, low, high = occupancy.chance.at(units)
    if math.isnan(chance):
        return "0%, as so many were never in use"
    if math.isnan(low):
        return f"{_percent(chance)} (no interval)"
    return f"{_percent(chance)} ({_number(low)} to {_number(high)})"


def _percent(share: float) -> str:
    """A share in per cent."""
    return f"{_number(share)}%"


def _number(share: float) -> str:
    """A share in per cent, without the sign."""
    percent = 100 * share
    return f"{percent:.0f}" if percent >= 10 or abs(percent - round(percent)) < 1e-9 else f"{percent:.1f}"


def _line(findings: Findings, occupancy: Occupancy) -> Line:
    """The part of one variant's figures that is drawn, in per cent."""
    found = occupancy.chance
    chance = found.chance
    kept = worth_showing(occupancy)
    mean, low, high = (100 * each[kept] for each in (chance.mean, chance.low, chance.high))
    if not findings.has_bands:
        low, high = np.full(len(mean), np.nan), np.full(len(mean), np.nan)
    return Line(findings.place(occupancy.variant), found.units[kept].astype(np.float64), mean, low, high)
