"""What is said of each thing that is missing, whole: what, what is lost, where, and what the buttons ask."""

from __future__ import annotations

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.edits.every_edit import set_value, with_pathway
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.readiness.readiness import readiness
from tests.scenario.readiness.moved_scenario import moved

Said = tuple[str, str, str, tuple[tuple[str, str, str], ...]]

EMPTY: Said = (
    "the pathway starts empty and is counted from the first day",
    "early waits are those of a service just opened",
    "/run/warm_up",
    (("Let it fill first", "number", "Days before counting"),),
)
NO_PROVIDER: Said = (
    "there is no provider",
    "nobody can tell who provides",
    "/baseline/providers",
    (("Name the provider of all", "text", "Name"),),
)


def said(scenario: Scenario, part: str) -> list[Said]:
    (found,) = (each for each in readiness(scenario) if each.part == part)
    return [
        (
            each.what,
            each.lost,
            each.place,
            tuple((mend.label, mend.asks, mend.asked) for mend in each.mends),
        )
        for each in found.missing
    ]


def no_price(name: str, key: str) -> Said:
    return (
        f'"{name}" has no price',
        "what commissioners are billed is not known",
        f"/baseline/activities/{key}/price",
        (("Give its price", "pounds", "£ a contact, 0 if none"),),
    )


def no_payer(name: str, key: str, payer: str) -> Said:
    return (
        f'"{name}" names no payer',
        'who pays whom has "no payer named" there',
        f"/baseline/activities/{key}/payer",
        ((f'Take "{payer}" from the capacity pool', "nothing", ""),),
    )


def test_what_is_said_where_payers_and_pools_are_given() -> None:
    assert said(moved(), "waits") == [EMPTY]
    assert said(moved(), "money") == [
        (
            '"Clinic" and "Team" have no variable cost',
            "what the system costs is not known, and a contact saved is worth nothing",
            "/baseline/activities/clinic/variable_cost",
            (("Give one for all", "pounds", "£ a contact, 0 if none"),),
        )
    ]
    assert said(moved(), "payers") == [
        no_price("Clinic", "clinic"),
        no_price("Team", "team"),
        no_payer("Clinic", "clinic", "ICB"),
        no_payer("Team", "team", "Council"),
        NO_PROVIDER,
    ]
    assert said(moved(), "contacts") == [
        (
            '1,500 contacts a year fewer at "Clinic" under "Nearer home" are not accounted for',
            "they count neither as moved nor as unmet, and no saving can rest on them",
            "/options/nearer/displacements",
            (
                ('They go on: 100% at "Team"', "nothing", ""),
                ("They are no longer needed", "text", "Who shows that? (source)"),
            ),
        )
    ]
    assert said(moved(), "people") == [
        ("there are no need tiers", "nothing is told by need, and no triangle", "/baseline/need_tiers", ()),
        ("there are no footprints", "nothing is told by place", "/baseline/footprints", ()),
    ]
    assert said(moved(), "standards") == [
        (
            "there is no waiting-time standard",
            "no clock is run",
            "/baseline/standards",
            (('Add 92% within 18 weeks, from entry to "Clinic" or "Team"', "nothing", ""),),
        )
    ]


def test_what_is_said_where_pools_have_neither_units_nor_cost_nor_payer() -> None:
    pathway = moved().baseline
    bare = {
        key: pool.model_copy(update={"payer": None, "cost": None, "units": None})
        for key, pool in pathway.pools.items()
    }
    scenario = with_pathway(moved(), BASELINE, pathway.model_copy(update={"pools": bare, "payers": {}}))
    names = (("Consultants", "consultants"), ("Nurses", "nurses"))
    assert said(scenario, "waits") == [
        *(
            (
                f'capacity pool "{name}" has no number of units',
                "nobody ever waits for it",
                f"/baseline/pools/{key}/units",
                (("Give its units", "number", "Units"),),
            )
            for name, key in names
        ),
        EMPTY,
    ]
    assert said(scenario, "money")[:2] == [
        (
            f'capacity pool "{name}" has no cost',
            "what the system costs is not known",
            f"/baseline/pools/{key}/cost",
            (("Give its cost", "pounds", "£ for one unit a year"),),
        )
        for name, key in names
    ]
    assert said(scenario, "payers")[2:] == [
        (
            "there is no payer",
            "nobody can tell who pays",
            "/baseline/payers",
            (("Name the payer of all", "text", "Name"),),
        ),
        NO_PROVIDER,
    ]


def test_one_activity_is_named_alone_and_of_many_the_rest_is_counted() -> None:
    free = {"value": 0, "price_year": "2024/25"}
    one = with_pathway(moved(), BASELINE, set_value(moved().baseline, "/activities/team/variable_cost", free))
    ((what, _, _, mends),) = said(one, "money")
    assert what == '"Clinic" has no variable cost'
    assert mends == (("Give it", "pounds", "£ a contact, 0 if none"),)
    pathway = moved().baseline
    clinic = pathway.activities["clinic"]
    more = {f"clinic-{number}": clinic.model_copy(update={"name": f"Clinic {number}"}) for number in range(4)}
    ways = dict(pathway.transitions)
    for key in more:
        ways[f"to-{key}"] = ways["d"].model_copy(update={"origin": "clinic", "target": key, "share": 0.2})
        ways[f"from-{key}"] = ways["d"].model_copy(update={"origin": key})
    ways["d"] = ways["d"].model_copy(update={"share": 0.2})
    many = pathway.model_copy(update={"activities": {**pathway.activities, **more}, "transitions": ways})
    ((what, _, _, _),) = said(with_pathway(moved(), BASELINE, many), "money")
    assert what == '"Clinic", "Clinic 0" and 4 more have no variable cost'
    payers = [each[0] for each in said(with_pathway(moved(), BASELINE, many), "payers")]
    assert '"Clinic", "Clinic 0" and 3 more name no payer' in payers


def test_the_only_payer_is_proposed_where_nothing_else_tells() -> None:
    pathway = moved().baseline
    bare = {key: pool.model_copy(update={"payer": None}) for key, pool in pathway.pools.items()}
    only = {"icb": pathway.payers["icb"]}
    scenario = with_pathway(moved(), BASELINE, pathway.model_copy(update={"pools": bare, "payers": only}))
    names = {each[0]: each[3] for each in said(scenario, "payers")}
    assert names['"Clinic" and "Team" name no payer'] == (('Name "ICB"', "nothing", ""),)
    assert names['"Consultants" and "Nurses" name no payer'] == (('Name "ICB"', "nothing", ""),)
