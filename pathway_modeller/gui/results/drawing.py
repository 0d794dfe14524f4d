"""What a run found, shown on the drawing: queue and utilisation of each activity."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pathway_modeller.gui.canvas.overlay import Overlay
from pathway_modeller.gui.canvas.view import PathwayView
from pathway_modeller.gui.document import Document
from pathway_modeller.gui.results.chart_worker import Desk
from pathway_modeller.gui.results.controller import RunController
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.options import apply_option

if TYPE_CHECKING:
    from pathway_modeller.analysis.measures.overlay import ActivityOverlay
    from pathway_modeller.analysis.statistics.intervals import Interval
    from pathway_modeller.experiment.results.results import Results


class ResultsOnDrawing(QObject):
    """Puts the results of the variant shown on the drawing, and takes them away once they are stale."""

    def __init__(self, document: Document, controller: RunController, view: PathwayView, desk: Desk) -> None:
        """Observes runs for a view, which owns this; figures are worked out at the desk."""
        super().__init__(view)
        self._document = document
        self._controller = controller
        self._view = view
        self._desk = desk
        self._found: dict[str, Mapping[str, Overlay]] = {}
        controller.results_changed.connect(self._take)
        controller.staleness_changed.connect(self._show)
        document.variant_changed.connect(self._show)

    def _take(self) -> None:
        """Has worked out what to show for each variant that was run, the one on show first."""
        self._found = {}
        self._show()
        results, scenario = self._controller.results, self._controller.scenario
        if results is None or scenario is None:
            return
        shown = self._document.variant
        for variant in sorted(results.variants, key=lambda each: each != shown):
            self._desk.ask(
                partial(figures_of, results, scenario, variant), partial(self._keep, results, variant)
            )

    def _keep(self, results: Results, variant: str, figures: Mapping[str, Overlay]) -> None:
        """Keeps what was worked out, if the results are still the same."""
        if results is self._controller.results:
            self._found[variant] = figures
            if variant == self._document.variant:
                self._show()

    def _show(self, _changed: object = None) -> None:
        """Shows the variant of the moment, if its results are of the scenario as it is."""
        stale = self._controller.is_stale
        self._view.set_overlay({} if stale else self._found.get(self._document.variant, {}))


def figures_of(results: Results, scenario: Scenario, variant: str) -> dict[str, Overlay]:
    """Returns what the drawing says about each activity of a variant that was run."""
    from pathway_modeller.analysis.measures.overlay import overlay

    pathway = apply_option(scenario, variant)
    return {
        key: in_words(found, pathway) for key, found in overlay(results.summary(variant), pathway).items()
    }


def in_words(found: ActivityOverlay, pathway: Pathway) -> Overlay:
    """Returns what the drawing says about an activity."""
    from pathway_modeller.report.drawing.scale import scale_for

    parts = []
    queue = ""
    if not math.isnan(found.queue.mean):
        queue = f"{_count(found.queue.mean)} waiting"
        parts.append(f"{_count(found.queue.mean)} patients wait on average{_between(found.queue)}.")
    if not math.isnan(found.wait.mean):
        scale = scale_for("days", (found.wait.mean, found.wait.high))
        parts.append(f"The mean wait is {scale.text(found.wait.mean)}.")
    if found.blocked.mean > 0:
        scale = scale_for("days", (found.blocked.mean, found.blocked.high))
        parts.append(
            f"Those who come from another place are blocked there for {scale.text(found.blocked.mean)}."
        )
    used = None if math.isnan(found.utilisation.mean) else found.utilisation.mean
    if used is not None and found.pool in pathway.pools:
        parts.append(f"“{pathway.pools[found.pool].name}” is in use for {used:.0%} of its open time.")
    return Overlay(queue=queue, utilisation=used, text=" ".join(parts))


def _between(found: Interval) -> str:
    """Returns the interval in words, or nothing where there is none."""
    if math.isnan(found.low) or math.isnan(found.high):
        return ""
    return f" (95% interval {_count(found.low)} to {_count(found.high)})"


def _count(number: float) -> str:
    """Returns a mean number of patients."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.1f}"
