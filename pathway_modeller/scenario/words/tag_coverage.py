"""Which tags an option touches, and by what.

An option touches a tag if it carries it itself, or if it does something with an activity or a pool that
carries it, before or after: adds it, removes it, changes it or an arrow to or from it, says where its
contacts go or that contacts go to it, or moves money into it or out of it.

A tag of an activity that an option leaves alone is not touched, even if more or fewer patients come there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.options import apply_option
from pathway_modeller.scenario.words.sentences import listed, quoted

Carrier = Literal["option", "activity", "pool"]
How = Literal["carried", "added", "removed", "changed", "arrows", "contacts", "money"]

_Map = Literal["activities", "pools"]
_Place = tuple[_Map, str]

_MAPS: Mapping[_Map, Carrier] = {"activities": "activity", "pools": "pool"}


@dataclass(frozen=True)
class TouchedBy:
    """What an option touches a tag by.

    Attributes:
        carrier: what carries the tag.
        id: its id.
        name: what people call it.
        how: what the option does with it; the first that applies of added, removed, changed, arrows (one to
            or from it differs), contacts (displaced from it or to it), money (shifted into it or out of it).
            An option that carries the tag itself: carried.
    """

    carrier: Carrier
    id: str
    name: str
    how: How


@dataclass(frozen=True)
class TagCoverage:
    """One tag under one option; touched by nothing if ``by`` is empty.

    Attributes:
        tag: its id, or the word itself where it is not declared.
        name: what people call it.
        by: what the option touches it by: the option itself, then activities, then pools, in order of id.
    """

    tag: str
    name: str
    by: tuple[TouchedBy, ...]


def tag_coverage(scenario: Scenario, option: str) -> tuple[TagCoverage, ...]:
    """Returns every tag of a scenario with what an option touches it by.

    Those declared come first, in the order of the file, then those that are only carried, by name. Every
    option of a scenario has the same tags.

    Raises:
        KeyError: the scenario has no such option.
    """
    baseline, pathway = scenario.baseline, apply_option(scenario, option)
    names = _every_tag(scenario)
    if not names:
        return ()
    touched = _touched(scenario, option, pathway)
    by: dict[str, list[TouchedBy]] = {tag: [] for tag in names}
    held = scenario.options[option]
    for tag in dict.fromkeys(held.tags):
        by[tag].append(TouchedBy("option", option, held.name, "carried"))
    for (map_name, key), how in sorted(touched.items()):
        sides = [each for each in (getattr(side, map_name).get(key) for side in (pathway, baseline)) if each]
        for tag in dict.fromkeys(tag for side in sides for tag in side.tags):
            by[tag].append(TouchedBy(_MAPS[map_name], key, sides[0].name, how))
    return tuple(TagCoverage(tag, name, tuple(by[tag])) for tag, name in names.items())


def coverage_words(found: tuple[TagCoverage, ...]) -> str:
    """Returns which tags are touched, by what, and which are not; empty if there are none."""
    touched = [f"{each.name} (by {listed(touched_by_words(each))})" for each in found if each.by]
    rest = [each.name for each in found if not each.by]
    does = [f"Touches {'; '.join(touched)}."] if touched else []
    return " ".join([*does, *([f"Does not touch {listed(rest)}."] if rest else [])])


def touched_by_words(found: TagCoverage) -> list[str]:
    """Returns what touches a tag, by name in quotes; the option itself first."""
    return ["the option itself" if each.carrier == "option" else quoted(each.name) for each in found.by]


def _every_tag(scenario: Scenario) -> dict[str, str]:
    """Returns the names of all tags of a scenario by id."""
    pathways = [scenario.baseline, *(apply_option(scenario, option) for option in scenario.options)]
    declared = {tag: each.name for pathway in reversed(pathways) for tag, each in pathway.tags.items()}
    order = {tag: declared[tag] for pathway in pathways for tag in pathway.tags}
    carried = {tag for pathway in pathways for tag in _carried(pathway)}
    carried |= {tag for option in scenario.options.values() for tag in option.tags}
    return {**order, **{tag: tag for tag in sorted(carried - order.keys())}}


def _carried(pathway: Pathway) -> Iterator[str]:
    """Yields the tags that activities and pools carry."""
    for holders in (pathway.activities, pathway.pools):
        for each in holders.values():
            yield from each.tags


def _touched(scenario: Scenario, option: str, pathway: Pathway) -> dict[_Place, How]:
    """Returns what an option does with activities and pools, by map and id; the first that applies."""
    held = scenario.options[option]
    found = _edited(scenario.baseline, pathway)
    for key in {*scenario.baseline.transitions, *pathway.transitions}:
        arrows = (scenario.baseline.transitions.get(key), pathway.transitions.get(key))
        for arrow in arrows if arrows[0] != arrows[1] else ():
            for end in (arrow.origin, arrow.target) if arrow is not None else ():
                found.setdefault(("activities", end), "arrows")
    for displacement in held.displacements.values():
        for activity in (displacement.activity, *displacement.to):
            found.setdefault(("activities", activity), "contacts")
    for moved in held.activity_shifts.values():
        for activity in (moved.origin, moved.target):
            found.setdefault(("activities", activity), "contacts")
    for shift in held.shifts.values():
        for pool in (shift.origin, shift.target):
            if pool is not None:
                found.setdefault(("pools", pool), "money")
    return found


def _edited(baseline: Pathway, pathway: Pathway) -> dict[_Place, How]:
    """Returns which activities and pools are added, removed or changed, by map and id."""
    found: dict[_Place, How] = {}
    for map_name in _MAPS:
        before, after = getattr(baseline, map_name), getattr(pathway, map_name)
        for key in {*before, *after}:
            if before.get(key) != after.get(key):
                how: How = "changed" if key in before and key in after else "added"
                found[map_name, key] = "removed" if key not in after else how
    return found
