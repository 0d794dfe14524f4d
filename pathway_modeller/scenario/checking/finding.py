"""What a rule finds: a problem with its place in the pathway, before it is put into the words of a file."""

from __future__ import annotations

from dataclasses import dataclass

from pathway_modeller.scenario.problems import Severity
from pathway_modeller.scenario.words.structure import Step


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a pathway.

    Attributes:
        severity: ``"error"`` (it cannot be run) or ``"warning"``.
        steps: keys that lead from the pathway (or, outside it, from the file's root) to the place.
        what: what is wrong, a clause without its full stop.
        mend: what would mend it, a sentence without its full stop.
        root: ``"pathway"``, or ``"file"`` where the steps begin at the file's root.
    """

    severity: Severity
    steps: tuple[Step, ...]
    what: str
    mend: str
    root: str = "pathway"


def error(steps: tuple[Step, ...], what: str, mend: str) -> Finding:
    """Returns a finding that stops a run."""
    return Finding("error", steps, what, mend)


def warning(steps: tuple[Step, ...], what: str, mend: str) -> Finding:
    """Returns a finding that a run survives."""
    return Finding("warning", steps, what, mend)
