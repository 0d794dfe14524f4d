"""People counted by their need: how much one person of a need tier counts against others.

A head of a tier with need weight 3 counts three times one with weight 1. Weights are scaled so that the
baseline has as many need-weighted heads as people.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pathway_modeller.scenario.people import NeedTier
from pathway_modeller.scenario.words.sentences import listed, quoted

People = Mapping[tuple[str, str], float]
"""The mean number of people by (need tier, footprint)."""

ALL = ""
"""Stands for all footprints together."""


@dataclass(frozen=True)
class NeedWeights:
    """How much one person of a tier counts.

    Attributes:
        weights: by need tier, scaled so that the mean over the baseline's people is 1.
        notes: sentences on where they come from.
    """

    weights: Mapping[str, float]
    notes: tuple[str, ...]

    def heads(self, people: People) -> dict[str, float]:
        """Returns need-weighted heads by footprint, ``ALL`` among them."""
        found = {ALL: 0.0}
        for (tier, footprint), count in people.items():
            weighted = count * self.weights.get(tier, 1.0)
            found[footprint] = found.get(footprint, 0.0) + weighted
            found[ALL] += weighted
        return found


def mean_people(population: pd.DataFrame, begins: float, ends: float) -> dict[tuple[str, str], float]:
    """Returns the mean number of people by need tier and footprint over a period.

    People are taken to change evenly between the years at which they are counted.

    Args:
        population: ``year``, ``need_tier``, ``footprint``, and ``mean`` or ``people``.
        begins: first moment of the period, in years from the start date.
        ends: its end.
    """
    column = "mean" if "mean" in population.columns else "people"
    found = {}
    for (tier, footprint), mine in population.groupby(["need_tier", "footprint"], observed=True):
        ordered = mine.sort_values("year")
        years = ordered["year"].to_numpy(dtype=np.float64)
        knots = np.array([begins, *years[(years > begins) & (years < ends)], ends])
        counts = np.interp(knots, years, ordered[column].to_numpy(dtype=np.float64))
        areas = (counts[1:] + counts[:-1]) / 2 * np.diff(knots)
        mean = areas.sum() / (ends - begins) if ends > begins else counts[0]
        found[(str(tier), str(footprint))] = float(mean)
    return found


def need_weights(
    tiers: Mapping[str, NeedTier], people: People, lines: pd.DataFrame, years: float
) -> NeedWeights:
    """Returns the need weight of every tier: as given, else by the baseline's spending for each person.

    Args:
        tiers: the need tiers.
        people: the baseline's people.
        lines: the baseline's ledger lines, with ``view``, ``need_tier`` and ``pence``.
        years: length of the period in years.
    """
    count = {tier: math.fsum(many for (each, _), many in people.items() if each == tier) for tier in tiers}
    cost = lines[(lines["view"] == "cost") & (lines["need_tier"] != "")]
    by_tier = cost.groupby("need_tier", observed=True)["pence"].sum()
    spent = {str(tier): float(pence) for tier, pence in by_tier.items()}
    a_head = {tier: spent.get(tier, 0.0) / years / count[tier] for tier in tiers if count[tier] > 0}
    mean = math.fsum(spent.get(tier, 0.0) for tier in tiers) / years / (math.fsum(count.values()) or math.nan)
    raw, by_money, unknown = {}, [], []
    for tier, record in sorted(tiers.items()):
        if record.need_weight is not None:
            raw[tier] = record.need_weight
        elif a_head.get(tier, 0.0) > 0 and mean > 0:
            raw[tier] = a_head[tier] / mean
            by_money.append(quoted(record.name))
        else:
            raw[tier] = 1.0
            unknown.append(quoted(record.name))
    return NeedWeights(_scaled(raw, count), _weight_notes(by_money, unknown))


def _scaled(raw: Mapping[str, float], count: Mapping[str, float]) -> dict[str, float]:
    """Returns weights whose mean over the people is 1."""
    whole = math.fsum(raw[tier] * count[tier] for tier in raw)
    people = math.fsum(count.values())
    scale = people / whole if whole > 0 else 1.0
    return {tier: weight * scale for tier, weight in raw.items()}


def _weight_notes(by_money: Sequence[str], unknown: Sequence[str]) -> tuple[str, ...]:
    """Returns what is said about weights that nobody entered."""
    notes = []
    if by_money:
        notes.append(f"Need of {listed(by_money)} is weighed by what the baseline spends on each person.")
    if unknown:
        notes.append(f"No need weight and no spending is known for {listed(unknown)}: it counts as 1.")
    return tuple(notes)
