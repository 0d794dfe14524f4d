"""From the bytes of a file to its JSON document, with every fault of the text said in plain words."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pathway_modeller.scenario.problems import FileProblems, Problem, pointer
from pathway_modeller.scenario.values import make_readable
from pathway_modeller.scenario.words.structure import Step, element_of, in_words

LARGEST_FILE = 20 * 1024 * 1024
"""The largest file that is opened, in bytes."""

MOST_NAMED = 500
"""How many problems of one variant are named; nobody mends more by hand."""

DEEPEST = 64
"""The deepest nesting that is opened; a scenario needs about 12 levels."""

_LONGEST_SHOWN = 60

_SYNTAX = {
    "Expecting property name enclosed in double quotes": (
        "a key in double quotes was expected",
        "Put the key in double quotes, or take out a comma too many before it",
    ),
    "Expecting ',' delimiter": ("a comma or a closing bracket is missing", "Put it in before this place"),
    "Expecting ':' delimiter": ("a colon is missing between a key and its value", "Put in the colon"),
    "Expecting value": ("a value was expected", "Put in the value, or take out a comma too many before it"),
    "Unterminated string starting at": ("a text has no closing quotation mark", "Put in the quotation mark"),
    "Extra data": ("there is more text after the end of the scenario", "Take out what follows the last }"),
    "Invalid control character at": (
        "a text holds a line break or tab that is not written as \\n or \\t",
        "Write it as \\n or \\t",
    ),
    "Invalid \\escape": (
        "a backslash is followed by a letter that means nothing",
        "Write \\\\ for a backslash",
    ),
    "Invalid \\uXXXX escape": (
        "\\u is not followed by four hexadecimal digits",
        "Write the character itself",
    ),
}


@dataclass(frozen=True)
class Document:
    """A file's JSON document with the problems that were already found in it.

    Attributes:
        content: the document.
        problems: duplicate keys, numbers that are none, broken characters.
    """

    content: object
    problems: tuple[Problem, ...]


@dataclass
class _Duplicates:
    """Objects of a document in which a key occurs twice, found while it is read."""

    found: list[tuple[dict[str, Any], list[str]]] = field(default_factory=list)

    def hook(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Returns the object; remembers it if a key occurs twice."""
        made = dict(pairs)
        if len(made) < len(pairs):
            times = Counter(key for key, _ in pairs)
            self.found.append((made, sorted(key for key, number in times.items() if number > 1)))
        return made


def file_problem(what: str, mend: str) -> Problem:
    """Returns a problem of the file as a whole."""
    return Problem("error", "", "The file", what, mend)


def too_large(size: int) -> Problem:
    """Returns the problem of a file of so many bytes, which is not read."""
    limit, megabytes = LARGEST_FILE // 1024 // 1024, math.ceil(size / 1024 / 1024)
    return file_problem(
        f"it is {megabytes} MB long, and scenarios of more than {limit} MB are not opened",
        "Check that this is the right file; a scenario rarely has more than 1 MB",
    )


def read_document(text: str | bytes) -> Document:
    """Returns the JSON document that a text holds.

    Raises:
        FileProblems: it is no JSON text that could be a scenario.
    """
    decoded = _decoded(text)
    duplicates = _Duplicates()
    try:
        content = json.loads(decoded, object_pairs_hook=duplicates.hook)
    except json.JSONDecodeError as error:
        raise FileProblems([_syntax_problem(error)]) from None
    except RecursionError:
        raise FileProblems([_too_deep()]) from None
    except ValueError:
        raise FileProblems(
            [file_problem("it holds a number with thousands of digits", "Write the number that is meant")]
        ) from None
    if _depth(content) > DEEPEST:
        raise FileProblems([_too_deep()])
    problems = tuple(islice(_content_problems(content, duplicates), MOST_NAMED + 1))
    return Document(make_readable(content), problems)


def _decoded(text: str | bytes) -> str:
    """Returns the text of a file's bytes; a byte order mark is left out."""
    if len(text) > LARGEST_FILE:
        raise FileProblems([too_large(len(text))])
    if isinstance(text, str):
        decoded = text.removeprefix("\ufeff")
    else:
        try:
            decoded = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise FileProblems([_encoding_problem(text, error)]) from None
    if not decoded.strip("\0 \t\r\n"):
        raise FileProblems([file_problem("it is empty", "Open another copy, or save the scenario again")])
    if "\0" in decoded:
        raise FileProblems([_not_text()])
    return decoded


def _encoding_problem(data: bytes, error: UnicodeDecodeError) -> Problem:
    """Returns the problem of bytes that are not UTF-8 text."""
    control = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096])
    if control or data[:1] not in (b"{", b" ", b"\n", b"\r", b"\t"):
        return _not_text()
    line = data.count(b"\n", 0, error.start) + 1
    return file_problem(
        f"it is not in UTF-8: line {line} holds a character in another encoding",
        "Save it again with the encoding UTF-8",
    )


def _not_text() -> Problem:
    """Returns the problem of a file that is a picture, a workbook or the like."""
    return file_problem(
        "it is not a text file, so it is no scenario", "Choose a scenario file (its name ends in .json)"
    )


