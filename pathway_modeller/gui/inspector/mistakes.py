"""What is wrong with a value that was typed, in sentences for the person who typed it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from pathway_modeller.gui.inspector.editors.words import choice_words
from pathway_modeller.gui.inspector.kinds import (
    Amount,
    Dated,
    FieldSpec,
    Grouped,
    Json,
    Kind,
    Maybe,
    Nested,
    OneOf,
    Series,
    Shape,
    Table,
    fields_of,
)
from pathway_modeller.gui.inspector.notations import notation_of
from pathway_modeller.scenario.distribution import WAYS, Distribution
from pathway_modeller.scenario.typed.notation import quoted
from pathway_modeller.scenario.typed.numbers import number_words
from pathway_modeller.scenario.values import Record


class Mistaken(ValueError):  # noqa: N818 - it is the person who is mistaken, and is told so in sentences
    """A value does not fit; the message is one or more sentences.

    Attributes:
        unfinished: whether nothing is wrong but that more has to be typed.
        at: the keys and positions that lead from the record to the first fault.
    """

    def __init__(self, sentence: str, *, unfinished: bool = False, at: tuple[int | str, ...] = ()) -> None:
        super().__init__(sentence)
        self.unfinished = unfinished
        self.at = at


@dataclass(frozen=True)
class _Divided(Kind):
    """A value that differs by group, seen from inside."""

    inner: Kind


_NEEDED = " is needed."


def with_field(record: Record, spec: FieldSpec, value: Json) -> Record:
    """Returns a record with another value in one field; the record is checked as a whole.

    Raises:
        Mistaken: the value does not fit.
    """
    document = _given(record)
    document[spec.key] = value
    if value is None:
        del document[spec.key]
    return built(type(record), document)


def refuse_misfit(record: Record) -> None:
    """Checks a record that was copied with other values, which Pydantic does not look at.

    Raises:
        Mistaken: they do not fit.
    """
    built(type(record), _given(record))


def _given(record: Record) -> dict[str, Json]:
    """Returns a record as the file holds it, without what is at its default."""
    document: dict[str, Json] = json.loads(record.model_dump_json(by_alias=True, exclude_defaults=True))
    return document


def built(record_type: type[Record], document: Mapping[str, Json]) -> Record:
    """Returns the record that plain values describe.

    Raises:
        Mistaken: they do not fit.
    """
    try:
        return record_type.model_validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        found = sentences(error, record_type)
        unfinished = all(each.endswith(_NEEDED) or each.startswith("Give the ") for each in found)
        at = error.errors(include_url=False)[0]["loc"]
        raise Mistaken(" ".join(found), unfinished=unfinished, at=at) from None


def sentences(error: ValidationError, record_type: type[Record]) -> list[str]:
    """Returns one sentence for each thing that is wrong."""
    found = []
    for fault in error.errors(include_url=False):
        words, kind = _path(Nested(record_type), fault["loc"])
        where = " › ".join(words) or "This"
        given = fault.get("input")
        unread = _unread(kind, given)
        found.append(
            f"{where}: {unread}."
            if unread
            else _sentence(where, fault["type"], given, fault.get("ctx", {}), fault["msg"])
        )
    return list(dict.fromkeys(found))


def _unread(kind: Kind, given: object) -> str:
    """Returns why a text that should be a figure, a day or the like cannot be read; nothing otherwise."""
    notation = notation_of(kind)
    return notation.mistake(given) if isinstance(given, str) and notation is not None else ""


def _path(kind: Kind, steps: Sequence[int | str]) -> tuple[list[str], Kind]:
    """Returns the titles on the way to a fault, innermost last, at most two of them, and what lies there."""
    words: list[str] = []
    for step in steps:
        if isinstance(kind, Maybe):
            kind = kind.inner
        word, kind = _step(kind, step)
        if word:
            words.append(word)
    # The number of a quantity goes by the name of the quantity.
    return (words[-1:] if isinstance(kind, Amount) and steps[-1] == "value" else words[-2:]), kind


def _step(kind: Kind, step: int | str) -> tuple[str, Kind]:
    """Returns the word for one step of a fault's place, and the kind that it leads to."""
    match kind:
        case Nested(record=record):
            spec = next((spec for spec in fields_of(record) if spec.key == step), None)
            return (spec.title, spec.kind) if spec is not None else (str(step), kind)
        case Shape():
            return _step(Nested(Distribution), step)
        case OneOf(records=records):
            arm = dict(records).get(str(step))
            return "", Nested(arm) if arm is not None else kind
        case Dated(record=record) if step == "at a date":
            return "", Nested(record)
        case Dated(inner=inner):
            return _step(inner, step)
        case Grouped(inner=inner):
            return "", _Divided(inner) if step == "by group" else inner
        case _Divided(inner=inner):
            arms = {"values": ("", Table(Kind(), inner)), "otherwise": ("All others", inner)}
            return arms.get(str(step), ("Differs by", Kind()))
        case Table(value=inner):
            return choice_words(str(step)), inner
        case Series(item=inner):
            return (f"row {step + 1}" if isinstance(step, int) else str(step)), inner
        case Amount() if step == "value":
            return "", kind
        case Amount(record=record):
            return _step(Nested(record), step)
    return "", kind


