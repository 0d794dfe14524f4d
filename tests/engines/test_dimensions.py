"""Patients are divided by any number of dimensions, into groups that can occur, traced and tallied alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from pathway_modeller.analysis.ledger.ledger import books_alone, ledger
from pathway_modeller.analysis.ledger.plan import LedgerPlan
from pathway_modeller.analysis.measures.plan import MeasurePlan
from pathway_modeller.analysis.observed.facts import facts_of
from pathway_modeller.analysis.observed.scope import Scope
from pathway_modeller.analysis.wanted.tally_request import wanted
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.people import Footprint, NeedTier
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.patient_groups import PatientGroups
from pathway_modeller.simulation.record import ROW
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.tally import people_rows
from pathway_modeller.simulation.tally.tally import Tally
from pathway_modeller.simulation.trace import Event, Legend, Trace
from tests.engines import drawing, feeding
from tests.engines.pathways import Playable
from tests.engines.test_generated import FEW
from tests.engines.test_same_trace import EVERY, SEEDS
from tests.engines.test_tally_people import must_agree, play
from tests.engines.uncompiled import run_uncompiled

DECLARED = (
    "from pathway_modeller.simulation import dimensions as d\n"
    "more = d.Dimension('condition', 'conditions'), d.Dimension('urgency', 'urgencies')\n"
    "d.DIMENSIONS = (*d.DIMENSIONS, *more)\n"
    "d.DIVIDED_BY = tuple(each.column for each in d.DIMENSIONS)\n"
    "from tests.engines.test_dimensions import read_more_columns, several_both_ways\n"
    "read_more_columns()\n"
)
"""Declares two more dimensions before anything else is imported."""

CONDITIONS, URGENCIES = ("hip", "knee"), ("soon", "routine", "later")
WIDE = np.dtype([*((name, ROW[name]) for name in ROW.names), ("condition", "<i2"), ("urgency", "<i2")])


@dataclass(frozen=True)
class WideLegend(Legend):
    """A legend with two more dimensions."""

    conditions: tuple[str, ...] = CONDITIONS
    urgencies: tuple[str, ...] = URGENCIES


@dataclass(frozen=True, eq=False)
class WideTrace(Trace):
    """A trace with their columns."""

    condition: npt.NDArray[np.int16]
    urgency: npt.NDArray[np.int16]

    COLUMNS = (*Trace.COLUMNS, "condition", "urgency")


def read_more_columns() -> None:
    """Has rows with more columns tallied, of which each dimension's is read."""
    narrow = people_rows.combination_of

    def combination_of(book: Any, row: Any, need_tier: int) -> int:
        of_condition = int(narrow(book, row, need_tier)) * (len(CONDITIONS) + 1) + int(row.condition) + 1
        return of_condition * (len(URGENCIES) + 1) + int(row.urgency) + 1

    people_rows.combination_of = combination_of
    feeding.ROW, feeding.Trace = WIDE, WideTrace


def widened(trace: Trace) -> WideTrace:
    """Returns a trace with a condition for some patients, and of each condition one urgency."""
    condition = np.where(trace.patient >= 0, trace.patient % 3 - 1, -1).astype(np.int16)
    urgency = (condition + 1).astype(np.int16)
    after = np.where(trace.event == Event.NEED_CHANGED, trace.units, trace.need_tier)
    seen = set[tuple[int, ...]]()
    for tier in (trace.need_tier, after):
        codes = np.stack((tier, trace.footprint, condition, urgency))[:, trace.patient >= 0]
        seen.update(map(tuple, codes.T.tolist()))
    columns = {name: getattr(trace, name) for name in Trace.COLUMNS}
    known = {name: value for name, value in vars(trace.legend).items() if name in Legend.__match_args__}
    legend = WideLegend(**{**known, "combinations": tuple(seen)})
    return WideTrace(**columns, legend=legend, condition=condition, urgency=urgency)


