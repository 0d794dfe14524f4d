"""Traffic equations: how many patients a day reach each element, by need tier, footprint and attributes.

The flow into each element is what arrives from outside plus what the others send: ``x = a + P' x`` (Jackson,
Operations Research 5, 1957), solved for each need tier and footprint on its own. A patient's attributes are
part of the state, since arrows may depend on them and may set them. Arrows whose condition depends on queues,
on time or on earlier visits cannot be known without a run; everything behind them is marked unknown. People
are those of the start date, rates those before any trend, and a patient keeps the need tier of arrival.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from pathway_modeller.scenario.dated import Dated, in_the_end
from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.elements import (
    AttributeCondition,
    BookedArrivals,
    EntryPoint,
    RandomArrivals,
    Transition,
)
from pathway_modeller.scenario.moments import mean_days
from pathway_modeller.scenario.network.graph import arrows_out, field_ways
from pathway_modeller.scenario.network.links import Array, Links, States
from pathway_modeller.scenario.network.open_units import working_share
from pathway_modeller.scenario.values import ByGroup, Rate
from pathway_modeller.scenario.words.structure import every_record

T = TypeVar("T")
Groups = Mapping[str, str]
Combination = tuple[str, ...]

LARGEST = 15_000_000
"""The largest number of matrix entries that is worked out (120 MB)."""


class TooLarge(Exception):  # noqa: N818 - says what the pathway is
    """The pathway has too many groups and attributes for its load to be worked out in advance."""


@dataclass(frozen=True)
class Blocks:
    """The groups of patients of a pathway, and the states that a patient of each can be in.

    Attributes:
        pairs: the (need tier, footprint) of each block; ``""`` for none.
        elements: the ids of drawn elements, with their place in the order of the states.
        attributes: the declared attributes that matter to flow or load.
        combinations: the values of those attributes, one combination for each state of an element.
        differs: by element, what something of it, or of an arrow out of it, differs by.
    """

    pairs: tuple[tuple[str, str], ...]
    elements: Mapping[str, int]
    attributes: tuple[str, ...]
    combinations: tuple[Combination, ...]
    differs: Mapping[str, frozenset[str]]

    @property
    def size(self) -> int:
        """The number of states."""
        return len(self.elements) * len(self.combinations)

    def state(self, element: str, combination: int) -> int:
        """Returns the index of a state."""
        return self.elements[element] * len(self.combinations) + combination

    def states(self, element: str) -> slice:
        """Returns where the states of an element lie."""
        count = len(self.combinations)
        return slice(self.elements[element] * count, (self.elements[element] + 1) * count)

    def groups(self, block: int, combination: int) -> dict[str, str]:
        """Returns the groups of the patients of a block in a combination."""
        tier, footprint = self.pairs[block]
        declared = dict(zip(self.attributes, self.combinations[combination], strict=True))
        return {"need_tier": tier, "footprint": footprint, **declared}

    def each(self) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Yields every block and combination with its groups."""
        for block in range(len(self.pairs)):
            for combination in range(len(self.combinations)):
                yield block, combination, self.groups(block, combination)

    def alike(self, element: str) -> Iterator[tuple[list[int], int, dict[str, str]]]:
        """Yields blocks to which an element is the same, with a combination and the groups of one of them."""
        by = self.differs.get(element, frozenset())
        same: dict[tuple[str, str], list[int]] = {}
        for block, (tier, footprint) in enumerate(self.pairs):
            key = (tier if "need_tier" in by else "", footprint if "footprint" in by else "")
            same.setdefault(key, []).append(block)
        for combination in range(len(self.combinations)):
            for blocks in same.values():
                yield blocks, combination, self.groups(blocks[0], combination)


@dataclass(frozen=True)
class Routing:
    """Where patients go out of each state, by arrows only.

    Attributes:
        links: the shares of those who leave a state that reach another.
        time: (blocks, states), mean days of the move out of a state.
        kept: (blocks, states), mean days of the move during which the units just used are kept.
        unknown: ids of elements whose arrows depend on what only a run can tell.
    """

    links: Links
    time: Array
    kept: Array
    unknown: frozenset[str]


def value_for(value: Dated[T], groups: Groups) -> T:
    """Returns the value that holds for a patient of these groups, in the end where it changes at a date."""
    varied = in_the_end(value)
    if isinstance(varied, ByGroup):
        return varied.values.get(groups.get(varied.by, ""), varied.otherwise)
    return varied


