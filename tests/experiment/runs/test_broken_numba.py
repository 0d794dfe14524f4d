"""Whatever error Numba or llvmlite raises when it is imported, SimPy simulates instead and that is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.small_scenario import write_small

SAID = (
    "The compiled engine needs Numba, which cannot be imported on this computer; SimPy simulates instead: "
    "the same figures, later.\n"
)

OTHER_VERSION = """
def njit(function=None, **_):
    return function or njit
def __getattr__(name):
    raise AttributeError(f"module 'numba' has no attribute {name!r}")
"""

BROKEN = {
    "an ImportError": ("numba", "raise ImportError('Numba needs NumPy 2.4 or less')"),
    "an OSError": ("llvmlite", "raise OSError('Could not find/load shared object file')"),
    "an AttributeError": ("numba", "import numpy; numpy.no_longer_there"),
    "a RuntimeError": ("numba", "raise RuntimeError('cannot cache')"),
    "a SystemError": ("numba", "raise SystemError('initialization failed')"),
    "another version": ("numba", OTHER_VERSION),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_simpy_takes_over_from_a_numba_that_raises(tmp_path: Path, broken: str) -> None:
    name, source = BROKEN[broken]
    (tmp_path / "instead").mkdir()
    (tmp_path / "instead" / f"{name}.py").write_text(source, encoding="utf-8")
    file = write_small(tmp_path)
    command = ("run", str(file), "--replications", "1", "--workers", "1", "--json")
    path = os.pathsep.join((str(tmp_path / "instead"), str(Path(__file__).parents[3])))
    done = subprocess.run(
        [sys.executable, "-m", "pathway_modeller", *command],
        env={**os.environ, "PYTHONPATH": path},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == SAID
    assert done.returncode == 0
    assert '"engine": "simpy"' in done.stdout
