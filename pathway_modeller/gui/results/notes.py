"""What the results page says about where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.people import Assumption
from pathway_modeller.scenario.words.sentences import date_words, plural

if TYPE_CHECKING:
    from pathway_modeller.experiment.results.results import Provenance

_FEWEST = 10
"""Replications below which intervals are not to be relied on."""
_ADVISED = 30
"""Replications advised instead."""


def inputs_page(scenario: Scenario) -> str:
    """Returns the list of inputs by how far they can be relied upon, as Markdown."""
    groups: dict[str, list[Assumption]] = {}
    for each in scenario.assumptions.values():
        groups.setdefault(each.quality, []).append(each)
    lines = [f"# Inputs of “{scenario.name}”"]
    if not groups:
        lines.append("The scenario records no source for any of its figures.")
    for quality in ("illustrative", "judgement", "local data", "evidenced"):
        found = groups.get(quality, [])
        if found:
            lines.append(f"## {quality.capitalize()} ({len(found)})")
            lines.extend(f"- **{each.name}.** {_source(each)}" for each in found)
    return "\n\n".join(lines)


def _source(assumption: Assumption) -> str:
    """Returns the source of an assumption with its year."""
    year = f", {assumption.year}" if assumption.year else ""
    return f"{assumption.source}{year}."


def caveat_words(provenance: Provenance) -> str:
    """Returns a warning where there are too few replications to rely on intervals; "" otherwise."""
    number = provenance.replications
    if number >= _FEWEST:
        return ""
    if number < 2:
        return f"Only {plural(number, 'replication')}: no interval can be given; run {_ADVISED}."
    return f"Only {number} replications: intervals are very wide and not to be relied on; run {_ADVISED}."


def provenance_words(provenance: Provenance) -> str:
    """Returns everything that is needed to get the same figures again, on one line."""
    return " · ".join(
        (
            f"Scenario {provenance.scenario_hash[:12]}",
            f"seed {provenance.seed}",
            plural(provenance.replications, "replication"),
            f"warm-up {provenance.warm_up_days:g} days",
            f"collection {provenance.collection_days:g} days",
            f"from {date_words(provenance.start_date)}",
            f"engine {provenance.engine}",
            f"version {provenance.version}",
        )
    )
