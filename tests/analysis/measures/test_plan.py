"""The plan of figures and the catalogue of measures are one table."""

from __future__ import annotations

import numpy as np
import pytest

from pathway_modeller.analysis.ledger.context import books
from pathway_modeller.analysis.ledger.ledger import ledger
from pathway_modeller.analysis.ledger.plan import LedgerPlan
from pathway_modeller.analysis.measures.catalogue import MEASURES, find
from pathway_modeller.analysis.measures.groups import EVERYTHING, Groups, Key
from pathway_modeller.analysis.measures.measure import Block
from pathway_modeller.analysis.measures.plan import MeasurePlan
from pathway_modeller.analysis.observed.facts import facts_of_trace
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.simpy.engine import simulate

FILES = sorted(shipped("scenarios").glob("*.json"))


def test_every_measure_is_worked_out_somewhere_and_every_figure_is_described() -> None:
    """Of all bundled scenarios together; the unit is the measure's, with its price year after money."""
    worked_out = set()
    for file in FILES:
        scenario = load(file)
        short = scenario.run.model_copy(update={"duration": Duration(value=1, unit="days")})
        trace = simulate(compile_pathway(scenario.baseline, short), 1, 0)
        facts = facts_of_trace(trace, scenario.baseline)
        plan = MeasurePlan(LedgerPlan(facts, books(scenario, BASELINE, short)))
        for name, *_, unit in plan.rows.tuples:
            measure = find(name).measure
            assert unit == measure.unit or unit.startswith(f"{measure.unit} 20"), name
            worked_out.add(measure.id)
        found = ledger(facts, scenario.baseline, plan.ledger.kept, plan.ledger)
        assert len(plan.values(facts, found)) == len(plan.rows)
    rare = {
        each
        for each in MEASURES
        if each.startswith(("deteriorated", "left.deteriorated", "caseload", "standard", "deprivation"))
        or "harmed" in each
    }
    assert MEASURES.keys() - worked_out <= rare | {"advised", "left.advised", "missed.share"}


def test_figures_stand_way_after_way_and_in_each_measure_after_measure() -> None:
    ways = [((EVERYTHING,), np.array([0, 0])), ((Key(element="a"), Key(element="b")), np.array([0, 1]))]
    groups = Groups.of(ways)
    assert groups.totals(np.array([3.0, 4.0])).tolist() == [7.0, 3.0, 4.0]
    block = Block((("x", "days"), ("y", "days")), groups, lambda *_: [])
    assert [(name, key.get("element", "")) for name, _, key in block.rows()] == [
        ("x", ""),
        ("y", ""),
        ("x", "a"),
        ("x", "b"),
        ("y", "a"),
        ("y", "b"),
    ]
    whole = Block(block.measures, groups, block.work, by_measure=True)
    assert [name for name, _, _ in whole.rows()] == ["x"] * 3 + ["y"] * 3


def test_a_measure_that_gives_too_few_figures_is_an_error_of_the_program() -> None:
    scenario = load(FILES[0])
    short = scenario.run.model_copy(update={"duration": Duration(value=1, unit="days")})
    facts = facts_of_trace(simulate(compile_pathway(scenario.baseline, short), 1, 0), scenario.baseline)
    plan = MeasurePlan(LedgerPlan(facts, books(scenario, BASELINE, short)))
    broken = Block((("x", "days"),), Groups.listed([EVERYTHING, EVERYTHING]), lambda *_: [[1.0]])
    vars(plan)["blocks"] = (*plan.blocks, broken)
    with pytest.raises(ValueError, match="x"):
        plan.values(facts, ledger(facts, scenario.baseline, plan.ledger.kept, plan.ledger))