def _too_deep() -> Problem:
    """Returns the problem of a document with thousands of brackets within brackets."""
    return file_problem(
        f"it is nested more than {DEEPEST} levels deep, which no scenario is",
        "Check that this is the right file",
    )


def _syntax_problem(error: json.JSONDecodeError) -> Problem:
    """Returns the problem of a text that is not JSON, with its line and column in words."""
    rest = error.doc[error.pos :].strip()
    cut = not rest or (error.msg.startswith("Unterminated string") and "\n" not in rest)
    place = f"line {error.lineno}, column {error.colno}"
    if not error.doc.lstrip().startswith(("{", "[")):
        return file_problem(
            f"it does not begin like a scenario, with a {{ (line 1): {_shortened(error.doc.strip())}",
            "Choose a scenario file (its name ends in .json)",
        )
    if cut and not error.msg.startswith("Extra data"):
        return file_problem(
            f"it ends too early, at {place}: the rest is missing", "Open another copy; this one was cut off"
        )
    comma = _comma_too_many(error)
    if comma is not None:
        line, column = error.doc.count("\n", 0, comma) + 1, comma - error.doc.rfind("\n", 0, comma)
        place = f"line {line}, column {column}"
        return file_problem(
            f"it cannot be read from {place} on: there is a comma too many", "Take out the last comma"
        )
    what, mend = _SYNTAX.get(error.msg, ("the text is not JSON", "Correct the text at this place"))
    return file_problem(f"it cannot be read from {place} on: {what}", mend)


def _comma_too_many(error: json.JSONDecodeError) -> int | None:
    """Returns the place of a comma before a closing bracket, which each version of Python tells otherwise."""
    for place in (error.pos, len(error.doc[: error.pos].rstrip()) - 1):
        if error.doc[place : place + 1] == "," and error.doc[place + 1 :].lstrip().startswith(("}", "]")):
            return place
    return None


def _shortened(text: str) -> str:
    """Returns the beginning of a text in quotes."""
    line = text.splitlines()[0] if text else ""
    shown = line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"
    return f'"{shown}"'


def _depth(content: object) -> int:
    """Returns how many objects and lists lie within one another; without recursion."""
    deepest, waiting = 0, [(content, 1)]
    while waiting and deepest <= DEEPEST:
        value, depth = waiting.pop()
        deepest = max(deepest, depth)
        members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting.extend((each, depth + 1) for each in members if isinstance(each, dict | list))
    return deepest


def _content_problems(content: object, duplicates: _Duplicates) -> Iterator[Problem]:
    """Yields the faults of a document that its JSON reader lets pass, in the order of the file."""
    repeated = {id(found): keys for found, keys in duplicates.found}
    waiting: list[tuple[tuple[Step, ...], object]] = [((), content)]
    while waiting:
        steps, value = waiting.pop()
        members = _members(value)
        for key in repeated.get(id(value), ()):
            what = f'the key "{_clean(key)}" occurs more than once, and only one of its values can hold'
            yield _at(content, (*steps, key), what, "Keep one of them and take out the others")
        if isinstance(value, dict):
            for key in filter(_broken, value):
                yield _at(
                    content, steps, f'the key "{_clean(key)}" holds half a character', "Type the key again"
                )
        for step, each in reversed(members):
            if isinstance(each, float) and not math.isfinite(each):
                what = "it is not a number that can be calculated with (NaN or infinity)"
                yield _at(content, (*steps, step), what, "Enter a number")
            elif isinstance(each, str) and _broken(each):
                yield _at(content, (*steps, step), "the text holds half a character", "Type the text again")
        waiting.extend(((*steps, step), each) for step, each in members if isinstance(each, dict | list))


def _members(value: object) -> Sequence[tuple[Step, object]]:
    """Returns what an object or list holds, with the key or position of each, last first, if it needs a look.

    Numbers that are whole, and words of ASCII, are always sound: a long list of them is passed over at once.
    """
    if isinstance(value, dict):
        return [(key, each) for key, each in value.items() if _suspect(each)][::-1]
    if isinstance(value, list):
        return [(position, each) for position, each in enumerate(value) if _suspect(each)][::-1]
    return []


def _suspect(value: object) -> bool:
    """Tells whether a value needs a closer look."""
    if isinstance(value, dict | list):
        return bool(value)
    return not (isinstance(value, int) or value is None or (isinstance(value, str) and value.isascii()))


def _broken(text: str) -> bool:
    """Tells whether a text holds a lone surrogate, which UTF-8 cannot hold."""
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)


def _clean(text: str) -> str:
    """Returns a text with a question mark for each lone surrogate."""
    return text.encode("utf-8", "replace").decode()


def _at(content: object, steps: tuple[Step, ...], what: str, mend: str) -> Problem:
    """Returns a problem at a place of a document."""
    variant = str(steps[1]) if steps[:1] == ("options",) and len(steps) > 1 else "baseline"
    place, where = _clean(pointer(*steps)), _clean(in_words(content, steps))
    return Problem("error", place, where, what, mend, element_of(steps), variant)
