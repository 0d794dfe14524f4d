"""What is done for the people of the borough: tables of made-up, plausible figures, not evidence.

Rates are contacts or referrals per 1,000 people a year by need tier; the builder scales them all by one
factor so that the whole comes to the contacts a year that were asked for.
"""

from __future__ import annotations

from typing import Any

TIERS = {"well": 0.52, "low": 0.25, "moderate": 0.13, "high": 0.07, "complex": 0.03}
"""Share of the residents in each need tier, the base of the triangle first."""

FOOTPRINTS = {
    "north": (52_100, 0.92),
    "north_east": (50_400, 0.96),
    "east": (48_300, 1.00),
    "centre": (46_200, 1.10),
    "south": (44_500, 1.06),
    "south_west": (42_700, 1.02),
    "west": (40_450, 0.94),
}
"""Residents of each footprint, and how much more of them are in the upper tiers than on average."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
EVERY_DAY = (*WEEKDAYS, "saturday", "sunday")

HOURS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, str, float], ...]]] = {
    "practice": (WEEKDAYS, (("08:00", "18:30", 1.0),)),
    "office": (WEEKDAYS, (("09:00", "17:00", 1.0),)),
    "clinic": (WEEKDAYS, (("09:00", "12:30", 1.0), ("13:30", "17:00", 1.0))),
    "daily": (EVERY_DAY, (("08:00", "20:00", 1.0),)),
    "long": ((*WEEKDAYS, "saturday"), (("08:00", "20:00", 1.0),)),
    "emergency": (EVERY_DAY, (("00:00", "08:00", 0.6), ("08:00", "24:00", 1.0))),
    "always": ((), ()),
}
"""Timetables: days, and intervals with the share of the units that is open."""

# name: (setting, per footprint, hours, kind, pounds per open hour, share of its open units in use)
POOLS: dict[str, tuple[str, bool, str, str, float, float]] = {
    "navigators": ("primary care", True, "practice", "staff", 20, 0.70),
    "gps": ("primary care", True, "practice", "staff", 110, 0.80),
    "practice_nurses": ("primary care", True, "practice", "staff", 48, 0.80),
    "phlebotomists": ("primary care", True, "clinic", "staff", 26, 0.75),
    "pharmacists": ("primary care", True, "practice", "staff", 52, 0.75),
    "physiotherapists": ("primary care", True, "office", "staff", 50, 0.78),
    "link_workers": ("primary care", True, "office", "staff", 35, 0.75),
    "district_nurses": ("community", True, "daily", "staff", 45, 0.80),
    "matrons": ("community", True, "office", "staff", 58, 0.70),
    "matron_places": ("community", True, "always", "caseload places", 0, 0.85),
    "therapists": ("community", True, "office", "staff", 50, 0.80),
    "reablement_team": ("social care", True, "daily", "staff", 30, 0.80),
    "response_team": ("community", False, "daily", "staff", 46, 0.70),
    "podiatrists": ("community", False, "clinic", "slots", 45, 0.85),
    "talking_therapists": ("community", False, "office", "staff", 52, 0.88),
    "social_workers": ("social care", False, "office", "staff", 50, 0.85),
    "emergency_doctors": ("hospital", False, "emergency", "staff", 95, 0.80),
    "same_day_team": ("hospital", False, "daily", "staff", 90, 0.75),
    "beds": ("hospital", False, "always", "beds", 18, 0.90),
    "consultants": ("hospital", False, "clinic", "staff", 140, 0.90),
    "scanners": ("hospital", False, "long", "rooms", 120, 0.88),
    "endoscopy_rooms": ("hospital", False, "office", "rooms", 200, 0.88),
    "theatres": ("hospital", False, "office", "rooms", 400, 0.88),
}
"""Capacity pools; their units follow from the load (see the builder)."""

Extra = dict[str, Any]
MISSES: Extra = {"did_not_attend": {"share": 0.05, "rebook": 0.6}}
MISSES_MORE: Extra = {
    "did_not_attend": {
        "share": 0.05,
        "rebook": 0.8,
        "by_wait": [{"waited": {"value": 6, "unit": "weeks"}, "share": 0.08}],
    }
}

# name: (pools, kind of time, mean minutes, sd minutes or stages, what else)
ACTIVITIES: dict[str, tuple[tuple[str, ...], str, float, float, Extra]] = {
    "navigation": (("navigators",), "lognormal", 5, 3, {"single_point": {"advice_only": 0.12}}),
    "same_day_gp": (("gps",), "lognormal", 10, 5, {"priority": 2}),
    "routine_gp": (("gps",), "lognormal", 12, 5, MISSES),
    "nurse_appointment": (("practice_nurses",), "lognormal", 14, 6, MISSES),
    "condition_review": (
        ("practice_nurses",),
        "lognormal",
        22,
        8,
        {
            **MISSES,
            "changes_need": [
                {"from": "moderate", "to": "low", "share": 0.002, "cause": "better"},
                {"from": "low", "to": "moderate", "share": 0.003, "cause": "found"},
            ],
        },
    ),
    "health_check": (("practice_nurses",), "fixed", 20, 0, {**MISSES, "priority": 6}),
    "blood_test": (("phlebotomists",), "lognormal", 7, 3, {}),
    "pharmacist": (("pharmacists",), "lognormal", 12, 6, {}),
    "physiotherapy": (("physiotherapists",), "lognormal", 20, 6, MISSES),
    "social_prescribing": (("link_workers",), "lognormal", 45, 15, MISSES),
    "district_visit": (("district_nurses",), "lognormal", 32, 14, {}),
    "matron_visit": (
        ("matrons",),
        "lognormal",
        50,
        15,
        {
            "caseload": {
                "pool": "matron_places",
                "interval": {"kind": "gamma", "mean": 28, "sd": 7, "unit": "days"},
                "length": {"kind": "exponential", "mean": 9, "unit": "months"},
            }
        },
    ),
    "rehabilitation": (("therapists",), "lognormal", 45, 15, MISSES),
    "reablement_visit": (("reablement_team",), "lognormal", 40, 15, {}),
    "urgent_response": (("response_team",), "lognormal", 70, 30, {}),
    "podiatry": (("podiatrists",), "fixed", 30, 0, MISSES),
    "talking_therapy": (("talking_therapists",), "fixed", 50, 0, MISSES_MORE),
    "care_assessment": (("social_workers",), "lognormal", 110, 45, {}),
    "emergency_department": (
        ("emergency_doctors",),
        "lognormal",
        38,
        25,
        {
            "priority": {"by": "need_tier", "values": {"complex": 2, "high": 3}, "otherwise": 5},
            "patience": {"kind": "weibull", "median": 9, "p90": 20, "unit": "hours"},
        },
    ),
    "same_day_emergency": (
        ("same_day_team",),
        "lognormal",
        75,
        40,
        {"room": 12, "overflow_to": "ward"},
    ),
    "ward": (("beds",), "lognormal", 8_000, 7_500, {"release": "when next can take"}),
    "first_outpatient": (
        ("consultants",),
        "lognormal",
        25,
        8,
        {
            **MISSES_MORE,
            "discipline": "longest on pathway",
            "deterioration": {
                "emergency": {
                    "name": "Emergency while waiting",
                    "kind": "emergency",
                    "rate_per_1000": {"value": 1.5, "unit": "per week"},
                    "goes_to": "emergency_department",
                }
            },
        },
    ),
    "follow_up": (
        ("consultants",),
        "lognormal",
        15,
        6,
        {**MISSES_MORE, "priority": 4, "discipline": "longest on pathway"},
    ),
    "imaging": (("scanners",), "lognormal", 18, 7, MISSES),
    "endoscopy": (("endoscopy_rooms",), "lognormal", 40, 12, MISSES),
    "day_case": (("theatres",), "lognormal", 80, 35, {}),
}

# name: (rate per 1,000 a year by tier, profile, first element)
ENTRIES: dict[str, tuple[tuple[float, ...], str, str]] = {
    "calls": ((1100, 2200, 3400, 5500, 8000), "practice", "navigation"),
    "reviews_due": ((50, 900, 1800, 2500, 2500), "office", "before_review"),
    "checks_invited": ((80, 60, 20, 0, 0), "office", "health_check"),
    "nursing_referrals": ((2, 10, 60, 300, 900), "office", "district_visit"),
    "matron_referrals": ((0, 0, 2, 12, 60), "office", "matron_visit"),
    "foot_care": ((5, 40, 90, 130, 150), "office", "podiatry"),
    "low_mood": ((14, 24, 22, 18, 10), "office", "talking_therapy"),
    "care_requests": ((0, 2, 10, 60, 160), "office", "care_assessment"),
    "crises": ((0, 2, 12, 60, 200), "emergency", "urgent_response"),
    "emergencies": ((150, 230, 330, 600, 1000), "emergency", "emergency_department"),
    "hospital_referrals": ((60, 150, 300, 450, 500), "office", "referral"),
    "planned_tests": ((20, 50, 90, 120, 120), "office", "imaging"),
}

WAITS: dict[str, tuple[str, tuple[float, ...], str]] = {
    "results": ("lognormal", (3, 1.5), "days"),
    "before_review": ("uniform", (7, 28), "days"),
    "gp_again": ("triangular", (7, 14, 42), "days"),
    "next_visit": ("gamma", (4, 2), "days"),
    "next_session": ("fixed", (7,), "days"),
    "next_rehabilitation": ("fixed", (4,), "days"),
    "next_reablement": ("fixed", (1,), "days"),
    "referral": ("gamma", (5, 3), "days"),
    "follow_up_interval": ("triangular", (4, 12, 26), "weeks"),
    "decision_to_treat": ("lognormal", (21, 14), "days"),
}

EXITS = ("home", "did_not_wait")

ROUTES: dict[str, dict[str, float]] = {
    "navigation": {
        "same_day_gp": 0.25,
        "routine_gp": 0.30,
        "nurse_appointment": 0.18,
        "pharmacist": 0.10,
        "physiotherapy": 0.07,
        "blood_test": 0.08,
        "social_prescribing": 0.02,
    },
    "same_day_gp": {
        "home": 0.74,
        "blood_test": 0.10,
        "gp_again": 0.06,
        "emergency_department": 0.02,
        "referral": 0.05,
        "imaging": 0.03,
    },
    "routine_gp": {
        "home": 0.64,
        "blood_test": 0.14,
        "gp_again": 0.08,
        "referral": 0.08,
        "imaging": 0.05,
        "talking_therapy": 0.01,
    },
    "nurse_appointment": {"home": 0.92, "routine_gp": 0.08},
    "condition_review": {"home": 0.86, "routine_gp": 0.09, "podiatry": 0.05},
    "health_check": {"home": 0.9, "routine_gp": 0.1},
    "blood_test": {"results": 0.3, "home": 0.7},
    "pharmacist": {"home": 0.93, "routine_gp": 0.07},
    "physiotherapy": {"home": 0.75, "rehabilitation": 0.1, "routine_gp": 0.15},
    "social_prescribing": {"home": 0.8, "talking_therapy": 0.2},
    "results": {"home": 0.8, "routine_gp": 0.2},
    "before_review": {"condition_review": 1.0},
    "gp_again": {"routine_gp": 1.0},
    "district_visit": {"next_visit": 0.86, "home": 0.14},
    "next_visit": {"district_visit": 1.0},
    "matron_visit": {"home": 1.0},
    "rehabilitation": {"next_rehabilitation": 0.8, "home": 0.2},
    "next_rehabilitation": {"rehabilitation": 1.0},
    "reablement_visit": {"next_reablement": 0.93, "home": 0.07},
    "next_reablement": {"reablement_visit": 1.0},
    "urgent_response": {"home": 0.6, "reablement_visit": 0.1, "emergency_department": 0.3},
    "podiatry": {"home": 1.0},
    "talking_therapy": {"next_session": 0.83, "home": 0.17},
    "next_session": {"talking_therapy": 1.0},
    "care_assessment": {"home": 0.7, "reablement_visit": 0.3},
    "emergency_department": {"home": 0.66, "same_day_emergency": 0.16, "ward": 0.18},
    "same_day_emergency": {"home": 0.85, "ward": 0.15},
    "ward": {"home": 0.8, "reablement_visit": 0.08, "rehabilitation": 0.12},
    "referral": {"first_outpatient": 1.0},
    "first_outpatient": {"home": 0.3, "follow_up_interval": 0.45, "imaging": 0.12, "decision_to_treat": 0.13},
    "follow_up": {"home": 0.38, "follow_up_interval": 0.57, "decision_to_treat": 0.05},
    "follow_up_interval": {"follow_up": 1.0},
    "decision_to_treat": {"day_case": 0.7, "endoscopy": 0.3},
    "imaging": {"home": 0.8, "routine_gp": 0.2},
    "endoscopy": {"home": 0.7, "follow_up_interval": 0.3},
    "day_case": {"home": 0.6, "follow_up_interval": 0.4},
}
"""The share of those done at an element who go on to each other one."""

MOVES: dict[str, tuple[str, str | None, str | None, float]] = {
    "well_to_low": ("move", "well", "low", 0.045),
    "low_to_well": ("move", "low", "well", 0.050),
    "low_to_moderate": ("move", "low", "moderate", 0.055),
    "moderate_to_low": ("move", "moderate", "low", 0.060),
    "moderate_to_high": ("move", "moderate", "high", 0.065),
    "high_to_moderate": ("move", "high", "moderate", 0.050),
    "high_to_complex": ("move", "high", "complex", 0.070),
    "complex_to_high": ("move", "complex", "high", 0.030),
    "births": ("birth", None, "well", 0.0115),
    "moving_in": ("migration in", None, "well", 0.003),
    "deaths_low": ("death", "low", None, 0.003),
    "deaths_moderate": ("death", "moderate", None, 0.012),
    "deaths_high": ("death", "high", None, 0.035),
    "deaths_complex": ("death", "complex", None, 0.130),
}
"""Yearly moves: kind, need tier left, need tier reached, rate per person."""
