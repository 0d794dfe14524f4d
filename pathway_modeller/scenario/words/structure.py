"""Walking the scenario file by its description: from places to fields, and from places to plain words.

A place is a sequence of keys and positions from the root of the file. Everything here follows the annotations
of the records, so that a new field is found and named without being listed again.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pydantic.fields import FieldInfo

from pathway_modeller.scenario.dated import AtDate, dated_tag
from pathway_modeller.scenario.document import DRAWN, Option, Pathway, Scenario
from pathway_modeller.scenario.values import ByGroup, Record
from pathway_modeller.scenario.words.sentences import MAP_WORDS, lower_first, quoted

Step = str | int
Placed = tuple[tuple[Step, ...], Record]
"""A record with its place."""
Annotation = Any
"""A type annotation as Python and Pydantic hold it; there is no narrower type for that."""

_LOOKED_UP = ("pools", "need_tiers", "footprints", "attributes", "activities", "moves")
_PATCHED = 3
"""How many steps lead to an option's changes: options, its id, patch."""


def bare(annotation: Annotation) -> Annotation:
    """Returns an annotation without its metadata and without ``None``."""
    while True:
        origin: Any = typing.get_origin(annotation)
        if origin is typing.Annotated:
            annotation = typing.get_args(annotation)[0]
        elif origin in (typing.Union, types.UnionType):
            members = [each for each in typing.get_args(annotation) if each is not type(None)]
            if len(members) > 1:
                return annotation
            annotation = members[0]
        else:
            return annotation


def branches(annotation: Annotation) -> dict[str, Annotation]:
    """Returns the members of a union by the tag under which Pydantic reports them; else nothing."""
    annotation = bare(annotation)
    origin: Any = typing.get_origin(annotation)
    if origin not in (typing.Union, types.UnionType):
        return {}
    members = [bare(each) for each in typing.get_args(annotation) if each is not type(None)]
    if any(_is_record(each, ByGroup | AtDate) for each in members):
        return {_tag(each): each for each in members}
    return {typing.get_args(each.model_fields["kind"].annotation)[0]: each for each in members}


def _tag(annotation: Annotation) -> str:
    """Returns the tag of a member of a union of a value with what differs by group or changes at a date."""
    if _is_record(annotation, AtDate):
        return "at a date"
    return "by group" if _is_record(annotation, ByGroup) else "plain"


def chosen(annotation: Annotation, value: object) -> Annotation:
    """Returns the member of a union that a value in the file belongs to, or None if it belongs to none."""
    members = branches(annotation)
    if not members:
        return bare(annotation)
    if "plain" in members:
        if "at a date" in members and dated_tag(value) == "at a date":
            return members["at a date"]
        return members[
            "by group" if "by group" in members and isinstance(value, dict) and "by" in value else "plain"
        ]
    kind = value.get("kind") if isinstance(value, dict) else None
    return members.get(kind) if isinstance(kind, str) else None


def file_fields(record: type[Record]) -> dict[str, FieldInfo]:
    """Returns the fields of a record by their keys in the file."""
    return {field.alias or name: field for name, field in record.model_fields.items()}


def child(annotation: Annotation, key: Step) -> tuple[Annotation, FieldInfo | None]:
    """Returns the annotation reached by a key, and the field if the key is one; (None, None) if unknown."""
    annotation = bare(annotation)
    if _is_record(annotation, Record):
        field = file_fields(annotation).get(str(key))
        return (field.annotation, field) if field is not None else (None, None)
    arguments = typing.get_args(annotation)
    if len(arguments) == 2 and isinstance(key, str):
        return arguments[1], None
    if arguments and isinstance(key, int):
        return arguments[0], None
    return None, None


def true_steps(root: Annotation, location: Sequence[Step]) -> tuple[Step, ...]:
    """Returns the keys that a Pydantic error location stands for, without the tags of unions."""
    steps: list[Step] = []
    current: Annotation = root
    rest = list(location)
    while rest:
        members = branches(current) if current is not None else {}
        if members and rest[0] in members:
            current = members[str(rest.pop(0))]
            continue
        key = rest.pop(0)
        if key == "[key]" and not rest:
            break
        steps.append(key)
        current = child(current, key)[0] if current is not None else None
    return tuple(steps)


def follow(
    document: object, steps: Sequence[Step]
) -> Iterator[tuple[Step, object, Annotation, FieldInfo | None]]:
    """Yields, for each step of a place, the key, the container, its type, and the field if it is one."""
    annotation: Annotation = Scenario
    value: object = document
    for index, key in enumerate(steps):
        if index == _PATCHED and _is_patched(steps):
            annotation, value = Pathway, patched_view(document, str(steps[1]))
        here = chosen(annotation, value) if annotation is not None else None
        annotation, field = child(here, key) if here is not None else (None, None)
        yield key, value, here, field
        value = member(value, key)


def _is_patched(steps: Sequence[Step]) -> bool:
    """Tells whether a place lies in the changes that an option makes to the pathway."""
    return tuple(steps[:1]) == ("options",) and tuple(steps[2:_PATCHED]) == ("patch",)


def patched_view(document: object, option: str) -> object:
    """Returns the baseline of a document with an option's changes laid over it."""
    baseline = member(document, "baseline")
    patch = member(member(member(document, "options"), option), "patch")
    if not isinstance(baseline, dict):
        return patch
    return _merged(baseline, patch) if isinstance(patch, dict) else baseline


