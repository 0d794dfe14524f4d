"""Standard output and error: UTF-8 wherever they are redirected, and there where Python gives none."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO


def prepare_streams() -> None:
    """Makes standard output and error able to take every sign that the program writes."""
    sys.stdout = _prepared(sys.stdout)
    sys.stderr = _prepared(sys.stderr)


def _prepared(stream: TextIO | None) -> TextIO:
    """Returns the stream, made fit for what is written to it.

    Args:
        stream: None where the program was started without a console (Windows' ``pythonw``).
    """
    if stream is None:
        # Whatever writes there goes on; nobody could read it.
        return open(os.devnull, "w", encoding="utf-8")
    if not isinstance(stream, io.TextIOWrapper):
        # What a notebook or another program puts there has its own way to take text.
        return stream
    if stream.isatty():
        # Only the terminal knows its signs: one that it lacks (a dash, a pound) is a question mark there.
        stream.reconfigure(errors="replace")
    else:
        # A file or another program's input, where a Windows code page would lose every minus sign. Half a
        # character, as of a file's name that is no UTF-8, stays readable.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream
