"""The console that tables are printed on: what stands in a name is printed, never obeyed."""

from __future__ import annotations

import sys

from rich.console import Console

_WIDTH = 120
"""Characters of a line where the output is no terminal."""


def plain_console() -> Console:
    """Returns a console for tables on standard output.

    Rich would take ``[red]`` for a colour, ``[/x]`` for a mistake, and ``:bed:`` for a picture.
    """
    width = None if sys.stdout.isatty() else _WIDTH
    return Console(width=width, highlight=False, markup=False, emoji=False)
