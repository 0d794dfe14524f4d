"""From what Pydantic finds wrong with a document to problems in plain words, with true places.

Each type of error has its sentence in ``_SENTENCES``; nothing of Pydantic's own wording reaches a person.
"""

from __future__ import annotations

import difflib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from pathway_modeller.scenario.distribution import KIND_WORDS, WAYS, Distribution, Kind
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.file.reading import MOST_NAMED
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.problems import Problem, pointer
from pathway_modeller.scenario.typed.notation import Unreadable
from pathway_modeller.scenario.typed.numbers import number_words, read_number
from pathway_modeller.scenario.values import ByGroup, Record
from pathway_modeller.scenario.words.sentences import MAP_WORDS, listed, lower_first, number
from pathway_modeller.scenario.words.structure import (
    Annotation,
    Step,
    bare,
    element_of,
    file_fields,
    follow,
    in_words,
    member,
    patched_view,
    true_steps,
)

_LONGEST_SHOWN = 40
_VERY_MANY = 10 * MOST_NAMED

_ID_MEND = "Use small letters, digits, - and _ only, beginning with a letter or digit, at most 64 characters"

_PATTERNS: Mapping[str, tuple[str, str]] = {
    r"^\d{4}/\d{2}$": ("a financial year", "Write it as 2024/25"),
    r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$": ("a clock time", "Write it as 09:30, from 00:00 to 24:00"),
}


_ONE_GROUP = (
    "a value can differ by one attribute of patients only, and more are given",
    'Name one, such as "need_tier"; for two at once, declare a patient attribute with a value for each pair',
)
_NOT_BY_GROUP = ("it cannot differ by group of patients", "Give one value for all patients")

_OTHER_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("min", "minimum", "lower", "lowest", "shortest", "from", "a"), "low"),
    **dict.fromkeys(("max", "maximum", "upper", "highest", "longest", "to", "b"), "high"),
    **dict.fromkeys(("mode", "most_likely", "peak", "c", "typical"), "likely"),
    **dict.fromkeys(("average", "avg", "expected", "m"), "mean"),
    **dict.fromkeys(("std", "stdev", "stddev", "std_dev", "standard_deviation", "spread"), "sd"),
    **dict.fromkeys(("k", "stages", "phases"), "shape"),
    **dict.fromkeys(("data", "times", "observations", "samples", "recorded"), "values"),
    **dict.fromkeys(("counts", "frequencies", "frequency", "probabilities"), "weights"),
    **dict.fromkeys(("time", "constant", "always", "fixed"), "value"),
    **dict.fromkeys(("p50", "middle"), "median"),
}
"""What figures of times are called elsewhere."""

_OTHER_KINDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("gaussian", "norm"), ("", 'Use "normal", which is cut at 0, with mean and sd')),
    "poisson": (
        ", since it counts events and is no length of time",
        'Use "exponential" for the time from one to the next',
    ),
    **dict.fromkeys(("constant", "deterministic", "point", "const"), ("", 'Use "fixed"')),
    **dict.fromkeys(("beta", "pert"), ("", 'Use "beta_pert", with low, likely and high')),
    **dict.fromkeys(("data", "histogram", "observed", "recorded"), ("", 'Use "empirical", with its values')),
    "negexp": ("", 'Use "exponential"'),
}
"""Kinds of distributions that people know and that are none here: why, if there is a reason, and what is."""


@dataclass(frozen=True)
class Fault:
    """One error at one place, ready to be put into words.

    Attributes:
        kind: Pydantic's type of the error.
        steps: the place in the file.
        value: what stands there; None if nothing does.
        context: Pydantic's further particulars.
        here: the type of the object or list in which it lies, if it is known.
        is_key: whether the key, not the value, is wrong.
        within: that object or list.
        grouped: whether it lies within a value that differs by group.
    """

    kind: str
    steps: tuple[Step, ...]
    value: object
    context: Mapping[str, Any]
    here: Annotation
    is_key: bool = False
    within: object = None
    grouped: bool = False

    @property
    def key(self) -> str:
        """The last key of the place."""
        return str(self.steps[-1]) if self.steps else ""


Sentence = Callable[[Fault], tuple[str, str]]


def field_problems(document: dict[str, Any]) -> tuple[Problem, ...]:
    """Returns what is wrong with the fields of a document, options included; empty if it is a scenario."""
    baseline: dict[tuple[tuple[Step, ...], str], Problem] = {}
    for fault in _faults(Scenario, document, (), document):
        baseline[fault.steps, fault.kind] = _problem(document, fault, BASELINE)
    found = list(baseline.values())
    options = document.get("options")
    standing = {(steps[1:], kind) for steps, kind in baseline if steps[:1] == ("baseline",)}
    for option in options if isinstance(options, dict) else ():
        if len(found) >= MOST_NAMED:
            break
        if isinstance(member(member(options, option), "patch"), dict):
            found.extend(_option_problems(document, option, standing))
    if len(found) >= MOST_NAMED:
        found.append(more_problems(len(found)))
    return tuple(found)


