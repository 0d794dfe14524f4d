"""How far the inputs of a scenario can be relied upon, in words that go wherever its results go."""

from __future__ import annotations

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.people import Assumption


def illustrative(scenario: Scenario) -> tuple[Assumption, ...]:
    """Returns the assumptions that stand in for figures which nobody has found yet."""
    return tuple(each for each in scenario.assumptions.values() if each.quality == "illustrative")


def inputs_words(scenario: Scenario) -> str:
    """Returns how many inputs are illustrative: "Illustrative inputs: 7 of 31"."""
    every = len(scenario.assumptions)
    if not every:
        return "No input has a source yet"
    return f"Illustrative inputs: {len(illustrative(scenario))} of {every}"
