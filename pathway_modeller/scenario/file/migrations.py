"""Bringing a document of an older file format to the present one, one format at a time."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from pathway_modeller.scenario.document import FORMAT
from pathway_modeller.scenario.problems import FileProblems, Problem

Migration = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes a document of one format (its own copy) and returns it in the next; ``format`` is set for it."""

MIGRATIONS: Mapping[int, Migration] = {}
"""The step from each older format to the next. Format 1 is the first, so there is none yet."""


def migrate(
    document: dict[str, Any],
    migrations: Mapping[int, Migration] = MIGRATIONS,
    newest: int = FORMAT,
) -> dict[str, Any]:
    """Returns a document in the newest format; one without a format number is returned as it is.

    Args:
        document: the document of a file; it is not changed.
        migrations: the step from each format to the next.
        newest: the format wanted.

    Raises:
        FileProblems: its format number is newer than this program, or no format number at all.
    """
    if "format" not in document:
        return document
    number = document["format"]
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise FileProblems([_problem("the format is not a whole number from 1 on", f"Write {newest}")])
    if number > newest:
        what = (
            f"it was made by a newer version of Pathway Modeller (format {number}; this one knows {newest})"
        )
        raise FileProblems([_problem(what, "Open it with the newer version, or update this one")])
    if number == newest:
        return document
    migrated = copy.deepcopy(document)
    for step in range(number, newest):
        migrated = {**migrations[step](migrated), "format": step + 1}
    return migrated


def _problem(what: str, mend: str) -> Problem:
    """Returns a problem of the format number."""
    return Problem("error", "/format", "Format", what, mend)
