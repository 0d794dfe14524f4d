"""A person's mistakes on the command line: one sentence each, and exit code 2."""

from __future__ import annotations

import difflib
from collections.abc import Collection

import click

MISTAKE = 2
"""Exit code where something must be mended first: the command, or the file."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


class Mistake(click.ClickException):
    """Something that the person must mend; the message is one sentence, or one line for each problem."""

    exit_code = MISTAKE


def suggestion(given: str, known: Collection[str]) -> str:
    """Returns what was probably meant, else what there is."""
    close = difflib.get_close_matches(given, known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"there is {', '.join(known)}." if known else "there are none."
