"""Varying an assumption: one value of its range, brought to every figure that it stands behind.

With a central value c and a value v, a figure x that a range *replaces* or *multiplies*, and a figure of a
time that it *moves*, becomes x v / c (and v itself where x is c). A *share* does the same; what it loses or
gains is taken up by the shares beside it, in proportion to them, so that their sum stays.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, assert_never

from pydantic import ValidationError

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.money import Displacement
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.people import Assumption
from pathway_modeller.scenario.problems import steps_of
from pathway_modeller.scenario.reach import MovesShare, MovesTime, Multiplies, NotVaried, Replaces
from pathway_modeller.scenario.values import Record

Steps = tuple[str, ...]
Played = Replaces | Multiplies | MovesShare | MovesTime

_NOTHING = object()
_KEPT = frozenset({"shape", "sigma", "weights"})
"""Figures of a time that stay where the time moves in proportion."""
_LOGARITHM = "mu"
"""The figure of a time that is the logarithm of one."""


class CannotVary(Exception):  # noqa: N818 - the name says what happened
    """An assumption cannot be varied; the message is why, as a clause."""


def ends(assumption: Assumption) -> tuple[float, float]:
    """Returns the low and the high of an assumption that can be varied.

    Raises:
        CannotVary: it has no range, or the range does not say how it reaches the figures.
    """
    _reach_of(assumption)
    if assumption.low is None or assumption.high is None:
        raise CannotVary("its low and high are not known")
    return assumption.low, assumption.high


def central_of(scenario: Scenario, assumption_id: str) -> float:
    """Returns the central value of an assumption: its own, or the figure at its first place.

    Raises:
        KeyError: the scenario has no such assumption.
        CannotVary: it cannot be varied, or there is no single figure.
    """
    assumption = scenario.assumptions[assumption_id]
    reach = _reach_of(assumption)
    if assumption.central is not None:
        return assumption.central
    if isinstance(reach, Multiplies):
        raise CannotVary("it has no central value")
    place = _places(assumption, reach)[0]
    figure = _at(scenario, place)
    if isinstance(reach, MovesTime):
        figure = _child(figure, reach.figures[0])
    if not _is_number(figure):
        raise CannotVary("it has no central value")
    return float(figure)


def varied(scenario: Scenario, assumption_id: str, value: float) -> Scenario:
    """Returns the scenario in which an assumption has another value, at all its places.

    Places are of the baseline, of options' changes and of what stands beside them; an option that has a
    figure of its own keeps it unless the assumption names its place. The central value gives back an equal
    scenario.

    Args:
        scenario: the scenario.
        assumption_id: which assumption.
        value: in the unit of its range.

    Raises:
        KeyError: the scenario has no such assumption.
        CannotVary: the assumption cannot be varied, or not to this value.
    """
    assumption = scenario.assumptions[assumption_id]
    reach = _reach_of(assumption)
    central = central_of(scenario, assumption_id)
    changes = {
        steps: new
        for place in _places(assumption, reach)
        for steps, new in _moves(scenario, place, reach, central, value)
        if _at(scenario, steps) != new
    }
    changed: Scenario = _written(scenario, changes) if changes else scenario
    for option in changed.options:
        if any(_meets(scenario, option, steps) for steps in changes):
            try:
                apply_option(changed, option)
            except ValidationError as error:
                raise CannotVary(_fault(error)) from error
    return changed


def _meets(scenario: Scenario, option: str, steps: Steps) -> bool:
    """Tells whether an option changes what stands at a place, or the record of the baseline that has it."""
    match steps:
        case ("options", key, *_):
            return key == option
        case ("baseline", kind, key, *_):
            members = scenario.options[option].patch.get(kind, {})
            return isinstance(members, Mapping) and key in members
        case _:
            return True


def _reach_of(assumption: Assumption) -> Played:
    """Returns how an assumption's range reaches its places."""
    reach = assumption.reach
    if reach is None:
        has_range = assumption.low is not None and assumption.high is not None
        raise CannotVary(
            "its range does not say how it reaches the figures" if has_range else "no low and high are given"
        )
    if isinstance(reach, NotVaried):
        raise CannotVary(reach.because)
    return reach


def _places(assumption: Assumption, reach: Played) -> tuple[Steps, ...]:
    """Returns the places that move."""
    try:
        return tuple(steps_of(place) for place in reach.places or assumption.places)
    except ValueError as error:
        raise CannotVary("a place of it is no JSON pointer") from error


