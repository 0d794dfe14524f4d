"""The one JSON object that ``--json`` prints; ``resources/schema/results-1.schema.json`` describes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathway_modeller.analysis.measures.catalogue import find
from pathway_modeller.analysis.measures.measure import Measure
from pathway_modeller.cli.json_text import json_text
from pathway_modeller.experiment.answers.as_json import as_json
from pathway_modeller.scenario.options import BASELINE

if TYPE_CHECKING:
    import pandas as pd

    from pathway_modeller.experiment.hangs_on.value import HangsOn, Turn
    from pathway_modeller.experiment.results.results import Results
    from pathway_modeller.report.findings import Findings
    from pathway_modeller.scenario.document import Scenario

FORMAT = 1
"""The version of the object."""


def results_text(findings: Findings, *, explain: bool = False) -> str:
    """Returns the object as text: the same results, the same text; missing figures are null.

    Where an option was run beside the baseline, option minus baseline and money are in it.

    Args:
        findings: what was found.
        explain: whether it is said of each measure what it counts, and whom.
    """
    from pathway_modeller.cli.levels import levels_document

    results = findings.results
    document: dict[str, object] = {
        "format": FORMAT,
        "provenance": provenance(results, findings.scenario),
        "measures": [
            row for variant in results.variants for row in rows(results.summary(variant), variant=variant)
        ],
        **levels_document(findings),
    }
    if findings.options:
        document["differences"] = [
            row for option in results.options for row in rows(results.differences(option), option=option)
        ]
        from pathway_modeller.cli.money_document import money_document
        from pathway_modeller.cli.tag_tables import tags_of

        found = findings.answers
        document["first_page"] = _first_page(findings)
        document["claims"] = [as_json(claim) for option in found.options for claim in option.claims]
        document["tags"] = list(tags_of(findings))
        document |= money_document(results, findings.scenario, found)
        if findings.hangs_on is not None:
            document["hangs_on"] = hangs_on_document(findings.hangs_on)
    if explain:
        document["explained"] = list(_explained(results))
    return json_text(document) + "\n"


def hangs_on_document(found: HangsOn) -> dict[str, object]:
    """Returns what the answers hang on."""
    from pathway_modeller.experiment.hangs_on.words import hangs_on_words, turn_words

    def turned(turn: Turn) -> dict[str, object]:
        return {**dataclasses.asdict(turn), "words": turn_words(turn, found)}

    return {
        "replications": found.replications,
        "outcomes": {key: {"name": name, "unit": unit} for key, (name, unit) in found.outcomes.items()},
        "ranges": as_json(tuple(found.ranges.values())),
        "not_varied": as_json(found.not_varied),
        "options": [
            {
                "option": each.option,
                "words": hangs_on_words(found, each.option),
                "turns": [turned(turn) for turn in each.turns],
                "swings": as_json(each.swings),
            }
            for each in found.options
        ],
    }


def _first_page(findings: Findings) -> dict[str, object]:
    """Returns the page that a reader meets first."""
    from pathway_modeller.report.words.first_page import first_page
    from pathway_modeller.report.words.questions import COLUMNS

    page = first_page(findings, findings.hangs_on_words)
    return {
        "headline": page.headline,
        "basis": page.basis,
        "rows": [
            {
                "variant": row.variant,
                "name": row.name,
                "cells": {
                    column: {"words": cell.words, "full": cell.full, "tone": cell.tone}
                    for column, cell in row.cells.items()
                },
            }
            for row in page.rows
        ],
        "beside": list(page.beside),
        "columns": dict(COLUMNS),
    }


def provenance(results: Results, scenario: Scenario) -> dict[str, object]:
    """Returns where the figures come from; nothing in it depends on the machine or the hour."""
    given = results.provenance
    return {
        "scenario": given.scenario_name,
        "scenario_hash": given.scenario_hash,
        "seed": given.seed,
        "engine": given.engine,
        "version": given.version,
        "start_date": given.start_date.isoformat(),
        "warm_up": given.warm_up_days,
        "until": given.collection_days,
        "replications": given.replications,
        "replications_asked": given.asked,
        "complete": given.finished,
        "variants": [
            {"variant": variant, "name": variant_name(scenario, variant)} for variant in results.variants
        ],
    }


def _explained(results: Results) -> Iterable[dict[str, object]]:
    """Yields what each measure among the figures counts, once for all that it is of, in their order."""
    told = dict[str, Measure]()
    for variant in results.variants:
        for name in results.summary(variant)["measure"].unique():
            measure = find(str(name)).measure
            told.setdefault(measure.id, measure)
    for measure in told.values():
        yield {
            "measure": measure.id,
            "title": measure.title,
            "unit": measure.unit,
            "of": list(measure.of),
            "counts": measure.who_counts,
            "description": measure.description,
        }


def variant_name(scenario: Scenario, variant: str) -> str:
    """Returns what people call a variant."""
    return "Baseline" if variant == BASELINE else scenario.options[variant].name


def rows(frame: pd.DataFrame, **first: object) -> Iterable[dict[str, object]]:
    """Returns each row of a frame with something put first, NaN as None."""
    names = [*first, *map(str, frame.columns)]
    columns = [[None if value != value else value for value in frame[name].tolist()] for name in frame]
    for row in zip(*columns, strict=True):
        yield dict(zip(names, (*first.values(), *row), strict=True))