def make_blocks(pathway: Pathway, run: RunSettings) -> Blocks:
    """Returns the groups and states of a pathway.

    Raises:
        TooLarge: there are too many.
    """
    differs = _differs(pathway)
    attributes = tuple(sorted(frozenset().union(*differs.values()) & pathway.attributes.keys()))
    count = math.prod(len(pathway.attributes[each].values) for each in attributes)
    pairs = sorted({pair for each in pathway.entry_points for pair in rates(pathway, run, each)})
    elements = {identifier: place for place, identifier in enumerate(sorted(pathway.drawn()))}
    if len(pairs) * (len(elements) * count) ** 2 > LARGEST:
        raise TooLarge
    values = [sorted(pathway.attributes[each].values) for each in attributes]
    return Blocks(tuple(pairs), elements, attributes, tuple(itertools.product(*values)), differs)


def _differs(pathway: Pathway) -> dict[str, frozenset[str]]:
    """Returns what arrows, times and shares differ by: by element, those of arrows at their origin.

    What is at no element is under ``""``.
    """
    drawn = pathway.drawn()
    found: dict[str, set[str]] = {}
    for steps, record in every_record(pathway):
        if isinstance(record, ByGroup | AttributeCondition):
            key = str(steps[1])
            here = pathway.transitions[key].origin if steps[0] == "transitions" else key
            by = record.by if isinstance(record, ByGroup) else record.attribute
            found.setdefault(here if here in drawn else "", set()).add(by)
    return {each: frozenset(by) for each, by in found.items()}


def rates(pathway: Pathway, run: RunSettings, identifier: str) -> dict[tuple[str, str], float]:
    """Returns an entry point's arrivals a day by (need tier, footprint), as they go on at the run's end."""
    arrivals = pathway.entry_points[identifier].arrivals
    if arrivals is None or _is_over(arrivals, run):
        return {}
    if isinstance(arrivals, RandomArrivals) and arrivals.rate_per_1000 is not None:
        varied, factor = arrivals.rate_per_1000, pathway.demand_factor(identifier)
        return {
            pair: factor * count / 1000 * _per_day(varied, {"need_tier": pair[0], "footprint": pair[1]})
            for pair, count in people(pathway).items()
        }
    total = _total_per_day(arrivals, run, pathway.demand_factor(identifier))
    weights = group_weights(pathway, arrivals.need_tiers, arrivals.footprints)
    return {pair: share * total for pair, share in weights.items() if share * total > 0}


def _per_day(varied: Dated[Rate], groups: Groups) -> float:
    """Returns the rate per day for patients of these groups."""
    return value_for(varied, groups).per_day


def _total_per_day(arrivals: RandomArrivals | BookedArrivals, run: RunSettings, factor: float) -> float:
    """Returns how many come a day, all groups together; the factor is one over rates."""
    if isinstance(arrivals, BookedArrivals):
        working = working_share(arrivals.not_on_bank_holidays, run)
        return math.fsum(each.patients * working[each.weekday] for each in arrivals.bookings) / 7.0
    per_day = arrivals.rate_per_day
    if per_day is not None:
        return factor * per_day
    return 1.0 / mean_days(arrivals.gap) if arrivals.gap is not None else 0.0


def _is_over(arrivals: RandomArrivals | BookedArrivals, run: RunSettings) -> bool:
    """Tells whether nobody comes at the end of the run any more or yet, so that no queue grows for ever."""
    if isinstance(arrivals, BookedArrivals):
        return False
    last, starts, ends = run.warm_up.days + run.duration.days, arrivals.starts_after, arrivals.ends_after
    return (ends is not None and ends.days < last) or (starts is not None and starts.days >= last)


def people(pathway: Pathway) -> dict[tuple[str, str], float]:
    """Returns the number of people by (need tier, footprint), where there are any."""
    return {
        (tier, identifier): count
        for identifier, footprint in sorted(pathway.footprints.items())
        for tier, count in sorted(footprint.people.items())
        if count > 0
    }


def group_weights(
    pathway: Pathway, tiers: Mapping[str, float], footprints: Mapping[str, float]
) -> dict[tuple[str, str], float]:
    """Returns the share of patients by (need tier, footprint), by the rule of a run.

    Shares that are given hold independently of one another; a side that is not given follows the people.
    """
    living = people(pathway)
    total = math.fsum(living.values())
    if not tiers and not footprints and living:
        return {pair: count / total for pair, count in living.items()}
    sides: list[dict[str, float]] = []
    for side, shares in enumerate((tiers, footprints)):
        if shares or not living:
            sides.append(dict(shares) or {"": 1.0})
            continue
        sums: dict[str, float] = {}
        for pair, count in living.items():
            sums[pair[side]] = sums.get(pair[side], 0.0) + count / total
        sides.append(sums)
    return {
        (tier, place): first * second
        for tier, first in sides[0].items()
        for place, second in sides[1].items()
    }