def more_problems(named: int) -> Problem:
    """Returns what is said where not all problems are named."""
    what = f"it has more problems than the {named} that are named"
    return Problem("error", "", "The file", what, "Mend these, and open it again")


def _option_problems(
    document: dict[str, Any], option: str, standing: set[tuple[tuple[Step, ...], str]]
) -> Iterator[Problem]:
    """Yields what is wrong with an option's changes, and does not stand in the baseline already."""
    place = ("options", option, "patch")
    merged = patched_view(document, option)
    patch = member(member(document["options"], option), "patch")
    named: set[tuple[Step, ...]] = set()
    for fault in _faults(Pathway, merged, place, document):
        inner = fault.steps[len(place) :]
        if (inner, fault.kind) in standing and not _touches(patch, inner):
            continue
        lost = _lost(document, inner) if fault.kind == "missing" else ()
        if lost and lost not in named:
            named.add(lost)
            yield _misfit(document, option, lost)
        elif not lost:
            yield _problem(document, fault, option)


def _touches(patch: object, inner: tuple[Step, ...]) -> bool:
    """Tells whether an option's changes give something at a place."""
    for key in inner:
        patch = member(patch, key)
    return patch is not None


def _lost(document: dict[str, Any], inner: tuple[Step, ...]) -> tuple[Step, ...]:
    """Returns the place of an element that an option changes but the baseline no longer has, or ()."""
    element = inner[:2]
    if len(inner) == 3 and member(member(document.get("baseline"), inner[0]), inner[1]) is None:
        return element
    return ()


def _misfit(document: dict[str, Any], option: str, element: tuple[Step, ...]) -> Problem:
    """Returns the problem of a change to something that the baseline does not have."""
    steps = ("options", option, "patch", *element)
    kind = lower_first(MAP_WORDS.get(str(element[0]), "element"))
    return Problem(
        "error",
        pointer(*steps),
        in_words(document, steps),
        f'it changes the {kind} "{element[1]}", which the baseline does not have, or adds it incompletely',
        "Take this change out of the option, or give every field that it needs",
        element_of(steps),
        option,
    )


def _faults(
    root: type[Record], content: object, before: tuple[Step, ...], document: object
) -> Iterator[Fault]:
    """Yields the errors of a document, or of an option's pathway, with their places from the file's root."""
    error = _error_of(root, content)
    if error is not None and error.error_count() > _VERY_MANY:
        # Hundreds of thousands of errors take hundreds of megabytes, and nobody reads as many.
        error = _error_of(root, _beginning(content)) or error
    if error is not None:
        every = error.errors(include_url=False, include_input=False)[:MOST_NAMED]
        faults = [_fault(root, details, before, document) for details in every]
        not_by_group = {
            each.steps[:-1] for each in faults if each.kind == "extra_forbidden" and each.key == "by"
        }
        yield from (each for each in faults if each.key == "by" or each.steps[:-1] not in not_by_group)


