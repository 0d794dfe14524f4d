"""Making the compiled engine ready beside the window, so that a run need not wait for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from pathway_modeller.gui.results.loading import load_charts, load_engine, without_collecting

_LOOK = 0.05
"""Seconds between two looks at whether to go on waiting."""


class Preparation:
    """Loads the compiled engine in a thread, then what draws charts; a process compiles what is not kept.

    On first use a run waits for it and does not begin on SimPy meanwhile: all results of a scenario then name
    the same engine, and but for the smallest scenarios the compiled engine is done sooner even so. Where what
    was kept is damaged, which may happen in the middle of somebody's work, SimPy plays meanwhile.

    Attributes:
        not_kept: why the engine is compiled anew in each session, in a sentence; "" if it is not.
        unusable: why there is no compiled engine here, without a full stop; "" if there is one, or
            as long as nobody has tried.
    """

    def __init__(self) -> None:
        """Begins nothing yet."""
        self.not_kept = ""
        self.unusable = ""
        self._thread: Thread | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._is_compiling = Event()
        self._is_mending = Event()
        self._is_over = Event()
        self._is_closed = Event()

    def begin(self) -> None:
        """Begins, unless it has begun; called in the window's thread."""
        if self._thread is None:
            self._thread = Thread(target=self._prepare, name="prepare the engine")
            self._thread.start()

    @property
    def is_mending(self) -> bool:
        """Whether the engine is being compiled because what was kept of it was damaged."""
        return self._is_mending.is_set()

    def wait(self, cancelled: Callable[[], bool], compiling: Callable[[], object]) -> None:
        """Returns when the engine is ready, or when nobody waits any longer; called in any thread.

        Args:
            cancelled: asked often; whether to wait no longer.
            compiling: called once if the engine is being compiled, which takes about a minute.
        """
        is_told = False
        while not self._is_over.wait(_LOOK) and not cancelled():
            if self._is_compiling.is_set() and not is_told:
                compiling()
                is_told = True

    def close(self) -> None:
        """Ends what goes on, and returns when its thread and process have ended."""
        self._is_closed.set()
        if self._thread is not None:
            self._thread.join()
        if self._folder is not None:
            self._folder.cleanup()

    def _prepare(self) -> None:
        """Loads the engine, then what draws the first answer."""
        from pathway_modeller.simulation.model.errors import ModelError

        try:
            # Where the engine cannot be used a run says so, when there is one.
            with suppress(OSError):
                self._make_ready()
        except ModelError as error:
            self.unusable = str(error).partition(";")[0]
        finally:
            self._is_over.set()
        if not self._is_closed.is_set():
            load_charts()

    def _make_ready(self) -> None:
        """Loads the engine; compiles it before, if it has to be."""
        from pathway_modeller.experiment.runs.preparation import compile_apart, keep_in, not_kept

        load_engine()
        if _load_kept():
            return
        if _found_damaged():
            self._is_mending.set()
        self.not_kept = not_kept()
        if self.not_kept:
            # Through this folder another process hands over what it compiles.
            self._folder = TemporaryDirectory(prefix="pathway-modeller-engine-", ignore_cleanup_errors=True)
            keep_in(Path(self._folder.name))
        self._is_compiling.set()
        try:
            compile_apart(self._is_closed.is_set)
        finally:
            self._is_compiling.clear()
            self._is_mending.clear()
        if not self._is_closed.is_set():
            _load_kept()


def _load_kept() -> bool:
    """Loads the compiled engine from the disk; whether it was there."""
    from pathway_modeller.experiment.runs.preparation import load_kept

    with without_collecting():
        return load_kept()


def _found_damaged() -> bool:
    """Whether what was to be loaded is damaged."""
    from pathway_modeller.simulation.from_disk import found_damaged

    return found_damaged()
