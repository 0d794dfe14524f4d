"""Lines for contacts: the commissioner's bill and variable cost, price times attended contacts."""

from __future__ import annotations

import numpy as np

from pathway_modeller.analysis.ledger.contact_prices import ContactPrices
from pathway_modeller.analysis.ledger.lines import Lines
from pathway_modeller.analysis.observed.facts import Facts


def add_contacts(lines: Lines, facts: Facts, prices: ContactPrices) -> None:
    """Adds a line for each month, activity and patient group in which contacts were attended."""
    number = facts.events.contacts
    month, cell = np.nonzero(number)
    contacts, in_month = number[month, cell], lines.by_month[month]
    for pounds, codes in zip(prices.pounds, prices.codes, strict=True):
        worth = pounds[cell]
        known = ~np.isnan(worth)
        lines.add_coded((codes[cell] + in_month)[known], worth[known] * contacts[known])
    lines.also(prices.missing)
    for each in prices.unpriced:
        if number[:, each.cells].any():
            lines.lacks(each.kind, each.what, each.labels)