def _merged(target: object, patch: object) -> object:
    """Returns a document with a merge patch (RFC 7396) applied, without touching either.

    Unlike the library's function it shares what is not patched, which makes it cheap enough to name places.
    """
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = _merged(merged.get(key), value)
    return merged


def member(value: object, key: Step) -> object:
    """Returns what a key or position holds, or None."""
    if isinstance(value, dict):
        return value.get(str(key))
    if isinstance(value, list | tuple) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    return None


def in_words(document: object, steps: Sequence[Step]) -> str:
    """Returns a place in plain words: ``Option "Fewer visits" › Activity "Clinic" › service time``."""
    labels: list[str] = []
    pathway = member(document, "baseline")
    if steps[:1] == ("options",) and len(steps) > _PATCHED:
        pathway = patched_view(document, str(steps[1]))
    for index, (key, value, here, field) in enumerate(follow(document, steps)):
        label = _label(index, steps, key, value, here, field, pathway)
        if label:
            labels.append(label)
    text = " › ".join(labels)
    return text[:1].upper() + text[1:] if text else "The file"


def _label(
    index: int,
    steps: Sequence[Step],
    key: Step,
    value: object,
    here: Annotation,
    field: FieldInfo | None,
    pathway: object,
) -> str:
    """Returns the words for one step of a place; empty if it needs none."""
    if isinstance(key, int):
        return f"number {key + 1}"
    above = steps[index - 1] if index else ""
    if _is_named_member(index, steps):
        return named(str(above), key, member(value, key), pathway)
    if field is None:
        own = member(member(value, key), "name")
        return quoted(own) if isinstance(own, str) and own else _looked_up(key, pathway)
    silent = key == "baseline" or (key == "patch" and index == _PATCHED - 1)
    last = index == len(steps) - 1
    if silent or (_is_map_of_named(here, key) and isinstance(member(value, key), dict) and not last):
        return ""
    return lower_first(field.title or key)


def _is_named_member(index: int, steps: Sequence[Step]) -> bool:
    """Tells whether a step is the id of an element, pool, option, investment shift or assumption."""
    depth = 2 if steps[0] == "baseline" else 1
    if steps[0] == "options" and index >= _PATCHED:
        depth = _PATCHED + 1 if _is_patched(steps) else _PATCHED
    return index == depth and str(steps[index - 1]) in MAP_WORDS


def _is_map_of_named(here: Annotation, key: str) -> bool:
    """Tells whether a field is a map whose members are named for themselves."""
    return here in (Pathway, Scenario, Option) and key in MAP_WORDS


def named(map_name: str, identifier: str, value: object, pathway: object) -> str:
    """Returns the words for a member of a map: ``Activity "Clinic"``, ``Arrow "Clinic" → "Home"``."""
    kind = MAP_WORDS[map_name]
    if map_name == "transitions" and isinstance(value, dict) and value.get("from") and value.get("to"):
        origin, target = (_drawn_name(value.get(end), pathway) for end in ("from", "to"))
        return f"{kind} {quoted(origin)} → {quoted(target)}"
    if map_name == "today":
        return f"{kind} at {quoted(_drawn_name(identifier, pathway))}"
    name = member(value, "name")
    return f"{kind} {quoted(name if isinstance(name, str) and name else identifier)}"


def _drawn_name(identifier: object, pathway: object) -> str:
    """Returns the name of a drawn element of a pathway document, or its id."""
    for map_name in DRAWN:
        name = member(member(member(pathway, map_name), str(identifier)), "name")
        if isinstance(name, str) and name:
            return name
    return str(identifier)


def _looked_up(key: str, pathway: object) -> str:
    """Returns the name of the pool, tier, footprint and so on with this id, or the id, in quotes."""
    for map_name in _LOOKED_UP:
        name = member(member(member(pathway, map_name), key), "name")
        if isinstance(name, str) and name:
            return quoted(name)
    return quoted(key)


def element_of(steps: Sequence[Step]) -> str | None:
    """Returns the id of the drawn element, arrow or pool in which a place lies, or None."""
    inner = steps[1:] if steps[:1] == ("baseline",) else steps[_PATCHED:] if _is_patched(steps) else ()
    drawn = (*DRAWN, "transitions", "pools", "today")
    return str(inner[1]) if len(inner) > 1 and inner[0] in drawn else None


def _is_record(annotation: Annotation, base: type[Record] | types.UnionType) -> bool:
    """Tells whether an annotation is a record class derived from another."""
    return isinstance(annotation, type) and issubclass(annotation, base)


def every_record(value: object, steps: tuple[Step, ...] = ()) -> Iterator[Placed]:
    """Yields every record within a value, itself included, with the place of each."""
    if isinstance(value, Record):
        yield steps, value
        for key, name in _attributes(type(value)):
            each = getattr(value, name)
            if each.__class__ not in _LEAVES:
                yield from every_record(each, (*steps, key))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if each.__class__ not in _LEAVES:
                yield from every_record(each, (*steps, str(key)))
    elif isinstance(value, tuple):
        for position, each in enumerate(value):
            if each.__class__ not in _LEAVES:
                yield from every_record(each, (*steps, position))


_LEAVES = frozenset({str, int, float, bool, dt.date, type(None)})
"""Kinds of values that hold no record; most values are one of them."""


@lru_cache(maxsize=256)
def _attributes(record: type[Record]) -> tuple[tuple[str, str], ...]:
    """Returns (key in the file, attribute name) of each field of a record."""
    return tuple((field.alias or name, name) for name, field in record.model_fields.items())
