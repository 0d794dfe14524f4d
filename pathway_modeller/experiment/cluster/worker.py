"""What a worker of a cluster on this computer does before anything else; Dask calls it by its name."""

from __future__ import annotations

import signal


def dask_setup(_worker: object) -> None:
    """Lets the program that was asked for the run decide what Ctrl-C means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
