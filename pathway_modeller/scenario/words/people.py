"""Plain words for what moves people, contacts and money: need, harm, caseloads, shifts, displacements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pathway_modeller.scenario.activity_shift import ActivityShift
from pathway_modeller.scenario.capacity import Quality
from pathway_modeller.scenario.contracts import Contract
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import (
    Caseload,
    Deterioration,
    During,
    Harm,
    MissedByWait,
    Pressure,
    SinglePoint,
)
from pathway_modeller.scenario.money import DisplacedTo, Displacement, Shift
from pathway_modeller.scenario.people import PayerLine
from pathway_modeller.scenario.population import HeadCost, Move, NeedChange, Trend
from pathway_modeller.scenario.values import ByGroup, Record, Varied
from pathway_modeller.scenario.words.sentences import (
    attribute_words,
    date_words,
    duration_words,
    element_name,
    group_name,
    listed,
    member_name,
    money_words,
    number,
    percentage,
    quoted,
    setting_words,
    varied_words,
)


def trend_words(_pathway: Pathway, trend: Trend) -> str:
    """Returns how a rate changes: ``1 and 1.05 times in the first years, then 2% more each year``."""
    change = ""
    if trend.yearly_change:
        more = "more" if trend.yearly_change > 0 else "less"
        change = f"{percentage(abs(trend.yearly_change))} {more} each year"
    if not trend.by_year:
        return change or "the same each year"
    years = "year" if len(trend.by_year) == 1 else "years"
    first = f"{listed([number(factor) for factor in trend.by_year])} times in the first {years}"
    return f"{first}, then {change}" if change else first


def missed_words(pathway: Pathway, missed: MissedByWait) -> str:
    """Returns who does not attend after a wait: ``8% after 1 week or more``."""
    share = varied_words(pathway, missed.share, share=True)
    return f"{share} after {duration_words(missed.waited)} or more"


def pressure_words(pathway: Pathway, pressure: Pressure) -> str:
    """Returns how a service time reacts: ``0.9 times as long from 85% of "Beds" in use; not …``."""
    pool = member_name(pathway, "pools", pressure.pool)
    first, *more = [
        f"{number(step.factor)} times{{}} from {percentage(step.full)}{{}}" for step in pressure.steps
    ]
    said = [first.format(" as long", f" of {pool} in use"), *(each.format("", "") for each in more)]
    return f"{listed(said)}; not a forecast of behaviour"


def deterioration_words(pathway: Pathway, harm: Deterioration) -> str:
    """Returns one thing that may happen to those who wait or are in care: how often, and what follows."""
    facts, who = [_HARMS[harm.kind]], _WHO[harm.during]
    if harm.rate_per_1000 is not None:
        facts.append(f"{varied_words(pathway, harm.rate_per_1000)} for every 1,000 {who}")
    if harm.time is not None:
        facts.append(f"time to it {varied_words(pathway, harm.time)}")
    if harm.during != "queue" and harm.rate_per_1000 is None:
        facts.append(f"for those {who}")
    if harm.if_good is not None:
        facts.append(f"{number(harm.if_good)} times where quality is good")
    if harm.to_tier is not None:
        facts.append(f"need tier after {member_name(pathway, 'need_tiers', harm.to_tier)}")
    if harm.goes_to is not None:
        facts.append(f"goes to {element_name(pathway, harm.goes_to)}")
    return f"{quoted(harm.name)} ({', '.join(facts)})"


_WHO: Mapping[During, str] = {"queue": "who wait", "service": "in care"}
_HARMS: Mapping[Harm, str] = {"emergency": "emergency", "need": "change of need", "death": "death"}


def quality_words(pathway: Pathway, quality: Quality) -> str:
    """Returns how many units are good: ``55% good``."""
    return f"{varied_words(pathway, quality.good, share=True)} good"


def caseload_words(pathway: Pathway, caseload: Caseload) -> str:
    """Returns a caseload: its places, its review interval and its length."""
    facts = [
        f"places {member_name(pathway, 'pools', caseload.pool)}",
        f"review interval {varied_words(pathway, caseload.interval)}",
    ]
    if caseload.length is not None:
        facts.append(f"time on it {varied_words(pathway, caseload.length)}")
    return ", ".join(facts)


def single_point_words(pathway: Pathway, point: SinglePoint) -> str:
    """Returns a single point of contact: who needs only advice, and its own team."""
    facts = [f"{varied_words(pathway, point.advice_only, share=True)} need only advice"]
    if point.advice_to is not None:
        facts.append(f"who go to {element_name(pathway, point.advice_to)}")
    if point.team:
        facts.append(f"own team {listed([element_name(pathway, member) for member in point.team])}")
    return ", ".join(facts)


def need_change_words(pathway: Pathway, change: NeedChange) -> str:
    """Returns a change of need: ``10% from "High" to "Low" (better)``."""
    share = varied_words(pathway, change.share, share=True)
    origin = "any" if change.origin is None else member_name(pathway, "need_tiers", change.origin)
    return f"{share} from {origin} to {member_name(pathway, 'need_tiers', change.target)} ({change.cause})"


def head_cost_words(pathway: Pathway, cost: HeadCost) -> str:
    """Returns what is spent on each person of a tier: ``"Medicines" £400 (2024/25 prices) a year``."""
    facts = [f"{quoted(cost.name)} {money_words(cost.amount)} a year, {setting_words(pathway, cost.setting)}"]
    if cost.payer is not None:
        facts.append(f"paid by {member_name(pathway, 'payers', cost.payer)}")
    if cost.provider is not None:
        facts.append(f"provided by {member_name(pathway, 'providers', cost.provider)}")
    return ", ".join(facts)


def payer_line_words(pathway: Pathway, line: PayerLine) -> str:
    """Returns lines arranged otherwise: ``"Drugs" aligned, of "Trust", hospital``."""
    facts = [f"{quoted(line.name)} {line.arrangement}"]
    if line.provider is not None:
        facts.append(f"of {member_name(pathway, 'providers', line.provider)}")
    return ", ".join([*facts, *([line.setting] if line.setting is not None else [])])


def contract_words(pathway: Pathway, contract: Contract) -> str:
    """Returns how a provider is paid: ``"Ward" block, £1,000 (2024/25 prices) a year, paid by "NHS"``."""
    facts = [f"{quoted(contract.name)} {contract.kind}"]
    if contract.amount is not None:
        facts.append(f"{money_words(contract.amount)} a year")
    facts += [
        f"{number(planned)} contacts a year planned of {member_name(pathway, 'activities', key)}"
        for key, planned in contract.planned.items()
    ]
    facts += [
        f"{percentage(rate)} of the price for each contact {word} plan"
        for rate, word in ((contract.rate_over, "over"), (contract.rate_under, "under"))
        if rate > 0
    ]
    facts += [
        f"{money_words(money)} a year for each person of {member_name(pathway, 'need_tiers', key)}"
        for key, money in contract.a_head.items()
    ]
    if contract.activities:
        facts.append(f"for {listed([element_name(pathway, each) for each in contract.activities])}")
    return ", ".join([*facts, f"paid by {member_name(pathway, 'payers', contract.payer)}"])


def move_way(pathway: Pathway, move: Move) -> str:
    """Returns between which need tiers people move: ``from "Low" to "High"``."""
    parts = [
        f"{word} {member_name(pathway, 'need_tiers', tier)}"
        for word, tier in (("from", move.origin), ("to", move.target))
        if tier is not None
    ]
    return " ".join(parts)


def displaced_words(_pathway: Pathway, displaced: DisplacedTo) -> str:
    """Returns how many contacts are found somewhere: ``70%, 3 for each``."""
    each = "" if displaced.contacts == 1 else f", {number(displaced.contacts)} for each"
    return f"{percentage(displaced.share)}{each}"


def shift_words(pathway: Pathway, shift: Shift) -> str:
    """Returns an investment shift: how much, between which pools, from when, and how it comes about."""
    origin, target = (
        other if pool is None else f"{word} {member_name(pathway, 'pools', pool)}"
        for word, pool, other in (
            ("from", shift.origin, "found elsewhere"),
            ("to", shift.target, "taken out"),
        )
    )
    amount = f"{money_words(shift.amount)} a year {origin} {target}"
    facts = [f"{amount} from {date_words(shift.starts)}"]
    if shift.ramp.days > 0:
        facts.append(f"growing over {duration_words(shift.ramp)}")
    facts += [
        f"{word} {duration_words(lag)}"
        for word, lag in (
            ("recruitment lag", shift.recruitment_lag),
            ("double running", shift.double_running),
            ("notice", shift.notice),
        )
        if lag is not None and lag.days > 0
    ]
    facts += [
        f"{word} {money_words(cost)}"
        for word, cost in (("set-up cost", shift.set_up), ("exit cost", shift.exit_cost))
        if cost is not None
    ]
    if shift.payer is not None:
        facts.append(f"paid by {member_name(pathway, 'payers', shift.payer)}")
    if shift.footprints:
        parts = [
            f"{percentage(share)} in {member_name(pathway, 'footprints', key)}"
            for key, share in sorted(shift.footprints.items())
        ]
        facts.append(f"units opened and closed {listed(parts)}")
    return "; ".join(facts)


def activity_shift_words(pathway: Pathway, shift: ActivityShift) -> str:
    """Returns what moves: ``from 1 April 2026, 40% of contacts at "Clinic" go to "Home visit"``."""
    since = ""
    if (phased := shift.phased_in) is not None:
        rising = "" if phased.ramp is None else f" rising over {duration_words(phased.ramp)},"
        since = f"from {date_words(phased.starts)},{rising} "
    share = _parts_words(pathway, shift.uptake, "contacts")
    ends = [element_name(pathway, each) for each in (shift.origin, shift.target)]
    facts = [f"{since}{share} at {ends[0]} go to {ends[1]}"]
    if shift.eligible != 1:
        facts.append(f"eligible, drawn once for each: {_parts_words(pathway, shift.eligible, 'patients')}")
    if shift.footprints:
        open_to = [member_name(pathway, "footprints", key) for key in shift.footprints]
        facts.append(f"open to {listed(open_to)}")
    return "; ".join(facts)


def _parts_words(pathway: Pathway, share: Varied[float], whom: str) -> str:
    """Returns shares in words: ``40% of contacts``, or ``40% of contacts of need tier "High"``."""
    if not isinstance(share, ByGroup):
        return f"{percentage(share)} of {whom}"
    by = attribute_words(pathway, share.by)
    parts = [
        f"{percentage(each)} of {whom} of {by} {group_name(pathway, share.by, group)}"
        for group, each in share.values.items()
    ]
    rest = f"{percentage(share.otherwise)} of {'all other ' if parts else ''}{whom}"
    return listed([*parts, rest] if share.otherwise > 0 or not parts else parts)


def displacement_words(pathway: Pathway, baseline: Pathway, displacement: Displacement) -> str:
    """Returns what becomes of the contacts that an option takes from an activity.

    Args:
        pathway: the option's pathway.
        baseline: the baseline, in which the activity has its name if the option closes it.
        displacement: the displacement.
    """
    holder = pathway if displacement.activity in pathway.activities else baseline
    facts = [
        f"{displaced_words(pathway, each)} at {member_name(pathway, 'activities', key)}"
        for key, each in displacement.to.items()
    ]
    facts += [
        f"{percentage(share)} {word}"
        for share, word in ((displacement.avoided, "no longer needed"), (displacement.unmet, "unmet need"))
        if share > 0
    ]
    taken = element_name(holder, displacement.activity)
    return f"contacts taken from {taken} are {listed(facts)}" if facts else f"contacts taken from {taken}"


NAMED: Mapping[type[Record], Callable[[Pathway, Any], str]] = {
    Trend: trend_words,
    MissedByWait: missed_words,
    Pressure: pressure_words,
    Deterioration: deterioration_words,
    Quality: quality_words,
    Caseload: caseload_words,
    SinglePoint: single_point_words,
    NeedChange: need_change_words,
    HeadCost: head_cost_words,
    Contract: contract_words,
    PayerLine: payer_line_words,
    DisplacedTo: displaced_words,
    Shift: shift_words,
    ActivityShift: activity_shift_words,
}
"""The words for each of these records within another."""