def both_ways(case: Playable, seed: int, data: st.DataObject) -> None:
    """Compares facts, measures and ledger of a pathway made up at random, traced and tallied."""
    narrow, pathway = play(case, seed, data)
    trace = widened(narrow)
    must_agree(trace, pathway)
    scope, kept = Scope(trace.legend, pathway), books_alone(pathway, trace.legend.start_date)
    plan = MeasurePlan(LedgerPlan(scope, kept))
    tallied = feeding.fed(Tally(wanted(trace.legend, pathway, 1.0, kept)), trace)
    sides = [facts_of(each, pathway) for each in (trace, tallied)]
    ledgers = [ledger(each, pathway, kept, plan.ledger) for each in sides]
    one, two = (plan.values(*each) for each in zip(sides, ledgers, strict=True))
    np.testing.assert_allclose(one, two, rtol=1e-9, atol=1e-9, equal_nan=True)
    np.testing.assert_array_equal(*(each.codes for each in ledgers))
    counted = (trace.time >= scope.start) & (trace.time < scope.end) & (trace.event == Event.START)
    undivided = dict.fromkeys(("element", "need_tier", "footprint", "setting"), "")
    for code, label in enumerate(trace.legend.conditions):
        row = plan.rows.where(measure="contacts", condition=label, urgency="", **undivided)
        assert one[row].tolist() == [np.count_nonzero(counted & (trace.condition == code))]


def several_both_ways() -> None:
    """Compares a few."""
    settings(FEW, max_examples=5)(given(EVERY, SEEDS, st.data())(both_ways))()


def test_two_more_dimensions_of_which_some_combinations_occur() -> None:
    run_uncompiled(f"{DECLARED}several_both_ways()\n")


def test_groups_are_numbered_in_the_order_of_their_codes_with_none_last() -> None:
    labels = {"tier": ("low", "high"), "place": ("east",), "urgency": ("soon", "later"), "kind": ()}
    every = PatientGroups.of(labels, ())
    assert len(every) == 3 * 2 * 3 * 1
    assert every.combinations[0] == (0, 0, 0, -1)
    assert every.combinations[-1] == (-1, -1, -1, -1)
    some = PatientGroups.of(labels, [(-1, 0, 1, -1), (1, -1, -1, -1), (1, 0, 0, -1)])
    assert some.combinations == ((1, 0, 0, -1), (1, -1, -1, -1), (-1, 0, 1, -1))
    two = np.array([[-1, 1], [0, -1], [1, -1], [-1, -1]], dtype=np.int16)
    codes = dict(zip(labels, two, strict=True))
    assert some.number(codes).tolist() == [2, 1]
    assert some.numbers[[0 * 6 + 1 * 3 + 2, 2 * 6 + 0 * 3 + 0]].tolist() == [2, 1]
    with pytest.raises(ValueError, match="tier 'low', place 'none', urgency 'soon', kind 'none'"):
        some.number(dict(zip(labels, np.array([[0], [-1], [0], [-1]]), strict=True)))


def line(**more: Any) -> Pathway:
    """Returns a clinic to which people of the low tier come, from the east alone."""
    entry = drawing.coming(4.0, need_tiers={"low": 1.0}, footprints={"east": 1.0})
    clinic = drawing.does({"doctor": 1}, drawing.exponential(0.2), **more)
    tiers = {name: NeedTier(name=name, level=level) for level, name in enumerate(("low", "high"), start=1)}
    places = {name: Footprint(name=name) for name in ("east", "west")}
    elements = {"in": entry, "clinic": clinic, "out": drawing.OUT}
    return drawing.draw(elements, ["in > clinic > out"], {"doctor": 1}, need_tiers=tiers, footprints=places)


def test_patients_can_be_what_they_come_as_and_what_they_are_changed_to() -> None:
    run = drawing.settings(10.0)
    assert compile_pathway(line(), run).legend.combinations == ((0, 0),)
    changes = [{"to": "high", "share": 0.5, "cause": "found"}]
    legend = compile_pathway(line(changes_need=changes), run).legend
    assert legend.combinations == ((0, 0), (1, 0))
    assert len(legend.groups) == 2


def test_a_patient_who_cannot_occur_is_an_error_of_the_program() -> None:
    pathway = line()
    trace = simulate(compile_pathway(pathway, drawing.settings(10.0)), 1, 0)
    trace = replace(trace, legend=replace(trace.legend, combinations=((1, 0),)))
    asked = wanted(trace.legend, pathway, 1.0, books_alone(pathway, trace.legend.start_date))
    told = "no patient of need_tier 'low', footprint 'east'"
    with pytest.raises(ValueError, match=told):
        feeding.fed(Tally(asked), trace)
    with pytest.raises(ValueError, match=told):
        _ = facts_of(trace, pathway).days("waited")
