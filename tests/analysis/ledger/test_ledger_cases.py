"""The ledger worked out by hand: blocks, notice, shifts, double running, set-up, exit, missing prices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from pathway_modeller.analysis.ledger import lines as ledger_lines
from pathway_modeller.analysis.ledger.ledger import LEDGER, Books, Ledger, ledger, total
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.shifts.shifts import with_shifts
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.model.errors import SimulationStopped
from pathway_modeller.simulation.trace import Event
from tests.analysis.hand_made import Row, figure, make_pathway, make_trace, opened, visit
from tests.frames import measure_frame

APRIL = dt.date(2025, 4, 1)
"""Day 0: April has days 0 to 29, May 30 to 60, June 61 to 90, July 91 to 121, August 122 to 152."""


def pounds(value: float, year: str = "2024/25") -> dict[str, Any]:
    return {"value": value, "price_year": year}


def ward(units: int, **more: Any) -> dict[str, Any]:
    """Beds at £100 a day, closed in blocks of ten, at 61 days' notice."""
    return {
        "name": "Ward",
        "kind": "beds",
        "units": units,
        "block": 10,
        "notice": {"value": 61, "unit": "days"},
        "payer": "nhs",
        "provider": "trust",
        "cost": {"amount": pounds(100), "per": "day"},
        **more,
    }


def stay_pathway(units: int = 10, **pools: Any) -> Pathway:
    """Somebody in hospital, £20 of drugs each, £300 billed."""
    return make_pathway(
        entry_points={"in": {"name": "In"}},
        activities={
            "stay": {
                "name": "Stay",
                "needs": {"ward": 1},
                "payer": "nhs",
                "price": pounds(300),
                "variable_cost": pounds(20),
            }
        },
        exit_points={"out": {"name": "Out"}},
        transitions={"a": {"from": "in", "to": "stay"}, "b": {"from": "stay", "to": "out"}},
        pools={"ward": ward(units), **pools},
        payers={"nhs": {"name": "NHS"}, "council": {"name": "Council", "kind": "council adult care"}},
        providers={"trust": {"name": "Trust"}},
    )


def settings(days: float) -> RunSettings:
    return RunSettings(start_date=APRIL, duration=Duration(value=days, unit="days"))


def kept(
    rows: list[Row],
    played: Pathway,
    *,
    days: float = 91,
    warm_up: float = 0,
    baseline: Pathway | None = None,
    option: Pathway | None = None,
    shifts: Mapping[str, Shift] | None = None,
    money: MoneySettings | None = None,
) -> Ledger:
    """The ledger of a hand-made trace."""
    trace = make_trace(rows, played, until=days, start_date=APRIL, warm_up=warm_up)
    held = Books(money or MoneySettings(), baseline or played, option or played, settings(days), shifts or {})
    return ledger(trace, played, held)


def months(lines: pd.DataFrame, **where: str) -> dict[str, float]:
    """Pounds by month of the lines with these labels."""
    for column, label in where.items():
        lines = lines[lines[column] == label]
    return {str(month): pence / 100 for month, pence in lines.groupby("month")["pence"].sum().items()}


def test_every_line_says_what_for_and_who_pays():
    """One patient on 2 April: £300 billed and £20 of drugs; ten beds at £100 for 30 + 31 + 30 days."""
    found = kept([opened("ward", 10), *visit(1, "stay", 1, 1, 5, ("ward", 1))], stay_pathway())
    assert tuple(found.lines.columns) == LEDGER
    assert found.missing == {}
    assert months(found.lines, view="bill", element="stay", payer="nhs") == {"2025-04": 300}
    assert months(found.lines, kind="variable", element="stay") == {"2025-04": 20}
    step = months(found.lines, kind="step", pool="ward", provider="trust", payer="nhs", setting="hospital")
    assert step == {"2025-04": 30000, "2025-05": 31000, "2025-06": 30000}
    assert total(found.lines, view="cost") == 9102000
    assert total(found.lines, view="bill", payer="nhs") == 30000


