"""What is charged to payers' accounts, and which of their lines are pooled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pathway_modeller.analysis.ledger.apportion import whole_numbers
from pathway_modeller.scenario.people import Payer, is_shared

Lines = Mapping[str, int]
"""Pence of each payer's own lines over the horizon, ``NOBODY`` among them."""


@dataclass(frozen=True)
class Charged:
    """What is charged to payers' accounts under one variant.

    Attributes:
        lines: each payer's own.
        pooled: the part of them that is pooled; None where all lines of pooled payers are, and no others.
    """

    lines: Lines
    pooled: Lines | None = None

    def shared(self, name: str, payer: Payer) -> int:
        """Returns the pence of a payer's lines that are pooled."""
        if self.pooled is not None:
            return self.pooled.get(name, 0)
        return self.lines.get(name, 0) if is_shared(payer.arrangement) else 0


def pence_by_payer(lines: pd.DataFrame, payers: Mapping[str, Payer]) -> Charged:
    """Returns whole pence of system cost for each payer, "" for lines without one; and what is pooled.

    Args:
        lines: ledger or cash lines with the columns ``view``, ``payer`` and ``pence``; means over
            replications are rounded together, so that the parts sum to the rounded total. Where payers
            have lines arranged otherwise, ``provider`` and ``setting``, too.
        payers: of the variant whose lines they are.
    """
    cost = lines[lines["view"] == "cost"]
    if not any(payer.lines for payer in payers.values()):
        sums = cost.groupby("payer", sort=True, observed=True)["pence"].sum()
        return Charged(whole_numbers({str(payer): float(pence) for payer, pence in sums.items()}))
    divided = cost.groupby(list(DIVIDED), sort=True, observed=True)["pence"].sum().reset_index()
    parts: dict[tuple[str, bool], float] = {}
    for payer, provider, setting, pence in divided.itertuples(index=False, name=None):
        key = str(payer), is_pooled(payers, str(payer), str(provider), str(setting))
        parts[key] = parts.get(key, 0.0) + float(pence)
    return charged(whole_numbers(parts))


DIVIDED = ("payer", "provider", "setting")
"""The columns by which lines are arranged."""


def charged(parts: Mapping[tuple[str, bool], int]) -> Charged:
    """Returns what is charged, from pence by payer and whether they are pooled."""
    lines: dict[str, int] = {}
    for (payer, _), pence in parts.items():
        lines[payer] = lines.get(payer, 0) + pence
    return Charged(lines, {payer: pence for (payer, shared), pence in parts.items() if shared})


def is_pooled(payers: Mapping[str, Payer], payer: str, provider: str, setting: str) -> bool:
    """Returns whether a line is shared by those who pool."""
    return payer in payers and is_shared(payers[payer].arranged(provider, setting))
