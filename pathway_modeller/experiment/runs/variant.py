"""What the replications of a variant share, worked out once: the model, what is counted, and the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pathway_modeller.analysis.accounts.account import AccountPlan
from pathway_modeller.analysis.ledger.codes import added_up
from pathway_modeller.analysis.ledger.context import books
from pathway_modeller.analysis.ledger.ledger import ledger
from pathway_modeller.analysis.ledger.plan import LedgerPlan
from pathway_modeller.analysis.measures.distribution import distributions_of, level_shares
from pathway_modeller.analysis.measures.plan import MeasurePlan
from pathway_modeller.analysis.measures.series import SeriesPlan
from pathway_modeller.analysis.observed.facts import Facts
from pathway_modeller.analysis.observed.population import people_over_years, people_rows
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.analysis.wanted.tally_request import wanted
from pathway_modeller.experiment.results.vectors import Plan, Vectors
from pathway_modeller.scenario.document import Pathway, RunSettings, Scenario
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import Cancelled
from pathway_modeller.simulation.model.parts import Model
from pathway_modeller.simulation.tally.tally_request import Wanted


@dataclass(frozen=True, eq=False)
class Variant:
    """What does not change from one replication of a variant to the next.

    Attributes:
        pathway: as it is run.
        run: run settings.
        model: the pathway made ready to be played.
        measures: the plan of its measures, and of its ledger.
        series: the points of its time series.
        account: the lines of its account.
        step_days: distance between two points of the time series, days.
    """

    pathway: Pathway
    run: RunSettings
    model: Model
    measures: MeasurePlan
    series: SeriesPlan
    account: AccountPlan
    step_days: float

    @cached_property
    def tables(self) -> dict[str, Any]:
        """The model as the compiled engine reads it."""
        from pathway_modeller.simulation.compiled.flatten import flatten

        return flatten(self.model)

    @cached_property
    def request(self) -> Wanted:
        """What is counted while it is played."""
        return wanted(self.model.legend, self.pathway, self.step_days, self.measures.ledger.kept)

    @cached_property
    def plan(self) -> Plan:
        """What the numbers of its vectors are about."""
        return Plan(
            measures=self.measures.rows,
            series=self.series.rows,
            distributions=distributions_of(self.series.scope),
            lines=self.measures.ledger.numbers,
            people=people_rows(self.model.legend),
            account=self.account.rows,
            kinds=self.measures.kinds,
        )

    def vectors(self, facts: Facts, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Returns what is kept of a replication.

        Args:
            facts: of the replication.
            cancelled: asked between the parts of the work.

        Raises:
            Cancelled: the person asked to stop.
        """

        def unless_cancelled() -> None:
            if cancelled is not None and cancelled():
                raise Cancelled

        plan = self.measures.ledger
        found = ledger(facts, self.pathway, plan.kept, plan)
        unless_cancelled()
        measures = self.measures.values(facts, found)
        unless_cancelled()
        lines, pence = added_up(found.codes, found.pence)
        return Vectors(
            plan=self.plan,
            measures=measures,
            series=self.series.values(facts),
            levels=tuple(level_shares(facts, self.series.scope.activities)),
            people=people_over_years(facts),
            account=self.account.counts(facts),
            lines=lines,
            pence=pence,
            missing=found.missing,
            patients=self.measures.patients(facts, found),
            # Copied, since the next replication is tallied in the same memory.
            lists=tuple((each.values.copy(), each.first.copy()) for each in self.measures.lists(facts)),
        )


def variant_of(
    scenario: Scenario, variant: str, pathway: Pathway, run: RunSettings, step_days: float
) -> Variant:
    """Returns what the replications of a variant share.

    Args:
        scenario: has the variant.
        variant: ``"baseline"`` or an option id.
        pathway: the variant's pathway as it is run.
        run: run settings.
        step_days: distance between two points of the time series, days.

    Raises:
        ModelError: the pathway cannot be run.
    """
    model = compile_pathway(pathway, run)
    scope = Scope(model.legend, pathway)
    return Variant(
        pathway=pathway,
        run=run,
        model=model,
        measures=MeasurePlan(LedgerPlan(scope, books(scenario, variant, run))),
        series=SeriesPlan.of(scope, step_days),
        account=AccountPlan(scope),
        step_days=step_days,
    )
