"""Lines for what the drawing does not move: providers' fixed cost, and other spending on each person."""

from __future__ import annotations

from pathway_modeller.analysis.ledger.codes import COST
from pathway_modeller.analysis.ledger.lines import Lines
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.population import person_days
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.values import DAYS_PER_YEAR


def add_fixed(lines: Lines, pathway: Pathway, baseline: Pathway) -> None:
    """Adds each provider's fixed cost: its part of a year of 365.25 days for every day of the month.

    No option takes fixed cost away: where it has less than the baseline, or no such provider, the baseline's
    is charged.
    """
    for name in sorted({*pathway.providers, *baseline.providers}):
        provider = pathway.providers.get(name) or baseline.providers[name]
        labels = {"provider": name, "payer": provider.payer or ""}
        costs = [each.fixed_cost for side in (pathway, baseline) if (each := side.providers.get(name))]
        known = [lines.pounds("fixed", provider.name, cost, labels) for cost in costs if cost is not None]
        if known and None not in known:
            most = max(pounds for pounds in known if pounds is not None)
            lines.add_months(COST, "fixed", most * lines.months.days / DAYS_PER_YEAR, labels)


def add_other(lines: Lines, facts: Facts) -> None:
    """Adds what is spent on people outside the pathway that is drawn, by need tier and footprint."""
    pathway = facts.pathway
    if not any(tier.spending for tier in pathway.need_tiers.values()):
        return
    days = person_days(facts, pathway, lines.months.edges)
    for tier, name in enumerate(facts.legend.need_tiers):
        for _, cost in sorted(pathway.need_tiers[name].spending.items()):
            labels = {"payer": cost.payer or "", "provider": cost.provider or "", "setting": cost.setting}
            labels["need_tier"] = name
            what = f"{pathway.need_tiers[name].name}, {cost.name}"
            pounds = lines.pounds("other", what, cost.amount, labels)
            if pounds is None:
                continue
            spent = pounds * days[:, tier, :] / DAYS_PER_YEAR
            lines.add_each_of(COST, "other", spent, labels, ("footprint", facts.legend.footprints))
