"""What is missing for money (what the system's care costs) and for payers (whom it falls to)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal

from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.edits.every_edit import add_record, set_value
from pathway_modeller.scenario.network.graph import reachable
from pathway_modeller.scenario.network.waiting import needs_to_start, used_pools
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.readiness.missing import (
    Answer,
    Mend,
    Missing,
    Owned,
    Pathways,
    edited,
    owned,
    place_in,
    pounds_of,
    text_of,
)
from pathway_modeller.scenario.shifts.prices import PriceBase, missing_years, moneys, price_base
from pathway_modeller.scenario.words.sentences import listed, member_name

Who = Literal["payer", "provider"]
Lists = Literal["payers", "providers"]
_LISTS: dict[Who, Lists] = {"payer": "payers", "provider": "providers"}
_NAMED = 3
"""Records that are named; of more the rest is counted."""


def find_money(scenario: Scenario, pathways: Pathways) -> Iterator[Missing]:
    """Yields what is missing to tell what care costs."""
    year = _price_year(scenario, pathways)
    lacking = owned({each: _without_cost(pathway) for each, pathway in pathways.items()})
    for variant, pool in lacking:
        yield Missing(
            "money",
            f"capacity pool {member_name(pathways[variant], 'pools', pool)} has no cost",
            "what the system costs is not known",
            place_in(variant, "pools", pool, "cost"),
            variant,
            (Mend("Give its cost", partial(_cost, variant, pool, year), "pounds", "£ for one unit a year"),),
        )
    lacking = owned({each: _unpriced(pathway, "variable_cost") for each, pathway in pathways.items()})
    if lacking:
        variant, key = lacking[0]
        yield Missing(
            "money",
            f"{_named(pathways, lacking)} {_have(lacking)} no variable cost",
            "what the system costs is not known, and a contact saved is worth nothing",
            place_in(variant, "activities", key, "variable_cost"),
            variant,
            (
                Mend(
                    "Give one for all" if len(lacking) > 1 else "Give it",
                    partial(_priced, lacking, "variable_cost", year),
                    "pounds",
                    "£ a contact, 0 if none",
                ),
            ),
        )
    yield from _no_base(scenario, pathways)


def _no_base(scenario: Scenario, pathways: Pathways) -> Iterator[Missing]:
    """Yields a price base that is not chosen, though pounds are of several years."""
    base = _base(scenario, pathways)
    if base.year is not None or len(base.years) < 2:
        return
    amounts = [money for pathway in pathways.values() for money in moneys(pathway)]
    fitting = [
        year
        for year in reversed(base.years)
        if not any(missing_years(money, year, scenario.money.index) for money in amounts)
    ]
    mends = tuple(Mend(f"Count in {year} prices", partial(_count_in, year)) for year in fitting[:1])
    what = f"pounds are in prices of {listed(base.years)}, and no price base is chosen"
    yield Missing("money", what, "no total is known", "/money/price_year", BASELINE, mends)


def _count_in(year: str, scenario: Scenario, _answer: Answer) -> Scenario:
    """Chooses a price base."""
    return scenario.model_copy(update={"money": scenario.money.model_copy(update={"price_year": year})})


def find_payers(scenario: Scenario, pathways: Pathways) -> Iterator[Missing]:
    """Yields what is missing to tell who pays whom."""
    year = _price_year(scenario, pathways)
    for variant, key in owned({each: _unpriced(pathway, "price") for each, pathway in pathways.items()}):
        yield Missing(
            "payers",
            f"{member_name(pathways[variant], 'activities', key)} has no price",
            "what commissioners are billed is not known",
            place_in(variant, "activities", key, "price"),
            variant,
            (
                Mend(
                    "Give its price",
                    partial(_priced, ((variant, key),), "price", year),
                    "pounds",
                    "£ a contact, 0 if none",
                ),
            ),
        )
    for who in _LISTS:
        yield from _nobody(pathways, who)


def _nobody(pathways: Pathways, who: Who) -> Iterator[Missing]:
    """Yields a payer or provider that is missing: all of them, or where none is named."""
    lost = f'who pays whom has "no {who} named" there'
    activities = owned({each: _unnamed(pathway, "activities", who) for each, pathway in pathways.items()})
    pools = owned({each: _unnamed(pathway, "pools", who) for each, pathway in pathways.items()})
    if not any(getattr(pathway, _LISTS[who]) for pathway in pathways.values()):
        mend = Mend(f"Name the {who} of all", partial(_name_all, who, activities, pools), "text", "Name")
        place = place_in(BASELINE, _LISTS[who])
        yield Missing(
            "payers", f"there is no {who}", f"nobody can tell who {_VERBS[who]}", place, mends=(mend,)
        )
        return
    for kind, rows in (("activities", activities), ("pools", pools)):
        by_proposal: dict[tuple[str, str], list[Owned]] = {}
        for variant, key in rows:
            by_proposal.setdefault(_proposed(pathways[variant], kind, key, who), []).append((variant, key))
        for (proposed, how), some in by_proposal.items():
            variant, key = some[0]
            mends: tuple[Mend, ...] = ()
            if proposed:
                name = member_name(pathways[variant], _LISTS[who], proposed)
                label = f"Take {name} {how}" if how else f"Name {name}"
                mends = (Mend(label, partial(_name, kind, tuple(some), who, proposed)),)
            names = _named(pathways, some, kind)
            verb = "name" if len(some) > 1 else "names"
            what = f"{names} {verb} no {who}"
            yield Missing("payers", what, lost, place_in(variant, kind, key, who), variant, mends)


_VERBS: dict[Who, str] = {"payer": "pays", "provider": "provides"}


def _proposed(pathway: Pathway, kind: str, key: str, who: Who) -> tuple[str, str]:
    """Returns who is likeliest meant, and where that is taken from; "" and "" if nobody is.

    An activity's is that of the capacity it needs, a pool's that of the activities that need it; where these
    do not tell, the only one that there is.
    """
    if kind == "activities":
        beside = {
            getattr(pathway.pools[pool], who)
            for pool in needs_to_start(pathway, key)
            if pool in pathway.pools
        }
        how = "from the capacity pool"
    else:
        beside = {
            getattr(activity, who)
            for identifier, activity in pathway.activities.items()
            if key in needs_to_start(pathway, identifier)
        }
        how = "from the activity"
    named = beside - {None}
    if len(named) == 1:
        return named.pop(), how
    declared = tuple(getattr(pathway, _LISTS[who]))
    return (declared[0], "") if len(declared) == 1 else ("", "")


def _without_cost(pathway: Pathway) -> frozenset[str]:
    """Returns the pools in use whose cost is not known."""
    return frozenset(
        key for key in used_pools(pathway) if key in pathway.pools and pathway.pools[key].cost is None
    )


def _unpriced(pathway: Pathway, field: Literal["price", "variable_cost"]) -> frozenset[str]:
    """Returns the activities to which patients can come and that lack such a price where they need it."""
    there = reachable(pathway)
    agreed = {each for one in pathway.agreed() if not one.contract.needs_prices for each in one.activities}
    needless = agreed if field == "price" else set()
    return frozenset(
        key
        for key, activity in pathway.activities.items()
        if key in there and key not in needless and getattr(activity, field) is None
    )


def _unnamed(pathway: Pathway, kind: Literal["activities", "pools"], who: Who) -> frozenset[str]:
    """Returns the activities that patients reach, or the pools in use, that name no payer or provider."""
    used = reachable(pathway) if kind == "activities" else used_pools(pathway)
    return frozenset(
        key for key, each in getattr(pathway, kind).items() if key in used and getattr(each, who) is None
    )


def _named(pathways: Pathways, rows: list[Owned] | tuple[Owned, ...], kind: str = "activities") -> str:
    """Returns records by their names; of many the rest is counted."""
    names = [member_name(pathways[variant], kind, key) for variant, key in rows]
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} more"]
    return listed(names)


def _have(rows: tuple[Owned, ...]) -> str:
    """Returns the verb for one record or several."""
    return "have" if len(rows) > 1 else "has"


def _base(scenario: Scenario, pathways: Pathways) -> PriceBase:
    """Returns the price years in use."""
    shifts = [shift for option in scenario.options.values() for shift in option.shifts.values()]
    return price_base(scenario.money, pathways.values(), shifts)


def _price_year(scenario: Scenario, pathways: Pathways) -> str:
    """Returns the price year of what is given: the base, else the latest in use, else that of the start."""
    base = _base(scenario, pathways)
    if base.year or base.years:
        return base.year or base.years[-1]
    start = scenario.run.start_date
    first = start.year if (start.month, start.day) >= (4, 1) else start.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def _cost(variant: str, pool: str, year: str, scenario: Scenario, answer: Answer) -> Scenario:
    """Gives a pool its cost for one unit a year."""
    cost = {"amount": {"value": pounds_of(answer), "price_year": year}, "per": "year"}
    return edited(scenario, variant, lambda pathway: set_value(pathway, ("pools", pool, "cost"), cost))


def _priced(rows: tuple[Owned, ...], field: str, year: str, scenario: Scenario, answer: Answer) -> Scenario:
    """Gives activities the same price."""
    money = {"value": pounds_of(answer), "price_year": year}
    for variant, key in rows:
        scenario = edited(scenario, variant, _setting(("activities", key, field), money))
    return scenario


def _name(
    kind: str, rows: tuple[Owned, ...], who: Who, chosen: str, scenario: Scenario, _answer: Answer
) -> Scenario:
    """Names the payer or provider of some records."""
    for variant, key in rows:
        scenario = edited(scenario, variant, _setting((kind, key, who), chosen))
    return scenario


def _name_all(
    who: Who, activities: tuple[Owned, ...], pools: tuple[Owned, ...], scenario: Scenario, answer: Answer
) -> Scenario:
    """Makes a payer or provider, and names it everywhere."""
    name = text_of(answer)
    pathway, key = add_record(scenario.baseline, _LISTS[who], name)
    made = edited(scenario, BASELINE, lambda _: pathway)
    for kind, rows in (("activities", activities), ("pools", pools)):
        made = _name(kind, rows, who, key, made, None)
    return made


def _setting(steps: tuple[str, ...], value: object) -> Callable[[Pathway], Pathway]:
    """Returns the edit that sets one value of a pathway."""
    return lambda pathway: set_value(pathway, steps, value)
