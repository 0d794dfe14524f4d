"""From a place in the file to the record and field that the inspector shows for it."""

from __future__ import annotations

from dataclasses import dataclass

from pathway_modeller.gui.inspector.subjects import MATTERS, MONEY, RUN, SCENARIO, Subject
from pathway_modeller.scenario.document import DRAWN, Pathway
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.problems import steps_of


@dataclass(frozen=True)
class Target:
    """Where a place is shown.

    Attributes:
        variant: the variant to show, if the place is in one.
        drawn: the element or transition to select, if it is one.
        subject: the record to open otherwise.
        field: the field to bring into view, if the place is that deep.
    """

    variant: str | None
    drawn: str | None
    subject: Subject
    field: str | None


def target_of(place: str) -> Target:
    """Returns where a JSON pointer of the file is shown; the scenario itself if it is nowhere else."""
    match steps_of(place):
        case ("baseline", *inner):
            return _in_pathway(BASELINE, tuple(inner))
        case ("options", option, "patch", *inner):
            return _in_pathway(option, tuple(inner))
        case ("options", option, ("shifts" | "activity_shifts" | "displacements") as kind, key, *inner):
            return Target(option, None, Subject("scenario", ("options", option, kind, key)), _first(inner))
        case ("options", option, *inner):
            return Target(option, None, Subject("scenario", ("options", option)), _first(inner))
        case ("assumptions" | "outcomes" as kind, key, *inner):
            return Target(None, None, Subject("scenario", (kind, key)), _first(inner))
        case ("run", *inner):
            return Target(None, None, SCENARIO if inner else RUN, _first(inner))
        case ("money", *inner):
            return Target(None, None, SCENARIO if inner else MONEY, _first(inner))
        case ("matters", *inner):
            return Target(None, None, SCENARIO if inner else MATTERS, _first(inner))
        case (field, *_):
            return Target(None, None, SCENARIO, field)
    return Target(None, None, SCENARIO, None)


def _in_pathway(variant: str, steps: tuple[str, ...]) -> Target:
    """Returns where a place inside a pathway is shown."""
    if len(steps) < 2 or steps[0] not in Pathway.model_fields:
        return Target(variant, None, SCENARIO, None)
    kind, key, *inner = steps
    if kind in DRAWN or kind in {"transitions", "today"}:
        return Target(variant, key, Subject("pathway", (kind, key)), _first(inner))
    return Target(variant, None, Subject("pathway", (kind, key)), _first(inner))


def _first(steps: list[str]) -> str | None:
    """Returns the field that a place begins with."""
    return steps[0] if steps else None
