"""Shares that must sum to 1: out of an element, by tier and footprint, and of attributes at entry."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping

from pathway_modeller.scenario.checking.arrows import always_holds, groups_of
from pathway_modeller.scenario.checking.finding import Finding, error
from pathway_modeller.scenario.dated import Change, Dated, in_the_end
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.elements import Transition
from pathway_modeller.scenario.network.graph import arrows_out
from pathway_modeller.scenario.values import ByGroup, Varied
from pathway_modeller.scenario.words.sentences import attribute_words, date_words, group_name, number
from pathway_modeller.scenario.words.structure import Step

TOLERANCE = 1e-9
"""How far a sum of shares may be from 1."""

_OTHERS = ""


def find_shares(pathway: Pathway) -> Iterator[Finding]:
    """Yields shares that do not sum to 1, and elements out of which no arrow is sure to lead."""
    drawn = pathway.drawn()
    for origin, arrows in arrows_out(pathway).items():
        if origin in drawn and origin not in pathway.exit_points:
            yield from _out_of(pathway, origin, arrows)
    for identifier, entry in pathway.entry_points.items():
        here: tuple[Step, ...] = ("entry_points", identifier)
        if entry.arrivals is not None:
            for key in ("need_tiers", "footprints"):
                yield from sum_to_one((*here, "arrivals", key), getattr(entry.arrivals, key))
        for attribute, shares in entry.attributes.items():
            steps = (*here, "attributes", attribute)
            if isinstance(shares, ByGroup):
                for group, each in shares.values.items():
                    yield from sum_to_one((*steps, "values", group), each)
                yield from sum_to_one((*steps, "otherwise"), shares.otherwise)
            else:
                yield from sum_to_one(steps, shares, needed=True)


def sum_to_one(
    steps: tuple[Step, ...], shares: Mapping[str, float], *, needed: bool = False
) -> Iterator[Finding]:
    """Yields the finding that a map of shares does not sum to 1; an empty one may be allowed."""
    if not shares and not needed:
        return
    total = math.fsum(shares.values())
    if abs(total - 1) > TOLERANCE:
        yield error(steps, f"the shares sum to {_said(total)}, not 1", _mend(total))


def _said(total: float) -> str:
    """Returns a sum that is not 1, never rounded to 1."""
    text = number(total)
    return text if text != "1" else repr(total)


def _mend(total: float) -> str:
    """Returns what would bring a sum to 1."""
    if total > 1:
        return f"Lower them by {number(total - 1)} in all"
    return f"Raise them by {number(1 - total)} in all, or add what is missing"


def _out_of(pathway: Pathway, origin: str, arrows: list[tuple[str, Transition]]) -> Iterator[Finding]:
    """Yields what is wrong with the shares and conditions of the arrows out of one element."""
    shared = [(identifier, arrow) for identifier, arrow in arrows if arrow.when is None]
    here: tuple[Step, ...] = (pathway.map_of(origin), origin)
    if not shared:
        if not always_holds(pathway, [arrow for _, arrow in arrows]):
            yield error(
                here,
                "every arrow out of it has a condition, so a patient for whom none holds would be stuck",
                "Add an arrow without a condition, for everyone else",
            )
        return
    place: tuple[Step, ...] = ("transitions", shared[0][0], "share") if len(shared) == 1 else here
    given = [arrow.share for _, arrow in shared]
    for day in _turns(given):
        shares = [part for share in given for part in _in_force(share, day)]
        wrong = list(_totals(pathway, shares))
        for group, total in wrong:
            when = "" if day is None else f" on {date_words(day)}"
            what = f"the shares of the arrows out of it sum to {_said(total)}, not 1{group}{when}"
            yield error(place, what, _mend(total))
        if wrong:
            return


def _turns(shares: list[Dated[float]]) -> list[dt.date | None]:
    """Returns days such that shares that sum to 1 on each of them always do; None for what never changes.

    Between two of them every share goes along a straight line.
    """
    changes = [share for share in shares if isinstance(share, Change)]
    if not changes:
        return [None]
    eve = min(change.starts for change in changes) - dt.timedelta(days=1)
    turns = {eve}.union(*({each.starts - dt.timedelta(days=1), each.starts, each.done} for each in changes))
    return [*sorted(turns)]


def _in_force(share: Dated[float], day: dt.date | None) -> Iterator[Varied[float]]:
    """Yields shares that add up to the one in force on a day: of what was before and what is after."""
    if not isinstance(share, Change) or day is None:
        yield in_the_end(share)
        return
    part = share.part(day)
    for weight, each in ((1.0 - part, share.before), (part, share.after)):
        if weight > 0.0:
            yield _times(each, weight)


def _times(share: Varied[float], weight: float) -> Varied[float]:
    """Returns a share times a weight."""
    if not isinstance(share, ByGroup):
        return share * weight
    values = {group: value * weight for group, value in share.values.items()}
    return ByGroup[float](by=share.by, values=values, otherwise=share.otherwise * weight)


def _totals(pathway: Pathway, given: list[Varied[float]]) -> Iterator[tuple[str, float]]:
    """Yields each sum of shares that is not 1, with the words for the group of patients.

    Shares may differ by several attributes at once. Their sum is 1 for every patient just if it is 1 for the
    patient with the largest and the one with the smallest part of each attribute, so no product of groups is
    ever formed.
    """
    plain = math.fsum(share for share in given if not isinstance(share, ByGroup))
    parts = _parts(pathway, given)
    if len(parts) <= 1:
        yield from _each_group(pathway, plain, parts)
        return
    said: set[float] = set()
    for pick in (max, min):
        chosen = {by: pick(groups.items(), key=lambda item: item[1]) for by, groups in parts.items()}
        total = math.fsum([plain, *(value for _, value in chosen.values())])
        if abs(total - 1) > TOLERANCE and total not in said:
            said.add(total)
            words = [_group_words(pathway, by, group) for by, (group, _) in chosen.items()]
            yield " for " + " and ".join(words), total


def _each_group(
    pathway: Pathway, plain: float, parts: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[str, float]]:
    """Yields each sum that is not 1 where shares differ by one attribute, or by none."""
    if not parts:
        if abs(plain - 1) > TOLERANCE:
            yield "", plain
        return
    ((by, groups),) = parts.items()
    for group, value in groups.items():
        if abs(plain + value - 1) > TOLERANCE:
            yield f" for {_group_words(pathway, by, group)}", plain + value


def _group_words(pathway: Pathway, by: str, group: str) -> str:
    """Returns a group in words: ``need tier "High"``."""
    if group == _OTHERS:
        return f"every other {attribute_words(pathway, by)}"
    return f"{attribute_words(pathway, by)} {group_name(pathway, by, group)}"


def _parts(pathway: Pathway, given: list[Varied[float]]) -> dict[str, dict[str, float]]:
    """Returns, for each attribute by which shares differ, what each of its groups adds to the sum."""
    varied: dict[str, list[ByGroup[float]]] = {}
    for share in given:
        if isinstance(share, ByGroup):
            varied.setdefault(share.by, []).append(share)
    found: dict[str, dict[str, float]] = {}
    for by, shares in varied.items():
        groups = dict.fromkeys(groups_of(pathway, by) or (_OTHERS,))
        found[by] = {
            group: math.fsum(share.values.get(group, share.otherwise) for share in shares) for group in groups
        }
    return found
