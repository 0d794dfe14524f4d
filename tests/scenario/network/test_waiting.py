"""Patients come to what harm and advice send them to, and to the places of a caseload."""

from __future__ import annotations

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.network.graph import reachable
from pathway_modeller.scenario.network.waiting import used_pools
from pathway_modeller.scenario.options import from_document


def pathway() -> Pathway:
    """Returns a team with advice, harm and a caseload; only its own fields lead to ward and advice."""
    return from_document(
        {
            "entry_points": {"in": {"name": "In"}},
            "activities": {
                "team": {
                    "name": "Team",
                    "single_point": {"advice_only": 0.1, "advice_to": "advice"},
                    "deterioration": {
                        "admitted": {"name": "Admitted", "kind": "emergency", "goes_to": "ward"}
                    },
                    "caseload": {
                        "pool": "places",
                        "interval": {"kind": "fixed", "value": 4, "unit": "weeks"},
                    },
                },
                "ward": {"name": "Ward", "needs": {"beds": 1}},
                "apart": {"name": "Apart", "needs": {"rooms": 1}},
            },
            "exit_points": {"advice": {"name": "Advice"}},
            "transitions": {"a": {"from": "in", "to": "team"}},
            "pools": {key: {"name": key} for key in ("places", "beds", "rooms")},
        }
    )


def test_harm_and_advice_lead_on() -> None:
    assert reachable(pathway()) == {"in", "team", "ward", "advice"}


def test_places_on_a_caseload_are_used() -> None:
    assert used_pools(pathway()) == {"places", "beds"}
