"""Setting any one field, for forms and tables: the record is checked again as a whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.edits.lanes import moved_to
from pathway_modeller.scenario.elements import Element
from pathway_modeller.scenario.problems import steps_of
from pathway_modeller.scenario.values import Record, make_readable

Path = str | Sequence[str]
"""Where a value is in a pathway: a JSON pointer ("/activities/clinic/needs/nurse"), or its steps."""


def _steps(path: Path) -> tuple[str, ...]:
    """Returns the steps of a place in a pathway."""
    return steps_of(path) if isinstance(path, str) else tuple(path)


def get_value(pathway: Pathway, path: Path) -> Any:
    """Returns what is at a place: a record, a plain value, or None where nothing is given.

    Raises:
        KeyError: the map or its member does not exist.
    """
    value: Any = pathway
    for step in _steps(path):
        if isinstance(value, Record):
            value = getattr(value, _field_name(type(value), step))
        elif isinstance(value, tuple):
            value = value[int(step)] if int(step) < len(value) else None
        elif value is None:
            return None
        elif value is getattr(pathway, _steps(path)[0]):
            value = value[step]
        else:
            value = value.get(step)
    return value


def set_value(pathway: Pathway, path: Path, value: Any) -> Pathway:
    """Sets one value, and checks the record it belongs to as a whole.

    An element whose setting changes moves to the same place in the other lane.

    Args:
        pathway: the pathway to edit.
        path: at least the map, the member's id and a field; steps into fields that are not given yet
            make them.
        value: a plain JSON value, a record, or a container of records; None takes the value away, so that
            its default holds.

    Returns:
        The pathway; the same object if nothing differs.

    Raises:
        KeyError: the map or its member does not exist.
        ValueError: the value does not fit; the message is a sentence for the user.
    """
    kind, member_id, *inner = _steps(path)
    members = getattr(pathway, _field_name(Pathway, kind))
    record: Record = members[member_id]
    document = json.loads(record.model_dump_json(by_alias=True, exclude_defaults=True))
    _put(document, [_alias(inner[0], type(record)), *inner[1:]], _plain(value))
    changed = validated(type(record), document)
    if changed == record:
        return pathway
    if isinstance(record, Element) and isinstance(changed, Element) and inner == ["setting"]:
        place = moved_to(changed.position, record.setting, changed.setting)
        changed = changed if place == changed.position else changed.model_copy(update={"position": place})
    return pathway.model_copy(update={kind: {**members, member_id: changed}})


def validated(record_type: type[Record], document: dict[str, Any]) -> Record:
    """Returns the record that a JSON document describes.

    Raises:
        ValueError: it does not fit; the message is a sentence for the user.
    """
    try:
        return record_type.model_validate_json(json.dumps(make_readable(document)))
    except ValidationError as error:
        raise ValueError(sentence_of(error, record_type)) from None


def sentence_of(error: ValidationError, record_type: type[Record]) -> str:
    """Says in words what Pydantic found wrong, each field by its title."""
    found: list[str] = []
    for fault in error.errors(include_url=False, include_input=False):
        where = _titles(fault["loc"], record_type)
        text = fault["msg"].removeprefix("Value error, ").removeprefix("Input ")
        sentence = f"{where}: {text}" if where else text[:1].upper() + text[1:]
        found.append(sentence.rstrip(".") + ".")
    return " ".join(dict.fromkeys(found))


def _titles(place: Sequence[str | int], record_type: type[Record]) -> str:
    """Returns the place of a fault as people read it: the titles of the fields that lead there."""
    words: list[str] = []
    for step in place:
        if step in {"plain", "by group", "random", "booked"}:
            continue
        words.append(_title(str(step), record_type) if not words else str(step).replace("_", " "))
    return " › ".join(words)


def _title(step: str, record_type: type[Record]) -> str:
    """Returns the title of a field, or the step as it is."""
    info = record_type.model_fields.get(step)
    return info.title if info is not None and info.title else step.replace("_", " ")


def _put(document: Any, steps: list[str], value: Any) -> None:
    """Sets, replaces or takes away a value inside a JSON document, making objects on the way."""
    step, *rest = steps
    key: Any = int(step) if isinstance(document, list) else step
    if not rest:
        _put_last(document, key, value)
        return
    if isinstance(document, dict) and not isinstance(document.get(key), dict | list):
        if value is None:
            return
        document[key] = {}
    _put(document[key], rest, value)


def _put_last(document: Any, key: Any, value: Any) -> None:
    """Sets or takes away one member of a JSON object or array; the place after the last appends."""
    if isinstance(document, list):
        document[key : key + 1] = [] if value is None else [value]
    elif value is None:
        document.pop(key, None)
    else:
        document[key] = value


def _plain(value: Any) -> Any:
    """Returns a value as plain JSON data."""
    if isinstance(value, Record):
        return json.loads(value.model_dump_json(by_alias=True, exclude_defaults=True))
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _field_name(record_type: type[Record], step: str) -> str:
    """Returns the name of a field given by name or alias.

    Raises:
        KeyError: the record has no such field.
    """
    for name, info in record_type.model_fields.items():
        if step in {name, info.alias}:
            return name
    raise KeyError(step)


def _alias(step: str, record_type: type[Record]) -> str:
    """Returns the key under which the file holds a field."""
    name = _field_name(record_type, step)
    return record_type.model_fields[name].alias or name