def _moves(
    scenario: Scenario, place: Steps, reach: Played, central: float, value: float
) -> Iterator[tuple[Steps, object]]:
    """Yields what stands where once a place has moved."""
    old = _at(scenario, place)
    if old is _NOTHING or old is None:
        raise CannotVary(f'there is nothing at "/{"/".join(place)}"')
    match reach:
        case Replaces():
            if not _is_number(old):
                raise CannotVary(f'there is no single figure at "/{"/".join(place)}"')
            if old != central:
                raise CannotVary(f"a figure that it replaces is {old:g}, and its central value {central:g}")
            yield place, _as_written(old, value)
        case Multiplies():
            yield place, _scaled(old, central, value)
        case MovesTime():
            for figure in reach.figures:
                part = _child(old, figure)
                if not _is_number(part):
                    raise CannotVary(f'there is no time with the figure "{figure}" at "/{"/".join(place)}"')
                yield (*place, figure), _figure(part, central, value)
        case MovesShare():
            new = _scaled(old, central, value)
            yield place, new
            yield from _taken_up(scenario, place, old, new)
        case _:
            assert_never(reach)


def _taken_up(scenario: Scenario, place: Steps, old: Any, new: Any) -> Iterator[tuple[Steps, object]]:
    """Yields the shares beside one that has moved, so that their sum stays."""
    beside = dict(_beside(scenario, place))
    if not beside:
        raise CannotVary(f'no shares stand beside "/{"/".join(place)}" that would take up the rest')
    groups = {_groups(each) for each in (old, *beside.values())}
    if len(groups) > 1:
        raise CannotVary("the shares beside it differ by other groups")
    for steps, share in beside.items():
        yield steps, _together([share, old, new, *beside.values()], _with_rest)


def _with_rest(figures: Sequence[float]) -> float:
    """Returns a share with its part of what another has lost.

    Args:
        figures: the share, what the other was and is, and all the shares that take part.
    """
    share, old, new, *every = figures
    whole = sum(every)
    rest = share + (share / whole if whole else 1 / len(every)) * (old - new)
    if rest < -1e-12:
        raise CannotVary("the shares beside it would fall below 0")
    return _as_written(share, max(rest, 0.0))


def _groups(share: Any) -> tuple[str, ...]:
    """Returns what a share differs by, to tell whether others differ by the same; empty for a number."""
    if _is_number(share):
        return ()
    values = _child(share, "values")
    return (str(_child(share, "by")), *sorted(values)) if isinstance(values, Mapping) else ("?",)


def _beside(scenario: Scenario, place: Steps) -> Iterator[tuple[Steps, Any]]:
    """Yields the shares that make up a whole with one: of arrows out of one element, or of one map."""
    before, rest = (place[:1], place[1:]) if place[:1] == (BASELINE,) else (place[:3], place[3:])
    if len(rest) == 3 and rest[0] == "transitions" and rest[2] == "share":
        before, key = (*before, "transitions"), rest[1]
        pathway = scenario.baseline if place[0] == BASELINE else apply_option(scenario, place[1])
        arrow = pathway.transitions[key]
        for other, each in pathway.transitions.items():
            if other != key and each.origin == arrow.origin and each.when is None:
                found = _at(scenario, (*before, other, "share"))
                yield (*before, other, "share"), each.share if found is _NOTHING else found
        return
    if len(place) > 4 and place[0] == "options" and place[2] == "displacements":
        every = dict(_of_displacement(scenario, place[:4]))
        if every.pop(place, None) is not None:
            yield from every.items()
        return
    parent = _at(scenario, place[:-1])
    if isinstance(parent, Mapping) and all(_is_number(each) for each in parent.values()):
        for other, share in parent.items():
            if other != place[-1]:
                yield (*place[:-1], other), share


def _of_displacement(scenario: Scenario, place: Steps) -> Iterator[tuple[Steps, float]]:
    """Yields the shares of a displacement, which sum to 1: what is found elsewhere, avoided and unmet."""
    found: Displacement = _at(scenario, place)
    yield (*place, "avoided"), found.avoided
    yield (*place, "unmet"), found.unmet
    yield from (((*place, "to", key, "share"), each.share) for key, each in found.to.items())


def _scaled(value: Any, central: float, wanted: float) -> Any:
    """Returns a value with every figure in it in proportion."""
    return _together([value], lambda figures: _figure(figures[0], central, wanted))