def _error_of(root: type[Record], content: object) -> ValidationError | None:
    """Returns what Pydantic finds wrong with a document; None if it is well."""
    # Half characters are named by the reader; here they are replaced, so that all else is judged.
    text = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    try:
        root.model_validate_json(text, strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        return error
    return None


def _beginning(content: object) -> object:
    """Returns a document with the first members of each object and list, whose places stay the same."""
    if isinstance(content, dict):
        return {key: _beginning(each) for key, each in itertools.islice(content.items(), MOST_NAMED)}
    if isinstance(content, list):
        return [_beginning(each) for each in content[:MOST_NAMED]]
    return content


def _fault(root: type[Record], details: ErrorDetails, before: tuple[Step, ...], document: object) -> Fault:
    """Returns one error with its true place and what stands there."""
    location = details["loc"]
    steps = (*before, *true_steps(root, location))
    here: Annotation = None
    value: object = None
    within: object = None
    grouped = False
    for key, container, annotation, _field in follow(document, steps):
        grouped = grouped or _is_by_group(here)
        here, value, within = annotation, member(container, key), container
    is_key = bool(location) and location[-1] == "[key]"
    return Fault(details["type"], steps, value, details.get("ctx", {}), here, is_key, within, grouped)


def _is_by_group(here: Annotation) -> bool:
    """Tells whether a type is a value that differs by group."""
    return isinstance(here, type) and issubclass(here, ByGroup)


def _problem(document: object, fault: Fault, variant: str) -> Problem:
    """Returns the problem of one error."""
    what, mend = sentence(fault)
    if variant == BASELINE and fault.steps[:1] == ("options",) and len(fault.steps) > 1:
        variant = str(fault.steps[1])
    steps = fault.steps
    return Problem(
        "error", pointer(*steps), in_words(document, steps), what, mend, element_of(steps), variant
    )


def sentence(fault: Fault) -> tuple[str, str]:
    """Returns what is wrong, and what would mend it, for any error of Pydantic's."""
    if fault.is_key:
        return _key_sentence(fault)
    return _SENTENCES.get(fault.kind, _does_not_fit)(fault)


def shown(value: object) -> str:
    """Returns a value of a file as a person would recognise it, shortened."""
    if value is None:
        return "nothing (null)"
    if isinstance(value, dict):
        return "a group of fields {…}"
    if isinstance(value, list):
        return "a list […]"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _field(fault: Fault) -> FieldInfo | None:
    """Returns the description of the field in which an error lies, if it is one."""
    here = bare(fault.here)
    if isinstance(here, type) and issubclass(here, Record):
        return file_fields(here).get(fault.key)
    return None


def _described(fault: Fault) -> str:
    """Returns the help of a field, for the end of a mend; empty if there is none."""
    field = _field(fault)
    if field is None or not field.description:
        return ""
    return f" ({lower_first(field.description.rstrip('.'))})"


def _key_sentence(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for a wrong key: a bad id, or no weekday."""
    if fault.kind == "value_error":
        return _own_words(fault)
    if fault.kind == "literal_error":
        wanted = _quoted_words(str(fault.context.get("expected", "")))
        return f'"{_cut(fault.key)}" is not one of {_any_of(wanted)}', _closest(fault.key, wanted)
    pattern = str(fault.context.get("pattern", ""))
    if pattern in _PATTERNS:
        what, mend = _PATTERNS[pattern]
        return f'"{_cut(fault.key)}" is not {what}', mend
    return f'"{_cut(fault.key)}" cannot be an id', _ID_MEND


def _cut(text: str) -> str:
    """Returns a text, shortened if it is long."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _missing(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for a field that must be given."""
    return f'"{fault.key}" is missing', f'Add "{fault.key}"{_described(fault)}'


def _unknown(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for a key that means nothing, with the nearest that does."""
    here = fault.here
    if fault.key == "by":
        return _not_by_group(fault)
    if here is Distribution:
        kind = next((each for each in WAYS if each == member(fault.within, "kind")), None)
        if kind is not None:
            return _unknown_figure(fault, kind)
    known = list(file_fields(here)) if isinstance(here, type) and issubclass(here, Record) else []
    return f'"{_cut(fault.key)}" is not known here', _closest(fault.key, known)


def _not_by_group(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for a value by group where there can be none, or none within another."""
    if fault.grouped:
        return _ONE_GROUP
    return _NOT_BY_GROUP


def _unknown_figure(fault: Fault, kind: Kind) -> tuple[str, str]:
    """Returns the sentence for a figure that a time of this kind does not have."""
    own = tuple(dict.fromkeys(name for way in WAYS[kind] for name in way))
    other = _OTHER_NAMES.get(fault.key.lower().replace(" ", "_").replace("-", "_"))
    ways = listed([listed([f'"{name}"' for name in way]) for way in WAYS[kind]], "or")
    mend = f'Did you mean "{other}"?' if other in own else _closest(fault.key, own)
    if mend.startswith("Take it out"):
        mend = f"Give {ways}"
    return f'"{_cut(fault.key)}" is no figure of a time of the kind {KIND_WORDS[kind]}', mend


def _closest(word: str, known: Sequence[str]) -> str:
    """Returns the mend for a word that is not known: the nearest, or all."""
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{near[0]}"?'
    if not known:
        return "Take it out"
    return f"Take it out, or use one of {_any_of(known)}"


def _any_of(words: Sequence[str]) -> str:
    """Returns words in quotes, joined by or."""
    return listed([f'"{word}"' for word in words], "or")


def _one_of(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for a word that is none of those allowed."""
    wanted = _quoted_words(str(fault.context.get("expected", fault.context.get("expected_tags", ""))))
    value = member(fault.value, "kind") if fault.kind.startswith("union_tag") else fault.value
    if fault.here is Distribution and fault.key == "kind" and str(value).lower() in _OTHER_KINDS:
        reason, mend = _OTHER_KINDS[str(value).lower()]
        return f"{shown(value)} is no kind of time here{reason}", mend
    if wanted:
        words = _any_of(wanted)
        closest = _closest(value, wanted) if isinstance(value, str) else f"Take it out, or use one of {words}"
        closest = closest.replace("Take it out, or use", "Use")
        return f"{shown(value)} is not one of {words}", closest
    expected = str(fault.context.get("expected", ""))
    return (
        f"it is {shown(value)}, and only {expected or 'one value'} is possible",
        f"Write {expected or 'it'}",
    )


def _no_kind(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for an object whose kind is not given."""
    if not isinstance(fault.value, dict):
        return (
            f"it is {shown(fault.value)}, and a group of fields {{…}} was expected",
            "Give its fields, with a kind",
        )
    return '"kind" is missing, so it cannot be told what is meant', 'Add "kind"'


def _quoted_words(text: str) -> list[str]:
    """Returns the words between single quotation marks."""
    return text.split("'")[1::2]


def _wrong_type(expected: str, mend: str) -> Sentence:
    """Returns the sentence for a value of the wrong type."""

    def say(fault: Fault) -> tuple[str, str]:
        if isinstance(fault.value, dict) and "by" in fault.value:
            return _NOT_BY_GROUP
        return f"it is {shown(fault.value)}, and {expected} was expected", _number_mend(fault.value, mend)

    return say


def _number_mend(value: object, mend: str) -> str:
    """Returns the mend for a wrong type; a number in quotation marks gets its own."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 and "whole" in mend:
        return f"Write {int(value)} without a decimal point"
    if isinstance(value, str) and mend.startswith("Enter a"):
        try:
            figure = read_number(value)
        except Unreadable:
            return mend
        return f"Write {number_words(figure).replace(',', '')} without quotation marks"
    return mend


def _limit(words: str, key: str) -> Sentence:
    """Returns the sentence for a number beyond a limit."""

    def say(fault: Fault) -> tuple[str, str]:
        limit = number(float(fault.context.get(key, 0)))
        said = f"{words} {limit}"
        mend = f"of {said}" if words.startswith("at ") else said
        return f"it is {shown(fault.value)}, and must be {said}", f"Enter a number {mend}"

    return say


def _pattern(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for a text that is not in the form asked for."""
    what, mend = _PATTERNS.get(str(fault.context.get("pattern", "")), ("in the form asked for", _ID_MEND))
    return f"{shown(fault.value)} is not {what}", mend


def _date(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for a date that is none."""
    return f"{shown(fault.value)} is not a date", "Write the date as 2026-04-01 (year, month, day)"


def _empty_text(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for a text that must not be empty."""
    return "it is empty", f"Enter a text{_described(fault)}"


def _too_short(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for a list or map with too few members."""
    return "there is nothing in it", f"Add at least one{_described(fault)}"


def _own_words(fault: Fault) -> tuple[str, str]:
    """Returns the sentence of one of our own validators, whose messages are written for people."""
    message = str(fault.context.get("error", "it does not fit")).rstrip(".")
    what, _, mend = message.partition("; ")
    if " distribution needs " in what:
        return message, "Give exactly one of these sets of figures"
    return (what, mend[:1].upper() + mend[1:]) if mend else (what, "Correct these figures")


def _does_not_fit(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for any other error."""
    return f"{shown(fault.value)} cannot stand here", f"Enter a value that fits{_described(fault)}"


_OBJECT = _wrong_type("a group of fields {…}", "Put its fields between { and }")
_LIST = _wrong_type("a list […]", "Put the values between [ and ]")
_NUMBER = _wrong_type("a number", "Enter a number")
_WHOLE = _wrong_type("a whole number", "Enter a whole number")
_PLAIN_TEXT = _wrong_type("a text", "Put the text in quotation marks")


def _text(fault: Fault) -> tuple[str, str]:
    """Returns the sentence for something that is no text."""
    if fault.key == "by" and _is_by_group(fault.here):
        return _ONE_GROUP
    what, mend = _PLAIN_TEXT(fault)
    return what, mend if isinstance(fault.value, int | float) else "Give one text, in quotation marks"


_YES_NO = _wrong_type("true or false", "Write true or false, without quotation marks")

_SENTENCES: Mapping[str, Sentence] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _one_of,
    "enum": _one_of,
    "union_tag_invalid": _one_of,
    "union_tag_not_found": _no_kind,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "mapping_type": _OBJECT,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _wrong_type("a number", "Enter a number that is not infinite"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "string_type": _text,
    "string_unicode": _text,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "greater_than": _limit("more than", "gt"),
    "greater_than_equal": _limit("at least", "ge"),
    "less_than": _limit("less than", "lt"),
    "less_than_equal": _limit("at most", "le"),
    "string_pattern_mismatch": _pattern,
    "string_too_short": _empty_text,
    "too_short": _too_short,
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "value_error": _own_words,
}