def _sentence(where: str, fault: str, given: Any, limits: Mapping[str, Any], message: str) -> str:
    """Returns the sentence for one fault."""
    if fault == "missing" or given is None:
        return f"{where}{_NEEDED}"
    if fault == "int_type" and isinstance(given, float):
        fault = "int_from_float"
    if fault in _TEXTS:
        return _TEXTS[fault].format(where=where, given=given)
    if fault in _LIMITS:
        limit = next(iter(limits.values()))
        if limit in (0, 1) and isinstance(given, int | float) and fault == "less_than_equal":
            return f"{where} cannot be {number_words(given, share=True)}%; give 0 to 100%."
        if limit == -1 and isinstance(given, int | float):
            return f"{where} cannot be {number_words(given, share=True)}%; give more than -100%."
        return f"{where} must be {_LIMITS[fault]} {number_words(limit)}, not {number_words(given)}."
    if fault == "string_pattern_mismatch":
        return f"{where} cannot be {quoted(str(given))}; type it in the form shown."
    if fault == "value_error":
        return _distribution_sentence(given) or _capital(str(limits.get("error", message))) + "."
    return f"{where}: {message.removeprefix('Input ')}."


_TEXTS: Mapping[str, str] = {
    "int_from_float": "{where} cannot be {given}; type a whole number.",
    "string_too_short": "{where} cannot be empty; type what people call it.",
    "too_short": "{where} needs at least one entry.",
    "literal_error": "{where} cannot be “{given}”; choose one from the list.",
}

_LIMITS: Mapping[str, str] = {
    "greater_than_equal": "at least",
    "greater_than": "more than",
    "less_than_equal": "at most",
    "less_than": "less than",
}


def _distribution_sentence(given: Any) -> str:
    """Says which figure a half-filled distribution still needs; nothing if it is not that."""
    if not isinstance(given, dict) or given.get("kind") not in WAYS:
        return ""
    specs = {spec.key: spec for spec in fields_of(Distribution)}
    figures = {key for key in given if key not in {"kind", "unit"}}
    ways = [way for way in WAYS[given["kind"]] if figures <= set(way)]
    if not ways or figures == set(ways[0]):
        return ""
    missing = [specs[figure].title.lower() for figure in ways[0] if figure not in figures]
    return f"Give the {' and the '.join(missing)}{' too' if figures else ''}."


def _capital(text: str) -> str:
    """Returns a text with a capital, without its full stop."""
    return text[:1].upper() + text[1:].rstrip(".")