def test_cutting_nine_of_the_ten_beds_of_a_block_releases_variable_cost_only():
    """Two patients become one: £20 of drugs less, and not a penny of the ward.

    Step cost 1 bed x £100 x 91 days = £9,100; stranded 9 beds x £100 x 91 days = £81,900; together the
    £91,000 of the baseline.
    """
    rows = [
        opened("ward", 10),
        *visit(1, "stay", 1, 1, 5, ("ward", 1)),
        *visit(2, "stay", 1, 1, 5, ("ward", 1)),
    ]
    before = kept(rows, stay_pathway())
    alone = [opened("ward", 1), *visit(1, "stay", 1, 1, 5, ("ward", 1))]
    after = kept(alone, stay_pathway(1), baseline=stay_pathway())
    assert total(after.lines, kind="step") == 910000
    assert total(after.lines, kind="stranded") == 8190000
    assert total(before.lines, view="cost") - total(after.lines, view="cost") == 2000


def test_a_pool_that_an_option_takes_away_has_its_cost_and_setting_while_it_is_paid_for():
    """Ten beds are gone from day 0 and paid for until June: £61,000; nothing else is spent."""
    without = make_pathway(
        pools={"team": {"name": "Team", "units": 1, "cost": {"amount": pounds(0), "per": "day"}}}
    )
    trace = make_trace([opened("team", 1)], without, until=91, start_date=APRIL)
    frame = measure_frame(trace, without, Books(MoneySettings(), stay_pathway(), without, settings(91)))
    for measure, key in (
        ("pool_cost", {"pool": "ward"}),
        ("pool_cost", {"setting": "hospital"}),
        ("pool_cost", {}),
        ("system_cost", {"setting": "hospital"}),
        ("system_cost", {}),
    ):
        assert figure(frame, measure, unit="GBP 2024/25", **key) == 61000
    assert figure(frame, "pool_cost", pool="team") == 0


def test_the_tenth_bed_releases_the_block_after_its_notice():
    """All ten are closed from day 0; the notice of 61 days ends as June begins.

    Stranded: April 10 x £100 x 30 = £30,000, May 10 x £100 x 31 = £31,000, then nothing.
    """
    found = kept([opened("ward", 0)], stay_pathway(0), baseline=stay_pathway())
    assert months(found.lines, kind="stranded") == {"2025-04": 30000, "2025-05": 31000}
    assert months(found.lines, kind="step") == {}


def test_a_block_does_not_leave_while_patients_are_still_in_its_beds():
    """As above, but a patient who came before stays until day 70, 10 June: June is still paid for."""
    rows = [opened("ward", 0), *visit(1, "stay", 0, 0, 70, ("ward", 1))]
    found = kept(rows, stay_pathway(0), baseline=stay_pathway(), days=122)
    assert months(found.lines, kind="stranded") == {"2025-04": 30000, "2025-05": 31000, "2025-06": 30000}


def test_beds_that_close_on_a_date_leave_one_by_one_without_a_block():
    """Ten beds, four of them closed from 1 May (day 30), no block, no notice: nothing is stranded.

    May costs 6 x £100 x 31 = £18,600.
    """
    plain = {"block": None, "notice": None}
    base = stay_pathway(ward=ward(10, **plain))
    cut = stay_pathway(ward=ward(10, **plain, steps=[{"date": "2025-05-01", "units": 6}]))
    found = kept([opened("ward", 10), opened("ward", 6, 30.0)], cut, baseline=base)
    assert months(found.lines, kind="step") == {"2025-04": 30000, "2025-05": 18600, "2025-06": 18000}
    assert months(found.lines, kind="stranded") == {}


def test_growth_that_an_option_never_opens_strands_nothing():
    """The baseline opens five more beds on 1 May; the option does not, and owes nobody notice for them."""
    base = stay_pathway(ward=ward(10, steps=[{"date": "2025-05-01", "units": 15}]))
    found = kept([opened("ward", 10)], stay_pathway(), baseline=base)
    assert total(found.lines, kind="stranded") == 0
    assert total(found.lines, kind="step") == 9100000


def test_a_pool_that_the_option_deletes_is_paid_for_until_its_notice_ends():
    base = stay_pathway(clinic=ward(2, name="Clinic", block=None, payer="council"))
    found = kept([opened("ward", 10)], stay_pathway(), baseline=base)
    assert months(found.lines, kind="stranded", pool="clinic", payer="council") == {
        "2025-04": 6000,
        "2025-05": 6200,
    }


