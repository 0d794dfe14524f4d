"""Things done once, beside the window's thread, that somebody may stop waiting for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QThread, Signal

from pathway_modeller.simulation.model.errors import Cancelled, ModelError


class Undertaking(QThread):
    """What is done; what comes of it is in ``result``, ``sentence`` or ``error`` when it has ended."""

    def __init__(self) -> None:
        """Begins with nothing done."""
        super().__init__()
        self.result: object = None
        self.sentence = ""
        self.error: Exception | None = None
        self._cancelled = Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody waits for it any more."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Asks to stop; work that cannot hear goes on to its end, and nobody looks at what comes of it."""
        self._cancelled.set()

    def do(self) -> object:
        """Does it and returns what comes of it; in a thread of its own, so that it touches no widget."""
        raise NotImplementedError

    def run(self) -> None:
        """Does it."""
        try:
            self.result = self.do()
        except Cancelled:
            self._cancelled.set()
        except Exception as error:
            # Loaded by now if it was raised: it comes with pandas, which is heavy.
            from pathway_modeller.experiment.runs.work import ExperimentStopped

            if isinstance(error, ExperimentStopped | ModelError):
                self.sentence = str(error)
            else:
                # Nobody is above this frame: the window's thread raises it.
                self.error = error


class Job(Undertaking):
    """One thing that a function does.

    Signals:
        told: what is being done, in a few words.
    """

    told = Signal(str)

    def __init__(self, work: Callable[[Job], object]) -> None:
        """Prepares it.

        Args:
            work: called in the job's own thread, with the job; touches no widget.
        """
        super().__init__()
        self.setObjectName("job")
        self._work = work

    def do(self) -> object:
        """Calls the function."""
        return self._work(self)


class Jobs:
    """Keeps jobs until they have ended, whoever still waits for them."""

    def __init__(self) -> None:
        """Begins with none."""
        self._begun: list[Job] = []

    def make(self, work: Callable[[Job], object]) -> Job:
        """Returns a job that is not started yet, so that somebody can listen to it first."""
        self._begun = [job for job in self._begun if not job.isFinished()]
        job = Job(work)
        self._begun.append(job)
        return job

    def close(self) -> None:
        """Asks every job to stop, and returns when all have ended."""
        for job in self._begun:
            job.cancel()
        for job in self._begun:
            job.wait()
        self._begun.clear()
