"""What all tests share."""

from __future__ import annotations

import subprocess
import sys

import pytest

PREPARE = "from pathway_modeller.experiment.runs.preparation import prepare; prepare(print)"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Has the engine compiled before several workers begin, each of which would compile it for itself."""
    if session.config.getoption("numprocesses", None) and not hasattr(session.config, "workerinput"):
        subprocess.run([sys.executable, "-c", PREPARE], check=True)


@pytest.fixture(scope="session")
def prepared_engine() -> None:
    """Has the engine compiled, which is said on the error output, before a test reads that."""
    from pathway_modeller.experiment.runs.preparation import prepare

    prepare(lambda _: None)
