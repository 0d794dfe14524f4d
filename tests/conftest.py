"""What all tests share."""

from __future__ import annotations

import gc
import signal
import subprocess
import sys
from collections.abc import Iterator

import hypothesis
import pytest

# Whatever else the computer does meanwhile: no test asserts a time.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# A shell that starts tests in the background has them, and what they start, ignore Ctrl-C, which some press.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

PREPARE = "from pathway_modeller.experiment.runs.preparation import prepare; prepare(print)"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Has the engine compiled before several workers begin, each of which would compile it for itself."""
    if session.config.getoption("numprocesses", None) and not hasattr(session.config, "workerinput"):
        subprocess.run([sys.executable, "-c", PREPARE], check=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Leaves what was collected out of later searches for rubbish, which take a tenth of the time else."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps what windows keep, here and in programs that tests start, away from whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def prepared_engine() -> None:
    """Has the engine compiled, which is said on the error output, before a test reads that."""
    from pathway_modeller.experiment.runs.preparation import prepare

    prepare(lambda _: None)
