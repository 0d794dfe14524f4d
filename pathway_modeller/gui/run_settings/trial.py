"""Trying whether a cluster answers, before anything is run on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton

from pathway_modeller.experiment.runs.run_target import ON_THIS_COMPUTER, RunPlace, place_mistake
from pathway_modeller.gui.jobs import Job, Jobs
from pathway_modeller.gui.plain import Label
from pathway_modeller.gui.results.loading import load_engine
from pathway_modeller.scenario.words.sentences import plural


class Trial(QObject):
    """A button that tries a cluster, and a line that says what came of it.

    Attributes:
        button: tries it.
        words: what came of it.

    Signals:
        said: ``words`` say something else, which may need more room.
    """

    said = Signal()

    def __init__(self, jobs: Jobs, cluster: Callable[[], str | None]) -> None:
        """Makes button and line.

        Args:
            jobs: keeps trials that nobody waits for any more.
            cluster: says which cluster is to be tried.
        """
        super().__init__()
        self._jobs = jobs
        self._cluster = cluster
        self._job: Job | None = None
        self.button = QPushButton("T&ry it")
        self.button.setObjectName("try-cluster")
        self.button.setAutoDefault(False)
        self.button.setToolTip("See whether the cluster answers, and how many workers it has")
        self.button.clicked.connect(self._begin)
        self.words = Label()
        self.words.setObjectName("trial")
        self.words.setWordWrap(True)
        self.words.hide()

    def forget(self, *, offered: bool) -> None:
        """Takes back what was found: something else is chosen.

        Args:
            offered: whether there is anything to try.
        """
        self.close()
        self.words.hide()
        self.button.setEnabled(offered)

    def close(self) -> None:
        """No longer waits for a trial; it ends within some seconds by itself."""
        if self._job is not None:
            self._job.finished.disconnect(self._ended)
            self._job.cancel()
            self._job = None

    def _begin(self) -> None:
        """Begins a trial."""
        where = self._cluster()
        mistake = place_mistake(RunPlace(cluster=where))
        if mistake or where is None:
            self._say(mistake, fault=True)
            return
        self._say("Asking…", fault=False)
        # Qt gives the keys of a button that cannot be pressed to the next one, which leaves the dialog.
        if self.button.hasFocus():
            self.button.window().setFocus(Qt.FocusReason.OtherFocusReason)
        self.button.setEnabled(False)
        self._job = self._jobs.make(lambda _job: _tried(where))
        self._job.finished.connect(self._ended)
        self._job.start()

    def _ended(self) -> None:
        """Says what came of it."""
        job, self._job = self._job, None
        if job is None:
            return
        job.wait()
        self.button.setEnabled(True)
        if self.button.window().hasFocus():
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        if job.error is not None:
            raise job.error
        self._say(job.sentence or str(job.result), fault=bool(job.sentence))

    def _say(self, sentence: str, *, fault: bool) -> None:
        """Shows a sentence."""
        self.words.setText(f"✖ {sentence}" if fault else sentence)
        self.words.setProperty("fault", fault)
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.words.setVisible(bool(sentence))
        self.said.emit()


def _tried(where: str) -> str:
    """Returns what a cluster has to offer, in a sentence; called in a job's thread.

    Raises:
        ClusterError: it cannot be used.
    """
    load_engine()
    from pathway_modeller.experiment.cluster.cluster import check_cluster

    found = check_cluster(where)
    workers = plural(found.workers, "worker")
    if where == ON_THIS_COMPUTER:
        return f"✔ Dask is installed; it can start {workers} here."
    return f"✔ The cluster answers: {workers}, {plural(found.at_once, 'replication')} at a time."
