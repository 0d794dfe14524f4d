"""Loading large libraries beside the window's thread without making it wait."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Holds the garbage collector back while libraries are loaded, then leaves what they made alone for good.

    A full collection stops all threads. With pandas and Matplotlib loaded one took 0.2 s, in which the window
    stood still; what libraries make when they are loaded lives as long as the program, so that looking
    through it again is in vain. Where they are loaded already nothing is left alone: rubbish that waits to be
    collected, such as the charts of the run before, would stay with the rest for good.
    """
    before = len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > before:
            gc.freeze()
        gc.enable()


def load_engine() -> None:
    """Loads what runs and sums up."""
    with without_collecting():
        import pathway_modeller.analysis.measures.measured
        import pathway_modeller.analysis.measures.overlay
        import pathway_modeller.experiment.runs.run  # noqa: F401


def load_charts() -> None:
    """Loads what draws charts, and says which there are: the first is drawn when a run first answers."""
    with without_collecting():
        import matplotlib.backends.backend_agg
        import matplotlib.figure
        import matplotlib.font_manager  # noqa: F401

        import pathway_modeller.report.catalogue  # noqa: F401
