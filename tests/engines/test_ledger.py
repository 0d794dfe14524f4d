"""What must hold of every ledger, on pathways made up at random with prices, payers, options and shifts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from pathway_modeller.analysis.ledger.ledger import Books, Ledger, books, ledger, total
from pathway_modeller.analysis.ledger.paid_units import COST_DAYS, paid_units
from pathway_modeller.analysis.observed.facts import facts_of_trace
from pathway_modeller.scenario.capacity import PoolCost
from pathway_modeller.scenario.document import Option, Pathway, Scenario
from pathway_modeller.scenario.money import Shift
from pathway_modeller.scenario.options import from_document, patch_between, to_document
from pathway_modeller.scenario.people import Payer, Provider
from pathway_modeller.scenario.population import HeadCost
from pathway_modeller.scenario.shifts.shifts import ShiftError, played, unit_cost_per_year
from pathway_modeller.scenario.values import ByGroup, Duration, Money, Record
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.simpy.engine import simulate
from pathway_modeller.simulation.trace import Event, Trace
from tests.engines.drawing import MONDAY
from tests.engines.pathways import playable
from tests.engines.test_generated import FEW
from tests.frames import measure_frame

PENCE = st.integers(0, 100_000).map(lambda pence: Money(value=pence / 100, price_year="2024/25"))
LONG = Duration(value=1000, unit="days")


@dataclass(frozen=True)
class Kept:
    """A replication of a variant with its ledger."""

    trace: Trace
    pathway: Pathway
    against: Books
    found: Ledger


@st.composite
def priced(draw: st.DrawFn) -> Scenario:
    """Returns a scenario in which everything has a price or cost in whole pence, and no options."""
    case = draw(playable())
    names = [None, "nhs", "council"]
    pathway = case.pathway

    def price() -> Money | ByGroup[Money]:
        by = draw(st.sampled_from(["need_tier", "footprint", None])) if pathway.need_tiers else None
        if by is None:
            return draw(PENCE)
        group = "tip" if by == "need_tier" else "east"
        return ByGroup[Money](by=by, values={group: draw(PENCE)}, otherwise=draw(PENCE))

    def owned(record: Any, **more: Any) -> Any:
        payer, provider = draw(st.sampled_from(names)), draw(st.sampled_from([None, "trust"]))
        return record.model_copy(update={"payer": payer, "provider": provider, **more})

    per = st.sampled_from(["open hour", "day", "week", "year"])
    spending = {"care": HeadCost(name="Care", amount=draw(PENCE), payer="nhs")}
    maps: dict[str, dict[str, Record]] = {
        "activities": {
            name: owned(each, price=price(), variable_cost=price())
            for name, each in pathway.activities.items()
        },
        "pools": {
            name: owned(
                each,
                cost=PoolCost(amount=draw(PENCE), per=draw(per)),
                block=draw(st.sampled_from([None, 2])),
                notice=draw(st.sampled_from([None, Duration(value=4.5, unit="days")])),
            )
            for name, each in pathway.pools.items()
        },
        "need_tiers": {
            name: each.model_copy(update={"spending": spending}) for name, each in pathway.need_tiers.items()
        },
        "payers": {"nhs": Payer(name="NHS"), "council": Payer(name="Council")},
        "providers": {"trust": Provider(name="Trust", fixed_cost=draw(PENCE), payer="council")},
    }
    warm_up = Duration(value=draw(st.sampled_from([0.0, 2.5])), unit="days")
    run = case.run.model_copy(update={"warm_up": warm_up if case.run.start == "empty" else case.run.warm_up})
    return Scenario(format=1, name="Priced", baseline=pathway.model_copy(update=maps), run=run)


@st.composite
def shifts(draw: st.DrawFn, scenario: Scenario) -> Shift:
    """Returns a shift out of a pool that has units and a cost, into another where there is one."""
    pools, run = scenario.baseline.pools, scenario.run
    costs = {name: unit_cost_per_year(pool, run) or 0.0 for name, pool in pools.items()}
    able = [name for name in sorted(pools) if costs[name] > 0 and pools[name].units is not None]
    assume(able)
    names = draw(st.permutations(able))
    pounds = costs[names[0]] * draw(st.integers(1, 2)) + 0.01
    short = st.sampled_from([0.0, 2.0, 5.5]).map(lambda days: Duration(value=days, unit="days"))
    return Shift(
        name="Shift",
        origin=names[0],
        target=names[1] if len(names) > 1 and draw(st.booleans()) else None,
        amount=Money(value=pounds, price_year="2024/25"),
        starts=MONDAY + dt.timedelta(days=draw(st.integers(-3, 8))),
        ramp=draw(short),
        recruitment_lag=draw(short),
        double_running=draw(short),
        notice=draw(st.sampled_from([None, Duration(value=2, unit="days")])),
        set_up=draw(PENCE),
        exit_cost=draw(PENCE),
    )


def with_option(scenario: Scenario, **option: Any) -> Scenario:
    return scenario.model_copy(update={"options": {"option": Option(name="Option", **option)}})


def keep(scenario: Scenario, variant: str, seed: int = 1) -> Kept:
    """Plays a variant and keeps its ledger; cases that cannot be played are passed over."""
    try:
        pathway = played(scenario, variant)
        trace = simulate(compile_pathway(pathway, scenario.run), seed, 0)
    except (ShiftError, SimulationStopped):
        assume(False)
        raise
    against = books(scenario, variant)
    found = ledger(trace, pathway, against)
    for kind in ("stranded", "double running", "set-up", "exit"):
        event(f"{kind}: {kind in set(found.lines['kind'])}")
    return Kept(trace, pathway, against, found)


def figure(frame: pd.DataFrame, measure: str) -> float:
    """The figure of a measure for everything together, in pounds."""
    keys = ["element", "pool", "need_tier", "footprint", "setting"]
    found = frame[(frame["measure"] == measure) & (frame[keys] == "").all(axis=1)]
    return float(found["value"].iloc[0])


def agree(kept: Kept) -> None:
    """Measures are sums of the ledger; its lines for contacts and capacity are what the trace says."""
    lines, frame = kept.found.lines, measure_frame(kept.trace, kept.pathway, kept.against)
    assert kept.found.missing == {}
    cost, other = lines["view"] == "cost", lines["kind"] == "other"
    capacity = lines["kind"].isin(["step", "stranded", "double running"])
    for measure, chosen in (
        ("bill", lines[lines["view"] == "bill"]),
        ("variable_cost", lines[lines["kind"] == "variable"]),
        ("pool_cost", lines[capacity]),
        ("system_cost", lines[cost & ~other]),
    ):
        assert figure(frame, measure) == total(chosen) / 100
    pools = frame[(frame["measure"] == "pool_cost") & (frame["pool"] != "") & (frame["footprint"] == "")]
    assert pools["value"].sum() == pytest.approx(total(lines[capacity]) / 100)
    for expected, kinds in (
        (paid_for_contacts(kept, "price"), ["bill"]),
        (paid_for_contacts(kept, "variable_cost"), ["variable"]),
        (paid_for_units(kept), ["step", "double running"]),
    ):
        chosen = lines[lines["kind"].isin(kinds)]
        close = 0.01 * (len(chosen) + 6 * len(kept.pathway.pools) + 1)
        assert total(chosen) / 100 == pytest.approx(expected, abs=close)


def paid_for_contacts(kept: Kept, field: str) -> float:
    """Price (or variable cost) of every attended contact of the period, one by one, in pounds."""
    trace, legend, pounds = kept.trace, kept.trace.legend, 0.0
    for row in np.flatnonzero((trace.event == Event.START) & (trace.time >= legend.warm_up)):
        money = getattr(kept.pathway.activities[legend.elements[trace.element[row]]], field)
        if isinstance(money, ByGroup):
            names, index = (
                (legend.need_tiers, trace.need_tier[row])
                if money.by == "need_tier"
                else (legend.footprints, trace.footprint[row])
            )
            money = money.values.get(names[index], money.otherwise) if index >= 0 else money.otherwise
        pounds += money.value
    return pounds


def paid_for_units(kept: Kept) -> float:
    """What units that are open or held cost over the whole period at once, in pounds."""
    facts, pounds = facts_of_trace(kept.trace, kept.pathway), 0.0
    for body in facts.levels.bodies:
        cost = kept.pathway.pools[body.pool].cost
        assert cost is not None
        days = paid_units(facts, body).integral(facts.start, facts.end)
        pounds += cost.amount.value * days / COST_DAYS[cost.per]
    return pounds


@FEW
@given(priced(), st.data())
def test_measures_ledger_and_trace_say_the_same(scenario: Scenario, data: st.DataObject) -> None:
    agree(keep(scenario, "baseline"))
    shifted = with_option(scenario, shifts={"s": data.draw(shifts(scenario))})
    agree(keep(shifted, "option"))


@FEW
@given(priced(), st.data())
def test_parts_sum_to_totals_to_the_penny(scenario: Scenario, data: st.DataObject) -> None:
    kept = keep(with_option(scenario, shifts={"s": data.draw(shifts(scenario))}), "option")
    lines = kept.found.lines
    assert lines["pence"].dtype == np.int64
    for view in ("bill", "cost"):
        payers = [total(lines, view=view, payer=payer) for payer in ("", "nhs", "council")]
        months = [total(lines, view=view, month=month) for month in lines["month"].unique()]
        assert sum(payers) == sum(months) == total(lines, view=view)
    stranded = lines[lines["kind"].isin(["stranded", "double running", "fixed", "set-up", "exit"])]
    assert (stranded["pence"] > 0).all()


@FEW
@given(priced())
def test_an_option_that_changes_nothing_has_the_same_lines(scenario: Scenario) -> None:
    again = from_document(to_document(scenario.baseline))
    same = with_option(scenario, patch=patch_between(scenario.baseline, again))
    pd.testing.assert_frame_equal(keep(same, "option").found.lines, keep(same, "baseline").found.lines)


@FEW
@given(priced())
def test_doubling_every_price_doubles_every_bill(scenario: Scenario) -> None:
    def twice(money: Money) -> Money:
        return money.model_copy(update={"value": money.value * 2})

    def both(price: Money | ByGroup[Money]) -> Money | ByGroup[Money]:
        if isinstance(price, Money):
            return twice(price)
        values = {name: twice(money) for name, money in price.values.items()}
        return price.model_copy(update={"values": values, "otherwise": twice(price.otherwise)})

    dear = {
        name: each.model_copy(update={"price": both(each.price)})
        for name, each in scenario.baseline.activities.items()
        if each.price is not None
    }
    more = with_option(
        scenario,
        patch=patch_between(scenario.baseline, scenario.baseline.model_copy(update={"activities": dear})),
    )
    one, two = keep(more, "baseline"), keep(more, "option")
    assert one.trace.tobytes() == two.trace.tobytes()
    bill, doubled = (kept.found.lines.query("view == 'bill'") for kept in (one, two))
    pd.testing.assert_frame_equal(bill.assign(pence=bill["pence"] * 2), doubled)
    assert total(one.found.lines, view="cost") == total(two.found.lines, view="cost")


@FEW
@given(priced(), st.data())
def test_until_notice_is_over_closing_capacity_saves_nothing(scenario: Scenario, data: st.DataObject) -> None:
    """With notice longer than the run, what is open, double or stranded costs what the pool did."""
    shift = data.draw(shifts(scenario)).model_copy(update={"target": None, "notice": LONG})
    shifted = with_option(scenario, shifts={"s": shift})
    before, after = keep(shifted, "baseline").found.lines, keep(shifted, "option").found.lines
    capacity = ["step", "double running", "stranded"]
    for name, pool in scenario.baseline.pools.items():
        if pool.steps or pool.units is None:
            continue  # growth takes up closed units; an unlimited pool costs what is in use
        was, now = (
            total(lines[lines["kind"].isin(capacity) & (lines["pool"] == name)]) for lines in (before, after)
        )
        assert now == pytest.approx(was, abs=len(after))
    assert total(after, kind="exit") == 0