def test_capacity_by_the_open_hour_is_stranded_on_the_hours_that_the_baseline_opens():
    """Two nurses on Mondays, 09:00 to 17:00, at £30 an hour; one is let go at 30 days' notice.

    April 2025 has Mondays on the 7th, 14th, 21st and 28th; the notice ends as May begins. Stranded is one
    nurse x 8 hours x £30 x 4 = £960.
    """
    nurses = {
        "name": "Nurses",
        "timetable": {"monday": [{"opens": "09:00", "closes": "17:00"}]},
        "notice": {"value": 30, "unit": "days"},
        "cost": {"amount": pounds(30), "per": "open hour"},
    }
    base = stay_pathway(nurses={**nurses, "units": 2})
    option = stay_pathway(nurses={**nurses, "units": 1})
    found = kept([opened("ward", 10), opened("nurses", 0)], option, baseline=base)
    assert months(found.lines, kind="stranded") == {"2025-04": 960}


def hours_of(opens: str, closes: str, *, notice: float, block: int | None = None) -> Pathway:
    """Two nurses at £20 an open hour on weekdays."""
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    nurses = {
        "name": "Nurses",
        "units": 2,
        "timetable": {day: [{"opens": opens, "closes": closes}] for day in days},
        "notice": {"value": notice, "unit": "days"},
        "cost": {"amount": pounds(20), "per": "open hour"},
    }
    return stay_pathway(nurses=nurses | ({"block": block} if block else {}))


def cut_hours(baseline: Pathway, option: Pathway) -> dict[str, dict[str, float]]:
    """Pounds by month of the nurses, paid and stranded, over April to June."""
    rows: list[Row] = [opened("ward", 10), opened("nurses", 0)]
    for day in range(91):
        if (APRIL + dt.timedelta(days=day)).weekday() < 5:
            hours = option.pools["nurses"].timetable["monday"][0]
            begin, end = (day + int(each[:2]) / 24 for each in (hours.opens, hours.closes))
            rows += [opened("nurses", 2, begin), opened("nurses", 0, end)]
    found = kept(rows, option, baseline=baseline)
    return {kind: months(found.lines, kind=kind, pool="nurses") for kind in ("step", "stranded")}


def test_hours_that_are_cut_are_paid_until_their_notice_ends():
    """2 x 8 hours x £20 are £320 a weekday; mornings alone are £160, and £160 are stranded for 61 days.

    April has 22 weekdays and May the same, until 31 May (day 61); June has 21.
    """
    whole, half = (hours_of("09:00", closes, notice=61, block=2) for closes in ("17:00", "13:00"))
    assert cut_hours(whole, half) == {
        "step": {"2025-04": 3520, "2025-05": 3520, "2025-06": 3360},
        "stranded": {"2025-04": 3520, "2025-05": 3520},
    }


def test_hours_of_less_than_a_block_never_leave():
    """Two nurses are no whole block of three."""
    whole, half = (hours_of("09:00", closes, notice=0, block=3) for closes in ("17:00", "13:00"))
    assert cut_hours(whole, half)["stranded"] == {"2025-04": 3520, "2025-05": 3520, "2025-06": 3360}


def test_hours_that_are_moved_strand_nothing():
    """Eight hours from 9 to 17 become eight from 12 to 20; moved to six from 14 to 20, two are cut."""
    whole = hours_of("09:00", "17:00", notice=61)
    assert cut_hours(whole, hours_of("12:00", "20:00", notice=61))["stranded"] == {}
    fewer = cut_hours(whole, hours_of("14:00", "20:00", notice=61))["stranded"]
    assert fewer == {"2025-04": 22 * 80, "2025-05": 22 * 80}


@pytest.mark.parametrize("provider", [None, {"name": "Trust"}, {"name": "Trust", "fixed_cost": pounds(1)}])
def test_no_option_takes_fixed_cost_away(provider):
    """£365,250 a year is £1,000 a day, under an option that has no such provider or less of it too."""
    document = stay_pathway().model_dump(by_alias=True, exclude_defaults=True)
    document["pools"]["ward"].pop("provider")
    trust = {"trust": {"name": "Trust", "fixed_cost": pounds(365250)}}
    baseline = Pathway.model_validate({**document, "providers": trust})
    option = Pathway.model_validate({**document, "providers": {"trust": provider} if provider else {}})
    found = kept([opened("ward", 10)], option, baseline=baseline)
    assert months(found.lines, kind="fixed") == {"2025-04": 30000, "2025-05": 31000, "2025-06": 30000}


SHIFT = Shift.model_validate(
    {
        "name": "Home first",
        "from": "ward",
        "to": "team",
        "amount": pounds(365250),
        "starts": "2025-05-01",
        "double_running": {"value": 31, "unit": "days"},
        "recruitment_lag": {"value": 10, "unit": "days"},
        "set_up": pounds(5000),
        "exit_cost": pounds(1234.56),
        "payer": "council",
    }
)


