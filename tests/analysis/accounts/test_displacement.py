"""Every contact taken from one place is found at another, or named as missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pathway_modeller.analysis.accounts.account import COUNTS
from pathway_modeller.analysis.accounts.displacement import (
    STOCKS,
    change_between,
    displacement_accounts,
    unaccounted,
    unclosed,
)
from pathway_modeller.scenario.money import DisplacedTo, Displacement
from tests.analysis.hand_made import make_pathway

PATHWAY = make_pathway(
    entry_points={"door": {"name": "Door"}},
    activities={
        "hospital": {"name": "Hospital follow-up"},
        "other": {"name": "Other clinic"},
        "triage": {"name": "Triage"},
        "community": {"name": "Community clinic"},
    },
    waits={"post": {"name": "In the post"}},
    exit_points={"home": {"name": "Home"}},
    need_tiers={"low": {"name": "Low", "level": 1}, "moderate": {"name": "Moderate", "level": 2}},
    transitions={
        "a": {"from": "door", "to": "triage"},
        "b": {"from": "triage", "to": "post"},
        "c": {"from": "post", "to": "community"},
        "d": {"from": "triage", "to": "hospital"},
    },
)
PATHWAYS = (PATHWAY, PATHWAY)
MONTHS = ("2025-04", "2025-05")


def account(**cells):
    """An account frame of two months; cells as hospital_low={"joins": (100, 90)}, all others 0."""
    places = ("hospital", "other", "triage", "community", "post")
    rows = [
        {
            "month": month,
            "element": element,
            "need_tier": tier,
            **{name: float(cells.get(f"{element}_{tier}", {}).get(name, (0, 0))[number]) for name in COUNTS},
        }
        for number, month in enumerate(MONTHS)
        for element in places
        for tier in ("low", "moderate")
    ]
    return pd.DataFrame(rows)


def displaced(activity="hospital", avoided=0.0, unmet=0.0, **to):
    places = {name: DisplacedTo(share=share, contacts=contacts) for name, (share, contacts) in to.items()}
    return Displacement(name="D", activity=activity, to=places, avoided=avoided, unmet=unmet)


def only(baseline, option, declared, years=1.0, totals=None):
    change = change_between(baseline, option, totals)
    (found,) = displacement_accounts(change, {"d": declared}, PATHWAYS, years)
    return found


def identity_holds(found):
    """Taken, added up, is what was found, unmet, avoided or still stands open, in every month and tier."""
    lines = found.lines[found.lines["line"] != "newly_met"]
    wide = lines.pivot_table(
        index=["need_tier", "month"], columns="line", values="contacts", aggfunc="sum", fill_value=0.0
    )
    flows = [name for name in wide.columns if name not in STOCKS]
    wide[flows] = wide[flows].groupby(level="need_tier").cumsum()
    rest = wide.drop(columns="taken").sum(axis=1)
    assert np.allclose(wide["taken"], rest)


def test_contacts_found_elsewhere_unmet_and_avoided_close_the_account():
    """Low tier: 500 a month come to hospital in the baseline, 300 under the option: 400 taken in two months.

    Declared: 0.6 to the community at two contacts each, 0.3 avoided, 0.1 unmet. Due in the community:
    400 x 0.6 x 2 = 480. There 240 more join each month, 480 in all: of them 400 are seen, 60 give up and 20
    wait at the end. In contacts taken, halved: 200 found, 30 unmet and 10 waiting; 120 are avoided and 40
    unmet as declared. 200 + 30 + 10 + 120 + 40 = 400.
    """
    baseline = account(hospital_low={"joins": (500, 500), "starts": (500, 500)})
    option = account(
        hospital_low={"joins": (300, 300), "starts": (300, 300)},
        community_low={
            "joins": (240, 240),
            "starts": (190, 210),
            "gave_up": (20, 40),
            "waiting_start": (0, 30),
            "waiting_end": (30, 20),
        },
    )
    found = only(baseline, option, displaced(avoided=0.3, unmet=0.1, community=(0.6, 2)), years=2)
    assert found.closes
    assert found.taken == 200
    figures = {line: found.total(line) for line in ("taken", "found", "unmet", "avoided", "still_waiting")}
    assert figures == {"taken": 400, "found": 200, "unmet": 70, "avoided": 120, "still_waiting": 10}
    assert (found.unmet, found.avoided) == (35, 60)
    assert found.total("remainder") == pytest.approx(0)
    assert found.total("newly_met") == 0
    identity_holds(found)
    assert found.sentences == (
        'Of 200 contacts a year taken from "Hospital follow-up", these are found: 100 at "Community clinic".',
        '35 contacts a year taken from "Hospital follow-up" become unmet need.',
        '60 contacts a year taken from "Hospital follow-up" are no longer needed, as declared.',
        '10 contacts taken from "Hospital follow-up" are still waiting at the end of the period.',
    )


def test_contacts_found_nowhere_are_named_with_their_need_tier():
    """All 2 x 700 moderate contacts are taken and due in the community, where only 160 more come.

    1,400 - 160 = 1,240 are found nowhere. The low tier, where 50 more come than the 100 that are due, does
    not make up for them: those are newly met.
    """
    baseline = account(hospital_moderate={"joins": (700, 700)}, hospital_low={"joins": (50, 50)})
    option = account(community_moderate={"joins": (80, 80)}, community_low={"joins": (75, 75)})
    found = only(baseline, option, displaced(community=(1, 1)))
    assert not found.closes
    assert found.missing == {"moderate": 1240}
    assert found.total("newly_met") == 50
    identity_holds(found)
    assert found.sentences[0] == (
        '1,240 contacts a year taken from "Hospital follow-up" (need tier "Moderate") are found nowhere.'
    )
    assert found.sentences[-1].startswith('50 contacts a year at "Community clinic" are newly met need')


def test_a_share_that_nobody_declared_is_missing():
    """Of 1,000 taken, 0.9 are declared and found; the tenth of which nothing is said is found nowhere."""
    baseline = account(hospital_low={"joins": (500, 500)})
    option = account(community_low={"joins": (450, 550)})
    found = only(baseline, option, displaced(community=(0.9, 1)))
    assert found.missing == {"low": pytest.approx(100)}
    assert unclosed(displaced(community=(0.9, 1))) == pytest.approx(0.1)
    assert unclosed(displaced(community=(0.5, 3), avoided=0.25, unmet=0.25)) == 0


def test_patients_on_their_way_are_carried_forward_and_not_missing():
    """100 a month are taken; 60 and then 100 come to the community, so that 40 are missing there both times.

    When April ends 40 more patients are in the post, all not yet due; when May ends only 15 are, and 10 more
    wait for triage: 25 carried forward, 15 of the 200 taken are found nowhere.
    """
    baseline = account(hospital_low={"joins": (100, 100)})
    option = account(
        community_low={"joins": (60, 100)},
        post_low={"present_start": (0, 40), "present_end": (40, 15)},
        triage_low={"waiting_start": (0, 0), "waiting_end": (0, 10)},
    )
    found = only(baseline, option, displaced(community=(1, 1)))
    carried = found.lines[(found.lines["line"] == "carried_forward") & (found.lines["need_tier"] == "low")]
    assert carried["contacts"].tolist() == [40, 25]
    assert found.missing == {"low": 15}
    identity_holds(found)


def test_patients_who_miss_a_slot_and_are_booked_again_count_once():
    """110 join the hospital's queue, 10 of them again: 100 taken. In the community 8 of 105 join again.

    97 of the 100 taken come there for the first time, and 4 miss for good: 12 missed, 8 returned.
    """
    baseline = account(hospital_low={"joins": (110, 0), "rejoined": (10, 0), "returned": (10, 0)})
    option = account(
        community_low={
            "joins": (105, 0),
            "rejoined": (8, 0),
            "returned": (8, 0),
            "missed": (12, 0),
            "starts": (93, 0),
        }
    )
    found = only(baseline, option, displaced(community=(1, 1)))
    figures = {line: found.total(line) for line in ("taken", "found", "unmet", "remainder")}
    assert figures == {"taken": 100, "found": 93, "unmet": 4, "remainder": 3}


def test_two_displacements_share_what_rises_at_one_place_as_it_is_due():
    """Hospital loses 300 and the other clinic 100, all due in the community, where 200 more come.

    The hospital's part is three quarters, 150, and the other clinic's 50: half of each is missing.
    """
    baseline = account(hospital_low={"joins": (300, 0)}, other_low={"joins": (100, 0)})
    option = account(community_low={"joins": (200, 0)})
    change = change_between(baseline, option)
    declared = {"h": displaced(community=(1, 1)), "o": displaced("other", community=(1, 1))}
    one, two = displacement_accounts(change, declared, PATHWAYS, 1.0)
    assert (one.missing["low"], two.missing["low"]) == (150, 50)
    assert unaccounted(change, declared, PATHWAYS, 1.0) == ()


def replications(counts):
    """Accounts over the period for each replication: {element: joins of each replication}."""
    size = len(next(iter(counts.values())))
    rows = [
        {
            "replication": number,
            "element": element,
            "need_tier": "low",
            **dict.fromkeys(COUNTS, 0.0),
            "joins": float(joins[number]),
        }
        for number in range(size)
        for element, joins in counts.items()
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(("short", "closes"), [(30, True), (60, False)])
def test_chance_may_leave_four_standard_errors_missing(short, closes):
    """Four replications: 1,000 taken; found are 20 more or less than the mean, alternately.

    What is missing varies with standard deviation sqrt(4 x 400 / 3) = 23.1, its mean with 11.5: up to 46
    may be chance. 1% of the taken would be 10.
    """
    joins = [1000 - short + sign * 20 for sign in (1, -1, 1, -1)]
    totals = (
        replications({"hospital": [1000] * 4, "community": [0] * 4}),
        replications({"hospital": [0] * 4, "community": joins}),
    )
    baseline = account(hospital_low={"joins": (1000, 0)})
    option = account(community_low={"joins": (1000 - short, 0)})
    assert only(baseline, option, displaced(community=(1, 1)), totals=totals).closes is closes


def test_a_loss_without_any_displacement_is_not_accounted_for():
    """Other clinic: 1,000 contacts fall to 900, 905, 895 and 900; the community loses 5, below 1%."""
    totals = (
        replications({"other": [1000] * 4, "community": [1000] * 4}),
        replications({"other": [900, 905, 895, 900], "community": [995] * 4}),
    )
    baseline = account(other_low={"joins": (1000, 0)}, community_low={"joins": (1000, 0)})
    option = account(other_low={"joins": (900, 0)}, community_low={"joins": (995, 0)})
    change = change_between(baseline, option, totals)
    (found,) = unaccounted(change, {}, PATHWAYS, years=2)
    assert (found.activity, found.contacts) == ("other", 50)
    assert 0 < found.low < 50 < found.high
    assert found.sentence == '50 contacts a year fewer at "Other clinic" are not accounted for.'
    assert unaccounted(change, {"d": displaced("other", avoided=1)}, PATHWAYS, 2) == ()


def test_a_loss_that_chance_explains_is_not_held_against_an_option():
    totals = (
        replications({"other": [1000, 1000, 1000]}),
        replications({"other": [900, 1100, 940]}),
    )
    change = change_between(account(), account(), totals)
    assert unaccounted(change, {}, PATHWAYS, 1) == ()
    one = change_between(account(other_low={"joins": (100, 0)}), account(other_low={"joins": (80, 0)}))
    assert unaccounted(one, {}, PATHWAYS, 1) == ()
    much = change_between(account(other_low={"joins": (100, 0)}), account())
    assert [each.contacts for each in unaccounted(much, {}, PATHWAYS, 1)] == [100]


def test_an_option_that_takes_nothing_closes():
    same = account(hospital_low={"joins": (10, 10)}, community_low={"joins": (5, 5)})
    found = only(same, same, displaced(community=(1, 1)))
    assert found.closes
    assert found.sentences == ('No contacts are taken from "Hospital follow-up".',)
    assert (found.lines["contacts"] == 0).all()
