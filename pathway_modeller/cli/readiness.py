"""What a scenario is ready for, and what a run of it weighs, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathway_modeller import __version__
from pathway_modeller.cli.json_text import json_text

if TYPE_CHECKING:
    from pathway_modeller.experiment.runs.weight import Weight
    from pathway_modeller.scenario.document import Scenario
    from pathway_modeller.scenario.problems import Problem
    from pathway_modeller.scenario.readiness.missing import Missing
    from pathway_modeller.scenario.readiness.readiness import Readiness

FORMAT = 1
"""The version of what ``--json`` prints, which ``resources/schema/check-1.schema.json`` describes."""


@dataclass(frozen=True)
class Looked:
    """What is known of a scenario that can be run.

    Attributes:
        ready: what it is ready for.
        weight: what a run of the baseline and all options weighs.
    """

    ready: tuple[Readiness, ...]
    weight: Weight


def looked_at(scenario: Scenario) -> Looked:
    """Returns what a scenario without errors is ready for, and what its run weighs."""
    from pathway_modeller.experiment.runs.weight import weigh
    from pathway_modeller.scenario.options import BASELINE
    from pathway_modeller.scenario.readiness.readiness import readiness

    return Looked(readiness(scenario), weigh(scenario, (BASELINE, *scenario.options)))


def ready_lines(looked: Looked) -> Iterator[str]:
    """Yields what a scenario is ready for, each thing missing with its mends, and what its run weighs."""
    from pathway_modeller.scenario.readiness.readiness import readiness_line

    yield readiness_line(looked.ready)
    for each in looked.ready:
        for missing in each.missing:
            yield f"  {each.part.capitalize()}: {missing.sentence}{_offered(missing)} [{missing.place}]"
    weight = looked.weight
    yield f"Heavy: {weight.warning}" if weight.is_heavy else weight.sentence


def _offered(missing: Missing) -> str:
    """Returns what would mend something missing, as the window offers it."""
    return f" To mend: {'; or: '.join(mend.label for mend in missing.mends)}." if missing.mends else ""


def ready_document(problems: Sequence[Problem], looked: Looked | None) -> str:
    """Returns the JSON object of a check; what it is ready for is null where errors stop a run."""
    document = {
        "format": FORMAT,
        "version": __version__,
        "can_be_run": looked is not None,
        "problems": [
            {
                "severity": each.severity,
                "place": each.place,
                "where": each.where,
                "what": each.what,
                "mend": each.mend,
                "variant": each.variant,
            }
            for each in problems
        ],
        "ready": None if looked is None else [_part(each) for each in looked.ready],
        "weight": None if looked is None else _weight(looked.weight),
    }
    return json_text(document) + "\n"


def _part(ready: Readiness) -> dict[str, object]:
    """Returns what a scenario lacks for one kind of answer."""
    missing = [
        {
            "what": each.what,
            "lost": each.lost,
            "place": each.place,
            "variant": each.variant,
            "mends": [{"label": mend.label, "asks": mend.asks} for mend in each.mends],
        }
        for each in ready.missing
    ]
    return {"for": ready.part, "is_ready": ready.is_ready, "missing": missing}


def _weight(weight: Weight) -> dict[str, object]:
    """Returns what a run weighs; a number that is too large to be told is null."""
    from math import isfinite

    figures = {"events": weight.events, "seconds": weight.seconds, "memory_bytes": weight.memory}
    return {
        **{key: figure if isfinite(figure) else None for key, figure in figures.items()},
        "free_memory_bytes": weight.free,
        "is_heavy": weight.is_heavy,
        "sentence": weight.warning if weight.is_heavy else weight.sentence,
    }
