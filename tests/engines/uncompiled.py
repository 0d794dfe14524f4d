"""Running code where Numba compiles nothing, so that the engine is plain Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run_uncompiled(code: str) -> None:
    """Runs code in a process of its own; fails with what it says if it does."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
