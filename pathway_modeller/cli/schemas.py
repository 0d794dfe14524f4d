"""The JSON Schemas, as text."""

from __future__ import annotations

from pathway_modeller.paths import shipped


def results_schema() -> str:
    """Returns the schema of what ``--json`` prints."""
    return (shipped("resources") / "schema" / "results-1.schema.json").read_text(encoding="utf-8")


def scenario_schema() -> str:
    """Returns the schema of scenario files."""
    return (shipped("resources") / "schema" / "scenario-1.schema.json").read_text(encoding="utf-8")
