"""Open files that a process holds for itself, until it ends, however it ends."""

from __future__ import annotations

import os
import sys

_PLACE = 1 << 30
"""On Windows a byte of the file is held, which nobody else can read then: one far beyond its end."""


def hold(descriptor: int) -> bool:
    """Holds an open file until it is closed or the process ends.

    Args:
        descriptor: the file, open for writing.

    Returns:
        Whether it is held now; not if it is held already, by whomever.

    Raises:
        OSError: files cannot be held there (some network drives).
    """
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
