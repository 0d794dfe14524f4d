"""Working out what answers hang on in a process of its own, which may be ended from outside."""

from __future__ import annotations

from pathway_modeller.experiment.hangs_on.hangs_on import hangs_on
from pathway_modeller.experiment.hangs_on.value import HangsOn
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.preparation import give_way
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.simulation.model.errors import ModelError, SimulationStopped


def hangs_on_beside(results: Results, text: str) -> HangsOn | str:
    """Returns what the answers of a comparison hang on, or why that cannot be told.

    It uses all processors, and lets every other program go first.

    Args:
        results: of the comparison.
        text: the scenario as JSON text, since records made for a type cannot be pickled.
    """
    give_way()
    scenario = Scenario.model_validate_json(text, strict=True)
    try:
        return hangs_on(results, scenario, engine=results.provenance.engine)
    except (ModelError, SimulationStopped) as stopped:
        return str(stopped)
