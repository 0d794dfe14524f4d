"""Ctrl-C at a terminal: the command runs with its error output on a pseudo-terminal."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Ended:
    """How a command ended.

    Attributes:
        code: its exit code.
        out: what it printed.
        shown: what stood on the terminal.
    """

    code: int
    out: str
    shown: str


def interrupted(arguments: list[str], once: str) -> Ended:
    """Returns how a command ends on which Ctrl-C is pressed once the terminal shows something.

    Args:
        arguments: of the program.
        once: a regular expression.
    """
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "pathway_modeller", *arguments],
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    ) as process:
        os.close(theirs)
        shown = b""
        while not re.search(once.encode(), shown):
            more = _read(ours)
            assert more, shown.decode(errors="replace")
            shown += more
        # A terminal sends Ctrl-C to all processes, workers too.
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout is not None
        out = process.stdout.read()
        while more := _read(ours):
            shown += more
        os.close(ours)
    return Ended(process.returncode, out.decode(), shown.decode())


def _read(terminal: int) -> bytes:
    """Returns what is to be read of a pseudo-terminal, nothing once its other end is closed."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