def shifted(shift: Shift, days: float, warm_up: float = 0) -> tuple[Ledger, Pathway]:
    """The ledger of an option that makes one shift, in which nobody comes."""
    team = {
        "name": "Team",
        "setting": "community",
        "units": 0,
        "payer": "council",
        "cost": {"amount": pounds(73050), "per": "year"},
    }
    drawn = stay_pathway(team=team)
    shifts = {"home-first": shift}
    played = with_shifts(drawn, shifts, MoneySettings(), settings(days))
    rows: list[Row] = [opened("ward", 10), opened("team", 0)]
    rows += [
        opened(name, step.units, float((step.date - APRIL).days))
        for name in ("ward", "team")
        for step in played.pools[name].steps
    ]
    found = kept(rows, played, days=days, warm_up=warm_up, baseline=drawn, option=drawn, shifts=shifts)
    return found, played


def test_a_shift_opens_runs_double_strands_and_releases():
    """£365,250 a year from 1 May: ten beds at £36,525 (£100 a day), five staff at £73,050 (£200 a day).

    Staff open after a recruitment lag of 10 days, on 11 May (day 40): 5 x £200 x 21 days = £21,000 in May,
    £30,000 in June, £31,000 in July. The beds close after 31 days of double running, on 1 June (day 61):
    April is as ever, £30,000; in May all ten run double, £31,000, and nothing is meant. Notice of 61 days:
    £30,000 stranded in June, £31,000 in July; the cost leaves on 1 August (day 122).
    """
    found, _ = shifted(SHIFT, 153)
    step = months(found.lines, kind="step", pool="team", payer="council")
    assert step == {"2025-05": 21000, "2025-06": 30000, "2025-07": 31000, "2025-08": 31000}
    assert months(found.lines, kind="step", pool="ward") == {"2025-04": 30000}
    assert months(found.lines, kind="double running", shift="home-first", pool="ward") == {"2025-05": 31000}
    assert months(found.lines, kind="stranded", pool="ward") == {"2025-06": 30000, "2025-07": 31000}


def test_set_up_on_the_first_day_and_exit_when_the_first_cost_leaves():
    """Set-up £5,000 on 1 May, exit £1,234.56 on 1 August; both charged to the payer that the shift names."""
    found, _ = shifted(SHIFT, 153)
    assert months(found.lines, kind="set-up", shift="home-first", payer="council", pool="team") == {
        "2025-05": 5000
    }
    assert months(found.lines, kind="exit", shift="home-first", payer="council", pool="ward") == {
        "2025-08": 1234.56
    }


def test_what_is_paid_once_before_the_period_is_charged_to_its_first_month():
    """Counted from 1 July: set-up of May stands in July. Begun in January, exit lies before April too."""
    found, _ = shifted(SHIFT, 153, warm_up=91)
    assert months(found.lines, kind="set-up") == {"2025-07": 5000}
    assert months(found.lines, kind="exit") == {"2025-08": 1234.56}
    long_ago, _ = shifted(SHIFT.model_copy(update={"starts": dt.date(2024, 1, 1)}), 30)
    assert months(long_ago.lines, kind="set-up") == {"2025-04": 5000}
    assert months(long_ago.lines, kind="exit") == {"2025-04": 1234.56}


def test_no_exit_while_no_cost_leaves():
    """Nine tenths of the amount close nine beds of the block of ten; none leaves."""
    found, played = shifted(
        SHIFT.model_copy(update={"amount": SHIFT.amount.model_copy(update={"value": 328725})}), 153
    )
    assert [step.units for step in played.pools["ward"].steps] == [1]
    assert total(found.lines, kind="exit") == 0
    assert total(found.lines, kind="stranded") == 9 * 100 * (30 + 31 + 31) * 100


def test_the_notice_of_a_shift_goes_before_that_of_its_pool():
    short = SHIFT.model_copy(update={"notice": Duration(value=30, unit="days"), "payer": None})
    found, _ = shifted(short, 153)
    assert months(found.lines, kind="stranded") == {"2025-06": 30000}
    assert months(found.lines, kind="exit", payer="nhs") == {"2025-07": 1234.56}
    assert months(found.lines, kind="set-up", payer="council") == {"2025-05": 5000}


