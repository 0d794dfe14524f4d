"""Cases of booked arrivals and scheduled capacity, in which (almost) nothing is random."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np

from pathway_modeller.scenario.capacity import CapacityStep, OpenHours, Pool
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import EntryPoint, Today, WaitingToday
from pathway_modeller.simulation.trace import Event
from tests.engines.drawing import MONDAY, OUT, booked, coming, does, draw, fixed
from tests.verification.comparison import Experiment
from tests.verification.window import Ratio, Window

Case = Mapping[str, Any]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
HOUR = 1 / 24


def _weekly_list(entry: EntryPoint, waiting: int, levels: Mapping[int, int]) -> Pathway:
    """Returns a waiting list served every Monday at 09:00.

    Args:
        entry: who joins the list.
        waiting: how many wait today.
        levels: slots a week, by the week from which on there are so many.
    """
    opens = OpenHours(opens="09:00", closes="09:30")
    steps = tuple(
        CapacityStep(date=MONDAY + dt.timedelta(weeks=week), units=units)
        for week, units in levels.items()
        if week > 0
    )
    slots = Pool(name="Slots", kind="slots", units=levels[0], timetable={"monday": (opens,)}, steps=steps)
    today = Today(waiting=(WaitingToday(patients=waiting, waited=fixed(280.0)),))
    return draw(
        {"in": entry, "clinic": does({"slots": 1}, HOUR), "out": OUT},
        ["in > clinic > out"],
        {"slots": slots},
        today={"clinic": today},
    )


def _levels(total: int, weeks: int, after: int) -> dict[int, int]:
    """Returns whole slots a week that make a total over some weeks, and a number afterwards."""
    fewer, rest = divmod(total, weeks)
    return {0: fewer, weeks - rest: fewer + 1, weeks: after}


def relief(case: Case) -> list[Experiment]:
    """A list of 1,200 brought down to its target in 26 weeks by the relief capacity, then kept there.

    61.153846 slots a week are 1,590 in 26 weeks: 61 in 22 of them and 62 in the last four.
    """
    given, answers = case["parameters"], case["expected"]
    weeks, demand = given["weeks"], given["demand_per_week"]
    total = round(answers["relief_capacity_per_week"] * weeks)
    end = 7.0 * weeks
    listed = "list_after_26_weeks_at_relief_capacity"
    certain = {
        listed: answers[listed],
        "relief_capacity_per_week": answers["relief_capacity_per_week"],
        "target_queue": answers["target_queue"],
    }

    def measure(window: Window) -> dict[str, Ratio]:
        list_size = window.waiting("clinic")
        at = list_size.at(np.array([end, end + 7.0 * weeks]))
        return {
            listed: (float(at[0]), 1.0),
            "relief_capacity_per_week": (window.count(Event.START, "clinic"), weeks),
            "target_queue": (float(at[1]), 1.0),
        }

    levels = _levels(total, weeks, demand)
    booked_week = _weekly_list(booked(f"monday 08:00 {demand}"), given["queue_now"], levels)
    at_random = _weekly_list(coming(demand / 7), given["queue_now"], levels)
    span, at_random_answer = (0.0, end), {listed: answers[listed]}
    return [
        Experiment("booked: ", booked_week, span, end + 183.0, 1, measure, certain, "today"),
        Experiment("at random: ", at_random, span, end + 1.0, 100, measure, at_random_answer, "today"),
        _load(given, answers),
    ]


def _load(given: Case, answers: Mapping[str, float]) -> Experiment:
    """Returns the list at 27 slots a week: joins over starts are the queue's load."""
    weeks, demand = given["weeks"], given["demand_per_week"]
    slots = round(demand / answers["queue_load"])
    pathway = _weekly_list(booked(f"monday 08:00 {demand}"), given["queue_now"], {0: slots})

    def measure(window: Window) -> dict[str, Ratio]:
        return {"queue_load": (window.count(Event.JOIN, "clinic"), window.count(Event.START, "clinic"))}

    exact, label = {"queue_load": answers["queue_load"]}, f"{slots} slots a week: "
    return Experiment(label, pathway, (0.0, 7.0 * weeks), 190.0, 1, measure, exact, "today")


def booked_clinic(case: Case) -> list[Experiment]:
    """D/D/1 with opening hours: a weekday clinic with booked patients, worked out by hand."""
    given = case["parameters"]
    bookings = [
        f"{day} {time} {patients}" for day in WEEKDAYS for time, patients in given["bookings"].items()
    ]
    opens = OpenHours(opens=given["opens"], closes=given["closes"])
    doctor = Pool(name="Doctor", units=1, timetable=dict.fromkeys(WEEKDAYS, (opens,)))
    pathway = draw(
        {"in": booked(*bookings), "clinic": does({"doctor": 1}, given["minutes"] / 1440), "out": OUT},
        ["in > clinic > out"],
        {"doctor": doctor},
    )

    def measure(window: Window) -> dict[str, Ratio]:
        visits = window.visits("clinic")
        wait = (visits.left - visits.joined) * 24
        open_days = 5 * given["open_hours"] / 24
        return {
            "mean_wait_hours": (float(wait.sum()), len(wait)),
            "longest_wait_hours": (float(wait.max()), 1.0),
            "seen_at_once": (float((wait < 1e-6).sum()), len(wait)),
            "Lq": window.average(window.waiting("clinic")),
            "utilisation": (window.average(window.occupied("doctor"))[0], open_days),
        }

    return [Experiment("", pathway, (7.0, 14.0), 22.0, 1, measure, case["expected"])]