def _figure(figure: float, central: float, wanted: float) -> float:
    """Returns one figure in proportion to what its range says."""
    if figure == central:
        return _as_written(figure, wanted)
    if not central:
        raise CannotVary("a figure cannot be in proportion to a central value of 0")
    return _as_written(figure, figure * (wanted / central))


def _together(values: Sequence[Any], work_out: Callable[[Sequence[float]], float]) -> Any:
    """Returns the first of some values of one shape with each of its measured figures worked out from all."""
    first = values[0]
    if _is_number(first):
        return work_out(values)
    if isinstance(first, list | tuple):
        rows = zip(*values, strict=True)
        return type(first)(_together(row, work_out) for row in rows)
    keys = _names(type(first)) if isinstance(first, Record) else first if isinstance(first, Mapping) else ()
    update = {
        key: _member(key, [_child(each, key) for each in values], work_out)
        for key in keys
        if key not in _KEPT
    }
    return _with_children(first, update) if update else first


def _member(key: str, values: Sequence[Any], work_out: Callable[[Sequence[float]], float]) -> Any:
    """Returns a member worked out from all; of a logarithm, it is what it is the logarithm of that moves."""
    if key != _LOGARITHM or not _is_number(values[0]):
        return _together(values, work_out)
    times = [math.exp(each) for each in values]
    moved = work_out(times)
    if moved <= 0:
        raise CannotVary("a time of which mu and sigma are given cannot be 0")
    return values[0] if moved == times[0] else math.log(moved)


def _as_written(old: float, new: float) -> float:
    """Returns a figure as a file holds it: a whole one stays whole."""
    return int(new) if isinstance(old, int) and float(new).is_integer() else new


def _is_number(value: object) -> bool:
    """Tells whether a value is a single figure."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _at(scenario: object, steps: Sequence[str]) -> Any:
    """Returns what stands at a place, or a mark for nothing."""
    value: object = scenario
    for step in steps:
        value = _child(value, step)
    return value


def _names(record: type[Record]) -> dict[str, str]:
    """Returns the attributes of a record by their keys in the file."""
    return {info.alias or name: name for name, info in record.model_fields.items()}


def _child(value: object, step: str) -> Any:
    """Returns what stands under a key or position, or a mark for nothing."""
    if isinstance(value, Record):
        name = _names(type(value)).get(step)
        return _NOTHING if name is None else getattr(value, name)
    if isinstance(value, Mapping):
        return value.get(step, _NOTHING)
    if isinstance(value, list | tuple) and step.isdigit() and int(step) < len(value):
        return value[int(step)]
    return _NOTHING


def _with_children(value: Any, update: Mapping[str, object]) -> Any:
    """Returns a record or a map with other members; a record is validated, its members as they are.

    Raises:
        CannotVary: it cannot be so.
    """
    if not isinstance(value, Record):
        return {**value, **update}
    names = _names(type(value))
    given = {name: getattr(value, name) for name in value.model_fields_set}
    given |= {names[key]: each for key, each in update.items() if each is not None}
    try:
        return type(value).model_validate(given)
    except ValidationError as error:
        raise CannotVary(_fault(error)) from error


def _written(value: Any, changes: Mapping[Steps, object]) -> Any:
    """Returns a value with something else at some places; all that does not lead there is the very same."""
    if () in changes:
        return changes[()]
    under: dict[str, dict[Steps, object]] = {}
    for steps, new in changes.items():
        under.setdefault(steps[0], {})[steps[1:]] = new
    inner = {}
    for step, rest in under.items():
        child = _child(value, step)
        inner[step] = _written({} if child is _NOTHING else child, rest)
    if isinstance(value, list | tuple):
        return type(value)(inner.get(str(position), each) for position, each in enumerate(value))
    return _with_children(value, inner)


def _fault(error: ValidationError) -> str:
    """Returns what is wrong with a figure, as a clause."""
    first = error.errors(include_url=False)[0]
    if first["type"] in ("int_from_float", "int_type"):
        words = [each.replace("_", " ") for each in first["loc"] if isinstance(each, str)]
        return f"{first['input']:g} is no whole number of {words[-1] if words else 'units'}"
    limits = {"greater_than_equal": "below", "less_than_equal": "above", "greater_than": "not above"}
    if first["type"] in limits:
        limit = next(iter(first["ctx"].values()))
        return f"a figure would be {first['input']:g}, {limits[first['type']]} {limit:g}"
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    return "the figures would not fit what they are figures of"