def test_fixed_cost_is_paid_by_the_day_and_the_warm_up_is_left_out():
    """£365,250 a year is £1,000 a day; counted from day 40, 11 May: 21 days of May, 30 of June."""
    pathway = stay_pathway()
    trust = {"trust": {"name": "Trust", "fixed_cost": pounds(365250), "payer": "council"}}
    pathway = Pathway.model_validate(
        {**pathway.model_dump(by_alias=True, exclude_defaults=True), "providers": trust}
    )
    found = kept([opened("ward", 10), *visit(1, "stay", 39, 39.5, 50, ("ward", 1))], pathway, warm_up=40)
    assert months(found.lines, kind="fixed", provider="trust", payer="council") == {
        "2025-05": 21000,
        "2025-06": 30000,
    }
    assert months(found.lines, view="bill") == {}


def test_spending_on_each_person_of_a_need_tier():
    """50 people at £365.25 a year are £50 a day: £1,500 in April; nothing for those of the other tier."""
    care = {"name": "Other care", "amount": pounds(365.25), "setting": "primary care", "payer": "nhs"}
    pathway = stay_pathway()
    pathway = Pathway.model_validate(
        {
            **pathway.model_dump(by_alias=True, exclude_defaults=True),
            "need_tiers": {
                "base": {"name": "Base", "level": 1},
                "tip": {"name": "Tip", "level": 2, "spending": {"care": care}},
            },
            "footprints": {"east": {"name": "East", "people": {"base": 900, "tip": 50}}},
        }
    )
    found = kept([opened("ward", 10)], pathway, days=30)
    where = {"need_tier": "tip", "footprint": "east", "setting": "primary care", "payer": "nhs"}
    assert months(found.lines, kind="other", **where) == {"2025-04": 1500}
    assert total(found.lines, kind="other") == 150000


def test_a_missing_price_makes_its_view_not_known_and_is_named():
    pathway = stay_pathway()
    free = pathway.activities["stay"].model_copy(update={"price": None})
    found = kept([opened("ward", 10)], pathway.model_copy(update={"activities": {"stay": free}}))
    assert found.missing == {"bill": ("Stay: no price",)}


def test_prices_of_two_years_need_a_base_and_an_index():
    """£300 of 2023/24 is £309 in prices of 2024/25 where those rose by 3%."""
    pathway = stay_pathway()
    old = pathway.activities["stay"].price.model_copy(update={"price_year": "2023/24"})
    stay = {"stay": pathway.activities["stay"].model_copy(update={"price": old})}
    pathway = pathway.model_copy(update={"activities": stay})
    rows = [opened("ward", 10), *visit(1, "stay", 1, 1, 5, ("ward", 1))]
    found = kept(rows, pathway)
    assert found.missing["bill"] == ("Stay: prices are of 2023/24 and 2024/25, and no price base is chosen",)
    assert "cost" in found.missing
    money = MoneySettings(price_year="2024/25", index={"2024/25": 0.03})
    found = kept(rows, pathway, money=money)
    assert found.missing == {}
    assert total(found.lines, view="bill") == 30900


def test_an_unlimited_pool_costs_what_is_in_use():
    """A patient holds one unit from day 1 to day 5: 4 x £100."""
    pathway = stay_pathway()
    free = pathway.pools["ward"].model_copy(update={"units": None, "block": None})
    rows = [opened("ward", -1), *visit(1, "stay", 1, 1, 5, ("ward", 1))]
    found = kept(rows, pathway.model_copy(update={"pools": {"ward": free}}))
    assert total(found.lines, kind="step") == 40000


def test_contacts_missed_are_not_billed():
    rows = [
        opened("ward", 10),
        (1, 1, Event.JOIN, "stay"),
        (1, 1, Event.START_MISSED, "stay"),
        (2, 1, Event.DID_NOT_ATTEND, "stay"),
        (2, 1, Event.LEFT_NOT_ATTENDED, "stay"),
    ]
    assert total(kept(rows, stay_pathway()).lines, view="bill") == 0


@pytest.mark.parametrize("days", [0, 30])
def test_a_ledger_without_lines_still_has_its_columns(days):
    found = kept([], make_pathway(), days=days)
    assert tuple(found.lines.columns) == LEDGER
    assert total(found.lines) == 0


def test_a_sum_that_cannot_be_told_to_the_penny_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [opened("ward", 10), *visit(1, "stay", 1, 1, 5, ("ward", 1))]
    assert len(kept(rows, stay_pathway()).lines) > 0
    monkeypatch.setattr(ledger_lines, "_MOST_PENCE", 100)
    with pytest.raises(SimulationStopped, match="too large to be told to the penny"):
        kept(rows, stay_pathway())
