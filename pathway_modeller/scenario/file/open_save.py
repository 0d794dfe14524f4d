"""Opening and saving a scenario file: all problems at once when opening, all or nothing when saving."""

from __future__ import annotations

import json
import math
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.field_problems import field_problems, more_problems
from pathway_modeller.scenario.file.migrations import migrate
from pathway_modeller.scenario.file.reading import (
    LARGEST_FILE,
    MOST_NAMED,
    file_problem,
    read_document,
    too_large,
)
from pathway_modeller.scenario.file.writing import write_atomically
from pathway_modeller.scenario.options import apply_option
from pathway_modeller.scenario.problems import FileProblems, Problem, SaveError

_LONGEST_TEXT = 400
"""Characters of a clause about a problem."""

_LARGEST_WHOLE = 2.0**53
"""Up to here every whole number is one float and no other."""


def load(path: Path | str) -> Scenario:
    """Returns the scenario in a file.

    Raises:
        FileProblems: it cannot be opened; carries every problem found.
    """
    return parse(read(path))


def read(path: Path | str) -> bytes:
    """Returns what a scenario file holds, unread.

    Raises:
        FileProblems: it is no file, too large, or may not be read.
    """
    target = Path(path)
    try:
        # A pipe would be waited for, and a device may never end.
        if target.exists() and not (target.is_file() or target.is_dir()):
            raise FileProblems([file_problem(f'"{target}" is a pipe or device and no file', "Choose a file")])
        with target.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
            if len(data) > LARGEST_FILE:
                raise FileProblems([too_large(os.fstat(file.fileno()).st_size)])
    except OSError as error:
        raise FileProblems([file_problem(*_unreadable(target, error))]) from None
    except ValueError:
        raise FileProblems(
            [file_problem(f"no file can be called {str(target)!r}", "Check the name")]
        ) from None
    return data


def parse(text: str | bytes) -> Scenario:
    """Returns the scenario that a text holds.

    Raises:
        FileProblems: it is no scenario; carries every problem found.
    """
    document = read_document(text)
    if not isinstance(document.content, dict):
        raise FileProblems([*document.problems, _no_object(document.content)])
    content = migrate(document.content)
    if not {"format", "baseline", "run"} & content.keys():
        raise FileProblems(
            [
                *document.problems,
                file_problem(
                    "it holds none of what a scenario holds (format, baseline, run)", "Choose a scenario file"
                ),
            ]
        )
    known = {problem.place for problem in document.problems}
    found = [problem for problem in field_problems(content) if problem.place not in known]
    if document.problems or found:
        raise FileProblems(_readable([*document.problems, *found]))
    return Scenario.model_validate_json(json.dumps(content), strict=True, by_alias=True, by_name=False)


def dump(scenario: Scenario) -> str:
    """Returns the text of a scenario file: sorted keys, two spaces, defaults left out, a final line break.

    Whole numbers are written without a decimal point, so that reading and writing gives the same bytes.
    """
    document = json.loads(scenario.model_dump_json(by_alias=True, exclude_defaults=True))
    text = json.dumps(_tidy(document), indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return text + "\n"


def save(scenario: Scenario, path: Path | str) -> None:
    """Writes a scenario to a file, wholly or not at all.

    Raises:
        SaveError: it could not be written, or could not be opened again; the old file is untouched.
    """
    write_atomically(path, written(scenario))


def written(scenario: Scenario) -> bytes:
    """Returns the bytes of a scenario's file, which can be opened again.

    Raises:
        SaveError: they could not be; the message says what to do.
    """
    for option in scenario.options:
        _require_fit(scenario, option)
    try:
        data = dump(scenario).encode()
        if len(data) > LARGEST_FILE:
            raise SaveError(_too_large_to_save(len(data)))
        parse(data)
    except FileProblems as found:
        raise SaveError(
            f"The scenario was not saved, since it could not be opened again: {found.problems[0]}"
        ) from None
    except (ValueError, RecursionError):
        raise SaveError(
            "The scenario was not saved, since it holds a figure or a character that no file can hold. "
            "Undo the last change, and save again."
        ) from None
    return data


def _require_fit(scenario: Scenario, option: str) -> None:
    """Refuses to save an option that no longer fits the baseline, since the file could not be opened."""
    try:
        apply_option(scenario, option)
    except ValidationError:
        name = scenario.options[option].name
        raise SaveError(
            f'The scenario was not saved: option "{name}" changes something that the baseline no longer has. '
            f"Undo the last change of the baseline, or delete the option, and save again."
        ) from None


def _too_large_to_save(size: int) -> str:
    """Returns why a scenario of so many bytes is not saved, and what to do."""
    limit, megabytes = LARGEST_FILE // 1024 // 1024, math.ceil(size / 1024 / 1024)
    return (
        f"The scenario was not saved: its file would be {megabytes} MB long, and scenarios of more than "
        f"{limit} MB cannot be opened again. Shorten its notes, and save again."
    )


def _unreadable(target: Path, error: OSError) -> tuple[str, str]:
    """Returns why a file could not be read, and what would mend it."""
    if isinstance(error, FileNotFoundError):
        return f'there is no file "{target}"', "Check the name and the folder"
    if isinstance(error, IsADirectoryError) or target.is_dir():
        return f'"{target}" is a folder', "Choose a file in it"
    if isinstance(error, PermissionError):
        return f'"{target}" may not be read', "Ask its owner for permission, or copy it to your own folder"
    return (
        f'"{target}" cannot be read ({error.strerror or error})',
        "Copy it to your own folder and try again",
    )


def _readable(problems: list[Problem]) -> list[Problem]:
    """Returns as many problems as anybody reads, each as long as can be read."""
    if len(problems) > MOST_NAMED + 1:  # the last one may say itself that there are more
        problems = [*problems[:MOST_NAMED], more_problems(MOST_NAMED)]
    return [
        replace(
            each, place=_cut(each.place), where=_cut(each.where), what=_cut(each.what), mend=_cut(each.mend)
        )
        for each in problems
    ]


def _cut(text: str) -> str:
    """Returns a text without its middle if nobody would read to its end."""
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 60]} … {text[-50:]}"


def _no_object(content: object) -> Problem:
    """Returns the problem of a document that is a list, a text or a number."""
    kind = "a list" if isinstance(content, list) else "a single value"
    return file_problem(f"it holds {kind} and no scenario", "Choose a scenario file")


def _tidy(value: Any) -> Any:
    """Returns a document in which whole numbers are integers, as people write them."""
    if isinstance(value, dict):
        return {key: _tidy(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return int(value)
    return value