def make_arrivals(pathway: Pathway, run: RunSettings, blocks: Blocks) -> Array:
    """Returns the arrivals a day from outside, (blocks, states)."""
    found = np.zeros((len(blocks.pairs), blocks.size))
    for identifier, entry in pathway.entry_points.items():
        by_pair = rates(pathway, run, identifier)
        for block, combination, groups in blocks.each():
            rate = by_pair.get(blocks.pairs[block], 0.0)
            if rate > 0:
                share = _entry_share(pathway, blocks, entry, groups)
                found[block, blocks.state(identifier, combination)] += rate * share
    return found


def _entry_share(pathway: Pathway, blocks: Blocks, entry: EntryPoint, groups: Groups) -> float:
    """Returns the share of an entry point's patients, of a tier and footprint, who have these attributes.

    Attributes are given in order of id; one that depends on a later one sees its default.
    """
    known = {key: groups[key] for key in ("need_tier", "footprint")}
    known |= {each: pathway.attributes[each].default for each in blocks.attributes}
    share = 1.0
    for attribute in blocks.attributes:
        given = entry.attributes.get(attribute)
        value = groups[attribute]
        if given is None:
            share *= 1.0 if value == pathway.attributes[attribute].default else 0.0
        else:
            share *= value_for(given, known).get(value, 0.0)
        known[attribute] = value
    return share


def make_routing(pathway: Pathway, blocks: Blocks) -> Routing:
    """Returns where patients go out of each state."""
    shape = (len(blocks.pairs), blocks.size)
    time, kept = np.zeros(shape), np.zeros(shape)
    shares: dict[States, Array] = {}
    unknown: set[str] = set()
    for origin, leaving in arrows_out(pathway).items():
        arrows = [arrow for _, arrow in leaving]
        for alike, combination, groups in blocks.alike(origin):
            taken = _taken(arrows, groups)
            if taken is None:
                unknown.add(origin)
                continue
            state = blocks.state(origin, combination)
            advised = _advised(pathway, origin, groups)
            for arrow, share in taken:
                share *= 1.0 - advised
                reached = blocks.state(arrow.target, _after(blocks, combination, arrow))
                shares.setdefault((state, reached), np.zeros(len(blocks.pairs)))[alike] += share
                days = _days(pathway, arrow, groups)
                time[alike, state] += share * days
                kept[alike, state] += share * days if arrow.keeps_units else 0.0
    _add_advised(pathway, blocks, shares)
    return Routing(Links(blocks.size, len(blocks.pairs), shares), time, kept, frozenset(unknown))


def _days(pathway: Pathway, arrow: Transition, groups: Groups) -> float:
    """Returns how long an arrow takes on average: nothing to a single point of contact's own team."""
    origin = pathway.activities.get(arrow.origin)
    if arrow.time is None or (
        origin is not None and origin.single_point is not None and arrow.target in origin.single_point.team
    ):
        return 0.0
    return mean_days(value_for(arrow.time, groups))


def _advised(pathway: Pathway, origin: str, groups: Groups) -> float:
    """Returns the share of those who are seen at an element who need only advice."""
    activity = pathway.activities.get(origin)
    if activity is None or activity.single_point is None:
        return 0.0
    return value_for(activity.single_point.advice_only, groups)


def _add_advised(pathway: Pathway, blocks: Blocks, shares: dict[States, Array]) -> None:
    """Adds where those go who need only advice."""
    for way in field_ways(pathway):
        if way.kind == "advice":
            for alike, combination, groups in blocks.alike(way.origin):
                states = (blocks.state(way.origin, combination), blocks.state(way.target, combination))
                share = shares.setdefault(states, np.zeros(len(blocks.pairs)))
                share[alike] += _advised(pathway, way.origin, groups)


def _taken(arrows: list[Transition], groups: Groups) -> list[tuple[Transition, float]] | None:
    """Returns the arrows that patients of these groups take, with their shares; None if not to be known."""
    for arrow in arrows:
        if isinstance(arrow.when, AttributeCondition):
            if groups.get(arrow.when.attribute, "") in arrow.when.values:
                return [(arrow, 1.0)]
        elif arrow.when is not None:
            return None
    return [(arrow, value_for(arrow.share, groups)) for arrow in arrows if arrow.when is None]


def _after(blocks: Blocks, combination: int, arrow: Transition) -> int:
    """Returns the combination of attributes after an arrow has set its own."""
    if not any(attribute in arrow.sets for attribute in blocks.attributes):
        return combination
    values = zip(blocks.attributes, blocks.combinations[combination], strict=True)
    return blocks.combinations.index(tuple(arrow.sets.get(attribute, value) for attribute, value in values))
