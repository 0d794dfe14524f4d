"""What is worked out of results before the first chart is drawn, since it takes room on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathway_modeller.gui.results.choices import Choice, choices

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers import Answers
    from pathway_modeller.report.catalogue import ChartKind
    from pathway_modeller.report.findings import Findings


@dataclass(frozen=True, eq=False)
class Beforehand:
    """What the strips round a chart say.

    Attributes:
        answers: what is said of money; None where nobody kept the books, or there is nothing to compare.
        offered: by the place of a chart, what it could be of.
    """

    answers: Answers | None
    offered: tuple[tuple[Choice, ...], ...]


def beforehand(kinds: Sequence[ChartKind], findings: Findings) -> Beforehand:
    """Works it out; called in any thread."""
    is_kept = bool(findings.options) and not findings.results.cash.empty
    return Beforehand(findings.answers if is_kept else None, tuple(choices(kind, findings) for kind in kinds))
