"""Edits of the arrows: connect, disconnect, and shares that keep summing to one."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pathway_modeller.scenario.document import DRAWN_KINDS, DrawnKind, Pathway
from pathway_modeller.scenario.edits.ids import drawn_ids, fresh_id
from pathway_modeller.scenario.elements import Transition


class ConnectionRefused(ValueError):  # noqa: N818 - named for what the user is told, not for the class of fault
    """An arrow that cannot be drawn; the message is the sentence to show."""


def refusal(pathway: Pathway, origin: str, target: str) -> str | None:
    """Says in a sentence why an arrow may not go from one element to another; None if it may.

    Raises:
        KeyError: one of the elements does not exist.
    """
    drawn = pathway.drawn()
    start, end = drawn[origin].name, drawn[target].name
    if origin == target:
        return f"“{start}” cannot lead straight back to itself; put a wait or an activity between."
    first, last = DRAWN_KINDS[pathway.map_of(target)], DRAWN_KINDS[pathway.map_of(origin)]
    if first.comes_first:
        return f"“{end}” is {_a(first)}: patients come from it, so no arrow can lead into it."
    if last.comes_last:
        return f"“{start}” is {_a(last)}: patients leave there, so no arrow can lead out of it."
    if any(arrow.origin == origin and arrow.target == target for arrow in pathway.transitions.values()):
        return f"An arrow already leads from “{start}” to “{end}”; change its share instead."
    return None


def _a(kind: DrawnKind) -> str:
    """Returns a kind of element with its article: "an entry point"."""
    return f"{'an' if kind.name[0] in 'AEIOU' else 'a'} {kind.name.lower()}"


def connect(pathway: Pathway, origin: str, target: str) -> tuple[Pathway, str]:
    """Draws an arrow between two elements and makes room for its share.

    The new arrow takes an equal part: beside one arrow of 100% both get 50%, beside two of 50% each gets a
    third. Where shares differ by group, or do not sum to one already, or every other arrow has a condition,
    nothing but the new arrow's own share is set.

    Returns:
        The pathway and the new transition's id.

    Raises:
        ConnectionRefused: such an arrow makes no sense.
        KeyError: one of the elements does not exist.
    """
    reason = refusal(pathway, origin, target)
    if reason is not None:
        raise ConnectionRefused(reason)
    beside = _plain_shares(pathway, origin)
    arrow_id = fresh_id(f"{origin} to {target}", drawn_ids(pathway))
    arrows = {**pathway.transitions, arrow_id: Transition(origin=origin, target=target)}
    if beside is None:
        shares = {arrow_id: 0.0}
    elif beside and _sums_to_one(beside):
        part = 1.0 / (len(beside) + 1)
        shares = _rounded({**{key: old * (1.0 - part) for key, old in beside.items()}, arrow_id: part})
    else:
        shares = {arrow_id: min(1.0, max(0.0, round(1.0 - math.fsum(beside.values()), 6)))}
    return pathway.model_copy(update={"transitions": _with_shares(arrows, shares)}), arrow_id


def disconnect(pathway: Pathway, transition_id: str) -> Pathway:
    """Removes an arrow; those beside it share out its part in proportion.

    Raises:
        KeyError: there is no such transition.
    """
    arrow = pathway.transitions[transition_id]
    left = {key: value for key, value in pathway.transitions.items() if key != transition_id}
    return rebalanced(pathway, pathway.model_copy(update={"transitions": left}), arrow.origin)


def rebalanced(before: Pathway, after: Pathway, origin: str) -> Pathway:
    """Scales the shares out of an element back to one after some of its arrows have gone.

    Does nothing where they did not sum to one before, differ by group, or all that is left had no share.
    """
    was, now = _plain_shares(before, origin), _plain_shares(after, origin)
    if not was or not now or not _sums_to_one(was) or _sums_to_one(now):
        return after
    total = math.fsum(now.values())
    scaled = {key: share / total if total > 0 else 1.0 / len(now) for key, share in now.items()}
    arrows = _with_shares(after.transitions, _rounded(scaled))
    return after.model_copy(update={"transitions": arrows})


def _plain_shares(pathway: Pathway, origin: str) -> dict[str, float] | None:
    """Returns the shares of the plain arrows out of an element; None if one of them differs by group."""
    found: dict[str, float] = {}
    for key, arrow in pathway.transitions.items():
        if arrow.origin == origin and arrow.when is None:
            if not isinstance(arrow.share, int | float):
                return None
            found[key] = float(arrow.share)
    return found


def _sums_to_one(shares: dict[str, float]) -> bool:
    """Tells whether shares sum to one, but for rounding."""
    return math.isclose(math.fsum(shares.values()), 1.0, abs_tol=1e-6)


def _rounded(shares: Mapping[str, float]) -> dict[str, float]:
    """Rounds worked-out shares to the four figures that people read; the last takes what is left of one."""
    *others, last = shares
    rounded = {key: round(shares[key], 4) for key in others}
    rounded[last] = round(max(0.0, 1.0 - math.fsum(rounded.values())), 4)
    return rounded


def _with_shares(arrows: Mapping[str, Transition], shares: Mapping[str, float]) -> dict[str, Transition]:
    """Returns the arrows with other shares; an arrow whose share stays is the same object."""
    changed = {
        key: arrows[key].model_copy(update={"share": share})
        for key, share in shares.items()
        if arrows[key].share != share
    }
    return {**arrows, **changed}
